//! The parts of a resolution: preface, enacting line, preambular and operative calls with their clauses.

use crate::filed::place;
use crate::{Paragraph, Style, calls};

/// A resolution in its parts.
#[derive(Default)]
pub(super) struct Parts<'a> {
    pub preface: Vec<&'a Paragraph>,
    pub enacting: Option<&'a Paragraph>,
    pub preamble: Vec<Group<'a>>,
    pub main: Vec<Group<'a>>,
}

/// A call and its clauses.
#[derive(Default)]
pub(super) struct Group<'a> {
    pub call: Option<&'a Paragraph>,
    pub clauses: Vec<&'a Paragraph>,
}

impl<'a> Parts<'a> {
    pub fn of(paragraphs: &'a [Paragraph]) -> Self {
        let mut parts = Self::default();
        let is_title = |it: &&Paragraph| matches!(it.style, Style::Heading(_) | Style::Reference | Style::Plain);
        let first_call = paragraphs.iter().position(|it| it.style == Style::Call);
        let n_before = first_call.unwrap_or_else(|| paragraphs.iter().take_while(is_title).count());
        let (before, calls) = paragraphs.split_at(n_before);
        // The enacting line is the last reference that is not the history in brackets.
        let is_enacting = |it: &&Paragraph| it.style == Style::Reference && !raw(it).trim_start().starts_with('(');
        parts.enacting = before.last().filter(is_enacting);
        parts.preface = before.iter().take(before.len() - usize::from(parts.enacting.is_some())).collect();
        for paragraph in calls {
            let is_call = paragraph.style == Style::Call;
            let is_main = !parts.main.is_empty() || is_call && is_operative(paragraph) || first_call.is_none();
            let groups = if is_main { &mut parts.main } else { &mut parts.preamble };
            if is_call || groups.is_empty() {
                groups.push(Group::default());
            }
            if let Some(group) = groups.last_mut() {
                if is_call { group.call = Some(paragraph) } else { group.clauses.push(paragraph) }
            }
        }
        parts
    }
}

/// True for a call of what is done; others are preambular until one of these was met.
fn is_operative(call: &Paragraph) -> bool {
    calls::is_operative(&raw(call).trim_start().to_lowercase())
}

/// All words, added and struck.
fn raw(paragraph: &Paragraph) -> String {
    paragraph.runs.iter().map(|run| run.text.as_str()).collect()
}

/// How deep an item stands, from 1; 0 for what is no item.
pub(super) fn depth(paragraph: &Paragraph) -> u8 {
    match paragraph.style {
        Style::Item(depth) => depth,
        _ => 0,
    }
}

/// The table of a cell.
pub(super) fn table(paragraph: &Paragraph) -> Option<u32> {
    place(paragraph).map(|[table, ..]| table)
}
