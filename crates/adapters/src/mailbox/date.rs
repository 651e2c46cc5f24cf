//! The day that a message states, as it is written: the day in the zone of the sender, never converted.
//!
//! Read are the form of RFC 5322 (`Thu, 1 Nov 2001 11:19:12 +0100`), that of `From ` lines (`Thu Nov  1 11:19:12 2001`),
//! `1-Nov-01`, `November 1, 2001` and ISO 8601; whatever follows the date (`CEST`, a comment) is left alone. Years of two
//! and three digits follow RFC 5322, section 4.3. Days in figures alone (`03/04/01`) are not guessed at.

use jiff::civil::Date;

use crate::parts::calendar;

/// The first year whose dates are believed: that of a clock at zero, west of Greenwich.
const FIRST_YEAR: i16 = 1969;

/// A date as read, and what was left of the text.
#[derive(Debug, PartialEq, Eq)]
pub struct Stated {
    /// The day.
    pub day: Date,
    /// Whether a time of the day stands with it.
    pub has_time: bool,
    /// Words after the date that are not a zone.
    pub n_left: usize,
}

#[derive(Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    has_time: bool,
    n_left: usize,
}

/// Returns the day that a text states.
pub fn read(text: &str) -> Option<Stated> {
    let mut parts = Parts::default();
    let words = text.split(|letter: char| letter.is_whitespace() || letter == ',').filter(|word| !word.is_empty());
    for (nth, word) in words.take(16).enumerate() {
        parts.take(word, nth)?;
    }
    let year = parts.year.filter(|year| *year >= FIRST_YEAR)?;
    let day = Date::new(year, parts.month?, parts.day?).ok()?;
    Some(Stated { day, has_time: parts.has_time, n_left: parts.n_left })
}

impl Parts {
    /// Takes the next word; `None` where it shows that this is no date.
    fn take(&mut self, word: &str, nth: usize) -> Option<()> {
        if !self.has_time && is_time(word) {
            self.has_time = true;
        } else if self.is_complete() {
            self.n_left += usize::from(!is_zone(word));
        } else if let Some((date, time)) = iso(word) {
            (self.year, self.month, self.day) = (Some(date.0), Some(date.1), Some(date.2));
            self.has_time |= time;
        } else if word.contains('-') && word.split('-').count() == 3 {
            word.split('-').try_for_each(|part| self.part(part))?;
        } else if self.part(word).is_none() && !is_weekday(word) {
            // An unknown word is a weekday in another language where it comes first, and a zone after the time.
            let is_word = word.chars().any(char::is_alphabetic);
            (is_word && (nth == 0 || self.has_time)).then_some(())?;
        }
        Some(())
    }

    fn is_complete(&self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// A day, month or year.
    fn part(&mut self, word: &str) -> Option<()> {
        let word = word.trim_end_matches('.');
        if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_digit()) {
            let month = calendar::month(word)?;
            return self.month.is_none().then(|| self.month = Some(month));
        }
        let number: i16 = word.parse().ok()?;
        match word.len() {
            1 | 2 if self.day.is_none() => self.day = i8::try_from(number).ok(),
            2 => self.year = Some(if number < 50 { 2000 + number } else { 1900 + number }),
            3 => self.year = Some(1900 + number),
            4 => self.year = Some(number),
            _ => return None,
        }
        Some(())
    }
}

/// `2001-11-01`, `2001/11/01` and `2001-11-01T11:19:12Z`.
fn iso(word: &str) -> Option<((i16, i8, i8), bool)> {
    let date = word.get(..10)?;
    let mut parts = date.split(['-', '/']);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = parts.next().filter(|month| month.len() == 2)?.parse().ok()?;
    let day = parts.next().filter(|day| day.len() == 2)?.parse().ok()?;
    let rest = &word[10..];
    let time = rest.strip_prefix('T').is_some_and(is_time);
    (rest.is_empty() || time).then_some(((year, month, day), time))
}

/// `11:19`, `11:19:12`, `11:19:12.5Z`.
fn is_time(word: &str) -> bool {
    let mut parts = word.splitn(3, ':');
    let is_number = |part: Option<&str>, most: u8| {
        part.is_some_and(|part| part.len() <= 2 && part.parse::<u8>().is_ok_and(|number| number <= most))
    };
    is_number(parts.next(), 24)
        && is_number(parts.next(), 59)
        && parts.next().is_none_or(|second| second.starts_with(|letter: char| letter.is_ascii_digit()))
}

fn is_zone(word: &str) -> bool {
    let is_offset = word.starts_with(['+', '-']) && word[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let is_abbreviation = word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    is_offset || is_abbreviation || word.starts_with('(') || word.ends_with(')')
}

/// Whether a word is an English weekday, in full or shortened.
pub fn is_weekday(word: &str) -> bool {
    calendar::is_weekday(word)
}

/// The number of the name that starts with `word`, of which three letters or more are needed.
#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> String {
        read(text).map(|stated| stated.day.to_string()).unwrap_or_default()
    }

    #[test]
    fn every_common_form_gives_its_day() {
        for text in [
            "Thu, 1 Nov 2001 11:19:12 +0100",
            "Thu, 01 Nov 2001 11:19:12 GMT (added by a server)",
            "Thu Nov  1 11:19:12 2001",
            "Thu Nov  1 11:19:12 MET 2001",
            "1 Nov 2001 11:19",
            "1-Nov-2001 11:19:12.00",
            "Thursday, November 1, 2001 11:19 AM",
            "2001-11-01T11:19:12Z",
            "2001-11-01 11:19:12 +0000",
            "Do, 1 Nov 2001 11:19:12 +0100",
        ] {
            assert_eq!(day(text), "2001-11-01", "{text}");
        }
    }

    #[test]
    fn a_named_zone_after_the_time_does_no_harm() {
        assert_eq!(day("Thu, 1 Nov 2001 11:19:12 CEST"), "2001-11-01");
        assert_eq!(day("Thu, 1 Nov 2001 11:19:12 +0200 CEST"), "2001-11-01");
        assert_eq!(read("Thu Nov  1 11:19:12 2001 CEST").map(|stated| stated.n_left), Some(0));
    }

    #[test]
    fn the_day_is_that_of_the_sender() {
        assert_eq!(day("Thu, 1 Nov 2001 23:59:59 -1200"), "2001-11-01");
        assert_eq!(day("Thu, 1 Nov 2001 00:00:01 +1400"), "2001-11-01");
    }

    #[test]
    fn short_years_follow_rfc_5322() {
        assert_eq!(day("1 Nov 01 11:19:12"), "2001-11-01");
        assert_eq!(day("1-Nov-99"), "1999-11-01");
        assert_eq!(day("Sat, 1 Jan 100 00:00:00"), "2000-01-01");
    }

    #[test]
    fn clocks_at_zero_and_in_the_future_are_kept_as_stated() {
        assert_eq!(day("Thu, 01 Jan 1970 00:00:00 +0000"), "1970-01-01");
        assert_eq!(day("Wed, 31 Dec 1969 16:00:00 -0800"), "1969-12-31");
        assert_eq!(day("Mon, 18 Jan 2038 03:14:07 +0000"), "2038-01-18");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "Thu, 31 Feb 2001 11:19:12",
            "03/04/01",
            "1 Foo 2001",
            "Thu, 1 Nov",
            "1 Nov 0001 11:19",
            "99 Nov 2001",
            "Thu, 1 Nov 20011 11:19",
            "é-é-é",
            "2001-1é-01",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("Nov 1 11:19 2001 we met again").map(|stated| stated.n_left), Some(3));
    }
}
