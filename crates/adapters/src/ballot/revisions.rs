//! Tables of revisions: which ballot made which version of a document, when it was adopted and took effect.

use fact::{Act, Fact, Mention, Party, Problem, Reading, Thing, When};

use crate::parts::stated_date::dates;

use super::page::{Line, Page};

/// Where the columns of a table of revisions stand.
#[derive(Clone, Copy)]
struct Columns {
    version: usize,
    ballot: usize,
    description: Option<usize>,
    adopted: usize,
    effective: Option<usize>,
}

impl Columns {
    fn read(line: &Line<'_>) -> Option<Self> {
        let cells: Vec<String> = cells(&line.text)?.iter().map(|cell| cell.to_lowercase()).collect();
        let column = |starts: &[&str]| cells.iter().position(|cell| starts.iter().any(|start| cell.starts_with(start)));
        Some(Self {
            version: column(&["ver"])?,
            ballot: column(&["ballot"])?,
            description: column(&["description", "title", "subject"]),
            adopted: column(&["adopted", "approved"])?,
            effective: column(&["effective"]),
        })
    }
}

fn cells(text: &str) -> Option<Vec<&str>> {
    let inner = text.strip_prefix('|')?;
    Some(inner.trim_end().trim_end_matches('|').split('|').map(str::trim).collect())
}

/// How many lines are looked at for the table: it stands in the first section of a document.
const HEAD: usize = 400;

pub(super) fn is_revisions(page: &Page<'_>) -> bool {
    page.lines.iter().take(HEAD).any(|line| Columns::read(line).is_some())
}

pub(super) fn read(page: &Page<'_>) -> Reading {
    let (title, _) = page.title();
    let mut reading = Reading { about: format!("revisions of {title}"), ..Reading::default() };
    let body = page.forum().map(String::from);
    let mut columns = None;
    for line in &page.lines {
        let Some(cells) = cells(&line.text) else {
            columns = None;
            continue;
        };
        if let Some(found) = Columns::read(line) {
            columns = Some(found);
            continue;
        }
        let is_rule = !line.text.contains(char::is_alphanumeric);
        let Some(columns) = columns.filter(|_| !is_rule) else { continue };
        reading.n_units += 1;
        row(line, &cells, columns, title, body.as_deref(), &mut reading);
    }
    reading
}

fn row(line: &Line<'_>, cells: &[&str], columns: Columns, title: &str, body: Option<&str>, reading: &mut Reading) {
    let cell = |at: usize| cells.get(at).copied().filter(|cell| cell.contains(char::is_alphanumeric));
    let description = columns.description.and_then(cell).unwrap_or_default();
    let version = cell(columns.version).map(|version| Thing::new("document", &format!("{title} {version}")));
    // Without a ballot the version itself was approved.
    let object =
        cell(columns.ballot).map(|ballot| Thing::new("ballot", ballot).titled(description)).or_else(|| version.clone());
    let day = |cell: Option<&str>| cell.and_then(|cell| dates(cell).first().map(|date| date.when(When::UNKNOWN)));
    let adopted = day(cell(columns.adopted)).filter(|when| *when != When::UNKNOWN);
    let Some(object) = object else { return };
    if adopted.is_none() {
        let found = cells.get(columns.adopted).copied().unwrap_or("nothing");
        reading.problems.push(Problem {
            kind: "date-unreadable",
            evidence: line.evidence(),
            what: format!("expected a date such as `2024-06-17` in the column `Adopted`, found `{found}`"),
            hint: "write the day on which the version was adopted".into(),
        });
    }
    let effective = columns.effective.and_then(|at| day(cell(at)));
    let (from, to) = (adopted.and_then(|when| when.from), effective.and_then(|when| when.from));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        reading.problems.push(Problem {
            kind: "dates-disagree",
            evidence: line.evidence(),
            what: format!("expected a version to be adopted before it takes effect, found {from} and {to}"),
            hint: "look up the ballot; both days are kept as written".into(),
        });
    }
    let who = Mention { party: Party::Body, affiliation: body.map(Into::into), ..Mention::default() };
    let target = version.filter(|version| *version != object);
    reading.facts.push(Fact {
        who,
        object: Some(object),
        target,
        body: body.map(Into::into),
        when: adopted.unwrap_or(When::UNKNOWN),
        status: to.map(|day| format!("effective {day}")),
        ..Fact::new(Act::Approved, line.evidence())
    });
}
