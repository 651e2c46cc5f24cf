//! `problems`: what could not be read.

use ledger::{Params, Value};

use super::{Ended, nothing, workspace};
use crate::cli::Global;

pub async fn run(global: &Global, kind: Option<String>, origin: Option<String>) -> Ended {
    let ledger = workspace(global)?.ledger().await?;
    let session = ledger.session(global.threads, global.learnt).await?;
    let text = |text: Option<String>| text.map_or(Value::Null, Value::Text);
    let params = Params::from([("kind", text(kind)), ("origin", text(origin))]);
    let answer = session.query(include_str!("../sql/problems.sql"), &params).await?;
    if answer.rows.is_empty() {
        return Err(nothing("problems", "no problem fits", "that is good news, or a condition too many"));
    }
    Ok(global.output().rows(&answer)?)
}
