//! Credit for words: each word of a text traces to the version in which it was first proposed.
//!
//! Comes in: a [`History`], which may branch and merge, with proposals that were never merged as well. Goes out: for every word of
//! the last text the version it is from and what happened to it on the way ([`credit`]), shares with intervals ([`shares`]), how
//! long words live ([`survival`]), and statements to print ([`statements`]); [`git`] reads histories from Git. Pure: the same history gives the same credit, and neither
//! names of versions nor of authors play a part.
//!
//! **What counts.** A word or punctuation mark is compared without regard to case and to the form of hyphens and quotation marks.
//!
//! 1. *Kept*: a parent has it in the same order (lines by the histogram algorithm, then the words of changed lines by Myers'). If parents
//!    differ, the token that was proposed first counts. Words that two long changes share by chance are not kept ([`Method::chance`]).
//! 2. *Taken up*: no parent keeps it, but it stands in a stretch that was written before, in any version that is earlier. The stretch begins
//!    with [`Method::gram`] equal words, or is a line of three words or more, and grows over changes of at most [`Method::gap`] words that three
//!    equal words follow. It counts if it explains [`Method::least`] words, or whole lines of three words or more, or
//!    [`Method::gram`] words that this very version lost elsewhere, or stands beside a word that is the same token as before. So paragraphs
//!    that move keep their authors, deleted words that come back go back to them, and a sentence that an editor took from a
//!    proposal is the proposer's; of a lightly reworded one only the changed words change hands. A token is taken up once; further copies count
//!    only if they have twice [`Method::least`] words, or are whole lines of that many, and as [`Method::copies`] says.
//! 3. *New*: everything else. Its author is the author of the version, or all of them in equal parts.
//!
//! White space has no author of its own: it goes with the word before it.
//!
//! # Source
//! F. Flöck and M. Acosta, "WikiWho: precise and efficient attribution of authorship of revisioned content", WWW 2014, is the method
//! nearest to this: it too gives every token an identity and finds it again when it returns, by paragraphs and sentences where we use
//! n-grams. Not of theirs: histories that branch, proposals, moves with changes inside, and chance. Algorithms: E. W. Myers, "An O(ND) difference
//! algorithm and its variations", Algorithmica 1 (1986); the histogram algorithm of Git.

mod align;
mod draw;
pub mod git;
mod history;
mod lexicon;
mod lives;
mod record;
mod share;
mod statement;
mod survival;
mod take_up;
mod trace;

use std::collections::BTreeMap;
use std::ops::Range;

use fact::{Fault, Remedy};

pub use crate::token::Kind;
use crate::token::tokens;
pub use history::{History, Version};
pub use share::{Clause, Clauses, Question, Share, VersionCredit, clauses, credit_by_version, shares, shares_of};
pub use statement::{Place, Statement, statements};
pub use survival::{Step, Survival, half_life_by_origin, survival};
use trace::{Marks, Traced, Tracer};

/// The choices of the method. The default is meant for prose of standards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// Equal words that lead to an earlier place; 3 to 32.
    pub gram: usize,
    /// Words of a stretch that show by themselves that it is not written anew.
    pub least: usize,
    /// Words that a small change may have, on either side; 0 finds only stretches that are equal.
    pub gap: usize,
    /// How many times longer than a stretch the changes around it are if its words are equal by chance.
    pub chance: u32,
    /// Equal words that stood at more places than this lead nowhere.
    pub rare: u32,
    /// Whose a second copy of standing text is.
    pub copies: Copies,
}

/// Whose the words of a long stretch are that stands in the text already and is put in once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copies {
    /// Of those who proposed them first.
    First,
    /// Of those who made the copy.
    Copier,
}

impl Default for Method {
    fn default() -> Self {
        Self { gram: 5, least: 8, gap: 4, chance: 4, rare: 16, copies: Copies::First }
    }
}

/// Where the words of a history are from, and how long they lived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The texts that were asked for, in the order asked.
    pub texts: Vec<CreditedText>,
    /// What became of the words that each version proposed, in the order of [`History::versions`].
    pub fates: Vec<Fate>,
    /// How long words stood in the texts, together for words of one version with the same times.
    pub lives: Vec<Life>,
    /// The time of the last of the texts, until which lives were observed.
    pub now: i64,
}

/// A text and where its words are from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditedText {
    /// Position of the version in [`History::versions`].
    pub version: usize,
    /// All tokens, white space included: put together they are the text.
    pub tokens: Vec<Credited>,
}

/// One token of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credited {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Position in [`History::versions`] of the version that proposed it first; its authors are the token's.
    pub origin: usize,
    /// True if it stood elsewhere in the text before.
    pub is_moved: bool,
    /// True if it was not in the text it was put into, but in an earlier version or proposal.
    pub is_returned: bool,
    /// True if it stood in the text already when it was put in here as well.
    pub is_copied: bool,
    /// How often words at this place were put in the place of others since the first were written; at most 255.
    pub n_rewordings: u8,
}

/// What became of the words that a version was the first to propose. Punctuation does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fate {
    /// Words that it was the first to propose.
    pub n_proposed: usize,
    /// Of these, words that stood at some time in a text on the main line: the last text, its first parent, and so on.
    pub n_adopted: usize,
    /// Of these, words that stand in the texts asked for: each once, however often it stands there.
    pub n_survived: usize,
    /// Words of the texts that are credited to it: those that survived, and every further copy of one. It is these that are shared out.
    pub n_standing: usize,
}

/// Words with one origin that entered the text at one time and left it at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// The version that proposed them first.
    pub origin: usize,
    /// When they entered the main line, in the unit of [`Version::time`]; not before any parent's time.
    pub entered: i64,
    /// When they left it for good; `None` if they stand.
    pub left: Option<i64>,
    /// How many.
    pub n_words: usize,
}

/// Returns where the words of some versions are from.
///
/// `goals` are positions in [`History::versions`]: one for a document ([`History::last`] gives the last), one a file for a folder
/// whose files share words. Versions that came about after all of them play no part. Time grows with the words of all versions together, not with
/// pairs of versions. Memory grows with the words and marks ever written (some 100 bytes each) and with the lines that were ever different (4 bytes a word).
///
/// # Errors
/// If a goal or parent is not a version, a version its own ancestor, [`Method::gram`] not in 3 to 32, or more than 33 million words and marks were written.
///
/// ```
/// use drafting::credit::{History, Method, Version, credit};
/// let version = |time, author: &str, parents: &[usize], text: &str| Version {
///     time,
///     authors: vec![author.into()],
///     parents: parents.to_vec(),
///     text: text.into(),
///     ..Version::default()
/// };
/// let versions = vec![
///     version(1, "Acme", &[], "to bring the needs of members"),
///     version(2, "Borealis", &[0], "to address the needs of members"),
///     // The editor takes what Borealis proposed, and adds a word.
///     version(3, "editor", &[0], "to address the needs of all members"),
/// ];
/// let history = History { versions };
/// let found = credit(&history, &[2], &Method::default())?;
/// let of = |origin| found.texts[0].words().filter(|token| token.origin == origin).count();
/// assert_eq!([of(0), of(1), of(2)], [5, 1, 1]);
/// # Ok::<(), fact::Fault>(())
/// ```
pub fn credit(history: &History, goals: &[usize], method: &Method) -> Result<Credit, Fault> {
    let order = history.order()?;
    if let Some(goal) = goals.iter().find(|goal| **goal >= history.versions.len()) {
        let what = format!("expected versions below {}, found {goal}", history.versions.len());
        return Err(Fault::new(Remedy::Ask, "goals of credit", what, "name versions of the history"));
    }
    if !(3..=32).contains(&method.gram) {
        let what = format!("expected 3 to 32 words, found {}", method.gram);
        return Err(Fault::new(Remedy::Ask, "method of credit, `gram`", what, "leave it as it is by default"));
    }
    let mut tracer = Tracer::new(history, method);
    let traced = tracer.trace(&order, goals, &main_line(history, goals))?;
    let texts: Vec<CreditedText> =
        goals.iter().filter_map(|goal| Some(credited(&tracer, history, *goal, traced.get(goal)?))).collect();
    let (mut fates, lives) = fates(&tracer, history.versions.len());
    for word in texts.iter().flat_map(CreditedText::words) {
        fates[word.origin].n_standing += 1;
    }
    let now = goals.iter().map(|goal| order.times[*goal]).max().unwrap_or_default();
    Ok(Credit { texts, fates, lives, now })
}

impl CreditedText {
    /// Returns the words, without punctuation and white space.
    pub fn words(&self) -> impl Iterator<Item = &Credited> {
        self.tokens.iter().filter(|token| token.kind == Kind::Word)
    }
}

/// The goals, their first parents, and so on.
fn main_line(history: &History, goals: &[usize]) -> Vec<bool> {
    let mut is_main = vec![false; history.versions.len()];
    for goal in goals {
        let mut next = Some(*goal);
        while let Some(at) = next.filter(|at| !is_main[*at]) {
            is_main[at] = true;
            next = history.versions[at].parents.first().copied();
        }
    }
    is_main
}

fn credited(tracer: &Tracer<'_>, history: &History, version: usize, traced: &Traced) -> CreditedText {
    let mut stands = tracer.body(traced).iter();
    let origin = |token: u32| tracer.tokens.origins[token as usize] as usize;
    let mut held = tracer.body(traced).first().map_or(version, |stand| origin(stand.token));
    let tokens = tokens(&history.versions[version].text).map(|(kind, range)| {
        let stand = stands.as_slice().first().filter(|_| kind != Kind::Space);
        if let Some(stand) = stand {
            stands.next();
            held = origin(stand.token);
        }
        let Marks { is_moved, is_returned, is_copied, n_rewordings } =
            stand.map(|stand| stand.marks).unwrap_or_default();
        Credited { range, kind, origin: held, is_moved, is_returned, is_copied, n_rewordings }
    });
    CreditedText { version, tokens: tokens.collect() }
}

fn fates(tracer: &Tracer<'_>, n_versions: usize) -> (Vec<Fate>, Vec<Life>) {
    let mut fates = vec![Fate::default(); n_versions];
    let mut lives: BTreeMap<(usize, i64, Option<i64>), usize> = BTreeMap::new();
    // The first two tokens are the margins.
    for token in (2..tracer.tokens.words.len() as u32).filter(|token| tracer.kind(*token) == Kind::Word) {
        let origin = tracer.tokens.origins[token as usize] as usize;
        let fate = &mut fates[origin];
        fate.n_proposed += 1;
        if let Some((entered, left)) = tracer.lives.of(token) {
            fate.n_adopted += 1;
            fate.n_survived += usize::from(left.is_none());
            *lives.entry((origin, entered, left)).or_default() += 1;
        }
    }
    let life = |((origin, entered, left), n_words)| Life { origin, entered, left, n_words };
    (fates, lives.into_iter().map(life).collect())
}
