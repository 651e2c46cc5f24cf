//! The documents of one meeting: who hands in what, how often it is revised, and how it ends.
//!
//! Comes in: the body and a meeting. Goes out: the lines of its document list, agenda headings and rows, in order.

use super::calendar::{Group, Meeting};
use super::draw::Draw;
use super::members::{Part, World};
use super::mess::{source_cell, spelt};
use super::names::{DOINGS, OUTSIDE, TOPICS};

/// One line of a document list.
pub(super) enum Line {
    /// An agenda item or a heading below one.
    Heading {
        item: String,
        title: String,
    },
    Document(Row),
}

/// One document.
#[derive(Clone, Default)]
pub(super) struct Row {
    pub(super) item: String,
    pub(super) number: String,
    pub(super) kind: &'static str,
    pub(super) purpose: &'static str,
    pub(super) title: String,
    pub(super) source: String,
    pub(super) release: &'static str,
    pub(super) work: &'static str,
    pub(super) comment: String,
    pub(super) result: &'static str,
}

/// Document numbers of one group and year, counted on through the meetings.
pub(super) struct Numbers {
    pub(super) prefix: &'static str,
    pub(super) year: i16,
    pub(super) used: u32,
}

impl Numbers {
    fn next(&mut self) -> String {
        self.used += 1;
        format!("{}-{:02}{:04}", self.prefix, self.year % 100, self.used)
    }
}

/// How a document's last revision ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Passed,
    Noted,
    Postponed,
    NotHandled,
    NotPursued,
    Withdrawn,
    Merged,
}

/// A document with all its revisions.
struct Chain {
    /// Index of the agenda item.
    item: usize,
    kind: &'static str,
    title: String,
    /// Number of a change request, in its title.
    change: Option<u32>,
    work: &'static str,
    /// Index of the member who leads.
    lead: usize,
    sources: Vec<String>,
    numbers: Vec<String>,
    /// What it answers.
    response: String,
    end: End,
}

/// An agenda item: number, title, work item.
type Item = (String, String, &'static str);

/// Returns the lines of the meeting's document list.
pub(super) fn documents(world: &World, meeting: &Meeting, numbers: &mut Numbers, draw: &mut Draw) -> Vec<Line> {
    let agenda = agenda(meeting);
    let mut rows = opening(meeting, numbers);
    let letters = letters(meeting, numbers, draw);
    let mut chains = contributions(world, meeting, &agenda, &letters, numbers, draw);
    rows.extend(letters);
    for chain in &mut chains {
        let n = n_revisions(chain.end, draw);
        chain.numbers.extend((0..n).map(|_| numbers.next()));
    }
    for (at, chain) in chains.iter().enumerate() {
        rows.extend(chain_rows(chain, merger(&chains, at), &agenda, meeting, draw));
    }
    rows.extend(closing(world, meeting, numbers));
    let mut lines = Vec::with_capacity(rows.len() + agenda.len());
    for (item, title, _) in agenda {
        lines.push(Line::Heading { item: item.clone(), title });
        lines.extend(rows.iter().filter(|row| row.item == item).cloned().map(Line::Document));
    }
    lines
}

fn agenda(meeting: &Meeting) -> Vec<Item> {
    let item = |number: &str, title: &str| (number.to_string(), title.to_string(), "");
    let mut agenda = vec![
        item("1", "Opening of the meeting"),
        item("2", "Approval of the agenda"),
        item("3", "Report of the last meeting"),
        item("4.1", "Incoming LSs for information"),
        item("4.2", "Incoming LSs for action"),
    ];
    let year = meeting.from.year();
    let active = meeting.of().work.iter().filter(|(_, from, to)| (*from..=*to).contains(&year));
    agenda.extend(active.zip(1..).map(|((work, ..), n)| (format!("5.{n}"), format!("Work item {work}"), *work)));
    agenda.push(item("6", "Work planning"));
    agenda.push(item("99", "Withdrawn and reserved documents"));
    agenda
}

fn opening(meeting: &Meeting, numbers: &mut Numbers) -> Vec<Row> {
    let group = meeting.of().name;
    let paper = |item: &str, number, kind, purpose, title, office: &str| Row {
        item: item.into(),
        number,
        kind,
        purpose,
        title,
        source: format!("{group} {office}"),
        comment: "Approved".into(),
        result: "Approved",
        ..Row::default()
    };
    let report = format!("Report of {group}#{}", meeting.number - 1);
    vec![
        paper("2", numbers.next(), "AGENDA", "Approval", format!("Agenda of {}", meeting.name()), "Chair"),
        paper("3", numbers.next(), "REPORT", "Approval", report, "Secretary"),
    ]
}

/// Liaison statements that came in: from bodies outside and from the other groups.
fn letters(meeting: &Meeting, numbers: &mut Numbers, draw: &mut Draw) -> Vec<Row> {
    let n = 3 + draw.below(5);
    (0..n)
        .map(|at| {
            let is_action = draw.chance(0.5);
            let (sender, reference) = if draw.chance(0.6) {
                let (name, short) = OUTSIDE[draw.below(OUTSIDE.len())];
                (if draw.chance(0.7) { name } else { short }, format!("{short}-LS{:03}", 100 + draw.below(800)))
            } else {
                let others: Vec<&Group> = meeting.others().collect();
                let group = others[draw.below(others.len())];
                (group.name, format!("{}-{:02}{:04}", group.prefix, meeting.from.year() % 100, 1 + draw.below(900)))
            };
            let (result, comment) = match draw.below(10) {
                0..6 => ("Noted", "Noted"),
                6..8 if is_action => ("Replied to", "Replied to"),
                _ => ("Postponed", "Postponed"),
            };
            Row {
                item: if is_action { "4.2" } else { "4.1" }.into(),
                number: numbers.next(),
                kind: if at == 2 { "LS in" } else { "LS In" },
                purpose: if is_action { "Action" } else { "Information" },
                title: format!("LS from {sender}: LS on {}", draw.pick(TOPICS)),
                source: format!("{sender} ({reference})"),
                comment: comment.into(),
                result,
                ..Row::default()
            }
        })
        .collect()
}

fn contributions(
    world: &World,
    meeting: &Meeting,
    agenda: &[Item],
    letters: &[Row],
    numbers: &mut Numbers,
    draw: &mut Draw,
) -> Vec<Chain> {
    let weights: Vec<f64> = world.members.iter().map(|member| member.strength(meeting.group, meeting.from)).collect();
    let work: Vec<usize> = (0..agenda.len()).filter(|&at| !agenda[at].2.is_empty()).collect();
    let n = 62 + draw.below(24);
    let mut chains = Vec::with_capacity(n + 8);
    while chains.len() < n {
        let lead = draw.weighted(&weights);
        let item = work[draw.below(work.len())];
        let splits = world.members[lead].part == Part::Splitter && meeting.from.year() >= 2023;
        let n_parts = if splits { 3 } else { 1 };
        for part in 1..=n_parts {
            let mut chain = contribution(world, meeting, (item, agenda[item].2), lead, letters, draw);
            if splits {
                chain.title = format!("{} (part {part} of {n_parts})", chain.title);
            }
            chain.numbers.push(numbers.next());
            chains.push(chain);
        }
    }
    chains
}

fn contribution(
    world: &World,
    meeting: &Meeting,
    (item, work): (usize, &'static str),
    lead: usize,
    letters: &[Row],
    draw: &mut Draw,
) -> Chain {
    let kinds: &[&'static str] = if work.starts_with("FS_") {
        &["P-CR", "P-CR", "P-CR", "P-CR", "DISCUSSION"]
    } else {
        &[
            "CR",
            "CR",
            "CR",
            "CR",
            "CR",
            "CR",
            "CR",
            "CR",
            "CR",
            "CR",
            "CR",
            "CR",
            "CR",
            "DISCUSSION",
            "DISCUSSION",
            "LS OUT",
            "DRAFTCR",
            "WID NEW",
        ]
    };
    let asked: Vec<&Row> = letters.iter().filter(|row| row.result == "Replied to").collect();
    let mut kind = draw.pick(kinds);
    if kind == "LS OUT" && asked.is_empty() {
        kind = "CR";
    }
    let topic = draw.pick(TOPICS);
    let (title, response) = if kind == "LS OUT" {
        let asked = asked[draw.below(asked.len())];
        (format!("[DRAFT] Reply LS on {topic}"), format!("Response to {}. ", asked.number))
    } else {
        (format!("{} {topic}", draw.pick(DOINGS)), String::new())
    };
    let change = (kind == "CR").then(|| 1 + u32::try_from(draw.below(3000)).unwrap_or_default());
    let end = end(world.members[lead].skill(meeting.from), kind, draw);
    let sources = sources(world, meeting, lead, draw);
    Chain { item, kind, title, change, work, lead, sources, numbers: Vec::new(), response, end }
}

fn end(skill: f64, kind: &str, draw: &mut Draw) -> End {
    let passes = if kind == "DISCUSSION" { skill * 0.4 } else { skill };
    if draw.chance(passes) {
        return End::Passed;
    }
    match draw.below(20) {
        0..9 => End::Noted,
        9..12 => End::Merged,
        12..15 => End::Postponed,
        15..17 => End::NotHandled,
        17..19 => End::NotPursued,
        _ => End::Withdrawn,
    }
}

/// The lead, its sister company, and in a third of all cases friends of the lead that are there.
fn sources(world: &World, meeting: &Meeting, lead: usize, draw: &mut Draw) -> Vec<String> {
    let mut who = vec![lead];
    if world.members[lead].part == Part::Elder {
        who.push(world.who(Part::Younger));
    }
    if draw.chance(0.33) {
        let is_there = |&friend: &usize| world.members[friend].strength(meeting.group, meeting.from) > 0.0;
        let n = 1 + draw.below(3);
        who.extend(world.members[lead].friends.iter().copied().filter(is_there).take(n));
    }
    let mut seen = std::collections::BTreeSet::new();
    who.retain(|&member| seen.insert(member));
    who.iter().map(|&member| spelt(&world.members[member].name, draw)).collect()
}

fn n_revisions(end: End, draw: &mut Draw) -> usize {
    match (end, draw.below(20)) {
        (End::Passed, 0..8) => 0,
        (End::Passed, 8..16) => 1,
        (End::Passed, 16..19) => 2,
        (End::Passed, _) => 3,
        (End::Noted | End::Postponed, 0..3) => 1,
        _ => 0,
    }
}

/// The number into which the document at `at` was merged: the last revision of one that passed under the same item.
fn merger(chains: &[Chain], at: usize) -> Option<&str> {
    let mine = &chains[at];
    let other = chains.iter().find(|other| other.item == mine.item && other.end == End::Passed)?;
    other.numbers.last().map(String::as_str)
}

fn chain_rows(chain: &Chain, merger: Option<&str>, agenda: &[Item], meeting: &Meeting, draw: &mut Draw) -> Vec<Row> {
    let cell = source_cell(&chain.sources, draw);
    let last = chain.numbers.len() - 1;
    (0..=last)
        .map(|at| {
            let before =
                if at > 0 { format!("Revision of {}. ", chain.numbers[at - 1]) } else { chain.response.clone() };
            let (result, after) = match chain.numbers.get(at + 1) {
                Some(next) => ("Revised", format!("Revised to {next}.")),
                None => outcome(chain, merger),
            };
            let is_groups = chain.kind == "LS OUT" && at > 0 && at == last;
            let is_out = chain.end == End::Withdrawn && at == last;
            Row {
                item: if is_out { "99".into() } else { agenda[chain.item].0.clone() },
                number: chain.numbers[at].clone(),
                kind: chain.kind,
                purpose: if chain.kind == "DISCUSSION" { "Discussion" } else { "Approval" },
                title: title(chain, at, meeting),
                source: if is_groups { meeting.of().name.into() } else { cell.clone() },
                release: release(meeting.from.year()),
                work: chain.work,
                comment: before + &after,
                result,
            }
        })
        .collect()
}

fn outcome(chain: &Chain, merger: Option<&str>) -> (&'static str, String) {
    let result = match (chain.end, chain.kind) {
        (End::Passed, "CR") => "Agreed",
        (End::Passed, "DISCUSSION") => "Endorsed",
        (End::Passed, _) => "Approved",
        (End::Merged, _) => match merger {
            Some(number) => return ("Merged", format!("Merged into {number}.")),
            None => "Noted",
        },
        (End::Noted, _) => "Noted",
        (End::Postponed, _) => "Postponed",
        (End::NotHandled, _) => "Not Handled",
        (End::NotPursued, _) => "Not Pursued",
        (End::Withdrawn, _) => "Withdrawn",
    };
    (result, result.into())
}

fn title(chain: &Chain, at: usize, meeting: &Meeting) -> String {
    let release = release(meeting.from.year());
    let spec = format!("{}.{}", 11 + meeting.group, 501 + chain.lead % 7);
    match chain.change {
        Some(change) if at > 0 => format!("{spec} CR{change:04}R{at} ({release}, 'F'): {}", chain.title),
        Some(change) => format!("{spec} CR{change:04} ({release}, 'F'): {}", chain.title),
        None if chain.kind == "P-CR" => format!("{spec}: {}", chain.title),
        None => chain.title.clone(),
    }
}

fn release(year: i16) -> &'static str {
    match year {
        ..=2022 => "Rel-1",
        2023..=2024 => "Rel-2",
        _ => "Rel-3",
    }
}

/// A status report by the quiet editor, and numbers that were never used.
fn closing(world: &World, meeting: &Meeting, numbers: &mut Numbers) -> Vec<Row> {
    let editor = &world.members[world.who(Part::Editor)].name;
    let status = Row {
        item: "6".into(),
        number: numbers.next(),
        kind: "WI STATUS REPORT",
        purpose: "Information",
        title: format!("Status of the work of {}", meeting.of().name),
        source: format!("{editor} (Rapporteur)"),
        comment: "Noted".into(),
        result: "Noted",
        ..Row::default()
    };
    let empty = |number, title: &str| Row { item: "99".into(), number, title: title.into(), ..Row::default() };
    vec![status, empty(numbers.next(), "NOT USED"), empty(numbers.next(), "Reserved")]
}
