//! The golden documents of organisations and of what stands.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use dev::{Case, run_golden, table};
use jiff::Timestamp;
use resolve::organisation::{KNOWN, propose};
use resolve::{Actor, Conflict, Decision, Kind, Likeness, Op, Standing, Stands, Surface, Tables};

#[test]
fn organisations() {
    run_golden(concat!(env!("CARGO_MANIFEST_DIR"), "/golden/organisations.md"), answer);
}

fn answer(case: &Case) -> Vec<(String, String)> {
    let Some(mentions) = case.block("mentions") else { return Vec::new() };
    let surface = |line: &str| {
        let (mention, n) = line.rsplit_once('|').unwrap();
        Surface { name: mention.trim().into(), n: n.trim().parse().unwrap(), ..Surface::default() }
    };
    let surfaces: Vec<Surface> = mentions.lines().map(surface).collect();
    let word = |line: &str| {
        let part: Vec<&str> = line.split('|').map(str::trim).collect();
        let op = if part[1].is_empty() { Op::Reject } else { Op::Link };
        let word = Decision::by_person(Kind::Organisation, op, (part[0], part[1]), "A. Example", Timestamp::UNIX_EPOCH);
        Decision { evidence: vec![part[2].into()], ..word }.sealed()
    };
    let mut log: Vec<Decision> = case.block("decisions").unwrap_or_default().lines().map(word).collect();
    let held = Standing::of(Kind::Organisation, &log);
    let said = propose(&surfaces, &held, &Tables::shipped(), Some(&KNOWN), Timestamp::UNIX_EPOCH);
    log.extend(said.decisions);
    let rows = Standing::of(Kind::Organisation, &log).identities(&surfaces).into_iter();
    let rows: Vec<Vec<String>> = rows
        .map(|row| vec![row.mention, row.entity.unwrap_or_else(|| "(none)".into()), row.name, row.rule, row.reason])
        .collect();
    vec![("identity".into(), table(&["mention", "entity", "name", "rule", "reason"], &rows))]
}

#[test]
fn standing() {
    run_golden(concat!(env!("CARGO_MANIFEST_DIR"), "/golden/standing.md"), stood);
}

/// A log, one decision a line: who, what, subject, object, then `bits=`, `from=`, `to=`; `undo N` takes line N back.
fn log(text: &str) -> Vec<Decision> {
    let mut log: Vec<Decision> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let part: Vec<&str> = line.split('|').map(str::trim).collect();
        let at = Timestamp::from_second(i64::try_from(n).unwrap()).unwrap();
        let (who, what) = (part[0], part[1]);
        let op = what.split(' ').next().unwrap();
        let op: Op = serde_json::from_value(op.into()).unwrap();
        let pair = (part.get(2).copied().unwrap_or_default(), part.get(3).copied().unwrap_or_default());
        let mut decision = match who.strip_prefix("rule ") {
            Some(rule) => Decision::by_rule(Kind::Organisation, op, pair, rule, at),
            None => Decision::by_person(Kind::Organisation, op, pair, who, at),
        };
        if let Some(line) = what.strip_prefix("undo ") {
            decision.supersedes = Some(log[line.parse::<usize>().unwrap() - 1].id.clone());
        }
        for (name, value) in part.iter().skip(2).filter_map(|field| field.split_once('=')) {
            match name {
                "bits" => decision.bits = value.parse().unwrap(),
                "from" => decision.from = Some(value.parse().unwrap()),
                "to" => decision.to = Some(value.parse().unwrap()),
                _ => decision.evidence.push(value.into()),
            }
        }
        log.push(decision.sealed());
    }
    log
}

fn stood(case: &Case) -> Vec<(String, String)> {
    let Some(text) = case.block("decisions") else { return Vec::new() };
    let log = log(text);
    let standing = Standing::of(Kind::Organisation, &log);
    let names: std::collections::BTreeSet<&str> = log
        .iter()
        .flat_map(|one| [one.subject.as_str(), one.object.as_str()])
        .filter(|name| !name.is_empty())
        .collect();
    let surfaces: Vec<Surface> =
        names.into_iter().map(|name| Surface { name: name.into(), n: 1, ..Surface::default() }).collect();
    let rows = standing.identities(&surfaces).into_iter();
    let rows = rows.map(|row| vec![row.mention, row.entity.unwrap_or_else(|| "(none)".into()), row.name, row.rule]);
    let mut answers =
        vec![("identity".into(), table(&["mention", "entity", "name", "rule"], &rows.collect::<Vec<_>>()))];
    let conflict = |why: &str, one: Conflict| vec![why.into(), told(&one.decision), told(&one.by)];
    let blocked = standing.blocked().map(|one| conflict("wall", one));
    let conflicts: Vec<Vec<String>> =
        blocked.chain(standing.contradictions().map(|one| conflict("later word", one))).collect();
    if !conflicts.is_empty() {
        answers.push(("conflicts".into(), table(&["why", "does not count", "because of"], &conflicts)));
    }
    for (info, entities) in case.blocks("group") {
        let day = info.split(' ').nth(1).and_then(|day| day.parse().ok());
        let group = |name: &str| match standing.stands(name) {
            Stands::For(entity) => standing.group_of(&entity.slug, day).to_string(),
            _ => "(none)".into(),
        };
        let names = entities.lines().map(|line| line.split('|').next().unwrap_or_default().trim());
        let rows: Vec<String> = names.map(|name| format!("{name} | {}\n", group(name))).collect();
        answers.push((info.into(), rows.concat()));
    }
    for (info, _) in case.blocks("explain") {
        let (one, other) = info.trim_start_matches("explain ").split_once(" / ").unwrap();
        answers.push((info.into(), explained(&standing, one, other)));
    }
    answers
}

fn told(decision: &Decision) -> String {
    let who = if decision.actor == Actor::Person { &decision.by } else { &decision.rule };
    let op = serde_json::to_value(decision.op).unwrap();
    format!("{who}: {} {} {}", decision.subject, op.as_str().unwrap(), decision.object)
}

fn explained(standing: &Standing, one: &str, other: &str) -> String {
    let why = standing.explain(one, other);
    let verdict = match why.verdict {
        Likeness::OneName => "one name",
        Likeness::Together => "together",
        Likeness::Apart => "apart",
    };
    let mut lines = vec![verdict.to_string()];
    lines.extend(why.because.iter().map(|decision| format!("because {}", told(decision))));
    lines.extend(why.walls.iter().map(|decision| format!("wall {}", told(decision))));
    lines.extend(why.blocked.iter().map(|one| format!("stopped {}", told(&one.decision))));
    lines.extend(why.relations.iter().map(|relation| format!("relation {}", told(&relation.decision))));
    lines.join("\n")
}
