//! `sync`: read the declared sources; what has not changed is not opened.

use fact::{Fault, Remedy};

use super::add::{gate, read_and_report};
use super::{Ended, nothing, workspace};
use crate::cli::{Global, share};
use crate::intake::{Order, What};
use crate::workspace::now;

pub async fn run(global: &Global, names: &[String]) -> Ended {
    let workspace = workspace(global)?;
    let out = global.output();
    let mut ledger = workspace.ledger().await?;
    let wanted = |name: &String| names.is_empty() || names.contains(name);
    let sources: Vec<_> = workspace.config.sources.iter().filter(|source| wanted(&source.name)).collect();
    if sources.is_empty() {
        let hint = "declare one as `[[source]]` in rapporteur.toml";
        return Err(nothing("rapporteur.toml", "expected a declared source of that name, found none", hint));
    }
    let mut worst = Ok(());
    for source in sources {
        let allowed = share(source.allow_problems.as_deref().unwrap_or("0%")).map_err(|what| {
            Fault::new(Remedy::Setup, format!("source `{}`", source.name), what, "write a share such as \"2%\"")
        })?;
        out.say(format_args!("Reading source {}", source.name));
        let order = Order {
            what: What::get(source.named()?, &workspace.folder, &workspace, &ledger)?,
            source: source.name.clone(),
            is_declared: true,
            licence: source.licence.clone(),
            ignored: source.ignore.clone(),
            mappings: workspace.mappings(),
            n_threads: global.threads,
            now: now(),
        };
        let report = read_and_report(&mut ledger, &[order], out).await?;
        worst = worst.and(gate(&report, allowed));
        if report.is_interrupted {
            break;
        }
    }
    worst
}
