//! A sitting: a base, the contributions to it, what was decided, and the one text that comes of them, in any form asked for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use document::{Format, View};
use drafting::akn::{self, Meta};
use drafting::classify::{Class, classify};
use drafting::docx::{self, Made};
use drafting::{Choice, Conflict, Contribution, Decision, Decisions, Draft, Merged, Outcome, Row, cover, html, merge};
use fact::{Fault, Remedy, Snapshot, content_id};
use jiff::civil::Date;
use ledger::{Answer, Value};

use crate::intake::is_made_up;
use crate::margin::{Margin, attach, margins};

/// A base with contributions and decisions, merged.
pub struct Sitting {
    /// What it is about.
    pub title: String,
    /// The base.
    pub base: Draft,
    /// The contributions, each with its id.
    pub contributions: Vec<Contribution>,
    /// What was decided.
    pub decisions: Decisions,
    /// The one text.
    pub merged: Merged,
    /// What stands in the margins of the contributions.
    pub margins: Vec<Margin>,
}

impl Sitting {
    /// Merges texts; it is about what the base says that it is about, or else what it is known by.
    #[must_use]
    pub fn new(known_by: String, base: Draft, contributions: Vec<Contribution>, decisions: Decisions) -> Self {
        let merged = merge(&base, &contributions, &decisions);
        let title = base.title().unwrap_or(known_by);
        Self { title, base, contributions, decisions, merged, margins: Vec::new() }
    }

    /// Reads files and merges them: contributions are `FILE`, known by the file's name, or `ID=FILE`.
    ///
    /// # Errors
    /// When a file cannot be read or is no document, two contributions have one id, or decisions are no list of decisions.
    pub fn of_files(base: &Path, contributions: &[String], decisions: Option<&Path>) -> Result<Self, Fault> {
        let mut read: Vec<Contribution> = Vec::new();
        let mut margins = Vec::new();
        for named in contributions {
            let (id, path) = identified(named);
            named_well(&id)?;
            if read.iter().any(|other| other.id == id) {
                let what = format!("expected an id of its own for each contribution, found `{id}` twice");
                return Err(Fault::new(Remedy::Ask, path.display().to_string(), what, "name one as `ID=FILE`"));
            }
            let own = contribution(&path)?;
            margins.extend(own.margins(&id));
            read.push(Contribution { id, draft: own.draft });
        }
        let decided = decisions.map(decided).transpose()?.unwrap_or_default();
        Ok(Self { margins, ..Self::new(stem(base), draft(base)?, read, decided) })
    }

    /// True where the base says of itself that it is made up.
    #[must_use]
    pub fn is_made_up(&self) -> bool {
        is_made_up(self.base.text().as_bytes())
    }

    /// Returns the merged text in the form that a file name asks for by its end.
    ///
    /// # Errors
    /// When the end is not one of those listed.
    pub fn formed(&self, end: &str, today: Date) -> Result<Vec<u8>, Fault> {
        let marked = || {
            let mut marked = self.merged.marked();
            attach(&mut marked, &self.margins);
            marked
        };
        Ok(match end {
            "docx" => docx::written(&marked(), &Made { title: &self.title, date: self.last_decision() }),
            "html" => html::side_by_side(&marked()).into_bytes(),
            "xml" => akn::written(&marked(), &self.meta(today)).into_bytes(),
            "txt" | "md" => self.merged.text().into_bytes(),
            "csv" => crate::output::csv(&self.clauses())?.into_bytes(),
            "json" => pretty(&crate::output::objects(&self.clauses()))?,
            other => {
                let what =
                    format!("expected .docx, .html, .xml (Akoma Ntoso), .txt, .md, .csv or .json, found `.{other}`");
                return Err(Fault::new(Remedy::Ask, other, what, "end the name of the file with one of these"));
            }
        })
    }

    /// The moment of the last decision, where it is a whole one.
    fn last_decision(&self) -> Option<&str> {
        self.decisions.records.last().map(|decision| decision.time.as_str()).filter(|time| time.contains('T'))
    }

    fn meta(&self, today: Date) -> Meta<'_> {
        let number = self.base.number(0).unwrap_or("none");
        let body = self.base.body().unwrap_or("body");
        // The day of the last decision, so that the same decisions give the same file; the present one where there is none.
        let decided = self.last_decision().and_then(|time| time.get(..10)?.parse().ok());
        let today = decided.unwrap_or(today);
        Meta { body, number, date: today, made: today, language: "en" }
    }

    /// Returns the table of clauses: where each stood and stands, how it came about, who changed it, and how much that matters.
    #[must_use]
    pub fn clauses(&self) -> Answer {
        let columns =
            ["place_before", "place_after", "outcome", "authors", "class", "features", "before", "after", "conflicts"];
        let text = |text: Option<&String>| text.map_or(Value::Null, |text| Value::Text(text.clone()));
        let row = |row: &Row| {
            let (before, after) = (row.before.as_deref().unwrap_or_default(), row.after.as_deref().unwrap_or_default());
            let classified = classify(before, after);
            let features: Vec<&str> = classified.features.iter().map(|feature| feature.kind.slug()).collect();
            let class = if before == after { String::new() } else { format!("{:?}", classified.class).to_lowercase() };
            vec![
                text(row.place_before.as_ref()),
                text(row.place_after.as_ref()),
                Value::Text(outcome(row.outcome).into()),
                Value::Text(self.names(row).join("+")),
                Value::Text(class),
                Value::Text(features.join(" ")),
                text(row.before.as_ref()),
                text(row.after.as_ref()),
                Value::Text(row.conflicts.join(" ")),
            ]
        };
        let rows = self.merged.rows.iter().filter(|row| row.before.is_some() || row.after.is_some()).map(row).collect();
        Answer { columns: columns.map(Into::into).to_vec(), rows }
    }

    /// The names of those who changed or moved a row.
    #[must_use]
    pub fn names(&self, row: &Row) -> Vec<&str> {
        row.authors.union(&row.movers).filter_map(|at| self.merged.authors.get(*at)).map(String::as_str).collect()
    }

    /// Returns the conflicts as rows; one alternative a row in the text form, all in `--json`.
    #[must_use]
    pub fn conflicts(&self) -> Answer {
        let columns = ["id", "kind", "place", "state", "by", "alternative"];
        let of = |conflict: &Conflict| -> Vec<Vec<Value>> {
            let row = |by: String, text: Option<&str>| {
                vec![
                    Value::Text(conflict.id.clone()),
                    Value::Text(conflict.kind.name().into()),
                    Value::Text(conflict.place.clone()),
                    Value::Text(state(conflict).into()),
                    Value::Text(by),
                    Value::Text(text.unwrap_or("(delete)").into()),
                ]
            };
            let alternatives = conflict.alternatives.iter();
            let base = conflict.base.iter().map(|text| row("base".into(), Some(text)));
            base.chain(alternatives.map(|own| row(joined(&own.by), own.text.as_deref()))).collect()
        };
        let rows = self.merged.conflicts.iter().flat_map(of).collect();
        Answer { columns: columns.map(Into::into).to_vec(), rows }
    }

    /// Returns the conflicts that nobody has decided and that no text can stand before.
    #[must_use]
    pub fn n_open(&self) -> usize {
        let is_open = |conflict: &&Conflict| conflict.decision.is_none() && conflict.kind.is_blocking();
        self.merged.conflicts.iter().filter(is_open).count()
    }

    /// Returns what was settled, as cover notes tell it.
    #[must_use]
    pub fn settled(&self) -> Vec<cover::Settled> {
        let numbers: BTreeMap<&str, usize> =
            self.merged.conflicts.iter().enumerate().map(|(at, conflict)| (conflict.id.as_str(), at + 1)).collect();
        let one = |conflict: &Conflict| {
            let decision = self.decisions.records.get(conflict.decision?)?;
            let says = |text: Option<&str>| {
                text.map_or("strikes it".to_string(), |text| format!("writes \"{}\"", brief(text)))
            };
            Some(cover::Settled {
                id: format!("K{}", numbers[conflict.id.as_str()]),
                place: self.place_of(conflict),
                alternatives: conflict
                    .alternatives
                    .iter()
                    .map(|own| (joined(&own.by), says(own.text.as_deref())))
                    .collect(),
                choice: match &decision.choice {
                    Choice::Take(by) if by == "base" => "the text of the base".into(),
                    Choice::Take(by) => format!("the text of {by}"),
                    Choice::Text(text) => format!("a text of its own, \"{}\"", brief(text)),
                    Choice::Brackets => "left to the meeting, in square brackets".into(),
                    Choice::Drop => "none of them".into(),
                    Choice::Both => "all of them, as they stand".into(),
                },
                is_editorial: decision.editorial,
                reason: decision.reason.clone(),
            })
        };
        self.merged.conflicts.iter().filter_map(one).collect()
    }

    /// Returns contributions that strike more than half of a base of some length, with the number of clauses struck and that of all: most of
    /// them are no whole text, or about something else.
    #[must_use]
    pub fn mostly_struck(&self) -> Vec<(&str, usize, usize)> {
        const LEAST: usize = 6;
        let of_base = || self.merged.rows.iter().filter(|row| row.before.is_some());
        let n_all = of_base().count();
        let mut found = Vec::new();
        for (at, id) in self.merged.authors.iter().enumerate() {
            let n_struck = of_base().filter(|row| row.after.is_none() && row.authors.contains(&at)).count();
            if n_all >= LEAST && 2 * n_struck > n_all {
                found.push((id.as_str(), n_struck, n_all));
            }
        }
        found
    }

    /// Returns decisions that were called editorial although their words change the sense, each with its place and the features.
    #[must_use]
    pub fn doubtful(&self) -> Vec<(String, String)> {
        let one = |conflict: &Conflict| {
            let decision = self.decisions.records.get(conflict.decision?).filter(|decision| decision.editorial)?;
            let base = conflict.base.as_deref()?;
            let chosen = match &decision.choice {
                Choice::Text(text) => text.as_str(),
                Choice::Take(id) => {
                    conflict.alternatives.iter().find(|own| own.by.contains(id))?.text.as_deref().unwrap_or_default()
                }
                Choice::Brackets | Choice::Drop | Choice::Both => return None,
            };
            let classified = classify(base, chosen);
            let features: Vec<&str> = classified.features.iter().map(|feature| feature.kind.slug()).collect();
            (classified.class == Class::Substantive).then(|| {
                let what = format!("called editorial, yet it looks substantive: {}", features.join(", "));
                (conflict.place.clone(), what)
            })
        };
        self.merged.conflicts.iter().filter_map(one).collect()
    }

    /// Where the merged text has what a conflict was about; empty where nothing of it is left.
    fn place_of(&self, conflict: &Conflict) -> String {
        let row = self.merged.rows.iter().find(|row| row.conflicts.contains(&conflict.id) && row.after.is_some());
        row.and_then(|row| row.place_after.as_ref()).map_or(String::new(), |place| place.replace('/', " "))
    }

    /// Returns the draft of a cover note.
    #[must_use]
    pub fn note(&self) -> String {
        let stands = |row: &&Row| row.after.is_some();
        let is_alone = |row: &&Row| {
            row.before.is_none() && matches!(row.outcome, Outcome::OneSided | Outcome::Agreed) && row.after.is_some()
        };
        let merged = cover::Merged {
            title: self.title.clone(),
            sources: self.contributions.iter().map(|one| one.id.clone()).collect(),
            n_clauses: self.merged.rows.iter().filter(stands).count(),
            n_complementary: self.merged.rows.iter().filter(is_alone).count(),
            n_open: self.n_open(),
            n_listed: self.merged.conflicts.iter().filter(|one| one.decision.is_none()).count() - self.n_open(),
        };
        cover::note(&merged, &self.settled())
    }
}

/// How a row came about, in words.
#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Untouched => "untouched",
        Outcome::Agreed => "agreed",
        Outcome::OneSided => "one-sided",
        Outcome::Composable => "composed",
        Outcome::Contested(kind) => kind.name(),
    }
}

/// Ids joined as reviewers of a document are.
pub fn joined(by: &std::collections::BTreeSet<String>) -> String {
    by.iter().map(String::as_str).collect::<Vec<_>>().join("+")
}

/// How far a conflict is: `open` where the base stands until somebody decides, `listed` where all stand as proposed.
fn state(conflict: &Conflict) -> &'static str {
    match (conflict.decision, conflict.kind.is_blocking()) {
        (Some(_), _) => "decided",
        (None, true) => "open",
        (None, false) => "listed",
    }
}

/// The first words of a text, on one line.
fn brief(text: &str) -> String {
    const MOST: usize = 90;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{} ...", text[..at].trim_end()),
        None => text,
    }
}

/// A contribution as it is named: `ID=FILE`, or `FILE`, whose name is its id.
#[must_use]
pub fn identified(named: &str) -> (String, PathBuf) {
    match named.split_once('=') {
        Some((id, path)) if !id.is_empty() => (id.into(), path.into()),
        _ => (stem(Path::new(named)), named.into()),
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| path.display().to_string(), |stem| stem.to_string_lossy().into_owned())
}

/// Refuses ids that would be mistaken for something else where alternatives are written out.
///
/// # Errors
/// When it is one of these.
pub fn named_well(id: &str) -> Result<(), Fault> {
    if id == "base" || id.is_empty() || id.contains(['[', ']', ':', '+', ',']) || id.contains(char::is_control) {
        let what = format!("expected an id without `[`, `]`, `:`, `+` and `,`, and other than `base`, found `{id}`");
        return Err(Fault::new(Remedy::Ask, id, what, "name the contribution as `ID=FILE`"));
    }
    Ok(())
}

/// A contribution as it was read, and its bytes.
pub struct Read {
    /// What it proposes.
    pub draft: Draft,
    bytes: Vec<u8>,
}

impl Read {
    /// Returns what stands in its margin.
    #[must_use]
    pub fn margins(&self, id: &str) -> Vec<Margin> {
        margins(id, &self.bytes)
    }
}

/// Reads a file as a contribution: a draft, with its margin.
///
/// # Errors
/// When it cannot be read, is no document, or says nothing: taken as a whole text it would strike everything.
pub fn contribution(path: &Path) -> Result<Read, Fault> {
    let bytes = bytes(path)?;
    let name = path.display().to_string();
    let draft = draft_of(&name, &bytes)?;
    if draft.text().trim().is_empty() {
        let hint = "leave it out, or name the file with the text: a contribution is a whole text";
        return Err(Fault::new(Remedy::Source, name, "expected the words of a contribution, found none", hint));
    }
    Ok(Read { draft, bytes })
}

/// Reads a file as a draft, tracked changes accepted: what it proposes.
///
/// # Errors
/// When it cannot be read, or is no document.
pub fn draft(path: &Path) -> Result<Draft, Fault> {
    draft_of(&path.display().to_string(), &bytes(path)?)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Fault> {
    std::fs::read(path).map_err(|error| {
        Fault::new(Remedy::Source, path.display().to_string(), error, "name a file that exists and can be read")
    })
}

/// Reads the bytes of a document as a draft.
///
/// # Errors
/// When they are no document.
pub fn draft_of(name: &str, bytes: &[u8]) -> Result<Draft, Fault> {
    let document = document::read(&Snapshot::new(&content_id(bytes), name, bytes)).ok_or_else(|| {
        let what = "expected a document such as .docx, .txt, .md or .html, found other bytes";
        Fault::new(Remedy::Source, name, what, "save it as one of these")
    })?;
    // The bytes of plain text are its words, but for lines that were wrapped by hand: nothing is lost on the way back.
    Ok(match (document.format, std::str::from_utf8(bytes)) {
        (Format::Text, Ok(text)) => Draft::read(&drafting::unwrapped(&text.replace("\r\n", "\n"))),
        _ => Draft::of(&document, View::Accepted),
    })
}

/// Reads decisions: a JSON array, or one decision a line.
///
/// # Errors
/// When the file cannot be read, or holds something else.
pub fn decided(path: &Path) -> Result<Decisions, Fault> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fault::new(Remedy::Ask, &name, error, "name a file of decisions"))?;
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let read: Result<Decisions, _> = if text.trim_start().starts_with('[') {
        serde_json::from_str(&text)
    } else {
        lines().map(serde_json::from_str).collect::<Result<Vec<_>, _>>().and_then(standing)
    };
    let mut decisions = read.map_err(|error| {
        let hint = "write `[{\"conflict\": ID, \"choice\": {\"take\": \"C1\"}, \"reason\": \"...\", \"author\": \"...\", \
                    \"time\": \"2024-09-02\", \"editorial\": true}]`";
        Fault::new(Remedy::Ask, &name, error, hint)
    })?;
    for decision in &mut decisions.records {
        if let Choice::Text(own) = &mut decision.choice {
            *own = own_words(own).map_err(|what| {
                Fault::new(Remedy::Ask, &decision.conflict, what, "write them as `{\"text\": \"...\"}`")
            })?;
        }
    }
    Ok(decisions)
}

/// The decisions that stand after lines of a log, in which a line without a choice takes the last decision on its conflict back.
///
/// # Errors
/// When a line with a choice is no decision.
pub fn standing(lines: Vec<serde_json::Value>) -> Result<Decisions, serde_json::Error> {
    let mut records: Vec<Decision> = Vec::new();
    for line in lines {
        if line.get("drafting").is_some() && line.get("choice").is_none() {
            let conflict = line["conflict"].as_str().unwrap_or_default();
            // What is taken back uncovers what was decided before.
            if let Some(at) = records.iter().rposition(|decision| decision.conflict == conflict) {
                records.remove(at);
            }
        } else {
            records.push(serde_json::from_value(line)?);
        }
    }
    Ok(Decisions { records })
}

/// Own words as a clause takes them: on one line, without the mark at its end, which the place decides.
///
/// # Errors
/// When there are none.
pub fn own_words(text: &str) -> Result<String, &'static str> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches([';', ',', '.']).trim_end();
    if text.is_empty() { Err("expected the words of the text, found none") } else { Ok(text.into()) }
}

fn pretty(value: &impl serde::Serialize) -> Result<Vec<u8>, Fault> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|error| Fault::bug("json", error))?;
    text.push(b'\n');
    Ok(text)
}
