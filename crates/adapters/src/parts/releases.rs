//! Releases of products such as browsers: on which day a version came out, and what a version that is named says of it.

use std::collections::BTreeMap;
use std::ops::Range;

use fact::{Act, Evidence, Fact, Mention, Problem, Thing, When};

use super::json::Json;

/// The days on which versions came out, by product.
#[derive(Debug, Default)]
pub struct Releases(BTreeMap<String, BTreeMap<String, When>>);

/// That a product implements something since a version.
pub struct Support<'a> {
    /// The product as the source names it, e.g. `chrome_android`.
    pub product: &'a str,
    /// What the product is, e.g. `browser`.
    pub role: &'a str,
    /// The version as written: `90`, or `≤4` where it was there in that version and nobody knows since when.
    pub version: &'a str,
    /// What is implemented.
    pub object: &'a Thing,
    /// Where this is said.
    pub evidence: Evidence,
}

impl Releases {
    /// Notes that a version came out; a version without a day that can be read has come out or will, on a day not stated.
    pub fn add(&mut self, product: &str, version: &str, day: Option<&str>) {
        let when = day.and_then(When::parse).unwrap_or(When::UNKNOWN);
        self.0.entry(product.into()).or_default().insert(version.into(), when);
    }

    /// Returns the number of products.
    #[must_use]
    pub fn n_products(&self) -> usize {
        self.0.len()
    }

    /// Returns the day of a version; for `≤4` it is the last day that is possible. `None` where there is no such version.
    #[must_use]
    pub fn when(&self, product: &str, version: &str) -> Option<When> {
        let versions = self.0.get(product)?;
        match version.strip_prefix('≤') {
            Some(version) => Some(When { from: None, ..*versions.get(version)? }),
            None => versions.get(version).copied(),
        }
    }

    /// Returns the fact that a product implements something, or a problem where the version is none of its versions.
    ///
    /// # Errors
    /// The problem.
    pub fn implemented(&self, support: Support<'_>) -> Result<Fact, Box<Problem>> {
        let Support { product, role, version, object, evidence } = support;
        // A preview has no version yet: it says that work is there, and no day. Only a product of the list has one.
        let is_preview = version == "preview" && self.0.contains_key(product);
        let when = self.when(product, version).or(is_preview.then_some(When::UNKNOWN));
        match when {
            Some(when) => Ok(Fact {
                who: Mention { name: Some(product.into()), role: Some(role.into()), ..Mention::default() },
                object: Some(object.clone()),
                target: Some(Thing::new("product", &format!("{product} {version}"))),
                when,
                ..Fact::new(Act::Implemented, evidence)
            }),
            None => Err(Box::new(Problem {
                kind: "release-unknown",
                evidence,
                what: format!(
                    "expected a version of `{}` that is in its list of releases, found `{}`",
                    shown(product),
                    shown(version)
                ),
                hint: "fetch the data again: its list of releases may be older than its features".into(),
            })),
        }
    }
}

/// The beginning of a text that may be long, for people.
#[must_use]
pub fn shown(text: &str) -> &str {
    text.char_indices().nth(60).map_or(text, |(end, _)| &text[..end])
}

/// Reads a day such as `2020-01-01`, or `≤2020-01-01`, of which only the end is known.
#[must_use]
pub fn bounded(text: &str) -> Option<When> {
    match text.strip_prefix('≤') {
        Some(day) => Some(When { from: None, ..When::parse(day)? }),
        None => When::parse(text),
    }
}

/// Returns the bytes of a member of an object with its name, given the bytes of its value: `"chrome": "90"`. Where the
/// name is written with escapes, it is the bytes of the value alone.
#[must_use]
pub fn member(bytes: &[u8], name: &str, value: &Range<usize>) -> Range<usize> {
    let space = |bytes: &[u8]| bytes.iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
    let before = &bytes[..value.start];
    let before = &before[..before.len() - space(before)];
    let Some(before) = before.strip_suffix(b":") else { return value.clone() };
    let before = &before[..before.len() - space(before)];
    let quoted = before.strip_suffix(b"\"").and_then(|before| before.strip_suffix(name.as_bytes()));
    quoted.and_then(|before| before.strip_suffix(b"\"")).map_or(value.clone(), |before| before.len()..value.end)
}

/// Returns the evidence of a member of an object, with its name.
#[must_use]
pub fn evidence(bytes: &[u8], name: &str, value: &Range<usize>, place: String) -> Evidence {
    let at = member(bytes, name, value);
    // Long values are quoted by their beginning; cutting anywhere is fine, for what is no text there is replaced.
    let end = at.end.min(at.start + Evidence::QUOTE * 4);
    let text = String::from_utf8_lossy(&bytes[at.start..end]).into_owned();
    Evidence::new(at, place, &text)
}

/// Returns the evidence of a whole value, quoted by its beginning.
#[must_use]
pub fn whole(value: &Json<'_>, place: impl Into<String>) -> Evidence {
    let text = value.written();
    let end =
        (0..=text.len().min(Evidence::QUOTE * 4)).rev().find(|&end| text.is_char_boundary(end)).unwrap_or_default();
    Evidence::new(value.at(), place, &text[..end])
}

/// True when the text begins with this, white space apart; for telling kinds of JSON by their first bytes.
#[must_use]
pub fn begins(bytes: &[u8], with: &str) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut found = bytes.iter().take(4096).filter(|byte| !byte.is_ascii_whitespace());
    with.bytes().all(|byte| found.next() == Some(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_version_that_is_only_bounded_the_end_is_known() {
        let mut releases = Releases::default();
        releases.add("acme", "4", Some("2010-06-07"));
        releases.add("acme", "5", None);
        let day = |when: Option<When>| when.map(|when| (when.from.is_some(), when.to.map(|day| day.to_string())));
        assert_eq!(day(releases.when("acme", "4")), Some((true, Some("2010-06-07".into()))));
        assert_eq!(day(releases.when("acme", "≤4")), Some((false, Some("2010-06-07".into()))));
        assert_eq!(day(releases.when("acme", "5")), Some((false, None)));
        assert_eq!(releases.when("acme", "6"), None);
        assert_eq!(releases.when("other", "4"), None);
        assert_eq!(day(bounded("≤2020-01-01")), Some((false, Some("2020-01-01".into()))));
        assert_eq!(bounded("≤soon"), None);
    }

    #[test]
    fn a_member_begins_with_its_name() {
        let text = br#"{"a": 1, "b"  : [2], "\u0063":3}"#;
        let found = |value: &str, name| {
            let start = text.windows(value.len()).position(|part| part == value.as_bytes()).expect("it stands there");
            member(text, name, &(start..start + value.len()))
        };
        assert_eq!(&text[found("1", "a")], b"\"a\": 1");
        assert_eq!(&text[found("[2]", "b")], b"\"b\"  : [2]");
        assert_eq!(&text[found("3}", "c")], b"3}");
        assert_eq!(&text[found("1", "other")], b"1");
    }

    #[test]
    fn the_beginning_is_told_without_white_space() {
        assert!(begins(b"\xEF\xBB\xBF [ {\n \"url\" : 1", "[{\"url\":"));
        assert!(!begins(b"[", "[{"));
        assert!(!begins(b"", "["));
    }
}
