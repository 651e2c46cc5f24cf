//! Reviewers: the authors of one change are one reviewer for Word, and several for us.

use std::collections::BTreeSet;

use document::package::{Archive, Node, Refusal, part, relations};

use crate::xml::Xml;

/// What joins the names of those who made one change together.
const AND: &str = "+";
/// How the properties are named that say who the authors are.
const PROPERTY: &str = "Author of changes ";
/// Most authors that are taken from properties.
const MOST: usize = 10_000;

/// The authors of one change as one reviewer: `C102+C112`.
pub(super) fn joined(by: impl Iterator<Item = usize>, authors: &[String]) -> String {
    let names: Vec<&str> = by.filter_map(|author| authors.get(author)).map(String::as_str).collect();
    names.join(AND)
}

/// The part that says who the authors are, as properties that programs keep when they save the file.
pub(super) fn written(authors: &[String]) -> String {
    let mut xml = Xml::new();
    xml.open(
        "Properties",
        &[
            ("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"),
            ("xmlns:vt", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"),
        ],
    );
    for (author, number) in authors.iter().zip(1..) {
        let (id, name) = ((number + 1).to_string(), format!("{PROPERTY}{number}"));
        let values = [("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"), ("pid", &id), ("name", &name)];
        xml.open("property", &values);
        xml.word("vt:lpwstr", &[], author);
        xml.close();
    }
    xml.finish()
}

/// Who has changed anything so far.
#[derive(Default)]
pub(super) struct Reviewers {
    pub names: Vec<String>,
    places: std::collections::BTreeMap<String, usize>,
    /// How many of them the file itself lists.
    n_listed: usize,
}

impl Reviewers {
    /// Reads who the authors are, where the file says so.
    ///
    /// # Errors
    /// A [`Refusal`], where it says so in a way that cannot be read.
    pub fn listed(archive: &Archive<'_>) -> Result<Self, Refusal> {
        let relations = relations(archive, "")?;
        let custom = relations.iter().find(|relation| relation.kind == "custom-properties");
        let Some(custom) = custom.map(|custom| part(archive, &custom.path)).transpose()?.flatten() else {
            return Ok(Self::default());
        };
        let mut reviewers = Self::default();
        for property in custom.tree.root().children().take(MOST) {
            let is_author = property.attribute("name").is_some_and(|name| name.starts_with(PROPERTY));
            if let Some(name) = property.child("lpwstr").map(Node::text).filter(|_| is_author) {
                reviewers.one(name);
            }
        }
        reviewers.n_listed = reviewers.names.len();
        Ok(reviewers)
    }

    /// Returns the authors that a reviewer stands for: himself, or those whose names are joined in his.
    pub fn of(&mut self, name: &str) -> BTreeSet<usize> {
        if !self.places.contains_key(name) {
            let known = |name| self.places.get(name).copied().filter(|place| *place < self.n_listed);
            let several: Option<BTreeSet<usize>> = name.split(AND).map(known).collect();
            if let Some(several) = several {
                return several;
            }
        }
        [self.one(name)].into()
    }

    fn one(&mut self, name: &str) -> usize {
        let next = self.names.len();
        let place = *self.places.entry(name.into()).or_insert(next);
        if place == next {
            self.names.push(name.into());
        }
        place
    }
}
