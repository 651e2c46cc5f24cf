//! Dates as minutes write them, no more exact than they are written.

use fact::{Precision, When};
use jiff::civil::Date;

use super::calendar::{is_weekday, month};

/// A date in a text: what is stated of it, and the bytes it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated {
    pub year: Option<i16>,
    /// Month and day of the first and the last day; day `None` where only a month is stated.
    pub from: (i8, Option<i8>),
    pub to: (i8, Option<i8>),
    pub start: usize,
    pub end: usize,
}

impl Stated {
    /// Returns the time stated; a year that is not stated is taken from `context`, if the month lies in or beside it.
    pub fn when(&self, context: When) -> When {
        let Some(year) = self.year.or_else(|| self.year_in(context)) else { return When::UNKNOWN };
        match (self.from, self.to) {
            ((from_month, Some(from)), (to_month, Some(to))) => {
                let first_year = if from_month > to_month { year - 1 } else { year };
                match (Date::new(first_year, from_month, from), Date::new(year, to_month, to)) {
                    (Ok(from), Ok(to)) => When::days(from, to),
                    _ => When::UNKNOWN,
                }
            }
            ((month, _), _) if self.year.is_some() => When::month(year, month).unwrap_or(When::UNKNOWN),
            _ => When::UNKNOWN,
        }
    }

    fn year_in(&self, context: When) -> Option<i16> {
        let (from, to) = (context.from?, context.to?);
        if matches!(context.precision, Precision::Year) && from.year() == to.year() {
            return Some(from.year());
        }
        let months = |year: i16, month: i8| i32::from(year) * 12 + i32::from(month);
        let (first, last) = (months(from.year(), from.month()) - 1, months(to.year(), to.month()) + 1);
        (from.year()..=to.year()).find(|&year| (first..=last).contains(&months(year, self.from.0)))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Number {
        value: i16,
        n_digits: u8,
    },
    Month(i8),
    /// `-`, `–`, `to`.
    Dash,
    Slash,
    /// A number that is a time of day.
    Time,
    Word,
}

#[derive(Clone, Copy)]
struct At {
    token: Token,
    start: usize,
    end: usize,
}

/// Returns the dates of a text, in order.
pub fn dates(text: &str) -> Vec<Stated> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() && found.len() < 20 {
        match stated(&tokens[at..]) {
            Some((stated, n_tokens)) => {
                found.push(stated);
                at += n_tokens;
            }
            None => at += 1,
        }
    }
    found
}

/// The longest form that begins at the first token, and how many tokens it takes.
fn stated(tokens: &[At]) -> Option<(Stated, usize)> {
    numeric(tokens).or_else(|| day_first(tokens)).or_else(|| month_first(tokens))
}

fn make(
    tokens: &[At],
    n_tokens: usize,
    year: Option<i16>,
    from: (i8, Option<i8>),
    to: (i8, Option<i8>),
) -> (Stated, usize) {
    (Stated { year, from, to, start: tokens[0].start, end: tokens[n_tokens - 1].end }, n_tokens)
}

fn kinds<const N: usize>(tokens: &[At]) -> Option<[Token; N]> {
    let mut kinds = [Token::Word; N];
    if tokens.len() < N {
        return None;
    }
    for (kind, token) in kinds.iter_mut().zip(tokens) {
        *kind = token.token;
    }
    Some(kinds)
}

/// `2024-06-17`, `17-06-2024`, `30/01/13 - 01/02/13`, `30/9 to 2/10 2025`.
fn numeric(tokens: &[At]) -> Option<(Stated, usize)> {
    use Token::{Dash, Slash};
    let number = |at: usize| match tokens.get(at).map(|at| at.token) {
        Some(Token::Number { value, n_digits }) => Some((value, n_digits)),
        _ => None,
    };
    let signs: Vec<Token> = tokens.iter().take(9).map(|at| at.token).collect();
    let is = |at: usize, sign: Token| signs.get(at) == Some(&sign);
    let (one, two) = (number(0)?, number(2));
    if is(1, Dash) && is(3, Dash) {
        let (two, three) = (two?, number(4)?);
        let (year, month, day) = match (one.1, three.1) {
            (4, _) => (one.0, two.0, three.0),
            (_, 4) => (three.0, two.0, one.0),
            _ => return None,
        };
        let day = (month_of(month)?, day_of(day));
        return (is_year(year) && day.1.is_some()).then(|| make(tokens, 5, Some(year), day, day));
    }
    if is(1, Slash) && is(3, Slash) {
        let (two, three) = (two?, number(4)?);
        let day = (month_of(two.0)?, Some(day_of(one.0)?));
        let year = year_of(three)?;
        let last = (is(5, Dash) && is(7, Slash)).then(|| Some((month_of(number(8)?.0)?, Some(day_of(number(6)?.0)?))));
        return Some(match last.flatten() {
            Some(last) => make(tokens, 9, Some(year), day, last),
            None => make(tokens, 5, Some(year), day, day),
        });
    }
    if is(1, Slash) && is(3, Dash) && is(5, Slash) {
        let from = (month_of(two?.0)?, Some(day_of(one.0)?));
        let to = (month_of(number(6)?.0)?, Some(day_of(number(4)?.0)?));
        let year = number(7).and_then(year_of)?;
        return Some(make(tokens, 8, Some(year), from, to));
    }
    None
}

/// `17 June 2024`, `9-11 October 2013`, `29 January - 2 February 2024`, `25th of March 2022`, `8 - 10 April`.
fn day_first(tokens: &[At]) -> Option<(Stated, usize)> {
    use Token::{Dash, Month, Number};
    if let Some([Number { value: from, .. }, Month(first), Dash, Number { value: to, .. }, Month(last)]) = kinds(tokens)
    {
        let (from, to) = ((first, Some(day_of(from)?)), (last, Some(day_of(to)?)));
        return Some(with_year(tokens, 5, from, to));
    }
    if let Some([Number { value: from, .. }, Dash, Number { value: to, .. }, Month(month)]) = kinds(tokens) {
        let (from, to) = ((month, Some(day_of(from)?)), (month, Some(day_of(to)?)));
        return Some(with_year(tokens, 4, from, to));
    }
    // `3-Aug-12`, `4-Nov-2019`
    if let Some([Number { value: day, .. }, Dash, Month(month), Dash, Number { value, n_digits }]) = kinds(tokens) {
        let day = (month, Some(day_of(day)?));
        return Some(make(tokens, 5, Some(year_of((value, n_digits))?), day, day));
    }
    let Some([Number { value, n_digits: 1 | 2 }, Month(month)]) = kinds(tokens) else { return None };
    let day = (month, Some(day_of(value)?));
    // `11 November 11 2022`: the day said twice.
    let n_tokens = match kinds(&tokens[2..]) {
        Some([Number { value: again, .. }, Number { value: year, .. }]) if again == value && is_year(year) => 3,
        _ => 2,
    };
    Some(with_year(tokens, n_tokens, day, day))
}

/// `June 17, 2024`, `January 30-February 1, 2013`, `October 9-11`, `June 2024`.
fn month_first(tokens: &[At]) -> Option<(Stated, usize)> {
    use Token::{Dash, Month, Number};
    let Month(month) = tokens.first()?.token else { return None };
    if let Some([_, Number { value: from, .. }, Dash, Month(last), Number { value: to, .. }]) = kinds(tokens) {
        let (from, to) = ((month, Some(day_of(from)?)), (last, Some(day_of(to)?)));
        return Some(with_year(tokens, 5, from, to));
    }
    if let Some([_, Number { value: from, n_digits: 1 | 2 }, Dash, Number { value: to, n_digits: 1 | 2 }]) =
        kinds(tokens)
    {
        let (from, to) = ((month, Some(day_of(from)?)), (month, Some(day_of(to)?)));
        return Some(with_year(tokens, 4, from, to));
    }
    match kinds(tokens) {
        Some([_, Number { value, n_digits: 1 | 2 }]) => {
            let day = (month, Some(day_of(value)?));
            Some(with_year(tokens, 2, day, day))
        }
        Some([_, Number { value: year, n_digits: 4 }]) if is_year(year) => {
            Some(make(tokens, 2, Some(year), (month, None), (month, None)))
        }
        _ => None,
    }
}

/// Takes the year that follows, unless it is the hour of `1300-1500`.
fn with_year(tokens: &[At], n_tokens: usize, from: (i8, Option<i8>), to: (i8, Option<i8>)) -> (Stated, usize) {
    let number = |at: usize| match tokens.get(at).map(|at| at.token) {
        Some(Token::Number { value, n_digits: 4 }) => Some(value),
        _ => None,
    };
    let is_hour = tokens.get(n_tokens + 1).is_some_and(|at| at.token == Token::Dash)
        && number(n_tokens + 2).is_some_and(|end| !is_year(end) || number(n_tokens).is_some_and(|start| end > start));
    match number(n_tokens).filter(|&year| is_year(year) && !is_hour) {
        Some(year) => make(tokens, n_tokens + 1, Some(year), from, to),
        None => make(tokens, n_tokens, None, from, to),
    }
}

fn month_of(value: i16) -> Option<i8> {
    i8::try_from(value).ok().filter(|month| (1..=12).contains(month))
}

fn day_of(value: i16) -> Option<i8> {
    i8::try_from(value).ok().filter(|day| (1..=31).contains(day))
}

fn is_year(year: i16) -> bool {
    (1986..2100).contains(&year)
}

/// `2013`, and `13` where a date is written in numbers alone.
fn year_of((value, n_digits): (i16, u8)) -> Option<i16> {
    let year = if n_digits == 2 { value + 2000 } else { value };
    is_year(year).then_some(year)
}

fn tokens(text: &str) -> Vec<At> {
    let mut tokens: Vec<At> = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, letter)) = rest.next() {
        let is_same = |next: char| if letter.is_ascii_digit() { next.is_ascii_digit() } else { next.is_alphabetic() };
        let mut end = start + letter.len_utf8();
        if letter.is_alphanumeric() {
            while let Some((at, next)) = rest.next_if(|&(_, next)| is_same(next)) {
                end = at + next.len_utf8();
            }
        }
        let before = text[..start].chars().next_back();
        let token = match letter {
            '-' | '‐' | '–' | '—' => Token::Dash,
            '/' => Token::Slash,
            _ if letter.is_ascii_digit() => number(&text[start..end], before, text[end..].chars().next()),
            _ if letter.is_alphabetic() => match word(&text[start..end], before) {
                Some(token) => token,
                None => continue,
            },
            _ => continue,
        };
        tokens.push(At { token, start, end });
        if tokens.len() > 200 {
            break;
        }
    }
    tokens
}

/// Digits beside `:` are a time; more than four are something else.
fn number(digits: &str, before: Option<char>, after: Option<char>) -> Token {
    let is_time = after == Some(':') || before == Some(':') || before == Some('.');
    match digits.parse() {
        Ok(value) if digits.len() <= 4 && !is_time && !before.is_some_and(char::is_alphabetic) => {
            Token::Number { value, n_digits: u8::try_from(digits.len()).unwrap_or(4) }
        }
        _ => Token::Time,
    }
}

/// `None` for words that may stand inside a date without meaning: `th` after a number, `of`, and weekdays.
fn word(word: &str, before: Option<char>) -> Option<Token> {
    let lower = word.to_lowercase();
    let is_ordinal = before.is_some_and(|letter| letter.is_ascii_digit());
    if (is_ordinal && ["st", "nd", "rd", "th"].contains(&lower.as_str())) || lower == "of" || is_weekday(&lower) {
        return None;
    }
    if lower == "to" {
        return Some(Token::Dash);
    }
    // `may` and `march` are words too, unless they begin with a capital.
    let month = month(&lower).filter(|_| word.starts_with(char::is_uppercase));
    Some(month.map_or(Token::Word, Token::Month))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let show = |stated: Stated| {
            let when = stated.when(When::year(2016).unwrap_or(When::UNKNOWN));
            [when.from, when.to].map(|day| day.map_or("?".into(), |day| day.to_string())).join("..")
        };
        dates(text).into_iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn dates_are_read_in_the_forms_that_minutes_have() {
        assert_eq!(read("Friday, 25th of March 2022, 09:00 - 11:00 UTC"), "2022-03-25..2022-03-25");
        assert_eq!(read("CoRE Virtual interim - 29-04-2020 - 16:00 UTC"), "2020-04-29..2020-04-29");
        assert_eq!(read("Tuesday, 2023-07-25, 16:30-18:30 UTC"), "2023-07-25..2023-07-25");
        assert_eq!(read("Minutes (30/01/13 - 01/02/13)"), "2013-01-30..2013-02-01");
        assert_eq!(read("Minutes - 30/9 to 2/10 2025"), "2025-09-30..2025-10-02");
        assert_eq!(read("9-11 October 2013 - Seattle"), "2013-10-09..2013-10-11");
        assert_eq!(read("Tokyo, January 30-February 1, 2013"), "2013-01-30..2013-02-01");
        assert_eq!(read("THURSDAY, July 30, 2009"), "2009-07-30..2009-07-30");
        assert_eq!(read("MONDAY, December 3, 2007 -- 1740-1950"), "2007-12-03..2007-12-03");
        assert_eq!(read("Friday, 11 November 11 2022"), "2022-11-11..2022-11-11");
        assert_eq!(read("Minutes of the June 2013 Interim"), "2013-06-01..2013-06-30");
        assert_eq!(read("Monday July 21, 14:30 - 16:30 CEST"), "2016-07-21..2016-07-21");
        assert_eq!(read("Tue 4 Nov 2025"), "2025-11-04..2025-11-04");
        assert_eq!(read("14 November 2000-2200"), "2016-11-14..2016-11-14");
        assert_eq!(read("3‐Aug‐12"), "2012-08-03..2012-08-03");
        assert_eq!(read("4-Nov-2019"), "2019-11-04..2019-11-04");
        assert_eq!(read("31 February 2024"), "?..?");
        assert_eq!(read("we may march 5 to 6 miles; RFC 9110 of 2022; 7:30"), "");
    }

    #[test]
    fn a_year_is_taken_only_from_a_meeting_near_it() {
        let context = When::month(2019, 11).unwrap_or(When::UNKNOWN);
        let day = |text: &str| dates(text)[0].when(context).from.map(|day| day.to_string());
        assert_eq!(day("Tuesday 19 November"), Some("2019-11-19".into()));
        assert_eq!(day("1 December"), Some("2019-12-01".into()));
        assert_eq!(day("19 March"), None);
    }
}
