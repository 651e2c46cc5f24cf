//! Polls: how many were strongly for, for, neutral, against, strongly against, in the five ways in which minutes write
//! it, and what came of it.

use fact::{Act, Amount, Evidence, Fact, Thing};

use super::Meeting;
use super::sheet::Shape;
use super::table::{cells, is_rule};
use super::talk::{Said, Talk};

/// The choices, as they are written and as they are kept.
const CHOICES: [(&[&str], &str); 5] = [
    (&["sf", "strongly for", "strongly in favor", "strongly in favour", "strongly favor"], "strongly for"),
    (&["f", "for", "in favor", "in favour", "favor"], "for"),
    (&["n", "neutral"], "neutral"),
    (&["a", "against"], "against"),
    (&["sa", "strongly against"], "strongly against"),
];

/// One choice with its count, and the line that says it.
struct Count {
    choice: &'static str,
    value: f64,
    evidence: Evidence,
}

/// A poll that is being read.
#[derive(Default)]
struct Poll {
    counts: Vec<Count>,
    /// The choices of a table's header, in its order.
    header: Vec<&'static str>,
    /// The table's rows hold a choice and its count.
    is_upright: bool,
}

/// Returns the counts and outcomes of all polls.
pub(super) fn polls(talk: &Talk<'_, '_>, meeting: &Meeting) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut poll = Poll::default();
    let (mut question, mut topic): (Option<String>, &str) = (None, "");
    // The question goes on in the next line.
    let mut is_open = false;
    // Lines since the last count or question: a result further down belongs to something else.
    let mut n_since = usize::MAX;
    for said in &talk.said {
        if said.piece.shape == Shape::Blank {
            is_open = false;
            continue;
        }
        if matches!(said.piece.shape, Shape::Heading(_)) {
            close(&mut poll, question.as_deref().unwrap_or(topic), meeting, &mut facts);
            (topic, is_open) = (said.topic, false);
            question = asked(&said.piece.plain());
            n_since = if question.is_some() { 0 } else { usize::MAX };
            continue;
        }
        n_since = n_since.saturating_add(1);
        if poll.reads(said) {
            n_since = 0;
            continue;
        }
        topic = said.topic;
        if is_open && said.piece.shape == Shape::Plain && said.piece.indent > 0 {
            is_open = question.as_ref().is_some_and(|words| words.len() < 600);
            question = question.map(|words| format!("{words} {}", said.piece.plain()));
            continue;
        }
        let title = question.as_deref().unwrap_or(topic);
        let had_counts = close(&mut poll, title, meeting, &mut facts);
        n_since = if had_counts { 1 } else { n_since };
        let text = said.piece.plain();
        if let Some(words) = outcome(&text).filter(|_| n_since <= 40 && !said.piece.is_fenced) {
            let object = Some(Thing { kind: "poll".into(), title: title.into(), ..Thing::default() });
            let decided = meeting.fact(Act::Decided, said.piece.whole());
            facts.push(Fact { who: meeting.party(), object, status: Some(words), ..decided });
            n_since = usize::MAX;
        }
        if let Some(words) = asked(&text) {
            is_open = !words.ends_with(['.', '?', ':']);
            (question, n_since) = (Some(words), 0);
        }
    }
    close(&mut poll, question.as_deref().unwrap_or(topic), meeting, &mut facts);
    facts
}

/// Writes out the counts read so far; true when there were any.
fn close(poll: &mut Poll, title: &str, meeting: &Meeting, facts: &mut Vec<Fact>) -> bool {
    let counts = std::mem::take(poll).counts;
    // One letter and a number may be anything; two choices, or one with two letters, are a poll.
    let is_poll = counts.len() > 1 || counts.first().is_some_and(|count| count.choice.starts_with("strongly"));
    if !is_poll {
        return false;
    }
    for Count { choice, value, evidence } in counts {
        let object = Some(Thing { kind: "poll".into(), title: title.into(), ..Thing::default() });
        let amount = Some(Amount { value, unit: "voices".into() });
        let polled = meeting.fact(Act::Polled, evidence);
        facts.push(Fact { who: meeting.party(), object, amount, status: Some(choice.into()), ..polled });
    }
    true
}

impl Poll {
    /// Takes a line that belongs to the poll.
    fn reads(&mut self, said: &Said<'_, '_>) -> bool {
        let raw = said.piece.raw();
        if raw.contains('|') && raw.len() < 200 {
            return self.row(said);
        }
        let Some((choice, value)) = raw.split_once(':').and_then(|(choice, value)| Some((of(choice)?, number(value)?)))
        else {
            return false;
        };
        if self.counts.iter().any(|count| count.choice == choice) {
            return false;
        }
        self.counts.push(Count { choice, value, evidence: said.piece.whole() });
        true
    }

    fn row(&mut self, said: &Said<'_, '_>) -> bool {
        let cells = cells(said.piece.raw());
        if is_rule(&cells) {
            return !self.header.is_empty() || self.is_upright;
        }
        let choices: Vec<&'static str> = cells.iter().filter_map(|cell| of(cell)).collect();
        if choices.len() >= 3 && choices.len() == cells.len() {
            self.header = choices;
            return true;
        }
        if cells.len() == self.header.len() && !cells.is_empty() {
            let counted = self.header.iter().zip(&cells).filter_map(|(choice, cell)| Some((*choice, number(cell)?)));
            let counts = counted.map(|(choice, value)| Count { choice, value, evidence: said.piece.whole() });
            self.counts.extend(counts);
            self.header.clear();
            return true;
        }
        if let [choice, value] = &cells[..] {
            if let Some((choice, value)) = of(choice).zip(number(value)) {
                self.is_upright = true;
                self.counts.push(Count { choice, value, evidence: said.piece.whole() });
                return true;
            }
            let is_head = choice.to_lowercase().starts_with("vote") || (choice.is_empty() && value.is_empty());
            self.is_upright = is_head;
            return is_head;
        }
        false
    }
}

fn of(words: &str) -> Option<&'static str> {
    let words = super::markup::plain(words).to_lowercase();
    CHOICES.iter().find(|(written, _)| written.contains(&words.trim())).map(|(_, choice)| *choice)
}

/// `14`, `25 + 3 in chat`: voices are added up where the minutes add them.
fn number(text: &str) -> Option<f64> {
    let text = super::markup::plain(text);
    let mut sum = 0_u32;
    let mut parts = text.split('+');
    let first: &str = parts.next()?.trim();
    let digits = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count();
    let n_digits = digits(first);
    let is_number =
        (1..=4).contains(&n_digits) && !first[n_digits..].starts_with(char::is_alphabetic) && first.len() < 40;
    sum += first.get(..n_digits).filter(|_| is_number)?.parse::<u32>().ok()?;
    for part in parts {
        let part = part.trim();
        let n_digits = digits(part);
        sum += part.get(..n_digits).filter(|_| (1..=4).contains(&n_digits))?.parse::<u32>().ok()?;
    }
    Some(f64::from(sum))
}

/// The question of a poll: `POLL: ...`, `**Poll**: ...`, `Vote: ...`.
fn asked(text: &str) -> Option<String> {
    let (label, words) = text.split_once(':')?;
    let lower = label.to_lowercase();
    let label = lower.trim_start_matches(|letter: char| !letter.is_alphabetic()).trim_end();
    let is_poll = ["poll", "straw poll", "consensus poll", "vote", "poll question"].contains(&label);
    let words = words.trim().trim_start_matches("Poll:").trim();
    (is_poll && words.len() > 3).then(|| words.trim_matches('*').to_string())
}

/// What came of a poll, in the words of the minutes: `Unanimous consent`, `The vote passes`.
fn outcome(text: &str) -> Option<String> {
    let inner = text.trim_matches(|letter: char| !letter.is_alphanumeric());
    // `ABC: Unanimous consent.`
    let words = match inner.split_once(": ") {
        Some((who, words)) if who.len() <= 20 => words,
        _ => inner,
    };
    let lower = words.to_lowercase();
    let starts = [
        "unanimous consent",
        "unanimous decision",
        "unanimous consensus",
        "poll passes",
        "poll passed",
        "consent poll passes",
        "consensus poll passes",
        "the vote passes",
        "vote passes",
        "vote passed",
        "the vote passed",
        "vote succeeds",
        "we have consensus",
        "consensus reached",
        "the poll passes",
        "the poll passed",
    ];
    let is_said = starts.iter().any(|start| lower.starts_with(start)) && !text.contains('?') && lower.len() <= 90;
    let is_open =
        ["poll:", "if ", "or "].iter().any(|word| lower.contains(word)) || lower.starts_with("unanimous consent poll");
    (is_said && !is_open).then(|| words.to_string())
}
