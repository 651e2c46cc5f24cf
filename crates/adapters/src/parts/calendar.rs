//! Months and weekdays by their English names.

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Returns the number of a month by its English name or at least its first three letters, in any case, with or without a
/// full stop: `October`, `OCT`, `Sept.`.
#[must_use]
pub fn month(word: &str) -> Option<i8> {
    i8::try_from(named(word, &MONTHS)? + 1).ok()
}

/// True for the name of a weekday or at least its first three letters, in any case, with or without a full stop.
#[must_use]
pub fn is_weekday(word: &str) -> bool {
    named(word, &WEEKDAYS).is_some()
}

fn named(word: &str, names: &[&str]) -> Option<usize> {
    let word = word.trim_end_matches('.');
    let is_start =
        |name: &&str| word.len() >= 3 && name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    names.iter().position(is_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_letters_are_enough() {
        for (word, number) in [("January", 1), ("MAR", 3), ("Sept.", 9), ("sep", 9), ("june", 6), ("Dec.", 12)] {
            assert_eq!(month(word), Some(number), "{word}");
        }
        assert!(is_weekday("Thurs.") && is_weekday("monday") && !is_weekday("Su") && !is_weekday("Mondays"));
        for word in ["", "Ma", "Mark", "Junes", "12", ".", "Decembers"] {
            assert_eq!(month(word), None, "{word}");
        }
    }
}
