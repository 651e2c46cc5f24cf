//! Meeting minutes in Markdown with attendance: Ecma TC39 first, and every body that titles them `# BODY#N, DAYS Meeting
//! Notes`.
//!
//! Comes in: one file for one day or one meeting. Goes out: `attended` for each person on the list, once however often
//! the list names them; `scribed` for note takers; `held-meeting` for the body. Two statements of the day that differ -
//! title against file name - become a problem, and only what both say is kept. Nothing below the first topic is read.

#[path = "minutes/attendance.rs"]
mod attendance;
#[path = "minutes/title.rs"]
mod title;

use std::collections::BTreeMap;
use std::ops::Range;

use fact::{Act, Adapter, Evidence, Fact, Mention, Mode, Party, Problem, Reading, Snapshot, Thing, When};

use attendance::{Entry, List, attendance};
use title::{Kind, Title, agreed, date, file_day, folder_month, is_in_folder};

/// The adapter.
pub static ADAPTER: Minutes = Minutes;

/// Reads minutes of meetings.
pub struct Minutes;

/// One line of the file.
#[derive(Clone, Copy)]
struct Line<'a> {
    number: usize,
    start: usize,
    text: &'a str,
}

impl Adapter for Minutes {
    fn name(&self) -> &'static str {
        "minutes"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Meeting minutes in Markdown with a table or list of attendees"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let head = &snapshot.bytes[..snapshot.bytes.len().min(4000)];
        title_of(&lines(&String::from_utf8_lossy(head))).is_some()
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "minutes".into(), ..Reading::default() };
        let Ok(text) = std::str::from_utf8(snapshot.bytes) else {
            let what = "expected UTF-8, found other bytes".into();
            let evidence = Evidence::new(0..0, "line 1", "");
            reading.problems.push(Problem { kind: "not-utf8", evidence, what, hint: "save the file as UTF-8".into() });
            return reading;
        };
        let lines = lines(text);
        let Some((at, title)) = title_of(&lines) else { return reading };
        match title.kind {
            Kind::Contents => reading.about = "table of contents of minutes".into(),
            Kind::Summary => reading.about = "summary of a meeting, without attendance".into(),
            Kind::Agenda => reading.about = "agenda of a meeting".into(),
            Kind::Day => read_day(snapshot, text, &title, &lines[at..], &mut reading),
        }
        reading
    }
}

/// What is known of a meeting before its attendance is read.
struct Meeting {
    body: Option<String>,
    event: Option<String>,
    when: When,
}

fn read_day(snapshot: &Snapshot<'_>, text: &str, title: &Title, lines: &[Line<'_>], reading: &mut Reading) {
    let heading = lines[0];
    let (when, differs) = day(snapshot.origin, title, lines);
    reading.problems.extend(differs.map(|(what, hint)| problem("date-disagrees", whole(heading), heading, what, hint)));
    let meeting = meeting(snapshot.origin, text, title, when);
    reading.about = format!("minutes of {}", meeting.event.as_deref().unwrap_or("a meeting"));
    if meeting.body.is_none() {
        let what = "expected the name of a body in title, text or path, found none".into();
        let hint = "add the folder above, so that its name is part of the path".into();
        reading.problems.push(problem("body-missing", whole(heading), heading, what, hint));
    }
    let list = attendance(&lines[1..]);
    reading.n_units = 1 + list.n_units;
    let mut held = fact(Act::HeldMeeting, &meeting, whole(heading), heading);
    held.mode = held_mode(&list);
    if let Some(body) = &meeting.body {
        held.who = Mention { party: Party::Body, ..Mention::organisation(body) };
    }
    reading.facts.push(held);
    if !list.entries.iter().any(|entry| entry.act == Act::Attended) {
        let what = "expected a list of attendees before the first topic, found none".into();
        let hint = "ask the secretariat for the list; the meeting itself is kept".into();
        reading.problems.push(problem("no-attendance", whole(heading), heading, what, hint));
    }
    read_entries(&meeting, list, reading);
    reading.problems.sort_by_key(|problem| problem.evidence.start);
}

fn read_entries(meeting: &Meeting, list: List<'_>, reading: &mut Reading) {
    let mut seen: BTreeMap<(Act, String), usize> = BTreeMap::new();
    for Entry { act, name, affiliation, mode, at, line } in list.entries {
        let folded = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if let Some(first) = seen.get(&(act, folded.clone())) {
            let what = format!("expected each person once, found `{name}` again after line {first}");
            let hint = "take one of the two out; the person counts once, as first written".into();
            reading.problems.push(problem("doubled-row", at, line, what, hint));
            continue;
        }
        seen.insert((act, folded), line.number);
        let who = Mention::person(&name, affiliation.as_deref());
        reading.facts.push(Fact { who, mode, ..fact(act, meeting, at, line) });
    }
    reading.problems.extend(list.problems);
}

fn fact(act: Act, meeting: &Meeting, at: Range<usize>, line: Line<'_>) -> Fact {
    Fact {
        object: meeting.event.as_deref().map(|event| Thing::new("meeting", event)),
        body: meeting.body.clone(),
        event: meeting.event.clone(),
        when: meeting.when,
        ..Fact::new(act, evidence(at, line))
    }
}

fn problem(kind: &'static str, at: Range<usize>, line: Line<'_>, what: String, hint: String) -> Problem {
    Problem { kind, evidence: evidence(at, line), what, hint }
}

fn evidence(at: Range<usize>, line: Line<'_>) -> Evidence {
    Evidence::new(at.clone(), format!("line {}", line.number), &line.text[at.start - line.start..at.end - line.start])
}

/// Returns when the meeting was, and what to say if title and path disagree.
fn day(origin: &str, title: &Title, lines: &[Line<'_>]) -> (When, Option<(String, String)>) {
    let opening = lines[1..].iter().take_while(|line| !line.text.contains(':') && !line.text.starts_with('#'));
    let stated = title.when.or_else(|| opening.take(6).find_map(|line| date(line.text).map(|date| date.when)));
    let (named, folder) = (file_day(origin), folder_month(origin));
    let Some(stated) = stated else {
        return (named.map_or(folder.unwrap_or(When::UNKNOWN), When::day), None);
    };
    let hint = || "correct the title or the name of the file; only what both say is kept".to_string();
    match (named, folder) {
        (Some(named), _) if stated != When::day(named) => {
            let what = format!("expected the day of the file name, {named}, found another in the minutes");
            (agreed(stated, When::day(named)), Some((what, hint())))
        }
        (None, Some(folder)) if !is_in_folder(stated, folder) => {
            let what = "expected a day near the month of the folder, found another in the minutes".into();
            (agreed(stated, folder), Some((what, hint())))
        }
        _ => (stated, None),
    }
}

/// TC39 names its meetings by the folder; others name body and meeting in the title.
fn meeting(origin: &str, text: &str, title: &Title, when: When) -> Meeting {
    let is_tc39 = [origin, text].iter().any(|text| text.to_ascii_lowercase().contains("tc39"));
    let own = title.meeting.as_deref().filter(|own| !own.to_ascii_lowercase().contains("tc39"));
    let folder = folder_month(origin).and_then(|month| month.from).map(|first| first.strftime("%Y-%m").to_string());
    match (own, folder) {
        (Some(own), _) => {
            let body = own.split('#').next().unwrap_or(own);
            let body = body.split(" meeting").next().unwrap_or(body).trim();
            Meeting { body: Some(body.into()), event: Some(own.into()), when }
        }
        (None, Some(folder)) if is_tc39 => {
            Meeting { body: Some("Ecma TC39".into()), event: Some(format!("TC39 {folder}")), when }
        }
        (None, folder) => {
            let body = is_tc39.then(|| "Ecma TC39".to_string());
            Meeting { event: title.meeting.clone().or(folder), body, when }
        }
    }
}

/// In the room when all were, remote when all were, hybrid when both occur, and unknown when one of them is.
fn held_mode(list: &List<'_>) -> Option<Mode> {
    let mut modes = list.entries.iter().filter(|entry| entry.act == Act::Attended).map(|entry| entry.mode);
    let first = modes.next()??;
    modes.try_fold(first, |all, mode| Some(if mode? == all { all } else { Mode::Hybrid }))
}

fn title_of(lines: &[Line<'_>]) -> Option<(usize, Title)> {
    let at = lines.iter().position(|line| !line.text.trim().is_empty())?;
    let title = title::title(lines[at].text, lines[at..].iter().skip(1).take(60).map(|line| line.text))?;
    Some((at, title))
}

fn whole(line: Line<'_>) -> Range<usize> {
    line.start..line.start + line.text.trim_end().len()
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n')
        .enumerate()
        .map(|(at, text)| {
            let line = Line { number: at + 1, start, text: text.trim_end_matches(['\n', '\r']) };
            start += text.len();
            line
        })
        .collect()
}
