//! Opening, adding, reading and verifying a ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fact::{Fact, Fault, Problem, Remedy, fact_id};
use jiff::Timestamp;

use crate::answer::Value;
use crate::blobs::Blobs;
use crate::lock::WriteLock;
use crate::query::{Params, Session};
use crate::review::{self, Review};
use crate::store::Store;
use crate::table::{
    DecisionRow, DoubtRow, FactRow, IdentityRow, IndexRow, IndicatorRow, ObservationRow, ProblemRow, SightingRow,
    SnapshotRow, Table, batch,
};

/// What one snapshot said, ready to be kept.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The snapshot's row.
    pub snapshot: SnapshotRow,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The facts read from it.
    pub facts: Vec<Fact>,
    /// The places that could not be read.
    pub problems: Vec<Problem>,
}

/// What an addition changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Snapshots that were new.
    pub n_snapshots: usize,
    /// Snapshots that were held already.
    pub n_known: usize,
    /// Facts that were new.
    pub n_facts: usize,
    /// Problems that were new.
    pub n_problems: usize,
}

/// Readings that are held, by table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Published: the snapshot's row stands.
    pub published: BTreeSet<String>,
    /// Facts stand; the snapshot's row may be missing after a crash.
    pub with_facts: BTreeSet<String>,
    /// Problems stand.
    pub with_problems: BTreeSet<String>,
}

/// What an address of a source held when it was last seen, and what came of reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighted {
    /// The bytes.
    pub snapshot: String,
    /// What shows, without reading them, that they are still the same.
    pub state: String,
    /// What they were read with.
    pub reader: String,
    /// When we saw it, in microseconds since 1970.
    pub learnt: i64,
    /// What the adapter took it for.
    pub about: String,
    /// Adapter that read it, if any.
    pub adapter: Option<String>,
    /// Units looked at.
    pub n_units: i64,
    /// Facts read.
    pub n_facts: i64,
    /// Places that could not be read.
    pub n_problems: i64,
}

/// The result of checking a ledger against itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Snapshots looked at.
    pub n_snapshots: usize,
    /// Facts looked at.
    pub n_facts: i64,
    /// Problems looked at.
    pub n_problems: i64,
    /// Bytes hashed.
    pub n_bytes: u64,
    /// Facts of snapshots that were never published: left by an interrupted addition, invisible, completed by the next.
    pub n_unpublished: i64,
    /// What does not hold.
    pub faults: Vec<String>,
}

/// An open ledger.
pub struct Ledger {
    workspace: PathBuf,
    pub(crate) folder: PathBuf,
    blobs: Blobs,
    facts: Store,
    problems: Store,
    snapshots: Store,
    sightings: Store,
    pub(crate) decisions: Store,
    known: Option<Known>,
    threshold: f64,
    n_reviews: i64,
}

impl Ledger {
    /// Opens the ledger in a workspace folder (absolute), and makes its tables where there are none.
    ///
    /// # Errors
    /// When the folder cannot be read or written.
    pub async fn open(workspace: &Path) -> Result<Self, Fault> {
        let folder = workspace.join("tables");
        std::fs::create_dir_all(&folder).map_err(|error| {
            Fault::new(Remedy::Setup, folder.display().to_string(), error, "choose a folder that can be written")
        })?;
        // Tables are made under the lock, so that two first openings do not both try.
        let lock = WriteLock::take(&folder)?;
        let mut ledger = Self {
            workspace: workspace.into(),
            blobs: Blobs::new(workspace.join("snapshots")),
            facts: Store::open::<FactRow>(&folder).await?,
            problems: Store::open::<ProblemRow>(&folder).await?,
            snapshots: Store::open::<SnapshotRow>(&folder).await?,
            sightings: Store::open::<SightingRow>(&folder).await?,
            decisions: Store::open::<DecisionRow>(&folder).await?,
            folder,
            known: None,
            threshold: Fact::ACCEPT,
            n_reviews: 0,
        };
        drop(lock);
        ledger.n_reviews = ledger.reviews()?.len().cast_signed() as i64;
        Ok(ledger)
    }

    /// Returns the ledger with another accept threshold: facts that were read with less confidence are candidates.
    #[must_use]
    pub fn accepting(self, threshold: f64) -> Self {
        Self { threshold, ..self }
    }

    /// The version of the ledger: grows whenever a snapshot is published or superseded, and with every
    /// review and every decision.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.snapshots.version() + self.sightings.version() + self.decisions.version() + self.n_reviews
    }

    /// Moves on to what other processes have published meanwhile.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub async fn refresh(&mut self) -> Result<(), Fault> {
        // Facts before snapshots: whatever snapshot is seen as published then has its facts in view.
        let moved = self.sightings.refresh().await? | self.snapshots.refresh().await?;
        let moved = moved | self.problems.refresh().await? | self.facts.refresh().await?;
        self.decisions.refresh().await?;
        self.n_reviews = self.reviews()?.len().cast_signed() as i64;
        if moved {
            self.known = None;
        }
        Ok(())
    }

    /// Returns what every address of a source held when it was last seen.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub async fn sighted(&self, source: &str) -> Result<BTreeMap<String, Sighted>, Fault> {
        let session = self.session(2, None).await?;
        let params = Params::from([("source", Value::Text(source.into()))]);
        let answer = session.query(include_str!("sql/sightings.sql"), &params).await?;
        let sighted = |row: &Vec<Value>| Sighted {
            snapshot: row[1].text().into(),
            state: row[2].text().into(),
            reader: row[3].text().into(),
            learnt: row[4].int(),
            about: row[5].text().into(),
            adapter: row[6].text_opt().map(Into::into),
            n_units: row[7].int(),
            n_facts: row[8].int(),
            n_problems: row[9].int(),
        };
        Ok(answer.rows.iter().map(|row| (row[0].text().to_string(), sighted(row))).collect())
    }

    /// Keeps what is not held yet. Adding again changes nothing; a crash at any point leaves a readable ledger, and
    /// adding again completes it.
    ///
    /// Bytes go first, then problems, then facts, and the snapshot's row last: it publishes the others. Bytes that are
    /// held already but were read otherwise before are published again with their new reading. Sightings come after
    /// what they point to.
    ///
    /// # Errors
    /// When the workspace cannot be written.
    pub async fn add(&mut self, entries: Vec<Entry>, sightings: &[SightingRow]) -> Result<Added, Fault> {
        let lock = WriteLock::take(&self.folder)?;
        self.refresh().await?;
        let mut known = self.known().await?;
        let mut added = Added::default();
        let (mut facts, mut problems, mut snapshots) = (Vec::new(), Vec::new(), Vec::new());
        for mut entry in entries {
            let (id, reading) = (entry.snapshot.id.clone(), entry.snapshot.reading.clone());
            if !known.published.insert(reading.clone()) {
                added.n_known += 1;
                continue;
            }
            self.blobs.put(&id, &entry.bytes)?;
            let adapter = entry.snapshot.adapter.clone().unwrap_or_else(|| "intake".into());
            let rows = fact_rows(&adapter, &id, &reading, entry.facts);
            entry.snapshot.n_facts = rows.len().cast_signed() as i64;
            entry.snapshot.n_problems = entry.problems.len().cast_signed() as i64;
            added.n_facts += rows.len();
            added.n_problems += entry.problems.len();
            if known.with_facts.insert(reading.clone()) {
                facts.extend(rows);
            }
            if known.with_problems.insert(reading.clone()) {
                let row = |problem| ProblemRow {
                    snapshot: id.clone(),
                    reading: reading.clone(),
                    adapter: adapter.clone(),
                    problem,
                };
                problems.extend(entry.problems.into_iter().map(row));
            }
            snapshots.push(entry.snapshot);
        }
        added.n_snapshots = snapshots.len();
        self.problems.append(batch(&problems)).await?;
        self.facts.append(batch(&facts)).await?;
        self.snapshots.append(batch(&snapshots)).await?;
        self.sightings.append(batch(sightings)).await?;
        self.known = Some(known);
        drop(lock);
        Ok(added)
    }

    /// Replaces a derived table by these rows, as one new version.
    ///
    /// # Errors
    /// When the workspace cannot be written.
    pub async fn derive<T: Table>(&self, rows: &[T]) -> Result<(), Fault> {
        let lock = WriteLock::take(&self.folder)?;
        let mut store = Store::open::<T>(&self.folder).await?;
        store.replace(batch(rows)).await?;
        drop(lock);
        Ok(())
    }

    /// Opens a session on what was known at `learnt` (`None`: all), with `n_threads` workers.
    ///
    /// Tables: `snapshot`, `fact`, `candidate`, `problem`, `review`, `judged` (which review holds for which fact), `decision`
    /// (statements on identity), and
    /// whatever the caller puts beside them.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub async fn session(&self, n_threads: usize, learnt: Option<Timestamp>) -> Result<Session, Fault> {
        let session = Session::new(n_threads);
        for store in [&self.snapshots, &self.facts, &self.problems, &self.sightings, &self.decisions] {
            session.register(&format!("{}_all", store.name()), store)?;
        }
        let latest = learnt.map_or(i64::MAX, Timestamp::as_microsecond);
        let params = Params::from([("latest", Value::Int(latest))]);
        session.define("hidden", include_str!("sql/hidden.sql"), &params).await?;
        session.view("snapshot", include_str!("sql/snapshot.sql"), &params).await?;
        session.view("decision", include_str!("sql/decision.sql"), &params).await?;
        let params = Params::from([("threshold", Value::Real(self.threshold))]);
        session.define("retracted", include_str!("sql/retracted.sql"), &params).await?;
        let reviews = self.reviews()?.into_iter().filter(|review| review.at.as_microsecond() <= latest);
        judge(&session, &reviews.collect::<Vec<_>>()).await?;
        session.view("fact", include_str!("sql/fact.sql"), &params).await?;
        session.view("candidate", include_str!("sql/candidate.sql"), &params).await?;
        session.view("problem", include_str!("sql/problem.sql"), &Params::new()).await?;
        Ok(session)
    }

    /// Returns the bytes of a snapshot.
    ///
    /// # Errors
    /// When they are missing or changed.
    pub fn bytes(&self, id: &str) -> Result<Vec<u8>, Fault> {
        self.blobs.get(id)
    }

    /// Checks every snapshot's bytes against its id and every row against its snapshot.
    ///
    /// # Errors
    /// When a table cannot be read at all; what merely does not hold is listed in the result.
    pub async fn verify(&self) -> Result<Verified, Fault> {
        let session = self.session(2, None).await?;
        let counts = session.query(include_str!("sql/verify.sql"), &Params::new()).await?;
        let mut verified = Verified { n_snapshots: counts.rows.len(), ..Verified::default() };
        for row in &counts.rows {
            self.verify_snapshot(row, &mut verified);
        }
        let doubled = session.query(include_str!("sql/doubled.sql"), &Params::new()).await?;
        verified.faults.extend(doubled.rows.iter().map(|row| format!("fact `{}` stands {} times", row[0], row[1])));
        let unpublished = session.query(include_str!("sql/unpublished.sql"), &Params::new()).await?;
        verified.n_unpublished = unpublished.rows.first().map_or(0, |row| row[0].int());
        Ok(verified)
    }

    fn verify_snapshot(&self, row: &[Value], verified: &mut Verified) {
        let id = row[0].text();
        let origin = row[1].text();
        verified.n_facts += row[4].int();
        verified.n_problems += row[6].int();
        for (what, stated, found) in [("facts", &row[3], &row[4]), ("problems", &row[5], &row[6])] {
            if stated != found {
                verified.faults.push(format!("{origin}: expected {stated} {what}, found {found}"));
            }
        }
        if row[7].int() > row[2].int() {
            verified.faults.push(format!("{origin}: evidence ends at byte {}, after the end {}", row[7], row[2]));
        }
        match self.blobs.get(id) {
            Ok(bytes) => verified.n_bytes += bytes.len() as u64,
            Err(fault) => verified.faults.push(format!("{origin}: {fault}")),
        }
    }

    async fn known(&mut self) -> Result<Known, Fault> {
        if let Some(known) = &self.known {
            return Ok(known.clone());
        }
        let session = self.session(2, None).await?;
        let mut sets = BTreeMap::new();
        for (name, sql) in [
            ("published", "select reading from snapshot_all"),
            ("with_facts", "select distinct reading from fact_all"),
            ("with_problems", "select distinct reading from problem_all"),
        ] {
            sets.insert(name, session.query(sql, &Params::new()).await?.first_column().into_iter().collect());
        }
        let mut take = |name| sets.remove(name).unwrap_or_default();
        let known = Known {
            published: take("published"),
            with_facts: take("with_facts"),
            with_problems: take("with_problems"),
        };
        self.known = Some(known.clone());
        Ok(known)
    }
}

/// Derived tables that other tools read; each is replaced as a whole.
impl Ledger {
    /// Makes empty derived tables where there are none, so that a new workspace can be read by any tool.
    ///
    /// # Errors
    /// When the workspace cannot be written.
    pub async fn create_derived(&self) -> Result<(), Fault> {
        let lock = WriteLock::take(&self.folder)?;
        Store::open::<IdentityRow>(&self.folder).await?;
        Store::open::<ObservationRow>(&self.folder).await?;
        Store::open::<IndicatorRow>(&self.folder).await?;
        Store::open::<IndexRow>(&self.folder).await?;
        Store::open::<DoubtRow>(&self.folder).await?;
        drop(lock);
        Ok(())
    }
}

/// Decisions of reviewers.
impl Ledger {
    /// Returns every decision of a reviewer, in the order in which they were kept.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reviews(&self) -> Result<Vec<Review>, Fault> {
        Ok(review::reviews(&self.reviews_kept()?))
    }

    /// Returns the bytes of the file that keeps the decisions, for whoever reads it as a source.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reviews_kept(&self) -> Result<Vec<u8>, Fault> {
        review::read(&self.workspace)
    }

    /// Keeps decisions: they count from now on, and are on the disk when this returns. Returns them with their ids.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn review(&mut self, new: &[Review]) -> Result<Vec<Review>, Fault> {
        let lock = WriteLock::take(&self.folder)?;
        let kept = review::append(&self.workspace, new)?;
        self.n_reviews = self.reviews()?.len().cast_signed() as i64;
        drop(lock);
        Ok(kept)
    }
}

/// Makes the tables that say which decision holds for which fact. Where nothing was decided they cost nothing.
async fn judge(session: &Session, reviews: &[Review]) -> Result<(), Fault> {
    session.put(reviews)?;
    let none = Params::new();
    if reviews.is_empty() {
        session.define("found", include_str!("sql/found_none.sql"), &none).await?;
        session.define("judged", include_str!("sql/judged_none.sql"), &none).await?;
        return session.define("settled", include_str!("sql/settled_none.sql"), &none).await;
    }
    session.define("stood", include_str!("sql/stood.sql"), &none).await?;
    session.define("near", include_str!("sql/near.sql"), &none).await?;
    session.define("found", include_str!("sql/found.sql"), &none).await?;
    session.define("judged", include_str!("sql/judged.sql"), &none).await?;
    session.define("settled", include_str!("sql/settled.sql"), &none).await
}

fn fact_rows(adapter: &str, snapshot: &str, reading: &str, facts: Vec<Fact>) -> Vec<FactRow> {
    let mut seen = BTreeSet::new();
    facts
        .into_iter()
        .map(|fact| FactRow {
            id: fact_id(adapter, snapshot, &fact),
            snapshot: snapshot.into(),
            reading: reading.into(),
            adapter: adapter.into(),
            fact,
        })
        .filter(|row| seen.insert(row.id.clone()))
        .collect()
}
