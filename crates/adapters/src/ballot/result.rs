//! The posted result of a ballot: votes by class, mover and endorsers, requirements, outcome.

use fact::{Act, Evidence, Fact, Mention, Party, Problem, Reading, Thing, When};

use crate::parts::stated_date::dates;

use super::motion::{Motion, Mover};
use super::outcome::{Outcome, Requirement};
use super::page::{Line, Page};
use super::roll_call;
use super::votes::{Choice, Members, Votes, joined};

/// True for a page whose title names a ballot and that holds votes, or is posted under the tag of ballots.
pub(super) fn is_result(page: &Page<'_>) -> bool {
    let (title, _) = page.title();
    let is_named = title.starts_with("Ballot ") || page.n_front > 0 && title.contains("Ballot ");
    let is_tagged = || page.lines[..page.n_front].iter().any(|line| line.text == "Ballot");
    is_named && (is_tagged() || page.body_lines().iter().any(|line| votes_of(line).is_some()))
}

fn votes_of<'a>(line: &'a Line<'_>) -> Option<Votes<'a>> {
    Votes::read(&line.text).or_else(|| line.text.split(". ").find_map(Votes::sentence))
}

/// What all facts of a ballot share.
struct Common {
    object: Thing,
    body: Option<String>,
    /// When votes were cast.
    voted: When,
    /// When the result was posted.
    posted: When,
}

impl Common {
    fn fact(&self, act: Act, when: When, evidence: Evidence) -> Fact {
        Fact { object: Some(self.object.clone()), body: self.body.clone(), when, ..Fact::new(act, evidence) }
    }

    fn of_body(&self) -> Mention {
        Mention { party: Party::Body, affiliation: self.body.clone(), ..Mention::default() }
    }
}

pub(super) fn read(page: &Page<'_>) -> Reading {
    let (title, _) = page.title();
    let (number, subject) = numbered(title);
    let mut reading = Reading { about: format!("result of ballot {number}"), ..Reading::default() };
    let posted = page.date();
    let object = Thing::new("ballot", &number).titled(subject);
    let body = page.forum().map(String::from);
    let common = Common { object, body, voted: voting_days(page).unwrap_or(posted), posted };
    if common.voted == When::UNKNOWN {
        reading.problems.push(undated(page));
    }
    let members = members(page);
    read_votes(page, &common, &members, &mut reading);
    read_motion(page, &common, &mut reading);
    read_outcome(page, &common, &mut reading);
    if !reading.facts.iter().any(|fact| matches!(fact.act, Act::Voted | Act::Abstained)) {
        reading.about = format!("ballot {number}, without votes");
    }
    reading
}

/// `Ballot SC-59v2: Lifetime (passed)` is number `SC-59v2`, subject `Lifetime`.
fn numbered(title: &str) -> (String, &str) {
    let rest = title.split_once("Ballot ").map_or(title, |(_, rest)| rest).trim_start();
    let mut end = 0;
    let mut letters = rest.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|&(_, next)| next);
        // `SC-59` is one number; in `SC62v2-Title` the dash parts number and title.
        let is_inner = "-._".contains(letter) && next.is_some_and(|next| next.is_ascii_digit());
        if !(letter.is_alphanumeric() || is_inner) {
            break;
        }
        end = at + letter.len_utf8();
    }
    let has_digit = rest[..end].contains(|letter: char| letter.is_ascii_digit());
    let end = if has_digit { end } else { 0 };
    let subject = rest[end..].trim_start_matches(['–', '—', '-', ':', ' ']).trim();
    let subject =
        ["(passed)", "(failed)", "(withdrawn)"].iter().find_map(|mark| subject.strip_suffix(mark)).unwrap_or(subject);
    (rest[..end].into(), subject.trim())
}

/// The days of the voting period, as `Start Time` and `End Time` below `Vote for Approval` give them.
fn voting_days(page: &Page<'_>) -> Option<When> {
    let lines = page.body_lines();
    let at = lines.iter().rposition(|line| {
        let lower = line.text.to_lowercase();
        lower.starts_with("vote for approval") || lower.starts_with("voting period") && lower.len() < 40
    })?;
    let day = |word: &str| {
        let line = lines[at..].iter().take(8).find(|line| line.text.to_lowercase().starts_with(word))?;
        dates(&line.text).first()?.when(When::UNKNOWN).from
    };
    let (start, end) = (day("start")?, day("end")?);
    (start <= end).then(|| When::days(start, end))
}

fn undated(page: &Page<'_>) -> Problem {
    let field = page.field("date");
    let found = field.as_ref().map_or("nothing", |(date, _)| *date);
    Problem {
        kind: "date-unreadable",
        evidence: field
            .as_ref()
            .map_or_else(|| Evidence::new(0..0, "front matter", ""), |(_, line)| line.placed("front matter".into())),
        what: format!("expected a date such as `2024-06-17`, found `{found}`"),
        hint: "write the day on which voting ended into `date:`".into(),
    }
}

/// Members that the page names on their own: in lines of votes, behind movers and endorsers, at the roll call.
fn members(page: &Page<'_>) -> Members {
    let mut members = Members::new();
    let mut count = |name: &str| *members.entry(name.to_lowercase()).or_default() += 1;
    for votes in page.body_lines().iter().filter_map(votes_of) {
        votes.names.iter().for_each(|name| count(name));
    }
    for motion in paragraphs(page).iter().filter_map(|(_, text)| Motion::read(text)) {
        let movers = motion.proposers.iter().chain(&motion.endorsers);
        movers.filter_map(|mover| mover.member.as_deref()).for_each(&mut count);
    }
    roll_call::members(page).iter().for_each(|member| count(member));
    members
}

fn read_votes(page: &Page<'_>, common: &Common, members: &Members, reading: &mut Reading) {
    let mut class: Option<String> = None;
    for line in page.body_lines() {
        if let Some(heading) = class_of(line) {
            class = Some(heading);
            continue;
        }
        if let Some(votes) = Votes::read(&line.text) {
            reading.n_units += 1;
            state(&votes, line, class.as_deref(), common, members, reading);
            continue;
        }
        for votes in line.text.split(". ").filter_map(Votes::sentence) {
            reading.n_units += 1;
            state(&votes, line, None, common, members, reading);
        }
    }
}

/// `Voting by browsers – 4 votes total` names the class `browsers`, a heading `Certificate Issuers` itself.
fn class_of(line: &Line<'_>) -> Option<String> {
    if let Some(rest) = line.text.strip_prefix("Voting by ") {
        return Some(rest.split(['–', '-', ':']).next().unwrap_or(rest).trim().into());
    }
    let words = line.text.trim_end_matches(':');
    let last = words.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let is_class = ["issuers", "consumers", "cas", "browsers", "members", "parties", "producers", "users"]
        .contains(&last.as_str());
    (line.is_heading && is_class && words.split(' ').count() <= 4).then(|| words.into())
}

/// States the votes of one line, and what is wrong with their number.
fn state(
    votes: &Votes<'_>,
    line: &Line<'_>,
    class: Option<&str>,
    common: &Common,
    members: &Members,
    reading: &mut Reading,
) {
    let choice = votes.choice.word();
    let place = if common.object.id.is_empty() {
        format!("{choice} votes")
    } else {
        format!("ballot {}, {choice} votes", common.object.id)
    };
    let evidence = line.placed(place);
    let n_missing = votes.n_stated.map_or(0, |stated| stated.saturating_sub(votes.names.len()));
    let joined = if n_missing > 0 { joined(&votes.names, n_missing, members) } else { Vec::new() };
    let act = if votes.choice == Choice::Abstain { Act::Abstained } else { Act::Voted };
    let mut push = |name: &str, confidence: f64| {
        let role = class.or(votes.class).map(Into::into);
        let who = Mention { role, ..Mention::organisation(name) };
        reading.facts.push(Fact {
            who,
            status: Some(choice.into()),
            confidence,
            ..common.fact(act, common.voted, evidence.clone())
        });
    };
    for (at, name) in votes.names.iter().enumerate() {
        match joined.iter().find(|(split, _, _)| *split == at) {
            // The halves are as likely two members as the count says, and one is known to be.
            Some((_, one, two)) => [*one, *two].into_iter().for_each(|half| push(half, 0.8)),
            None => push(name, 1.0),
        }
    }
    for (_, one, two) in &joined {
        reading.problems.push(Problem {
            kind: "comma-missing",
            evidence: evidence.clone(),
            what: format!(
                "expected a comma between `{one}` and `{two}`, found none; one of them is named elsewhere on its own"
            ),
            hint: "put the comma in, or undo the split if it is one member".into(),
        });
    }
    if let Some(stated) = votes.n_stated.filter(|&stated| stated != votes.names.len()) {
        reading.problems.push(Problem {
            kind: "votes-disagree",
            evidence,
            what: format!("expected {stated} names, found {}", votes.names.len()),
            hint: "look for a missing comma, or a comma inside a name".into(),
        });
    }
}

/// Lines that go on in one another, each with the first of them.
fn paragraphs<'a, 'b>(page: &'b Page<'a>) -> Vec<(&'b [Line<'a>], String)> {
    let lines = page.body_lines();
    let mut found = Vec::new();
    for chunk in lines.split(|line| line.text.is_empty()).filter(|chunk| !chunk.is_empty()) {
        let first = chunk.iter().take(12);
        let is_near = first.clone().any(|line| {
            line.text.contains("roposed")
                || line.text.contains("ndorse")
                || line.text.contains("motion")
                || line.text.contains("econded")
        });
        if is_near {
            found.push((chunk, first.map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")));
        }
    }
    found
}

/// Mover and endorsers: of the first paragraph that names them, for later ones speak of other ballots.
fn read_motion(page: &Page<'_>, common: &Common, reading: &mut Reading) {
    for (lines, text) in paragraphs(page) {
        let Some(motion) = Motion::read(&text) else { continue };
        let (first, last) = (&lines[0], &lines[lines.len().min(12) - 1]);
        let place = if lines.len() > 1 {
            format!("lines {} to {}", first.number, last.number)
        } else {
            format!("line {}", first.number)
        };
        let evidence = Evidence::new(first.at.start..last.at.end, place, &text);
        let mut push = |act, movers: Vec<Mover>| {
            for mover in movers {
                let who = Mention::person(&mover.name, mover.member.as_deref());
                reading.facts.push(Fact { who, ..common.fact(act, When::UNKNOWN, evidence.clone()) });
            }
        };
        push(Act::Proposed, motion.proposers);
        push(Act::Supported, motion.endorsers);
        reading.n_units += 1;
        return;
    }
}

/// The outcome as stated above the motion; where it is not, the requirements of the bylaws say it with less certainty.
fn read_outcome(page: &Page<'_>, common: &Common, reading: &mut Reading) {
    let is_motion = |line: &&Line<'_>| {
        let lower = line.text.to_lowercase();
        !["motion begins", "ballot begins", "purpose of ballot", "ballot contents"]
            .iter()
            .any(|words| lower.contains(words))
    };
    let above: Vec<&Line<'_>> = page.body_lines().iter().take_while(is_motion).collect();
    let requirements: Vec<(&Line<'_>, Requirement)> =
        above.iter().flat_map(|line| Requirement::read(line).into_iter().map(|found| (*line, found))).collect();
    for (line, requirement) in &requirements {
        reading.n_units += 1;
        let status = Some(requirement.status());
        let fact = common.fact(Requirement::ACT, common.posted, line.evidence());
        reading.facts.push(Fact { who: common.of_body(), status, amount: requirement.quorum.clone(), ..fact });
    }
    let titled = page.title().1.and_then(|line| Some((line, Outcome::read(page.title().0)?)));
    let mut stated = above.iter().filter_map(|line| {
        let outcome = line.text.split(". ").find_map(Outcome::read)?;
        Some((*line, outcome))
    });
    let said = titled.or_else(|| stated.next());
    let (line, has_passed, status, confidence) = match (&said, requirements.last()) {
        (Some((line, outcome)), _) => (*line, outcome.has_passed, outcome.word.clone(), 1.0),
        (None, Some((line, _))) => {
            let is_met = requirements.iter().all(|(_, requirement)| requirement.is_met);
            (*line, is_met, format!("requirements {}met", if is_met { "" } else { "not " }), 0.9)
        }
        (None, None) => return,
    };
    let act = if has_passed { Act::Approved } else { Act::NotPursued };
    let fact = common.fact(act, common.posted, line.evidence());
    reading.facts.push(Fact { who: common.of_body(), status: Some(status), confidence, ..fact });
    let is_failed = requirements.iter().any(|(_, requirement)| !requirement.is_met);
    if has_passed && is_failed && confidence > 0.95 {
        reading.problems.push(Problem {
            kind: "outcome-disagrees",
            evidence: line.evidence(),
            what: "expected all requirements to be met where the ballot passed, found one that was not".into(),
            hint: "look at the requirements below the votes".into(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn numbers_are_parted_from_subjects() {
        let read = |title: &'static str| {
            let (number, subject) = numbered(title);
            format!("{number}|{subject}")
        };
        assert_eq!(read("Ballot 185 – Limiting the Lifetime"), "185|Limiting the Lifetime");
        assert_eq!(read("Ballot SC62v2-Certificate profiles update"), "SC62v2|Certificate profiles update");
        assert_eq!(read("Ballot SC-59v2: Weak key guidance"), "SC-59v2|Weak key guidance");
        assert_eq!(read("Ballot FORUM-8: Establishment"), "FORUM-8|Establishment");
        assert_eq!(read("Ballot 118 – SHA-1 Sunset (passed)"), "118|SHA-1 Sunset");
        assert_eq!(read("Ballot on the chair"), "|on the chair");
    }
}
