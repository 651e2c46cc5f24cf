//! Who one organisation is, with every claim behind it: where it stands, in which words, and when.

use fact::Fault;
use ledger::{Answer, Params, Session, Value};
use resolve::{Decision, Relation};

use super::Names;

/// Most claims that are told; the facts hold all.
pub const MOST: i64 = 5_000;

/// An organisation with everything that makes it one.
#[derive(Clone, Debug)]
pub struct Who {
    /// As it stands in addresses.
    pub slug: String,
    /// Its name, or its label.
    pub name: String,
    /// True where it asked not to be shown by name.
    pub is_hidden: bool,
    /// Its names as written, with rule, reason, number of facts, first and last day.
    pub spellings: Answer,
    /// Every claim: as written, person, act, document, meeting, body, first and last day, source, place, snapshot, bytes.
    pub claims: Answer,
    /// What it belongs to, became or bought, and what to it.
    pub relations: Vec<Relation>,
    /// The decisions that made it so.
    pub decisions: Vec<Decision>,
}

impl Who {
    /// Returns who an organisation is; `None` where no fact and no decision names it. The session holds `act`.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub async fn of(session: &Session, names: &Names, slug: &str) -> Result<Option<Self>, Fault> {
        let params = Params::from([("organisation", Value::Text(slug.into())), ("limit", Value::Int(MOST))]);
        let spellings = session.query(include_str!("../sql/who_spellings.sql"), &params).await?;
        let entity = names.standing.entity(slug);
        let called = spellings.rows.first().map(|row| row[6].text().to_string());
        let Some(name) = entity.map(|entity| entity.name.clone()).or(called) else { return Ok(None) };
        Ok(Some(Self {
            slug: slug.into(),
            name,
            is_hidden: entity.is_some_and(|entity| entity.is_hidden),
            spellings: without_last(spellings),
            claims: session.query(include_str!("../sql/who_claims.sql"), &params).await?,
            relations: names.standing.relations_of(slug).cloned().collect(),
            decisions: names.standing.made_by(slug).into_iter().cloned().collect(),
        }))
    }
}

fn without_last(mut answer: Answer) -> Answer {
    answer.columns.pop();
    for row in &mut answer.rows {
        row.pop();
    }
    answer
}
