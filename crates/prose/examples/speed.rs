//! How fast documents are read, in megabytes a second: `cargo run --release --example speed FILE...`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used)]
use std::time::Instant;
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let snapshot = fact::Snapshot::new("", &path, &bytes);
        let start = Instant::now();
        let document = document::read(&snapshot).unwrap();
        let read = start.elapsed();
        let answer = prose::read(&document);
        let all = start.elapsed();
        println!(
            "{} B: document {:?}, all {:?} = {:.1} MB/s; {} persons",
            bytes.len(),
            read,
            all,
            bytes.len() as f64 / all.as_secs_f64() / 1e6,
            answer.persons.len()
        );
    }
}
