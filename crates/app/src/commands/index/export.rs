//! `index export`: the index as a table of anybody's own, in the form of COINr's `iData` and `iMeta`, with the method that makes
//! our scores of it.

use std::path::Path;

use fact::{Fault, Remedy};
use measure::composite::{Description, Goalposts, Role, Study, Table};
use measure::{Index, Profile};

use super::super::{Ended, scope, view};
use super::worths;
use crate::cli::{Global, ScopeArgs};
use crate::view::View;

/// What `index table` has to do for the scores to come out again.
const METHOD: &str = r#"method = "as exported"
reason = "Every value is the worth of an indicator between its declared goalposts, 0 to 100, so nothing is left but to weigh."

[[step]]
do = "normalise"
form = "goalposts"
reason = "The goalposts are those of the worth itself."

[[step]]
do = "aggregate"
means = [{ mean = "arithmetic" }]
reason = "A score is the sum of its parts; what is missing leaves its weight to the others of its dimension."
"#;

pub async fn run(global: &Global, args: &ScopeArgs, dir: &Path) -> Ended {
    let view = view(global).await?;
    let index = view.index(&scope(args))?;
    let study = exported(&view, &index);
    let out = global.output();
    std::fs::create_dir_all(dir).map_err(|error| unwritten(dir, error))?;
    for (name, text) in [("iData.csv", study.idata()), ("iMeta.csv", study.imeta()), ("method.toml", METHOD.into())] {
        let path = dir.join(name);
        std::fs::write(&path, text).map_err(|error| unwritten(&path, error))?;
        out.say(format_args!("Wrote {}.", path.display()));
    }
    Ok(())
}

fn unwritten(path: &Path, error: std::io::Error) -> Fault {
    Fault::new(Remedy::Ask, path.display().to_string(), error, "choose a folder that can be written to")
}

fn exported(view: &View, index: &Index) -> Study {
    let worths = worths(index);
    let percent = |column: &Vec<f64>| column.iter().map(|worth| 100.0 * worth).collect();
    Study {
        names: worths.units.iter().map(|unit| view.name(unit).to_string()).collect(),
        times: vec![None; worths.units.len()],
        descriptions: descriptions(&view.profile, &worths),
        table: Table { columns: worths.columns.iter().map(percent).collect(), ..worths },
        denominators: Table::default(),
        groups: Vec::new(),
    }
}

/// The indicators that are observed, the dimensions that have one, and the index over them.
fn descriptions(profile: &Profile, worths: &Table) -> Vec<Description> {
    let mut all = Vec::new();
    for dimension in &profile.dimensions {
        let seen = dimension.indicators.iter().filter(|own| worths.indicators.contains(&own.name));
        let indicators = seen.map(|own| Description {
            level: 1,
            parent: Some(dimension.name.clone()),
            weight: own.weight,
            goalposts: Some(Goalposts { low: 0.0, high: 100.0, scale: 100.0 }),
            unit: "0 to 100".into(),
            ..described(&own.name, Role::Indicator)
        });
        let n_before = all.len();
        all.extend(indicators);
        if all.len() > n_before {
            let (parent, weight) = (Some("index".to_string()), dimension.weight);
            all.push(Description { level: 2, parent, weight, ..described(&dimension.name, Role::Aggregate) });
        }
    }
    all.push(Description { level: 3, weight: 1.0, ..described("index", Role::Aggregate) });
    all
}

fn described(code: &str, role: Role) -> Description {
    Description { code: code.into(), name: code.replace('_', " "), role, direction: 1.0, ..Description::default() }
}
