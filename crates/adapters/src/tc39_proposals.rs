//! The list of proposals of Ecma TC39: their stage, authors, champions, reviewers, and the meetings that had them.
//!
//! Comes in: a Markdown file with tables of proposals below headings such as `### Stage 2`. Goes out, for each proposal:
//! `advanced` with its stage, or `withdrawn`, `not-pursued` or `postponed` where the rationale begins with such a word;
//! `authored`, `championed`, and `assigned` for reviewers; and `spoke` without a party for each meeting whose notes have it:
//! that it was presented is stated, by whom is not. The list gives no day on which a stage was reached.

#[path = "tc39_proposals/table.rs"]
mod table;

use std::collections::{BTreeMap, BTreeSet};

use fact::{Act, Adapter, Evidence, Fact, Mention, Precision, Reading, Snapshot, Thing, When};

use table::{Links, Row, names, plain, rows};

/// The adapter.
pub static ADAPTER: Tc39Proposals = Tc39Proposals;

/// Reads the list of proposals.
pub struct Tc39Proposals;

const BODY: &str = "Ecma TC39";

impl Adapter for Tc39Proposals {
    fn name(&self) -> &'static str {
        "tc39_proposals"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Proposals of Ecma TC39 (Markdown): stages, authors, champions"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let text = snapshot.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(snapshot.bytes);
        let is_header = |line: &[u8]| {
            let cells: Vec<&[u8]> = line.split(|&byte| byte == b'|').map(<[u8]>::trim_ascii).collect();
            line.starts_with(b"|")
                && cells.get(1) == Some(&&b"Proposal"[..])
                && cells.iter().any(|cell| cell.starts_with(b"Champion"))
        };
        text.starts_with(b"# ")
            && text.split(|&byte| byte == b'\n').any(is_header)
            && [&b"tc39"[..], b"TC39"].iter().any(|name| memchr::memmem::find(text, name).is_some())
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "proposals of Ecma TC39".into(), ..Reading::default() };
        let links = Links::of(snapshot.bytes);
        let mut stages = BTreeSet::new();
        for row in rows(snapshot.bytes) {
            reading.n_units += 1;
            stages.extend(row.stage.clone());
            state(&row, &links, &mut reading);
        }
        if !stages.is_empty() {
            reading.about += &format!(": {}", stages.into_iter().collect::<Vec<_>>().join(", "));
        }
        reading
    }
}

fn state(row: &Row<'_>, links: &Links, reading: &mut Reading) {
    if row.cells.len() != row.columns.n_columns {
        let what = format!("expected {} cells, found {}", row.columns.n_columns, row.cells.len());
        reading.problems.push(row.line.problem("cells-missing", what, "look for a missing or an unescaped `|`"));
    }
    let cell = |heading: &str| row.cell(heading).unwrap_or_default();
    let (title, id) = links.titled(cell("proposal"));
    if title.is_empty() {
        let what = "expected the name of a proposal, found an empty cell";
        return reading.problems.push(row.line.problem(
            "name-missing",
            what,
            "name the proposal; nothing was read of the row",
        ));
    }
    let common = Fact {
        object: Some(Thing::new("proposal", &id).titled(&title)),
        body: Some(BODY.into()),
        ..Fact::new(Act::Advanced, row.line.evidence())
    };
    outcome(row, cell("rationale"), &common, reading);
    for (heading, act, role) in [
        ("author", Act::Authored, None),
        ("champion", Act::Championed, None),
        ("stage 2.7 reviewers", Act::Assigned, Some("reviewer")),
    ] {
        for (name, note) in names(cell(heading)) {
            let who = Mention { role: role.map(Into::into), ..Mention::person(&name, None) };
            reading.facts.push(Fact { act, who, status: note.map(Into::into), ..common.clone() });
        }
    }
    for (event, when) in meetings(row, cell("meeting notes"), reading) {
        reading.facts.push(Fact { act: Act::Spoke, event: Some(event), when, ..common.clone() });
    }
}

/// The meetings whose notes have a proposal, once each: several days of one meeting are an interval.
fn meetings(row: &Row<'_>, cell: &str, reading: &mut Reading) -> BTreeMap<String, When> {
    let mut meetings = BTreeMap::new();
    for text in table::dates(cell) {
        let Some(when) = When::parse(&text) else {
            let what = format!("expected a month such as `2024-06`, found `{text}`");
            reading.problems.push(row.line.problem("date-unreadable", what, "correct the month of the meeting"));
            continue;
        };
        let held = meetings.entry(format!("TC39 {}", text.get(..7).unwrap_or(&text))).or_insert(when);
        let is_days = held.precision == Precision::Day && when.precision == Precision::Day;
        if let (true, Some(first), Some(last), Some(day)) = (is_days, held.from, held.to, when.from) {
            *held = When::days(first.min(day), last.max(day));
        }
    }
    meetings
}

/// The stage of a proposal, or how it ended; the rationale stays as it is written.
fn outcome(row: &Row<'_>, rationale: &str, common: &Fact, reading: &mut Reading) {
    let reason = plain(rationale);
    let first = reason.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    let act = match first.as_str() {
        "withdrawn" => Act::Withdrawn,
        "rejected" => Act::NotPursued,
        "postponed" => Act::Postponed,
        _ => Act::Advanced,
    };
    let status = match (&row.stage, reason.is_empty(), act) {
        (Some(stage), true, _) => stage.clone(),
        (Some(stage), false, Act::Advanced) => format!("{stage}: {reason}"),
        (_, false, _) => reason,
        (None, true, _) => {
            let what = "expected a heading that names the stage, found none above the table";
            return reading.problems.push(row.line.problem(
                "stage-missing",
                what,
                "put the table below `### Stage 2` or the like",
            ));
        }
    };
    let status = Some(status.chars().take(Evidence::QUOTE).collect());
    reading.facts.push(Fact { act, status, ..common.clone() });
}
