//! Cost of credit, and how it grows: versions and words are doubled in turn. Run with `cargo bench -p drafting --bench credit`.
//!
//! The fastest of some runs counts, for others use the machine too. Processor time is read from Linux's scheduler and memory from
//! its kernel, as what the process grew by in the first run of a row: the largest stands first, for what was freed is used again.
//! Elsewhere it is the time that passed, and no memory.
#![expect(clippy::print_stdout, reason = "a benchmark reads the clock and prints what it read")]

#[path = "../tests/git/cost.rs"]
mod cost;
#[path = "../tests/git/simulated.rs"]
mod simulated;

fn main() {
    println!("{}", cost::HEADER);
    for (n_paragraphs, n_versions) in [(40, 4000), (40, 2000), (40, 1000), (40, 500), (320, 500), (160, 500), (80, 500)]
    {
        let simulated = simulated::edited(1, n_paragraphs, n_versions);
        println!("{}", cost::row(&format!("made up, {n_versions} versions"), &simulated.history, &[n_versions - 1], 3));
    }
}
