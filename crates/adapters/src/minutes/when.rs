//! When a meeting was: what title, labels and path say of it, and what they agree on.

use fact::{Precision, When};
use jiff::civil::Date;

use crate::parts::calendar::month;

use super::title::{agreed, date, day_span, file_day, folder_month, is_in_folder, words};

/// A day as it is said: with its year or without.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stated {
    Full(When),
    /// Month, first and last day.
    Partial(i8, i8, i8),
}

/// The day that a meeting was on, and what to say where two statements differ.
#[derive(Debug, PartialEq)]
pub(super) struct Day {
    pub when: When,
    pub differs: Option<(String, &'static str)>,
}

/// Finds a day in a text: `2023-10-12`, `13 February 2024`, `May 30-31, 2017`, `January 8`.
pub(super) fn stated(text: &str) -> Option<Stated> {
    iso(text).or_else(|| date(text).map(|dated| Stated::Full(dated.when))).or_else(|| partial(text))
}

fn iso(text: &str) -> Option<Stated> {
    let is_between = |letter: char| !(letter.is_ascii_digit() || letter == '-');
    let mut days = text.split(is_between).filter(|word| word.len() == 10).filter_map(|word| word.parse::<Date>().ok());
    let day = days.next().filter(|day| (1900..2100).contains(&day.year()))?;
    Some(Stated::Full(When::day(day)))
}

/// `January 8`, `8th January`, `Oct 26-27`: a month with days beside it.
fn partial(text: &str) -> Option<Stated> {
    let words = words(text);
    words.iter().enumerate().find_map(|(at, (_, word))| {
        let month = month(word)?;
        let beside = |at: Option<usize>| day_span(words.get(at?)?.1.trim_end_matches([':', ';', ')']));
        let (from, to) = beside(Some(at + 1)).or_else(|| beside(at.checked_sub(1)))?;
        Some(Stated::Partial(month, from, to))
    })
}

/// What a path says: a day, a month, a year.
#[derive(Clone, Debug, Default, PartialEq)]
struct Path {
    /// A post may be named after its own day and that of the meeting.
    days: Vec<Date>,
    month: Option<When>,
    /// Of a folder that is named after a year.
    folder: Option<i16>,
}

impl Path {
    fn of(origin: &str) -> Self {
        let mut parts = origin.rsplit('/');
        let stem = parts.next().unwrap_or_default();
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let folder =
            parts.find_map(|part| year(part.get(..4)?).filter(|_| !part[4..].starts_with(char::is_alphanumeric)));
        let numbers: Vec<&str> =
            stem.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        let number = |at: usize| numbers.get(at).and_then(|part| part.parse::<i8>().ok());
        let mut days: Vec<Date> = numbers
            .windows(3)
            .filter_map(|run| {
                let day = |year: &str, month: &str, day: &str| {
                    Date::new(self::year(year)?, month.parse().ok()?, day.parse().ok()?).ok()
                };
                let (first, second) = (run[0].parse::<i8>().ok(), run[1].parse::<i8>().ok());
                // `3-4-2022` may be either; `14-11-2023` and `4-25-2022` may not.
                let ends = match (first, second) {
                    (Some(13..), _) => day(run[2], run[1], run[0]),
                    (_, Some(13..)) => day(run[2], run[0], run[1]),
                    _ => None,
                };
                day(run[0], run[1], run[2]).or(ends)
            })
            .collect();
        let in_folder = || Date::new(folder?, number(0)?, number(1)?).ok();
        let month = || When::month(folder?, number(0)?).filter(|_| numbers.len() == 1);
        let is_dated = numbers.len() < 3 || numbers.iter().all(|part| part.len() <= 2);
        if days.is_empty() && is_dated {
            days.extend(in_folder());
        }
        Self { days, month: month(), folder }
    }

    fn year(&self) -> Option<i16> {
        self.folder.or(self.days.first().map(|day| day.year()))
    }
}

fn year(text: &str) -> Option<i16> {
    text.parse().ok().filter(|year| text.len() == 4 && (1990..2100).contains(year))
}

const HINT: &str = "correct the title or the name of the file; only what both say is kept";

/// Returns when a meeting was. `said` are the texts that state its day: the title first, then labels such as `When:`.
pub(super) fn when(origin: &str, said: &[String]) -> Day {
    let said: Vec<Stated> = said.iter().filter_map(|text| stated(text)).collect();
    let path = Path::of(origin);
    let days: Vec<Date> = file_day(origin).into_iter().chain(path.days.iter().copied()).collect();
    if let Some(&first) = days.first() {
        let found =
            said.iter().find_map(|said| days.iter().find(|day| holds(*said, **day)).map(|day| narrowed(*said, *day)));
        return match (found, said.first()) {
            (Some(when), _) => Day { when, differs: None },
            (None, None) => Day { when: When::day(first), differs: None },
            (None, Some(said)) => disagreed(*said, first, &path),
        };
    }
    let completed = said.iter().find_map(|said| match said {
        Stated::Full(when) => Some(*when),
        Stated::Partial(month, from, to) => {
            let day = |day: i8| Date::new(path.year()?, *month, day).ok();
            Some(When::days(day(*from)?, day(*to)?))
        }
    });
    let folder = folder_month(origin);
    match (completed, folder.or(path.month)) {
        (Some(stated), Some(folder)) if !is_in_folder(stated, folder) => {
            let what = "expected a day near the month of the folder, found another in the minutes".into();
            Day { when: agreed(stated, folder), differs: Some((what, HINT)) }
        }
        (Some(stated), _) => Day { when: stated, differs: None },
        (None, month) => {
            let year = path.folder.and_then(When::year);
            Day { when: month.or(year).unwrap_or(When::UNKNOWN), differs: None }
        }
    }
}

/// Returns when a meeting was whose minutes stand elsewhere: the address of minutes has a day, `/2031/03/03-lamps.html`.
pub(super) fn with_address(day: Day, text: &str) -> Day {
    let numbers: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let linked = numbers.windows(3).find_map(|run| {
        let is_day = run[1].len() == 2 && run[2].len() == 2;
        Date::new(year(run[0])?, run[1].parse().ok()?, run[2].parse().ok()?).ok().filter(|_| is_day)
    });
    match (linked, day.when.from, day.when.to) {
        (Some(linked), Some(from), Some(to)) if !(from..=to).contains(&linked) => {
            let what = format!("expected the day of the address of the minutes, {linked}, found another");
            Day { when: agreed(day.when, When::day(linked)), differs: Some((what, HINT)) }
        }
        // A month or a year is made exact by the address.
        (Some(linked), ..) if day.when.precision != Precision::Day => Day { when: When::day(linked), ..day },
        _ => day,
    }
}

/// True when a statement allows this day.
fn holds(said: Stated, day: Date) -> bool {
    match said {
        Stated::Full(When { from: Some(from), to: Some(to), .. }) => from <= day && day <= to,
        Stated::Full(_) => true,
        Stated::Partial(month, from, to) => month == day.month() && from <= day.day() && day.day() <= to,
    }
}

/// The days that a statement gives, where they hold the day of the file.
fn narrowed(said: Stated, day: Date) -> When {
    match said {
        Stated::Full(when) if when.precision == Precision::Day => when,
        Stated::Full(_) => When::day(day),
        Stated::Partial(month, from, to) => {
            let other = |number: i8| Date::new(day.year(), month, number).ok();
            other(from).zip(other(to)).map_or(When::day(day), |(from, to)| When::days(from, to))
        }
    }
}

/// Title and file name differ: what both say is kept. Where the year of the folder sides with the title, the name of
/// the file is wrong.
fn disagreed(said: Stated, day: Date, path: &Path) -> Day {
    let when = match said {
        Stated::Full(stated) => {
            let same_day = stated.from.is_some_and(|from| (from.month(), from.day()) == (day.month(), day.day()));
            let sides = path.folder.is_some() && path.folder == stated.from.map(|from| from.year());
            if same_day && sides { stated } else { agreed(stated, When::day(day)) }
        }
        Stated::Partial(month, ..) => {
            let month = When::month(day.year(), day.month()).filter(|_| month == day.month());
            month.or_else(|| When::year(day.year())).unwrap_or(When::UNKNOWN)
        }
    };
    let what = format!("expected the day of the file name, {day}, found another in the minutes");
    Day { when, differs: Some((what, HINT)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(origin: &str, said: &[&str]) -> (String, bool) {
        let said: Vec<String> = said.iter().map(ToString::to_string).collect();
        let day = when(origin, &said);
        let text = [day.when.from, day.when.to].map(|day| day.map_or("?".into(), |day| day.to_string())).join("..");
        (text, day.differs.is_some())
    }

    #[test]
    fn title_labels_and_path_complete_each_other() {
        for (origin, said, expected) in [
            ("main/2031/CG-01-08.md", &["January 8 video call"][..], "2031-01-08..2031-01-08"),
            ("main/2031/CG-04-26.md", &["April 12 call", "April 26"], "2031-04-26..2031-04-26"),
            ("x/2031/3-7-2031.md", &["March 7th"], "2031-03-07..2031-03-07"),
            ("x/14-11-2031-agenda.md", &[], "2031-11-14..2031-11-14"),
            ("x/2031/sg-10-24-31.md", &["October 24th"], "2031-10-24..2031-10-24"),
            ("x/2031/CG-05.md", &["the May meeting", "May 30-31, 2031"], "2031-05-30..2031-05-31"),
            ("x/2031/CG-05.md", &["the May meeting"], "2031-05-01..2031-05-31"),
            ("2031-12-12-2031-11-14-minutes.md", &["2031-11-14 Minutes", "2031-12-12"], "2031-11-14..2031-11-14"),
            ("x/notes.md", &["2031-06-05 Teleconference"], "2031-06-05..2031-06-05"),
            ("x/2031/TPAC.md", &[], "2031-01-01..2031-12-31"),
            ("notes.md", &["January 8"], "?..?"),
        ] {
            assert_eq!(days(origin, said), (expected.into(), false), "{origin} {said:?}");
        }
    }

    #[test]
    fn the_address_of_minutes_has_a_day() {
        let address = "[Minutes](https://example.org/2031/03/03-lamps-minutes.html)";
        let of = |said: &str| with_address(when("notes.md", &[said.to_string()]), address);
        assert_eq!(of("call").when, of("3 March 2031").when);
        assert_eq!(of("3-4 March 2031").when, when("notes.md", &["3-4 March 2031".into()]).when);
        assert!(of("3 March 2021").differs.is_some() && of("3 March 2021").when == When::UNKNOWN);
    }

    #[test]
    fn a_folder_that_sides_with_the_title_shows_the_file_name_wrong() {
        assert_eq!(days("2032/2031-03-27.md", &["March 27, 2032"]), ("2032-03-27..2032-03-27".into(), true));
        assert_eq!(days("notes-2032-07-17.md", &["2031-07-17 Meeting"]), ("?..?".into(), true));
        assert_eq!(days("2031/2031-11-24.md", &["October 27, 2031"]), ("2031-01-01..2031-12-31".into(), true));
    }
}
