//! How long words live: Kaplan-Meier curves, half-lives and their intervals.
//!
//! Comes in: lives of words ([`Life`]). Goes out: the share of words that still stand after so much time. Words that stand at
//! the end are censored: how long they will live is not known, only that it is longer than until now.

use std::collections::BTreeMap;

use super::Life;
use super::draw::{Draw, quantile};

/// 97.5 % of the normal distribution lie below it.
const Z: f64 = 1.959_963_984_540_054;

/// The share of words that stand, by the time since they entered the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Survival {
    /// One for each time after which words left, ascending.
    pub steps: Vec<Step>,
    /// Words observed.
    pub n_words: usize,
    /// Of these, words that stand: their lives are censored.
    pub n_standing: usize,
    /// The first time at which at most half of the words stand; `None` if more than half always do.
    pub half_life: Option<i64>,
    /// 95 % interval of the half-life: the first times at which the lower and the upper bound are at most one half (Brookmeyer and
    /// Crowley); `None` where a bound never is.
    pub half_life_interval: [Option<i64>; 2],
}

/// A step of a survival curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Time since the words entered, in the unit of the versions.
    pub time: i64,
    /// Words observed for at least this time.
    pub n_at_risk: usize,
    /// Words that left after exactly this time.
    pub n_left: usize,
    /// Share of words that stand longer, 0 to 1.
    pub share: f64,
    /// Standard error of the share, after Greenwood; `None` when no word is left, for then it is not defined.
    pub error: Option<f64>,
    /// Lower bound of the 95 % interval, after Greenwood on the scale log(-log); 0 when no word is left.
    pub low: f64,
    /// Upper bound; that of the step before when no word is left.
    pub high: f64,
}

impl Survival {
    /// Returns the share of words that stand after some time, with its bounds; all of them before the first left.
    ///
    /// ```
    /// use drafting::credit::{Life, survival};
    /// let life = Life { origin: 0, entered: 0, left: Some(5), n_words: 3 };
    /// let curve = survival(&[life], 9);
    /// assert_eq!((curve.at(4)[0], curve.at(5)[0]), (1.0, 0.0));
    /// ```
    #[must_use]
    pub fn at(&self, time: i64) -> [f64; 3] {
        let after = self.steps.partition_point(|step| step.time <= time);
        self.steps[..after].last().map_or([1.0; 3], |step| [step.share, step.low, step.high])
    }
}

/// Returns the Kaplan-Meier curve of some lives, observed until `now`.
///
/// Give it the lives of one version for the curve of a contribution, or those of one party. Greenwood's interval takes words for
/// independent; but words die together, with their sentence, so it is too narrow. [`half_life_by_origin`] is more careful.
///
/// # Source
/// E. L. Kaplan and P. Meier, JASA 53 (1958); M. Greenwood (1926); J. D. Kalbfleisch and R. L. Prentice, *The Statistical Analysis of
/// Failure Time Data* (1980), for the interval; R. Brookmeyer and J. Crowley, Biometrics 38 (1982), for that of the median.
///
/// ```
/// use drafting::credit::{Life, survival};
/// // Two words leave after 1, one after 3, one still stands at 4.
/// let life = |left, n_words| Life { origin: 0, entered: 0, left, n_words };
/// let curve = survival(&[life(Some(1), 2), life(Some(3), 1), life(None, 1)], 4);
/// assert_eq!(curve.steps.iter().map(|step| step.share).collect::<Vec<_>>(), [0.5, 0.25]);
/// assert_eq!(curve.half_life, Some(1));
/// // Greenwood: 0.5 x sqrt(2 / (4 x 2)).
/// assert!((curve.steps[0].error.unwrap() - 0.25).abs() < 1e-12);
/// ```
#[must_use]
pub fn survival<'a>(lives: impl IntoIterator<Item = &'a Life>, now: i64) -> Survival {
    weighed(lives.into_iter().map(|life| (life, 1)), now)
}

/// Returns a 95 % interval of the half-life that takes versions, not words, as what was drawn: a bootstrap over origins.
///
/// `None` stands for a bound that lies beyond what was observed. Both bounds are `None` if fewer than two versions have words. The same seed
/// gives the same interval.
///
/// # Source
/// B. Efron and R. J. Tibshirani, *An Introduction to the Bootstrap* (1993), percentile intervals of clusters.
#[must_use]
pub fn half_life_by_origin(lives: &[Life], now: i64, replicates: u32, seed: u64) -> [Option<i64>; 2] {
    let mut origins: Vec<usize> = lives.iter().map(|life| life.origin).collect();
    origins.sort_unstable();
    origins.dedup();
    if origins.len() < 2 || replicates == 0 {
        return [None, None];
    }
    let mut halves: Vec<f64> = Vec::new();
    for replicate in 0..replicates {
        let mut draw = Draw::new(seed, u64::from(replicate));
        let mut times: BTreeMap<usize, usize> = BTreeMap::new();
        for _ in &origins {
            *times.entry(origins[draw.below(origins.len())]).or_default() += 1;
        }
        let drawn = lives.iter().filter_map(|life| Some((life, *times.get(&life.origin)?)));
        halves.push(weighed(drawn, now).half_life.map_or(f64::INFINITY, |time| time as f64));
    }
    halves.sort_by(f64::total_cmp);
    [0.025, 0.975].map(|at| Some(quantile(&halves, at)).filter(|time| time.is_finite()).map(|time| time.round() as i64))
}

/// The curve of lives, each counted so many times.
fn weighed<'a>(lives: impl Iterator<Item = (&'a Life, usize)>, now: i64) -> Survival {
    // Time to words that left, and words that were only seen until then.
    let mut ends: BTreeMap<i64, (usize, usize)> = BTreeMap::new();
    let (mut n_words, mut n_standing) = (0, 0);
    for (life, times) in lives {
        let n = life.n_words * times;
        let end = ends.entry((life.left.unwrap_or(now) - life.entered).max(0)).or_default();
        n_words += n;
        match life.left {
            Some(_) => end.0 += n,
            None => (end.1, n_standing) = (end.1 + n, n_standing + n),
        }
    }
    let (mut n_at_risk, mut share, mut sum, mut high) = (n_words, 1.0, 0.0, 1.0);
    let mut steps = Vec::new();
    for (time, (n_left, n_censored)) in ends {
        if n_left > 0 {
            let (left, risk) = (n_left as f64, n_at_risk as f64);
            share *= (risk - left) / risk;
            sum += left / (risk * (risk - left));
            let step = step(time, [n_at_risk, n_left], share, sum, high);
            high = step.high;
            steps.push(step);
        }
        n_at_risk -= n_left + n_censored;
    }
    let first = |bound: fn(&Step) -> f64| steps.iter().find(|step| bound(step) <= 0.5).map(|step| step.time);
    let half_life = first(|step| step.share);
    let half_life_interval = [first(|step| step.low), first(|step| step.high)];
    Survival { n_words, n_standing, half_life, half_life_interval, steps }
}

fn step(time: i64, [n_at_risk, n_left]: [usize; 2], share: f64, sum: f64, high_before: f64) -> Step {
    if n_at_risk == n_left {
        return Step { time, n_at_risk, n_left, share: 0.0, error: None, low: 0.0, high: high_before };
    }
    let width = Z * sum.sqrt() / share.ln();
    let [low, high] = [width, -width].map(|width| (-(((-share.ln()).ln() - width).exp())).exp());
    Step { time, n_at_risk, n_left, share, error: Some(share * sum.sqrt()), low: low.min(share), high: high.max(share) }
}
