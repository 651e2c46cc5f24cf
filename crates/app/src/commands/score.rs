//! `score`: what is read from documents against answer keys. Needs no workspace and changes nothing.

use std::path::{Path, PathBuf};

use fact::{Fault, Remedy};
use ledger::{Answer as Rows, Value};
use prose::{Score, Tally};
use serde_json::{Value as Json, json};

use super::Ended;
use super::read::Opened;
use crate::cli::{Global, ScoreArgs};
use crate::output::{Form, Output};

/// The schema of keys and answers.
const SCHEMA: &str = "sdo-gold/1";

/// A document's score, under its name.
struct Scored {
    name: String,
    score: Score,
}

pub fn run(global: &Global, args: &ScoreArgs) -> Ended {
    let out = global.output();
    let mut scored = Vec::new();
    let mut first_fault = None;
    let keys = keys(&args.gold)?;
    for path in &keys {
        match scored_one(path, &args.file) {
            Ok(one) => scored.push(one),
            Err(fault) if keys.len() > 1 => {
                out.say(format_args!("error: {fault}\nhint: {}", fault.hint));
                first_fault.get_or_insert(fault);
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    if scored.len() > 1 {
        let score = scored.iter().map(|one| &one.score).sum();
        scored.push(Scored { name: "total".into(), score });
    }
    match out.form {
        Form::Json => out.json(&scored.iter().map(object).collect::<Vec<_>>())?,
        Form::Csv => out.rows(&table(&scored))?,
        Form::Text => print_text(out, args, &scored)?,
    }
    first_fault.map_or(Ok(()), |fault| Err(fault.into()))
}

/// The keys that are meant: one file, or those of a folder, by name.
fn keys(gold: &Path) -> Result<Vec<PathBuf>, Fault> {
    if !gold.is_dir() {
        return Ok(vec![gold.to_path_buf()]);
    }
    let mut keys = files(gold)?;
    keys.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    if keys.is_empty() {
        let what = "expected answer keys (.json), found none";
        return Err(Fault::new(Remedy::Ask, gold.display().to_string(), what, "name a key or a folder of keys"));
    }
    Ok(keys)
}

/// The files of a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}

fn scored_one(key_path: &Path, file: &Path) -> Result<Scored, Fault> {
    let key = object_at(key_path)?;
    let file = if file.is_dir() { named_by(key_path, &key, file)? } else { file.to_path_buf() };
    let answer = if file.extension().is_some_and(|ending| ending == "json") {
        object_at(&file)?
    } else {
        Opened::read(&file.display().to_string())?.gold()
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Scored { name, score: prose::score(&key, &answer) })
}

/// Reads a key or an answer.
fn object_at(path: &Path) -> Result<Json, Fault> {
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, error))?;
    let value: Json = serde_json::from_slice(&bytes).map_err(|error| unreadable(path, error))?;
    match value["schema"].as_str() {
        Some(SCHEMA) => Ok(value),
        found => {
            let what = format!("expected an object of schema `{SCHEMA}`, found `{}`", found.unwrap_or("none"));
            let hint = "make one with `rapporteur read --json FILE`";
            Err(Fault::new(Remedy::Source, path.display().to_string(), what, hint))
        }
    }
}

/// The file in `folder` that belongs to a key: the one that it names as `doc`, else the one of its name.
fn named_by(key_path: &Path, key: &Json, folder: &Path) -> Result<PathBuf, Fault> {
    let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let of_name = |path: &PathBuf| stem(path) == stem(key_path);
    let of_doc = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        key["doc"].as_str().is_some_and(|doc| doc == name || doc == stem(path))
    };
    let files = files(folder)?;
    let found = files.iter().find(|path| of_doc(path)).or_else(|| files.iter().find(|path| of_name(path)));
    found.cloned().ok_or_else(|| {
        let what =
            format!("expected `{}` in {}, found none", key["doc"].as_str().unwrap_or("a document"), folder.display());
        let hint = "name the document as the key does, or give both files";
        Fault::new(Remedy::Source, key_path.display().to_string(), what, hint)
    })
}

fn unreadable(path: &Path, error: impl std::fmt::Display) -> Fault {
    Fault::new(Remedy::Source, path.display().to_string(), error, "name a file that exists and can be read")
}

/// The table, and what was missed, too much or different where that is wanted.
fn print_text(out: Output, args: &ScoreArgs, scored: &[Scored]) -> Result<(), Fault> {
    out.rows(&table(scored))?;
    for one in scored.iter().filter(|one| args.misses && one.name != "total") {
        for tally in &one.score.tallies {
            for (word, lines) in
                [("different", &tally.differences), ("missed", &tally.misses), ("too much", &tally.extras)]
            {
                for line in lines {
                    out.print(&format!("{}: {}: {word}: {line}\n", one.name, tally.kind.name()))?;
                }
            }
        }
    }
    Ok(())
}

/// A row for each document and kind of which something stands in key or answer.
fn table(scored: &[Scored]) -> Rows {
    let columns = ["document", "kind", "key", "answer", "right", "precision", "recall", "f1"];
    let share = |share: Option<f64>| share.map_or(Value::Null, Value::Real);
    let number = |n: usize| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    let row = |name: &str, tally: &Tally| {
        vec![
            Value::Text(name.into()),
            Value::Text(tally.kind.name()),
            number(tally.n_key()),
            number(tally.n_answer()),
            number(tally.n_right),
            share(tally.precision()),
            share(tally.recall()),
            share(tally.f1()),
        ]
    };
    let is_there = |tally: &&Tally| tally.n_key() + tally.n_answer() > 0;
    let rows = scored
        .iter()
        .flat_map(|one| one.score.tallies.iter().filter(is_there).map(|tally| row(&one.name, tally)))
        .collect();
    Rows { columns: columns.map(Into::into).to_vec(), rows }
}

fn object(one: &Scored) -> Json {
    let tally = |tally: &Tally| {
        json!({
            "kind": tally.kind, "key": tally.n_key(), "answer": tally.n_answer(), "right": tally.n_right,
            "precision": tally.precision(), "recall": tally.recall(), "f1": tally.f1(),
            "differences": tally.differences, "misses": tally.misses, "extras": tally.extras,
        })
    };
    json!({ "document": one.name, "kinds": one.score.tallies.iter().map(tally).collect::<Vec<_>>() })
}
