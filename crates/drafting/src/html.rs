//! Side by side: a marked text comes in, one self-contained page goes out with base, merged text and provenance.

mod column;

use std::collections::{BTreeMap, BTreeSet};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::filed::{Stories, is_all};
use crate::{Marked, Paragraph, Remark, Style};
use column::{Side, words};

/// Colours; further sets of authors begin anew, for the name beside says who it is.
const COLOURS: usize = 8;

/// Returns a page with three columns, a row a paragraph: the base, the merged text with all changes, who made them and what was
/// remarked.
///
/// Colours stand for sets of authors and never alone: each change bears its authors' names, to the eye and to readers of
/// screens, and additions are underlined, deletions struck through. Light and dark by the reader's setting; no scripts, nothing is
/// fetched; the same text gives the same page.
///
/// ```
/// use drafting::{Change, Marked, Paragraph, Run, html};
/// let run = |text: &str, change| Run { text: text.into(), change, ..Run::default() };
/// let runs = vec![run("to ", Change::Kept), run("address", Change::Inserted([0].into()))];
/// let paragraphs = vec![Paragraph { runs, ..Paragraph::default() }];
/// let page = html::side_by_side(&Marked { authors: vec!["C102".into()], paragraphs, remarks: vec![] });
/// assert!(page.contains("<span class=\"aside\">added by C102: </span>address"));
/// ```
#[must_use]
pub fn side_by_side(marked: &Marked) -> String {
    let stories = Stories::of(marked.normal());
    let sets = Sets::of(&stories);
    let title = title(&stories.body);
    let notes: Vec<_> = stories.notes.iter().map(|note| (note.label, note.clone().written())).collect();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) ", side by side" }
                style { (PreEscaped(include_str!("html/page.css"))) }
            }
            body {
                h1 { (title) }
                (legend(&sets))
                table {
                    caption { "The base, the merged text with all changes, and who made them" }
                    thead { tr { th scope="col" { "Base" } th scope="col" { "Merged" } th scope="col" { "Provenance and remarks" } } }
                    tbody { @for paragraph in &stories.body { (row(paragraph, &sets, &stories.remarks)) } }
                    @for (label, paragraphs) in &notes {
                        tbody id={ "note-" (label) } { @for it in paragraphs { (row(it, &sets, &stories.remarks)) } }
                    }
                }
            }
        }
    };
    page.into_string()
}

/// The sets of authors that changed anything, and how much each did.
pub(super) struct Sets {
    names: BTreeMap<Vec<usize>, (usize, String)>,
    counts: BTreeMap<Vec<usize>, [usize; 2]>,
    /// The labels of notes.
    notes: BTreeSet<usize>,
}

impl Sets {
    fn of(stories: &Stories) -> Self {
        let mut counts: BTreeMap<Vec<usize>, [usize; 2]> = BTreeMap::new();
        let paragraphs = stories.body.iter().chain(stories.notes.iter().flat_map(|note| &note.paragraphs));
        for run in paragraphs.flat_map(|paragraph| &paragraph.runs).filter(|run| !run.text.is_empty()) {
            for (nth, by) in
                [run.change.inserted().collect::<Vec<_>>(), run.change.deleted().collect()].into_iter().enumerate()
            {
                if !by.is_empty() {
                    counts.entry(by).or_default()[nth] += run.text.split_whitespace().count();
                }
            }
        }
        for mark in stories.body.iter().map(|paragraph| &paragraph.mark) {
            for by in [mark.inserted().collect::<Vec<_>>(), mark.deleted().collect()] {
                if !by.is_empty() {
                    counts.entry(by).or_default();
                }
            }
        }
        let name =
            |author: &usize| stories.authors.get(*author).filter(|it| !it.is_empty()).map_or("unnamed", String::as_str);
        let names = counts
            .keys()
            .enumerate()
            .map(|(nth, by)| (by.clone(), (nth, by.iter().map(name).collect::<Vec<_>>().join("+"))));
        let notes = stories.notes.iter().map(|note| note.label).collect();
        Self { names: names.collect(), counts, notes }
    }

    /// The class and the names of a set.
    fn shown(&self, by: &[usize]) -> (String, &str) {
        let (nth, name) = self.names.get(by).map_or((0, ""), |(nth, name)| (*nth, name.as_str()));
        (format!("by-{}", nth % COLOURS + 1), name)
    }
}

fn legend(sets: &Sets) -> Markup {
    html! {
        @if sets.names.is_empty() {
            p { "Nobody changed anything." }
        } @else {
            ul class="legend" aria-label="Authors of changes" {
                @for (by, [added, struck]) in &sets.counts {
                    @let (class, name) = sets.shown(by);
                    li { span class=(class) { (name) } ": " (added) @if *added == 1 { " word" } @else { " words" } " added, " (struck) " struck" }
                }
            }
        }
    }
}

/// The first heading as it reads in the end.
fn title(body: &[Paragraph]) -> String {
    let heading = body.iter().find(|paragraph| matches!(paragraph.style, Style::Heading(_)));
    let text = heading.map(|heading| {
        let stands = heading.runs.iter().filter(|run| run.change.is_of_result());
        stands.map(|run| run.text.as_str()).collect::<String>()
    });
    text.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| "Marked text".into())
}

fn row(paragraph: &Paragraph, sets: &Sets, remarks: &[Remark]) -> Markup {
    let class = match paragraph.style {
        Style::Heading(_) => "heading".into(),
        Style::Call => "call".into(),
        Style::Item(depth) => format!("item depth-{}", depth.clamp(1, 4)),
        Style::Reference => "reference".into(),
        Style::Note => "note".into(),
        Style::Cell { .. } => "cell".into(),
        Style::Plain => "plain".to_string(),
    };
    html! {
        tr class=(class) {
            td { (words(paragraph, Side::Base, sets)) }
            td { (words(paragraph, Side::Merged, sets)) }
            td class="margin" {
                @for said in provenance(paragraph, sets) { p { (said) } }
                @for remark in about(paragraph, remarks) { (shown(remark)) }
            }
        }
    }
}

/// Who did what to a paragraph, each once.
fn provenance(paragraph: &Paragraph, sets: &Sets) -> Vec<Markup> {
    let is_whole = !paragraph.mark.is_kept() && is_all(paragraph, &paragraph.mark);
    let mut said: Vec<(&str, Vec<usize>)> = Vec::new();
    let words = paragraph.runs.iter().filter(|run| !run.text.is_empty()).map(|run| &run.change);
    for change in words.chain([&paragraph.mark]) {
        for (what, by) in [("added", change.inserted().collect::<Vec<_>>()), ("struck", change.deleted().collect())] {
            if !by.is_empty() && !said.contains(&(what, by.clone())) {
                said.push((what, by));
            }
        }
    }
    let place = match paragraph.style {
        Style::Cell { table, row, column } => {
            Some(html! { "table " (table + 1) ", row " (row + 1) ", column " (column + 1) })
        }
        _ => None,
    };
    let said = said.into_iter().map(|(what, by)| {
        let (class, name) = sets.shown(&by);
        html! { @if is_whole { "all " } (what) " by " span class=(class) { (name) } }
    });
    place.into_iter().chain(said).collect()
}

/// The remarks about a paragraph.
fn about<'a>(paragraph: &Paragraph, remarks: &'a [Remark]) -> Vec<&'a Remark> {
    let mut places: Vec<usize> = paragraph.runs.iter().flat_map(|run| run.remarks.iter().copied()).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().filter_map(|place| remarks.get(place)).collect()
}

fn shown(remark: &Remark) -> Markup {
    html! {
        blockquote {
            p { (remark.text) }
            footer {
                @if remark.author.is_empty() { "unnamed" } @else { (remark.author) }
                @if let Some(date) = &remark.date { ", " time datetime=(date) { (date.get(..10).unwrap_or(date)) } }
            }
        }
    }
}
