//! The law of credit: whatever the sources of a document, their shares sum to one, and organisations get theirs once.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use std::collections::{BTreeMap, BTreeSet};

use fact::{Act, Evidence, Fact, Mention, Party, Thing, When, fact_id};
use ledger::{FactRow, IdentityRow, Params, Session};
use proptest::prelude::*;

/// Sources as (name, party): organisations, two spellings of one, a group, somebody without affiliation.
const SOURCES: [(&str, Party); 6] = [
    ("Acme", Party::Organisation),
    ("ACME Inc.", Party::Organisation),
    ("Borealis", Party::Organisation),
    ("Cedar", Party::Organisation),
    ("TC9 WG2", Party::Body),
    ("Invited Expert", Party::Person),
];

fn fact(document: usize, source: usize, at: usize) -> FactRow {
    let (name, party) = SOURCES[source];
    let fact = Fact {
        who: Mention { party, affiliation: Some(name.into()), ..Mention::default() },
        object: Some(Thing::new("document", &format!("D{document}"))),
        body: Some("tc9".into()),
        event: Some("tc9#1".into()),
        when: When::parse("2025-03-04").unwrap(),
        ..Fact::new(Act::Submitted, Evidence::new(at..at + 1, "row", ""))
    };
    FactRow { id: fact_id("law", "s", &fact), snapshot: "s".into(), reading: "s".into(), adapter: "law".into(), fact }
}

fn identity() -> Vec<IdentityRow> {
    let row = |mention: &str, entity: Option<&str>| IdentityRow {
        kind: "organisation".into(),
        mention: mention.into(),
        entity: entity.map(Into::into),
        name: mention.into(),
        rule: "law".into(),
        reason: String::new(),
    };
    vec![
        row("Acme", Some("acme")),
        row("ACME Inc.", Some("acme")),
        row("Borealis", Some("borealis")),
        row("Cedar", Some("cedar")),
        row("Invited Expert", None),
    ]
}

/// Credit of each document: that of organisations, and what is left with groups and unaffiliated people.
async fn credits(pairs: &[(usize, usize)]) -> BTreeMap<String, (f64, usize, usize)> {
    let session = Session::new(1);
    let facts: Vec<FactRow> =
        pairs.iter().zip(0..).map(|((document, source), at)| fact(*document, *source, at)).collect();
    session.put(&facts).unwrap();
    session.put(&identity()).unwrap();
    indicators::prepare(&session).await.unwrap();
    let sql = "select document, credit, n_sources from contribution order by document, organisation";
    let mut credits = BTreeMap::new();
    for row in session.query(sql, &Params::new()).await.unwrap().rows {
        let entry: &mut (f64, usize, usize) = credits.entry(row[0].text().to_string()).or_default();
        entry.0 += row[1].real().unwrap();
        entry.1 += 1;
        entry.2 = usize::try_from(row[2].int()).unwrap();
    }
    credits
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn credits_of_a_document_sum_to_one(pairs in proptest::collection::vec((0usize..5, 0usize..6), 1..30)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let credits = runtime.block_on(credits(&pairs));
        for (document, (credit, n_organisations, n_sources)) in credits {
            let number: usize = document.trim_start_matches('D').parse().unwrap();
            // Counted apart: distinct parties, where the two spellings of Acme are one.
            let parties: BTreeSet<usize> =
                pairs.iter().filter(|(of, _)| *of == number).map(|(_, source)| if *source == 1 { 0 } else { *source }).collect();
            let others = parties.iter().filter(|source| **source >= 4).count();
            prop_assert_eq!(n_sources, parties.len());
            prop_assert_eq!(n_organisations, parties.len() - others);
            let left = others as f64 / parties.len() as f64;
            prop_assert!((credit + left - 1.0).abs() < 1e-12, "{document}: {credit} + {left}");
        }
    }
}
