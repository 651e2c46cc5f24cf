//! Organisations that are known before any name is read: their names, and to whom they belong since when, each with a source.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;
use rustc_hash::FxHashMap as HashMap;

use super::lexicon::{Class, LEXICON, rows};
use super::near::{Near, SHORTEST};
use super::parse::{Parsed, Part};
use super::star::content;
use crate::decision::Op;

/// The shipped tables, read when first needed.
pub static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let groups = [include_str!("../../data/groups_telecom.tsv"), include_str!("../../data/groups_software.tsv")];
    let domains = [include_str!("../../data/domains.tsv"), include_str!("../../data/domains_software.tsv")];
    Known::read(&groups).with_domains(&domains, include_str!("../../data/free_mail.txt"))
});

/// A name that stands for a known organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The organisation.
    pub name: String,
    /// How the name stands to it: `variant`, `acronym`, `brand`, `former`.
    pub relation: String,
    /// Where one can look it up.
    pub source: String,
}

/// That one known organisation belongs to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belongs {
    /// The smaller or earlier one.
    pub of: String,
    /// How.
    pub op: Op,
    /// The larger or later one.
    pub to: String,
    /// First day; `None`: not known, or always.
    pub from: Option<Date>,
    /// Last day; `None`: still.
    pub until: Option<Date>,
    /// Where one can look it up.
    pub source: String,
}

/// What is known of organisations.
#[derive(Debug, Default)]
pub struct Known {
    aliases: HashMap<String, Alias>,
    belongs: BTreeMap<String, Vec<Belongs>>,
    /// Organisations by e-mail domain.
    domains: HashMap<String, String>,
    /// Domains that say nothing of an employer.
    free_mail: BTreeSet<String>,
    /// The letters of every name, in order, and those near them.
    spelt: Vec<String>,
    near: Near,
}

/// Returns what stays the same however a name is spelt: its words that count, without spaces.
#[must_use]
pub fn letters(parsed: &Parsed) -> String {
    content(parsed).iter().map(|part| part.text.as_str()).collect()
}

impl Known {
    /// Reads tables of `name`, `also`, `relation`, `from`, `to`, `source`. A name that would stand for two organisations
    /// stands for none, unless one of them is called so and the other only shortened to it.
    #[must_use]
    pub fn read(tables: &[&str]) -> Self {
        let mut known = Self::default();
        let mut said: BTreeMap<String, Vec<Alias>> = BTreeMap::new();
        let mut named: BTreeSet<String> = BTreeSet::new();
        let all = || tables.iter().flat_map(|table| rows(table).skip(1)).filter(|row| row.len() == 6);
        // What is called so by itself is no spelling of another: `Vodafone` is not the old name of Vodafone K.K. of Japan.
        let bare = all().map(|row| Parsed::of(row[0])).filter(|parsed| parsed.form.is_empty());
        let own: BTreeSet<String> = bare.map(|parsed| letters(&parsed)).collect();
        for row in all() {
            let [name, also, relation, from, until, source] = row[..] else { continue };
            named.insert(name.to_string());
            let op = match relation {
                "part-of" => Op::PartOf,
                "acquired-by" => Op::AcquiredBy,
                "succeeded-by" => Op::SucceededBy,
                _ => {
                    let alias = Alias { name: name.into(), relation: relation.into(), source: source.into() };
                    let also = Parsed::of(also);
                    let is_renamed = relation == "former" && also.form.is_empty();
                    let is_another = own.contains(&letters(&also)) && letters(&also) != letters(&Parsed::of(name));
                    let is_another = is_another && !is_renamed;
                    if !is_another && !is_of_many_states(&also) {
                        said.entry(letters(&also)).or_default().push(alias);
                    }
                    continue;
                }
            };
            if op == Op::PartOf && is_national(also, name) {
                continue;
            }
            named.insert(also.to_string());
            let belongs = Belongs {
                of: also.into(),
                op,
                to: name.into(),
                from: day(from, false),
                until: day(until, true),
                source: source.into(),
            };
            known.belongs.entry(letters(&Parsed::of(also))).or_default().push(belongs);
        }
        for (letters, aliases) in said {
            if let Some(alias) = only(aliases) {
                known.aliases.insert(letters, alias);
            }
        }
        // What is a name by itself stands for itself, unless the table says that it is a spelling of another.
        for name in named.iter().filter(|name| !is_of_many_states(&Parsed::of(name))) {
            let alias = Alias { name: name.clone(), relation: "name".into(), source: String::new() };
            known.aliases.entry(letters(&Parsed::of(name))).or_insert(alias);
        }
        known.belongs = known.rooted();
        known.spelt = known.aliases.keys().filter(|letters| letters.chars().count() >= SHORTEST).cloned().collect();
        known.spelt.sort_unstable();
        known.near = Near::of((0..).zip(known.spelt.iter().map(String::as_str)));
        known
    }

    /// Adds tables of `domain`, `name`, `source`, and a list of domains that say nothing of an employer.
    #[must_use]
    pub fn with_domains(mut self, tables: &[&str], free_mail: &str) -> Self {
        for row in tables.iter().flat_map(|table| rows(table).skip(1)).filter(|row| row.len() == 3) {
            let name = self.get(&letters(&Parsed::of(row[1]))).map_or(row[1], |alias| &alias.name).to_string();
            self.domains.insert(row[0].to_string(), name);
        }
        self.free_mail.extend(rows(free_mail).map(|row| row[0].to_string()));
        self
    }

    /// Returns the organisation of an e-mail domain, or of the domain that it lies within: `de.acme.com` is Acme's.
    #[must_use]
    pub fn of_domain(&self, domain: &str) -> Option<&str> {
        let domain = domain.to_ascii_lowercase();
        let ends = std::iter::successors(Some(domain.as_str()), |rest| rest.split_once('.').map(|(_, end)| end));
        ends.filter_map(|end| self.domains.get(end)).map(String::as_str).next()
    }

    /// True for a domain that says nothing of an employer.
    #[must_use]
    pub fn is_free_mail(&self, domain: &str) -> bool {
        self.free_mail.contains(&domain.to_ascii_lowercase())
    }

    /// The relations between the organisations themselves, whatever spelling the tables use for them.
    fn rooted(&self) -> BTreeMap<String, Vec<Belongs>> {
        let name_of =
            |name: &str| self.get(&letters(&Parsed::of(name))).map_or(name.to_string(), |alias| alias.name.clone());
        let mut rooted: BTreeMap<String, Vec<Belongs>> = BTreeMap::new();
        for belongs in self.belongs.values().flatten() {
            let (of, to) = (name_of(&belongs.of), name_of(&belongs.to));
            if of != to {
                rooted.entry(of.clone()).or_default().push(Belongs { of, to, ..belongs.clone() });
            }
        }
        rooted
    }

    /// Returns the organisation that these letters stand for.
    #[must_use]
    pub fn get(&self, letters: &str) -> Option<&Alias> {
        let first = self.aliases.get(letters)?;
        // A spelling of a spelling: the last name counts, so far as there is one.
        let further = self.aliases.get(&self::letters(&Parsed::of(&first.name)));
        Some(further.filter(|further| further.name != first.name && further.relation == "variant").unwrap_or(first))
    }

    /// Returns the organisation of which a name may be a misspelling: each candidate with its letters.
    pub fn near<'a>(&'a self, written: &str) -> impl Iterator<Item = &'a str> {
        self.near.to(written).into_iter().filter_map(|at| self.spelt.get(at as usize)).map(String::as_str)
    }

    /// Returns to whom an organisation belongs, or belonged.
    #[must_use]
    pub fn belongs(&self, name: &str) -> &[Belongs] {
        self.belongs.get(name).map_or(&[], Vec::as_slice)
    }
}

/// True for what many states have under one name: `Ministry of Communications`, `Department of Justice`.
fn is_of_many_states(parsed: &Parsed) -> bool {
    let is_office = |part: &Part| part.class == Class::Office || LEXICON.stands_for(&part.text) == "department";
    let is_own =
        |part: &Part| part.class == Class::Place || (part.class == Class::Brand && !LEXICON.is_ambiguous(&part.text));
    parsed.core.iter().any(is_office) && !parsed.core.iter().any(is_own)
}

/// True where a name goes on with a place and nothing of its own: the company of a group in a country, through which it
/// holds a membership, is the group for us.
fn is_national(also: &str, name: &str) -> bool {
    let (also, name) = (Parsed::of(also), Parsed::of(name));
    let (long, short) = (content(&also), content(&name));
    let begins = long.len() > short.len() && long.iter().zip(&short).all(|(one, two)| one.text == two.text);
    let is_further = |class: Class| matches!(class, Class::Place | Class::Generic | Class::Unit);
    begins
        && long[short.len()..].iter().all(|part| is_further(part.class))
        && long[short.len()..].iter().any(|part| part.class == Class::Place)
}

fn only(mut aliases: Vec<Alias>) -> Option<Alias> {
    aliases.sort_by(|one, other| (rank(&one.relation), &one.name).cmp(&(rank(&other.relation), &other.name)));
    let best = aliases.first()?.clone();
    let is_rival = |alias: &&Alias| rank(&alias.relation) == rank(&best.relation) && alias.name != best.name;
    aliases.iter().find(is_rival).is_none().then_some(best)
}

fn rank(relation: &str) -> usize {
    ["variant", "former", "brand", "acronym"].iter().position(|known| *known == relation).unwrap_or(4)
}

/// A day from `2016-01-14`, `2016-01` or `2016`: the first or the last that it can mean.
fn day(text: &str, is_last: bool) -> Option<Date> {
    let when = fact::When::parse(text)?;
    if is_last { when.to } else { when.from }
}
