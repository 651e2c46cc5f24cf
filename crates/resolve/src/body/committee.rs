//! Committees of bodies that number or name them: ISO, IEC, CEN, ETSI, CCSA, Ecma, TTA and most others.

use super::Trail;
use super::written::{Element, element, is_name, named_element};

/// Committees and industry groups of ETSI that are named without saying which of the two they are.
const ETSI: [(&str, &[&str]); 2] = [
    (
        "TC",
        &[
            "ATTM",
            "BRAN",
            "BROADCAST",
            "CYBER",
            "DATA",
            "DECT",
            "eHEALTH",
            "EE",
            "EMTEL",
            "ERM",
            "ESI",
            "HF",
            "INT",
            "ITS",
            "LI",
            "MSG",
            "MTS",
            "NTECH",
            "RRS",
            "RT",
            "SAFETY",
            "SAI",
            "SCP",
            "SES",
            "SET",
            "SmartBAN",
            "SmartM2M",
            "STQ",
            "TCCE",
            "USER",
        ],
    ),
    (
        "ISG",
        &[
            "ARF", "CIM", "ENI", "F5G", "IPE", "ISC", "MEC", "mWT", "NFV", "NGP", "NIN", "PDL", "QKD", "RIS", "THz",
            "ZSM",
        ],
    ),
];

/// Groups with numbers or names, each within the one before: `CCSA TC5 WG9`.
pub(super) fn plain(trail: Trail, rest: &[String]) -> Option<Trail> {
    chain(trail, rest, named_element, |trail, one| {
        let (slug, name) = label(one);
        trail.below(&slug, &name)
    })
}

/// Groups with numbers only, as of a body of which nothing is known.
pub(super) fn numbered(trail: Trail, rest: &[String]) -> Option<Trail> {
    chain(trail, rest, element, |trail, one| {
        let (slug, name) = label(one);
        trail.below(&slug, &name)
    })
}

/// ISO, IEC, CEN and what they run together: `ISO/TC 154`, `ISO/IEC JTC 1/SC 22/WG 14`. `SC 65C` is a part of `TC 65`.
pub(super) fn formal(trail: Trail, rest: &[String]) -> Option<Trail> {
    let organisation = trail.last().id.clone();
    chain(trail, rest, named_element, |mut trail, one| {
        let of = one.number.trim_end_matches(|char: char| char.is_ascii_alphabetic());
        if one.kind == "SC" && !one.is_name && of != one.number && trail.last().id == organisation {
            trail = formal_step(trail, &organisation, &format!("tc{of}"), &format!("TC {of}"));
        }
        let name = if one.is_name { one.number.to_uppercase() } else { one.number.clone() };
        let kind = if one.kind == "SYC" { "SyC" } else { one.kind };
        formal_step(trail, &organisation, &label(one).0, &format!("{kind} {name}"))
    })
}

/// A stroke parts the levels: `ISO/TC 154`, but a space stands after a joint body: `ISO/IEC JTC 1`.
fn formal_step(trail: Trail, organisation: &str, slug: &str, name: &str) -> Trail {
    let last = trail.last();
    let gap = if last.id == organisation && organisation.contains('/') { ' ' } else { '/' };
    let (id, name) = (format!("{}/{slug}", last.id), format!("{}{gap}{name}", last.name));
    trail.with(id, name)
}

/// `ETSI TC CYBER`, `ETSI ISG NFV`, `ETSI NFV`, `ETSI TC ERM TG28`.
pub(super) fn etsi(trail: Trail, rest: &[String]) -> Option<Trail> {
    let first = rest.first()?;
    let listed = ETSI.iter().find_map(|(kind, names)| {
        names.iter().find(|name| name.eq_ignore_ascii_case(first)).map(|name| (*kind, (*name).to_string()))
    });
    match listed {
        Some((kind, name)) => {
            let one = Element { kind, number: name, is_name: true, n_words: 1 };
            let (slug, name) = label(&one);
            let trail = trail.below(&slug, &name);
            if rest.len() == 1 { Some(trail) } else { plain(trail, &rest[1..]) }
        }
        None => plain(trail, rest),
    }
}

/// `Ecma TC39-TG2`: the task group stands beside its committee in addresses, `ecma/tc39-tg2`.
pub(super) fn ecma(trail: Trail, rest: &[String]) -> Option<Trail> {
    chain(trail, rest, element, |trail, one| {
        let (slug, name) = label(one);
        if one.kind == "TG" {
            let (id, name) = (format!("{}-{slug}", trail.last().id), format!("{}-{name}", trail.last().name));
            return trail.with(id, name);
        }
        trail.below(&slug, &name)
    })
}

/// True for `JTC 1` and what is below it, which ISO and IEC have together.
pub(super) fn is_jtc1(words: &[String]) -> bool {
    element(words).is_some_and(|one| one.kind == "JTC" && one.number == "1")
}

/// True for `TC39` and its task groups: a number that other bodies seldom reach, and a name that people use alone.
pub(super) fn is_tc39(words: &[String]) -> bool {
    let is_glued = words.first().is_some_and(|word| word.eq_ignore_ascii_case("TC39"));
    is_glued && words.get(1..).is_some_and(|rest| rest.is_empty() || element(rest).is_some_and(|one| one.kind == "TG"))
}

/// Address and name of one element: `tc5` and `TC5`, `tc-cyber` and `TC CYBER`.
fn label(one: &Element) -> (String, String) {
    let kind = one.kind.to_lowercase();
    if !one.is_name {
        return (format!("{kind}{}", one.number.to_lowercase()), format!("{}{}", one.kind, one.number));
    }
    let listed = ETSI.iter().flat_map(|(_, names)| *names).find(|name| name.eq_ignore_ascii_case(&one.number));
    let is_small = one.number.bytes().all(|byte| !byte.is_ascii_uppercase());
    let name = match listed {
        Some(name) => (*name).to_string(),
        None if is_small => one.number.to_uppercase(),
        None => one.number.clone(),
    };
    let gap = if matches!(one.kind, "FG" | "RG" | "CG" | "JCA") { '-' } else { ' ' };
    (format!("{kind}-{}", one.number.to_lowercase()), format!("{}{gap}{name}", one.kind))
}

/// Follows elements to the end of the words; `None` where something else stands between them.
fn chain(
    mut trail: Trail,
    mut rest: &[String],
    read: fn(&[String]) -> Option<Element>,
    step: impl Fn(Trail, &Element) -> Trail,
) -> Option<Trail> {
    while !rest.is_empty() {
        let one = read(rest).filter(|one| !one.is_name || is_name(&one.number))?;
        rest = &rest[one.n_words..];
        trail = step(trail, &one);
    }
    Some(trail)
}
