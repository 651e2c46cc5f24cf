//! `decide`: state that a name stands for an organisation, with the ground for it.

use resolve::Op;

use super::{Ended, workspace};
use crate::cli::Global;
use crate::identity::{keep, word};
use crate::workspace::now;

pub async fn run(global: &Global, mention: &str, organisation: &str, source: &str) -> Ended {
    let workspace = workspace(global)?;
    let mut ledger = workspace.ledger().await?;
    let by = workspace.config.review.name.as_deref().unwrap_or("workspace");
    let op = if organisation.trim().is_empty() { Op::Reject } else { Op::Link };
    let decision = word(op, (mention, organisation), by, now(), vec![source.into()]).sealed();
    keep(&mut ledger, std::slice::from_ref(&decision)).await?;
    let what = if op == Op::Reject { "no organisation" } else { decision.object.as_str() };
    global.output().say(format_args!("Noted: `{mention}` stands for {what}. It counts from the next command on."));
    Ok(())
}
