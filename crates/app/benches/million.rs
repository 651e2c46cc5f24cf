//! One million facts from generated lists into a ledger, and queries on it: `cargo bench -p app --bench million`.
//!
//! Prints seconds and facts per second for the addition, for adding the same again, for verifying, and for the queries
//! that pages and reports stand on. The plain Python reader of `scripts/` reads the same lists in the same run.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock and runs programs")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const N_LISTS: u64 = 100;
const N_ROWS: usize = 2_900;

fn main() {
    let folder = std::env::temp_dir().join(format!("rapporteur-million-{}", std::process::id()));
    let sources = folder.join("sources");
    std::fs::create_dir_all(&sources).expect("the temporary folder can be written");
    let mut n_bytes = 0;
    for seed in 0..N_LISTS {
        let list = dev::big_list(seed, N_ROWS);
        n_bytes += list.len();
        std::fs::write(sources.join(format!("list-{seed:03}.htm")), list).expect("the temporary folder can be written");
    }
    println!("{N_LISTS} lists of {N_ROWS} rows, {:.0} MB", n_bytes as f64 / 1e6);
    let workspace = folder.join("w");
    run("init", Command::new(program()).args(["--quiet", "init"]).arg(&workspace));
    let add = || {
        let mut command = Command::new(program());
        command.args(["--quiet", "--json", "--workspace"]).arg(&workspace).arg("add").arg(&sources);
        command
    };
    let (seconds, report) = run("add", &mut add());
    let n_facts = facts(&report);
    assert!(n_facts >= 1_000_000, "expected a million facts, found {n_facts}");
    println!(
        "    {n_facts} facts, {:.0} facts a second, {:.0} MB/s",
        n_facts as f64 / seconds,
        n_bytes as f64 / 1e6 / seconds
    );
    run("add the same again", &mut add());
    for what in [
        &["verify"][..],
        &["index", "--body", "made"],
        &["measure", "acceptance_rate"],
        &["--csv", "facts", "--limit", "1"],
    ] {
        run(&what.join(" "), Command::new(program()).args(["--quiet", "--workspace"]).arg(&workspace).args(what));
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/independent_tdocs_count.py");
    let lists: Vec<PathBuf> = (0..N_LISTS).map(|seed| sources.join(format!("list-{seed:03}.htm"))).collect();
    let (python, _) = run("plain Python reader of the same lists", Command::new("python3").arg(script).args(&lists));
    println!(
        "rapporteur reads and keeps in {seconds:.1} s what Python only reads in {python:.1} s: ratio {:.1}",
        python / seconds
    );
    std::fs::remove_dir_all(&folder).expect("the temporary folder can be removed");
}

fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_rapporteur"))
}

/// Seconds and what was printed. 3 is the quality gate: generated lists hold problems on purpose.
fn run(what: &str, command: &mut Command) -> (f64, Vec<u8>) {
    let start = Instant::now();
    let output = command.stderr(Stdio::inherit()).output().expect("the program runs");
    let seconds = start.elapsed().as_secs_f64();
    assert!(matches!(output.status.code(), Some(0 | 3)), "{what} ended with {:?}", output.status.code());
    println!("{what}: {seconds:.2} s");
    (seconds, output.stdout)
}

fn facts(report: &[u8]) -> u64 {
    let report: serde_json::Value = serde_json::from_slice(report).expect("the report is JSON");
    report["facts"].as_object().into_iter().flatten().filter_map(|(_, n)| n.as_u64()).sum()
}
