//! What stands in a folder, without opening any of it: files with size and time, repositories with their head.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use fact::{Fault, Remedy};
use globset::{Glob, GlobSet, GlobSetBuilder};

use super::repository;

/// Something to be read.
#[derive(Clone, Debug)]
pub struct Item {
    /// What identifies it within its source, so that a later copy takes its place.
    pub address: String,
    /// The name under which people find it: its path from the named folder on.
    pub origin: String,
    /// How to get its bytes.
    pub place: Place,
    /// Their number, as far as it is known beforehand.
    pub n_bytes: u64,
    /// What shows, without reading them, that they are still the same.
    pub state: String,
}

/// Where bytes are got from.
#[derive(Clone, Debug)]
pub enum Place {
    /// A file.
    File(PathBuf),
    /// The history of a repository from after a commit, or from its beginning, to its head.
    History { repository: PathBuf, after: Option<String>, head: String },
    /// Bytes that were fetched.
    Bytes(Arc<Vec<u8>>),
    /// Nothing: what stands there is not read, and why.
    Refused { kind: &'static str, what: String, hint: String },
}

/// Returns what stands at `path`, in the order of names.
///
/// # Errors
/// When `path` itself cannot be found, or a pattern is none.
pub fn items(path: &Path, is_declared: bool, ignored: &[String]) -> Result<Vec<Item>, Fault> {
    let root = path.canonicalize().map_err(|error| unreadable(path, &error))?;
    let ignored = patterns(ignored)?;
    let name = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut items = Vec::new();
    let walk = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter();
    for found in walk.filter_entry(|found| is_visible(found) && !ignored.is_match(below(&root, found.path()))) {
        let found = match found {
            Ok(found) => found,
            Err(error) if error.depth() == 0 => return Err(unreadable(path, &error)),
            Err(error) => {
                items.extend(error.path().map(|at| named(&root, &name, at, is_declared).refused(&error.to_string())));
                continue;
            }
        };
        let mut item = named(&root, &name, found.path(), is_declared);
        if found.file_type().is_dir() {
            if let Some(head) = repository::head(found.path()) {
                items.push(history(&item, found.path(), head));
            }
            continue;
        }
        if found.file_type().is_symlink() {
            item.place = Place::Refused {
                kind: "link-not-followed",
                what: "expected a file, found a symbolic link".into(),
                hint: "add what it points to by its own name".into(),
            };
        } else if let Ok(about) = found.metadata().map_err(|error| error.to_string()) {
            let modified = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            item.n_bytes = about.len();
            item.state = format!("{} {}", about.len(), modified.map_or(0, |since| since.as_nanos()));
        }
        items.push(item);
    }
    Ok(items)
}

impl Item {
    fn refused(mut self, why: &str) -> Self {
        self.place =
            Place::Refused { kind: "unreadable", what: why.into(), hint: "check that the file may be read".into() };
        self
    }
}

fn named(root: &Path, name: &str, at: &Path, is_declared: bool) -> Item {
    let below = below(root, at);
    let path = below.to_string_lossy();
    Item {
        // A declared source keeps its addresses when the workspace moves; what is added by hand is known by its path.
        address: if is_declared { path.to_string() } else { at.to_string_lossy().into_owned() },
        origin: if path.is_empty() { name.into() } else { format!("{name}/{path}") },
        place: Place::File(at.into()),
        n_bytes: 0,
        state: String::new(),
    }
}

fn history(item: &Item, repository: &Path, head: String) -> Item {
    Item {
        address: format!("{}/.git", item.address),
        origin: format!("{}/.git", item.origin),
        place: Place::History { repository: repository.into(), after: None, head: head.clone() },
        n_bytes: 0,
        state: head,
    }
}

fn below(root: &Path, at: &Path) -> PathBuf {
    at.strip_prefix(root).unwrap_or(at).into()
}

fn is_visible(found: &walkdir::DirEntry) -> bool {
    found.depth() == 0 || !found.file_name().to_string_lossy().starts_with('.')
}

fn patterns(ignored: &[String]) -> Result<GlobSet, Fault> {
    let bad = |error: globset::Error| {
        Fault::new(Remedy::Ask, "pattern to ignore", error, "write a pattern such as `*.png` or `drafts/**`")
    };
    let mut set = GlobSetBuilder::new();
    for pattern in ignored {
        set.add(Glob::new(pattern).map_err(bad)?);
    }
    set.build().map_err(bad)
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Fault {
    let hint = "name a file or folder that exists and can be read";
    Fault::new(Remedy::Source, path.display().to_string(), error, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn links_out_of_the_folder_are_refused_and_hidden_files_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let outside = folder.path().join("outside.txt");
        let inside = folder.path().join("in");
        std::fs::create_dir_all(inside.join("a")).unwrap();
        for path in [&outside, &inside.join("a/one.txt"), &inside.join(".hidden"), &inside.join("two.png")] {
            std::fs::write(path, "x").unwrap();
        }
        std::os::unix::fs::symlink(&outside, inside.join("link.txt")).unwrap();
        std::os::unix::fs::symlink(&inside, inside.join("a/loop")).unwrap();
        let items = items(&inside, true, &["*.png".into()]).unwrap();
        let found: Vec<(&str, bool)> =
            items.iter().map(|item| (item.origin.as_str(), matches!(item.place, Place::File(_)))).collect();
        assert_eq!(found, [("in/a/loop", false), ("in/a/one.txt", true), ("in/link.txt", false)]);
        assert_eq!(items[1].address, "a/one.txt");
    }
}
