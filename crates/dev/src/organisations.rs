//! Names of organisations as people write them on attendance lists, for benchmarks: as many rows as wanted.
//!
//! Nothing real stands in them. An organisation has a made-up brand and is written with and without legal form, country
//! and unit; one row in ten has a typo. The identity in each row is the truth, so that a clustering can be scored.

use std::collections::HashSet;
use std::fmt::Write as _;

/// Which rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    /// A name may stand in many rows, as on attendance lists.
    Kept,
    /// Every row has another name: the hard case, for repeated names cost next to nothing.
    LeftOut,
}

const BEGINNINGS: &[&str] = &[
    "al", "ba", "bel", "bri", "ca", "cor", "da", "del", "du", "el", "fa", "fen", "ga", "gor", "ha", "hel", "in", "ja",
    "jo", "ka", "kel", "ko", "la", "lu", "ma", "mer", "mo", "na", "nor", "o", "pa", "per", "qua", "ra", "ro", "sa",
    "sel", "so", "ta", "tor", "ul", "va", "vel", "wa", "win", "xe", "ya", "yo", "za", "zor",
];
const MIDDLES: &[&str] = &[
    "ba", "bi", "ca", "da", "di", "fa", "ga", "go", "ka", "ki", "la", "le", "li", "ma", "mi", "na", "ne", "no", "pa",
    "pi", "ra", "ri", "ro", "sa", "se", "ta", "te", "ti", "va", "vi",
];
const ENDS: &[&str] = &[
    "ba", "con", "dan", "dex", "dor", "fin", "gan", "go", "kar", "kos", "lan", "lex", "lin", "lor", "lus", "mar",
    "mex", "mon", "nar", "nex", "nia", "nor", "pex", "quil", "ran", "ris", "ro", "san", "sen", "sol", "tan", "tek",
    "tis", "tron", "va", "vex", "vin", "vox", "xan", "zen",
];
#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "Networks", "Technologies", "Systems", "Semiconductor", "Communications", "Electronics", "Software", "Mobile",
    "Wireless", "Telecom", "Labs", "Devices", "Instruments", "Research", "Consulting", "Automotive", "Energy", "Cloud",
];
const COUNTRIES: &[(&str, &str, &str)] = &[
    ("US", "USA", "com"),
    ("DE", "Germany", "de"),
    ("FR", "France", "fr"),
    ("GB", "UK", "co.uk"),
    ("CN", "China", "cn"),
    ("JP", "Japan", "co.jp"),
    ("KR", "Korea", "co.kr"),
    ("IN", "India", "in"),
    ("SE", "Sweden", "se"),
    ("FI", "Finland", "fi"),
    ("CA", "Canada", "ca"),
    ("BR", "Brazil", "com.br"),
];
const FORMS: &[&str] =
    &["Inc.", "Ltd", "GmbH", "Corporation", "Co., Ltd.", "LLC", "AG", "S.A.", "AB", "Oy", "Pte. Ltd.", "B.V."];
const UNITS: &[&str] = &["R&D", "Research Center", "Standards Department", "Labs", "Business Unit", "Innovation"];

/// Returns a CSV file `name,cluster_id,country,domain` with this many rows. The same arguments give the same text.
///
/// There is one organisation for every five rows; one in eight is a university or a ministry of a made-up place. One row
/// in ten has one letter inserted, left out, replaced or swapped with the next.
#[must_use]
pub fn big_attendance(seed: u64, n_rows: usize, repeats: Repeats) -> String {
    let mut text = String::with_capacity(n_rows * 60);
    text.push_str("name,cluster_id,country,domain\n");
    let n_organisations = (n_rows / 5).max(1) as u64;
    let mut dice = Dice(seed);
    let mut seen = HashSet::new();
    let mut n_written = 0;
    while n_written < n_rows {
        let organisation = dice.below(n_organisations);
        let name = written(organisation, seed, &mut dice);
        if repeats == Repeats::LeftOut && !seen.insert(name.clone()) {
            continue;
        }
        let (code, _, end) = country(organisation, seed);
        let domain = match dice.below(3) {
            0 => String::new(),
            _ => format!("{}.{end}", brand(organisation, seed).to_lowercase()),
        };
        let _ = writeln!(text, "\"{name}\",{organisation},{code},{domain}");
        n_written += 1;
    }
    text
}

/// An organisation as one person writes it.
fn written(organisation: u64, seed: u64, dice: &mut Dice) -> String {
    let mut name = brand(organisation, seed);
    let mut own = Dice(seed ^ organisation.wrapping_mul(0x9e37));
    if own.below(8) == 0 {
        name = match own.below(3) {
            0 => format!("University of {name}"),
            1 => format!("{name} Institute of {}", own.of(FIELDS)),
            _ => format!("Ministry of {} of {name}", own.of(FIELDS)),
        };
    } else {
        let field = own.of(FIELDS);
        for (is_said, word) in [(dice.below(3) > 0, field), (dice.below(2) == 0, own.of(FORMS))] {
            if is_said {
                let _ = write!(name, " {word}");
            }
        }
    }
    match dice.below(6) {
        0 => name = format!("{name} ({})", country(organisation, seed).1),
        1 => name = format!("{name} {}", dice.of(COUNTRIES).1),
        2 => name = format!("{name} {}", dice.of(UNITS)),
        _ => {}
    }
    match dice.below(12) {
        0 => name = name.to_uppercase(),
        1 => name = name.to_lowercase(),
        _ => {}
    }
    if dice.below(10) == 0 { mistyped(&name, dice) } else { name }
}

/// A name of its own for each organisation: five syllables, spread so that few names are one letter from another.
fn brand(organisation: u64, seed: u64) -> String {
    let n_brands = (BEGINNINGS.len() * MIDDLES.len().pow(3) * ENDS.len()) as u64;
    // The factor has no divisor in common with the number of brands: each organisation has its own.
    let rest = organisation.wrapping_add(seed % 1000) % n_brands * 31_415_927 % n_brands;
    let (begin, rest) = syllable(rest, BEGINNINGS);
    let (first, rest) = syllable(rest, MIDDLES);
    let (second, rest) = syllable(rest, MIDDLES);
    let (third, rest) = syllable(rest, MIDDLES);
    let (end, _) = syllable(rest, ENDS);
    let brand = format!("{begin}{first}{second}{third}{end}");
    brand[..1].to_uppercase() + &brand[1..]
}

fn syllable(rest: u64, of: &[&'static str]) -> (&'static str, u64) {
    let n = of.len() as u64;
    (of[(rest % n) as usize], rest / n)
}

fn country(organisation: u64, seed: u64) -> (&'static str, &'static str, &'static str) {
    Dice(seed ^ organisation.wrapping_mul(0x51ed)).of(COUNTRIES)
}

/// One letter inserted, left out, replaced, or swapped with the next; the name is ASCII.
fn mistyped(name: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = dice.below(letters.len() as u64 - 1) as usize;
    let letter = char::from(b'a' + dice.below(26) as u8);
    match dice.below(4) {
        0 => letters.insert(at, letter),
        1 => drop(letters.remove(at)),
        2 => letters[at] = letter,
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

/// Random numbers (SplitMix64: Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mark = self.0;
        mark = (mark ^ (mark >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mark = (mark ^ (mark >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mark ^ (mark >> 31)) % n
    }

    fn of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_arguments_give_the_same_rows() {
        let rows = big_attendance(7, 1000, Repeats::Kept);
        assert_eq!(rows, big_attendance(7, 1000, Repeats::Kept));
        assert_ne!(rows, big_attendance(8, 1000, Repeats::Kept));
        assert_eq!(rows.lines().count(), 1001);
    }

    #[test]
    fn names_are_repeated_only_where_that_is_wanted() {
        let n_names = |repeats| {
            let rows = big_attendance(7, 1000, repeats);
            rows.lines()
                .skip(1)
                .map(|line| line.rsplitn(4, ',').last().unwrap().to_string())
                .collect::<HashSet<_>>()
                .len()
        };
        assert!(n_names(Repeats::Kept) < 1000);
        assert_eq!(n_names(Repeats::LeftOut), 1000);
    }

    #[test]
    fn organisations_have_brands_of_their_own() {
        let brands: HashSet<String> = (0..200_000).map(|organisation| brand(organisation, 7)).collect();
        assert_eq!(brands.len(), 200_000);
    }
}
