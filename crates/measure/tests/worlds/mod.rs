//! Planted worlds: made-up bodies whose organisations have known rates, so that what is measured can be held to what is true.
//!
//! The truth is the index under infinite data: the expected value of each indicator, put through the same profile.

use std::collections::BTreeMap;

use measure::{
    Aggregation, Circumstances, Kind, Link, Meeting, Observation, Observations, Profile, Taper, TaperWithin,
};

pub const SHIPPED: &str = include_str!("../../../indicators/profile/index.toml");
pub const AS_OF: i32 = 20_000;
pub const NAMES: [&str; 7] = [
    "acceptance_rate",
    "attendance_share",
    "breadth_over_work_items",
    "documents_contributed",
    "liaison_statements_handled",
    "revisions_carried_through",
    "roles_held",
];
pub const KINDS: [Kind; 7] =
    [Kind::RateShrunk, Kind::Share, Kind::Breadth, Kind::Count, Kind::Count, Kind::Count, Kind::Count];
const DAYS: f64 = 1095.0;
const MEETINGS: [(&str, usize); 2] = [("plenary", 12), ("group", 24)];
const N_MEETINGS: usize = 36;
/// Share of an organisation's papers written under the uncertain name, and the probability that the name is its own.
const UNDER_NAME: f64 = 0.3;
const P_LINK: f64 = 0.8;
const P_LIST: f64 = 0.8;
const P_DECIDED: f64 = 0.8;
const P_REVISED: f64 = 0.4;
const MEAN_CREDIT: f64 = 0.85;

/// How an organisation plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Play {
    Fair,
    /// Each paper is handed in as five, on the same work.
    Splits,
    /// Signs as many papers of a friend as it writes, and the friend signs its own: twice the papers at half the credit.
    Pads,
}

/// What one organisation is in truth.
#[derive(Clone, Debug)]
pub struct Planted {
    pub name: String,
    pub play: Play,
    /// Papers a meeting.
    pub papers: f64,
    /// Probability that a paper is accepted.
    pub quality: f64,
    pub attendance: f64,
    /// Liaison statements a meeting.
    pub liaison: f64,
    pub roles: u32,
    /// The number of work items among which its papers are spread.
    pub n_items: u32,
    /// `Some` for the name that it may be: papers are then written under two names.
    pub alias: Option<bool>,
}

pub struct World {
    pub observations: Observations,
    pub circumstances: Circumstances,
    pub planted: Vec<Planted>,
}

/// A stream of random numbers (splitmix64), for tests only.
pub struct Random(pub u64);

impl Random {
    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    pub fn is(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    pub fn below(&mut self, n: u32) -> u32 {
        (self.uniform() * f64::from(n)) as u32
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Marsaglia and Tsang (2000).
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.uniform().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a), self.gamma(b));
        if x + y > 0.0 { x / (x + y) } else { 0.5 }
    }

    pub fn poisson(&mut self, mean: f64) -> u32 {
        let (mut n, mut product) = (0, self.uniform());
        while product > (-mean).exp() {
            (n, product) = (n + 1, product * self.uniform());
        }
        n
    }
}

/// Returns the shipped profile with works tapered to one, and few replicates.
pub fn profile(replicates: u32) -> Profile {
    let mut profile = Profile::from_toml(SHIPPED).unwrap();
    profile.uncertainty.replicates = replicates;
    for indicator in profile.dimensions.iter_mut().flat_map(|dimension| &mut dimension.indicators) {
        if ["documents_contributed", "acceptance_rate", "revisions_carried_through"].contains(&indicator.name.as_str())
        {
            indicator.taper = Some(Taper { within: TaperWithin::Work, exponent: 0.0 });
        }
    }
    profile
}

impl Planted {
    fn draw(at: usize, random: &mut Random) -> Self {
        let play = match random.uniform() {
            u if u < 0.1 => Play::Splits,
            u if u < 0.2 => Play::Pads,
            _ => Play::Fair,
        };
        Self {
            name: format!("organisation {at:02}"),
            play,
            papers: 2.5 * random.gamma(1.2) / 1.2,
            quality: random.beta(3.0, 3.0),
            attendance: random.beta(3.0, 2.0),
            liaison: 0.2 * random.gamma(0.7) / 0.7,
            roles: random.poisson(0.6),
            n_items: 2 + random.below(20),
            alias: random.is(0.15).then(|| random.is(P_LINK)),
        }
    }

    /// Papers a meeting that are its own in truth.
    fn own_papers(&self) -> f64 {
        let signed = if self.play == Play::Pads { 2.0 } else { 1.0 };
        signed * self.papers * if self.alias == Some(false) { 1.0 - UNDER_NAME } else { 1.0 }
    }

    fn credit(&self, random: &mut Random) -> f64 {
        let share = if self.play == Play::Pads { 0.5 } else { 1.0 };
        share * if random.is(0.3) { 0.5 } else { 1.0 }
    }
}

/// Returns one world of `n` organisations, and of names that may be theirs.
pub fn world(seed: u64, n: usize) -> World {
    let mut random = Random(seed.wrapping_mul(0xA076_1D64_78BD_642F) ^ 0x2545_F491);
    let planted: Vec<Planted> = (0..n).map(|at| Planted::draw(at, &mut random)).collect();
    let mut organisations: Vec<String> = planted.iter().map(|planted| planted.name.clone()).collect();
    let mut links = Vec::new();
    for (at, _) in planted.iter().enumerate().filter(|(_, planted)| planted.alias.is_some()) {
        links.push(Link { unit: organisations.len() as u32, organisation: at as u32, probability: P_LINK });
        organisations.push(format!("written as {at:02}"));
    }
    let meetings: Vec<Meeting> = MEETINGS
        .iter()
        .flat_map(|&(body, n)| (0..n).map(move |at| (body, at)))
        .map(|(body, at)| Meeting {
            id: format!("{body} {at}"),
            body: body.into(),
            day: AS_OF - (DAYS * random.uniform()) as i32,
        })
        .collect();
    let mut made = Made { rows: Vec::new(), works: BTreeMap::new(), next: 100_000 };
    for meeting in 0..meetings.len() as u32 {
        let (size, has_list) = (random.gamma(4.0) / 4.0, random.is(P_LIST));
        for (at, planted) in planted.iter().enumerate() {
            let name = links.iter().find(|link| link.organisation == at as u32).map(|link| link.unit);
            made.papers(&mut random, planted, (at as u32, name), meeting, size);
            for _ in 0..random.poisson(planted.liaison) {
                made.row(4, at as u32, meeting, 1.0);
            }
            if has_list {
                let p = random.beta(5.0 * planted.attendance, 5.0 * (1.0 - planted.attendance));
                let events = f64::from(u8::from(random.is(p)));
                made.rows.push(Observation { item: meeting, events, ..empty(1, at as u32, meeting) });
            }
        }
    }
    for (at, planted) in planted.iter().enumerate() {
        (0..planted.roles).for_each(|_| made.row(6, at as u32, 0, 1.0));
    }
    let indicators = NAMES.iter().map(ToString::to_string).collect();
    let kinds = meetings.iter().map(|meeting| Some(meeting.body.clone())).collect();
    World {
        observations: Observations { organisations, meetings, indicators, rows: made.rows },
        circumstances: Circumstances { links, works: made.works, kinds },
        planted,
    }
}

struct Made {
    rows: Vec<Observation>,
    works: BTreeMap<u32, u32>,
    next: u32,
}

fn empty(indicator: u16, organisation: u32, meeting: u32) -> Observation {
    Observation { indicator, organisation, meeting, item: 0, events: 0.0, exposure: 1.0 }
}

impl Made {
    fn row(&mut self, indicator: u16, organisation: u32, meeting: u32, events: f64) {
        self.next += 1;
        self.rows.push(Observation { item: self.next, events, ..empty(indicator, organisation, meeting) });
    }

    fn papers(&mut self, random: &mut Random, planted: &Planted, names: (u32, Option<u32>), meeting: u32, size: f64) {
        let (own, name) = names;
        let signed = if planted.play == Play::Pads { 2.0 } else { 1.0 };
        let burst = random.gamma(3.0) / 3.0;
        let quality = random.beta(12.0 * planted.quality, 12.0 * (1.0 - planted.quality));
        for _ in 0..random.poisson(signed * planted.papers * size * burst) {
            let whose = name.filter(|_| random.is(UNDER_NAME)).unwrap_or(own);
            let credit = planted.credit(random);
            let work_item = own * 50 + random.below(planted.n_items);
            let [is_decided, is_accepted, is_revised] = [P_DECIDED, quality, P_REVISED].map(|p| random.is(p));
            self.next += 1;
            let work = self.next;
            for _ in 0..if planted.play == Play::Splits { 5 } else { 1 } {
                self.next += 1;
                let item = self.next;
                self.works.insert(item, work);
                let row = |indicator, events| Observation { item, events, ..empty(indicator, whose, meeting) };
                self.rows.push(row(3, credit));
                self.rows.push(Observation { item: work_item, ..row(2, 1.0) });
                if is_decided {
                    self.rows.push(row(0, f64::from(u8::from(is_accepted))));
                }
                if is_decided && is_accepted && is_revised {
                    self.rows.push(row(5, credit));
                }
            }
        }
    }
}

/// Returns the expected recency weight of a meeting.
fn mean_weight(half_life: f64) -> f64 {
    let n = DAYS / half_life * std::f64::consts::LN_2;
    (1.0 - (-n).exp()) / n
}

/// Returns the expected weighted number of work items: simulated, for a work item counts once at its newest meeting.
fn breadth(planted: &Planted, half_life: f64, random: &mut Random) -> f64 {
    const RUNS: u32 = 120;
    let mut sum = 0.0;
    for _ in 0..RUNS {
        let mut best = vec![0.0_f64; planted.n_items as usize];
        for _ in 0..N_MEETINGS {
            let weight = (-DAYS * random.uniform() / half_life).exp2();
            let mean = planted.own_papers() * random.gamma(4.0) / 4.0 * random.gamma(3.0) / 3.0;
            for _ in 0..random.poisson(mean) {
                let item = &mut best[random.below(planted.n_items) as usize];
                *item = item.max(weight);
            }
        }
        sum += best.iter().sum::<f64>();
    }
    sum / f64::from(RUNS)
}

/// Returns the true worth of each indicator of the profile, in its order, under a half-life.
fn worths(planted: &Planted, profile: &Profile, half_life: f64) -> Vec<f64> {
    let meetings = N_MEETINGS as f64 * mean_weight(half_life);
    let share = if planted.play == Play::Pads { 0.5 } else { 1.0 };
    let credits = meetings * planted.own_papers() * share * MEAN_CREDIT;
    let mut random = Random(0xC0FF_EE00 ^ (planted.papers * 1e9) as u64);
    let value = |name: &str, random: &mut Random| match name {
        "documents_contributed" => credits,
        "attendance_share" => planted.attendance,
        "breadth_over_work_items" => breadth(planted, half_life, random),
        "liaison_statements_handled" => meetings * planted.liaison,
        "acceptance_rate" => planted.quality,
        "revisions_carried_through" => credits * P_DECIDED * planted.quality * P_REVISED,
        _ => f64::NAN,
    };
    let worth = |indicator: &measure::IndicatorProfile| match indicator.name.as_str() {
        // An office is held: it counts at the weight of its meeting, which the test gives the age of the first.
        "roles_held" => f64::NAN,
        name => indicator.worth(value(name, &mut random)),
    };
    profile.indicators().map(|(_, indicator)| indicator).map(worth).collect()
}

/// The true scores: of the whole under the nominal method, of each dimension, and of the whole as the mean over methods.
pub struct Truth {
    pub whole: f64,
    pub dimensions: Vec<f64>,
    pub over_methods: f64,
}

/// Returns the truth of one organisation. `first_day` is the day of the meeting under which offices stand.
pub fn truth(planted: &Planted, profile: &Profile, first_day: i32) -> Truth {
    let nominal = profile.recency.half_life_days;
    let all = |half_life: f64| -> Vec<f64> {
        let weight = (-f64::from(AS_OF - first_day) / half_life).exp2();
        let mut worths = worths(planted, profile, half_life);
        for ((_, indicator), worth) in profile.indicators().zip(&mut worths) {
            if worth.is_nan() {
                *worth = indicator.worth(f64::from(planted.roles) * weight);
            }
        }
        worths
    };
    let by_half_life: Vec<Vec<f64>> = profile.uncertainty.half_lives.iter().map(|&half_life| all(half_life)).collect();
    let at = profile.uncertainty.half_lives.iter().position(|&half_life| half_life == nominal).unwrap();
    let score = |worths: &[f64], aggregation: Aggregation, only: Option<usize>| {
        let weight = |dimension: usize, own: f64| {
            let within: f64 = profile.dimensions[dimension].indicators.iter().map(|one| one.weight).sum();
            let whole: f64 = profile.dimensions.iter().map(|one| one.weight).sum();
            let share = match only {
                None => profile.dimensions[dimension].weight / whole,
                Some(only) => f64::from(u8::from(only == dimension)),
            };
            share * own / within
        };
        let parts = profile.indicators().zip(worths).map(|((at, one), worth)| (weight(at, one.weight), *worth));
        match aggregation {
            Aggregation::Arithmetic => 100.0 * parts.map(|(weight, worth)| weight * worth).sum::<f64>(),
            Aggregation::Geometric => {
                let mean = parts.map(|(weight, worth)| weight * (0.01 + 0.99 * worth).ln()).sum::<f64>();
                100.0 * (mean.exp() - 0.01) / 0.99
            }
        }
    };
    let methods = by_half_life.iter().flat_map(|worths| {
        profile.uncertainty.aggregations.iter().map(|&aggregation| score(worths, aggregation, None))
    });
    let methods: Vec<f64> = methods.collect();
    Truth {
        whole: score(&by_half_life[at], Aggregation::Arithmetic, None),
        dimensions: (0..profile.dimensions.len())
            .map(|only| score(&by_half_life[at], Aggregation::Arithmetic, Some(only)))
            .collect(),
        over_methods: methods.iter().sum::<f64>() / methods.len() as f64,
    }
}
