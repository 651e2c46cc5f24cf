//! `verify`: the ledger against itself, and every snapshot read again.

use fact::{Snapshot, fact_id};
use ledger::{Ledger, Params};
use serde_json::json;

use super::{Ended, workspace};
use crate::cli::Global;
use crate::exit::Failure;
use crate::output::Form;

pub async fn run(global: &Global) -> Ended {
    let ledger = workspace(global)?.ledger().await?;
    let verified = ledger.verify().await?;
    let mut faults = verified.faults.clone();
    faults.extend(read_again(&ledger).await?);
    faults.extend(crate::intake::rewritten(&ledger).await?);
    let out = global.output();
    let report = json!({
        "snapshots": verified.n_snapshots, "bytes": verified.n_bytes, "facts": verified.n_facts,
        "problems": verified.n_problems, "unpublished_facts": verified.n_unpublished, "faults": faults,
    });
    if out.form == Form::Text {
        out.print(&format!(
            "{} snapshots ({:.1} MB hashed), {} facts, {} problems, {} facts of interrupted additions (invisible)\n",
            verified.n_snapshots,
            verified.n_bytes as f64 / 1e6,
            verified.n_facts,
            verified.n_problems,
            verified.n_unpublished
        ))?;
        for fault in &faults {
            out.print(&format!("fault: {fault}\n"))?;
        }
    } else {
        out.json(&report)?;
    }
    if faults.is_empty() {
        out.say("The ledger holds.");
        return Ok(());
    }
    let what = format!("{} things do not hold", faults.len());
    let hint = "restore the workspace from a copy, or add the sources again into a new one";
    Err(Failure::Fault(fact::Fault::new(fact::Remedy::Setup, "ledger", what, hint)))
}

/// Adapters are pure: reading the same bytes must give the same facts. A newer adapter may read more; that is said.
async fn read_again(ledger: &Ledger) -> Result<Vec<String>, fact::Fault> {
    let session = ledger.session(2, None).await?;
    let snapshots = session.query(include_str!("../sql/snapshots_read.sql"), &Params::new()).await?;
    let mut faults = Vec::new();
    for row in &snapshots.rows {
        let (id, origin, name) = (row[0].text(), row[1].text(), row[2].text());
        let Some(adapter) = adapters::ADAPTERS.iter().find(|adapter| adapter.name() == name) else { continue };
        if i64::from(adapter.version()) != row[3].int() {
            continue;
        }
        let bytes = ledger.bytes(id)?;
        let reading = adapter.read(&Snapshot::new(id, origin, &bytes));
        let mut again: Vec<String> = reading.facts.iter().map(|fact| fact_id(name, id, fact)).collect();
        again.sort();
        again.dedup();
        let params = Params::from([("snapshot", row[0].clone())]);
        let held = session.query(include_str!("../sql/facts_of_snapshot.sql"), &params).await?.first_column();
        if held != again {
            faults.push(format!("{origin}: read again it gives {} facts, held are {}", again.len(), held.len()));
        }
    }
    Ok(faults)
}
