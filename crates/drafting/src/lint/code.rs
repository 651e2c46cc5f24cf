//! The rules by their codes, with the reason of each.

/// Which rule a lint is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// One document is cited in two editions.
    TwoEditions,
    /// An edition whose place and year do not belong together.
    UnknownEdition,
    /// A clause does not end with the mark that its position asks for.
    EndMark,
    /// Parts of a list after `;` that are not of one kind.
    BrokenList,
    /// A name in a spelling that is not its own.
    Name,
    /// A word that is a known slip for another.
    Slip,
    /// A word spelt against the rest of the text: `optimise` among `organize`, `standardize`.
    MixedSpelling,
    /// A verb in a form that its auxiliary does not take.
    VerbForm,
    /// A verb or word that does not agree with its noun in number.
    Agreement,
    /// `a` where `an` is spoken, or the reverse.
    Article,
    /// A word twice in a row.
    DoubledWord,
    /// Two spaces in a row.
    DoubledSpace,
    /// A space before a mark, or after an opening bracket.
    StraySpace,
    /// No space after a mark.
    MissingSpace,
    /// Words that stand together because a revision lost its marks.
    RunTogether,
    /// A reference to a clause that the text does not have.
    LostReference,
    /// The mark of a note that the text does not have.
    MarkWithoutNote,
    /// The clause speaks of something else, or of more or less, than the one that it derives from.
    ScopeShift,
    /// Another body or party acts than in the clause that it derives from.
    ActorShift,
}

impl Code {
    /// Every code, in the order in which they are told.
    pub const ALL: [Self; 19] = [
        Self::TwoEditions,
        Self::UnknownEdition,
        Self::EndMark,
        Self::BrokenList,
        Self::Name,
        Self::Slip,
        Self::MixedSpelling,
        Self::VerbForm,
        Self::Agreement,
        Self::Article,
        Self::DoubledWord,
        Self::DoubledSpace,
        Self::StraySpace,
        Self::MissingSpace,
        Self::RunTogether,
        Self::LostReference,
        Self::MarkWithoutNote,
        Self::ScopeShift,
        Self::ActorShift,
    ];

    /// Returns its stable name: `two-editions`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::TwoEditions => "two-editions",
            Self::UnknownEdition => "unknown-edition",
            Self::EndMark => "end-mark",
            Self::BrokenList => "broken-list",
            Self::Name => "name",
            Self::Slip => "slip",
            Self::MixedSpelling => "mixed-spelling",
            Self::VerbForm => "verb-form",
            Self::Agreement => "agreement",
            Self::Article => "article",
            Self::DoubledWord => "doubled-word",
            Self::DoubledSpace => "doubled-space",
            Self::StraySpace => "stray-space",
            Self::MissingSpace => "missing-space",
            Self::RunTogether => "run-together",
            Self::LostReference => "lost-reference",
            Self::MarkWithoutNote => "mark-without-note",
            Self::ScopeShift => "scope-shift",
            Self::ActorShift => "actor-shift",
        }
    }

    /// Returns why it matters, in one sentence.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::TwoEditions => {
                "two editions of a document may say different things, and nobody can tell which one binds"
            }
            Self::UnknownEdition => "no assembly met there in that year, so the edition that is cited cannot be found",
            Self::EndMark => "the end mark tells whether more clauses follow, so a wrong one hides or invents a clause",
            Self::BrokenList => "a part of another kind has lost its verb or its label, and what it asks is left open",
            Self::Name => "names are searched and cited letter by letter, and another spelling names nobody",
            Self::Slip => "a slip is copied from revision to revision and makes translators ask",
            Self::MixedSpelling => {
                "one text has one spelling, and the exception shows a sentence that came from elsewhere"
            }
            Self::VerbForm => "a verb in the wrong form has two readings: a word is missing, or the tense is wrong",
            Self::Agreement => "number decides whether one or all are asked to act",
            Self::Article => "it is a slip that is seen at once and shows that a word was exchanged",
            Self::DoubledWord => "a doubled word is the trace of two versions joined by hand",
            Self::DoubledSpace => {
                "a doubled space is the trace of an insertion and shows as a change in every comparison"
            }
            Self::StraySpace => "a stray space breaks lines at the wrong place and hides a citation from a search",
            Self::MissingSpace => "two words become one for every search",
            Self::RunTogether => "what was struck and what was written in its place are both read as text",
            Self::LostReference => "what it leads to was struck or has another label, and what it adds is left open",
            Self::MarkWithoutNote => "readers look for a note that is not there, and a file shows an empty one",
            Self::ScopeShift => {
                "the words in their old place now reach more or fewer things, though the change may look editorial"
            }
            Self::ActorShift => "another body is bound or praised, though the change may look editorial",
        }
    }
}
