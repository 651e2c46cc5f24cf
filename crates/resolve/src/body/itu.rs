//! Groups of the ITU: study groups, working parties, questions, focus groups, regional groups, sessions of assemblies.

use super::Trail;
use super::written::{element, number};

/// The first study group that only ITU-T has: below it, ITU-R and ITU-D have groups of the same number.
const ONLY_T: u32 = 8;

/// Kinds of groups that have names.
const NAMED: [(&str, &str); 5] = [
    ("FG", "focus group"),
    ("JCA", "joint coordination activity"),
    ("RG", "regional group"),
    ("CG", "correspondence group"),
    ("JCG", "joint coordination group"),
];

/// Returns the sector whose form of name this is alone: `SG17`, `WP3/15`, `WP 5D`, `FG-AI4H`; `None` where it is not clear.
pub(super) fn sector(words: &[String]) -> Option<&'static str> {
    if named_kind(words).is_some_and(|(kind, n)| matches!(kind, "FG" | "JCA") && words.len() > n) {
        return Some("ITU-T");
    }
    let one = element(words)?;
    let next = words.get(one.n_words);
    let has_letter = one.number.ends_with(|char: char| char.is_ascii_alphabetic());
    let group = next.and_then(|word| number(word)).and_then(|number| number.parse::<u32>().ok());
    match one.kind {
        "SG" => one.number.parse::<u32>().ok().filter(|n| (ONLY_T..=21).contains(n)).map(|_| "ITU-T"),
        "WP" if has_letter && one.number.len() == 2 && next.is_none() => Some("ITU-R"),
        // ITU-D has study groups 1 and 2 only.
        "WP" | "Q" if !has_letter => group.filter(|n| (3..=21).contains(n)).map(|_| "ITU-T"),
        _ => None,
    }
}

/// The groups of a sector.
pub(super) fn groups(trail: Trail, rest: &[String]) -> Option<Trail> {
    if let Some(trail) = named(&trail, rest) {
        return Some(trail);
    }
    let one = element(rest)?;
    let after = &rest[one.n_words..];
    match one.kind {
        "SG" => within(study_group(trail, &one.number), after, &one.number),
        "WP" if one.number.ends_with(|char: char| char.is_ascii_alphabetic()) => {
            let of = one.number.trim_end_matches(|char: char| char.is_ascii_alphabetic()).to_string();
            within(study_group(trail, &of), rest, &of)
        }
        "WP" | "Q" => {
            let of = number(after.first()?)?;
            within(study_group(trail, &of), rest, &of)
        }
        "TG" if !after.is_empty() => task_group(study_group(trail, &one.number), "TG", &one.number, after),
        "TG" | "JTG" => task_group(trail, one.kind, &one.number, after),
        _ => None,
    }
}

/// `WTSA-24` is a session of the assembly; its address stands beside the assembly's: `wtsa-24`.
pub(super) fn session(trail: Trail, rest: &[String]) -> Option<Trail> {
    let is_session = rest.len() <= 2 && rest.iter().all(|word| (1..=4).contains(&word.len()) && number(word).is_some());
    if !is_session {
        return None;
    }
    let rest = rest.join("-");
    let assembly = trail.last().id.clone();
    let (id, name) = (format!("{assembly}-{}", rest.to_lowercase()), format!("{}-{rest}", assembly.to_uppercase()));
    Some(trail.with(id, name))
}

fn study_group(trail: Trail, number: &str) -> Trail {
    trail.below(&format!("sg{}", number.to_lowercase()), &format!("SG{number}"))
}

/// What stands within study group `of`. A question belongs to the study group: its working party changes with the period.
fn within(trail: Trail, rest: &[String], of: &str) -> Option<Trail> {
    if rest.is_empty() {
        return Some(trail);
    }
    if let Some(trail) = named(&trail, rest) {
        return Some(trail);
    }
    let one = element(rest)?;
    let mut after = &rest[one.n_words..];
    if one.kind == "TG" && one.number == of && !after.is_empty() {
        return task_group(trail, "TG", of, after);
    }
    // The stroke form repeats the study group: `SG15 WP3/15`.
    if after.first().and_then(|word| number(word)).as_deref() == Some(of) {
        after = &after[1..];
    }
    let below = |trail: Trail| {
        let slug = format!("{}{}", one.kind.to_lowercase(), one.number.to_lowercase());
        trail.below(&slug, &format!("{}{}", one.kind, one.number))
    };
    match (one.kind, after) {
        ("WP" | "Q" | "TG" | "WG", []) => Some(below(trail)),
        ("WP", _) if element(after).is_some_and(|next| next.kind == "Q") => within(trail, after, of),
        _ => None,
    }
}

/// `FG-AI4H`, `JCA-IoT`, `SG17 RG-AFR`: one to three words of a name.
fn named(trail: &Trail, rest: &[String]) -> Option<Trail> {
    let (kind, n) = named_kind(rest)?;
    let name = &rest[n..];
    let is_plain = |word: &String| word.bytes().all(|byte| byte.is_ascii_alphanumeric()) && word.len() <= 12;
    // `Focus Group on machine learning` is a title, not a name.
    let is_title = |word: &String| ["on", "for", "of", "and"].contains(&word.as_str());
    if name.is_empty() || name.len() > 3 || !name.iter().all(is_plain) || name.iter().any(is_title) {
        return None;
    }
    let is_small = name.iter().all(|word| !word.bytes().any(|byte| byte.is_ascii_uppercase()));
    let name = name.join("-");
    let name = if is_small { name.to_uppercase() } else { name };
    Some(trail.clone().below(&format!("{}-{}", kind.to_lowercase(), name.to_lowercase()), &format!("{kind}-{name}")))
}

/// The kind of group with a name that these words begin with, and how many they are.
fn named_kind(words: &[String]) -> Option<(&'static str, usize)> {
    NAMED.iter().find_map(|(short, long)| {
        let n = long.split(' ').count();
        let is_long =
            words.len() > n && words.iter().zip(long.split(' ')).all(|(word, long)| word.eq_ignore_ascii_case(long));
        let is_short = words.first().is_some_and(|word| word.eq_ignore_ascii_case(short));
        if is_short { Some((*short, 1)) } else { is_long.then_some((*short, n)) }
    })
}

/// `TG 5/1` belongs to study group 5, `JTG 4-5-6-7` to several.
fn task_group(trail: Trail, kind: &str, first: &str, after: &[String]) -> Option<Trail> {
    let rest: Vec<String> = after.iter().map(|word| number(word)).collect::<Option<_>>()?;
    let numbers = [vec![first.to_string()], rest].concat().join("-");
    Some(trail.below(&format!("{}{numbers}", kind.to_lowercase()), &format!("{kind} {numbers}")))
}
