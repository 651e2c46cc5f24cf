//! Documents beside the code: golden documents, cards of indicators, the list of dependencies, commands and links.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::Repository;
use super::tokens::tokens;
use super::{prose, without_code};

/// Lines that the header card of an indicator must have.
const CARD: &[&str] = &[
    "name",
    "title",
    "unit",
    "kind",
    "objective",
    "direction",
    "exposure",
    "reads",
    "caveat",
    "source",
    "privacy",
    "since",
];

/// Checks that each adapter and each indicator has its golden document, and each golden document its subject.
#[must_use]
pub fn goldens(repository: &Repository) -> Vec<String> {
    let mut breaches = Vec::new();
    for (folder, sources, end) in [
        ("crates/adapters/golden/", "crates/adapters/src/", ".rs"),
        ("crates/indicators/golden/", "crates/indicators/sql/", ".sql"),
    ] {
        let subjects = stems(repository, sources, end);
        let documents = stems(repository, folder, ".md");
        let subjects: BTreeSet<&str> = subjects.into_iter().filter(|name| *name != "lib").collect();
        for name in subjects.difference(&documents) {
            breaches.push(format!("{sources}{name}{end}: expected the golden document {folder}{name}.md"));
        }
        for name in documents.difference(&subjects) {
            breaches.push(format!("{folder}{name}.md: expected {sources}{name}{end}, which it tests"));
        }
    }
    breaches
}

/// Checks that the card of each indicator is complete and bears the name of its file.
#[must_use]
pub fn cards(repository: &Repository) -> Vec<String> {
    let mut breaches = Vec::new();
    for (path, text) in repository.matching("crates/indicators/sql/", ".sql").filter(|(path, _)| is_flat(path, 4)) {
        let card: Vec<(&str, &str)> = text
            .lines()
            .map_while(|line| line.strip_prefix("--"))
            .filter_map(|line| line.strip_prefix(' ')?.split_once(char::is_whitespace))
            .collect();
        for key in CARD.iter().filter(|key| !card.iter().any(|(held, value)| held == *key && !value.trim().is_empty()))
        {
            breaches.push(format!("{path}: expected `-- {key}` in the header, found none"));
        }
        let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(".sql"));
        if let Some((_, name)) = card.iter().find(|(key, _)| *key == "name")
            && Some(name.trim()) != stem
        {
            breaches.push(format!("{path}: expected the name of the file, found `{}`", name.trim()));
        }
    }
    breaches
}

/// Checks that ARCHITECTURE.md has one table line for every dependency and every crate of the workspace.
#[must_use]
pub fn architecture(repository: &Repository) -> Vec<String> {
    let text = repository.text("ARCHITECTURE.md");
    let rows: BTreeSet<&str> =
        prose(text).filter_map(|(_, line)| line.strip_prefix("| `")?.split('`').next()).collect();
    let manifest = repository.text("Cargo.toml").parse::<Table>().unwrap_or_default();
    let uses = manifest.get("workspace").and_then(|workspace| workspace.get("dependencies")).and_then(Value::as_table);
    let names = uses.into_iter().flat_map(Table::keys).map(String::as_str);
    let missing = names.chain(repository.crates().map(|(name, _)| name)).filter(|name| !rows.contains(name));
    let missing: BTreeSet<&str> = missing.collect();
    missing.iter().map(|name| format!("ARCHITECTURE.md: expected a table line that starts with | `{name}` |")).collect()
}

/// Checks that commands and make targets named in the Markdown documents at the root exist.
///
/// A command is what follows `rapporteur` or `cargo run --release --` in a fenced block or between backticks.
#[must_use]
pub fn commands(repository: &Repository) -> Vec<String> {
    let known = subcommands(repository);
    let targets: BTreeSet<&str> =
        repository.text("Makefile").lines().filter_map(|line| line.split_once(':')).map(|(target, _)| target).collect();
    let mut breaches = Vec::new();
    for (path, text) in repository.matching("", ".md").filter(|(path, _)| !path.contains('/')) {
        for (line, number) in text.lines().zip(1..) {
            let code = if is_code(text, number) {
                line.to_string()
            } else {
                line.split('`').skip(1).step_by(2).collect::<Vec<_>>().join("\n")
            };
            for said in code.lines() {
                let words: Vec<&str> = said.trim_start_matches("$ ").split_whitespace().collect();
                match words[..] {
                    ["make", target, ..] if !targets.contains(target) => {
                        breaches.push(format!("{path}:{number}: `make {target}` is no target of the Makefile"));
                    }
                    ["rapporteur", word, ..] | ["cargo", "run", "--release", "--", word, ..]
                        if is_plain(word) && !known.contains(word) =>
                    {
                        breaches.push(format!("{path}:{number}: `rapporteur {word}` is no command"));
                    }
                    _ => {}
                }
            }
        }
    }
    breaches
}

/// Checks that relative links in Markdown lead to files or folders of the repository.
#[must_use]
pub fn links(repository: &Repository) -> Vec<String> {
    let mut breaches = Vec::new();
    for (path, text) in repository.matching("", ".md").filter(|(path, _)| !path.contains("/golden/")) {
        for (number, line) in prose(text) {
            let line = without_code(line);
            let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
            for target in targets.filter(|target| !target.contains("://") && !target.starts_with(['#', '<'])) {
                let goal = joined(path, target.split('#').next().unwrap_or_default());
                let is_there =
                    repository.files.keys().any(|held| *held == goal || held.starts_with(&format!("{goal}/")));
                if !is_there {
                    breaches.push(format!("{path}:{number}: the link `{target}` leads nowhere"));
                }
            }
        }
    }
    breaches
}

/// Names of the files directly in a folder, without their ending.
fn stems<'a>(repository: &'a Repository, folder: &'a str, end: &'a str) -> BTreeSet<&'a str> {
    let names = repository.matching(folder, end).filter_map(|(path, _)| path.strip_prefix(folder)?.strip_suffix(end));
    names.filter(|name| !name.contains('/')).collect()
}

fn is_flat(path: &str, n_parts: usize) -> bool {
    path.split('/').count() == n_parts
}

fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') && !word.starts_with('-')
}

fn is_code(text: &str, number: usize) -> bool {
    text.lines().take(number).filter(|line| line.trim_start().starts_with("```")).count() % 2 == 1
}

/// The commands of the binary: variants of `enum Command` in `app`, in kebab case, besides those that clap adds.
fn subcommands(repository: &Repository) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = ["help".to_string()].into();
    for (_, text) in repository.matching("crates/app/src/", ".rs") {
        let tokens = tokens(text).unwrap_or_default();
        for three in tokens.windows(3) {
            if let [word, name, proc_macro2::TokenTree::Group(body)] = three
                && word.to_string() == "enum"
                && name.to_string() == "Command"
            {
                known.extend(body.stream().into_iter().filter_map(|token| match token {
                    proc_macro2::TokenTree::Ident(name) => Some(kebab(&name.to_string())),
                    _ => None,
                }));
            }
        }
    }
    known
}

fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.extend(letter.to_lowercase());
    }
    kebab
}

/// Returns the path of `target` as seen from the document at `path`.
fn joined(path: &str, target: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> Vec<String> {
        Vec::new()
    }

    #[test]
    fn an_adapter_or_indicator_without_golden_document_is_a_breach() {
        let house = Repository::default()
            .with("crates/adapters/src/lib.rs", "")
            .with("crates/adapters/src/minutes.rs", "")
            .with("crates/adapters/src/minutes/table.rs", "")
            .with("crates/adapters/golden/minutes.md", "")
            .with("crates/indicators/sql/share.sql", "")
            .with("crates/indicators/golden/share.md", "");
        assert_eq!(goldens(&house), none());
        assert_eq!(goldens(&house.clone().with("crates/adapters/src/ballots.rs", "")).len(), 1);
        assert_eq!(goldens(&house.clone().with("crates/indicators/sql/votes.sql", "")).len(), 1);
        assert_eq!(goldens(&house.with("crates/adapters/golden/gone.md", "")).len(), 1);
    }

    #[test]
    fn an_incomplete_card_is_a_breach() {
        let card: String = CARD.iter().map(|key| format!("-- {key}  share\n")).collect();
        let path = "crates/indicators/sql/share.sql";
        assert_eq!(cards(&Repository::default().with(path, &format!("{card}select 1\n"))), none());
        let without = card.replace("-- caveat  share\n", "");
        let breach = "crates/indicators/sql/share.sql: expected `-- caveat` in the header, found none";
        assert_eq!(cards(&Repository::default().with(path, &without)), [breach]);
        assert_eq!(cards(&Repository::default().with("crates/indicators/sql/votes.sql", &card)).len(), 1);
    }

    #[test]
    fn a_dependency_without_reason_is_a_breach() {
        let house = Repository::default()
            .with("Cargo.toml", "[workspace.dependencies]\ntoml = \"0.9\"\n")
            .with("ARCHITECTURE.md", "| `toml` | reads files | our own parser |\n");
        assert_eq!(architecture(&house), none());
        let more = house.with("Cargo.toml", "[workspace.dependencies]\ntoml = \"0.9\"\nserde = \"1\"\n");
        assert_eq!(architecture(&more), ["ARCHITECTURE.md: expected a table line that starts with | `serde` |"]);
    }

    #[test]
    fn a_command_that_does_not_exist_is_a_breach() {
        let house = Repository::default()
            .with("Makefile", "test: lint\n\tcargo test\n")
            .with(
                "crates/app/src/command.rs",
                "enum Command {\n    /// Adds.\n    Add { path: String },\n    BuildOnly,\n}\n",
            )
            .with(
                "README.md",
                "Say `make test`.\n\n```sh\n$ rapporteur add FILE\ncargo run --release -- build-only\n```\n",
            );
        assert_eq!(commands(&house), none());
        let more = house.with("README.md", "Say `make peace`.\n\n```sh\nrapporteur subtract\n```\n");
        let expected = [
            "README.md:1: `make peace` is no target of the Makefile",
            "README.md:4: `rapporteur subtract` is no command",
        ];
        assert_eq!(commands(&more), expected);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_a_breach() {
        let house = Repository::default()
            .with("README.md", "[a](docs/a.md#top) [b](https://example.org/x) [c](#here) [d](docs)")
            .with("docs/a.md", "[up](../README.md)");
        assert_eq!(links(&house), none());
        let more = house.with("docs/b.md", "[gone](c.md)");
        assert_eq!(links(&more), ["docs/b.md:1: the link `c.md` leads nowhere"]);
    }
}
