//! The log of decisions on identity: appended under the write lock, read in order of time, put together when it lies in
//! many small files.

use std::collections::BTreeSet;

use fact::Fault;
use jiff::Timestamp;

use crate::answer::Value;
use crate::ledger::Ledger;
use crate::lock::WriteLock;
use crate::query::{Params, Session};
use crate::store::Store;
use crate::table::{DecisionRow, DoubtRow, batch};

/// Files of the log beyond which they are put together into one.
const MOST_FILES: usize = 64;

impl Ledger {
    /// Appends decisions to the log, as one commit, and returns how many were new. One that is held already, by its id, is
    /// not written again.
    ///
    /// # Errors
    /// When the workspace cannot be written.
    pub async fn decide(&mut self, new: &[DecisionRow]) -> Result<usize, Fault> {
        let lock = WriteLock::take(&self.folder)?;
        self.decisions.refresh().await?;
        let held = decisions(&self.decisions, None).await?;
        let mut ids: BTreeSet<&str> = held.iter().map(|row| row.id.as_str()).collect();
        let new: Vec<DecisionRow> = new.iter().filter(|row| ids.insert(row.id.as_str())).cloned().collect();
        self.decisions.append(batch(&new)).await?;
        if self.decisions.files()?.len() > MOST_FILES {
            let all: Vec<DecisionRow> = held.into_iter().chain(new.iter().cloned()).collect();
            self.decisions.replace(batch(&all)).await?;
        }
        drop(lock);
        Ok(new.len())
    }

    /// Returns the decisions made until `learnt` (`None`: all), in order of time.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn decisions(&self, learnt: Option<Timestamp>) -> Result<Vec<DecisionRow>, Fault> {
        decisions(&self.decisions, learnt).await
    }

    /// Returns the pairs in doubt that were kept when names were last resolved.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn doubts(&self) -> Result<Vec<DoubtRow>, Fault> {
        let session = Session::new(1);
        session.register("doubt", &Store::open::<DoubtRow>(&self.folder).await?)?;
        let answer = session.query(include_str!("sql/doubts.sql"), &Params::new()).await?;
        let row = |row: &Vec<Value>| DoubtRow {
            kind: row[0].text().into(),
            a: row[1].text().into(),
            b: row[2].text().into(),
            bits: row[3].real().unwrap_or_default(),
            contributions: row[4].text().into(),
            n: row[5].int(),
        };
        Ok(answer.rows.iter().map(row).collect())
    }
}

async fn decisions(store: &Store, learnt: Option<Timestamp>) -> Result<Vec<DecisionRow>, Fault> {
    let session = Session::new(1);
    session.register("decision_all", store)?;
    let latest = learnt.map_or(i64::MAX, Timestamp::as_microsecond);
    let params = Params::from([("latest", Value::Int(latest))]);
    session.view("decision", include_str!("sql/decision.sql"), &params).await?;
    let answer = session.query(include_str!("sql/decisions.sql"), &Params::new()).await?;
    answer.rows.iter().map(|row| decision(row)).collect()
}

fn decision(row: &[Value]) -> Result<DecisionRow, Fault> {
    let text = |at: usize| row[at].text().to_string();
    let day = |at: usize| row[at].text_opt().and_then(|day| day.parse().ok());
    Ok(DecisionRow {
        id: text(0),
        kind: text(1),
        op: text(2),
        subject: text(3),
        object: text(4),
        from: day(5),
        to: day(6),
        bits: row[7].real().unwrap_or_default(),
        rule: text(8),
        version: text(9),
        contributions: text(10),
        evidence: text(11),
        actor: text(12),
        by: text(13),
        at: Timestamp::from_microsecond(row[14].int()).map_err(|error| Fault::bug("table `decision`", error))?,
        supersedes: row[15].text_opt().map(Into::into),
    })
}
