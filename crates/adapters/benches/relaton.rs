//! Throughput of bibliographic records: `cargo bench -p adapters --bench relaton`.
//!
//! Reads every record below the shared folder of standards (YAML, JSON lines, JSON) where it is at hand, else records made
//! here, from memory into facts, on one thread and on two, five times each; prints medians in MB/s (a megabyte is 1,000,000
//! bytes). Python's PyYAML with libyaml then loads the YAML among them, without making anything of it, in the same run.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads its input and the clock")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use fact::{Adapter, Snapshot, content_id};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Loads each file named on standard input, after reading all of them; prints seconds.
const PEER: &str = "import sys, time, yaml
texts = [open(name.strip(), 'rb').read() for name in sys.stdin]
start = time.perf_counter()
for text in texts: yaml.load(text, yaml.CSafeLoader)
print(time.perf_counter() - start)";

struct File {
    origin: String,
    id: String,
    bytes: Vec<u8>,
    adapter: &'static dyn Adapter,
}

fn main() {
    let folder = Path::new(ROOT).join("../shared/data/standards");
    let real = files(&folder);
    let (what, files) = if real.is_empty() { ("made-up", files(&made_up())) } else { ("real", real) };
    let is_yaml = |file: &&File| file.origin.ends_with(".yaml");
    let yaml: Vec<&File> = files.iter().filter(is_yaml).collect();
    let other: Vec<&File> = files.iter().filter(|file| !is_yaml(file)).collect();
    let all: Vec<&File> = files.iter().collect();
    let size = |files: &[&File]| files.iter().map(|file| file.bytes.len()).sum::<usize>() as f64 / 1e6;
    println!("{} {what} files: {:.1} MB of YAML, {:.1} MB of JSON", all.len(), size(&yaml), size(&other));
    let mut ours = 0.0;
    for (name, files) in [("YAML", &yaml), ("JSON", &other), ("all", &all)] {
        for n_threads in [1, 2] {
            let [least, median, most] = rates(files, n_threads, size(files));
            println!(
                "rapporteur: {median:5.1} MB/s of {name} on {n_threads} of 2 threads (from {least:.1} to {most:.1})"
            );
            if (name, n_threads) == ("YAML", 1) {
                ours = median;
            }
        }
    }
    println!("            {} facts a round", all.iter().map(|file| read(file)).sum::<usize>());
    peer(&yaml, size(&yaml), ours);
}

fn read(file: &File) -> usize {
    let snapshot = Snapshot::new(&file.id, &file.origin, &file.bytes);
    assert!(file.adapter.is_mine(&snapshot), "{} is a record", file.origin);
    black_box(file.adapter.read(black_box(&snapshot))).facts.len()
}

/// Least, median and greatest of five rates.
fn rates(files: &[&File], n_threads: usize, size: f64) -> [f64; 3] {
    let mut rates: Vec<f64> = (0..5)
        .map(|_| {
            let (start, next) = (Instant::now(), AtomicUsize::new(0));
            std::thread::scope(|scope| {
                for _ in 0..n_threads {
                    scope.spawn(|| {
                        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                            read(file);
                        }
                    });
                }
            });
            size / start.elapsed().as_secs_f64()
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    [rates[0], rates[2], rates[4]]
}

/// Files below a folder that one of the readers of records takes, the longest first so that threads end together.
fn files(folder: &Path) -> Vec<File> {
    let (mut open, mut paths) = (vec![folder.to_path_buf()], Vec::<PathBuf>::new());
    while let Some(path) = open.pop() {
        let Ok(entries) = std::fs::read_dir(path) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if path.is_dir() { open.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    let file = |path: PathBuf| {
        let bytes = std::fs::read(&path).ok()?;
        let (origin, id) = (path.display().to_string(), content_id(&bytes));
        let adapter = adapters::adapter_for(&Snapshot::new(&id, &origin, &bytes))?;
        ["relaton", "relaton_lines", "specref"].contains(&adapter.name()).then_some(File { origin, id, bytes, adapter })
    };
    let mut files: Vec<File> = paths.into_iter().filter_map(file).collect();
    files.sort_by_key(|file| std::cmp::Reverse(file.bytes.len()));
    files
}

/// A thousand records in the form of the real ones, in the temporary folder.
fn made_up() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("relaton-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
    for n in 0..1000 {
        let mut text = format!(
            "---\nschema-version: v1.2.9\ndocid:\n- id: ISO {n}:2004\n  type: ISO\n  primary: true\ntitle:\n- content: Made-up \
             clocks of the made-up system\n  language:\n  - en\n  type: main\ndate:\n- type: published\n  value: 2004-07\n\
             contributor:\n- organization:\n    name:\n    - content: International Organization for Standardization\n    \
             abbreviation:\n      content: ISO\n  role:\n  - type: publisher\nrelation:\n"
        );
        for year in 1990..2000 {
            text += &format!(
                "- type: obsoletes\n  bibitem:\n    id: ISO{n}-{year}\n    docid:\n    - id: ISO {n}:{year}\n      type: ISO\n      \
                 primary: true\n    formattedref:\n      content: ISO {n}:{year}\n      format: text/plain\n"
            );
        }
        std::fs::write(folder.join(format!("{n}.yaml")), text).expect("the temporary folder can be written");
    }
    folder
}

/// What PyYAML needs to load the same files, and how many times longer that is than our reading of them.
fn peer(files: &[&File], size: f64, ours: f64) {
    use std::io::Write as _;
    let python = Command::new("python3")
        .args(["-c", PEER])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn();
    let seconds = python.ok().and_then(|mut python| {
        let names: String = files.iter().map(|file| format!("{}\n", file.origin)).collect();
        python.stdin.take()?.write_all(names.as_bytes()).ok()?;
        String::from_utf8(python.wait_with_output().ok()?.stdout).ok()?.trim().parse::<f64>().ok()
    });
    match seconds {
        Some(seconds) => {
            let rate = size / seconds;
            println!("python:     {rate:5.1} MB/s of YAML, PyYAML's CSafeLoader: 1 to {:.0}", ours / rate);
        }
        None => println!("python:     not measured (it needs python3 with PyYAML and libyaml)"),
    }
}
