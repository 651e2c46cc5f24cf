//! Tables as others keep them: one of values by unit, one that describes each column.
//!
//! Comes in: two CSV texts in the form of COINr's `iData` and `iMeta`. Goes out: a [`Study`] that holds together, or every
//! fault of both; and back again. Columns that nothing describes are faults, not guesses; the code of a unit, its name and
//! its time are known by their names `uCode`, `uName` and `Time`.
//!
//! # Source
//! W. Becker et al., COINr, vignettes "Building coins" and "Panel data".

use super::{Declared, Goalposts, Hierarchy, Node, Table};
use crate::Error;

/// A table of values, and what each of its columns is.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// Name of each unit, its code where none is given.
    pub names: Vec<String>,
    /// Time of each row, where there is one. In a panel units are called `CODE@TIME`.
    pub times: Vec<Option<i64>>,
    /// The indicators, in the order in which they are described.
    pub table: Table,
    /// What they may be divided by.
    pub denominators: Table,
    /// Groupings: name, and each unit's group.
    pub groups: Vec<(String, Vec<Option<String>>)>,
    /// Every column and aggregate.
    pub descriptions: Vec<Description>,
}

/// What a column is, or an aggregate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Description {
    /// Code: the column's name.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// Level of an indicator (1) or aggregate (2 and more).
    pub level: usize,
    /// Code of the aggregate one level up.
    pub parent: Option<String>,
    /// 1 where more is better, -1 where less is.
    pub direction: f64,
    /// Weight within its parent.
    pub weight: f64,
    /// Unit of its values.
    pub unit: String,
    /// Target, in its unit.
    pub target: Option<f64>,
    /// Code of the denominator.
    pub denominator: Option<String>,
    /// Goalposts, in its unit.
    pub goalposts: Option<Goalposts>,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Measured.
    Indicator,
    /// Made from others.
    Aggregate,
    /// A grouping of units.
    Group,
    /// Something to divide by.
    Denominator,
    /// Kept, not used.
    #[default]
    Other,
}

impl Role {
    /// Every role with its word in the tables.
    pub const WORDS: [(Self, &'static str); 5] = [
        (Self::Indicator, "Indicator"),
        (Self::Aggregate, "Aggregate"),
        (Self::Group, "Group"),
        (Self::Denominator, "Denominator"),
        (Self::Other, "Other"),
    ];
}

impl Study {
    /// Returns the hierarchy that the descriptions make.
    ///
    /// # Errors
    /// [`Error::Table`] with every fault.
    pub fn hierarchy(&self) -> Result<Hierarchy, Error> {
        Hierarchy::new(&self.described(&[Role::Indicator, Role::Aggregate]).map(node).collect::<Vec<_>>())
    }

    /// Returns what is declared of each indicator, in the order of the table.
    #[must_use]
    pub fn declared(&self) -> Vec<Declared> {
        let one = |found: &Description| Declared {
            direction: found.direction,
            target: found.target,
            goalposts: found.goalposts,
        };
        self.described(&[Role::Indicator]).map(one).collect()
    }

    /// Returns the denominator of each indicator, in the order of the table.
    #[must_use]
    pub fn denominators_of(&self) -> Vec<Option<String>> {
        self.described(&[Role::Indicator]).map(|found| found.denominator.clone()).collect()
    }

    /// Returns the study with some of its units, by position.
    #[must_use]
    pub fn only(&self, units: &[usize]) -> Self {
        let groups = |(name, groups): &(String, Vec<Option<String>>)| {
            (name.clone(), units.iter().map(|&at| groups[at].clone()).collect())
        };
        Self {
            names: units.iter().map(|&at| self.names[at].clone()).collect(),
            times: units.iter().map(|&at| self.times[at]).collect(),
            table: self.table.only(units),
            denominators: self.denominators.only(units),
            groups: self.groups.iter().map(groups).collect(),
            descriptions: self.descriptions.clone(),
        }
    }

    /// Returns the descriptions of some roles, in their order.
    pub fn described<'a>(&'a self, roles: &'a [Role]) -> impl Iterator<Item = &'a Description> {
        self.descriptions.iter().filter(|found| roles.contains(&found.role))
    }
}

fn node(found: &Description) -> Node {
    Node { code: found.code.clone(), level: found.level, parent: found.parent.clone(), weight: found.weight }
}
