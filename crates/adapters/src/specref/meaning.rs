//! What the words of an entry mean: authors, publishers, dates.

use fact::{Mention, When};

/// The mention of an author: a person, unless the words say that it is a group.
pub fn author_of(text: &str) -> Mention {
    let is_group = text.starts_with("ISO/") || has_word(text, GROUPS) || has_word(text, &["Corporation", "Team"]);
    if is_group { Mention::organisation(text) } else { Mention::person(text, None) }
}

/// True for a publisher that makes standards, as far as its name shows: an abbreviation, or the name of some group.
/// Publishers of books, journals and proceedings are none.
pub fn is_body(publisher: &str) -> bool {
    const PAPERS: &[&str] = &["Conference", "Journal", "Press", "Proceedings", "Workshop"];
    let is_short = publisher.len() < 9 && !publisher.bytes().any(|byte| byte.is_ascii_lowercase() || byte == b' ');
    is_short || has_word(publisher, GROUPS) && !has_word(publisher, PAPERS)
}

const GROUPS: &[&str] = &[
    "Alliance",
    "Board",
    "Commission",
    "Committee",
    "Consortium",
    "Forum",
    "Foundation",
    "Group",
    "International",
    "Organization",
    "Union",
];

fn has_word(text: &str, words: &[&str]) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric()).any(|word| words.contains(&word))
}

/// `2024-07-26`, `2018`, `June 2018`, `1 August 1996`, `August 1, 1996`; the precision is that of the text.
pub fn date(text: &str) -> Option<When> {
    const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Some(when) = When::parse(text) {
        return Some(when);
    }
    let words: Vec<&str> =
        text.split([' ', ',']).map(|word| word.trim_matches('.')).filter(|w| !w.is_empty()).collect();
    let month = |word: &str| {
        let start = word.get(..3)?.to_ascii_lowercase();
        let is_word = word.bytes().all(|letter| letter.is_ascii_alphabetic());
        MONTHS.iter().position(|name| is_word && *name == start).map(|nth| nth + 1)
    };
    let (day, name, year) = match words[..] {
        [name, year] => (None, name, year),
        [day, name, year] if month(name).is_some() => (Some(day), name, year),
        [name, day, year] => (Some(day), name, year),
        _ => return None,
    };
    let month = month(name)?;
    match day {
        Some(day) => When::parse(&format!("{year}-{month:02}-{:02}", day.parse::<u8>().ok()?)),
        None => When::parse(&format!("{year}-{month:02}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_precise_as_they_are_written() {
        let said = |text: &str| date(text).map(|when| when.from.zip(when.to).map(|(from, to)| format!("{from}..{to}")));
        assert_eq!(said("1 August 1996"), Some(Some("1996-08-01..1996-08-01".into())));
        assert_eq!(said("August 1, 1996"), said("1 August 1996"));
        assert_eq!(said("June 2018"), Some(Some("2018-06-01..2018-06-30".into())));
        assert_eq!(said("2018"), Some(Some("2018-01-01..2018-12-31".into())));
        for text in ["", "Spring 2011", "31 June 2018", "1 2018", "June", "é 2018", "June 18"] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn publishers_of_books_are_no_bodies() {
        assert!(is_body("W3C") && is_body("OpenID Foundation") && is_body("ISO/IEC"));
        assert!(!is_body("Prentice-Hall") && !is_body("International Conference on Made-up Things"));
    }
}
