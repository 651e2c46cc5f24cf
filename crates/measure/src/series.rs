//! One organisation's rows of one indicator, gathered by meeting under recency weights.
//!
//! Comes in: sorted rows and a weight for each meeting. Goes out: a [`Series`], from which the value, the spread between
//! meetings and the spread of independent events follow. Every kind becomes sums over meetings here, so that a replicate
//! is one weighted sum.

use crate::{Kind, Observation, Observations};

/// Rows by organisation and indicator, each group ordered by meeting and item.
pub(crate) struct Groups {
    rows: Vec<Observation>,
    starts: Vec<usize>,
    n_indicators: usize,
}

impl Groups {
    pub(crate) fn new(observations: &Observations) -> Self {
        let mut rows = observations.rows.clone();
        rows.sort_by_key(|row| (row.organisation, row.indicator, row.meeting, row.item));
        let n_indicators = observations.indicators.len();
        let mut starts = vec![0; observations.organisations.len() * n_indicators + 1];
        for row in &rows {
            starts[row.organisation as usize * n_indicators + usize::from(row.indicator) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { rows, starts, n_indicators }
    }

    pub(crate) fn rows(&self, organisation: usize, indicator: usize) -> &[Observation] {
        let at = organisation * self.n_indicators + indicator;
        &self.rows[self.starts[at]..self.starts[at + 1]]
    }

    /// Returns the rows that several names hold together. A share's item that two of them have (a meeting to which both
    /// came) is one item, so the larger of each amount stands; shared credits of a count add up, as they do for one name.
    pub(crate) fn together(&self, names: &[usize], indicator: usize, kind: Kind) -> Vec<Observation> {
        let mut rows: Vec<Observation> = Vec::new();
        for &name in names {
            rows.extend(self.by_place(name, indicator, kind));
        }
        rows.sort_by_key(|row| (row.meeting, row.item));
        if kind.has_exposure() {
            rows.dedup_by(|next, kept| {
                let is_same = (next.meeting, next.item) == (kept.meeting, kept.item);
                if is_same {
                    kept.exposure = kept.exposure.max(next.exposure);
                    kept.events = kept.events.max(next.events);
                }
                is_same
            });
        }
        rows
    }

    /// Returns one name's rows, with equal places of a share summed, so that several names can be compared by place.
    fn by_place(&self, name: usize, indicator: usize, kind: Kind) -> Vec<Observation> {
        let mut rows = self.rows(name, indicator).to_vec();
        if kind.has_exposure() {
            rows.dedup_by(|next, kept| {
                let is_same = (next.meeting, next.item) == (kept.meeting, kept.item);
                if is_same {
                    kept.exposure += next.exposure;
                    kept.events += next.events;
                }
                is_same
            });
        }
        rows
    }
}

/// The meetings at which anything at all was counted, and their bodies.
pub(crate) struct Strata<'a> {
    /// Body of each meeting, or `None` where nothing was counted: such a meeting is not resampled.
    pub(crate) body_of: Vec<Option<usize>>,
    /// Meetings of each body, in the order given.
    pub(crate) meetings_of: Vec<Vec<usize>>,
    /// Names of the bodies, sorted.
    pub(crate) bodies: Vec<&'a str>,
}

impl<'a> Strata<'a> {
    pub(crate) fn new(observations: &'a Observations) -> Self {
        let mut counted = vec![false; observations.meetings.len()];
        for row in &observations.rows {
            counted[row.meeting as usize] = true;
        }
        let mut bodies: Vec<&str> = observations.meetings.iter().map(|meeting| meeting.body.as_str()).collect();
        bodies.sort_unstable();
        bodies.dedup();
        let mut meetings_of = vec![Vec::new(); bodies.len()];
        let mut body_of = vec![None; observations.meetings.len()];
        for (at, meeting) in observations.meetings.iter().enumerate().filter(|(at, _)| counted[*at]) {
            let body = bodies.binary_search(&meeting.body.as_str()).expect("every meeting's body is in the list");
            meetings_of[body].push(at);
            body_of[at] = Some(body);
        }
        Self { body_of, meetings_of, bodies }
    }

    /// Returns the mean of `weights` over the meetings at which anything was counted, or 1 where there is none.
    pub(crate) fn mean(&self, weights: &[f64]) -> f64 {
        let n = self.body_of.iter().flatten().count();
        let sum: f64 = self.body_of.iter().zip(weights).filter(|(body, _)| body.is_some()).map(|(_, w)| w).sum();
        if n == 0 { 1.0 } else { sum / n as f64 }
    }
}

/// Returns 2^(-age / half-life) for each meeting; a meeting not over by `as_of_day` has age 0. Never below 2^-30, for a sum
/// of weights must not vanish where there were rows.
pub(crate) fn recency(observations: &Observations, half_life_days: f64, as_of_day: i32) -> Vec<f64> {
    let age = |day: i32| f64::from(as_of_day.saturating_sub(day).max(0));
    observations.meetings.iter().map(|meeting| (-age(meeting.day) / half_life_days).max(-30.0).exp2()).collect()
}

/// What one meeting adds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    pub(crate) meeting: usize,
    pub(crate) events: f64,
    pub(crate) exposure: f64,
}

/// One organisation's rows of one indicator under recency weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Series {
    /// By meeting, ascending, each once.
    pub(crate) cells: Vec<Cell>,
    /// Weighted events.
    pub(crate) events: f64,
    /// Weighted exposure.
    pub(crate) exposure: f64,
    /// Sum of the squares of the weighted events: the variance that independent events would have.
    pub(crate) squares: f64,
    /// Sum of squared weights times exposure: with `exposure`, the effective number of trials.
    pub(crate) exposure_squares: f64,
    /// Largest weighted event.
    pub(crate) largest: f64,
    /// Number of rows with events.
    pub(crate) n_events: usize,
}

impl Series {
    pub(crate) fn new(kind: Kind, rows: &[Observation], weights: &[f64]) -> Self {
        if kind == Kind::Breadth { Self::of_items(rows, weights) } else { Self::of_rows(rows, weights) }
    }

    fn of_rows(rows: &[Observation], weights: &[f64]) -> Self {
        let mut series = Self::default();
        for row in rows {
            let weight = weights[row.meeting as usize];
            series.event(weight * row.events);
            series.exposure += weight * row.exposure;
            series.exposure_squares += weight * weight * row.exposure;
            series.add(row.meeting as usize, weight * row.events, weight * row.exposure);
        }
        series
    }

    /// An item counts once, at its heaviest meeting's weight. Its count is spread evenly over the meetings at which it was
    /// seen: resampling meetings then keeps the expected breadth, where counting distinct items anew in each replicate
    /// would lose a third of those seen only once.
    fn of_items(rows: &[Observation], weights: &[f64]) -> Self {
        let mut seen: Vec<(u32, usize)> =
            rows.iter().filter(|row| row.events > 0.0).map(|row| (row.item, row.meeting as usize)).collect();
        seen.sort_unstable();
        seen.dedup();
        let mut series = Self::default();
        let mut cells = Vec::new();
        for item in seen.chunk_by(|one, other| one.0 == other.0) {
            let weight = item.iter().map(|&(_, meeting)| weights[meeting]).fold(0.0, f64::max);
            series.event(weight);
            cells.extend(item.iter().map(|&(_, meeting)| (meeting, weight / item.len() as f64)));
        }
        cells.sort_by_key(|&(meeting, _)| meeting);
        for (meeting, events) in cells {
            series.add(meeting, events, 0.0);
        }
        series
    }

    fn event(&mut self, events: f64) {
        self.events += events;
        self.squares += events * events;
        self.largest = self.largest.max(events);
        self.n_events += usize::from(events > 0.0);
    }

    fn add(&mut self, meeting: usize, events: f64, exposure: f64) {
        match self.cells.last_mut() {
            Some(cell) if cell.meeting == meeting => {
                cell.events += events;
                cell.exposure += exposure;
            }
            _ => self.cells.push(Cell { meeting, events, exposure }),
        }
    }

    /// Number of meetings with events.
    pub(crate) fn n_meetings(&self) -> usize {
        self.cells.iter().filter(|cell| cell.events > 0.0).count()
    }

    /// Effective number of events: the sum squared over the sum of squares, 0 without events.
    pub(crate) fn n_effective(&self) -> f64 {
        if self.squares > 0.0 { self.events * self.events / self.squares } else { 0.0 }
    }

    /// Returns the variance, over resamplings of the meetings within their bodies, of the sum of events - share x exposure.
    pub(crate) fn variance_between(&self, strata: &Strata<'_>, share: f64) -> f64 {
        let mut sums = vec![(0.0, 0.0); strata.meetings_of.len()];
        for cell in &self.cells {
            let residual = cell.events - share * cell.exposure;
            if let Some(body) = strata.body_of[cell.meeting] {
                sums[body].0 += residual;
                sums[body].1 += residual * residual;
            }
        }
        let one = |((sum, squares), meetings): (&(f64, f64), &Vec<usize>)| {
            if meetings.is_empty() { 0.0 } else { (squares - sum * sum / meetings.len() as f64).max(0.0) }
        };
        sums.iter().zip(&strata.meetings_of).map(one).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Meeting;

    fn row(meeting: u32, item: u32, events: f64, exposure: f64) -> Observation {
        Observation { indicator: 0, organisation: 0, meeting, item, events, exposure }
    }

    fn two_meetings() -> Observations {
        let meeting = |id: &str, day| Meeting { id: id.into(), body: "x".into(), day };
        Observations {
            organisations: vec!["acme".into()],
            meetings: vec![meeting("m1", 0), meeting("m2", 730)],
            indicators: vec!["i".into()],
            rows: vec![row(0, 7, 0.5, 1.0), row(0, 8, 1.0, 1.0), row(1, 7, 1.0, 1.0)],
        }
    }

    #[test]
    fn recency_halves_at_the_half_life() {
        let weights = recency(&two_meetings(), 730.0, 730);
        assert_eq!(weights, [0.5, 1.0]);
        assert_eq!(recency(&two_meetings(), 730.0, 0), [1.0, 1.0], "a meeting to come has age 0");
        assert_eq!(recency(&two_meetings(), 1e-300, 730), [2.0_f64.powi(-30), 1.0], "no weight vanishes");
    }

    #[test]
    fn a_study_period_of_two_years_halves_and_one_year_takes_three_tenths() {
        let mut observations = two_meetings();
        observations.meetings =
            [0, -365, -730, -1460, -2190].map(|day| Meeting { id: day.to_string(), body: "x".into(), day }).to_vec();
        let weights = recency(&observations, 730.0, 0);
        let expected = [1.0, std::f64::consts::FRAC_1_SQRT_2, 0.5, 0.25, 0.125];
        assert!(weights.iter().zip(expected).all(|(one, other)| (one - other).abs() < 1e-15), "{weights:?}");
    }

    #[test]
    fn a_count_is_summed_by_meeting() {
        let observations = two_meetings();
        let series = Series::new(Kind::Count, Groups::new(&observations).rows(0, 0), &[0.5, 1.0]);
        assert_eq!((series.events, series.squares, series.n_events), (1.75, 0.0625 + 0.25 + 1.0, 3));
        assert_eq!(series.cells.iter().map(|cell| cell.events).collect::<Vec<_>>(), [0.75, 1.0]);
        // Two meetings, 0.75 and 1.0: resampling two of them varies the sum by 2 x (0.125 squared).
        let between = series.variance_between(&Strata::new(&observations), 0.0);
        assert!((between - 0.03125).abs() < 1e-15, "{between}");
    }

    #[test]
    fn breadth_counts_an_item_once_and_spreads_it_over_its_meetings() {
        let observations = two_meetings();
        let series = Series::new(Kind::Breadth, Groups::new(&observations).rows(0, 0), &[0.5, 1.0]);
        assert_eq!((series.events, series.n_events), (1.5, 2), "item 7 at weight 1, item 8 at weight 0.5");
        assert_eq!(series.cells.iter().map(|cell| cell.events).collect::<Vec<_>>(), [1.0, 0.5]);
    }
}
