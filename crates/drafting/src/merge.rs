//! A base and contributions to it become one text; where they do not agree, that is a value too.
//!
//! Comes in: a base, contributions, decisions. Goes out: [`Merged`]: rows clause by clause with outcome and authors, conflicts,
//! mechanical changes, and the text. The steps: which clause is which ([`mod@crate::align`]), what each contribution does to each clause
//! (`side`), what becomes of whole resolutions and sections (`symbol`, `section`) and of the words of each clause (`compose`), whether changes
//! that go together also do so in sense (`sense`), where a clause stands (`order`), what says the same twice (`redundant`), labels, ends and
//! references (`label`, `refer`), and the words with their authors (`write`). Nothing is dropped silently.
//!
//! # Laws
//! With b the base and A a contribution without symbols: merge(b, []) = b, merge(b, [b]) = b, merge(b, [A]) = A, merge(b, [A, A]) = A
//! without conflict; accepting all of [`Merged::marked`] is the merged text and rejecting all is the base; the order of contributions
//! changes nothing; open alternatives stand in square brackets where a conflict [is blocking](ConflictKind::is_blocking), and nowhere else.
//! Three cases where these laws and the format of the texts clash are decided so:
//! - **Labels.** Where a contribution changed only labels in a group of siblings, the base's labels stand: relabelling is no change. Where the
//!   clauses of a group are those of the base or of one contribution, its labels stand as written, also irregular ones; otherwise
//!   they are counted anew, as are those of one contribution among others that are out of sequence. So merge(b, [A]) = A but for
//!   groups that A only relabelled.
//! - **Rejecting one author** gives the merge without that author up to labels, end punctuation, references and white space, which follow from
//!   all contributions together, where that author takes part in no conflict, nobody's clause stands next to one that it moved, and nobody
//!   adds what it adds at another place.
//! - **White space** around clauses follows the contribution that changed it, the first by id where several did; it is never a conflict.

mod compose;
mod conflict;
mod ends;
mod item;
mod label;
mod marked;
mod notes;
mod order;
mod redundant;
mod refer;
mod row;
mod section;
mod sense;
mod side;
mod splice;
mod symbol;
mod write;

use crate::clause::Draft;
use crate::decision::{Decisions, Docket, Unused};

pub use conflict::{Alternative, Conflict, ConflictKind};
pub use row::{Mechanical, MechanicalKind, Outcome, Row};

/// A text that somebody proposes in place of the base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contribution {
    /// What it is known by: `C102`.
    pub id: String,
    /// What it proposes. With a symbol (`MOD`, `SUP`, `NOC`) before a resolution it is about the resolutions that it names;
    /// without any it is the whole text, and what it does not have it deletes.
    pub draft: Draft,
}

/// What became of a base and contributions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// Who changed anything: the contributions in the order of their ids, then editors who decided. Positions point here.
    pub authors: Vec<String>,
    /// Clause by clause, in the order of the merged text; what was deleted stands where it stood.
    pub rows: Vec<Row>,
    /// Where contributions do not agree, or say the same twice, in the order of the text.
    pub conflicts: Vec<Conflict>,
    /// What was done so that labels, ends and references fit.
    pub mechanical: Vec<Mechanical>,
    /// Decisions that changed nothing, with the reason.
    pub unused: Vec<Unused>,
    decisions: Decisions,
    start: write::Scalar,
}

/// Merges contributions into a base.
///
/// A pure function: the same arguments give the same text, conflicts and ids; the order of contributions changes nothing. A
/// conflict that is not decided leaves the base as it stands and puts the alternatives after it in square brackets; what is
/// only redundant stands as proposed and is listed.
///
/// ```
/// use drafting::{Contribution, Decisions, Draft, merge};
/// let base = Draft::read("resolves\n1\tto bring the needs of countries;\n2\tto report yearly.\n");
/// let of = |id: &str, text: &str| Contribution { id: id.into(), draft: Draft::read(text) };
/// let one = of("C1", "resolves\n1\tto address the needs of countries;\n2\tto report yearly.\n");
/// let two = of("C2", "resolves\n1\tto bring the needs of all countries;\n2\tto report yearly.\n");
/// let merged = merge(&base, &[one, two], &Decisions::default());
/// assert_eq!(merged.text(), "resolves\n1\tto address the needs of all countries;\n2\tto report yearly.\n");
/// assert!(merged.conflicts.is_empty());
/// ```
#[must_use]
pub fn merge(base: &Draft, contributions: &[Contribution], decisions: &Decisions) -> Merged {
    let mut docket = Docket::new(decisions);
    let sides = side::sides(base, contributions);
    let mut bench = item::Bench::new(base, sides);
    let open = bench.symbols(&mut docket);
    bench.compose(&mut docket);
    bench.suspend_resolutions(&open);
    let lines = bench.ordered(&mut docket);
    redundant::redundant(&mut bench, &lines, &mut docket);
    label::label(&mut bench, &lines);
    refer::refer(&mut bench, &lines);
    notes::follow(&mut bench, &lines);
    let start = bench.start();
    let rows = write::rows(&mut bench, &lines);
    let authors = bench.authors;
    let mut conflicts = bench.conflicts;
    conflict::sort(&mut conflicts, &rows);
    Merged {
        authors,
        rows,
        conflicts,
        mechanical: bench.mechanical,
        unused: docket.unused(),
        decisions: decisions.clone(),
        start,
    }
}
