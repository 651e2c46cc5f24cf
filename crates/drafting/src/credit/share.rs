//! Whose the words of a text are: shares of parties, and how sure they are.
//!
//! Comes in: a [`Question`]. Goes out: for each party its share of the words with an interval. Two things are uncertain. *By clause*: another
//! text on the same matter would have had other clauses, so clauses are drawn again (a bootstrap). *By method*: thresholds of alignment are
//! choices, so credit is traced again with others. The interval of a share is the hull of the bootstrap's intervals under all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use fact::Fault;
use serde::{Deserialize, Serialize};

use super::draw::{Draw, quantile};
use super::{Copies, Credit, CreditedText, History, Kind, Method, Version, credit};

/// What is asked: of which texts, by whom, how sure.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The history.
    pub history: &'a History,
    /// The versions whose words are shared out.
    pub goals: &'a [usize],
    /// The organisation, or any other party, of an author; an author who is missing stands for themself.
    pub parties: &'a BTreeMap<String, String>,
    /// What is drawn again: the clauses of a text.
    pub clauses: Clauses,
    /// The method, and the others that it is compared with.
    pub method: Method,
    /// Other methods; [`Method::others`] gives those with one choice changed.
    pub others: Vec<Method>,
    /// How many times clauses are drawn again; 1000 is usual.
    pub replicates: u32,
    /// The same seed gives the same draws.
    pub seed: u64,
}

/// What a clause of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clauses {
    /// Every line, as in texts taken from office files, a line a paragraph.
    Lines,
    /// Lines between blank lines, as in Markdown and texts with broken lines.
    Blocks,
}

/// One clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its first line, from 1.
    pub line: usize,
    /// Its bytes.
    pub range: Range<usize>,
}

/// The share of a party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Who; `None` for words of versions that name no author.
    pub party: Option<String>,
    /// Words of the texts, copies of words that stand there already among them; those of several authors in equal parts.
    pub n_words: f64,
    /// Share of all words, 0 to 1; the shares of all parties add up to 1.
    pub share: f64,
    /// 95 % interval from drawing clauses again; 0 to 1 if fewer than two clauses have words, for then nothing is known.
    pub by_clause: [f64; 2],
    /// Least and greatest share under the method and the others.
    pub by_method: [f64; 2],
    /// Lower end of the interval of both.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Method {
    /// Returns methods that differ from this in one choice each: smaller and larger thresholds, and copies to the copier.
    #[must_use]
    pub fn others(&self) -> Vec<Self> {
        let one = |change: fn(&mut Self)| {
            let mut other = self.clone();
            change(&mut other);
            other
        };
        let all = [
            one(|method| method.gram = method.gram.saturating_sub(1).max(3)),
            one(|method| method.gram = (method.gram + 2).min(32)),
            one(|method| method.least = method.least.saturating_sub(2).max(2)),
            one(|method| method.least = method.least.saturating_add(4)),
            one(|method| method.gap = 0),
            one(|method| method.gap = method.gap.saturating_add(4)),
            one(|method| method.chance = (method.chance / 2).max(1)),
            one(|method| method.chance = method.chance.saturating_mul(2)),
            one(|method| method.copies = Copies::Copier),
        ];
        all.into_iter().filter(|other| other != self).collect()
    }
}

/// The words of a party in one version.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionCredit {
    /// Position of the version in [`History::versions`].
    pub version: usize,
    /// The party; `None` where the version names no author.
    pub party: Option<String>,
    /// Words that the version was the first to propose; those of several authors in equal parts.
    pub n_proposed: f64,
    /// Words of the texts asked for that trace to the version; a word that stands twice counts twice.
    pub n_standing: f64,
}

/// Returns the words of each version by party, in order, versions without words left out. Words standing add up to the texts.
#[must_use]
pub fn credit_by_version(question: &Question<'_>, found: &Credit) -> Vec<VersionCredit> {
    let mut all = Vec::new();
    for (at, (version, fate)) in question.history.versions.iter().zip(&found.fates).enumerate() {
        if fate.n_proposed == 0 && fate.n_standing == 0 {
            continue;
        }
        let mut parts: BTreeMap<Option<String>, f64> = BTreeMap::new();
        for (party, part) in question.parts(version) {
            *parts.entry(party).or_default() += part;
        }
        all.extend(parts.into_iter().map(|(party, part)| VersionCredit {
            version: at,
            party,
            n_proposed: part * fate.n_proposed as f64,
            n_standing: part * fate.n_standing as f64,
        }));
    }
    all
}

/// Returns the shares of all parties, the largest first.
///
/// # Errors
/// As [`credit`].
pub fn shares(question: &Question<'_>) -> Result<Vec<Share>, Fault> {
    let found = credit(question.history, question.goals, &question.method)?;
    shares_of(question, &found)
}

/// As [`shares`], where the credit by the method itself is known already.
///
/// # Errors
/// As [`credit`].
pub fn shares_of(question: &Question<'_>, found: &Credit) -> Result<Vec<Share>, Fault> {
    let names: BTreeSet<Option<String>> =
        question.history.versions.iter().flat_map(|version| question.parts(version)).map(|(name, _)| name).collect();
    let names: Vec<Option<String>> = names.into_iter().collect();
    let parts: Vec<Vec<(usize, f64)>> = question
        .history
        .versions
        .iter()
        .map(|version| {
            let place = |name: &Option<String>| names.binary_search(name).unwrap_or_default();
            question.parts(version).iter().map(|(name, part)| (place(name), *part)).collect()
        })
        .collect();
    let own = Tally::new(question, found, &parts, names.len());
    let mut intervals = vec![own.intervals(question)];
    let mut seen = vec![own.shares()];
    for method in &question.others {
        let other = Tally::new(question, &credit(question.history, question.goals, method)?, &parts, names.len());
        intervals.push(other.intervals(question));
        seen.push(other.shares());
    }
    let hull = |ends: &mut dyn Iterator<Item = [f64; 2]>| {
        ends.fold([1.0_f64, 0.0_f64], |hull, [low, high]| [hull[0].min(low), hull[1].max(high)])
    };
    let share = |(at, party): (usize, Option<String>)| {
        let [low, high] = hull(&mut intervals.iter().map(|all| all[at]));
        let by_method = hull(&mut seen.iter().map(|all| [all[at], all[at]]));
        Share { party, n_words: own.totals[at], share: seen[0][at], by_clause: intervals[0][at], by_method, low, high }
    };
    let mut shares: Vec<Share> =
        names.into_iter().enumerate().map(share).filter(|share| share.by_method[1] > 0.0).collect();
    shares.sort_by(|one, other| other.share.total_cmp(&one.share).then_with(|| one.party.cmp(&other.party)));
    Ok(shares)
}

/// Returns the clauses of a text.
#[must_use]
pub fn clauses(text: &str, by: Clauses) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let (mut start, mut is_open) = (0, false);
    for (line, number) in text.split_inclusive('\n').zip(1..) {
        let end = start + line.len();
        let is_blank = line.trim().is_empty();
        match clauses.last_mut() {
            Some(clause) if is_open && !is_blank && by == Clauses::Blocks => clause.range.end = end,
            _ if is_blank => {}
            _ => clauses.push(Clause { line: number, range: start..end }),
        }
        is_open = !is_blank;
        start = end;
    }
    clauses
}

impl Question<'_> {
    /// Returns the parties of a version with their parts, which add up to 1.
    #[must_use]
    pub fn parts(&self, version: &Version) -> Vec<(Option<String>, f64)> {
        let party = |author: &String| Some(self.parties.get(author).unwrap_or(author).clone());
        let part = 1.0 / version.authors.len().max(1) as f64;
        if version.authors.is_empty() {
            vec![(None, 1.0)]
        } else {
            version.authors.iter().map(|author| (party(author), part)).collect()
        }
    }
}

/// The words of every clause by party.
struct Tally {
    /// Words of each party, by clause; only those that have some.
    clauses: Vec<Vec<(usize, f64)>>,
    totals: Vec<f64>,
}

impl Tally {
    fn new(question: &Question<'_>, found: &Credit, parts: &[Vec<(usize, f64)>], n_parties: usize) -> Self {
        let mut tally = Self { clauses: Vec::new(), totals: vec![0.0; n_parties] };
        for text in &found.texts {
            let of_text = clauses(&question.history.versions[text.version].text, question.clauses);
            for words in words_by_clause(text, &of_text) {
                let mut of_clause: BTreeMap<usize, f64> = BTreeMap::new();
                for (origin, n) in words {
                    for (party, part) in &parts[origin] {
                        *of_clause.entry(*party).or_default() += part * n as f64;
                    }
                }
                for (party, n) in &of_clause {
                    tally.totals[*party] += n;
                }
                if !of_clause.is_empty() {
                    tally.clauses.push(of_clause.into_iter().collect());
                }
            }
        }
        tally
    }

    fn shares(&self) -> Vec<f64> {
        let all: f64 = self.totals.iter().sum();
        self.totals.iter().map(|n| if all > 0.0 { n / all } else { 0.0 }).collect()
    }

    /// The bootstrap: for every party the interval of its share when clauses are drawn again.
    fn intervals(&self, question: &Question<'_>) -> Vec<[f64; 2]> {
        if self.clauses.len() < 2 || question.replicates == 0 {
            return vec![[0.0, 1.0]; self.totals.len()];
        }
        let mut drawn: Vec<Vec<f64>> = vec![Vec::new(); self.totals.len()];
        for replicate in 0..question.replicates {
            let mut draw = Draw::new(question.seed, u64::from(replicate));
            let mut totals = vec![0.0; self.totals.len()];
            for _ in &self.clauses {
                for (party, n) in &self.clauses[draw.below(self.clauses.len())] {
                    totals[*party] += n;
                }
            }
            let all: f64 = totals.iter().sum();
            for (drawn, n) in drawn.iter_mut().zip(totals) {
                drawn.push(n / all);
            }
        }
        let interval = |(mut drawn, share): (Vec<f64>, f64)| {
            drawn.sort_by(f64::total_cmp);
            // Skewed shares may lie outside their percentiles; the interval holds what was seen.
            [quantile(&drawn, 0.025).min(share), quantile(&drawn, 0.975).max(share).min(1.0)]
        };
        drawn.into_iter().zip(self.shares()).map(interval).collect()
    }
}

/// Returns the number of words by origin, for each clause.
pub(super) fn words_by_clause(text: &CreditedText, clauses: &[Clause]) -> Vec<BTreeMap<usize, usize>> {
    let mut all = vec![BTreeMap::new(); clauses.len()];
    let mut at = 0;
    for word in text.tokens.iter().filter(|token| token.kind == Kind::Word) {
        while clauses.get(at).is_some_and(|clause| clause.range.end <= word.range.start) {
            at += 1;
        }
        if let Some(words) = all.get_mut(at) {
            *words.entry(word.origin).or_default() += 1;
        }
    }
    all
}
