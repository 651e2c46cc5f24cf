//! Scores files against their keys: `cargo run -p prose --release --example score GOLD FILE [GOLD FILE ...]`.
//!
//! `FILE` is a document, or an answer as `.json`. A table on standard output; with more than one pair, of the total.
#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used)]

fn main() {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let scores: Vec<prose::Score> = paths.chunks_exact(2).map(|pair| score(&pair[0], &pair[1])).collect();
    let total: prose::Score = scores.iter().sum();
    for tally in &total.tallies {
        for (mark, lines) in [("~", &tally.differences), ("-", &tally.misses), ("+", &tally.extras)] {
            for line in lines {
                println!("{} {mark} {line}", tally.kind.name());
            }
        }
    }
    let share = |share: Option<f64>| share.map_or_else(|| "    -".to_string(), |share| format!("{share:.3}"));
    println!("{:<32} {:>5} {:>6} {:>5}  precision recall f1", "kind", "key", "answer", "right");
    for tally in &total.tallies {
        let (key, answer, right) = (tally.n_key(), tally.n_answer(), tally.n_right);
        let (precision, recall, f1) = (share(tally.precision()), share(tally.recall()), share(tally.f1()));
        println!("{:<32} {key:>5} {answer:>6} {right:>5}  {precision:>9} {recall:>6} {f1}", tally.kind.name());
    }
}

fn score(gold: &str, file: &str) -> prose::Score {
    let key = serde_json::from_slice(&std::fs::read(gold).unwrap()).unwrap();
    let bytes = std::fs::read(file).unwrap();
    if file.ends_with(".json") {
        return prose::score(&key, &serde_json::from_slice(&bytes).unwrap());
    }
    let id = fact::content_id(&bytes);
    let document = document::read(&fact::Snapshot::new(&id, file, &bytes)).unwrap();
    prose::score(&key, &prose::gold(&prose::read(&document), &document, file, &id))
}
