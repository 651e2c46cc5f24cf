//! The planted mess: names as people write them. The share of each kind of mess is stated where it is made.

use super::draw::Draw;

/// Returns an organisation's name as somebody wrote it: as it is in 93 of 100 cases.
pub(super) fn spelt(name: &str, draw: &mut Draw) -> String {
    let company = !name.starts_with("University") && !name.ends_with("Office");
    match draw.below(200) {
        0..3 => name.to_uppercase(),
        3..6 => name.replacen(' ', "-", 1),
        6..8 => name.replacen(' ', "  ", 1),
        8..10 if company => format!("{name} Ltd."),
        10..12 if company => format!("{name}, Inc"),
        12 if company => format!("{name} Co., Ltd"),
        13 if company => format!("{name} GmbH"),
        14 => swapped(name),
        15 if name.split(' ').count() == 3 && !name.starts_with("University") => initials(name),
        _ => name.into(),
    }
}

/// Returns the names of several sources in one cell: commas, seldom semicolons, and one in 100 with a tentative source.
pub(super) fn source_cell(names: &[String], draw: &mut Draw) -> String {
    match (names, draw.below(100)) {
        ([first, rest @ ..], 0) if !rest.is_empty() => format!("{first}, ({})?", rest.join(", ")),
        ([.., _], 1) => names.iter().map(|name| format!("{name}?")).collect::<Vec<_>>().join(", "),
        ([.., _], 2) => format!("{}, ?", names.join(", ")),
        (_, 3..6) => names.join("; "),
        _ => names.join(", "),
    }
}

/// The first letters, as those write who think that everybody knows them.
fn initials(name: &str) -> String {
    name.split(' ').filter_map(|word| word.chars().next()).collect()
}

/// Two letters change places, as in haste.
fn swapped(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() > 4 {
        letters.swap(2, 3);
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_names_stay_as_they_are() {
        let mut draw = Draw::new(7, "spelling");
        let n = (0..2000).filter(|_| spelt("Acme Networks", &mut draw) == "Acme Networks").count();
        assert!((1800..1920).contains(&n), "{n} of 2000 are unchanged");
    }

    #[test]
    fn a_tentative_source_keeps_its_question_mark() {
        let names = ["Acme".to_string(), "Borealis".to_string()];
        let mut draw = Draw::new(7, "cells");
        let cells: Vec<String> = (0..500).map(|_| source_cell(&names, &mut draw)).collect();
        for form in ["Acme, (Borealis)?", "Acme?, Borealis?", "Acme, Borealis, ?", "Acme; Borealis", "Acme, Borealis"] {
            assert!(cells.iter().any(|cell| cell == form), "`{form}` was never written");
        }
    }
}
