//! Tables of a report: lists of vendors, and features against implementations.

use super::cells::{Support, cells, is_rule, support};
use super::{Act, Amount, Fact, Found, Line, Mention, Page, Thing, quoted, range};

/// Headings of a column that names who implements.
const NAMES: &[&str] =
    &["vendor", "vendors", "implementation", "implementations", "implementer", "implementor", "company"];
/// Beginnings of headings of columns that are about the feature or the report.
const ASIDE: &[&str] = &[
    "#",
    "comment",
    "compliance",
    "conformance",
    "contact",
    "description",
    "details",
    "document",
    "draft",
    "explanation",
    "feature",
    "function",
    "interop",
    "link",
    "must",
    "note",
    "platform",
    "reference",
    "remark",
    "reported",
    "required",
    "requirement",
    "sec",
    "status",
    "tlv",
    "type",
    "version",
];

/// One table: its heading and its rows, cell by cell.
struct Table<'l, 'a> {
    lines: &'l [Line<'a>],
    head: Vec<String>,
    rows: Vec<(&'l Line<'a>, Vec<String>)>,
}

impl Page {
    /// Reads every table of a page.
    pub(super) fn tables(&mut self, body: &[Line<'_>]) {
        let mut at = 0;
        while at + 1 < body.len() {
            if !(body[at].text.contains('|') && is_rule(&body[at + 1].text)) {
                at += 1;
                continue;
            }
            let n_rows = body[at + 2..].iter().take_while(|line| line.text.trim_start().starts_with('|')).count();
            let lines = &body[at..at + 2 + n_rows];
            let rows = lines[2..].iter().map(|line| (line, cells(&line.text))).collect();
            self.table(&Table { lines, head: cells(&body[at].text), rows });
            at += 2 + n_rows;
        }
    }

    fn table(&mut self, table: &Table<'_, '_>) {
        self.reading.n_units += 1;
        let lower: Vec<String> = table.head.iter().map(|cell| cell.to_lowercase()).collect();
        match lower.iter().position(|cell| NAMES.contains(&cell.as_str())) {
            Some(column) => self.vendors(table, &lower, column),
            None => self.matrix(table, &lower),
        }
    }

    /// A row for each who implements: vendor or implementation, product, version.
    fn vendors(&mut self, table: &Table<'_, '_>, head: &[String], column: usize) {
        let is_vendor = head[column].starts_with("vendor") || head[column] == "company";
        let of = |words: &[&str]| head.iter().rposition(|cell| words.iter().any(|word| cell.contains(word)));
        let (product, version) = (of(&["product", "model", "software name"]), of(&["version", "release"]));
        let product = product.filter(|&product| product != column && Some(product) != version);
        for (line, cells) in &table.rows {
            let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", String::as_str);
            let name = cell(Some(column));
            if !is_name(name) {
                continue;
            }
            let known = |text: &&str| !matches!(support(text), Some(Support::Open)) && !text.contains('@');
            let parts = [Some(cell(product)), Some(cell(version))];
            let product: Vec<&str> = parts.into_iter().flatten().filter(known).collect();
            let who = if is_vendor { Mention::organisation(name) } else { implementation(name) };
            let evidence = quoted(line.at.clone(), format!("line {}", line.number), &line.text);
            // A version that is still to be told leaves it open whether there is one.
            let is_open = |text: &str| !text.is_empty() && support(text) == Some(Support::Open);
            let confidence = if is_open(cell(version)) { 0.5 } else { 1.0 };
            let (subject, product) = (self.subject.clone(), product.join(" "));
            self.keep(Found { who, product, status: None, confidence, evidence, subject: &subject });
        }
    }

    /// A column for each implementation, a row for each feature.
    fn matrix(&mut self, table: &Table<'_, '_>, head: &[String]) {
        let mut told: Vec<&str> = Vec::new();
        for (column, name) in table.head.iter().enumerate().skip(1) {
            let name = name
                .strip_prefix("Implemented ")
                .unwrap_or(name)
                .trim_end_matches(" supports")
                .trim_end_matches(" version");
            let is_aside = ASIDE.iter().any(|word| head[column].starts_with(word));
            if is_aside || !is_name(name) || told.contains(&name) {
                continue;
            }
            let Some(said) = column_of(table, column) else { continue };
            told.push(name);
            self.column(table, name, &said);
        }
    }

    /// What a column says of one implementation, if it says that anything is there.
    fn column(&mut self, table: &Table<'_, '_>, name: &str, said: &[Support]) {
        let count = |kinds: &[Support]| said.iter().filter(|support| kinds.contains(support)).count();
        let is_test = count(&[Support::Passed, Support::Failed]) > 0;
        let n_there = count(&[Support::Yes, Support::Partial, Support::Passed]);
        if n_there == 0 {
            return;
        }
        let (Some(first), Some(last)) = (table.lines.first(), table.lines.last()) else { return };
        let place = format!("table at line {}, column `{name}`", first.number);
        let (act, word) = if is_test { (Act::Tested, "tests passed") } else { (Act::Implemented, "features") };
        let n_partial = count(&[Support::Partial]);
        let partly = if n_partial > 0 { format!(", {n_partial} in part") } else { String::new() };
        self.reading.facts.push(Fact {
            who: implementation(name),
            object: Some(self.subject.clone()),
            when: self.when,
            amount: Some(Amount { value: n_there as f64, unit: word.into() }),
            status: Some(format!("{n_there} of {} {word}{partly}", said.len())),
            ..Fact::new(act, quoted(range(first, last), place, &first.text))
        });
    }
}

/// Returns what each cell of a column says, where it is a column on support: nearly all cells speak of nothing else, and
/// one at least says something.
fn column_of(table: &Table<'_, '_>, column: usize) -> Option<Vec<Support>> {
    let said: Vec<Option<Support>> =
        table.rows.iter().map(|(_, cells)| support(cells.get(column).map_or("", String::as_str))).collect();
    let n_other = said.iter().filter(|said| said.is_none()).count();
    let said: Vec<Support> = said.into_iter().flatten().collect();
    (n_other * 5 <= said.len() && said.iter().any(|said| *said != Support::Open)).then_some(said)
}

/// A name is short and neither a placeholder nor an address.
pub(super) fn is_name(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_placeholder = lower.starts_with("vendor ")
        || lower == "implemented"
        || NAMES.contains(&lower.as_str())
        || is_numbered(&lower)
        || lower.contains("add your");
    let is_address = text.contains("://") || text.contains('@');
    let has_letters = text.chars().filter(|letter| letter.is_alphabetic()).count() >= 2;
    has_letters && !is_placeholder && !is_address && text.chars().count() <= 60 && !lower.starts_with("draft-")
}

/// `Implementation 1` is a form that nobody filled in.
fn is_numbered(lower: &str) -> bool {
    lower.strip_prefix("implementation ").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A product or project that is named without saying whose it is.
pub(super) fn implementation(name: &str) -> Mention {
    Mention { name: Some(name.into()), role: Some("implementation".into()), ..Mention::default() }
}

/// The name of a thing that is only known by its title.
pub(super) fn titled(title: &str) -> Thing {
    Thing::new("document", "").titled(title)
}
