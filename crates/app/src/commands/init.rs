//! `init`: make a workspace.

use std::path::Path;

use super::Ended;
use crate::cli::Global;
use crate::workspace::Workspace;

pub async fn run(global: &Global, dir: &Path) -> Ended {
    let workspace = Workspace::create(dir).await?;
    let out = global.output();
    out.say(format_args!("Made a workspace in {}", workspace.folder.display()));
    out.say("Next: `rapporteur add FILE-OR-FOLDER`, or declare sources in rapporteur.toml and `rapporteur sync`.");
    Ok(())
}
