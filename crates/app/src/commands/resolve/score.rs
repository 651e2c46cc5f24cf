//! `resolve score`: how well the rules agree with a table of names that people put together. Needs no workspace.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use fact::{Fault, Remedy};
use ledger::{Answer, Value};
use resolve::organisation::{KNOWN, Level, Score, Truth, pair_completeness, score};
use resolve::{Agreement, lower_bound};
use serde_json::{Map, Value as Json, json};

use super::Ended;
use crate::cli::Global;
use crate::identity::{NamesScoreArgs, Taken};
use crate::output::Form;

/// The columns of the table of levels.
const COLUMNS: [&str; 8] =
    ["level", "precision", "recall", "f1", "b_cubed_precision", "b_cubed_recall", "b_cubed_f1", "names"];

pub fn run(global: &Global, args: &NamesScoreArgs) -> Ended {
    let truth = read(&args.truth)?;
    let known = (!args.strings_only).then(|| &*KNOWN);
    let start = Instant::now();
    let score = score(&truth, known, global.as_of);
    let seconds = start.elapsed().as_secs_f64();
    // Outside the clock: it is about the blocks, not about resolving.
    let met = pair_completeness(&truth);
    let out = global.output();
    match out.form {
        Form::Json => out.json(&object(args, &score, seconds, met))?,
        Form::Csv => out.rows(&levels(&score))?,
        Form::Text => {
            out.rows(&levels(&score))?;
            out.print("\n")?;
            out.rows(&rules(&score))?;
            let met = met.map_or("no".into(), |share| format!("{:.1} % of the", share * 100.0));
            let (n, n_doubts) = (truth.len(), score.n_doubts);
            out.say(format_args!(
                "{n} names in {seconds:.2} s; {met} true pairs share a block; {n_doubts} pairs would wait for a person."
            ));
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Truth>, Fault> {
    let bad = |error: &dyn std::fmt::Display| {
        let hint = "give a CSV file with the columns `name` and `cluster_id`";
        Fault::new(Remedy::Ask, path.display().to_string(), error, hint)
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).map_err(|error| bad(&error))?;
    let headers = reader.headers().map_err(|error| bad(&error))?.clone();
    let column =
        |wanted: &str| headers.iter().position(|header| header.trim_start_matches('\u{feff}').trim() == wanted);
    let (Some(name), Some(cluster)) = (column("name"), column("cluster_id")) else {
        return Err(bad(&format!(
            "expected the columns `name` and `cluster_id`, found `{}`",
            headers.iter().collect::<Vec<_>>().join("`, `")
        )));
    };
    let mut truth = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| bad(&error))?;
        let cell = |at: usize| record.get(at).unwrap_or_default().to_string();
        truth.push(Truth { name: cell(name), cluster: cell(cluster) });
    }
    Ok(truth)
}

fn slug(level: Level) -> &'static str {
    match level {
        Level::Organisation => "organisation",
        Level::Family => "family",
        Level::Group => "group",
    }
}

/// Figures of one level, by the name of their column. A figure that cannot be told is null.
fn figures(of: &Agreement) -> Map<String, Json> {
    let figures = json!({
        "precision": of.precision(),
        "recall": of.recall(),
        "f1": of.f1(),
        "b_cubed_precision": of.b_cubed_precision,
        "b_cubed_recall": of.b_cubed_recall,
        "b_cubed_f1": of.b_cubed_f1(),
        "names": of.n_names,
    });
    figures.as_object().cloned().unwrap_or_default()
}

fn object(args: &NamesScoreArgs, score: &Score, seconds: f64, met: Option<f64>) -> Json {
    let wanted = match args.level {
        Taken::Organisation => Level::Organisation,
        Taken::Family => Level::Family,
        Taken::Group => Level::Group,
    };
    // The letters alone know no groups: the family is the nearest.
    let shown = if score.levels.contains_key(&wanted) { wanted } else { Level::Family };
    let mut object = score.levels.get(&shown).map(figures).unwrap_or_default();
    let levels: BTreeMap<&str, Map<String, Json>> =
        score.levels.iter().map(|(level, of)| (slug(*level), figures(of))).collect();
    let rule = |(rule, right): (&String, &resolve::organisation::Right)| {
        let low = lower_bound(right.n_right, right.n);
        (rule.clone(), json!({ "right": right.n_right, "links": right.n, "precision_low": low }))
    };
    object.insert("seconds".into(), json!(seconds));
    object.insert("level".into(), json!(slug(shown)));
    object.insert("strings_only".into(), json!(args.strings_only));
    object.insert("levels".into(), json!(levels));
    object.insert("rules".into(), Json::Object(score.rules.iter().map(rule).collect()));
    object.insert("pair_completeness".into(), json!(met));
    object.insert("doubts".into(), json!(score.n_doubts));
    object.insert("blocks_capped".into(), json!(score.n_capped));
    Json::Object(object)
}

fn levels(score: &Score) -> Answer {
    let real = |figure: Option<f64>| figure.map_or(Value::Null, |figure| Value::Real((figure * 1e4).round() / 1e4));
    let row = |(level, of): (&Level, &Agreement)| {
        let figures = [
            of.precision(),
            of.recall(),
            of.f1(),
            Some(of.b_cubed_precision),
            Some(of.b_cubed_recall),
            Some(of.b_cubed_f1()),
        ];
        let mut row = vec![Value::Text(slug(*level).into())];
        row.extend(figures.map(real));
        row.push(Value::Int(of.n_names.cast_signed() as i64));
        row
    };
    Answer { columns: COLUMNS.map(Into::into).to_vec(), rows: score.levels.iter().map(row).collect() }
}

/// How often each rule was right, with the lower end of its 95 % interval.
fn rules(score: &Score) -> Answer {
    let row = |(rule, right): (&String, &resolve::organisation::Right)| {
        let real = |figure: Option<f64>| figure.map_or(Value::Null, |figure| Value::Real((figure * 1e3).round() / 1e3));
        let share = (right.n > 0).then(|| right.n_right as f64 / right.n as f64);
        let low = lower_bound(right.n_right, right.n);
        vec![
            Value::Text(rule.clone()),
            Value::Int(right.n.cast_signed()),
            Value::Int(right.n_right.cast_signed()),
            real(share),
            real(low),
        ]
    };
    let columns = ["rule", "links", "right", "precision", "at least"].map(Into::into).to_vec();
    Answer { columns, rows: score.rules.iter().map(row).collect() }
}
