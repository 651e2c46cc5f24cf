//! Names that are known beforehand, or were learnt from the document: found by their tokens, longest first.

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::scan::{Scan, Shape, folded, key, keys};

/// What is known of a name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// Full name.
    pub name: String,
    /// Acronym or short name.
    pub acronym: Option<String>,
    /// Kind, as in [`crate::Organisation::kind`].
    pub kind: String,
    /// Country of its seat.
    pub country: Option<String>,
}

/// One way to write a name.
#[derive(Clone, Debug)]
struct Form {
    text: String,
    keys: Vec<u64>,
    entry: usize,
}

/// Names, by the first token of each way to write them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gazetteer {
    /// What is known.
    pub entries: Vec<Entry>,
    forms: FxHashMap<u64, Vec<Form>>,
}

impl Gazetteer {
    /// Adds one way to write the entry `entry`.
    pub fn learn(&mut self, text: &str, entry: usize) {
        let keys = keys(text);
        let Some(first) = keys.first() else { return };
        let forms = self.forms.entry(*first).or_default();
        if forms.iter().any(|form| form.text == text) {
            return;
        }
        forms.push(Form { text: text.to_string(), keys, entry });
        forms.sort_by_key(|form| std::cmp::Reverse(form.keys.len()));
    }

    /// Returns the entry with this short name.
    pub fn short(&self, name: &str) -> Option<usize> {
        let forms = self.forms.get(&key(name))?;
        forms.iter().find(|form| form.keys.len() == 1 && form.text == name).map(|form| form.entry)
    }

    /// Adds an entry and returns its number.
    pub fn add(&mut self, entry: Entry) -> usize {
        self.entries.push(entry);
        self.entries.len() - 1
    }

    /// Returns the entries whose name begins at token `n`, longest first, each with its tokens.
    pub fn at(&self, scan: &Scan<'_>, n: usize) -> impl Iterator<Item = (Range<usize>, usize)> {
        let token = scan.tokens.get(n);
        let is_name = token.is_some_and(|token| !matches!(token.shape, Shape::Lower | Shape::Mark(_)));
        let forms = token.filter(|_| is_name).and_then(|token| self.forms.get(&token.key));
        forms.into_iter().flatten().filter_map(move |form| {
            let range = n..n + form.keys.len();
            let found = scan.tokens.get(range.clone())?;
            let is_same = found.iter().zip(&form.keys).all(|(token, key)| token.key == *key);
            let is_one_block = found.first()?.block == found.last()?.block;
            (is_same && is_one_block && is_written_so(scan, &range, &form.text)).then_some((range, form.entry))
        })
    }
}

/// True when the letters are written large and small as the name is: one word exactly so, or all in capitals; of
/// several words each that is capitalised in the name.
fn is_written_so(scan: &Scan<'_>, range: &Range<usize>, form: &str) -> bool {
    if range.len() == 1 {
        let word = scan.word(range.start);
        let is_loud = form.chars().count() > 3 && word.chars().all(|c| !c.is_lowercase());
        return is_loud || word.replace('\u{2011}', "-") == form;
    }
    let written = folded(scan.text(scan.span(range)));
    let pairs = written.split(' ').zip(form.split(' '));
    pairs.into_iter().all(|(written, form)| starts_large(written) || !starts_large(form))
}

fn starts_large(word: &str) -> bool {
    !word.starts_with(char::is_lowercase)
}

/// Returns the organisations that are known beforehand (`data/organisations.tsv`).
pub(crate) fn known() -> &'static Gazetteer {
    static KNOWN: OnceLock<Gazetteer> = OnceLock::new();
    KNOWN.get_or_init(|| parse(include_str!("../../data/organisations.tsv")))
}

fn parse(table: &str) -> Gazetteer {
    let mut gazetteer = Gazetteer::default();
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let mut fields = line.split('|').map(str::trim);
        let mut next = || fields.next().unwrap_or_default();
        let (short, name, kind, country, others) = (next(), next(), next(), next(), next());
        let is_ambiguous = short.starts_with('?');
        let short = short.trim_start_matches('?');
        let some = |text: &str| (!text.is_empty()).then(|| text.to_string());
        let entry = Entry { name: name.into(), acronym: some(short), kind: kind.into(), country: some(country) };
        let entry = gazetteer.add(entry);
        gazetteer.learn(name, entry);
        if !is_ambiguous && !short.is_empty() {
            gazetteer.learn(short, entry);
        }
        for other in others.split(';').map(str::trim).filter(|other| !other.is_empty()) {
            gazetteer.learn(other, entry);
        }
    }
    gazetteer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_whole() {
        for entry in &known().entries {
            assert!(!entry.name.is_empty() && !entry.kind.is_empty(), "{entry:?}");
        }
        assert!(known().entries.len() > 200);
    }
}
