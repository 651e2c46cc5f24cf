//! Persons where the words around a name show one: honorifics, offices, affiliations, verbs of speech, lists.

use std::ops::Range;

use rustc_hash::FxHashSet;

use document::Kind;

use super::hits::Hits;
use super::lists;
use super::sections::{self, Section};
use super::series;
use super::shape::{self, Care, Name, is_word_of_name};
use super::tail::{self, Office, Tail};
use super::words::lexicon;
use crate::scan::{Scan, Shape, Token};

/// One place where a person is named in a way that shows it is one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    /// The name.
    pub name: Name,
    /// Office before the name.
    pub before: Option<Office>,
    /// What follows the name.
    pub tail: Option<Tail>,
    /// Part in the event.
    pub part: Option<&'static str>,
    /// Rule.
    pub rule: &'static str,
    /// How sure it is.
    pub confidence: f64,
    /// True for a given name alone.
    pub is_given_name_only: bool,
}

/// What the rules look at besides the scan.
pub(crate) struct Context<'c, 's, 'a> {
    /// The document.
    pub scan: &'s Scan<'a>,
    /// Organisations.
    pub hits: &'c Hits<'s, 'a>,
    /// Section of each block.
    pub sections: Vec<Section>,
    /// Words that the document also writes small.
    pub common: FxHashSet<u64>,
}

impl<'c, 's, 'a> Context<'c, 's, 'a> {
    /// Prepares the look at a document.
    pub fn of(scan: &'s Scan<'a>, hits: &'c Hits<'s, 'a>) -> Self {
        let common = scan.tokens.iter().filter(|token| token.shape == Shape::Lower).map(|token| token.key).collect();
        Self { scan, hits, sections: sections::of_blocks(scan), common }
    }

    /// Returns the section of the block in which token `n` stands.
    pub fn section(&self, n: usize) -> Section {
        let block = self.scan.tokens.get(n).map_or(0, |token| token.block as usize);
        self.sections.get(block).copied().unwrap_or_default()
    }

    /// Number of words of the name that this document, or documents in general, write small.
    fn n_common(&self, name: &Name) -> usize {
        let is_common = |token: &Token| {
            token.shape != Shape::Lower && (self.common.contains(&token.key) || lexicon().common.has(token.key))
        };
        name.tokens.clone().filter(|n| self.scan.tokens.get(*n).is_some_and(is_common)).count()
    }

    /// True when no word of the name is written small, and none is an acronym.
    pub fn is_uncommon(&self, name: &Name) -> bool {
        let is_acronym = |n: usize| {
            let token = self.scan.tokens.get(n);
            token.is_some_and(|token| token.shape == Shape::Upper && is_unspoken(self.scan.word(n)))
        };
        self.n_common(name) == 0 && !name.tokens.clone().any(is_acronym)
    }

    /// True when most words of the name are not written small.
    fn is_mostly_uncommon(&self, name: &Name) -> bool {
        self.n_common(name) * 2 <= name.tokens.len()
    }
}

/// True for capitals that nobody can speak as a word: `QNR`, `CLT`.
fn is_unspoken(word: &str) -> bool {
    !word.contains('.') && word.chars().count() > 1 && !word.chars().any(|c| "AEIOUYÄÖÜÉ".contains(c))
}

/// Returns every place where the words show a person, in order.
pub(crate) fn find(context: &Context<'_, '_, '_>) -> Vec<Seen> {
    let scan = context.scan;
    let mut seen = lists::find(context);
    seen.sort_by_key(|one| one.name.tokens.start);
    let listed: Vec<Range<usize>> = seen.iter().map(extent).collect();
    seen.extend(series::find(context).into_iter().filter(|one| covered(&listed, one.name.tokens.start).is_none()));
    seen.sort_by_key(|one| one.name.tokens.start);
    let listed: Vec<Range<usize>> = seen.iter().map(extent).collect();
    let mut more = Vec::new();
    for tokens in &scan.blocks {
        let mut n = tokens.start;
        while n < tokens.end {
            let may_begin = scan
                .tokens
                .get(n)
                .is_some_and(|token| !matches!(token.shape, Shape::Lower | Shape::Number | Shape::Mark(_)));
            if !may_begin {
                n += 1;
                continue;
            }
            if let Some(end) = covered(&listed, n) {
                n = end.max(n + 1);
                continue;
            }
            match person_at(context, n, tokens) {
                Some(one) => {
                    n = one.name.tokens.end.max(n + 1);
                    more.push(one);
                }
                None => n += 1,
            }
        }
    }
    join_parts(context, &mut more);
    seen.append(&mut more);
    seen.sort_by_key(|one| (one.name.tokens.start, one.name.tokens.end));
    seen
}

fn extent(one: &Seen) -> Range<usize> {
    let end = one.tail.as_ref().map_or(one.name.tokens.end, |tail| tail.end);
    one.name.honorific.start..end
}

fn covered(listed: &[Range<usize>], n: usize) -> Option<usize> {
    let at = listed.partition_point(|range| range.start <= n);
    listed.get(at.checked_sub(1)?).filter(|range| n < range.end).map(|range| range.end)
}

/// Looks at the name that begins at token `n`, if one does and something shows that it is a person's.
fn person_at(context: &Context<'_, '_, '_>, n: usize, block: &Range<usize>) -> Option<Seen> {
    let (scan, hits) = (context.scan, context.hits);
    let token = scan.tokens.get(n)?;
    if !matches!(token.shape, Shape::Capital | Shape::Upper | Shape::Mixed) {
        return None;
    }
    if let Some(one) = given_name_only(context, n, block) {
        return Some(one);
    }
    let name = shape::name(scan, hits, n, Care::Open)?;
    if name.honorific.is_empty() && n > block.start && is_word_of_name(scan, hits, n - 1, Care::Open) {
        return None;
    }
    let before = before_name(context, n, block);
    let tail = tail::read(scan, hits, name.tokens.end);
    let tail = tail.filter(|tail| is_telling(context, &name, tail, &before));
    let (rule, confidence) = evidence(context, &name, &before, tail.as_ref(), block)?;
    let office = before_office(context, n, block).filter(|_| before != Before::Nothing || !name.honorific.is_empty());
    let part = part(context, &name, &before, tail.as_ref());
    Some(Seen { name, before: office, tail, part, rule, confidence, is_given_name_only: false })
}

/// What stands before a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    /// `moderated by`, `presentation by`, with the part that it gives.
    Frame(Option<&'static str>),
    /// An office: `Director General Anna Example`.
    Office,
    /// A verb of speech: `commented Anna Example`.
    Speech,
    /// A label: `Moderator: Anna Example`.
    Label(&'static str),
    /// `Comment by Anna Example`.
    Remark,
}

fn before_name(context: &Context<'_, '_, '_>, n: usize, block: &Range<usize>) -> Before {
    let scan = context.scan;
    let Some(before) = n.checked_sub(1).filter(|before| *before >= block.start) else { return Before::Nothing };
    let word = scan.word(before);
    if matches!(word, "by" | "from" | "with" | "of") && before > block.start {
        if scan.says(before - 1, &["comment", "by"]) {
            return Before::Remark;
        }
        if let Some(part) = frame_part(scan, before - 1) {
            return Before::Frame(part);
        }
    }
    if word == ":" && before > block.start {
        if let Some(part) = label_part(scan, before - 1) {
            return Before::Label(part);
        }
    }
    let is_comma = word == ",";
    // `Name, senior adviser, Example Ltd`: the office belongs to the name before it.
    let is_tail = is_comma && (block.start..before).rev().take(6).any(|n| scan.word(n) == ",");
    if is_tail {
        return Before::Nothing;
    }
    let at = if is_comma { before.checked_sub(1).unwrap_or(before) } else { before };
    let Some(token) = scan.tokens.get(at).filter(|_| at >= block.start) else { return Before::Nothing };
    if lexicon().offices.has(token.key) || scan.word(at) == "General" && is_office(scan, at.wrapping_sub(1)) {
        return Before::Office;
    }
    if is_comma && office_of_body(context, at, block) {
        return Before::Office;
    }
    let said = matches!(
        scan.word(at),
        "said"
            | "commented"
            | "added"
            | "explained"
            | "says"
            | "noted"
            | "remarked"
            | "stated"
            | "adds"
            | "according"
            | "concluded"
    );
    let is_to =
        scan.word(before) == "to" && before > block.start && scan.word(before - 1).eq_ignore_ascii_case("according");
    if (said && !is_comma) || is_to { Before::Speech } else { Before::Nothing }
}

fn is_office(scan: &Scan<'_>, n: usize) -> bool {
    scan.tokens.get(n).is_some_and(|token| lexicon().offices.has(token.key))
}

/// `the Secretary General of Example Body, Anna Example`: an organisation ends at token `at`, and its office stands before.
fn office_of_body(context: &Context<'_, '_, '_>, at: usize, block: &Range<usize>) -> bool {
    let low = block.start.max(at.saturating_sub(16));
    let start = (low..=at).find(|n| context.hits.at(*n).is_some_and(|hit| hit.tokens.end == at + 1));
    let Some(start) = start else { return false };
    let of = start
        .checked_sub(1)
        .filter(|of| *of > low)
        .map_or(start, |of| if matches!(context.scan.word(of), "the") { of - 1 } else { of });
    matches!(context.scan.word(of), "of" | "at")
        && of > low
        && (is_office(context.scan, of - 1) || context.scan.word(of - 1) == "General")
}

/// The part that a frame gives: `moderated by`, `keynote from`.
fn frame_part(scan: &Scan<'_>, n: usize) -> Option<Option<&'static str>> {
    Some(match scan.word(n).to_lowercase().as_str() {
        "moderated" | "facilitated" | "moderation" => Some("moderator"),
        "chaired" | "co-chaired" => Some("chair"),
        "keynote" | "keynotes" => Some("keynote"),
        "presentation" | "presentations" | "presented" | "talk" | "talks" | "remarks" | "address" | "speech"
        | "opened" | "closed" | "delivered" | "given" | "introduced" | "introduction" | "statement"
        | "contribution" => Some("speaker"),
        "signed" => Some("signatory"),
        "led" | "headed" | "hosted" | "represented" | "written" | "prepared" | "submitted" | "edited" | "proposed"
        | "raised" | "scribed" | "recorded" | "co-authored" | "authored" | "organised" | "organized" | "supported"
        | "seconded" => None,
        _ => return None,
    })
}

/// The part that a label gives: `Moderator:`, `Panellists:`.
pub(crate) fn label_part(scan: &Scan<'_>, n: usize) -> Option<&'static str> {
    Some(match scan.word(n).to_lowercase().as_str() {
        "moderator" | "moderators" | "facilitator" | "facilitators" => "moderator",
        "chair" | "chairs" | "co-chair" | "co-chairs" | "chairman" | "chairperson" | "chairing" => "chair",
        "speaker" | "speakers" | "presenter" | "presenters" => "speaker",
        "panellist" | "panellists" | "panelist" | "panelists" => "panellist",
        "keynote" => "keynote",
        "scribe" | "scribes" | "secretary" | "rapporteur" | "minutes" | "notes" | "editor" | "editors" | "author"
        | "authors" => "editor",
        "present" | "attendees" | "participants" | "attendance" | "attending" | "attended" => "attendee",
        "regrets" | "apologies" | "absent" => "absent",
        "contact" | "contacts" | "source" => "contact",
        _ => return None,
    })
}

/// True when what follows a name tells that it is a person's: an office, a known organisation, or a slot at the head of a line.
fn is_telling(context: &Context<'_, '_, '_>, name: &Name, tail: &Tail, before: &Before) -> bool {
    let has_office = tail
        .offices
        .iter()
        .any(|office| !office.title.is_empty() && tail::begins_office(context.scan, office.title.start));
    let has_known = tail
        .offices
        .iter()
        .filter_map(|office| office.organisation.as_ref())
        .any(|own| context.hits.exactly(own).is_some());
    let is_led = *before != Before::Nothing || !name.honorific.is_empty();
    has_office || has_known || tail.mode.is_some() || is_led || is_line_start(context, name)
}

fn is_line_start(context: &Context<'_, '_, '_>, name: &Name) -> bool {
    let start = name.honorific.start.min(name.tokens.start);
    let block = context.scan.tokens.get(start).and_then(|token| context.scan.blocks.get(token.block as usize));
    block.is_some_and(|block| block.start == start)
}

/// The rule that shows a person, and how sure it is; `None` when nothing does.
fn evidence(
    context: &Context<'_, '_, '_>,
    name: &Name,
    before: &Before,
    tail: Option<&Tail>,
    block: &Range<usize>,
) -> Option<(&'static str, f64)> {
    let scan = context.scan;
    if !name.honorific.is_empty() {
        let is_word = name.tokens.len() == 1
            && scan
                .tokens
                .get(name.tokens.start)
                .is_some_and(|t| lexicon().no_names.has(t.key) || lexicon().common.has(t.key));
        return (!is_word).then_some(("honorific", 0.98));
    }
    let is_two_worded = name.n_words(scan) >= 2 || name.tokens.len() >= 3;
    let is_shouted = name.tokens.clone().all(|n| scan.tokens.get(n).is_some_and(|token| token.shape == Shape::Upper));
    if !is_two_worded || is_shouted || !context.is_mostly_uncommon(name) {
        return None;
    }
    let is_uncommon = context.is_uncommon(name);
    match before {
        Before::Remark => return Some(("remark-by", 0.95)),
        Before::Frame(_) => return Some(("frame-by", 0.93)),
        Before::Label(_) => return Some(("label", 0.93)),
        Before::Office if is_uncommon => return Some(("office-before-name", 0.92)),
        Before::Speech if is_uncommon => return Some(("speech-before-name", 0.9)),
        Before::Speech | Before::Office | Before::Nothing => {}
    }
    if let Some(tail) = tail {
        let has_office = tail.offices.iter().any(|office| !office.title.is_empty());
        if !tail.is_slot && (is_uncommon || has_office || is_line_start(context, name)) {
            return Some(("name-then-office", 0.95));
        }
        if is_uncommon && is_entry(context, name, tail, block) {
            return Some(("name-then-affiliation", 0.85));
        }
    }
    let first = scan.tokens.get(name.tokens.start).map(|token| token.block);
    let next = scan.tokens.get(name.tokens.end).filter(|next| Some(next.block) == first);
    let speaks = next.is_some_and(|next| next.shape == Shape::Lower && lexicon().verbs.has(next.key));
    (speaks && is_uncommon).then_some(("name-then-verb", 0.88))
}

/// True when name and tail fill the line, or nearly so: an entry of a list or a heading.
fn is_entry(context: &Context<'_, '_, '_>, name: &Name, tail: &Tail, block: &Range<usize>) -> bool {
    let is_start = name.tokens.start <= block.start + 1 || is_line_start(context, name);
    let is_line = tail.end + 1 >= block.end;
    let kind = context.scan.block_of(block.start).map(|block| &block.kind);
    let is_item = matches!(kind, Some(Kind::Item { .. } | Kind::Heading(_)));
    if is_item && is_line_start(context, name) && context.scan.word(name.tokens.end) == "(" {
        return true;
    }
    let is_short = matches!(kind, Some(Kind::Heading(_) | Kind::Item { .. } | Kind::Cell { .. })) || block.len() <= 16;
    is_start && is_line && is_short
}

/// `Anna (Example Ltd)` at the head of a line: a given name alone, which nobody may link.
fn given_name_only(context: &Context<'_, '_, '_>, n: usize, block: &Range<usize>) -> Option<Seen> {
    let (scan, hits) = (context.scan, context.hits);
    let token = scan.tokens.get(n).filter(|token| n == block.start && token.shape == Shape::Capital)?;
    let is_alone = scan.word(n + 1) == "(" && !lexicon().no_names.has(token.key) && !hits.covers(n);
    if !is_alone || scan.text(token.span()).chars().count() < 2 {
        return None;
    }
    let tail = tail::read(scan, hits, n + 1)?;
    let is_told = tail.offices.iter().any(|office| {
        office.organisation.as_ref().is_some_and(|own| hits.exactly(own).is_some())
            || office.title.clone().any(|at| is_office(scan, at))
    });
    let name = Name { tokens: n..n + 1, honorific: n..n };
    let part = context.section(n).part();
    is_told.then_some(Seen {
        name,
        before: None,
        tail: Some(tail),
        part,
        rule: "given-name-only",
        confidence: 0.85,
        is_given_name_only: true,
    })
}

/// The part in the event that the words around a name, or else its section, give.
fn part(context: &Context<'_, '_, '_>, name: &Name, before: &Before, tail: Option<&Tail>) -> Option<&'static str> {
    match before {
        Before::Frame(Some(part)) | Before::Label(part) => return Some(part),
        Before::Remark => return Some("editor"),
        Before::Speech => return Some("speaker"),
        Before::Nothing | Before::Office | Before::Frame(None) => {}
    }
    let scan = context.scan;
    let after = tail.map_or(name.tokens.end, |tail| tail.end);
    let mut at = after;
    if scan.word(at) == "," {
        at += 1;
    }
    match scan.word(at) {
        "moderated" | "facilitated" => return Some("moderator"),
        "chaired" => return Some("chair"),
        "signed" => return Some("signatory"),
        _ => {}
    }
    let start = name.honorific.start.min(name.tokens.start);
    if let Some(word) = start.checked_sub(1).map(|n| scan.word(n).to_lowercase()) {
        if word.starts_with("panellist") || word.starts_with("panelist") {
            return Some("panellist");
        }
        if word == "moderator" {
            return Some("moderator");
        }
    }
    context.section(name.tokens.start).part().or_else(|| {
        let speaks =
            scan.tokens.get(at).is_some_and(|token| token.shape == Shape::Lower && lexicon().verbs.has(token.key));
        speaks.then_some("speaker")
    })
}

/// The office before a name: `the new Secretary General of Example Body, Mr. ...`.
fn before_office(context: &Context<'_, '_, '_>, n: usize, block: &Range<usize>) -> Option<Office> {
    let (scan, hits) = (context.scan, context.hits);
    let end = if n > block.start && scan.word(n - 1) == "," { n - 1 } else { n };
    let mut start = end;
    while start > block.start && end - start < 16 {
        let token = scan.tokens.get(start - 1)?;
        let is_small = token.shape == Shape::Lower
            && (matches!(scan.word(start - 1), "of" | "the" | "for" | "and" | "at" | "&")
                || lexicon().offices.has(token.key)
                || lexicon().modifiers.has(token.key));
        let is_large = token.is_capital(scan) || token.shape == Shape::Mixed;
        let is_other = scan.word(start - 1) == "and" && (start..end).any(|at| is_office(scan, at));
        if is_other || !(is_small || is_large && !lexicon().honorifics.has(token.key)) {
            break;
        }
        start -= 1;
    }
    while start < end && scan.tokens.get(start).is_some_and(|token| lexicon().joints.has(token.key)) {
        start += 1;
    }
    (start..end).find(|at| is_office(scan, *at) && !is_part_word(scan, *at))?;
    let owner =
        hits.within(&(start..end)).map(|hit| hit.tokens.clone()).max_by_key(|tokens| (tokens.len(), tokens.end));
    let Some(owner) = owner else {
        let first = (start..end).find(|at| tail::begins_office(scan, *at))?;
        return Some(Office { title: first..end, organisation: None, end, start: first });
    };
    let title = if owner.end < end { owner.end..end } else { start..owner.start };
    let title = trim(scan, title);
    (!title.is_empty()).then_some(Office { title, organisation: Some(owner), end, start })
}

/// Words that say what somebody does in the event, not what they are.
fn is_part_word(scan: &Scan<'_>, n: usize) -> bool {
    let word = scan.word(n).to_lowercase();
    ["panellist", "panelist", "moderator", "speaker"].iter().any(|part| word.starts_with(part))
}

fn trim(scan: &Scan<'_>, mut tokens: Range<usize>) -> Range<usize> {
    let is_edge = |n: usize| scan.tokens.get(n).is_none_or(|t| !t.is_word() || lexicon().joints.has(t.key));
    while !tokens.is_empty() && is_edge(tokens.start) {
        tokens.start += 1;
    }
    while !tokens.is_empty() && is_edge(tokens.end - 1) {
        tokens.end -= 1;
    }
    tokens
}

/// `A, office, and B, office, moderated the meeting`: what the second one does, the first one does as well.
fn join_parts(context: &Context<'_, '_, '_>, seen: &mut [Seen]) {
    for n in (1..seen.len()).rev() {
        let [one, other] = &mut seen[n - 1..=n] else { continue };
        let gap = extent(one).end..other.name.honorific.start.min(other.name.tokens.start);
        let is_joined = gap.len() <= 2 && gap.clone().any(|at| matches!(context.scan.word(at), "and" | "&"));
        if is_joined && matches!(other.part, Some("moderator" | "chair" | "signatory")) && one.part != other.part {
            one.part = other.part;
        }
    }
}
