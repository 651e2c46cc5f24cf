//! `index objectives`: one score for each thing that engagement may be for.

use ledger::{Answer, Value};
use measure::{Layer, ObjectiveScores};

use super::super::{Ended, first, scope, view};
use crate::cli::{Global, ListArgs};

pub async fn run(global: &Global, args: &ListArgs) -> Ended {
    let view = view(global).await?;
    let seen = view.seen(&scope(&args.scope))?;
    let (rows, kinds) = (&seen.observations, &seen.kinds);
    let study = measure::objectives(rows, kinds, &view.profile, seen.last, &seen.circumstances, &Layer::ALL)
        .map_err(|error| fact::Fault::bug("objectives", error))?;
    let out = global.output();
    for objective in &view.profile.objectives {
        out.say(format_args!("{}, share {}: {}", objective.name, objective.share, objective.reason));
    }
    for note in &study.notes {
        out.say(note);
    }
    let mut columns: Vec<String> = ["organisation", "name", "overall", "low", "high"].map(Into::into).to_vec();
    columns.extend(study.objectives.iter().cloned());
    columns.extend(["envelope_low", "envelope_high", "best_defensible"].map(Into::into));
    let row = |scores: &&ObjectiveScores| {
        let figure = |figure: &measure::Figure| [figure.score, figure.low, figure.high].map(Value::Real);
        let mut row =
            vec![Value::Text(scores.organisation.clone()), Value::Text(view.name(&scores.organisation).into())];
        row.extend(figure(&scores.overall));
        row.extend(
            scores.by_objective.iter().map(|one| one.as_ref().map_or(Value::Null, |one| Value::Real(one.score))),
        );
        row.extend([scores.envelope[0], scores.envelope[1], scores.best].map(Value::Real));
        row
    };
    let mut sorted: Vec<&ObjectiveScores> = study.scores.iter().collect();
    sorted.sort_by(|one, other| {
        other.overall.score.total_cmp(&one.overall.score).then(one.organisation.cmp(&other.organisation))
    });
    let rows = sorted.iter().map(row).collect();
    Ok(out.rows(&first(Answer { columns, rows }, args))?)
}
