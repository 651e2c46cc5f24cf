//! Truth: how well a clustering agrees with one that people made, pair by pair and name by name.

use std::collections::BTreeMap;

/// Agreement of a clustering with the truth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Agreement {
    /// Names compared.
    pub n_names: usize,
    /// Pairs of names that the truth holds for one.
    pub n_true: u64,
    /// Pairs that the clustering holds for one.
    pub n_found: u64,
    /// Pairs that both hold for one.
    pub n_both: u64,
    /// B-cubed precision: mean over names of the share of their cluster that belongs with them (Bagga and Baldwin 1998).
    pub b_cubed_precision: f64,
    /// B-cubed recall: mean over names of the share of what belongs with them that is in their cluster.
    pub b_cubed_recall: f64,
}

impl Agreement {
    /// Compares two clusterings of the same names: `found[i]` and `truth[i]` are the clusters of name `i`.
    #[must_use]
    pub fn of(found: &[u64], truth: &[u64]) -> Self {
        let mut both: BTreeMap<(u64, u64), u64> = BTreeMap::new();
        let (mut ours, mut theirs): (BTreeMap<u64, u64>, BTreeMap<u64, u64>) = (BTreeMap::new(), BTreeMap::new());
        for (&one, &other) in found.iter().zip(truth) {
            *both.entry((one, other)).or_default() += 1;
            *ours.entry(one).or_default() += 1;
            *theirs.entry(other).or_default() += 1;
        }
        let pairs = |n: &u64| n * n.saturating_sub(1) / 2;
        let n_names = found.len().min(truth.len());
        let (mut precision, mut recall) = (0.0, 0.0);
        for ((one, other), &n) in &both {
            let square = n as f64 * n as f64;
            precision += square / ours[one] as f64;
            recall += square / theirs[other] as f64;
        }
        let mean = |sum: f64| if n_names == 0 { 0.0 } else { sum / n_names as f64 };
        Self {
            n_names,
            n_true: theirs.values().map(pairs).sum(),
            n_found: ours.values().map(pairs).sum(),
            n_both: both.values().map(pairs).sum(),
            b_cubed_precision: mean(precision),
            b_cubed_recall: mean(recall),
        }
    }

    /// Share of the pairs found that are true; `None` where none was found.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        (self.n_found > 0).then(|| self.n_both as f64 / self.n_found as f64)
    }

    /// Share of the true pairs that were found; `None` where there is none.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        (self.n_true > 0).then(|| self.n_both as f64 / self.n_true as f64)
    }

    /// Harmonic mean of precision and recall; `None` where one of them is not known.
    #[must_use]
    pub fn f1(&self) -> Option<f64> {
        Some(harmonic(self.precision()?, self.recall()?))
    }

    /// Harmonic mean of the B-cubed figures.
    #[must_use]
    pub fn b_cubed_f1(&self) -> f64 {
        harmonic(self.b_cubed_precision, self.b_cubed_recall)
    }
}

fn harmonic(one: f64, other: f64) -> f64 {
    if one + other > 0.0 { 2.0 * one * other / (one + other) } else { 0.0 }
}

/// Returns the lower end of the 95 % interval of a share, `n_right` of `n` (Wilson 1927); `None` for nothing of nothing.
#[must_use]
pub fn lower_bound(n_right: u64, n: u64) -> Option<f64> {
    let (z, total) = (1.959_963_984_540_054_f64, n as f64);
    let share = n_right as f64 / total;
    let spread = z * (share * (1.0 - share) / total + z * z / (4.0 * total * total)).sqrt();
    (n > 0).then(|| (share + z * z / (2.0 * total) - spread) / (1.0 + z * z / total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_and_shares_by_hand() {
        // Truth {a b c} {d e}; found {a b} {c d e}: pairs ab and de are right, cd and ce are not, ac and bc are missing.
        let agreement = Agreement::of(&[1, 1, 2, 2, 2], &[7, 7, 7, 8, 8]);
        assert_eq!((agreement.n_found, agreement.n_true, agreement.n_both), (4, 4, 2));
        let expected = (1.0 + 1.0 + 1.0 / 3.0 + 2.0 / 3.0 + 2.0 / 3.0) / 5.0;
        assert!((agreement.b_cubed_precision - expected).abs() < 1e-12);
        let expected = (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0 + 1.0) / 5.0;
        assert!((agreement.b_cubed_recall - expected).abs() < 1e-12);
    }

    #[test]
    fn the_lower_bound_is_the_published_one() {
        // Newcombe 1998, table I: 81 of 263 gives .2553.
        assert!((lower_bound(81, 263).unwrap() - 0.2553).abs() < 5e-5);
        assert_eq!(lower_bound(0, 0), None);
    }
}
