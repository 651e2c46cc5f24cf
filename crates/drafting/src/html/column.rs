//! Words of a paragraph in one column: the base, or the merged text with its changes.

use maud::{Markup, html};

use super::Sets;
use crate::filed::{is_all, labels};
use crate::{Change, Paragraph, Run, Style};

/// Which column.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Side {
    Base,
    Merged,
}

/// The words of a paragraph; nothing where the column has none.
pub(super) fn words(paragraph: &Paragraph, side: Side, sets: &Sets) -> Markup {
    let is_in = |change: &Change| side == Side::Merged || change.is_of_base();
    let runs: Vec<&Run> = paragraph.runs.iter().filter(|run| !run.text.is_empty() && is_in(&run.change)).collect();
    // Names behind a label would move the words of its clause; they stand in the margin.
    let n_label = match paragraph.style {
        Style::Item(_) => runs.iter().position(|run| run.text.contains('\t')).unwrap_or_default(),
        _ => 0,
    };
    html! {
        p {
            @for (nth, run) in runs.iter().enumerate() {
                @if side == Side::Base {
                    (letters(run, sets))
                } @else {
                    @let is_last = runs.get(nth + 1).is_none_or(|next| by(&next.change) != by(&run.change));
                    @let is_last = is_last && nth >= n_label;
                    (changed(&run.change, letters(run, sets), is_last, sets))
                }
            }
            // The end of a paragraph that did not come or go with it.
            @if side == Side::Merged && !paragraph.mark.is_kept() && !is_all(paragraph, &paragraph.mark) {
                (changed(&paragraph.mark, html! { "¶" }, true, sets))
            }
        }
    }
}

/// Everybody who did anything.
fn by(change: &Change) -> Vec<usize> {
    change.inserted().chain(change.deleted()).collect()
}

fn letters(run: &Run, sets: &Sets) -> Markup {
    let mut at = 0;
    let text = html! {
        @for label in labels(&run.text) {
            @let number = run.text[label.start + 2..label.end - 1].parse().ok();
            @if let Some(number) = number.filter(|number| sets.notes.contains(number)) {
                (run.text[std::mem::replace(&mut at, label.end)..label.start])
                sup { a href={ "#note-" (number) } { (number) } }
            }
        }
        (run.text[at..])
    };
    let text = if run.emphasis.is_italic {
        html! { i { (text) } }
    } else {
        text
    };
    if run.emphasis.is_bold {
        html! { b { (text) } }
    } else {
        text
    }
}

/// A change around words, with the names of its authors behind the last of several.
fn changed(change: &Change, inside: Markup, is_named: bool, sets: &Sets) -> Markup {
    let [added, struck] = [change.inserted().collect::<Vec<_>>(), change.deleted().collect::<Vec<_>>()];
    let one = |what: &str, by: &[usize], inside: Markup| {
        let (class, name) = sets.shown(by);
        let words = html! { span class="aside" { (what) " by " (name) ": " } (inside) };
        html! {
            @if what == "added" { ins class=(class) title={ (what) " by " (name) } { (words) } }
            @else { del class=(class) title={ (what) " by " (name) } { (words) } }
            @if is_named { sup class=(class) aria-hidden="true" { (name) } }
        }
    };
    let inside = if struck.is_empty() { inside } else { one("struck", &struck, inside) };
    if added.is_empty() { inside } else { one("added", &added, inside) }
}
