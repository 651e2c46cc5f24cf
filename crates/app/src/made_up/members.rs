//! Members of the made-up body: 150 organisations and their delegates, and the parts that the planted trends give to some.
//!
//! The planted trends, which every screen should be able to show:
//! - `Newcomer` (Tembelin Robotics) joins in April 2022 with little and is among the first in 2025;
//! - `Founder` (Ostrinta Telecom) leads in 2021, does less each year and is gone after March 2024;
//! - `Splitter` (Pallucor Devices) hands in one proposal as three documents from 2023 on, and fewer pass;
//! - `Editor` (Norqlune Institute) writes little, but nearly all of it passes, and it holds the editorships;
//! - `Left` and `Right` (Caldralis Systems, Mormoor Networks) merge on 1 July 2023 into `Merged` (Caldralis Mormoor);
//! - `Elder` and `Younger` (Halbrant Networks, Halbrant Nordic) always sign together;
//! - `Growing` members of African countries join one after the other from 2022 on.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::calendar::{GROUPS, years};
use super::draw::Draw;
use super::names::{COUNTRIES, FAMILIES, GIVEN, GROWING, STEMS};

/// What kind of organisation a member is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Company,
    University,
    Institute,
    Administration,
    Association,
}

/// The part that a member plays in the planted trends.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Part {
    Ordinary,
    Newcomer,
    Founder,
    Splitter,
    Editor,
    Left,
    Right,
    Merged,
    Elder,
    Younger,
    /// Joins this many years after the beginning of 2021.
    Growing(f64),
}

/// A member organisation.
pub(super) struct Member {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) country: &'static str,
    pub(super) part: Part,
    /// Indices in [`World::members`] of those with whom it likes to sign.
    pub(super) friends: Vec<usize>,
    pub(super) people: Vec<String>,
    home: usize,
    base: f64,
    skill: f64,
}

/// Everybody in the made-up body.
pub(super) struct World {
    pub(super) members: Vec<Member>,
    /// Persons who come without an organisation.
    pub(super) experts: Vec<String>,
}

impl World {
    /// Returns the body that grows from this seed.
    pub(super) fn new(seed: u64) -> Self {
        let mut draw = Draw::new(seed, "members");
        let mut names = Names { used: BTreeSet::new(), draw: Draw::new(seed, "persons") };
        let mut members: Vec<Member> = Vec::new();
        for (at, stem) in STEMS.split_whitespace().enumerate() {
            members.push(member(at, stem, &mut draw, &mut names));
        }
        members.push(merged(&members));
        let n = members.len();
        for member in &mut members {
            member.friends = (0..3).map(|_| draw.below(n)).collect();
        }
        Self { members, experts: (0..6).map(|_| names.next()).collect() }
    }

    /// Returns the index of the member with this part.
    pub(super) fn who(&self, part: Part) -> usize {
        self.members.iter().position(|member| member.part == part).expect("every planted part is given to a member")
    }
}

impl Member {
    /// How much work the member brings to a group at a time: documents in proportion; 0 when it is not there.
    pub(super) fn strength(&self, group: usize, on: Date) -> f64 {
        let t = years(on);
        let planted = match self.part {
            Part::Ordinary => self.base,
            Part::Newcomer => ((t - 1.25) * 2.4 + 0.4) * f64::from(u8::from(t >= 1.25)),
            Part::Founder => (9.0 - 2.8 * t).max(0.0),
            Part::Splitter => 2.0,
            Part::Editor => 0.5,
            Part::Left => 3.0 * f64::from(u8::from(t < 2.5)),
            Part::Right => 2.0 * f64::from(u8::from(t < 2.5)),
            Part::Merged => 5.0 * f64::from(u8::from(t >= 2.5)),
            Part::Elder => 4.5,
            Part::Younger => 0.0,
            Part::Growing(since) => ((t - since) * 0.3 + 0.2) * f64::from(u8::from(t >= since)),
        };
        planted * if group == self.home || self.part != Part::Ordinary { 1.0 } else { 0.35 }
    }

    /// Share of its documents that pass.
    pub(super) fn skill(&self, on: Date) -> f64 {
        match self.part {
            Part::Editor => 0.95,
            Part::Splitter if years(on) >= 2.0 => 0.28,
            Part::Newcomer => (0.35 + 0.08 * years(on)).min(0.7),
            Part::Ordinary => self.skill,
            _ => 0.55,
        }
    }

    /// Share of meetings to which a delegate comes.
    pub(super) fn presence(&self, group: usize, on: Date) -> f64 {
        let weight = match self.kind {
            Kind::Administration | Kind::Association => 0.6,
            _ => 0.0,
        };
        let pull = match self.part {
            Part::Younger => 4.0,
            Part::Editor => 20.0,
            _ => self.strength(group, on) * 3.0 + weight,
        };
        pull / (pull + 0.8)
    }
}

/// Draws the names of persons, never the same twice.
struct Names {
    used: BTreeSet<String>,
    draw: Draw,
}

impl Names {
    fn next(&mut self) -> String {
        let given: Vec<&str> = GIVEN.split_whitespace().collect();
        let families: Vec<&str> = FAMILIES.split_whitespace().collect();
        loop {
            let name = format!("{} {}", self.draw.pick(&given), self.draw.pick(&families));
            if self.used.insert(name.clone()) {
                return name;
            }
        }
    }
}

fn member(at: usize, stem: &str, draw: &mut Draw, names: &mut Names) -> Member {
    let part = match at {
        0 => Part::Newcomer,
        1 => Part::Founder,
        2 => Part::Splitter,
        3 => Part::Editor,
        4 => Part::Left,
        5 => Part::Right,
        6 => Part::Elder,
        7 => Part::Younger,
        8..20 => Part::Growing(0.75 + 0.3 * (at - 8) as f64),
        _ => Part::Ordinary,
    };
    let kind = kind(at, part);
    let (name, country) = match part {
        Part::Younger => ("Halbrant Nordic".to_string(), "SE"),
        Part::Growing(_) => (full_name(stem, kind, part, draw), GROWING[at % GROWING.len()]),
        _ => (full_name(stem, kind, part, draw), draw.pick(COUNTRIES)),
    };
    let scale = match kind {
        Kind::Company => 1.0,
        Kind::Institute => 0.7,
        Kind::University => 0.35,
        Kind::Administration | Kind::Association => 0.15,
    };
    let base = 40.0 * scale / (at as f64 - 12.0).max(1.0);
    let n_people = 1 + draw.below(3) + usize::from(base > 0.8) + 2 * usize::from(at < 8);
    Member {
        name,
        kind,
        country,
        part,
        friends: Vec::new(),
        people: (0..n_people).map(|_| names.next()).collect(),
        home: draw.below(GROUPS.len()),
        base,
        skill: 0.3 + 0.45 * draw.share(),
    }
}

fn kind(at: usize, part: Part) -> Kind {
    match part {
        Part::Editor => Kind::Institute,
        Part::Growing(_) if at % 4 == 1 => Kind::University,
        Part::Ordinary => match at % 15 {
            3 | 9 => Kind::University,
            6 => Kind::Institute,
            10 => Kind::Administration,
            13 => Kind::Association,
            _ => Kind::Company,
        },
        _ => Kind::Company,
    }
}

fn full_name(stem: &str, kind: Kind, part: Part, draw: &mut Draw) -> String {
    let trades = ["Networks", "Systems", "Telecom", "Devices", "Software", "Semiconductors", "Labs", "Cloud", "Energy"];
    let trade = match (part, kind) {
        (Part::Newcomer, _) => "Robotics",
        (Part::Founder, _) => "Telecom",
        (Part::Splitter, _) => "Devices",
        (Part::Left, _) => "Systems",
        (Part::Right | Part::Elder, _) => "Networks",
        (_, Kind::Company) => draw.pick(&trades),
        (_, Kind::Institute) => "Institute",
        (_, Kind::University) => return format!("University of {stem}"),
        (_, Kind::Administration) => return format!("{stem} Regulatory Office"),
        (_, Kind::Association) => "Users Association",
    };
    format!("{stem} {trade}")
}

/// The organisation that comes out of the merger: the persons of both sides.
fn merged(members: &[Member]) -> Member {
    let sides: Vec<&Member> = members.iter().filter(|member| matches!(member.part, Part::Left | Part::Right)).collect();
    Member {
        name: "Caldralis Mormoor".into(),
        kind: Kind::Company,
        country: sides[0].country,
        part: Part::Merged,
        friends: Vec::new(),
        people: sides.iter().flat_map(|side| side.people.clone()).collect(),
        home: 0,
        base: 0.0,
        skill: 0.55,
    }
}
