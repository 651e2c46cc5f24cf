//! Stars: each person is a centre and the mentions that are linked to it, never a chain.
//!
//! Mentions come in the order of what they tell: full names before initials before single words, more facts before fewer.
//! Each is compared with the centres in its blocks; it joins the best one above the accept threshold, or becomes a centre.
//! A wall, or a member whose name contradicts, keeps it out. What a star knows (organisations, committees, lists) grows
//! with its members; the names that are compared are always those of the centre.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use super::block::{Block, filed, key_of, narrow, sought};
use super::compare::{Likeness, compare, contradict};
use super::context::{Context, weigh};
use super::name::{Form, PersonName};
use super::{Persons, Sighting};
use crate::{Contribution, Decision, Doubt, Kind, Op};

/// Before anything is compared, two mentions are of one person with odds of about one to 32,000.
const PRIOR: f64 = -15.0;
/// From here on a link is made.
const ACCEPT: f64 = 3.0;
/// From here on a reviewer sees the pair.
const REVIEW: f64 = 0.0;
/// More than everything beside the name can weigh.
const MOST_BESIDE_THE_NAME: f64 = 17.0;
/// Two centres that come closer to one another than this are too close to choose for a name that is not written out.
const MARGIN: f64 = 3.0;
/// Centres of a block that are compared.
const CROWD: usize = 200;
/// Raised whenever the same sightings would give other links.
const VERSION: &str = "1";

struct Mention {
    key: String,
    name: PersonName,
    context: Context,
}

struct Star {
    centre: usize,
    /// The members with what they were linked on; the centre is not among them.
    members: Vec<(usize, Match)>,
    context: Context,
    is_gone: bool,
}

#[derive(Clone, Debug)]
struct Match {
    rule: &'static str,
    bits: f64,
    contributions: Vec<Contribution>,
}

struct Sky {
    mentions: Vec<Mention>,
    stars: Vec<Star>,
    /// The stars whose centre is filed in a block.
    blocks: FxHashMap<Block, Vec<u32>>,
    walls: BTreeSet<(String, String)>,
    walled: BTreeSet<String>,
    crowded: BTreeMap<String, usize>,
    doubts: BTreeMap<(usize, usize), Match>,
}

/// Returns who is who: links to the centre of each star, doubts for review, and blocks that were too crowded.
///
/// `said` are decisions taken before; of these the walls ([`Op::NotSame`] on persons) are kept. `at` is when the rules
/// decide. The order of the sightings does not matter, and a sighting that shares no block changes nothing for others.
///
/// # Source
/// Weights: I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", JASA 64 (1969); rarity of names from the shipped
/// table. Stars: J. A. Aslam, E. Pelekhov, D. Rus, "The star clustering algorithm", JGAA 8 (2004).
#[must_use]
pub fn resolve_persons(sightings: &[Sighting], said: &[Decision], at: Timestamp) -> Persons {
    let mut sky = Sky::new(mentions(sightings), said);
    for mention in 0..sky.mentions.len() {
        sky.place(mention);
    }
    sky.join_lonely_stars();
    sky.told(at)
}

/// One mention for each key, the most telling first.
fn mentions(sightings: &[Sighting]) -> Vec<Mention> {
    let mut by_key: BTreeMap<String, (String, Context)> = BTreeMap::new();
    for sighting in sightings {
        let entry = by_key.entry(sighting.mention()).or_insert_with(|| (sighting.name.clone(), Context::default()));
        entry.1.add(sighting);
    }
    let mut mentions: Vec<Mention> = by_key
        .into_iter()
        .map(|(key, (name, context))| Mention { key, name: PersonName::read(&name), context })
        .collect();
    mentions.sort_by(|one, other| {
        let order = |mention: &Mention| (mention.name.form, Reverse(mention.context.n));
        order(one).cmp(&order(other)).then_with(|| one.key.cmp(&other.key))
    });
    mentions
}

/// The walls among decisions, each in both directions.
pub(super) fn walls(said: &[Decision]) -> BTreeSet<(String, String)> {
    let gone: BTreeSet<&str> = said.iter().filter_map(|decision| decision.supersedes.as_deref()).collect();
    said.iter()
        .filter(|wall| wall.kind == Kind::Person && wall.op == Op::NotSame && !gone.contains(wall.id.as_str()))
        .flat_map(|wall| [(wall.subject.clone(), wall.object.clone()), (wall.object.clone(), wall.subject.clone())])
        .collect()
}

impl Sky {
    fn new(mentions: Vec<Mention>, said: &[Decision]) -> Self {
        let walls = walls(said);
        let walled = walls.iter().map(|(one, _)| one.clone()).collect();
        let (stars, blocks, crowded, doubts) = Default::default();
        Self { mentions, stars, blocks, walls, walled, crowded, doubts }
    }

    /// Puts a mention into the star that it belongs to, or makes it a centre.
    fn place(&mut self, mention: usize) {
        let found = self.ranked(mention, None);
        let form = self.mentions[mention].name.form;
        let rivals = found.get(1).filter(|(_, next)| form != Form::Full && next.bits > found[0].1.bits - MARGIN);
        match found.first() {
            Some((star, best)) if best.bits >= ACCEPT && rivals.is_none() => {
                self.stars[*star].members.push((mention, best.clone()));
                let context = self.mentions[mention].context.clone();
                self.stars[*star].context.join(&context);
            }
            _ => {
                for (star, doubt) in found.into_iter().take(2).filter(|(_, doubt)| doubt.bits >= REVIEW) {
                    self.doubts.insert((mention, self.stars[star].centre), doubt);
                }
                self.shine(mention);
            }
        }
    }

    /// Makes a mention the centre of a star.
    fn shine(&mut self, mention: usize) {
        let star = self.stars.len();
        let Mention { name, context, .. } = &self.mentions[mention];
        for key in filed(name).into_iter().chain(narrow(name, context)) {
            self.blocks.entry(key).or_default().push(u32::try_from(star).expect("fewer than four billion stars"));
        }
        self.stars.push(Star { centre: mention, members: Vec::new(), context: context.clone(), is_gone: false });
    }

    /// The stars that a mention may belong to, the likeliest first. `but` is left out: its own.
    fn ranked(&mut self, mention: usize, but: Option<usize>) -> Vec<(usize, Match)> {
        let mut near: Vec<u32> = Vec::new();
        let Mention { name, context, .. } = &self.mentions[mention];
        for key in sought(name).into_iter().chain(narrow(name, context)) {
            let block = self.blocks.get(&key).map(Vec::as_slice).unwrap_or_default();
            if block.len() > CROWD {
                self.crowded.insert(key_of(name, key), block.len());
            }
            near.extend(block.iter().take(CROWD));
        }
        near.sort_unstable();
        near.dedup();
        let mut found: Vec<(usize, Match)> = near
            .into_iter()
            .map(|star| star as usize)
            .filter(|star| Some(*star) != but && !self.stars[*star].is_gone)
            .filter_map(|star| Some((star, self.matched(mention, star)?)))
            .collect();
        found.sort_by(|(a, one), (b, other)| other.bits.total_cmp(&one.bits).then(a.cmp(b)));
        found
    }

    /// What a mention and a star have in common; `None` where the names differ, a wall stands or a member contradicts.
    fn matched(&self, mention: usize, star: usize) -> Option<Match> {
        let (one, star) = (&self.mentions[mention], &self.stars[star]);
        let centre = &self.mentions[star.centre];
        let likeness = compare(&one.name, &centre.name)?;
        if PRIOR + likeness.bits() + MOST_BESIDE_THE_NAME < REVIEW {
            return None;
        }
        let Likeness { rule, found } = likeness;
        let is_apart = |of: usize| self.is_walled(&one.key, &self.mentions[of].key);
        let is_kept_out =
            |(member, _): &(usize, Match)| is_apart(*member) || contradict(&one.name, &self.mentions[*member].name);
        if is_apart(star.centre) || star.members.iter().any(is_kept_out) {
            return None;
        }
        let is_same_name = one.name.key() == centre.name.key();
        let prior = ("prior", "one pair of 32,000".to_string(), PRIOR);
        let mut contributions: Vec<Contribution> = std::iter::once(prior)
            .chain(found)
            .map(|(feature, found, bits)| Contribution { feature: feature.into(), found, bits })
            .collect();
        contributions.extend(weigh(&one.context, &star.context, is_same_name));
        let bits = contributions.iter().map(|line| line.bits).sum();
        Some(Match { rule, bits, contributions })
    }

    fn is_walled(&self, one: &str, other: &str) -> bool {
        self.walled.contains(one) && self.walls.contains(&(one.to_string(), other.to_string()))
    }

    /// Looks again at centres without members: what the other stars know has grown since.
    fn join_lonely_stars(&mut self) {
        for at in (0..self.stars.len()).rev() {
            let mention = self.stars[at].centre;
            if !self.stars[at].members.is_empty() || self.mentions[mention].name.form != Form::Full {
                continue;
            }
            let found = self.ranked(mention, Some(at));
            let Some((star, best)) =
                found.into_iter().find(|(star, _)| *star < at || !self.stars[*star].members.is_empty())
            else {
                continue;
            };
            if best.bits >= ACCEPT {
                self.stars[at].is_gone = true;
                self.stars[star].members.push((mention, best));
                let context = self.mentions[mention].context.clone();
                self.stars[star].context.join(&context);
            }
        }
    }

    fn told(self, at: Timestamp) -> Persons {
        let home = self.homes();
        let key = |mention: usize| self.mentions[mention].key.as_str();
        let mut decisions = Vec::new();
        for star in self.stars.iter().filter(|star| !star.is_gone) {
            for (member, found) in &star.members {
                let pair = (key(*member), key(star.centre));
                let mut link = Decision::by_rule(Kind::Person, Op::Link, pair, found.rule, at);
                link.version = VERSION.into();
                link.bits = found.bits;
                link.contributions.clone_from(&found.contributions);
                decisions.push(link.sealed());
            }
        }
        decisions.sort_by(|one, other| one.subject.cmp(&other.subject));
        let mut doubts: Vec<Doubt> = self
            .doubts
            .iter()
            .filter(|((one, other), _)| home[*one] != home[*other])
            .map(|((one, other), found)| Doubt {
                a: key(*one).into(),
                b: key(*other).into(),
                bits: found.bits,
                contributions: found.contributions.clone(),
                n: self.mentions[*one].context.n,
            })
            .collect();
        let weight = |doubt: &Doubt| doubt.n as f64 / (1.0 + (doubt.bits - ACCEPT).abs());
        doubts.sort_by(|one, other| {
            weight(other).total_cmp(&weight(one)).then_with(|| (&one.a, &one.b).cmp(&(&other.a, &other.b)))
        });
        Persons { decisions, doubts, crowded: self.crowded.into_iter().collect() }
    }

    /// For each mention the star that it ended in.
    fn homes(&self) -> Vec<usize> {
        let mut home = vec![0; self.mentions.len()];
        for (at, star) in self.stars.iter().enumerate().filter(|(_, star)| !star.is_gone) {
            home[star.centre] = at;
            star.members.iter().for_each(|(member, _)| home[*member] = at);
        }
        home
    }
}
