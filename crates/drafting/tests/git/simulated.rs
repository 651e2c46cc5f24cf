//! Made-up histories of which the truth is known: each word carries the version that proposed it first.
#![allow(dead_code, reason = "not every user needs every part")]

use drafting::credit::{Credit, History, Version};

/// A word and the version that proposed it.
pub type Word = (u32, usize);
/// Paragraphs of words.
type Document = Vec<Vec<Word>>;

/// A history with the truth about its last version.
pub struct Simulated {
    pub history: History,
    pub truth: Vec<Word>,
}

/// Drawn numbers: the same seed gives the same history.
struct Dice {
    state: u64,
    /// Half of the words come in set phrases.
    has_phrases: bool,
}

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.state >> 33) as usize) % n.max(1)
    }

    /// A word: few are frequent and many are rare, as in prose.
    fn word(&mut self) -> u32 {
        let most = 1 << (1 + self.below(13));
        self.below(most) as u32
    }

    fn words(&mut self, n: usize, by: usize) -> Vec<Word> {
        let mut words = Vec::new();
        while words.len() < n {
            if self.has_phrases && self.below(5) == 0 {
                words.extend(self.phrase().map(|word| (word, by)));
            } else {
                words.push((self.word(), by));
            }
        }
        words.truncate(n);
        words
    }

    /// Three to nine words that always follow each other; few phrases are frequent.
    fn phrase(&mut self) -> impl Iterator<Item = u32> + use<> {
        let most = 1 << (1 + self.below(9));
        let phrase = self.below(most) as u32;
        (0..3 + phrase % 7).map(move |at| (phrase * 31 + at).wrapping_mul(2_654_435_761) % 8192)
    }

    fn range(&mut self, paragraph: &[Word], most: usize) -> std::ops::Range<usize> {
        let start = self.below(paragraph.len());
        start..(start + 1 + self.below(most)).min(paragraph.len())
    }
}

/// A text that grows for so many versions from so many paragraphs: rewording, sentences in and out, moves within and between
/// paragraphs, some with changes inside, and the return of what was struck.
pub fn edited(seed: u64, n_paragraphs: usize, n_versions: usize) -> Simulated {
    edited_by(Dice { state: seed, has_phrases: false }, n_paragraphs, n_versions)
}

/// The same, in words of which half come in set phrases: what looks taken from an earlier text often is not.
pub fn edited_in_phrases(seed: u64, n_paragraphs: usize, n_versions: usize) -> Simulated {
    edited_by(Dice { state: seed, has_phrases: true }, n_paragraphs, n_versions)
}

fn edited_by(mut dice: Dice, n_paragraphs: usize, n_versions: usize) -> Simulated {
    let mut document: Document = (0..n_paragraphs)
        .map(|_| 30 + dice.below(60))
        .collect::<Vec<_>>()
        .into_iter()
        .map(|n| dice.words(n, 0))
        .collect();
    let mut struck: Vec<Vec<Word>> = Vec::new();
    let mut history = History::default();
    push(&mut history, &document, &[]);
    for by in 1..n_versions {
        for _ in 0..=dice.below(3) {
            edit(&mut document, &mut struck, &mut dice, by);
        }
        push(&mut history, &document, &[by - 1]);
    }
    Simulated { history, truth: document.concat() }
}

fn edit(document: &mut Document, struck: &mut Vec<Vec<Word>>, dice: &mut Dice, by: usize) {
    let at = dice.below(document.len());
    match dice.below(10) {
        0..=2 => reword(&mut document[at], dice, by),
        3 | 4 => {
            let n = 8 + dice.below(20);
            let (words, place) = (dice.words(n, by), dice.below(document[at].len() + 1));
            document[at].splice(place..place, words);
        }
        5 => {
            let range = dice.range(&document[at], 30);
            if document[at].len() > range.len() + 5 && range.len() > 8 {
                struck.push(document[at].drain(range).collect());
            }
        }
        6 => {
            let paragraph = document.remove(at);
            let to = dice.below(document.len() + 1);
            document.insert(to, paragraph);
        }
        7 => {
            let mut paragraph = document.remove(at);
            reword(&mut paragraph, dice, by);
            let to = dice.below(document.len() + 1);
            document.insert(to, paragraph);
        }
        8 if !struck.is_empty() => {
            let back = struck.swap_remove(dice.below(struck.len()));
            let place = dice.below(document[at].len() + 1);
            document[at].splice(place..place, back);
        }
        _ => {
            let range = dice.range(&document[at], 25);
            if range.len() > 8 && document[at].len() > range.len() + 5 {
                let sentence: Vec<Word> = document[at].drain(range).collect();
                let to = dice.below(document.len());
                let place = dice.below(document[to].len() + 1);
                document[to].splice(place..place, sentence);
            }
        }
    }
}

/// Puts one to three words in the place of others.
fn reword(paragraph: &mut Vec<Word>, dice: &mut Dice, by: usize) {
    if !paragraph.is_empty() {
        let range = dice.range(paragraph, 3);
        let n = 1 + dice.below(3);
        let words = dice.words(n, by);
        paragraph.splice(range, words);
    }
}

/// A base, proposals to change it, and a text in which an editor took up some of what was proposed and reworded some of that.
pub fn proposed(seed: u64, n_paragraphs: usize, n_proposals: usize) -> Simulated {
    let mut dice = Dice { state: seed, has_phrases: false };
    let base: Document = (0..n_paragraphs)
        .map(|_| 30 + dice.below(60))
        .collect::<Vec<_>>()
        .into_iter()
        .map(|n| dice.words(n, 0))
        .collect();
    let mut history = History::default();
    push(&mut history, &base, &[]);
    let editor = n_proposals + 1;
    let mut adopted = base.clone();
    let mut added = Vec::new();
    for by in 1..=n_proposals {
        let mut proposal = base.clone();
        // Each proposal rewords its own clauses and adds a paragraph; about half of that is adopted.
        for at in (by - 1..n_paragraphs).step_by(n_proposals) {
            reword(&mut proposal[at], &mut dice, by);
            reword(&mut proposal[at], &mut dice, by);
            if dice.below(2) == 0 {
                adopted[at].clone_from(&proposal[at]);
            }
        }
        let n = 15 + dice.below(40);
        let mut paragraph = dice.words(n, by);
        let place = dice.below(n_paragraphs);
        proposal.insert(place, paragraph.clone());
        if dice.below(2) == 0 {
            reword(&mut paragraph, &mut dice, editor);
            added.push(paragraph);
        }
        push(&mut history, &proposal, &[0]);
    }
    for paragraph in added {
        let place = dice.below(adopted.len());
        adopted.insert(place, paragraph);
    }
    push(&mut history, &adopted, &[0]);
    Simulated { history, truth: adopted.concat() }
}

fn push(history: &mut History, document: &Document, parents: &[usize]) {
    let line =
        |paragraph: &Vec<Word>| paragraph.iter().map(|(word, _)| format!("w{word}")).collect::<Vec<_>>().join(" ");
    let text = document.iter().map(line).collect::<Vec<_>>().join("\n");
    let at = history.versions.len();
    let authors = vec![format!("author {}", at % 7)];
    history.versions.push(Version { id: format!("v{at}"), time: at as i64, authors, parents: parents.to_vec(), text });
}

impl Simulated {
    /// Returns how many words are credited to the version that proposed them, and how many words there are.
    pub fn right(&self, found: &Credit) -> [usize; 2] {
        let right = found.texts[0].words().zip(&self.truth).filter(|(word, (_, by))| word.origin == *by).count();
        [right, self.truth.len()]
    }
}
