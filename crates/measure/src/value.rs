//! The value of each indicator for each organisation, with its interval: the rows of the table `indicator`.

use serde::Serialize;

use crate::series::{Groups, Series, recency};
use crate::{Error, Fault, Kind, Observation, Observations, Prior, Profile, beta_interval, gamma_poisson, wilson};

/// One organisation's value of one indicator. Plain sums: recency weighs only in `n_effective` and in the index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorValue {
    /// Position in [`Observations::indicators`].
    pub indicator: u16,
    /// Position in [`Observations::organisations`].
    pub organisation: u32,
    /// Sum of events; for breadth, the number of distinct items.
    pub events: f64,
    /// Sum of exposure; 0 for counts and breadth.
    pub exposure: f64,
    /// The value, in the indicator's unit.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// Meetings with events.
    pub n_meetings: u32,
    /// Effective number of events under recency weights: (sum of weights) squared over the sum of squared weights.
    pub n_effective: f64,
}

/// Returns the values of all indicators that have rows, ordered by indicator and organisation.
///
/// Without a row there is no value: never seen is for the reader of the value to judge. A share or rate without exposure
/// has no value either. Intervals hold 95 %: Fay-Feuer (Garwood for whole events) for counts and breadth, Wilson for
/// shares, the posterior's equal tails for shrunk rates. They treat events as independent; that acts of one meeting go
/// together is taken into account where scores are made ([`crate::index`]).
///
/// # Errors
/// [`Error::Observations`] for rows that contradict themselves, [`Error::Profile`] for a shrunk rate without prior.
pub fn indicator_values(
    observations: &Observations,
    kinds: &[Kind],
    profile: &Profile,
    as_of_day: i32,
) -> Result<Vec<IndicatorValue>, Error> {
    observations.check(kinds)?;
    let priors = priors(observations, kinds, profile)?;
    let groups = Groups::new(observations);
    let weights = recency(observations, profile.recency.half_life_days, as_of_day);
    let even = vec![1.0; weights.len()];
    let mut values = Vec::new();
    for (indicator, (&kind, &prior)) in kinds.iter().zip(&priors).enumerate() {
        for organisation in 0..observations.organisations.len() {
            let rows = groups.rows(organisation, indicator);
            let plain = Series::new(kind, rows, &even);
            if rows.is_empty() || (kind.has_exposure() && plain.exposure == 0.0) {
                continue;
            }
            let (value, [low, high]) = value(kind, prior, &plain);
            values.push(IndicatorValue {
                indicator: indicator as u16,
                organisation: organisation as u32,
                events: plain.events,
                exposure: if kind.has_exposure() { plain.exposure } else { 0.0 },
                value,
                low,
                high,
                n_meetings: plain.n_meetings() as u32,
                n_effective: Series::new(kind, rows, &weights).n_effective(),
            });
        }
    }
    Ok(values)
}

/// Returns the prior of each indicator of the observations, where it has one.
pub(crate) fn priors(
    observations: &Observations,
    kinds: &[Kind],
    profile: &Profile,
) -> Result<Vec<Option<Prior>>, Error> {
    let mut faults = Vec::new();
    let mut priors = Vec::new();
    for (name, kind) in observations.indicators.iter().zip(kinds) {
        let entry = profile.indicators().find(|(_, indicator)| indicator.name == *name);
        let prior = entry.and_then(|(_, indicator)| indicator.prior);
        let what = match (entry, prior, kind) {
            (None, ..) | (Some(_), Some(_), Kind::RateShrunk) => None,
            (Some(_), None, Kind::RateShrunk) => Some(("expected a prior, found none", "declare `prior = { a, b }`")),
            (Some(_), Some(_), _) => Some(("expected no prior, for nothing is shrunk, found one", "remove the prior")),
            (Some(_), None, _) => None,
        };
        if let Some((what, hint)) = what {
            faults.push(Fault::new(name, what, hint));
        }
        priors.push(prior);
    }
    if faults.is_empty() { Ok(priors) } else { Err(Error::Profile(faults)) }
}

fn value(kind: Kind, prior: Option<Prior>, plain: &Series) -> (f64, [f64; 2]) {
    let (events, exposure) = (plain.events, plain.exposure);
    match (kind, prior) {
        (Kind::Count | Kind::Breadth, _) => {
            // One more event could be a whole one, however small the credits seen.
            (events, gamma_poisson(events, plain.squares, plain.largest.max(1.0), 0.95))
        }
        (Kind::RateShrunk, Some(Prior { a, b })) => {
            let (a, b) = (a + events, b + (exposure - events).max(0.0));
            (a / (a + b), beta_interval(a, b, 0.95))
        }
        // A rate that the profile does not know has no prior: it is shown as it is.
        (Kind::Share | Kind::RateShrunk, _) => (events / exposure, wilson(events.min(exposure), exposure, 0.95)),
    }
}

/// Returns true for each indicator that has a row of any organisation, counting exposure for shares and rates.
pub(crate) fn observed(observations: &Observations, kinds: &[Kind]) -> Vec<bool> {
    let mut observed = vec![false; kinds.len()];
    let counts = |row: &&Observation| !kinds[usize::from(row.indicator)].has_exposure() || row.exposure > 0.0;
    for row in observations.rows.iter().filter(counts) {
        observed[usize::from(row.indicator)] = true;
    }
    observed
}
