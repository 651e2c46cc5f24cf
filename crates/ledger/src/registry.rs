//! `registry.db`: the SQLite file in which earlier versions kept decisions on names. It is read, never written.

use std::path::Path;

use fact::{Fault, Remedy};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

/// One decision as earlier versions kept it: this mention stands for this entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Its number.
    pub number: i64,
    /// `organisation`, `body`, `meeting` or `document`.
    pub kind: String,
    /// The mention, as written or in any spelling with the same key.
    pub mention: String,
    /// Name of the entity for people; empty for "there is no organisation behind this".
    pub entity: String,
    /// Who decided.
    pub actor: String,
    /// On what ground: a source that others can look up.
    pub source: String,
    /// When, to the second.
    pub at: Timestamp,
}

/// Returns every decision of a `registry.db`, the oldest first; a later one on the same mention overrides.
///
/// # Errors
/// When the file cannot be read or is no registry.
pub async fn carried(path: &Path) -> Result<Vec<Carried>, Fault> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let pool =
        SqlitePoolOptions::new().max_connections(1).connect_with(options).await.map_err(|error| fault(&error))?;
    let sql = "select id, kind, mention, entity, actor, source, decided from decision order by id";
    let rows = sqlx::query(sql).fetch_all(&pool).await.map_err(|error| fault(&error))?;
    pool.close().await;
    rows.iter()
        .map(|row| {
            let decided: String = row.get("decided");
            let at: DateTime = decided.replace(' ', "T").parse().map_err(|error| fault(&error))?;
            let at = at.to_zoned(TimeZone::UTC).map_err(|error| fault(&error))?.timestamp();
            Ok(Carried {
                number: row.get("id"),
                kind: row.get("kind"),
                mention: row.get("mention"),
                entity: row.get("entity"),
                actor: row.get("actor"),
                source: row.get("source"),
                at,
            })
        })
        .collect()
}

fn fault(error: &dyn std::fmt::Display) -> Fault {
    Fault::new(Remedy::Setup, "registry.db", error, "check that the file is whole and can be read")
}
