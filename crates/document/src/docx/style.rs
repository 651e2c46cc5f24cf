//! Styles of paragraphs: what is a heading, and what is numbered by its style. ECMA-376 part 1, 17.7.

use std::collections::BTreeMap;

use crate::tree::{Node, Tree};

/// Most styles that stand on each other.
const CHAIN: usize = 30;

/// Styles by their id.
#[derive(Default)]
pub struct Styles(BTreeMap<String, Style>);

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    number: Number,
}

/// The list that a paragraph or a style names, and the level in it.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub struct Number {
    /// The id of the list.
    pub list: Option<String>,
    /// The level in it, from 0.
    pub level: Option<usize>,
}

impl Number {
    /// Reads `w:numPr` of properties of a paragraph.
    #[must_use]
    pub fn of(properties: Node<'_>) -> Self {
        let Some(number) = properties.child("numPr") else { return Self::default() };
        let level = number.value("ilvl").and_then(|level| level.parse().ok());
        Self { list: number.value("numId").map(String::from), level }
    }
}

impl Styles {
    /// Reads the part that defines the styles.
    #[must_use]
    pub fn read(tree: &Tree) -> Self {
        let mut styles = BTreeMap::new();
        for node in tree.root().children().filter(|node| node.name() == "style") {
            let Some(id) = node.attribute("styleId") else { continue };
            let properties = node.child("pPr");
            let style = Style {
                name: node.value("name").unwrap_or_default().to_lowercase(),
                based_on: node.value("basedOn").map(String::from),
                outline: properties.and_then(outline),
                number: properties.map(Number::of).unwrap_or_default(),
            };
            styles.insert(id.to_string(), style);
        }
        Self(styles)
    }

    /// The style, and those on which it stands, nearest first.
    fn chain<'a>(&'a self, id: &'a str) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let next = |id: &'a str| self.0.get(id).map(|style| (id, style));
        let follow = move |(_, style): &(&'a str, &'a Style)| next(style.based_on.as_deref()?);
        std::iter::successors(next(id), follow).take(CHAIN)
    }

    /// The names of a style and of those on which it stands, nearest first, in lower case.
    pub fn names<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a str> {
        self.chain(id).map(|(_, style)| style.name.as_str())
    }

    /// The level of a heading, from 1, where the style makes one.
    #[must_use]
    pub fn heading(&self, id: &str) -> Option<u8> {
        self.chain(id).find_map(|(_, style)| {
            let named = style.name.strip_prefix("heading ").and_then(|level| level.trim().parse().ok());
            let is_title = style.name == "title";
            named.or(style.outline).or(is_title.then_some(1))
        })
    }

    /// The list that the style names, with the style that names it.
    #[must_use]
    pub fn number<'a>(&'a self, id: &'a str) -> Option<(&'a str, &'a Number)> {
        let mut chain = self.chain(id).map(|(id, style)| (id, &style.number));
        chain.find(|(_, number)| number.list.is_some())
    }
}

/// `w:outlineLvl`, counted from 1; level 9 is the body of the text.
#[must_use]
pub fn outline(properties: Node<'_>) -> Option<u8> {
    let level: u8 = properties.value("outlineLvl")?.parse().ok()?;
    (level < 9).then_some(level + 1)
}
