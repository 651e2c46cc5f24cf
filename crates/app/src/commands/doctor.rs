//! `doctor`: what this installation and workspace consist of, and what is amiss.

use ledger::{Answer, Value};

use super::{Ended, workspace};
use crate::cli::Global;
use crate::output::Form;

pub async fn run(global: &Global) -> Ended {
    let mut rows = vec![("rapporteur", env!("CARGO_PKG_VERSION").to_string())];
    for adapter in adapters::ADAPTERS {
        rows.push(("adapter", format!("{} {}: {}", adapter.name(), adapter.version(), adapter.title())));
    }
    for preset in fetch::PRESETS {
        rows.push(("preset", format!("{}: {}, e.g. {}", preset.name, preset.title, preset.examples.join(", "))));
    }
    rows.push(("indicators", indicators::CATALOGUE.len().to_string()));
    rows.push(("acts", fact::TERMS.len().to_string()));
    rows.push(("workers", global.threads.to_string()));
    match workspace(global) {
        Ok(workspace) => {
            rows.push(("workspace", workspace.folder.display().to_string()));
            let ledger = workspace.ledger().await?;
            rows.push(("ledger version", ledger.version().to_string()));
            let decisions = ledger.decisions(None).await?;
            rows.push(("decisions", decisions.len().to_string()));
            for source in &workspace.config.sources {
                let state = match &source.path {
                    Some(path) if !workspace.folder.join(path).exists() => "MISSING",
                    Some(_) => "found",
                    None => "fetched by `rapporteur sync`",
                };
                rows.push(("source", format!("{} {}: {state}", source.name, source.named()?)));
            }
        }
        Err(fault) => rows.push(("workspace", format!("none: {fault}; {}", fault.hint))),
    }
    let out = global.output();
    let rows = rows.into_iter().map(|(what, value)| vec![Value::Text(what.into()), Value::Text(value)]).collect();
    let answer = Answer { columns: vec!["what".into(), "value".into()], rows };
    if out.form == Form::Text {
        let lines: Vec<String> = answer.rows.iter().map(|row| format!("{:<16} {}\n", row[0], row[1])).collect();
        return Ok(out.print(&lines.concat())?);
    }
    Ok(out.rows(&answer)?)
}
