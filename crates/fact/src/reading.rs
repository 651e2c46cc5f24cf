//! Facts, the evidence they stand on, and what a reading of one source gives: facts and problems.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::{Act, When};

/// The bytes of one source at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'a> {
    /// SHA-256 of the bytes, in hexadecimal ([`content_id`]).
    pub id: &'a str,
    /// Where the bytes came from, as the user named it: a path relative to the source's folder, or an address.
    pub origin: &'a str,
    /// The bytes themselves.
    pub bytes: &'a [u8],
    /// Column mappings that the workspace keeps, each as TOML text: what the columns of a list mean. Adapters of lists
    /// take the one whose headings stand in the bytes; all others leave them alone.
    pub mappings: &'a [String],
}

impl<'a> Snapshot<'a> {
    /// Returns a snapshot of `bytes` from `origin`, without column mappings; `id` is their [`content_id`].
    #[must_use]
    pub fn new(id: &'a str, origin: &'a str, bytes: &'a [u8]) -> Self {
        Self { id, origin, bytes, mappings: &[] }
    }
}

/// Reads one kind of source. Pure: the same bytes give the same reading.
pub trait Adapter: Sync {
    /// Stable name, e.g. `tdocs_by_agenda`; part of every fact's identity, so never reused.
    fn name(&self) -> &'static str;

    /// Raised whenever the same bytes would give other facts.
    fn version(&self) -> u32;

    /// One sentence for people: what this adapter reads.
    fn title(&self) -> &'static str;

    /// True when these bytes are of the kind that this adapter reads, even if it will find nothing in them.
    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool;

    /// Facts found in `snapshot`, and every place that could not be read.
    fn read(&self, snapshot: &Snapshot<'_>) -> Reading;
}

/// What a source says, and where it could not be understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// What this source is, in a few words for people, e.g. `3GPP document list of SA2#128Bis`.
    pub about: String,
    /// Acts with evidence.
    pub facts: Vec<Fact>,
    /// Places that could not be read.
    pub problems: Vec<Problem>,
    /// Units that were looked at (rows, entries, blocks): the denominator of the share understood.
    pub n_units: u64,
}

/// One act, by one party, read from one place in one source. Names stay as they were written.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What was done.
    pub act: Act,
    /// Who did it, as written.
    pub who: Mention,
    /// On what it was done: a document, meeting, office, agreement.
    pub object: Option<Thing>,
    /// What the act points to: the new number of a revised document, the receiver of a liaison statement.
    pub target: Option<Thing>,
    /// The standards body or group in which it was done, as written.
    pub body: Option<String>,
    /// The meeting or event at which it was done, as written.
    pub event: Option<String>,
    /// When it was so.
    pub when: When,
    /// How much, where the act counts something.
    pub amount: Option<Amount>,
    /// Result, choice or reason in the words of the source.
    pub status: Option<String>,
    /// How the party took part.
    pub mode: Option<Mode>,
    /// 1.0 where the source states the act plainly; less where it is tentative or inferred by a documented rule. Below
    /// [`Fact::ACCEPT`] the fact is a candidate, which counts nowhere until a reviewer accepts it.
    pub confidence: f64,
    /// Name of the rule that inferred the act, e.g. `signed-by`; `None` where the source states it plainly.
    pub rule: Option<String>,
    /// The place that says so.
    pub evidence: Evidence,
}

impl Fact {
    /// The accept threshold: what is read with less confidence waits for review.
    pub const ACCEPT: f64 = 0.8;

    /// Returns a fact that says nothing yet but the act and its evidence; the caller fills in the rest.
    #[must_use]
    pub fn new(act: Act, evidence: Evidence) -> Self {
        Self {
            act,
            who: Mention::default(),
            object: None,
            target: None,
            body: None,
            event: None,
            when: When::UNKNOWN,
            amount: None,
            status: None,
            mode: None,
            confidence: 1.0,
            rule: None,
            evidence,
        }
    }
}

/// What kind of party a mention names, as far as the source shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Party {
    /// A human being; `name` is theirs, `affiliation` their organisation's.
    Person,
    /// A company, administration, university: `affiliation` is its name.
    Organisation,
    /// A standards body or one of its groups: `affiliation` is its name.
    Body,
    /// An office such as a chair or secretary, named without its holder: `role` is the office.
    Office,
    /// The source does not show it, or there is no party (an outcome belongs to the document).
    #[default]
    Unknown,
}

impl Party {
    /// Returns the word stored in ledgers.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Body => "body",
            Self::Office => "office",
            Self::Unknown => "unknown",
        }
    }
}

/// A party as written. `None` means that the source does not say; an affiliation of `Independent` is something said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Mention {
    /// What kind of party.
    pub party: Party,
    /// Name of the person.
    pub name: Option<String>,
    /// Organisation or body, of the person or as the party itself.
    pub affiliation: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// The part of an e-mail address after the `@`; the address itself is not kept.
    pub domain: Option<String>,
    /// Office or function in which the party acted.
    pub role: Option<String>,
}

impl Mention {
    /// Returns the mention of an organisation as party.
    #[must_use]
    pub fn organisation(name: &str) -> Self {
        Self { party: Party::Organisation, affiliation: Some(name.into()), ..Self::default() }
    }

    /// Returns the mention of a person, with the affiliation if the source gives one.
    #[must_use]
    pub fn person(name: &str, affiliation: Option<&str>) -> Self {
        Self {
            party: Party::Person,
            name: Some(name.into()),
            affiliation: affiliation.map(Into::into),
            ..Self::default()
        }
    }
}

/// Something that acts are done on or point to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Thing {
    /// `document`, `liaison-statement`, `meeting`, `session`, `office`, `agreement`, `work-item`, `body`, `fact` ...
    pub kind: String,
    /// Identifier as written; empty where the source gives none.
    pub id: String,
    /// Title as written; empty where the source gives none.
    pub title: String,
}

impl Thing {
    /// Returns a thing known by its identifier.
    #[must_use]
    pub fn new(kind: &str, id: &str) -> Self {
        Self { kind: kind.into(), id: id.into(), title: String::new() }
    }

    /// Returns the same thing with a title.
    #[must_use]
    pub fn titled(mut self, title: &str) -> Self {
        self.title = title.into();
        self
    }
}

/// A counted or measured amount.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// The number.
    pub value: f64,
    /// What it counts.
    pub unit: String,
}

/// How a party took part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// In the room.
    InPerson,
    /// By audio or video.
    Remote,
    /// Some parties in the room, others remote.
    Hybrid,
    /// By a recording or a text read out.
    Recorded,
}

impl Mode {
    /// Returns the word stored in ledgers.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::InPerson => "in-person",
            Self::Remote => "remote",
            Self::Hybrid => "hybrid",
            Self::Recorded => "recorded",
        }
    }

    /// Returns the mode with this word, or `None`.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        [Self::InPerson, Self::Remote, Self::Hybrid, Self::Recorded].into_iter().find(|mode| mode.slug() == slug)
    }
}

/// The place in a snapshot that states a fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// First byte of the place in the snapshot.
    pub start: u64,
    /// One past the last byte.
    pub end: u64,
    /// The place as a person would name it, e.g. `row 17`, `line 12`.
    pub place: String,
    /// The words found there, white space folded, at most [`Evidence::QUOTE`] characters.
    pub quote: String,
}

impl Evidence {
    /// Longest quote kept, in characters.
    pub const QUOTE: usize = 240;

    /// Returns the evidence of `bytes`, named `place`, which read `text`; the quote is folded and cut.
    #[must_use]
    pub fn new(bytes: std::ops::Range<usize>, place: impl Into<String>, text: &str) -> Self {
        let mut quote = String::with_capacity(text.len().min(Self::QUOTE));
        for word in text.split_whitespace() {
            if !quote.is_empty() {
                quote.push(' ');
            }
            quote.push_str(word);
            if quote.len() > Self::QUOTE * 4 {
                break;
            }
        }
        if let Some((cut, _)) = quote.char_indices().nth(Self::QUOTE) {
            quote.truncate(cut);
            quote.push('…');
        }
        Self { start: bytes.start as u64, end: bytes.end as u64, place: place.into(), quote }
    }
}

/// A place in a source that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable word for the kind of problem, so that problems can be counted by kind, e.g. `cells-missing`.
    pub kind: &'static str,
    /// Where it is, and the words found there.
    pub evidence: Evidence,
    /// What was expected and what was found.
    pub what: String,
    /// One thing to do about it.
    pub hint: String,
}

/// Returns the identity of some bytes: their SHA-256 in hexadecimal, 64 characters.
#[must_use]
pub fn content_id(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Returns the identity of a fact: the same adapter reading the same place gives the same id. 32 hexadecimal digits.
///
/// The version of the adapter is left out on purpose: a better reading of the same place is the same fact.
#[must_use]
pub fn fact_id(adapter: &str, snapshot: &str, fact: &Fact) -> String {
    let mut hash = Sha256::new();
    let mut put = |text: &str| {
        hash.update(text.as_bytes());
        hash.update([0x1f]);
    };
    put(adapter);
    put(snapshot);
    put(fact.act.slug());
    put(fact.who.party.slug());
    for text in [&fact.who.name, &fact.who.affiliation, &fact.who.role, &fact.body, &fact.event, &fact.status] {
        put(text.as_deref().unwrap_or("\u{0}"));
    }
    for thing in [&fact.object, &fact.target].into_iter().flatten() {
        put(&thing.kind);
        put(&thing.id);
    }
    hash.update(fact.evidence.start.to_le_bytes());
    hash.update(fact.evidence.end.to_le_bytes());
    hex(&hash.finalize()[..16])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_no_bytes_is_the_published_one() {
        // FIPS 180-4, SHA-256 of the empty message.
        assert_eq!(content_id(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn two_parties_in_one_row_are_two_facts() {
        let evidence = Evidence::new(0..10, "row 1", "Acme, Borealis");
        let one = Fact { who: Mention::organisation("Acme"), ..Fact::new(Act::Submitted, evidence.clone()) };
        let two = Fact { who: Mention::organisation("Borealis"), ..Fact::new(Act::Submitted, evidence) };
        assert_ne!(fact_id("x", "s", &one), fact_id("x", "s", &two));
        assert_eq!(fact_id("x", "s", &one), fact_id("x", "s", &one.clone()));
    }

    #[test]
    fn quotes_are_folded_and_cut_between_characters() {
        let evidence = Evidence::new(0..1, "line 1", &"ü \n".repeat(1000));
        assert_eq!(evidence.quote.chars().count(), Evidence::QUOTE + 1);
        assert!(evidence.quote.starts_with("ü ü"));
    }
}
