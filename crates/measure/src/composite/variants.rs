//! The same index under other choices of method: treatment, normalisation, weights, mean.
//!
//! Comes in: a study and a method with its [`Alternatives`](super::Alternatives). Goes out: [`Variants`], from which the
//! scores of any combination of choices follow at the cost of one weighted sum. What does not change from replicate to
//! replicate is done once: each combination of treatment and normalisation, and the scores below the lowest level whose
//! weights are drawn. Where one mean holds at all levels it is linear once its values are carried forward (logarithms,
//! reciprocals, powers), so all levels above collapse into one.

use rayon::prelude::*;

use super::method::Work;
use super::{
    Action, Aggregation, Alternatives, Hierarchy, Mean, Method, Normalisation, Replicates, Step, Study, Table,
    Treatment, aggregated,
};
use crate::draw::{Draws, owner};
use crate::{Error, Fault};

/// Units whose columns are worked on together: their values stay near the processor.
const BLOCK: usize = 512;

/// One combination of choices, by position among the alternatives.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Position among the numbers of winsorised values.
    pub treatment: usize,
    /// Position among the normalisations.
    pub normalisation: usize,
    /// Position among the means.
    pub mean: usize,
    /// Weight of each code within its parent, by level as in the hierarchy.
    pub weights: Vec<Vec<f64>>,
}

/// An index under every combination of choices.
#[derive(Clone, Debug)]
pub struct Variants {
    /// Codes of the units.
    pub units: Vec<String>,
    /// The hierarchy with the weights of the method.
    pub hierarchy: Hierarchy,
    alternatives: Alternatives,
    most_winsorised: Vec<Option<usize>>,
    normalisations: Vec<Normalisation>,
    means: Vec<Mean>,
    availability: f64,
    /// Lowest level, from 0, whose weights are drawn.
    free: usize,
    cells: Vec<Cell>,
    nominal: Vec<f64>,
}

/// One normalised table under one mean.
#[derive(Clone, Debug)]
enum Cell {
    /// Values of the lowest free level, carried forward.
    Linear(Vec<Vec<f64>>),
    /// Values are missing, or the mean is not linear: aggregated level by level each time.
    Stepwise(Table),
}

impl Variants {
    /// Works out every combination of treatment and normalisation once.
    ///
    /// # Errors
    /// [`Error::Profile`] for a method without alternatives, [`Error::Table`] for data on which one of them is not defined.
    pub fn new(study: &Study, method: &Method) -> Result<Self, Error> {
        let alternatives = method.alternatives.clone().ok_or_else(|| {
            let hint = "add a table `[alternatives]` with replicates, seed and interval";
            Error::Profile(vec![Fault::new("alternatives", "expected alternatives, found none", hint)])
        })?;
        let built = super::built(study, method)?;
        let aggregation = method.aggregation();
        let free = alternatives.noise.iter().map(|noise| noise.level.saturating_sub(1)).min();
        let mut variants = Self {
            units: built.units().to_vec(),
            hierarchy: built.hierarchy.clone(),
            most_winsorised: list(&alternatives.most_winsorised, |most| Some(*most), method.most_winsorised()),
            normalisations: list(&alternatives.normalisations, Clone::clone, method.normalisation()),
            means: list(&alternatives.means, |mean| *mean, aggregation.mean_at(0)),
            availability: aggregation.availability,
            free: free.unwrap_or(built.hierarchy.levels.len() - 2),
            cells: Vec::new(),
            nominal: built.index().to_vec(),
            alternatives,
        };
        variants.cells = variants.all_cells(study, &method.steps)?;
        Ok(variants)
    }

    /// Every step is done once for all combinations that agree up to it.
    fn all_cells(&self, study: &Study, steps: &[Step]) -> Result<Vec<Cell>, Error> {
        let is_normalisation = |step: &Step| matches!(step.action, Action::Normalise(_));
        let differs = |step: &Step| is_normalisation(step) || matches!(step.action, Action::Treat(_));
        let (common, steps) = steps.split_at(steps.iter().position(differs).unwrap_or(steps.len()));
        let (treating, normalising) = steps.split_at(steps.iter().position(is_normalisation).unwrap_or(steps.len()));
        let nominal = &self.normalisations[0];
        let common = worked(Work::new(study, self.hierarchy.clone()), common, None, nominal)?;
        let under = |most: &Option<usize>| {
            let treated = worked(common.clone(), treating, *most, nominal)?;
            let mut cells = Vec::new();
            for normalisation in &self.normalisations {
                let table = worked(treated.clone(), normalising, *most, normalisation)?.study.table;
                for mean in &self.means {
                    cells.push(self.cell(&table, *mean)?);
                }
            }
            Ok(cells)
        };
        // Collected in two steps, so that of several faults the first is told, whichever thread came first.
        let cells: Vec<Result<Vec<Cell>, Error>> = self.most_winsorised.par_iter().map(under).collect();
        Ok(cells.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// Returns the numbers of choices: treatments, normalisations, means.
    #[must_use]
    pub fn sizes(&self) -> [usize; 3] {
        [self.most_winsorised.len(), self.normalisations.len(), self.means.len()]
    }

    /// Returns the scores of the method as it stands.
    #[must_use]
    pub fn nominal(&self) -> &[f64] {
        &self.nominal
    }

    /// Returns the weights of the method, as a choice has them.
    #[must_use]
    pub fn declared_weights(&self) -> Vec<Vec<f64>> {
        self.hierarchy.levels.iter().map(|level| level.weights.clone()).collect()
    }

    /// Returns the scores of all units under some choices, in the order of the choices.
    ///
    /// # Panics
    /// If a choice lies outside the alternatives.
    #[must_use]
    pub fn scores(&self, choices: &[Choice]) -> Vec<Vec<f64>> {
        let mut scores = vec![Vec::new(); choices.len()];
        scores.par_chunks_mut(64).zip(choices.par_chunks(64)).for_each(|(scores, choices)| self.fill(scores, choices));
        scores
    }

    /// Draws choices and returns what comes out: as many replicates as the method asks for.
    #[must_use]
    pub fn replicates(&self) -> Replicates {
        self.replicates_of(self.alternatives.replicates)
    }

    /// Draws `n` choices and returns what comes out.
    #[must_use]
    pub fn replicates_of(&self, n: u32) -> Replicates {
        let choices: Vec<Choice> = (0..n).into_par_iter().map(|replicate| self.drawn(replicate)).collect();
        Replicates::new(self.units.clone(), self.nominal.clone(), self.scores(&choices), self.alternatives.interval)
    }

    /// Returns the choices of one replicate: a function of the seed and its number.
    #[must_use]
    pub fn drawn(&self, replicate: u32) -> Choice {
        let mut draws = Draws::at(self.alternatives.seed, owner("choices of a composite"), replicate, 0);
        let [treatment, normalisation, mean] = self.sizes().map(|n| draws.below(n));
        let mut weights = self.declared_weights();
        for noise in &self.alternatives.noise {
            for weight in weights.get_mut(noise.level - 1).into_iter().flatten() {
                *weight *= 1.0 + noise.share * (2.0 * draws.uniform() - 1.0);
            }
        }
        Choice { treatment, normalisation, mean, weights }
    }

    fn cell(&self, table: &Table, mean: Mean) -> Result<Cell, Error> {
        let aggregation = Aggregation { means: vec![mean], availability: self.availability };
        let levels = aggregated(table, &self.hierarchy, &aggregation)?;
        let is_missing = table.columns.iter().flatten().any(|value| value.is_nan());
        if mean == Mean::MazziottaPareto || is_missing {
            return Ok(Cell::Stepwise(table.clone()));
        }
        let columns = match self.free.checked_sub(1) {
            Some(above) => levels[above].columns.clone(),
            None => {
                self.hierarchy.indicators().iter().filter_map(|code| table.column(code)).map(<[f64]>::to_vec).collect()
            }
        };
        let forward = |column: Vec<f64>| column.into_iter().map(|value| mean.forward(value)).collect();
        Ok(Cell::Linear(columns.into_iter().map(forward).collect()))
    }

    fn cell_of(&self, choice: &Choice) -> &Cell {
        let [_, n_normalisations, n_means] = self.sizes();
        &self.cells[(choice.treatment * n_normalisations + choice.normalisation) * n_means + choice.mean]
    }

    fn fill(&self, scores: &mut [Vec<f64>], choices: &[Choice]) {
        let n = self.units.len();
        let weights: Vec<Vec<f64>> = choices.iter().map(|choice| self.effective(&choice.weights)).collect();
        scores.iter_mut().for_each(|scores| *scores = vec![0.0; n]);
        for from in (0..n).step_by(BLOCK) {
            let block = from..(from + BLOCK).min(n);
            for ((scores, choice), weights) in scores.iter_mut().zip(choices).zip(&weights) {
                if let Cell::Linear(columns) = self.cell_of(choice) {
                    weighted_sum(&mut scores[block.clone()], columns, weights, from);
                    let mean = self.means[choice.mean];
                    scores[block.clone()].iter_mut().for_each(|score| *score = mean.back(*score));
                }
            }
        }
        for (scores, choice) in scores.iter_mut().zip(choices) {
            if let Cell::Stepwise(table) = self.cell_of(choice) {
                *scores = self.stepwise(table, choice);
            }
        }
    }

    fn stepwise(&self, table: &Table, choice: &Choice) -> Vec<f64> {
        let mut hierarchy = self.hierarchy.clone();
        for (level, weights) in hierarchy.levels.iter_mut().zip(&choice.weights) {
            level.weights.clone_from(weights);
        }
        let aggregation = Aggregation { means: vec![self.means[choice.mean]], availability: self.availability };
        let levels = aggregated(table, &hierarchy, &aggregation);
        levels
            .ok()
            .and_then(|mut levels| levels.pop()?.columns.pop())
            .unwrap_or_else(|| vec![f64::NAN; self.units.len()])
    }

    /// Returns the weight of each code of the lowest free level in the whole.
    fn effective(&self, weights: &[Vec<f64>]) -> Vec<f64> {
        let levels = &self.hierarchy.levels;
        let mut above = vec![1.0];
        for at in (self.free..levels.len() - 1).rev() {
            let mut sums = vec![0.0; above.len()];
            for (parent, weight) in levels[at].parents.iter().zip(&weights[at]) {
                sums[*parent] += weight;
            }
            let share = |(parent, weight): (&usize, &f64)| weight / sums[*parent] * above[*parent];
            above = levels[at].parents.iter().zip(&weights[at]).map(share).collect();
        }
        above
    }
}

fn weighted_sum(sums: &mut [f64], columns: &[Vec<f64>], weights: &[f64], from: usize) {
    for (column, weight) in columns.iter().zip(weights) {
        for (sum, value) in sums.iter_mut().zip(&column[from..]) {
            *sum += weight * value;
        }
    }
}

fn list<T, U>(alternatives: &[T], of: impl Fn(&T) -> U, nominal: U) -> Vec<U> {
    if alternatives.is_empty() { vec![nominal] } else { alternatives.iter().map(of).collect() }
}

/// Does some steps, with the treatment and the normalisation of the method replaced; aggregation is left to the cells.
fn worked(
    mut work: Work,
    steps: &[Step],
    most_winsorised: Option<usize>,
    normalisation: &Normalisation,
) -> Result<Work, Error> {
    for step in steps {
        match &step.action {
            Action::Aggregate(_) => {}
            Action::Normalise(_) => work.done(&Action::Normalise(normalisation.clone()))?,
            Action::Treat(treatment) => work.done(&Action::Treat(Treatment { most_winsorised, ..*treatment }))?,
            other => work.done(other)?,
        }
    }
    // Nobody asks these combinations for their stages.
    work.built.stages.clear();
    Ok(work)
}
