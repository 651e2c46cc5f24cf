//! Proposals: what somebody says is in a document, and which of it the document really says.
//!
//! A proposer may be the grammar, a model on another machine, or a person's list. Whoever it is, a candidate counts only
//! with words that are found in the document; the others are dropped and counted. What comes from anything but the grammar
//! has a confidence below [`crate::ACCEPT`], so that it waits for review and never becomes a fact by itself.

use document::Document;
use fact::Fault;
use serde_json::{Map, Value};

use crate::answer::{Doubt, Found, Span};
use crate::marks::{LISTS, Mark};

/// The rule under which proposals of others than the grammar stand.
pub const PROPOSED: &str = "proposed";

/// How sure a proposal of others than the grammar is taken to be: below [`crate::ACCEPT`].
const CONFIDENCE: f64 = 0.5;

/// Longest quotation, field and list of fields that count; what is longer is no statement.
const LONGEST_QUOTE: usize = 2_000;
const LONGEST_FIELD: usize = 400;
const MOST_FIELDS: usize = 16;

/// Says what may be in a document.
pub trait Proposer {
    /// Returns what this proposer finds, whether or not the document says so.
    ///
    /// # Errors
    /// When it cannot be asked, or its answer cannot be understood.
    fn propose(&self, document: &Document) -> Result<Vec<Candidate>, Fault>;
}

/// Something that may be in a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// A list of schema `sdo-gold/1`: `persons`, `agreements`.
    pub list: String,
    /// The words that say so, as the proposer has them.
    pub quote: String,
    /// Where the words begin, in bytes, where the proposer knows.
    pub start: Option<usize>,
    /// Fields of the schema.
    pub fields: Map<String, Value>,
    /// The rule of the grammar and its confidence; nothing for all others.
    pub rule: Option<(&'static str, f64)>,
}

/// A candidate whose words stand in the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// A list of schema `sdo-gold/1`.
    pub list: &'static str,
    /// What one entry of the list is called.
    pub noun: &'static str,
    /// Fields of the schema.
    pub fields: Map<String, Value>,
    /// The words as they stand in the document, with rule and confidence.
    pub found: Found,
}

/// Candidates after the document was asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grounded {
    /// Those whose words stand in the document, in its order.
    pub proposals: Vec<Proposal>,
    /// Number of those that were dropped: words that are not there, kinds that are not known.
    pub n_dropped: usize,
}

/// The grammar of this crate as a proposer: its candidates are what it reads.
#[derive(Clone, Copy, Debug, Default)]
pub struct Grammar;

impl Proposer for Grammar {
    fn propose(&self, document: &Document) -> Result<Vec<Candidate>, Fault> {
        let marks = crate::marks(&crate::read(document));
        Ok(marks.into_iter().map(|mark| of_mark(document, &mark)).collect())
    }
}

fn of_mark(document: &Document, mark: &Mark) -> Candidate {
    let span = mark.found.span;
    let mut fields = Map::new();
    if !mark.said.is_empty() {
        fields.insert(mark.noun.into(), mark.said.clone().into());
    }
    Candidate {
        list: mark.list.into(),
        quote: document.slice(&span.range()).into(),
        start: Some(span.start),
        fields,
        rule: Some((mark.found.rule, mark.found.confidence)),
    }
}

/// Returns the candidates whose words stand in `document`: exactly so, or with white space folded, as whole words.
///
/// A quotation that stands there several times means the place that the proposer names, else the first one.
///
/// ```
/// let document = document::read(&fact::Snapshot::new("", "a.txt", b"Acme and\nBorealis met.")).unwrap();
/// let candidate = |quote: &str| prose::Candidate {
///     list: "organisations".into(), quote: quote.into(), start: None, fields: Default::default(), rule: None,
/// };
/// let grounded = prose::ground(&document, &[candidate("Acme and Borealis"), candidate("Initech")]);
/// assert_eq!((grounded.proposals[0].found.span, grounded.n_dropped), (prose::Span::new(0, 17), 1));
/// ```
#[must_use]
pub fn ground(document: &Document, candidates: &[Candidate]) -> Grounded {
    let folded = Folded::of(&document.text);
    let mut proposals: Vec<Proposal> =
        candidates.iter().filter_map(|candidate| grounded(document, &folded, candidate)).collect();
    let n_dropped = candidates.len() - proposals.len();
    proposals.sort_by_key(|one| (one.found.span, one.list, Value::Object(one.fields.clone()).to_string()));
    proposals.dedup();
    Grounded { proposals, n_dropped }
}

fn grounded(document: &Document, folded: &Folded, candidate: &Candidate) -> Option<Proposal> {
    let (list, noun) = LISTS.into_iter().find(|(list, _)| *list == candidate.list && *list != "doubts")?;
    let is_short = |value: &Value| match value {
        Value::String(text) => text.len() <= LONGEST_FIELD,
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
        Value::Array(_) | Value::Object(_) => false,
    };
    if candidate.quote.len() > LONGEST_QUOTE
        || candidate.fields.len() > MOST_FIELDS
        || !candidate.fields.values().all(is_short)
    {
        return None;
    }
    let span = place(document, folded, candidate)?;
    let found = match candidate.rule {
        Some((rule, confidence)) => Found::new(span, rule, confidence),
        None => Found::new(span, PROPOSED, CONFIDENCE),
    };
    Some(Proposal { list, noun, fields: candidate.fields.clone(), found })
}

/// Where the words of a candidate stand.
fn place(document: &Document, folded: &Folded, candidate: &Candidate) -> Option<Span> {
    let (text, quote) = (&document.text, candidate.quote.trim());
    if quote.is_empty() || !quote.contains(char::is_alphanumeric) {
        return None;
    }
    let is_whole = |span: &Span| {
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let cuts_before = is_word(quote.chars().next()) && is_word(text[..span.start].chars().next_back());
        let cuts_after = is_word(quote.chars().next_back()) && is_word(text[span.end..].chars().next());
        !cuts_before && !cuts_after
    };
    let named = candidate.start.filter(|start| text.get(*start..).is_some_and(|rest| rest.starts_with(quote)));
    let exact = text.match_indices(quote).map(|(at, _)| Span::new(at, at + quote.len()));
    let named = named.map(|start| Span::new(start, start + quote.len()));
    named.into_iter().chain(exact).chain(folded.places(quote)).find(is_whole)
}

/// A text with runs of white space as one space, and where every byte of it came from.
struct Folded {
    text: String,
    /// For each byte of the folded text, and for its end, the byte of the text.
    origin: Vec<usize>,
}

impl Folded {
    fn of(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len() + 1) };
        for (at, c) in text.char_indices() {
            if !c.is_whitespace() {
                folded.origin.extend(at..at + c.len_utf8());
                folded.text.push(c);
            } else if !folded.text.ends_with(' ') {
                folded.origin.push(at);
                folded.text.push(' ');
            }
        }
        folded.origin.push(text.len());
        folded
    }

    /// Spans of the text whose words are those of `quote`.
    fn places(&self, quote: &str) -> impl Iterator<Item = Span> {
        let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let n_bytes = quote.len();
        let starts: Vec<usize> = self.text.match_indices(&quote).map(|(at, _)| at).collect();
        starts.into_iter().map(move |at| Span::new(self.origin[at], self.origin[at + n_bytes - 1] + 1))
    }
}

impl Proposal {
    /// Returns the proposal as a mark, so that it is shown next to what was read.
    #[must_use]
    pub fn mark(&self, entry: usize) -> Mark {
        Mark { found: self.found, list: self.list, entry, noun: self.noun, said: self.said() }
    }

    /// Returns the proposal as a question for a person.
    #[must_use]
    pub fn doubt(&self) -> Doubt {
        let what = match self.said() {
            said if said.is_empty() => format!("expected a rule that reads this {}, found a proposal only", self.noun),
            said => format!("expected a rule that reads this {}, found a proposal only: {said}", self.noun),
        };
        Doubt { kind: PROPOSED, what, hint: "accept it or reject it".into(), found: self.found }
    }

    /// Its fields in a line: `proposed: name Ada Example, role Chair`.
    fn said(&self) -> String {
        let shown = |(name, value): (&String, &Value)| match value {
            Value::Null => None,
            Value::String(text) if text.trim().is_empty() => None,
            Value::String(text) => Some(format!("{name} {text}")),
            other => Some(format!("{name} {other}")),
        };
        self.fields.iter().filter_map(shown).collect::<Vec<_>>().join(", ")
    }

    /// Returns the proposal as an object of schema `sdo-gold/1`, with its kind and evidence.
    #[must_use]
    pub fn json(&self, document: &Document) -> Value {
        let mut object = self.fields.clone();
        let span = self.found.span;
        object.insert("list".into(), self.list.into());
        object.insert(
            "evidence".into(),
            serde_json::json!({
                "quote": document.slice(&span.range()),
                "start": document.text[..span.start].chars().count(),
                "end": document.text[..span.end].chars().count(),
                "bstart": span.start,
                "bend": span.end,
                "rule": self.found.rule,
                "confidence": self.found.confidence,
            }),
        );
        Value::Object(object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document(text: &str) -> Document {
        document::read(&fact::Snapshot::new("", "a.txt", text.as_bytes())).expect("text is a document")
    }

    fn candidate(list: &str, quote: &str) -> Candidate {
        Candidate { list: list.into(), quote: quote.into(), start: None, fields: Map::new(), rule: None }
    }

    fn spans(text: &str, candidate: &Candidate) -> Option<(usize, usize)> {
        let grounded = ground(&document(text), std::slice::from_ref(candidate));
        grounded.proposals.first().map(|one| (one.found.span.start, one.found.span.end))
    }

    #[test]
    fn only_words_that_stand_there_count() {
        let text = "Ada Example of\u{a0}Acme\n  Pty spoke.";
        assert_eq!(spans(text, &candidate("persons", "Ada Example")), Some((0, 11)));
        assert_eq!(spans(text, &candidate("organisations", "Acme Pty")), Some((16, 26)), "white space is folded");
        assert_eq!(spans(text, &candidate("persons", "Ada Exam")), None, "half a word is no word");
        assert_eq!(spans(text, &candidate("persons", "Eve Invented")), None);
        assert_eq!(spans(text, &candidate("persons", " . ")), None);
        assert_eq!(spans(text, &candidate("secrets", "Ada Example")), None, "no such kind");
    }

    #[test]
    fn a_place_that_the_proposer_names_goes_first() {
        let mut second = candidate("persons", "Ada");
        second.start = Some(8);
        assert_eq!(spans("Ada and Ada", &second), Some((8, 11)));
        second.start = Some(5);
        assert_eq!(spans("Ada and Ada", &second), Some((0, 3)), "a wrong place is no place");
    }

    #[test]
    fn what_is_proposed_waits_for_review() {
        let mut one = candidate("persons", "Ada");
        one.fields.insert("role".into(), json!("Chair"));
        let grounded = ground(&document("Ada spoke."), &[one.clone(), one]);
        let [proposal] = &grounded.proposals[..] else { panic!("expected one, found {grounded:?}") };
        assert!(proposal.found.confidence < crate::ACCEPT);
        assert_eq!((proposal.found.rule, proposal.mark(0).said.as_str()), ("proposed", "role Chair"));
        assert_eq!(proposal.doubt().kind, "proposed");
        assert_eq!(proposal.json(&document("Ada spoke."))["evidence"]["bend"], 3);
    }

    #[test]
    fn fields_are_bounded() {
        let mut one = candidate("persons", "Ada");
        one.fields.insert("role".into(), json!("x".repeat(500)));
        assert_eq!(ground(&document("Ada"), &[one.clone()]).n_dropped, 1);
        one.fields.insert("role".into(), json!({ "nested": true }));
        assert_eq!(ground(&document("Ada"), &[one]).n_dropped, 1);
    }

    #[test]
    fn all_that_the_grammar_proposes_stands_in_the_document() {
        let document =
            document("Report of the workshop held in Geneva, 19 April 2024\n\nMr. Ada Example, Acme, spoke.\n");
        let candidates = Grammar.propose(&document).expect("the grammar always answers");
        let grounded = ground(&document, &candidates);
        assert_eq!(grounded.n_dropped, 0, "{candidates:?}");
    }
}
