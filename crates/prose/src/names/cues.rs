//! Organisations that no list knows, by the words of their names: `Example Standards Association`, `Ministry of X and Y`.

use std::ops::Range;

use super::hits::{Hits, abbreviates};
use super::words::lexicon;
use crate::scan::{Scan, Shape};

/// Words to the left of a head before this many tokens are looked at.
const REACH: usize = 12;

/// A name: its tokens, the rule, how sure it is, and the kind of organisation.
pub(crate) type Cued = (Range<usize>, &'static str, f64, &'static str);

/// Returns the names that a head shows, the longest for each place.
pub(crate) fn find(scan: &Scan<'_>, hits: &Hits<'_, '_>) -> Vec<Cued> {
    let mut found: Vec<Cued> = Vec::new();
    for n in 0..scan.tokens.len() {
        let Some(token) = scan.tokens.get(n) else { break };
        if !token.is_capital(scan) || !(lexicon().heads.has(token.key) || lexicon().legal_forms.has(token.key)) {
            continue;
        }
        let Some(cued) = named(scan, hits, n) else { continue };
        while found.last().is_some_and(|last| last.0.start >= cued.0.start) {
            found.pop();
        }
        if found.last().is_none_or(|last| last.0.end <= cued.0.start) {
            found.push(cued);
        }
    }
    found
}

/// The name around the head `n`.
fn named(scan: &Scan<'_>, hits: &Hits<'_, '_>, n: usize) -> Option<Cued> {
    let start = left(scan, hits, n);
    let end = right(scan, hits, n);
    let tokens = start..end;
    if hits.holds(&tokens) {
        return None;
    }
    let kind = kind(scan.word(n));
    let head = scan.tokens.get(n)?.key;
    let is_unit = lexicon().unit_heads.has(head);
    let tokens = if is_unit { with_owner(scan, hits, tokens) } else { tokens };
    let n_distinct = tokens.clone().filter(|at| is_distinct(scan, *at)).count();
    let has_known = hits.within(&tokens).any(|hit| hit.tokens != tokens);
    let strength = strength(scan.word(n));
    let is_name = match strength {
        Strength::Strong => tokens.len() >= 2,
        Strength::Weak => {
            let is_told = n_distinct > 0 || is_organ(scan.word(n));
            tokens.len() >= 3 && is_explained(scan, &tokens)
                || tokens.len() >= 2 && (has_known || is_told && !is_sentence_start(scan, &tokens))
        }
        Strength::Company => start < n && (is_distinct(scan, n - 1) || has_known),
        Strength::Group => {
            n - start >= 2 && !is_plain_group(scan.word(n - 1)) && (has_known || n_distinct > 0 || n - start >= 3)
        }
    };
    let is_shouted = is_shouted(scan, &tokens);
    (is_name && !is_shouted).then_some((tokens, "head", if strength == Strength::Strong { 0.9 } else { 0.82 }, kind))
}

/// `National Example Authority (NEA)`: an acronym follows.
fn is_explained(scan: &Scan<'_>, tokens: &Range<usize>) -> bool {
    let short = scan.word(tokens.end + 1);
    scan.word(tokens.end) == "(" && scan.word(tokens.end + 2) == ")" && abbreviates(short, scan.text(scan.span(tokens)))
}

/// How sure a head is by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strength {
    Strong,
    Weak,
    Company,
    Group,
}

fn strength(head: &str) -> Strength {
    match head.to_lowercase().as_str() {
        "committee" | "council" | "commission" | "administration" | "assembly" | "plenary" | "conference"
        | "partnership" | "office" | "initiative" | "board" | "forum" | "secretariat" | "unit" | "division"
        | "centre" | "center" | "agency" | "authority" | "government" | "school" | "union" | "organization"
        | "organisation" | "institution" => Strength::Weak,
        "networks" | "systems" | "technologies" | "telecom" | "communications" | "telecommunications" | "labs"
        | "laboratories" | "laboratory" | "ag" | "ab" | "co" | "company" | "bank" | "nv" | "bv" | "kk" => {
            Strength::Company
        }
        "group" => Strength::Group,
        _ => Strength::Strong,
    }
}

/// Heads that with one capitalised word before them name an organ: `Editorial Committee`.
fn is_organ(head: &str) -> bool {
    matches!(head, "Committee" | "Council" | "Commission" | "Conference")
}

fn kind(head: &str) -> &'static str {
    match head.to_lowercase().as_str() {
        "university" | "academy" | "institute" | "college" | "school" | "faculty" | "laboratory" | "laboratories" => {
            "academia"
        }
        "ministry" | "government" | "administration" | "authority" | "agency" | "bureau" | "commission" | "embassy" => {
            "government"
        }
        "department" | "division" | "directorate" | "unit" | "office" | "centre" | "center" | "secretariat" => {
            "org-unit"
        }
        "committee" | "group" | "board" => "SDO-committee",
        "council" | "assembly" | "plenary" | "conference" => "SDO-governing body",
        "company" | "corporation" | "inc" | "ltd" | "limited" | "gmbh" | "plc" | "llc" | "corp" | "oyj"
        | "networks" | "systems" | "technologies" | "telecom" | "communications" | "telecommunications" | "labs"
        | "ag" | "sa" | "ab" | "bank" => "company",
        _ => "association",
    }
}

/// Groups that are only called what they are.
fn is_plain_group(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "study" | "working" | "focus" | "task" | "project" | "ad-hoc" | "hoc" | "drafting" | "correspondence" | "this"
    )
}

/// Walks left from a head over the words of a name.
fn left(scan: &Scan<'_>, hits: &Hits<'_, '_>, head: usize) -> usize {
    let Some(first) = scan.tokens.get(head).and_then(|token| scan.blocks.get(token.block as usize)) else {
        return head;
    };
    let low = first.start.max(head.saturating_sub(REACH));
    let mut start = head;
    while start > low {
        let before = start - 1;
        let Some(token) = scan.tokens.get(before) else { break };
        let is_others = token.is_owner && scan.word(before) != "People";
        if is_others {
            break;
        }
        if is_name_word(scan, before) {
            start = before;
        } else if start < head
            && is_joint(scan, before)
            && before > low
            && is_name_word(scan, before - 1)
            && !ends_name(hits, scan, before)
        {
            start = before - 1;
        } else if token.is(')') && before > low + 2 && scan.word(before - 2) == "(" && is_name_word(scan, before - 3) {
            start = before - 3;
        } else {
            break;
        }
    }
    while start < head && (is_opening(scan, start) || is_first_word(scan, start)) {
        start += 1;
    }
    start
}

/// A capitalised word that may be part of a name.
fn is_name_word(scan: &Scan<'_>, n: usize) -> bool {
    let Some(token) = scan.tokens.get(n) else { return false };
    let is_capital = token.is_capital(scan) || token.shape == Shape::Mixed;
    is_capital
        && !lexicon().honorifics.has(token.key)
        && !lexicon().offices.has(token.key)
        && !lexicon().months.has(token.key)
}

/// Small words inside names, on the left of a head: only those that join like with like.
fn is_joint(scan: &Scan<'_>, n: usize) -> bool {
    matches!(scan.word(n), "and" | "&")
}

/// True when the name to the left of the joint `n` is whole by itself: `China Mobile and Example Corporation`.
fn ends_name(hits: &Hits<'_, '_>, scan: &Scan<'_>, n: usize) -> bool {
    let before = scan.tokens.get(n - 1);
    hits.ends_at(n) || before.is_some_and(|token| lexicon().heads.has(token.key))
}

/// Words that begin a sentence or a name without being part of it.
fn is_opening(scan: &Scan<'_>, n: usize) -> bool {
    let word = scan.word(n).to_lowercase();
    matches!(
        word.as_str(),
        "the"
            | "a"
            | "an"
            | "our"
            | "this"
            | "in"
            | "at"
            | "on"
            | "for"
            | "from"
            | "by"
            | "and"
            | "both"
            | "with"
            | "as"
            | "its"
            | "their"
            | "former"
            | "new"
            | "these"
            | "those"
            | "to"
            | "of"
            | "when"
            | "while"
            | "within"
    )
}

/// A word that begins a sentence and is otherwise written small.
fn is_first_word(scan: &Scan<'_>, n: usize) -> bool {
    let Some(token) = scan.tokens.get(n) else { return false };
    token.shape == Shape::Capital && lexicon().common.has(token.key) && scan.sentence_at(token.start).start == n
}

/// Walks right from a head over `of ...`: `Ministry of X and Y`, `Bureau of Example Town`.
fn right(scan: &Scan<'_>, hits: &Hits<'_, '_>, head: usize) -> usize {
    let end = head + 1;
    let Some(token) = scan.tokens.get(head) else { return end };
    if !lexicon().leading_heads.has(token.key) || !matches!(scan.word(end), "of" | "for") {
        return end;
    }
    let mut at = end + 1;
    if matches!(scan.word(at), "the" | "The") {
        at += 1;
    }
    let mut last = end;
    while at < head + REACH {
        let is_same = scan.tokens.get(at).is_some_and(|next| next.block == token.block);
        if is_same && is_name_word(scan, at) {
            last = at + 1;
            at += 1;
        } else if is_same && last > end && hits.ends_at(at) {
            break;
        } else if is_same
            && last > end
            && matches!(scan.word(at), "and" | "of" | "for" | "&")
            && is_name_word(scan, at + 1)
        {
            at += 1;
        } else {
            break;
        }
    }
    last.max(end)
}

/// A unit takes the name of what it is part of along: `Department of X, Example Ministry`.
fn with_owner(scan: &Scan<'_>, hits: &Hits<'_, '_>, tokens: Range<usize>) -> Range<usize> {
    let after = match scan.word(tokens.end) {
        "," => tokens.end + 1,
        "of" => tokens.end + 1,
        _ => return tokens,
    };
    match hits.at(after) {
        Some(owner) if tokens.len() > 1 => tokens.start..owner.tokens.end,
        _ => tokens,
    }
}

/// True for a word that says more than what any organisation is called.
fn is_distinct(scan: &Scan<'_>, n: usize) -> bool {
    scan.tokens.get(n).is_some_and(|token| {
        (token.is_capital(scan) || token.shape == Shape::Mixed) && !lexicon().no_names.has(token.key)
            || lexicon().places.has(token.key)
    })
}

/// True when the name begins its sentence: then its first capital says nothing.
fn is_sentence_start(scan: &Scan<'_>, tokens: &Range<usize>) -> bool {
    let start = scan.tokens.get(tokens.start).map_or(0, |token| token.start);
    scan.sentence_at(start).start == tokens.start && tokens.len() < 3
}

/// True in lines that are written in capitals throughout.
fn is_shouted(scan: &Scan<'_>, tokens: &Range<usize>) -> bool {
    let words = tokens.clone().filter_map(|n| scan.tokens.get(n)).filter(|token| token.is_word());
    let (mut n_words, mut n_upper) = (0, 0);
    for token in words {
        n_words += 1;
        n_upper += usize::from(token.shape == Shape::Upper);
    }
    n_words >= 3 && n_upper == n_words
}
