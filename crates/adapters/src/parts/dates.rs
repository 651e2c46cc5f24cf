//! Dates as people write them: `17 June 2024`, `17-Jun-24`, `2024/06/17 09:30`, `17-21 June 2024`, `June 2024`.
//!
//! The precision is what stands there. A date of numbers alone needs an order of day and month, unless one of them is
//! above twelve or the year stands first; dots mean day, month, year.

use fact::When;
use jiff::civil::Date;

use super::calendar;
use super::mapping::Order;

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// Day and month could be exchanged.
    Order,
    /// It does not look like a date.
    Unreadable,
}

/// Reads a date, or an interval of dates.
///
/// # Errors
/// An [`Unclear`].
pub fn parse(text: &str, order: Option<Order>) -> Result<When, Unclear> {
    let text = text.trim();
    if text.is_empty() || text.len() > 80 {
        return Err(Unclear::Unreadable);
    }
    match one(text, order) {
        Err(Unclear::Unreadable) => interval(text, order),
        other => other,
    }
}

/// The day of a text that states one to the day.
pub fn day(text: &str, order: Option<Order>) -> Option<Date> {
    parse(text, order).ok().filter(|when| when.from == when.to)?.from
}

fn one(text: &str, order: Option<Order>) -> Result<When, Unclear> {
    if let Some(when) = When::parse(text) {
        return Ok(when);
    }
    let parts = parts(without_time(text));
    let words: Vec<&str> = parts.iter().map(|(word, _)| *word).collect();
    match words[..] {
        [day, month, year] if is_number(day) && calendar::month(month).is_some() => named(Some(day), month, year),
        [month, day, year] if is_number(day) && calendar::month(month).is_some() => named(Some(day), month, year),
        [year, month, day] if year.len() == 4 && calendar::month(month).is_some() => named(Some(day), month, year),
        [month, year] if calendar::month(month).is_some() && year.len() == 4 => named(None, month, year),
        [one, two, three] if words.iter().all(|word| is_number(word)) => {
            let is_dotted = parts[0].1 == '.' && parts[1].1 == '.';
            numbers([one, two, three], if is_dotted { Some(Order::DayMonthYear) } else { order })
        }
        _ => Err(Unclear::Unreadable),
    }
}

/// Numbers and words of a date, each with the character behind it. Ordinals lose their ending.
fn parts(text: &str) -> Vec<(&str, char)> {
    let is_part = |c: char| c.is_alphanumeric();
    let mut parts = Vec::new();
    let mut rest = text.trim_start_matches(|c| !is_part(c));
    while !rest.is_empty() && parts.len() < 5 {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end);
        let digits = part.trim_end_matches(|c: char| c.is_alphabetic());
        let is_ordinal = !digits.is_empty() && ["st", "nd", "rd", "th"].contains(&&part[digits.len()..]);
        if !is_weekday(part) && !part.eq_ignore_ascii_case("of") {
            parts.push((if is_ordinal { digits } else { part }, behind.chars().next().unwrap_or(' ')));
        }
        rest = behind.trim_start_matches(|c| !is_part(c));
    }
    parts
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| {
        word.strip_prefix(day)
            .is_some_and(|end| ["", "day", "sday", "nesday", "s", "rsday", "urday", "r", "rs"].contains(&end))
    })
}

/// The text up to a time of day: `2024-06-17T09:30:00Z`, `17/06/2024 09:30`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let before = text[..colon].trim_end_matches(|c: char| c.is_ascii_digit());
    let is_time = before.ends_with([' ', 'T', ',']) && before.len() + 2 >= colon && before.len() < colon;
    if is_time { before.trim_end_matches([' ', 'T', ',']) } else { text }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A date whose month is named. A day of `00` is a day that is not known.
fn named(day: Option<&str>, month: &str, year: &str) -> Result<When, Unclear> {
    let read = || {
        let (year, month) = (year_of(year)?, calendar::month(month)?);
        match day.map(str::parse::<i8>) {
            None | Some(Ok(0)) => When::month(year, month),
            Some(day) => Date::new(year, month, day.ok()?).ok().map(When::day),
        }
    };
    read().ok_or(Unclear::Unreadable)
}

/// A year of four figures, or of two: from 70 on of the last century, as POSIX has it.
fn year_of(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok()?;
    match word.len() {
        4 => Some(year),
        2 if year >= 70 => Some(1900 + year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn numbers([one, two, three]: [&str; 3], order: Option<Order>) -> Result<When, Unclear> {
    let number = |word: &str| word.parse::<i8>().map_err(|_| Unclear::Unreadable);
    if one.len() == 4 {
        let date = Date::new(year_of(one).ok_or(Unclear::Unreadable)?, number(two)?, number(three)?);
        return date.map(When::day).map_err(|_| Unclear::Unreadable);
    }
    let order = match order {
        Some(Order::YearMonthDay) if one.len() == 2 => {
            let date = Date::new(year_of(one).ok_or(Unclear::Unreadable)?, number(two)?, number(three)?);
            return date.map(When::day).map_err(|_| Unclear::Unreadable);
        }
        Some(order) => order,
        None if number(one)? > 12 => Order::DayMonthYear,
        None if number(two)? > 12 => Order::MonthDayYear,
        None if one == two => Order::DayMonthYear,
        None => return Err(Unclear::Order),
    };
    let (day, month) = if order == Order::MonthDayYear { (two, one) } else { (one, two) };
    let date = Date::new(year_of(three).ok_or(Unclear::Unreadable)?, number(month)?, number(day)?);
    date.map(When::day).map_err(|_| Unclear::Unreadable)
}

/// `2024-06-17..2024-06-21`, `17-21 June 2024`, `30 June - 4 July 2024`.
fn interval(text: &str, order: Option<Order>) -> Result<When, Unclear> {
    for dash in ["..", " to ", " - ", " – ", "–", "/", "-"] {
        for (at, _) in text.match_indices(dash).take(6) {
            let (first, last) = (text[..at].trim(), text[at + dash.len()..].trim());
            let Some(to) = day(last, order) else { continue };
            let tail: Vec<(&str, char)> = parts(last);
            // What the first day leaves out, it shares with the last.
            let ways = [
                first.to_string(),
                format!("{first} {}", tail.last().map_or("", |part| part.0)),
                format!("{first} {}", tail.iter().skip(1).map(|part| part.0).collect::<Vec<_>>().join(" ")),
            ];
            if let Some(from) = ways.iter().find_map(|way| day(way, order)).filter(|from| *from <= to) {
                return Ok(When::days(from, to));
            }
        }
    }
    Err(Unclear::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, order: Option<Order>) -> String {
        match parse(text, order) {
            Ok(When { from: Some(from), to: Some(to), .. }) if from == to => from.to_string(),
            Ok(When { from: Some(from), to: Some(to), .. }) => format!("{from}..{to}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, date) in [
            ("2024-06-17", "2024-06-17"),
            ("2024-06", "2024-06-01..2024-06-30"),
            ("2024/06/17 09:30", "2024-06-17"),
            ("2024-06-17T09:30:00Z", "2024-06-17"),
            ("17 June 2024", "2024-06-17"),
            ("17th of June, 2024", "2024-06-17"),
            ("Mon, 17 Jun 2024 09:30", "2024-06-17"),
            ("June 17, 2024", "2024-06-17"),
            ("17-Jun-24", "2024-06-17"),
            ("28 Dec 87", "1987-12-28"),
            ("00-Mar-99", "1999-03-01..1999-03-31"),
            ("June 2024", "2024-06-01..2024-06-30"),
            ("17.06.2024", "2024-06-17"),
            ("17/06/2024", "2024-06-17"),
            ("06/17/2024", "2024-06-17"),
            ("17-21 June 2024", "2024-06-17..2024-06-21"),
            ("17 – 21 June 2024", "2024-06-17..2024-06-21"),
            ("30 June - 4 July 2024", "2024-06-30..2024-07-04"),
            ("2024-06-17..2024-06-21", "2024-06-17..2024-06-21"),
            ("June 17-21, 2024", "Err(Unreadable)"),
        ] {
            assert_eq!(read(text, None), date, "{text}");
        }
    }

    #[test]
    fn day_and_month_are_not_guessed() {
        assert_eq!(parse("05/06/2024", None), Err(Unclear::Order));
        assert_eq!(read("05/06/2024", Some(Order::DayMonthYear)), "2024-06-05");
        assert_eq!(read("05/06/2024", Some(Order::MonthDayYear)), "2024-05-06");
        for text in ["", "soon", "17", "2024-02-30", "31/31/2024", "S2-2401234", "12:30", "Monday", "1.2", "June"] {
            assert_eq!(parse(text, None), Err(Unclear::Unreadable), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "[0-9A-Za-zé/.,: –-]{0,40}") {
            let _ = parse(&text, None);
            let _ = parse(&text, Some(Order::YearMonthDay));
        }
    }
}
