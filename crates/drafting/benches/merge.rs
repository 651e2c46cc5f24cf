//! Cost of merging: Resolution 68 with two contributions, and 70 made-up resolutions with 50.
//!
//! Run with `cargo bench -p drafting`. The fastest of several runs counts, for others use the machine too. Processor time of one
//! thread is read from Linux's scheduler, which other programs do not disturb; elsewhere it is the time that passed.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads files and the clock, and prints what it read"
)]

#[path = "../tests/made/mod.rs"]
mod made;

use std::path::Path;
use std::time::Instant;

use drafting::{Contribution, Decisions, Draft, merge};
use made::contribution::contribution;
use made::{Dice, Sheet};

fn main() {
    resolution_68();
    many(8, 5);
    many(70, 50);
    if let Some(peak) = peak_mb() {
        println!("peak memory of all this: {peak} MB");
    }
}

fn resolution_68() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/resolution-68");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
    let (Some(base), Some(one), Some(two)) = (read("base.txt"), read("synthetic_C102.txt"), read("synthetic_C112.txt"))
    else {
        println!("Resolution 68: skipped, its texts are absent");
        return;
    };
    let run = || {
        let of = |id: &str, text: &str| Contribution { id: id.into(), draft: Draft::read(text) };
        let merged = merge(&Draft::read(&base), &[of("C102", &one), of("C112", &two)], &Decisions::default());
        assert!(!merged.conflicts.is_empty() && !merged.marked().paragraphs.is_empty());
    };
    // Too short for the scheduler's clock: fifty in a row.
    let fifty = || (0..50).for_each(|_| run());
    let (processor, all) = (fastest(5, fifty, processor_ms) / 50.0, fastest(5, fifty, now_ms) / 50.0);
    println!("Resolution 68, read, merged, marked: {processor:.1} ms processor, {all:.1} ms");
}

/// Each contribution is a whole text in which four resolutions are changed.
fn many(n_resolutions: usize, n_contributions: usize) {
    let base = Sheet::grown(&mut Dice(1), n_resolutions, 5);
    let texts: Vec<String> = (0..n_contributions).map(|at| contribution(&base, at as u64).text()).collect();
    let base = base.text();
    let n_words = base.split_whitespace().count();
    let of = |(at, text): (usize, &String)| Contribution { id: format!("C{at:02}"), draft: Draft::read(text) };
    let read = || {
        let _ = Draft::read(&base);
        let _: Vec<Contribution> = texts.iter().enumerate().map(of).collect();
    };
    let draft = Draft::read(&base);
    let contributions: Vec<Contribution> = texts.iter().enumerate().map(of).collect();
    let run = || {
        let merged = merge(&draft, &contributions, &Decisions::default());
        assert!(merged.text().len() > base.len() / 2);
    };
    let merged = merge(&draft, &contributions, &Decisions::default());
    let marked = || assert!(!merged.marked().paragraphs.is_empty());
    println!(
        "{n_resolutions} resolutions, {} clauses, {n_words} words, {n_contributions} contributions: read {:.0} ms, merge {:.0} ms processor ({:.0} ms), marked {:.0} ms; {} conflicts",
        draft.clauses().len(),
        fastest(3, read, processor_ms),
        fastest(3, run, processor_ms),
        fastest(3, run, now_ms),
        fastest(3, marked, processor_ms),
        merged.conflicts.len()
    );
}

fn fastest(n: usize, run: impl Fn(), clock: fn(Instant) -> f64) -> f64 {
    let start = Instant::now();
    let mut times: Vec<f64> = (0..n)
        .map(|_| {
            let before = clock(start);
            run();
            clock(start) - before
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[0]
}

fn now_ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

fn processor_ms(start: Instant) -> f64 {
    let read = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = read.and_then(|text| text.split_whitespace().next().and_then(|first| first.parse::<f64>().ok()));
    nanoseconds.map_or_else(|| now_ms(start), |nanoseconds| nanoseconds / 1e6)
}

fn peak_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}
