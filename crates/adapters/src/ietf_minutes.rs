//! Minutes, bluesheets and agendas of IETF working groups, in Markdown, plain text or as a saved page.
//!
//! Comes in: one file of a group's materials. Goes out: `held-meeting`, `attended` for each person on a list, `chaired`,
//! `scribed`, `spoke` for presenters named beside a topic, `decided` and `concluded` behind their labels, `polled` for
//! counted shows of hands, `assigned` for tasks with an owner. An agenda gives nothing: what was planned is not held.
//! Names stay as they were written, first names and misspelt ones too; of an address only the domain is kept.

#[path = "ietf_minutes/body.rs"]
mod body;
#[path = "ietf_minutes/calendar.rs"]
mod calendar;
#[path = "ietf_minutes/kind.rs"]
mod kind;
#[path = "ietf_minutes/list.rs"]
mod list;
#[path = "ietf_minutes/meeting.rs"]
mod meeting;
#[path = "ietf_minutes/outcomes.rs"]
mod outcomes;
#[path = "ietf_minutes/people.rs"]
mod people;
#[path = "ietf_minutes/polls.rs"]
mod polls;
#[path = "ietf_minutes/record.rs"]
mod record;
#[path = "ietf_minutes/row.rs"]
mod row;
#[path = "ietf_minutes/spoken.rs"]
mod spoken;

use fact::{Adapter, Reading, Snapshot};

use kind::{Kind, kind};
use meeting::{Meeting, meeting};
use record::record;
use row::{Row, rows};

/// The adapter.
pub static ADAPTER: IetfMinutes = IetfMinutes;

/// Reads the materials of IETF working groups.
pub struct IetfMinutes;

/// How many bytes of a file decide what kind it is.
const HEAD: usize = 24_000;

impl Adapter for IetfMinutes {
    fn name(&self) -> &'static str {
        "ietf_minutes"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Minutes, bluesheets and agendas of IETF working groups"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        kind_of(snapshot).is_some()
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let Some(kind) = kind_of(snapshot) else {
            return Reading { about: "no minutes of an IETF group".into(), ..Reading::default() };
        };
        let rows: Vec<Row<'_>> = rows(snapshot.bytes).collect();
        let meeting = meeting(snapshot.origin, &rows);
        match kind {
            Kind::Agenda => agenda(&rows, &meeting),
            Kind::Minutes | Kind::Bluesheet => record(&rows, meeting, kind),
        }
    }
}

fn kind_of(snapshot: &Snapshot<'_>) -> Option<Kind> {
    // Archives, documents of offices, and data are other kinds: the first bytes tell.
    let is_other = [&b"%PDF"[..], b"PK\x03\x04", b"{", b"[{", b"\xd0\xcf\x11\xe0"]
        .iter()
        .any(|magic| snapshot.bytes.starts_with(magic));
    if is_other {
        return None;
    }
    let head: Vec<Row<'_>> = rows(&snapshot.bytes[..snapshot.bytes.len().min(HEAD)]).collect();
    kind(snapshot.origin, &head)
}

/// `QUIC WG, IETF 113`.
fn named(meeting: &Meeting) -> String {
    let body = meeting.body.as_deref().unwrap_or("a group");
    meeting.event.as_ref().map_or_else(|| body.to_string(), |event| format!("{body}, {event}"))
}

/// Nothing is said to have happened: the units are the items that were planned.
fn agenda(rows: &[Row<'_>], meeting: &Meeting) -> Reading {
    let items = rows.iter().filter(|row| row.level > 1 || row.bullet == 1).count();
    let is_off =
        rows.iter().any(|row| ["cancelled", "canceled"].contains(&row.text.to_lowercase().trim_end_matches('.')));
    let off = if is_off { ": cancelled" } else { "" };
    Reading { about: format!("agenda of {}{off}", named(meeting)), n_units: items as u64, ..Reading::default() }
}
