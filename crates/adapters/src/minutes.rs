//! Meeting minutes in Markdown: who was there, who was excused, in the chair or taking notes, what was presented, polled,
//! moved and concluded.
//!
//! Comes in: one file for one day or one meeting, in any of the layouts that `golden/minutes.md` shows. Goes out:
//! `held-meeting` for the body, and a fact for each person and each outcome that the file states. Agendas, templates,
//! rosters and cancelled meetings are recognised by what they say of themselves and state nothing. Two statements of the
//! day that differ become a problem, and only what both say is kept.

#[path = "minutes/attendance.rs"]
mod attendance;
#[path = "minutes/body.rs"]
mod body;
#[path = "minutes/entry.rs"]
mod entry;
#[path = "minutes/held.rs"]
mod held;
#[path = "minutes/json_ld.rs"]
mod json_ld;
#[path = "minutes/kind.rs"]
mod kind;
#[path = "minutes/label.rs"]
mod label;
#[path = "minutes/markup.rs"]
mod markup;
#[path = "minutes/meeting.rs"]
mod meeting;
#[path = "minutes/motions.rs"]
mod motions;
#[path = "minutes/polls.rs"]
mod polls;
#[path = "minutes/sheet.rs"]
mod sheet;
#[path = "minutes/split.rs"]
mod split;
#[path = "minutes/table.rs"]
mod table;
#[path = "minutes/talk.rs"]
mod talk;
#[path = "minutes/title.rs"]
mod title;
#[path = "minutes/topics.rs"]
mod topics;
#[path = "minutes/vocabulary.rs"]
mod vocabulary;
#[path = "minutes/when.rs"]
mod when;

use std::collections::BTreeMap;

use fact::{Act, Adapter, Fact, Mode, Reading, Snapshot};

use attendance::{List, Named, attendance};
use held::State;
use kind::{Claim, What, claim};
use meeting::Meeting;
use sheet::{Piece, pieces};

use crate::parts::lines::{Line, lines};

/// The adapter.
pub static ADAPTER: Minutes = Minutes;

/// Reads minutes of meetings.
pub struct Minutes;

/// Bytes at the head of a file that show whether it is of the kind.
const HEAD: usize = 8000;

/// Lines longer than this are no lines of minutes; they are left out, and said to be.
const LONGEST_LINE: usize = 60_000;

impl Adapter for Minutes {
    fn name(&self) -> &'static str {
        "minutes"
    }

    fn version(&self) -> u32 {
        2
    }

    fn title(&self) -> &'static str {
        "Meeting minutes in Markdown: attendance, presentations, polls, motions and conclusions"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let head = &snapshot.bytes[..snapshot.bytes.len().min(HEAD)];
        let lines: Vec<Line<'_>> = lines(head).collect();
        !head.contains(&0) && claim(&pieces(&lines), snapshot.origin).is_some()
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "minutes".into(), ..Reading::default() };
        let (lines, long): (Vec<Line<'_>>, Vec<Line<'_>>) =
            lines(snapshot.bytes).partition(|line| line.at.len() <= LONGEST_LINE);
        reading.problems.extend(long.iter().map(|line| {
            let what = format!("expected a line of at most {LONGEST_LINE} bytes, found {}", line.at.len());
            line.problem("line-too-long", what, "break the line at its paragraphs")
        }));
        let pieces = pieces(&lines);
        let Some(claim) = claim(&pieces, snapshot.origin) else { return reading };
        match claim.what {
            What::Contents => reading.about = "table of contents of minutes".into(),
            What::Summary => reading.about = "summary of a meeting, without attendance".into(),
            What::Roster => reading.about = "list of delegates".into(),
            What::Minutes | What::Agenda => read_meeting(snapshot, &pieces, &claim, &mut reading),
        }
        reading
    }
}

fn read_meeting(snapshot: &Snapshot<'_>, pieces: &[Piece<'_>], claim: &Claim, reading: &mut Reading) {
    let mut list = attendance(pieces, claim.title);
    if n_attended(&list) == 0 {
        list.named.extend(json_ld::named(pieces));
    }
    let state = held::state(pieces, claim, snapshot.origin, n_attended(&list));
    let day = when::when(snapshot.origin, &claim.said);
    let day = match state {
        State::Elsewhere(at) => when::with_address(day, pieces[at].raw()),
        _ => day,
    };
    let meeting = Meeting::of(snapshot, pieces, claim, day.when);
    let name = meeting.event.clone().unwrap_or_else(|| "a meeting".into());
    reading.about = match state {
        State::Held => format!("minutes of {name}"),
        State::Cancelled => format!("cancelled meeting: {name}"),
        State::Template => "template of minutes".into(),
        State::Announced => "agenda of a meeting".into(),
        State::Elsewhere(_) => format!("agenda of {name}, whose minutes are elsewhere"),
    };
    let heading = claim.title.or_else(|| pieces.iter().position(|piece| !piece.raw().is_empty())).unwrap_or(0);
    let Some(heading) = pieces.get(heading) else { return };
    let may_be_held = matches!(state, State::Held | State::Announced);
    if may_be_held && n_attended(&list) == 0 && held::is_cut_short(pieces) {
        let what = "expected the whole file, found a mark that its end was cut away before any list".into();
        let hint = "take the whole file from its source";
        reading.problems.push(heading.problem("source-cut", heading.whole(), what, hint));
    }
    if matches!(state, State::Cancelled | State::Template | State::Announced) {
        return;
    }
    if let Some((what, hint)) = day.differs {
        reading.problems.push(heading.problem("date-disagrees", heading.whole(), what, hint));
    }
    if let State::Elsewhere(at) = state {
        return read_agenda(&pieces[at], &meeting, list, reading);
    }
    read_held(pieces, heading, claim, &meeting, list, reading);
    reading.problems.sort_by_key(|problem| problem.evidence.start);
}

/// An agenda that says where its minutes are: the meeting was held, with this chair and scribe.
fn read_agenda(piece: &Piece<'_>, meeting: &Meeting, list: List, reading: &mut Reading) {
    reading.n_units = 1 + list.named.len() as u64;
    reading.facts.push(Fact { who: meeting.party(), ..meeting.fact(Act::HeldMeeting, piece.whole()) });
    for one in list.named.into_iter().filter(|one| one.act != Act::Attended) {
        // The agenda names them beforehand.
        reading.facts.push(Fact { confidence: 0.9, ..meeting.named(one.act, &one.person, one.country, one.evidence) });
    }
}

fn read_held(
    pieces: &[Piece<'_>],
    heading: &Piece<'_>,
    claim: &Claim,
    meeting: &Meeting,
    list: List,
    reading: &mut Reading,
) {
    if meeting.body.is_none() {
        let what = "expected the name of a body in title, text or path, found none".into();
        let hint = "add the folder above, so that its name is part of the path";
        reading.problems.push(heading.problem("body-missing", heading.whole(), what, hint));
    }
    reading.n_units = 1 + list.n_units;
    let held = meeting.fact(Act::HeldMeeting, heading.whole());
    let mode = held_mode(&list).or_else(|| meeting::mode_of(claim));
    reading.facts.push(Fact { who: meeting.party(), mode, ..held });
    if n_attended(&list) == 0 {
        let what = "expected a list of attendees before the first topic, found none".into();
        let hint = "ask the secretariat for the list; the meeting itself is kept";
        reading.problems.push(heading.problem("no-attendance", heading.whole(), what, hint));
    }
    let headings = talk::headings(pieces);
    let talk = talk::talk(pieces, &headings, &list.taken);
    let mut outcomes = topics::topics(&talk, meeting, &list.named);
    outcomes.extend(polls::polls(&talk, meeting));
    outcomes.extend(motions::motions(&talk, meeting, &list.named));
    outcomes.sort_by_key(|fact| fact.evidence.start);
    reading.n_units += outcomes.len() as u64;
    read_entries(meeting, list, reading);
    reading.facts.extend(outcomes);
}

fn read_entries(meeting: &Meeting, list: List, reading: &mut Reading) {
    let mut seen: BTreeMap<(Act, String), (usize, usize)> = BTreeMap::new();
    for Named { act, person, country, evidence, number, section, .. } in list.named {
        let folded = person.name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if let Some((first, of)) = seen.get(&(act, folded.clone())) {
            if act == Act::Attended || *of == section {
                let what = format!("expected each person once, found `{}` again after line {first}", person.name);
                let hint = "take one of the two out; the person counts once, as first written".into();
                reading.problems.push(fact::Problem { kind: "doubled-row", evidence, what, hint });
            }
            continue;
        }
        seen.insert((act, folded), (number, section));
        let role = person.role.clone().unwrap_or_default();
        if act == Act::Attended && vocabulary::is_scribe(&role) {
            reading.facts.push(meeting.named(Act::Scribed, &person, None, evidence.clone()));
        }
        if act == Act::Attended && vocabulary::is_presiding(&role) {
            reading.facts.push(meeting.named(Act::Chaired, &person, None, evidence.clone()));
        }
        reading.facts.push(meeting.named(act, &person, country, evidence));
    }
    reading.problems.extend(list.problems);
}

fn n_attended(list: &List) -> usize {
    list.named.iter().filter(|named| named.act == Act::Attended).count()
}

/// In the room when all were, remote when all were, hybrid when both occur, and unknown when one of them is.
fn held_mode(list: &List) -> Option<Mode> {
    let mut modes = list.named.iter().filter(|named| named.act == Act::Attended).map(|named| named.person.mode);
    let first = modes.next()??;
    modes.try_fold(first, |all, mode| Some(if mode? == all { all } else { Mode::Hybrid }))
}
