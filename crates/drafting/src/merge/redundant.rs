//! What says the same twice: additions of several contributions, additions against clauses that stay, editions that drift apart.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::conflict::{Alternative, Conflict, ConflictKind};
use super::item::{Bench, By, Fate, Verdict};
use super::order::Line;
use super::row::Outcome;
use super::sense;
use super::side::State;
use super::write::{Part, standing};
use crate::cite::{Cited, citations_of};
use crate::decision::Docket;
use crate::normal::{Index, Lexicon, Terms, likeness, plain};

/// From here on two clauses say the same.
const SAME: f64 = 0.60;
/// From here on they say something alike.
const ALIKE: f64 = 0.35;
/// Clauses with fewer words that say something are too short to tell.
const LEAST_STEMS: usize = 4;
/// So many of those of one resolution that share rare words are looked at, out of so many of all resolutions.
const CANDIDATES: usize = 8;
const NEAREST: usize = 64;

/// Lists what is redundant, and carries out what was decided on it.
pub(super) fn redundant(bench: &mut Bench<'_>, lines: &[Line], docket: &mut Docket<'_>) {
    let mut shelf = Shelf::default();
    for item in bench.standing(lines) {
        shelf.put(bench, item);
    }
    for item in shelf.added.clone() {
        shelf.twice(bench, item, docket);
    }
    for base in 0..bench.base.clauses().len() {
        reworded(bench, base, docket);
    }
    editions(bench, lines, docket);
}

/// The resolution that a clause is of: its section in the base, else the number of a new one.
type Resolution = (Option<usize>, Option<String>);

/// Clauses that stand, by the words that they share.
#[derive(Default)]
struct Shelf {
    lexicon: Lexicon,
    terms: BTreeMap<usize, Terms>,
    index: Index,
    added: Vec<usize>,
    resolutions: BTreeMap<usize, Resolution>,
    /// Position of each item in the text.
    order: BTreeMap<usize, usize>,
}

impl Shelf {
    fn put(&mut self, bench: &Bench<'_>, item: usize) {
        let entry = &bench.items[item];
        if !bench.kind(item).is_matter() {
            return;
        }
        let terms = self.lexicon.terms(&standing(&entry.words));
        if terms.stems.len() < LEAST_STEMS {
            return;
        }
        self.index.put(item, &terms);
        if entry.base.is_none() {
            self.added.push(item);
        }
        self.order.insert(item, self.order.len());
        self.resolutions.insert(item, resolution(bench, item));
        self.terms.insert(item, terms);
    }

    /// Looks for what says the same as an addition.
    fn twice(&self, bench: &mut Bench<'_>, item: usize, docket: &mut Docket<'_>) {
        let own = &self.terms[&item];
        let near = self.index.near(own, NEAREST);
        // What another resolution says is no rewording: each has its own preamble and clauses of form.
        let is_of = |other: &usize| *other != item && self.resolutions[other] == self.resolutions[&item];
        for other in near.into_iter().filter(is_of).take(CANDIDATES) {
            if [item, other].iter().any(|&at| bench.items[at].fate != Fate::Stands) {
                continue;
            }
            let is_later = self.order[&item] < self.order[&other];
            let is_addition = bench.items[other].base.is_none();
            let is_others = bench.items[other].by.is_disjoint(&bench.items[item].by);
            let alike = likeness(own, &self.terms[&other]);
            if is_addition && (!is_later || !is_others || alike < ALIKE) {
                continue;
            }
            if is_addition {
                let kind = if alike >= SAME {
                    let texts = [item, other].map(|at| standing(&bench.items[at].words));
                    sense::clash(&texts[0], &texts[1]).unwrap_or(ConflictKind::Redundant)
                } else {
                    ConflictKind::Overlapping
                };
                both_added(bench, item, other, kind, docket);
            } else if alike >= SAME {
                against_base(bench, item, other, docket);
            }
        }
    }
}

fn resolution(bench: &Bench<'_>, item: usize) -> Resolution {
    let (draft, at) = bench.clause(item);
    let section = draft.clauses()[at].section;
    let Some(&(side, clause)) = bench.items[item].sources.first().filter(|_| bench.items[item].base.is_none()) else {
        return (Some(section), None);
    };
    match (bench.section_of(side, clause), draft.number(section)) {
        (Some(section), _) => (Some(section), None),
        (None, Some(number)) => (None, Some(number.to_string())),
        // A text without resolutions is one section.
        (None, None) => (Some(0), None),
    }
}

/// Two additions that say the same, something alike, or the contrary: then both stand in brackets.
fn both_added(bench: &mut Bench<'_>, first: usize, second: usize, kind: ConflictKind, docket: &mut Docket<'_>) {
    let mut pair = [first, second];
    pair.sort_by_key(|&item| bench.items[item].sources.first().copied());
    let shown: Vec<Alternative> = pair.iter().map(|&item| said(bench, item)).collect();
    let place = shown[0].place.clone();
    let (at, verdict) = bench.file(Conflict::new(kind, place, None, shown), docket);
    let is_kept = bench.conflicts[at].decision.is_some() || !kind.is_blocking();
    match verdict {
        Verdict::Open if !is_kept => settle(bench, pair, &Verdict::Brackets),
        _ => settle(bench, pair, &verdict),
    }
    contested(bench, &pair, at, kind);
}

/// An addition that says what a clause of the base says which others keep, or what others made of one.
fn against_base(bench: &mut Bench<'_>, added: usize, base: usize, docket: &mut Docket<'_>) {
    let by = bench.items[added].by.clone();
    let has = |side: &usize| matches!(bench.sides[*side].state(bench.base, base), State::Has(_));
    let is_edited = !bench.items[base].by.is_empty();
    let is_open = bench.items[base].conflicts.iter().any(|&at| bench.conflicts[at].kind != ConflictKind::Together);
    if by.iter().all(has) || is_open || !bench.items[base].by.is_disjoint(&by) {
        return;
    }
    let kind = if is_edited { ConflictKind::Redundant } else { ConflictKind::AgainstBase };
    let keepers: By = (0..bench.sides.len()).filter(|side| !by.contains(side) && has(side)).collect();
    let text = standing(&bench.items[base].words);
    let mut shown = vec![said(bench, added)];
    if !keepers.is_empty() {
        shown.push(Alternative { by: bench.ids(&keepers), place: bench.base.place(base), text: Some(text.clone()) });
    }
    let (at, verdict) = bench.file(Conflict::new(kind, bench.base.place(base), Some(text), shown), docket);
    match verdict {
        Verdict::Take(0) => bench.items[base].fate = Fate::Deleted(by),
        Verdict::Take(_) | Verdict::Base => bench.items[added].fate = Fate::Dropped,
        Verdict::Text(words, editor) => {
            replace(bench, base, words, editor);
            bench.items[added].fate = Fate::Dropped;
        }
        Verdict::Brackets => in_brackets(bench, added),
        Verdict::Open => {}
    }
    contested(bench, &[added, base], at, kind);
}

/// A clause that some reword without another content, and others, who have the whole text, keep.
fn reworded(bench: &mut Bench<'_>, base: usize, docket: &mut Docket<'_>) {
    let item = &bench.items[base];
    let is_changed = matches!(item.outcome, Outcome::OneSided | Outcome::Agreed) && item.fate == Fate::Stands;
    if !is_changed || !bench.kind(base).is_matter() {
        return;
    }
    let own = bench.base.words_at(base).to_string();
    let keeps = |side: &usize| match bench.sides[*side].state(bench.base, base) {
        State::Has(clause) => {
            let draft = bench.sides[*side].draft;
            plain(draft.words_at(clause)) == plain(&own)
        }
        _ => false,
    };
    let keepers: By = (0..bench.sides.len()).filter(keeps).collect();
    let new = standing(&item.words);
    let mut lexicon = Lexicon::default();
    let (before, after) = (lexicon.terms(&own), lexicon.terms(&new));
    let is_same = after.rewords(&before) && before.stems.len() >= LEAST_STEMS;
    if keepers.is_empty() || !is_same {
        return;
    }
    let by = item.by.clone();
    let clause = by.first().and_then(|&side| bench.sides[side].to_other[base]);
    let mut camps = vec![(by.clone(), bench.alternative(&by, clause, Some(new.clone())))];
    camps.push((
        keepers.clone(),
        Alternative { by: bench.ids(&keepers), place: bench.base.place(base), text: Some(own.clone()) },
    ));
    camps.sort_by_key(|(by, _)| by.first().copied());
    let is_edit: Vec<bool> = camps.iter().map(|(camp, _)| *camp == by).collect();
    let shown = camps.into_iter().map(|(_, alternative)| alternative).collect();
    let conflict = Conflict::new(ConflictKind::AgainstBase, bench.base.place(base), Some(own.clone()), shown);
    let (at, verdict) = bench.file(conflict, docket);
    match verdict {
        Verdict::Take(taken) if is_edit[taken] => {}
        Verdict::Take(_) | Verdict::Base => bench.items[base].words = vec![Part::kept(&own)],
        Verdict::Text(words, editor) => replace(bench, base, words, editor),
        Verdict::Brackets => {
            bench.items[base].words = vec![Part::kept(&own)];
            bench.bracket(base, at);
        }
        Verdict::Open => {}
    }
    contested(bench, &[base], at, ConflictKind::AgainstBase);
}

/// Returns an addition as an alternative.
fn said(bench: &Bench<'_>, item: usize) -> Alternative {
    let entry = &bench.items[item];
    bench.alternative(&entry.by, entry.sources.first().map(|(_, clause)| *clause), Some(standing(&entry.words)))
}

fn settle(bench: &mut Bench<'_>, pair: [usize; 2], verdict: &Verdict<'_>) {
    match *verdict {
        Verdict::Open => {}
        Verdict::Take(taken) => {
            // Each alternative is one of the two, in this order.
            for (_, &item) in pair.iter().enumerate().filter(|(at, _)| *at != taken) {
                bench.items[item].fate = Fate::Dropped;
            }
        }
        Verdict::Base => pair.iter().for_each(|&item| bench.items[item].fate = Fate::Dropped),
        Verdict::Text(words, editor) => {
            replace(bench, pair[0], words, editor);
            bench.items[pair[1]].fate = Fate::Dropped;
        }
        Verdict::Brackets => pair.iter().for_each(|&item| in_brackets(bench, item)),
    }
}

fn contested(bench: &mut Bench<'_>, items: &[usize], conflict: usize, kind: ConflictKind) {
    for &item in items {
        let entry = &mut bench.items[item];
        entry.conflicts.push(conflict);
        // What is only listed does not hide how a clause of the base came about.
        if entry.base.is_none() || bench.conflicts[conflict].decision.is_some() {
            entry.outcome = Outcome::Contested(kind);
        }
    }
}

/// Puts an editor's words in place of an item's.
fn replace(bench: &mut Bench<'_>, item: usize, words: &str, editor: usize) {
    let words = words.trim_end_matches([';', ',']);
    let by: By = [editor].into();
    let own = bench.items[item].base.map(|base| bench.base.words_at(base));
    let entry = &mut bench.items[item];
    entry.by.insert(editor);
    entry.words = match own {
        Some(own) => super::compose::parts(own, words, &by),
        None => vec![Part::inserted(words, &entry.by)],
    };
}

fn in_brackets(bench: &mut Bench<'_>, item: usize) {
    bench.items[item].is_bracketed = true;
}

/// Where which contribution cites which edition of which resolution.
type Editions = BTreeMap<String, BTreeMap<String, Vec<(usize, By)>>>;

/// Finds editions of one resolution that different contributions bring in.
fn editions(bench: &mut Bench<'_>, lines: &[Line], docket: &mut Docket<'_>) {
    let mut cited = Editions::new();
    for item in bench.standing(lines) {
        let entry = &bench.items[item];
        if entry.by.is_empty() || !bench.kind(item).is_matter() {
            continue;
        }
        let own = entry.base.map_or("", |base| bench.base.words_at(base));
        let old: BTreeSet<(String, String)> = resolutions(own).map(|(one, edition, _)| (one, edition)).collect();
        for (resolution, edition, _) in resolutions(&standing(&entry.words)) {
            if !old.contains(&(resolution.clone(), edition.clone())) {
                cited.entry(resolution).or_default().entry(edition).or_default().push((item, entry.by.clone()));
            }
        }
    }
    for (resolution, editions) in cited {
        let all = |places: &Vec<(usize, By)>| -> By { places.iter().flat_map(|(_, by)| by).copied().collect() };
        let camps: Vec<By> = editions.values().map(all).collect();
        let is_drift = camps.len() > 1 && camps.iter().any(|camp| camps.iter().any(|other| camp.is_disjoint(other)));
        if is_drift {
            drift(bench, &resolution, &editions, docket);
        }
    }
}

fn drift(
    bench: &mut Bench<'_>,
    resolution: &str,
    editions: &BTreeMap<String, Vec<(usize, By)>>,
    docket: &mut Docket<'_>,
) {
    let written = |edition: &String| format!("{resolution} ({edition})");
    let shown = |(edition, places): (&String, &Vec<(usize, By)>)| {
        let by: By = places.iter().flat_map(|(_, by)| by).copied().collect();
        let (draft, at) = bench.clause(places[0].0);
        Alternative { by: bench.ids(&by), place: draft.place(at), text: Some(written(edition)) }
    };
    let mut shown: Vec<Alternative> = editions.iter().map(shown).collect();
    shown.sort_by(|a, b| (&a.by, &a.text).cmp(&(&b.by, &b.text)));
    let texts: Vec<Option<String>> = shown.iter().map(|alternative| alternative.text.clone()).collect();
    let kind = ConflictKind::CiteDrift;
    let (at, verdict) = bench.file(Conflict::new(kind, resolution.into(), None, shown), docket);
    let items: Vec<usize> = editions.values().flatten().map(|(item, _)| *item).collect();
    if let Verdict::Take(taken) = verdict
        && let Some(edition) = editions.keys().find(|edition| texts[taken] == Some(written(edition)))
    {
        for (other, places) in editions.iter().filter(|(other, _)| *other != edition) {
            for (item, by) in places {
                cite(bench, *item, (resolution, other), edition, by);
            }
        }
    } else if let (Some(decision), false) =
        (bench.conflicts[at].decision, matches!(verdict, Verdict::Brackets | Verdict::Open))
    {
        bench.conflicts[at].decision = None;
        docket.refuse(decision, "expected a contribution whose edition is to be cited everywhere");
    }
    contested(bench, &items, at, kind);
}

/// Cites another edition in an item.
fn cite(bench: &mut Bench<'_>, item: usize, old: (&str, &str), new: &str, by: &By) {
    let text = standing(&bench.items[item].words);
    let found = resolutions(&text).find(|(resolution, edition, _)| (resolution.as_str(), edition.as_str()) == old);
    if let Some((.., range)) = found {
        bench.items[item].words = super::refer::spliced(&bench.items[item].words, &range, new, by);
    }
}

/// Returns the resolutions that a text cites, each with its edition and where that stands: `Resolution 22`, `Rev. Geneva, 2022`.
fn resolutions(text: &str) -> impl Iterator<Item = (String, String, Range<usize>)> {
    citations_of(Cited::Resolution, text).into_iter().filter_map(|cited| {
        let edition = cited.edition?;
        // The brackets stay.
        Some((cited.id, edition.written(), edition.range.start + 1..edition.range.end - 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_are_read() {
        let text = "per Resolution 22 ( Rev. Geneva, 2022), Resolution 7 and Resolution 170 (Rev. Busan, 2014)";
        let found: Vec<_> = resolutions(text).map(|(one, edition, range)| (one, edition, &text[range])).collect();
        let expected = [
            ("Resolution 22", "Rev. Geneva, 2022", " Rev. Geneva, 2022"),
            ("Resolution 170", "Rev. Busan, 2014", "Rev. Busan, 2014"),
        ];
        assert_eq!(found, expected.map(|(one, edition, words)| (one.to_string(), edition.to_string(), words)));
    }
}
