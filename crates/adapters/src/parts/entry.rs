//! One entry of an attendance list: `Name, Affiliation`, `Name - Affiliation`, `Name (Affiliation) (remote)`, columns.

use fact::Mode;

use crate::parts::names::{is_abbreviation, is_note};

/// A person as one entry names them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    pub name: String,
    pub affiliation: Option<String>,
    pub role: Option<String>,
    /// The part of an address after the `@`.
    pub domain: Option<String>,
    pub mode: Option<Mode>,
    /// True for those whom the entry says were not there.
    pub is_absent: bool,
}

/// Where the columns of a list stand, as its header line says: `Name | Organisation`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Columns {
    pub name: usize,
    /// The family name, where it has a column of its own.
    family: Option<usize>,
    affiliation: Option<usize>,
    mode: Option<usize>,
    role: Option<usize>,
    pub n_cells: usize,
}

impl Columns {
    /// Reads a header line; `None` for every other line.
    pub fn read(text: &str) -> Option<Self> {
        let cells: Vec<String> = cells(text)?.iter().map(|cell| cell.to_lowercase()).collect();
        let first = |cell: &str| cell.split([' ', '/', '(']).next().unwrap_or_default().to_string();
        let column = |words: &[&str]| {
            cells.iter().position(|cell| words.contains(&cell.as_str()) || words.contains(&first(cell).as_str()))
        };
        let is_header =
            cells.iter().all(|cell| cell.chars().count() <= 30 && !cell.contains(|c: char| c.is_ascii_digit()));
        let given = column(&["given", "first name"]);
        let name = given.or_else(|| column(&["name", "names", "participant", "attendee", "full name", "person"]))?;
        let affiliation =
            column(&["affiliation", "affiliations", "organisation", "organization", "company", "employer", "org"]);
        (is_header && cells.len() > 1).then_some(Self {
            name,
            family: column(&["family", "last name", "surname"]).filter(|_| given.is_some()),
            affiliation,
            mode: column(&["mode", "location", "remote", "participation"]),
            role: column(&["role"]),
            n_cells: cells.len(),
        })
    }

    /// Reads a row below the header; `None` where it has no name.
    pub fn entry(self, text: &str) -> Option<Entry> {
        let cells = cells(text)?;
        let cell = |at: Option<usize>| cells.get(at?).copied().filter(|cell| !cell.is_empty());
        let name = match (cell(Some(self.name)), cell(self.family)) {
            (Some(given), Some(family)) => format!("{given} {family}"),
            (Some(name), None) | (None, Some(name)) => name.to_string(),
            (None, None) => return None,
        };
        let mut entry = entry(&name)?;
        entry.affiliation = cell(self.affiliation).and_then(said).or(entry.affiliation);
        entry.role = cell(self.role).map(Into::into).or(entry.role);
        entry.mode = cell(self.mode).and_then(mode).or(entry.mode);
        Some(entry)
    }
}

/// Cells of a table row: between bars, tabs, or runs of spaces; otherwise between commas. `None` where there is one.
pub fn cells(text: &str) -> Option<Vec<&str>> {
    let trimmed = text.trim();
    let cells: Vec<&str> = if trimmed.contains('|') {
        trimmed.trim_start_matches('|').trim_end_matches('|').split('|').map(str::trim).collect()
    } else if trimmed.contains('\t') {
        text.trim_end().split('\t').map(str::trim).collect()
    } else if trimmed.contains("  ") {
        trimmed.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
    } else {
        trimmed.split(',').map(str::trim).collect()
    };
    (cells.len() > 1).then_some(cells)
}

/// Reads an entry that stands alone; `None` where it holds no letters.
pub fn entry(text: &str) -> Option<Entry> {
    let mut entry = Entry::default();
    let mut rest = text.trim().trim_end_matches([';', ',']).trim_end();
    rest = address(rest, &mut entry);
    // What stands in brackets behind the name, from the last to the first.
    while let Some((before, inner)) = last_brackets(rest) {
        if before.is_empty() {
            return None;
        }
        bracketed(before, inner, &mut entry);
        rest = before;
    }
    let (name, affiliation) = split(rest);
    match affiliation {
        // `Acme (Europe)` behind a separator: the brackets are part of the affiliation.
        Some(words) if entry.affiliation.is_some() && said(words).is_some() => {
            let whole = &text.trim()[text.trim().find(words).unwrap_or(0)..];
            let (whole, _) = notes_off(whole);
            entry.affiliation = said(whole);
        }
        Some(words) => tell(words, &mut entry),
        None => {}
    }
    let (mut name, is_absent) = notes_off(name);
    entry.is_absent |= is_absent;
    // `A. Example (AE), Acme`
    while let Some((before, inner)) = last_brackets(name).filter(|(before, _)| !before.is_empty()) {
        let said = entry.affiliation.take();
        bracketed(before, inner, &mut entry);
        entry.affiliation = said.or(entry.affiliation.take());
        name = before;
    }
    entry.name = name.trim_end_matches([':', '.', ' ', '-', '–', '—']).trim().to_string();
    if entry.name.ends_with(char::is_alphabetic) && name.ends_with('.') && ends_with_initial(name) {
        entry.name.push('.');
    }
    entry.name.chars().any(char::is_alphabetic).then_some(entry)
}

/// `A. Example Jr.` and `A. E.` keep their last point.
fn ends_with_initial(name: &str) -> bool {
    let last = name.trim_end_matches('.').rsplit([' ', '.']).next().unwrap_or_default();
    last.chars().count() == 1 || ["Jr", "Sr"].contains(&last)
}

/// Takes an address off: `A. Example <a@example.org>`; only what follows the `@` is kept.
fn address<'a>(text: &'a str, entry: &mut Entry) -> &'a str {
    let Some(at) = text.find('@') else { return text };
    let is_part = |letter: char| letter.is_alphanumeric() || "._+-%".contains(letter);
    let start = text[..at].trim_end_matches(is_part).len();
    let domain_end = at + 1 + text[at + 1..].find(|letter| !is_part(letter)).unwrap_or(text.len() - at - 1);
    let domain = text[at + 1..domain_end].trim_matches('.');
    if start == at || !domain.contains('.') || !text[domain_end..].trim().trim_matches(['>', ')', ']', '"']).is_empty()
    {
        return text;
    }
    entry.domain = Some(domain.to_lowercase());
    text[..start].trim_end_matches(|letter: char| letter.is_whitespace() || "<([,;:-\"".contains(letter))
}

/// The last brackets of a text that ends in them, and what stands before: pairs inside pairs belong to the outer one.
pub fn last_brackets(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end().trim_end_matches(['.', ',', ';']);
    let (open, close) = match text.chars().last()? {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        _ => return None,
    };
    let mut depth = 0_i32;
    for (at, letter) in text.char_indices().rev() {
        depth += i32::from(letter == close) - i32::from(letter == open);
        if depth == 0 {
            return Some((text[..at].trim_end(), text[at + 1..text.len() - 1].trim()));
        }
    }
    None
}

/// What one pair of brackets says of the person before it.
fn bracketed(before: &str, inner: &str, entry: &mut Entry) {
    let name = before.split(['(', ',']).next().unwrap_or(before);
    if let Some(mode) = mode(inner) {
        entry.mode = Some(mode);
    } else if is_absence(inner) {
        entry.is_absent = true;
    } else if let Some(domain) = spelt(inner) {
        entry.domain = Some(domain);
    } else if is_note(inner) || is_abbreviation(name, inner) {
        // `(late)`, `(?)`, `(AE)` say nothing of where somebody comes from.
    } else if is_role(inner) {
        entry.role = Some(inner.into());
    } else {
        entry.affiliation = said(inner);
    }
}

fn tell(words: &str, entry: &mut Entry) {
    let (words, is_absent) = notes_off(words);
    entry.is_absent |= is_absent;
    if let Some(mode) = mode(words) {
        entry.mode = Some(mode);
    } else if is_role(words) {
        entry.role = Some(words.into());
    } else if !is_note(words) {
        entry.affiliation = said(words).or(entry.affiliation.take());
    }
}

/// Cuts `Name, Affiliation` at the first separator outside brackets.
fn split(text: &str) -> (&str, Option<&str>) {
    const SEPARATORS: [&str; 10] = ["\t", " - ", " – ", " — ", " -- ", " / ", ";", ",", " @ ", "   "];
    let mut depth = 0_i32;
    for (at, letter) in text.char_indices() {
        depth += i32::from("([".contains(letter)) - i32::from(")]".contains(letter));
        if depth > 0 {
            continue;
        }
        if let Some(separator) = SEPARATORS.iter().find(|separator| text[at..].starts_with(**separator)) {
            // `Example, Jr., Acme`
            let rest = text[at + separator.len()..].trim();
            let suffix = ["Jr.", "Jr", "Sr.", "III", "PhD", "Ph.D."].into_iter().find(|suffix| {
                rest.strip_prefix(suffix).is_some_and(|after| after.is_empty() || after.starts_with(','))
            });
            let Some(suffix) = suffix else { return (text[..at].trim_end(), Some(rest)) };
            let end = text.len() - rest.len() + suffix.len();
            return (&text[..end], text[end..].strip_prefix(',').map(str::trim));
        }
    }
    // `Name/Acme`, but not `A/B Example`.
    match text.split_once('/') {
        Some((name, rest)) if name.contains(' ') => (name.trim_end(), Some(rest.trim())),
        _ => (text, None),
    }
}

/// Takes `(late)`, `(remote)` and the like off the end; true where one of them says that the person was not there.
fn notes_off(text: &str) -> (&str, bool) {
    let (mut rest, mut is_absent) = (text.trim(), false);
    while let Some((before, inner)) = last_brackets(rest) {
        if before.is_empty() || !(is_note(inner) || is_absence(inner) || mode(inner).is_some()) {
            break;
        }
        is_absent |= is_absence(inner);
        rest = before;
    }
    (rest, is_absent)
}

/// An affiliation as written; signs that stand for a gap say nothing.
fn said(words: &str) -> Option<String> {
    let words = words.trim().trim_end_matches([',', ';']).trim_end();
    let lower = words.to_lowercase();
    let is_gap =
        !words.chars().any(char::is_alphanumeric) || ["n/a", "tbd", "unknown", "tba"].contains(&lower.as_str());
    (!is_gap).then(|| words.to_string())
}

fn mode(words: &str) -> Option<Mode> {
    match words.to_lowercase().trim() {
        "remote" | "remotely" | "online" | "virtual" | "webex" | "meetecho" | "phone" | "via phone"
        | "via meetecho" | "via webex" | "remote participant" | "by phone" | "dialed in" | "dialled in" => {
            Some(Mode::Remote)
        }
        "in person" | "in-person" | "onsite" | "on-site" | "on site" | "local" | "in room" | "in the room" => {
            Some(Mode::InPerson)
        }
        _ => None,
    }
}

fn is_absence(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["absent", "regrets", "apologies", "not present", "excused", "did not attend"].contains(&lower.as_str())
}

/// `Chair`, `co-chair`, `Applications AD`, `Area Director`, `scribe`.
fn is_role(words: &str) -> bool {
    let lower = words.to_lowercase();
    let last = lower.rsplit([' ', '-']).next().unwrap_or_default().to_string();
    let is_short = lower.split_whitespace().count() <= 4;
    let is_office =
        ["chair", "cochair", "chairs", "ad", "director", "secretary", "scribe", "editor", "delegate", "notetaker"];
    is_short && is_office.contains(&last.as_str()) && lower != "ad"
        || ["ad", "responsible ad", "sec ad", "minutes"].contains(&lower.as_str())
}

/// The domain of `given dot family at example dot org`.
fn spelt(words: &str) -> Option<String> {
    let (_, host) = words.split_once(" at ")?;
    let parts: Vec<&str> = host.split(" dot ").map(str::trim).collect();
    let is_host = parts.iter().all(|part| {
        !part.is_empty() && part.chars().all(|letter| letter.is_alphanumeric() || letter == '-' || letter == '.')
    });
    (is_host && (parts.len() > 1 || host.contains('.'))).then(|| parts.join(".").to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> [String; 4] {
        let entry = entry(text).unwrap_or_default();
        let mode = entry.mode.map(Mode::slug).unwrap_or_default();
        let absent = if entry.is_absent { "absent" } else { mode };
        [entry.name, entry.affiliation.unwrap_or_default(), entry.role.unwrap_or_default(), absent.into()]
    }

    #[test]
    fn every_separator_parts_name_and_affiliation() {
        for text in [
            "A. Example, Acme",
            "A. Example - Acme",
            "A. Example – Acme",
            "A. Example (Acme)",
            "A. Example  (Acme)",
            "A. Example / Acme",
            "A. Example/Acme",
            "A. Example\tAcme",
            "A. Example; Acme",
            "A. Example [Acme]",
            "A. Example, Acme (late)",
            "A. Example   Acme",
            "A. Example -- Acme",
            "A. Example (AE), Acme",
            "A. Example – (Acme)",
        ] {
            assert_eq!(read(text), ["A. Example", "Acme", "", ""], "{text}");
        }
    }

    #[test]
    fn commas_and_brackets_inside_an_affiliation_stay() {
        assert_eq!(read("A. Example, Acme, Inc.")[1], "Acme, Inc.");
        assert_eq!(read("A. Example, University of Dune (UD)")[1], "University of Dune (UD)");
        assert_eq!(
            read("A. Example (MADE (Ministry of Dune) of the Republic)")[1],
            "MADE (Ministry of Dune) of the Republic"
        );
        assert_eq!(read("A. Example, Golf (startup)")[1], "Golf (startup)");
        assert_eq!(read("Jean-Luc Example-Sample (Acme)"), ["Jean-Luc Example-Sample", "Acme", "", ""]);
        assert_eq!(read("A. Example, Jr., Acme"), ["A. Example, Jr.", "Acme", "", ""]);
    }

    #[test]
    fn gaps_and_notes_are_no_affiliation() {
        for text in [
            "A. Example",
            "A. Example, –",
            "A. Example, ???",
            "A. Example (?)",
            "A. Example\t",
            "A. Example (late)",
            "A. Example (part)",
            "A. Example,",
            "A. Example (AE)",
        ] {
            assert_eq!(read(text), ["A. Example", "", "", ""], "{text}");
        }
        assert_eq!(read("A. Example, No affiliation")[1], "No affiliation");
        assert_eq!(read("A. Example, Independent")[1], "Independent");
        assert_eq!(read("12. "), ["", "", "", ""].map(String::from));
    }

    #[test]
    fn roles_and_modes_are_told_apart_from_affiliations() {
        assert_eq!(read("A. Example - Chair"), ["A. Example", "", "Chair", ""]);
        assert_eq!(read("A. Example (Applications AD)"), ["A. Example", "", "Applications AD", ""]);
        assert_eq!(read("A. Example (Acme) (remote)"), ["A. Example", "Acme", "", "remote"]);
        assert_eq!(read("A. Example (absent)"), ["A. Example", "", "", "absent"]);
        assert_eq!(read("A. Example (on-site)"), ["A. Example", "", "", "in-person"]);
    }

    #[test]
    fn of_an_address_only_the_domain_is_kept() {
        let domain = |text: &str| entry(text).and_then(|entry| entry.domain);
        assert_eq!(domain("A. Example (a.example@example.org)"), Some("example.org".into()));
        assert_eq!(domain("A. Example <a@Example.org>"), Some("example.org".into()));
        assert_eq!(domain("A. Example (a dot example at example dot org)"), Some("example.org".into()));
        assert_eq!(read("A. Example, Acme <a@example.org>"), ["A. Example", "Acme", "", ""]);
    }

    #[test]
    fn columns_follow_their_header() {
        let columns = Columns::read("| Organisation | Name |").expect("a header");
        let entry = columns.entry("| Acme | A. Example |").expect("an entry");
        assert_eq!((entry.name.as_str(), entry.affiliation.as_deref()), ("A. Example", Some("Acme")));
        let columns = Columns::read("Name\tAffiliation").expect("a header");
        assert_eq!(columns.entry("A. Example\t").and_then(|entry| entry.affiliation), None);
        let columns = Columns::read("Given | Family | Affiliation | Role").expect("a header");
        let entry = columns.entry("A. | Example | Acme | Voting member").expect("an entry");
        assert_eq!((entry.name.as_str(), entry.role.as_deref()), ("A. Example", Some("Voting member")));
        assert_eq!(Columns::read("A. Example, Acme"), None);
        assert_eq!(Columns::read("Name"), None);
    }
}
