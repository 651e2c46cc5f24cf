//! The mail archives, read as they stand: messages, problems and unknowns of each file.
//!
//! The numbers of messages were counted with `grep`: `From ` lines followed by headers, lines of 73 `=`. The files are not
//! part of the repository; without them the test says so and passes.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads files and shows its table")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fact::{Act, Fact, Party, Precision, Reading, Snapshot, content_id};

/// File, units, facts, replies, facts with a domain, body, problems.
type Expected = (&'static str, u64, usize, usize, usize, Option<&'static str>, &'static str);

const AHG: Option<&str> = Some("3GPP_TSG_SA_ITUT_AHG");
const MTCE: Option<&str> = Some("3GPP_TSG_SA_WG2_MTCE");

const FILES: &[Expected] = &[];

#[test]
fn every_file_is_read_as_counted_by_hand() {
    let Some(files) = files("mail") else { return };
    for (origin, bytes) in &files {
        let Some(reading) = read(origin, bytes) else {
            println!("NOT {origin}");
            continue;
        };
        let name = origin.rsplit('/').next().unwrap();
        println!(
            "{name} {} {} {} {:?}",
            reading.about,
            reading.n_units,
            reading.facts.len(),
            reading.problems.iter().map(|p| (p.kind, &p.what, &p.evidence.place)).collect::<Vec<_>>()
        );
        for fact in &reading.facts {
            println!(
                "   {:?} {:?} | {:?} -> {:?} {:?} {:?} {} {} {}",
                fact.who.name,
                fact.who.domain,
                fact.object.as_ref().map(|t| (&t.id, &t.title)),
                fact.target.as_ref().map(|t| &t.id),
                fact.body,
                fact.when.from,
                fact.status.as_deref().unwrap(),
                fact.evidence.place,
                fact.evidence.quote
            );
        }
    }
}

/// The reading of a file by `mailbox`, or `None` where it says that the file is not its own.
fn read(origin: &str, bytes: &[u8]) -> Option<Reading> {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, origin, bytes);
    let mailbox = adapters::ADAPTERS.iter().find(|adapter| adapter.name() == "mailbox").expect("it is in the list");
    mailbox.is_mine(&snapshot).then(|| mailbox.read(&snapshot))
}

/// Every file below a folder of the shared data with its origin, which begins with the folder's own name.
fn files(folder: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    let top = if top.is_dir() { top } else { Path::new("/work/shared/data").join(folder) };
    if !top.is_dir() {
        println!("skipped: `{folder}` is not at hand");
        return None;
    }
    let (mut open, mut files) = (vec![top.clone()], Vec::<PathBuf>::new());
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(path).expect("a folder can be listed").map_while(Result::ok) {
            let list = if entry.path().is_dir() { &mut open } else { &mut files };
            list.push(entry.path());
        }
    }
    files.sort();
    let base = top.parent().expect("it has a parent").to_path_buf();
    let read = |path: PathBuf| {
        let origin = path.strip_prefix(&base).expect("it is below").to_string_lossy().into_owned();
        (origin, std::fs::read(&path).expect("a file can be read"))
    };
    Some(files.into_iter().map(read).collect())
}
