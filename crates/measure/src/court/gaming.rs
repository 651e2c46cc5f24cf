//! Gaming: what every simulated attack gains, and how much of that a metric withstands.

use rayon::prelude::*;

use crate::court::attack::{Acts, Attack, Way, affiliate, n_items};
use crate::court::ground::Ground;
use crate::court::trial::interval;
use crate::draw::{Draws, owner};
use crate::series::Strata;
use crate::{Meeting, Observation, Observations};

/// How attacks are simulated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Simulation {
    /// The most organisations that try each attack; above this number, a sample that depends on names and seed only.
    pub attackers: usize,
    /// Number of resamples of the meetings in which all is simulated again, for the intervals; 0 for none.
    pub replicates: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// Share of the replicates inside an interval.
    pub confidence: f64,
}

impl Default for Simulation {
    fn default() -> Self {
        Self { attackers: 100, replicates: 20, seed: 20_260_101, confidence: 0.95 }
    }
}

/// How a metric stood up to all attacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Gaming {
    /// In the order of the attacks.
    pub attacks: Vec<Gain>,
    /// 1 less the mean over the attacks that could be tried of their gain, cut to 0..=1 standard deviation; of G1, its
    /// largest number of parts of one contribution counts. `None` where no attack could be tried.
    pub resistance: Option<f64>,
    /// The resistance in each replicate.
    pub draws: Vec<f64>,
}

/// What one attack gains.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Code of the attack.
    pub code: String,
    /// What is done, in words.
    pub what: String,
    /// Organisations that could try it.
    pub n: usize,
    /// Mean gain of an attacker, in standard deviations of the scores before; of sock puppets, of the family together.
    pub gain: Option<f64>,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
    /// The largest gain of any attacker.
    pub highest: Option<f64>,
    /// Mean number of ranks gained.
    pub ranks: Option<f64>,
    /// Mean change of the sum of all scores, in standard deviations: what the attack creates, or destroys.
    pub created: Option<f64>,
    /// Mean gain for each day of work that the attack takes.
    pub per_day: Option<f64>,
    /// Whether no attacker gains more than the attack's threshold, or, for co-signing, whether nothing is created; `None`
    /// where there is no threshold or no attacker. Scores that grow more slowly than credit create some whenever credit
    /// passes to one who has less, even where the credit itself is conserved.
    pub is_passed: Option<bool>,
    /// Why there is no gain.
    pub why_missing: Option<String>,
}

/// Returns what each attack would gain under a scoring: `score` gives one number for each organisation, `NaN` for none.
///
/// Each attacker attacks alone, the others as they are. An organisation's score must come of its own rows, and of those of
/// others only in whether an indicator has any: `score` sees the rows of those alone whom an attack touches, and one row of
/// each indicator. Time grows with attackers x attacks x (1 + replicates) such calls.
///
/// ```
/// use measure::{Meeting, Observation, Observations};
/// use measure::court::{Acts, Attack, Simulation, Way, gaming};
/// let row = |organisation, item| {
///     Observation { indicator: 0, organisation, meeting: 0, item, events: 1.0, exposure: 1.0 }
/// };
/// let observations = Observations {
///     organisations: vec!["acme".into(), "borealis".into()],
///     meetings: vec![Meeting { id: "m1".into(), body: "wg".into(), day: 0 }],
///     indicators: vec!["documents".into()],
///     rows: vec![row(0, 1), row(1, 2), row(1, 3), row(1, 4)],
/// };
/// let count = |observations: &Observations| {
///     let n = |at: usize| observations.rows.iter().filter(|row| row.organisation as usize == at).count() as f64;
///     (0..observations.organisations.len()).map(n).collect()
/// };
/// let split = Attack { code: "G1".into(), way: Way::Split(3), days: 1.0, most: Some(0.05) };
/// let acts = Acts { handed_in: vec![0], ..Acts::default() };
/// let gaming = gaming(&observations, &acts, &[split], &Simulation::default(), count);
/// // Counts of 1 and 3 have a standard deviation of the square root of 2, and two more papers gain 2.
/// assert!((gaming.attacks[0].gain.unwrap() - 2.0_f64.sqrt()).abs() < 1e-12);
/// assert_eq!((gaming.attacks[0].is_passed, gaming.resistance), (Some(false), Some(0.0)));
/// ```
#[must_use]
pub fn gaming(
    observations: &Observations,
    acts: &Acts,
    attacks: &[Attack],
    simulation: &Simulation,
    score: impl Fn(&Observations) -> Vec<f64> + Sync,
) -> Gaming {
    let attackers = attackers(observations, simulation);
    let n = n_items(observations);
    let simulated = |observations: &Observations| simulate(observations, (acts, n), attacks, &attackers, &score);
    let held = simulated(observations);
    let replicates: Vec<Vec<Tally>> = (0..simulation.replicates)
        .map(|replicate| simulated(&resampled(observations, simulation.seed, replicate)))
        .collect();
    let gain = |at: usize| {
        let draws: Vec<f64> =
            replicates.iter().filter_map(|tallies| tallies[at].mean(|outcome| outcome.gain)).collect();
        gain(&attacks[at], &held[at], &draws, simulation.confidence)
    };
    let draws = replicates.iter().filter_map(|tallies| resistance(attacks, tallies)).collect();
    Gaming { attacks: (0..attacks.len()).map(gain).collect(), resistance: resistance(attacks, &held), draws }
}

/// What one attacker gained by one attack.
#[derive(Clone, Copy)]
struct Outcome {
    gain: f64,
    ranks: f64,
    created: f64,
}

/// What all attackers gained by one attack.
struct Tally {
    outcomes: Vec<Outcome>,
    why_missing: Option<&'static str>,
}

impl Tally {
    fn mean(&self, of: impl Fn(&Outcome) -> f64) -> Option<f64> {
        let n = self.outcomes.len() as f64;
        (n > 0.0).then(|| self.outcomes.iter().map(of).sum::<f64>() / n)
    }
}

fn attackers(observations: &Observations, simulation: &Simulation) -> Vec<u32> {
    let has_rows: std::collections::BTreeSet<u32> = observations.rows.iter().map(|row| row.organisation).collect();
    let lot = |at: &u32| {
        let name = &observations.organisations[*at as usize];
        Draws::at(simulation.seed, owner(&format!("court, attacker {name}")), 0, 0).uniform()
    };
    let mut drawn: Vec<(f64, u32)> = has_rows.iter().map(|at| (lot(at), *at)).collect();
    drawn.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let mut attackers: Vec<u32> = drawn.into_iter().take(simulation.attackers).map(|(_, at)| at).collect();
    attackers.sort_unstable();
    attackers
}

fn simulate(
    observations: &Observations,
    (acts, n): (&Acts, u32),
    attacks: &[Attack],
    attackers: &[u32],
    score: &(impl Fn(&Observations) -> Vec<f64> + Sync),
) -> Vec<Tally> {
    let before = score(observations);
    let spread = crate::composite::standard_deviation(&before);
    if !(spread > 0.0 && spread.is_finite()) {
        let nothing =
            || Tally { outcomes: Vec::new(), why_missing: Some("the scores do not differ, so a gain has no measure") };
        return attacks.iter().map(|_| nothing()).collect();
    }
    let ground = Ground::new(observations, acts);
    let attacked = |way: Way, attacker: u32| {
        let touched = ground.touched(way, attacker);
        let after = way.numbered(&ground.of(&touched), acts, attacker, n)?;
        let mut scores = score(&after);
        for (score, name) in scores.iter_mut().zip(&after.organisations) {
            let known = observations.organisations.binary_search(name);
            if let Some(untouched) = known.ok().filter(|at| !touched.contains(&(*at as u32))) {
                *score = before[untouched];
            }
        }
        outcome(observations, &before, &after, &scores, attacker, way, spread)
    };
    let tally = |attack: &Attack| {
        let outcomes: Vec<Result<Outcome, &'static str>> =
            attackers.par_iter().map(|attacker| attacked(attack.way, *attacker)).collect();
        let why_missing = outcomes.iter().find_map(|outcome| outcome.as_ref().err().copied());
        let outcomes: Vec<Outcome> = outcomes.into_iter().flatten().collect();
        let why_missing = why_missing.filter(|_| outcomes.is_empty());
        Tally { outcomes, why_missing: why_missing.or(attackers.is_empty().then_some("nobody has acts")) }
    };
    attacks.iter().map(tally).collect()
}

fn outcome(
    observations: &Observations,
    before: &[f64],
    attacked: &Observations,
    after: &[f64],
    attacker: u32,
    way: Way,
    spread: f64,
) -> Result<Outcome, &'static str> {
    let name = &observations.organisations[attacker as usize];
    let of = |name: &str| attacked.organisations.binary_search_by(|other| other.as_str().cmp(name)).map(|at| after[at]);
    let own = of(name).expect("the attacker is still there");
    let puppets = if let Way::SockPuppets(n) = way { n } else { 0 };
    let family = (1..=puppets).filter_map(|number| of(&affiliate(name, number)).ok()).filter(|score| !score.is_nan());
    let gain = (own + family.sum::<f64>() - before[attacker as usize]) / spread;
    let rank = |scores: &[f64], own: f64| scores.iter().filter(|score| **score > own).count() as f64;
    let sum = |scores: &[f64]| scores.iter().filter(|score| !score.is_nan()).sum::<f64>();
    if gain.is_nan() {
        return Err("the attacker has no score");
    }
    let ranks = rank(before, before[attacker as usize]) - rank(after, own);
    Ok(Outcome { gain, ranks, created: (sum(after) - sum(before)) / spread })
}

fn gain(attack: &Attack, tally: &Tally, draws: &[f64], confidence: f64) -> Gain {
    let gain = tally.mean(|outcome| outcome.gain);
    let ends = gain.map(|gain| interval(gain, draws, confidence));
    let highest = tally.outcomes.iter().map(|outcome| outcome.gain).reduce(f64::max);
    let created = tally.outcomes.iter().map(|outcome| outcome.created.abs()).reduce(f64::max);
    let is_passed = match (attack.way, attack.most) {
        // Sums of a thousand scores differ by rounding alone.
        (Way::CoSign(_), _) => created.map(|created| created < 1e-9),
        (_, Some(most)) => highest.map(|highest| highest <= most),
        (_, None) => None,
    };
    Gain {
        code: attack.code.clone(),
        what: attack.way.words(),
        n: tally.outcomes.len(),
        gain,
        low: ends.map(|ends| ends[0]),
        high: ends.map(|ends| ends[1]),
        highest,
        ranks: tally.mean(|outcome| outcome.ranks),
        created: tally.mean(|outcome| outcome.created),
        per_day: gain.map(|gain| gain / attack.days),
        is_passed,
        why_missing: tally.why_missing.map(str::to_string),
    }
}

fn resistance(attacks: &[Attack], tallies: &[Tally]) -> Option<f64> {
    let parts = |way: Way| if let Way::Split(parts) = way { Some(parts) } else { None };
    let most = attacks.iter().filter_map(|attack| parts(attack.way)).max();
    let counts = |way: Way| !matches!(way, Way::SplitAll(_)) && (parts(way).is_none() || parts(way) == most);
    let gains: Vec<f64> = attacks
        .iter()
        .zip(tallies)
        .filter(|(attack, _)| counts(attack.way))
        .filter_map(|(_, tally)| tally.mean(|outcome| outcome.gain))
        .map(|gain| gain.clamp(0.0, 1.0))
        .collect();
    (!gains.is_empty()).then(|| 1.0 - gains.iter().sum::<f64>() / gains.len() as f64)
}

/// Meetings drawn with replacement within their body. A meeting drawn twice becomes two meetings with the same items.
fn resampled(observations: &Observations, seed: u64, replicate: u32) -> Observations {
    let strata = Strata::new(observations);
    let mut copies: Vec<Vec<u32>> = vec![Vec::new(); observations.meetings.len()];
    let mut meetings: Vec<Meeting> = Vec::new();
    for (meetings_of, body) in strata.meetings_of.iter().zip(&strata.bodies) {
        let mut draws = Draws::at(seed, owner(&format!("court, attacked meetings of {body}")), replicate, 0);
        for _ in meetings_of {
            let at = meetings_of[draws.below(meetings_of.len())];
            copies[at].push(meetings.len() as u32);
            let id = format!("{} ({})", observations.meetings[at].id, copies[at].len());
            meetings.push(Meeting { id, ..observations.meetings[at].clone() });
        }
    }
    let rows = observations
        .rows
        .iter()
        .flat_map(|row| copies[row.meeting as usize].iter().map(|meeting| Observation { meeting: *meeting, ..*row }));
    Observations { meetings, ..observations.with(rows.collect()) }
}
