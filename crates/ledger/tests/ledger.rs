//! The laws of the ledger: it only grows, adding again changes nothing, corrections hide, and both times can be asked.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]
#![allow(clippy::disallowed_methods, reason = "these tests look at the ledger's files")]

use std::path::Path;

use fact::{Act, Evidence, Fact, Mention, Problem, Thing, content_id, fact_id};
use jiff::Timestamp;
use ledger::{DecisionRow, Entry, IdentityRow, Ledger, Params, SightingRow, SnapshotRow, Value, carried, reading_id};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

fn moment(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn entry(text: &str, facts: Vec<Fact>, learnt: i64) -> Entry {
    let problem = Problem {
        kind: "test",
        evidence: Evidence::new(0..1, "line 1", "x"),
        what: "expected y, found x".into(),
        hint: "write y".into(),
    };
    Entry {
        snapshot: SnapshotRow {
            id: content_id(text.as_bytes()),
            reading: reading_id(&content_id(text.as_bytes()), Some("test"), 1, ""),
            origin: format!("{text}.txt"),
            source: "test".into(),
            licence: None,
            adapter: Some("test".into()),
            version: 1,
            about: "a test".into(),
            is_made_up: true,
            n_bytes: i64::try_from(text.len()).unwrap(),
            n_units: 1,
            n_facts: 0,
            n_problems: 0,
            learnt: moment(learnt),
        },
        bytes: text.as_bytes().to_vec(),
        facts,
        problems: vec![problem],
    }
}

fn submitted(by: &str) -> Fact {
    Fact {
        who: Mention::organisation(by),
        object: Some(Thing::new("document", "D1")),
        ..Fact::new(Act::Submitted, Evidence::new(0..1, "line 1", by))
    }
}

async fn affiliations(ledger: &Ledger, learnt: Option<Timestamp>) -> Vec<String> {
    let session = ledger.session(1, learnt).await.unwrap();
    let sql = "select affiliation from fact where act = 'submitted' order by affiliation";
    session.query(sql, &Params::new()).await.unwrap().first_column()
}

fn sighting(text: &str, learnt: i64) -> SightingRow {
    SightingRow {
        source: "test".into(),
        address: "list.txt".into(),
        snapshot: content_id(text.as_bytes()),
        state: "1 byte".into(),
        reader: "test 1".into(),
        learnt: moment(learnt),
    }
}

#[tokio::test]
async fn a_corrected_source_takes_the_place_of_its_predecessor_and_may_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(folder.path()).await.unwrap();
    ledger.add(vec![entry("a", vec![submitted("Acme")], 0)], &[sighting("a", 0)]).await.unwrap();
    ledger.add(vec![entry("b", vec![submitted("Borealis")], 60)], &[sighting("b", 60)]).await.unwrap();
    assert_eq!(affiliations(&ledger, None).await, ["Borealis"], "the address holds other bytes now");
    assert_eq!(affiliations(&ledger, Some(moment(30))).await, ["Acme"], "then it was so");
    let again = ledger.add(vec![entry("a", vec![submitted("Acme")], 90)], &[sighting("a", 90)]).await.unwrap();
    assert_eq!((again.n_known, again.n_snapshots), (1, 0));
    assert_eq!(affiliations(&ledger, None).await, ["Acme"]);
    let elsewhere = SightingRow { address: "copy.txt".into(), ..sighting("b", 120) };
    ledger.add(vec![], &[elsewhere]).await.unwrap();
    assert_eq!(affiliations(&ledger, None).await, ["Acme", "Borealis"], "one address of a source is enough");
    let sighted = ledger.sighted("test").await.unwrap();
    assert_eq!(sighted["list.txt"].snapshot, content_id(b"a"));
    assert_eq!((sighted["list.txt"].n_facts, sighted["list.txt"].n_problems), (1, 1));
}

#[tokio::test]
async fn bytes_that_are_read_better_are_published_again_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(folder.path()).await.unwrap();
    ledger.add(vec![entry("a", vec![submitted("Acme, Borealis")], 0)], &[]).await.unwrap();
    let mut better = entry("a", vec![submitted("Acme"), submitted("Borealis")], 60);
    better.snapshot.version = 2;
    better.snapshot.reading = reading_id(&better.snapshot.id, Some("test"), 2, "");
    ledger.add(vec![better], &[]).await.unwrap();
    assert_eq!(affiliations(&ledger, None).await, ["Acme", "Borealis"]);
    assert_eq!(affiliations(&ledger, Some(moment(30))).await, ["Acme, Borealis"]);
    assert!(ledger.verify().await.unwrap().faults.is_empty());
}

#[tokio::test]
async fn adding_again_changes_nothing_and_reopening_finds_everything() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(folder.path()).await.unwrap();
    let added = ledger
        .add(vec![entry("a", vec![submitted("Acme"), submitted("Acme"), submitted("Borealis")], 0)], &[])
        .await
        .unwrap();
    assert_eq!((added.n_snapshots, added.n_facts, added.n_problems), (1, 2, 1), "the same fact twice is one fact");
    let again = ledger.add(vec![entry("a", vec![submitted("Cedar")], 9)], &[]).await.unwrap();
    assert_eq!((again.n_snapshots, again.n_known, again.n_facts), (0, 1, 0));
    let reopened = Ledger::open(folder.path()).await.unwrap();
    assert_eq!(affiliations(&reopened, None).await, ["Acme", "Borealis"]);
    assert_eq!(reopened.bytes(&content_id(b"a")).unwrap(), b"a");
    assert!(reopened.verify().await.unwrap().faults.is_empty());
}

#[tokio::test]
async fn a_retraction_hides_a_fact_from_the_moment_it_is_learnt() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(folder.path()).await.unwrap();
    let wrong = submitted("Acme");
    let id = fact_id("test", &content_id(b"a"), &wrong);
    ledger.add(vec![entry("a", vec![wrong, submitted("Borealis")], 0)], &[]).await.unwrap();
    let retraction = Fact {
        target: Some(Thing::new("fact", &id)),
        status: Some("Acme was listed by mistake".into()),
        ..Fact::new(Act::Retracted, Evidence::new(0..1, "line 1", ""))
    };
    ledger.add(vec![entry("b", vec![retraction], 60)], &[]).await.unwrap();
    assert_eq!(affiliations(&ledger, None).await, ["Borealis"]);
    assert_eq!(affiliations(&ledger, Some(moment(30))).await, ["Acme", "Borealis"]);
    assert_eq!(affiliations(&ledger, Some(moment(-1))).await, Vec::<String>::new());
    assert_eq!(ledger.verify().await.unwrap().n_facts, 3, "nothing was taken away");
}

#[tokio::test]
async fn facts_of_an_unpublished_snapshot_are_invisible_and_completed_by_the_next_addition() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(folder.path()).await.unwrap();
    ledger.add(vec![entry("a", vec![submitted("Acme")], 0)], &[]).await.unwrap();
    // What a crash between the commits of facts and snapshots leaves: the log of snapshots lacks its last entry.
    let log = folder.path().join("tables/snapshot/_delta_log");
    std::fs::remove_file(last_entry(&log)).unwrap();
    let mut ledger = Ledger::open(folder.path()).await.unwrap();
    assert_eq!(affiliations(&ledger, None).await, Vec::<String>::new());
    assert_eq!(ledger.verify().await.unwrap().n_unpublished, 1);
    ledger.add(vec![entry("a", vec![submitted("Acme")], 0)], &[]).await.unwrap();
    assert_eq!(affiliations(&ledger, None).await, ["Acme"]);
    let verified = ledger.verify().await.unwrap();
    assert_eq!((verified.n_unpublished, verified.faults), (0, vec![]));
}

#[tokio::test]
async fn changed_bytes_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(folder.path()).await.unwrap();
    ledger.add(vec![entry("a", vec![], 0)], &[]).await.unwrap();
    let id = content_id(b"a");
    std::fs::write(folder.path().join("snapshots").join(&id[..2]).join(&id), "b").unwrap();
    let faults = ledger.verify().await.unwrap().faults;
    assert!(faults.len() == 1 && faults[0].contains("expected content"), "{faults:?}");
}

#[tokio::test]
async fn a_derived_table_is_replaced_as_a_whole_and_its_earlier_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path()).await.unwrap();
    let row = |mention: &str| IdentityRow {
        kind: "organisation".into(),
        mention: mention.into(),
        entity: Some(mention.to_lowercase()),
        name: mention.into(),
        rule: "test".into(),
        reason: String::new(),
    };
    ledger.derive(&[row("Acme"), row("Borealis")]).await.unwrap();
    ledger.derive(&[row("Cedar")]).await.unwrap();
    let table = folder.path().join("tables/identity");
    let n_files = std::fs::read_dir(&table)
        .unwrap()
        .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some_and(|end| end == "parquet")));
    assert_eq!(n_files.count(), 2, "no file is deleted underneath a reader");
    let last = std::fs::read_to_string(last_entry(&table.join("_delta_log"))).unwrap();
    assert!(last.contains("\"remove\"") && last.contains("\"add\""), "{last}");
}

#[tokio::test]
async fn parameters_are_bound() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(folder.path()).await.unwrap();
    ledger.add(vec![entry("a", vec![submitted("O'Neill & Söhne")], 0)], &[]).await.unwrap();
    let session = ledger.session(1, None).await.unwrap();
    let params = Params::from([("who", Value::Text("O'Neill & Söhne".into()))]);
    let found = session.query("select id from fact where affiliation = $who", &params).await.unwrap();
    assert_eq!(found.rows.len(), 1);
}

fn decision(n: i64) -> DecisionRow {
    DecisionRow {
        id: format!("{n:016x}"),
        kind: "organisation".into(),
        op: "part-of".into(),
        subject: "Acme'; drop table decision; --".into(),
        object: "Acme".into(),
        from: Some(jiff::civil::date(2016, 1, 14)),
        to: None,
        bits: 1.5,
        rule: "word".into(),
        version: String::new(),
        contributions: "[]".into(),
        evidence: "[\"letter\"]".into(),
        actor: "person".into(),
        by: "A. Example".into(),
        at: moment(n),
        supersedes: None,
    }
}

#[tokio::test]
async fn a_decision_is_kept_once_and_read_as_of_when_it_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(folder.path()).await.unwrap();
    let mut other = Ledger::open(folder.path()).await.unwrap();
    let before = ledger.version();
    assert_eq!(ledger.decide(&[decision(2), decision(1)]).await.unwrap(), 2);
    assert_eq!(ledger.decide(&[decision(2)]).await.unwrap(), 0, "it is held already");
    assert_eq!(other.decide(&[decision(2), decision(3)]).await.unwrap(), 1, "by another process too");
    ledger.refresh().await.unwrap();
    assert!(ledger.version() > before);
    assert_eq!(ledger.decisions(None).await.unwrap(), [decision(1), decision(2), decision(3)]);
    assert_eq!(ledger.decisions(Some(moment(2))).await.unwrap().len(), 2, "what was decided later is left out");
    let session = ledger.session(1, Some(moment(1))).await.unwrap();
    let seen = session.query("select id from decision", &Params::new()).await.unwrap();
    assert_eq!(seen.first_column(), [decision(1).id]);
}

#[tokio::test]
async fn many_small_commits_are_put_together_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(folder.path()).await.unwrap();
    for n in 0..70 {
        ledger.decide(&[decision(n)]).await.unwrap();
    }
    let held = ledger.decisions(None).await.unwrap();
    assert_eq!(held, (0..70).map(decision).collect::<Vec<_>>());
    let reopened = Ledger::open(folder.path()).await.unwrap();
    assert_eq!(reopened.decisions(None).await.unwrap(), held);
}

#[tokio::test]
async fn the_registry_of_an_earlier_version_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("registry.db");
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let pool = SqlitePoolOptions::new().connect_with(options).await.unwrap();
    let sql = "create table decision (id integer primary key autoincrement, kind text not null, mention text not null,
        entity text not null, actor text not null, source text not null, decided text not null default current_timestamp);
        insert into decision (kind, mention, entity, actor, source, decided)
        values ('organisation', 'Acme Ltd', 'Acme', 'workspace', 'letter', '2025-04-01 08:30:00');";
    sqlx::raw_sql(sql).execute(&pool).await.unwrap();
    pool.close().await;
    let held = carried(&path).await.unwrap();
    assert_eq!((held[0].mention.as_str(), held[0].entity.as_str(), held[0].number), ("Acme Ltd", "Acme", 1));
    assert_eq!(held[0].at.to_string(), "2025-04-01T08:30:00Z");
}

fn last_entry(log: &Path) -> std::path::PathBuf {
    let mut entries: Vec<_> = std::fs::read_dir(log).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.retain(|path| path.extension().is_some_and(|end| end == "json"));
    entries.sort();
    entries.pop().unwrap()
}
