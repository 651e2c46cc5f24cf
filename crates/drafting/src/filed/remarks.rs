//! Remarks: each about one stretch, or about a point.

use std::collections::BTreeSet;

use super::Note;
use crate::{Marked, Paragraph, Run};

/// Where a run stands: its paragraph, and its place in it.
type Place = (usize, usize);

/// Closes the gaps of what each remark is about; a remark about nothing is about the end of the text.
pub(super) fn fill(marked: &mut Marked) {
    let n_remarks = marked.remarks.len();
    let (mut stretches, mut points): (Vec<Option<(Place, Place)>>, Vec<bool>) =
        (vec![None; n_remarks], vec![false; n_remarks]);
    for (p, paragraph) in marked.paragraphs.iter_mut().enumerate() {
        for (r, run) in paragraph.runs.iter_mut().enumerate() {
            if run.text.is_empty() {
                // A remark about two points is about the first.
                run.remarks.retain(|remark| !std::mem::replace(&mut points[*remark], true));
                continue;
            }
            for remark in &run.remarks {
                let (_, end) = stretches[*remark].get_or_insert(((p, r), (p, r)));
                *end = (p, r);
            }
        }
    }
    let mut open = BTreeSet::new();
    let mut starts: Vec<(Place, usize)> = Vec::new();
    starts.extend(stretches.iter().enumerate().filter_map(|(remark, stretch)| Some((stretch.as_ref()?.0, remark))));
    starts.sort_unstable();
    let mut starts = starts.into_iter().peekable();
    for (p, paragraph) in marked.paragraphs.iter_mut().enumerate() {
        for (r, run) in paragraph.runs.iter_mut().enumerate() {
            while let Some((_, remark)) = starts.next_if(|(start, _)| *start <= (p, r)) {
                open.insert(remark);
            }
            open.retain(|remark| stretches[*remark].is_some_and(|(_, end)| (p, r) <= end));
            if run.text.is_empty() {
                run.remarks.retain(|remark| stretches[*remark].is_none());
            } else {
                run.remarks.clone_from(&open);
            }
        }
    }
    let about_nothing = (0..n_remarks).filter(|remark| stretches[*remark].is_none() && !points[*remark]);
    let remarks: BTreeSet<usize> = about_nothing.collect();
    if let (false, Some(last)) = (remarks.is_empty(), marked.paragraphs.last_mut()) {
        last.runs.push(Run { remarks, ..Run::default() });
    }
}

/// A stretch cannot reach from the text into a note: it remains where it begins.
pub(super) fn keep_in_one_story(body: &mut [Paragraph], notes: &mut [Note], n_remarks: usize) {
    let mut homes = vec![None; n_remarks];
    let mut keep = |story: usize, paragraphs: &mut [Paragraph]| {
        for run in paragraphs.iter_mut().flat_map(|paragraph| &mut paragraph.runs) {
            run.remarks.retain(|remark| *homes[*remark].get_or_insert(story) == story);
        }
    };
    keep(0, body);
    for (story, note) in (1..).zip(notes) {
        keep(story, &mut note.paragraphs);
    }
}
