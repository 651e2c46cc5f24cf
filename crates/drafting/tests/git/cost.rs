//! What credit costs, for the benchmark and the example.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::time::Instant;

use drafting::credit::{History, Method, credit};

/// The head of the table.
pub const HEADER: &str = "| history | words at the end | words ever written | million token-versions | ms | ms per million token-versions | MB |
|---|--:|--:|--:|--:|--:|--:|";

/// Returns a row of a table: name, words, words written, million token-versions, ms, ms per million, MB.
pub fn row(name: &str, history: &History, goals: &[usize], n_runs: usize) -> String {
    let before = resting();
    let found = credit(history, goals, &Method::default()).expect("a history that holds together");
    let n_words: usize = found.texts.iter().map(|text| text.words().count()).sum();
    let n_written: usize = found.fates.iter().map(|one| one.n_proposed).sum();
    drop(found);
    let peak = before.and_then(|before| Some((kilobytes("VmHWM:")? - before) / 1e3));
    let solid = |text: &str| {
        let mut n = 0;
        let mut is_word = false;
        for letter in text.chars() {
            let is_letter = letter.is_alphanumeric() || letter == '_';
            n += usize::from(!(letter.is_whitespace() || is_letter && is_word));
            is_word = is_letter;
        }
        n
    };
    let millions = history.versions.iter().map(|version| solid(&version.text)).sum::<usize>() as f64 / 1e6;
    let run = || assert!(credit(history, goals, &Method::default()).is_ok());
    // The clock ticks in milliseconds, so short work is done several times.
    let n_times = (50.0 / timed(1, run)).ceil().clamp(1.0, 1000.0) as usize;
    let fastest = (0..n_runs).map(|_| timed(n_times, run)).fold(f64::INFINITY, f64::min);
    let peak = peak.map_or("-".into(), |megabytes| format!("{megabytes:.0}"));
    format!("| {name} | {n_words} | {n_written} | {millions:.2} | {fastest:.1} | {:.0} | {peak} |", fastest / millions)
}

/// Milliseconds of processor time of one run.
fn timed(n_times: usize, run: impl Fn()) -> f64 {
    let start = Instant::now();
    let before = processor_ms(start);
    for _ in 0..n_times {
        run();
    }
    (processor_ms(start) - before) / n_times as f64
}

fn processor_ms(start: Instant) -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let passed = || start.elapsed().as_secs_f64() * 1e3;
    text.split_whitespace().next().and_then(|ns| ns.parse::<f64>().ok()).map_or_else(passed, |ns| ns / 1e6)
}

/// Forgets the peak of memory, and returns what is held now.
fn resting() -> Option<f64> {
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    kilobytes("VmRSS:")
}

fn kilobytes(name: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse().ok())
}
