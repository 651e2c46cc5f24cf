//! What a block stands under: a summary of a session, conclusions, actions - or nothing of the kind.

use document::Kind;

use super::cues::{self, k};
use super::page::{self, Page};
use crate::answer::Answer;

/// What a section is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// The summary of the session with this number, where it is known.
    Summary(Option<usize>),
    /// Conclusions of the whole.
    Conclusions,
    /// Recommendations.
    Recommendations,
    /// Decisions.
    Decisions,
    /// What is to be done.
    Actions,
    /// Anything else.
    Other,
}

impl Section {
    /// True for sections that tell what came out.
    pub fn is_outcome(self) -> bool {
        self != Self::Other
    }
}

/// Returns for each block the section in which it stands; a heading stands in its own.
fn of(page: &Page<'_, '_>, answer: &Answer) -> Vec<Section> {
    let mut now = Section::Other;
    let mut depth = u8::MAX;
    let mut all = Vec::with_capacity(page.scan.blocks.len());
    for n in 0..page.scan.blocks.len() {
        let is_real = matches!(page.scan.document.blocks.get(n).map(|block| &block.kind), Some(Kind::Heading(_)));
        let level = page::level(page.scan, n);
        if let Some(section) = named(page, answer, n) {
            (now, depth) = (section, level);
        } else if is_real && level <= depth && page.block(n).len() <= 20 {
            now = Section::Other;
        }
        all.push(now);
    }
    all
}

/// Returns the section that the heading `n` names.
fn named(page: &Page<'_, '_>, answer: &Answer, n: usize) -> Option<Section> {
    let tokens = page.block(n);
    let is_short = page.is_heading(n) && tokens.len() <= 9;
    if !is_short {
        return None;
    }
    let has = |keys: &[u64]| page.find_key(tokens.clone(), keys).is_some();
    let first = tokens.start;
    if has(&[k("action"), k("actions"), k("todo")]) && (tokens.len() <= 4 || has(&[k("items"), k("list")]))
        || page.scan.says(first, &["next", "steps"])
        || page.scan.says(first, &["follow-up"])
    {
        return Some(Section::Actions);
    }
    if has(&[
        k("summary"),
        k("takeaways"),
        k("take-aways"),
        k("highlights"),
        k("conclusions"),
        k("conclusion"),
        k("outcome"),
        k("outcomes"),
    ]) {
        let session = has(&[k("session"), k("panel"), k("keynotes")]).then(|| session(page, answer, n));
        return Some(match session {
            Some(session) => Section::Summary(session),
            None if has(&[k("executive")]) => Section::Other,
            None => within(page, answer, n).map_or(Section::Conclusions, |session| Section::Summary(Some(session))),
        });
    }
    if has(&[k("recommendations")]) && !has(&[k("itu-t"), k("itu-r")]) {
        return Some(Section::Recommendations);
    }
    if has(&[k("decisions"), k("resolutions")]) && tokens.len() <= 5 {
        return Some(Section::Decisions);
    }
    has(&[k("findings"), k("results")]).then_some(Section::Conclusions)
}

/// Returns the session around the block `n`.
fn within(page: &Page<'_, '_>, answer: &Answer, n: usize) -> Option<usize> {
    let span = page.span(&page.block(n));
    answer.sessions.iter().position(|session| session.extent.holds(span))
}

/// Returns the session whose number the heading names, else the one around it.
fn session(page: &Page<'_, '_>, answer: &Answer, n: usize) -> Option<usize> {
    let tokens = page.block(n);
    let number = page.find_key(tokens, &[k("session"), k("panel")]).map(|at| page.scan.word(at + 1).to_string());
    let named = number.filter(|number| !number.is_empty()).and_then(|number| {
        answer.sessions.iter().position(|session| {
            let mut words = session.title.split(|c: char| !c.is_alphanumeric());
            words.next().is_some() && words.next() == Some(number.as_str())
        })
    });
    named.or_else(|| within(page, answer, n))
}

/// What every block stands under, and what introduces it.
pub(crate) struct Layout {
    /// The section of each block.
    pub sections: Vec<Section>,
    /// For each item the line that introduces its list.
    leads: Vec<Option<usize>>,
    /// For each block whether a list stands in the same run of its section.
    lists: Vec<bool>,
}

impl Layout {
    /// Looks at all blocks once.
    pub fn of(page: &Page<'_, '_>, answer: &Answer) -> Self {
        let sections = of(page, answer);
        let mut leads = Vec::with_capacity(sections.len());
        let mut above = None;
        for n in 0..sections.len() {
            if !page.is_item(n) {
                above = Some(n);
            }
            leads.push(above.filter(|above| *above != n && n - above <= 60));
        }
        let mut lists = vec![false; sections.len()];
        let mut start = 0;
        while let Some(section) = sections.get(start) {
            let end = (start..sections.len()).find(|n| sections.get(*n) != Some(section)).unwrap_or(sections.len());
            let has_list = (start..end).any(|n| page.is_item(n));
            lists.get_mut(start..end).unwrap_or_default().fill(has_list);
            start = end;
        }
        Self { sections, leads, lists }
    }

    /// Returns the section of the block `n`.
    pub fn section(&self, n: usize) -> Section {
        self.sections.get(n).copied().unwrap_or(Section::Other)
    }

    /// Returns the line that introduces the list in which the item `n` stands.
    pub fn lead_in(&self, n: usize) -> Option<usize> {
        self.leads.get(n).copied().flatten()
    }

    /// True when a list stands in the run of blocks to which the block `n` belongs.
    pub fn has_list(&self, n: usize) -> bool {
        self.lists.get(n).copied().unwrap_or(false)
    }
}

/// True when a line introduces what follows: it ends in a colon, or names issues, points or action points.
pub(crate) fn introduces(page: &Page<'_, '_>, n: usize) -> bool {
    let tokens = page.block(n);
    let ends = |marks: &str| tokens.end > 0 && page.is_mark(tokens.end - 1, marks);
    let is_naming = page
        .find_key(tokens.clone(), &[k("following"), k("identified"), k("noted"), k("included"), k("below")])
        .is_some();
    ends(":")
        || tokens.end > 0 && page.is_key(tokens.end - 1, &[k("to"), k("were"), k("are")])
        || is_naming && page.find(tokens.clone(), cues::FUNCTION).is_some()
}
