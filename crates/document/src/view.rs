//! A document with its revisions accepted or rejected: a document comes in, and one without revisions goes out.
//!
//! Paragraphs whose mark was deleted are one with the next, as the reader of that version saw them.

use std::ops::Range;

use fact::Problem;

use crate::build::trimmed;
use crate::{Block, Comment, Document, Kind, Revision, View};

/// What a view leaves out, in order and apart from each other, with the bytes that were left out before each.
struct Cut {
    ranges: Vec<(Range<usize>, usize)>,
}

impl Document {
    /// Returns the document as `view` shows it. Its ranges are those of its own, new text.
    ///
    /// Paragraphs whose mark is left out are joined: the block has the place of the first and the kind of the last.
    /// Marks of lists stay as the raw document counts them.
    #[must_use]
    pub fn view(&self, view: View) -> Self {
        let is_deleted = match view {
            View::Raw => return self.clone(),
            View::Accepted => true,
            View::Rejected => false,
        };
        let dropped = self.revisions.iter().filter(|revision| revision.is_deleted == is_deleted);
        let dropped = Cut::of(dropped.map(|Revision { range, .. }| range.clone()).collect());
        let (groups, marks) = self.groups(&dropped);
        let mut ranges: Vec<Range<usize>> = dropped.ranges.iter().map(|(range, _)| range.clone()).collect();
        ranges.extend(marks);
        self.without(&Cut::of(ranges), &groups)
    }

    /// Blocks that remain, those that become one together; and the marks of blocks that do not remain.
    fn groups(&self, dropped: &Cut) -> (Vec<Vec<&Block>>, Vec<Range<usize>>) {
        let (mut groups, mut marks): (Vec<Vec<&Block>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
        let mut end = 0;
        for block in &self.blocks {
            let gap = end..block.range.start;
            end = block.range.end;
            let is_gone = !dropped.leaves(&self.text, &block.range, |c| !c.is_whitespace());
            let last = groups.last().and_then(|group| group.last());
            let between = last.map_or(0, |last| last.range.end)..block.range.start;
            let is_joined = last.is_some_and(|last| {
                let is_cell = matches!(last.kind, Kind::Cell { .. }) || matches!(block.kind, Kind::Cell { .. });
                let had_break = self.slice(&between).contains('\n');
                had_break && !is_cell && !dropped.leaves(&self.text, &between, |c| c == '\n')
            });
            if is_gone || is_joined {
                marks.extend(self.markup_in(&gap));
            }
            match groups.last_mut().filter(|_| is_joined && !is_gone) {
                Some(group) => group.push(block),
                None if !is_gone => groups.push(vec![block]),
                None => {}
            }
        }
        (groups, marks)
    }

    fn markup_in(&self, gap: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let from = self.markup.partition_point(|range| range.start < gap.start);
        let end = gap.end;
        self.markup.get(from..).unwrap_or_default().iter().take_while(move |range| range.end <= end).cloned()
    }

    fn without(&self, cut: &Cut, groups: &[Vec<&Block>]) -> Self {
        let mut text = String::with_capacity(self.text.len());
        let mut at = 0;
        for (range, _) in &cut.ranges {
            text.push_str(self.slice(&(at..range.start)));
            at = range.end;
        }
        text.push_str(self.slice(&(at..self.text.len())));
        let blocks = groups.iter().filter_map(|group| {
            let (first, last) = (group.first()?, group.last()?);
            let range = trimmed(&text, cut.map(&(first.range.start..last.range.end)));
            (!range.is_empty()).then(|| Block { range, kind: last.kind.clone(), place: first.place.clone() })
        });
        let blocks: Vec<Block> = blocks.collect();
        let comments = self.comments.iter().map(|comment| Comment {
            about: cut.map(&comment.about),
            remark: cut.map(&comment.remark),
            ..comment.clone()
        });
        Self {
            format: self.format,
            blocks,
            markup: self.markup.iter().map(|range| cut.map(range)).filter(|range| !range.is_empty()).collect(),
            revisions: Vec::new(),
            comments: comments.collect(),
            problems: self.problems.iter().map(|problem| cut.moved(problem)).collect(),
            text,
        }
    }
}

impl Cut {
    fn of(mut ranges: Vec<Range<usize>>) -> Self {
        ranges.sort_by_key(|range| range.start);
        let mut cut: Vec<(Range<usize>, usize)> = Vec::new();
        for range in ranges {
            match cut.last_mut() {
                Some((last, _)) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => cut.push((range, 0)),
            }
        }
        let mut before = 0;
        for (range, sum) in &mut cut {
            *sum = before;
            before += range.len();
        }
        Self { ranges: cut }
    }

    /// The place in the new text of a place in the old one; of a place that was left out, the point where it stood.
    fn place(&self, at: usize) -> usize {
        let next = self.ranges.partition_point(|(range, _)| range.start < at);
        let Some((last, before)) = next.checked_sub(1).and_then(|last| self.ranges.get(last)) else { return at };
        at - before - last.len().min(at - last.start)
    }

    fn map(&self, range: &Range<usize>) -> Range<usize> {
        self.place(range.start)..self.place(range.end)
    }

    fn moved(&self, problem: &Problem) -> Problem {
        let mut problem = problem.clone();
        let place = |at: u64| usize::try_from(at).map_or(at, |at| self.place(at) as u64);
        (problem.evidence.start, problem.evidence.end) = (place(problem.evidence.start), place(problem.evidence.end));
        problem
    }

    /// True when something of `range` remains that is such a letter.
    fn leaves(&self, text: &str, range: &Range<usize>, is_such: impl Fn(char) -> bool) -> bool {
        let has = |range: Range<usize>| text.get(range).is_some_and(|words| words.contains(&is_such));
        let mut at = range.start;
        let from = self.ranges.partition_point(|(cut, _)| cut.end <= range.start);
        for (cut, _) in self.ranges.get(from..).unwrap_or_default() {
            if cut.start >= range.end {
                break;
            }
            if has(at..cut.start.max(at)) {
                return true;
            }
            at = cut.end;
        }
        has(at..range.end.max(at))
    }
}
