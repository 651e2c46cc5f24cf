//! Dates written in English words, as exactly as they stand.

use fact::When;
use jiff::civil::Date;

use super::calendar::month;

/// Reads a text that is a date and nothing else: `October 1996`, `1 April 2007`, `July 8, 1972`, `16-Apr-1971`, `1998`
/// is not one. Anything else is `None`, as is a year of two digits.
#[must_use]
pub fn english_date(text: &str) -> Option<When> {
    if text.len() > 40 {
        return None;
    }
    let words: Vec<&str> = text.split([' ', ',', '-', '\t']).filter(|word| !word.is_empty()).collect();
    let (day, month_word, year) = match words[..] {
        [month, year] => (None, month, year),
        [one, two, year] if month(one).is_some() => (Some(two), one, year),
        [day, month, year] => (Some(day), month, year),
        _ => return None,
    };
    let year: i16 = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
    let month = month(month_word)?;
    match day {
        None => When::month(year, month),
        Some(day) => Date::new(year, month, ordinal(day)?).ok().map(When::day),
    }
}

/// `1`, `01`, `1st`, `2nd`.
fn ordinal(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    (digits.len() <= 2).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn month_and_day_are_kept_as_they_stand() {
        let read = |text: &str| english_date(text).map(|when| (when.from.map(|day| day.to_string()), when.precision));
        let day = |text: &str| Some((Some(text.to_string()), fact::Precision::Day));
        assert_eq!(read("October 1996"), Some((Some("1996-10-01".into()), fact::Precision::Month)));
        assert_eq!(read("1 April 2007"), day("2007-04-01"));
        assert_eq!(read("July 8, 1972"), day("1972-07-08"));
        assert_eq!(read("16-Apr-1971"), day("1971-04-16"));
        assert_eq!(read("Sept. 1, 1981"), day("1981-09-01"));
        for text in ["1996", "31 April 2007", "Maybe 2007", "16-APR-71", "The October 1996", "", "ma 2007"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
