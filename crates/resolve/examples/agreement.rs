//! Compares the rules with a truth: `agreement TRUTH.csv`, columns `name` and `cluster_id` first.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own")]

use resolve::lower_bound;
use resolve::organisation::{KNOWN, Truth, score};

fn main() {
    let path = std::env::args().nth(1).expect("a file of names and clusters");
    let text = std::fs::read_to_string(path).expect("a file that can be read");
    let mut truth = Vec::new();
    for line in text.lines().skip(1) {
        let (name, rest) = match line.strip_prefix('"') {
            Some(quoted) => {
                let end = quoted.find("\",").expect("a closing quote");
                (quoted[..end].replace("\"\"", "\""), &quoted[end + 2..])
            }
            None => {
                let end = line.find(',').expect("two columns");
                (line[..end].to_string(), &line[end + 1..])
            }
        };
        truth.push(Truth { name, cluster: rest.split(',').next().unwrap_or_default().to_string() });
    }
    for (what, known) in [("letters", None), ("tables", Some(&*KNOWN))] {
        let start = std::time::Instant::now();
        let score = score(&truth, known, None);
        println!("{what}: {:?}", start.elapsed());
        for (level, of) in &score.levels {
            println!(
                "  {level:?}: P {:.4} R {:.4} F1 {:.4} B3 {:.4}",
                of.precision().unwrap_or(0.0),
                of.recall().unwrap_or(0.0),
                of.f1().unwrap_or(0.0),
                of.b_cubed_f1()
            );
        }
        for (rule, of) in &score.rules {
            println!(
                "  {rule}: {} of {}, at least {:.3}",
                of.n_right,
                of.n,
                lower_bound(of.n_right, of.n).unwrap_or(0.0)
            );
        }
        println!("  doubts {} of {} names", score.n_doubts, truth.len());
    }
}
