//! Groups that have a name and no number: of IETF, IRTF, W3C, OASIS and oneM2M; and the organs that most bodies have.

use super::Trail;
use super::written::is_name;
use crate::key::slug;

/// Organs that most bodies have.
const ORGANS: [&str; 18] = [
    "general assembly",
    "board",
    "council",
    "plenary",
    "technical plenary",
    "technology plenary",
    "steering committee",
    "steering board",
    "secretariat",
    "executive committee",
    "members meeting",
    "management committee",
    "technical board",
    "board of directors",
    "technical management board",
    "advisory board",
    "technical committee",
    "advisory committee",
];

/// Ends of the names of groups of W3C, short and long.
const W3C: [(&str, &str); 5] = [
    ("WG", "Working Group"),
    ("CG", "Community Group"),
    ("IG", "Interest Group"),
    ("BG", "Business Group"),
    ("TF", "Task Force"),
];

/// Groups of W3C and oneM2M by their short names.
const SHORT: [(&str, &str); 4] = [
    ("TAG", "Technical Architecture Group"),
    ("AB", "Advisory Board"),
    ("TP", "Technology Plenary"),
    ("AC", "Advisory Committee"),
];

/// An organ of any body: `ETSI General Assembly`.
pub(super) fn organ(trail: &Trail, rest: &[String]) -> Option<Trail> {
    let name = rest.join(" ").to_lowercase();
    let organ = ORGANS.iter().find(|organ| **organ == name)?;
    Some(trail.clone().below(&slug(organ), &titled(organ)))
}

/// True for the part of an address that an organ has.
pub(super) fn is_organ(part: &str) -> bool {
    ORGANS.iter().any(|organ| slug(organ) == part)
}

/// `IETF httpbis WG`, `IRTF CFRG`: one short name.
pub(super) fn task_force(trail: Trail, rest: &[String]) -> Option<Trail> {
    let name = match rest {
        [name] => name,
        [name, kind] if ["wg", "rg", "bof"].contains(&kind.to_lowercase().as_str()) => name,
        [name, kind, group]
            if group.eq_ignore_ascii_case("group")
                && ["working", "research"].contains(&kind.to_lowercase().as_str()) =>
        {
            name
        }
        _ => return None,
    };
    let is_group = is_name(name) && !["WG", "RG", "BOF"].contains(&name.to_uppercase().as_str());
    let name = if trail.last().id == "irtf" { name.to_uppercase() } else { name.to_lowercase() };
    is_group.then(|| trail.below(&name.to_lowercase(), &name))
}

/// `W3C CSS Working Group`, `W3C CSS WG`, `W3C TAG`.
pub(super) fn w3c(trail: Trail, rest: &[String]) -> Option<Trail> {
    if let [short] = rest {
        let (_, long) = SHORT.iter().find(|(name, _)| *name == short)?;
        return Some(trail.below(&slug(long), long));
    }
    let all = rest.join(" ");
    if let Some((_, long)) = SHORT.iter().find(|(_, long)| long.eq_ignore_ascii_case(&all)) {
        return Some(trail.below(&slug(long), long));
    }
    let (name, kind) = ending(&all, &W3C)?;
    let short = W3C.iter().find(|(_, long)| *long == kind).map(|(short, _)| *short)?;
    Some(trail.below(&slug(&format!("{name} {short}")), &format!("{} {kind}", as_title(name))))
}

/// `OASIS MQTT TC`, `OASIS CSAF Technical Committee`.
pub(super) fn oasis(trail: Trail, rest: &[String]) -> Option<Trail> {
    let all = rest.join(" ");
    let (name, kind) = ending(&all, &[("TC", "Technical Committee")])?;
    let is_small = !name.bytes().any(|byte| byte.is_ascii_uppercase());
    let name = if is_small { name.to_uppercase() } else { name.to_string() };
    (kind == "Technical Committee").then(|| trail.below(&slug(&format!("{name} TC")), &format!("{name} TC")))
}

/// `oneM2M SDS`, `oneM2M WG SDS`, `oneM2M TP`.
pub(super) fn onem2m(trail: Trail, rest: &[String]) -> Option<Trail> {
    let rest = if rest.len() == 2 && rest[0].eq_ignore_ascii_case("WG") { &rest[1..] } else { rest };
    let [name] = rest else { return None };
    match name.to_uppercase().as_str() {
        "TP" => Some(trail.below("technology-plenary", "Technology Plenary")),
        "SC" => Some(trail.below("steering-committee", "Steering Committee")),
        known @ ("RDM" | "SDS" | "TDE" | "REQ" | "ARC" | "PRO" | "SEC" | "MAS" | "TST" | "MARCOM") => {
            Some(trail.below(&known.to_lowercase(), known))
        }
        _ => None,
    }
}

/// The name before a kind of group, and the kind in its long form.
fn ending<'a>(all: &'a str, kinds: &[(&str, &'static str)]) -> Option<(&'a str, &'static str)> {
    kinds.iter().find_map(|(short, long)| {
        [*short, *long].iter().find_map(|kind| {
            let at = all.len().checked_sub(kind.len() + 1)?;
            let (name, end) = all.split_at_checked(at)?;
            (end.starts_with(' ') && end[1..].eq_ignore_ascii_case(kind) && !name.is_empty()).then_some((name, *long))
        })
    })
}

/// A name written small, as in an address, with capitals.
fn as_title(name: &str) -> String {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { name.to_string() } else { titled(name) }
}

fn titled(name: &str) -> String {
    let title = |word: &str| match word.chars().next() {
        Some(first) if word != "of" => first.to_uppercase().chain(word.chars().skip(1)).collect(),
        _ => word.to_string(),
    };
    name.split(' ').map(title).collect::<Vec<_>>().join(" ")
}
