//! The log of decisions as the ledger keeps it, and what an earlier version kept elsewhere.

use std::path::Path;

use fact::Fault;
use jiff::Timestamp;
use ledger::{Carried, DecisionRow, DoubtRow, Ledger, carried};
use resolve::{Decision, Doubt, Kind, Op};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The file in which earlier versions kept decisions on names, and what it is called once they stand in the log.
const REGISTRY: (&str, &str) = ("registry.db", "registry.carried.db");

/// Returns the decisions made until `learnt` (`None`: all), in order of time.
///
/// # Errors
/// When the table cannot be read.
pub async fn log(ledger: &Ledger, learnt: Option<Timestamp>) -> Result<Vec<Decision>, Fault> {
    ledger.decisions(learnt).await?.into_iter().map(decision).collect()
}

/// Appends decisions to the log, and returns how many were new.
///
/// # Errors
/// When the workspace cannot be written.
pub async fn keep(ledger: &mut Ledger, new: &[Decision]) -> Result<usize, Fault> {
    let rows: Vec<DecisionRow> = new.iter().map(row).collect::<Result<_, _>>()?;
    ledger.decide(&rows).await
}

/// Carries the decisions of an earlier version over into the log, once: their ids follow from what they say, so that a
/// second time changes nothing. The file stays beside it under another name.
///
/// # Errors
/// When the file cannot be read or the log not be written.
pub async fn carry_over(folder: &Path, ledger: &mut Ledger) -> Result<(), Fault> {
    let path = folder.join(REGISTRY.0);
    if !path.exists() {
        return Ok(());
    }
    let old = carried(&path).await?;
    let new: Vec<Decision> = old.iter().filter(|one| one.kind == "organisation").map(carried_decision).collect();
    keep(ledger, &new).await?;
    // Where the name cannot be changed, the same is found to be held the next time.
    let _ = std::fs::rename(&path, folder.join(REGISTRY.1));
    Ok(())
}

fn carried_decision(old: &Carried) -> Decision {
    let op = if old.entity.is_empty() { Op::Reject } else { Op::Link };
    let decision = Decision::by_person(Kind::Organisation, op, (&old.mention, &old.entity), &old.actor, old.at);
    let version = format!("registry.db {:06}", old.number);
    Decision { version, evidence: vec![old.source.clone()], ..decision }.sealed()
}

fn row(decision: &Decision) -> Result<DecisionRow, Fault> {
    Ok(DecisionRow {
        id: decision.id.clone(),
        kind: slug(decision.kind)?,
        op: slug(decision.op)?,
        subject: decision.subject.clone(),
        object: decision.object.clone(),
        from: decision.from,
        to: decision.to,
        bits: decision.bits,
        rule: decision.rule.clone(),
        version: decision.version.clone(),
        contributions: json(&decision.contributions)?,
        evidence: json(&decision.evidence)?,
        actor: slug(decision.actor)?,
        by: decision.by.clone(),
        at: decision.at,
        supersedes: decision.supersedes.clone(),
    })
}

fn decision(row: DecisionRow) -> Result<Decision, Fault> {
    Ok(Decision {
        kind: named(&row.kind)?,
        op: named(&row.op)?,
        actor: named(&row.actor)?,
        contributions: read(&row.contributions)?,
        evidence: read(&row.evidence)?,
        id: row.id,
        subject: row.subject,
        object: row.object,
        from: row.from,
        to: row.to,
        bits: row.bits,
        rule: row.rule,
        version: row.version,
        by: row.by,
        at: row.at,
        supersedes: row.supersedes,
    })
}

/// Returns a pair in doubt as it is kept.
///
/// # Errors
/// Never; anything else is a bug.
pub fn doubt_row(doubt: &Doubt) -> Result<DoubtRow, Fault> {
    Ok(DoubtRow {
        kind: "organisation".into(),
        a: doubt.a.clone(),
        b: doubt.b.clone(),
        bits: doubt.bits,
        contributions: json(&doubt.contributions)?,
        n: doubt.n,
    })
}

/// Returns a pair in doubt from what is kept.
///
/// # Errors
/// When the table was written by something else.
pub fn doubt(row: DoubtRow) -> Result<Doubt, Fault> {
    Ok(Doubt { contributions: read(&row.contributions)?, a: row.a, b: row.b, bits: row.bits, n: row.n })
}

/// Returns the word that stands for a value in tables and on pages, e.g. `same-as`.
///
/// # Errors
/// Never; anything else is a bug.
pub fn slug(value: impl Serialize) -> Result<String, Fault> {
    let word = serde_json::to_value(value).map_err(|error| bug(&error))?;
    Ok(word.as_str().unwrap_or_default().into())
}

fn named<T: DeserializeOwned>(word: &str) -> Result<T, Fault> {
    serde_json::from_value(word.into()).map_err(|error| bug(&error))
}

fn json(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| bug(&error))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| bug(&error))
}

fn bug(error: &dyn std::fmt::Display) -> Fault {
    Fault::bug("table `decision`", error)
}
