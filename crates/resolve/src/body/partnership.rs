//! Groups of 3GPP: `SA2`, `3GPP TSG SA WG2`, `TSG-RAN WG1`, `SA3-LI`. A working group stands beside its plenary in addresses:
//! `3gpp/sa2`, not `3gpp/sa/sa2`.

use super::Trail;
use super::written::is_name;

/// Plenaries, longest first.
const PLENARIES: [&str; 4] = ["GERAN", "RAN", "SA", "CT"];

/// The short form of document numbers, used only beside the name of 3GPP.
const SHORT: [(&str, &str); 6] = [("RP", "RAN"), ("SP", "SA"), ("CP", "CT"), ("R", "RAN"), ("S", "SA"), ("C", "CT")];

/// True for a form of name that 3GPP alone uses: `SA2`, `RAN WG2`, `TSG CT`.
pub(super) fn is_alone(words: &[String]) -> bool {
    let Some(first) = words.first() else { return false };
    let next = words.get(1).map(|word| word.to_uppercase()).unwrap_or_default();
    match group(first) {
        Some((_, number, _)) if !number.is_empty() => true,
        Some(_) => next.starts_with("WG"),
        None => first.eq_ignore_ascii_case("TSG") && words.len() > 1,
    }
}

/// The groups of 3GPP.
pub(super) fn groups(trail: Trail, rest: &[String]) -> Option<Trail> {
    let rest = if rest.first().is_some_and(|word| word.eq_ignore_ascii_case("TSG")) { &rest[1..] } else { rest };
    let short = || SHORT.iter().find_map(|(short, long)| in_group(rest.first()?, short, long));
    let (plenary, number, below) = group(rest.first()?).or_else(short)?;
    let trail = trail.below(&plenary.to_lowercase(), plenary);
    if !number.is_empty() {
        return part(working_group(trail, plenary, &number), &below, &rest[1..]);
    }
    let rest = match rest.get(1) {
        Some(word) if word.eq_ignore_ascii_case("WG") => &rest[2..],
        Some(word) if word.eq_ignore_ascii_case("plenary") && rest.len() == 2 => return Some(trail),
        Some(_) => &rest[1..],
        None => return Some(trail),
    };
    let word = rest.first()?.to_uppercase();
    let (number, below) = digit(word.trim_start_matches("WG"))?;
    part(working_group(trail, plenary, &number), &below, &rest[1..])
}

fn working_group(trail: Trail, plenary: &str, number: &str) -> Trail {
    let (id, name) = (format!("3gpp/{}{number}", plenary.to_lowercase()), format!("3GPP {plenary}{number}"));
    trail.with(id, name)
}

/// A part of a working group: `SA3-LI`.
fn part(trail: Trail, below: &str, rest: &[String]) -> Option<Trail> {
    let name = match rest {
        [] if below.is_empty() => return Some(trail),
        [] => below.to_string(),
        [name] if below.is_empty() && is_name(name) && name.len() <= 6 => name.to_uppercase(),
        _ => return None,
    };
    Some(trail.below(&name.to_lowercase(), &name))
}

/// Plenary, number and part of one word: `SA2`, `RAN`, `SA3LI`.
fn group(word: &str) -> Option<(&'static str, String, String)> {
    PLENARIES.iter().find_map(|plenary| in_group(word, plenary, plenary))
}

fn in_group(word: &str, written: &str, plenary: &'static str) -> Option<(&'static str, String, String)> {
    let is_so = word.get(..written.len()).is_some_and(|start| start.eq_ignore_ascii_case(written));
    let rest = word.get(written.len()..).filter(|_| is_so)?;
    if rest.is_empty() {
        return (written.len() > 1).then(|| (plenary, String::new(), String::new()));
    }
    let (number, below) = digit(rest)?;
    Some((plenary, number, below))
}

/// One digit, and letters after it.
fn digit(text: &str) -> Option<(String, String)> {
    let (first, below) = text.split_at_checked(1)?;
    let is_digit = matches!(first.as_bytes(), [b'1'..=b'9']);
    let is_part =
        below.is_empty() || (2..=4).contains(&below.len()) && below.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_digit && is_part).then(|| (first.to_string(), below.to_uppercase()))
}
