//! Do the parts make up the whole?

/// Returns what of a whole its parts do not explain: people of an organisation, units of a group, the unknown among them.
///
/// Positive where something is missing from the parts, negative where they hold more than the whole. A difference that
/// rounding alone may make, 1e-12 of the largest amount for each part, is 0.
///
/// ```
/// assert_eq!(measure::reconcile(&[3.0, 2.5, 0.5], 8.0), 2.0); // 2 of 8 are of unknown people: show them
/// assert_eq!(measure::reconcile(&[0.1, 0.2], 0.3), 0.0);
/// ```
#[must_use]
pub fn reconcile(parts: &[f64], whole: f64) -> f64 {
    let rest = whole - parts.iter().sum::<f64>();
    let largest = parts.iter().fold(whole.abs(), |largest, part| largest.max(part.abs()));
    if rest.abs() <= 1e-12 * largest * (parts.len() + 1) as f64 { 0.0 } else { rest }
}
