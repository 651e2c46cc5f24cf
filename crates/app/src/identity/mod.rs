//! Who is who in a workspace: the log of decisions, what rules say of new names, and what stands.
//!
//! Comes in: a session on the ledger and the log. Goes out: a standing, from which the rows of `identity` follow, and pairs
//! of names on which a person has to decide.

mod args;
mod effect;
mod log;
mod persons;
mod who;

use std::collections::BTreeMap;

use fact::{Fault, Remedy};
use jiff::Timestamp;
use ledger::{Answer, Ledger, Params, Session};
use resolve::organisation::{KNOWN, Proposals, propose};
use resolve::{Actor, Decision, Doubt, Identity, Kind, Op, Standing, Stands, Surface, Tables, Which};

pub use self::args::{Ground, NamesScoreArgs, ResolveArgs, ResolveCommand, Taken};
pub use self::effect::{Change, Effect};
pub use self::log::{carry_over, doubt_row, keep, log, slug};
pub use self::persons::{PersonFound, persons};
pub use self::who::Who;
use crate::view::AsOf;

/// Who is who.
#[derive(Debug)]
pub struct Names {
    /// Names as they stand in facts.
    pub surfaces: Vec<Surface>,
    /// The log, in order of time.
    pub log: Vec<Decision>,
    /// What rules say of names on which the log says nothing.
    pub proposals: Proposals,
    /// What stands, by the log and by the rules.
    pub standing: Standing,
    /// Pairs that wait for a person, the most urgent first.
    pub doubts: Vec<Doubt>,
    /// Facts by entity.
    pub n_facts: BTreeMap<String, i64>,
}

impl Names {
    /// Derives who is who from the facts of a session and the log, as if `extra` stood in the log too.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub async fn of(session: &Session, ledger: &Ledger, as_of: AsOf, extra: &[Decision]) -> Result<Self, Fault> {
        let answer = session.query(include_str!("../sql/surfaces.sql"), &Params::new()).await?;
        let tables = Tables::shipped();
        let beside = session.query(include_str!("../sql/beside.sql"), &Params::new()).await?;
        let mut surfaces = surfaces(&answer, &beside);
        surfaces.retain(|surface| !tables.says_nothing(&surface.name));
        let mut log = log(ledger, as_of.learnt).await?;
        log.extend_from_slice(extra);
        let held = Standing::of(Kind::Organisation, &log);
        // The moment of what nobody kept yet says nothing, and is the same every time.
        let mut proposals = propose(&surfaces, &held, &tables, Some(&KNOWN), Timestamp::UNIX_EPOCH);
        proposals.decisions.retain(|decision| !held.was_undone(decision));
        let all: Vec<Decision> = log.iter().chain(&proposals.decisions).cloned().collect();
        let standing = Standing::of(Kind::Organisation, &all);
        let n_facts = counted(&surfaces, &standing.identities(&surfaces));
        let kept = ledger.doubts().await?.into_iter().map(log::doubt).collect::<Result<Vec<_>, _>>()?;
        let doubts = open_doubts(&standing, &n_facts, kept.into_iter().chain(proposals.doubts.iter().cloned()));
        Ok(Self { surfaces, log, proposals, standing, doubts, n_facts })
    }

    /// Returns the rows of the table `identity` that are about organisations: each for itself, or each with the group
    /// that it belongs to on the day (`None`: today).
    #[must_use]
    pub fn identities(&self, as_of: AsOf) -> Vec<Identity> {
        let mut rows = self.standing.identities(&self.surfaces);
        if as_of.is_by_group {
            for row in &mut rows {
                let Some(own) = &row.entity else { continue };
                let group = self.standing.group_of(own, as_of.day).to_string();
                if let Some(entity) = self.standing.entity(&group).filter(|_| group != *own) {
                    row.name.clone_from(&entity.name);
                    row.entity = Some(group);
                }
            }
        }
        rows
    }

    /// Returns the decisions of persons, the latest first, each with what became of it.
    ///
    /// # Errors
    /// Never; anything else is a bug.
    pub fn corrections(&self) -> Result<Vec<Correction>, Fault> {
        let stopped: BTreeMap<String, String> = self
            .standing
            .contradictions()
            .chain(self.standing.blocked())
            .map(|conflict| (conflict.decision.id, conflict.by.id))
            .collect();
        let held: std::collections::BTreeSet<&str> = self.standing.held().iter().map(|one| one.id.as_str()).collect();
        let persons = self.log.iter().rev().filter(|decision| decision.actor == Actor::Person);
        let correction = |decision: &Decision| Correction {
            state: match (held.contains(decision.id.as_str()), stopped.get(&decision.id)) {
                (false, _) => "taken back".into(),
                (true, Some(by)) => format!("stopped by {by}"),
                (true, None) => "holds".into(),
            },
            decision: decision.clone(),
        };
        Ok(persons.map(correction).collect())
    }

    /// Returns the decisions that take back those which are meant, as a person says.
    ///
    /// # Errors
    /// When nothing that holds is meant.
    pub fn undoing(&self, which: &Which, by: &str, at: Timestamp) -> Result<Vec<Decision>, Fault> {
        let hint = "see `rapporteur resolve log` for the decisions";
        let wrong = |what: &str| Err(Fault::new(Remedy::Ask, "resolve undo", what, hint));
        if let Which::Id(id) = which {
            let n = self.log.iter().filter(|decision| decision.id.starts_with(id.as_str())).count();
            match (id.len() < 6, n) {
                (true, _) => return wrong("expected at least 6 digits of an id"),
                (_, 2..) => return wrong("expected one decision, found several; write more digits"),
                _ => {}
            }
        }
        let undos = resolve::undo(&self.log, which, by, at);
        if undos.is_empty() {
            let what = "expected a decision that holds, found none";
            return Err(Fault::new(
                Remedy::Ask,
                "resolve undo",
                what,
                "see `rapporteur resolve log` for the decisions",
            ));
        }
        Ok(undos)
    }

    /// Returns the name by which a subject or object of a decision is shown: not that of what asked to be hidden.
    #[must_use]
    pub fn shown<'a>(&'a self, name: &'a str) -> &'a str {
        match self.standing.stands(name) {
            Stands::For(entity) if entity.is_hidden => &entity.name,
            _ => name,
        }
    }
}

/// A decision of a person, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// The decision.
    pub decision: Decision,
    /// `holds`, `taken back`, or what stops it.
    pub state: String,
}

/// Returns a statement of a person on names of organisations, ready to be kept.
#[must_use]
pub fn word(op: Op, pair: (&str, &str), by: &str, at: Timestamp, evidence: Vec<String>) -> Decision {
    let decision = Decision::by_person(Kind::Organisation, op, (pair.0.trim(), pair.1.trim()), by, whole(at));
    Decision { evidence, ..decision }
}

/// A moment as exactly as the log keeps it.
#[must_use]
pub fn whole(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// One surface for each name and country, with the domains that stand beside it.
fn surfaces(answer: &Answer, beside: &Answer) -> Vec<Surface> {
    let mut others: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in &beside.rows {
        others.entry(row[0].text()).or_default().push(row[1].text().into());
    }
    let mut surfaces: BTreeMap<(String, Option<String>), Surface> = BTreeMap::new();
    for row in &answer.rows {
        let (name, country, n) = (row[0].text().to_string(), row[1].text_opt().map(String::from), row[3].int());
        let surface = surfaces.entry((name.clone(), country.clone())).or_insert_with(|| Surface {
            beside: others.get(name.as_str()).cloned().unwrap_or_default(),
            name,
            country,
            ..Surface::default()
        });
        surface.n += n;
        if let Some(domain) = row[2].text_opt() {
            surface.domains.push((domain.into(), n));
        }
    }
    surfaces.into_values().collect()
}

/// Facts by entity.
fn counted(surfaces: &[Surface], rows: &[Identity]) -> BTreeMap<String, i64> {
    let entities: BTreeMap<&str, &str> =
        rows.iter().filter_map(|row| Some((row.mention.as_str(), row.entity.as_deref()?))).collect();
    let mut n_facts: BTreeMap<String, i64> = BTreeMap::new();
    for surface in surfaces {
        if let Some(&entity) = entities.get(surface.name.as_str()) {
            *n_facts.entry(entity.into()).or_default() += surface.n;
        }
    }
    n_facts
}

/// Pairs that nothing has settled: one for each pair of entities, the likeliest, the most urgent first.
fn open_doubts(standing: &Standing, n_facts: &BTreeMap<String, i64>, all: impl Iterator<Item = Doubt>) -> Vec<Doubt> {
    let mut open: BTreeMap<(String, String), Doubt> = BTreeMap::new();
    for mut doubt in all {
        let (one, other) = (standing.identity(&doubt.a).entity, standing.identity(&doubt.b).entity);
        let (Some(one), Some(other)) = (one, other) else { continue };
        let is_hidden = [&one, &other].iter().any(|slug| standing.entity(slug).is_some_and(|entity| entity.is_hidden));
        if is_hidden || standing.is_settled(&doubt.a, &doubt.b) {
            continue;
        }
        let n = |entity: &str| n_facts.get(entity).copied().unwrap_or_default();
        doubt.n = n(&one).min(n(&other));
        let pair = if one < other { (one, other) } else { (other, one) };
        match open.get(&pair) {
            Some(held) if held.bits >= doubt.bits => {}
            _ => drop(open.insert(pair, doubt)),
        }
    }
    let mut open: Vec<Doubt> = open.into_values().collect();
    open.sort_by(|one, other| {
        other.urgency().total_cmp(&one.urgency()).then_with(|| (&one.a, &one.b).cmp(&(&other.a, &other.b)))
    });
    open
}
