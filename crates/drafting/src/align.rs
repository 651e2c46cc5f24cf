//! Which clause of one text is which clause of another: by what it says, wherever it stands and however it is numbered.
//!
//! Resolutions are matched by number. Within one, clauses with the same words come first, then those split in two or joined
//! word for word, then pairs by a score, so that the sum is greatest; calls and headings follow the clauses below them. Clauses
//! are compared only where they share rare words.
//! Thresholds: `specs/merge.md` of the project, found on Resolution 68.

mod assign;
mod exact;
mod heads;
mod score;
mod split;

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::clause::{Clause, Draft};
use crate::normal::{Lexicon, Terms};

/// Which clauses of a base are which of another text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// One clause to one, in the order of the base.
    pub pairs: Vec<Pair>,
    /// Clauses of the base that became several: position in the base, positions in the other text, in order.
    pub splits: Vec<(usize, Vec<usize>)>,
    /// Clauses of the base that became one: positions in the base, in order, position in the other text.
    pub joins: Vec<(Vec<usize>, usize)>,
}

/// A clause of the base and the same clause of the other text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Position in the base.
    pub base: usize,
    /// Position in the other text.
    pub other: usize,
    /// How alike they are, 0 to 1; 1 for the same words. For calls and headings, the share of clauses below that agree.
    pub score: f64,
}

/// Returns which clauses of `base` are which of `other`.
///
/// Each clause is in at most one pair. Moving, renumbering and relabelling make no difference.
///
/// ```
/// use drafting::{Draft, align};
/// let base = Draft::read("noting\na)\tthat it rains;\nb)\tthat the river rises every spring,\n");
/// let other = Draft::read("noting\na)\tthat the river rises each spring;\nb)\tthat it rains,\n");
/// let pairs: Vec<(usize, usize)> = align(&base, &other).pairs.iter().map(|pair| (pair.base, pair.other)).collect();
/// assert_eq!(pairs, [(0, 0), (1, 2), (2, 1)]);
/// ```
#[must_use]
pub fn align(base: &Draft, other: &Draft) -> Alignment {
    Aligner::new(base).align(other)
}

/// A base that several texts are aligned with.
pub(crate) struct Aligner<'a> {
    base: &'a Draft,
    keys: exact::Keys<'a>,
    sections: Vec<Range<usize>>,
    lexicon: Lexicon,
    terms: Vec<Option<Terms>>,
}

/// One alignment on the way.
struct Work<'a, 'b> {
    base: &'a Draft,
    other: &'b Draft,
    to_other: Vec<Option<usize>>,
    to_base: Vec<Option<usize>>,
    scores: Vec<f64>,
    /// Which section of the base a section of the other text is.
    sections: Vec<Option<usize>>,
    /// Clauses that are the shorter half of one that was split, and of the base, of two that were joined.
    other_halves: FxHashSet<usize>,
    own_halves: FxHashSet<usize>,
}

/// A section of the base and the same of the other text, with what their clauses are compared by.
struct SectionPair<'t> {
    own: Range<usize>,
    others: Range<usize>,
    own_terms: &'t [Option<Terms>],
    other_terms: &'t [Option<Terms>],
}

impl<'a> Aligner<'a> {
    pub(crate) fn new(base: &'a Draft) -> Self {
        Self {
            base,
            keys: exact::Keys::new(base),
            sections: sections(base),
            lexicon: Lexicon::default(),
            terms: vec![None; base.clauses().len()],
        }
    }

    pub(crate) fn align(&mut self, other: &Draft) -> Alignment {
        let others = sections(other);
        let mut work = Work {
            base: self.base,
            other,
            to_other: vec![None; self.base.clauses().len()],
            to_base: vec![None; other.clauses().len()],
            scores: vec![0.0; self.base.clauses().len()],
            sections: exact::sections(self.base, other, self.sections.len(), others.len()),
            other_halves: FxHashSet::default(),
            own_halves: FxHashSet::default(),
        };
        exact::frame(&mut work, &self.sections, &others);
        exact::exact(&mut work, &self.keys);
        exact::halves(&mut work);
        let mut terms = vec![None; other.clauses().len()];
        let mut alignment = Alignment::default();
        for (section, range) in others.iter().enumerate() {
            let Some(own) = work.sections[section].and_then(|own| self.sections.get(own)) else { continue };
            let is_open =
                range.clone().any(|at| work.to_base[at].is_none()) || own.clone().any(|at| work.to_other[at].is_none());
            if is_open {
                self.fill(&mut work, own.clone(), range.clone(), &mut terms, &mut alignment);
            }
        }
        heads::across(&mut work);
        alignment.pairs = work.pairs();
        alignment
    }

    /// Pairs what is left of a section.
    fn fill(
        &mut self,
        work: &mut Work<'_, '_>,
        own: Range<usize>,
        others: Range<usize>,
        terms: &mut [Option<Terms>],
        alignment: &mut Alignment,
    ) {
        for at in own.clone().filter(|&at| work.to_other[at].is_none()) {
            self.term(at);
        }
        for at in others.clone().filter(|&at| work.to_base[at].is_none()) {
            terms[at] = Some(self.lexicon.terms(work.other.words_at(at)));
        }
        let links = heads::votes(work, &own, &others);
        let pair = SectionPair { own: own.clone(), others: others.clone(), own_terms: &self.terms, other_terms: terms };
        score::pair(work, &pair, &links);
        heads::pair(work, &pair);
        self.splits(work, own, others, terms, alignment);
    }

    fn term(&mut self, at: usize) -> Terms {
        let words = self.base.words_at(at);
        self.terms[at].get_or_insert_with(|| self.lexicon.terms(words)).clone()
    }
}

impl Work<'_, '_> {
    fn join(&mut self, base: usize, other: usize, score: f64) {
        self.to_other[base] = Some(other);
        self.to_base[other] = Some(base);
        self.scores[base] = score;
    }

    fn is_free(&self, base: usize, other: usize) -> bool {
        self.to_other[base].is_none() && self.to_base[other].is_none()
    }

    fn pairs(&self) -> Vec<Pair> {
        let pair =
            |(base, other): (usize, &Option<usize>)| other.map(|other| Pair { base, other, score: self.scores[base] });
        self.to_other.iter().enumerate().filter_map(pair).collect()
    }

    /// Returns where in the base a clause of the other text would stand, going by the pair before it.
    fn expected(&self, other: usize, start: usize) -> usize {
        let before = (0..other).rev().find_map(|at| self.to_base[at].map(|base| base + other - at));
        before.unwrap_or(start)
    }
}

/// Returns the clauses of each section.
fn sections(draft: &Draft) -> Vec<Range<usize>> {
    let clauses = draft.clauses();
    let mut starts: Vec<usize> =
        (1..clauses.len()).filter(|&at| clauses[at].section != clauses[at - 1].section).collect();
    starts.push(clauses.len());
    let mut start = 0;
    starts.into_iter().map(|end| std::mem::replace(&mut start, end)..end).collect()
}

/// Returns the call or heading that a clause stands under.
fn head(draft: &Draft, clause: &Clause) -> Option<usize> {
    clause.under.filter(|&at| draft.clauses()[at].kind.is_head())
}
