//! A file or a whole repository on GitHub, at a branch, tag or commit.

use super::{Ask, Kind, Manners, Next, Preset, Request, escaped};
use crate::Failure;

/// The preset.
pub static PRESET: Preset = Preset {
    name: "github",
    title: "A repository on GitHub as an archive, or one file of it",
    examples: &["github:owner/repository@v1.0", "github:owner/repository/folder/file.md@main"],
    licence: None,
    bases: &[("github", "https://codeload.github.com/"), ("github-raw", "https://raw.githubusercontent.com/")],
    manners: Manners::Interface,
    start,
    follow: Next::none,
};

fn start(ask: &Ask<'_>) -> Result<Vec<Request>, Failure> {
    let (path, at) = ask.rest.rsplit_once('@').unwrap_or((ask.rest, "HEAD"));
    let parts: Vec<&str> = path.split('/').collect();
    let is_unclear = parts.iter().chain([&at]).any(|part| part.is_empty() || *part == "." || *part == "..");
    if is_unclear || at.split('/').any(|part| part.is_empty() || part == "..") {
        return Err(ask.unclear("an owner, a repository and, if wanted, a file and a branch"));
    }
    // A branch may hold slashes, which stand as they are in these addresses.
    let at = at.split('/').map(escaped).collect::<Vec<_>>().join("/");
    let escape = |parts: &[&str]| parts.iter().map(|part| escaped(part)).collect::<Vec<_>>().join("/");
    match parts[..] {
        [owner, name] => {
            let archive = ask.under("github", &format!("{}/tar.gz/{at}", escape(&[owner, name])));
            Ok(vec![ask.content(archive, Kind::Archive)])
        }
        [owner, name, ref file @ ..] if !file.is_empty() => {
            let raw = ask.under("github-raw", &format!("{}/{at}/{}", escape(&[owner, name]), escape(file)));
            Ok(vec![ask.content(raw, Kind::Any)])
        }
        _ => Err(ask.unclear("an owner and a repository")),
    }
}
