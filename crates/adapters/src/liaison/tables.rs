//! Pages on which a body lists the statements it sent and received: tables `Year | In/Out | Meeting | Title`, one below
//! the heading of each partner, the title a link and behind it what became of the statement.

use std::ops::Range;

use fact::{Act, Evidence, Fact, Mention, Problem, Reading, Snapshot, Thing, When};

use super::{body, outcome};
use crate::parts::lines::{Line, lines};
use crate::parts::meeting::in_3gpp;
use crate::parts::remarks::document_number;

/// Lines in which the first table is looked for.
const NEAR: usize = 120;

/// True for Markdown with a table that has a column `In/Out` beside a year, a meeting and a title.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(32_000)];
    lines(head).take(NEAR).any(|line| Columns::of(&line.text).is_some())
}

/// Where the columns of a table stand.
struct Columns {
    year: usize,
    way: usize,
    meeting: usize,
    title: usize,
}

impl Columns {
    fn of(heading: &str) -> Option<Self> {
        if !heading.contains('|') || heading.len() > 500 {
            return None;
        }
        let names: Vec<String> = cells(heading).iter().map(|cell| cell.to_lowercase().replace(' ', "")).collect();
        let find = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
        let way = find(&["in/out", "incoming/outgoing", "direction"])?;
        Some(Self { way, year: find(&["year", "date"])?, meeting: find(&["meeting"])?, title: find(&["title"])? })
    }
}

/// The cells of a line; a bar at either end makes no cell.
fn cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    line.strip_suffix('|').unwrap_or(line).splitn(12, '|').map(str::trim).collect()
}

pub(super) fn read(snapshot: &Snapshot<'_>) -> Reading {
    let mut reading = Reading::default();
    let owner = owner(snapshot);
    reading.about = format!("liaison statements of {}", owner.as_deref().unwrap_or("a body not named"));
    if owner.is_none() {
        reading.problems.push(Problem {
            kind: "body-not-named",
            evidence: Evidence::new(0..0, "page", ""),
            what: "expected a banner that names the body of the page, found none".into(),
            hint: "add `<img alt=\"NAME banner\">` to the page".into(),
        });
    }
    let (mut partner, mut columns) = (None, None);
    for line in lines(snapshot.bytes) {
        let text = line.text.trim();
        if text.starts_with('#') {
            partner = heading(text);
            columns = None;
        } else if let Some(found) = Columns::of(text) {
            columns = Some(found);
        } else if let Some(columns) = columns.as_ref().filter(|_| text.contains('|'))
            && !is_rule(text)
        {
            reading.n_units += 1;
            Row { line: &line, owner: owner.as_deref(), partner: partner.as_deref() }.read(columns, text, &mut reading);
        } else if !text.is_empty() && !text.contains('|') {
            columns = None;
        }
    }
    reading
}

/// The body of the page: the one whose banner it shows, or whose name stands in the address of the page.
fn owner(snapshot: &Snapshot<'_>) -> Option<String> {
    let head = &snapshot.bytes[..snapshot.bytes.len().min(8_000)];
    let shown = lines(head).take(NEAR).find_map(|line| {
        let (_, rest) = line.text.split_once("alt=\"")?;
        let name = rest.split('"').next()?.strip_suffix(" banner")?.trim();
        (!name.is_empty() && name.len() < 80).then(|| name.to_string())
    });
    shown.or_else(|| snapshot.origin.to_lowercase().contains("5g-mag").then(|| "5G-MAG".into()))
}

/// The partner of a heading: `## 3GPP: Incoming / Outgoing LS`, `## ETSI MEC (Multi-access Edge Computing)`.
fn heading(text: &str) -> Option<String> {
    let name = text.trim_start_matches('#').split([':', '(']).next()?.trim();
    (!name.is_empty() && !name.to_lowercase().contains("liaison")).then(|| name.into())
}

fn is_rule(text: &str) -> bool {
    text.chars().all(|letter| "|-: ".contains(letter))
}

/// A row with what stands around it.
struct Row<'a> {
    line: &'a Line<'a>,
    owner: Option<&'a str>,
    partner: Option<&'a str>,
}

impl Row<'_> {
    fn read(&self, columns: &Columns, text: &str, reading: &mut Reading) {
        let cells = cells(text);
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let needed = columns.title.max(columns.way).max(columns.meeting).max(columns.year);
        let way = cell(columns.way).to_lowercase();
        if cells.len() <= needed || !matches!(way.as_str(), "in" | "out") {
            let what =
                format!("expected `In` or `Out` in a row of {} cells, found `{}`", needed + 1, cell(columns.way));
            reading.problems.push(self.line.problem("row-unreadable", what, "correct the row of the table"));
            return;
        }
        // A bar within a title makes further cells, which are the title's.
        let start = cells[columns.title].as_ptr() as usize - text.as_ptr() as usize;
        let title = Title::read(if columns.title == needed {
            text[start..].trim_end_matches('|')
        } else {
            cell(columns.title)
        });
        let (group, event) = place(cell(columns.meeting), self.partner);
        let year = cell(columns.year);
        let when = When::parse(year);
        if when.is_none() {
            let what = format!("expected a year such as `2026`, found `{year}`");
            reading.problems.push(self.line.problem("date-unreadable", what, "correct the year of the row"));
        }
        let fact = Fact {
            object: Some(Thing::new("liaison-statement", title.number).titled(title.text)),
            body: group.clone(),
            event,
            when: when.unwrap_or(When::UNKNOWN),
            ..Fact::new(Act::Liaised, self.line.evidence())
        };
        self.liaised(&way, group, &title, &fact, reading);
        outcomes(&title, &fact, reading);
    }

    /// Sent and received. A statement from a company is its draft, which the group has not sent; nor has it sent one
    /// that it postponed.
    fn liaised(&self, way: &str, group: Option<String>, title: &Title<'_>, fact: &Fact, reading: &mut Reading) {
        let is_held_back = |remark| outcome(remark).is_some_and(|act| !matches!(act, Act::Approved | Act::Agreed));
        let held_back =
            (way == "in" && title.remarks().any(is_held_back)).then(|| group.as_deref().map(body)).flatten();
        if let Some(who) = title.author().map(Mention::organisation).or(held_back) {
            reading.facts.push(Fact { act: Act::Submitted, who, ..fact.clone() });
            return;
        }
        let owner = self.owner.map(String::from);
        let (from, to) = if way == "out" { (owner, group) } else { (group, owner) };
        let who = from.as_deref().map(body).unwrap_or_default();
        let target = to.map(|name| Thing::new("body", &name));
        // The tables hold inputs too; only some say that they are liaison statements.
        let confidence = if title.is_statement() { 1.0 } else { 0.8 };
        reading.facts.push(Fact { who, target, confidence, ..fact.clone() });
    }
}

/// `3GPP SA4#136` is a meeting of 3GPP SA4; `MPEG ISO/IEC JTC 1/SC 29/WG 3` is a group without its meeting; any other
/// text is a meeting of the partner.
fn place(meeting: &str, partner: Option<&str>) -> (Option<String>, Option<String>) {
    let own = meeting.strip_prefix("3GPP ").unwrap_or(meeting);
    let code = own.split([' ']).next_back().unwrap_or(own);
    if let Some(event) = in_3gpp(own).or_else(|| in_3gpp(code)) {
        let group = event.split('#').next().unwrap_or_default();
        return (Some(format!("3GPP {group}")), Some(event));
    }
    // `SA4#135-bis-e` and `SA4 Video AHG post 132` are written otherwise than meetings of groups are, and stay so.
    let known = |word: &str| in_3gpp(&format!("{word}#1")).and_then(|event| Some(event.split_once('#')?.0.to_string()));
    if let Some(group) = own.split([' ', '#']).find_map(known) {
        return (Some(format!("3GPP {group}")), Some(meeting.into()));
    }
    if let Some((group, _)) = meeting.split_once('#').filter(|(group, _)| !group.is_empty()) {
        return (Some(group.trim().into()), Some(meeting.into()));
    }
    let is_group = meeting.contains("/WG ") || meeting.contains("/SC ");
    match (meeting, is_group) {
        ("", _) => (partner.map(Into::into), None),
        (_, true) => (Some(meeting.into()), None),
        _ => (partner.map(Into::into), Some(meeting.into())),
    }
}

/// A title: `[S4-261155 - Words](address) (remark, remark)`.
struct Title<'a> {
    number: &'a str,
    text: &'a str,
    remark: &'a str,
}

impl<'a> Title<'a> {
    fn read(cell: &'a str) -> Self {
        let cell = cell.trim();
        let (link, address, rest) = link(cell).unwrap_or((cell, "", ""));
        let (number, text) = match link.split_once(" - ") {
            Some((number, text)) if is_number(number) => (number.trim(), text.trim()),
            _ => (document_number(address.rsplit('/').next().unwrap_or_default()).unwrap_or_default(), link),
        };
        let remark = rest.trim().trim_start_matches('(').trim_end_matches(')');
        Self { number, text, remark }
    }

    fn remarks(&self) -> impl Iterator<Item = &'a str> {
        self.remark.split(',').map(str::trim).filter(|remark| !remark.is_empty())
    }

    /// True where title or remark say that it is a liaison statement.
    fn is_statement(&self) -> bool {
        let mut words = self.text.split(|letter: char| !letter.is_alphanumeric());
        words.any(|word| word == "LS" || word.eq_ignore_ascii_case("liaison"))
            || self.remarks().any(|remark| remark.contains("reply"))
    }

    /// The company whose draft this is: a first remark that is a name and says nothing of the statement.
    fn author(&self) -> Option<&'a str> {
        let first = self.remarks().next()?;
        let is_name = first.starts_with(char::is_uppercase) && !first.contains("reply") && outcome(first).is_none();
        (is_name && self.remarks().nth(1).is_some()).then_some(first)
    }
}

/// One word with a digit: `S4-261155`, `m74566`.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 40 && !text.contains(' ') && text.contains(|letter: char| letter.is_ascii_digit())
}

/// Splits a Markdown link into its words, its address and what stands behind it; brackets may stand in both.
fn link(cell: &str) -> Option<(&str, &str, &str)> {
    let rest = cell.strip_prefix('[')?;
    let middle = rest.find("](")?;
    let address = &rest[middle + 2..];
    let mut depth = 1_usize;
    let end = address.char_indices().find(|(_, letter)| {
        depth += usize::from(*letter == '(');
        depth -= usize::from(*letter == ')');
        depth == 0
    });
    let end: Range<usize> = end.map_or(address.len()..address.len(), |(at, _)| at..at + 1);
    Some((&rest[..middle], &address[..end.start], &address[end.end..]))
}

/// What became of the statement: `approved`, `postponed`, `withdrawn`, `revised into C4-262311`.
fn outcomes(title: &Title<'_>, fact: &Fact, reading: &mut Reading) {
    for remark in title.remarks() {
        let fact = Fact { status: Some(remark.into()), ..fact.clone() };
        if let Some(act) = outcome(remark) {
            reading.facts.push(Fact { act, ..fact });
        } else if let Some(number) = remark.strip_prefix("revised into ").or_else(|| remark.strip_prefix("revised to "))
        {
            let target = Some(Thing::new("liaison-statement", number.trim()));
            reading.facts.push(Fact { act: Act::RevisedInto, target, ..fact });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_words_and_address_of_a_link() {
        let title = Title::read("[m1 - [SD] Sample (A)](https://x.example/M(24)1_a.zip) (withdrawn)");
        assert_eq!((title.number, title.text, title.remark), ("m1", "[SD] Sample (A)", "withdrawn"));
        let title = Title::read("[LS on clocks](https://x.example/S4-240001.zip)");
        assert_eq!((title.number, title.text), ("S4-240001", "LS on clocks"));
        let title = Title::read("Words alone");
        assert_eq!((title.number, title.text, title.remark), ("", "Words alone", ""));
    }

    #[test]
    fn meetings_and_groups() {
        let read = |text| place(text, Some("ETSI MEC"));
        let some = |text: &str| Some(text.to_string());
        assert_eq!(read("3GPP SA4#136"), (some("3GPP SA4"), some("SA4#136")));
        assert_eq!(read("3GPP TSG RAN#91-e"), (some("3GPP RAN"), some("3GPP TSG RAN#91-e")));
        assert_eq!(read("3GPP SA4 Sample AHG post 132").0, some("3GPP SA4"));
        assert_eq!(read("Acme PCG#54"), (some("Acme PCG"), some("Acme PCG#54")));
        assert_eq!(read("ISO/IEC JTC 1/SC 29/WG 3"), (some("ISO/IEC JTC 1/SC 29/WG 3"), None));
        assert_eq!(read("MEC043"), (some("ETSI MEC"), some("MEC043")));
    }
}
