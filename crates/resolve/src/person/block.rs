//! Blocks: under which keys a name is filed, and under which it looks for its like.
//!
//! A key is one word of the name and the beginning or the end of another, so that a slip in one word, another order or a
//! nickname still meets. An initial meets by its letter.

use std::collections::BTreeSet;

use super::compare::handles;
use super::frequency;
use super::name::{Form, PersonName, Token, loose};

/// The keys under which a name is filed as a centre.
pub(crate) fn filed(name: &PersonName) -> BTreeSet<String> {
    let mut keys = keys(name, true);
    if name.form == Form::Full {
        let core: Vec<Token> = name.tokens.iter().filter(|token| !token.is_particle).cloned().collect();
        keys.extend(handles(&core).map(|handle| format!("={handle}")));
    }
    keys
}

/// The keys under which a name looks for a centre.
pub(crate) fn sought(name: &PersonName) -> BTreeSet<String> {
    match (name.form, name.tokens.as_slice()) {
        (Form::Code, _) => BTreeSet::new(),
        (Form::Single, [word, ..]) => BTreeSet::from([format!("={}", word.text)]),
        _ => keys(name, false),
    }
}

fn keys(name: &PersonName, is_filing: bool) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for tokens in name.readings() {
        let words = with_neighbours(tokens);
        for (at, whole) in words.iter().enumerate() {
            for (of, part) in words.iter().enumerate() {
                if at == of || whole.chars().count() < 2 {
                    continue;
                }
                let whole = loose(whole);
                if is_filing || part.chars().count() == 1 {
                    keys.insert(format!("{whole}|{}", part.chars().take(1).collect::<String>()));
                }
                if part.chars().count() > 1 {
                    let part = loose(part);
                    let chars: Vec<char> = part.chars().collect();
                    let start = |word: &str| word.chars().take(3).collect::<String>();
                    if at < of {
                        keys.insert(format!("~{}|{}", start(&whole), start(&part)));
                    }
                    keys.insert(format!("{whole}|{}-", chars.iter().take(2).collect::<String>()));
                    keys.insert(format!(
                        "{whole}|-{}",
                        chars[chars.len().saturating_sub(2)..].iter().collect::<String>()
                    ));
                }
                keys.extend(frequency::groups(part).map(|group| format!("{whole}|#{group}")));
            }
        }
    }
    keys
}

/// The words that are no particles, and every two neighbours as one word.
fn with_neighbours(tokens: &[Token]) -> Vec<String> {
    let mut words: Vec<String> =
        tokens.iter().filter(|token| !token.is_particle).map(|token| token.text.clone()).collect();
    if tokens.len() > 2 {
        words.extend(tokens.windows(2).map(|pair| format!("{}{}", pair[0].text, pair[1].text)));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        for (centre, other) in [
            ("Ada Quell", "A. Quell"),
            ("Ada Quell", "Quell Ada"),
            ("Ada Quell", "Ada Qell"),
            ("Robert Quell", "Bob Quell"),
            ("Jaehoon Quell", "Jae-Hoon Quell"),
            ("Ada Quell", "adaquell"),
            ("Nabila Al-Quell", "Nabila Alquell"),
        ] {
            let [centre, other] = [centre, other].map(PersonName::read);
            assert!(!filed(&centre).is_disjoint(&sought(&other)), "{centre:?} / {other:?}");
        }
    }
}
