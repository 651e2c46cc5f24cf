//! From the ledger to observations: the steps, the indicators' queries, and the selection of a scope.

use std::collections::{BTreeMap, BTreeSet};

use fact::Fault;
use ledger::{ObservationRow, Params, Session, Value};
use measure::{Kind, Meeting, Observation, Observations};

use crate::card::{CATALOGUE, Card};

/// The tables between facts and indicators, in the order in which they are made.
const STEPS: &[(&str, &str)] = &[
    ("act", include_str!("../steps/act.sql")),
    ("meeting", include_str!("../steps/meeting.sql")),
    ("attributed", include_str!("../steps/attributed.sql")),
    ("service", include_str!("../steps/service.sql")),
    ("work", include_str!("../steps/work.sql")),
    ("source", include_str!("../steps/source.sql")),
    ("outcome", include_str!("../steps/outcome.sql")),
    ("contribution", include_str!("../steps/contribution.sql")),
    ("words", include_str!("../steps/words.sql")),
];

/// Makes `act`, facts with their identities, as a view: for who wants to look at facts and count nothing.
///
/// # Errors
/// When the session does not hold `fact` and `identity`.
pub async fn view_acts(session: &Session) -> Result<(), Fault> {
    session.view(STEPS[0].0, STEPS[0].1, &Params::new()).await
}

/// Makes the tables between facts and indicators in a session that holds `fact` and `identity`.
///
/// # Errors
/// When a stored file cannot be read.
pub async fn prepare(session: &Session) -> Result<(), Fault> {
    for (name, sql) in STEPS {
        session.define(name, sql, &Params::new()).await?;
    }
    Ok(())
}

/// Returns every observation of every indicator, in a fixed order, from a prepared session.
///
/// # Errors
/// When a stored file cannot be read, or an indicator's query does not give the expected columns.
pub async fn observe(session: &Session) -> Result<Vec<ObservationRow>, Fault> {
    let mut rows = Vec::new();
    for card in CATALOGUE.iter() {
        let answer = session.query(card.sql, &Params::new()).await?;
        let expected = ["organisation", "body", "period", "meeting", "day", "item", "events", "exposure", "fact"];
        if answer.columns != expected {
            let what = format!("expected columns {expected:?}, found {:?}", answer.columns);
            return Err(Fault::bug(format!("indicator `{}`", card.name), what));
        }
        rows.extend(answer.rows.iter().filter_map(|row| observation(card.name, row)));
    }
    rows.sort_by(|one, other| place(one).cmp(&place(other)));
    Ok(rows)
}

/// Rows without an organisation, body or day cannot be placed in any index; they stay visible as facts.
fn observation(indicator: &str, row: &[Value]) -> Option<ObservationRow> {
    let day = row[4].text_opt()?.get(..10)?.parse().ok()?;
    Some(ObservationRow {
        indicator: indicator.into(),
        organisation: row[0].text_opt()?.into(),
        body: row[1].text_opt()?.into(),
        period: row[2].text_opt()?.into(),
        meeting: row[3].text_opt().map(Into::into),
        day: Some(day),
        item: row[5].text_opt()?.into(),
        events: row[6].real()?,
        exposure: row[7].real()?,
        fact: row[8].text_opt().map(Into::into),
    })
}

type Place<'a> = (&'a str, &'a str, &'a str, &'a str, Option<&'a str>, &'a str, Option<&'a str>);

fn place(row: &ObservationRow) -> Place<'_> {
    (&row.indicator, &row.organisation, &row.body, &row.period, row.meeting.as_deref(), &row.item, row.fact.as_deref())
}

/// Which observations are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// A body and the groups below it; `None` for all.
    pub body: Option<String>,
    /// A calendar year; `None` for all.
    pub period: Option<String>,
}

impl Scope {
    /// True when the row lies in the scope.
    #[must_use]
    pub fn holds(&self, row: &ObservationRow) -> bool {
        self.covers(&row.body, &row.period)
    }

    /// True when this body and year lie in the scope.
    #[must_use]
    pub fn covers(&self, body: &str, period: &str) -> bool {
        self.body.as_ref().is_none_or(|family| is_within(body, family))
            && self.period.as_ref().is_none_or(|year| period == year)
    }
}

/// True for the body itself and for the groups below it: `3gpp/sa2` is within `3gpp`.
fn is_within(body: &str, family: &str) -> bool {
    body.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns the observations of some indicators in a scope in the form that `measure` takes, with their kinds.
///
/// What is not tied to a meeting stands under a meeting of its own, named after its body and year. Indicators that are
/// not among `cards` leave no trace, so that a new one in the catalogue moves no index that does not use it.
#[must_use]
pub fn observations(rows: &[ObservationRow], scope: &Scope, cards: &[&Card]) -> (Observations, Vec<Kind>) {
    let indicators: BTreeMap<&str, u16> = cards.iter().zip(0..).map(|(card, at)| (card.name, at)).collect();
    let rows = wanted(rows, scope, cards);
    let organisations = numbered(rows.iter().map(|row| row.organisation.as_str()));
    let items = numbered(rows.iter().map(|row| row.item.as_str()));
    let mut days: BTreeMap<(String, &str), i32> = BTreeMap::new();
    for row in &rows {
        let day = row.day.map_or(0, days_since_1970);
        let latest = days.entry((meeting_of(row), row.body.as_str())).or_insert(day);
        *latest = day.max(*latest);
    }
    let numbers: BTreeMap<&(String, &str), u32> = days.keys().zip(0..).collect();
    let meetings = days.iter().map(|((id, body), day)| Meeting { id: id.clone(), body: (*body).into(), day: *day });
    let observation = |row: &&ObservationRow| Observation {
        indicator: indicators[row.indicator.as_str()],
        organisation: organisations[row.organisation.as_str()],
        meeting: numbers[&(meeting_of(row), row.body.as_str())],
        item: items[row.item.as_str()],
        events: row.events,
        exposure: row.exposure,
    };
    let observations = Observations {
        rows: rows.iter().map(observation).collect(),
        meetings: meetings.collect(),
        organisations: organisations.keys().map(ToString::to_string).collect(),
        indicators: cards.iter().map(|card| card.name.to_string()).collect(),
    };
    let kinds = cards.iter().map(|card| Kind::from_slug(&card.kind).expect("a test holds every card to a kind"));
    (observations, kinds.collect())
}

/// The rows of some indicators in a scope.
pub(crate) fn wanted<'a>(rows: &'a [ObservationRow], scope: &Scope, cards: &[&Card]) -> Vec<&'a ObservationRow> {
    let names: BTreeSet<&str> = cards.iter().map(|card| card.name).collect();
    rows.iter().filter(|row| scope.holds(row) && names.contains(row.indicator.as_str())).collect()
}

fn meeting_of(row: &ObservationRow) -> String {
    row.meeting.clone().unwrap_or_else(|| format!("{} {}", row.body, row.period))
}

fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, u32> {
    names.collect::<BTreeSet<_>>().into_iter().zip(0..).collect()
}

fn days_since_1970(day: jiff::civil::Date) -> i32 {
    (day - jiff::civil::date(1970, 1, 1)).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(indicator: &str, organisation: &str, meeting: &str) -> ObservationRow {
        ObservationRow {
            indicator: indicator.into(),
            organisation: organisation.into(),
            body: "tc9/wg2".into(),
            period: "2025".into(),
            meeting: Some(meeting.into()),
            day: Some(jiff::civil::date(2025, 3, 4)),
            item: "D1".into(),
            events: 1.0,
            exposure: 1.0,
            fact: None,
        }
    }

    #[test]
    fn an_indicator_that_is_not_used_leaves_no_trace() {
        let card = Card::find("documents_contributed").unwrap();
        let used = vec![row("documents_contributed", "acme", "tc9#1")];
        let mut more = used.clone();
        more.push(row("talks_given", "borealis", "open day"));
        let scope = Scope::default();
        assert_eq!(observations(&more, &scope, &[card]), observations(&used, &scope, &[card]));
    }

    #[test]
    fn a_scope_holds_the_groups_of_a_body_and_no_namesakes() {
        let scope = |body: &str| Scope { body: Some(body.into()), period: None };
        assert!(scope("tc9").covers("tc9/wg2", "2025"));
        assert!(!scope("tc9").covers("tc91/wg2", "2025"));
        assert!(!Scope { period: Some("2024".into()), ..scope("tc9") }.covers("tc9/wg2", "2025"));
    }
}
