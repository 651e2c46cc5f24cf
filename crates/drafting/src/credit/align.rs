//! Which words of a version its parent has in the same order: lines first, then the words of what is left.
//!
//! A few words that two long changes happen to share are not kept words: in two sentences that have nothing to do with each
//! other `the` and `of` stand in the same order. They are given up as *chance* when the changes before and behind are both
//! so many times longer.

use std::ops::Range;

use super::lexicon::{Line, Reading};
use crate::sequence::{Algorithm, numbered};

/// No word of the parent.
pub(super) const NONE: u32 = u32::MAX;

/// A stretch that both have: where it stands in the old text and in the new one, and how many words it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kept {
    old: u32,
    new: u32,
    n: u32,
}

/// Returns for every word of the new text, margins included, the word of the old one that it is, or [`NONE`].
///
/// The positions ascend. Stretches of kept words are given up as chance where both neighbouring changes are at least `chance`
/// times as long.
pub(super) fn align(old: &Reading, new: &Reading, margin: usize, chance: u32) -> Vec<u32> {
    let mut kept = vec![Kept { old: 0, new: 0, n: margin as u32 }];
    let (old_body, new_body) = (old.body(margin), new.body(margin));
    let shorter = old_body.len().min(new_body.len());
    if old_body[..shorter] == new_body[..shorter] {
        // What was only appended to is kept whole, even if the addition repeats the last line.
        keep(&mut kept, margin, margin, shorter);
    } else if old_body[old_body.len() - shorter..] == new_body[new_body.len() - shorter..] {
        keep(&mut kept, margin + old_body.len() - shorter, margin + new_body.len() - shorter, shorter);
    } else {
        by_lines(old, new, margin, &mut kept);
    }
    keep(&mut kept, margin + old_body.len(), margin + new_body.len(), margin);
    let mut from = vec![NONE; new.words.len()];
    for stretch in without_chance(&kept, chance) {
        for at in 0..stretch.n {
            from[(stretch.new + at) as usize] = stretch.old + at;
        }
    }
    from
}

fn keep(kept: &mut Vec<Kept>, old: usize, new: usize, n: usize) {
    let (old, new, n) = (old as u32, new as u32, n as u32);
    match kept.last_mut() {
        _ if n == 0 => {}
        Some(last) if last.old + last.n == old && last.new + last.n == new => last.n += n,
        _ => kept.push(Kept { old, new, n }),
    }
}

fn by_lines(old: &Reading, new: &Reading, margin: usize, kept: &mut Vec<Kept>) {
    let same = |(a, b): &(&Line, &Line)| a.id == b.id;
    let n_first = old.lines.iter().zip(&new.lines).take_while(same).count();
    let [old_rest, new_rest] = [&old.lines[n_first..], &new.lines[n_first..]];
    let n_last = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(same).count();
    let [old_mid, new_mid] = [&old_rest[..old_rest.len() - n_last], &new_rest[..new_rest.len() - n_last]];
    let start = |reading: &Reading, line: usize| {
        reading.lines.get(line).map_or(reading.words.len() - margin, |line| line.start as usize)
    };
    let words = |lines: Range<usize>| {
        let [from, to] = [start(old, n_first + lines.start), start(old, n_first + lines.end)];
        to - from
    };
    keep(kept, margin, margin, start(old, n_first) - margin);
    let ids = |lines: &[Line]| lines.iter().map(|line| line.id).collect::<Vec<u32>>();
    let (mut old_at, mut new_at) = (0, 0);
    for swap in numbered(ids(old_mid), ids(new_mid)).swaps(Algorithm::Histogram) {
        let (old_hunk, new_hunk) = (swap.before, swap.after);
        let [from, to] = [start(old, n_first + old_at), start(new, n_first + new_at)];
        keep(kept, from, to, words(old_at..old_hunk.start));
        let of_old = start(old, n_first + old_hunk.start)..start(old, n_first + old_hunk.end);
        let of_new = start(new, n_first + new_hunk.start)..start(new, n_first + new_hunk.end);
        by_words(&old.words, of_old, &new.words, of_new, kept);
        (old_at, new_at) = (old_hunk.end, new_hunk.end);
    }
    let [from, to] = [start(old, n_first + old_at), start(new, n_first + new_at)];
    keep(kept, from, to, old.words.len() - margin - from);
}

fn by_words(old: &[u32], of_old: Range<usize>, new: &[u32], of_new: Range<usize>, kept: &mut Vec<Kept>) {
    if of_old.is_empty() || of_new.is_empty() {
        return;
    }
    let (mut old_at, mut new_at) = (of_old.start, of_new.start);
    for swap in numbered(&old[of_old.clone()], &new[of_new.clone()]).swaps(Algorithm::Histogram) {
        keep(kept, old_at, new_at, of_old.start + swap.before.start - old_at);
        (old_at, new_at) = (of_old.start + swap.before.end, of_new.start + swap.after.end);
    }
    keep(kept, old_at, new_at, of_old.end - old_at);
}

/// Drops stretches between changes that are both `chance` times as long; what is dropped makes the changes around it longer.
fn without_chance(kept: &[Kept], chance: u32) -> Vec<Kept> {
    let change = |one: &Kept, next: &Kept| (next.old - one.old - one.n).max(next.new - one.new - one.n);
    let mut held: Vec<Kept> = Vec::with_capacity(kept.len());
    for next in kept {
        while let [.., before, middle] = &held[..]
            && middle.n.saturating_mul(chance) <= change(before, middle).min(change(middle, next))
        {
            held.pop();
        }
        held.push(*next);
    }
    held
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::*;

    fn aligned(old: &str, new: &str, chance: u32) -> String {
        let mut lexicon = Lexicon::new();
        let (old, new) = (lexicon.read(old, 1), lexicon.read(new, 1));
        let from = align(&old, &new, 1, chance);
        from.iter().map(|at| if *at == NONE { "-".into() } else { at.to_string() }).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_kept_in_order() {
        assert_eq!(aligned("a b c", "a x c", 4), "0 1 - 3 4");
        assert_eq!(aligned("a b\nc d\ne f", "a b\ne f\nc d", 4), "0 1 2 5 6 - - 7");
        assert_eq!(aligned("x\ny", "x\ny z\ny", 4), "0 1 2 - - 3");
        assert_eq!(aligned("b c", "a\nb c", 4), "0 - 1 2 3");
        assert_eq!(aligned("", "a", 4), "0 - 1");
    }

    #[test]
    fn a_word_between_long_changes_is_chance() {
        let (old, new) = ("s a b c d the e f g h t", "s i j k l the m n o p t");
        assert_eq!(aligned(old, new, 4), "0 1 - - - - - - - - - 11 12");
        assert_eq!(aligned(old, new, 5), "0 1 - - - - 6 - - - - 11 12");
    }
}
