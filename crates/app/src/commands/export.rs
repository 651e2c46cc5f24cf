//! `export`: every table as files, with a README on what they are and how to cite them.

use std::io::Write as _;
use std::path::Path;

use fact::{Fault, Remedy};
use ledger::{Answer, Params};

use super::{Ended, view};
use crate::cli::{ExportFormat, Global};
use crate::output::{csv, objects};
use crate::workspace::now;

const TABLES: &[(&str, &str)] = &[
    ("snapshot", "select * from snapshot order by origin, id"),
    ("fact", "select * from fact order by snapshot, start_byte, id"),
    ("problem", "select * from problem order by snapshot, start_byte, kind"),
    ("identity", include_str!("../sql/export_identity.sql")),
    ("observation", "select * from observation order by indicator, organisation, body, period, meeting, item, fact"),
    ("indicator", "select * from indicator order by indicator, body, period, organisation"),
    ("index", "select * from \"index\" order by body, period, rank, organisation"),
];

pub async fn run(global: &Global, dir: &Path, format: ExportFormat) -> Ended {
    let view = view(global).await?;
    view.session.put(&view.indicator_rows()?)?;
    view.session.put(&view.index_rows()?)?;
    std::fs::create_dir_all(dir).map_err(|error| unwritable(dir, &error))?;
    let mut readme = format!(
        "# Export of a Rapporteur workspace\n\nLedger version {}, method {}, made {} with Rapporteur {}.\n\
         Cite: workspace, ledger version, method version, date. Names of persons stand in `fact` as their sources print\n\
         them: check that you may pass them on. An empty cell is \"not known\", never zero.\n\n",
        view.version,
        view.profile.method,
        now(),
        env!("CARGO_PKG_VERSION")
    );
    for (name, sql) in TABLES {
        let path = dir.join(match format {
            ExportFormat::Csv => format!("{name}.csv"),
            ExportFormat::Jsonl => format!("{name}.jsonl"),
        });
        let mut file = std::fs::File::create(&path).map_err(|error| unwritable(&path, &error))?;
        let mut n = 0;
        view.session
            .query_each(sql, &Params::new(), |part| {
                let is_first = part.rows.is_empty();
                n += part.rows.len();
                let text = text(&part, format, is_first)?;
                file.write_all(text.as_bytes()).map_err(|error| unwritable(&path, &error))
            })
            .await?;
        readme.push_str(&format!("- `{name}`: {n} rows\n"));
    }
    let path = dir.join("README.md");
    std::fs::write(&path, readme).map_err(|error| unwritable(&path, &error))?;
    global.output().say(format_args!("Wrote {} tables to {}", TABLES.len(), dir.display()));
    Ok(())
}

/// The header comes with the first, empty part of a query.
fn text(part: &Answer, format: ExportFormat, is_first: bool) -> Result<String, Fault> {
    match format {
        ExportFormat::Csv => {
            let text = csv(part)?;
            let header = text.find('\n').map_or(0, |end| end + 1);
            Ok(if is_first { text } else { text[header..].to_string() })
        }
        ExportFormat::Jsonl => Ok(objects(part).into_iter().fold(String::new(), |mut text, object| {
            text.push_str(&serde_json::Value::Object(object).to_string());
            text.push('\n');
            text
        })),
    }
}

fn unwritable(path: &Path, error: &dyn std::fmt::Display) -> Fault {
    Fault::new(Remedy::Setup, path.display().to_string(), error, "choose a folder that you may write to")
}
