//! Names of bodies against the list of `data/names.tsv`: spelt with `s` for `z`, with another number, or as the list says.

use std::sync::LazyLock;

use regex::Regex;

use super::{Code, Lint};
use crate::Passage;
use crate::letters::{expression, squeezed};

static NAMES: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let rows = include_str!("../../data/names.tsv").lines().skip(1);
    let row = |line: &'static str| {
        let mut fields = line.split('\t');
        let name = fields.next()?;
        let wrong = fields.next().unwrap_or_default().split(", ").filter(|variant| !variant.is_empty());
        let all: Vec<String> = std::iter::once(name).chain(wrong).map(pattern).collect();
        let words = format!(r"\b(?:{})(?:\b|$)", all.join("|"));
        Some((Regex::new(&words).expect("the list of names is tested"), name))
    };
    rows.filter_map(row).collect()
});

/// The name as an expression that also takes what is commonly written for it.
fn pattern(name: &str) -> String {
    let spelt = expression(name).replace("Telecommunications", "Telecommunication");
    if name.contains(' ') { spelt.replace("Telecommunication", "Telecommunications?") } else { spelt }
}

/// Returns the names of one clause that are not spelt as they spell themselves.
pub(super) fn lints(passage: &Passage<'_>) -> Vec<Lint> {
    let mut found: Vec<Lint> = Vec::new();
    for (words, name) in NAMES.iter() {
        for caught in words.find_iter(passage.text) {
            if squeezed(caught.as_str()) != *name {
                found.push(Lint::new(Code::Name, passage, caught.range(), *name, 0.95));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_variant_of_itself_and_every_variant_is_found() {
        for line in include_str!("../../data/names.tsv").lines().skip(1) {
            let fields: Vec<&str> = line.split('\t').collect();
            let of = |text| lints(&Passage { text, ..Passage::default() });
            assert_eq!(of(fields[0]), [], "{line}");
            for wrong in fields[1].split(", ").filter(|wrong| !wrong.is_empty()) {
                let found = of(wrong);
                assert!(found.iter().any(|lint| lint.expected == fields[0]), "{line}: {found:?}");
            }
        }
    }
}
