//! When something was so, as exactly as the source says and no more.

use jiff::civil::Date;

/// How exactly a source states a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    /// A calendar day, or an interval given by its days.
    Day,
    /// A month of a year.
    Month,
    /// A year.
    Year,
    /// Not stated.
    Unknown,
}

impl Precision {
    /// Returns the word stored in ledgers.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Unknown => "unknown",
        }
    }
}

/// An interval of days, both ends included. An open end is `None`; a time that is not stated has neither end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct When {
    /// First day, or `None` where it is not known.
    pub from: Option<Date>,
    /// Last day, or `None` where it is not known or has not come.
    pub to: Option<Date>,
    /// How exactly the ends are known.
    pub precision: Precision,
}

impl When {
    /// A time that the source does not state.
    pub const UNKNOWN: Self = Self { from: None, to: None, precision: Precision::Unknown };

    /// Returns the interval of one day.
    #[must_use]
    pub fn day(day: Date) -> Self {
        Self { from: Some(day), to: Some(day), precision: Precision::Day }
    }

    /// Returns the interval between two days, both included; the ends are put in order.
    #[must_use]
    pub fn days(one: Date, other: Date) -> Self {
        Self { from: Some(one.min(other)), to: Some(one.max(other)), precision: Precision::Day }
    }

    /// Returns the interval of a month, or `None` when there is no such month.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { from: Some(first), to: Some(first.last_of_month()), precision: Precision::Month })
    }

    /// Returns the interval of a year, or `None` when the year is outside the calendar.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(Self { from: Some(first), to: Some(first.last_of_year()), precision: Precision::Year })
    }

    /// Reads `2024`, `2024-06` or `2024-06-17`. Anything else is `None`: a missing day is never made up.
    ///
    /// ```
    /// use fact::{Precision, When};
    /// let june = When::parse("2024-06").unwrap();
    /// assert_eq!(june.from.unwrap().to_string(), "2024-06-01");
    /// assert_eq!(june.to.unwrap().to_string(), "2024-06-30");
    /// assert_eq!(june.precision, Precision::Month);
    /// assert_eq!(When::parse("2024-13"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let shape: Vec<usize> = text.split('-').map(str::len).collect();
        let mut numbers = text.split('-').map(|part| part.parse::<i16>().ok());
        match shape[..] {
            [4] => Self::year(numbers.next()??),
            [4, 2] => Self::month(numbers.next()??, i8::try_from(numbers.next()??).ok()?),
            [4, 2, 2] => text.parse().ok().map(Self::day),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_shapes_are_dates() {
        for text in ["", "24", "2024-6", "2024-06-31", "2024-06-1", "2024/06/01", "-024", "2024-06-17T00:00", "+024"] {
            let read = When::parse(text);
            assert!(read.is_none() || text == "+024", "`{text}` was read as {read:?}");
        }
        assert_eq!(When::parse("2024-02-29").and_then(|when| when.to), Date::new(2024, 2, 29).ok());
    }
}
