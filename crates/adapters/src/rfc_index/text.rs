//! The index as text: entries of wrapped lines, `0001 Title. A. Author. April 1969. (Format: ...) (Status: ...)`.

use fact::{Evidence, Problem, Reading, When};

use super::{Entry, Link, Writer};
use crate::parts::author::{author, has_organisation_word, is_initialled_in_list, is_organisation};
use crate::parts::document_id::document_id;
use crate::parts::english_date::english_date;
use crate::parts::lines::lines;

/// Longest entry, in bytes; the longest real one has 2,000.
const LONGEST: usize = 20_000;

/// What stands in brackets behind an entry.
const ATTRIBUTES: [&str; 8] =
    ["Format:", "Obsoletes ", "Obsoleted by ", "Updates ", "Updated by ", "Also ", "Status:", "DOI:"];

/// True for the heading of the index and one entry below it.
pub(super) fn is_index(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(10_000)];
    lines(head).take(40).any(|line| line.text.trim() == "RFC INDEX")
}

/// Returns the entries, and a problem for each that cannot be read.
pub(super) fn entries(bytes: &[u8], reading: &mut Reading) -> Vec<Entry> {
    let mut entries = Vec::new();
    for raw in raw_entries(bytes) {
        reading.n_units += 1;
        let mut refused = Vec::new();
        match entry(&raw, &mut refused) {
            Ok(entry) => entries.extend(entry),
            Err(reason) => refused.push(reason),
        }
        reading.problems.extend(refused.into_iter().map(|(kind, what)| Problem {
            kind,
            evidence: raw.evidence.clone(),
            what,
            hint: "compare the entry with the front page of the document".into(),
        }));
    }
    entries
}

/// An entry with its lines put together.
struct Raw {
    id: String,
    text: String,
    evidence: Evidence,
}

fn raw_entries(bytes: &[u8]) -> Vec<Raw> {
    let mut found: Vec<Raw> = Vec::new();
    let mut is_open = false;
    for line in lines(bytes) {
        if let Some((id, rest)) = start(&line.text) {
            let evidence = Evidence::new(line.at.clone(), id.clone(), "");
            found.push(Raw { id, text: rest.trim().into(), evidence });
            is_open = true;
            continue;
        }
        let text = line.text.trim();
        is_open &= !text.is_empty() && line.text.starts_with([' ', '\t']);
        let Some(last) = found.last_mut().filter(|last| is_open && last.text.len() < LONGEST) else { continue };
        // A word broken at its hyphen goes on without a space; the index breaks lines nowhere else within words.
        if !last.text.ends_with('-') || last.text.ends_with(" -") {
            last.text.push(' ');
        }
        last.text.extend(text.chars().take(LONGEST));
        last.evidence.end = line.at.end as u64;
    }
    for raw in &mut found {
        let at = raw.evidence.start as usize..raw.evidence.end as usize;
        raw.evidence = Evidence::new(at, raw.id.clone(), &raw.text);
    }
    found
}

/// The number that an entry begins with, at the left margin: four digits or more.
fn start(line: &str) -> Option<(String, &str)> {
    let (digits, rest) = line.split_once(' ')?;
    let is_number = (4..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let id = is_number.then(|| document_id(&format!("RFC {digits}"))).flatten()?;
    Some((id, rest))
}

type Refused = (&'static str, String);

/// Reads one entry; `None` for a number that was never issued. What is unread of its brackets goes to `refused`.
fn entry(raw: &Raw, refused: &mut Vec<Refused>) -> Result<Option<Entry>, Refused> {
    if raw.text.trim_end_matches('.').eq_ignore_ascii_case("not issued") {
        return Ok(None);
    }
    let (head, when, rest) = split_at_date(&raw.text).ok_or_else(|| {
        ("entry-unreadable", "expected `Title. Authors. Month Year.` before the brackets, found no date".to_string())
    })?;
    let (title, writers) = split_authors(head)
        .ok_or_else(|| ("authors-unreadable", format!("expected a title and authors, found `{}`", cut(head))))?;
    let mut entry = Entry { id: raw.id.clone(), title: title.into(), writers, when: Some(when), ..Entry::default() };
    entry.evidence = raw.evidence.clone();
    attributes(rest, &mut entry, refused);
    Ok(Some(entry))
}

fn cut(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Splits an entry at the date that stands before its first bracket: what is before, the date, the brackets.
fn split_at_date(text: &str) -> Option<(&str, When, &str)> {
    let is_attribute = |rest: &str| ATTRIBUTES.iter().any(|attribute| rest.starts_with(attribute));
    let brackets = text.match_indices(". (").filter(|(at, mark)| is_attribute(&text[at + mark.len()..]));
    let ends = brackets.map(|(at, _)| at).chain(text.ends_with('.').then(|| text.len() - 1));
    for end in ends {
        let Some(start) = text[..end].rfind(". ") else { continue };
        if let Some(when) = english_date(text[start + 2..end].trim()) {
            return Some((text[..start].trim_end(), when, text[end + 1..].trim_start()));
        }
    }
    None
}

/// Splits `Title. A. Author, B. Writer, Ed.` where the authors begin: at the first end of a sentence behind which all
/// names have initials; else the first behind which all have or are organisations; else the first behind which the first
/// name has; else at the last, for organisations.
fn split_authors(head: &str) -> Option<(&str, Vec<Writer>)> {
    let ends: Vec<usize> = sentence_ends(head);
    let all = |rest: &str| list(rest).iter().all(|name| is_initialled_in_list(author(name).name));
    let mixed = |rest: &str| list(rest).iter().all(|name| is_initialled_in_list(author(name).name) || is_group(name));
    let first = |rest: &str| list(rest).first().is_some_and(|name| is_initialled_in_list(author(name).name));
    // A list of authors is at most as long as the longest real ones: the search stays linear.
    let near = || ends.iter().copied().filter(|&end| head.len() - end < 2_000).take(200);
    let start = near()
        .find(|&end| !head[end..].trim().is_empty() && all(&head[end..]))
        .or_else(|| near().find(|&end| mixed(&head[end..]) && head[end..].contains(',')))
        .or_else(|| near().find(|&end| first(&head[end..])))
        .or_else(|| organisations(head, &ends))?;
    let writers: Vec<Writer> = list(&head[start..]).iter().filter_map(|name| writer(name)).collect();
    (!writers.is_empty()).then(|| (head[..start].trim_end().trim_end_matches('.'), writers))
}

/// True for a name with a word or the capitals of an organisation, and no figure.
fn is_group(name: &str) -> bool {
    let is_plain = name.split(' ').count() <= 8 && name.starts_with(char::is_uppercase);
    is_plain
        && (has_organisation_word(name) || (name.len() <= 5 && is_organisation(name)))
        && !name.contains(['(', ':'])
}

/// Where a list of organisations begins: behind the last full stop, and earlier while a sentence is one itself.
fn organisations(head: &str, ends: &[usize]) -> Option<usize> {
    let is_abbreviation = |end: usize| head[..end].trim_end().ends_with("U.S.");
    let ends: Vec<usize> = ends.iter().copied().filter(|&end| !is_abbreviation(end)).collect();
    let mut start = *ends.last()?;
    for pair in ends.windows(2).rev() {
        let sentence = head[pair[0]..pair[1]].trim().trim_end_matches('.');
        let is_name =
            sentence.split(' ').count() <= 4 && sentence.split(' ').all(|word| word.starts_with(char::is_uppercase));
        if !is_name || !is_organisation(sentence) || pair[1] != start {
            break;
        }
        start = pair[0];
    }
    Some(start)
}

/// Ends of sentences: behind `. `, `? `, `! ` and `." `.
fn sentence_ends(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let is_stop = |at: usize| matches!(bytes.get(at), Some(b'.' | b'?' | b'!'));
    let ends = memchr::memchr_iter(b' ', bytes);
    ends.filter(|&at| at > 0 && (is_stop(at - 1) || (bytes[at - 1] == b'"' && at > 1 && is_stop(at - 2))))
        .map(|at| at + 1)
        .collect()
}

/// The names of a list, each with what belongs to it: `P. Sample, II` and `A. Example, Ed.` are one name each.
fn list(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let text = text.replace("..", ".");
    for part in text.split(',').flat_map(|part| part.split(". ").fold(Vec::new(), sentences)) {
        let part = part.trim();
        let bare = part.trim_end_matches('.').to_lowercase();
        match (bare.as_str(), names.last_mut()) {
            ("" | "et al", _) => {}
            ("ed" | "eds" | "editor" | "jr" | "sr" | "ii" | "iii" | "iv" | "3rd" | "2nd", Some(last)) => {
                last.push_str(", ");
                last.push_str(part);
            }
            _ => names.push(part.into()),
        }
    }
    names
}

/// Puts `J. ` and `Sample` together again, and leaves `Information Center. ` and `Sample Institute` apart.
fn sentences(mut parts: Vec<String>, part: &str) -> Vec<String> {
    match parts.last_mut() {
        Some(last) if is_initial_end(last) || part.eq_ignore_ascii_case("ed") => {
            last.push_str(". ");
            last.push_str(part);
        }
        Some(last) if part.trim_end_matches('.').eq_ignore_ascii_case("ed") => {
            last.push_str(", Ed.");
        }
        _ => parts.push(part.into()),
    }
    parts
}

/// True when the text ends with an initial whose full stop was cut off: `J`, `J.P`, `St`.
fn is_initial_end(text: &str) -> bool {
    let last = text.trim_end_matches('.').rsplit([' ', '.', '-']).next().unwrap_or_default();
    let is_capital = last.starts_with(|letter: char| letter.is_ascii_uppercase());
    let is_all = last.len() <= 4 && last.bytes().all(|byte| byte.is_ascii_uppercase() || b"()".contains(&byte));
    is_capital && (last.len() <= 2 || (is_all && (last.len() == 3 || last.ends_with(')'))))
}

fn writer(name: &str) -> Option<Writer> {
    let named = author(name);
    let is_name = named.name.chars().any(char::is_alphabetic) && named.name.len() < 200;
    is_name.then(|| Writer { name: named.name.into(), is_editor: named.is_editor, affiliation: None })
}

/// Reads `(Obsoletes RFC1, RFC2) (Status: HISTORIC)`; formats and identifiers of files are not acts.
fn attributes(text: &str, entry: &mut Entry, refused: &mut Vec<Refused>) {
    for part in text.split('(').skip(1) {
        let Some(part) = part.split(')').next() else { continue };
        let links = [
            ("Obsoletes ", Link::Obsoletes),
            ("Obsoleted by ", Link::ObsoletedBy),
            ("Updates ", Link::Updates),
            ("Updated by ", Link::UpdatedBy),
            ("Also ", Link::Also),
        ];
        if let Some(status) = part.strip_prefix("Status:") {
            entry.status = Some(status.trim().into());
        }
        let Some((ids, link)) = links.iter().find_map(|(label, link)| Some((part.strip_prefix(label)?, *link))) else {
            continue;
        };
        for id in ids.split(',').map(str::trim).filter(|id| !id.is_empty()) {
            match document_id(id) {
                Some(id) => entry.links.push((link, id)),
                None => {
                    let what = format!("expected numbers such as `RFC0001`, found `{}`", cut(id));
                    refused.push(("relation-unreadable", what));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(head: &str) -> String {
        let (title, writers) = split_authors(head).expect("it has authors");
        let names: Vec<String> =
            writers.iter().map(|writer| writer.name.clone() + if writer.is_editor { " *" } else { "" }).collect();
        format!("{title} | {}", names.join(" | "))
    }

    #[test]
    fn authors_begin_where_all_names_have_initials() {
        for (head, expected) in [
            ("Sample Protocol 1.0. A. Example", "Sample Protocol 1.0 | A. Example"),
            ("Is it so? J.P. Example, B. van Sample, Ed.", "Is it so? | J.P. Example | B. van Sample *"),
            ("Use of U.S. Mail. A. Example", "Use of U.S. Mail | A. Example"),
            ("Notes on the letter J. B. Sample", "Notes on the letter J | B. Sample"),
            ("A, B. and C: a list. A. Example,B. Sample, II", "A, B. and C: a list | A. Example | B. Sample, II"),
            ("Trace. A. Example, W. Sample. Ed.", "Trace | A. Example | W. Sample *"),
            ("Two. A. Example, Ed.,  B. Sample, Ed.", "Two | A. Example * | B. Sample *"),
            ("Views. A. Example, Ed., IAB", "Views | A. Example * | IAB"),
            ("Media. A. Example, Umbra", "Media | A. Example | Umbra"),
            ("Policy. IAB, IESG", "Policy | IAB | IESG"),
            ("Lists. Sample Information Center. Acme Institute", "Lists | Sample Information Center | Acme Institute"),
            ("Use (SAMPLE). Acme Working Group, H.. Sample", "Use (SAMPLE) | Acme Working Group | H. Sample"),
            ("U.S. Names. Acme Council", "U.S. Names | Acme Council"),
            ("Thirty Years. RFC Editor, et al.", "Thirty Years | RFC Editor"),
            ("Trace 2. A. Example, W. Ray. Ed.", "Trace 2 | A. Example | W. Ray *"),
            ("Tolls. Y(J). Sample, B. Example", "Tolls | Y(J). Sample | B. Example"),
            ("The Sample v1. A Example, RJ Sample", "The Sample v1 | A Example | RJ Sample"),
        ] {
            assert_eq!(split(head), expected);
        }
    }

    #[test]
    fn an_entry_is_split_at_the_date_before_its_brackets() {
        let (head, when, rest) =
            split_at_date("List (Updates of) - December 5, 1973. A. Example. 1 April 2031. (Format: TXT) (Status: X)")
                .expect("it has a date");
        assert_eq!(head, "List (Updates of) - December 5, 1973. A. Example");
        assert_eq!(when.from.map(|day| day.to_string()).as_deref(), Some("2031-04-01"));
        assert_eq!(rest, "(Format: TXT) (Status: X)");
    }
}
