//! `merge`: a base and contributions become one text with provenance; their conflicts; and whether all of it holds together.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use drafting::lint::{Lint, lints};
use drafting::{Draft, Mechanical, Merged, Passage, cover, merge};
use fact::{Fault, Remedy};
use ledger::{Answer, Value};

use super::{Ended, workspace};
use crate::cli::{Global, MergeArgs, MergeCommand, MergeInput};
use crate::drafts::Drafts;
use crate::exit::Failure;
use crate::output::{Form, Output};
use crate::sitting::{Sitting, identified};
use crate::workspace::now;

/// Merges, and writes every form asked for.
pub fn run(global: &Global, args: &MergeArgs) -> Ended {
    let out = global.output();
    let Some(base) = &args.base else {
        let hint = "see `rapporteur merge --help`";
        return Err(Fault::new(Remedy::Ask, "merge", "expected a base and contributions, found none", hint).into());
    };
    let sitting = Sitting::of_files(base, &args.contributions, args.decisions.as_deref())?;
    let inputs: Vec<PathBuf> =
        std::iter::once(base.clone()).chain(args.contributions.iter().map(|named| identified(named).1)).collect();
    for path in args.out.iter().chain(&args.note) {
        spared(path, &inputs)?;
    }
    // Everything is made before anything is written.
    let today = now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let end = |path: &PathBuf| path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
    let made: Vec<Vec<u8>> = args.out.iter().map(|path| sitting.formed(&end(path), today)).collect::<Result<_, _>>()?;
    for (path, bytes) in args.out.iter().zip(&made) {
        write(path, bytes)?;
        out.say(format_args!("Wrote {}.", path.display()));
    }
    if let Some(path) = &args.note {
        write(path, sitting.note().as_bytes())?;
        out.say(format_args!("Wrote {}.", path.display()));
    }
    if args.out.is_empty() {
        out.print(&sitting.merged.text())?;
    }
    tell(&out, &sitting);
    Ok(())
}

/// Refuses to write over what is merged.
fn spared(path: &Path, inputs: &[PathBuf]) -> Result<(), Fault> {
    let Ok(whole) = path.canonicalize() else { return Ok(()) };
    if inputs.iter().any(|input| input.canonicalize().is_ok_and(|input| input == whole)) {
        let what = "expected a new file, found one of those that are merged";
        return Err(Fault::new(Remedy::Ask, path.display().to_string(), what, "choose another name"));
    }
    Ok(())
}

/// Lists conflicts, or checks a merge.
pub fn more(global: &Global, what: &MergeCommand) -> Ended {
    match what {
        MergeCommand::Start { name, input } => start(global, name, input),
        MergeCommand::Conflicts(input) => conflicts(&global.output(), &read(input)?),
        MergeCommand::Check { input, note, merged } => {
            check(&global.output(), &read(input)?, note.as_deref(), merged.as_deref())
        }
    }
}

fn start(global: &Global, name: &str, input: &MergeInput) -> Ended {
    let drafts = Drafts::of(&workspace(global)?.folder);
    let contributions: Vec<(String, PathBuf)> = input.contributions.iter().map(|named| identified(named)).collect();
    drafts.begin(name, &input.base, &contributions)?;
    let sitting = drafts.open(name)?;
    let out = global.output();
    tell(&out, &sitting);
    out.say(format_args!("Decide on the page /drafting/{name} of `rapporteur serve`."));
    Ok(())
}

fn read(input: &MergeInput) -> Result<Sitting, Fault> {
    Sitting::of_files(&input.base, &input.contributions, input.decisions.as_deref())
}

fn tell(out: &Output, sitting: &Sitting) {
    let merged = &sitting.merged;
    let n = |is: fn(&drafting::Row) -> bool| merged.rows.iter().filter(|row| is(row)).count();
    out.say(format_args!(
        "{} clauses of {} contributions: {} added, {} struck; conflicts: {}, of them {} open; {} mechanical changes.",
        n(|row| row.after.is_some()),
        sitting.contributions.len(),
        n(|row| row.before.is_none() && row.after.is_some()),
        n(|row| row.before.is_some() && row.after.is_none()),
        merged.conflicts.len(),
        sitting.n_open(),
        merged.mechanical.len()
    ));
    for (id, n_struck, n_all) in sitting.mostly_struck() {
        out.say(format_args!(
            "{id} strikes {n_struck} of {n_all} clauses of the base: contributions are read as whole texts; is this one whole, and about this base?"
        ));
    }
    for unused in &merged.unused {
        out.say(format_args!("Decision {} changed nothing: {}.", unused.decision + 1, unused.reason));
    }
}

fn conflicts(out: &Output, sitting: &Sitting) -> Ended {
    if out.form == Form::Json {
        return Ok(out.json(&sitting.merged.conflicts)?);
    }
    out.say(format_args!(
        "{} conflicts: {} open, where the base stands until somebody decides; the others are listed or decided.",
        sitting.merged.conflicts.len(),
        sitting.n_open()
    ));
    Ok(out.rows(&sitting.conflicts())?)
}

/// One thing that was checked.
struct Checked {
    what: &'static str,
    fault: Option<String>,
    place: String,
}

impl Checked {
    /// True for what must hold and does not; what is only to be looked at breaks nothing.
    fn is_broken(&self) -> bool {
        self.fault.is_some() && !["lint", "decision", "mechanical"].contains(&self.what)
    }
}

fn check(out: &Output, sitting: &Sitting, note: Option<&Path>, file: Option<&Path>) -> Ended {
    let mut found = laws(sitting);
    let draft = Draft::read(&sitting.merged.text());
    let owned = passages(&draft);
    let passages: Vec<Passage<'_>> = owned.iter().map(Owned::passage).collect();
    // What is still in brackets is nobody's text yet.
    let brackets: Vec<String> = sitting
        .merged
        .conflicts
        .iter()
        .flat_map(|conflict| &conflict.alternatives)
        .map(|own| format!("[{}: ", own.by.iter().cloned().collect::<Vec<_>>().join(", ")))
        .collect();
    let is_open = |lint: &Lint| {
        passages.iter().any(|one| one.place == lint.place && brackets.iter().any(|ids| one.text.contains(ids.as_str())))
    };
    for lint in lints(&passages).into_iter().filter(|lint| !is_open(lint)) {
        let fault = format!("found `{}`, expected `{}`: {}", lint.found, lint.expected, lint.code.reason());
        found.push(Checked { what: "lint", fault: Some(fault), place: lint.place });
    }
    found.extend(sitting.doubtful().into_iter().map(|(place, fault)| Checked {
        what: "decision",
        fault: Some(fault),
        place,
    }));
    let done = |one: &Mechanical| Checked {
        what: "mechanical",
        fault: Some(format!("{}: `{}` became `{}`", one.kind.name(), one.before, one.after)),
        place: one.place.clone(),
    };
    found.extend(sitting.merged.mechanical.iter().map(done));
    if let Some(path) = note {
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, error))?;
        let warnings = cover::check(&text, &sitting.settled(), &passages);
        let told = |warning: &cover::Warning| Checked {
            what: "cover note",
            fault: Some(warning.to_string()),
            place: path.display().to_string(),
        };
        found.extend(warnings.iter().map(told));
    }
    if let Some(path) = file {
        found.extend(same(sitting, path)?);
    }
    let broken = found.iter().filter(|one| one.is_broken()).count();
    out.rows(&answer(&found))?;
    if broken > 0 {
        let what = format!("expected a merge that holds together, found {broken} faults");
        return Err(Fault::new(Remedy::Ask, &sitting.title, what, "see the rows above").into());
    }
    Ok(())
}

/// What must hold of any merge, each with what was found.
fn laws(sitting: &Sitting) -> Vec<Checked> {
    let marked = sitting.merged.marked();
    let held = |what: &'static str, is_held: bool, fault: &str| Checked {
        what,
        fault: (!is_held).then(|| fault.to_string()),
        place: sitting.title.clone(),
    };
    let line =
        |text: &str| if text.is_empty() || text.ends_with('\n') { text.to_string() } else { format!("{text}\n") };
    let reversed: Vec<_> = sitting.contributions.iter().rev().cloned().collect();
    let other = merge(&sitting.base, &reversed, &sitting.decisions);
    // To change one's mind is no fault: of two decisions on one conflict the later counts.
    let is_last = |at: usize| {
        let records = &sitting.decisions.records;
        records[at + 1..].iter().all(|later| later.conflict != records[at].conflict)
    };
    let unused = sitting.merged.unused.iter().filter(|unused| is_last(unused.decision));
    let unused: Vec<String> = unused.map(|unused| format!("{}, {}", unused.decision + 1, unused.reason)).collect();
    let mut found = vec![
        held("all accepted", marked.accepted() == line(&sitting.merged.text()), "is not the merged text"),
        held("all rejected", marked.rejected() == line(sitting.base.text()), "is not the base"),
        held("order of contributions", other.text() == sitting.merged.text(), "changes the text"),
        held("decisions", unused.is_empty(), &format!("changed nothing: {}", unused.join("; "))),
    ];
    let lost = lost(sitting, &sitting.merged);
    let fault = format!(
        "words that are neither in the text, nor in a conflict: {}",
        lost.iter().cloned().collect::<Vec<_>>().join(", ")
    );
    found.push(held("no words lost", lost.is_empty(), &fault));
    found
}

/// Words of contributions that stand nowhere: neither in the merged text nor in a conflict.
fn lost(sitting: &Sitting, merged: &Merged) -> BTreeSet<String> {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().any(char::is_alphabetic))
            .map(str::to_lowercase)
            .collect()
    };
    let mut kept = words(&merged.text());
    for conflict in &merged.conflicts {
        conflict.alternatives.iter().filter_map(|own| own.text.as_deref()).for_each(|text| kept.extend(words(text)));
    }
    let base = words(sitting.base.text());
    // What a contribution is about is no word of it: `MOD` over a resolution goes with the symbol.
    let is_symbol = |line: &&str| ["ADD", "MOD", "SUP", "NOC"].contains(&line.trim().trim_matches(['(', ')', '*']));
    let said =
        |text: &str| text.lines().filter(|line| !is_symbol(line)).map(|line| format!("{line}\n")).collect::<String>();
    let all = sitting.contributions.iter().flat_map(|one| words(&said(one.draft.text())));
    all.filter(|word| word.len() > 1 && !kept.contains(word) && !base.contains(word)).collect()
}

/// Whether a file holds the merged text when all its changes are accepted, and the base when all are rejected.
fn same(sitting: &Sitting, path: &Path) -> Result<Vec<Checked>, Failure> {
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, error))?;
    let name = path.display().to_string();
    let reading = drafting::docx::read(&bytes)
        .map_err(|problem| Fault::new(Remedy::Source, &name, problem.what, problem.hint))?;
    let normal = sitting.merged.marked().normal();
    let one =
        |what, is_same: bool| Checked { what, fault: (!is_same).then(|| "differs".to_string()), place: name.clone() };
    Ok(vec![
        one("file, all accepted", reading.marked.accepted() == normal.accepted()),
        one("file, all rejected", reading.marked.rejected() == normal.rejected()),
    ])
}

/// A clause as lints and notes take it.
struct Owned<'a> {
    place: String,
    call: &'a str,
    label: &'a str,
    text: String,
}

impl Owned<'_> {
    fn passage(&self) -> Passage<'_> {
        Passage { place: &self.place, call: self.call, label: self.label, text: &self.text }
    }
}

fn passages(draft: &Draft) -> Vec<Owned<'_>> {
    let mut call = "";
    let mut all = Vec::new();
    for (at, clause) in draft.clauses().iter().enumerate() {
        if clause.kind.is_head() {
            call = draft.words(clause);
        }
        let own = if clause.kind.is_matter() { call } else { "" };
        let label = draft.label(clause);
        // Notes name `considering i)` and `resolves 9`.
        let verb = own.split_whitespace().next().unwrap_or_default();
        let place = if own.is_empty() || label.is_empty() { draft.place(at) } else { format!("{verb} {label}") };
        all.push(Owned { place, call: own, label, text: format!("{}{}", draft.words(clause), draft.end(clause)) });
    }
    all
}

fn answer(found: &[Checked]) -> Answer {
    let row = |one: &Checked| {
        let fault = one.fault.as_deref().map_or(Value::Null, |fault| Value::Text(fault.into()));
        let said = match one.what {
            _ if one.is_broken() => "broken",
            "mechanical" => "done",
            "lint" | "decision" => "look",
            _ => "holds",
        };
        vec![Value::Text(one.what.into()), Value::Text(said.into()), Value::Text(one.place.clone()), fault]
    };
    let columns = ["checked", "found", "place", "what"];
    Answer { columns: columns.map(Into::into).to_vec(), rows: found.iter().map(row).collect() }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    std::fs::write(path, bytes).map_err(|error| {
        Fault::new(Remedy::Ask, path.display().to_string(), error, "choose a place that can be written to")
    })
}

fn unreadable(path: &Path, error: std::io::Error) -> Fault {
    Fault::new(Remedy::Source, path.display().to_string(), error, "name a file that exists and can be read")
}
