//! Projects and working groups of IEEE: `IEEE 802.15.4`, `P802.3df`, `IEEE 802.11 TGbe`, `IEEE 1588`.

use super::{SDOS, Trail};

/// True for a form of name that IEEE alone uses: `802.11be`, `P802.3df`.
pub(super) fn is_alone(words: &[String]) -> bool {
    words.first().is_some_and(|word| project_number(word).is_some_and(|number| number.starts_with("802.")))
}

/// A project, with its working group and committee.
pub(super) fn project(rest: &[String]) -> Option<Trail> {
    let is_filler =
        |word: &String| ["p", "std", "standard", "project", "wg", "lmsc"].contains(&word.to_lowercase().as_str());
    let words: Vec<&String> = rest.iter().filter(|word| !is_filler(word)).collect();
    let words: Vec<&String> = match words.as_slice() {
        // `802.3 Working Group`, `802.11 Task Group be`.
        [head @ .., working, group]
            if working.eq_ignore_ascii_case("working") && group.eq_ignore_ascii_case("group") =>
        {
            head.to_vec()
        }
        words => words.to_vec(),
    };
    let mut number = project_number(words.first()?)?;
    for word in &words[1..] {
        number = match project_number(word) {
            // An address goes down step by step: 802, 802.15, 802.15.4.
            Some(next) if next.starts_with(&number) => next,
            _ => task_group(&number, word)?,
        };
    }
    trail(&number)
}

/// `TGbe` of 802.11 is project 802.11be, `TG4` of 802.15 is 802.15.4.
fn task_group(number: &str, word: &str) -> Option<String> {
    let name =
        word.strip_prefix("TG").or_else(|| word.strip_prefix("tg")).filter(|name| (1..=3).contains(&name.len()))?;
    let is_digits = name.bytes().all(|byte| byte.is_ascii_digit());
    let is_letters = name.bytes().all(|byte| byte.is_ascii_lowercase());
    let dot = if is_digits { "." } else { "" };
    let is_group = number.matches('.').count() == 1 && number.ends_with(|char: char| char.is_ascii_digit());
    (is_group && (is_digits || is_letters)).then(|| format!("{number}{dot}{name}"))
}

fn trail(number: &str) -> Option<Trail> {
    let mut trail = Trail::of(SDOS.by_acronym("IEEE")?);
    for end in steps(number) {
        let id = format!("{}/{}", trail.last().id, number[..end].to_lowercase());
        trail = trail.with(id, format!("IEEE {}", &number[..end]));
    }
    Some(trail)
}

/// Where each level of a project's number ends: `802`, `802.15`, `802.15.4`.
fn steps(number: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    if let Some(rest) = number.strip_prefix("802.") {
        let group = rest.bytes().take_while(u8::is_ascii_digit).count();
        ends.extend([3, 4 + group]);
    }
    ends.retain(|end| *end < number.len());
    ends.push(number.len());
    ends
}

/// The number of a project: `802.15.4`, `802.3df`, `1588`, with or without a `P`.
fn project_number(word: &str) -> Option<String> {
    let number = word.strip_prefix('P').or_else(|| word.strip_prefix('p')).unwrap_or(word);
    let bare = number.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    let is_number =
        bare.split('.').all(|part| (1..=5).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_project = bare == "802" || bare.starts_with("802.") || (3..=5).contains(&bare.len()) && !bare.contains('.');
    let is_short = number.len() - bare.len() <= 3 && bare.matches('.').count() <= 2;
    (is_number && is_project && is_short && (bare != "802" || number == bare)).then(|| number.to_string())
}
