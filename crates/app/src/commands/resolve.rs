//! `resolve`: who is who. Without more, rules decide on every name that is new, and the decisions are kept; a person's
//! word is one more decision. Nothing is ever edited.

mod explain;
mod log;
mod score;
mod undo;

use std::collections::{BTreeMap, BTreeSet};

use fact::{Fault, Remedy};
use jiff::civil::Date;
use ledger::{Answer, Ledger, Value};
use resolve::{Decision, Key, Op, Stands};
use serde_json::json;

use super::{Ended, as_of, workspace};
use crate::cli::Global;
use crate::exit::Failure;
use crate::identity::{Ground, Names, ResolveArgs, ResolveCommand, doubt_row, keep, whole, word};
use crate::output::Form;
use crate::view::{AsOf, resolved};
use crate::workspace::{Workspace, now};

pub async fn run(global: &Global, args: &ResolveArgs) -> Ended {
    // The one thing that needs no workspace.
    if let Some(ResolveCommand::Score(args)) = &args.what {
        return score::run(global, args);
    }
    let workspace = workspace(global)?;
    let Some(what) = &args.what else { return by_rule(global, &workspace).await };
    let (op, a, b, days, ground) = match what {
        ResolveCommand::Explain { a, b } => return explain::run(global, &workspace, a, b).await,
        ResolveCommand::Log { effect } => return log::run(global, &workspace, *effect).await,
        ResolveCommand::Undo { .. } => return undo::run(global, &workspace, what).await,
        ResolveCommand::Same { a, b, ground } => (Op::SameAs, a, b.as_str(), (None, None), ground),
        ResolveCommand::NotSame { a, b, ground } => (Op::NotSame, a, b.as_str(), (None, None), ground),
        ResolveCommand::PartOf { a, b, from, to, ground } => (Op::PartOf, a, b.as_str(), (*from, *to), ground),
        ResolveCommand::Succeeded { a, b, on, ground } => (Op::SucceededBy, a, b.as_str(), (*on, None), ground),
        ResolveCommand::Acquired { a, b, on, ground } => (Op::AcquiredBy, a, b.as_str(), (*on, None), ground),
        ResolveCommand::Score(args) => return score::run(global, args),
        ResolveCommand::Reject { name, ground } => (Op::Reject, name, "", (None, None), ground),
        ResolveCommand::Hide { name, ground } => (Op::Hide, name, "", (None, None), ground),
    };
    say(global, &workspace, (op, a, b), days, ground).await
}

/// Keeps a person's word.
async fn say(
    global: &Global,
    workspace: &Workspace,
    (op, a, b): (Op, &str, &str),
    (from, to): (Option<Date>, Option<Date>),
    ground: &Ground,
) -> Ended {
    let by = crate::review::reviewer(ground.by.as_deref(), workspace.config.review.name.as_deref())?;
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let what = format!("expected a last day from {from} on, found {to}");
        return Err(Fault::new(Remedy::Ask, "resolve", what, "write the first day after `--from`").into());
    }
    let mut ledger = workspace.ledger().await?;
    let names = names(&ledger, global).await?;
    let out = global.output();
    for name in [a, b].into_iter().filter(|name| !name.is_empty()) {
        if !is_known(&names, name) {
            out.say(format_args!("No fact and no decision names `{name}`; the decision waits until one does."));
        }
    }
    let decision = Decision { from, to, ..word(op, (a, b), by, now(), ground.evidence()) }.sealed();
    keep(&mut ledger, std::slice::from_ref(&decision)).await?;
    let after = self::names(&ledger, global).await?;
    for conflict in after.standing.blocked().chain(after.standing.contradictions()) {
        if conflict.decision.id == decision.id {
            out.say(format_args!("It does not count: {} stands in its way.", told(&conflict.by)));
        } else if conflict.by.id == decision.id {
            out.say(format_args!("No longer counts: {}.", told(&conflict.decision)));
        }
    }
    let back = format!("take it back with `rapporteur resolve undo --yes --id {}`", decision.id);
    out.say(format_args!("Noted: {}; {back}", told(&decision)));
    if out.form == Form::Json {
        out.json(&decision)?;
    }
    Ok(())
}

/// Lets rules decide on every name that is new, and keeps what they say, the pairs in doubt, and the table `identity`.
async fn by_rule(global: &Global, workspace: &Workspace) -> Ended {
    if global.learnt.is_some() {
        let what = "expected all that is known, found a moment with `--learnt`";
        return Err(Fault::new(Remedy::Ask, "resolve", what, "leave `--learnt` out").into());
    }
    let mut ledger = workspace.ledger().await?;
    let out = global.output();
    out.say("Reading names.");
    let names = names(&ledger, global).await?;
    let at = whole(now());
    let new: Vec<Decision> =
        names.proposals.decisions.iter().map(|decision| Decision { at, ..decision.clone() }.sealed()).collect();
    out.say(format_args!("Rules make {} decisions on names that are new.", new.len()));
    keep(&mut ledger, &new).await?;
    let mut doubts = ledger.doubts().await?;
    let held: BTreeSet<(String, String)> = doubts.iter().map(|row| (row.a.clone(), row.b.clone())).collect();
    let is_new = |doubt: &&resolve::Doubt| !held.contains(&(doubt.a.clone(), doubt.b.clone()));
    for doubt in names.proposals.doubts.iter().filter(is_new) {
        doubts.push(doubt_row(doubt)?);
    }
    ledger.derive(&doubts).await?;
    // The table holds organisations, not groups: those are a question of the day.
    let (_, after, identities) = resolved(&ledger, AsOf { is_by_group: false, ..as_of(global) }, &[]).await?;
    ledger.derive(&identities).await?;
    Ok(tell(global, &names, &after, &new)?)
}

fn tell(global: &Global, before: &Names, after: &Names, new: &[Decision]) -> Result<(), Fault> {
    let out = global.output();
    let mut rules: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for decision in after.standing.held() {
        rules.entry(&decision.rule).or_default().0 += 1;
    }
    for decision in new {
        rules.entry(&decision.rule).or_default().1 += 1;
    }
    let decided: BTreeSet<Key> = new.iter().map(|decision| Key::of(&decision.subject)).collect();
    let names: BTreeSet<&str> = before.surfaces.iter().map(|surface| surface.name.as_str()).collect();
    let n_new = names.iter().filter(|name| decided.contains(&Key::of(name))).count();
    for (group, n) in &before.proposals.capped {
        out.say(format_args!(
            "Not compared pair by pair, for there are too many: {n} names that begin with `{group}`."
        ));
    }
    out.say(format_args!(
        "{} organisations; {} pairs of names wait for a person, see `rapporteur review names`",
        after.n_facts.len(),
        after.doubts.len()
    ));
    if out.form == Form::Json {
        let rules: BTreeMap<&str, _> =
            rules.iter().map(|(rule, (held, new))| (*rule, json!({ "held": held, "new": new }))).collect();
        return out.json(&json!({
            "surfaces": names.len(), "new": n_new, "known": names.len() - n_new, "rules": rules,
            "organisations": after.n_facts.len(), "doubts": after.doubts.len(),
            "blocked": after.standing.blocked().count(), "contradictions": after.standing.contradictions().count(),
            "capped": before.proposals.capped,
        }));
    }
    let row = |(rule, (held, new)): (&&str, &(i64, i64))| {
        vec![Value::Text((*rule).into()), Value::Int(*held), Value::Int(*new)]
    };
    let columns = ["rule", "decisions", "new"].map(Into::into).to_vec();
    out.rows(&Answer { columns, rows: rules.iter().map(row).collect() })
}

async fn names(ledger: &Ledger, global: &Global) -> Result<Names, Fault> {
    let session = ledger.session(global.threads, global.learnt).await?;
    Names::of(&session, ledger, as_of(global), &[]).await
}

fn is_known(names: &Names, name: &str) -> bool {
    let key = Key::of(name);
    !matches!(names.standing.stands(name), Stands::Undecided)
        || names.surfaces.iter().any(|surface| Key::of(&surface.name) == key)
}

/// A decision in one line.
fn told(decision: &Decision) -> String {
    let op = crate::identity::slug(decision.op).unwrap_or_default().replace('-', " ");
    let days = match (decision.from, decision.to) {
        (None, None) => String::new(),
        (Some(from), None) => format!(" from {from}"),
        (None, Some(to)) => format!(" until {to}"),
        (Some(from), Some(to)) => format!(" from {from} to {to}"),
    };
    let object = if decision.object.is_empty() { String::new() } else { format!(" `{}`", decision.object) };
    format!("{op} `{}`{object}{days}, by {} on {}", decision.subject, decision.by, decision.at.strftime("%Y-%m-%d"))
}

/// Fails where nobody knows a name.
fn known(names: &Names, name: &str) -> Result<(), Failure> {
    let hint = "see `rapporteur index` for organisations, and `rapporteur who` for their spellings";
    if is_known(names, name) { Ok(()) } else { Err(super::nothing(name, "no fact and no decision names it", hint)) }
}
