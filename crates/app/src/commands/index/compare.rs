//! `index compare`: two methods, or two years, and where the differences come from.

use std::collections::BTreeMap;
use std::path::Path;

use fact::{Fault, Remedy};
use indicators::Scope;
use ledger::{Answer, Value};
use measure::composite::{agreement, shapley};
use measure::{Index, Profile};

use super::super::{Ended, scope, view};
use crate::cli::{CompareArgs, Global};
use crate::exit::Failure;
use crate::view::View;

/// How many organisations count as the top.
const TOP: u32 = 10;

pub async fn run(global: &Global, args: &CompareArgs) -> Ended {
    let view = view(global).await?;
    let new = scope(&args.scope);
    let old = Scope { period: args.to_period.clone().or_else(|| new.period.clone()), ..new.clone() };
    let profile = match &args.to_profile {
        Some(path) => read(path)?,
        None => view.profile.clone(),
    };
    let at = |scope: &Scope, profile: &Profile| -> Result<BTreeMap<String, f64>, Failure> {
        let index: Index = view.study(scope, profile)?.index;
        Ok(index.scores.into_iter().map(|score| (score.organisation, score.score)).collect())
    };
    // By which of both changes is made: the data, then the method.
    let figures = [at(&old, &profile)?, at(&new, &profile)?, at(&old, &view.profile)?, at(&new, &view.profile)?];
    let out = global.output();
    let both: Vec<&String> = figures[0].keys().filter(|name| figures.iter().all(|of| of.contains_key(*name))).collect();
    let column = |of: usize| both.iter().map(|name| figures[of][*name]).collect::<Vec<f64>>();
    let agreed = agreement(&column(0), &column(3), TOP);
    out.say(format_args!(
        "{} organisations in both: Spearman {:.3}, Kendall {:.3}, mean change of rank {:.1}, largest {}, {:.0}% of the top {TOP} stay.",
        agreed.n,
        agreed.spearman,
        agreed.kendall,
        agreed.mean_rank_change,
        agreed.largest_rank_change,
        100.0 * agreed.top_overlap
    ));
    Ok(out.rows(&answer(&view, &both, &figures))?)
}

fn answer(view: &View, both: &[&String], figures: &[BTreeMap<String, f64>; 4]) -> Answer {
    let row = |name: &&String| {
        let figure = |made: &[bool]| figures[usize::from(made[0]) + 2 * usize::from(made[1])][*name];
        let parts = shapley(2, figure);
        let (before, after) = (figure(&[false, false]), figure(&[true, true]));
        vec![
            Value::Text((*name).clone()),
            Value::Text(view.name(name).into()),
            Value::Real(before),
            Value::Real(after),
            Value::Real(after - before),
            Value::Real(parts[0]),
            Value::Real(parts[1]),
        ]
    };
    let columns = ["organisation", "name", "before", "after", "change", "by_data", "by_method"];
    let mut rows: Vec<Vec<Value>> = both.iter().map(row).collect();
    rows.sort_by(|one, other| {
        let size = |row: &Vec<Value>| row[4].real().unwrap_or_default().abs();
        size(other).total_cmp(&size(one))
    });
    Answer { columns: columns.map(Into::into).to_vec(), rows }
}

fn read(path: &Path) -> Result<Profile, Fault> {
    let place = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fault::new(Remedy::Ask, &place, error, "name a profile like the shipped `index.toml`"))?;
    Profile::from_toml(&text).map_err(|error| {
        let fault = &error.faults()[0];
        Fault::new(Remedy::Ask, format!("{place}, {}", fault.place), &fault.what, &fault.hint)
    })
}
