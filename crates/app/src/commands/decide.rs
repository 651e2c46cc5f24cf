//! `decide`: state that a name stands for an organisation, with the ground for it.

use ledger::Decision;

use super::{Ended, workspace};
use crate::cli::Global;

pub async fn run(global: &Global, mention: &str, organisation: &str, source: &str) -> Ended {
    let registry = workspace(global)?.registry().await?;
    let decision = Decision {
        kind: "organisation".into(),
        mention: mention.into(),
        entity: organisation.trim().into(),
        actor: "workspace".into(),
        source: source.into(),
    };
    registry.decide(&decision).await?;
    let what = if decision.entity.is_empty() { "no organisation" } else { &decision.entity };
    global.output().say(format_args!("Noted: `{mention}` stands for {what}. It counts from the next command on."));
    Ok(())
}
