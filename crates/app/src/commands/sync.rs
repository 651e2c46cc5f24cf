//! `sync`: read the declared sources.

use fact::{Fault, Remedy};

use super::add::take_in_and_report;
use super::{Ended, nothing, workspace};
use crate::cli::{Global, share};
use crate::intake::Order;
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
            path: workspace.folder.join(&source.path),
            source: source.name.clone(),
            licence: source.licence.clone(),
            n_threads: global.threads,
            now: now(),
        };
        worst = worst.and(take_in_and_report(&mut ledger, &order, allowed, out).await);
    }
    worst
}
