//! Words: every public type and every act stands in the glossary, and prose is spelt the British way.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::tokens::{public_paths, public_types, tokens};
use super::{Repository, prose, without_code};

/// Crates whose public types are words of the house. `app` is a binary and `dev` is not shipped.
const LIBRARIES: &[&str] = &[
    "adapters",
    "chart",
    "document",
    "drafting",
    "fact",
    "fetch",
    "indicators",
    "ledger",
    "measure",
    "prose",
    "resolve",
];

/// American spellings, and what is written instead. Names that are written with a capital letter stay as they are.
const SPELLINGS: &[(&str, &str)] = &[
    ("analyze", "analyse"),
    ("analyzed", "analysed"),
    ("behavior", "behaviour"),
    ("behaviors", "behaviours"),
    ("canceled", "cancelled"),
    ("center", "centre"),
    ("color", "colour"),
    ("colors", "colours"),
    ("favor", "favour"),
    ("favorite", "favourite"),
    ("labeled", "labelled"),
    ("localized", "localised"),
    ("modeling", "modelling"),
    ("neighbor", "neighbour"),
    ("neighbors", "neighbours"),
    ("normalization", "normalisation"),
    ("normalize", "normalise"),
    ("normalized", "normalised"),
    ("normalizes", "normalises"),
    ("optimize", "optimise"),
    ("optimized", "optimised"),
    ("organization", "organisation"),
    ("organizations", "organisations"),
    ("organize", "organise"),
    ("organized", "organised"),
    ("organizer", "organiser"),
    ("recognize", "recognise"),
    ("recognized", "recognised"),
    ("summarize", "summarise"),
    ("summarized", "summarised"),
];

/// Checks that the glossary has every public type of the libraries and every act.
#[must_use]
pub fn glossary(repository: &Repository) -> Vec<String> {
    let entries = entries(repository.text("GLOSSARY.md"));
    let mut breaches = Vec::new();
    for name in LIBRARIES {
        for (path, public) in public_of(repository, name) {
            if !entries.contains(&public) {
                breaches.push(format!("{path}: the public type `{public}` is missing from GLOSSARY.md"));
            }
        }
    }
    let terms = repository.text("crates/fact/terms.toml").parse::<Table>().unwrap_or_default();
    let acts = terms.get("act").and_then(Value::as_array).into_iter().flatten();
    for slug in acts.filter_map(|act| act.get("slug")?.as_str()) {
        if !entries.contains(slug) {
            breaches.push(format!("crates/fact/terms.toml: the act `{slug}` is missing from GLOSSARY.md"));
        }
    }
    breaches
}

/// Checks Markdown and doc comments for American spellings. Golden documents quote their sources and are left out.
#[must_use]
pub fn spelling(repository: &Repository) -> Vec<String> {
    let mut breaches = Vec::new();
    for (path, text) in repository.matching("", ".md").filter(|(path, _)| !path.contains("/golden/")) {
        for (number, line) in prose(text) {
            breaches.extend(misspelt(line).map(|said| format!("{path}:{number}: {said}")));
        }
    }
    for (path, text) in repository.matching("crates/", ".rs") {
        for (line, number) in text.lines().zip(1..) {
            let comment = ["///", "//!"].iter().find_map(|mark| line.trim_start().strip_prefix(mark));
            breaches.extend(comment.into_iter().flat_map(misspelt).map(|said| format!("{path}:{number}: {said}")));
        }
    }
    breaches
}

/// The words in headings, in bold and between backticks at the start of an entry.
fn entries(glossary: &str) -> BTreeSet<String> {
    let mut entries = BTreeSet::new();
    for (_, line) in prose(glossary) {
        if let Some(heading) = line.strip_prefix('#') {
            entries.insert(heading.trim_matches(['#', ' ', '`']).to_string());
        }
        entries.extend(line.split("**").skip(1).step_by(2).flat_map(|bold| {
            bold.split(',').map(|word| word.trim().trim_matches('`').to_string()).collect::<Vec<_>>()
        }));
    }
    entries
}

/// Returns the public types of a library, with the file that declares them.
fn public_of<'a>(repository: &'a Repository, name: &str) -> Vec<(&'a str, String)> {
    let source = format!("crates/{name}/src/");
    let root = tokens(repository.text(&format!("{source}lib.rs"))).unwrap_or_default();
    let (modules, names) = public_paths(&root);
    let mut found = Vec::new();
    for (path, text) in repository.files.iter().filter(|(path, _)| path.starts_with(&source)) {
        let module = path[source.len()..].trim_end_matches(".rs").split('/').next().unwrap_or_default();
        let is_open = module == "lib" || modules.iter().any(|open| open == module);
        let types = public_types(&tokens(text).unwrap_or_default()).into_iter();
        found.extend(types.filter(|public| is_open || names.contains(public)).map(|public| (path.as_str(), public)));
    }
    found
}

fn misspelt(line: &str) -> impl Iterator<Item = String> {
    let line = without_code(line);
    let words: Vec<String> = line.split(|letter: char| !letter.is_alphabetic()).map(String::from).collect();
    words.into_iter().filter_map(|word| {
        let (_, british) = SPELLINGS.iter().find(|(american, _)| *american == word)?;
        Some(format!("expected `{british}`, found `{word}`"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house() -> Repository {
        Repository::default()
            .with("crates/fact/src/lib.rs", "mod inside;\npub use inside::Fact;\npub struct Act;\n")
            .with("crates/fact/src/inside.rs", "pub struct Fact;\npub struct Hidden;\npub(crate) struct Own;\n")
            .with("crates/fact/terms.toml", "[[act]]\nslug = \"revised-into\"\n")
            .with("GLOSSARY.md", "# Glossary\n\n- **`Fact`**: one act.\n\n## Act\n\n- **revised-into**: became.\n")
    }

    #[test]
    fn what_stands_in_the_glossary_passes() {
        assert_eq!(glossary(&house()), Vec::<String>::new());
    }

    #[test]
    fn a_public_type_missing_from_the_glossary_is_a_breach() {
        let more = house().with("crates/fact/src/lib.rs", "pub mod inside;\npub struct Act;\n");
        let breach = "crates/fact/src/inside.rs: the public type `Hidden` is missing from GLOSSARY.md";
        assert_eq!(glossary(&more), [breach]);
    }

    #[test]
    fn an_act_missing_from_the_glossary_is_a_breach() {
        let more = house().with("crates/fact/terms.toml", "[[act]]\nslug = \"waved\"\n");
        assert_eq!(glossary(&more), ["crates/fact/terms.toml: the act `waved` is missing from GLOSSARY.md"]);
    }

    #[test]
    fn american_spelling_in_prose_is_a_breach_and_in_code_is_not() {
        let fine = house().with("README.md", "The `color` of it.\n\n```css\ncolor: red\n```\nWorld Organization.\n");
        assert_eq!(spelling(&fine), Vec::<String>::new());
        let more =
            fine.with("a.md", "A behavior.").with("crates/fact/src/b.rs", "/// Normal.\n/// The color.\nlet color;");
        let found = spelling(&more);
        let expected = [
            "a.md:1: expected `behaviour`, found `behavior`",
            "crates/fact/src/b.rs:2: expected `colour`, found `color`",
        ];
        assert_eq!(found, expected);
    }
}
