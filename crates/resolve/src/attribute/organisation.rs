//! Attributes of an organisation: kind, sector, membership, country, and what holds for its country.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::{Attribute, Country, What, first_day, last_day, sorted};
use crate::body::{Body, SDOS, Sdo};
use crate::organisation::known::letters;
use crate::organisation::{KNOWN, Parsed, rows};
use crate::surface::Surface;

/// What the shipped table says, by the letters of the name.
static KINDS: LazyLock<BTreeMap<String, Vec<Attribute>>> = LazyLock::new(|| read(include_str!("../../data/kinds.tsv")));

/// Returns what is known of an organisation on a day, or at any time (`None`), sorted.
///
/// A name that is known as a spelling of another one has the attributes of that one. With the country come region, income
/// level and lists of the country. Nothing is known of most organisations: then there is no row.
///
/// ```
/// use resolve::attribute::{What, attributes_of};
/// let kind = |day: &str| -> Vec<String> {
///     let known = attributes_of("Alcatel-Lucent", Some(day.parse().unwrap()));
///     known.into_iter().filter(|one| one.what == What::Kind).map(|one| one.value).collect()
/// };
/// assert_eq!(kind("2010-06-01"), ["vendor"]);
/// assert!(kind("2020-06-01").is_empty());
/// ```
#[must_use]
pub fn attributes_of(name: &str, as_of: Option<Date>) -> Vec<Attribute> {
    let mut found = of_table(name);
    found.extend(SDOS.iter().filter(|sdo| is_named(sdo, name)).flat_map(of_sdo));
    let mut found = sorted(found, as_of);
    let countries: Vec<&Country> =
        found.iter().filter(|one| one.what == What::Country).filter_map(|one| Country::find(&one.value)).collect();
    found.extend(countries.into_iter().flat_map(|country| country.attributes(as_of)));
    sorted(found, as_of)
}

/// Returns the country that facts give beside a name, by its code; `None` where they give none or it cannot be read.
///
/// ```
/// use resolve::{Surface, attribute::stated_country};
/// let surface = Surface { name: "Borealis".into(), country: Some("Korea (Rep. of)".into()), n: 3, ..Surface::default() };
/// let stated = stated_country(&surface).unwrap();
/// assert_eq!((stated.value.as_str(), stated.source.as_str()), ("KR", "stated as `Korea (Rep. of)`; 3 facts"));
/// ```
#[must_use]
pub fn stated_country(surface: &Surface) -> Option<Attribute> {
    let written = surface.country.as_deref()?;
    let country = Country::find(written)?;
    let facts = if surface.n == 1 { "fact" } else { "facts" };
    let source = format!("stated as `{written}`; {} {facts}", surface.n);
    Some(Attribute::undated(What::Country, &country.code, &source))
}

fn of_table(name: &str) -> Vec<Attribute> {
    let written = letters(&Parsed::of(name));
    if let Some(found) = KINDS.get(&written) {
        return found.clone();
    }
    // A former name or a brand may be older or smaller than the organisation; it keeps its own counsel.
    let alias = KNOWN.get(&written).filter(|alias| matches!(alias.relation.as_str(), "variant" | "acronym" | "name"));
    alias.and_then(|alias| KINDS.get(&letters(&Parsed::of(&alias.name)))).cloned().unwrap_or_default()
}

/// True where the table of standards bodies means this name and no other body.
fn is_named(sdo: &Sdo, name: &str) -> bool {
    sdo.is_body() && Body::parse(name).is_some_and(|body| body.id == sdo.id)
}

fn of_sdo(sdo: &Sdo) -> Vec<Attribute> {
    let kind = match sdo.kind.as_str() {
        "international" | "regional" | "national" | "national body" | "partnership" | "joint" => Some("sdo"),
        "consortium" | "association" => Some("association"),
        "government" => Some("government"),
        kind if kind.starts_with("UN") || kind == "intergovernmental" => Some("intergovernmental"),
        _ => None,
    };
    let kind = kind.map(|kind| Attribute::undated(What::Kind, kind, &sdo.source));
    let country = Country::find(&sdo.region).filter(|country| country.code == sdo.region);
    let country = country.map(|country| Attribute::undated(What::Country, &country.code, &sdo.source));
    kind.into_iter().chain(country).collect()
}

fn read(text: &str) -> BTreeMap<String, Vec<Attribute>> {
    let mut kinds: BTreeMap<String, Vec<Attribute>> = BTreeMap::new();
    for row in rows(text).skip(1) {
        let [name, kind, sector, country, membership, from, to, source] = row[..] else { continue };
        let of = |what: What, value: &str| Attribute {
            what,
            value: value.into(),
            from: first_day(from),
            to: last_day(to),
            source: source.into(),
        };
        let single = [(What::Kind, kind), (What::Sector, sector), (What::Country, country)];
        let single = single.into_iter().filter(|(_, value)| !value.is_empty()).map(|(what, value)| of(what, value));
        let memberships = membership.split("; ").filter(|one| !one.is_empty());
        let memberships = memberships.map(|one| of(What::Membership, &one.replacen(':', ": ", 1)));
        kinds.entry(letters(&Parsed::of(name))).or_default().extend(single.chain(memberships));
    }
    kinds
}
