//! Agreements, partnership projects and planned activities as facts. Signed, announced and approved are three acts.

use fact::{Act, Fact, Mention, Party, Thing, When};

use super::{Agreement, Found, Pen, when};

/// Writes what organisations agreed.
pub(super) fn read(pen: &mut Pen<'_>) {
    let answer = pen.answer;
    for agreement in &answer.agreements {
        one(pen, agreement);
    }
    for project in &answer.projects {
        for partner in &project.partners {
            let mut joined = pen.fact(Act::Joined, &project.found);
            joined.who = pen.body(*partner, project.found.span);
            joined.body = Some(project.name.clone());
            (joined.event, joined.when) = (None, project.since.as_deref().map_or(When::UNKNOWN, when));
            pen.push(joined);
        }
    }
    for activity in &answer.activities {
        let mut planned = pen.fact(Act::Announced, &activity.found);
        planned.object = Some(Thing::new("activity", "").titled(&activity.kind));
        planned.status = Some("planned".into());
        planned.when = When::UNKNOWN;
        pen.push(planned);
    }
}

fn one(pen: &mut Pen<'_>, agreement: &Agreement) {
    let Some(found) = agreement.evidence.first() else { return };
    let title = title(pen, agreement, found);
    let day = |date: &Option<String>| date.as_deref().map_or(When::UNKNOWN, when);
    let is_ended = agreement.change.as_deref().is_some_and(|change| change.contains("terminat"));
    let says = |words: &[&str]| {
        let text = pen.words(found.span).to_lowercase();
        words.iter().any(|word| text.contains(word))
    };
    let change = agreement.change.as_deref().unwrap_or_default();
    // A renewal or an end has a date of its own; it was signed where the words say so.
    let is_signed = says(&["signed", "signing", "signature", "entered into", "concluded"])
        && (found.rule == "agreement-signed" || agreement.signed.is_some() || agreement.signed_relative.is_some())
        || change.is_empty() && (agreement.signed.is_some() || agreement.signed_relative.is_some());
    if is_signed && !is_ended {
        // A day that is only relative to the event is the event's, where that is dated.
        let when = if agreement.signed.is_some() { day(&agreement.signed) } else { pen.when };
        acts(pen, agreement, Act::Signed, found, &title, when);
    }
    if agreement.announced.is_some() || !is_signed && change.is_empty() {
        acts(pen, agreement, Act::Announced, found, &title, day(&agreement.announced));
    }
    let changed =
        [("upgrade", Act::Upgraded), ("renew", Act::Renewed), ("exten", Act::Renewed), ("terminat", Act::Ended)];
    if let Some((_, act)) = changed.iter().find(|(word, _)| change.contains(word)) {
        acts(pen, agreement, *act, found, &title, day(&agreement.signed));
    }
    for approval in &agreement.approvals {
        let mut approved = pen.fact(Act::ApprovedAgreement, &approval.found);
        let owner = approval.organisation.map(|n| pen.organisation(n, approval.found.span));
        let name = match owner {
            Some(owner) if !owner.contains(&approval.organ) => format!("{} of {owner}", approval.organ),
            Some(owner) => owner,
            None => approval.organ.clone(),
        };
        approved.who = Mention { party: Party::Body, affiliation: Some(name), ..Mention::default() };
        approved.object = Some(Thing::new("agreement", "").titled(&title));
        approved.when = approval.when.as_deref().map_or(When::UNKNOWN, when);
        approved.event = None;
        pen.push(approved);
    }
    for area in &agreement.areas {
        let mut concluded = pen.fact(Act::Concluded, &area.found);
        concluded.object = Some(Thing::new("area-of-cooperation", "").titled(&area.text));
        concluded.target = Some(Thing::new("agreement", "").titled(&title));
        concluded.when = day(&agreement.signed);
        pen.push(concluded);
    }
}

/// One act by each party.
fn acts(pen: &mut Pen<'_>, agreement: &Agreement, act: Act, found: &Found, title: &str, when: When) {
    for party in &agreement.parties {
        let mut fact: Fact = pen.fact(act, found);
        fact.who = pen.body(*party, found.span);
        fact.object = Some(Thing::new("agreement", "").titled(title));
        fact.target = agreement.predecessor.as_ref().map(|old| Thing::new("agreement", "").titled(old));
        fact.status = agreement.signing_mode.clone();
        fact.when = when;
        pen.push(fact);
    }
}

/// `Memorandum of Understanding between A and B`.
fn title(pen: &Pen<'_>, agreement: &Agreement, found: &Found) -> String {
    let names: Vec<String> = agreement.parties.iter().map(|n| pen.organisation(*n, found.span)).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("{} between {} and {last}", agreement.instrument, rest.join(", "))
        }
        _ => agreement.instrument.clone(),
    }
}
