//! The coherence audit: whether the indicators of a group belong together, and the group to what stands above it.
//!
//! Comes in: normalised, directed values of a group and the score of its parent. Goes out: correlations, reliability and
//! dimensions, and a [`Finding`] for each rule of thumb that does not hold. A finding is a question to the index's author and
//! never changes a number.

use super::{Items, Table, alpha_if_deleted, correlation, cronbach_alpha, principal_components};

/// The limits beyond which something is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Two indicators of a group with a correlation above this, of either sign, say nearly the same.
    pub redundant: f64,
    /// Two indicators of a group with a correlation below this work against each other.
    pub conflicting: f64,
    /// An indicator whose correlation with a denominator is above this, of either sign, measures size.
    pub size: f64,
    /// An indicator whose correlation with its parent is below this is hardly heard in it.
    pub silent: f64,
    /// An indicator whose correlation with its parent is above this is nearly all that is heard.
    pub dominant: f64,
    /// A group with a lower alpha than this does not measure one thing reliably.
    pub reliable: f64,
    /// A group whose first component explains less than this share of variance has more than one dimension.
    pub first_share: f64,
}

impl Default for Rules {
    /// The rules of thumb of the JRC's audits; see [`audit_group`].
    fn default() -> Self {
        Self {
            redundant: 0.9,
            conflicting: -0.4,
            size: 0.6,
            silent: 0.30,
            dominant: 0.92,
            reliable: 0.7,
            first_share: 0.6,
        }
    }
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Two indicators say nearly the same and together count twice.
    Redundant,
    /// Two indicators work against each other, so that their mean says little of either.
    Conflicting,
    /// An indicator goes with a denominator: dividing by it is to be considered.
    Size,
    /// An indicator is hardly heard in its parent.
    Silent,
    /// An indicator nearly alone decides its parent.
    Dominant,
    /// The group does not measure one thing reliably.
    Unreliable,
    /// The group has more than one component with an eigenvalue above 1, or the first one explains too little.
    SeveralDimensions,
}

/// One rule of thumb that does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is about.
    pub matter: Matter,
    /// The codes concerned: one or two indicators, an indicator and a denominator, or the group.
    pub codes: Vec<String>,
    /// The figure: a correlation, an alpha, a share or a number of components.
    pub value: f64,
    /// The limit that it passes.
    pub limit: f64,
}

/// The figures of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupAudit {
    /// Correlations between indicators, in the order of the columns.
    pub correlations: Vec<Vec<f64>>,
    /// Correlation of each indicator with the parent.
    pub with_parent: Vec<f64>,
    /// Cronbach's alpha of the values as given; `NaN` for a group of one.
    pub alpha: f64,
    /// The alpha of the group without each indicator.
    pub alpha_if_deleted: Vec<f64>,
    /// Variance that each principal component explains, descending; empty where there are none, because an indicator does
    /// not vary or no two units have all values.
    pub eigenvalues: Vec<f64>,
    /// What does not hold.
    pub findings: Vec<Finding>,
}

/// Returns the correlation of each indicator of `of` (row) with each of `with` (column), each over the units at which both
/// are there; `NaN` where it is not defined. Both tables have the same units in the same order.
///
/// # Panics
/// If the tables differ in units.
///
/// ```
/// use measure::composite::{Table, correlations};
/// let table = |code: &str, column: [f64; 3]| Table {
///     units: ["a", "b", "c"].map(String::from).to_vec(),
///     indicators: vec![code.to_string()],
///     columns: vec![column.to_vec()],
/// };
/// assert_eq!(correlations(&table("x", [1.0, 2.0, 3.0]), &table("y", [3.0, 2.0, 1.0])), [[-1.0]]);
/// ```
#[must_use]
pub fn correlations(of: &Table, with: &Table) -> Vec<Vec<f64>> {
    assert_eq!(of.units, with.units, "both tables have the same units");
    let row = |one: &Vec<f64>| with.columns.iter().map(|other| correlation(one, other)).collect();
    of.columns.iter().map(row).collect()
}

/// Returns the audit of the group `code` with the indicators `members` and the parent's scores.
///
/// # Panics
/// If `parent` has not as many values as there are units.
///
/// # Source
/// OECD and JRC, "Handbook on Constructing Composite Indicators" (2008), chapter 4; the limits are those of the JRC's
/// statistical audits, which are rules of thumb and not tests.
///
/// ```
/// use measure::composite::{Matter, Rules, Table, audit_group};
/// let members = Table {
///     units: ["a", "b", "c"].map(String::from).to_vec(),
///     indicators: vec!["x".to_string(), "y".to_string()],
///     columns: vec![vec![1.0, 2.0, 3.0], vec![2.0, 4.0, 6.0]],
/// };
/// let audit = audit_group("group", &members, &[1.5, 3.0, 4.5], &Rules::default());
/// assert_eq!(audit.findings[0].matter, Matter::Redundant);
/// ```
#[must_use]
pub fn audit_group(code: &str, members: &Table, parent: &[f64], rules: &Rules) -> GroupAudit {
    let components = principal_components(&members.columns);
    let mut audit = GroupAudit {
        correlations: correlations(members, members),
        with_parent: members.columns.iter().map(|column| correlation(column, parent)).collect(),
        alpha: cronbach_alpha(&members.columns, Items::AsGiven),
        alpha_if_deleted: alpha_if_deleted(&members.columns, Items::AsGiven),
        eigenvalues: components.map(|components| components.eigenvalues).unwrap_or_default(),
        findings: Vec::new(),
    };
    audit.findings = pairs(members, &audit.correlations, rules);
    audit.findings.extend(with_parent(members, &audit.with_parent, rules));
    audit.findings.extend(as_a_whole(code, &audit, rules));
    audit
}

/// Returns a finding for each pair of indicators of `members` that is redundant or in conflict under `rules`.
///
/// ```
/// use measure::composite::{Matter, Rules, Table, pairs_to_question};
/// let members = Table {
///     units: ["a", "b", "c"].map(String::from).to_vec(),
///     indicators: vec!["x".to_string(), "y".to_string()],
///     columns: vec![vec![1.0, 2.0, 3.0], vec![3.0, 1.0, 2.0]],
/// };
/// assert_eq!(pairs_to_question(&members, &Rules::default())[0].matter, Matter::Conflicting);
/// ```
#[must_use]
pub fn pairs_to_question(members: &Table, rules: &Rules) -> Vec<Finding> {
    pairs(members, &correlations(members, members), rules)
}

/// Returns a finding for each of `indicators`, in their raw units, that goes with one of `denominators`.
///
/// # Panics
/// If the tables differ in units.
///
/// ```
/// use measure::composite::{Rules, Table, sizes_to_question};
/// let table = |code: &str, column: [f64; 3]| Table {
///     units: ["a", "b", "c"].map(String::from).to_vec(),
///     indicators: vec![code.to_string()],
///     columns: vec![column.to_vec()],
/// };
/// let (papers, staff) = (table("papers", [2.0, 4.0, 9.0]), table("staff", [20.0, 40.0, 90.0]));
/// assert_eq!(sizes_to_question(&papers, &staff, &Rules::default())[0].codes, ["papers", "staff"]);
/// ```
#[must_use]
pub fn sizes_to_question(indicators: &Table, denominators: &Table, rules: &Rules) -> Vec<Finding> {
    let values = correlations(indicators, denominators);
    let each = values.iter().zip(&indicators.indicators).flat_map(|(row, indicator)| {
        row.iter().zip(&denominators.indicators).map(move |(value, denominator)| (indicator, denominator, *value))
    });
    each.filter(|(.., value)| value.abs() > rules.size)
        .map(|(indicator, denominator, value)| finding(Matter::Size, &[indicator, denominator], (value, rules.size)))
        .collect()
}

fn finding(matter: Matter, codes: &[&str], (value, limit): (f64, f64)) -> Finding {
    Finding { matter, codes: codes.iter().map(|code| (*code).to_string()).collect(), value, limit }
}

fn pairs(members: &Table, values: &[Vec<f64>], rules: &Rules) -> Vec<Finding> {
    let codes = &members.indicators;
    let mut findings = Vec::new();
    for i in 0..codes.len() {
        for j in i + 1..codes.len() {
            let (value, pair) = (values[i][j], [codes[i].as_str(), codes[j].as_str()]);
            if value.abs() > rules.redundant {
                findings.push(finding(Matter::Redundant, &pair, (value, rules.redundant)));
            }
            if value < rules.conflicting {
                findings.push(finding(Matter::Conflicting, &pair, (value, rules.conflicting)));
            }
        }
    }
    findings
}

fn with_parent(members: &Table, values: &[f64], rules: &Rules) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (code, &value) in members.indicators.iter().zip(values) {
        if value < rules.silent {
            findings.push(finding(Matter::Silent, &[code], (value, rules.silent)));
        }
        // An only child is its parent.
        if value > rules.dominant && values.len() > 1 {
            findings.push(finding(Matter::Dominant, &[code], (value, rules.dominant)));
        }
    }
    findings
}

fn as_a_whole(code: &str, audit: &GroupAudit, rules: &Rules) -> Vec<Finding> {
    let mut findings = Vec::new();
    if audit.alpha < rules.reliable {
        findings.push(finding(Matter::Unreliable, &[code], (audit.alpha, rules.reliable)));
    }
    let n_above_one = audit.eigenvalues.iter().filter(|value| **value > 1.0).count();
    if n_above_one > 1 {
        findings.push(finding(Matter::SeveralDimensions, &[code], (n_above_one as f64, 1.0)));
    }
    let n = audit.eigenvalues.len() as f64;
    if let Some(share) = audit.eigenvalues.first().map(|value| value / n).filter(|share| *share < rules.first_share) {
        findings.push(finding(Matter::SeveralDimensions, &[code], (share, rules.first_share)));
    }
    findings
}
