//! Composite indicators of anything: from a table of values to scores, ranks, and how far to trust them.
//!
//! Comes in: a [`Table`] of units by indicators, in which a missing value is not 0. No unit here knows what it measures:
//! countries, organisations and standards bodies are rows alike. Every function is pure, keeps the order of units and
//! indicators, and says what it left out.

mod aggregate;
mod alternatives;
mod audit;
mod denominate;
mod exchange;
mod explain;
mod hierarchy;
mod impute;
mod method;
mod moments;
mod multiple;
mod normalise;
mod order;
mod reliability;
mod replicates;
mod screen;
mod sensitivity;
mod stats;
mod study;
mod table;
mod treat;
mod trend;
mod variants;
mod weigh;

pub use aggregate::{Aggregation, Mean, aggregated};
pub use alternatives::{Alternatives, Noise};
pub use audit::{Finding, GroupAudit, Matter, Rules, audit_group, correlations, pairs_to_question, sizes_to_question};
pub use denominate::denominated;
pub use explain::{Addend, Agreement, Coverage, addends, agreement, coverage, shapley, spearman};
pub use hierarchy::{Hierarchy, Level, Node};
pub use impute::{Context, Imputation, SeriesImputation, imputed, imputed_series};
pub use method::{Action, Built, Method, Step, built};
pub use moments::{correlation, covariance, mean, median, quantile, standard_deviation};
pub use multiple::{ImputationTest, Pooled, imputation_test, imputed_many, pooled};
pub use normalise::{Beyond, Declared, Goalposts, Normalisation, normalised};
pub use order::{Kemeny, KemenySearch, borda, copeland, counts_above_mean, kemeny, n_dominant, outranking};
pub use reliability::{Items, alpha_if_deleted, cronbach_alpha};
pub use replicates::{Replicates, Spread};
pub use screen::{Availability, Screening, availability, availability_by_aggregate, screened};
pub use sensitivity::{
    Estimator, Factor, FactorGrid, GRID_LIMIT, Runs, Sensitivity, SensitivityBasis, SensitivityDesign, SobolIndices,
    level, sensitivity, sensitivity_of_groups,
};
pub use stats::{Stats, kurtosis, skewness};
pub use study::{Description, Role, Study};
pub use table::{Table, ranks};
pub use treat::{Logarithm, Point, Treated, Treatment, points, treated};
pub use trend::{growth_rate, percent_change};
pub use variants::{Choice, Variants};
pub use weigh::{
    BenefitOfDoubt, Block, Bounds, Budget, ComponentWeights, Components, Consistency, Factors, Importance, Judgement,
    Keep, Reach, Rotation, Solutions, TargetWeights, analytic_hierarchy, benefit_of_doubt, budget_allocation,
    equal_weights, factor_weights, group_judgement, importances, principal_components, true_importance, varimax,
    weights_for_importance,
};
