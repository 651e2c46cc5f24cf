//! Numbers of workbooks as a person sees them: serial dates, number formats, letters of columns.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Kind;

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// As it is.
    Plain,
    /// A date, or a time of day.
    Date,
    /// At least so many digits before the point, exactly so many behind it.
    Digits(usize, usize),
}

impl Format {
    /// The format with a number of the built-in list (ECMA-376 part 1, 18.8.30; the languages of East Asia included).
    pub fn built_in(id: usize) -> Self {
        match id {
            1 | 3 => Self::Digits(1, 0),
            2 | 4 => Self::Digits(1, 2),
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Self::Date,
            _ => Self::Plain,
        }
    }

    /// Reads a format code such as `dd/mm/yyyy`, `0.00` or `[$-409]d\-mmm\-yy;@`.
    pub fn of(code: &str) -> Self {
        let first = code.split(';').next().unwrap_or_default();
        let mut plain = String::with_capacity(first.len());
        let mut letters = first.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '"' => drop(letters.by_ref().find(|&end| end == '"')),
                '[' => drop(letters.by_ref().find(|&end| end == ']')),
                '\\' | '_' | '*' => drop(letters.next()),
                _ => plain.extend(letter.to_lowercase()),
            }
        }
        if plain.contains("general") || plain.contains('@') {
            return Self::Plain;
        }
        if plain.contains(['d', 'm', 'y', 'h', 's']) && !plain.contains(['0', '#']) || plain.contains("yy") {
            return Self::Date;
        }
        let is_digits = plain.contains('0') && plain.chars().all(|c| matches!(c, '0' | '#' | ',' | '.'));
        let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
        if is_digits { Self::Digits(whole.matches('0').count(), rest.len().min(15)) } else { Self::Plain }
    }

    /// Writes a number as the format shows it. A day that is no day, such as 1900-02-29, is an error of the cell.
    pub fn show(self, value: f64, is_1904: bool) -> (Kind, String) {
        match self {
            Self::Date => date(value, is_1904).unwrap_or_else(|| (Kind::Fault, format!("#DATE {value}"))),
            Self::Digits(before, behind) if value.abs() < 1e15 => {
                let width = before + behind + usize::from(behind > 0) + usize::from(value < 0.0);
                (Kind::Number, format!("{value:0width$.behind$}"))
            }
            Self::Plain | Self::Digits(..) => (Kind::Number, value.to_string()),
        }
    }
}

/// A serial date: days since the end of 1899, or since the first of 1904. The first counts a 29 February 1900 that never
/// was; days before it are one off.
fn date(value: f64, is_1904: bool) -> Option<(Kind, String)> {
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let minutes = (value * 1440.0).round() as i64;
    let (days, minute) = (minutes / 1440, minutes % 1440);
    let time = format!("{:02}:{:02}", minute / 60, minute % 60);
    if days == 0 && !is_1904 {
        return Some((Kind::Text, time));
    }
    let first = match (is_1904, days) {
        (true, _) => Date::new(1904, 1, 1),
        (false, 60) => return None,
        (false, ..60) => Date::new(1899, 12, 31),
        (false, _) => Date::new(1899, 12, 30),
    };
    let day = first.ok()?.checked_add(days.days()).ok()?;
    Some((Kind::Date, if minute == 0 { day.to_string() } else { format!("{day}T{time}") }))
}

/// The letters of a column: 0 is `A`, 27 is `AB`.
pub fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

/// Reads `B7` into column 1 and row 7; `None` for anything else or beyond what a workbook can have.
pub fn cell_of(reference: &str) -> Option<(usize, usize)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = reference.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return None;
    }
    let column = letters.bytes().fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1) - 1;
    let row = row.parse().ok().filter(|row| (1..=super::ROWS).contains(row))?;
    Some((column, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_dates_are_those_that_a_workbook_shows() {
        let show = |value, is_1904| Format::Date.show(value, is_1904).1;
        assert_eq!(show(45_460.0, false), "2024-06-17");
        assert_eq!(show(45_460.395_833_333_336, false), "2024-06-17T09:30");
        assert_eq!(show(43_998.0, true), "2024-06-17");
        assert_eq!(show(61.0, false), "1900-03-01");
        assert_eq!(show(59.0, false), "1900-02-28");
        assert_eq!(show(0.5, false), "12:00");
        for (value, is_1904) in [(60.0, false), (-1.0, true), (1e9, false), (f64::NAN, false), (f64::INFINITY, true)] {
            assert_eq!(Format::Date.show(value, is_1904).0, Kind::Fault, "{value}");
        }
    }

    #[test]
    fn formats_show_what_a_person_sees() {
        let show = |code: &str, value| Format::of(code).show(value, false).1;
        assert_eq!(show("0.00", 4.1), "4.10");
        assert_eq!(show("0000", 42.0), "0042");
        assert_eq!(show("General", 4.1), "4.1");
        assert_eq!(show("#,##0", 1234.0), "1234");
        assert_eq!(show("0.0", -0.5), "-0.5");
        for code in ["dd/mm/yyyy", "[$-409]d\\-mmm\\-yy;@", "yyyy\"年\"m\"月\"d\"日\"", "m/d/yy h:mm"] {
            assert_eq!(Format::of(code), Format::Date, "{code}");
        }
        for code in ["General", "@", "0%", "\"day\"0", "[Red]0"] {
            assert_ne!(Format::of(code), Format::Date, "{code}");
        }
    }

    #[test]
    fn columns_have_letters() {
        for (column, text) in [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(letters(column), text);
            assert_eq!(cell_of(&format!("{text}7")), Some((column, 7)));
        }
        for text in ["", "7", "B", "B0", "ABCD1", "b7", "B7x", "B9999999999999999999", "é1"] {
            assert_eq!(cell_of(text), None, "{text}");
        }
    }
}
