//! A list whose columns are not known: a mapping is proposed, shown at work on ten rows, and kept for this list and its like.

use std::path::{Path, PathBuf};

use adapters::Mapping;
use fact::{Adapter, Fault, Remedy, Snapshot, content_id};

use crate::check::in_words;
use crate::intake::read_with;
use crate::output::Output;
use crate::workspace::{MAPPINGS, Workspace};

/// Rows that are shown read with the mapping.
const N_ROWS: usize = 10;

/// Proposes and keeps a mapping where `named` is a single file with a list that is understood only by its headings.
///
/// # Errors
/// When the mapping cannot be written. A file that cannot be read is the intake's to tell.
pub fn keep(named: &str, workspace: &Workspace, out: Output) -> Result<(), Fault> {
    let Ok(bytes) = std::fs::read(Path::new(named)) else { return Ok(()) };
    let (id, mappings) = (content_id(&bytes), workspace.mappings());
    let snapshot = Snapshot { mappings: &mappings, ..Snapshot::new(&id, named, &bytes) };
    // Whatever is read already needs no mapping.
    let is_read = |adapter: &dyn Adapter| {
        let reading = read_with(adapter, &snapshot);
        !reading.problems.iter().any(|problem| problem.kind == "mapping-needed")
    };
    if adapters::adapter_for(&snapshot).is_some_and(is_read) {
        return Ok(());
    }
    let Some(mapping) = adapters::propose_mapping(&snapshot) else { return Ok(()) };
    let path = free(&workspace.folder.join(MAPPINGS), mapping.name());
    out.say(format_args!("The columns of {named} are not known; this mapping is proposed from their headings:\n"));
    out.say(mapping.to_toml());
    out.say(format_args!("Its first {N_ROWS} rows read with it:\n"));
    shown(&mapping, &snapshot, out);
    write(&path, &mapping.to_toml())?;
    out.say(format_args!(
        "\nKept as {}; lists with the same headings are read with it from now on. \
         To read it otherwise, edit that file and add the list again; to undo, remove the file.",
        path.display()
    ));
    Ok(())
}

fn shown(mapping: &Mapping, snapshot: &Snapshot<'_>, out: Output) {
    let reading = adapters::try_mapping(mapping, snapshot, N_ROWS);
    for fact in &reading.facts {
        out.say(format_args!("  {}: {}", fact.evidence.place, in_words(fact)));
    }
    for problem in &reading.problems {
        out.say(format_args!("  {}: problem {}: {}", problem.evidence.place, problem.kind, problem.what));
    }
}

/// A name that no mapping has yet.
fn free(folder: &Path, name: &str) -> PathBuf {
    let name: String = name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    let named = |nth: usize| folder.join(if nth == 1 { format!("{name}.toml") } else { format!("{name}-{nth}.toml") });
    (1..).map(named).find(|path| !path.exists()).unwrap_or_else(|| named(1))
}

fn write(path: &Path, text: &str) -> Result<(), Fault> {
    let unwritable = |error: std::io::Error| {
        Fault::new(Remedy::Setup, path.display().to_string(), error, "make the workspace writable")
    };
    std::fs::create_dir_all(path.parent().unwrap_or(path)).map_err(unwritable)?;
    std::fs::write(path, text).map_err(unwritable)
}
