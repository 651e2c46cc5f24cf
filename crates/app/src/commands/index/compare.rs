//! `index compare`: two methods, or two years, and where the differences come from.

use std::collections::BTreeMap;

use indicators::Scope;
use ledger::{Answer, Value};
use measure::composite::{agreement, shapley};
use measure::{Index, Profile};

use super::super::{Ended, first, scope, view};
use crate::cli::{CompareArgs, Global};
use crate::exit::Failure;
use crate::view::View;

/// How many organisations count as the top.
const TOP: u32 = 10;

pub async fn run(global: &Global, args: &CompareArgs) -> Ended {
    let view = view(global).await?;
    let before = scope(&args.list.scope);
    let after = Scope { period: args.to_period.clone().or_else(|| before.period.clone()), ..before.clone() };
    let profile = args.to_profile.unwrap_or(&view.profile);
    let at = |scope: &Scope, profile: &Profile| -> Result<BTreeMap<String, f64>, Failure> {
        let index: Index = view.study(scope, profile)?.index;
        Ok(index.scores.into_iter().map(|score| (score.organisation, score.score)).collect())
    };
    // By which of both changes is made: the data, then the method.
    let figures =
        [at(&before, &view.profile)?, at(&after, &view.profile)?, at(&before, profile)?, at(&after, profile)?];
    let out = global.output();
    let both: Vec<&String> = figures[0].keys().filter(|name| figures.iter().all(|of| of.contains_key(*name))).collect();
    let column = |of: usize| both.iter().map(|name| figures[of][*name]).collect::<Vec<f64>>();
    let agreed = agreement(&column(0), &column(3), TOP);
    out.say(format_args!(
        "{} organisations in both, {} came and {} went: Spearman {:.3}, Kendall {:.3}, mean change of rank {:.1}, largest {}, {:.0}% of the top {TOP} stay.",
        agreed.n,
        figures[3].len() - both.len(),
        figures[0].len() - both.len(),
        agreed.spearman,
        agreed.kendall,
        agreed.mean_rank_change,
        agreed.largest_rank_change,
        100.0 * agreed.top_overlap
    ));
    Ok(out.rows(&first(answer(&view, &both, &figures), &args.list))?)
}

/// Scores do not depend on who else is there; ranks do, and `rank_by_population` is what comers and goers made of the change.
fn answer(view: &View, both: &[&String], figures: &[BTreeMap<String, f64>; 4]) -> Answer {
    let sorted = |scores: Vec<f64>| {
        let mut scores = scores;
        scores.sort_by(|one, other| other.total_cmp(one));
        scores
    };
    let all = [0, 3].map(|at: usize| sorted(figures[at].values().copied().collect()));
    let staying = [0, 3].map(|at: usize| sorted(both.iter().map(|name| figures[at][*name]).collect()));
    let rank = |among: &[f64], score: f64| 1 + among.partition_point(|other| *other > score) as i64;
    let row = |name: &&String| {
        let figure = |made: &[bool]| figures[usize::from(made[0]) + 2 * usize::from(made[1])][*name];
        let parts = shapley(2, figure);
        let scores = [figure(&[false, false]), figure(&[true, true])];
        let ranks = [0, 1].map(|at: usize| rank(&all[at], scores[at]));
        let own = [0, 1].map(|at: usize| rank(&staying[at], scores[at]));
        vec![
            Value::Text((*name).clone()),
            Value::Text(view.name(name).into()),
            Value::Real(scores[0]),
            Value::Real(scores[1]),
            Value::Real(scores[1] - scores[0]),
            Value::Real(parts[0]),
            Value::Real(parts[1]),
            Value::Int(ranks[0]),
            Value::Int(ranks[1]),
            Value::Int((ranks[1] - ranks[0]) - (own[1] - own[0])),
        ]
    };
    let columns = [
        "organisation",
        "name",
        "before",
        "after",
        "change",
        "by_data",
        "by_method",
        "rank_before",
        "rank_after",
        "rank_by_population",
    ];
    let mut rows: Vec<Vec<Value>> = both.iter().map(row).collect();
    rows.sort_by(|one, other| {
        let size = |row: &Vec<Value>| row[4].real().unwrap_or_default().abs();
        size(other).total_cmp(&size(one))
    });
    Answer { columns: columns.map(Into::into).to_vec(), rows }
}
