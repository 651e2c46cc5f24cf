//! Taming indicators whose few outliers would speak for all.
//!
//! In two stages, for each indicator by itself: winsorisation, a value at a time, until skewness or kurtosis is within its
//! limit; where that is not reached, a logarithm of the original values. Both depend on the whole column, so one unit's
//! improvement can move all others: for an index that is published year by year use fixed goalposts and a fixed concave
//! transform, and keep this for audits.
//!
//! # Source
//! W. Becker et al., "COINr: an R package for developing composite indicators", JOSS 7 (2022); the JRC's COIN tool.

use serde::{Deserialize, Serialize};

use super::Table;
use super::moments::{mean, present};
use super::stats::{Sums, kurtosis_of, skewness_of};

/// When an indicator is tame, and what is tried where it is not.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Treatment {
    /// Tame below this absolute skewness ...
    pub skewness: f64,
    /// ... or below this kurtosis. It is an *or*: an indicator of skewness 2.1 and kurtosis 3.4 is left alone.
    pub kurtosis: f64,
    /// Most values that winsorisation may move; `None` for no limit.
    pub most_winsorised: Option<usize>,
    /// The form used where winsorisation does not reach the limits.
    pub otherwise: Logarithm,
}

impl Default for Treatment {
    fn default() -> Self {
        Self { skewness: 2.0, kurtosis: 3.5, most_winsorised: Some(5), otherwise: Logarithm::Range }
    }
}

/// A logarithm that takes values of any sign.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Logarithm {
    /// ln(x - min + 1 % of the range).
    Range,
    /// ln(x - min + 1).
    One,
    /// As `Range`; for a negative skewness -ln(max - x + 1 % of the range).
    Signed,
    /// ln((max - 1)(x - min) / (max - min) + 1), as the Global Innovation Index has it. Falls where max is below 1; then it
    /// is not used.
    Gii,
    /// Box and Cox with this exponent: ((x - min + 1)^p - 1) / p, or ln(x - min + 1) at 0.
    BoxCox(f64),
    /// The indicator stays as it is.
    None,
}

/// What was done to an indicator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Treated {
    /// Code of the indicator.
    pub indicator: String,
    /// Skewness and kurtosis before.
    pub before: [f64; 2],
    /// Values moved down to the highest, and up to the lowest that was kept.
    pub n_winsorised: [usize; 2],
    /// True where the logarithm was taken, of the original values.
    pub is_logarithm: bool,
    /// Skewness and kurtosis after.
    pub after: [f64; 2],
    /// Why nothing was done, where something should have been.
    pub note: Option<String>,
}

/// What happened to one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Point {
    /// Nothing.
    Untouched,
    /// Moved down.
    High,
    /// Moved up.
    Low,
    /// Its logarithm was taken.
    Logarithm,
}

/// Returns the table treated, and what was done to each indicator, in their order.
#[must_use]
pub fn treated(table: &Table, treatment: &Treatment) -> (Table, Vec<Treated>) {
    use rayon::prelude::*;
    let (columns, done) = table
        .columns
        .par_iter()
        .zip(&table.indicators)
        .map(|(column, indicator)| treated_column(column, indicator, treatment))
        .unzip();
    (Table { units: table.units.clone(), indicators: table.indicators.clone(), columns }, done)
}

/// Returns what happened to each value of a column.
#[must_use]
pub fn points(before: &[f64], after: &[f64], done: &Treated) -> Vec<Point> {
    let one = |(before, after): (&f64, &f64)| match () {
        () if before.is_nan() => Point::Untouched,
        () if done.is_logarithm => Point::Logarithm,
        () if after < before => Point::High,
        () if after > before => Point::Low,
        () => Point::Untouched,
    };
    before.iter().zip(after).map(one).collect()
}

fn treated_column(column: &[f64], indicator: &str, treatment: &Treatment) -> (Vec<f64>, Treated) {
    let before = Running::of(column);
    let mut done = Treated {
        indicator: indicator.into(),
        before: before.shape(),
        n_winsorised: [0; 2],
        is_logarithm: false,
        after: before.shape(),
        note: None,
    };
    if done.before.iter().any(|moment| moment.is_nan()) {
        done.note = Some("skewness and kurtosis are not defined: fewer than four values, or all equal".into());
        return (column.to_vec(), done);
    }
    if treatment.is_tame(done.before) {
        return (column.to_vec(), done);
    }
    let (ends, n_winsorised, after) = winsorised(column, before, treatment);
    if treatment.is_tame(after) || treatment.otherwise == Logarithm::None {
        (done.n_winsorised, done.after) = (n_winsorised, after);
        return (column.iter().map(|value| value.clamp(ends[0], ends[1])).collect(), done);
    }
    match treatment.otherwise.of(column, done.before[0]) {
        Some(column) => {
            (done.is_logarithm, done.after) = (true, Running::of(&column).shape());
            (column, done)
        }
        None => {
            done.note = Some("the logarithm would turn the order round: the largest value is below 1".into());
            (column.to_vec(), done)
        }
    }
}

impl Treatment {
    fn is_tame(&self, [skewness, kurtosis]: [f64; 2]) -> bool {
        skewness.abs() < self.skewness || kurtosis < self.kurtosis
    }
}

/// Sums of powers about a fixed centre, so that moving a value costs the same whatever the number of units.
struct Running {
    centre: f64,
    n: f64,
    powers: [f64; 4],
}

impl Running {
    fn of(values: &[f64]) -> Self {
        let mut running = Self { centre: mean(values), n: 0.0, powers: [0.0; 4] };
        for value in present(values) {
            running.n += 1.0;
            running.add(value, 1.0);
        }
        running
    }

    fn add(&mut self, value: f64, times: f64) {
        let deviation = value - self.centre;
        let mut power = times;
        for sum in &mut self.powers {
            power *= deviation;
            *sum += power;
        }
    }

    /// Skewness and kurtosis.
    fn shape(&self) -> [f64; 2] {
        let [one, two, three, four] = self.powers;
        let shift = one / self.n;
        let square = shift * shift;
        let sums = Sums {
            n: self.n,
            squares: two - self.n * square,
            cubes: three - 3.0 * shift * two + 2.0 * self.n * square * shift,
            fourths: four - 4.0 * shift * three + 6.0 * square * two - 3.0 * self.n * square * square,
        };
        [skewness_of(&sums), kurtosis_of(&sums)]
    }
}

/// Returns the values with the lowest and the highest `most`, and one more, in their places: no others are asked for. Where
/// equal values reach further in than that, all are sorted.
fn sorted_at_ends(mut values: Vec<f64>, most: usize) -> Vec<f64> {
    let (n, most) = (values.len(), most.max(1));
    if most < n / 4 {
        let (_, _, highest) = values.select_nth_unstable_by(n - most - 1, f64::total_cmp);
        highest.sort_unstable_by(f64::total_cmp);
        let (lowest, _, _) = values[..n - most - 1].select_nth_unstable_by(most, f64::total_cmp);
        lowest.sort_unstable_by(f64::total_cmp);
        if values[most - 1] < values[most] && values[n - most - 1] < values[n - most] {
            return values;
        }
    }
    values.sort_unstable_by(f64::total_cmp);
    values
}

/// Returns the ends between which values are kept, how many lie beyond them above and below, and the shape within.
fn winsorised(column: &[f64], mut running: Running, treatment: &Treatment) -> ([f64; 2], [usize; 2], [f64; 2]) {
    let most = treatment.most_winsorised.unwrap_or(usize::MAX);
    let sorted = sorted_at_ends(present(column).collect(), most);
    let [mut low, mut high] = [0, sorted.len() - 1];
    let n_moved = |low: usize, high: usize| [sorted.len() - 1 - high, low];
    let mut shape = running.shape();
    while !treatment.is_tame(shape) && n_moved(low, high).iter().sum::<usize>() < most {
        let [skewness, _] = shape;
        let (from, beyond, to);
        if skewness >= 0.0 {
            from = sorted[high];
            // All that equal the highest move together to the next lower value.
            let next = sorted[low..=high].partition_point(|value| *value < from) + low;
            if next == low {
                break;
            }
            high = next - 1;
            (beyond, to) = (sorted.len() - 1 - high, sorted[high]);
        } else {
            from = sorted[low];
            let next = sorted[low..=high].partition_point(|value| *value <= from) + low;
            if next > high {
                break;
            }
            low = next;
            (beyond, to) = (low, sorted[low]);
        }
        running.add(from, -(beyond as f64));
        running.add(to, beyond as f64);
        shape = running.shape();
    }
    ([sorted[low], sorted[high]], n_moved(low, high), shape)
}

impl Logarithm {
    /// Returns the values in this form, or `None` where it would not rise with them. `skewness` is that of the values.
    ///
    /// ```
    /// use measure::composite::Logarithm;
    /// let found = Logarithm::One.of(&[1.0, 2.0, 5.0], 0.7).unwrap();
    /// assert!((found[2] - 5.0_f64.ln()).abs() < 1e-15 && found[0] == 0.0);
    /// ```
    #[must_use]
    pub fn of(self, values: &[f64], skewness: f64) -> Option<Vec<f64>> {
        let min = present(values).fold(f64::INFINITY, f64::min);
        let max = present(values).fold(f64::NEG_INFINITY, f64::max);
        let bit = 0.01 * (max - min);
        let form: Box<dyn Fn(f64) -> f64> = match self {
            Self::Signed if skewness <= 0.0 => Box::new(move |x| -(max + bit - x).ln()),
            Self::Range | Self::Signed => Box::new(move |x| (x - min + bit).ln()),
            Self::One | Self::BoxCox(0.0) => Box::new(move |x| (x - min + 1.0).ln()),
            Self::Gii if max <= 1.0 => return None,
            Self::Gii => Box::new(move |x| ((max - 1.0) * (x - min) / (max - min) + 1.0).ln()),
            Self::BoxCox(p) => Box::new(move |x| ((x - min + 1.0).powf(p) - 1.0) / p),
            Self::None => Box::new(|x| x),
        };
        Some(values.iter().map(|value| form(*value)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_those_of_all_values_sorted() {
        for most in 0..7 {
            for n_different in [3, 40, 997] {
                let values: Vec<f64> = (0..101).map(|at| f64::from(at * 367 % 997 % n_different)).collect();
                let mut expected = values.clone();
                expected.sort_unstable_by(f64::total_cmp);
                let found = sorted_at_ends(values, most);
                assert_eq!(found[..=most], expected[..=most]);
                assert_eq!(found[100 - most..], expected[100 - most..]);
            }
        }
    }
}
