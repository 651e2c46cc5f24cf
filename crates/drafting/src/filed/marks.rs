//! Marks of paragraphs: which paragraph came or went whole.
//!
//! Who adds a paragraph behind another has Word change the mark of the other, for that is where the key was pressed: `one¶`
//! becomes `one+¶ +two¶`. Accepted and rejected this reads as if `two` had been added with its own mark, which is how it is meant.

use super::{is_all, is_cell};
use crate::{Change, Paragraph};

/// The stretches in which a mark can pass from one paragraph to the next: the text between tables, and each cell.
pub(super) fn segments(body: &mut [Paragraph]) -> Vec<&mut [Paragraph]> {
    let place = |paragraph: &Paragraph| is_cell(paragraph).then_some(paragraph.style);
    body.chunk_by_mut(|one, other| place(one) == place(other)).collect()
}

/// Gives each paragraph that came or went whole its own mark.
pub(super) fn settle(paragraphs: &mut [Paragraph]) {
    keep_the_end(paragraphs);
    let ends = passed_on(paragraphs);
    let mut at = 0;
    while at < paragraphs.len() {
        let Some(end) = ends[at].filter(|_| is_partly(&paragraphs[at], &paragraphs[at].mark)) else {
            at += 1;
            continue;
        };
        // The mark at the end was kept.
        for next in (at..end).rev() {
            paragraphs[next + 1].mark = std::mem::take(&mut paragraphs[next].mark);
        }
        at = end;
    }
}

/// Keeps the last mark, where what stands before it would else join with nothing.
fn keep_the_end(paragraphs: &mut [Paragraph]) {
    let n_whole = paragraphs.iter().rev().take_while(|paragraph| is_whole(paragraph)).count();
    let before = (paragraphs.len() - n_whole).checked_sub(1).and_then(|at| paragraphs.get(at));
    if before.is_some_and(|before| !before.mark.is_kept())
        && let Some(last) = paragraphs.last_mut()
    {
        last.mark = Change::Kept;
    }
}

/// True for a paragraph that came or went with its mark.
fn is_whole(paragraph: &Paragraph) -> bool {
    !paragraph.mark.is_kept() && is_all(paragraph, &paragraph.mark)
}

/// For each paragraph with a changed mark: the next that has a kept one, where all between came or went with the mark before them.
fn passed_on(paragraphs: &[Paragraph]) -> Vec<Option<usize>> {
    let mut ends = vec![None; paragraphs.len()];
    for (at, pair) in paragraphs.windows(2).enumerate().rev() {
        if let [one, next] = pair
            && !one.mark.is_kept()
            && is_all(next, &one.mark)
        {
            ends[at] = if next.mark.is_kept() { Some(at + 1) } else { ends[at + 1] };
        }
    }
    ends
}

/// True for a paragraph with words, some of which were not changed so.
fn is_partly(paragraph: &Paragraph, change: &Change) -> bool {
    paragraph.runs.iter().any(|run| !run.text.is_empty() && run.change != *change)
}

/// Passes marks on the other way at the end of the text, for the last mark of a file can be neither added nor struck.
pub(crate) fn ending_kept(body: &mut [Paragraph]) {
    let n_whole = body.iter().rev().take_while(|paragraph| is_whole(paragraph) && !is_cell(paragraph)).count();
    let Some(at) = (body.len() - n_whole).checked_sub(1) else { return };
    let is_end_of_text = body[at].mark.is_kept() && !is_cell(&body[at]);
    if n_whole == 0 || !is_end_of_text || !is_partly(&body[at], &body[at + 1].mark) {
        return;
    }
    for next in at..body.len() - 1 {
        body[next].mark = std::mem::take(&mut body[next + 1].mark);
    }
    if let Some(last) = body.last_mut() {
        last.mark = Change::Kept;
    }
}
