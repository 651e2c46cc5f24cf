//! Laws of the fold: taking back is exact, order is nothing, walls are never crossed.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use jiff::Timestamp;
use proptest::prelude::*;
use resolve::{Actor, Decision, Entity, Identity, Kind, Op, Standing, Stands, Surface, Which, undo};

const NAMES: [&str; 8] = ["Acme", "ACME Ltd", "Borealis", "Borealis Labs", "Cedar", "Dune", "Elm & Co", "Elm, Co"];
const OPS: [Op; 8] =
    [Op::Link, Op::SameAs, Op::NotSame, Op::Reject, Op::PartOf, Op::AcquiredBy, Op::SucceededBy, Op::Hide];

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// What can be read off a log: every row that is derived from it.
fn rows(log: &[Decision]) -> (Vec<Identity>, Vec<Entity>, Vec<String>) {
    let standing = Standing::of(Kind::Organisation, log);
    let surfaces = NAMES.map(|name| Surface { name: name.into(), n: 1, ..Surface::default() });
    let relation = |one: &resolve::Relation| format!("{} {:?} {}", one.subject, one.op, one.object);
    let relations = standing.relations().iter().map(relation).collect();
    (standing.identities(&surfaces), standing.entities().to_vec(), relations)
}

/// One decision from small numbers; `undone` is the place of an earlier one that it takes back instead.
type Seed = (usize, usize, usize, usize, i64, Option<usize>);

fn seeds() -> impl Strategy<Value = Vec<Seed>> {
    let seed =
        (0..OPS.len(), 0..NAMES.len(), 0..NAMES.len(), 0usize..4, 0i64..6, proptest::option::weighted(0.2, 0usize..40));
    proptest::collection::vec(seed, 0..30)
}

/// A log whose times only grow, several decisions at one time.
fn log(seeds: &[Seed]) -> Vec<Decision> {
    let mut log: Vec<Decision> = Vec::new();
    for (n, &(op, one, other, who, bits, undone)) in seeds.iter().enumerate() {
        let time = at(i64::try_from(n / 3).unwrap());
        let pair = (NAMES[one], NAMES[other]);
        let mut decision = match who {
            0 | 1 => Decision::by_rule(Kind::Organisation, OPS[op], pair, ["key", "brand"][who], time),
            _ => Decision::by_person(Kind::Organisation, OPS[op], pair, ["A. Example", "B. Sample"][who - 2], time),
        };
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        if decision.actor == Actor::Rule {
            decision.bits = bits as f64;
        }
        if let Some(target) = undone.and_then(|target| log.get(target)) {
            let undo = Decision::by_person(Kind::Organisation, Op::Undo, ("", ""), "A. Example", time);
            decision = Decision { supersedes: Some(target.id.clone()), ..undo };
        }
        log.push(decision.sealed());
    }
    log
}

fn taking_back(decision: &Decision, second: i64) -> Decision {
    let undo = Decision::by_person(Kind::Organisation, Op::Undo, ("", ""), "C. Case", at(second));
    Decision { supersedes: Some(decision.id.clone()), ..undo }.sealed()
}

proptest! {
    #[test]
    fn a_decision_that_is_taken_back_never_was(seeds in seeds(), new in seeds()) {
        let before = log(&seeds);
        let mut after = before.clone();
        for decision in log(&new) {
            let later = Decision { at: at(100), by: "C. Case".into(), ..decision }.sealed();
            after.push(taking_back(&later, 101));
            after.push(later);
        }
        prop_assert_eq!(rows(&after), rows(&before));
    }

    #[test]
    fn taking_a_taking_back_back_reinstates(seeds in seeds()) {
        let before = log(&seeds);
        let mut after = before.clone();
        for decision in &before {
            let first = taking_back(decision, 100);
            after.push(taking_back(&first, 101));
            after.push(first);
        }
        prop_assert_eq!(rows(&after), rows(&before));
    }

    #[test]
    fn the_order_of_the_log_changes_nothing(seeds in seeds(), turn in 0usize..40) {
        let log = log(&seeds);
        let mut turned = log.clone();
        turned.reverse();
        turned.rotate_left(turn % log.len().max(1));
        turned.extend(log.iter().take(3).cloned());
        prop_assert_eq!(rows(&turned), rows(&log));
    }

    #[test]
    fn no_wall_is_crossed(seeds in seeds()) {
        let standing = Standing::of(Kind::Organisation, &log(&seeds));
        let overruled: Vec<String> = standing.contradictions().map(|conflict| conflict.decision.id).collect();
        let walls = standing.held().iter().filter(|one| one.op == Op::NotSame && one.actor == Actor::Person);
        for wall in walls.filter(|wall| !overruled.contains(&wall.id)) {
            if let (Stands::For(one), Stands::For(other)) = (standing.stands(&wall.subject), standing.stands(&wall.object)) {
                prop_assert_ne!(&one.slug, &other.slug, "{:?}", wall);
            }
        }
    }

    #[test]
    fn a_batch_is_taken_back_as_each_of_its_decisions(seeds in seeds()) {
        let log = log(&seeds);
        let batch = undo(&log, &Which::Rule("brand".into()), "C. Case", at(100));
        let mut each = log.clone();
        for decision in log.iter().filter(|decision| decision.rule == "brand") {
            each.extend(undo(&each, &Which::Id(decision.id.clone()), "C. Case", at(100)));
        }
        prop_assert_eq!(rows(&[log, batch].concat()), rows(&each));
    }

    #[test]
    fn all_since_a_moment_can_be_taken_back(seeds in seeds(), since in 0i64..12) {
        let log = log(&seeds);
        let new = undo(&log, &Which::Since(at(since)), "C. Case", at(100));
        let before: Vec<Decision> = log.iter().filter(|decision| decision.at < at(since)).cloned().collect();
        prop_assert_eq!(rows(&[log, new].concat()), rows(&before));
    }

    #[test]
    fn every_name_is_in_one_entity_and_every_slug_is_used_once(seeds in seeds()) {
        let standing = Standing::of(Kind::Organisation, &log(&seeds));
        let slugs: std::collections::BTreeSet<&str> = standing.entities().iter().map(|one| one.slug.as_str()).collect();
        prop_assert_eq!(slugs.len(), standing.entities().len());
        for entity in standing.entities() {
            for member in &entity.members {
                prop_assert_eq!(standing.stands(member), Stands::For(entity));
            }
            let group = standing.group_of(&entity.slug, None);
            prop_assert_eq!(standing.group_of(group, None), group, "the group of a group is itself");
        }
    }

    #[test]
    fn an_explanation_tells_what_the_tables_tell(seeds in seeds(), one in 0..NAMES.len(), other in 0..NAMES.len()) {
        let standing = Standing::of(Kind::Organisation, &log(&seeds));
        let (one, other) = (NAMES[one], NAMES[other]);
        let told = standing.explain(one, other);
        let (row, twin) = (standing.identity(one), standing.identity(other));
        match told.verdict {
            resolve::Likeness::Apart => prop_assert!(row.entity.is_none() || row.entity != twin.entity),
            _ => prop_assert_eq!(row.entity, twin.entity),
        }
        prop_assert_eq!(told.because.is_empty(), told.verdict != resolve::Likeness::Together);
    }
}
