//! The index with all that is uncertain about it, taken apart: by layer, by dimension, by pair of organisations.
//!
//! Comes in: what [`index`](crate::index) takes, what is known beside the rows, and the layers that may vary. Goes out: a [`Study`].
//! Each layer can be drawn alone: which meetings were held, who is who, and which method.

use rayon::prelude::*;

use crate::identity::{Identity, Standing};
use crate::index::{
    Index, Part, Score, declared_weights, dimensions, effective_weights, grades, nominal, notes, parts, rank,
};
use crate::series::{Groups, Strata, recency};
use crate::uncertainty::{Holding, Source, Unit, View, replicated};
use crate::{Circumstances, Error, Grade, Kind, Observations, Profile, Replicates};

/// A source of uncertainty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Which meetings were held, and what happened at them: meetings are resampled, and events within them drawn.
    Meetings,
    /// Who is who: uncertain names are decided anew.
    Identity,
    /// Which method: half-life, aggregation and weights are drawn.
    Method,
}

impl Layer {
    /// All layers.
    pub const ALL: [Self; 3] = [Self::Meetings, Self::Identity, Self::Method];
}

/// An index with its replicates and its sub-indices.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// The index under the most probable decisions about names.
    pub index: Index,
    /// The scores' replicates: those of the index, and then those of [`Study::possible`].
    pub replicates: Replicates,
    /// Each dimension as an index of its own, in the order of the profile.
    pub dimensions: Vec<SubIndex>,
    /// Organisations that exist only under less probable decisions about names, with the probability that they do.
    pub possible: Vec<(String, f64)>,
}

/// One dimension as an index of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct SubIndex {
    /// Name of the dimension.
    pub name: String,
    /// The organisations of which anything in the dimension is observed.
    pub scores: Vec<SubScore>,
    /// The replicates, in the order of the study's.
    pub replicates: Replicates,
}

/// One organisation's score in one dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct SubScore {
    /// Name of the organisation.
    pub organisation: String,
    /// 0 to 100.
    pub score: f64,
    /// Lower end of the profile's interval; never above the score.
    pub low: f64,
    /// Upper end of the profile's interval; never below the score.
    pub high: f64,
    /// 1 + the number of ranked organisations with a higher score; `None` at grade D.
    pub rank: Option<u32>,
    /// Best and worst rank within the interval.
    pub ranks: Option<[u32; 2]>,
    /// Share of the dimension's weight that is observed for this organisation.
    pub coverage: f64,
    /// Grade of that coverage.
    pub grade: Grade,
}

impl SubScore {
    /// A score with the interval and the ranks of the unit at a position, which hold the nominal ones.
    pub(crate) fn among(
        replicates: &Replicates,
        at: usize,
        organisation: String,
        score: f64,
        (coverage, grade): (f64, Grade),
    ) -> Self {
        let [low, high] = replicates.score_interval(at).unwrap_or([score; 2]);
        let rank = replicates.nominal_rank(at);
        let ranks = rank.zip(replicates.rank_interval(at)).map(|(rank, [low, high])| [low.min(rank), high.max(rank)]);
        Self { organisation, score, low: low.min(score), high: high.max(score), rank, ranks, coverage, grade }
    }
}

/// How much of the variance of an organisation's score each layer makes alone.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerVariance {
    /// Name of the organisation.
    pub organisation: String,
    /// Variance of the score under each layer alone, in the order of [`Layer::ALL`]; in squared points.
    pub alone: [f64; 3],
    /// Variance under all layers together.
    pub together: f64,
}

impl LayerVariance {
    /// Returns what the layers make together beyond the sum of what each makes alone: their interplay. May be below 0, and
    /// `together` may even be below one of the layers, for choices of method may flatten what meetings vary.
    #[must_use]
    pub fn rest(&self) -> f64 {
        self.together - self.alone.iter().sum::<f64>()
    }
}

/// Returns the index of all organisations as of a day, with replicates under `layers` and the sub-indices.
///
/// With no circumstances and all layers the index is that of [`index`](crate::index), to the last bit.
///
/// # Errors
/// As [`index`](crate::index), and [`Error::Observations`] for circumstances that do not fit the observations.
pub fn study(
    observations: &Observations,
    kinds: &[Kind],
    profile: &Profile,
    as_of_day: i32,
    circumstances: &Circumstances,
    layers: &[Layer],
) -> Result<Study, Error> {
    let source = source(observations, kinds, profile, as_of_day, circumstances)?;
    let drawn = draw(&source, layers, &dimension_views(&source));
    let mut by_view = drawn.by_view.into_iter();
    let replicates = by_view.next().expect("the whole is the first view");
    let index = index_of(&source, drawn.scores, &replicates);
    let possible = |at: usize| (replicates.organisations()[at].clone(), replicates.p_exists(at));
    let dimensions = by_view.enumerate().map(|(at, own)| sub_index(&source, at, &index, own)).collect();
    let possible = (index.scores.len()..replicates.organisations().len()).map(possible).collect();
    Ok(Study { index, dimensions, possible, replicates })
}

/// Returns the variance of every score under each layer alone and under all together, in the order of the index.
///
/// Four sets of replicates are drawn, so it takes four times as long as the index. Without links the layer of identity has
/// variance 0 exactly. The variance under all need not reach that of each alone, see [`LayerVariance::rest`].
///
/// # Errors
/// As [`study`].
pub fn layer_variances(
    observations: &Observations,
    kinds: &[Kind],
    profile: &Profile,
    as_of_day: i32,
    circumstances: &Circumstances,
) -> Result<Vec<LayerVariance>, Error> {
    let source = source(observations, kinds, profile, as_of_day, circumstances)?;
    let whole = [whole_view(&source)];
    let variances = |layers: &[Layer]| -> Vec<(String, f64)> {
        let drawn = draw(&source, layers, &whole);
        let replicates = &drawn.by_view[0];
        let one = |(at, score): (usize, &Score)| (score.organisation.clone(), replicates.variance(at));
        drawn.scores.iter().enumerate().map(one).collect()
    };
    let alone: [Vec<(String, f64)>; 3] = Layer::ALL.map(|layer| variances(&[layer]));
    let one = |(at, (organisation, together)): (usize, (String, f64))| LayerVariance {
        organisation,
        alone: [0, 1, 2].map(|layer: usize| alone[layer][at].1),
        together,
    };
    Ok(variances(&Layer::ALL).into_iter().enumerate().map(one).collect())
}

/// Checks everything and gathers what scores are made of.
pub(crate) fn source<'a>(
    observations: &'a Observations,
    kinds: &[Kind],
    profile: &'a Profile,
    as_of_day: i32,
    circumstances: &'a Circumstances,
) -> Result<Source<'a>, Error> {
    profile.check()?;
    observations.check(kinds)?;
    circumstances.check(observations)?;
    let uncertainty = &profile.uncertainty;
    Ok(Source {
        observations,
        circumstances,
        groups: Groups::new(observations),
        strata: Strata::new(observations),
        identity: Identity::new(observations, circumstances, uncertainty.seed, uncertainty.replicates),
        parts: parts(observations, kinds, profile)?,
        profile,
        as_of_day,
    })
}

/// Nominal scores, and replicates by view: first of those scores, then of organisations that exist only by chance.
pub(crate) struct Drawn {
    pub(crate) scores: Vec<Score>,
    pub(crate) by_view: Vec<Replicates>,
}

pub(crate) fn whole_view(source: &Source<'_>) -> View {
    let (of_dimensions, of_parts) = declared_weights(&source.parts, source.profile);
    View { of_dimensions, of_parts }
}

/// Returns the view of the whole, and then that of each dimension.
fn dimension_views(source: &Source<'_>) -> Vec<View> {
    let whole = whole_view(source);
    let n = whole.of_dimensions.len();
    let one = |own: usize| View {
        of_dimensions: (0..n).map(|at| f64::from(u8::from(at == own))).collect(),
        of_parts: whole.of_parts.clone(),
    };
    let dimensions: Vec<View> = (0..n).map(one).collect();
    std::iter::once(whole).chain(dimensions).collect()
}

/// One organisation with its nominal score, without rank.
pub(crate) struct Reading {
    pub(crate) score: Option<Score>,
    pub(crate) unit: Unit,
}

/// Returns all that have a score in any replicate: first those with a nominal score.
pub(crate) fn readings(source: &Source<'_>, layers: &[Layer]) -> Vec<Reading> {
    let weights = recency(source.observations, source.profile.recency.half_life_days, source.as_of_day);
    let all: Vec<Reading> = (0..source.observations.organisations.len())
        .into_par_iter()
        .filter_map(|organisation| {
            let members = source.identity.nominal(organisation);
            let score = nominal(source, &weights, organisation, &members);
            let unit = unit(source, organisation, score.as_ref(), layers)?;
            Some(Reading { score, unit })
        })
        .collect();
    let (sure, unsure): (Vec<_>, Vec<_>) = all.into_iter().partition(|reading| reading.score.is_some());
    sure.into_iter().chain(unsure).collect()
}

/// Returns nominal scores, without ranks, and the replicates of all that have a score in any.
pub(crate) fn draw(source: &Source<'_>, layers: &[Layer], views: &[View]) -> Drawn {
    let read = readings(source, layers).into_iter().map(|Reading { score, unit }| (score, unit));
    let (scores, units): (Vec<Option<Score>>, Vec<Unit>) = read.unzip();
    let names: Vec<String> =
        units.iter().map(|unit| source.observations.organisations[unit.organisation].clone()).collect();
    let interval = source.profile.uncertainty.interval;
    let drawn = replicated(source, &units, views, layers).into_iter().zip(views).enumerate();
    let by_view = drawn.map(|(at, (own, view))| {
        let whole = at == 0;
        let nominal = |score: &Option<Score>| match score {
            Some(score) if whole => Some(score.score),
            Some(score) => in_view(source, view, score),
            None => None,
        };
        let is_ranked = |unit: &Unit| {
            if whole { unit.is_ranked } else { Grade::of(coverage(source, view, &unit.is_present), 1.0) < Grade::D }
        };
        let (nominal, is_ranked) = (scores.iter().map(nominal).collect(), units.iter().map(is_ranked).collect());
        Replicates::new(names.clone(), nominal, is_ranked, own, interval)
    });
    Drawn { by_view: by_view.collect(), scores: scores.into_iter().flatten().collect() }
}

/// Returns what an organisation holds in the replicates; `None` where it has no score in any.
fn unit(source: &Source<'_>, organisation: usize, score: Option<&Score>, layers: &[Layer]) -> Option<Unit> {
    let holding = |standing: Standing| Holding {
        is_present: source.is_present(&standing.members),
        members: standing.members,
        replicates: standing.replicates,
    };
    let standings = source.identity.standings(organisation, layers).into_iter().map(holding);
    let standings: Vec<Holding> = standings.filter(|holding| holding.is_present.contains(&true)).collect();
    let n = |holding: &&Holding| holding.replicates.as_ref().map_or(usize::MAX, Vec::len);
    let is_present = match score {
        Some(_) => source.is_present(&source.identity.nominal(organisation)),
        None => standings.iter().max_by_key(n)?.is_present.clone(),
    };
    let grade = score.map_or_else(|| grades(&source.parts, source.profile, &is_present).1, |score| score.grade);
    Some(Unit { organisation, is_ranked: grade < Grade::D, is_present, standings })
}

/// Returns a score under another view; `None` where nothing with weight in it is observed.
pub(crate) fn in_view(source: &Source<'_>, view: &View, score: &Score) -> Option<f64> {
    let of = |part: &Part<'_>| score.contributions.iter().find(|own| own.indicator == part.profile.name);
    let own: Vec<Option<f64>> = source.parts.iter().map(|part| of(part).map(|own| own.transformed)).collect();
    let is_present: Vec<bool> = own.iter().map(Option::is_some).collect();
    let weights = effective_weights(&dimensions(&source.parts), &view.of_dimensions, &view.of_parts, &is_present);
    let points = own.iter().zip(&weights).filter_map(|(worth, weight)| Some(100.0 * weight * (*worth)?));
    weights.iter().any(|weight| *weight > 0.0).then(|| points.sum())
}

/// Returns the share of a view's weight that is observed.
pub(crate) fn coverage(source: &Source<'_>, view: &View, is_present: &[bool]) -> f64 {
    let all = vec![true; source.parts.len()];
    let whole = effective_weights(&dimensions(&source.parts), &view.of_dimensions, &view.of_parts, &all);
    whole.iter().zip(is_present).filter(|(_, present)| **present).map(|(weight, _)| weight).sum()
}

/// Returns the index of nominal scores with their replicates.
pub(crate) fn index_of(source: &Source<'_>, mut scores: Vec<Score>, replicates: &Replicates) -> Index {
    rank(&mut scores);
    scores.par_iter_mut().enumerate().for_each(|(at, score)| {
        let [low, high] = replicates.score_interval(at).unwrap_or([score.score; 2]);
        score.low = low.min(score.score);
        score.high = high.max(score.score);
        if let (Some(rank), Some(ranks)) = (score.rank, replicates.rank_interval(at)) {
            score.rank_low = Some(ranks[0].min(rank));
            score.rank_high = Some(ranks[1].max(rank));
            score.p_top10 = replicates.p_top(at, 10);
        }
    });
    let unobserved = source.parts.iter().filter(|part| part.column.is_none()).map(|part| part.profile.name.clone());
    let unobserved: Vec<String> = unobserved.collect();
    let notes = notes(source.observations, source.profile, &unobserved, &scores);
    Index { method: source.profile.method.clone(), as_of_day: source.as_of_day, scores, unobserved, notes }
}

fn sub_index(source: &Source<'_>, dimension: usize, index: &Index, replicates: Replicates) -> SubIndex {
    let view = &dimension_views(source)[dimension + 1];
    let one = |(at, whole): (usize, &Score)| {
        let score = replicates.nominal()[at]?;
        let of = |part: &Part<'_>| whole.contributions.iter().any(|own| own.indicator == part.profile.name);
        let coverage = coverage(source, view, &source.parts.iter().map(of).collect::<Vec<_>>());
        let name = whole.organisation.clone();
        Some(SubScore::among(&replicates, at, name, score, (coverage, Grade::of(coverage, 1.0))))
    };
    let scores: Vec<SubScore> = index.scores.iter().enumerate().filter_map(one).collect();
    SubIndex { name: source.profile.dimensions[dimension].name.clone(), scores, replicates }
}
