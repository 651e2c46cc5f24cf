//! `sources`: what is held.

use ledger::Params;

use super::{Ended, nothing, workspace};
use crate::cli::Global;

pub async fn run(global: &Global) -> Ended {
    let ledger = workspace(global)?.ledger().await?;
    let session = ledger.session(global.threads, global.learnt).await?;
    let answer = session.query(include_str!("../sql/sources.sql"), &Params::new()).await?;
    if answer.rows.is_empty() {
        return Err(nothing("ledger", "no snapshot is held", "add one with `rapporteur add FILE-OR-FOLDER`"));
    }
    Ok(global.output().rows(&answer)?)
}
