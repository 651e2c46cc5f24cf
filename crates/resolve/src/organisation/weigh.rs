//! Weighing: how strongly a name speaks for belonging to a brand, as a sum of log2 Bayes factors, each with its reason.
//!
//! The form is that of Fellegi and Sunter (1969): what two names share counts by how few unrelated organisations share it,
//! what only one has counts by how often one organisation adds such a word to its name. Frequencies come from a background
//! of other names, never from the names that are being gathered (Splink issue 2035 tells why).

use super::lexicon::{Class, LEXICON};
use super::parse::Part;
use crate::decision::Contribution;
use crate::text::Gap;

/// The weights, in bits. Set on the development half of the truth, with the reasons beside them.
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    /// Two names drawn at random are one organisation's: once in some thousand.
    pub prior: f64,
    /// Least weight at which a rule decides.
    pub accept: f64,
    /// Least weight at which a person is asked.
    pub review: f64,
    /// No brand of any rarity speaks for more than this.
    pub most: f64,
    /// Later words of a brand depend on the first.
    pub later: f64,
    /// The brand begins the name.
    pub first: f64,
    /// Somebody writes the brand alone.
    pub bare: f64,
    /// The brand stands in the tables.
    pub in_table: f64,
    /// The brand means something else too.
    pub ambiguous: f64,
    /// The brand is made of a place and a generic word: `China Mobile`.
    pub descriptive: f64,
    /// A brand of one or two letters.
    pub short: f64,
    /// A further word of each class.
    pub place: f64,
    /// See `place`.
    pub unit: f64,
    /// See `place`.
    pub generic: f64,
    /// See `place`.
    pub number: f64,
    /// See `place`.
    pub institution: f64,
    /// See `place`.
    pub office: f64,
    /// A further word that nobody else bears: a product, a bought company.
    pub unknown: f64,
    /// A further word that means something: the name of something else.
    pub word: f64,
    /// A further word that is the brand of somebody else here.
    pub rival: f64,
    /// Further words weigh so much more beside a brand that means something else too.
    pub doubled: f64,
    /// Further words weigh so much less where a dash or a colon sets them apart.
    pub explained: f64,
    /// An institution that is the same but for a place.
    pub no_place: f64,
    /// All e-mail addresses beside a name are those of one known organisation.
    pub domain: f64,
    /// The name begins as that organisation's does.
    pub alike: f64,
    /// Documents list both names as two sources.
    pub beside: f64,
    /// Each letter of an acronym.
    pub letter: f64,
    /// The acronym stands in brackets behind the name.
    pub stated: f64,
    /// A further word that both a name and its acronym have: `HP Helion`, `Hewlett-Packard Helion`.
    pub parallel: f64,
    /// Another name stands in brackets.
    pub aside: f64,
    /// Each right letter of a name with a slip.
    pub same_letter: f64,
    /// Several names go with the right spelling.
    pub standing: f64,
    /// Each wrong letter.
    pub slip: f64,
    /// Each doubling of the number of names that are as near.
    pub crowd: f64,
    /// The first letter is wrong.
    pub first_letter: f64,
    /// The differing word means something.
    pub known: f64,
}

impl Weights {
    /// The weights of this version.
    pub const THESE: Self = Self {
        prior: -10.0,
        accept: 0.0,
        review: -1.5,
        most: 18.0,
        later: 0.8,
        first: 1.0,
        bare: 3.0,
        in_table: 2.0,
        ambiguous: -3.0,
        descriptive: -1.0,
        short: -1.0,
        place: -0.3,
        unit: -0.5,
        generic: -1.0,
        number: -6.0,
        institution: -2.0,
        office: -6.0,
        unknown: -2.5,
        word: -3.5,
        rival: -4.0,
        doubled: 1.7,
        explained: 0.4,
        no_place: -10.0,
        domain: 9.0,
        alike: 4.0,
        beside: -12.0,
        letter: 3.5,
        stated: 8.0,
        parallel: 1.0,
        aside: 0.0,
        same_letter: 2.6,
        standing: 3.0,
        slip: -1.0,
        crowd: -2.0,
        first_letter: -3.0,
        known: -14.0,
    };
}

/// A brand within a name: its words, and what else the name has.
#[derive(Clone, Copy, Debug)]
pub struct Brand<'a> {
    /// All words of the name that count.
    pub words: &'a [&'a Part],
    /// First word of the brand.
    pub start: usize,
    /// Number of its words.
    pub len: usize,
    /// True where somebody writes it alone.
    pub is_bare: bool,
    /// True where the tables know it.
    pub is_known: bool,
}

/// Returns the weight for a name to belong to a brand. `is_rival` says which words are brands of their own, `note` is
/// told of every contribution.
pub fn weigh(
    brand: Brand<'_>,
    weights: &Weights,
    is_rival: impl Fn(&str) -> bool,
    mut note: impl FnMut(&str, &dyn Fn() -> String, f64),
) -> f64 {
    let mut sum = 0.0;
    let mut add = |feature: &str, found: &dyn Fn() -> String, bits: f64| {
        sum += bits;
        note(feature, found, bits);
    };
    add("prior", &|| "two names drawn at random".into(), weights.prior);
    let own = &brand.words[brand.start..brand.start + brand.len];
    let is_ambiguous = own.len() == 1 && LEXICON.is_ambiguous(&own[0].text);
    let is_explained = brand.words.get(brand.start + brand.len).is_some_and(|next| next.gap == Gap::Dash);
    add("brand", &|| shared(own), rarity(own, weights));
    if brand.start == 0 {
        add("place in the name", &|| "the brand comes first".into(), weights.first);
    }
    if brand.is_bare {
        add("alone", &|| "the brand is also written alone".into(), weights.bare);
    }
    // A table knows that there is such a brand, not that everybody who bears the word is it.
    if brand.is_known && !is_ambiguous {
        add("known", &|| "an organisation in the tables".into(), weights.in_table);
    }
    for (feature, found, bits) in doubts(own, weights) {
        add(feature, &|| found.into(), bits);
    }
    for (at, part) in brand.words.iter().enumerate() {
        if at < brand.start || at >= brand.start + brand.len {
            let (what, mut bits) = further(part, weights, &is_rival);
            if part.class == Class::Brand && is_ambiguous {
                bits *= weights.doubled;
            }
            if at > brand.start && is_explained {
                bits *= weights.explained;
            }
            add("further word", &|| format!("`{}`: {what}", part.text), bits);
        }
    }
    sum
}

/// Returns the table of contributions of a weight.
#[must_use]
pub fn table(brand: Brand<'_>, weights: &Weights, is_rival: impl Fn(&str) -> bool) -> Vec<Contribution> {
    let mut rows = Vec::new();
    weigh(brand, weights, is_rival, |feature, found, bits| {
        rows.push(Contribution { feature: feature.into(), found: found(), bits });
    });
    rows
}

/// Bits of the words of a brand: -log2 of how many unrelated names bear them, the later ones with less weight.
fn rarity(own: &[&Part], weights: &Weights) -> f64 {
    let each = own.iter().map(|part| LEXICON.rarity(&part.text));
    let sum: f64 = each.enumerate().map(|(at, bits)| if at == 0 { bits } else { weights.later * bits }).sum();
    sum.min(weights.most)
}

fn shared(own: &[&Part]) -> String {
    let each: Vec<String> =
        own.iter().map(|part| format!("`{}` in {} unrelated names", part.text, LEXICON.bearers(&part.text))).collect();
    each.join(", ")
}

/// What speaks against a brand being the name of one organisation only.
fn doubts(own: &[&Part], weights: &Weights) -> Vec<(&'static str, &'static str, f64)> {
    let mut found = Vec::new();
    let is_descriptive = own.iter().all(|part| part.class != Class::Brand);
    if let [one] = own {
        if LEXICON.is_ambiguous(&one.text) {
            found.push(("ambiguous", "the word means something without any organisation", weights.ambiguous));
        }
        if one.text.len() < 3 {
            found.push(("short", "two letters are soon shared", weights.short));
        }
    } else if is_descriptive {
        found.push(("descriptive", "a place and what is made there", weights.descriptive));
    }
    found
}

fn further(part: &Part, weights: &Weights, is_rival: &impl Fn(&str) -> bool) -> (&'static str, f64) {
    match part.class {
        Class::Place => ("a place", weights.place),
        Class::Unit => ("a unit", weights.unit),
        Class::Generic => ("what is made", weights.generic),
        Class::Number => ("a number", weights.number),
        Class::Institution => ("a kind of institution", weights.institution),
        Class::Office => ("an institution of a state", weights.office),
        Class::Stop | Class::Form | Class::Tail => ("joins words", 0.0),
        Class::Brand if is_rival(&part.text) => ("a brand of its own", weights.rival),
        Class::Brand if LEXICON.is_ambiguous(&part.text) => ("a word with a meaning", weights.word),
        Class::Brand => ("a word that is rare", weights.unknown),
    }
}
