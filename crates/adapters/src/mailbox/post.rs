//! One message as an act: who posted what, to which list, when, in answer to what.

use std::collections::HashMap;
use std::ops::Range;

use fact::{Act, Evidence, Fact, Mention, Party, Problem, Reading, Thing, When};
use jiff::civil::Date;

use super::head::{Head, Name};
use super::sender::{Sender, sender};
use super::{date, lists, words};

/// What a message says of itself: texts decoded, nothing corrected.
#[derive(Clone, Debug, Default)]
pub struct Post {
    /// Who sent it, where it says so.
    pub sender: Option<Sender>,
    /// Its identifier, without brackets; empty where it has none.
    pub id: String,
    /// Its subject; empty where it has none.
    pub subject: String,
    /// The date as it stands.
    pub date: Option<String>,
    /// The identifier of the message that it answers.
    pub parent: Option<String>,
    /// Whether it says that it answers another message, named or not.
    pub is_reply: bool,
    /// The list, where the message names it.
    pub list: Option<String>,
}

impl Post {
    /// Returns what the headers say.
    pub fn read(bytes: &[u8], head: &Head) -> Self {
        let text = |name| head.raw(bytes, name).map(words::text);
        let subject = text(Name::Subject).unwrap_or_default();
        let (answer, references) = (text(Name::InReplyTo), text(Name::References));
        let parent = parent(answer.as_deref().unwrap_or_default(), references.as_deref().unwrap_or_default());
        Self {
            sender: sender(bytes, head),
            id: text(Name::MessageId).and_then(|text| identifier(&text)).unwrap_or_default(),
            date: text(Name::Date),
            is_reply: parent.is_some() || answer.is_some_and(|text| !text.is_empty()) || answers(&subject),
            parent,
            list: lists::of_head(bytes, head),
            subject: words::masked(&subject).into_owned(),
        }
    }
}

/// Returns the message that another answers: `In-Reply-To` where it starts with an identifier, else the last of
/// `References`, else the last identifier of `In-Reply-To`, which may also hold a sentence.
pub fn parent(answer: &str, references: &str) -> Option<String> {
    let first = answer.starts_with('<').then(|| identifiers(answer).next()).flatten();
    let found = first.or_else(|| identifiers(references).last()).or_else(|| identifiers(answer).last());
    found.map(ToString::to_string).or_else(|| identifier(answer))
}

/// The identifier that a `Message-ID` holds, with or without its brackets.
pub fn identifier(text: &str) -> Option<String> {
    let bare = || Some(text.trim()).filter(|id| !id.is_empty() && !id.contains([' ', '<', '>']) && id.contains('@'));
    identifiers(text).next().or_else(bare).map(ToString::to_string)
}

/// What stands in brackets and is no address of a person: `Jane <jane@example.org>'s message` holds none.
fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').skip(1).filter_map(|part| {
        let (id, rest) = part.split_once('>')?;
        let id = id.trim();
        (!id.is_empty() && id.len() <= 998 && !id.contains(' ') && !rest.starts_with("'s")).then_some(id)
    })
}

/// Whether a subject starts with a mark of an answer, after the tags of lists.
pub fn answers(subject: &str) -> bool {
    const MARKS: [&str; 14] =
        ["re", "aw", "antw", "sv", "vs", "odp", "r", "res", "ref", "ynt", "答复", "回复", "回覆", "答覆"];
    let mut rest = subject.trim_start_matches(['\'', '"', ' ']);
    while let Some((_, after)) = rest.strip_prefix('[').and_then(|tag| tag.split_once(']')) {
        rest = after.trim_start();
    }
    let mark = rest.split([':', '：']).next().unwrap_or_default();
    let mark = mark.split('[').next().unwrap_or_default().trim().to_lowercase();
    rest.contains([':', '：']) && MARKS.contains(&mark.as_str())
}

/// Where a message stands in its source.
pub struct Place {
    /// Its headers, with the separator line.
    pub bytes: Range<usize>,
    /// As a person would name it.
    pub name: String,
}

/// What is known without the message.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The day of the `From ` line.
    pub envelope: Option<Date>,
    /// The month that the name of a log gives.
    pub month: When,
    /// The list after which the source is named.
    pub list: Option<&'a str>,
}

/// The facts of a source, as its messages come in.
#[derive(Default)]
pub struct Posts {
    /// What was read so far.
    pub reading: Reading,
    /// The fact of each identifier, or of each header block where there is none.
    held: HashMap<String, usize>,
}

impl Posts {
    /// Takes in one message; `doubled` is what a copy of it would have in common where it has no identifier.
    ///
    /// A copy - the same identifier, sender, day and subject - is a problem and not counted again. Another message with the same
    /// identifier is counted, with a problem.
    pub fn take(&mut self, post: Post, place: Place, around: Around<'_>, doubled: String) {
        self.reading.n_units += 1;
        let key = if post.id.is_empty() { doubled } else { post.id.clone() };
        let id = post.id.clone();
        let (fact, problems) = fact(post, place, around);
        if let Some(&at) = self.held.get(&key).filter(|_| !key.is_empty()) {
            let first = &self.reading.facts[at];
            let (kind, what, hint) = if is_copy(first, &fact) {
                let what = format!("expected a message that is not here yet, found a copy of {}", first.evidence.place);
                ("doubled-message", what, "nothing needs doing: the first copy is counted")
            } else {
                let what = format!("expected an identifier of its own, found that of {}: `{id}`", first.evidence.place);
                ("identifier-shared", what, "both messages are counted; look whether they are one")
            };
            let evidence = fact.evidence.clone();
            self.reading.problems.push(Problem { kind, evidence, what, hint: hint.into() });
            if kind == "doubled-message" {
                return;
            }
        } else if !key.is_empty() {
            self.held.insert(key, self.reading.facts.len());
        }
        self.reading.problems.extend(problems);
        self.reading.facts.push(fact);
    }

    /// Notes a place that is no message, or not a whole one.
    pub fn problem(&mut self, kind: &'static str, evidence: Evidence, what: &str, hint: &str) {
        self.reading.problems.push(Problem { kind, evidence, what: what.into(), hint: hint.into() });
    }
}

/// A copy has the sender, the day and the subject of the first; a list may have put its tag before the subject.
fn is_copy(first: &Fact, fact: &Fact) -> bool {
    let title = |fact: &Fact| fact.object.as_ref().map(|thing| thing.title.clone()).unwrap_or_default();
    let (one, other) = (title(first), title(fact));
    first.who == fact.who && first.when == fact.when && (one.ends_with(&other) || other.ends_with(&one))
}

/// The act of posting, and what of it could not be read.
fn fact(post: Post, place: Place, around: Around<'_>) -> (Fact, Vec<Problem>) {
    let who = post.sender.clone().unwrap_or_default();
    let quote = match &who.name {
        Some(name) => format!("From: {name}; Subject: {}", post.subject),
        None => format!("Subject: {}", post.subject),
    };
    let evidence = Evidence::new(place.bytes, place.name, &quote);
    let mut problems = Vec::new();
    if who == Sender::default() {
        problems.push(Problem {
            kind: "sender-unreadable",
            evidence: evidence.clone(),
            what: "expected a name or an address in `From:`, found neither".into(),
            hint: "the message is counted for nobody; look it up in the archive of the list".into(),
        });
    }
    let (when, confidence) = when(post.date.as_deref(), around, &evidence, &mut problems);
    let party = if who.name.is_some() { Party::Person } else { Party::Unknown };
    let fact = Fact {
        who: Mention { party, name: who.name, domain: who.domain, ..Mention::default() },
        object: Some(Thing::new("message", &post.id).titled(&post.subject)),
        target: post.parent.map(|parent| Thing::new("message", &parent)),
        body: post.list.or_else(|| around.list.map(Into::into)),
        when,
        status: Some(if post.is_reply { "reply" } else { "first" }.into()),
        confidence,
        ..Fact::new(Act::Posted, evidence)
    };
    (fact, problems)
}

/// The day in the zone of the sender. Where it cannot be read: the day of the `From ` line, else the month of the log,
/// with less confidence, and a problem in any case.
fn when(date: Option<&str>, around: Around<'_>, evidence: &Evidence, problems: &mut Vec<Problem>) -> (When, f64) {
    if let Some(stated) = date.and_then(date::read) {
        return (When::day(stated.day), 1.0);
    }
    let found = match date.map(str::trim) {
        None => "no `Date:`".into(),
        Some(date) => format!("`{}`", words::masked(date.get(..60).unwrap_or(date).trim())),
    };
    let (when, hint) = match around.envelope {
        Some(day) => (When::day(day), "the day of its `From ` line is taken; correct `Date:` if that is wrong"),
        None if around.month != When::UNKNOWN => (around.month, "the month in the name of the log is taken"),
        None => (When::UNKNOWN, "the day stays unknown; correct `Date:` if you know it"),
    };
    problems.push(Problem {
        kind: "date-unreadable",
        evidence: evidence.clone(),
        what: format!("expected a date such as `Thu, 1 Nov 2001 11:19:12 +0100`, found {found}"),
        hint: hint.into(),
    });
    (when, if when == When::UNKNOWN { 1.0 } else { 0.5 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_names_its_parent_in_many_ways() {
        for (answer, references, expected) in [
            ("<a@x>", "<r@x> <s@x>", Some("a@x")),
            ("<a@x>; from jane@example.org on Fri", "", Some("a@x")),
            ("<a@x> (wg@example.org)", "", Some("a@x")),
            ("", "<r@x> <s@x>", Some("s@x")),
            ("Your message of \"Fri\" <a@x>", "", Some("a@x")),
            ("Jane Doe <jane@example.org>'s message of Fri", "<r@x>", Some("r@x")),
            ("Jane Doe <jane@example.org>'s message of Fri", "", None),
            ("a@x", "", Some("a@x")),
            ("Your message of Fri", "", None),
            ("<>", "<", None),
        ] {
            assert_eq!(parent(answer, references).as_deref(), expected, "{answer} {references}");
        }
    }

    #[test]
    fn a_subject_shows_an_answer_in_many_languages() {
        for subject in ["Re: clocks", "[wg] Re: clocks", "'RE[2]: clocks'", "AW: x", "答复: x", "回复：x", "R: x"]
        {
            assert!(answers(subject), "{subject}");
        }
        for subject in ["clocks", "Ready: clocks", "Fwd: Re: x", "Re clocks", "[Re: x", ""] {
            assert!(!answers(subject), "{subject}");
        }
    }
}
