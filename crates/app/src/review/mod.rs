//! Review: readings that are not sure, with their words in context, and what reviewers decide on them.
//!
//! Comes in: a session on the ledger and what a reviewer says. Goes out: subjects in the order of the queue, and decisions
//! with the words that they judge, ready to be kept. What a decision then does is the ledger's SQL, and not known here.

mod args;
mod context;
mod fields;

use std::collections::{BTreeMap, BTreeSet};

use fact::{Fault, Remedy};
use jiff::Timestamp;
use ledger::{Answer, Ledger, Params, Review, Session, Value, Verdict};

pub use self::args::{ReviewArgs, ReviewCommand};
pub use self::context::Context;
pub use self::fields::{FIELDS, column_of, fields};
use crate::exit::Failure;
use crate::intake::Replayed;
use crate::view::AsOf;

/// One reading that can be judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Id of the fact.
    pub id: String,
    /// `waiting`, `plain`, or the verdict that holds for it.
    pub state: String,
    /// What was read, by column of the table `fact`; what the source does not say is left out.
    pub read: BTreeMap<String, String>,
    /// How often such a reading is right.
    pub confidence: f64,
    /// Where the bytes came from.
    pub origin: String,
    /// The snapshot, and the bytes in it.
    pub snapshot: String,
    /// First byte and one past the last.
    pub at: (i64, i64),
    /// True where the source says that it is made up.
    pub is_made_up: bool,
    /// What its twins share.
    pub twin: String,
    /// Itself and its twins that wait.
    pub n_alike: i64,
}

/// What a reviewer says of a subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Why.
    pub reason: String,
    /// What is to stand, by field.
    pub to: BTreeMap<String, String>,
}

impl Subject {
    /// Returns what was read in a column, or nothing.
    #[must_use]
    pub fn read(&self, column: &str) -> &str {
        self.read.get(column).map_or("", String::as_str)
    }

    /// Returns what the reading states, in one line.
    #[must_use]
    pub fn told(&self) -> String {
        let party: Vec<&str> = ["name", "affiliation", "role"].map(|part| self.read(part)).to_vec();
        let thing: Vec<&str> = ["object_kind", "object_id", "object_title"].map(|part| self.read(part)).to_vec();
        let day = if self.read("from_day") == self.read("to_day") {
            self.read("from_day").to_string()
        } else {
            format!("{} to {}", self.read("from_day"), self.read("to_day"))
        };
        let joined =
            |parts: Vec<&str>, by: &str| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(by);
        let parts = [joined(party, ", "), joined(thing, " "), self.read("event").into(), self.read("body").into(), day];
        let said = joined(parts.iter().map(String::as_str).collect(), "; ");
        format!("{}: {said}", self.read("act"))
    }

    fn of(columns: &[String], row: &[Value]) -> Self {
        let cell = |name: &str| columns.iter().position(|column| column == name).map_or(&Value::Null, |at| &row[at]);
        let said = |name: &&str| Some(((*name).to_string(), cell(name).text_opt()?.to_string()));
        Self {
            id: cell("id").text().into(),
            state: cell("state").text().into(),
            read: READ.iter().filter_map(said).filter(|(_, value)| !value.is_empty()).collect(),
            confidence: cell("confidence").real().unwrap_or(1.0),
            origin: cell("origin").text().into(),
            snapshot: cell("snapshot").text().into(),
            at: (cell("start_byte").int(), cell("end_byte").int()),
            is_made_up: *cell("is_made_up") == Value::Truth(true),
            twin: cell("twin").text().into(),
            n_alike: cell("n_alike").int(),
        }
    }
}

/// Columns of `fact` that a subject carries as text.
const READ: &[&str] = &[
    "act",
    "party",
    "name",
    "affiliation",
    "country",
    "role",
    "object_kind",
    "object_id",
    "object_title",
    "target_kind",
    "target_id",
    "body",
    "event",
    "from_day",
    "to_day",
    "status",
    "mode",
    "rule",
    "adapter",
    "place",
    "quote",
];

/// Opens a session in which readings can be asked for; nothing is derived from them yet.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn session(ledger: &Ledger, as_of: AsOf) -> Result<Session, Fault> {
    let session = ledger.session(as_of.n_threads, as_of.learnt).await?;
    view_shown(&session).await?;
    Ok(session)
}

/// Keeps the view of all readings with what became of them.
///
/// # Errors
/// When the SQL is wrong, which is a bug.
pub async fn view_shown(session: &Session) -> Result<(), Fault> {
    session.view("shown", include_str!("../sql/shown.sql"), &Params::new()).await
}

/// Which part of the queue is looked at.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Only this act or rule.
    pub kind: Option<String>,
    /// At most so many.
    pub limit: Option<i64>,
    /// Only the first of each group of twins.
    pub is_first_only: bool,
}

/// Returns what waits, in the order of the queue, as rows and as subjects, and how many wait in all.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn queue(session: &Session, part: &Part) -> Result<(Answer, Vec<Subject>, i64), Fault> {
    let params = Params::from([
        ("kind", part.kind.clone().map_or(Value::Null, Value::Text)),
        ("first", if part.is_first_only { Value::Text("first".into()) } else { Value::Null }),
        ("limit", Value::Int(part.limit.unwrap_or(i64::MAX))),
    ]);
    let mut answer = session.query(include_str!("../sql/queue.sql"), &params).await?;
    let n_waiting = answer.rows.first().and_then(|row| row.last()).map_or(0, Value::int);
    let subjects = answer.rows.iter().map(|row| Subject::of(&answer.columns, row)).collect();
    // The last columns order and count the queue; a reader of the data does not need them.
    let n_told = answer.columns.iter().position(|column| column == "twin").unwrap_or(answer.columns.len());
    let n_alike = answer.columns.iter().position(|column| column == "n_alike");
    for row in &mut answer.rows {
        let alike = n_alike.map_or(Value::Null, |at| row[at].clone());
        row.truncate(n_told);
        row.push(alike);
    }
    answer.columns.truncate(n_told);
    answer.columns.push("alike".into());
    Ok((answer, subjects, n_waiting))
}

/// Returns the current reading whose id begins so.
///
/// # Errors
/// When there is none, or more than one.
pub async fn subject(session: &Session, id: &str) -> Result<Subject, Failure> {
    let found = subjects(session, Value::Text(id.into()), Value::Null).await?;
    let wrong = |what: &str, hint: &str| Fault::new(Remedy::Ask, id, what, hint);
    match <[Subject; 1]>::try_from(found) {
        Ok([subject]) if id.len() >= 6 => Ok(subject),
        Ok(_) => {
            Err(Failure::Fault(wrong("expected at least 6 digits of an id", "copy the id from `rapporteur review`")))
        }
        Err(none) if none.is_empty() => {
            Err(Failure::Nothing(wrong("no current fact has this id", "see `rapporteur review` for what waits")))
        }
        Err(_) => Err(Failure::Fault(wrong("expected one fact, found several", "write more digits of the id"))),
    }
}

/// Returns the other readings that wait and say the same with the same words.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn twins(session: &Session, subject: &Subject) -> Result<Vec<Subject>, Fault> {
    let mut found = subjects(session, Value::Null, Value::Text(subject.twin.clone())).await?;
    found.retain(|twin| twin.id != subject.id);
    Ok(found)
}

async fn subjects(session: &Session, id: Value, twin: Value) -> Result<Vec<Subject>, Fault> {
    let params = Params::from([("id", id), ("twin", twin)]);
    let answer = session.query(include_str!("../sql/subject.sql"), &params).await?;
    Ok(answer.rows.iter().map(|row| Subject::of(&answer.columns, row)).collect())
}

/// Returns decisions on a subject, and on those twins for which the same can be said: a correction holds for a twin where
/// the corrected fields read alike.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn decisions(
    session: &Session,
    verdict: Verdict,
    subjects: &[Subject],
    said: &Said,
    (by, at): (&str, Timestamp),
) -> Result<Vec<Review>, Fault> {
    let Some(first) = subjects.first() else { return Ok(Vec::new()) };
    let is_alike = |subject: &&Subject| {
        said.to.keys().map(|field| column_of(field)).all(|column| subject.read(column) == first.read(column))
    };
    let mut reviews = Vec::new();
    for subject in subjects.iter().filter(is_alike) {
        let params = Params::from([("snapshot", Value::Text(subject.snapshot.clone()))]);
        let stood = session.query(include_str!("../sql/address_of.sql"), &params).await?;
        let stood = stood.rows.first().map(|row| (row[0].text().to_string(), row[1].text().to_string()));
        let (source, address) = stood.unwrap_or_default();
        reviews.push(Review {
            fact: subject.id.clone(),
            reason: said.reason.clone(),
            source,
            address,
            snapshot: subject.snapshot.clone(),
            was: subject.read.clone(),
            to: said.to.clone(),
            ..Review::new(verdict, by, at)
        });
    }
    Ok(reviews)
}

/// Returns the decision that takes back the one whose id begins so.
///
/// # Errors
/// When there is none, or it was taken back already.
pub fn undoing(reviews: &[Review], id: &str, by: &str, at: Timestamp) -> Result<Review, Failure> {
    let hint = "see `rapporteur review log` for the decisions";
    let wrong = |what: &str| Failure::Nothing(Fault::new(Remedy::Ask, id, what, hint));
    let is_meant = |review: &&Review| id.len() >= 6 && review.id.starts_with(id) && review.verdict != Verdict::Undo;
    let found = reviews.iter().find(is_meant).ok_or_else(|| wrong("no decision has this id"))?;
    if reviews.iter().any(|review| review.verdict == Verdict::Undo && review.decision == found.id) {
        return Err(wrong("this decision was taken back already"));
    }
    Ok(Review { decision: found.id.clone(), ..Review::new(Verdict::Undo, by, at) })
}

/// Returns every decision, the latest first, with what holds of it.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn log(session: &Session) -> Result<Answer, Fault> {
    session.query(include_str!("../sql/review_log.sql"), &Params::new()).await
}

/// Returns the decisions of a log that no longer find their words.
pub fn lost(log: &Answer) -> impl Iterator<Item = &Vec<Value>> {
    log.rows.iter().filter(|row| row[4].text() == "lost")
}

/// Returns who reviews: the name that was given, or that of the settings.
///
/// # Errors
/// When there is neither.
pub fn reviewer<'a>(given: Option<&'a str>, settled: Option<&'a str>) -> Result<&'a str, Fault> {
    given.or(settled).map(str::trim).filter(|name| !name.is_empty()).ok_or_else(|| {
        let hint = "name yourself with `--by NAME`, or write `[review]` with `name = \"...\"` into rapporteur.toml";
        Fault::new(Remedy::Ask, "review", "expected the name of the reviewer, found none", hint)
    })
}

/// Returns which decision holds for which reading; `None` where nothing was decided.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn held(ledger: &Ledger) -> Result<Option<BTreeSet<(String, String)>>, Fault> {
    if ledger.reviews()?.is_empty() {
        return Ok(None);
    }
    let session = ledger.session(2, None).await?;
    let answer = session.query(include_str!("../sql/holding.sql"), &Params::new()).await?;
    Ok(Some(answer.rows.iter().map(|row| (row[0].text().into(), row[1].text().into())).collect()))
}

/// Returns what became of decisions since `before`.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn replayed(ledger: &Ledger, before: Option<BTreeSet<(String, String)>>) -> Result<Option<Replayed>, Fault> {
    let (Some(before), Some(after)) = (before, held(ledger).await?) else { return Ok(None) };
    let new: BTreeSet<&String> = after.difference(&before).map(|(review, _)| review).collect();
    let log = log(&ledger.session(2, None).await?).await?;
    Ok(Some(Replayed { n_replayed: new.len(), n_lost: lost(&log).count() }))
}
