//! What came out of a ballot: passed or failed, and which of the requirements were met.

use fact::{Act, Amount};

use super::page::Line;

/// The outcome as one line states it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outcome {
    pub has_passed: bool,
    /// `passed`, `fails`.
    pub word: String,
}

impl Outcome {
    /// Reads a sentence such as `the ballot has passed`, `Accordingly, the ballot fails`, or a title that ends `(passed)`.
    pub(super) fn read(text: &str) -> Option<Self> {
        const WORDS: [(&str, bool); 12] = [
            ("passed", true),
            ("passes", true),
            ("approved", true),
            ("adopted", true),
            ("carried", true),
            ("failed", false),
            ("fails", false),
            ("rejected", false),
            ("did not pass", false),
            ("not adopted", false),
            ("withdrawn", false),
            ("not approved", false),
        ];
        let lower = text.to_lowercase();
        let lower = lower.trim_end_matches(['.', ' ', '!', ':']);
        let make = |(word, has_passed): (&str, bool)| Self { has_passed, word: word.into() };
        for (word, has_passed) in WORDS {
            if lower.ends_with(&format!("({word})")) {
                return Some(make((word, has_passed)));
            }
        }
        let at = ["ballot", "motion"].iter().filter_map(|subject| lower.rfind(subject)).max()?;
        let tail = &lower[at..];
        // `In order for the ballot to be adopted, votes must be in favour` states a rule.
        let is_rule =
            [" must ", "in order for", "requires", "if ", "would ", "shall ", "should ", "may ", "unless", "ballots "];
        if is_rule.iter().any(|word| lower.contains(word)) {
            return None;
        }
        let is_near = |word: &str| tail.find(word).is_some_and(|at| tail[..at].split_whitespace().count() <= 5);
        WORDS.into_iter().rev().find(|(word, _)| is_near(word)).map(make)
    }
}

/// A requirement of the bylaws and whether it was met; a quorum with its number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Requirement {
    pub is_met: bool,
    pub is_quorum: bool,
    pub quorum: Option<Amount>,
}

impl Requirement {
    /// The act: a meeting states a conclusion.
    pub(super) const ACT: Act = Act::Concluded;

    /// Reads every statement of a line, each kind of answer once.
    pub(super) fn read(line: &Line<'_>) -> Vec<Self> {
        let lower = line.text.to_lowercase();
        let folded = lower.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut found: Vec<Self> = Vec::new();
        let mut before = 0;
        for (at, words) in folded.match_indices("requirement was ").chain(folded.match_indices("quorum was ")) {
            let tail = &folded[at + words.len()..];
            let bare = |word: &'_ str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_string();
            let answer: Vec<String> = tail.split(' ').take(4).map(bare).collect();
            let Some(met) = answer.iter().position(|word| word == "met") else { continue };
            let is_met = !answer[..met].iter().any(|word| word == "not");
            let lead = folded.get(before.min(at)..at).unwrap_or_default();
            let is_quorum =
                words.starts_with("quorum") || lead.contains("quorum was") || lead.contains("considered valid");
            let quorum = is_quorum.then(|| number_behind(&folded)).flatten();
            let requirement = Self { is_met, is_quorum, quorum };
            if !found.contains(&requirement) {
                found.push(requirement);
            }
            before = at;
        }
        found
    }

    pub(super) fn status(&self) -> String {
        let subject = if self.is_quorum { "quorum" } else { "requirement" };
        format!("{subject} {}met", if self.is_met { "" } else { "not " })
    }
}

/// `so quorum was 11 votes`, `so the quorum was 15 for this ballot`.
fn number_behind(text: &str) -> Option<Amount> {
    let numbers = text
        .match_indices("quorum was ")
        .filter_map(|(at, found)| text[at + found.len()..].split_whitespace().next()?.parse::<u32>().ok());
    let value = f64::from(numbers.last()?);
    Some(Amount { value, unit: "votes for a quorum".into() })
}

#[cfg(test)]
mod tests {
    use fact::Snapshot;

    use super::*;
    use crate::ballot::page::Page;

    #[test]
    fn requirements_are_read_sentence_by_sentence() {
        let page = |text: &str| {
            let id = String::new();
            let page = Page::read(&Snapshot::new(&id, "x.md", text.as_bytes()));
            page.lines.iter().flat_map(Requirement::read).map(|found| found.status()).collect::<Vec<_>>()
        };
        assert_eq!(
            page("This requirement was not met for either. At least one must. This requirement was met"),
            ["requirement not met", "requirement met"]
        );
        assert_eq!(page("Half of them is 10, so quorum was 11 votes – quorum was met."), ["quorum met"]);
        assert_eq!(
            page("Half was 14, so the quorum was 15 for this ballot. This requirement was **MET**."),
            ["quorum met"]
        );
        assert_eq!(page("in favour of it. This requirement was **NOT** **MET**."), ["requirement not met"]);
        assert_eq!(page("The requirement was changed."), Vec::<String>::new());
    }

    #[test]
    fn outcomes_are_read_where_they_are_stated() {
        let read = |text: &str| Outcome::read(text).map(|outcome| (outcome.has_passed, outcome.word));
        assert_eq!(read("Accordingly, the ballot fails."), Some((false, "fails".into())));
        assert_eq!(read("The voting period has ended and the Ballot has Passed. "), Some((true, "passed".into())));
        assert_eq!(read("Therefore, Ballot 118 passed."), Some((true, "passed".into())));
        assert_eq!(read("Ballot 118 – Sunset (passed)"), Some((true, "passed".into())));
        assert_eq!(read("The ballot did not pass."), Some((false, "did not pass".into())));
        assert_eq!(read("For the ballot to be adopted, votes must be in favour"), None);
        assert_eq!(
            read(
                "This ballot modifies requirements that were approved in 2017 by another ballot of members of the forum"
            ),
            None
        );
    }
}
