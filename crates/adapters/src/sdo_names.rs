//! Names and logos of standards bodies, one small YAML file each.
//!
//! Comes in: a map with `abbreviation` and `name` (the name in several languages), or one with `logo` alone. Goes out: what
//! the file is, and how many names or logos it holds; a name is no act. The names help whoever resolves mentions of bodies.

use fact::{Adapter, Reading, Snapshot};

use crate::parts::yaml::{Node, Tree};

/// The adapter.
pub static ADAPTER: SdoNames = SdoNames;

/// Recognises names of standards bodies.
pub struct SdoNames;

/// Longest file that is looked at; names of a body fill a page at most.
const LONGEST: usize = 1 << 16;

impl Adapter for SdoNames {
    fn name(&self) -> &'static str {
        "sdo_names"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Names and logos of standards bodies in YAML: no acts"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        tree(snapshot.bytes).is_some_and(|tree| tree.root().and_then(kind).is_some())
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "names of a standards body: not an act".into(), ..Reading::default() };
        let Some(tree) = tree(snapshot.bytes) else { return reading };
        if let Some((about, units)) = tree.root().and_then(kind) {
            reading.about = about;
            reading.n_units = units.each().count() as u64;
        }
        reading
    }
}

/// What the file is, and the list of what is in it.
fn kind(root: Node<'_>) -> Option<(String, Node<'_>)> {
    let is_only = |keys: &[&str]| root.entries().all(|(key, _)| key.text().is_some_and(|key| keys.contains(&key)));
    match (root.get("abbreviation"), root.get("name"), root.get("logo")) {
        (Some(short), Some(names), None) if is_only(&["abbreviation", "name"]) => {
            Some((format!("names of the standards body {}: not an act", short.text()?), names))
        }
        (None, None, Some(logos)) if is_only(&["logo"]) => {
            Some(("logos of a standards body: not an act".into(), logos))
        }
        _ => None,
    }
}

fn tree(bytes: &[u8]) -> Option<Tree<'_>> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= LONGEST)?;
    let starts = |line: &str| line.starts_with("logo:") || line.starts_with("abbreviation:");
    text.lines().take(20).any(starts).then(|| Tree::read(text, 0).ok()).flatten()
}
