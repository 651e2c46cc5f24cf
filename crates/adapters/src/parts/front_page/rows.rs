//! The lines of a front page, each split into a cell at the left and one at the right.

use fact::{Evidence, When};

use crate::parts::address::blanked;
use crate::parts::english_date::english_date;
use crate::parts::lines::{Line, lines};

/// Columns from which on a cell belongs to the right.
const RIGHT: usize = 24;
/// A line that begins here or later has no cell at the left.
const RIGHT_ONLY: usize = 28;
/// Lines looked at; a front page ends long before.
const MOST: usize = 150;
/// Longest line, in characters, that can belong to a front page.
const WIDEST: usize = 160;

/// Labels of fields, longest first where one begins another.
const LABELS: [&str; 27] = [
    "request for comments",
    "obsoleted by",
    "obsoletes rfcs",
    "obsoletes rfc",
    "obsoletes",
    "updated by",
    "updates rfc",
    "updates",
    "category",
    "categories",
    "intended status",
    "intended category",
    "internet-draft",
    "internet draft",
    "expires in",
    "expires",
    "expiration date",
    "expire",
    "document",
    "issn",
    "bcp",
    "std",
    "fyi",
    "rtr",
    "nic",
    "ien",
    "rfc",
];

/// Text of a line between two columns, spaces folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub text: String,
    pub start: usize,
    pub end: usize,
}

/// A line of the head; without cells it is blank.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    pub line: Line<'a>,
    pub left: Option<Cell>,
    pub right: Option<Cell>,
}

/// The rows of a front page and the lines of the title below them.
#[derive(Debug, Default)]
pub(super) struct Head<'a> {
    pub rows: Vec<Row<'a>>,
    below: Vec<Line<'a>>,
}

impl<'a> Head<'a> {
    /// Reads rows until what stands below belongs to the title.
    pub fn read(bytes: &'a [u8]) -> Self {
        let mut head = Self::default();
        let mut n_blank = 0;
        let mut lines = lines(bytes).take(MOST).skip_while(|line| is_blank(line)).peekable();
        while let Some(line) = lines.next_if(|line| line.text.len() <= WIDEST * 4) {
            if is_blank(&line) {
                n_blank += 1;
                continue;
            }
            let (left, right) = cells(&line.text);
            if n_blank > 1 || !head.takes(left.as_ref(), right.as_ref(), n_blank == 1) {
                head.below.push(line);
                break;
            }
            if n_blank == 1 {
                head.rows.push(Row { line: Line { number: line.number, ..line.clone() }, left: None, right: None });
            }
            n_blank = 0;
            head.rows.push(Row { line, left, right });
        }
        head.below.extend(lines.take(30));
        head
    }

    /// True when a line with these cells still belongs to the head.
    fn takes(&self, left: Option<&Cell>, right: Option<&Cell>, is_apart: bool) -> bool {
        if self.rows.is_empty() {
            return true;
        }
        let label = left.is_some_and(|cell| field(&cell.text).is_some());
        match (left, right) {
            (Some(_), _) if is_apart => label,
            (Some(_), Some(_)) => true,
            (Some(left), None) => label || is_continuation(left) || self.rows.len() < 3,
            (None, Some(right)) => !is_apart || self.is_aligned(right),
            (None, None) => false,
        }
    }

    /// True when a cell ends or begins where those above it do, as no centred title does.
    fn is_aligned(&self, cell: &Cell) -> bool {
        let edge = self.rows.iter().filter_map(|row| row.right.as_ref()).map(|right| right.end).max();
        edge.is_some_and(|edge| cell.end.abs_diff(edge) <= 1)
            || self.rows.iter().filter_map(|row| row.right.as_ref()).any(|right| right.start == cell.start)
    }

    /// Returns the title: the first block below, and further ones while they are centred.
    pub fn title(&self) -> String {
        let mut title = String::new();
        let mut n_blank = 0;
        for line in &self.below {
            let text = fold(&line.text);
            if text.is_empty() || draft_name(&text).is_some() || english_date(&text).is_some() {
                n_blank += usize::from(text.is_empty());
                continue;
            }
            let is_apart = n_blank > 0 && !title.is_empty();
            if is_heading(&text) || (is_apart && (n_blank > 1 || !is_centred(&line.text) || text.ends_with('.'))) {
                break;
            }
            n_blank = 0;
            join(&mut title, text.strip_prefix("Title:").unwrap_or(&text).trim());
        }
        title
    }

    /// Returns the date that stands below the title of early documents, before their text.
    pub fn date(&self) -> Option<(When, Evidence)> {
        let lines = self.below.iter().filter(|line| is_centred(&line.text));
        let mut dates = lines.filter_map(|line| Some((english_date(&fold(&line.text))?, line.evidence())));
        dates.next()
    }

    /// Returns the name of a draft below the title.
    pub fn draft(&self) -> Option<String> {
        self.below.iter().find_map(|line| draft_name(line.text.trim()).map(Into::into))
    }

    /// Returns the evidence of all rows.
    pub fn evidence(&self) -> Evidence {
        let (Some(first), Some(last)) = (self.rows.first(), self.rows.last()) else { return Evidence::default() };
        let place = format!("lines {} to {}", first.line.number, last.line.number);
        let texts: Vec<&str> = self.rows.iter().map(|row| row.line.text.as_ref()).collect();
        Evidence::new(first.line.at.start..last.line.at.end, place, &blanked(&texts.join(" ")))
    }
}

fn is_blank(line: &Line<'_>) -> bool {
    line.text.chars().all(|letter| letter.is_whitespace() || letter.is_control())
}

/// Splits a line at its widest gap that ends at the right.
fn cells(line: &str) -> (Option<Cell>, Option<Cell>) {
    let letters = expanded(line);
    let Some(start) = letters.iter().position(|&letter| letter != ' ') else { return (None, None) };
    let end = letters.iter().rposition(|&letter| letter != ' ').map_or(start, |last| last + 1);
    if end > WIDEST {
        return (None, None);
    }
    let cell = |from: usize, to: usize| {
        let text: String = letters[from..to].iter().collect();
        Some(Cell { text: fold(&text), start: from, end: to })
    };
    if start >= RIGHT_ONLY {
        return (None, cell(start, end));
    }
    match gap(&letters[..end], start) {
        Some((from, to)) => (cell(start, from), cell(to, end)),
        None => (cell(start, end), None),
    }
}

/// The widest run of two or more spaces that ends at the right: its first column and the one behind it.
fn gap(letters: &[char], start: usize) -> Option<(usize, usize)> {
    let (mut best, mut from) = (None, None);
    for (at, letter) in letters.iter().enumerate().skip(start) {
        if *letter == ' ' {
            from.get_or_insert(at);
            continue;
        }
        let Some(from) = from.take() else { continue };
        let is_wider = best.is_none_or(|(best_from, best_to)| at - from > best_to - best_from);
        if at >= RIGHT && at - from >= 2 && is_wider {
            best = Some((from, at));
        }
    }
    best
}

/// Letters by column: tabs reach to the next multiple of eight, control characters take no column.
fn expanded(line: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(line.len().min(WIDEST * 2));
    for letter in line.chars() {
        match letter {
            '\t' => letters.resize(letters.len() / 8 * 8 + 8, ' '),
            _ if letter.is_control() => {}
            _ if letter.is_whitespace() => letters.push(' '),
            _ => letters.push(letter),
        }
        if letters.len() > WIDEST * 2 {
            break;
        }
    }
    letters
}

/// Splits a cell at the left into label and value; `None` where it does not begin with a known label.
pub(super) fn field(text: &str) -> Option<(String, &str)> {
    let lower = text.to_ascii_lowercase();
    let label = LABELS.iter().find(|label| {
        lower.strip_prefix(**label).is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_ascii_alphabetic()))
    })?;
    let value = text[label.len()..].trim_start_matches([' ', ':', '#']);
    Some(((*label).into(), value))
}

/// True for the second line of a wrapped list of numbers: indented, and only numbers and their words.
pub(super) fn is_continuation(cell: &Cell) -> bool {
    let is_number = |word: &str| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        word.is_empty()
            || word.chars().all(|letter| letter.is_ascii_digit())
            || ["rfc", "rfcs", "if", "approved", "and"].contains(&word.to_ascii_lowercase().as_str())
    };
    cell.start > 0 && cell.text.split([' ', '-']).all(is_number)
}

/// The name of a draft in a text: `<draft-sample-thing-03.txt>` names `draft-sample-thing-03`.
pub(super) fn draft_name(text: &str) -> Option<&str> {
    let text = text.trim_matches(['<', '>', '(', ')', ' ', '*', '`']);
    let text = [".txt", ".xml", ".html"].iter().fold(text, |name, end| name.strip_suffix(end).unwrap_or(name));
    let is_name = text.starts_with("draft-")
        && text.len() > 8
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.+".contains(letter));
    is_name.then_some(text)
}

fn is_heading(text: &str) -> bool {
    const HEADINGS: [&str; 12] = [
        "status of",
        "abstract",
        "table of contents",
        "contents",
        "introduction",
        "preface",
        "copyright notice",
        "copyright (c)",
        "prepared for",
        "by",
        "iesg note",
        "1.",
    ];
    let lower = text.trim_matches(['"', '*', ' ']).to_lowercase();
    HEADINGS.iter().any(|heading| {
        lower.strip_prefix(heading).is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_alphanumeric()))
    })
}

/// True when as much room is left at the left as at the right of a page of 72 columns, give or take.
fn is_centred(line: &str) -> bool {
    let letters = expanded(line);
    let Some(start) = letters.iter().position(|&letter| letter != ' ') else { return false };
    let end = letters.iter().rposition(|&letter| letter != ' ').map_or(start, |last| last + 1);
    start > 3 && (start + end).abs_diff(72) <= 6
}

/// Adds a line of a title; a word broken at its hyphen stays one word.
fn join(title: &mut String, line: &str) {
    let is_broken = title.strip_suffix('-').is_some_and(|head| head.ends_with(|letter: char| letter.is_alphanumeric()));
    if !title.is_empty() && !is_broken {
        title.push(' ');
    }
    title.push_str(line);
}

fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split(|letter: char| letter.is_whitespace() || letter.is_control()).filter(|word| !word.is_empty())
    {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> (String, String) {
        let (left, right) = cells(line);
        let text = |cell: Option<Cell>| cell.map(|cell| cell.text).unwrap_or_default();
        (text(left), text(right))
    }

    #[test]
    fn a_line_is_split_at_its_widest_gap() {
        let pair = |left: &str, right: &str| (left.to_string(), right.to_string());
        assert_eq!(texts("Obsoletes:  9998                        S.  Sample"), pair("Obsoletes: 9998", "S. Sample"));
        assert_eq!(texts("Request for Comments:  9999"), pair("Request for Comments: 9999", ""));
        assert_eq!(texts("                                        October 2031"), pair("", "October 2031"));
        assert_eq!(texts("Category: Historic\t\t\t\t    Acme"), pair("Category: Historic", "Acme"));
    }

    #[test]
    fn labels_are_found_with_and_without_colon() {
        let read = |text| field(text).map(|(label, value)| format!("{label}={value}"));
        assert_eq!(read("Obsoletes RFC: 765 (IEN 149)").as_deref(), Some("obsoletes rfc=765 (IEN 149)"));
        assert_eq!(read("NIC 5822").as_deref(), Some("nic=5822"));
        assert_eq!(read("Internet-Draft").as_deref(), Some("internet-draft="));
        assert_eq!(read("Network Working Group"), None);
        assert_eq!(read("Category theory for all"), Some("category=theory for all".into()));
    }
}
