//! What the title of minutes and the name of their file say: what kind of file it is, which meeting, and which days.

use fact::When;
use jiff::civil::Date;

use crate::parts::calendar::month;

/// What a file with such a title is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Minutes of a day or of a whole meeting.
    Day,
    Contents,
    Summary,
    Agenda,
}

/// The first heading of a file of minutes.
#[derive(Debug, PartialEq)]
pub(super) struct Title {
    pub kind: Kind,
    /// The words before the date: `MADE WG2#14`, `103rd TC39 Meeting`.
    pub meeting: Option<String>,
    pub when: Option<When>,
}

/// A date in a text, and where its first word begins.
#[derive(Debug, PartialEq)]
pub(super) struct Dated {
    pub when: When,
    pub start: usize,
}

/// Reads the first line of a file; `None` when it is not one that minutes and their companions have.
///
/// `below` are the lines that follow: a title without a date counts only above a list of attendees.
pub(super) fn title<'a>(line: &str, mut below: impl Iterator<Item = &'a str>) -> Option<Title> {
    let heading = line.strip_prefix("# ")?.trim();
    let lower = heading.to_lowercase();
    let dated = date(heading);
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_counted = words.windows(3).any(|run| ordinal(run[0]).is_some() && run[2] == "meeting");
    let is_dated = dated.is_some();
    let is_minutes = (lower.ends_with("meeting notes") && is_dated)
        || (is_counted && (is_dated || below.any(|line| line.to_lowercase().contains("attendees:"))));
    let kind = if lower.contains("table of contents") && is_dated {
        Kind::Contents
    } else if lower.contains("summary") && lower.contains(" meeting of ") {
        Kind::Summary
    } else if (lower.starts_with("agenda") || lower.ends_with("agenda")) && (is_dated || is_counted) {
        Kind::Agenda
    } else if is_minutes {
        Kind::Day
    } else {
        return None;
    };
    let before = dated.as_ref().map_or(heading, |dated| &heading[..dated.start]);
    let before = before.trim_end_matches(|letter: char| " ,|-".contains(letter)).trim();
    let meeting = (!before.is_empty()).then(|| before.to_string());
    Some(Title { kind, meeting, when: dated.map(|dated| dated.when) })
}

/// Finds a date or an interval in a text: `July 24, 2012`, `8-12 March 2021`, `29 January - 2 February 2024`, `May 2012`.
pub(super) fn date(text: &str) -> Option<Dated> {
    let words = words(text);
    let month_at = words.iter().position(|(_, word)| month(word).is_some())?;
    let (year_at, year) =
        words.iter().enumerate().skip(month_at).find_map(|(at, (_, word))| Some((at, year(word)?)))?;
    let mut days: Vec<(i8, i8, usize)> = Vec::new();
    for at in (month_at..year_at).filter(|&at| month(words[at].1).is_some()) {
        let month = month(words[at].1)?;
        let before = at.checked_sub(1).and_then(|before| Some((day_span(words[before].1)?, before)));
        let found = before.or_else(|| Some((day_span(words.get(at + 1)?.1)?, at)));
        if let Some(((from, to), first)) = found {
            days.extend([(month, from, first), (month, to, first)]);
        }
    }
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Some(Dated { when: When::month(year, month(words[month_at].1)?)?, start: words[month_at].0 });
    };
    let first_year = if first.0 > last.0 { year - 1 } else { year };
    let when = When::days(Date::new(first_year, first.0, first.1).ok()?, Date::new(year, last.0, last.1).ok()?);
    Some(Dated { when, start: words[first.2.min(month_at)].0 })
}

/// Returns the day that the file name and its folder give: `2022-07/jul-19.md`; January files of a December folder are
/// of the year after.
pub(super) fn file_day(origin: &str) -> Option<Date> {
    let first = folder_month(origin)?.from?;
    let name = origin.rsplit('/').next()?.strip_suffix(".md")?;
    let (word, day) = name.rsplit_once('-')?;
    let month = month(word)?;
    let year = if month < first.month() { first.year() + 1 } else { first.year() };
    Date::new(year, month, day.parse().ok()?).ok()
}

/// Returns the month that the folder of the file is named after: `.../2022-07/jul-19.md`.
pub(super) fn folder_month(origin: &str) -> Option<When> {
    let folder = origin.rsplit('/').nth(1)?;
    When::parse(folder).filter(|_| folder.len() == 7)
}

/// True when an interval touches the month of the folder or the month after it.
pub(super) fn is_in_folder(when: When, folder: When) -> bool {
    let (Some(first), Some(from), Some(to)) = (folder.from, when.from, when.to) else { return true };
    let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    months(to) >= months(first) && months(from) <= months(first) + 1
}

/// Returns what two times have in common: a month, a year, or nothing.
pub(super) fn agreed(one: When, other: When) -> When {
    let (Some(one), Some(other)) = (one.from, other.from) else { return When::UNKNOWN };
    let month = When::month(one.year(), one.month()).filter(|_| one.month() == other.month());
    let year = month.or_else(|| When::year(one.year()));
    year.filter(|_| one.year() == other.year()).unwrap_or(When::UNKNOWN)
}

/// Words with the byte at which each begins, without the punctuation around them.
pub(super) fn words(text: &str) -> Vec<(usize, &str)> {
    let is_between = |letter: char| letter.is_whitespace() || ",|—".contains(letter);
    let mut words = Vec::new();
    let mut start = 0;
    for word in text.split(is_between) {
        if !word.is_empty() {
            words.push((start, word));
        }
        let end = start + word.len();
        start = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| word.len() == 4 && (1900..2100).contains(year))
}

/// `8`, `8th`, `8-12`, `8–12`.
pub(super) fn day_span(word: &str) -> Option<(i8, i8)> {
    let day = |word: &str| word.parse().ok().or_else(|| ordinal(word)).filter(|day| (1..=31).contains(day));
    match word.split_once(['-', '–', '/']) {
        Some((from, to)) => Some((day(from)?, day(to)?)),
        None => Some((day(word)?, day(word)?)),
    }
}

/// `1st`, `22nd`, `103rd`: the number, up to 127.
fn ordinal(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> String {
        let when = date(text).map_or(When::UNKNOWN, |dated| dated.when);
        [when.from, when.to].map(|day| day.map_or("?".into(), |day| day.to_string())).join("..")
    }

    #[test]
    fn dates_are_found_in_the_forms_that_titles_have() {
        assert_eq!(days("July 24, 2012 Meeting Notes"), "2012-07-24..2012-07-24");
        assert_eq!(days("19 July, 2022 Meeting Notes"), "2022-07-19..2022-07-19");
        assert_eq!(days("28th Nov 2023 99th TC39 Meeting"), "2023-11-28..2023-11-28");
        assert_eq!(days("104th TC39 Meeting |  9th October 2024"), "2024-10-09..2024-10-09");
        assert_eq!(days("Day One—20 January 2026"), "2026-01-20..2026-01-20");
        assert_eq!(days("MADE WG2#14, 8-12 March 2021 Meeting Notes"), "2021-03-08..2021-03-12");
        assert_eq!(days("WG2#15, 29 January - 2 February 2024 Meeting Notes"), "2024-01-29..2024-02-02");
        assert_eq!(days("WG2#15, 30 December - 3 January 2024"), "2023-12-30..2024-01-03");
        assert_eq!(days("May 2012 - Table of Contents"), "2012-05-01..2012-05-31");
        assert_eq!(days("Sept. 19, 2012"), "2012-09-19..2012-09-19");
        assert_eq!(days("31 February 2024"), "?..?");
        assert_eq!(days("we may meet again"), "?..?");
    }

    #[test]
    fn the_file_name_gives_a_day_within_its_folder() {
        assert_eq!(file_day("x/2022-07/jul-19.md"), Date::new(2022, 7, 19).ok());
        assert_eq!(file_day("x/2019-12/jan-02.md"), Date::new(2020, 1, 2).ok());
        assert_eq!(file_day("x/2022-07/toc.md"), None);
        assert_eq!(file_day("jul-19.md"), None);
    }

    #[test]
    fn other_markdown_is_left_alone() {
        for line in ["# Meeting notes", "# README", "Meeting", "# Summary", "# May we meet", "# 3rd party meeting"] {
            assert_eq!(title(line, std::iter::empty()), None, "{line}");
        }
    }
}
