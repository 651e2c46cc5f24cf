//! The section with the authors' addresses: country, domain, and the organisation where nothing else names it.

use crate::parts::address::domain_of;
use crate::parts::author::{author, has_organisation_word, is_initialled, is_organisation, is_same_person};
use crate::parts::country::country_of;
use crate::parts::lines::lines;

/// Lines kept; more than forty authors have.
const MOST: usize = 800;

/// The addresses of a document, one entry for each author found.
#[derive(Debug, Default)]
pub(super) struct Section {
    entries: Vec<Entry>,
    text: Vec<String>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    full: String,
    lines: Vec<String>,
}

/// What an entry says besides the name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Contact {
    pub affiliation: Option<String>,
    pub country: Option<String>,
    pub domain: Option<String>,
}

impl Section {
    /// Reads the last section of addresses in `bytes`, for the authors with these names.
    pub fn read(bytes: &[u8], names: &[String]) -> Self {
        let text = body(bytes, names);
        let mut entries: Vec<Entry> = Vec::new();
        let mut is_broken = true;
        for line in &text {
            let plain = line.strip_prefix("FN:").unwrap_or(line);
            // A name in full is easily taken for an organisation's, and counts only where a paragraph begins; and
            // `U. Sampleton` is not the person of `University of Sampleton` or `UC Sampleton`.
            let is_person = !has_organisation_word(author(plain).name) && !plain.starts_with("UC ");
            let is_named =
                |name: &&String| is_person && is_same_person(name, plain) && (is_broken || is_initialled(name));
            if let Some(name) = names.iter().find(is_named) {
                entries.push(Entry { name: name.clone(), full: plain.into(), lines: Vec::new() });
            } else if let Some(last) = entries.last_mut() {
                // A paragraph that begins otherwise than with a way of contact is another person's or plain text.
                let is_theirs = !is_broken || is_contact(line) || last.lines.is_empty();
                if line.is_empty() || is_theirs && last.lines.last().is_none_or(|line| line != END) {
                    last.lines.push(line.clone());
                } else if !is_theirs {
                    last.lines.push(END.into());
                }
            }
            is_broken = line.is_empty();
        }
        Self { entries, text }
    }

    /// Returns what the addresses say of a person; `None` where they name nobody or several of that name.
    pub fn contact(&self, name: &str) -> Option<Contact> {
        let mut found = self.entries.iter().filter(|entry| entry.name == name || is_same_person(name, &entry.full));
        let entry = found.next()?;
        found.next().is_none().then(|| contact(&entry.lines))
    }

    /// True when an entry begins with this very name.
    pub fn names(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.full.starts_with(name))
    }

    /// True when the words stand somewhere in the section.
    pub fn mentions(&self, words: &str) -> bool {
        self.text.iter().any(|line| line.contains(words))
    }
}

/// Marks the end of an entry that plain text follows.
const END: &str = "\u{0}";

/// The lines below the last heading of addresses, up to the next heading, without headers and footers of pages.
fn body(bytes: &[u8], names: &[String]) -> Vec<String> {
    let mut body: Vec<String> = Vec::new();
    let (mut is_open, mut is_flush) = (false, false);
    for line in lines(bytes) {
        if line.text.len() > 300 {
            continue;
        }
        let text = line.text.trim_matches(|letter: char| letter.is_whitespace() || letter.is_control());
        if is_section(text) {
            (is_open, is_flush) = (true, false);
            body.clear();
            continue;
        }
        let is_furniture = text.contains("[Page ") || text.starts_with("RFC ") || text.starts_with("Internet-Draft ");
        if !is_open || is_furniture || body.len() >= MOST {
            continue;
        }
        let is_left = line.text.starts_with(|letter: char| !letter.is_whitespace() && !letter.is_control());
        is_flush |= is_left && names.iter().any(|name| is_same_person(name, text));
        if is_left && (!is_flush || is_next_heading(text)) {
            is_open = false;
            continue;
        }
        body.push(text.to_string());
    }
    body
}

/// `9. Author's Address`, `Authors' Addresses`, `Editors' Addresses:`; not the line of a table of contents.
fn is_section(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let words: String = text
        .trim_start_matches(|letter: char| letter.is_ascii_digit() || ". ".contains(letter))
        .trim_start_matches("Appendix ")
        .chars()
        .filter(|letter| letter.is_alphabetic() || *letter == ' ')
        .collect();
    let folded = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let folded = folded.split_once(' ').filter(|(first, _)| first.len() == 1).map_or(folded.as_str(), |(_, rest)| rest);
    let is_listed = text.contains("..") || text.contains(". .") || text.ends_with(|end: char| end.is_ascii_digit());
    !is_listed
        && matches!(
            folded,
            "author address"
                | "author addresses"
                | "authors address"
                | "authors addresses"
                | "editor address"
                | "editors address"
                | "editors addresses"
                | "author information"
                | "authors information"
                | "authors contact information"
                | "contact information"
                | "address of author"
                | "addresses of authors"
                | "authors and addresses"
        )
}

fn is_next_heading(text: &str) -> bool {
    let lower = text.to_lowercase();
    let begins = ["full copyright", "copyright", "intellectual", "acknowledg", "appendix", "security", "references"];
    begins.iter().any(|begin| lower.starts_with(begin))
        || text.split_once(". ").is_some_and(|(number, _)| number.chars().all(|letter| letter.is_ascii_digit()))
}

/// True for a line that says how to reach somebody: `Phone:`, `EMail:`, `URI:`.
fn is_contact(line: &str) -> bool {
    let label = line.split([':', ' ', ';', '+']).next().unwrap_or_default().to_lowercase();
    matches!(
        label.as_str(),
        "phone"
            | "tel"
            | "telephone"
            | "voice"
            | "fax"
            | "facsimile"
            | "email"
            | "e-mail"
            | "mail"
            | "uri"
            | "url"
            | "web"
            | "www"
            | "http"
            | "mobile"
            | "internet"
            | "org"
    ) || line.starts_with("Additional contact")
        || domain_of(line).is_some()
}

fn contact(lines: &[String]) -> Contact {
    let own = || lines.iter().take_while(|line| *line != END);
    let postal: Vec<&str> = own()
        .map(String::as_str)
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty() && !is_contact(line))
        .collect();
    Contact {
        affiliation: affiliation(&postal),
        country: postal.iter().rev().find_map(|line| country_of(line)).map(Into::into),
        domain: own().find_map(|line| domain_of(line)),
    }
}

/// The line of an address that is surely an organisation, departments passed over.
fn affiliation(postal: &[&str]) -> Option<String> {
    let is_place = |line: &str| {
        let lower = line.to_lowercase();
        ["department", "dept", "school of", "faculty", "division", "c/o", "p.o", "po box", "suite", "room", "building"]
            .iter()
            .any(|begin| lower.starts_with(begin))
            || line.starts_with(|letter: char| letter.is_ascii_digit())
            || line.ends_with(|letter: char| letter.is_ascii_digit())
            || country_of(line).is_some()
    };
    if let [only] = postal {
        return (!is_place(only) && !only.contains(',')).then(|| (*only).into());
    }
    let mut lines = postal.iter().take(3).filter(|line| !is_place(line));
    lines
        // Capitals make `IBM` an organisation, but not `Ithaca, NY`.
        .find(|line| has_organisation_word(line) || (is_organisation(line) && !line.contains([',', '.'])))
        .filter(|line| !line.contains(|letter: char| letter.is_ascii_digit()))
        .map(|line| line.trim_end_matches(',').into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(text: &str) -> Section {
        Section::read(text.as_bytes(), &["A. Example".into(), "B. Sample".into()])
    }

    #[test]
    fn an_entry_gives_country_and_domain_and_ends_where_another_begins() {
        let section = section(
            "Authors' Addresses\n\n   Ann Example (editor)\n   Acme Inc.\n   1 Road\n   Oslo\n   Norway\n\n   \
             Phone: 1\n   EMail: a@acme.example\n\n   Carl Other\n   Sweden\n\n   EMail: c@other.example\n",
        );
        let contact = section.contact("A. Example").expect("the entry is found");
        assert_eq!(contact.affiliation.as_deref(), Some("Acme Inc."));
        assert_eq!((contact.country.as_deref(), contact.domain.as_deref()), (Some("Norway"), Some("acme.example")));
        assert_eq!(section.contact("B. Sample"), None);
    }

    #[test]
    fn a_street_is_no_organisation_and_a_table_of_contents_no_section() {
        let section = section(
            "   9. Authors' Addresses ...... 12\n\n   Ann Example\n   Acme Inc.\n\nAuthor's Address\n\n   Ann Example\n   \
             146 Sample Lane\n   Ithaca, NY\n\n   EMail: a@b.example\n",
        );
        let contact = section.contact("A. Example").expect("the entry is found");
        assert_eq!((contact.affiliation, contact.country), (None, None));
    }

    #[test]
    fn two_of_one_name_are_nobody() {
        let section = section(
            "Authors' Addresses\n\n   Ann Example\n   EMail: a@x.example\n\n   Alf Example\n   EMail: b@y.example\n",
        );
        assert_eq!(section.contact("A. Example"), None);
    }
}
