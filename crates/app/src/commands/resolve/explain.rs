//! `resolve explain`: why two names stand for one organisation, or do not.

use fact::Fault;
use ledger::{Answer, Value};
use resolve::{Decision, Likeness, Stands};
use serde_json::{Value as Json, json};

use super::{known, names, told};
use crate::cli::Global;
use crate::commands::Ended;
use crate::identity::Names;
use crate::output::Form;
use crate::workspace::Workspace;

pub async fn run(global: &Global, workspace: &Workspace, a: &str, b: &str) -> Ended {
    let names = names(&workspace.ledger().await?, global).await?;
    known(&names, a)?;
    known(&names, b)?;
    let why = names.standing.explain(a, b);
    let out = global.output();
    let doubt = names.doubts.iter().find(|doubt| is_about(&names, doubt, a, b));
    if out.form == Form::Json {
        return Ok(out.json(&json!({
            "a": stands(a, why.one), "b": stands(b, why.other),
            "verdict": match why.verdict {
                Likeness::OneName => "one-name",
                Likeness::Together => "together",
                Likeness::Apart => "apart",
            },
            "because": why.because, "walls": why.walls,
            "blocked": why.blocked.iter().map(|one| json!({ "decision": one.decision, "by": one.by })).collect::<Vec<_>>(),
            "relations": why.relations.iter().map(|one| &one.decision).collect::<Vec<_>>(),
            "doubt": doubt.map(|doubt| json!({ "bits": doubt.bits, "probability": doubt.probability(), "contributions": doubt.contributions })),
        }))?);
    }
    out.say(match why.verdict {
        Likeness::OneName => format!("`{a}` and `{b}` are one name: case, accents and legal form do not count."),
        Likeness::Together => format!("`{a}` and `{b}` stand for one organisation, {}.", called(why.one)),
        Likeness::Apart => format!("`{a}` stands for {}, `{b}` for {}.", called(why.one), called(why.other)),
    });
    let mut rows = Vec::new();
    let mut add = |part: &str, decision: &Decision| rows.extend(lines(part, decision));
    why.because.iter().for_each(|decision| add("joined by", decision));
    why.walls.iter().for_each(|decision| add("parted by", decision));
    why.blocked.iter().for_each(|one| add("does not count", &one.decision));
    why.relations.iter().for_each(|one| add("related by", &one.decision));
    for part in doubt.iter().flat_map(|doubt| &doubt.contributions) {
        rows.push(line("in doubt", "", &part.feature, &part.found, Some(part.bits)));
    }
    if rows.is_empty() && why.verdict == Likeness::Apart {
        out.say("No decision and no doubt joins or parts them.");
    }
    let columns = ["part", "decision", "feature", "found", "bits"].map(Into::into).to_vec();
    Ok(out.rows(&Answer { columns, rows })?)
}

fn is_about(names: &Names, doubt: &resolve::Doubt, a: &str, b: &str) -> bool {
    let entity = |name: &str| names.standing.identity(name).entity;
    let pair = [entity(&doubt.a), entity(&doubt.b)];
    pair == [entity(a), entity(b)] || pair == [entity(b), entity(a)]
}

fn called(stands: Stands<'_>) -> String {
    match stands {
        Stands::For(entity) => format!("{} (`{}`)", entity.name, entity.slug),
        Stands::ForNobody(_) => "no organisation".into(),
        Stands::Undecided => "itself".into(),
    }
}

fn stands(name: &str, stands: Stands<'_>) -> Json {
    let entity = if let Stands::For(entity) = stands { Some(&entity.slug) } else { None };
    json!({ "name": name, "entity": entity, "called": called(stands) })
}

/// A decision, one line for each contribution, or for each piece of evidence where nothing was weighed.
fn lines(part: &str, decision: &Decision) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for one in &decision.contributions {
        rows.push(line(part, &told(decision), &one.feature, &one.found, Some(one.bits)));
    }
    for ground in &decision.evidence {
        rows.push(line(part, &told(decision), &decision.rule, ground, None));
    }
    if rows.is_empty() {
        rows.push(line(part, &told(decision), &decision.rule, "", None));
    }
    rows
}

fn line(part: &str, decision: &str, feature: &str, found: &str, bits: Option<f64>) -> Vec<Value> {
    let text = |text: &str| if text.is_empty() { Value::Null } else { Value::Text(text.into()) };
    vec![text(part), text(decision), text(feature), text(found), bits.map_or(Value::Null, Value::Real)]
}

/// A list of decisions as rows.
///
/// # Errors
/// Never; anything else is a bug.
pub fn table<'a>(decisions: impl Iterator<Item = &'a Decision>) -> Result<Answer, Fault> {
    let columns = ["decision", "decided", "decider", "op", "subject", "object", "rule", "bits"];
    let row = |one: &Decision| -> Result<Vec<Value>, Fault> {
        Ok(vec![
            Value::Text(one.id.clone()),
            Value::Text(one.at.to_string()),
            Value::Text(one.by.clone()),
            Value::Text(crate::identity::slug(one.op)?),
            Value::Text(one.subject.clone()),
            Value::Text(one.object.clone()),
            Value::Text(one.rule.clone()),
            Value::Real(one.bits),
        ])
    };
    Ok(Answer { columns: columns.map(Into::into).to_vec(), rows: decisions.map(row).collect::<Result<_, _>>()? })
}
