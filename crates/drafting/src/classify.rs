//! Classes of change: a clause before and after comes in, whether the change is mechanical, editorial or substantive goes out,
//! with every feature on which that rests.
//!
//! Mechanical is what a program may do: numbers of items, spaces, end marks. Editorial is what an editorial committee may do,
//! which "perfects the wording of texts ... without altering their sense and substance" (ITU-T Resolution 1 (Hammamet, 2016),
//! section 1). All else is substantive. The rules know words, not meaning: free rewording passes for a change of sense, and, more
//! rarely, a new adjective for wording. The golden documents show both; who decides looks at the features, not at the class alone.

mod actions;
mod compared;
mod roles;
mod turns;
mod wording;

use std::ops::Range;

use compared::Compared;

/// How much a change matters; a later one outweighs an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Numbers of items, spaces, end marks, the letters of internal references; or no change.
    #[default]
    Mechanical,
    /// Wording, spelling, punctuation, editions: the sense stays.
    Editorial,
    /// Who is to do what, how strictly, to what, how much, under which condition.
    Substantive,
}

/// A change with its class and what that rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classified {
    /// The heaviest class of the features; mechanical where there are none.
    pub class: Class,
    /// What changed, the heaviest first, then in order of the text.
    pub features: Vec<Feature>,
}

/// One thing that changed, with its words on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// What it is.
    pub kind: Aspect,
    /// Words of the text before; empty where something was added.
    pub before: Vec<Piece>,
    /// Words of the text after; empty where something was taken away.
    pub after: Vec<Piece>,
}

/// Words with their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the text, at boundaries of letters.
    pub range: Range<usize>,
    /// The words as written.
    pub words: String,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aspect {
    /// The number or letter of the item.
    Label,
    /// Spaces, or marks that look alike, such as two kinds of hyphen.
    Space,
    /// The mark at the end.
    EndMark,
    /// The letter of a reference to another clause of the same text.
    Reference,
    /// The edition of a document that is cited, or of the text itself.
    Edition,
    /// The spelling or ending of a word.
    Spelling,
    /// Marks within the text.
    Punctuation,
    /// Another word for the same, as the list of synonyms has it.
    Synonym,
    /// A rough count in a statement of fact: `over 520 members`.
    Count,
    /// Other words, of which no rule says that they change the sense.
    Wording,
    /// Who acts or is addressed.
    Actor,
    /// How strictly: `shall`, `should`, `may`, `to continue to`, `not`.
    Modal,
    /// What is done.
    Action,
    /// To what it is done.
    Object,
    /// A number, date or share.
    Quantity,
    /// All, some, only: how many are meant.
    Scope,
    /// Under which condition.
    Condition,
    /// Another document is cited.
    Citation,
    /// The verb of a call, of another class: `invites` for `instructs`.
    Call,
    /// A word stands for another that is no synonym of it.
    Term,
    /// Words were added that nothing in the other text stands for.
    Added,
    /// Words were taken away that nothing in the other text stands for.
    Removed,
    /// Most words are others.
    Rewritten,
    /// How things stand to each other: `before` for `after`, `or` for `and`.
    Relation,
    /// The sign of a number, of a currency, or of what is more or less.
    Sign,
    /// Square brackets: what stands in them is not agreed.
    Bracket,
    /// Two words in each other's place.
    Order,
    /// Other words in a language that the rules do not know.
    Unread,
}

impl Aspect {
    /// Returns the class that this makes of a change.
    #[must_use]
    pub fn class(self) -> Class {
        match self {
            Self::Label | Self::Space | Self::EndMark | Self::Reference => Class::Mechanical,
            Self::Edition | Self::Spelling | Self::Punctuation | Self::Synonym | Self::Count | Self::Wording => {
                Class::Editorial
            }
            _ => Class::Substantive,
        }
    }

    /// Returns its word, as reports and tables show it.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Space => "space",
            Self::EndMark => "end-mark",
            Self::Reference => "reference",
            Self::Edition => "edition",
            Self::Spelling => "spelling",
            Self::Punctuation => "punctuation",
            Self::Synonym => "synonym",
            Self::Count => "count",
            Self::Wording => "wording",
            Self::Actor => "actor",
            Self::Modal => "modal",
            Self::Action => "action",
            Self::Object => "object",
            Self::Quantity => "quantity",
            Self::Scope => "scope",
            Self::Condition => "condition",
            Self::Citation => "citation",
            Self::Call => "call",
            Self::Term => "term",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Rewritten => "rewritten",
            Self::Relation => "relation",
            Self::Sign => "sign",
            Self::Bracket => "bracket",
            Self::Order => "order",
            Self::Unread => "unread",
        }
    }
}

impl Class {
    /// Returns its word.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Mechanical => "mechanical",
            Self::Editorial => "editorial",
            Self::Substantive => "substantive",
        }
    }
}

/// Classifies the change from `before` to `after`: two versions of one clause or call, with or without their labels.
///
/// An empty text stands for a clause that is not there. Equal texts have no features.
///
/// ```
/// use drafting::classify::{Class, Aspect, classify};
/// let change = classify("1\tto commence a review;", "2\tto begin a review;");
/// assert_eq!(change.class, Class::Editorial);
/// assert_eq!(change.features.iter().map(|one| one.kind).collect::<Vec<_>>(), [Aspect::Synonym, Aspect::Label]);
///
/// let change = classify("that the editor should inform the Chair", "that the editor shall inform the Chair");
/// assert_eq!(change.class, Class::Substantive);
/// let feature = &change.features[0];
/// assert_eq!((feature.kind, &*feature.before[0].words, &*feature.after[0].words), (Aspect::Modal, "should", "shall"));
/// ```
#[must_use]
pub fn classify(before: &str, after: &str) -> Classified {
    if before == after {
        return Classified::default();
    }
    let features = match (before.trim().is_empty(), after.trim().is_empty()) {
        (true, true) => Vec::new(),
        (true, false) => vec![whole(Aspect::Added, "", after)],
        (false, true) => vec![whole(Aspect::Removed, before, "")],
        (false, false) => features(&Compared::new(before, after)),
    };
    let class = features.iter().map(|one| one.kind.class()).max().unwrap_or_default();
    Classified { class, features }
}

fn whole(kind: Aspect, before: &str, after: &str) -> Feature {
    let piece = |text: &str| {
        let words = text.trim();
        let start = text.len() - text.trim_start().len();
        (!words.is_empty()).then(|| Piece { range: start..start + words.len(), words: words.into() })
    };
    Feature { kind, before: piece(before).into_iter().collect(), after: piece(after).into_iter().collect() }
}

fn features(compared: &Compared<'_>) -> Vec<Feature> {
    let mut found = wording::mechanical(compared);
    if compared.is_changed() {
        found.extend(wording::editorial(compared));
        found.extend(roles::features(compared));
        found.extend(actions::features(compared));
        found.extend(turns::features(compared));
        found.extend(wording::size(compared));
    }
    // The words before a modal say it again where an actor was named.
    let is_named = found.iter().filter(|one| one.kind == Aspect::Actor).count() > 1;
    if is_named && let Some(at) = found.iter().rposition(|one| one.kind == Aspect::Actor) {
        found.remove(at);
    }
    // Another word in a place of which a rule knows more says it again.
    let is_told = |one: &Feature| {
        let same = |other: &&Feature| other.kind != one.kind && other.kind.class() == Class::Substantive;
        found
            .iter()
            .filter(same)
            .any(|other| one.before.iter().all(|piece| other.before.contains(piece)) && !other.before.is_empty())
    };
    let told: Vec<bool> = found.iter().map(|one| one.kind == Aspect::Term && is_told(one)).collect();
    let mut told = told.into_iter();
    found.retain(|_| !told.next().unwrap_or_default());
    let rest = wording::rest(compared, &found);
    found.extend(rest);
    let place = |one: &Feature| one.after.iter().chain(&one.before).map(|piece| piece.range.start).next();
    found.sort_by_key(|one| (std::cmp::Reverse(one.kind.class()), place(one), one.kind));
    found.dedup();
    found
}
