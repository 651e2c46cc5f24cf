//! Writes made-up names of organisations with their truth: `attendance ROWS SEED [distinct] > ROWS.csv`.

#![expect(clippy::print_stdout, reason = "a program of its own")]

use dev::{Repeats, big_attendance};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok());
    let (Some(n_rows), Some(seed)) = (number(0), number(1)) else {
        println!("usage: attendance ROWS SEED [distinct]");
        return;
    };
    let repeats = if words.get(2).is_some_and(|word| word == "distinct") { Repeats::LeftOut } else { Repeats::Kept };
    print!("{}", big_attendance(seed, n_rows as usize, repeats));
}
