//! A trial: every criterion of one metric, as it is and in each replicate.

use rayon::prelude::*;

use crate::Error;
use crate::court::finding::{Criterion, Finding};
use crate::court::pairs::Pairs;
use crate::court::scene::{Answer, Scene};
use crate::court::view::{Resample, View};
use crate::court::{Background, Metric, declared, discrimination, fairness, independence, reliability, validity};
use crate::replicate::quantile;

/// How intervals are made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Number of resamples of the meetings, at least 2.
    pub replicates: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// Share of the replicates inside an interval, such as 0.95.
    pub confidence: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { replicates: 1000, seed: 20_260_101, confidence: 0.95 }
    }
}

/// Returns what is found of a metric under every criterion, in the order of [`Criterion::ALL`].
///
/// Intervals come from resampling the meetings within their period, so they speak of these units at other meetings, not of
/// other units. Resampled values carry the noise of meetings twice, which shifts a criterion that is about noise; so only
/// their spread is taken, around the value itself. In simulated worlds of 40 units at 12 meetings, with 3 to 91 % of the
/// variance noise, the 95 % intervals of discrimination, reliability, validity and pairs held the true figure in 88 to 100 of
/// 100 cases; that of stability in 97 and more, but in 52 at 91 % of noise, where it should not be relied on. What is counted or declared has an interval of no width. Time grows
/// with replicates x units x events x (1 + other metrics).
///
/// # Errors
/// [`Error::Metric`] where the background is not about the units and periods of the metric.
///
/// # Panics
/// If there are fewer than two replicates.
pub fn findings(metric: &Metric, background: &Background, settings: &Settings) -> Result<Vec<Finding>, Error> {
    Ok(try_metric(metric, background, settings)?.findings)
}

/// Findings with their replicates.
pub(crate) struct Trial {
    pub(crate) findings: Vec<Finding>,
    /// By criterion: the values in the replicates; empty where nothing is sampled.
    pub(crate) draws: Vec<Vec<f64>>,
}

pub(crate) fn try_metric(metric: &Metric, background: &Background, settings: &Settings) -> Result<Trial, Error> {
    metric.check()?;
    background.check(&metric.cube)?;
    assert!(settings.replicates >= 2, "an interval needs two replicates");
    let pairs = Pairs::new(&metric.cube, settings.seed);
    let held = evaluate(metric, background, &Resample::none(&metric.cube));
    let replicates: Vec<Replicate> = (0..settings.replicates)
        .into_par_iter()
        .map(|replicate| {
            let resample = Resample::drawn(&metric.cube, settings.seed, replicate);
            let answers = evaluate(metric, background, &resample);
            let values = answers.into_iter().map(|answer| answer.map_or(f64::NAN, |(value, _)| value)).collect();
            Replicate { values, share_apart: pairs.share_apart(&resample), signs: pairs.signs(&resample) }
        })
        .collect();
    let mut trial = Trial { findings: Vec::new(), draws: Vec::new() };
    for (criterion, answer) in Criterion::ALL.into_iter().zip(held) {
        let (answer, draws) = match criterion {
            Criterion::Pairs => told_apart(&pairs, &replicates),
            Criterion::Gaming => withstands(metric),
            _ if is_sampled(criterion) => {
                let draws = replicates.iter().map(|replicate| replicate.values[criterion as usize]).collect();
                let is_of_noise = criterion == Criterion::Discrimination;
                (answer, if is_of_noise { around_share_of_noise(answer, draws) } else { draws })
            }
            _ => (answer, Vec::new()),
        };
        let draws = if answer.is_ok() { draws } else { Vec::new() };
        trial.findings.push(finding(criterion, answer, &draws, settings.confidence));
        trial.draws.push(draws);
    }
    Ok(trial)
}

/// Returns the ends of the interval around `value`, from the spread of the draws around their mean.
///
/// Below 100 draws the tails cannot be read off, and the normal distribution stands in for them.
pub(crate) fn interval(value: f64, draws: &[f64], confidence: f64) -> [f64; 2] {
    let mut known: Vec<f64> = draws.iter().copied().filter(|draw| draw.is_finite()).collect();
    if known.len() < 2 {
        return [value, value];
    }
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    let tail = (1.0 - confidence) / 2.0;
    let [low, high] = if known.len() < 100 {
        use statrs::distribution::{ContinuousCDF, Normal};
        let reach = Normal::standard().inverse_cdf(1.0 - tail) * crate::composite::standard_deviation(&known);
        [-reach, reach]
    } else {
        known.sort_unstable_by(f64::total_cmp);
        [quantile(&known, tail) - mean, quantile(&known, 1.0 - tail) - mean]
    };
    [value + low.min(0.0), value + high.max(0.0)]
}

/// Resampled means differ by the noise of the meetings once more, so the share of noise, 1 less the discrimination, comes out
/// too small, and its spread with it; as a multiple of its geometric mean it keeps its spread. In a simulation of 40 units
/// at 12 meetings, with 91 % of the variance noise, the 95 % interval held the true share in 193 of 200 worlds, and without
/// this in 145.
fn around_share_of_noise(answer: Answer, draws: Vec<f64>) -> Vec<f64> {
    let Ok((value, _)) = answer else { return draws };
    let logarithms: Vec<f64> = draws.iter().map(|draw| (1.0 - draw).ln()).collect();
    let known = || logarithms.iter().filter(|logarithm| logarithm.is_finite());
    let mean = known().sum::<f64>() / known().count() as f64;
    logarithms.iter().map(|logarithm| 1.0 - (1.0 - value) * (logarithm - mean).exp()).collect()
}

struct Replicate {
    values: Vec<f64>,
    share_apart: f64,
    signs: Vec<i8>,
}

fn finding(criterion: Criterion, answer: Answer, draws: &[f64], confidence: f64) -> Finding {
    let answer =
        answer.and_then(|(value, n)| if value.is_finite() { Ok((value, n)) } else { Err("it is not defined here") });
    let ends = answer.ok().map(|(value, _)| {
        let [least, most] = range(criterion);
        interval(value, draws, confidence).map(|end| end.clamp(least.min(value), most.max(value)))
    });
    Finding {
        criterion,
        value: answer.ok().map(|(value, _)| value),
        low: ends.map(|ends| ends[0]),
        high: ends.map(|ends| ends[1]),
        n: answer.map_or(0, |(_, n)| n),
        better: criterion.better(),
        what: criterion.what(),
        why_missing: answer.err().map(str::to_string),
    }
}

fn evaluate(metric: &Metric, background: &Background, resample: &Resample) -> Vec<Answer> {
    let view = View::new(&metric.cube, resample);
    let others: Vec<View> = background.others.iter().map(|other| View::new(&other.cube, resample)).collect();
    let scene = Scene { metric, background, view: &view, others: &others };
    Criterion::ALL.into_iter().map(|criterion| answer(criterion, &scene)).collect()
}

fn answer(criterion: Criterion, scene: &Scene<'_>) -> Answer {
    use Criterion as C;
    match criterion {
        C::Discrimination => discrimination::discriminates(scene),
        C::Stability => discrimination::is_stable(scene),
        C::Independence => independence::is_independent(scene),
        C::SplitHalf => reliability::halves_agree(scene),
        C::IccOneWay => reliability::one_way(scene),
        C::IccTwoWay => reliability::two_way(scene),
        C::IccConsistent => reliability::consistent(scene),
        C::TestRetest => reliability::retests(scene),
        C::StandardError => reliability::standard_error(scene),
        C::DetectableChange => reliability::detectable_change(scene),
        C::Predictive => validity::predicts(scene),
        C::PredictiveArea => validity::predicts_area(scene),
        C::Incremental => validity::adds_to_others(scene),
        C::Convergent => validity::converges(scene),
        C::Divergent => validity::diverges(scene),
        C::KnownGroups => validity::knows_groups(scene),
        C::Pairs | C::Gaming => Err("it is found over all replicates together"),
        C::UnitsCovered => declared::covers_units(scene),
        C::BodiesCovered => declared::covers_bodies(scene.metric),
        C::CoverageBySize => declared::covers_sizes(scene),
        C::CoverageByOutcome => declared::covers_outcomes(scene),
        C::Minutes => declared::minutes(scene.metric),
        C::Money => declared::money(scene.metric),
        C::LagDays => declared::lag_days(scene.metric),
        C::Automation => declared::automation(scene.metric),
        C::CellsUnderThreshold => declared::cells_under_threshold(scene.metric),
        C::SmallestCell => declared::smallest_cell(scene.metric),
        C::UniquePersons => declared::unique_persons(scene.metric),
        C::VarianceInflation => independence::inflates_variance(scene),
        C::LargestCorrelation => independence::correlates_most(scene),
        C::SharedInformation => independence::shares_information(scene),
        C::RankChangeIfDropped => independence::changes_ranks_if_dropped(scene),
        C::GroupEffect => fairness::treats_groups_apart(scene),
        C::SizeCorrelation => fairness::follows_size(scene),
        C::Response => fairness::responds(scene),
        C::Recomputed => declared::is_recomputed(scene.metric),
    }
}

/// True where another set of meetings could have given another value.
fn is_sampled(criterion: Criterion) -> bool {
    use crate::court::Aspect;
    let is_declared = matches!(criterion.aspect(), Aspect::Cost | Aspect::Privacy | Aspect::Recomputability);
    !is_declared && criterion != Criterion::BodiesCovered
}

/// The least and the greatest value that a criterion can have.
fn range(criterion: Criterion) -> [f64; 2] {
    use Criterion as C;
    const INFINITE: f64 = f64::INFINITY;
    match criterion {
        C::StandardError | C::DetectableChange | C::SharedInformation | C::RankChangeIfDropped => [0.0, INFINITE],
        C::VarianceInflation => [1.0, INFINITE],
        C::CoverageBySize | C::CoverageByOutcome | C::Response => [-INFINITE, INFINITE],
        C::Discrimination | C::Stability | C::SplitHalf => [-INFINITE, 1.0],
        C::IccOneWay | C::IccTwoWay | C::IccConsistent | C::TestRetest => [-1.0, 1.0],
        C::Predictive | C::Convergent | C::SizeCorrelation => [-1.0, 1.0],
        _ => [
            0.0,
            if matches!(criterion, C::Minutes | C::Money | C::LagDays | C::SmallestCell) { INFINITE } else { 1.0 },
        ],
    }
}

fn told_apart(pairs: &Pairs, replicates: &[Replicate]) -> (Answer, Vec<f64>) {
    if pairs.n == 0 {
        return (Err("no pair of units has values at two common events of a period"), Vec::new());
    }
    let signs: Vec<Vec<i8>> = replicates.iter().map(|replicate| replicate.signs.clone()).collect();
    let draws = replicates.iter().map(|replicate| replicate.share_apart).collect();
    (Ok((pairs.share_excluding_zero(&signs), pairs.n)), draws)
}

fn withstands(metric: &Metric) -> (Answer, Vec<f64>) {
    let Some(gaming) = &metric.gaming else {
        return (Err("no attacks were simulated"), Vec::new());
    };
    let n = gaming.attacks.iter().map(|attack| attack.n).max().unwrap_or_default();
    let answer = gaming.resistance.map(|resistance| (resistance, n)).ok_or("no attack had rows to work on");
    (answer, gaming.draws.clone())
}
