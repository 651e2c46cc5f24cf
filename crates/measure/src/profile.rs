//! The profile of an index: its methodology as a readable file, every entry with its reason.
//!
//! Comes in: TOML. Goes out: a [`Profile`] that holds together, or every fault of it. Weights are relative within their
//! parent, so 2 and 1 mean the same as 0.50 and 0.25. The shipped profile is `crates/indicators/profile/index.toml`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Activity, Error, Fault, Objective, Taper, objective};

/// A methodology: what counts, how much, and how uncertain the choices are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Version of the method, shown beside every score, e.g. `2026.1`.
    pub method: String,
    /// What this profile is for, and the period its goalposts are meant for.
    pub reason: String,
    /// How older acts fade.
    pub recency: Recency,
    /// How the interval is made.
    pub uncertainty: Uncertainty,
    /// The dimensions, in the order in which they are shown.
    #[serde(rename = "dimension")]
    pub dimensions: Vec<Dimension>,
    /// What engagement may be for; empty where the index has one purpose.
    #[serde(default, rename = "objective", skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<Objective>,
    /// The kinds of meeting, and which objectives they serve; empty where there are no objectives.
    #[serde(default, rename = "activity", skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
}

/// How older acts fade: weight 2^(-age / half-life), with the age of the meeting in days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recency {
    /// Days after which an act counts half.
    pub half_life_days: f64,
    /// Why.
    pub reason: String,
}

/// A group of indicators that is weighted as one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Name, e.g. `engagement`.
    pub name: String,
    /// Weight among the dimensions, above 0.
    pub weight: f64,
    /// Why.
    pub reason: String,
    /// The indicators of the dimension, in the order in which they are shown.
    #[serde(rename = "indicator")]
    pub indicators: Vec<IndicatorProfile>,
}

/// How one indicator enters the index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorProfile {
    /// Name of the indicator.
    pub name: String,
    /// Weight within its dimension, above 0.
    pub weight: f64,
    /// The value that is worth 0, in the indicator's unit after recency weighting.
    pub low: f64,
    /// The value that is worth 1, in the same unit; more earns nothing further.
    pub high: f64,
    /// The concave form between the goalposts.
    pub transform: Transform,
    /// What is uncertain about the value.
    pub sampling: Sampling,
    /// The prior of a shrunk rate; needed for that kind and for no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prior: Option<Prior>,
    /// How further rows of one work or meeting count less; `None` where each counts in full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taper: Option<Taper>,
    /// Why these goalposts and this form.
    pub reason: String,
}

/// A form that grows ever more slowly, so that volume alone cannot buy a score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "lowercase", deny_unknown_fields)]
pub enum Transform {
    /// x: for values that are bounded already.
    Linear,
    /// Square root of x.
    Sqrt,
    /// ln(1 + x / scale).
    Log1p {
        /// The value at which the form turns from linear to logarithmic, above 0.
        scale: f64,
    },
    /// x / (x + scale).
    Saturating {
        /// The value that is worth half of what is ever reached, above 0.
        scale: f64,
    },
}

/// What is uncertain about an indicator's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sampling {
    /// The acts could have fallen otherwise: meetings are resampled, and events within them drawn.
    Events,
    /// The source lists all there is, such as an office that is held: nothing is drawn.
    Census,
}

/// Beta prior of a shrunk rate: as if `a` of `a + b` had been seen beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// Prior events, above 0.
    pub a: f64,
    /// Prior exposure without event, above 0.
    pub b: f64,
}

/// How the interval of a score is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uncertainty {
    /// Number of replicates, 100 to 100,000.
    pub replicates: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// Each weight is drawn within this share of itself: w (1 + f (2U - 1)), 0 to below 1.
    pub weight_noise: f64,
    /// Half-lives in days, one of which is drawn.
    pub half_lives: Vec<f64>,
    /// Aggregations, one of which is drawn.
    pub aggregations: Vec<Aggregation>,
    /// Share of the replicates inside the interval, e.g. 0.90 for 5 % to 95 %.
    pub interval: f64,
    /// Why.
    pub reason: String,
}

/// How transformed values become one score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aggregation {
    /// Weighted mean: a lack in one indicator can be made up in another.
    Arithmetic,
    /// Weighted geometric mean on 0.01..=1, brought back to 0..=1: a lack can be made up only in part.
    Geometric,
}

impl Profile {
    /// Reads and checks a profile.
    ///
    /// # Errors
    /// [`Error::Profile`]. A text of the wrong shape has one fault, with its line; a text of the right shape has all its
    /// faults reported together.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let profile: Self = toml::from_str(text).map_err(|error| {
            let line =
                error.span().map_or(1, |span| 1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count());
            let hint = "write the entry as the shipped profile `index.toml` does";
            Error::Profile(vec![Fault::new(format!("line {line}"), error.message().replace('\n', ", "), hint)])
        })?;
        profile.check()?;
        Ok(profile)
    }

    /// Checks that the profile holds together. [`Profile::from_toml`] has done so already.
    ///
    /// # Errors
    /// [`Error::Profile`] with every fault.
    pub fn check(&self) -> Result<(), Error> {
        let mut faults = Faults(Vec::new());
        faults.text("method", &self.method);
        faults.text("reason", &self.reason);
        faults.above("recency.half_life_days", self.recency.half_life_days, 0.0);
        faults.text("recency.reason", &self.recency.reason);
        self.uncertainty.check(&mut faults);
        faults.some("dimension", self.dimensions.len());
        faults.unique("dimension", self.dimensions.iter().map(|dimension| dimension.name.as_str()));
        faults.unique("indicator", self.indicators().map(|(_, indicator)| indicator.name.as_str()));
        for dimension in &self.dimensions {
            faults.above(&format!("{}.weight", dimension.name), dimension.weight, 0.0);
            faults.text(&format!("{}.reason", dimension.name), &dimension.reason);
            faults.some(&format!("{}.indicator", dimension.name), dimension.indicators.len());
            for indicator in &dimension.indicators {
                indicator.check(&format!("{}.{}", dimension.name, indicator.name), &mut faults);
            }
        }
        objective::check(self, &mut faults);
        if faults.0.is_empty() { Ok(()) } else { Err(Error::Profile(faults.0)) }
    }

    /// Returns all indicators with the position of their dimension, in the order in which they are shown.
    pub fn indicators(&self) -> impl Iterator<Item = (usize, &IndicatorProfile)> {
        self.dimensions
            .iter()
            .enumerate()
            .flat_map(|(at, dimension)| dimension.indicators.iter().map(move |indicator| (at, indicator)))
    }
}

impl IndicatorProfile {
    /// Returns the worth of a value between the goalposts: 0 to 1, never falling as the value rises.
    ///
    /// ```
    /// # use measure::{IndicatorProfile, Sampling, Transform};
    /// let transform = Transform::Saturating { scale: 1.0 };
    /// let roles = IndicatorProfile {
    ///     name: "roles_held".into(), weight: 1.0, low: 0.0, high: 3.0, transform,
    ///     sampling: Sampling::Census, prior: None, taper: None, reason: "an example".into(),
    /// };
    /// assert!((roles.worth(1.0) - 2.0 / 3.0).abs() < 1e-12); // (1 / 2) / (3 / 4)
    /// assert_eq!(roles.worth(7.0), 1.0);
    /// ```
    #[must_use]
    pub fn worth(&self, value: f64) -> f64 {
        Scale::of(self).worth(value)
    }

    fn check(&self, place: &str, faults: &mut Faults) {
        faults.above(&format!("{place}.weight"), self.weight, 0.0);
        faults.text(&format!("{place}.reason"), &self.reason);
        faults.at_least(&format!("{place}.low"), self.low, 0.0);
        faults.above(&format!("{place}.high"), self.high, self.low);
        if let Transform::Log1p { scale } | Transform::Saturating { scale } = self.transform {
            faults.above(&format!("{place}.transform.scale"), scale, 0.0);
        }
        if let Some(taper) = self.taper {
            faults.within(&format!("{place}.taper.exponent"), taper.exponent, 0.0, 1.0);
        }
        if let Some(prior) = self.prior {
            faults.above(&format!("{place}.prior.a"), prior.a, 0.0);
            faults.above(&format!("{place}.prior.b"), prior.b, 0.0);
        }
    }
}

/// What turns values into worths, worked out once for many of them.
pub(crate) enum Scale {
    /// An indicator's goalposts under its transform.
    Goalposts { transform: Transform, low: f64, base: f64, span: f64 },
    /// The share of these sorted values that stand below, ties half.
    Percentile(Vec<f64>),
}

impl Scale {
    pub(crate) fn of(indicator: &IndicatorProfile) -> Self {
        let IndicatorProfile { transform, low, high, .. } = *indicator;
        let base = transform.of(low);
        Self::Goalposts { transform, low, base, span: transform.of(high) - base }
    }

    pub(crate) fn worth(&self, value: f64) -> f64 {
        match self {
            Self::Goalposts { transform, low, base, span } => {
                ((transform.of(value.max(*low)) - base) / span).clamp(0.0, 1.0)
            }
            Self::Percentile(sorted) => {
                let below = sorted.partition_point(|other| *other < value);
                let up_to = sorted.partition_point(|other| *other <= value);
                (below + up_to) as f64 / (2 * sorted.len().max(1)) as f64
            }
        }
    }
}

impl Transform {
    /// Returns the form at `x`, at least 0.
    fn of(self, x: f64) -> f64 {
        match self {
            Self::Linear => x,
            Self::Sqrt => x.sqrt(),
            Self::Log1p { scale } => (x / scale).ln_1p(),
            Self::Saturating { scale } => x / (x + scale),
        }
    }
}

impl Uncertainty {
    fn check(&self, faults: &mut Faults) {
        faults.within("uncertainty.replicates", f64::from(self.replicates), 100.0, 100_000.0);
        faults.within("uncertainty.weight_noise", self.weight_noise, 0.0, 0.99);
        faults.within("uncertainty.interval", self.interval, 0.5, 0.999);
        faults.text("uncertainty.reason", &self.reason);
        faults.some("uncertainty.half_lives", self.half_lives.len());
        for (at, &half_life) in self.half_lives.iter().enumerate() {
            faults.above(&format!("uncertainty.half_lives[{at}]"), half_life, 0.0);
        }
        faults.some("uncertainty.aggregations", self.aggregations.len());
    }
}

/// Collects every fault of a profile.
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn say(&mut self, place: &str, what: &str, hint: &str) {
        self.0.push(Fault::new(place, what, hint));
    }

    pub(crate) fn text(&mut self, place: &str, text: &str) {
        if text.trim().is_empty() {
            self.0.push(Fault::new(place, "expected a text, found nothing", "say it in one sentence"));
        }
    }

    pub(crate) fn above(&mut self, place: &str, value: f64, floor: f64) {
        if !(value.is_finite() && value > floor) {
            let what = format!("expected a number above {floor}, found {value}");
            self.0.push(Fault::new(place, what, "correct the number"));
        }
    }

    pub(crate) fn at_least(&mut self, place: &str, value: f64, floor: f64) {
        if !(value.is_finite() && value >= floor) {
            let what = format!("expected a number of at least {floor}, found {value}");
            self.0.push(Fault::new(place, what, "correct the number"));
        }
    }

    fn within(&mut self, place: &str, value: f64, low: f64, high: f64) {
        if !(low..=high).contains(&value) {
            let what = format!("expected a number from {low} to {high}, found {value}");
            self.0.push(Fault::new(place, what, "correct the number"));
        }
    }

    pub(crate) fn some(&mut self, place: &str, n: usize) {
        if n == 0 {
            self.0.push(Fault::new(place, "expected at least one entry, found none", "add one"));
        }
    }

    pub(crate) fn unique<'a>(&mut self, what: &str, names: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for name in names {
            if name.trim().is_empty() {
                self.0.push(Fault::new(what, "expected a name, found nothing", "name it"));
            } else if !seen.insert(name) {
                let found = format!("expected each {what} once, found `{name}` twice");
                self.0.push(Fault::new(what, found, "remove or rename one of the two"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../indicators/profile/index.toml");

    #[test]
    fn the_shipped_profile_holds_together() {
        let profile = Profile::from_toml(SHIPPED).unwrap();
        assert_eq!(profile.method, "2026.2");
        assert_eq!((profile.objectives.len(), profile.activities.len()), (3, 2));
        assert_eq!(profile.indicators().count(), 7);
        let again = Profile::from_toml(&toml::to_string(&profile).unwrap()).unwrap();
        assert_eq!(again, profile);
    }

    #[test]
    fn a_wrong_shape_is_one_fault_with_its_line() {
        let error = Profile::from_toml(&SHIPPED.replacen("half_life_days", "halflife", 1)).unwrap_err();
        let line = 1 + SHIPPED.lines().position(|line| line.starts_with("half_life_days")).unwrap();
        assert_eq!(error.faults().len(), 1);
        assert_eq!(error.faults()[0].place, format!("line {line}"), "{error}");
        assert!(error.faults()[0].what.contains("unknown field `halflife`"), "{error}");
    }

    #[test]
    fn all_wrong_numbers_are_reported_together() {
        let mut profile = Profile::from_toml(SHIPPED).unwrap();
        profile.dimensions[0].weight = 0.0;
        profile.dimensions[0].indicators[0].high = -1.0;
        profile.dimensions[1].reason = " ".into();
        profile.dimensions[1].name = "engagement".into();
        profile.uncertainty.interval = f64::NAN;
        let error = profile.check().unwrap_err();
        let places: Vec<&str> = error.faults().iter().map(|fault| fault.place.as_str()).collect();
        let expected = [
            "uncertainty.interval",
            "dimension",
            "engagement.weight",
            "engagement.documents_contributed.high",
            "engagement.reason",
            "objective.interoperability.weights.influence",
        ];
        assert_eq!(places, expected);
    }

    #[test]
    fn every_transform_is_concave_and_rises_from_nought_to_one() {
        for (_, indicator) in Profile::from_toml(SHIPPED).unwrap().indicators() {
            let step = (indicator.high - indicator.low) / 100.0;
            let worth: Vec<f64> = (0..=100).map(|n| indicator.worth(indicator.low + step * f64::from(n))).collect();
            assert!(worth[0] == 0.0 && (worth[100] - 1.0).abs() < 1e-12, "{}", indicator.name);
            for three in worth.windows(3) {
                assert!(three[0] < three[1], "{} does not rise", indicator.name);
                assert!(three[1] - three[0] >= three[2] - three[1] - 1e-12, "{} is not concave", indicator.name);
            }
        }
    }
}
