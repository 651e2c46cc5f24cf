//! Law: every quote of an answer is in the document, at the characters and at the bytes that it states.
#![allow(missing_docs, reason = "tests are named by what they hold")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads documents")]

use std::path::{Path, PathBuf};

use fact::{Snapshot, content_id};
use serde_json::Value;

/// Checks all quotes below `value`, and returns how many there were.
fn check(value: &Value, text: &str, chars: &[char]) -> usize {
    match value {
        Value::Array(items) => items.iter().map(|item| check(item, text, chars)).sum(),
        Value::Object(object) => {
            let own = object.get("bstart").map_or(0, |_| {
                let at = |key: &str| usize::try_from(object[key].as_u64().unwrap()).unwrap();
                let quote = object["quote"].as_str().unwrap();
                assert_eq!(text.get(at("bstart")..at("bend")), Some(quote));
                assert_eq!(chars[at("start")..at("end")].iter().collect::<String>(), quote);
                assert!(!quote.is_empty(), "an empty quote says nothing");
                1
            });
            own + object.values().map(|item| check(item, text, chars)).sum::<usize>()
        }
        _ => 0,
    }
}

fn quotes_slice_back(path: &Path) -> usize {
    let bytes = std::fs::read(path).unwrap();
    let (id, origin) = (content_id(&bytes), path.to_string_lossy());
    let document = document::read(&Snapshot::new(&id, &origin, &bytes)).unwrap();
    let gold = prose::gold(&prose::read(&document), &document, &origin, &id);
    check(&gold, &document.text, &document.text.chars().collect::<Vec<char>>())
}

fn files(folder: &str, ends: &[&str]) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let held = std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    held.filter(|path| ends.iter().any(|end| path.to_string_lossy().ends_with(end))).collect()
}

#[test]
fn every_quote_of_the_held_out_documents_slices_back() {
    let documents: Vec<PathBuf> =
        files("held_out", &[".txt", ".md"]).into_iter().filter(|path| !path.ends_with("README.md")).collect();
    assert_eq!(documents.len(), 6);
    for path in documents {
        assert!(quotes_slice_back(&path) > 30, "{}", path.display());
    }
}

#[test]
fn every_quote_of_the_founding_documents_slices_back() {
    let documents = files("../../../shared/seeds", &[".txt"]);
    if documents.is_empty() {
        println!("skipped: the founding documents are not at hand");
    }
    for path in documents {
        assert!(quotes_slice_back(&path) > 10, "{}", path.display());
    }
}
