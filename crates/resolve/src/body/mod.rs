//! The grammar of standards bodies: a name in, the body with its path in addresses and its parents out.
//!
//! `ITU-T SG17`, `TC5 of CCSA`, `WP3/15`, `SA2`, `IEEE 802.15.4` and `ISO/IEC JTC 1/SC 22/WG 14` say by their form what
//! they belong to; the table `data/sdos.tsv` says the rest. Pure. A name that cannot be read gives nothing: no guess.
//!
//! A body is read alike from its name, from any other spelling of it and from its address.

mod committee;
mod forum;
mod ieee;
mod itu;
mod partnership;
mod sdo;
mod written;

pub use sdo::{SDOS, Sdo, Sdos};

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

use crate::key::slug;
use written::words;

/// A longer text is not the name of a body.
const LONGEST: usize = 160;

/// A body, as its name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Path in addresses: `itu-t/sg17`.
    pub id: String,
    /// Name in one spelling: `ITU-T SG17`.
    pub name: String,
    /// The bodies it is a part of, the outermost first. A joint body has several beside each other.
    pub parents: Vec<Parent>,
    /// How the name was read.
    pub reading: &'static str,
}

/// A body of which another one is a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Path in addresses.
    pub id: String,
    /// Name.
    pub name: String,
}

impl Body {
    /// Returns the body that a text names; `None` where its form does not say which.
    ///
    /// ```
    /// use resolve::body::Body;
    /// let body = Body::parse("Working Party 3/15").unwrap();
    /// assert_eq!((body.id.as_str(), body.name.as_str()), ("itu-t/sg15/wp3", "ITU-T SG15 WP3"));
    /// assert_eq!(body.parents.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["itu", "itu-t", "itu-t/sg15"]);
    /// assert_eq!(Body::parse("TC5"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.trim().nfkc().take(LONGEST + 1).collect();
        if text.chars().count() > LONGEST {
            return None;
        }
        read(&text).or_else(|| turned(&text)).or_else(|| unbracketed(&text))
    }

    /// Returns the path with every level in it, where the address leaves one out: `3gpp/sa/sa2`.
    #[must_use]
    pub fn path(&self) -> String {
        let last = |id: &str| id.rsplit('/').next().unwrap_or_default().to_string();
        let first = self.parents.iter().rposition(|one| !one.id.contains('/')).unwrap_or_default();
        let mut steps: Vec<String> = self.parents.iter().skip(first).map(|one| last(&one.id)).collect();
        steps.push(last(&self.id));
        steps.join("/")
    }
}

/// How the name was read: `a known body, then its groups: ITU > ITU-T > ITU-T SG17`.
impl fmt::Display for Body {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: ", self.reading)?;
        self.parents.iter().try_for_each(|parent| write!(out, "{} > ", parent.name))?;
        out.write_str(&self.name)
    }
}

/// Returns the bodies that the body of this address is a part of, the outermost first.
///
/// ```
/// let names: Vec<String> = resolve::body::parents("3gpp/sa2").into_iter().map(|one| one.name).collect();
/// assert_eq!(names, ["3GPP", "3GPP SA"]);
/// ```
#[must_use]
pub fn parents(id: &str) -> Vec<Parent> {
    if let Some(body) = Body::parse(id).filter(|body| body.id == id) {
        return body.parents;
    }
    let Some((above, last)) = id.rsplit_once('/') else { return Vec::new() };
    if let Some(Body { id, name, mut parents, .. }) = Body::parse(above).filter(|body| body.id == above) {
        parents.push(Parent { id, name });
        return parents;
    }
    // Of a body in no table the address tells the parents so far as its groups have numbers: `made/tc9/wg2`.
    let is_group = written::element(&[last.to_string()]).is_some() || forum::is_organ(last);
    let name = above.replace('/', " ").to_uppercase();
    if is_group { parents(above).into_iter().chain([Parent { id: above.into(), name }]).collect() } else { Vec::new() }
}

/// The name from left to right: a known body and its groups, groups that only one body has, a body unknown before.
fn read(text: &str) -> Option<Body> {
    let words = words(text);
    let known = (1..=words.len()).rev().find_map(|n| {
        let sdo = SDOS.find(&words[..n]).filter(|_| n < words.len() || stands_alone(&words))?;
        within(sdo, &words[n..]).map(|trail| trail.body("a known body, then its groups"))
    });
    known.or_else(|| alone(&words)).or_else(|| unknown(text, &words))
}

/// False for `PP` and `RA`, which need the year of their session.
fn stands_alone(words: &[String]) -> bool {
    !matches!(words, [word] if word == "PP" || word == "RA")
}

/// The groups of a known body.
fn within(sdo: &Sdo, rest: &[String]) -> Option<Trail> {
    let trail = Trail::of(sdo);
    if rest.is_empty() {
        return Some(trail);
    }
    if sdo.kind == "assembly" {
        return itu::session(trail, rest);
    }
    let organ = forum::organ(&trail, rest);
    organ.or_else(|| match sdo.id.as_str() {
        "itu-t" | "itu-r" | "itu-d" => itu::groups(trail, rest),
        "3gpp" => partnership::groups(trail, rest),
        "onem2m" => forum::onem2m(trail, rest),
        "ieee" | "ieee/sa" => ieee::project(rest),
        "ietf" | "irtf" => forum::task_force(trail, rest),
        "w3c" => forum::w3c(trail, rest),
        "oasis" => forum::oasis(trail, rest),
        "etsi" => committee::etsi(trail, rest),
        "ecma" => committee::ecma(trail, rest),
        "iso" | "iec" | "iso/iec" | "cen" | "cenelec" | "cen/clc" => committee::formal(trail, rest),
        _ => committee::plain(trail, rest),
    })
}

/// Groups whose form says alone to whom they belong: `SA2`, `802.11be`, `WP3/15`, `JTC 1/SC 42`, `TC39`.
fn alone(words: &[String]) -> Option<Body> {
    let of = |acronym: &str| SDOS.by_acronym(acronym).map(Trail::of);
    let reading = "a form of name that one body alone uses";
    let trail = partnership::is_alone(words).then(|| partnership::groups(of("3GPP")?, words)).flatten();
    let trail = trail.or_else(|| ieee::is_alone(words).then(|| ieee::project(words)).flatten());
    let trail = trail.or_else(|| itu::groups(of(itu::sector(words)?)?, words));
    let trail = trail.or_else(|| committee::is_jtc1(words).then(|| committee::formal(of("ISO/IEC")?, words)).flatten());
    let trail = trail.or_else(|| committee::is_tc39(words).then(|| committee::ecma(of("Ecma")?, words)).flatten());
    trail.map(|trail| trail.body(reading))
}

/// An acronym that is in no table, then groups with numbers: `MADE TC 9/WG 2`.
fn unknown(text: &str, words: &[String]) -> Option<Body> {
    let acronym = words.first()?;
    let is_acronym = acronym.len() >= 2 && acronym.len() <= 12 && acronym.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_whole = text.split_whitespace().next() == Some(acronym.as_str());
    let is_free =
        SDOS.sense(acronym, "").is_none() && SDOS.find(&words[..1]).is_none() && written::element(words).is_none();
    if !is_acronym || !is_whole || !is_free || words.len() < 2 {
        return None;
    }
    let trail = Trail(vec![Parent { id: slug(acronym), name: acronym.clone() }]);
    committee::numbered(trail, &words[1..]).map(|trail| trail.body("an acronym, then groups with numbers"))
}

/// `TC5 of CCSA` is read as `CCSA TC5`.
fn turned(text: &str) -> Option<Body> {
    let mut parts: Vec<&str> = text.split(" of ").map(|part| part.trim().trim_start_matches("the ")).collect();
    if parts.len() < 2 || parts.iter().any(|part| part.is_empty()) {
        return None;
    }
    parts.reverse();
    read(&parts.join(" ")).map(|body| Body { reading: "a group of a body", ..body })
}

/// A name without what stands in brackets at its end: `ITU-T SG17 (Security)`.
fn unbracketed(text: &str) -> Option<Body> {
    let (before, _) = text.strip_suffix(')')?.rsplit_once('(')?;
    Body::parse(before).filter(|_| !before.trim().is_empty())
}

/// A body and those above it, the outermost first; the last one is the body itself.
#[derive(Clone, Debug)]
struct Trail(Vec<Parent>);

impl Trail {
    fn of(sdo: &Sdo) -> Self {
        let mut trail = Vec::new();
        for parent in sdo.parents.iter().filter_map(|acronym| SDOS.by_acronym(acronym)) {
            trail.extend(Self::of(parent).0);
        }
        trail.push(Parent { id: sdo.id.clone(), name: SDOS.called(sdo).into() });
        Self(trail)
    }

    /// The body that the trail leads to so far.
    fn last(&self) -> &Parent {
        self.0.last().expect("a trail begins with a body")
    }

    /// The trail with a group of its last body, under an address and a name that begin with the body's.
    fn below(self, slug: &str, name: &str) -> Self {
        let Parent { id, name: body } = self.last();
        let (id, name) = (format!("{id}/{slug}"), format!("{body} {name}"));
        self.with(id, name)
    }

    fn with(mut self, id: String, name: String) -> Self {
        self.0.push(Parent { id, name });
        self
    }

    fn body(mut self, reading: &'static str) -> Body {
        let Parent { id, name } = self.0.pop().expect("a trail begins with a body");
        Body { id, name, parents: self.0, reading }
    }
}
