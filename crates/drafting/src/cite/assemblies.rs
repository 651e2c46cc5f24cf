//! Where assemblies were held, as `data/assemblies.tsv` states it, and whether an edition names one of them.

use std::sync::LazyLock;

use super::Edition;
use crate::letters::named;

/// One assembly of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assembly {
    /// Short name of the body: `WTSA`.
    pub body: &'static str,
    /// Its name in full.
    pub name: &'static str,
    /// Where it was held.
    pub place: &'static str,
    /// The year in which it was held, which its editions bear.
    pub year: u16,
    /// True where it numbers its resolutions through all meetings, so that editions of one bear place and year.
    pub has_editions: bool,
    /// Where this is stated.
    pub source: &'static str,
}

static ASSEMBLIES: LazyLock<Vec<Assembly>> = LazyLock::new(|| {
    let rows = include_str!("../../data/assemblies.tsv").lines().skip(1);
    let row = |line: &'static str| match line.split('\t').collect::<Vec<_>>()[..] {
        [body, name, place, year, editions, source] => {
            Some(Assembly { body, name, place, year: year.parse().ok()?, has_editions: editions == "yes", source })
        }
        _ => None,
    };
    rows.filter_map(row).collect()
});

/// Returns the assemblies that are known, by body and year.
#[must_use]
pub fn assemblies() -> &'static [Assembly] {
    &ASSEMBLIES
}

/// Returns what could be meant where the place and year of `edition` belong to no assembly; nothing where they do, or where
/// it cannot be said.
///
/// With a `body` (its short name) only that body's assemblies count. It cannot be said where the edition has no place, or
/// where neither its place nor its body is known.
///
/// ```
/// use drafting::cite::{citations, expected_edition};
/// let wrong = citations("Resolution 22 (Rev. Geneva, 2020) of the World Telecommunication Standardization Assembly");
/// let meant = expected_edition(wrong[0].edition.as_ref().unwrap(), wrong[0].body.as_deref());
/// assert_eq!(meant.iter().map(|one| (one.body, one.place, one.year)).collect::<Vec<_>>(), [("WTSA", "Geneva", 2022)]);
///
/// let right = citations("Resolution 123 (Rev. Bucharest, 2022)");
/// assert!(expected_edition(right[0].edition.as_ref().unwrap(), None).is_empty());
/// ```
#[must_use]
pub fn expected_edition(edition: &Edition, body: Option<&str>) -> Vec<&'static Assembly> {
    let Some(place) = &edition.place else { return Vec::new() };
    let is_body = |one: &&Assembly| body.is_none_or(|body| one.body == body);
    let all: Vec<&Assembly> = ASSEMBLIES.iter().filter(is_body).collect();
    if all.iter().any(|one| one.year == edition.year && is_same(one.place, place)) {
        return Vec::new();
    }
    let mut near: Vec<&Assembly> = all.iter().copied().filter(|one| is_same(one.place, place)).collect();
    // Of a place with many assemblies, those of the nearest year are meant.
    let nearest = near.iter().map(|one| one.year.abs_diff(edition.year)).min();
    near.retain(|one| Some(one.year.abs_diff(edition.year)) == nearest);
    if near.is_empty() && body.is_some() {
        near = all.into_iter().filter(|one| one.year == edition.year).collect();
    }
    near
}

/// Returns the assemblies that met at the place and in the year of an edition: those of whose documents it may be.
pub(crate) fn bodies(edition: &Edition) -> impl Iterator<Item = &'static Assembly> {
    let is_it = |one: &&Assembly| {
        one.year == edition.year && edition.place.as_deref().is_some_and(|place| is_same(one.place, place))
    };
    ASSEMBLIES.iter().filter(is_it)
}

/// Returns the short name of a body that a text names, whatever it writes: `World Telecommunication Standardisation Assembly`.
pub(crate) fn short_name(written: &str) -> Option<&'static str> {
    let name = named(written);
    // Treaties and their conferences name the union in full.
    let name = name.strip_suffix(" of the international telecommunication union").unwrap_or(&name);
    let is_it = |one: &&Assembly| named(one.name) == name || one.body.eq_ignore_ascii_case(name);
    ASSEMBLIES.iter().find(is_it).map(|one| one.body)
}

/// True where some assembly was held at `place`.
pub(super) fn is_place(place: &str) -> bool {
    ASSEMBLIES.iter().any(|one| is_same(one.place, place))
}

/// True for one place in two spellings: `Montréal`, `Buenos-Aires`.
fn is_same(one: &str, other: &str) -> bool {
    named(one) == named(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_no_body_meets_twice_in_a_year() {
        let n_rows = include_str!("../../data/assemblies.tsv").lines().count() - 1;
        assert_eq!(assemblies().len(), n_rows);
        for two in assemblies().windows(2) {
            assert!((two[0].body, two[0].year) < (two[1].body, two[1].year), "{two:?}");
        }
    }

    #[test]
    fn a_place_of_another_body_is_no_edition_of_this_one() {
        let edition = Edition { range: 0..0, place: Some("Busan".into()), year: 2014, is_revision: true };
        assert!(expected_edition(&edition, Some("PP")).is_empty());
        assert!(expected_edition(&edition, None).is_empty());
        let meant = expected_edition(&edition, Some("WTDC"));
        assert_eq!(meant.iter().map(|one| one.place).collect::<Vec<_>>(), ["Dubai"]);
        let accented = Edition { place: Some("Buenos-Aires".into()), year: 2017, ..edition.clone() };
        assert!(expected_edition(&accented, Some("WTDC")).is_empty());
        let unknown = Edition { place: Some("Atlantis".into()), ..edition };
        assert!(expected_edition(&unknown, None).is_empty());
    }
}
