//! Credit for words that a workspace keeps: whose the words of a text are, in a file each, `credits/NAME.jsonl`.
//!
//! The first line names the text and how its words live; then one line a version with words, which is read into the ledger, and one a party
//! with its statement. A file is written whole; keeping credit under the same name again replaces it, and the ledger with it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use drafting::credit::{
    Credit, Question, Share, Statement, Survival, credit_by_version, half_life_by_origin, statements, survival,
};
use fact::{Fault, Remedy, content_id};
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::Ledger;
use resolve::person::is_free_mail;
use serde::{Deserialize, Serialize};

use crate::drafts::{checked, fault};
use crate::intake::{Bytes, is_made_up, take_bytes};

/// Name of the source under which credit is read.
const SOURCE: &str = "credits";
/// Points of a curve that are kept.
const POINTS: i64 = 12;
/// Draws of versions for the interval of a half-life, as for shares.
const REPLICATES: u32 = 1000;
const SEED: u64 = 20_260_101;

/// The first line: the text, and how long its words live.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head {
    /// The mark of the kind of file; always 1.
    credit: u32,
    /// The name under which it is kept.
    pub text: String,
    /// The files that it consists of.
    pub document: String,
    /// The standards body whose text it is.
    pub body: String,
    /// First and last day of the history.
    pub from: Option<Date>,
    /// The last.
    pub to: Option<Date>,
    /// Versions of the history.
    pub n_versions: usize,
    /// Words of the text.
    pub n_words: usize,
    /// True where the text says of itself that it is made up.
    pub is_made_up: bool,
    /// How long its words live; `None` where times of versions are no days.
    pub life: Option<Life>,
}

/// How long words live.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Life {
    /// Days after which half of the words were gone; `None` where more than half always stand.
    pub half_life: Option<i64>,
    /// Its 95 % interval, from drawing versions again; `None` for a bound that was not observed.
    pub interval: [Option<i64>; 2],
    /// Words observed.
    pub n_words: usize,
    /// Share of words that stand longer, by days since they entered the text.
    pub curve: Vec<Point>,
}

/// A point of a curve: days, share, and its bounds after Greenwood.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Point {
    /// Days since the words entered.
    pub days: i64,
    /// Share that stands longer, with its lower and upper bound.
    pub share: [f64; 3],
}

/// The words of one party in one version.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Version {
    /// The hash of a commit, the id of a contribution.
    pub version: String,
    /// `commit`, `document`, `base` or `editor`.
    pub kind: String,
    /// The organisation; `None` where nobody is known, or sources of a document say it.
    pub party: Option<String>,
    /// The day of the version; that of the adoption where a version has none of its own.
    pub day: Option<Date>,
    /// Words proposed.
    pub proposed: f64,
    /// Words of the text.
    pub standing: f64,
}

/// A party: its statement, and how long its words live.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Party {
    /// What can be said of its words.
    pub statement: Statement,
    /// How long they live; as in [`Head::life`].
    pub life: Option<Life>,
}

/// Everything that is kept of one text.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The text.
    pub head: Head,
    /// Its versions.
    pub versions: Vec<Version>,
    /// Its parties, the largest share first.
    pub parties: Vec<Party>,
}

/// What is to be kept: a question with its answer, and what the versions are.
pub struct Keeping<'a> {
    /// The name under which it is kept.
    pub name: &'a str,
    /// The standards body.
    pub body: &'a str,
    /// The files.
    pub document: &'a str,
    /// What was asked.
    pub question: &'a Question<'a>,
    /// What was found.
    pub found: &'a Credit,
    /// The kind of each version.
    pub kinds: &'a [&'static str],
    /// The day of adoption, where versions have no days of their own.
    pub adopted: Option<Date>,
}

impl Keeping<'_> {
    /// Returns what is kept.
    ///
    /// # Errors
    /// As [`statements`].
    pub fn kept(&self) -> Result<Kept, Fault> {
        let versions = &self.question.history.versions;
        let days = || versions.iter().filter_map(|version| self.day(version.time));
        let head = Head {
            credit: 1,
            text: self.name.into(),
            document: self.document.into(),
            body: self.body.into(),
            from: days().min(),
            to: days().max(),
            n_versions: versions.len(),
            n_words: self.found.texts.iter().flat_map(|text| text.words()).count(),
            is_made_up: self.found.texts.iter().any(|text| is_made_up(versions[text.version].text.as_bytes())),
            life: self.life(|_| true),
        };
        let parties = statements(self.document, self.question)?.into_iter().map(|statement| {
            let is_own = |origin: usize| {
                let parts = self.question.parts(&versions[origin]);
                parts.iter().any(|(party, _)| *party == statement.party)
            };
            Party { life: self.life(is_own), statement }
        });
        Ok(Kept { head, versions: self.versions(), parties: parties.collect() })
    }

    fn versions(&self) -> Vec<Version> {
        let all = credit_by_version(self.question, self.found).into_iter().map(|own| {
            let version = &self.question.history.versions[own.version];
            let is_organisation = |party: &String| self.adopted.is_none() && !is_free_mail(party);
            Version {
                version: version.id.clone(),
                kind: self.kinds[own.version].into(),
                party: own.party.filter(is_organisation),
                day: self.day(version.time),
                proposed: own.n_proposed,
                standing: own.n_standing,
            }
        });
        all.collect()
    }

    fn day(&self, time: i64) -> Option<Date> {
        let own = || Timestamp::from_second(time).ok().map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).date());
        self.adopted.or_else(own)
    }

    /// How long the words of some versions live; `None` where nothing is known of days.
    fn life(&self, is_of: impl Fn(usize) -> bool) -> Option<Life> {
        const DAY: i64 = 86_400;
        if self.adopted.is_some() {
            return None;
        }
        let lives: Vec<_> = self.found.lives.iter().filter(|life| is_of(life.origin)).cloned().collect();
        let curve: Survival = survival(&lives, self.found.now);
        let longest = lives.iter().map(|life| life.left.unwrap_or(self.found.now) - life.entered).max()?;
        let days = |time: Option<i64>| time.map(|time| time / DAY);
        let step = (longest / DAY / POINTS).max(1);
        let at = |point: i64| Point { days: point * step, share: curve.at(point * step * DAY) };
        Some(Life {
            half_life: days(curve.half_life),
            interval: half_life_by_origin(&lives, self.found.now, REPLICATES, SEED).map(days),
            n_words: curve.n_words,
            curve: (0..=POINTS).map(at).take_while(|point| point.days * DAY <= longest).collect(),
        })
    }
}

/// The kept credit of a workspace.
pub struct Credits {
    folder: PathBuf,
}

impl Credits {
    /// That under the root of a workspace.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        Self { folder: root.join("credits") }
    }

    /// Returns the names, in order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let name = |entry: std::fs::DirEntry| Some(entry.file_name().to_str()?.strip_suffix(".jsonl")?.to_string());
        let mut names: Vec<String> = entries.filter_map(name).filter(|name| checked(name).is_ok()).collect();
        names.sort();
        names
    }

    /// Keeps credit under its name, and replaces what was kept there.
    ///
    /// # Errors
    /// When the name is none, or the file cannot be written.
    pub fn keep(&self, kept: &Kept) -> Result<(), Fault> {
        let path = self.place(&kept.head.text)?;
        let bug = |error: serde_json::Error| Fault::bug("credit", error);
        let mut text = serde_json::to_string(&kept.head).map_err(bug)? + "\n";
        for version in &kept.versions {
            text += &(serde_json::to_string(version).map_err(bug)? + "\n");
        }
        for party in &kept.parties {
            text += &(serde_json::to_string(party).map_err(bug)? + "\n");
        }
        std::fs::create_dir_all(&self.folder).map_err(|error| fault(&self.folder, &error))?;
        // Written beside its place, then moved there: a crash leaves the old one or the new one.
        let making = path.with_extension("new");
        std::fs::write(&making, text).map_err(|error| fault(&making, &error))?;
        std::fs::rename(&making, &path).map_err(|error| fault(&path, &error))
    }

    /// Opens what is kept under a name.
    ///
    /// # Errors
    /// When there is nothing of this name, or it cannot be read.
    pub fn open(&self, name: &str) -> Result<Kept, Fault> {
        let path = self.place(name)?;
        let text = std::fs::read_to_string(&path).map_err(|_| {
            let hint = "keep it with `rapporteur credit REPOSITORY FILE --keep NAME --body BODY`";
            Fault::new(Remedy::Ask, name, "expected credit of this name, found none", hint)
        })?;
        let broken = |error: serde_json::Error| {
            Fault::new(Remedy::Source, path.display().to_string(), error, "have the words credited again with `--keep`")
        };
        let mut lines = text.lines();
        let head = serde_json::from_str(lines.next().unwrap_or_default()).map_err(broken)?;
        let (mut versions, mut parties) = (Vec::new(), Vec::new());
        for line in lines {
            if line.starts_with("{\"statement\":") {
                parties.push(serde_json::from_str(line).map_err(broken)?);
            } else {
                versions.push(serde_json::from_str(line).map_err(broken)?);
            }
        }
        Ok(Kept { head, versions, parties })
    }

    /// Reads all that is kept into the ledger, where something changed.
    ///
    /// # Errors
    /// When the workspace cannot be read or written.
    pub async fn take(&self, ledger: &mut Ledger, now: Timestamp) -> Result<(), Fault> {
        let mut all = Vec::new();
        for name in self.names() {
            let path = self.place(&name)?;
            let bytes = std::fs::read(&path).map_err(|error| fault(&path, &error))?;
            all.push(Bytes {
                address: format!("credits/{name}.jsonl"),
                id: content_id(&bytes),
                bytes: Arc::new(bytes),
            });
        }
        take_bytes(ledger, SOURCE, all, now).await
    }

    fn place(&self, name: &str) -> Result<PathBuf, Fault> {
        checked(name)?;
        Ok(self.folder.join(format!("{name}.jsonl")))
    }
}

impl Party {
    /// The name of the party, also where there is none.
    #[must_use]
    pub fn name(&self) -> &str {
        self.statement.party.as_deref().unwrap_or("no author named")
    }

    /// Its share with its interval.
    #[must_use]
    pub fn share(&self) -> &Share {
        &self.statement.share
    }
}
