//! Cubes made of what was counted: an indicator, or the whole index, at each meeting.
//!
//! Comes in: observations, and the period that each meeting belongs to. Goes out: a [`Cube`] of organisations by period and
//! meeting, periods and meetings in order of time. A meeting at which nothing of the metric was counted is no event of it, so
//! that metrics may have different events: [`Cube::brought_together`] gives several the same ones, before they are compared.

use std::collections::{BTreeMap, BTreeSet};

use crate::court::Cube;
use crate::{Circumstances, Error, Fault, Kind, Meeting, Observation, Observations, Profile, scores_alone};

/// Positions of meetings by period, periods and meetings in order of time.
type Calendar = Vec<(String, Vec<usize>)>;

/// Where each event stands, by the names of its period and itself: position of the period, and within it.
type Places<'a> = BTreeMap<(&'a str, &'a str), (usize, usize)>;

impl Cube {
    /// Returns an indicator at each meeting, by organisation.
    ///
    /// A count is the sum of events at the meeting, breadth the number of distinct items with events; both are 0 for an
    /// organisation without a row. A share or rate is events of exposure at the meeting, without prior, and missing without
    /// exposure. A meeting without a row of anybody, or for shares and rates without exposure of anybody, is no event.
    ///
    /// # Errors
    /// [`Error::Observations`] for rows that contradict themselves; [`Error::Metric`] for an indicator that there is not.
    ///
    /// ```
    /// use measure::court::Cube;
    /// use measure::{Kind, Meeting, Observation, Observations};
    /// let meeting = |id: &str, day| Meeting { id: id.into(), body: "wg".into(), day };
    /// let row = |meeting, events| Observation { indicator: 0, organisation: 0, meeting, item: 1, events, exposure: 4.0 };
    /// let observations = Observations {
    ///     organisations: vec!["acme".into(), "borealis".into()],
    ///     meetings: vec![meeting("m1", 100), meeting("m2", 200), meeting("m3", 300)],
    ///     indicators: vec!["documents".into()],
    ///     rows: vec![row(0, 3.0), row(2, 1.0)],
    /// };
    /// let year = |_: &Meeting| "2025".to_string();
    /// let cube = Cube::of_indicator(&observations, &[Kind::Count], 0, year).unwrap();
    /// assert_eq!((cube.events(), cube.values()), (&[vec!["m1".into(), "m3".into()]][..], &[vec![vec![3.0, 0.0], vec![1.0, 0.0]]][..]));
    /// let share = Cube::of_indicator(&observations, &[Kind::Share], 0, year).unwrap();
    /// assert_eq!(share.values()[0][0][0], 0.75);
    /// assert!(share.values()[0][0][1].is_nan()); // nothing was asked of borealis
    /// ```
    pub fn of_indicator(
        observations: &Observations,
        kinds: &[Kind],
        indicator: u16,
        period_of: impl Fn(&Meeting) -> String,
    ) -> Result<Self, Error> {
        observations.check(kinds)?;
        let Some(&kind) = kinds.get(usize::from(indicator)) else {
            let what = format!("expected an indicator below {}, found {indicator}", kinds.len());
            return Err(Error::Metric(vec![Fault::new("indicator", what, "count the indicators from 0")]));
        };
        let mut at_meeting: BTreeMap<usize, Vec<Observation>> = BTreeMap::new();
        for row in observations.rows.iter().filter(|row| row.indicator == indicator && is_counted(row, kinds)) {
            at_meeting.entry(row.meeting as usize).or_default().push(*row);
        }
        let calendar = calendar(observations, at_meeting.keys().copied(), period_of);
        let n = observations.organisations.len();
        made(observations, &calendar, |meetings| {
            Ok(meetings.iter().map(|meeting| of_meeting(kind, &at_meeting[meeting], n)).collect())
        })
    }

    /// Returns the whole index at each meeting, by organisation, as the meeting's pseudo-value.
    ///
    /// Each period is scored by itself ([`scores_alone`]), as of its last meeting. Of n meetings, the pseudo-value of one is
    /// n S - (n - 1) S', with S the score of the period and S' the score without the meeting, in which what is left
    /// counts n / (n - 1) times, as meetings do that are drawn once more in its place. So the mean over meetings is the score
    /// of the period, up to the curvature of the index, and resampling pseudo-values by meeting gives the score's variance. A
    /// score of each meeting's own rows would be another metric: goalposts are declared for a whole period, forms are concave,
    /// and what is not counted at a meeting would hand on its weight there.
    ///
    /// Pseudo-values may lie outside 0 to 100. Breadth cannot count n / (n - 1) times, so items seen at one meeting only
    /// weigh more than they do in the score; and a share asked at one meeting only is missing without it, so that its weight
    /// is handed on there. A value is missing where the score is, with the meeting or without. In a period of one meeting it is
    /// the score. A period shorter than the goalposts are meant for has lower scores throughout.
    ///
    /// The profile is scored once for every meeting and once for every period, over the rows of the period.
    ///
    /// # Errors
    /// As [`index`](crate::index), and [`Error::Observations`] for circumstances that do not fit.
    ///
    /// # Source
    /// J. W. Tukey, "Bias and confidence in not quite large samples", Annals of Mathematical Statistics 29 (1958);
    /// R. G. Miller, "The jackknife - a review", Biometrika 61 (1974).
    pub fn of_score(
        observations: &Observations,
        kinds: &[Kind],
        profile: &Profile,
        circumstances: &Circumstances,
        period_of: impl Fn(&Meeting) -> String,
    ) -> Result<Self, Error> {
        observations.check(kinds)?;
        let in_profile = |at: u16| {
            let name = &observations.indicators[usize::from(at)];
            profile.indicators().any(|(_, indicator)| indicator.name == *name)
        };
        let counted = observations.rows.iter().filter(|row| is_counted(row, kinds) && in_profile(row.indicator));
        let held: BTreeSet<usize> = counted.map(|row| row.meeting as usize).collect();
        let calendar = calendar(observations, held.into_iter(), period_of);
        made(observations, &calendar, |meetings| {
            let last = meetings.iter().map(|&at| observations.meetings[at].day).max().unwrap_or_default();
            let score = |of: &Observations| scores_alone(of, kinds, profile, last, circumstances);
            pseudo_values(&of_period(observations, meetings), meetings, score)
        })
    }

    /// Returns the cubes on the same events: all that any of them has, missing where a cube does not have it.
    ///
    /// The cubes are made of these observations, with this way to tell periods.
    ///
    /// # Errors
    /// [`Error::Metric`] for a cube of other units, an event that is no meeting of the observations in its period, or two
    /// meetings of one identifier in one period.
    ///
    /// ```
    /// use measure::court::Cube;
    /// use measure::{Meeting, Observations};
    /// let meeting = |id: &str, day| Meeting { id: id.into(), body: "wg".into(), day };
    /// let meetings = vec![meeting("m2", 200), meeting("m1", 100)];
    /// let organisations = vec!["acme".to_string()];
    /// let observations = Observations { organisations, meetings, ..Observations::default() };
    /// let cube = |event: &str, value| {
    ///     let (periods, events) = (vec!["2025".into()], vec![vec![event.into()]]);
    ///     Cube::new(vec!["acme".into()], periods, events, vec![vec![vec![value]]]).unwrap()
    /// };
    /// let year = |_: &Meeting| "2025".to_string();
    /// let both = Cube::brought_together(&[cube("m1", 3.0), cube("m2", 5.0)], &observations, year).unwrap();
    /// assert_eq!(both[1].events(), [["m1", "m2"]]); // in order of time
    /// assert!(both[1].values()[0][0][0].is_nan() && both[1].values()[0][1][0] == 5.0);
    /// ```
    pub fn brought_together(
        cubes: &[Self],
        observations: &Observations,
        period_of: impl Fn(&Meeting) -> String,
    ) -> Result<Vec<Self>, Error> {
        let whole = calendar(observations, 0..observations.meetings.len(), period_of);
        let places = places(&whole, observations)?;
        let held: BTreeSet<(usize, usize)> = held(cubes, &places, observations)?;
        let periods: BTreeSet<usize> = held.iter().map(|(period, _)| *period).collect();
        let of_period = |&period: &usize| {
            let (name, meetings) = &whole[period];
            let own = (0..meetings.len()).filter(|at| held.contains(&(period, *at)));
            (name.clone(), own.map(|at| meetings[at]).collect())
        };
        let calendar: Calendar = periods.iter().map(of_period).collect();
        let n = observations.organisations.len();
        let one = |cube: &Self| {
            let mut own: BTreeMap<usize, &Vec<f64>> = BTreeMap::new();
            for ((period, events), values) in cube.periods().iter().zip(cube.events()).zip(cube.values()) {
                for (event, values) in events.iter().zip(values) {
                    let (period, at) = places[&(period.as_str(), event.as_str())];
                    own.insert(whole[period].1[at], values);
                }
            }
            made(observations, &calendar, |meetings| {
                let of = |meeting| own.get(meeting).map_or_else(|| vec![f64::NAN; n], |values| (*values).clone());
                Ok(meetings.iter().map(of).collect())
            })
        };
        cubes.iter().map(one).collect()
    }
}

/// True where the row says something: a count of 0 does, a share of nothing does not.
fn is_counted(row: &Observation, kinds: &[Kind]) -> bool {
    !kinds[usize::from(row.indicator)].has_exposure() || row.exposure > 0.0
}

fn calendar(
    observations: &Observations,
    held: impl Iterator<Item = usize>,
    period_of: impl Fn(&Meeting) -> String,
) -> Calendar {
    let mut by_period: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in held {
        by_period.entry(period_of(&observations.meetings[at])).or_default().push(at);
    }
    let when = |at: &usize| {
        let meeting = &observations.meetings[*at];
        (meeting.day, meeting.id.clone(), *at)
    };
    let mut calendar: Calendar = by_period.into_iter().collect();
    calendar.iter_mut().for_each(|(_, meetings)| meetings.sort_by_cached_key(when));
    // Names of periods need not sort by time; of two that begin on one day the names decide, for they are sorted already.
    calendar.sort_by_key(|(_, meetings)| observations.meetings[meetings[0]].day);
    calendar
}

fn made(
    observations: &Observations,
    calendar: &Calendar,
    values: impl Fn(&[usize]) -> Result<Vec<Vec<f64>>, Error>,
) -> Result<Cube, Error> {
    let periods = calendar.iter().map(|(period, _)| period.clone()).collect();
    let id = |at: &usize| observations.meetings[*at].id.clone();
    let events = calendar.iter().map(|(_, meetings)| meetings.iter().map(id).collect()).collect();
    let values = calendar.iter().map(|(_, meetings)| values(meetings)).collect::<Result<_, _>>()?;
    Cube::new(observations.organisations.clone(), periods, events, values)
}

fn of_meeting(kind: Kind, rows: &[Observation], n_organisations: usize) -> Vec<f64> {
    let (mut events, mut exposure) = (vec![0.0; n_organisations], vec![0.0; n_organisations]);
    let mut items: BTreeSet<(u32, u32)> = BTreeSet::new();
    for row in rows {
        let own = row.organisation as usize;
        let mut is_new = || row.events > 0.0 && items.insert((row.organisation, row.item));
        events[own] += if kind == Kind::Breadth { f64::from(u8::from(is_new())) } else { row.events };
        exposure[own] += row.exposure;
    }
    // Without exposure 0 / 0 is missing.
    let share = || events.iter().zip(&exposure).map(|(events, exposure)| events / exposure).collect();
    if kind.has_exposure() { share() } else { events }
}

fn of_period(observations: &Observations, meetings: &[usize]) -> Observations {
    let own: BTreeSet<usize> = meetings.iter().copied().collect();
    let rows = observations.rows.iter().filter(|row| own.contains(&(row.meeting as usize)));
    Observations { rows: rows.copied().collect(), ..observations.clone() }
}

fn pseudo_values(
    observations: &Observations,
    meetings: &[usize],
    score: impl Fn(&Observations) -> Result<Vec<f64>, Error>,
) -> Result<Vec<Vec<f64>>, Error> {
    let whole = score(observations)?;
    if meetings.len() < 2 {
        return Ok(vec![whole; meetings.len()]);
    }
    let n = meetings.len() as f64;
    let mut left = observations.clone();
    let of = |&meeting: &usize| {
        for (row, was) in left.rows.iter_mut().zip(&observations.rows) {
            // Rows of 0 stay, so that the indicator stays observed and its weight is not handed on.
            let times = if was.meeting as usize == meeting { 0.0 } else { n / (n - 1.0) };
            (row.events, row.exposure) = (was.events * times, was.exposure * times);
        }
        let without = score(&left)?;
        Ok(whole.iter().zip(&without).map(|(whole, without)| n * whole - (n - 1.0) * without).collect())
    };
    meetings.iter().map(of).collect()
}

fn places<'a>(whole: &'a Calendar, observations: &'a Observations) -> Result<Places<'a>, Error> {
    let (mut places, mut faults) = (BTreeMap::new(), Vec::new());
    for (at_period, (period, meetings)) in whole.iter().enumerate() {
        for (at, meeting) in meetings.iter().enumerate() {
            let id = observations.meetings[*meeting].id.as_str();
            if places.insert((period.as_str(), id), (at_period, at)).is_some() {
                let what = format!("expected each meeting once, found `{id}` twice");
                faults.push(Fault::new(period, what, "give each meeting an identifier of its own"));
            }
        }
    }
    if faults.is_empty() { Ok(places) } else { Err(Error::Metric(faults)) }
}

/// The places of all events that any cube has.
fn held(cubes: &[Cube], places: &Places<'_>, observations: &Observations) -> Result<BTreeSet<(usize, usize)>, Error> {
    let (mut held, mut faults) = (BTreeSet::new(), Vec::new());
    for (n, cube) in cubes.iter().enumerate() {
        let mut fault = |what: &str| {
            let hint = "make the cubes of the observations that they are brought together by";
            faults.push(Fault::new(format!("cube {}", n + 1), what, hint));
        };
        if cube.units() != observations.organisations {
            fault("expected the organisations of the observations, found other units");
        }
        for (period, events) in cube.periods().iter().zip(cube.events()) {
            for event in events {
                match places.get(&(period.as_str(), event.as_str())) {
                    Some(place) => _ = held.insert(*place),
                    None => fault(&format!("expected meetings of the observations, found `{event}` in `{period}`")),
                }
            }
        }
    }
    if faults.is_empty() { Ok(held) } else { Err(Error::Metric(faults)) }
}
