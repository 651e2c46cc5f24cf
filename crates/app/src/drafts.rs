//! Drafts of a workspace: a base, contributions and the decisions on them, in a folder each under `drafts/`.
//!
//! `drafts/NAME/base.EXT`, `drafts/NAME/contributions/ID.EXT` and `drafts/NAME/decisions.jsonl`, to which lines are only added: a
//! decision that is taken back is followed by a line that says so. The lines are read into the ledger as facts.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use drafting::{Choice, Conflict, Contribution, Decision, Decisions};
use fact::{Fault, Remedy, content_id};
use jiff::Timestamp;
use ledger::Ledger;
use serde_json::{Value as Json, json};

use crate::intake::{Bytes, take_bytes};
use crate::sitting::{Sitting, draft, joined};

/// Name of the source under which decisions are read.
const SOURCE: &str = "drafts";

/// The drafts of a workspace.
pub struct Drafts {
    folder: PathBuf,
}

impl Drafts {
    /// The drafts under the root of a workspace.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        Self { folder: root.join("drafts") }
    }

    /// Returns their names, in order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .filter(|entry| entry.path().is_dir())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    /// Begins a draft: copies the base and the contributions, by their ids.
    ///
    /// # Errors
    /// When there is a draft of this name, the name is none, or a file cannot be copied or is no document.
    pub fn begin(&self, name: &str, base: &Path, contributions: &[(String, PathBuf)]) -> Result<(), Fault> {
        let folder = self.place(name)?;
        if folder.exists() {
            let hint = "choose another name, or decide on its conflicts on the page Drafting";
            return Err(Fault::new(Remedy::Ask, name, "expected a new name, found a draft of this name", hint));
        }
        draft(base)?;
        for (_, path) in contributions {
            draft(path)?;
        }
        // Made whole beside its place, then moved there: a crash leaves no half of a draft.
        let making = self.folder.join(format!(".{name}"));
        let fault = |error: std::io::Error| fault(&making, &error);
        if making.exists() {
            std::fs::remove_dir_all(&making).map_err(fault)?;
        }
        std::fs::create_dir_all(making.join("contributions")).map_err(fault)?;
        std::fs::copy(base, making.join("base").with_extension(end(base))).map_err(fault)?;
        for (id, path) in contributions {
            checked(id)?;
            let to = making.join("contributions").join(format!("{id}.{}", end(path)));
            std::fs::copy(path, to).map_err(fault)?;
        }
        std::fs::rename(&making, &folder).map_err(fault)
    }

    /// Opens a draft: everything read and merged.
    ///
    /// # Errors
    /// When there is no such draft, or a file of it cannot be read.
    pub fn open(&self, name: &str) -> Result<Sitting, Fault> {
        let folder = self.place(name)?;
        let base = files(&folder)?.into_iter().find(|path| path.file_stem().is_some_and(|stem| stem == "base"));
        let base = base.ok_or_else(|| {
            let hint = "begin one with `rapporteur merge start NAME BASE CONTRIBUTION...`";
            Fault::new(Remedy::Ask, name, "expected a draft of this name, found none", hint)
        })?;
        let mut contributions = Vec::new();
        for path in files(&folder.join("contributions"))? {
            let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            contributions.push(Contribution { id, draft: draft(&path)? });
        }
        Ok(Sitting::new(name.into(), draft(&base)?, contributions, self.decisions(name)?))
    }

    /// Returns the decisions that stand.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn decisions(&self, name: &str) -> Result<Decisions, Fault> {
        let mut standing: Vec<Decision> = Vec::new();
        for line in self.log(name)? {
            let conflict = line["conflict"].as_str().unwrap_or_default();
            if line.get("choice").is_none() {
                // What is taken back uncovers what was decided before.
                if let Some(at) = standing.iter().rposition(|decision| decision.conflict == conflict) {
                    standing.remove(at);
                }
            } else if let Ok(decision) = serde_json::from_value(line) {
                standing.push(decision);
            }
        }
        Ok(Decisions { records: standing })
    }

    /// Returns every line of the log, also of decisions that were taken back; a line that a crash cut is left out.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn log(&self, name: &str) -> Result<Vec<Json>, Fault> {
        let path = self.place(name)?.join("decisions.jsonl");
        if !path.exists() {
            return Ok(Vec::new());
        }
        let text = std::fs::read_to_string(&path).map_err(|error| fault(&path, &error))?;
        Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
    }

    /// Adds a decision on a conflict of the draft.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub fn decide(&self, name: &str, conflict: &Conflict, decision: &Decision) -> Result<(), Fault> {
        let alternatives: Vec<Json> =
            conflict.alternatives.iter().map(|own| json!({ "by": own.by, "text": own.text })).collect();
        let mut line = serde_json::Map::new();
        line.insert("drafting".into(), json!(1));
        line.insert("draft".into(), json!(name));
        line.insert("kind".into(), json!(conflict.kind.name()));
        line.insert("place".into(), json!(conflict.place));
        let told = serde_json::to_value(decision).map_err(|error| Fault::bug("decision", error))?;
        line.extend(told.as_object().cloned().unwrap_or_default());
        line.insert("alternatives".into(), json!(alternatives));
        self.append(name, &line)
    }

    /// Takes the last decision back that stands, and returns the conflict that it was about.
    ///
    /// # Errors
    /// When nothing is decided, or the log cannot be written.
    pub fn undo(&self, name: &str, author: &str, time: &str) -> Result<String, Fault> {
        let standing = self.decisions(name)?.records;
        let last = standing.last().ok_or_else(|| {
            Fault::new(Remedy::Ask, name, "expected a decision to take back, found none", "decide on a conflict first")
        })?;
        let place = self.log(name)?.into_iter().rev().find(|line| line["conflict"] == last.conflict.as_str());
        let line = json!({
            "drafting": 1, "draft": name, "conflict": last.conflict,
            "place": place.map_or(Json::Null, |line| line["place"].clone()).as_str().unwrap_or_default(),
            "author": author, "time": time,
        });
        self.append(name, &line.as_object().cloned().unwrap_or_default())?;
        Ok(last.conflict.clone())
    }

    fn append(&self, name: &str, line: &serde_json::Map<String, Json>) -> Result<(), Fault> {
        let path = self.place(name)?.join("decisions.jsonl");
        let text = serde_json::to_string(line).map_err(|error| Fault::bug("decision", error))?;
        // The mark of the kind of file comes first, whatever the order of fields.
        let text = format!("{{\"drafting\":1,{}", text.trim_start_matches('{').replacen("\"drafting\":1,", "", 1));
        let held = std::fs::read(&path).unwrap_or_default();
        let mend = if held.last().is_some_and(|byte| *byte != b'\n') { "\n" } else { "" };
        let mut file =
            std::fs::OpenOptions::new().create(true).append(true).open(&path).map_err(|error| fault(&path, &error))?;
        file.write_all(format!("{mend}{text}\n").as_bytes()).map_err(|error| fault(&path, &error))?;
        file.sync_data().map_err(|error| fault(&path, &error))
    }

    /// Reads the decisions of all drafts into the ledger, where something was decided since.
    ///
    /// # Errors
    /// When the workspace cannot be read or written.
    pub async fn take(&self, ledger: &mut Ledger, now: Timestamp) -> Result<(), Fault> {
        let mut all = Vec::new();
        for name in self.names() {
            let path = self.place(&name)?.join("decisions.jsonl");
            if let Ok(bytes) = std::fs::read(&path) {
                all.push(Bytes {
                    address: format!("drafts/{name}/decisions.jsonl"),
                    id: content_id(&bytes),
                    bytes: Arc::new(bytes),
                });
            }
        }
        take_bytes(ledger, SOURCE, all, now).await
    }

    fn place(&self, name: &str) -> Result<PathBuf, Fault> {
        checked(name)?;
        Ok(self.folder.join(name))
    }
}

/// Refuses names that are no names of files, or lead elsewhere.
pub(crate) fn checked(name: &str) -> Result<(), Fault> {
    let is_plain = |c: char| c.is_alphanumeric() || "-_. ".contains(c);
    if name.is_empty() || name.starts_with('.') || name.len() > 100 || !name.chars().all(is_plain) {
        let what = "expected a name of letters, digits, `-`, `_` and `.`, found another";
        return Err(Fault::new(Remedy::Ask, name, what, "choose another name"));
    }
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(folder).map_err(|error| fault(folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    Ok(paths)
}

fn end(path: &Path) -> String {
    path.extension().map_or_else(|| "txt".into(), |end| end.to_string_lossy().to_lowercase())
}

pub(crate) fn fault(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new(Remedy::Setup, path.display().to_string(), error, "see that the workspace can be written to")
}

/// The choice that a form names: `take C1`, `base`, `brackets`, `drop`, `both`, or the words of `text`.
///
/// # Errors
/// When it names none, or a contribution that proposes nothing there.
pub fn choice(conflict: &Conflict, fields: &BTreeMap<String, String>) -> Result<Choice, Fault> {
    let said = fields.get("choice").map(String::as_str).unwrap_or_default();
    let wrong = |what: String| Fault::new(Remedy::Ask, &conflict.id, what, "choose one of the buttons");
    match said {
        "brackets" => Ok(Choice::Brackets),
        "drop" => Ok(Choice::Drop),
        "both" => Ok(Choice::Both),
        "base" => Ok(Choice::Take("base".into())),
        "text" => match fields.get("text").map(|text| text.trim()).filter(|text| !text.is_empty()) {
            Some(text) => Ok(Choice::Text(text.into())),
            None => Err(wrong("expected the words of the text, found none".into())),
        },
        other => match conflict.alternatives.iter().find(|own| joined(&own.by) == other) {
            Some(own) => Ok(Choice::Take(own.by.first().cloned().unwrap_or_default())),
            None => Err(wrong(format!("expected one of the alternatives, found `{other}`"))),
        },
    }
}
