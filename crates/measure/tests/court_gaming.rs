//! The seven attacks, against raw counts, credited counts and the shipped index.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use measure::court::{Acts, Gain, Gaming, Simulation, Way, gaming, standard_attacks};
use measure::{
    Circumstances, Kind, Meeting, Observation, Observations, Profile, Taper, TaperWithin, Transform, index,
    scores_alone,
};
use proptest::prelude::*;

const SHIPPED: &str = include_str!("../../indicators/profile/index.toml");
const NAMES: [&str; 8] = [
    "documents_contributed",
    "acceptance_rate",
    "revisions_carried_through",
    "attendance_share",
    "breadth_over_work_items",
    "roles_held",
    "liaison_statements_handled",
    "downloads",
];
const KINDS: [Kind; 8] =
    [Kind::Count, Kind::RateShrunk, Kind::Count, Kind::Share, Kind::Breadth, Kind::Count, Kind::Count, Kind::Count];
const AS_OF: i32 = 20_000;
const N_ORGANISATIONS: u32 = 40;
/// Documents are numbered from here, ten for each work item.
const N_WORK_ITEMS: u32 = 30;
/// One more than the highest item number before any attack.
static N_ITEMS: LazyLock<u32> = LazyLock::new(|| n_items(&observations()));

fn acts() -> Acts {
    Acts {
        handed_in: vec![0],
        decided: vec![1],
        carried: vec![2],
        attendance: vec![3],
        seats: Vec::new(),
        rooted_seats: Vec::new(),
        offices: vec![5],
        downloads: vec![7],
    }
}

/// Six meetings of one group; the organisation at place n hands in about n documents in all.
fn observations() -> Observations {
    let mut rows = Vec::new();
    let mut document = N_WORK_ITEMS;
    for organisation in 0..N_ORGANISATIONS {
        for meeting in 0..6 {
            let mut add = |indicator, item, events, exposure| {
                rows.push(Observation { indicator, organisation, meeting, item, events, exposure });
            };
            add(3, 5000 + meeting, f64::from(u8::from((organisation + meeting) % 3 != 0)), 1.0);
            for n in 0..(organisation + meeting) / 6 {
                document += 1;
                let credit = [1.0, 0.5][(n % 2) as usize];
                add(0, document, credit, 1.0);
                add(1, document, credit * f64::from(u8::from((organisation + n) % 3 != 0)), credit);
                if (organisation + n) % 4 == 0 {
                    add(2, document, credit, 1.0);
                }
                add(4, work_of(document), credit, 1.0);
                add(7, document, f64::from(3 + (document * 7) % 40), 1.0);
            }
        }
        if organisation % 5 == 0 {
            rows.push(Observation {
                indicator: 5,
                organisation,
                meeting: 5,
                item: 6000 + organisation,
                events: 1.0,
                exposure: 1.0,
            });
        }
    }
    let meeting = |at: usize| Meeting { id: format!("m{at}"), body: "wg".into(), day: AS_OF - 300 + 60 * at as i32 };
    Observations {
        organisations: (0..N_ORGANISATIONS).map(|at| format!("organisation {at:02}")).collect(),
        meetings: (0..6).map(meeting).collect(),
        indicators: NAMES.map(String::from).to_vec(),
        rows,
    }
}

/// Ten documents in a row are on one work item.
fn work_of(document: u32) -> u32 {
    document / 10 % N_WORK_ITEMS
}

fn sums(observations: &Observations, of: impl Fn(&Observation) -> f64) -> Vec<f64> {
    let mut sums = vec![0.0; observations.organisations.len()];
    for row in observations.rows.iter().filter(|row| row.indicator == 0 && row.events > 0.0) {
        sums[row.organisation as usize] += of(row);
    }
    sums
}

fn raw(observations: &Observations) -> Vec<f64> {
    sums(observations, |_| 1.0)
}

fn credited(observations: &Observations) -> Vec<f64> {
    sums(observations, |row| row.events)
}

fn indexed(observations: &Observations) -> Vec<f64> {
    scores_alone(observations, &KINDS, &Profile::from_toml(SHIPPED).unwrap(), AS_OF, &Circumstances::default()).unwrap()
}

/// The shipped profile, with papers on one work item at one meeting tapered in all that counts papers.
fn tapered(exponent: f64) -> Profile {
    let mut profile = Profile::from_toml(SHIPPED).unwrap();
    for indicator in profile.dimensions.iter_mut().flat_map(|dimension| &mut dimension.indicators) {
        if NAMES[..3].contains(&indicator.name.as_str()) {
            indicator.taper = Some(Taper { within: TaperWithin::Work, exponent });
        }
    }
    profile
}

/// The works of all items, those invented by an attack included: part j of item i of n has the number i + j n.
fn works(observations: &Observations, n: u32, work_of: impl Fn(u32) -> u32) -> Circumstances {
    let works: BTreeMap<u32, u32> = observations.rows.iter().map(|row| (row.item, work_of(row.item % n))).collect();
    Circumstances { works, ..Circumstances::default() }
}

fn indexed_with_taper(observations: &Observations, exponent: f64) -> Vec<f64> {
    let circumstances = works(observations, *N_ITEMS, work_of);
    scores_alone(observations, &KINDS, &tapered(exponent), AS_OF, &circumstances).unwrap()
}

fn n_items(observations: &Observations) -> u32 {
    observations.rows.iter().map(|row| row.item).max().unwrap() + 1
}

fn tried(score: impl Fn(&Observations) -> Vec<f64> + Sync) -> Gaming {
    let simulation = Simulation { attackers: N_ORGANISATIONS as usize, replicates: 8, ..Simulation::default() };
    gaming(&observations(), &acts(), &standard_attacks(), &simulation, score)
}

fn of<'a>(gaming: &'a Gaming, code: &str) -> &'a Gain {
    gaming.attacks.iter().find(|gain| gain.code == code).unwrap()
}

/// The differential test: if raw counts withstood splitting, the simulation would be broken.
#[test]
fn raw_counts_fail_where_they_must() {
    let gaming = tried(raw);
    assert_eq!(of(&gaming, "G1 k=10").is_passed, Some(false));
    assert_eq!(of(&gaming, "G3").is_passed, Some(false), "co-signing creates papers from nothing");
    assert!(
        of(&gaming, "G1 k=2").gain < of(&gaming, "G1 k=5").gain
            && of(&gaming, "G1 k=5").gain < of(&gaming, "G1 k=10").gain
    );
    assert_eq!(of(&gaming, "G2").gain, Some(0.0), "seats do not count here");
}

#[test]
fn credited_counts_conserve_credit_and_still_fail_splitting() {
    let gaming = tried(credited);
    assert_eq!((of(&gaming, "G3").is_passed, of(&gaming, "G1 k=10").is_passed), (Some(true), Some(false)));
    assert!(of(&gaming, "G5").gain.unwrap().abs() < 1e-9, "a family shares what it has");
}

#[test]
fn splitting_a_contribution_in_ten_gains_at_most_a_twentieth_of_a_deviation() {
    let (untapered, best, half) = (
        tried(indexed),
        tried(|observations| indexed_with_taper(observations, 0.0)),
        tried(|observations| indexed_with_taper(observations, 0.5)),
    );
    let [before, after, between] = [&untapered, &best, &half].map(|gaming| of(gaming, "G1 k=10"));
    assert!(after.highest.unwrap() <= 0.05 && after.is_passed == Some(true), "{after:?}");
    assert!(before.highest.unwrap() > 0.05 && before.is_passed == Some(false), "{before:?}");
    assert!(after.gain < between.gain && between.gain < before.gain);
    assert!(best.resistance > untapered.resistance);
}

#[test]
fn seats_and_robots_gain_nothing_in_the_shipped_index() {
    let gaming = tried(indexed);
    assert_eq!(of(&gaming, "G2").gain, Some(0.0), "a share of meetings does not grow with seats");
    assert_eq!((of(&gaming, "G6").gain, of(&gaming, "G6").is_passed), (Some(0.0), Some(true)));
}

#[test]
fn an_attack_without_rows_is_not_applicable_and_not_passed() {
    let nothing = Acts { handed_in: vec![0], ..Acts::default() };
    let gaming = gaming(&observations(), &nothing, &standard_attacks(), &Simulation::default(), credited);
    for (code, why) in
        [("G2", "it attended no meeting"), ("G6", "nothing of its own was downloaded"), ("G7", "no office is counted")]
    {
        let gain = of(&gaming, code);
        assert_eq!((gain.gain, gain.is_passed, gain.why_missing.as_deref()), (None, None, Some(why)), "{code}");
    }
    let flat = tried(|observations| vec![1.0; observations.organisations.len()]);
    assert_eq!(flat.resistance, None);
    assert!(of(&flat, "G1 k=2").why_missing.as_deref().unwrap().starts_with("the scores do not differ"));
}

#[test]
fn scores_alone_are_the_scores_of_the_index() {
    let mut profile = Profile::from_toml(SHIPPED).unwrap();
    profile.uncertainty.replicates = 100;
    let index = index(&observations(), &KINDS, &profile, AS_OF).unwrap();
    let scores: Vec<f64> = index.scores.iter().map(|score| score.score).collect();
    assert_eq!(scores, indexed(&observations()));
}

#[test]
fn the_number_of_threads_changes_no_gain() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| tried(credited))
    };
    assert_eq!(run(1), run(3));
}

prop_compose! {
    fn any_documents()(credits in prop::collection::vec((0..6_u32, 0..3_u32, 0..8_u32, 1..5_u32), 1..40)) -> Observations {
        let mut rows: Vec<Observation> = Vec::new();
        for (organisation, meeting, document, signers) in credits {
            let item = document + 10 * meeting;
            if !rows.iter().any(|row| row.item == item && row.organisation == organisation) {
                let events = 1.0 / f64::from(signers);
                rows.push(Observation { indicator: 0, organisation, meeting, item, events, exposure: 1.0 });
            }
        }
        let meeting = |at: usize| Meeting { id: format!("m{at}"), body: "wg".into(), day: at as i32 };
        Observations {
            organisations: (0..6).map(|at| format!("o{at}")).collect(),
            meetings: (0..3).map(meeting).collect(),
            indicators: vec![NAMES[0].into()],
            rows,
        }
    }
}

/// A score that is the tapered sum of documents.
fn one_point_a_document(exponent: f64) -> Profile {
    let mut profile = tapered(exponent);
    profile.dimensions.truncate(1);
    profile.dimensions[0].indicators.truncate(1);
    let documents = &mut profile.dimensions[0].indicators[0];
    (documents.low, documents.high, documents.transform) = (0.0, 100.0, Transform::Linear);
    profile.recency.half_life_days = 1e15;
    profile.objectives.clear();
    profile.activities.clear();
    profile
}

fn total(observations: &Observations) -> f64 {
    observations.rows.iter().map(|row| row.events).sum()
}

/// Mean gain of the attackers, everybody scored again after each attack.
fn gain_in_full(
    observations: &Observations,
    acts: &Acts,
    way: Way,
    score: impl Fn(&Observations) -> Vec<f64>,
) -> Option<f64> {
    let before = score(observations);
    let n = before.len() as f64;
    let mean = before.iter().sum::<f64>() / n;
    let spread = (before.iter().map(|score| (score - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let has_rows = |at: &u32| observations.rows.iter().any(|row| row.organisation == *at);
    let gain = |attacker: u32| {
        let after = way.applied(observations, acts, attacker).ok()?;
        let own = &observations.organisations[attacker as usize];
        let is_own = |name: &&String| *name == own || name.starts_with(&format!("{own} ("));
        let family: f64 = after
            .organisations
            .iter()
            .zip(score(&after))
            .filter(|(name, _)| is_own(name))
            .map(|(_, score)| score)
            .sum();
        Some((family - before[attacker as usize]) / spread)
    };
    let gains: Vec<f64> = (0..before.len() as u32).filter(has_rows).filter_map(gain).collect();
    (spread > 0.0 && !gains.is_empty()).then(|| gains.iter().sum::<f64>() / gains.len() as f64)
}

/// One seat counts 1, and five more make it the square root of six.
#[test]
fn more_seats_at_a_meeting_gain_their_root() {
    let row =
        |organisation, events| Observation { indicator: 0, organisation, meeting: 0, item: 0, events, exposure: 1.0 };
    let observations = Observations {
        organisations: vec!["acme".into(), "borealis".into()],
        meetings: vec![Meeting { id: "m".into(), body: "wg".into(), day: 0 }],
        indicators: vec!["seats_taken".into()],
        rows: vec![row(0, 1.0), row(1, 2.0)],
    };
    let acts = Acts { rooted_seats: vec![0], ..Acts::default() };
    let after = Way::Attendees(5).applied(&observations, &acts, 0).unwrap();
    assert_eq!(after.rows.iter().map(|row| row.events).collect::<Vec<_>>(), [6.0_f64.sqrt(), 2.0]);
    let nobody = Way::Attendees(5).applied(&observations, &Acts::default(), 0);
    assert_eq!(nobody, Err("it attended no meeting"));
}

proptest! {
    #[test]
    fn scoring_those_touched_alone_gives_the_gains_of_scoring_all(observations in any_documents()) {
        let acts = Acts { handed_in: vec![0], ..Acts::default() };
        let credited = |observations: &Observations| {
            let of = |at: usize| observations.rows.iter().filter(move |row| row.organisation as usize == at);
            (0..observations.organisations.len()).map(|at| of(at).map(|row| row.events).sum::<f64>()).collect::<Vec<_>>()
        };
        let simulation = Simulation { replicates: 0, ..Simulation::default() };
        let attacks = standard_attacks();
        for (gain, attack) in gaming(&observations, &acts, &attacks, &simulation, credited).attacks.iter().zip(&attacks) {
            match (gain.gain, gain_in_full(&observations, &acts, attack.way, credited)) {
                (Some(short), Some(full)) => prop_assert!((short - full).abs() < 1e-9, "{}: {short} {full}", gain.code),
                (short, full) => prop_assert_eq!(short, full, "{}", &gain.code),
            }
        }
    }

    #[test]
    fn co_signing_conserves_credit(observations in any_documents(), friends in 1..6_u32) {
        let acts = Acts { handed_in: vec![0], ..Acts::default() };
        for attacker in 0..6 {
            if let Ok(after) = Way::CoSign(friends).applied(&observations, &acts, attacker) {
                prop_assert!((total(&after) - total(&observations)).abs() < 1e-12 * total(&observations));
                let of = |observations: &Observations, item: u32| -> f64 {
                    observations.rows.iter().filter(|row| row.item == item).map(|row| row.events).sum()
                };
                for row in &observations.rows {
                    prop_assert!((of(&after, row.item) - of(&observations, row.item)).abs() < 1e-12);
                }
            }
        }
    }

    #[test]
    fn a_taper_never_pays_for_splitting_and_never_punishes_more(
        observations in any_documents(), exponent in 0.0..=1.0_f64, whose in any::<prop::sample::Index>(), more in 0.0..2.0_f64,
    ) {
        let n = n_items(&observations);
        let sum = |observations: &Observations, organisation: u32, exponent: f64| {
            let circumstances = works(observations, n, |item| item / 2);
            let profile = one_point_a_document(exponent);
            let scores = scores_alone(observations, &[Kind::Count], &profile, AS_OF, &circumstances).unwrap();
            scores[organisation as usize]
        };
        let own = observations.rows[whose.index(observations.rows.len())].organisation;
        let acts = Acts { handed_in: vec![0], ..Acts::default() };
        let split = Way::SplitAll(10).applied(&observations, &acts, own).unwrap();
        prop_assert!((sum(&split, own, 0.0) - sum(&observations, own, 0.0)).abs() < 1e-9);
        let mut raised = observations.clone();
        raised.rows[whose.index(observations.rows.len())].events += more;
        prop_assert!(sum(&raised, own, exponent) >= sum(&observations, own, exponent) - 1e-9);
        let plain: f64 = observations.rows.iter().filter(|row| row.organisation == own).map(|row| row.events).sum();
        prop_assert!((sum(&observations, own, 1.0) - plain).abs() < 1e-9);
        prop_assert!(sum(&observations, own, exponent) <= plain + 1e-9);
    }
}
