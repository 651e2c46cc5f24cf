//! Other words in place of some that stand.

use std::ops::Range;

use super::item::By;
use super::write::Part;
use crate::marked::Change;

/// Replaces bytes of the text that stands.
pub(super) fn spliced(parts: &[Part], range: &Range<usize>, new: &str, by: &By) -> Vec<Part> {
    let mut spliced: Vec<Part> = Vec::new();
    let mut at = 0;
    let mut is_put = false;
    for part in parts {
        if !part.stands() {
            spliced.push(part.clone());
            continue;
        }
        let (start, end) = (at, at + part.text.len());
        at = end;
        let from = range.start.clamp(start, end) - start;
        let to = range.end.clamp(start, end) - start;
        let piece = |text: &str, change: Change| Part { text: text.into(), change };
        spliced.push(piece(&part.text[..from], part.change.clone()));
        if from < to {
            if part.change.is_kept() {
                spliced.push(Part::deleted(&part.text[from..to], by));
            }
            if !is_put {
                let change = if part.change.is_kept() { Change::Inserted(by.clone()) } else { part.change.clone() };
                spliced.push(piece(new, change));
                is_put = true;
            }
        }
        spliced.push(piece(&part.text[to..], part.change.clone()));
    }
    spliced.retain(|part| !part.text.is_empty());
    spliced
}
