//! The criteria, and what is found of a metric under each.

use serde::Serialize;

/// What the court asks about; the order is that of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// Are differences between units more than the noise of meetings?
    Discrimination,
    /// Does a unit keep its value from period to period?
    Stability,
    /// Does it say what other metrics do not?
    Independence,
    /// Would it say the same again?
    Reliability,
    /// Does it measure what it should?
    Validity,
    /// Can two units be told apart?
    Pairs,
    /// Does it withstand those who play it?
    Gaming,
    /// Of how many units and bodies does it speak?
    Coverage,
    /// What does it take?
    Cost,
    /// What does it give away about persons?
    Privacy,
    /// Could it be left out?
    Redundancy,
    /// Does it treat groups alike?
    Fairness,
    /// Does it show a change that took place?
    Change,
    /// Can a member recompute it?
    Recomputability,
}

/// Which way a criterion is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    /// The higher the better.
    Higher,
    /// The lower the better.
    Lower,
    /// The nearer to 0 the better.
    NearZero,
}

/// One criterion. What each means is in [`Criterion::what`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each says what it is in `what`, which is also printed")]
pub enum Criterion {
    Discrimination,
    Stability,
    Independence,
    SplitHalf,
    IccOneWay,
    IccTwoWay,
    IccConsistent,
    TestRetest,
    StandardError,
    DetectableChange,
    Predictive,
    PredictiveArea,
    Incremental,
    Convergent,
    Divergent,
    KnownGroups,
    Pairs,
    Gaming,
    UnitsCovered,
    BodiesCovered,
    CoverageBySize,
    CoverageByOutcome,
    Minutes,
    Money,
    LagDays,
    Automation,
    CellsUnderThreshold,
    SmallestCell,
    UniquePersons,
    VarianceInflation,
    LargestCorrelation,
    SharedInformation,
    RankChangeIfDropped,
    GroupEffect,
    SizeCorrelation,
    Response,
    Recomputed,
}

/// What is found of a metric under one criterion. Without a value the criterion is missing, which is neither 0 nor passed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The criterion.
    pub criterion: Criterion,
    /// The value, in the criterion's unit.
    pub value: Option<f64>,
    /// Lower end of the interval; equal to the value where nothing is sampled.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// On how many units, pairs or other things the value stands.
    pub n: usize,
    /// Which way is better.
    pub better: Better,
    /// What the value is, in one sentence.
    pub what: &'static str,
    /// Why there is no value.
    pub why_missing: Option<String>,
}

impl Criterion {
    /// All criteria, in the order of the table.
    pub const ALL: [Self; 37] = {
        let mut all = [Self::Discrimination; 37];
        let mut at = 0;
        while at < 37 {
            all[at] = CARDS[at].0;
            at += 1;
        }
        all
    };

    /// Returns the aspect to which it belongs.
    #[must_use]
    pub fn aspect(self) -> Aspect {
        self.card().1
    }

    /// Returns its name, as it stands in tables and verdicts.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.card().2
    }

    /// Returns which way is better.
    #[must_use]
    pub fn better(self) -> Better {
        self.card().3
    }

    /// Returns what it is, in one sentence.
    #[must_use]
    pub fn what(self) -> &'static str {
        self.card().4
    }

    /// True when the value has the metric's own unit, so that two metrics cannot be compared by it.
    #[must_use]
    pub fn is_in_own_unit(self) -> bool {
        matches!(self, Self::StandardError | Self::DetectableChange)
    }

    fn card(self) -> &'static Card {
        &CARDS[self as usize]
    }
}

type Card = (Criterion, Aspect, &'static str, Better, &'static str);

/// One line for each criterion, in the order of the enumeration; a test holds the two together.
#[rustfmt::skip]
const CARDS: [Card; 37] = {
    use Better::{Higher, Lower, NearZero};
    use Criterion as C;
    [
        (C::Discrimination, Aspect::Discrimination, "discrimination", Higher,
            "share of the differences between units that is not noise of the meetings, mean over periods"),
        (C::Stability, Aspect::Stability, "stability", Higher,
            "share of the variance, noise of the meetings taken off, that is not change of units over time"),
        (C::Independence, Aspect::Independence, "independence", Higher,
            "share of the metric, as normal scores, that the other metrics do not explain, mean over periods"),
        (C::SplitHalf, Aspect::Reliability, "split-half reliability", Higher,
            "agreement of odd with even meetings, brought to full length, mean over periods"),
        (C::IccOneWay, Aspect::Reliability, "ICC(1,1)", Higher,
            "share of the variance that lies between units, periods taken as random repeats"),
        (C::IccTwoWay, Aspect::Reliability, "ICC(2,1)", Higher,
            "agreement of the periods in the value itself, with differences between periods counted as error"),
        (C::IccConsistent, Aspect::Reliability, "ICC(3,1)", Higher,
            "agreement of the periods in the order and distance of units, differences between periods left out"),
        (C::TestRetest, Aspect::Reliability, "test-retest", Higher,
            "rank correlation of each period with the next, mean over the pairs"),
        (C::StandardError, Aspect::Reliability, "standard error of measurement", Lower,
            "by how much a value would differ if it were taken again, in the metric's unit"),
        (C::DetectableChange, Aspect::Reliability, "least detectable change", Lower,
            "the change between two periods that noise alone exceeds in 5 of 100 cases, in the metric's unit"),
        (C::Predictive, Aspect::Validity, "predictive validity", Higher,
            "rank correlation with the outcome at its lag, mean over periods"),
        (C::PredictiveArea, Aspect::Validity, "predictive area", Higher,
            "how often a unit with the better outcome had the higher value; one half is chance"),
        (C::Incremental, Aspect::Validity, "incremental validity", Higher,
            "share of the outcome's ranks that the metric explains beyond the other metrics"),
        (C::Convergent, Aspect::Validity, "convergent validity", Higher,
            "mean rank correlation with other metrics of the same trait"),
        (C::Divergent, Aspect::Validity, "divergent validity", NearZero,
            "mean size of the rank correlation with metrics of other traits"),
        (C::KnownGroups, Aspect::Validity, "known groups", Higher,
            "how often a unit known to be high has a higher value than one known to be low; one half is chance"),
        (C::Pairs, Aspect::Pairs, "pairs told apart", Higher,
            "share of pairs of units whose difference is more than resampled meetings explain"),
        (C::Gaming, Aspect::Gaming, "resistance to gaming", Higher,
            "1 less the mean gain of the simulated attacks in standard deviations of the score, each at most 1"),
        (C::UnitsCovered, Aspect::Coverage, "units covered", Higher,
            "share of the units for which there is a value, mean over periods"),
        (C::BodiesCovered, Aspect::Coverage, "bodies covered", Higher,
            "share of the bodies from which values come"),
        (C::CoverageBySize, Aspect::Coverage, "coverage by size", NearZero,
            "difference in size of covered and uncovered units, in standard deviations"),
        (C::CoverageByOutcome, Aspect::Coverage, "coverage by outcome", NearZero,
            "difference in outcome of covered and uncovered units, in standard deviations: are values missing by chance?"),
        (C::Minutes, Aspect::Cost, "minutes", Lower, "minutes of work for a unit and year"),
        (C::Money, Aspect::Cost, "money", Lower, "money for a unit and year"),
        (C::LagDays, Aspect::Cost, "lag", Lower, "days from the end of the period to the value"),
        (C::Automation, Aspect::Cost, "automation", Higher, "share of the steps that need nobody"),
        (C::CellsUnderThreshold, Aspect::Privacy, "cells under the threshold", Lower,
            "share of the published cells with fewer persons than the threshold"),
        (C::SmallestCell, Aspect::Privacy, "smallest cell", Higher, "persons in the smallest published cell"),
        (C::UniquePersons, Aspect::Privacy, "unique persons", Lower,
            "share of the persons who are alone with their attributes"),
        (C::VarianceInflation, Aspect::Redundancy, "variance inflation", Lower,
            "1 over the share that the other metrics do not explain, mean over periods"),
        (C::LargestCorrelation, Aspect::Redundancy, "largest correlation", Lower,
            "size of the correlation with the nearest other metric, mean over periods"),
        (C::SharedInformation, Aspect::Redundancy, "shared information", Lower,
            "mutual information with the other metrics under a Gaussian copula, in nats, mean over periods"),
        (C::RankChangeIfDropped, Aspect::Redundancy, "rank change if dropped", Higher,
            "mean change of rank in the equally weighted mean of standardised metrics when this one is left out"),
        (C::GroupEffect, Aspect::Fairness, "group effect", Lower,
            "share of the variance that groups explain beyond equal behaviour; above .05 is flagged"),
        (C::SizeCorrelation, Aspect::Fairness, "correlation with size", NearZero,
            "rank correlation with the size of the units, mean over periods"),
        (C::Response, Aspect::Change, "standardised response", Higher,
            "mean over standard deviation of the changes of those known to have changed, in the known direction"),
        (C::Recomputed, Aspect::Recomputability, "recomputed", Higher,
            "share of the values that were recomputed from the evidence to the last digit"),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_criterion_has_its_own_card() {
        for (at, criterion) in Criterion::ALL.into_iter().enumerate() {
            assert_eq!(criterion as usize, at, "{}", criterion.name());
            assert_eq!(criterion.card().0, criterion);
        }
        assert!(Criterion::ALL.windows(2).all(|pair| pair[0].aspect() <= pair[1].aspect()), "aspects are in order");
    }
}
