//! Two metrics before the court: a paired difference in each criterion, and a verdict.

use serde::Serialize;

use crate::court::finding::{Aspect, Better, Criterion, Finding};
use crate::court::preference::{Preference, Side, preference, worth};
use crate::court::trial::{Settings, Trial, interval, try_metric};
use crate::court::{Background, Metric};
use crate::{Error, Fault};

/// A difference below this is a rounding error.
const ROUNDING: f64 = 1e-9;

/// What is found of two metrics.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Names of the two metrics, the one and the other.
    pub names: [String; 2],
    /// Findings of each, in the order of [`Criterion::ALL`].
    pub findings: [Vec<Finding>; 2],
    /// Criteria found for both, in the same order; those in the metric's own unit are left out.
    pub differences: Vec<Difference>,
    /// Aspects judged for neither, with the reason.
    pub not_judged: Vec<(Aspect, String)>,
    /// Aspects judged for the one alone, and for the other alone.
    pub judged_alone: [Vec<Aspect>; 2],
    /// The verdict, from the point of view of the one.
    pub verdict: Verdict,
    /// Both weighed; `None` where no weighted aspect is judged for both.
    pub preference: Option<Preference>,
    /// Share of the replicates inside the intervals of all differences together.
    pub confidence: f64,
}

/// The difference of two metrics in one criterion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The criterion.
    pub criterion: Criterion,
    /// Values of the one and the other.
    pub values: [f64; 2],
    /// Their difference, turned so that above 0 the one is better.
    pub difference: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// True for the criterion that stands for its aspect in the verdict.
    pub is_decisive: bool,
}

/// What the differences say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The one is better in some aspect and worse in none, and lacks no finding that the other has.
    Dominates,
    /// The other is.
    Dominated,
    /// Each is better in some aspect, or the better one lacks a finding.
    Incomparable,
    /// No difference is shown, so the two are incomparable, and as good as equal.
    Undecided,
}

impl Difference {
    /// Returns 1 where the one is shown to be better, -1 where the other is, 0 where the interval holds 0.
    #[must_use]
    pub fn shown(&self) -> i8 {
        i8::from(self.low > ROUNDING) - i8::from(self.high < -ROUNDING)
    }
}

/// Returns what two metrics of the same units, periods and events differ in, and the verdict.
///
/// Both meet the same resamples of the meetings, so differences are paired. One criterion of each aspect decides: the first
/// found for both of those named in the source. The intervals of the differences hold the confidence of the settings
/// together (Bonferroni, over the decisive criteria that are sampled), for a verdict must not hang on one in twenty.
///
/// # Errors
/// [`Error::Metric`] where the two are not about the same, or the background is about something else.
///
/// # Panics
/// If there are fewer than two replicates.
pub fn compare(a: &Metric, b: &Metric, background: &Background, settings: &Settings) -> Result<Comparison, Error> {
    if !a.cube.is_about_the_same(&b.cube) {
        let what = format!("expected the units, periods and events of `{}`, found others in `{}`", a.name, b.name);
        let hint = "give both on all units and events; a missing value is NaN";
        return Err(Error::Metric(vec![Fault::new("cube", what, hint)]));
    }
    let trials = [try_metric(a, background, settings)?, try_metric(b, background, settings)?];
    let decisive =
        DECISIVE.map(|(_, criteria)| criteria.iter().copied().find(|c| trials.iter().all(|t| t.value(*c).is_some())));
    let n_sampled =
        decisive.iter().flatten().filter(|criterion| !trials[0].draws[**criterion as usize].is_empty()).count();
    let confidence = 1.0 - (1.0 - settings.confidence) / n_sampled.max(1) as f64;
    let differences: Vec<Difference> = Criterion::ALL
        .into_iter()
        .filter(|criterion| !criterion.is_in_own_unit())
        .filter_map(|criterion| difference(&trials, criterion, confidence, decisive.contains(&Some(criterion))))
        .collect();
    let has =
        |trial: &Trial, criteria: &[Criterion]| criteria.iter().any(|criterion| trial.value(*criterion).is_some());
    let judged = DECISIVE.map(|(_, criteria)| [has(&trials[0], criteria), has(&trials[1], criteria)]);
    let alone = |which: usize| {
        let is_alone = |judged: &[bool; 2]| judged[which] && !judged[1 - which];
        DECISIVE.iter().zip(&judged).filter(|(_, judged)| is_alone(judged)).map(|((aspect, _), _)| *aspect).collect()
    };
    let judged_alone: [Vec<Aspect>; 2] = [alone(0), alone(1)];
    let sides: Vec<Side> = decisive.iter().flatten().map(|criterion| side(&trials, *criterion)).collect();
    Ok(Comparison {
        names: [a.name.clone(), b.name.clone()],
        verdict: verdict(&differences, &judged_alone),
        not_judged: not_judged(&trials, &decisive, &judged),
        preference: preference(&sides, settings.seed),
        differences,
        judged_alone,
        confidence: settings.confidence,
        findings: trials.map(|trial| trial.findings),
    })
}

/// The criteria that can stand for each aspect, the best first.
const DECISIVE: [(Aspect, &[Criterion]); 14] = {
    use Criterion as C;
    [
        (Aspect::Discrimination, &[C::Discrimination]),
        (Aspect::Stability, &[C::Stability]),
        (Aspect::Independence, &[C::Independence]),
        (Aspect::Reliability, &[C::SplitHalf, C::IccOneWay, C::TestRetest]),
        (Aspect::Validity, &[C::Predictive, C::KnownGroups, C::Convergent]),
        (Aspect::Pairs, &[C::Pairs]),
        (Aspect::Gaming, &[C::Gaming]),
        (Aspect::Coverage, &[C::UnitsCovered]),
        (Aspect::Cost, &[C::Minutes]),
        (Aspect::Privacy, &[C::CellsUnderThreshold]),
        (Aspect::Redundancy, &[C::VarianceInflation]),
        (Aspect::Fairness, &[C::GroupEffect, C::SizeCorrelation]),
        (Aspect::Change, &[C::Response]),
        (Aspect::Recomputability, &[C::Recomputed]),
    ]
};

impl Trial {
    fn value(&self, criterion: Criterion) -> Option<f64> {
        self.findings[criterion as usize].value
    }
}

/// Above 0 is better.
fn turned(better: Better, value: f64) -> f64 {
    match better {
        Better::Higher => value,
        Better::Lower => -value,
        Better::NearZero => -value.abs(),
    }
}

fn difference([a, b]: &[Trial; 2], criterion: Criterion, confidence: f64, decisive: bool) -> Option<Difference> {
    let values = [a.value(criterion)?, b.value(criterion)?];
    let lead = |[one, other]: [f64; 2]| turned(criterion.better(), one) - turned(criterion.better(), other);
    let [of_a, of_b] = [a, b].map(|trial| &trial.draws[criterion as usize]);
    // Where one of the two has fewer replicates, or none, its value stands for the rest.
    let draw = |draws: &[f64], value: f64, at: usize| draws.get(at).copied().unwrap_or(value);
    let n = if of_a.is_empty() || of_b.is_empty() { of_a.len().max(of_b.len()) } else { of_a.len().min(of_b.len()) };
    let draws: Vec<f64> = (0..n).map(|at| lead([draw(of_a, values[0], at), draw(of_b, values[1], at)])).collect();
    let difference = lead(values);
    let [low, high] = interval(difference, &draws, confidence);
    Some(Difference { criterion, values, difference, low, high, is_decisive: decisive })
}

fn side(trials: &[Trial; 2], criterion: Criterion) -> Side {
    let one = |trial: &Trial| {
        let value = trial.value(criterion).expect("a decisive criterion is found for both");
        let known: Vec<f64> = trial.draws[criterion as usize].iter().copied().filter(|draw| draw.is_finite()).collect();
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        let draws = known.iter().map(|draw| worth(criterion, value + draw - mean)).collect();
        (worth(criterion, value), draws)
    };
    let [(worth_a, draws_a), (worth_b, draws_b)] = [one(&trials[0]), one(&trials[1])];
    Side { aspect: criterion.aspect(), worth: [worth_a, worth_b], draws: [draws_a, draws_b] }
}

fn verdict(differences: &[Difference], judged_alone: &[Vec<Aspect>; 2]) -> Verdict {
    let decisive = || differences.iter().filter(|difference| difference.is_decisive);
    let is_better = decisive().any(|difference| difference.shown() > 0);
    let is_worse = decisive().any(|difference| difference.shown() < 0);
    match (is_better, is_worse) {
        (true, false) if judged_alone[1].is_empty() => Verdict::Dominates,
        (false, true) if judged_alone[0].is_empty() => Verdict::Dominated,
        (false, false) => Verdict::Undecided,
        _ => Verdict::Incomparable,
    }
}

fn not_judged(
    trials: &[Trial; 2],
    decisive: &[Option<Criterion>; 14],
    judged: &[[bool; 2]; 14],
) -> Vec<(Aspect, String)> {
    let reason = |criterion: Criterion| {
        let missing = trials.iter().find_map(|trial| trial.findings[criterion as usize].why_missing.clone());
        missing.unwrap_or_else(|| "the two were judged by different criteria".into())
    };
    (DECISIVE.iter().zip(decisive).zip(judged))
        .filter(|((_, decisive), judged)| decisive.is_none() && judged[0] == judged[1])
        .map(|(((aspect, criteria), _), _)| (*aspect, reason(criteria[0])))
        .collect()
}
