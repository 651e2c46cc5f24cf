//! The table that everything starts from: units by indicators, with missing values.

/// Values of units by indicators.
///
/// A missing value is held as `NaN` and is never read as 0; [`Table::get`] gives it as `None`. Every column has one value
/// for each unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Codes of the units, each once.
    pub units: Vec<String>,
    /// Codes of the indicators, each once, in the order of the columns.
    pub indicators: Vec<String>,
    /// One column for each indicator.
    pub columns: Vec<Vec<f64>>,
}

impl Table {
    /// Returns the value of a unit in an indicator, or `None` where it is missing.
    #[must_use]
    pub fn get(&self, unit: usize, indicator: usize) -> Option<f64> {
        Some(self.columns[indicator][unit]).filter(|value| !value.is_nan())
    }

    /// Returns the column of an indicator, or `None` where there is none of that code.
    #[must_use]
    pub fn column(&self, indicator: &str) -> Option<&[f64]> {
        self.indicators.iter().position(|code| code == indicator).map(|at| self.columns[at].as_slice())
    }

    /// Returns the table with some of its units, by position.
    #[must_use]
    pub fn only(&self, units: &[usize]) -> Self {
        let own = |column: &Vec<f64>| units.iter().map(|&at| column[at]).collect();
        Self {
            units: units.iter().map(|&at| self.units[at].clone()).collect(),
            indicators: self.indicators.clone(),
            columns: self.columns.iter().map(own).collect(),
        }
    }

    /// Returns the table with `of` applied to each column; indicators and units stay.
    #[must_use]
    pub fn map(&self, of: impl Fn(usize, &[f64]) -> Vec<f64>) -> Self {
        let columns = self.columns.iter().enumerate().map(|(at, column)| of(at, column)).collect();
        Self { units: self.units.clone(), indicators: self.indicators.clone(), columns }
    }
}

/// Returns the ranks of some scores, the highest first: 1 + the number that are strictly greater. A missing score has none.
///
/// ```
/// use measure::composite::ranks;
/// assert_eq!(ranks(&[5.0, f64::NAN, 9.0, 5.0]), [Some(2), None, Some(1), Some(2)]);
/// ```
#[must_use]
pub fn ranks(scores: &[f64]) -> Vec<Option<u32>> {
    // Scores are sorted with their positions beside them: looking them up at each comparison costs more.
    let present = scores.iter().copied().zip(0_usize..).filter(|(score, _)| !score.is_nan());
    let mut order: Vec<(f64, usize)> = present.collect();
    order.sort_unstable_by(|one, other| other.0.total_cmp(&one.0));
    let mut ranks = vec![None; scores.len()];
    let mut rank = 0;
    for (n_before, &(score, at)) in order.iter().enumerate() {
        if n_before == 0 || score < order[n_before - 1].0 {
            rank = n_before as u32 + 1;
        }
        ranks[at] = Some(rank);
    }
    ranks
}
