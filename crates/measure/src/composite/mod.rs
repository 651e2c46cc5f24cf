//! Composite indicators of anything: from a table of values to scores, ranks, and how far to trust them.
//!
//! Comes in: a [`Table`] of units by indicators, in which a missing value is not 0. No unit here knows what it measures:
//! countries, organisations and standards bodies are rows alike. Every function is pure, keeps the order of units and
//! indicators, and says what it left out.

mod audit;
mod moments;
mod reliability;
mod table;
mod weigh;

pub use audit::{Finding, GroupAudit, Matter, Rules, audit_group, correlations, pairs_to_question, sizes_to_question};
pub use moments::{correlation, covariance, mean, median, quantile, standard_deviation};
pub use reliability::{Items, alpha_if_deleted, cronbach_alpha};
pub use table::{Table, ranks};
pub use weigh::{
    BenefitOfDoubt, Block, Bounds, Budget, ComponentWeights, Components, Consistency, Factors, Hierarchy, Importance,
    Keep, Reach, Rotation, Solutions, TargetWeights, analytic_hierarchy, benefit_of_doubt, budget_allocation,
    equal_weights, factor_weights, group_judgement, importances, principal_components, true_importance, varimax,
    weights_for_importance,
};
