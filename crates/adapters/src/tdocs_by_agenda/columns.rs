//! The columns of a document list: a header row comes in, the cells of each row by their meaning go out.
//!
//! Header words differ from meeting to meeting; columns that nothing is read from are passed over.

/// Words that name a column, in small letters, by the fields of [`Entry`].
const WORDS: [&[&str]; 8] = [
    &["ai", "agenda item"],
    &["td#", "tdoc", "tdoc#"],
    &["type"],
    &["title", "subject"],
    &["source", "sources"],
    &["work item", "wi", "work items"],
    &["comments", "comment"],
    &["result", "status"],
];

/// Which column holds what.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// Number of cells in the header.
    pub n_cells: usize,
    at: [Option<usize>; 8],
}

/// The cells of one row that facts are read from. Empty where the list has no such column or the row no such cell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entry<'a> {
    /// Number of the agenda item.
    pub agenda_item: &'a str,
    /// The document number, or `-` in a row of the agenda.
    pub number: &'a str,
    /// Type of document, e.g. `CR`, `LS In`.
    pub kind: &'a str,
    /// Title of the document or agenda item.
    pub title: &'a str,
    /// Sources as one text.
    pub source: &'a str,
    /// Work item codes as one text.
    pub work_item: &'a str,
    /// Comments: what it revises and what became of it.
    pub comment: &'a str,
    /// The result in one or two words.
    pub result: &'a str,
    /// Cells that the header has and this row has not.
    pub n_missing: usize,
}

impl Columns {
    /// Reads a header row; `None` where no cell says that documents are listed below.
    pub fn of<'a>(cells: &(impl ExactSizeIterator<Item = &'a str> + Clone)) -> Option<Self> {
        let column =
            |words: &[&str]| cells.clone().position(|cell| words.iter().any(|word| cell.eq_ignore_ascii_case(word)));
        column(WORDS[1])?;
        Some(Self { n_cells: cells.len(), at: WORDS.map(column) })
    }

    /// True when the header has a column of sources, without which nobody can be named.
    pub fn has_sources(&self) -> bool {
        self.at[4].is_some()
    }

    /// Bodies that a title names as receivers: `LS to TC 9, TC 11 and SG 2 on clocks`.
    pub fn receivers_in(title: &str) -> Vec<&str> {
        let named = title.split_once("LS to ").and_then(|(_, rest)| rest.split_once(" on "));
        let bodies = named.map(|(bodies, _)| bodies).filter(|bodies| bodies.starts_with(char::is_uppercase));
        let bodies = bodies.filter(|bodies| bodies.len() <= 60 && !bodies.starts_with("LS"));
        bodies.map_or_else(Vec::new, |bodies| bodies.split(", ").flat_map(|body| body.split(" and ")).collect())
    }

    /// Returns the cells of a row by their meaning.
    pub fn entry<'a>(&self, cells: &(impl ExactSizeIterator<Item = &'a str> + Clone)) -> Entry<'a> {
        let [agenda_item, number, kind, title, source, work_item, comment, result] =
            self.at.map(|at| at.and_then(|at| cells.clone().nth(at)).unwrap_or_default());
        let n_missing = self.n_cells.saturating_sub(cells.len());
        Entry { agenda_item, number, kind, title, source, work_item, comment, result, n_missing }
    }
}

impl Entry<'_> {
    /// True for a liaison statement, whichever way it goes.
    pub fn is_liaison(&self) -> bool {
        self.kind.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("ls"))
    }

    /// True for a liaison statement from outside.
    pub fn is_incoming(&self) -> bool {
        self.kind.eq_ignore_ascii_case("ls in")
    }

    /// True for a number that was set aside for a document that is not there.
    pub fn is_reserved(&self) -> bool {
        let title = self.title.to_ascii_lowercase();
        title.contains("reserved") || title.contains("not used")
    }

    /// Bodies that the title names as receivers.
    pub fn receivers(&self) -> Vec<&str> {
        Columns::receivers_in(self.title)
    }
}
