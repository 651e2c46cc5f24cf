//! What a document says, as values: each with the words that say so, the rule that read them, and how sure the rule is.
//!
//! Parties are numbers of entries in [`Answer::persons`] and [`Answer::organisations`]; every [`Span`] is in bytes of the
//! document's text and slices back to the words found there.

use std::ops::Range;

use serde::Serialize;

/// A stretch of a document's text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// Returns the span from `start` up to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Returns the same as a range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// True when `other` lies inside, or is the same.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share a byte.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// Words that say something, and how they were read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// The words.
    pub span: Span,
    /// Name of the rule that read them, e.g. `name-comma-organisation`.
    pub rule: &'static str,
    /// How often the rule is right, 0 to 1. What is below the accept threshold waits for review.
    pub confidence: f64,
}

impl Found {
    /// Returns words read by a rule.
    #[must_use]
    pub fn new(span: Span, rule: &'static str, confidence: f64) -> Self {
        Self { span, rule, confidence }
    }
}

/// A party of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// An entry of [`Answer::persons`].
    Person(usize),
    /// An entry of [`Answer::organisations`].
    Organisation(usize),
    /// A party that is only described: `Sector Members, Associates`.
    Words(Span),
}

/// Everything that was read from one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What the document is, in a few words: `workshop report`, `event programme`, `news: agreement`, `minutes` ...
    pub kind: String,
    /// Events that it reports, announces or mentions with a date or place.
    pub events: Vec<Event>,
    /// Sessions of the first event, in order.
    pub sessions: Vec<Session>,
    /// Persons, in order of first mention.
    pub persons: Vec<Person>,
    /// Organisations, bodies and units, in order of first mention.
    pub organisations: Vec<Organisation>,
    /// Agreements between organisations.
    pub agreements: Vec<Agreement>,
    /// Partnership projects, with who is partner since when.
    pub projects: Vec<Project>,
    /// Statements of quantity.
    pub metrics: Vec<Metric>,
    /// Conclusions, decisions, findings, goals, recommendations.
    pub conclusions: Vec<Conclusion>,
    /// What somebody is to do.
    pub actions: Vec<Action>,
    /// Documents that are cited.
    pub references: Vec<Found>,
    /// Activities that parties of an agreement plan.
    pub activities: Vec<Activity>,
    /// Dates as they stand.
    pub dates: Vec<StatedDate>,
    /// Clauses of a resolution.
    pub clauses: Vec<Clause>,
    /// Acronyms that the document defines.
    pub acronyms: Vec<Acronym>,
    /// What could not be decided and waits for a person.
    pub doubts: Vec<Doubt>,
}

/// A time as stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Time {
    /// `2024`, `2024-06`, `2024-06-17` or `2024-06-17/2024-06-19`.
    Date(String),
    /// Words that only an event or the date of the document can turn into a date: `earlier this year`.
    Relative,
    /// A time of day: `09:00 - 09:30`.
    Clock(String),
}

/// A date or time as it stands in the document.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedDate {
    /// What it says.
    pub time: Time,
    /// The words.
    pub found: Found,
}

/// An event: a workshop, meeting, assembly, signing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// Date, year or interval, where stated.
    pub date: Option<String>,
    /// Place, where stated.
    pub place: Option<String>,
    /// `in-person`, `online`, `hybrid`, where stated or implied by words that `evidence` shows.
    pub mode: Option<String>,
    /// Number or word of its place in a series: `first`, `15th`.
    pub ordinal: Option<String>,
    /// Theme, where stated.
    pub theme: Option<String>,
    /// `planned`, `future`, or nothing.
    pub status: Option<String>,
    /// How often it is held: `annual`.
    pub recurrence: Option<String>,
    /// Who organises or hosts it.
    pub organisers: Vec<Who>,
    /// Under whose approval or mandate it was held.
    pub mandate: Vec<Who>,
    /// Address of its page.
    pub url: Option<String>,
    /// The words that say so; the first one names the event.
    pub evidence: Vec<Found>,
}

/// A session of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Its title, as written, white space folded.
    pub title: String,
    /// Everything that stands under it, title included.
    pub extent: Span,
    /// Who moderates: an entry of [`Answer::persons`].
    pub moderator: Option<usize>,
    /// `09:00-09:30 GMT+8`.
    pub time: Option<String>,
    /// Planned length.
    pub planned_minutes: Option<u32>,
    /// Number of speakers that the programme announces.
    pub planned_speakers: Option<u32>,
    /// The words of its title.
    pub found: Found,
}

/// A human being, as far as one document shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// The fullest form of the name, as written.
    pub name: String,
    /// Honorific as written at the first mention that has one: `Mr.`, `H.E. Mr.`, `Dr`.
    pub honorific: Option<String>,
    /// True when the document gives a given name only: nobody may link this person by itself.
    pub is_given_name_only: bool,
    /// Where the name stands, honorifics left out, in order.
    pub mentions: Vec<Found>,
    /// Offices, affiliations and what the person did in the event.
    pub roles: Vec<Role>,
}

/// One statement on a person: office, organisation, and part in the event.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Office or function as written: `Director General, Department of International Cooperation`.
    pub title: Option<String>,
    /// Organisation: an entry of [`Answer::organisations`].
    pub organisation: Option<usize>,
    /// Part in the event: `speaker`, `moderator`, `keynote`, `panellist`, `attendee`, `floor`, `editor`, `signatory` ...
    pub part: Option<String>,
    /// Session: an entry of [`Answer::sessions`].
    pub session: Option<usize>,
    /// `former`, `new`, `acting`, `elect`; nothing for an office that is simply held.
    pub status: Option<String>,
    /// `remote`, `recording`, `speech received`, `in person`, as written.
    pub mode: Option<String>,
    /// Title of the talk.
    pub talk: Option<String>,
    /// The words that say so.
    pub found: Found,
}

/// An organisation, body or unit, as far as one document shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Organisation {
    /// Full name: as the document gives it, else as the gazetteer knows it.
    pub name: String,
    /// Acronym or short name.
    pub acronym: Option<String>,
    /// `SDO`, `SDO-committee`, `company`, `government`, `academia`, `association`, `UN-agency`, `org-unit`, `project` ...
    pub kind: String,
    /// Country, where the document states it or the gazetteer knows it.
    pub country: Option<String>,
    /// `stated`, `known`, or nothing.
    pub country_basis: Option<String>,
    /// Where it is named; a mention inside a longer one is nested.
    pub mentions: Vec<Named>,
}

/// One mention of an organisation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Named {
    /// The words.
    pub found: Found,
    /// True when they stand inside the name of another organisation.
    pub is_nested: bool,
}

/// An agreement between organisations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// `Memorandum of Understanding`, `Cooperation Agreement`, `Letter of Intent` ...
    pub instrument: String,
    /// Organisations: entries of [`Answer::organisations`], in order of mention.
    pub parties: Vec<usize>,
    /// The day of signing, where a date is stated for it.
    pub signed: Option<String>,
    /// The words of a day of signing that is only relative: `the day of the event`.
    pub signed_relative: Option<Span>,
    /// When it was announced, where stated.
    pub announced: Option<String>,
    /// When it takes effect, where stated.
    pub effective: Option<String>,
    /// Until when it holds, where stated.
    pub until: Option<String>,
    /// `electronic`, where stated.
    pub signing_mode: Option<String>,
    /// The instrument that it replaces, as written.
    pub predecessor: Option<String>,
    /// `upgrade`, `renewal`, `extension`, `termination`, `amendment`, with what.
    pub change: Option<String>,
    /// Who approved it.
    pub approvals: Vec<Approval>,
    /// What it is about.
    pub subject: Option<Span>,
    /// The aim that it states.
    pub aim: Option<Found>,
    /// Areas of cooperation, outermost first.
    pub areas: Vec<Area>,
    /// The lines that introduce the lists of areas.
    pub lead_ins: Vec<Span>,
    /// Who signed: entries of [`Answer::persons`].
    pub signatories: Vec<usize>,
    /// The words that say so; the first one is the sentence of the instrument.
    pub evidence: Vec<Found>,
}

/// The approval of an agreement by an organ.
#[derive(Clone, Debug, PartialEq)]
pub struct Approval {
    /// `Council`, `General Assembly`.
    pub organ: String,
    /// Whose organ: an entry of [`Answer::organisations`].
    pub organisation: Option<usize>,
    /// When, as written.
    pub when: Option<String>,
    /// The words that say so.
    pub found: Found,
}

/// An area of cooperation.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Its words, without a full stop.
    pub text: String,
    /// The area of which it is a part: an entry of [`Agreement::areas`].
    pub parent: Option<usize>,
    /// The words.
    pub found: Found,
}

/// A partnership project.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// Its name as written.
    pub name: String,
    /// Partners: entries of [`Answer::organisations`].
    pub partners: Vec<usize>,
    /// Since when, as written.
    pub since: Option<String>,
    /// The words that say so.
    pub found: Found,
}

/// A statement of quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// What is counted or measured, as far as the words show.
    pub subject: String,
    /// The number, or an interval as written (`2-3`).
    pub value: String,
    /// `=`, `>`, `>=`, `<`, `<=`, `~`.
    pub operator: &'static str,
    /// What the number counts: `years`, `members`.
    pub unit: String,
    /// As of when, where stated.
    pub as_of: Option<String>,
    /// The words.
    pub found: Found,
}

/// A conclusion, decision, finding, goal or recommendation.
#[derive(Clone, Debug, PartialEq)]
pub struct Conclusion {
    /// `session summary`, `workshop conclusion`, `recommendation`, `decision`, `goal`, `open issue`, `commitment` ...
    pub kind: &'static str,
    /// Session: an entry of [`Answer::sessions`].
    pub session: Option<usize>,
    /// Whose it is, where stated.
    pub by: Vec<Who>,
    /// When, where stated.
    pub date: Option<String>,
    /// The words.
    pub found: Found,
}

/// Something that somebody is to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// Who is to do it.
    pub owners: Vec<Who>,
    /// For whom or to whom, where stated.
    pub addressees: Vec<Who>,
    /// The words that lay it on the owner: `resolves to instruct the Director of TSB`.
    pub instrument: Option<String>,
    /// Until when, as written.
    pub due: Option<String>,
    /// The words.
    pub found: Found,
}

/// An activity that parties plan together.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// Agreement: an entry of [`Answer::agreements`].
    pub agreement: Option<usize>,
    /// `workshops`, as written.
    pub kind: String,
    /// The words.
    pub found: Found,
}

/// A clause of a resolution.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// The section in which it stands, as written: `considering`, `resolves to instruct TSAG`.
    pub section: String,
    /// Its letter or number, as written: `a)`, `1`.
    pub label: String,
    /// To whom the section speaks, where it names somebody.
    pub addressees: Vec<Who>,
    /// The words, label left out.
    pub found: Found,
}

/// An acronym that the document defines.
#[derive(Clone, Debug, PartialEq)]
pub struct Acronym {
    /// The acronym.
    pub short: Span,
    /// What it stands for.
    pub long: Span,
}

/// Something that a person has to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// Stable word for the kind, so that doubts can be counted: `fused-text`, `planned-and-listed-differ`, `given-name-only`.
    pub kind: &'static str,
    /// What was expected and what was found.
    pub what: String,
    /// One thing to do about it.
    pub hint: String,
    /// The words.
    pub found: Found,
}
