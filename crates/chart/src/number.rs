//! Numbers as text: rounded as far as the interval allows, with thin spaces and a true minus.

use crate::frame::Value;

/// The word for a value that is not known.
pub(crate) const UNKNOWN: &str = "unknown";

/// Returns `value` with as many digits as its interval supports.
///
/// The last digit kept is the first digit of the interval's half width, or one more where that digit is 1 (so that
/// rounding moves the value by less than a quarter of the half width). An interval of no width leaves the value as
/// [`exact`] writes it; a number that is not finite is `unknown`.
///
/// ```
/// assert_eq!(chart::round_to_interval(12.4, 9.4, 15.4), "12"); // half width 3
/// assert_eq!(chart::round_to_interval(12.44, 12.14, 12.74), "12.4"); // half width 0.3
/// assert_eq!(chart::round_to_interval(1264.0, 964.0, 1564.0), "1\u{202f}300"); // half width 300
/// ```
#[must_use]
pub fn round_to_interval(value: f64, low: f64, high: f64) -> String {
    if !(value.is_finite() && low.is_finite() && high.is_finite()) {
        return UNKNOWN.into();
    }
    match place(low, high) {
        Some(place) => rounded(value, place),
        None => exact(value),
    }
}

/// Returns `value` with up to four decimals below one and two above, thin spaces in thousands, no trailing zeros.
///
/// ```
/// assert_eq!(chart::exact(1234567.891), "1\u{202f}234\u{202f}567.89");
/// assert_eq!(chart::exact(-0.25), "\u{2212}0.25");
/// assert_eq!(chart::exact(f64::NAN), "unknown");
/// ```
#[must_use]
pub fn exact(value: f64) -> String {
    if !value.is_finite() {
        return UNKNOWN.into();
    }
    if value != 0.0 && value.abs() < 5e-5 {
        return scientific(value);
    }
    let text = grouped(value, if value.abs() < 1.0 { 4 } else { 2 });
    let has_fraction = text.contains('.') && !text.contains('e');
    let kept = if has_fraction { text.trim_end_matches('0').trim_end_matches('.').len() } else { text.len() };
    let mut text = text;
    text.truncate(kept);
    text
}

/// Returns both bounds of an interval, rounded to the place that the interval supports.
pub(crate) fn rounded_bounds(low: f64, high: f64) -> [String; 2] {
    match place(low, high) {
        Some(place) => [rounded(low, place), rounded(high, place)],
        None => [exact(low), exact(high)],
    }
}

/// Returns `9–15`, or `−3 to 5` where a dash would stand beside a minus.
pub(crate) fn from_to(low: &str, high: &str) -> String {
    match low.starts_with('\u{2212}') || high.starts_with('\u{2212}') {
        true => format!("{low} to {high}"),
        false => [low, "–", high].concat(),
    }
}

/// Returns how many decimals [`exact`] needs for all of these values, so that a column can share them.
pub(crate) fn decimals(values: impl Iterator<Item = Value>) -> usize {
    let ends = values.filter_map(|value| match value.settled() {
        Value::Known { value, low, high } => Some([value, low, high]),
        _ => None,
    });
    let needed = |value: f64| exact(value).split_once('.').map_or(0, |(_, decimals)| decimals.len());
    ends.flatten().filter(|value| value.abs() < 1e15).map(needed).max().unwrap_or(0).min(4)
}

/// Returns value, lower and upper bound with the same number of decimals; bounds are empty where there are none.
pub(crate) fn aligned(value: Value, decimals: usize) -> [String; 3] {
    match value.settled() {
        Value::Known { value, low, high } => [value, low, high].map(|value| grouped(value, decimals)),
        missing => [missing.label(), String::new(), String::new()],
    }
}

/// Returns a share of one as a percentage without decimals; what is not all is never `100 %`, what is some never `0 %`.
pub(crate) fn percent(share: f64) -> String {
    let share = share.clamp(0.0, 1.0);
    match (share * 100.0).round() as u8 {
        0 if share > 0.0 => "< 1\u{202f}%".into(),
        100 if share < 1.0 => "> 99\u{202f}%".into(),
        whole => format!("{whole}\u{202f}%"),
    }
}

/// The power of ten of the last digit kept; `None` where the interval has no width.
fn place(low: f64, high: f64) -> Option<i32> {
    let half = high / 2.0 - low / 2.0;
    if half.is_nan() || half <= 0.0 {
        return None;
    }
    // The small allowance keeps 0.3 (which is 0.29999...) at its own place.
    let exponent = (half * (1.0 + 1e-9)).log10().floor() as i32;
    let leading = half / 10f64.powi(exponent);
    Some(if leading < 2.0 - 1e-9 { exponent - 1 } else { exponent })
}

fn rounded(value: f64, place: i32) -> String {
    if place > 300 || value.abs() > 1e15 || place < -12 {
        return scientific(value);
    }
    if place <= 0 {
        return grouped(value, place.unsigned_abs() as usize);
    }
    let step = 10f64.powi(place);
    grouped((value / step).round() * step, 0)
}

fn scientific(value: f64) -> String {
    format!("{value:.1e}").replace('-', "\u{2212}")
}

/// Writes a number with thin spaces in its whole part and a true minus; never `−0`.
fn grouped(value: f64, decimals: usize) -> String {
    if value.abs() > 1e15 {
        return scientific(value);
    }
    let scale = [1.0, 10.0, 100.0, 1e3, 1e4].get(decimals).copied();
    let Some(scale) = scale.filter(|scale| value.abs() * scale < 1e15) else {
        return plain(value, decimals);
    };
    // By far the most numbers come this way, thousands to a picture, so it goes without the formatter.
    let mut rest = (value.abs() * scale + 0.5) as u64;
    let mut out = String::with_capacity(24);
    if value < 0.0 && rest > 0 {
        out.push('\u{2212}');
    }
    let mut digits = [b'0'; 20];
    let mut n_digits = 0;
    while rest > 0 || n_digits <= decimals {
        digits[n_digits] = b'0' + (rest % 10) as u8;
        rest /= 10;
        n_digits += 1;
    }
    for at in (0..n_digits).rev() {
        out.push(char::from(digits[at]));
        if at == decimals && decimals > 0 {
            out.push('.');
        } else if at > decimals && (at - decimals).is_multiple_of(3) {
            out.push('\u{202f}');
        }
    }
    out
}

/// Writes what is too large or too fine for whole arithmetic, without groups.
fn plain(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) => format!("\u{2212}{rest}"),
        Some(rest) => rest.into(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_follow_the_interval() {
        let cases = [
            (12.4, 9.4, 15.4, "12"),
            (12.4, 12.1, 12.7, "12.4"),
            (12.4, 0.4, 24.4, "12"),     // half width 12: its first digit is 1, so one place more
            (12.4, 10.9, 13.9, "12.4"),  // half width 1.5
            (124.0, 94.0, 154.0, "120"), // half width 30
            (0.0, 0.0, 0.3, "0.00"),     // half width 0.15
            (-0.01, -3.0, 3.0, "0"),
            (12345.6, 12345.6, 12345.6, "12\u{202f}345.6"),
            (f64::NAN, 0.0, 1.0, "unknown"),
            (1.0, f64::NEG_INFINITY, 1.0, "unknown"),
        ];
        for (value, low, high, text) in cases {
            assert_eq!(round_to_interval(value, low, high), text, "{value} in {low}..{high}");
        }
    }

    #[test]
    fn bounds_share_the_place_of_the_value() {
        assert_eq!(rounded_bounds(9.43, 15.42), ["9", "15"]);
        assert_eq!(from_to("\u{2212}3", "5"), "\u{2212}3 to 5");
    }

    #[test]
    fn a_share_that_is_not_all_is_never_a_hundred() {
        assert_eq!(percent(0.999), "> 99\u{202f}%");
        assert_eq!(percent(0.001), "< 1\u{202f}%");
        assert_eq!(percent(1.0), "100\u{202f}%");
        assert_eq!(percent(0.0), "0\u{202f}%");
    }

    #[test]
    fn tiny_and_huge_numbers_stay_short() {
        assert_eq!(exact(0.00001), "1.0e\u{2212}5");
        assert_eq!(exact(1e300), "1.0e300");
        assert_eq!(round_to_interval(1e300, 0.0, 1.7e308), "1.0e300");
    }
}
