//! Parsing: the name of an organisation taken apart into brand, generic words, units, places, legal form and asides.

use std::ops::Range;

use super::lexicon::{Class, LEXICON, Lexicon, UNSPACED_FORMS};
use crate::text::{Gap, Word, words};

/// One word of a parsed name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Folded.
    pub text: String,
    /// What it is for.
    pub class: Class,
    /// The bytes of the name that it came from.
    pub bytes: Range<usize>,
    /// What stands before it.
    pub gap: Gap,
}

/// A name taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The words of the name itself, without legal form at its end or beginning; never empty where there are words.
    pub core: Vec<Part>,
    /// The legal form that was taken off; empty where there was none.
    pub form: String,
    /// What stands in brackets: an acronym, a country, a former name.
    pub asides: Vec<Vec<Part>>,
    /// Other names that the text goes on with: `Ericsson/IAB`, `Azure @Microsoft`.
    pub others: Vec<Vec<Part>>,
}

impl Parsed {
    /// Returns the name taken apart.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let mut parsed = Self::default();
        let mut all: Vec<Part> = Vec::new();
        let mut depth = 0;
        let mut is_other = false;
        for word in words(name) {
            if matches!(word.gap, Gap::Slash | Gap::At) && !all.is_empty() && word.depth == 0 {
                is_other = true;
                parsed.others.push(Vec::new());
            }
            let is_new = word.depth > 0 && depth == 0;
            depth = word.depth;
            let parts = capitals(name, &word).into_iter().map(part);
            if depth > 0 {
                if is_new {
                    parsed.asides.push(Vec::new());
                }
                if let Some(aside) = parsed.asides.last_mut() {
                    aside.extend(parts);
                }
            } else if is_other {
                parsed.others.last_mut().expect("pushed above").extend(parts);
            } else {
                all.extend(parts);
            }
        }
        if all.is_empty() && !parsed.asides.is_empty() {
            all = parsed.asides.remove(0);
        }
        (parsed.core, parsed.form) = without_form(all);
        unspaced(&mut parsed);
        parsed
    }

    /// Returns the core without spaces: `redhat` for `Red Hat, Inc.` The end of a domain name is left out.
    #[must_use]
    pub fn squash(&self) -> String {
        let texts = || self.core.iter().filter(|part| part.class != Class::Tail);
        let squashed: String = texts().map(|part| part.text.as_str()).collect();
        if squashed.is_empty() { self.core.iter().map(|part| part.text.as_str()).collect() } else { squashed }
    }

    /// True where the name is that of an institution, which all its words tell from its like.
    #[must_use]
    pub fn is_institution(&self) -> bool {
        self.core.iter().any(|part| matches!(part.class, Class::Institution | Class::Office))
    }

    /// Returns what stays the same in `University of X` and `X University`: the words, each as the one that stands for
    /// its like, without the words that join, in order; empty where the name is none of an institution.
    #[must_use]
    pub fn institution_key(&self) -> String {
        if !self.is_institution() {
            return String::new();
        }
        let mut texts: Vec<&str> = self
            .core
            .iter()
            .filter(|part| !matches!(part.class, Class::Stop | Class::Form))
            .map(|part| LEXICON.stands_for(&part.text))
            .collect();
        one_word(&mut texts, &["united", "states"], "usa");
        one_word(&mut texts, &["university", "applied", "science"], "hochschule");
        texts.sort_unstable();
        texts.dedup();
        texts.join(" ")
    }
}

/// Puts one word for several that mean the same together.
fn one_word<'a>(texts: &mut Vec<&'a str>, several: &[&str], one: &'a str) {
    if several.iter().all(|word| texts.contains(word)) {
        texts.retain(|text| !several.contains(text));
        texts.push(one);
    }
}

/// Parts a word where a capital begins what is made: `TembelinCloud` is `Tembelin Cloud`, `YouTube` is itself.
fn capitals(name: &str, word: &Word) -> Vec<Word> {
    let whole = vec![word.clone()];
    let written = name.get(word.bytes.clone()).filter(|written| written.is_ascii() && written.len() == word.text.len());
    let Some(written) = written else { return whole };
    let inner = written.char_indices().zip(written.chars().skip(1));
    let Some(at) =
        inner.filter(|((_, one), two)| one.is_lowercase() && two.is_uppercase()).map(|((at, _), _)| at + 1).last()
    else {
        return whole;
    };
    let (stem, tail) = word.text.split_at(at);
    let is_made = matches!(LEXICON.class(tail), Class::Generic | Class::Unit) && tail.len() > 2;
    if !is_made
        || LEXICON.is_form(tail)
        || stem.len() < 4
        || LEXICON.is_ambiguous(stem)
        || LEXICON.class(stem) != Class::Brand
    {
        return whole;
    }
    let middle = word.bytes.start + at;
    let one = Word { text: stem.into(), bytes: word.bytes.start..middle, ..word.clone() };
    let two = Word { text: tail.into(), bytes: middle..word.bytes.end, gap: Gap::Plain, depth: word.depth };
    vec![one, two]
}

fn part(mut word: Word) -> Part {
    if let Some(right) = LEXICON.slip_of(&word.text) {
        word.text = right.into();
    }
    let class = match word.gap {
        Gap::Dot if Lexicon::is_tail(&word.text) => Class::Tail,
        _ => LEXICON.class(&word.text),
    };
    Part { class, text: word.text, bytes: word.bytes, gap: word.gap }
}

/// Takes legal forms off the end, and a form that stands first; marks those within. Never leaves nothing.
fn without_form(mut parts: Vec<Part>) -> (Vec<Part>, String) {
    let mut form = String::new();
    let at_end = |parts: &[Part]| form_at_end(&parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>());
    while let Some(n) = at_end(&parts) {
        let taken: Vec<String> = parts.drain(parts.len() - n..).map(|part| part.text).collect();
        form = if form.is_empty() { taken.join(" ") } else { format!("{} {form}", taken.join(" ")) };
    }
    if parts.len() > 1 && is_form_first(&parts[0].text) {
        form = parts.remove(0).text;
    }
    for part in parts.iter_mut().skip(1) {
        if is_form_anywhere(&part.text) {
            part.class = Class::Form;
        }
    }
    (parts, form)
}

/// Returns the number of words of the longest legal form at the end, or `None` where there is none but the name.
pub fn form_at_end(words: &[&str]) -> Option<usize> {
    if !LEXICON.ends_form(words.last()?) {
        return None;
    }
    (1..=5.min(words.len() - 1)).rev().find(|n| LEXICON.is_form(&words[words.len() - n..].join(" ")))
}

fn is_form_first(word: &str) -> bool {
    matches!(word, "oy" | "pt" | "ooo" | "oao" | "zao" | "pao" | "ojsc" | "jsc")
}

fn is_form_anywhere(word: &str) -> bool {
    matches!(
        word,
        "gmbh"
            | "inc"
            | "ltd"
            | "llc"
            | "corp"
            | "corporation"
            | "limited"
            | "incorporated"
            | "company"
            | "kft"
            | "co"
            | "sarl"
            | "srl"
            | "bv"
            | "plc"
            | "pvt"
            | "pte"
            | "pty"
            | "sro"
            | "mbh"
            | "coltd"
            | "telefonaktiebolaget"
    )
}

/// Takes the legal form off names in scripts without spaces.
fn unspaced(parsed: &mut Parsed) {
    for form in UNSPACED_FORMS {
        let n = parsed.core.len();
        for part in &mut parsed.core {
            let bare = part.text.strip_suffix(form).or_else(|| part.text.strip_prefix(form));
            match bare {
                Some(bare) if !bare.is_empty() => {
                    part.text = bare.to_string();
                    parsed.form = form.to_string();
                }
                Some(_) if n > 1 => part.class = Class::Form,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squash(name: &str) -> String {
        Parsed::of(name).squash()
    }

    #[test]
    fn legal_forms_are_taken_off_but_never_all() {
        assert_eq!(squash("Borealis Systems Co., Ltd."), "borealissystems");
        assert_eq!(squash("Borealis Solutions GmbH & Co. KG"), "borealissolutions");
        assert_eq!(squash("Borealis Polska Sp. z.o.o."), "borealispolska");
        assert_eq!(squash("Borealis (Pty) Limited"), "borealis");
        assert_eq!(squash("S.A."), "sa");
        assert_eq!(squash("Coop"), "coop");
        assert_eq!(squash("北辰有限公司"), "北辰");
    }

    #[test]
    fn asides_and_other_names_stand_apart() {
        let parsed = Parsed::of("Borealis Communications Corporation (BCC)");
        assert_eq!(parsed.asides[0][0].text, "bcc");
        assert_eq!(parsed.form, "corporation");
        let parsed = Parsed::of("Borealis @Tembelin");
        assert_eq!(parsed.core.len(), 1);
        assert_eq!(parsed.others[0][0].text, "tembelin");
        assert_eq!(squash("@borealis"), "borealis");
    }

    #[test]
    fn a_capital_begins_what_is_made() {
        let texts = |name: &str| Parsed::of(name).core.into_iter().map(|part| part.text).collect::<Vec<_>>();
        assert_eq!(texts("TembelinCloud"), ["tembelin", "cloud"]);
        assert_eq!(texts("TembelinTube"), ["tembelintube"]);
        assert_eq!(texts("BlueCloud"), ["bluecloud"], "`blue` is no name by itself");
    }

    #[test]
    fn an_institution_is_the_same_in_either_order() {
        let key = |name: &str| Parsed::of(name).institution_key();
        assert_eq!(key("University of Ruritania"), key("Ruritania University"));
        assert_ne!(key("University of Ruritania"), key("Ruritania College"));
        assert_eq!(key("Borealis Systems"), "");
        assert_eq!(key("Unviersity of Ruritania"), key("University of Ruritania"), "a slip in a common word");
    }
}
