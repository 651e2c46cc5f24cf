//! The laws of review: a candidate counts when it is accepted and not before, and no decision is ever lost.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use std::collections::BTreeMap;
use std::path::Path;

use fact::{Act, Evidence, Fact, Mention, Thing, content_id, fact_id};
use jiff::Timestamp;
use ledger::{Entry, Ledger, Params, Review, SightingRow, SnapshotRow, Value, Verdict, reading_id};

const NOW: i64 = 1_000;

fn moment(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

/// A snapshot of the address `report.txt` in which each fact stands at its own byte.
fn entry(text: &str, version: i64, facts: Vec<Fact>, learnt: i64) -> (Entry, SightingRow) {
    let id = content_id(text.as_bytes());
    let snapshot = SnapshotRow {
        reading: reading_id(&id, Some("test"), version, ""),
        id: id.clone(),
        origin: "report.txt".into(),
        source: "test".into(),
        licence: None,
        adapter: Some("test".into()),
        version,
        about: "a report".into(),
        is_made_up: true,
        n_bytes: 1_000,
        n_units: 1,
        n_facts: 0,
        n_problems: 0,
        learnt: moment(learnt),
    };
    let sighting = SightingRow {
        source: "test".into(),
        address: "report.txt".into(),
        snapshot: id,
        state: text.into(),
        reader: "test".into(),
        learnt: moment(learnt),
    };
    (Entry { snapshot, bytes: text.as_bytes().to_vec(), facts, problems: Vec::new() }, sighting)
}

fn signed(who: &str, at: usize, confidence: f64) -> Fact {
    Fact {
        who: Mention::organisation(who),
        object: Some(Thing::new("agreement", "").titled("Agreement on lamp posts")),
        confidence,
        rule: Some("signed-by".into()),
        ..Fact::new(Act::Signed, Evidence::new(at..at + 10, "paragraph 1", &format!("{who}  signed the agreement.")))
    }
}

async fn add(ledger: &mut Ledger, of: (Entry, SightingRow)) {
    ledger.add(vec![of.0], &[of.1]).await.unwrap();
}

/// A decision on a fact that was read from `text`.
fn review(verdict: Verdict, text: &str, fact: &Fact, second: i64) -> Review {
    let mut was = BTreeMap::new();
    let object = fact.object.clone().unwrap();
    for (column, value) in [
        ("act", fact.act.slug()),
        ("affiliation", fact.who.affiliation.as_deref().unwrap_or_default()),
        ("object_kind", &object.kind),
        ("object_id", &object.id),
        ("object_title", &object.title),
        ("quote", &fact.evidence.quote),
    ] {
        was.insert(column.into(), value.into());
    }
    let snapshot = content_id(text.as_bytes());
    Review {
        fact: fact_id("test", &snapshot, fact),
        source: "test".into(),
        address: "report.txt".into(),
        snapshot,
        was,
        ..Review::new(verdict, "A. Example", moment(second))
    }
}

async fn rows(ledger: &Ledger, sql: &str) -> Vec<String> {
    let session = ledger.session(1, None).await.unwrap();
    session.query(sql, &Params::new()).await.unwrap().first_column()
}

async fn counted(ledger: &Ledger) -> Vec<String> {
    rows(ledger, "select affiliation from fact order by affiliation").await
}

async fn waiting(ledger: &Ledger) -> Vec<String> {
    rows(ledger, "select affiliation from candidate order by affiliation").await
}

async fn opened(folder: &Path) -> Ledger {
    let mut ledger = Ledger::open(folder).await.unwrap();
    let facts = vec![signed("Acme", 0, 0.6), signed("Borealis", 20, 0.8), signed("Cedar", 40, 1.0)];
    add(&mut ledger, entry("one", 1, facts, 0)).await;
    ledger
}

#[tokio::test]
async fn a_candidate_counts_once_it_is_accepted_and_undoing_that_is_exact() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = opened(folder.path()).await;
    let all = "select concat(id, affiliation, confidence, rule, quote) from fact order by id";
    let before = rows(&ledger, all).await;
    assert_eq!(
        (counted(&ledger).await, waiting(&ledger).await),
        (vec!["Borealis".into(), "Cedar".into()], vec!["Acme".into()])
    );
    let accepted = ledger.review(&[review(Verdict::Accept, "one", &signed("Acme", 0, 0.6), NOW)]).unwrap();
    assert_eq!(counted(&ledger).await, ["Acme", "Borealis", "Cedar"]);
    assert_eq!(waiting(&ledger).await, Vec::<String>::new());
    let full = rows(&ledger, "select confidence from fact where affiliation = 'Acme'").await;
    assert_eq!(full, ["1"], "a person vouches for it");
    let undo = Review { decision: accepted[0].id.clone(), ..Review::new(Verdict::Undo, "A. Example", moment(NOW + 1)) };
    ledger.review(&[undo]).unwrap();
    assert_eq!(rows(&ledger, all).await, before);
    assert_eq!(waiting(&ledger).await, ["Acme"]);
    let then = ledger.session(1, Some(moment(NOW))).await.unwrap();
    let then = then.query("select affiliation from fact", &Params::new()).await.unwrap();
    assert_eq!(then.rows.len(), 3, "when it was accepted, it counted");
}

#[tokio::test]
async fn a_decision_outlives_a_better_reading_and_a_later_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = opened(folder.path()).await;
    ledger.review(&[review(Verdict::Accept, "one", &signed("Acme", 0, 0.6), NOW)]).unwrap();
    // Another version of the adapter finds the words at another place of the same bytes.
    let better = vec![signed("Acme", 3, 0.5), signed("Dune", 60, 0.5)];
    add(&mut ledger, entry("one", 2, better.clone(), 60)).await;
    assert_eq!((counted(&ledger).await, waiting(&ledger).await), (vec!["Acme".into()], vec!["Dune".into()]));
    // The address holds other bytes, with the same words further down.
    add(&mut ledger, entry("two", 2, vec![signed("Acme", 500, 0.6), signed("Dune", 600, 0.6)], 120)).await;
    assert_eq!((counted(&ledger).await, waiting(&ledger).await), (vec!["Acme".into()], vec!["Dune".into()]));
    // Other words, or the same in another place of the world, are another statement.
    let reworded =
        Fact { evidence: Evidence::new(0..9, "paragraph 1", "Acme did not sign."), ..signed("Acme", 0, 0.6) };
    add(&mut ledger, entry("three", 2, vec![reworded], 180)).await;
    assert_eq!((counted(&ledger).await, waiting(&ledger).await), (vec![], vec!["Acme".into()]));
    assert_eq!(rows(&ledger, "select review from found").await, Vec::<String>::new(), "it no longer finds its words");
    let mut elsewhere = entry("four", 2, vec![signed("Acme", 0, 0.6)], 240);
    elsewhere.1.address = "other.txt".into();
    add(&mut ledger, elsewhere).await;
    assert_eq!(waiting(&ledger).await, ["Acme", "Acme"]);
    // The first bytes come back, and with them the decision.
    add(&mut ledger, entry("one", 2, better, 300)).await;
    assert_eq!(counted(&ledger).await, ["Acme"]);
}

#[tokio::test]
async fn a_correction_stands_in_place_of_what_was_read_and_a_rejection_hides_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = opened(folder.path()).await;
    let to = |field: &str, value: &str| BTreeMap::from([(field.to_string(), value.to_string())]);
    let read = review(Verdict::Correct, "one", &signed("Acme", 0, 0.6), NOW);
    ledger.review(&[Review { to: to("affiliation", "Acme Ltd"), ..read.clone() }]).unwrap();
    assert_eq!(counted(&ledger).await, ["Acme Ltd", "Borealis", "Cedar"]);
    assert_eq!(rows(&ledger, "select affiliation from fact_all where id in (select fact from judged)").await, ["Acme"]);
    let dated = Review {
        to: BTreeMap::from([("when".into(), "2031-05".into()), ("affiliation".into(), String::new())]),
        ..read
    };
    ledger.review(&[dated]).unwrap();
    let days = "select concat(from_day, ' ', to_day, ' ', precision) from fact where affiliation is null";
    assert_eq!(
        rows(&ledger, days).await,
        ["2031-05-01 2031-05-31 month"],
        "of two at one moment one holds, always the same"
    );
    ledger.review(&[review(Verdict::Reject, "one", &signed("Cedar", 40, 1.0), NOW)]).unwrap();
    assert_eq!(counted(&ledger).await.len(), 2, "what was read plainly can be rejected too");
    assert_eq!(ledger.verify().await.unwrap().n_facts, 3, "nothing was taken away");
}

#[tokio::test]
async fn the_latest_decision_wins_whatever_the_order_of_the_file() {
    let fact = signed("Acme", 0, 0.6);
    let one = review(Verdict::Accept, "one", &fact, NOW);
    let other = review(Verdict::Reject, "one", &fact, NOW + 1);
    let mut seen = Vec::new();
    for order in [[one.clone(), other.clone()], [other.clone(), one.clone()]] {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = opened(folder.path()).await;
        let kept = ledger.review(&order).unwrap();
        assert_eq!(counted(&ledger).await, ["Borealis", "Cedar"]);
        let last = kept.iter().find(|review| review.verdict == Verdict::Reject).unwrap();
        let undo = Review { decision: last.id.clone(), ..Review::new(Verdict::Undo, "A. Example", moment(NOW + 2)) };
        ledger.review(&[undo]).unwrap();
        seen.push(counted(&ledger).await);
    }
    assert_eq!(seen, [["Acme", "Borealis", "Cedar"], ["Acme", "Borealis", "Cedar"]], "the one before holds again");
}

#[tokio::test]
async fn the_threshold_can_be_another() {
    let folder = tempfile::tempdir().unwrap();
    drop(opened(folder.path()).await);
    let ledger = Ledger::open(folder.path()).await.unwrap().accepting(0.5);
    assert_eq!(counted(&ledger).await, ["Acme", "Borealis", "Cedar"]);
    let strict = Ledger::open(folder.path()).await.unwrap().accepting(0.9);
    assert_eq!(waiting(&strict).await, ["Acme", "Borealis"]);
    let session = strict.session(1, None).await.unwrap();
    let params = Params::from([("who", Value::Text("Acme".into()))]);
    let found = session.query("select rule from candidate where affiliation = $who", &params).await.unwrap();
    assert_eq!(found.first_column(), ["signed-by"]);
}
