//! Packages of Office Open XML: an archive comes in, the trees of its parts and their relations go out.

use crate::tree::Tree;
use crate::zip::{Archive, Refusal};

/// A part, and where it stands.
pub struct Part {
    /// Its path in the archive.
    pub path: String,
    /// What it holds.
    pub tree: Tree,
}

/// What a part points to: an id, the last word of the kind of relation, and the path of the other part.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Its id, by which parts name it.
    pub id: String,
    /// The last word of its kind: `comments`, `footnotes`.
    pub kind: String,
    /// The path of the other part in the archive.
    pub path: String,
}

/// Reads one part; `None` where the archive has none of this name.
///
/// # Errors
/// A [`Refusal`].
pub fn part(archive: &Archive<'_>, path: &str) -> Result<Option<Part>, Refusal> {
    let Some(bytes) = archive.read(path)? else { return Ok(None) };
    Ok(Some(Part { path: path.into(), tree: Tree::read(bytes, path)? }))
}

/// What the part at `path` points to inside the package; the package itself where `path` is empty.
///
/// # Errors
/// A [`Refusal`].
pub fn relations(archive: &Archive<'_>, path: &str) -> Result<Vec<Relation>, Refusal> {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    let Some(list) = part(archive, &format!("{folder}{slash}_rels/{name}.rels"))? else { return Ok(Vec::new()) };
    let mut relations = Vec::new();
    for node in list.tree.root().children().filter(|node| node.attribute("TargetMode") != Some("External")) {
        let (Some(id), Some(kind), Some(target)) =
            (node.attribute("Id"), node.attribute("Type"), node.attribute("Target"))
        else {
            continue;
        };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_string();
        relations.push(Relation { id: id.into(), kind, path: resolved(folder, target) });
    }
    Ok(relations)
}

/// The path of the main part, as the package says, or `usual`.
///
/// # Errors
/// A [`Refusal`].
pub fn main_part(archive: &Archive<'_>, usual: &str) -> Result<Part, Refusal> {
    let relations = relations(archive, "")?;
    let stated = relations.iter().find(|relation| relation.kind == "officeDocument").map(|it| it.path.as_str());
    let stated = stated.filter(|path| archive.has(path)).unwrap_or(usual);
    part(archive, stated)?.ok_or_else(|| Refusal::Damaged(format!("expected `{usual}`, found none")))
}

/// The path of `target` as seen from `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_seen_from_their_folder() {
        for (folder, target, path) in [
            ("word", "comments.xml", "word/comments.xml"),
            ("ppt/slides", "../notesSlides/n1.xml", "ppt/notesSlides/n1.xml"),
            ("word", "/word/x.xml", "word/x.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("a", "../../../x", "x"),
        ] {
            assert_eq!(resolved(folder, target), path);
        }
    }
}
