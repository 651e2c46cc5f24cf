//! The laws of layers, links, tapers and objectives, over planted worlds and made-up changes to them.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

#[allow(dead_code, reason = "the worlds serve several tests")]
mod worlds;

use measure::{
    Activity, Circumstances, Layer, Link, Objective, Observation, Observations, Profile, Standard, Study,
    best_defensible, index, layer_variances, objectives, reconcile, study,
};
use proptest::prelude::*;
use worlds::{AS_OF, KINDS, World, profile, world};

fn studied(observations: &Observations, profile: &Profile, circumstances: &Circumstances) -> Study {
    study(observations, &KINDS, profile, AS_OF, circumstances, &Layer::ALL).unwrap()
}

fn certain(world: &World) -> Circumstances {
    Circumstances { links: Vec::new(), ..world.circumstances.clone() }
}

fn with_objectives(standard: Standard) -> Profile {
    let objective = |name: &str, share, bounds, weights: &[(&str, f64)]| Objective {
        name: name.into(),
        share,
        bounds,
        reason: "made up".into(),
        weights: weights.iter().map(|(name, weight)| (name.to_string(), *weight)).collect(),
    };
    let activity = |kind: &str, members: [f64; 2], standard| Activity {
        kind: kind.into(),
        standard,
        reason: "made up".into(),
        membership: [("reach".to_string(), members[0]), ("depth".to_string(), members[1])].into(),
        goalposts: [("documents_contributed".to_string(), [0.0, 100.0])].into(),
    };
    let reach = [("attendance_share", 1.0), ("breadth_over_work_items", 2.0)];
    let depth = [("engagement", 1.0), ("outcome", 3.0)];
    let mut profile = profile(150);
    profile.objectives = vec![objective("reach", 0.4, [0.2, 0.6], &reach), objective("depth", 0.6, [0.3, 0.8], &depth)];
    profile.activities =
        vec![activity("plenary", [0.7, 0.3], standard), activity("group", [0.1, 0.9], Standard::Goalposts)];
    profile
}

#[test]
fn without_links_identity_has_no_variance_at_all_and_with_them_some() {
    let (world, profile) = (world(3, 20), profile(300));
    for of in layer_variances(&world.observations, &KINDS, &profile, AS_OF, &certain(&world)).unwrap() {
        assert_eq!(of.alone[1], 0.0, "{}", of.organisation);
        assert!(of.alone[0] > 0.0 && of.alone[2] > 0.0 && of.together > 0.0, "{of:?}");
    }
    let all = layer_variances(&world.observations, &KINDS, &profile, AS_OF, &world.circumstances).unwrap();
    for (of, planted) in all.iter().zip(&world.planted) {
        assert_eq!(of.organisation, planted.name);
        let is_linked = planted.alias.is_some();
        assert_eq!(of.alone[1] > 0.0, is_linked, "{of:?}");
        // That the whole is at least each part is not a law: a geometric mean may flatten what meetings vary.
        assert!((of.rest() + of.alone.iter().sum::<f64>() - of.together).abs() < 1e-9);
    }
}

#[test]
fn a_certain_link_is_a_renaming_and_an_impossible_one_is_none() {
    let (world, profile) = (world(5, 12), profile(150));
    let link = world.circumstances.links[0];
    let circumstances = |probability| {
        let links = vec![Link { probability, ..link }];
        Circumstances { links, ..world.circumstances.clone() }
    };
    let mut renamed = world.observations.clone();
    let moved = |row: &&mut Observation| row.organisation == link.unit;
    renamed.rows.iter_mut().filter(moved).for_each(|row| row.organisation = link.organisation);
    let by_name = studied(&renamed, &profile, &certain(&world));
    let by_link = studied(&world.observations, &profile, &circumstances(1.0));
    let name = &world.observations.organisations[link.unit as usize];
    assert!(by_link.index.scores.iter().all(|score| score.organisation != *name));
    assert!(by_link.possible.is_empty());
    for score in &by_link.index.scores {
        let other = by_name.index.scores.iter().find(|other| other.organisation == score.organisation).unwrap();
        assert_eq!(
            (score.score, score.low, score.high),
            (other.score, other.low, other.high),
            "{}",
            score.organisation
        );
    }
    let impossible = studied(&world.observations, &profile, &circumstances(0.0));
    assert_eq!(impossible.index, studied(&world.observations, &profile, &certain(&world)).index);
}

#[test]
fn a_name_that_may_be_someone_else_exists_in_some_replicates() {
    let (world, profile) = (world(5, 12), profile(1000));
    let study = studied(&world.observations, &profile, &world.circumstances);
    assert_eq!(study.possible.len(), world.circumstances.links.len());
    for (name, p) in &study.possible {
        assert!((p - 0.2).abs() < 0.05, "{name} stands for itself in {p} of the replicates");
        let at = study.replicates.organisations().iter().position(|other| other == name).unwrap();
        assert_eq!(study.replicates.p_exists(at), *p);
        assert!(study.replicates.ranks(at).iter().filter(|rank| **rank == 0).count() > 700);
    }
    // No credit is made or lost: where the name is itself, the organisation has less by exactly that.
    let raw = |circumstances: &Circumstances| -> f64 {
        let index = studied(&world.observations, &self::profile(100), circumstances).index;
        let parts = index.scores.iter().flat_map(|score| &score.contributions);
        parts.filter(|part| part.indicator == "documents_contributed").map(|part| part.raw).sum()
    };
    assert!((raw(&world.circumstances) - raw(&certain(&world))).abs() < 1e-9);
}

#[test]
fn the_bytes_of_a_study_are_the_same_at_any_number_of_threads() {
    let world = world(7, 25);
    let profile = with_objectives(Standard::Percentile);
    let bytes = |n: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        pool.install(|| {
            let study = studied(&world.observations, &profile, &world.circumstances);
            let by_objective =
                objectives(&world.observations, &KINDS, &profile, AS_OF, &world.circumstances, &Layer::ALL).unwrap();
            format!("{study:?} {by_objective:?}")
        })
    };
    let one = bytes(1);
    assert!(one.len() > 100_000);
    assert!([2, 5].into_iter().all(|n| bytes(n) == one));
}

#[test]
fn replicates_and_sub_indices_agree_with_the_index() {
    let world = world(11, 25);
    let study = studied(&world.observations, &profile(200), &certain(&world));
    assert_eq!(study.index, index_of_untapered_world(&world));
    let rows = study.replicates.acceptability();
    for (at, score) in study.index.scores.iter().enumerate() {
        assert_eq!(score.p_top10, study.replicates.p_top(at, 10));
        assert!((rows[at].iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((rows[at][..10].iter().sum::<f64>() - score.p_top10.unwrap()).abs() < 1e-12);
        // The score is the mean of its dimensions, weighted as the profile does.
        let parts = study.dimensions.iter().zip([0.4, 0.3, 0.3]).map(|(own, weight)| weight * own.scores[at].score);
        assert!((parts.sum::<f64>() - score.score).abs() < 1e-9);
        for own in &study.dimensions {
            let own = &own.scores[at];
            assert!(0.0 <= own.low && own.low <= own.score && own.score <= own.high && own.high <= 100.0 + 1e-9);
            assert_eq!(own.rank.is_some(), own.grade < measure::Grade::D);
            let (Some([best, worst]), Some(rank)) = (own.ranks, own.rank) else { continue };
            assert!(best <= rank && rank <= worst && own.coverage >= 0.6);
        }
    }
    let groups = study.replicates.tied_groups();
    let members: Vec<usize> = groups.iter().flat_map(|group| group.members.clone()).collect();
    assert!(groups.len() > 1 && groups.len() < 25 && members.len() == study.index.scores.len());
    assert!(groups.windows(2).all(|two| study.replicates.p_above(two[0].leader, two[1].leader) > 0.975));
}

/// The index knows no works, so what it is compared with must not be tapered.
fn index_of_untapered_world(world: &World) -> measure::Index {
    let mut profile = profile(200);
    profile.dimensions.iter_mut().flat_map(|one| &mut one.indicators).for_each(|one| one.taper = None);
    let fair = Circumstances::default();
    let plain = studied(&world.observations, &profile, &fair).index;
    assert_eq!(plain, index(&world.observations, &KINDS, &profile, AS_OF).unwrap(), "no circumstances, no difference");
    studied(&world.observations, &self::profile(200), &certain(world)).index
}

/// Attack G1 of the metric protocol: one contribution is handed in as ten.
#[test]
fn splitting_a_contribution_in_ten_gains_nothing_where_works_are_known() {
    let (mut worst, mut worst_raw) = (0.0_f64, 0.0_f64);
    for seed in 0..4 {
        let world = world(seed, 25);
        let profile = profile(100);
        let gain = |knows: bool, whose: u32| {
            let mut circumstances = certain(&world);
            let before = studied(&world.observations, &profile, &circumstances).index;
            let mut split = world.observations.clone();
            let mine = |row: &&Observation| row.organisation == whose && row.indicator == 3;
            let item = split.rows.iter().find(mine)?.item;
            let parts: Vec<Observation> = split.rows.iter().filter(|row| row.item == item).copied().collect();
            for part in 1..10 {
                let new = 10_000_000 + part;
                split.rows.extend(parts.iter().map(|row| Observation { item: new, ..*row }));
                if knows {
                    circumstances.works.insert(new, circumstances.works[&item]);
                }
            }
            let after = studied(&split, &profile, &circumstances).index;
            let mean = before.scores.iter().map(|score| score.score).sum::<f64>() / before.scores.len() as f64;
            let squares: f64 = before.scores.iter().map(|score| (score.score - mean).powi(2)).sum();
            let sd = (squares / before.scores.len() as f64).sqrt();
            Some((after.scores[whose as usize].score - before.scores[whose as usize].score) / sd)
        };
        for whose in 0..25 {
            worst = worst.max(gain(true, whose).unwrap_or(0.0));
            worst_raw = worst_raw.max(gain(false, whose).unwrap_or(0.0));
        }
    }
    println!("largest gain: {worst:.6} sd with known works, {worst_raw:.3} sd without");
    assert!(worst <= 0.05, "{worst}");
    assert!(worst_raw > 0.05, "a count that knows no works must fail, or the attack is broken: {worst_raw}");
}

#[test]
fn objectives_make_an_overall_score_an_envelope_and_a_best_view() {
    let world = world(13, 20);
    let all = |profile: &Profile| {
        objectives(&world.observations, &KINDS, profile, AS_OF, &world.circumstances, &Layer::ALL).unwrap()
    };
    let found = all(&with_objectives(Standard::Goalposts));
    assert_eq!((found.objectives.len(), found.notes.len(), found.scores.len()), (2, 0, 20));
    for one in &found.scores {
        let [reach, depth] = [0, 1].map(|at: usize| one.by_objective[at].unwrap());
        assert!((one.overall.score - 0.4 * reach.score - 0.6 * depth.score).abs() < 1e-9);
        assert_eq!(one.envelope, [reach.score.min(depth.score), reach.score.max(depth.score)]);
        assert!(one.best >= one.overall.score - 1e-9 && one.best <= one.envelope[1] + 1e-9);
        assert!((one.best_shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        for figure in [reach, depth, one.overall] {
            assert!(figure.low <= figure.score && figure.score <= figure.high);
        }
    }
    let ranked = all(&with_objectives(Standard::Percentile));
    assert_eq!(
        ranked.notes,
        ["at each plenary, worth is the share of organisations below: it depends on who else came"]
    );
    assert_ne!(ranked.scores, found.scores);
}

#[test]
fn objectives_that_do_not_hold_together_are_reported_together() {
    let mut profile = with_objectives(Standard::Goalposts);
    let again = Profile::from_toml(&toml::to_string(&profile).unwrap()).unwrap();
    assert_eq!(again, profile);
    profile.objectives[0].weights.insert("nothing".into(), 1.0);
    profile.objectives[1].weights.insert("attendance_share".into(), 1.0);
    profile.objectives[1].share = 0.7;
    profile.activities[0].membership.insert("reach".into(), 0.9);
    let error = profile.check().unwrap_err();
    let places: Vec<&str> = error.faults().iter().map(|fault| fault.place.as_str()).collect();
    let expected = [
        "objective.reach.weights.nothing",
        "objective.depth.weights.attendance_share",
        "objective",
        "activity.plenary.membership",
    ];
    assert_eq!(places, expected);
}

#[test]
fn links_that_do_not_fit_are_reported_together() {
    let world = world(5, 12);
    let link = world.circumstances.links[0];
    let chained = Link { unit: link.organisation, organisation: 1, probability: 0.5 };
    let links = vec![link, Link { probability: 0.4, ..link }, Link { unit: 999, ..link }, chained];
    let circumstances = Circumstances { links, kinds: vec![None], ..world.circumstances.clone() };
    let error = study(&world.observations, &KINDS, &profile(100), AS_OF, &circumstances, &[]).unwrap_err();
    assert_eq!(error.faults().len(), 5, "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn raising_a_value_never_lowers_the_own_score_or_rank_under_any_view(
        seed in 0..40_u64, whose in 0..8_u32, which in 0..7_u16, more in 0.01..9.0_f64,
    ) {
        let world = world(seed, 8);
        let profile = with_objectives(Standard::Goalposts);
        let mut raised = world.observations.clone();
        let own = |row: &&mut Observation| row.organisation == whose && row.indicator == which;
        let is_bounded = KINDS[usize::from(which)].has_exposure();
        for row in raised.rows.iter_mut().filter(own) {
            row.events = if is_bounded { row.exposure } else { row.events + more };
        }
        let [before, after] = [&world.observations, &raised].map(|one| studied(one, &profile, &world.circumstances));
        let of = |study: &Study| {
            let all: Vec<(f64, Option<u32>)> = std::iter::once(&study.replicates)
                .chain(study.dimensions.iter().map(|own| &own.replicates))
                .map(|one| (one.nominal()[whose as usize].unwrap(), one.nominal_rank(whose as usize)))
                .collect();
            all
        };
        for (before, after) in of(&before).into_iter().zip(of(&after)) {
            prop_assert!(after.0 >= before.0 - 1e-12 && after.1 <= before.1, "{before:?} to {after:?}");
        }
        let by = |one: &Observations| objectives(one, &KINDS, &profile, AS_OF, &world.circumstances, &[]).unwrap();
        let [before, after] = [&world.observations, &raised].map(by);
        let [before, after] = [&before, &after].map(|one| &one.scores[whose as usize]);
        prop_assert!(after.overall.score >= before.overall.score - 1e-12 && after.best >= before.best - 1e-12);
    }

    #[test]
    fn the_best_view_keeps_its_bounds_and_no_other_view_beats_it(
        scores in prop::collection::vec(0.0..100.0_f64, 2..5), cuts in prop::collection::vec(0.0..1.0_f64, 4),
    ) {
        let n = scores.len();
        let bounds: Vec<[f64; 2]> = (0..n).map(|at| [cuts[at] / n as f64, (1.0 + cuts[at]) / n as f64]).collect();
        let (best, shares) = best_defensible(&scores, &bounds);
        prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        prop_assert!(shares.iter().zip(&bounds).all(|(share, [low, high])| share >= low && *share <= high + 1e-12));
        prop_assert!(best >= scores.iter().sum::<f64>() / n as f64 - 1e-9, "equal shares are within the bounds");
    }

    #[test]
    fn a_whole_is_its_parts_and_what_is_unknown(parts in prop::collection::vec(0.0..1e6_f64, 0..60), unknown in 0.1..9.0_f64) {
        let whole: f64 = parts.iter().sum();
        prop_assert_eq!(reconcile(&parts, whole), 0.0);
        prop_assert!((reconcile(&parts, whole + unknown) - unknown).abs() < 1e-6);
    }
}
