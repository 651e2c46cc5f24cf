//! One commit, and the facts it states.

use std::borrow::Cow;
use std::ops::Range;

use fact::{Act, Amount, Evidence, Fact, Mention, Problem, Reading, Thing, When};

use super::areas::Areas;
use super::people::{Ident, trailers};
use crate::parts::address::blanked;

/// Facts of co-authors stand for each area only up to this many; beyond, once for each: input decides neither memory nor time.
const MOST_FACTS: usize = 1000;

/// Beginnings of the subjects that Git itself gives to merges.
const MERGES: [&str; 6] = [
    "Merge branch ",
    "Merge branches ",
    "Merge pull request ",
    "Merge remote-tracking branch ",
    "Merge tag ",
    "Merge commit ",
];

/// The repository, as the place it came from names it.
pub struct Body(Option<String>);

impl Body {
    /// `drafts/quic_base.numstat.log` and `repos/quic_base.git` are `quic_base`; `quic_base/git.log` is so too.
    pub fn of(origin: &str) -> Self {
        let mut parts = origin.rsplit(['/', '\\']).map(|part| {
            let mut part = part;
            for end in [".gz", ".txt", ".log", ".numstat", ".git-log", ".git"] {
                part = part.strip_suffix(end).unwrap_or(part);
            }
            part.trim()
        });
        let says_nothing = |part: &&str| matches!(*part, "" | "." | ".." | "git" | "git-log" | "log" | "history");
        Self(parts.find(|part| !says_nothing(part)).map(Into::into))
    }

    /// A few words for people.
    pub fn about(&self) -> String {
        self.0.as_ref().map_or_else(|| "Git history".into(), |name| format!("Git history of {name}"))
    }
}

/// One commit as either form gives it.
pub struct Commit<'a> {
    /// The bytes of the commit with all its changes.
    pub at: Range<usize>,
    /// The place as a person would name it.
    pub place: String,
    /// 40 or 64 hexadecimal digits, or a beginning of them.
    pub hash: &'a str,
    /// Its parents, or `None` where the form does not tell.
    pub parents: Option<Vec<&'a str>>,
    /// True at the edge of a shallow clone, where Git shows the whole text as if it had been written there.
    pub is_edge: bool,
    /// Who wrote the change, and when, in their own zone.
    pub author: Ident<'a>,
    pub authored: Cow<'a, str>,
    /// Who put it into the history, and when.
    pub committer: Ident<'a>,
    pub committed: Cow<'a, str>,
    /// First line of the message.
    pub subject: Cow<'a, str>,
    /// Lines such as `Reviewed-by: Name <address>`.
    pub trailers: Cow<'a, str>,
    /// Lines changed by area.
    pub areas: Areas,
}

impl Commit<'_> {
    /// The evidence of all facts of this commit: its words without the addresses.
    pub fn evidence(&self) -> Evidence {
        let hash = self.hash.get(..12).unwrap_or(self.hash);
        let author = self.author.name().unwrap_or_default();
        let subject: String = self.subject.chars().take(Evidence::QUOTE).collect();
        let quote = format!("{hash} {author} {} {}", self.authored.get(..10).unwrap_or_default(), blanked(&subject));
        Evidence::new(self.at.clone(), self.place.clone(), &quote)
    }

    /// The problem of a commit that was there before.
    pub fn doubled(&self) -> Problem {
        let what = format!("expected every commit once, found {} again", self.hash);
        self.problem("doubled-commit", what, "add each history once; the first was read")
    }

    /// Adds the facts of this commit, and what could not be read of it.
    pub fn state(&self, body: &Body, reading: &mut Reading) {
        if self.author.is_empty() {
            let what = "expected an author, found neither name nor address".into();
            reading.problems.push(self.problem("author-missing", what, "see the commit with `git show --format=raw`"));
        }
        if self.is_edge {
            let what =
                "expected the commit's parents, found the edge of a shallow clone: its changes are not known".into();
            reading.problems.push(self.problem(
                "history-shallow",
                what,
                "run `git fetch --unshallow` and write the history again",
            ));
        }
        let (is_merge, confidence) = self.is_merge();
        let authored = self.day(&self.authored, reading);
        let common = Fact {
            object: Some(Thing::new("commit", self.hash).titled(&self.title())),
            body: body.0.clone(),
            when: authored,
            status: is_merge.then(|| "merge".into()),
            confidence,
            ..Fact::new(Act::Committed, self.evidence())
        };
        for (area, lines) in self.touched() {
            let amount = lines.map(|lines| Amount { value: lines as f64, unit: "lines".into() });
            reading.facts.push(Fact { who: self.author.mention(None), target: area, amount, ..common.clone() });
        }
        if !self.committer.is_same(&self.author) && !self.committer.is_forge() && !self.committer.is_empty() {
            let (who, when) = (self.committer.mention(None), self.day(&self.committed, reading));
            reading.facts.push(Fact { act: Act::Applied, who, when, ..common.clone() });
        }
        self.state_trailers(&common, reading);
    }

    /// The facts of the trailers. Lines are told once, with the author: a co-author's facts carry no amount.
    fn state_trailers(&self, common: &Fact, reading: &mut Reading) {
        let (people, unreadable) = trailers(&self.trailers, &self.author);
        for text in unreadable {
            let what =
                format!("expected `Name <address>`, found `{}`", blanked(text).chars().take(80).collect::<String>());
            reading.problems.push(self.problem("trailer-unreadable", what, "see the message with `git show`"));
        }
        let n_coauthors = people.iter().filter(|(act, ..)| *act == Act::Committed).count();
        let by_area = n_coauthors.saturating_mul(self.areas.len()) <= MOST_FACTS;
        for (act, role, person) in people {
            let who: Mention = person.mention(Some(role).filter(|role| !role.is_empty()));
            if act == Act::Committed && by_area {
                let facts =
                    self.touched().into_iter().map(|(target, _)| Fact { who: who.clone(), target, ..common.clone() });
                reading.facts.extend(facts);
            } else {
                reading.facts.push(Fact { act, who, ..common.clone() });
            }
        }
    }

    /// Areas with the lines changed there; a commit that changes no file, or whose changes are not known, touches none.
    fn touched(&self) -> Vec<(Option<Thing>, Option<u64>)> {
        if self.is_edge || self.areas.len() == 0 {
            return vec![(None, None)];
        }
        self.areas.iter().map(|(area, lines)| (Some(Thing::new("area", area)), lines)).collect()
    }

    /// A merge has several parents. Where the form does not tell, a commit without files and with Git's own words is one.
    fn is_merge(&self) -> (bool, f64) {
        match &self.parents {
            Some(parents) => (parents.len() > 1, 1.0),
            None if self.areas.len() == 0 && MERGES.iter().any(|words| self.subject.starts_with(words)) => (true, 0.9),
            None => (false, 1.0),
        }
    }

    fn title(&self) -> String {
        let subject: String = self.subject.chars().take(Evidence::QUOTE).collect();
        blanked(&subject).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn day(&self, text: &str, reading: &mut Reading) -> When {
        day(text).unwrap_or_else(|| {
            let found: String = text.chars().take(40).collect();
            let found = if found.is_empty() { "nothing".into() } else { format!("`{found}`") };
            let what = format!("expected a time between 1970-01-02 and 2099-12-31 in a zone on Earth, found {found}");
            reading.problems.push(self.problem(
                "date-implausible",
                what,
                "see the commit with `git show --format=raw`",
            ));
            When::UNKNOWN
        })
    }

    fn problem(&self, kind: &'static str, what: String, hint: &str) -> Problem {
        Problem { kind, evidence: self.evidence(), what, hint: hint.into() }
    }
}

/// The day of `2024-06-17T23:30:00-07:00` in its own zone. Git knows no time before 1970, writes its first second where it
/// cannot tell, and reads no year beyond 2099 (`date.c`); a zone beyond 14 hours moves the day, and nobody lives there.
fn day(text: &str) -> Option<When> {
    let (date, rest) = text.split_at_checked(10)?;
    let when = When::parse(date)?;
    let day = when.from?;
    let is_plausible = (1970..=2099).contains(&day.year()) && date > "1970-01-01";
    let clock = rest.trim_start_matches(['T', ' ']);
    let zone = clock.find(['+', '-']).map_or("", |at| &clock[at + 1..]);
    let hours: u32 = zone.get(..2).map_or(Some(0), |hours| hours.parse().ok())?;
    let minutes = zone.get(2..).unwrap_or_default().trim_start_matches(':');
    let is_zone = hours <= 14 && minutes.len() <= 2;
    (is_plausible && is_zone).then_some(when)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_authors_own() {
        let read = |text: &str| day(text).and_then(|when| when.from).map(|day| day.to_string());
        assert_eq!(read("2024-06-17T23:30:00-07:00").as_deref(), Some("2024-06-17"));
        assert_eq!(read("2024-06-17 23:30:00 +1400").as_deref(), Some("2024-06-17"));
        assert_eq!(read("2024-06-17T23:30:00Z").as_deref(), Some("2024-06-17"));
        assert_eq!(read("2024-06-17").as_deref(), Some("2024-06-17"));
    }

    /// perceval#57, #118: a date that cannot be does not end the reading, nor does it become another date.
    #[test]
    fn times_that_cannot_be_are_none() {
        let absurd = [
            "1970-01-01T00:00:00Z",
            "1969-12-31T16:00:00-08:00",
            "5138-11-16T09:46:39Z",
            "31690708-07-05T01:46:39Z",
            "2014-05-17T21:32:20+99:99",
            "2014-04-22T02:53:20-518:00",
            "2014-02-30T00:00:00Z",
            "%aI",
            "",
            "2014-0é-30",
        ];
        assert_eq!(absurd.map(day), [None; 10]);
    }

    #[test]
    fn the_repository_is_named_by_where_it_came_from() {
        let name = |origin| Body::of(origin).0;
        assert_eq!(name("git-history/made_up.numstat.log").as_deref(), Some("made_up"));
        assert_eq!(name("/home/x/made-up.git/").as_deref(), Some("made-up"));
        assert_eq!(name("made-up/.git").as_deref(), Some("made-up"));
        assert_eq!(name("made-up/git.log").as_deref(), Some("made-up"));
        assert_eq!(name(""), None);
    }
}
