//! `facts`: facts with their evidence, one object a line with `--json`.

use ledger::{Answer, Params, Value};
use serde_json::{Map, Value as Json, json};

use super::{Ended, as_of, nothing, workspace};
use crate::cli::{FactsArgs, Global};
use crate::output::Form;
use crate::view::resolved;

pub async fn run(global: &Global, args: &FactsArgs) -> Ended {
    let workspace = workspace(global)?;
    let ledger = workspace.ledger().await?;
    let (session, ..) = resolved(&ledger, as_of(global), &[]).await?;
    indicators::view_acts(&session).await?;
    let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::Text);
    let params = Params::from([
        ("act", text(&args.act)),
        ("organisation", text(&args.organisation)),
        ("body", text(&args.body)),
        ("document", text(&args.document)),
        ("as_of", global.as_of.map_or(Value::Null, |day| Value::Text(day.to_string()))),
        ("limit", Value::Int(args.limit.unwrap_or(i64::MAX))),
    ]);
    let out = global.output();
    let mut n = 0;
    if args.candidates {
        crate::review::view_shown(&session).await?;
    }
    let sql = if args.candidates { include_str!("../sql/candidates.sql") } else { include_str!("../sql/facts.sql") };
    if out.form == Form::Json {
        session
            .query_each(sql, &params, |part| {
                n += part.rows.len();
                out.print(&lines(&part))
            })
            .await?;
    } else {
        let answer = session.query(sql, &params).await?;
        n = answer.rows.len();
        out.rows(&answer)?;
    }
    if n == 0 {
        return Err(nothing(
            "facts",
            "no fact fits",
            "leave out a condition, or see `rapporteur sources` for what is held",
        ));
    }
    Ok(())
}

/// One object a line: the stable form of a fact for other programs.
fn lines(part: &Answer) -> String {
    let mut text = String::new();
    for row in &part.rows {
        let cell: Map<String, Json> = part.columns.iter().cloned().zip(row.iter().map(|value| json!(value))).collect();
        let get = |name: &str| cell.get(name).cloned().unwrap_or(Json::Null);
        let thing = |kind: &str, id: &str, title: &str| {
            if get(kind).is_null() {
                return Json::Null;
            }
            json!({ "kind": get(kind), "id": get(id), "title": get(title) })
        };
        let mut object = json!({
            "id": get("id"), "act": get("act"), "party": get("party"), "name": get("name"),
            "affiliation": get("affiliation"), "organisation": get("organisation"), "country": get("country"),
            "role": get("role"), "object": thing("object_kind", "object_id", "object_title"),
            "target": thing("target_kind", "target_id", ""), "body": get("body"), "event": get("event"),
            "from": get("from"), "to": get("to"), "precision": get("precision"), "amount": get("amount"),
            "unit": get("unit"), "status": get("status"), "mode": get("mode"), "confidence": get("confidence"),
            "rule": get("rule"),
            "evidence": {
                "snapshot": get("snapshot"), "source": get("source"), "place": get("place"),
                "start": get("start_byte"), "end": get("end_byte"), "quote": get("quote"),
            },
        });
        if cell.contains_key("state") {
            object["review"] = json!({ "state": get("state"), "reason": get("reason"), "reviewer": get("reviewer") });
        }
        text.push_str(&object.to_string());
        text.push('\n');
    }
    text
}
