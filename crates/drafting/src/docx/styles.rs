//! Styles: what a paragraph is, as the templates of ITU and of Word name it.

use document::package::{Node, Styles, outline};

use crate::{Paragraph, Style};

const HEADINGS: [&str; 9] =
    ["Heading1", "Heading2", "Heading3", "Heading4", "Heading5", "Heading6", "Heading7", "Heading8", "Heading9"];
const ITEMS: [&str; 9] =
    ["enumlev1", "enumlev2", "enumlev3", "enumlev4", "enumlev5", "enumlev6", "enumlev7", "enumlev8", "enumlev9"];

/// The id of the style that a paragraph is written in; none for running text.
pub(super) fn id(paragraph: &Paragraph) -> Option<&'static str> {
    let at = |level: u8| usize::from(level.clamp(1, 9) - 1);
    match paragraph.style {
        Style::Plain | Style::Cell { .. } => None,
        Style::Heading(level) => Some(HEADINGS[at(level)]),
        Style::Item(depth) => Some(ITEMS[at(depth)]),
        Style::Call => Some("Call"),
        Style::Note => Some("FootnoteText"),
        // The history of a resolution stands in brackets below its title, the enacting words behind it.
        Style::Reference => {
            let first = paragraph.runs.iter().find(|run| !run.text.is_empty());
            let is_history = first.is_some_and(|run| run.text.starts_with('('));
            Some(if is_history { "Resref" } else { "Normalaftertitle" })
        }
    }
}

/// What a paragraph is by its properties and the id of its style; its mark in a list aside.
pub(super) fn style(styles: &Styles, properties: Option<Node<'_>>, id: &str) -> Style {
    let names = styles.names(id).chain([id]).map(plain);
    if let Some(style) = names.into_iter().find_map(|name| named(&name)) {
        return style;
    }
    let level = properties.and_then(outline).or_else(|| styles.heading(id));
    level.map_or(Style::Plain, |level| Style::Heading(level.clamp(1, 9)))
}

/// A name without case and marks: `Res_title`, `Restitle` and `res title` are one style.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The styles of ITU's templates, and notes.
fn named(name: &str) -> Option<Style> {
    Some(match name {
        "resno" | "restitle" | "recno" | "rectitle" | "title" => Style::Heading(1),
        "resref" | "recref" | "normalaftertitle" => Style::Reference,
        "call" => Style::Call,
        "footnotetext" | "endnotetext" => Style::Note,
        _ => Style::Item(name.strip_prefix("enumlev")?.parse().ok().filter(|depth| (1..=9).contains(depth))?),
    })
}
