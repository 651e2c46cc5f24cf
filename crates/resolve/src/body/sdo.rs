//! The table of standards bodies, consortia and bodies of the United Nations, and what their acronyms mean where.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::written::words;
use crate::key::slug;
use crate::organisation::rows;

/// The shipped table, read when first needed.
pub static SDOS: LazyLock<Sdos> = LazyLock::new(|| Sdos::read(include_str!("../../data/sdos.tsv")));

/// One sense of an acronym: a standards body, or a word of committees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sdo {
    /// Short name: `ETSI`. Several rows may share it.
    pub acronym: String,
    /// Full names; the first is used.
    pub names: Vec<String>,
    /// Acronyms of the bodies that it is a part of; two for a joint body.
    pub parents: Vec<String>,
    /// `international`, `regional`, `national`, `consortium`, `UN agency`, `group`, `assembly` and so on; `word` is no body.
    pub kind: String,
    /// Code of the country of its seat, or the region it is for; empty where it has none or it is not known.
    pub region: String,
    /// Words that tell this sense from others of the same acronym.
    pub context: Vec<String>,
    /// Path in addresses.
    pub id: String,
    /// Where one can look it up.
    pub source: String,
}

/// Standards bodies by all their names.
#[derive(Debug)]
pub struct Sdos {
    rows: Vec<Sdo>,
    named: HashMap<String, Vec<usize>>,
}

impl Sdo {
    /// True for a body, false for a word of committees such as `SG`.
    #[must_use]
    pub fn is_body(&self) -> bool {
        self.kind != "word"
    }

    fn read(cells: &[&str]) -> Option<Self> {
        let [acronym, names, parents, kind, region, context, id, source] = cells else { return None };
        let parts = |cell: &str, by: &str| cell.split(by).filter(|part| !part.is_empty()).map(String::from).collect();
        Some(Self {
            acronym: (*acronym).into(),
            names: parts(names, "; "),
            parents: parts(parents, "; "),
            kind: (*kind).into(),
            region: (*region).into(),
            context: parts(context, " "),
            id: if id.is_empty() { slug(acronym) } else { (*id).into() },
            source: (*source).into(),
        })
    }

    /// How well words beside the acronym fit this sense.
    fn fit(&self, context: &[String]) -> usize {
        self.context.iter().filter(|word| context.contains(word)).count()
    }
}

impl Sdos {
    fn read(text: &str) -> Self {
        let rows: Vec<Sdo> = rows(text).skip(1).filter_map(|cells| Sdo::read(&cells)).collect();
        let mut named: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            let below = row.parents.iter().filter(|_| row.is_body()).map(|parent| format!("{parent} {}", row.acronym));
            let spellings = row.names.iter().chain([&row.acronym, &row.id]).cloned().chain(below);
            let spellings = spellings.map(|name| key(&words(&name)));
            for spelling in spellings.collect::<std::collections::BTreeSet<_>>() {
                named.entry(spelling).or_default().push(at);
            }
        }
        Self { rows, named }
    }

    /// Returns the bodies and words of committees, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &Sdo> {
        self.rows.iter()
    }

    /// Returns the only body of this name; `None` where there is none, or several.
    #[must_use]
    pub fn find(&self, name: &[String]) -> Option<&Sdo> {
        let mut bodies = self.senses(name).filter(|row| row.is_body());
        bodies.next().filter(|_| bodies.next().is_none())
    }

    /// Returns the body that the table calls so as a parent.
    #[must_use]
    pub fn by_acronym(&self, acronym: &str) -> Option<&Sdo> {
        self.rows.iter().find(|row| row.acronym == acronym)
    }

    /// Returns what an acronym means beside these words: its only sense, or the one that they fit best.
    ///
    /// ```
    /// let sense = |acronym, beside| resolve::body::SDOS.sense(acronym, beside).map(|sdo| sdo.names[0].as_str());
    /// assert_eq!(sense("CSA", "Matter over Thread"), Some("Connectivity Standards Alliance"));
    /// assert_eq!(sense("SC", "oneM2M"), Some("Steering Committee"));
    /// assert_eq!(sense("CSA", "a liaison"), None);
    /// ```
    #[must_use]
    pub fn sense(&self, acronym: &str, beside: &str) -> Option<&Sdo> {
        let is_only = self.senses(&words(acronym)).count() == 1;
        let mut context: Vec<String> = beside.split_whitespace().map(str::to_lowercase).collect();
        context.extend(words(beside).iter().map(|word| word.to_lowercase()));
        let mut fits: Vec<(usize, &Sdo)> = self
            .senses(&words(acronym))
            .map(|row| (row.fit(&context), row))
            .filter(|(n, _)| is_only || *n > 0)
            .collect();
        fits.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
        match fits.as_slice() {
            [(best, _), (next, _), ..] if best == next => None,
            fits => fits.first().map(|(_, row)| *row),
        }
    }

    fn senses(&self, name: &[String]) -> impl Iterator<Item = &Sdo> {
        self.named.get(&key(name)).into_iter().flatten().map(|at| &self.rows[*at])
    }

    /// Returns what people call a body: its acronym, or its name where the acronym is too short or means several bodies.
    #[must_use]
    pub fn called<'a>(&self, sdo: &'a Sdo) -> &'a str {
        let is_clear = sdo.acronym.len() > 2 && self.find(&words(&sdo.acronym)) == Some(sdo);
        if is_clear { &sdo.acronym } else { sdo.names.first().unwrap_or(&sdo.acronym) }
    }
}

fn key(words: &[String]) -> String {
    words.iter().map(|word| word.to_lowercase()).collect::<Vec<_>>().join(" ")
}
