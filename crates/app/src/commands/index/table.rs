//! `index table`: an index of anybody's own table, in the form of COINr's `iData` and `iMeta`.

use std::path::Path;

use fact::{Fault, Remedy};
use ledger::{Answer, Value};
use measure::composite::{Method, Spread, Study, Variants, addends, built, coverage};

use super::super::Ended;
use crate::cli::{Global, TableArgs};

pub fn run(global: &Global, args: &TableArgs) -> Ended {
    let study =
        Study::from_csv(&text(&args.idata)?, &text(&args.imeta)?).map_err(|error| fault(&args.idata, &error))?;
    let method = Method::from_toml(&text(&args.method)?).map_err(|error| fault(&args.method, &error))?;
    let found = built(&study, &method).map_err(|error| fault(&args.method, &error))?;
    let out = global.output();
    let n_filled = found.filled.len();
    out.say(format_args!(
        "Method {}, {} units, {} indicators; {n_filled} values were filled in, {} indicators treated.",
        method.method,
        found.units().len(),
        found.hierarchy.indicators().len(),
        found.treated.iter().filter(|done| done.is_logarithm || done.n_winsorised != [0, 0]).count()
    ));
    if let Some(unit) = &args.unit {
        let at = found.units().iter().position(|code| code == unit).ok_or_else(|| {
            Fault::new(
                Remedy::Ask,
                unit,
                "expected a unit of the table that is still in",
                "see the rows without `--unit`",
            )
        })?;
        return Ok(out.rows(&parts(&found, &method, at))?);
    }
    let spreads = match &method.alternatives {
        Some(_) => Variants::new(&study, &method).map_err(|error| fault(&args.method, &error))?.replicates().spreads(),
        None => Vec::new(),
    };
    Ok(out.rows(&scores(&found, &spreads))?)
}

fn scores(found: &measure::composite::Built, spreads: &[Spread]) -> Answer {
    let covered = coverage(found);
    let ranks = found.ranks();
    let mut columns: Vec<String> =
        ["unit", "rank", "rank_low", "rank_high", "low", "high", "coverage", "grade"].map(Into::into).to_vec();
    columns.extend(found.levels.iter().rev().flat_map(|level| level.indicators.clone()));
    let real = |value: f64| if value.is_finite() { Value::Real(value) } else { Value::Null };
    let row = |at: usize| {
        let spread = spreads.get(at);
        let of = |of: fn(&Spread) -> f64| spread.map(of).map_or(Value::Null, real);
        let mut row = vec![
            Value::Text(found.units()[at].clone()),
            ranks[at].map_or(Value::Null, |rank| Value::Int(rank.into())),
            of(|spread| spread.rank_interval[0]),
            of(|spread| spread.rank_interval[1]),
            of(|spread| spread.interval[0]),
            of(|spread| spread.interval[1]),
            real(covered[at].share),
            Value::Text(format!("{:?}", covered[at].grade)),
        ];
        row.extend(found.levels.iter().rev().flat_map(|level| &level.columns).map(|column| real(column[at])));
        row
    };
    let mut order: Vec<usize> = (0..found.units().len()).collect();
    order.sort_by_key(|&at| ranks[at].unwrap_or(u32::MAX));
    Answer { columns, rows: order.into_iter().map(row).collect() }
}

fn parts(found: &measure::composite::Built, method: &Method, unit: usize) -> Answer {
    let row = |addend: &measure::composite::Addend| {
        vec![
            Value::Text(addend.indicator.clone()),
            Value::Real(addend.weight),
            Value::Real(addend.value),
            Value::Real(addend.points),
        ]
    };
    let rows = addends(found, method, unit).unwrap_or_default();
    Answer {
        columns: ["indicator", "weight", "value", "points"].map(Into::into).to_vec(),
        rows: rows.iter().map(row).collect(),
    }
}

fn text(path: &Path) -> Result<String, Fault> {
    std::fs::read_to_string(path)
        .map_err(|error| Fault::new(Remedy::Ask, path.display().to_string(), error, "name a file that can be read"))
}

/// The first fault with its place, and how many more there are.
fn fault(path: &Path, error: &measure::Error) -> Fault {
    let first = &error.faults()[0];
    let more = match error.faults().len() - 1 {
        0 => String::new(),
        n => format!(" (and {n} more)"),
    };
    let place = format!("{}, {}", path.display(), first.place);
    Fault::new(Remedy::Ask, place, format!("{}{more}", first.what), &first.hint)
}
