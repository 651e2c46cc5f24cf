//! How long files and functions may be, and who may be longer for which reason.

use super::Repository;
use super::tokens::{functions, tokens};

/// What has a ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceiling {
    /// A Rust file: 500 lines.
    File,
    /// A Rust function: 60 lines.
    Function,
    /// A file that is an adapter: 250 lines.
    Adapter,
    /// A step in SQL: 80 lines.
    Sql,
    /// A script of a page: 150 lines.
    Script,
}

impl Ceiling {
    /// Returns the number of lines allowed.
    #[must_use]
    pub fn lines(self) -> usize {
        match self {
            Self::File => 500,
            Self::Function => 60,
            Self::Adapter => 250,
            Self::Sql => 80,
            Self::Script => 150,
        }
    }

    fn of(path: &str) -> Option<Self> {
        let in_adapters = path.strip_prefix("crates/adapters/src/").filter(|name| !name.contains('/'));
        match path.rsplit_once('.')?.1 {
            "rs" if in_adapters.is_some_and(|name| name != "lib.rs") => Some(Self::Adapter),
            "rs" => Some(Self::File),
            "sql" => Some(Self::Sql),
            "js" | "mjs" if !path.starts_with("tests/") => Some(Self::Script),
            _ => None,
        }
    }
}

/// Who may be longer: path (and `::function`), lines, reason. An exception that is no longer needed is a breach.
const EXCEPTIONS: &[(&str, usize, &str)] = &[];

/// Checks files and functions against their ceilings.
#[must_use]
pub fn ceilings(repository: &Repository) -> Vec<String> {
    against(repository, EXCEPTIONS)
}

/// Returns the number of functions under 30 lines, and of all functions.
#[must_use]
pub fn share_of_short_functions(repository: &Repository) -> (usize, usize) {
    let lengths = repository.matching("crates/", ".rs").filter_map(|(_, text)| tokens(text).ok());
    let lengths: Vec<usize> = lengths.flat_map(|tokens| functions(&tokens)).map(|function| function.n_lines).collect();
    (lengths.iter().filter(|&&n_lines| n_lines < 30).count(), lengths.len())
}

fn against(repository: &Repository, exceptions: &[(&str, usize, &str)]) -> Vec<String> {
    let mut long: Vec<(String, usize, Ceiling)> = Vec::new();
    let mut breaches = Vec::new();
    for (path, text) in repository.matching("", "") {
        let Some(ceiling) = Ceiling::of(path) else { continue };
        long.push((path.into(), text.lines().count(), ceiling));
        if !path.ends_with(".rs") {
            continue;
        }
        match tokens(text) {
            Ok(tokens) => long.extend(
                functions(&tokens)
                    .into_iter()
                    .map(|function| (format!("{path}::{}", function.name), function.n_lines, Ceiling::Function)),
            ),
            Err(error) => breaches.push(format!("{path}: {error}")),
        }
    }
    long.retain(|(_, n_lines, ceiling)| *n_lines > ceiling.lines());
    for (place, n_lines, ceiling) in &long {
        let allowed =
            exceptions.iter().find(|(path, ..)| path == place).map_or(ceiling.lines(), |(_, lines, _)| *lines);
        if *n_lines > allowed {
            breaches.push(format!("{place}: expected at most {allowed} lines, found {n_lines}"));
        }
    }
    for (path, _, reason) in exceptions {
        if !long.iter().any(|(place, ..)| place == path) {
            breaches.push(format!("{path}: this exception is no longer needed ({reason})"));
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(path: &str, text: &str) -> Repository {
        Repository::default().with(path, text)
    }

    #[test]
    fn an_oversized_file_is_a_breach() {
        let file = "// line\n";
        assert_eq!(ceilings(&one("crates/fact/src/a.rs", &file.repeat(500))), Vec::<String>::new());
        let breach = "crates/fact/src/a.rs: expected at most 500 lines, found 501";
        assert_eq!(ceilings(&one("crates/fact/src/a.rs", &file.repeat(501))), [breach]);
    }

    #[test]
    fn every_kind_of_file_has_its_ceiling() {
        for (path, n_lines) in [
            ("crates/adapters/src/a.rs", 250),
            ("crates/adapters/src/a/part.rs", 500),
            ("crates/indicators/sql/a.sql", 80),
            ("crates/app/assets/a.js", 150),
        ] {
            assert_eq!(ceilings(&one(path, &"\n".repeat(n_lines))).len(), 0, "{path}");
            assert_eq!(ceilings(&one(path, &"\n".repeat(n_lines + 1))).len(), 1, "{path}");
        }
    }

    #[test]
    fn an_oversized_function_is_a_breach() {
        let function = |n_lines: usize| format!("fn f() {{\n{}}}\n", "\n".repeat(n_lines - 2));
        assert_eq!(ceilings(&one("crates/fact/src/a.rs", &function(60))), Vec::<String>::new());
        let breach = "crates/fact/src/a.rs::f: expected at most 60 lines, found 61";
        assert_eq!(ceilings(&one("crates/fact/src/a.rs", &function(61))), [breach]);
    }

    #[test]
    fn exceptions_hold_and_do_not_outlive_their_reason() {
        let exceptions = [("crates/fact/src/a.rs", 600, "a table")];
        assert_eq!(against(&one("crates/fact/src/a.rs", &"\n".repeat(600)), &exceptions).len(), 0);
        assert_eq!(against(&one("crates/fact/src/a.rs", &"\n".repeat(601)), &exceptions).len(), 1);
        assert_eq!(against(&one("crates/fact/src/a.rs", ""), &exceptions).len(), 1);
    }

    #[test]
    fn short_functions_are_counted() {
        let text = format!("fn a() {{}}\nfn b() {{\n{}}}\n", "\n".repeat(28));
        assert_eq!(share_of_short_functions(&one("crates/fact/src/a.rs", &text)), (1, 2));
    }
}
