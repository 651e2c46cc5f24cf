//! One table in the workspace: Parquet files under a Delta Lake log. A commit is seen whole or not at all.

use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType as Arrow, SchemaRef, TimeUnit};
use datafusion::arrow::record_batch::RecordBatch;
use deltalake_core::kernel::transaction::CommitBuilder;
use deltalake_core::kernel::{Action, DataType, PrimitiveType, StructField};
use deltalake_core::operations::create::CreateBuilder;
use deltalake_core::protocol::{DeltaOperation, SaveMode};
use deltalake_core::writer::{DeltaWriter as _, RecordBatchWriter};
use deltalake_core::{DeltaTable, DeltaTableError};
use fact::{Fault, Remedy};

use crate::table::{Table, schema};

/// An open table at one version.
#[derive(Clone)]
pub struct Store {
    name: &'static str,
    schema: SchemaRef,
    table: DeltaTable,
}

impl Store {
    /// Opens the table `T` below `folder`, and makes it where there is none.
    pub async fn open<T: Table>(folder: &Path) -> Result<Self, Fault> {
        let place = folder.join(T::NAME);
        let bad = |error: &dyn std::fmt::Display| fault(T::NAME, error);
        #[expect(clippy::disallowed_methods, reason = "the ledger keeps files")]
        let exists = place.join("_delta_log").is_dir()
            && std::fs::read_dir(place.join("_delta_log")).is_ok_and(|mut log| log.next().is_some());
        std::fs::create_dir_all(&place).map_err(|error| bad(&error))?;
        let url =
            url::Url::from_directory_path(&place).map_err(|()| bad(&"the path of a workspace must be absolute"))?;
        let schema = schema::<T>();
        let table = if exists {
            let table = deltalake_core::open_table(url).await.map_err(|error| bad(&error))?;
            widened(table, &schema).await.map_err(|error| bad(&error))?
        } else {
            create(url.as_str(), &schema).await.map_err(|error| bad(&error))?
        };
        Ok(Self { name: T::NAME, schema, table })
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// The version that is open; it grows by one with every commit.
    pub fn version(&self) -> i64 {
        self.table.version().map_or(-1, |version| i64::try_from(version).unwrap_or(i64::MAX))
    }

    /// Moves on to the newest version; true when there was a newer one.
    pub async fn refresh(&mut self) -> Result<bool, Fault> {
        let before = self.version();
        self.table.update_state().await.map_err(|error| fault(self.name, &error))?;
        Ok(self.version() != before)
    }

    /// Appends rows as one commit.
    pub async fn append(&mut self, batch: RecordBatch) -> Result<(), Fault> {
        self.commit(batch, SaveMode::Append).await
    }

    /// Replaces all rows by these, as one commit. Earlier versions stay readable.
    pub async fn replace(&mut self, batch: RecordBatch) -> Result<(), Fault> {
        self.commit(batch, SaveMode::Overwrite).await
    }

    /// Addresses of the Parquet files that make up this version.
    pub fn files(&self) -> Result<Vec<String>, Fault> {
        let mut files: Vec<String> = self.table.get_file_uris().map_err(|error| fault(self.name, &error))?.collect();
        files.sort();
        Ok(files)
    }

    async fn commit(&mut self, batch: RecordBatch, mode: SaveMode) -> Result<(), Fault> {
        if batch.num_rows() == 0 && matches!(mode, SaveMode::Append) {
            return Ok(());
        }
        let name = self.name;
        self.try_commit(batch, mode).await.map_err(|error| fault(name, &error))
    }

    async fn try_commit(&mut self, batch: RecordBatch, mode: SaveMode) -> Result<(), DeltaTableError> {
        let mut actions = Vec::new();
        let snapshot = self.table.snapshot()?.snapshot().clone();
        if matches!(mode, SaveMode::Overwrite) {
            actions
                .extend(self.table.snapshot()?.log_data().iter().map(|file| Action::Remove(file.remove_action(true))));
        }
        let mut writer = RecordBatchWriter::for_table(&self.table)?;
        if batch.num_rows() > 0 {
            writer.write(batch).await?;
        }
        actions.extend(writer.flush().await?.into_iter().map(Action::Add));
        let operation = DeltaOperation::Write { mode, partition_by: None, predicate: None };
        CommitBuilder::default()
            .with_actions(actions)
            .build(Some(&snapshot), self.table.log_store(), operation)
            .await?;
        self.table.update_state().await
    }
}

async fn create(address: &str, schema: &SchemaRef) -> Result<DeltaTable, DeltaTableError> {
    let columns =
        schema.fields().iter().map(|field| StructField::nullable(field.name(), delta_type(field.data_type())));
    CreateBuilder::new().with_location(address).with_save_mode(SaveMode::Ignore).with_columns(columns).await
}

/// A table that an earlier version made gets the columns that have come since; its older rows hold nothing there.
async fn widened(table: DeltaTable, schema: &SchemaRef) -> Result<DeltaTable, DeltaTableError> {
    let held = table.snapshot()?.schema();
    let missing = schema.fields().iter().filter(|field| held.field(field.name()).is_none());
    let missing: Vec<StructField> =
        missing.map(|field| StructField::nullable(field.name(), delta_type(field.data_type()))).collect();
    if missing.is_empty() {
        return Ok(table);
    }
    table.add_columns().with_fields(missing).await
}

fn delta_type(kind: &Arrow) -> DataType {
    DataType::Primitive(match kind {
        Arrow::Int64 => PrimitiveType::Long,
        Arrow::Float64 => PrimitiveType::Double,
        Arrow::Boolean => PrimitiveType::Boolean,
        Arrow::Date32 => PrimitiveType::Date,
        Arrow::Timestamp(TimeUnit::Microsecond, Some(_)) => PrimitiveType::Timestamp,
        Arrow::Utf8 => PrimitiveType::String,
        other => unreachable!("`columns.rs` makes no column of type {other}"),
    })
}

fn fault(table: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::new(Remedy::Setup, format!("table `{table}`"), error, "run `rapporteur verify` on the workspace")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::{Column, text, text_opt};
    use crate::table::batch;

    struct Narrow(&'static str);
    struct Wide(&'static str);

    impl Table for Narrow {
        const NAME: &'static str = "widths";

        fn columns(rows: &[Self]) -> Vec<Column> {
            vec![text("name", rows, |row| row.0)]
        }
    }

    impl Table for Wide {
        const NAME: &'static str = "widths";

        fn columns(rows: &[Self]) -> Vec<Column> {
            vec![text("name", rows, |row| row.0), text_opt("rule", rows, |row| Some(row.0))]
        }
    }

    #[tokio::test]
    async fn a_table_of_an_earlier_version_gets_the_columns_that_have_come_since() {
        let folder = tempfile::tempdir().unwrap();
        let mut narrow = Store::open::<Narrow>(folder.path()).await.unwrap();
        narrow.append(batch(&[Narrow("old")])).await.unwrap();
        let mut wide = Store::open::<Wide>(folder.path()).await.unwrap();
        wide.append(batch(&[Wide("new")])).await.unwrap();
        let session = crate::query::Session::new(1);
        session.register("widths", &wide).unwrap();
        let sql = "select concat(name, ' ', rule) from widths order by name";
        let rows = session.query(sql, &crate::query::Params::new()).await.unwrap();
        assert_eq!(rows.first_column(), ["new new", "old "]);
    }
}
