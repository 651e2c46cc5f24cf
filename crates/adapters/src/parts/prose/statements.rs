//! Conclusions, tasks, quantities and citations as facts.

use fact::{Act, Amount, Mention, Party, Thing, When};
use prose::Conclusion;

use super::{Pen, when};

/// Writes what the document states.
pub(super) fn read(pen: &mut Pen<'_>) {
    conclusions(pen);
    actions(pen);
    quantities(pen);
    citations(pen);
}

fn conclusions(pen: &mut Pen<'_>) {
    let answer = pen.answer;
    for one in &answer.conclusions {
        let mut fact = pen.fact(act_of(one), &one.found);
        fact.object = Some(Thing::new("conclusion", "").titled(&pen.words(one.found.span)));
        fact.status = Some(one.kind.into());
        if let Some(who) = one.by.first() {
            fact.who = pen.party(who, one.found.span);
        }
        // A decision that a document tells of was taken when it says, not on the day of its event.
        match &one.date {
            Some(date) => fact.when = when(date),
            None if fact.act == Act::Decided => fact.when = When::UNKNOWN,
            None => {}
        }
        pen.push(fact);
    }
}

fn act_of(one: &Conclusion) -> Act {
    match one.kind {
        "decision" | "editorial decision" => Act::Decided,
        "recommendation" | "statement" => Act::Proposed,
        "open issue" => Act::Raised,
        _ => Act::Concluded,
    }
}

fn actions(pen: &mut Pen<'_>) {
    let answer = pen.answer;
    // What a draft would lay on somebody is only proposed.
    let is_draft = answer.kind.contains("draft");
    for one in &answer.actions {
        let mut fact = pen.fact(if is_draft { Act::Proposed } else { Act::Assigned }, &one.found);
        fact.object = Some(Thing::new("action", "").titled(&pen.words(one.found.span)));
        fact.status = one.instrument.clone().or_else(|| one.due.clone());
        fact.status = if is_draft { Some("draft".into()) } else { fact.status };
        fact.when = When::UNKNOWN;
        let owners: Vec<Mention> = one.owners.iter().map(|who| pen.party(who, one.found.span)).collect();
        if owners.is_empty() {
            pen.push(fact.clone());
        }
        for who in owners {
            fact.who = who;
            pen.push(fact.clone());
        }
    }
}

/// A quantity that is no plain number (`2-3`) has no amount, and stands in the words alone.
fn quantities(pen: &mut Pen<'_>) {
    let answer = pen.answer;
    for one in &answer.metrics {
        let mut fact = pen.fact(Act::Stated, &one.found);
        fact.object = Some(Thing::new("quantity", "").titled(&one.subject));
        fact.amount = one.value.parse().ok().map(|value| Amount { value, unit: one.unit.clone() });
        fact.status = Some(one.operator.to_string());
        if let Some(date) = &one.as_of {
            fact.when = when(date);
        }
        pen.push(fact);
    }
}

fn citations(pen: &mut Pen<'_>) {
    let answer = pen.answer;
    for found in &answer.references {
        let mut fact = pen.fact(Act::Cited, found);
        fact.who = Mention { party: Party::Unknown, ..Mention::default() };
        fact.target = Some(Thing::new("document", &pen.words(found.span)));
        (fact.event, fact.when) = (None, When::UNKNOWN);
        pen.push(fact);
    }
}
