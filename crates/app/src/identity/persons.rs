//! Which mentions are one person, and what facts say of each: for whom they acted, when, and where it stands.

use std::collections::{BTreeMap, BTreeSet};

use fact::Fault;
use jiff::Timestamp;
use ledger::{Answer, Params, Session, Value};
use resolve::person::{Sighting, Stay, person_clusters, resolve_persons};
use resolve::{Decision, Key};

use super::Names;
use super::who::MOST;

/// What facts say of a person.
#[derive(Clone, Debug, Default)]
pub struct PersonFound {
    /// For whom they acted: spelling, affiliation, organisation, facts, first and last day.
    pub affiliations: Answer,
    /// Every claim.
    pub claims: Answer,
    /// Why spellings are taken for one person: the decisions of rules and persons.
    pub decisions: Vec<Decision>,
}

/// Returns what facts say of everybody who is written so, in any spelling that is found to be the same person.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn persons(session: &Session, names: &Names, name: &str) -> Result<PersonFound, Fault> {
    let sightings = session.query(include_str!("../sql/sightings_of_persons.sql"), &Params::new()).await?;
    let sightings = sightings_of(&sightings);
    let mut decisions = resolve_persons(&sightings, &names.log, Timestamp::UNIX_EPOCH).decisions;
    decisions.extend(names.log.iter().cloned());
    let clusters = person_clusters(&decisions);
    let person_of = |mention: &String| clusters.get(mention).cloned().unwrap_or_else(|| mention.clone());
    let key = Key::whole(name);
    let is_asked = |sighting: &&Sighting| Key::whole(&sighting.name) == key;
    let asked: BTreeSet<String> = sightings.iter().filter(is_asked).map(|one| person_of(&one.mention())).collect();
    let members: Vec<&Sighting> = sightings.iter().filter(|one| asked.contains(&person_of(&one.mention()))).collect();
    let mut found = PersonFound::default();
    let written: BTreeSet<&str> = members.iter().map(|member| member.name.as_str()).collect();
    let pairs: BTreeSet<(&str, Option<&str>)> =
        members.iter().map(|one| (one.name.as_str(), one.organisation_as_written.as_deref())).collect();
    for name in written {
        let params = Params::from([("name", Value::Text(name.into())), ("limit", Value::Int(MOST))]);
        let rows = session.query(include_str!("../sql/person_affiliations.sql"), &params).await?;
        found.affiliations.columns = rows.columns;
        let is_theirs = |row: &Vec<Value>| pairs.contains(&(row[0].text(), row[1].text_opt()));
        found.affiliations.rows.extend(rows.rows.into_iter().filter(is_theirs));
        let rows = session.query(include_str!("../sql/person_claims.sql"), &params).await?;
        found.claims.columns = rows.columns;
        let is_theirs = |row: &Vec<Value>| pairs.contains(&(row[1].text(), row[0].text_opt()));
        found.claims.rows.extend(rows.rows.into_iter().filter(is_theirs));
    }
    let mentions: BTreeSet<String> = members.iter().map(|one| one.mention()).collect();
    decisions.retain(|decision| mentions.contains(&decision.subject) && decision.subject != decision.object);
    found.decisions = decisions;
    Ok(found)
}

/// One sighting for each name and affiliation as written, with all bodies and lists in which they stand.
fn sightings_of(answer: &Answer) -> Vec<Sighting> {
    let mut sightings: BTreeMap<(String, Option<String>), Sighting> = BTreeMap::new();
    for row in &answer.rows {
        let (name, affiliation) = (row[0].text().to_string(), row[1].text_opt().map(String::from));
        let sighting = sightings.entry((name.clone(), affiliation.clone())).or_insert_with(|| Sighting {
            name,
            organisation: row[2].text_opt().map(String::from),
            organisation_as_written: affiliation,
            ..Sighting::default()
        });
        sighting.n += row[7].int();
        let day = |at: usize| row[at].text_opt().and_then(|day| day.parse().ok());
        if let Some(body) = row[3].text_opt() {
            sighting.bodies.push(Stay { body: body.into(), from: day(5), to: day(6) });
        }
        sighting.lists.extend(row[4].text_opt().map(String::from));
    }
    sightings.into_values().collect()
}
