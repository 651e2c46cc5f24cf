//! SQL over one consistent view of the ledger: the facts of published snapshots, less what was retracted, as of a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::{ParamValues, ScalarValue};
use datafusion::dataframe::DataFrame;
use datafusion::datasource::MemTable;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::error::DataFusionError;
use datafusion::prelude::{SessionConfig, SessionContext};
use fact::Fault;
use futures::StreamExt as _;

use crate::answer::{Answer, Value};
use crate::store::Store;
use crate::table::{Table, batch};

/// Bound parameters by name: `$body` in SQL is `body` here.
pub type Params = BTreeMap<&'static str, Value>;

/// A reading session: tables at fixed versions, with the views that everyone queries.
#[derive(Clone)]
pub struct Session {
    context: SessionContext,
}

impl Session {
    /// Opens a session without any table, with `n_threads` workers; the caller puts rows into it.
    #[must_use]
    pub fn new(n_threads: usize) -> Self {
        let config = SessionConfig::new()
            .with_target_partitions(n_threads.max(1))
            .with_information_schema(false)
            .set_bool("datafusion.sql_parser.enable_ident_normalization", true);
        Self { context: SessionContext::new_with_config(config) }
    }

    /// Registers the active files of a stored table under `name`.
    pub(crate) fn register(&self, name: &str, store: &Store) -> Result<(), Fault> {
        let files = store.files()?;
        if files.is_empty() {
            return self.register_empty(name, store.schema());
        }
        let locate = |file: &String| ListingTableUrl::parse(file);
        let listing = || -> Result<ListingTable, DataFusionError> {
            let urls = files.iter().map(locate).collect::<Result<Vec<_>, _>>()?;
            let options = ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
            let config = ListingTableConfig::new_with_multi_paths(urls)
                .with_listing_options(options)
                .with_schema(store.schema());
            ListingTable::try_new(config)
        };
        let table = listing().map_err(|error| bug(name, &error))?;
        self.context.register_table(name, Arc::new(table)).map_err(|error| bug(name, &error))?;
        Ok(())
    }

    fn register_empty(&self, name: &str, schema: SchemaRef) -> Result<(), Fault> {
        let table = MemTable::try_new(schema, vec![vec![]]).map_err(|error| bug(name, &error))?;
        self.context.register_table(name, Arc::new(table)).map_err(|error| bug(name, &error))?;
        Ok(())
    }

    /// Makes a table of these rows for the length of the session, in place of one of that name.
    ///
    /// # Errors
    /// When the engine refuses the table, which is a bug.
    pub fn put<T: Table>(&self, rows: &[T]) -> Result<(), Fault> {
        let batch = batch(rows);
        let table = MemTable::try_new(batch.schema(), vec![vec![batch]]).map_err(|error| bug(T::NAME, &error))?;
        let _ = self.context.deregister_table(T::NAME);
        self.context.register_table(T::NAME, Arc::new(table)).map_err(|error| bug(T::NAME, &error))?;
        Ok(())
    }

    /// Runs `sql` once and keeps its rows as the table `name` for the length of the session.
    ///
    /// # Errors
    /// When the SQL is wrong or a stored file cannot be read.
    pub async fn define(&self, name: &str, sql: &str, params: &Params) -> Result<(), Fault> {
        let frame = self.frame(sql, params).await.map_err(|error| bug(name, &error))?;
        let schema = Arc::new(frame.schema().as_arrow().clone());
        let parts = frame.collect_partitioned().await.map_err(|error| bug(name, &error))?;
        let table = MemTable::try_new(schema, parts).map_err(|error| bug(name, &error))?;
        let _ = self.context.deregister_table(name);
        self.context.register_table(name, Arc::new(table)).map_err(|error| bug(name, &error))?;
        Ok(())
    }

    /// Keeps `sql` as the view `name` for the length of the session.
    ///
    /// # Errors
    /// When the SQL is wrong.
    pub async fn view(&self, name: &str, sql: &str, params: &Params) -> Result<(), Fault> {
        let frame = self.frame(sql, params).await.map_err(|error| bug(name, &error))?;
        let _ = self.context.deregister_table(name);
        self.context.register_table(name, frame.into_view()).map_err(|error| bug(name, &error))?;
        Ok(())
    }

    /// Returns all rows of a query.
    ///
    /// # Errors
    /// When the SQL is wrong or a stored file cannot be read.
    pub async fn query(&self, sql: &str, params: &Params) -> Result<Answer, Fault> {
        let mut answer = Answer::default();
        self.query_each(sql, params, |part| {
            answer.append(part);
            Ok(())
        })
        .await?;
        Ok(answer)
    }

    /// Hands the rows of a query to `each` part by part, in the query's order, without holding them all.
    ///
    /// # Errors
    /// When the SQL is wrong, a stored file cannot be read, or `each` fails.
    pub async fn query_each(
        &self,
        sql: &str,
        params: &Params,
        mut each: impl FnMut(Answer) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let bad = |error: DataFusionError| bug("query", &error);
        let frame = self.frame(sql, params).await.map_err(bad)?;
        let header = frame.schema().fields().iter().map(|field| field.name().clone()).collect();
        each(Answer { columns: header, rows: Vec::new() })?;
        let mut stream = frame.execute_stream().await.map_err(bad)?;
        while let Some(part) = stream.next().await {
            each(Answer::from_batch(&part.map_err(bad)?).map_err(bad)?)?;
        }
        Ok(())
    }

    async fn frame(&self, sql: &str, params: &Params) -> Result<DataFrame, DataFusionError> {
        let frame = self.context.sql(sql).await?;
        if params.is_empty() {
            return Ok(frame);
        }
        let values: Vec<(&str, ScalarValue)> = params.iter().map(|(name, value)| (*name, scalar(value))).collect();
        frame.with_param_values(ParamValues::from(values))
    }
}

fn scalar(value: &Value) -> ScalarValue {
    match value {
        Value::Null => ScalarValue::Utf8(None),
        Value::Text(text) => ScalarValue::Utf8(Some(text.clone())),
        Value::Int(number) => ScalarValue::Int64(Some(*number)),
        Value::Real(number) => ScalarValue::Float64(Some(*number)),
        Value::Truth(truth) => ScalarValue::Boolean(Some(*truth)),
    }
}

fn bug(name: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::bug(format!("table `{name}`"), error)
}
