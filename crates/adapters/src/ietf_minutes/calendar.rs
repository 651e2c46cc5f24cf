//! When the numbered meetings of the IETF were: a month, or two where the week lies in both.

use fact::When;
use jiff::civil::Date;

/// First numbered meeting of [`MONTHS`].
const FIRST: u16 = 64;

/// Year and month in which a meeting began, from 64 on; the last field is true where it ended in the month after.
///
/// # Source
/// IETF, "Past IETF meetings" and "Upcoming IETF meetings", <https://www.ietf.org/meeting/past/>.
const MONTHS: [(i16, i8, bool); 63] = [
    (2005, 11, false),
    (2006, 3, false),
    (2006, 7, false),
    (2006, 11, false),
    (2007, 3, false),
    (2007, 7, false),
    (2007, 12, false),
    (2008, 3, false),
    (2008, 7, true),
    (2008, 11, false),
    (2009, 3, false),
    (2009, 7, false),
    (2009, 11, false),
    (2010, 3, false),
    (2010, 7, false),
    (2010, 11, false),
    (2011, 3, true),
    (2011, 7, false),
    (2011, 11, false),
    (2012, 3, false),
    (2012, 7, true),
    (2012, 11, false),
    (2013, 3, false),
    (2013, 7, true),
    (2013, 11, false),
    (2014, 3, false),
    (2014, 7, false),
    (2014, 11, false),
    (2015, 3, false),
    (2015, 7, false),
    (2015, 11, false),
    (2016, 4, false),
    (2016, 7, false),
    (2016, 11, false),
    (2017, 3, false),
    (2017, 7, false),
    (2017, 11, false),
    (2018, 3, false),
    (2018, 7, false),
    (2018, 11, false),
    (2019, 3, false),
    (2019, 7, false),
    (2019, 11, false),
    (2020, 3, false),
    (2020, 7, false),
    (2020, 11, false),
    (2021, 3, false),
    (2021, 7, false),
    (2021, 11, false),
    (2022, 3, false),
    (2022, 7, false),
    (2022, 11, false),
    (2023, 3, false),
    (2023, 7, false),
    (2023, 11, false),
    (2024, 3, false),
    (2024, 7, false),
    (2024, 11, false),
    (2025, 3, false),
    (2025, 7, false),
    (2025, 11, false),
    (2026, 3, false),
    (2026, 7, false),
];

/// Returns the month or months of a numbered meeting, or nothing where it is not in the table.
pub(super) fn months(number: u16) -> Option<When> {
    let (year, month, is_long) = *MONTHS.get(usize::from(number.checked_sub(FIRST)?))?;
    let first = When::month(year, month)?;
    if !is_long {
        return Some(first);
    }
    let last = Date::new(year, month + 1, 1).ok()?.last_of_month();
    Some(When { to: Some(last), ..first })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meetings_are_three_a_year_and_four_months_apart() {
        let starts: Vec<i32> = (FIRST..FIRST + 63)
            .filter_map(|number| months(number)?.from)
            .map(|day| i32::from(day.year()) * 12 + i32::from(day.month()))
            .collect();
        assert_eq!(starts.len(), 63);
        assert!(starts.windows(2).all(|pair| (3..=5).contains(&(pair[1] - pair[0]))));
        assert!(starts.windows(4).all(|run| (11..=13).contains(&(run[3] - run[0]))));
    }

    #[test]
    fn known_meetings_have_their_months() {
        let first = |number| months(number).and_then(|when| when.from).map(|day| day.to_string());
        assert_eq!(first(70), Some("2007-12-01".into()));
        assert_eq!(first(95), Some("2016-04-01".into()));
        assert_eq!(first(118), Some("2023-11-01".into()));
        assert_eq!(months(84).and_then(|when| when.to).map(|day| day.to_string()), Some("2012-08-31".into()));
        assert_eq!(months(63), None);
        assert_eq!(months(127), None);
    }
}
