//! Replicates: the same figure as it could have come out otherwise.
//!
//! Comes in: a [`Series`] with its spread. Goes out: values by replicate. Two sources of chance are put together so that
//! neither is counted twice:
//!
//! 1. *Between meetings.* Meetings are drawn with replacement within their body. The sum over the meetings drawn varies
//!    by B, the sum over bodies of the squared deviations of the meetings from their mean.
//! 2. *Within meetings.* Independent events of weights w vary by S = sum of w squared; a share of n effective trials by its
//!    beta posterior's variance. Resampling shows this too, but only where there are meetings enough: of one meeting it
//!    shows nothing, of M alike events spread over M meetings it shows the part (M - 1) / M, of 6 attended out of 6 nothing.
//!    So the draw within meetings has the variance max(0, S - B): what resampling left out, and no more.
//!
//! Together a figure varies by max(B, S): never less than independent events would, and more where acts come in bursts.
//! Counts are multiplied by gamma draws of that variance (the moments that Fay and Feuer 1997 match), shares drawn from
//! beta distributions. The third of an event in both keeps the median at the value (J. Kerman, "Neutral noninformative and
//! informative conjugate beta and gamma prior distributions", Electronic Journal of Statistics 5, 2011); for a count never
//! seen it is all there is, so its interval reaches above 0.

use crate::draw::{Draws, owner};
use crate::series::{Cell, Series, Strata};
use crate::{Kind, Prior, Sampling};

/// Kerman's neutral prior, in events.
const NEUTRAL: f64 = 1.0 / 3.0;
const NEUTRAL_PRIOR: Prior = Prior { a: NEUTRAL, b: NEUTRAL };

/// How often each meeting is drawn in each of some replicates.
pub(crate) struct Resampling {
    /// The replicates' numbers.
    pub(crate) replicates: Vec<u32>,
    /// By meeting, then by replicate.
    drawn: Vec<Vec<f64>>,
}

impl Resampling {
    pub(crate) fn new(strata: &Strata<'_>, seed: u64, replicates: Vec<u32>) -> Self {
        let mut drawn = vec![vec![0.0; replicates.len()]; strata.body_of.len()];
        for (meetings, body) in strata.meetings_of.iter().zip(&strata.bodies) {
            let owner = owner(&format!("meetings of {body}"));
            for (at, &replicate) in replicates.iter().enumerate() {
                let mut draws = Draws::at(seed, owner, replicate, 0);
                for _ in meetings {
                    drawn[meetings[draws.below(meetings.len())]][at] += 1.0;
                }
            }
        }
        Self { replicates, drawn }
    }

    /// Returns the resampling of some of its replicates alone; `own` is ascending.
    pub(crate) fn only(&self, own: &[u32]) -> Self {
        let is_own = |at: &usize| own.binary_search(&self.replicates[*at]).is_ok();
        let places: Vec<usize> = (0..self.replicates.len()).filter(is_own).collect();
        let of = |times: &Vec<f64>| places.iter().map(|&at| times[at]).collect();
        Self {
            replicates: places.iter().map(|&at| self.replicates[at]).collect(),
            drawn: self.drawn.iter().map(of).collect(),
        }
    }

    fn sums(&self, cells: &[Cell], of: impl Fn(&Cell) -> f64) -> Vec<f64> {
        let mut sums = vec![0.0; self.replicates.len()];
        for cell in cells {
            let amount = of(cell);
            for (sum, times) in sums.iter_mut().zip(&self.drawn[cell.meeting]) {
                *sum += times * amount;
            }
        }
        sums
    }
}

/// One organisation's series of one indicator, with what resampling leaves out.
pub(crate) struct Sample<'a> {
    series: &'a Series,
    kind: Kind,
    prior: Option<Prior>,
    within: Within,
}

/// The draw within meetings.
#[derive(Debug, PartialEq)]
enum Within {
    /// Nothing is drawn, and meetings are not resampled either.
    Census,
    /// Resampling shows all there is.
    Nothing,
    /// A count never seen; one event would weigh this much.
    Unseen { weight: f64 },
    /// A count: times a gamma of this shape.
    Gamma { shape: f64 },
    /// A share: a beta of this many trials around the resampled share, or of this weight around the shrunk rate.
    Beta { trials: f64 },
}

impl<'a> Sample<'a> {
    /// `unseen` is the weight that an event not seen would have had.
    pub(crate) fn new(
        series: &'a Series,
        (kind, prior): (Kind, Option<Prior>),
        sampling: Sampling,
        strata: &Strata<'_>,
        unseen: f64,
    ) -> Self {
        let within = match (sampling, kind) {
            (Sampling::Census, _) => Within::Census,
            (Sampling::Events, Kind::Count | Kind::Breadth) => within_count(series, strata, unseen),
            (Sampling::Events, Kind::Share | Kind::RateShrunk) => within_share(series, prior, strata),
        };
        Self { series, kind, prior, within }
    }

    /// Returns the value in each replicate of `resampling`. `whose` addresses the draws.
    pub(crate) fn values(&self, resampling: &Resampling, seed: u64, whose: u64) -> Vec<f64> {
        let nominal = || value(self.kind, self.prior, self.series.events, self.series.exposure).unwrap_or_default();
        if self.within == Within::Census {
            return vec![nominal(); resampling.replicates.len()];
        }
        let mut values = resampling.sums(&self.series.cells, |cell| cell.events);
        if self.kind.has_exposure() {
            let exposures = resampling.sums(&self.series.cells, |cell| cell.exposure);
            for (events, exposure) in values.iter_mut().zip(exposures) {
                // No meeting with exposure was drawn: then the share stays what it is.
                *events = value(self.kind, self.prior, *events, exposure).unwrap_or_else(nominal);
            }
        }
        for (value, &replicate) in values.iter_mut().zip(&resampling.replicates) {
            *value = self.drawn(*value, || Draws::at(seed, whose, replicate, 0));
        }
        values
    }

    fn drawn(&self, value: f64, draws: impl Fn() -> Draws) -> f64 {
        match (&self.within, self.prior) {
            (Within::Census | Within::Nothing, _) => value,
            (Within::Unseen { weight }, _) => weight * draws().gamma(NEUTRAL),
            (Within::Gamma { .. }, _) if value == 0.0 => value,
            (Within::Gamma { shape }, _) => value * draws().gamma(shape + NEUTRAL) / shape,
            (Within::Beta { trials }, Some(_)) => draws().beta(value * trials, (1.0 - value) * trials),
            (Within::Beta { trials }, None) => {
                draws().beta(value * trials + NEUTRAL, (1.0 - value).max(0.0) * trials + NEUTRAL)
            }
        }
    }
}

/// Returns the value of a kind, or `None` without exposure where it needs some. A rate without prior is a share.
pub(crate) fn value(kind: Kind, prior: Option<Prior>, events: f64, exposure: f64) -> Option<f64> {
    match (kind, prior) {
        (Kind::Count | Kind::Breadth, _) => Some(events),
        (Kind::Share | Kind::RateShrunk, _) if exposure <= 0.0 => None,
        (Kind::RateShrunk, Some(Prior { a, b })) => Some((a + events) / (a + b + exposure)),
        (Kind::Share | Kind::RateShrunk, _) => Some((events / exposure).min(1.0)),
    }
}

fn within_count(series: &Series, strata: &Strata<'_>, unseen: f64) -> Within {
    if series.events == 0.0 {
        return Within::Unseen { weight: unseen };
    }
    let between = series.variance_between(strata, 0.0);
    let left_out = series.squares - between;
    // Times a gamma of mean 1 and variance 1 / shape, the resampled sum gains (sum squared + between) / shape.
    let shape = (series.events * series.events + between) / left_out;
    if left_out > 1e-9 * series.squares { Within::Gamma { shape } } else { Within::Nothing }
}

fn within_share(series: &Series, prior: Option<Prior>, strata: &Strata<'_>) -> Within {
    let share = series.events / series.exposure;
    // A shrunk rate is (a + events) / (a + b + exposure) throughout; a share only borrows its variance at 0 and 1.
    let (trials, divisor) = match prior {
        Some(Prior { a, b }) => (series.exposure, a + b + series.exposure),
        None => (series.exposure * series.exposure / series.exposure_squares, series.exposure),
    };
    let Prior { a, b } = prior.unwrap_or(NEUTRAL_PRIOR);
    let mean = (a + share * trials) / (a + b + trials);
    let centre = if prior.is_some() { mean } else { share };
    let independent = mean * (1.0 - mean) / (a + b + trials + 1.0);
    let left_out = independent - series.variance_between(strata, centre) / (divisor * divisor);
    if left_out <= 1e-9 * independent {
        return Within::Nothing;
    }
    let weight = mean * (1.0 - mean) / left_out - 1.0;
    Within::Beta { trials: if prior.is_some() { weight } else { weight - a - b } }
}

/// Returns the quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan, 1996).
pub(crate) fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p * (sorted.len() - 1) as f64;
    let low = at.floor() as usize;
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + (at - low as f64) * (sorted[high] - sorted[low])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::Groups;
    use crate::{Meeting, Observation, Observations};

    /// Returns mean, variance and median over replicates, for events (and exposure) by meeting of one body.
    fn spread(kind: Kind, prior: Option<Prior>, by_meeting: &[Vec<(f64, f64)>]) -> [f64; 3] {
        let rows = by_meeting.iter().enumerate().flat_map(|(meeting, items)| {
            items.iter().enumerate().map(move |(item, &(events, exposure))| Observation {
                indicator: 0,
                organisation: 0,
                meeting: meeting as u32,
                item: (meeting * 1000 + item) as u32,
                events,
                exposure,
            })
        });
        let observations = Observations {
            organisations: vec!["acme".into()],
            meetings: (0..by_meeting.len())
                .map(|at| Meeting { id: at.to_string(), body: "x".into(), day: 0 })
                .collect(),
            indicators: vec!["i".into()],
            rows: rows.collect(),
        };
        let strata = Strata::new(&observations);
        let series = Series::new(kind, Groups::new(&observations).rows(0, 0), &vec![1.0; by_meeting.len()]);
        let resampling = Resampling::new(&strata, 5, (0..40_000).collect());
        let sample = Sample::new(&series, (kind, prior), Sampling::Events, &strata, 1.0);
        let mut values = sample.values(&resampling, 5, 77);
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
        values.sort_by(f64::total_cmp);
        [mean, variance, quantile(&values, 0.5)]
    }

    fn ones(n: usize) -> Vec<(f64, f64)> {
        vec![(1.0, 1.0); n]
    }

    #[test]
    fn one_meeting_has_the_spread_of_its_events() {
        let [_, variance, median] = spread(Kind::Count, None, &[ones(16)]);
        assert!((variance - 16.33).abs() < 0.6, "Gamma(16 + 1/3) has the variance 16.33, found {variance}");
        assert!((median - 16.0).abs() < 0.15, "{median}");
    }

    #[test]
    fn many_meetings_are_not_counted_twice() {
        // Twenty meetings with 0 or 8 events: between them 20 x 16 = 320, independent events 80.
        let bursts: Vec<_> = (0..20).map(|at| if at % 2 == 0 { vec![(0.0, 1.0)] } else { ones(8) }).collect();
        let [mean, variance, _] = spread(Kind::Count, None, &bursts);
        assert!((mean - 80.0).abs() < 0.5 && (variance - 320.0).abs() < 12.0, "{mean} {variance}");
        // Twenty meetings alike: resampling shows nothing, so the 80 independent events speak.
        let alike: Vec<_> = (0..20).map(|_| ones(4)).collect();
        let [mean, variance, _] = spread(Kind::Count, None, &alike);
        assert!((mean - 80.33).abs() < 0.3 && (variance - 80.33).abs() < 3.0, "{mean} {variance}");
        // One event at one of twenty: 19 / 20 between, 1 / 20 within.
        let mut lone: Vec<_> = (0..20).map(|_| vec![(0.0, 1.0)]).collect();
        lone[3] = ones(1);
        let [_, variance, _] = spread(Kind::Count, None, &lone);
        assert!((variance - 1.0).abs() < 0.08, "{variance}");
    }

    #[test]
    fn a_count_never_seen_is_not_known_to_be_nought() {
        let [mean, _, median] = spread(Kind::Count, None, &[vec![(0.0, 1.0)]]);
        assert!((mean - 1.0 / 3.0).abs() < 0.02 && median < 0.1, "{mean} {median}");
    }

    #[test]
    fn breadth_is_not_lost_by_resampling() {
        let items: Vec<_> = (0..10).map(|_| ones(1)).collect();
        let [mean, variance, _] = spread(Kind::Breadth, None, &items);
        assert!((mean - 10.0).abs() < 0.4 && (variance - 10.0).abs() < 0.8, "{mean} {variance}");
    }

    #[test]
    fn a_share_of_all_or_nothing_is_still_uncertain() {
        let attended: Vec<_> = (0..6).map(|_| ones(1)).collect();
        let [mean, variance, _] = spread(Kind::Share, None, &attended);
        // Beta(6 + 1/3, 1/3).
        assert!((mean - 0.95).abs() < 3e-3 && (variance - 0.95 * 0.05 / (7.0 + 2.0 / 3.0)).abs() < 6e-4);
    }

    #[test]
    fn a_shrunk_rate_at_one_meeting_is_drawn_from_its_posterior() {
        let prior = Some(Prior { a: 2.0, b: 4.0 });
        let decided = [vec![(1.0, 1.0), (1.0, 1.0), (1.0, 1.0), (0.0, 1.0)]];
        let [mean, variance, _] = spread(Kind::RateShrunk, prior, &decided);
        assert!((mean - 0.5).abs() < 5e-3 && (variance - 0.25 / 11.0).abs() < 8e-4, "Beta(5, 5): {mean} {variance}");
    }
}
