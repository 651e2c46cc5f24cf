//! `who`: who an organisation or a person is, and every claim that says so. Why does it say that I work there?

use fact::Fault;
use ledger::{Answer, Session, Value};
use resolve::Stands;
use serde_json::json;

use super::{Ended, as_of, nothing, workspace};
use crate::cli::Global;
use crate::identity::{Names, PersonFound, Who, persons, slug};
use crate::output::{Form, Output, objects};
use crate::view::resolved;

pub async fn run(global: &Global, name: &str) -> Ended {
    let ledger = workspace(global)?.ledger().await?;
    let (session, names, _) = resolved(&ledger, as_of(global), &[]).await?;
    indicators::view_acts(&session).await?;
    let out = global.output();
    if let Some(who) = organisation(&session, &names, name).await? {
        return Ok(tell(out, &who)?);
    }
    let PersonFound { affiliations, claims, decisions } = persons(&session, &names, name).await?;
    if affiliations.rows.is_empty() {
        let hint = "see `rapporteur index` for organisations, and `rapporteur facts` for names as sources write them";
        return Err(nothing(name, "no fact names it", hint));
    }
    match out.form {
        Form::Json => out.json(&json!({
            "kind": "person", "name": name, "affiliations": objects(&affiliations), "claims": objects(&claims),
            "decisions": decisions,
        }))?,
        Form::Csv => out.rows(&claims)?,
        Form::Text => {
            out.say(format_args!(
                "{name}, a person: for whom they acted, as sources say, and every place that says so."
            ));
            out.rows(&affiliations)?;
            for decision in &decisions {
                let (one, other, rule) = (&decision.subject, &decision.object, &decision.rule);
                out.say(format_args!("{one} is {other}: {rule}, {:.1} bits.", decision.bits));
            }
            out.print("\n")?;
            out.rows(&claims)?;
        }
    }
    Ok(())
}

/// Who the name stands for, where it is that of an organisation: as written, or as it stands in addresses.
async fn organisation(session: &Session, names: &Names, name: &str) -> Result<Option<Who>, Fault> {
    let slug = match names.standing.stands(name) {
        Stands::For(entity) => entity.slug.clone(),
        _ => resolve::slug(resolve::Key::of(name).as_str()),
    };
    match Who::of(session, names, &slug).await? {
        None => Who::of(session, names, &resolve::slug(name)).await,
        found => Ok(found),
    }
}

fn tell(out: Output, who: &Who) -> Result<(), Fault> {
    let relations = relations(who)?;
    match out.form {
        Form::Json => out.json(&json!({
            "kind": "organisation", "entity": who.slug, "name": who.name, "hidden": who.is_hidden,
            "spellings": objects(&who.spellings), "relations": objects(&relations), "claims": objects(&who.claims),
            "decisions": who.decisions,
        })),
        Form::Csv => out.rows(&who.claims),
        Form::Text => {
            out.say(format_args!("{} (`{}`), an organisation: its names as written.", who.name, who.slug));
            out.rows(&who.spellings)?;
            if !relations.rows.is_empty() {
                out.say("What it belongs to, became or bought, and what to it.");
                out.rows(&relations)?;
            }
            out.say(format_args!("{} claims, each with its source.", who.claims.rows.len()));
            out.rows(&who.claims)
        }
    }
}

fn relations(who: &Who) -> Result<Answer, Fault> {
    let day = |day: Option<jiff::civil::Date>| day.map_or(Value::Null, |day| Value::Text(day.to_string()));
    let row = |relation: &resolve::Relation| -> Result<Vec<Value>, Fault> {
        Ok(vec![
            Value::Text(relation.subject.clone()),
            Value::Text(slug(relation.op)?),
            Value::Text(relation.object.clone()),
            day(relation.from),
            day(relation.to),
            Value::Text(relation.decision.evidence.join("; ")),
        ])
    };
    let columns = ["subject", "relation", "object", "from_day", "to_day", "ground"].map(Into::into).to_vec();
    Ok(Answer { columns, rows: who.relations.iter().map(row).collect::<Result<_, _>>()? })
}
