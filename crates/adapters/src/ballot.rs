//! Results of ballots as a forum posts them: votes by class of member, choice by choice, with the voters' names.
//!
//! Comes in: Markdown with front matter (`title: Ballot 185 – ...`, `date:`) and lines such as `2 Yes votes: Acme, Borealis`
//! under headings such as `**Voting by browsers**`. Goes out: a vote or abstention for each name. A stated number of votes
//! that the names do not make up is a problem: a comma may be missing, and nobody is split or lost by guess.

use std::ops::Range;

use fact::{Act, Adapter, Evidence, Fact, Mention, Problem, Reading, Snapshot, Thing, When};

/// The adapter.
pub static ADAPTER: Ballot = Ballot;

/// Reads the posted result of a ballot.
pub struct Ballot;

impl Adapter for Ballot {
    fn name(&self) -> &'static str {
        "ballot"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Results of ballots in Markdown, voters named by choice"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        std::str::from_utf8(snapshot.bytes).is_ok_and(|text| {
            field(text, "title").is_some_and(|(title, _)| title.starts_with("Ballot "))
                && lines(text).any(|(line, _)| Votes::read(line).is_some())
        })
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let text = String::from_utf8_lossy(snapshot.bytes);
        let (title, _) = field(&text, "title").unwrap_or_default();
        let (number, subject) = numbered(title);
        let mut reading = Reading { about: format!("result of ballot {number}"), ..Reading::default() };
        let common = Common {
            object: Thing::new("ballot", number).titled(subject),
            body: body(snapshot, &text),
            when: when(&text),
        };
        if common.when == When::UNKNOWN {
            reading.problems.push(undated(&text));
        }
        let mut class = None;
        for (line, at) in lines(&text) {
            if let Some(heading) = heading(line) {
                class = Some(heading);
            } else if let Some(votes) = Votes::read(line) {
                reading.n_units += 1;
                votes.state(&common, class, line, &at, &mut reading);
            }
        }
        reading
    }
}

/// What all votes of a ballot share.
struct Common<'a> {
    object: Thing,
    body: Option<&'a str>,
    when: When,
}

/// One line of votes: `2 Yes votes: Acme, Borealis`, `15 Issuers voting YES: ...`, `1 Abstain: Acme`.
struct Votes<'a> {
    n_stated: usize,
    choice: &'static str,
    names: &'a str,
}

impl<'a> Votes<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let (head, names) = line.split_once(':')?;
        let mut words = head.split_whitespace();
        let n_stated = words.next()?.parse().ok()?;
        let choice = words.map(str::to_lowercase).find_map(|word| match word.as_str() {
            "yes" => Some("yes"),
            "no" => Some("no"),
            word if word.starts_with("abst") => Some("abstain"),
            _ => None,
        })?;
        Some(Self { n_stated, choice, names: names.trim() })
    }

    fn state(&self, common: &Common<'_>, class: Option<&str>, line: &str, at: &Range<usize>, reading: &mut Reading) {
        let place = format!("ballot {}, {} votes", common.object.id, self.choice);
        let evidence = Evidence::new(at.clone(), place, line);
        let names: Vec<&str> = self.names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        for name in &names {
            let role = class.map(Into::into);
            reading.facts.push(Fact {
                who: Mention { role, ..Mention::organisation(name) },
                object: Some(common.object.clone()),
                body: common.body.map(Into::into),
                when: common.when,
                status: Some(self.choice.into()),
                ..Fact::new(if self.choice == "abstain" { Act::Abstained } else { Act::Voted }, evidence.clone())
            });
        }
        if names.len() != self.n_stated {
            reading.problems.push(Problem {
                kind: "votes-disagree",
                evidence,
                what: format!("expected {} names, found {}", self.n_stated, names.len()),
                hint: "look for a missing comma, or a comma inside a name".into(),
            });
        }
    }
}

/// `**Voting by browsers – 4 votes total**` names the class `browsers`.
fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_matches(['*', '#', ' ']).strip_prefix("Voting by ")?;
    Some(rest.split(['–', '-', ':']).next().unwrap_or(rest).trim())
}

/// `Ballot 185 – Lifetime` is number `185`, subject `Lifetime`.
fn numbered(title: &str) -> (&str, &str) {
    let rest = title.strip_prefix("Ballot ").unwrap_or(title);
    let (number, subject) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    (number.trim_end_matches(':'), subject.trim_start_matches(['–', '-', ':', ' ']))
}

/// The forum, where the text or the place it came from names it; otherwise the source does not say.
fn body(snapshot: &Snapshot<'_>, text: &str) -> Option<&'static str> {
    let is_named = text.contains("CA/Browser Forum") || text.contains("CA/B Forum") || snapshot.origin.contains("cabf");
    is_named.then_some("CA/Browser Forum")
}

fn when(text: &str) -> When {
    let day = field(text, "date").and_then(|(date, _)| When::parse(date.get(..10)?));
    day.unwrap_or(When::UNKNOWN)
}

fn undated(text: &str) -> Problem {
    let (found, at) = field(text, "date").unwrap_or(("nothing", 0..0));
    Problem {
        kind: "date-unreadable",
        evidence: Evidence::new(at, "front matter", found),
        what: format!("expected a date such as `2024-06-17`, found `{found}`"),
        hint: "write the day on which voting ended into `date:`".into(),
    }
}

/// A field of the front matter, with its place.
fn field<'a>(text: &'a str, name: &str) -> Option<(&'a str, Range<usize>)> {
    if !text.starts_with("---") {
        return None;
    }
    lines(text).skip(1).take_while(|(line, _)| *line != "---").find_map(|(line, at)| {
        let value = line.strip_prefix(name)?.strip_prefix(':')?;
        Some((value.trim(), at))
    })
}

/// Lines without their ends, with their places.
fn lines(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start..start + line.trim_end().len();
        start += line.len();
        (line.trim_end(), at)
    })
}
