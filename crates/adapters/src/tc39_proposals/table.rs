//! Tables in Markdown: rows with their columns and headings, and what stands in their cells.

use std::collections::BTreeMap;
use std::rc::Rc;

use fact::Evidence;

use crate::parts::lines::{Line, lines};

/// The headings of a table.
pub struct Columns {
    /// In small letters and without marks; only so many as a table of proposals can have.
    names: Vec<String>,
    /// All of them.
    pub n_columns: usize,
}

const MOST_COLUMNS: usize = 50;

/// One row of a table of proposals.
pub struct Row<'a> {
    pub line: Line<'a>,
    pub cells: Vec<String>,
    pub columns: Rc<Columns>,
    /// `stage 2`, `inactive`: what the nearest heading that names one says.
    pub stage: Option<String>,
}

impl Row<'_> {
    /// Returns the cell whose heading begins with this word.
    pub fn cell(&self, heading: &str) -> Option<&str> {
        let nth = self.columns.names.iter().position(|column| column.starts_with(heading))?;
        self.cells.get(nth).map(String::as_str)
    }
}

/// Returns the rows of all tables of proposals.
pub fn rows(bytes: &[u8]) -> Vec<Row<'_>> {
    let (mut rows, mut columns, mut stage) = (Vec::new(), None::<Rc<Columns>>, None);
    for line in lines(bytes) {
        let text = line.text.trim();
        if let Some(heading) = text.strip_prefix('#') {
            stage = stage_of(heading).or(stage.filter(|_| text.starts_with("##")));
        }
        if !text.starts_with('|') {
            columns = None;
            continue;
        }
        let cells = cells(text);
        match &columns {
            None => {
                let names = cells.iter().take(MOST_COLUMNS).map(|cell| plain(cell).to_lowercase()).collect();
                columns = Some(Rc::new(Columns { names, n_columns: cells.len() }));
            }
            Some(columns) if columns.names.first().is_some_and(|first| first == "proposal") => {
                let is_rule = cells.iter().all(|cell| cell.chars().all(|letter| matches!(letter, '-' | ':' | ' ')));
                if !is_rule {
                    rows.push(Row { line, cells, columns: columns.clone(), stage: stage.clone() });
                }
            }
            Some(_) => {}
        }
    }
    rows
}

fn stage_of(heading: &str) -> Option<String> {
    let heading = heading.trim_start_matches('#').trim().to_lowercase();
    if let Some(rest) = heading.strip_prefix("stage ") {
        let number: String =
            rest.chars().take(4).take_while(|letter| letter.is_ascii_digit() || *letter == '.').collect();
        return (!number.is_empty()).then(|| format!("stage {number}"));
    }
    // TC39's process document: a finished proposal is one of stage 4.
    match heading.split_whitespace().next()? {
        "finished" => Some("stage 4".into()),
        "inactive" => Some("inactive".into()),
        _ => None,
    }
}

/// Cells between pipes; one with a backslash before it is a letter.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_escaped = false;
    for letter in row.trim_start_matches('|').chars() {
        if letter == '|' && !is_escaped {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(letter);
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    // What follows the last pipe is no cell.
    if cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    cells.iter().map(|cell| cell.trim().replace("\\|", "|")).collect()
}

const ENTITIES: [(&str, &str); 5] = [("&nbsp;", " "), ("&#8209;", "-"), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")];

/// Returns a cell's words without tags, code marks, links and entities.
pub fn plain(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some(at) = rest.find(['<', '[', '`', '&']) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        rest = match from.as_bytes()[0] {
            b'<' => match tag(from) {
                Some(end) => {
                    text.push(' ');
                    &from[end..]
                }
                None => kept(&mut text, from),
            },
            b'[' => match link(from) {
                Some((label, _, after)) => {
                    text.push_str(&plain_label(label));
                    after
                }
                None => kept(&mut text, from),
            },
            b'&' => match ENTITIES.iter().find(|(entity, _)| from.starts_with(entity)) {
                Some((entity, meaning)) => {
                    text.push_str(meaning);
                    &from[entity.len()..]
                }
                None => kept(&mut text, from),
            },
            _ => &from[1..],
        };
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The label of a link holds no further links; its brackets and code marks are left out.
fn plain_label(label: &str) -> String {
    let label = label.replace(['`', '[', ']'], "");
    ENTITIES.iter().fold(label, |label, (entity, meaning)| label.replace(entity, meaning))
}

fn kept<'a>(text: &mut String, from: &'a str) -> &'a str {
    text.push_str(&from[..1]);
    &from[1..]
}

/// The end of a tag such as `<br />`; `a < b` is none.
fn tag(from: &str) -> Option<usize> {
    let is_tag = from[1..].starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
    let end = from.bytes().take(100).position(|byte| byte == b'>')?;
    is_tag.then_some(end + 1)
}

/// `[label][reference]`, `[label] [reference]`, `[label][]`, `[label](address)` or `[label]`: label, target and what follows.
fn link(from: &str) -> Option<(&str, Target<'_>, &str)> {
    let (label, after) = bracketed(from, b'[', b']')?;
    let next = after.strip_prefix(' ').filter(|next| next.starts_with('[')).unwrap_or(after);
    if let Some((reference, after)) = bracketed(next, b'[', b']') {
        let reference = if reference.is_empty() { label } else { reference };
        return Some((label, Target::Reference(reference), after));
    }
    if let Some((address, after)) = bracketed(after, b'(', b')') {
        return Some((label, Target::Address(address), after));
    }
    Some((label, Target::Reference(label), after))
}

/// What a link points to.
enum Target<'a> {
    Reference(&'a str),
    Address(&'a str),
}

const LONGEST_LINK: usize = 300;

/// What stands between a bracket and its counterpart, and what follows.
fn bracketed(from: &str, open: u8, close: u8) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, byte) in from.bytes().enumerate().take(LONGEST_LINK) {
        if byte == open {
            depth += 1;
        } else if depth == 0 {
            return None;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some((&from[1..at], &from[at + 1..]));
            }
        }
    }
    None
}

/// Definitions of references: `[name]: address`.
pub struct Links(BTreeMap<String, String>);

impl Links {
    /// Returns the definitions of a text.
    pub fn of(bytes: &[u8]) -> Self {
        let definition = |line: Line<'_>| {
            let (name, rest) =
                bracketed(line.text.trim(), b'[', b']').map(|(name, rest)| (name.to_lowercase(), rest.to_string()))?;
            let address = rest.strip_prefix(':')?.split_whitespace().next().filter(|it| it.len() <= LONGEST_LINK)?;
            Some((name, address.to_string()))
        };
        Self(lines(bytes).filter_map(definition).collect())
    }

    /// Returns title and identifier of a proposal: the repository that its link points to, as `owner/name`, or the address
    /// itself; none where the cell is more than one link.
    pub fn titled(&self, cell: &str) -> (String, String) {
        let title: String = plain(cell).chars().take(Evidence::QUOTE).collect();
        let Some((_, target, "")) = link(cell.trim()) else { return (title, String::new()) };
        let address = match target {
            Target::Address(address) => Some(address),
            Target::Reference(name) => self.0.get(&name.to_lowercase()).map(String::as_str),
        };
        (title, address.map(repository).unwrap_or_default())
    }
}

fn repository(address: &str) -> String {
    let Some((_, path)) = address.split_once("github.com/") else { return address.into() };
    let mut parts = path.split(['/', '#', '?']);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(owner), Some(name), None | Some("")) if !name.is_empty() => format!("{owner}/{name}"),
        _ => address.into(),
    }
}

/// Returns the names in a cell, each with a note: `previously` for those who are said to have been it before.
pub fn names(cell: &str) -> Vec<(String, Option<&'static str>)> {
    let mut found = Vec::new();
    let breaks = cell.replace("<br/>", "<br />").replace("<br>", "<br />").replace("<br />", ",");
    let text = plain(&breaks);
    let (now, before) = match text.split_once("(previously ") {
        Some((now, before)) => (now.to_string(), before.trim_end_matches(')').to_string()),
        None => (text, String::new()),
    };
    for (list, note) in [(now, None), (before, Some("previously"))] {
        for name in list.split(',').map(str::trim) {
            let name = if name.ends_with("Jr.") || name.ends_with("Sr.") { name } else { name.trim_end_matches('.') };
            let is_name = name.chars().any(char::is_alphabetic)
                && !name.starts_with(':')
                && !["TBD", "N/A", "None", "?"].contains(&name);
            if is_name {
                found.push((name.to_string(), note));
            }
        }
    }
    found
}

/// Returns what looks like a date in a cell: digits and hyphens that begin with a year.
pub fn dates(cell: &str) -> Vec<String> {
    let text = plain(cell).replace('\u{2011}', "-");
    let runs = text.split(|letter: char| !letter.is_ascii_digit() && letter != '-').map(|run| run.trim_matches('-'));
    runs.filter(|run| run.len() >= 6 && run.contains('-')).map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_may_hold_escaped_pipes_links_and_code() {
        assert_eq!(cells(r"| a \| b | `c` | | d |"), ["a | b", "`c`", "", "d"]);
        assert_eq!(plain("[`a[0]`][ref] &amp; <sub>x</sub><br />1 < 2 [y](z) [odd"), "a0 & x 1 < 2 y [odd");
    }

    #[test]
    fn names_are_parted_by_breaks_and_commas() {
        let of = |cell: &str| names(cell).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(of("A. Example<br />B. Sample, C. Specimen."), ["A. Example", "B. Sample", "C. Specimen"]);
        assert_eq!(of("[D](https://d.example)<br>E. Case Jr.<br/>:question:, TBD"), ["D", "E. Case Jr."]);
        let before = names("A. Example (previously [B. Sample, C. Specimen][x])");
        assert_eq!(before.iter().filter(|(_, note)| note.is_some()).count(), 2);
        assert_eq!(before.len(), 3);
    }

    #[test]
    fn dates_are_found_with_either_hyphen_and_without_links() {
        assert_eq!(
            dates("<sub>&nbsp;-[2026&#8209;01][a-2020]<br />&nbsp;-2025-11<br />2024\u{2011}07</sub>"),
            ["2026-01", "2025-11", "2024-07"]
        );
        assert_eq!(dates("<sub>Never presented</sub>"), Vec::<String>::new());
    }

    #[test]
    fn identifiers_are_repositories() {
        let links = Links::of(b"[a b]: https://github.com/made-up/proposal-a\n[c]: https://x.example/c\n");
        let id = |cell: &str| links.titled(cell).1;
        assert_eq!(id("[`A`][A B]"), "made-up/proposal-a");
        assert_eq!(id("[a b][]"), "made-up/proposal-a");
        assert_eq!(id("[C] [c]"), "https://x.example/c");
        assert_eq!(id("[D](https://github.com/made-up/d/)"), "made-up/d");
        assert_eq!(id("E ([a b][], [c][])"), "");
    }
}
