//! The registry of a workspace: what people decided, in SQLite. Decisions are added and superseded, never edited.

use std::path::Path;

use fact::{Fault, Remedy};
use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};

/// One statement on identity: this mention stands for this entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
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
}

/// The file `registry.db` of a workspace.
#[derive(Clone, Debug)]
pub struct Registry {
    pool: SqlitePool,
}

impl Registry {
    /// Opens the registry, and makes it where there is none.
    ///
    /// # Errors
    /// When the file cannot be opened or is no registry.
    pub async fn open(path: &Path) -> Result<Self, Fault> {
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let pool = SqlitePoolOptions::new().max_connections(2).connect_with(options).await.map_err(|e| fault(&e))?;
        sqlx::raw_sql(include_str!("registry.sql")).execute(&pool).await.map_err(|error| fault(&error))?;
        Ok(Self { pool })
    }

    /// Adds a decision; it supersedes an earlier one on the same mention.
    ///
    /// # Errors
    /// When the registry cannot be written.
    pub async fn decide(&self, decision: &Decision) -> Result<(), Fault> {
        sqlx::query("insert into decision (kind, mention, entity, actor, source) values ($1, $2, $3, $4, $5)")
            .bind(&decision.kind)
            .bind(&decision.mention)
            .bind(&decision.entity)
            .bind(&decision.actor)
            .bind(&decision.source)
            .execute(&self.pool)
            .await
            .map_err(|error| fault(&error))?;
        Ok(())
    }

    /// Returns every decision, the oldest first, so that later ones override.
    ///
    /// # Errors
    /// When the registry cannot be read.
    pub async fn decisions(&self) -> Result<Vec<Decision>, Fault> {
        let rows = sqlx::query("select kind, mention, entity, actor, source from decision order by id")
            .fetch_all(&self.pool)
            .await
            .map_err(|error| fault(&error))?;
        Ok(rows
            .iter()
            .map(|row| Decision {
                kind: row.get("kind"),
                mention: row.get("mention"),
                entity: row.get("entity"),
                actor: row.get("actor"),
                source: row.get("source"),
            })
            .collect())
    }
}

fn fault(error: &dyn std::fmt::Display) -> Fault {
    Fault::new(Remedy::Setup, "registry.db", error, "check that the file is whole and can be written")
}
