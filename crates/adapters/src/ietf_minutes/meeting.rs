//! Which meeting a file is about: body, number or date, and where title, text and path disagree.

use fact::{Mode, Precision, Problem, When};

use super::body::body;
use super::calendar::months;
use super::row::Row;
use crate::parts::calendar::is_weekday;
use crate::parts::stated_date::{Stated, dates};

/// What is known of a meeting before its minutes are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Meeting {
    /// `HTTP WG`, `WEBTRANS BoF`.
    pub body: Option<String>,
    /// `IETF 118`, `interim 2023-03-15`.
    pub event: Option<String>,
    pub when: Option<When>,
    pub mode: Option<Mode>,
    pub problems: Vec<Problem>,
}

impl Meeting {
    pub(super) fn when(&self) -> When {
        self.when.unwrap_or(When::UNKNOWN)
    }
}

/// What the folder and the name of a file say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Path {
    pub number: Option<u16>,
    pub when: Option<When>,
    pub is_interim: bool,
    pub group: Option<String>,
}

/// Reads the meeting from the first rows of a file and from its path.
pub(super) fn meeting(origin: &str, rows: &[Row<'_>]) -> Meeting {
    let path = path(origin);
    let titles = titles(rows);
    let mut meeting = Meeting { body: body(&titles, rows, &path), ..Meeting::default() };
    // A heading further down speaks of plans for other meetings.
    let first = titles.iter().take_while(|row| row.level <= 1 || row.number() == titles[0].number());
    let title_number = first.take(4).find_map(|row| number(&row.text)).filter(|_| !path.is_interim);
    let number = agreed_number(title_number, &path, &titles, rows, &mut meeting);
    let filed_day = path.when.filter(|when| when.precision == Precision::Day);
    let context = filed_day.or(number.and_then(months)).or(path.when);
    let stated = days(&titles, rows, context.unwrap_or(When::UNKNOWN));
    let stated = stated.or_else(|| titles.iter().find_map(|row| short_date(&row.text, path.when?)));
    meeting.when = checked(stated, number, &path, &titles, &mut meeting).or(context);
    let is_virtual = titles.iter().any(|row| row.text.to_lowercase().contains("virtual"));
    meeting.mode = (is_virtual && number.is_none()).then_some(Mode::Remote);
    let titled_day = titles.first().and_then(|row| dates(&row.text).first().map(|date| date.when(When::UNKNOWN)));
    let titled_day = titled_day.filter(|when| when.from.is_some() && when.from == when.to);
    let filed = if titled_day.is_some() && titled_day == meeting.when { titled_day } else { path.when };
    meeting.event = event(number, filed, meeting.when, rows);
    meeting
}

/// The rows that may name the meeting: up to six before the text begins.
fn titles<'a, 'b>(rows: &'b [Row<'a>]) -> Vec<&'b Row<'a>> {
    let head = rows.iter().filter(|row| !row.is_blank() && !row.is_contents).take(8);
    head.filter(|row| row.text.chars().count() <= 140 && row.bullet <= 1 && !row.text.contains("://")).take(6).collect()
}

/// `IETF 113`, `IETF-113`, `IETF113`: the number.
pub(super) fn number(text: &str) -> Option<u16> {
    let lower = text.to_ascii_lowercase();
    lower.match_indices("ietf").find_map(|(at, _)| {
        let rest = lower[at + 4..].trim_start_matches([' ', '-', '#', '_']);
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let is_end = !rest[n_digits..].starts_with(char::is_alphanumeric);
        rest[..n_digits].parse().ok().filter(|number| is_end && (10..1000).contains(number))
    })
}

/// What folder and file name say: `ietf113/minutes.md`, `interim-17-01/minutes-24.md`, `interim/2020-04-29/minutes.txt`,
/// `minutes-interim-2025-scone-04-202504302100-00.md`.
pub(super) fn path(origin: &str) -> Path {
    let lower = origin.to_ascii_lowercase();
    let parts: Vec<&str> = lower.split('/').collect();
    let file = parts.last().copied().unwrap_or_default();
    let folders = &parts[..parts.len() - 1];
    let mut path = Path { is_interim: lower.contains("interim"), ..Path::default() };
    path.number = folders.iter().rev().find_map(|folder| number(folder));
    let stem = file.split('.').next().unwrap_or(file);
    if path.number.is_none() && !path.is_interim {
        let bare = folders.last().and_then(|folder| folder.trim_start_matches("bof-").parse::<u16>().ok());
        let named = stem.split(['-', '_']).find_map(|part| part.parse::<u16>().ok());
        // A bare number is one of a meeting only where there is such a meeting.
        path.number = number(stem).or(named.or(bare).filter(|&number| months(number).is_some()));
    }
    let folder = folders.iter().rev().find_map(|folder| folder_date(folder));
    path.when = both(stamp(stem), folder);
    path.group = folders.iter().rev().find_map(|folder| group(folder)).or_else(|| datatracker_group(stem));
    path
}

/// What file and folder say together: where their days differ, the month that they share.
fn both(file: Option<When>, folder: Option<When>) -> Option<When> {
    let (Some(one), Some(other)) = (file, folder) else { return file.or(folder) };
    if overlaps(one, other) {
        return Some(if one.precision == Precision::Day { one } else { other });
    }
    let month = |when: When| when.from.and_then(|day| When::parse(&day.strftime("%Y-%m").to_string()));
    month(one).filter(|shared| month(other).as_ref() == Some(shared))
}

/// The day of `minutes-123-core-202507221230-00`, `made-interim-20310127-minutes`, `01-29-2031`.
fn stamp(stem: &str) -> Option<When> {
    let parts: Vec<&str> = stem.split(['-', '_']).collect();
    if let [month, day, year] = parts[..]
        && (month.len(), day.len(), year.len()) == (2, 2, 4)
    {
        // The second number may be the month as well, unless there are fewer months than that.
        let is_day = day.parse::<u8>().is_ok_and(|day| day > 12);
        return When::parse(&if is_day { format!("{year}-{month}-{day}") } else { year.to_string() });
    }
    parts.into_iter().find_map(digits)
}

/// The day of `20310127` and `203101271230`.
fn digits(part: &str) -> Option<When> {
    let is_stamp = [8, 12].contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    When::parse(&format!("{}-{}-{}", part.get(..4)?, part.get(4..6)?, part.get(6..8)?)).filter(|_| is_stamp)
}

/// `interim-17-01`, `interim-20-09-10`, `2020-04-29`, `interim-24-05-22-virtual`.
fn folder_date(folder: &str) -> Option<When> {
    let behind = |mark: &str| folder.split_once(mark).map(|(_, rest)| rest.trim_start_matches('-'));
    let rest = behind("interim").or(behind("designteam")).unwrap_or(folder);
    if let Some(day) = rest.split('-').next().and_then(digits) {
        return Some(day);
    }
    let parts: Vec<&str> = rest.split('-').take_while(|part| part.bytes().all(|byte| byte.is_ascii_digit())).collect();
    let is_prefixed = rest.len() < folder.len();
    let year = match parts.first()?.len() {
        4 => parts[0].to_string(),
        2 if is_prefixed => format!("20{}", parts[0]),
        _ => return None,
    };
    let two = |at: usize| parts.get(at).filter(|part| part.len() == 2);
    match (two(1), two(2)) {
        (Some(month), Some(day)) => When::parse(&format!("{year}-{month}-{day}")),
        (Some(month), None) => When::parse(&format!("{year}-{month}")),
        _ => None,
    }
}

/// `core-wg`, `ietf-wg-scone`, `quicwg`: the group.
fn group(folder: &str) -> Option<String> {
    if folder.contains("materials") {
        return None;
    }
    let name = folder.strip_prefix("ietf-wg-").or(folder.strip_suffix("-wg")).or(folder.strip_suffix("wg"))?;
    (!name.is_empty()).then(|| name.to_string())
}

/// `minutes-interim-2025-scone-04-...`, `minutes-123-core-...`: the group.
fn datatracker_group(stem: &str) -> Option<String> {
    let mut parts = stem.split('-').skip(1).skip_while(|part| *part == "interim");
    parts.next().filter(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))?;
    parts
        .next()
        .filter(|name| name.chars().all(char::is_alphanumeric) && name.starts_with(char::is_alphabetic))
        .map(Into::into)
}

/// Where title and folder give two numbers, a date in the text decides; without one, the folder does.
fn agreed_number(
    title: Option<u16>,
    path: &Path,
    titles: &[&Row<'_>],
    rows: &[Row<'_>],
    meeting: &mut Meeting,
) -> Option<u16> {
    let (Some(said), Some(filed)) = (title, path.number) else { return title.or(path.number) };
    if said == filed {
        return title;
    }
    let row = titles.iter().find(|row| number(&row.text) == title)?;
    meeting.problems.push(row.problem(
        "meeting-disagrees",
        format!("expected IETF {filed}, as the folder says, found IETF {said} in the title"),
        "correct the title or move the file",
    ));
    let is_when = |number: u16| {
        let stated = days(titles, rows, months(number).unwrap_or(When::UNKNOWN));
        stated.zip(months(number)).is_some_and(|(stated, months)| overlaps(stated, months))
    };
    Some(if is_when(said) && !is_when(filed) { said } else { filed })
}

fn overlaps(one: When, other: When) -> bool {
    let (Some(from), Some(to)) = (one.from, one.to) else { return false };
    other.from.is_some_and(|other| other <= to) && other.to.is_some_and(|other| other >= from)
}

/// The days that titles, header lines and headings state, from the first to the last of one meeting.
fn days(titles: &[&Row<'_>], rows: &[Row<'_>], context: When) -> Option<When> {
    let titled = titles.iter().filter(|row| number(&row.text).is_some() || row.level > 0 || row.bullet == 0);
    let mut whens: Vec<When> = titled.flat_map(|row| dated(row, context)).collect();
    let title_month = whens.iter().find(|when| when.precision == Precision::Month).copied();
    whens.retain(|when| when.precision == Precision::Day);
    let context = whens.first().copied().or(title_month).unwrap_or(context);
    let head = rows.iter().filter(|row| !row.is_contents).take(60).filter(|row| is_date_label(&row.text));
    if whens.is_empty() {
        whens.extend(head.filter_map(|row| dates(&row.text).first().map(|date| date.when(context))).take(1));
        whens.retain(|when| when.precision == Precision::Day);
    }
    let context = whens.first().copied().unwrap_or(context);
    whens.extend(rows.iter().filter_map(|row| section_day(row, context)));
    // A week and a half holds one meeting; a date beyond it is of another.
    let first = whens.first().copied();
    let near = whens.iter().filter(|when| first.is_some_and(|first| n_days_between(first, **when) <= 10));
    let span = near.copied().reduce(|one, other| When {
        from: one.from.min(other.from),
        to: one.to.max(other.to),
        precision: Precision::Day,
    });
    span.or(title_month)
}

/// `24-01-17` in a folder of January 2017: the folder says which of the numbers is the year.
fn short_date(text: &str, folder: When) -> Option<When> {
    let word = text.split_whitespace().find(|word| word.len() == 8 && word.split('-').all(|part| part.len() == 2))?;
    let parts: Vec<&str> = word.split('-').collect();
    let [one, two, three] = parts[..] else { return None };
    let days = [[three, two, one], [one, two, three], [three, one, two]];
    let mut days = days.iter().filter_map(|[year, month, day]| When::parse(&format!("20{year}-{month}-{day}")));
    days.find(|day| overlaps(*day, folder))
}

fn n_days_between(one: When, other: When) -> i32 {
    let (Some(one), Some(other)) = (one.from, other.from) else { return i32::MAX };
    one.since(other).map_or(i32::MAX, |span| span.get_days().abs())
}

fn dated(row: &Row<'_>, context: When) -> Vec<When> {
    let found = dates(&row.text).into_iter().take(1).map(|date| date.when(context));
    found.filter(|when| *when != When::UNKNOWN).collect()
}

/// `Date and time: ...`, `Meeting Time: ...`, `Tuesday July 26 3:00-5:00pm`.
fn is_date_label(text: &str) -> bool {
    let lower = text.to_lowercase();
    let label = lower.split(':').next().unwrap_or_default().trim();
    let is_label =
        ["date", "time", "date and time", "when", "meeting time", "local time", "time and date", "meeting date"];
    let is_weekday_first =
        lower.split(|letter: char| !letter.is_alphabetic()).find(|word| !word.is_empty()).is_some_and(is_weekday);
    (is_label.contains(&label) && lower.contains(':')) || is_weekday_first && lower.chars().count() <= 90
}

/// The day of a heading that is little else than a date: `## Friday, 17 November 2017`, `### Session 1: March 3, 2014`.
pub(super) fn section_day(row: &Row<'_>, context: When) -> Option<When> {
    if (row.level == 0 && !is_date_label(&row.text))
        || row.bullet > 0
        || row.is_contents
        || row.text.chars().count() > 160
    {
        return None;
    }
    let date: Stated = dates(&row.text).into_iter().next()?;
    let is_filler = |word: &str| {
        let lower = word.to_lowercase();
        is_weekday(&lower)
            || ["session", "morning", "afternoon", "evening", "day", "am", "pm", "utc", "i", "ii", "iii"]
                .contains(&lower.as_str())
    };
    let others = [&row.text[..date.start], &row.text[date.end..]];
    let mut words = others.iter().flat_map(|text| text.split(|letter: char| !letter.is_alphabetic()));
    let n_before = row.text[..date.start]
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty() && !is_filler(word))
        .count();
    let n_other = words.by_ref().filter(|word| !word.is_empty() && !is_filler(word)).count();
    let when = date.when(context);
    let is_day = when.precision == Precision::Day;
    (is_day && n_before <= 1 && (n_other <= 3 || n_before == 0 && row.level > 0)).then_some(when)
}

/// Sets the days against the numbered meeting or the folder; only what both allow is kept.
fn checked(
    stated: Option<When>,
    number: Option<u16>,
    path: &Path,
    titles: &[&Row<'_>],
    meeting: &mut Meeting,
) -> Option<When> {
    let stated = stated?;
    let (expected, name) = match (number.and_then(months), path.when) {
        (Some(months), _) => (months, number.map(|number| format!("IETF {number}")).unwrap_or_default()),
        (None, Some(folder)) => (folder, "the folder".into()),
        (None, None) => return Some(stated),
    };
    // Interims filed under the month they were planned for begin or end beside it.
    let is_near = overlaps(stated, expected) || overlaps(widened(stated), expected);
    if is_near {
        return Some(stated);
    }
    let row = titles.first()?;
    let day = |when: When| when.from.map_or("no day".into(), |day| day.to_string());
    meeting.problems.push(row.problem(
        "date-disagrees",
        format!("expected a day of {name}, from {} on, found {}", day(expected), day(stated)),
        "correct the date in the text or the name of the folder; until then the day is not known",
    ));
    // The month of the title still holds where it is that of the folder.
    let months = titles.iter().flat_map(|row| dates(&row.text)).map(|date| date.when(When::UNKNOWN));
    let month = months.filter(|when| when.precision == Precision::Month).find(|when| overlaps(*when, expected));
    month.or(Some(When::UNKNOWN))
}

fn widened(when: When) -> When {
    let days = jiff::Span::new().days(7);
    let from = when.from.map(|day| day.checked_sub(days).unwrap_or(day));
    let to = when.to.map(|day| day.checked_add(days).unwrap_or(day));
    When { from, to, ..when }
}

/// `IETF 118`, or `interim` and its date: the day of the title, else the month of the folder, for all days of one interim.
fn event(number: Option<u16>, filed: Option<When>, when: Option<When>, rows: &[Row<'_>]) -> Option<String> {
    if let Some(number) = number {
        return Some(format!("IETF {number}"));
    }
    let word = |when: When| match (when.precision, when.from) {
        (Precision::Day, Some(day)) => Some(day.to_string()),
        (Precision::Month, Some(day)) => Some(day.strftime("%Y-%m").to_string()),
        _ => None,
    };
    let known = when.filter(|when| *when != When::UNKNOWN);
    let filed = filed.filter(|filed| known.is_none_or(|when| overlaps(widened(when), *filed)));
    if let Some(date) = filed.and_then(word).or_else(|| when.and_then(word)) {
        return Some(format!("interim {date}"));
    }
    rows.iter().take(20).find_map(|row| {
        let at = row.text.find("interim-")?;
        Some(
            row.text[at..].split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-')).next()?.to_string(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_number_date_and_group() {
        let read = |origin: &str| {
            let path = path(origin);
            (path.number, path.when.and_then(|when| when.to).map(|day| day.to_string()), path.group)
        };
        let some = |text: &str| Some(text.to_string());
        assert_eq!(read("core-wg/ietf113/minutes.md"), (Some(113), None, some("core")));
        assert_eq!(read("core-wg/interim/2020-04-29/minutes.txt"), (None, some("2020-04-29"), some("core")));
        assert_eq!(read("quicwg/interim-17-01/minutes-24.md"), (None, some("2017-01-31"), some("quic")));
        assert_eq!(read("ietf-wg-add/interim-20-09-10/Minutes.md"), (None, some("2020-09-10"), some("add")));
        assert_eq!(read("x/121/agenda-121-scone.md"), (Some(121), None, some("scone")));
        let stamped = "x/interim-4/minutes-interim-2025-scone-04-202504302100-00.md";
        assert_eq!(read(stamped), (None, some("2025-04-30"), some("scone")));
        assert_eq!(read("minutes.md"), (None, None, None));
    }
}
