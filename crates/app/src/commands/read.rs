//! `read`: a document with everything that is read from it. Changes nothing, and needs no workspace unless a model is asked.

use std::io::{IsTerminal as _, Read as _};

use document::Document;
use fact::{Fault, Remedy, Snapshot, content_id};
use ledger::{Answer as Rows, Params, Value};
use prose::{Answer, Mark, Proposal, Proposer as _};
use serde_json::Value as Json;

use super::{Ended, nothing, workspace};
use crate::cli::{Global, ReadArgs};
use crate::exit::Failure;
use crate::output::{Form, Output, width};
use crate::proposer::Chat;
use crate::underline::{Manner, counts, underlined};
use crate::workspace::Workspace;

/// Lines in a row without a mark that are still shown one by one, once a choice was made.
const RUN: usize = 3;

/// A document and what was read from it.
pub struct Opened {
    /// Its name as the user gave it.
    pub name: String,
    /// Id of its bytes.
    pub id: String,
    /// The document.
    pub document: Document,
    /// What it says.
    pub answer: Answer,
    /// What a model proposes beyond that.
    pub proposed: Vec<Proposal>,
}

impl Opened {
    /// Reads a file, or the standard input for `-`.
    ///
    /// # Errors
    /// When it cannot be read, or is no document.
    pub fn read(name: &str) -> Result<Self, Fault> {
        let unreadable =
            |error| Fault::new(Remedy::Source, name, error, "name a file that exists and can be read, or `-`");
        let bytes = if name == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable)?;
            bytes
        } else {
            std::fs::read(name).map_err(unreadable)?
        };
        let id = content_id(&bytes);
        let document = document::read(&Snapshot::new(&id, name, &bytes)).ok_or_else(|| {
            let what = "expected a document such as .txt, .md, .html, .docx or .pdf, found other bytes";
            Fault::new(Remedy::Source, name, what, "save it as one of these and read it again")
        })?;
        let answer = prose::read(&document);
        Ok(Self { name: name.into(), id, document, answer, proposed: Vec::new() })
    }

    /// Returns the answer in the schema of answer keys; what was proposed stands beside it.
    pub fn gold(&self) -> Json {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        let mut gold = prose::gold(&self.answer, &self.document, name, &self.id);
        if !self.proposed.is_empty() {
            gold["proposed"] = self.proposed.iter().map(|one| one.json(&self.document)).collect();
        }
        gold
    }

    /// Returns what was read and proposed, as marks in order of the text.
    fn marks(&self) -> Vec<Mark> {
        let mut marks = prose::marks(&self.answer);
        marks.extend(self.proposed.iter().enumerate().map(|(n, one)| one.mark(n)));
        marks.sort_by_key(|mark| (mark.found.span.start, usize::MAX - mark.found.span.end));
        marks
    }

    /// Asks a model for what the rules missed, and keeps what the document has words for.
    ///
    /// # Errors
    /// When the model cannot be asked or its answer cannot be understood.
    fn ask(&mut self, chat: &Chat<'_>, out: Output) -> Result<(), Fault> {
        crate::complain(&chat.notice(&self.name, &self.document));
        let grounded = prose::ground(&self.document, &chat.propose(&self.document)?);
        let known = prose::marks(&self.answer);
        let is_known =
            |one: &Proposal| known.iter().any(|mark| mark.list == one.list && mark.found.span.meets(one.found.span));
        let (known, new): (Vec<Proposal>, Vec<Proposal>) = grounded.proposals.into_iter().partition(is_known);
        out.say(format_args!(
            "{}: {} proposals wait for review; {} were read by the rules already, {} have no words in the document.",
            self.name,
            new.len(),
            known.len(),
            grounded.n_dropped
        ));
        self.proposed = new;
        Ok(())
    }
}

pub async fn run(global: &Global, args: &ReadArgs) -> Ended {
    let out = global.output();
    let mut n_marks = 0;
    let mut rows = Vec::new();
    let mut first_fault = None;
    let workspace = if args.propose { Some(workspace(global)?) } else { None };
    for name in &args.files {
        let opened = match Opened::read(name) {
            Ok(mut opened) => {
                if let Some(workspace) = &workspace {
                    guard(global, workspace, &opened).await?;
                    let asked = Chat::open(&workspace.config).and_then(|chat| opened.ask(&chat, out));
                    first_fault = first_fault.or(asked.err());
                }
                opened
            }
            Err(fault) if args.files.len() > 1 => {
                out.say(format_args!("error: {fault}\nhint: {}", fault.hint));
                first_fault.get_or_insert(fault);
                continue;
            }
            Err(fault) => return Err(fault.into()),
        };
        let marks: Vec<Mark> = opened.marks().into_iter().filter(|mark| is_wanted(args, mark)).collect();
        n_marks += marks.len();
        match out.form {
            Form::Json => print_json(out, args, &opened)?,
            Form::Csv => rows.extend(marks.iter().map(|mark| row(&opened, mark))),
            Form::Text => print_text(out, args, &opened, &marks)?,
        }
    }
    if out.form == Form::Csv {
        out.rows(&Rows { columns: COLUMNS.map(Into::into).to_vec(), rows })?;
    }
    match first_fault {
        Some(fault) => Err(fault.into()),
        None if n_marks == 0 => {
            Err(nothing("read", "nothing was read", "ask for all kinds, or look whether the words are there as text"))
        }
        None => Ok(()),
    }
}

/// Refuses to send the words of a source whose persons are hidden: a snapshot of it, or a file below its path.
async fn guard(global: &Global, workspace: &Workspace, opened: &Opened) -> Ended {
    let session = workspace.ledger().await?.session(global.threads, None).await?;
    let params = Params::from([("snapshot", Value::Text(opened.id.clone()))]);
    let held = session.query(include_str!("../sql/sources_of_snapshot.sql"), &params).await?;
    let hidden = held.rows.iter().map(|row| row[0].text()).find(|source| workspace.config.hides_persons(source));
    let hidden = hidden.map(String::from).or_else(|| workspace.hidden_source_of(std::path::Path::new(&opened.name)));
    match hidden {
        Some(source) => Err(Failure::Private(Fault::new(
            Remedy::Ask,
            &opened.name,
            format!("expected a text that may leave this machine, found one of `{source}`, whose persons are hidden"),
            "read it without `--propose`",
        ))),
        None => Ok(()),
    }
}

fn is_wanted(args: &ReadArgs, mark: &Mark) -> bool {
    let is_of_kind = args.kind.is_empty() || args.kind.iter().any(|kind| kind == mark.list);
    is_of_kind && args.below.is_none_or(|below| mark.found.confidence < below)
}

/// The document with its marks, and in a sentence how many there are of each kind.
fn print_text(out: Output, args: &ReadArgs, opened: &Opened, marks: &[Mark]) -> Result<(), Fault> {
    let is_whole = args.kind.is_empty() && args.below.is_none();
    let is_terminal = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let manner = Manner {
        width: if is_terminal { width() } else { 120 },
        is_coloured: is_terminal,
        run: if is_whole { usize::MAX } else { RUN },
    };
    if args.files.len() > 1 {
        out.print(&format!("{}\n\n", opened.name))?;
    }
    out.print(&underlined(&opened.document.text, marks, manner))?;
    out.say(format_args!("{}: {}.", opened.name, counts(marks)));
    Ok(())
}

/// The answer in the schema of keys; with several documents one object a line.
fn print_json(out: Output, args: &ReadArgs, opened: &Opened) -> Result<(), Fault> {
    let mut gold = opened.gold();
    for (list, _) in prose::LISTS {
        let Some(entries) = gold.get_mut(list).and_then(Json::as_array_mut) else { continue };
        if !args.kind.is_empty() && !args.kind.iter().any(|kind| kind == list) {
            entries.clear();
        }
        if let Some(below) = args.below {
            entries.retain(|entry| least(entry).is_some_and(|confidence| confidence < below));
        }
    }
    if args.files.len() == 1 { out.json(&gold) } else { out.print(&format!("{gold}\n")) }
}

/// The least confidence that stands anywhere in an entry.
fn least(entry: &Json) -> Option<f64> {
    match entry {
        Json::Object(fields) => {
            let own = fields.get("confidence").and_then(Json::as_f64);
            own.into_iter().chain(fields.values().filter_map(least)).reduce(f64::min)
        }
        Json::Array(list) => list.iter().filter_map(least).reduce(f64::min),
        _ => None,
    }
}

const COLUMNS: [&str; 10] = ["file", "kind", "entry", "what", "said", "quote", "start", "end", "rule", "confidence"];

fn row(opened: &Opened, mark: &Mark) -> Vec<Value> {
    let span = mark.found.span;
    let number = |n: usize| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    vec![
        Value::Text(opened.name.clone()),
        Value::Text(mark.list.into()),
        number(mark.entry),
        Value::Text(mark.noun.into()),
        Value::Text(mark.said.clone()),
        Value::Text(opened.document.slice(&span.range()).into()),
        number(span.start),
        number(span.end),
        Value::Text(mark.found.rule.into()),
        Value::Real(mark.found.confidence),
    ]
}
