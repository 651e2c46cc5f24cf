//! Throughput of the document lists on one core: `cargo bench -p adapters --bench tdocs`.
//!
//! Reads the real lists where they are at hand, else lists made here, repeated to 40 MB or more, five times; prints the
//! median in MB/s (a megabyte is 1,000,000 bytes). The plain Python reader of `scripts/` reads the same files after it.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads its input and the clock")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use fact::{Snapshot, content_id};

const ENOUGH: usize = 40_000_000;
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

struct List {
    origin: String,
    id: String,
    bytes: Vec<u8>,
}

fn main() {
    let folder = Path::new(ROOT).join("../shared/data/contributions/3gpp-sa2-tdocs-by-agenda");
    let real = real_lists(&folder);
    let (what, lists) = if real.is_empty() { ("made-up", made_up_lists()) } else { ("real", real) };
    let n_bytes: usize = lists.iter().map(|list| list.bytes.len()).sum();
    let n_rounds = ENOUGH.div_ceil(n_bytes);
    println!("{} {what} lists of {:.2} MB, read {n_rounds} times", lists.len(), n_bytes as f64 / 1e6);

    let mut rates: Vec<f64> = (0..5)
        .map(|_| {
            let start = Instant::now();
            for list in (0..n_rounds).flat_map(|_| &lists) {
                black_box(read(black_box(list)));
            }
            (n_bytes * n_rounds) as f64 / 1e6 / start.elapsed().as_secs_f64()
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    let n_facts: usize = lists.iter().map(read).sum();
    println!("rapporteur: {:.0} MB/s, one thread (from {:.0} to {:.0})", rates[2], rates[0], rates[4]);
    println!("            {n_facts} facts a round");
    python(&lists, n_bytes);
}

fn read(list: &List) -> usize {
    let snapshot = Snapshot::new(&list.id, &list.origin, &list.bytes);
    let adapter = adapters::adapter_for(&snapshot).expect("an adapter takes the list");
    adapter.read(&snapshot).facts.len()
}

fn real_lists(folder: &Path) -> Vec<List> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "htm" || end == "html"));
    paths.sort();
    let list = |path: PathBuf| {
        let bytes = std::fs::read(&path).ok()?;
        Some(List { origin: path.display().to_string(), id: content_id(&bytes), bytes })
    };
    paths.into_iter().filter_map(list).collect()
}

/// Four lists of 1,000 rows in the form of the real ones, written to the temporary folder for the Python reader.
fn made_up_lists() -> Vec<List> {
    let list = |meeting: usize| {
        let cell = |text: &str| {
            format!(
                "  <TD BORDERCOLOR=#000000 BGCOLOR =#339966><FONT style=FONT-SIZE:9pt FACE=\"Arial\" COLOR=#000000>{text}</FONT></TD>\n"
            )
        };
        let row = |cells: [&str; 8]| format!("<TR VALIGN=TOP>\n{}</TR>\n", cells.map(cell).concat());
        let mut text =
            format!("<TITLE>Document List for meeting MADE WG1#{meeting} - Ordered by Agenda Item</TITLE>\n<table>\n");
        text += &row(["AI", "TD#", "Type", "Title", "Source", "Work Item", "Comments", "Result"]);
        for n in (0..1000).step_by(2) {
            let (old, new) = (format!("M1-21{meeting}{n:03}"), format!("M1-21{meeting}{:03}", n + 1));
            let title = "Clarification of the handling of clocks in slices of the made-up system";
            let (to, of) = (format!("Revised to {new}."), format!("Revision of {old}. Approved"));
            text += &row(["6.1", &old, "CR", title, "Acme, Borealis Co., Ltd", "CLOCKS", &to, "Revised"]);
            text += &row(["6.1", &new, "CR", title, "Acme, Borealis Co., Ltd, Cygnus", "CLOCKS", &of, "Approved"]);
        }
        let path = std::env::temp_dir().join(format!("tdocs-{}-{meeting}.htm", std::process::id()));
        std::fs::write(&path, &text).expect("the temporary folder can be written");
        List { origin: path.display().to_string(), id: content_id(text.as_bytes()), bytes: text.into_bytes() }
    };
    (1..5).map(list).collect()
}

/// A plain reader for comparison: Python's `html.parser` over the same files, twice.
fn python(lists: &[List], n_bytes: usize) {
    let script = Path::new(ROOT).join("scripts/independent_tdocs_count.py");
    let files = || lists.iter().map(|list| &list.origin);
    let start = Instant::now();
    let status = Command::new("python3").arg(script).args(files()).args(files()).stdout(Stdio::null()).status();
    match status {
        Ok(status) if status.success() => {
            println!("python:     {:.1} MB/s, html.parser", 2.0 * n_bytes as f64 / 1e6 / start.elapsed().as_secs_f64());
        }
        other => println!("python:     not measured ({other:?})"),
    }
}
