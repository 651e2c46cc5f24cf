//! The lints on Resolution 68: on the merged text, the base, and the two synthetic contributions, which are ours and not real.
#![allow(missing_docs, reason = "a test has no public items")]
#![expect(clippy::disallowed_methods, reason = "the gold data are files")]

mod resolution;

use std::path::Path;

use drafting::lint::{Lint, lints};
use resolution::{Line, read};

fn gold(name: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/resolution-68");
    std::fs::read_to_string(folder.join(name)).ok()
}

fn of(lines: &[Line]) -> Vec<Lint> {
    lints(&lines.iter().map(Line::passage).collect::<Vec<_>>())
}

#[test]
fn show() {
    for name in ["merged.txt", "base.txt", "synthetic_C102.txt", "synthetic_C112.txt"] {
        let Some(text) = gold(name) else { return };
        println!("== {name}");
        for lint in of(&read(&text)) {
            println!(
                "{} | {} | {:?} | {:?} | {} | {}",
                lint.code.slug(),
                lint.place,
                lint.range,
                lint.found,
                lint.expected,
                lint.sure
            );
        }
    }
}
