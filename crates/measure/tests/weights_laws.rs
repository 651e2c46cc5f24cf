//! Laws of weights: what holds of every method whatever the values, and the small cases that show it by hand.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

use measure::composite::{
    BenefitOfDoubt, Block, Bounds, Consistency, Keep, Reach, Solutions, analytic_hierarchy, benefit_of_doubt,
    budget_allocation, equal_weights, factor_weights, group_judgement, importances, principal_components,
    true_importance, varimax, weights_for_importance,
};
use proptest::prelude::*;

/// Columns of 14 units in .05..1, two to five of them.
fn columns() -> impl Strategy<Value = Vec<Vec<f64>>> {
    prop::collection::vec(prop::collection::vec(0.05..1.0, 14), 2..6)
}

fn positive(n: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.1..1.0_f64, n)
}

fn reversed<T: Clone>(values: &[T]) -> Vec<T> {
    values.iter().rev().cloned().collect()
}

fn are_weights(weights: &[f64]) -> bool {
    weights.iter().all(|weight| *weight >= 0.0) && (weights.iter().sum::<f64>() - 1.0).abs() < 1e-9
}

fn are_near(one: &[f64], other: &[f64], tolerance: f64) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(x, y)| (x - y).abs() <= tolerance)
}

fn ratios(weights: &[f64]) -> Vec<Vec<f64>> {
    weights.iter().map(|one| weights.iter().map(|other| one / other).collect()).collect()
}

fn scores(columns: &[Vec<f64>], bounds: Bounds) -> Vec<f64> {
    benefit_of_doubt(columns, bounds).unwrap().iter().map(BenefitOfDoubt::score).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn budgets_give_weights_whatever_the_order_of_indicators(points in prop::collection::vec(positive(4), 2..6)) {
        let spent = |row: &Vec<f64>| row.iter().map(|own| 100.0 * own / row.iter().sum::<f64>()).collect::<Vec<_>>();
        let points: Vec<Vec<f64>> = points.iter().map(spent).collect();
        let found = budget_allocation(&points).unwrap();
        prop_assert!(are_weights(&found.weights) && (0.0..=1.0 + 1e-12).contains(&found.concordance));
        let turned: Vec<Vec<f64>> = points.iter().map(|row| reversed(row)).collect();
        prop_assert!(are_near(&reversed(&budget_allocation(&turned).unwrap().weights), &found.weights, 1e-12));
    }

    #[test]
    fn consistent_comparisons_give_their_weights_back(weights in (1_usize..=10).prop_flat_map(positive)) {
        let found = analytic_hierarchy(&ratios(&weights)).unwrap();
        let sum: f64 = weights.iter().sum();
        prop_assert!(are_near(&found.weights, &weights.iter().map(|own| own / sum).collect::<Vec<_>>(), 1e-12));
        prop_assert!(found.consistency_ratio < 1e-9 && are_weights(&found.weights));
    }

    #[test]
    fn comparisons_in_another_order_give_the_same_weights(one in positive(10)) {
        let mut matrix = vec![vec![1.0; 5]; 5];
        let pairs = (0..5).flat_map(|i| (i + 1..5).map(move |j| (i, j)));
        for ((i, j), entry) in pairs.zip(&one) {
            matrix[i][j] = 9.0 * entry;
            matrix[j][i] = 1.0 / (9.0 * entry);
        }
        let found = analytic_hierarchy(&matrix).unwrap();
        let turned: Vec<Vec<f64>> = reversed(&matrix).iter().map(|row| reversed(row)).collect();
        prop_assert!(are_weights(&found.weights) && found.lambda_max >= 5.0 - 1e-12);
        prop_assert!(are_near(&reversed(&analytic_hierarchy(&turned).unwrap().weights), &found.weights, 1e-12));
    }

    #[test]
    fn components_and_factors_give_weights_whatever_the_order(columns in columns()) {
        let (Ok(found), Ok(turned)) = (principal_components(&columns), principal_components(&reversed(&columns))) else {
            return Ok(());
        };
        if let Some(weights) = found.weights().weights {
            prop_assert!(are_weights(&weights));
            prop_assert!(are_near(&reversed(&turned.weights().weights.unwrap()), &weights, 1e-6));
        }
        for keep in [Keep::EigenvalueAboveOne, Keep::TenPercentEach, Keep::First(2)] {
            let (one, other) = (factor_weights(&found, keep), factor_weights(&turned, keep));
            prop_assert!(are_weights(&one.weights) && one.is_converged);
            prop_assert!(are_near(&reversed(&other.weights), &one.weights, 1e-6), "{keep:?}: {one:?}, {other:?}");
        }
    }

    #[test]
    fn varimax_keeps_what_the_factors_explain_of_each_indicator(loadings in prop::collection::vec(positive(6), 1..5)) {
        let squares = |factors: &[Vec<f64>]| -> Vec<f64> {
            (0..6).map(|at| factors.iter().map(|factor| factor[at].powi(2)).sum()).collect()
        };
        let found = varimax(&loadings);
        prop_assert!(found.is_converged && are_near(&squares(&found.loadings), &squares(&loadings), 1e-9));
    }

    #[test]
    fn weights_for_importance_are_weights_whatever_the_order(columns in columns(), wanted in positive(5)) {
        let (n, wanted) = (columns.len(), &wanted[..columns.len()]);
        let Ok(found) = weights_for_importance(&columns, wanted, &Block::whole(n)) else { return Ok(()) };
        prop_assert!(are_weights(&found.weights) && !matches!(found.reach, Reach::Unproven { .. }), "{found:?}");
        let other = weights_for_importance(&reversed(&columns), &reversed(wanted), &Block::whole(n)).unwrap();
        prop_assert!((other.objective - found.objective).abs() < 1e-9, "{found:?}, {other:?}");
        prop_assert!(are_near(&reversed(&other.weights), &found.weights, 1e-6), "{found:?}, {other:?}");
    }

    #[test]
    fn no_other_weights_come_nearer_to_the_targets(columns in columns(), wanted in positive(5), other in positive(5)) {
        let n = columns.len();
        let sum: f64 = wanted[..n].iter().sum();
        let Ok(found) = weights_for_importance(&columns, &wanted[..n], &Block::whole(n)) else { return Ok(()) };
        let shares = importances(&columns, &other[..n]).unwrap();
        let objective: f64 = shares.iter().zip(&wanted).map(|(own, target)| (own - target / sum).powi(2)).sum();
        prop_assert!(found.objective <= objective + 1e-12, "{found:?} against {objective}");
    }

    #[test]
    fn targets_that_weights_have_are_reached_by_them(columns in columns(), weights in positive(5)) {
        let n = columns.len();
        let shares = importances(&columns, &weights[..n]).unwrap();
        prop_assume!(shares.iter().all(|share| *share > 0.0));
        let sum: f64 = weights[..n].iter().sum();
        let found = weights_for_importance(&columns, &shares, &Block::whole(n)).unwrap();
        prop_assert_eq!(found.reach, Reach::Reached);
        let expected: Vec<f64> = weights[..n].iter().map(|weight| weight / sum).collect();
        prop_assert!(are_near(&found.weights, &expected, 1e-5), "{:?} and {:?}", found.weights, expected);
    }

    #[test]
    fn benefit_of_doubt_lies_above_0_and_somebody_has_1(columns in columns()) {
        let n = columns.len() as f64;
        let (low, high) = (0.5 / n, 1.5 / n);
        for bounds in [Bounds::Free, Bounds::Weights { low, high }, Bounds::Pies { low, high }] {
            let found = scores(&columns, bounds);
            prop_assert!(found.iter().all(|score| *score > 0.0 && *score <= 1.0), "{bounds:?}: {found:?}");
            prop_assert!(are_near(&scores(&reversed(&columns), bounds), &found, 1e-7));
        }
        // Bounds on shares of the own score may leave nobody at 1; the other two cannot.
        for bounds in [Bounds::Free, Bounds::Weights { low, high }] {
            prop_assert!(scores(&columns, bounds).contains(&1.0));
        }
    }

    #[test]
    fn benefit_of_doubt_never_falls_with_an_own_value(columns in columns(), unit in 0_usize..14, more in 0.0..0.5) {
        let n = columns.len() as f64;
        let mut better = columns.clone();
        better[0][unit] += more;
        for bounds in [Bounds::Free, Bounds::Weights { low: 0.5 / n, high: 1.5 / n }] {
            let (before, after) = (scores(&columns, bounds)[unit], scores(&better, bounds)[unit]);
            prop_assert!(after >= before - 1e-8, "{bounds:?}: {before}, then {after}");
        }
    }

    #[test]
    fn main_effects_are_shares_of_variance(columns in columns()) {
        let index: Vec<f64> = (0..14).map(|unit| columns.iter().map(|column| column[unit]).sum()).collect();
        for own in true_importance(&columns, &equal_weights(columns.len()), &index) {
            prop_assert!((0.0..=1.0).contains(&own.main_effect), "{own:?}");
        }
    }
}

#[test]
fn experts_who_agree_and_who_do_not() {
    let alike = budget_allocation(&[vec![50.0, 30.0, 20.0], vec![60.0, 30.0, 10.0]]).unwrap();
    assert_eq!((alike.concordance, alike.deviations[1]), (1.0, 0.0));
    assert!(are_near(&alike.weights, &[0.55, 0.30, 0.15], 1e-12));
    assert!((alike.deviations[0] - 50.0_f64.sqrt()).abs() < 1e-12);
    // Opposite orders: every sum of ranks is 4.
    let opposed = budget_allocation(&[vec![50.0, 30.0, 20.0], vec![20.0, 30.0, 50.0]]).unwrap();
    assert_eq!(opposed.concordance, 0.0);
    // Ranks 3, 1.5, 1.5 and 3, 2, 1: sums 6, 3.5, 2.5 about 4; 12 * 6.5 / (4 * 24 - 2 * 6).
    let tied = budget_allocation(&[vec![50.0, 25.0, 25.0], vec![50.0, 30.0, 20.0]]).unwrap();
    assert!((tied.concordance - 78.0 / 84.0).abs() < 1e-12, "{}", tied.concordance);
    let fault = budget_allocation(&[vec![50.0, 60.0]]).unwrap_err();
    assert!(fault.what.contains("110") && fault.place == "expert 1", "{fault:?}");
}

#[test]
fn contradictory_comparisons_are_rejected_with_their_weights() {
    // A over B over C over A, five times each.
    let circle = [vec![1.0, 5.0, 0.2], vec![0.2, 1.0, 5.0], vec![5.0, 0.2, 1.0]];
    let found = analytic_hierarchy(&circle).unwrap();
    assert_eq!(found.consistency, Consistency::Rejected);
    assert!(are_near(&found.weights, &[1.0 / 3.0; 3], 1e-12) && (found.lambda_max - 6.2).abs() < 1e-12);
    assert!(analytic_hierarchy(&[vec![1.0, 2.0], vec![2.0, 1.0]]).is_err());
    // Two members who rank in circles of opposite directions are of one mind as a group.
    let opposite: Vec<Vec<f64>> = (0..3).map(|i| (0..3).map(|j| circle[j][i]).collect()).collect();
    let group = group_judgement(&[circle.to_vec(), opposite]).unwrap();
    assert!(analytic_hierarchy(&group).unwrap().consistency_ratio < 1e-12);
}

#[test]
fn an_indicator_against_the_others_gets_no_weight_by_components() {
    let columns = [vec![1.0, 2.0, 3.0, 4.0], vec![1.0, 2.0, 3.0, 5.0], vec![4.0, 3.0, 2.0, 1.0]];
    let found = principal_components(&columns).unwrap().weights();
    assert_eq!((found.weights, found.negative), (None, vec![2]));
    let fault = principal_components(&[vec![1.0, 2.0], vec![3.0, 3.0]]).unwrap_err();
    assert_eq!(fault.place, "indicator 2");
}

#[test]
fn weights_are_said_to_be_unique_only_where_they_are() {
    let answer =
        |columns: &[Vec<f64>], unit: usize| match benefit_of_doubt(columns, Bounds::Free).unwrap().swap_remove(unit) {
            BenefitOfDoubt::Scored { score, weights, solutions } => (score, weights, solutions),
            BenefitOfDoubt::Unscored { reason } => panic!("{reason}"),
        };
    // The second unit lies under the edge between (1, 0) and (0, 1): only (1, 1) shows it at its best.
    let (score, weights, solutions) = answer(&[vec![1.0, 0.25, 0.0], vec![0.0, 0.5, 1.0]], 1);
    assert!((score - 0.75).abs() < 1e-9 && are_near(&weights, &[1.0, 1.0], 1e-9));
    assert_eq!(solutions, Solutions::One);
    // A unit that is best in both is at 1 with any weights on the edge.
    let (score, _, solutions) = answer(&[vec![1.0, 0.5], vec![1.0, 0.5]], 0);
    assert_eq!((score, solutions), (1.0, Solutions::Many));
}

#[test]
fn a_unit_without_a_score_says_why() {
    let reason = |columns: &[Vec<f64>], bounds: Bounds| match benefit_of_doubt(columns, bounds).unwrap().swap_remove(0)
    {
        BenefitOfDoubt::Unscored { reason } => reason,
        scored @ BenefitOfDoubt::Scored { .. } => panic!("{scored:?}"),
    };
    let gap = [vec![f64::NAN, 1.0], vec![1.0, 1.0]];
    assert_eq!(reason(&gap, Bounds::Free), "a value is missing");
    let whole = [vec![0.0, 1.0], vec![1.0, 1.0]];
    let pies = Bounds::Pies { low: 0.1, high: 0.9 };
    assert_eq!(reason(&whole, pies), "a value is 0, and so cannot make up 0.1 of the score");
    let narrow = Bounds::Weights { low: 0.1, high: 0.4 };
    assert_eq!(reason(&whole, narrow), "2 weights between 0.1 and 0.4 cannot sum to 1");
    assert_eq!(benefit_of_doubt(&[vec![-1.0]], Bounds::Free).unwrap_err().place, "indicator 1");
    assert!(benefit_of_doubt(&whole, Bounds::Weights { low: 0.5, high: 0.4 }).is_err());
}

#[test]
fn targets_out_of_reach_are_said_to_be() {
    // The first two indicators are the same, so that their importances are the same whatever the weights.
    let same = vec![1.0, 2.0, 3.0, 4.0];
    let columns = [same.clone(), same, vec![2.0, 1.0, 4.0, 3.0]];
    let found = weights_for_importance(&columns, &[0.5, 0.2, 0.3], &Block::whole(3)).unwrap();
    let Reach::OutOfReach { furthest } = found.reach else { panic!("{found:?}") };
    assert!((furthest - 0.15).abs() < 1e-9 && (found.importances[0] - found.importances[1]).abs() < 1e-9, "{found:?}");
    let fault = weights_for_importance(&columns, &[0.5, 0.5, 0.0], &Block::whole(3)).unwrap_err();
    assert_eq!(fault.place, "indicator 3");
    let half = [Block { members: vec![0, 1], share: 0.5 }];
    assert_eq!(weights_for_importance(&columns, &[1.0; 3], &half).unwrap_err().place, "blocks");
}
