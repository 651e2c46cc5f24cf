//! Made-up resolutions and contributions to them, grown from a seed. Nothing real stands in them.
#![allow(missing_docs, dead_code, reason = "a helper of tests, of which each uses a part")]

pub mod contribution;

use std::fmt::Write as _;

/// Numbers without pattern, the same for the same seed: SplitMix64.
#[derive(Clone)]
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, which is at least 1.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const STARTS: &[&str] =
    &["con", "pro", "inter", "trans", "re", "sub", "par", "com", "ex", "dis", "ad", "per", "mul", "tel", "net"];
const MIDDLES: &[&str] = &[
    "mit", "form", "port", "struct", "fer", "tain", "duct", "sign", "vis", "ver", "gress", "pos", "scrib", "tract",
    "lect",
];
const ENDS: &[&str] = &["ation", "ing", "ment", "ory", "al", "ed", "ive", "ance", "ity", "or"];
/// Words that come back in every clause, as the subject of a text does.
const THEME: &[&str] = &[
    "standards",
    "members",
    "meetings",
    "countries",
    "industry",
    "sector",
    "group",
    "report",
    "needs",
    "assembly",
    "director",
    "participation",
    "regions",
    "study",
    "strategy",
    "technical",
    "council",
    "priorities",
    "workshops",
    "recommendations",
];
const SMALL: &[&str] = &["the", "of", "and", "to", "in", "for", "by", "with", "a", "on"];

/// A made-up word that says something: 2,250 of them.
pub fn word(dice: &mut Dice) -> String {
    format!("{}{}{}", dice.one_of(STARTS), dice.one_of(MIDDLES), dice.one_of(ENDS))
}

pub fn sentence(dice: &mut Dice, n: usize) -> String {
    let words = (0..n).map(|at| match at % 3 {
        1 => dice.one_of(SMALL).to_string(),
        2 => dice.one_of(THEME).to_string(),
        _ => word(dice),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Frame,
    Why,
    What,
    Item,
    Dash,
}

/// One line of a made-up text; the id stays when the line is moved or reworded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: usize,
    pub form: Form,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub lines: Vec<Line>,
}

const WHY: &[&str] = &["considering", "recognizing", "noting", "recalling", "bearing in mind"];
const WHAT: &[&str] =
    &["resolves", "resolves to instruct the Director", "invites Member States", "instructs the Council"];

impl Sheet {
    /// So many resolutions, with so many clauses below each call.
    pub fn grown(dice: &mut Dice, n_resolutions: usize, n_clauses: usize) -> Self {
        let mut sheet = Self { lines: Vec::new() };
        for number in 0..n_resolutions {
            let number = number + 1;
            let title = sentence(dice, 6);
            let mut line = |form, words: String| {
                let id = sheet.lines.len();
                sheet.lines.push(Line { id, form, words });
            };
            line(Form::Frame, format!("RESOLUTION {number} (Rev. Madeup, 2016)"));
            line(Form::Frame, format!("The {title}"));
            line(Form::Frame, "(Somewhere, 2008; Madeup, 2016)".into());
            line(Form::Frame, "The World Made-up Assembly (Madeup, 2016),".into());
            for call in WHY {
                line(Form::Why, (*call).into());
                let mut last = String::new();
                for at in 0..n_clauses {
                    let n = 12 + dice.below(30);
                    let mut words = format!("that {}", sentence(dice, n));
                    if at % 3 == 2 {
                        // Clauses of one block often start with the same words.
                        let all: Vec<&str> = last.split(' ').collect();
                        words = format!("{} {}", all[..all.len() / 2].join(" "), sentence(dice, n / 2));
                    }
                    last.clone_from(&words);
                    line(Form::Item, words);
                    if at % 5 == 4 {
                        let n = 10 + dice.below(10);
                        line(Form::Dash, sentence(dice, n));
                    }
                }
            }
            for call in WHAT {
                line(Form::What, (*call).into());
                for _ in 0..n_clauses {
                    let n = 12 + dice.below(30);
                    line(Form::Item, format!("to {}", sentence(dice, n)));
                }
            }
        }
        sheet
    }

    pub fn text(&self) -> String {
        self.text_with(0)
    }

    /// The text with labels that start at another number: what a drafter gets who numbers by hand.
    pub fn text_with(&self, shift: usize) -> String {
        let mut text = String::new();
        let (mut n, mut is_why) = (0, true);
        for (at, line) in self.lines.iter().enumerate() {
            let next = self.lines.get(at + 1).map(|next| next.form);
            let end = match next {
                Some(Form::Item | Form::Dash) => ";",
                Some(Form::Why | Form::What) => ",",
                Some(Form::Frame) | None => ".",
            };
            match line.form {
                Form::Frame => text.push_str(&line.words),
                Form::Why | Form::What => {
                    (n, is_why) = (0, line.form == Form::Why);
                    text.push_str(&line.words);
                }
                Form::Item => {
                    n += 1;
                    let label = if is_why { letter(n + shift) + ")" } else { (n + shift).to_string() };
                    let _ = write!(text, "{label}\t{}{end}", line.words);
                }
                Form::Dash => {
                    let _ = write!(text, "–\t{}{end}", line.words);
                }
            }
            text.push('\n');
        }
        text
    }

    /// The text without labels and with one end for all: as it is where a word processor counts.
    pub fn bare_text(&self) -> String {
        let end = |line: &Line| if matches!(line.form, Form::Item | Form::Dash) { ".\n" } else { "\n" };
        self.lines.iter().flat_map(|line| [line.words.as_str(), end(line)]).collect()
    }

    /// Positions of items and dashes.
    pub fn items(&self) -> Vec<usize> {
        (0..self.lines.len()).filter(|&at| matches!(self.lines[at].form, Form::Item | Form::Dash)).collect()
    }

    pub fn at(&self, id: usize) -> Option<usize> {
        self.lines.iter().position(|line| line.id == id)
    }

    /// Exchanges a share of the words, in percent, at least one.
    pub fn reword(&mut self, dice: &mut Dice, at: usize, percent: usize) {
        let mut words: Vec<String> = self.lines[at].words.split(' ').map(Into::into).collect();
        let n = (words.len() * percent / 100).max(1);
        // A light change is one stretch, a heavy one many short ones.
        let stretch = if percent > 30 { 3 } else { n };
        let mut is_new = vec![false; words.len()];
        while is_new.iter().filter(|is_new| **is_new).count() < n {
            let start = 1 + dice.below(words.len() - 1);
            for place in start..(start + stretch).min(words.len()) {
                if is_new.iter().filter(|is_new| **is_new).count() < n {
                    words[place] = if place % 2 == 0 { word(dice) } else { dice.one_of(THEME).into() };
                    is_new[place] = true;
                }
            }
        }
        self.lines[at].words = words.join(" ");
    }

    pub fn add(&mut self, dice: &mut Dice, after: usize, id: usize) {
        let n = 12 + dice.below(20);
        let form = if self.lines[after].form == Form::Dash { Form::Dash } else { Form::Item };
        let words = format!("that {}", sentence(dice, n));
        self.lines.insert(after + 1, Line { id, form, words });
    }

    /// Moves an item behind another.
    pub fn shift(&mut self, from: usize, behind: usize) {
        let line = self.lines.remove(from);
        let behind = if from < behind { behind } else { behind + 1 };
        self.lines.insert(behind, line);
    }

    /// Cuts an item in two; the second half gets the new id.
    pub fn split(&mut self, at: usize, id: usize) {
        let words: Vec<&str> = self.lines[at].words.split(' ').collect();
        let (first, second) = words.split_at(words.len() / 2);
        let (first, second) = (first.join(" "), second.join(" "));
        let form = self.lines[at].form;
        self.lines[at].words = first;
        self.lines.insert(at + 1, Line { id, form, words: second });
    }

    /// Strikes a call and all below it.
    pub fn remove_section(&mut self, nth: usize) {
        let calls: Vec<usize> =
            (0..self.lines.len()).filter(|&at| matches!(self.lines[at].form, Form::Why | Form::What)).collect();
        if calls.len() > 1 {
            let nth = nth % calls.len();
            let end = calls.get(nth + 1).copied().unwrap_or(self.lines.len());
            self.lines.drain(calls[nth]..end);
        }
    }

    /// Puts an item and the next together.
    pub fn join(&mut self, at: usize) {
        let next = self.lines.remove(at + 1);
        self.lines[at].words = format!("{} and {}", self.lines[at].words, next.words);
    }
}

fn letter(n: usize) -> String {
    let letter = char::from(b'a' + ((n - 1) % 26) as u8).to_string();
    letter.repeat(1 + (n - 1) / 26)
}
