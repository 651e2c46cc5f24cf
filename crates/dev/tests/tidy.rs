//! The house is in order: every tidy check on the files of this repository. `dev::tidy` shows how each rule breaks.
#![allow(missing_docs, reason = "a test has no public items")]
#![expect(clippy::disallowed_methods, reason = "the checks are on files")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use dev::tidy::{self, Repository};

static HOUSE: LazyLock<Repository> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut house = Repository::default();
    read(&root, "", &mut house);
    house
});

/// Reads what people write: no hidden folders but `.ci`, nothing that a tool makes.
fn read(root: &Path, folder: &str, house: &mut Repository) {
    for entry in fs::read_dir(root.join(folder)).expect("the repository can be read") {
        let entry = entry.expect("the repository can be read");
        let name = entry.file_name().into_string().expect("names are UTF-8");
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        if entry.file_type().expect("an entry has a type").is_dir() {
            let is_made = ["target", "node_modules", "snapshots"].contains(&name.as_str());
            if !is_made && (!name.starts_with('.') || name == ".ci") {
                read(root, &path, house);
            }
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            house.files.insert(path, text);
        }
    }
}

fn in_order(breaches: &[String]) {
    assert!(breaches.is_empty(), "{} breaches:\n{}", breaches.len(), breaches.join("\n"));
}

#[test]
fn the_house_was_read() {
    for path in ["Cargo.toml", "README.md", "crates/fact/src/lib.rs", "crates/dev/tests/tidy.rs"] {
        assert!(!HOUSE.text(path).is_empty(), "{path} was not found");
    }
}

#[test]
fn crates_use_only_what_they_may() {
    in_order(&tidy::edges(&HOUSE));
}

#[test]
fn only_the_rim_touches_the_world() {
    in_order(&tidy::rim(&HOUSE));
}

#[test]
fn files_and_functions_stay_below_their_ceilings() {
    in_order(&tidy::ceilings(&HOUSE));
}

#[test]
fn nine_of_ten_functions_are_short() {
    let (n_short, n) = tidy::share_of_short_functions(&HOUSE);
    println!("{n_short} of {n} functions are shorter than 30 lines");
    assert!(n_short * 10 >= n * 9, "{n_short} of {n} functions are shorter than 30 lines");
}

#[test]
fn public_types_and_acts_stand_in_the_glossary() {
    in_order(&tidy::glossary(&HOUSE));
}

#[test]
fn adapters_and_indicators_have_golden_documents() {
    in_order(&tidy::goldens(&HOUSE));
}

#[test]
fn indicators_have_complete_cards() {
    in_order(&tidy::cards(&HOUSE));
}

#[test]
fn every_dependency_has_its_reason() {
    in_order(&tidy::architecture(&HOUSE));
}

#[test]
fn commands_in_the_documents_exist() {
    in_order(&tidy::commands(&HOUSE));
}

#[test]
fn links_lead_somewhere() {
    in_order(&tidy::links(&HOUSE));
}

#[test]
fn prose_is_spelt_the_british_way() {
    in_order(&tidy::spelling(&HOUSE));
}
