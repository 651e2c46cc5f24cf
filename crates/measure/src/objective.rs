//! Objectives and activities in a profile: what engagement is for, and which kinds of meeting serve it.
//!
//! Comes in: the tables `[[objective]]` and `[[activity]]` of a profile. Goes out: declared shares, weights and goalposts that
//! hold together. A workshop is not a plenary: each indicator is first put between the goalposts of its kind of meeting, and
//! only then compared and added up.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::Profile;
use crate::profile::Faults;

/// What engagement may be for, such as interoperability or regional development.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Name, e.g. `interoperability`.
    pub name: String,
    /// Share of the objective in the overall score, above 0; those of a profile sum to 1.
    pub share: f64,
    /// Least and largest share that may be defended; the best defensible view stays within it.
    #[serde(default = "all_of_it")]
    pub bounds: [f64; 2],
    /// Why.
    pub reason: String,
    /// Weights by name of an indicator or of a whole dimension, which hands it on to its indicators; what is not named weighs
    /// nothing here.
    pub weights: BTreeMap<String, f64>,
}

/// A kind of meeting, and what it is good for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// The kind, as meetings are given it, e.g. `workshop`.
    pub kind: String,
    /// How values at meetings of this kind become comparable.
    #[serde(default)]
    pub standard: Standard,
    /// Why.
    pub reason: String,
    /// Soft membership: how much of the activity serves each objective. Sums to 1.
    pub membership: BTreeMap<String, f64>,
    /// Goalposts `[low, high]` of indicators at meetings of this kind; the indicator's own where it is not named.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub goalposts: BTreeMap<String, [f64; 2]>,
}

/// How values at meetings of one kind become comparable with those at another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standard {
    /// Declared goalposts: a score depends on nobody else.
    #[default]
    Goalposts,
    /// Share of the organisations that stand below, ties half: needs no goalposts, but a newcomer moves everybody, all may
    /// rise without anybody's score rising, and the value falls by rank however small the difference.
    Percentile,
}

fn all_of_it() -> [f64; 2] {
    [0.0, 1.0]
}

impl Objective {
    /// Returns the weight of each indicator of the profile under this objective, in the profile's order.
    pub(crate) fn of_indicators(&self, profile: &Profile) -> Vec<f64> {
        let one = |dimension: &crate::Dimension| -> Vec<f64> {
            let whole: f64 = dimension.indicators.iter().map(|indicator| indicator.weight).sum();
            let handed_on = self.weights.get(&dimension.name).copied().unwrap_or(0.0);
            let weight = |indicator: &crate::IndicatorProfile| {
                let own = self.weights.get(&indicator.name).copied();
                own.unwrap_or(handed_on * indicator.weight / whole)
            };
            dimension.indicators.iter().map(weight).collect()
        };
        profile.dimensions.iter().flat_map(one).collect()
    }
}

/// Returns the most that shares within their bounds can make of some scores, and those shares: the least that is due to each,
/// and what is left to the best scores first.
///
/// Shares sum to 1 where the bounds allow it, as those of a checked profile do.
///
/// # Source
/// The benefit of the doubt with bounded weights (OECD and JRC, "Handbook on constructing composite indicators", 2008, section
/// 6.1), which for shares that sum to 1 has this solution in closed form.
///
/// ```
/// let (best, shares) = measure::best_defensible(&[80.0, 40.0], &[[0.2, 0.6], [0.3, 0.8]]);
/// assert_eq!(shares, [0.6, 0.4]);
/// assert_eq!(best, 64.0); // 0.6 x 80 + 0.4 x 40
/// ```
#[must_use]
pub fn best_defensible(scores: &[f64], bounds: &[[f64; 2]]) -> (f64, Vec<f64>) {
    let mut shares: Vec<f64> = bounds.iter().map(|bound| bound[0]).collect();
    let mut left = 1.0 - shares.iter().sum::<f64>();
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&one, &other| scores[other].total_cmp(&scores[one]));
    for at in order {
        let more = (bounds[at][1] - bounds[at][0]).min(left).max(0.0);
        shares[at] += more;
        left -= more;
    }
    (scores.iter().zip(&shares).map(|(score, share)| score * share).sum(), shares)
}

/// Checks the objectives and activities of a profile.
pub(crate) fn check(profile: &Profile, faults: &mut Faults) {
    let (objectives, activities) = (&profile.objectives, &profile.activities);
    faults.unique("objective", objectives.iter().map(|objective| objective.name.as_str()));
    faults.unique("activity", activities.iter().map(|activity| activity.kind.as_str()));
    if objectives.is_empty() != activities.is_empty() {
        faults.say(
            "objective",
            "expected objectives and activities, found only one of the two",
            "declare both or neither",
        );
    }
    for objective in objectives {
        check_objective(objective, profile, faults);
    }
    let [low, high] = [0, 1].map(|end| objectives.iter().map(|objective| objective.bounds[end]).sum::<f64>());
    let whole: f64 = objectives.iter().map(|objective| objective.share).sum();
    let fits = (whole - 1.0).abs() < 1e-9 && low <= 1.0 + 1e-9 && high >= 1.0 - 1e-9;
    if !objectives.is_empty() && !fits {
        let what =
            format!("expected shares that sum to 1 and bounds that allow it, found {whole} within {low} to {high}");
        faults.say("objective", &what, "correct `share` or `bounds`");
    }
    for activity in activities {
        check_activity(activity, profile, faults);
    }
}

fn check_objective(objective: &Objective, profile: &Profile, faults: &mut Faults) {
    let place = |entry: &str| format!("objective.{}.{entry}", objective.name);
    let [low, high] = objective.bounds;
    faults.text(&place("reason"), &objective.reason);
    faults.above(&place("share"), objective.share, 0.0);
    if !(0.0 <= low && low <= objective.share && objective.share <= high && high <= 1.0) {
        let what = format!("expected bounds within 0 to 1 around the share {}, found {low} to {high}", objective.share);
        faults.say(&place("bounds"), &what, "give the least and the largest share that may be defended");
    }
    let dimensions: BTreeSet<&str> = profile.dimensions.iter().map(|dimension| dimension.name.as_str()).collect();
    faults.some(&place("weights"), objective.weights.len());
    for (name, &weight) in &objective.weights {
        faults.above(&place(&format!("weights.{name}")), weight, 0.0);
        let dimension = profile.indicators().find(|(_, indicator)| indicator.name == *name).map(|(at, _)| at);
        let is_doubled = dimension.is_some_and(|at| objective.weights.contains_key(&profile.dimensions[at].name));
        if is_doubled {
            let what = "expected an indicator or its dimension, found both";
            faults.say(&place(&format!("weights.{name}")), what, "name one of the two");
        } else if dimension.is_none() && !dimensions.contains(name.as_str()) {
            let what = "expected an indicator or a dimension of the profile, found neither";
            faults.say(&place(&format!("weights.{name}")), what, "correct the name");
        }
    }
}

fn check_activity(activity: &Activity, profile: &Profile, faults: &mut Faults) {
    let place = |entry: &str| format!("activity.{}.{entry}", activity.kind);
    faults.text(&place("reason"), &activity.reason);
    for (name, &share) in &activity.membership {
        faults.at_least(&place(&format!("membership.{name}")), share, 0.0);
        if profile.objectives.iter().all(|objective| objective.name != *name) {
            let what = "expected an objective of the profile, found none of that name";
            faults.say(&place(&format!("membership.{name}")), what, "correct the name");
        }
    }
    let whole: f64 = activity.membership.values().sum();
    if (whole - 1.0).abs() >= 1e-9 {
        let what = format!("expected memberships that sum to 1, found {whole}");
        faults.say(&place("membership"), &what, "share the activity among the objectives");
    }
    for (name, &[low, high]) in &activity.goalposts {
        faults.at_least(&place(&format!("goalposts.{name}")), low, 0.0);
        faults.above(&place(&format!("goalposts.{name}")), high, low);
        if profile.indicators().all(|(_, indicator)| indicator.name != *name) {
            let what = "expected an indicator of the profile, found none of that name";
            faults.say(&place(&format!("goalposts.{name}")), what, "correct the name");
        }
    }
}
