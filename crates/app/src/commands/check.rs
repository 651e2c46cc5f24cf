//! `source check`: a file side by side with what an adapter reads from it. Needs no workspace and changes nothing.

use std::path::Path;

use fact::{Fault, Remedy, Snapshot, content_id};
use serde_json::json;

use super::{Ended, workspace};
use crate::check::{checked, told};
use crate::cli::Global;
use crate::intake::read_with;
use crate::output::{Form, width};

/// `auto` lets the adapters say whose the file is.
const AUTO: &str = "auto";

/// Lines in a row without a finding that are still printed one by one.
const RUN: usize = 3;

pub fn run(global: &Global, name: &str, file: &Path, is_whole: bool) -> Ended {
    let place = || file.display().to_string();
    let bytes = std::fs::read(file)
        .map_err(|error| Fault::new(Remedy::Source, place(), error, "name a file that exists and can be read"))?;
    let (id, origin) = (content_id(&bytes), place());
    let mappings = workspace(global).map(|workspace| workspace.mappings()).unwrap_or_default();
    let snapshot = Snapshot { mappings: &mappings, ..Snapshot::new(&id, &origin, &bytes) };
    let claims: Vec<&str> =
        adapters::ADAPTERS.iter().filter(|adapter| adapter.is_mine(&snapshot)).map(|adapter| adapter.name()).collect();
    let wanted = if name == AUTO { claims.first().copied().unwrap_or_default() } else { name };
    let adapter = adapters::ADAPTERS.iter().find(|adapter| adapter.name() == wanted).ok_or_else(|| {
        let names: Vec<&str> = adapters::ADAPTERS.iter().map(|adapter| adapter.name()).collect();
        let what = match name {
            AUTO => "expected a file that an adapter claims, found none that does".to_string(),
            name => format!("expected the name of an adapter, found `{name}`"),
        };
        Fault::new(Remedy::Ask, place(), what, format!("name one of {}", names.join(", ")))
    })?;
    let reading = read_with(*adapter, &snapshot);
    let lines = checked(&bytes, &reading);
    let out = global.output();
    if out.form == Form::Json {
        let line = |line: &crate::check::Checked| {
            let found = |found: &crate::check::Found| json!({ "is_problem": found.is_problem, "text": found.text });
            json!({ "line": line.number, "text": line.text, "found": line.found.iter().map(found).collect::<Vec<_>>() })
        };
        let lines: Vec<_> = lines.iter().map(line).collect();
        return Ok(out.json(&json!({
            "adapter": adapter.name(), "claimed_by": claims, "about": reading.about, "units": reading.n_units,
            "facts": reading.facts.len(), "problems": reading.problems.len(), "lines": lines,
        }))?);
    }
    out.print(&told(&lines, width(), if is_whole { usize::MAX } else { RUN }))?;
    out.print(&format!(
        "{} by adapter `{}` version {}: {} units, {} facts, {} problems\n",
        reading.about,
        adapter.name(),
        adapter.version(),
        reading.n_units,
        reading.facts.len(),
        reading.problems.len()
    ))?;
    match claims.first() {
        Some(first) if *first == adapter.name() => {}
        Some(first) => out.say(format_args!("An intake would give this file to the adapter `{first}`.")),
        None => out.say("An intake would give this file to no adapter: none claims it."),
    }
    Ok(())
}
