//! A statement of credit: what one party proposed, what was adopted, what survives, and where it stands.
//!
//! Comes in: a [`Question`]. Goes out: one [`Statement`] a party, as Markdown or as a page to print.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fact::Fault;
use jiff::Timestamp;
use maud::{DOCTYPE, PreEscaped, html};
use serde::{Deserialize, Serialize};

use super::share::{Question, Share, clauses, shares_of, words_by_clause};
use super::{History, credit};

/// What the statement says of its method.
const METHOD: &str = "Each word goes to the version that first proposed it, also where it was moved, restored or taken from a proposal; \
    words are compared without regard to case and to the form of hyphens and quotation marks, and of a reworded sentence only the changed words change hands.";
/// What the statement says of its limits.
const LIMITS: &str = "Words are not ideas: who only spoke, removed text or said the same in other words has no share, and versions that \
    are not in the history cannot be credited; the interval covers the choice of clauses and of thresholds, not errors in names and dates.";
const STYLE: &str = "body{font:11pt/1.45 serif;max-width:42em;margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}\
    caption{text-align:left;font-weight:bold;padding:.3em 0}th,td{border-bottom:1px solid;padding:.2em .6em .2em 0;text-align:left;\
    vertical-align:top}td.n,th.n{text-align:right;white-space:nowrap}tr{break-inside:avoid}@page{margin:2cm}";

/// What can be said of one party's words in a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The party; `None` for words of versions that name no author.
    pub party: Option<String>,
    /// The document.
    pub document: String,
    /// Times of the first and of the last version, as [`Version::time`](super::Version::time).
    pub period: [i64; 2],
    /// The share of the last text, with its interval.
    pub share: Share,
    /// Words of the last text.
    pub n_all: usize,
    /// Words that the party was the first to propose; those of several authors in equal parts.
    pub n_proposed: f64,
    /// Of these, words that stood in the text at some time.
    pub n_adopted: f64,
    /// Of these, words that stand in the last text, each once.
    pub n_survived: f64,
    /// Words of the party in the last text that are further copies of these; with them [`Share::n_words`].
    pub n_copies: f64,
    /// The clauses of the last text with words of the party, in order.
    pub places: Vec<Place>,
}

/// A clause with words of the party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The version, if several texts were asked for.
    pub text: Option<String>,
    /// The first line of the clause, from 1.
    pub line: usize,
    /// How it begins.
    pub begins: String,
    /// Words of the party.
    pub n_words: f64,
    /// Words of the clause.
    pub n_all: usize,
}

/// Returns a statement for every party with words proposed or adopted, the largest share first.
///
/// # Errors
/// As [`credit`].
pub fn statements(document: &str, question: &Question<'_>) -> Result<Vec<Statement>, Fault> {
    let found = credit(question.history, question.goals, &question.method)?;
    let mut shares = shares_of(question, &found)?;
    let mut fates: BTreeMap<Option<String>, [f64; 4]> = BTreeMap::new();
    for (version, fate) in question.history.versions.iter().zip(&found.fates) {
        for (party, part) in question.parts(version) {
            let sums = fates.entry(party).or_default();
            let n_copies = fate.n_standing.saturating_sub(fate.n_survived);
            for (sum, n) in sums.iter_mut().zip([fate.n_proposed, fate.n_adopted, fate.n_survived, n_copies]) {
                *sum += part * n as f64;
            }
        }
    }
    for party in fates.iter().filter(|(_, [n_proposed, ..])| *n_proposed > 0.0).map(|(party, _)| party) {
        if !shares.iter().any(|share| share.party == *party) {
            let none = [0.0, 0.0];
            shares.push(Share {
                party: party.clone(),
                n_words: 0.0,
                share: 0.0,
                by_clause: none,
                by_method: none,
                low: 0.0,
                high: 0.0,
            });
        }
    }
    let n_all = found.texts.iter().flat_map(|text| text.words()).count();
    let mut places = places(question, &found);
    let statement = |share: Share| {
        let [n_proposed, n_adopted, n_survived, n_copies] = fates.get(&share.party).copied().unwrap_or_default();
        let (document, period) = (document.to_string(), period(question.history));
        let places = places.remove(&share.party).unwrap_or_default();
        Statement {
            party: share.party.clone(),
            document,
            period,
            share,
            n_all,
            n_proposed,
            n_adopted,
            n_survived,
            n_copies,
            places,
        }
    };
    Ok(shares.into_iter().map(statement).collect())
}

fn period(history: &History) -> [i64; 2] {
    let times = || history.versions.iter().map(|version| version.time);
    [times().min().unwrap_or_default(), times().max().unwrap_or_default()]
}

fn places(question: &Question<'_>, found: &super::Credit) -> BTreeMap<Option<String>, Vec<Place>> {
    let mut places: BTreeMap<Option<String>, Vec<Place>> = BTreeMap::new();
    for text in &found.texts {
        let version = &question.history.versions[text.version];
        let of_text = clauses(&version.text, question.clauses);
        for (clause, words) in of_text.iter().zip(words_by_clause(text, &of_text)) {
            let n_all = words.values().sum();
            let mut of_clause: BTreeMap<Option<String>, f64> = BTreeMap::new();
            for (origin, n) in &words {
                for (party, part) in question.parts(&question.history.versions[*origin]) {
                    *of_clause.entry(party).or_default() += part * *n as f64;
                }
            }
            for (party, n_words) in of_clause {
                let text = (found.texts.len() > 1).then(|| version.id.clone());
                let begins = beginning(&version.text[clause.range.clone()]);
                places.entry(party).or_default().push(Place { text, line: clause.line, begins, n_words, n_all });
            }
        }
    }
    places
}

/// The first words of a clause, on one line.
fn beginning(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut begins = String::new();
    for word in words.by_ref() {
        if !begins.is_empty() && begins.chars().count() + word.chars().count() > 48 {
            return begins + " …";
        }
        let space = if begins.is_empty() { "" } else { " " };
        begins = begins + space + word;
    }
    begins
}

impl Statement {
    /// Returns the statement as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = format!("# Credit for words: {}\n\n", escaped(&self.name()));
        for (name, value) in self.rows() {
            let _ = writeln!(text, "- {name}: {}", escaped(&value));
        }
        if !self.places.is_empty() {
            text += "\n| Clause | Words | of |\n|---|--:|--:|\n";
        }
        for place in &self.places {
            let _ = writeln!(text, "| {} | {} | {} |", escaped(&place.named()), number(place.n_words), place.n_all);
        }
        text + "\n" + METHOD + " " + LIMITS + "\n"
    }

    /// Returns the statement as a page to print: one file without scripts and pictures.
    #[must_use]
    pub fn html(&self) -> String {
        let name = self.name();
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width";
                    title { "Credit for words: " (name) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    h1 { "Credit for words: " (name) }
                    table {
                        caption { "Words of " (name) }
                        tbody { @for (name, value) in self.rows() { tr { th scope="row" { (name) } td { (value) } } } }
                    }
                    @if !self.places.is_empty() {
                        table {
                            caption { "Where they stand" }
                            thead { tr { th scope="col" { "Clause" } th.n scope="col" { "Words" } th.n scope="col" { "of" } } }
                            tbody { @for place in &self.places {
                                tr { td { (place.named()) } td.n { (number(place.n_words)) } td.n { (place.n_all) } }
                            } }
                        }
                    }
                    p { (METHOD) " " (LIMITS) }
                }
            }
        };
        page.into_string()
    }

    /// Why the words of the text may be more than those proposed.
    fn copies(&self) -> String {
        if self.n_copies > 0.0 {
            format!(", and {} more in copies of them", number(self.n_copies))
        } else {
            String::new()
        }
    }

    fn name(&self) -> String {
        self.party.clone().unwrap_or_else(|| "no author named".into())
    }

    /// Versions that are only in order, from 0, have no days.
    fn period(&self) -> String {
        let [first, last] = self.period;
        if last < 86_400 { "not known".into() } else { format!("{} to {}", day(first), day(last)) }
    }

    fn rows(&self) -> Vec<(&'static str, String)> {
        let Share { share, low, high, by_clause, by_method, n_words, .. } = &self.share;
        let range = |[low, high]: &[f64; 2]| format!("{} to {}", percent(*low), percent(*high));
        vec![
            ("Document", self.document.clone()),
            ("Period", self.period()),
            ("Share of the text", format!("{} (95 % interval {})", percent(*share), range(&[*low, *high]))),
            ("Interval by clauses", range(by_clause)),
            ("Range by thresholds", range(by_method)),
            ("Words of the text", format!("{} of {}", number(*n_words), self.n_all)),
            ("Words first proposed", number(self.n_proposed)),
            ("Of these adopted", number(self.n_adopted)),
            ("Of these in the last text", format!("{}{}", number(self.n_survived), self.copies())),
        ]
    }
}

impl Place {
    fn named(&self) -> String {
        let text = self.text.as_ref().map(|text| format!("{text}, ")).unwrap_or_default();
        format!("{text}line {}: {}", self.line, self.begins)
    }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// Whole numbers as they are, parts with one digit.
fn number(n: f64) -> String {
    if (n - n.round()).abs() < 1e-9 { format!("{n:.0}") } else { format!("{n:.1}") }
}

/// Seconds since 1970 as a day; the number itself where that is none.
fn day(time: i64) -> String {
    Timestamp::from_second(time).map_or_else(|_| time.to_string(), |time| time.strftime("%Y-%m-%d").to_string())
}

/// Keeps what people wrote from being read as Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => out.extend(['\\', letter]),
            other => out.push(other),
        }
    }
    out
}
