//! Lines that frame a resolution: symbols, number, history, enacting words, calls.
//!
//! Source: resolutions of WTSA, in their Word styles `ResNo`, `Restitle`, `Resref`, `Call`; the symbols of proposals to
//! conferences of ITU.

use super::Call;
use crate::calls::verb;

/// Words that may follow a verb of why without making it a clause.
const QUALIFIERS: &[&str] = &["also", "further", "again", "in particular", "with appreciation", "with concern", "of"];

/// What may stand between a verb of what is done and whom it addresses.
const LINKS: &[&str] =
    &["further", "also", "to further", "to instruct", "to invite", "to request", "to encourage", "to urge"];

/// Returns the symbol of a proposal that a line is, or `None`.
pub(super) fn symbol(line: &str) -> Option<&str> {
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let bare = first.trim_matches(['(', ')', '*']);
    let is_symbol = matches!(bare, "MOD" | "ADD" | "SUP" | "NOC" | "OTHER");
    let rest = rest.trim();
    let is_id = rest.is_empty() || (rest.contains('/') && !rest.contains(' '));
    (is_symbol && is_id).then_some(first)
}

/// True for the number of a resolution.
pub(super) fn is_number(line: &str) -> bool {
    let of = |name: &str| {
        line.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    };
    line.starts_with("DRAFT NEW RESOLUTION")
        || ["RESOLUTION ", "DRAFT REVISED RESOLUTION ", "DECISION ", "OPINION "].into_iter().any(of)
}

/// True for the line that starts an annex: `ANNEX 1`, `Appendix A`.
pub(super) fn is_annex(line: &str) -> bool {
    let of = |name: &str| {
        let rest = line.strip_prefix(name)?;
        let number = rest.trim();
        let is_number = number.len() <= 4 && number.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
        Some(number.is_empty() || (rest.starts_with([' ', '\u{a0}']) && is_number))
    };
    ["ANNEX", "Annex", "APPENDIX", "Appendix", "ATTACHMENT", "Attachment"].into_iter().filter_map(of).any(|is| is)
}

/// True for the history under a title: `(Johannesburg, 2008; Hammamet, 2016)`.
pub(super) fn is_reference(line: &str) -> bool {
    line.starts_with('(') && line.ends_with(')') && line.chars().filter(char::is_ascii_digit).count() >= 4
}

/// True for the words that enact: `The World Telecommunication Standardization Assembly (Hammamet, 2016),`.
pub(super) fn is_enacting(line: &str) -> bool {
    line.starts_with("The ") && line.ends_with("),")
}

/// Returns the call that a line is, or `None`; `is_resolution` where a line may be a call that addresses somebody.
pub(super) fn call(line: &str, is_resolution: bool) -> Option<Call> {
    if line.len() > 300 || line.ends_with(['.', ';']) {
        return None;
    }
    let line = line.trim_end_matches([',', ':']);
    let small = line.to_lowercase();
    let verb = verb(&small)?;
    let mut rest = small[verb.words.len()..].trim_start();
    if !verb.is_operative {
        let is_bare = rest.is_empty() || QUALIFIERS.contains(&rest);
        return is_bare.then(|| Call { is_operative: false, verb: small.clone(), addressee: String::new() });
    }
    let mut said = verb.words.to_string();
    while let Some(link) = LINKS.iter().filter(|link| starts_with_word(rest, link)).max_by_key(|link| link.len()) {
        said = format!("{said} {link}");
        rest = rest[link.len()..].trim_start();
    }
    // `resolves to convene a meeting` is a clause, not a call.
    let is_call =
        rest.is_empty() || (is_resolution && !starts_with_word(rest, "to") && !starts_with_word(rest, "that"));
    // Lower case may have other bytes than the line: whom it addresses is looked for in the line itself.
    let addressee: Vec<&str> = line.split_whitespace().skip(said.split_whitespace().count()).collect();
    is_call.then(|| Call { is_operative: true, verb: said, addressee: addressee.join(" ") })
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}
