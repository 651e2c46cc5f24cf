//! Spelling: known slips, one word against the spelling of the whole text, and words that lost the space between them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use document::{Document, Format};

use super::{Code, Lint};
use crate::Passage;
use crate::words::{Word, WordKind, bare, words};

static SLIPS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let rows = include_str!("../../data/slips.tsv").lines().skip(1);
    rows.filter_map(|line| line.split('\t').next().zip(line.split('\t').nth(1))).collect()
});

/// Returns words that `data/slips.tsv` knows as slips for others.
pub(super) fn slips(passage: &Passage<'_>) -> Vec<Lint> {
    let words = words(passage.text).into_iter().filter(|word| word.kind == WordKind::Word);
    let found = words.filter_map(|word| {
        let singular = word.folded.strip_suffix('s').filter(|bare| SLIPS.contains_key(bare));
        let (bare, end) = singular.map_or((word.folded.as_str(), ""), |bare| (bare, "s"));
        let expected = SLIPS.get(bare)?;
        Some(Lint::new(Code::Slip, passage, word.range.clone(), format!("{expected}{end}"), 0.9))
    });
    found.collect()
}

/// How a word with `ise` or `ize` at its end is spelt; `None` for others and for those that have one spelling only.
fn spelling(word: &Word) -> Option<char> {
    const OWN: [&str; 22] = [
        "exercis",
        "supervis",
        "advis",
        "revis",
        "promis",
        "expertis",
        "comprom",
        "compris",
        "rais",
        "wis",
        "otherwis",
        "likewis",
        "precis",
        "enterpris",
        "franchis",
        "disguis",
        "surpris",
        "televis",
        "improvis",
        "devis",
        "arise",
        "size",
    ];
    const ENDS: [&str; 10] =
        ["isation", "isations", "ise", "ised", "ises", "ising", "iser", "isers", "isational", "isationally"];
    let british = word.folded.replace("iz", "is");
    let is_it = british.len() >= 7 && ENDS.iter().any(|end| british.ends_with(end));
    let is_own = OWN.iter().any(|own| british.contains(own));
    let at = word.folded.rfind("is").max(word.folded.rfind("iz"))?;
    (is_it && !is_own && word.kind == WordKind::Word && !word.folded.contains('-'))
        .then(|| word.folded.get(at + 1..)?.chars().next())
        .flatten()
}

/// Returns words that are spelt with `s` in a text that spells with `z`, or the reverse: at most a fifth of all.
///
/// Names keep their own spelling, so words with a capital letter do not count.
pub(super) fn mixed(passages: &[Passage<'_>]) -> Vec<(usize, Lint)> {
    let mut spelt: [Vec<(usize, Word)>; 2] = [Vec::new(), Vec::new()];
    for (n, passage) in passages.iter().enumerate() {
        for word in words(passage.text) {
            let is_name = passage.text.get(word.range.clone()).is_some_and(|word| word.starts_with(char::is_uppercase));
            match spelling(&word).filter(|_| !is_name) {
                Some('s') => spelt[0].push((n, word)),
                Some('z') => spelt[1].push((n, word)),
                _ => {}
            }
        }
    }
    let [s, z] = &spelt;
    let (few, with) = if s.len() < z.len() { (s, "z") } else { (z, "s") };
    let n_all = s.len() + z.len();
    if few.len() * 5 > n_all {
        return Vec::new();
    }
    let lint = |(n, word): &(usize, Word)| {
        let passage = passages.get(*n)?;
        let written = passage.text.get(word.range.clone())?;
        let at = written.rfind("is").max(written.rfind("iz"))?;
        let expected = format!("{}{with}{}", written.get(..=at)?, written.get(at + 2..)?);
        Some((*n, Lint::new(Code::MixedSpelling, passage, word.range.clone(), expected, 0.7)))
    };
    few.iter().filter_map(lint).collect()
}

/// Returns places at which words of two versions stand side by side, as [`document::fused`] finds them.
pub(super) fn run_together(passages: &[Passage<'_>]) -> Vec<(usize, Lint)> {
    let mut text = String::new();
    let mut starts = Vec::new();
    for passage in passages {
        if !passage.label.is_empty() {
            text.push_str(passage.label);
            text.push('\t');
        }
        starts.push(text.len());
        text.push_str(passage.text);
        text.push('\n');
    }
    let document = Document {
        format: Format::Text,
        text,
        blocks: Vec::new(),
        markup: Vec::new(),
        revisions: Vec::new(),
        comments: Vec::new(),
        problems: Vec::new(),
    };
    let found = document::fused(&document).into_iter().filter_map(|fused| {
        let n = starts.partition_point(|start| *start <= fused.range.start).checked_sub(1)?;
        let (passage, start) = (passages.get(n)?, starts.get(n)?);
        let range = fused.range.start - start..(fused.range.end - start).min(passage.text.len());
        let written = passage.text.get(range.clone())?;
        let (one, other) = written.split_at_checked(fused.seam.checked_sub(fused.range.start)?)?;
        let expected = format!("<`{}` or `{}`>", one.trim(), other.trim());
        (!bare(written).is_empty()).then(|| (n, Lint::new(Code::RunTogether, passage, range, expected, 0.8)))
    });
    found.collect()
}
