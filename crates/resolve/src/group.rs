//! Groups: the roll-up of an entity along part of, acquired by and succeeded by, as of a day.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{Actor, Entity, Op, Relation, Standing};

impl Standing {
    /// Returns the group that an entity counts with on a day (`None`: today and later), itself where it stands alone.
    ///
    /// Of several parents on one day the one that came last counts. A successor counts where there is only one: what was
    /// split stays itself. In a circle the first in alphabetical order stands for all.
    #[must_use]
    pub fn group_of<'a>(&'a self, slug: &'a str, as_of: Option<Date>) -> &'a str {
        let mut path = vec![slug];
        let mut seen = BTreeSet::from([slug]);
        while let Some(next) = self.parent(path[path.len() - 1], as_of) {
            if !seen.insert(next) {
                let first = path.iter().position(|one| *one == next).unwrap_or_default();
                return path[first..].iter().copied().min().unwrap_or(slug);
            }
            path.push(next);
        }
        path[path.len() - 1]
    }

    /// Returns the entities that count with a group on a day, itself among them.
    pub fn group<'a>(&'a self, slug: &'a str, as_of: Option<Date>) -> impl Iterator<Item = &'a Entity> {
        self.entities().iter().filter(move |entity| self.group_of(&entity.slug, as_of) == slug)
    }

    /// Returns the relations in which an entity stands on either side.
    pub fn relations_of<'a>(&'a self, slug: &'a str) -> impl Iterator<Item = &'a Relation> {
        self.relations().iter().filter(move |relation| relation.subject == slug || relation.object == slug)
    }

    fn parent<'a>(&'a self, slug: &str, as_of: Option<Date>) -> Option<&'a str> {
        let from = self.relations().partition_point(|relation| relation.subject.as_str() < slug);
        let own = self.relations()[from..].iter().take_while(|relation| relation.subject == slug);
        let own: Vec<&Relation> = own.filter(|relation| relation.holds(as_of)).collect();
        let successors: BTreeSet<&str> =
            own.iter().filter(|one| one.op == Op::SucceededBy).map(|one| one.object.as_str()).collect();
        let upwards = own.into_iter().filter(|one| one.op != Op::SucceededBy || successors.len() == 1);
        let rank = |relation: &&Relation| {
            let is_person = relation.decision.actor == Actor::Person;
            (relation.from, is_person, relation.op, std::cmp::Reverse(relation.object.clone()))
        };
        upwards.max_by_key(rank).map(|relation| relation.object.as_str())
    }
}

impl Relation {
    /// True where it holds on a day (`None`: today and later).
    #[must_use]
    pub fn holds(&self, as_of: Option<Date>) -> bool {
        match as_of {
            Some(day) => self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to),
            None => self.to.is_none(),
        }
    }
}
