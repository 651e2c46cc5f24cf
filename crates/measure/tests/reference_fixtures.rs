//! Credit, recency, concentration, networks, disclosure and private counts against `fixtures.json`, block by block; each
//! test has the name of its block.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

mod reference_tables;

use std::num::NonZeroU32;

use measure::disclosure::{
    DiscreteLaplace, breaks_dominance, breaks_p_percent, epsilon_of_zcdp, is_below_threshold, p_percent_margin,
};
use measure::network::{Network, Roles, roles};
use measure::{CreditScheme, smallest_set_holding};
use proptest::prelude::*;
use reference_tables::{is_near, is_within, json};
use serde_json::Value;

fn block(name: &str) -> Value {
    json("fixtures.json")[name].clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

#[track_caller]
fn same(found: Option<f64>, expected: &Value) {
    let expected = expected.as_f64().unwrap();
    assert!(is_near(found.unwrap(), expected), "found {found:?}, expected {expected}");
}

#[test]
fn concentration() {
    let block = block("concentration");
    let x = numbers(&block["x"]);
    same(Some(x.iter().sum()), &block["total"]);
    same(smallest_set_holding(&x, 0.5).map(|n| n as f64), &block["CAF50"]);
    same(measure::hhi(&x), &block["HHI"]);
    same(measure::effective_number(&x), &block["effective_n"]);
    same(measure::gini(&x), &block["gini"]);
    same(measure::gini_unbiased(&x), &block["gini_unbiased"]);
    same(measure::shannon(&x), &block["shannon"]);
    same(measure::shannon_number(&x), &block["exp_shannon"]);
    same(measure::concentration_ratio(&x, 1), &block["CR1"]);
    same(measure::concentration_ratio(&x, 4), &block["CR4"]);
    same(measure::hhi_normalised(&x), &block["norm_HHI"]);
    assert_eq!(block.as_object().unwrap().len(), 12, "nothing is left out");
    assert_eq!((measure::gini(&[0.0]), measure::shannon(&[]), measure::hhi_normalised(&[3.0])), (None, None, None));
}

#[test]
fn elephant_examples() {
    let block = block("elephant_examples");
    for (parts, expected) in [("equal8", "EF"), ("one_half", "EF2")] {
        let found = smallest_set_holding(&numbers(&block[parts]), 0.5);
        assert_eq!(found.map(|n| n as u64), block[expected].as_u64(), "{parts}");
    }
}

const SCHEMES: [(&str, CreditScheme); 4] = [
    ("fractional", CreditScheme::Fractional),
    ("harmonic", CreditScheme::Harmonic),
    ("arithmetic", CreditScheme::Arithmetic),
    ("geometric", CreditScheme::Geometric),
];

#[test]
fn credit() {
    for (n, by_scheme) in block("credit").as_object().unwrap() {
        let n: NonZeroU32 = n.parse().unwrap();
        assert_eq!(by_scheme.as_object().unwrap().len(), SCHEMES.len());
        for (name, scheme) in SCHEMES {
            let (found, expected) = (scheme.credits(n), numbers(&by_scheme[name]));
            assert_eq!(found.len(), expected.len());
            assert!(found.iter().zip(&expected).all(|(one, other)| is_near(*one, *other)), "{name} of {n}: {found:?}");
        }
        assert_eq!(CreditScheme::Full.credits(n), vec![1.0; n.get() as usize]);
    }
    assert_eq!(CreditScheme::default(), CreditScheme::Fractional);
}

#[test]
fn credits_of_a_document_sum_to_one_in_every_scheme_but_full() {
    for n in (1..=2000).filter_map(NonZeroU32::new) {
        for (name, scheme) in SCHEMES {
            let credits = scheme.credits(n);
            assert!((credits.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{name} of {n}");
            assert!(credits.windows(2).all(|pair| pair[0] >= pair[1]), "{name} of {n}");
        }
    }
}

/// One event at a meeting of each age: the value under recency weights is the weight.
#[test]
fn recency() {
    use measure::{Kind, Meeting, Observation, Observations, Profile, index};
    const SHIPPED: &str = include_str!("../../indicators/profile/index.toml");
    let block = block("recency");
    let mut profile = Profile::from_toml(SHIPPED).unwrap();
    profile.recency.half_life_days = block["half_life_days"].as_f64().unwrap();
    profile.uncertainty.replicates = 100;
    let ages = numbers(&block["ages"]);
    let as_of = 20_000;
    let meeting = |age: &f64| Meeting { id: format!("m{age}"), body: "wg".into(), day: as_of - *age as i32 };
    let row =
        |at: u32| Observation { indicator: 0, organisation: at, meeting: at, item: at, events: 1.0, exposure: 1.0 };
    let observations = Observations {
        organisations: ages.iter().map(|age| format!("organisation {age:04}")).collect(),
        meetings: ages.iter().map(meeting).collect(),
        indicators: vec!["documents_contributed".into()],
        rows: (0..ages.len() as u32).map(row).collect(),
    };
    let scores = index(&observations, &[Kind::Count], &profile, as_of).unwrap().scores;
    for (age, weight) in ages.iter().zip(numbers(&block["weights"])) {
        let own = scores.iter().find(|score| score.organisation == format!("organisation {age:04}")).unwrap();
        assert!(
            own.contributions.len() == 1 && is_near(own.contributions[0].weighted, weight),
            "{age}: {:?}",
            own.contributions[0]
        );
    }
}

const NODES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

fn place(node: &Value) -> usize {
    NODES.iter().position(|own| Some(*own) == node.as_str()).unwrap()
}

fn groups(block: &Value) -> Vec<usize> {
    let names = ["telecom", "transport", "energy"];
    let of = |node: &&str| names.iter().position(|own| Some(*own) == block["group"][*node].as_str()).unwrap();
    NODES.iter().map(of).collect()
}

fn graph(block: &Value) -> Network {
    let tie = |tie: &Value| (place(&tie[0]), place(&tie[1]), tie[2].as_f64().unwrap());
    Network::new(NODES.len(), &block["edges"].as_array().unwrap().iter().map(tie).collect::<Vec<_>>())
}

/// Every figure of every node, to 1e-9.
#[test]
fn network() {
    let block = block("network");
    let (network, groups) = (graph(&block), groups(&block));
    let unweighted = network.unweighted();
    let degree = network.degree().iter().map(|&n| n as f64).collect();
    let all: [(&str, Vec<f64>); 12] = [
        ("degree", degree),
        ("strength", network.strength()),
        ("betweenness_unweighted", network.betweenness()),
        ("closeness", network.closeness()),
        ("eigenvector_w", network.eigenvector()),
        ("pagerank_w", network.pagerank(0.85)),
        ("constraint_w", network.constraint()),
        ("constraint_unw", unweighted.constraint()),
        ("effective_size_unw", network.effective_size()),
        ("clustering", network.clustering()),
        ("EI_node_weighted", network.e_i_by_node(&groups)),
        ("participation_coefficient", network.participation(&groups)),
    ];
    for (name, found) in &all {
        for (node, value) in NODES.iter().zip(found) {
            let expected = block[*name][*node].as_f64().unwrap();
            assert!(is_within(*value, expected, 1e-9), "{name} of {node}: found {value}, expected {expected}");
        }
    }
    same(Some(network.e_i(&groups)), &block["EI_global_weighted"]);
    same(Some(unweighted.e_i(&groups)), &block["EI_global_unweighted"]);
    assert_eq!(block.as_object().unwrap().len(), 16, "nothing is left out");
}

#[test]
fn gould_fernandez() {
    let (groups, block) = (groups(&block("network")), block("gould_fernandez"));
    let ties: Vec<(usize, usize)> =
        block["directed_edges"].as_array().unwrap().iter().map(|tie| (place(&tie[0]), place(&tie[1]))).collect();
    let found = roles(&ties, &groups);
    for (node, own) in NODES.iter().zip(&found) {
        let n = |role: &str| block["roles"][*node][role].as_u64().unwrap() as usize;
        let expected = Roles {
            coordinator: n("coordinator"),
            itinerant: n("itinerant"),
            gatekeeper: n("gatekeeper"),
            representative: n("representative"),
            liaison: n("liaison"),
        };
        assert_eq!(*own, expected, "{node}");
    }
}

#[test]
fn sdc() {
    let block = block("sdc");
    assert_eq!(block.as_object().unwrap().len(), 8);
    for (name, cell) in block.as_object().unwrap() {
        let x = numbers(&cell["x"]);
        assert_eq!(Some(is_below_threshold(x.len(), 3)), cell["freq"].as_bool(), "{name}");
        assert_eq!(Some(breaks_p_percent(&x, 10.0)), cell["ppercent"].as_bool(), "{name}");
        same(p_percent_margin(&x), &cell["pct_margin"]);
        assert_eq!(Some(breaks_dominance(&x, 2, 85.0)), cell["dominance"].as_bool(), "{name}");
    }
    assert!(!breaks_p_percent(&[], 10.0) && !breaks_dominance(&[0.0], 2, 85.0), "nothing gives nothing away");
}

#[test]
fn dp() {
    let block = block("dp");
    for (epsilon, expected) in block["discrete_laplace"].as_object().unwrap() {
        let noise = DiscreteLaplace::new(epsilon.parse().unwrap(), 1.0);
        same(Some(noise.alpha()), &expected["alpha"]);
        same(Some(noise.probability(0)), &expected["p0"]);
        same(Some(noise.variance()), &expected["var"]);
        assert_eq!(Some(noise.bound(0.95)), expected["q95_abs"].as_u64(), "{epsilon}");
        let all: f64 = (-2000..=2000).map(|k| noise.probability(k)).sum();
        let bound = noise.bound(0.95) as i64;
        let within = |bound: i64| (-bound..=bound).map(|k| noise.probability(k)).sum::<f64>();
        assert!((all - 1.0).abs() < 1e-12 && within(bound) >= 0.95 && within(bound - 1) < 0.95, "{epsilon}");
    }
    for (rho, epsilon) in block["rho_to_eps"].as_object().unwrap() {
        same(Some(epsilon_of_zcdp(rho.parse().unwrap(), 1e-6)), epsilon);
    }
}

/// The Human Development Index from its goalposts, in plain arithmetic: 1 is the most that a part can be.
#[test]
fn hdi() {
    let block = block("hdi");
    let of = |name: &str| block[name].as_f64().unwrap();
    let part = |value: f64, low: f64, high: f64| ((value - low) / (high - low)).clamp(0.0, 1.0);
    let health = part(of("LE"), 20.0, 85.0);
    let education = (part(of("EYS"), 0.0, 18.0) + part(of("MYS"), 0.0, 15.0)) / 2.0;
    let income = part(of("GNI").ln(), 100.0_f64.ln(), 75_000.0_f64.ln());
    for (name, found) in [("health", health), ("education", education), ("income", income)] {
        same(Some(found), &block[name]);
    }
    same(Some((health * education * income).cbrt()), &block["HDI"]);
}

#[test]
fn groups_dealt_at_random_are_the_baseline() {
    let block = block("network");
    let (network, groups) = (graph(&block), groups(&block));
    let found = network.e_i_baseline(&groups, 4000, 3);
    // Of the 15 pairs of nodes 3 + 1 + 0 are within groups of 3, 2 and 1, so a tie is external with 11 / 15.
    assert!((found.mean - (11.0 - 4.0) / 15.0).abs() < 0.02, "{found:?}");
    assert!(is_near(found.z, (found.observed - found.mean) / found.standard_deviation) && found.z < 0.0);
    assert!(found.p > 0.0 && found.p <= 1.0 && found == network.e_i_baseline(&groups, 4000, 3));
    let alone = Network::new(3, &[(0, 1, 1.0)]).e_i_baseline(&[0, 0, 0], 10, 3);
    assert!(alone.z.is_nan() && alone.p == 1.0 && alone.observed == -1.0);
}

#[test]
fn who_has_no_ties_is_not_called_central() {
    let network = Network::new(4, &[(0, 1, 2.0), (1, 2, 1.0)]);
    assert!(network.constraint()[3].is_nan() && network.participation(&[0; 4])[3].is_nan());
    assert!(network.e_i_by_node(&[0; 4])[3].is_nan() && network.clustering()[0].is_nan());
    assert_eq!((network.closeness()[3], network.betweenness()[3], network.strength()[3]), (0.0, 0.0, 0.0));
    // 1 reaches 2 of the 3 others, each at distance 1.
    assert!(is_near(network.closeness()[1], 2.0 / 3.0));
    assert!(Network::new(2, &[]).eigenvector().iter().all(|value| value.is_nan()));
}

fn networks() -> impl Strategy<Value = (Network, Vec<usize>)> {
    (2..12_usize).prop_flat_map(|n| {
        let documents = prop::collection::vec(prop::collection::btree_set(0..n, 1..=n), 0..20);
        let groups = prop::collection::vec(0..3_usize, n);
        (documents, groups).prop_map(move |(documents, groups)| {
            let documents: Vec<Vec<usize>> =
                documents.into_iter().map(|signers| signers.into_iter().collect()).collect();
            let network = Network::of_documents(n, &documents);
            let joint = documents.iter().filter(|signers| signers.len() > 1);
            let signed = joint.flatten().fold(vec![0.0; n], |mut signed, &node| {
                signed[node] += 1.0;
                signed
            });
            // Each signature of a joint document adds 1 to a strength: nothing is made by signing in a larger crowd.
            assert!(network.strength().iter().zip(&signed).all(|(one, other)| is_near(*one, *other)));
            (network, groups)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn figures_of_a_network_keep_within_their_ranges((network, groups) in networks()) {
        let is_within = |value: f64, low: f64, high: f64| value.is_nan() || (low - 1e-9..=high + 1e-9).contains(&value);
        prop_assert!(is_within(network.e_i(&groups), -1.0, 1.0));
        prop_assert!(network.e_i_by_node(&groups).iter().all(|&value| is_within(value, -1.0, 1.0)));
        prop_assert!(network.participation(&groups).iter().all(|&value| is_within(value, 0.0, 1.0)));
        prop_assert!(network.betweenness().iter().all(|&value| is_within(value, 0.0, 1.0)));
        prop_assert!(network.closeness().iter().all(|&value| is_within(value, 0.0, 1.0)));
        prop_assert!(network.clustering().iter().all(|&value| is_within(value, 0.0, 1.0)));
        prop_assert!((network.pagerank(0.85).iter().sum::<f64>() - 1.0).abs() < 1e-9);
        let strength = network.strength();
        if strength.iter().any(|&own| own > 0.0) {
            let vector = network.eigenvector();
            prop_assert!((vector.iter().map(|value| value * value).sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn names_of_groups_do_not_matter((network, groups) in networks()) {
        let renamed: Vec<usize> = groups.iter().map(|group| 7 - 2 * group).collect();
        prop_assert_eq!(format!("{:?}", network.e_i_by_node(&groups)), format!("{:?}", network.e_i_by_node(&renamed)));
        let ties: Vec<(usize, usize)> = (1..groups.len()).map(|at| (at - 1, at)).collect();
        prop_assert_eq!(roles(&ties, &groups), roles(&ties, &renamed));
    }
}

#[test]
fn threads_change_no_byte() {
    let ties: Vec<(usize, usize, f64)> = (1..200).map(|at| (at, at * 7 % at.max(1), 1.0 + at as f64 / 3.0)).collect();
    let chain = (1..200).map(|at| (at - 1, at, 0.5));
    let ties: Vec<_> = ties.into_iter().filter(|(one, other, _)| one != other).chain(chain).collect();
    let network = Network::new(200, &ties);
    let groups: Vec<usize> = (0..200).map(|at| at % 3).collect();
    let all =
        || format!("{:?} {:?} {:?}", network.betweenness(), network.closeness(), network.e_i_baseline(&groups, 99, 1));
    let in_pool = |n| rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap().install(all);
    assert_eq!(in_pool(1), in_pool(5));
}
