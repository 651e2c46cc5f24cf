//! Reads a text into clauses, line by line.

use std::ops::Range;

use super::call::{call, is_annex, is_enacting, is_number, is_reference, symbol};
use super::label::{Label, label};
use super::{Call, Clause, ClauseKind, Count, Draft};
use crate::letters;

/// What is known of a line before it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Hint {
    #[default]
    None,
    Heading(u8),
    Note,
}

/// Nothing stands deeper than this.
const DEEPEST: u8 = 12;
impl Draft {
    /// Reads a text.
    ///
    /// Resolutions of ITU are read by their grammar: symbol of the proposal, number, title, history, enacting words, calls with
    /// their clauses, dashes, notes; several may follow each other. Otherwise headings (`## Scope`, `3.1 Scope`), numbered and
    /// lettered items, and paragraphs. A line is a clause: for lines that were wrapped by hand see [`unwrapped`](crate::unwrapped). Marks of byte order
    /// (U+FEFF), which some editors put first, are no text and are left out. Never fails.
    ///
    /// ```
    /// use drafting::Draft;
    /// let draft = Draft::read("noting\na)\tthat it rains;\nb)\tthat it pours,\nresolves to instruct TSAG\n1\tto stay inside.\n");
    /// let places: Vec<String> = (0..5).map(|at| draft.place(at)).collect();
    /// assert_eq!(places, ["noting", "noting/a", "noting/b", "resolves to instruct TSAG", "resolves to instruct TSAG/1"]);
    /// assert_eq!(draft.words(&draft.clauses()[2]), "that it pours");
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self::read_with(text, &[])
    }

    pub(super) fn read_with(text: &str, hints: &[Hint]) -> Self {
        let text = &*letters::without_bom(text);
        let lines = lines(text);
        let mut reader =
            Reader { text, has_headings: text.lines().any(|line| line.starts_with('#')), ..Reader::default() };
        for (at, line) in lines.iter().enumerate() {
            let next = lines[at + 1..].iter().find(|next| !text[next.start..next.end].trim().is_empty());
            reader.line(line.clone(), next.cloned(), hints.get(at).copied().unwrap_or_default());
        }
        let start = reader.clauses.first().map_or(text.len(), |first| first.range.start);
        let mut draft = Self { text: text.into(), clauses: reader.clauses, start };
        draft.count_unlabelled();
        draft
    }

    /// Numbers dashes and paragraphs in their block.
    fn count_unlabelled(&mut self) {
        let mut counts: Vec<((u8, bool), u32)> = Vec::new();
        for at in 0..self.clauses.len() {
            let clause = &self.clauses[at];
            if clause.kind.is_head() {
                counts.clear();
            }
            let depth = clause.depth;
            counts.retain(|((other, _), _)| *other <= depth);
            let key = (depth, clause.count.is_some());
            if matches!(clause.count, None | Some(Count::Dash)) && clause.kind.is_matter() {
                let n = counts.iter_mut().find(|(other, _)| *other == key);
                let ordinal = match n {
                    Some((_, n)) => {
                        *n += 1;
                        *n
                    }
                    None => {
                        counts.push((key, 1));
                        1
                    }
                };
                self.clauses[at].ordinal = ordinal;
            }
        }
    }
}

/// Returns the lines with their ends.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let ranges = text.split_inclusive('\n').map(|line| {
        let range = start..start + line.len();
        start = range.end;
        range
    });
    ranges.collect()
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    clauses: Vec<Clause>,
    has_headings: bool,
    is_resolution: bool,
    /// True between the number of a resolution and what follows its title.
    is_title_due: bool,
    section: usize,
    n_numbers: usize,
    /// Position of the heads above, by depth.
    heads: Vec<usize>,
    /// True where the block counts in Roman numerals.
    is_roman: bool,
}

/// A line taken apart, before its depth is known.
struct Read<'a> {
    kind: ClauseKind,
    call: Option<Call>,
    label: Option<Label<'a>>,
    /// Bytes of markup before the label or words.
    lead: usize,
}

impl<'a> Reader<'a> {
    fn line(&mut self, range: Range<usize>, next: Option<Range<usize>>, hint: Hint) {
        let whole = &self.text[range.clone()];
        let line = whole.trim();
        if line.is_empty() {
            if let Some(last) = self.clauses.last_mut() {
                last.range.end = range.end;
            }
            return;
        }
        let next = next.map_or("", |next| self.text[next].trim());
        let read = self.classified(line, next, hint);
        self.push(range, read);
    }

    fn classified(&mut self, line: &'a str, next: &str, hint: Hint) -> Read<'a> {
        let read = |kind| Read { kind, call: None, label: None, lead: 0 };
        if symbol(line).is_some() {
            return read(ClauseKind::Symbol);
        }
        if is_number(line) {
            return read(ClauseKind::Number);
        }
        if line.starts_with("[^") && line.contains("]:") || hint == Hint::Note {
            return read(ClauseKind::Note);
        }
        if is_enacting(line) && (self.is_resolution || self.is_title_due) {
            return read(ClauseKind::Enacting);
        }
        if self.is_title_due {
            if is_reference(line) {
                return read(ClauseKind::Reference);
            }
            if call(line, true).is_none() && label(line, false).is_none() {
                return read(ClauseKind::Title);
            }
        }
        // What follows is below the annex, no longer below the last call.
        if (self.is_resolution || self.in_calls()) && is_annex(line) {
            return read(ClauseKind::Heading(1));
        }
        let bare = line.trim_matches(['*', '_']);
        // Calls are written small.
        let is_small = bare.starts_with(char::is_lowercase);
        if let Some(said) = call(bare, self.is_resolution || self.in_calls() || is_small) {
            let lead = line.len() - line.trim_start_matches(['*', '_']).len();
            return Read { call: Some(said), lead, ..read(ClauseKind::Call) };
        }
        self.labelled(line, next, hint)
    }

    fn labelled(&mut self, line: &'a str, next: &str, hint: Hint) -> Read<'a> {
        let n_signs = line.len() - line.trim_start_matches('#').len();
        let is_markdown = (1..=6).contains(&n_signs) && line[n_signs..].starts_with(' ');
        let lead = if is_markdown { n_signs + 1 } else { 0 };
        let rest = line[lead..].trim_start();
        let lead = line.len() - rest.len();
        let is_head = is_markdown || matches!(hint, Hint::Heading(_));
        let mut found = label(rest, self.is_resolution || is_head || is_short(rest));
        if let Some(found) = &mut found {
            self.settle_roman(found, next);
        }
        let kind = match (&found, hint) {
            _ if is_markdown => ClauseKind::Heading(n_signs as u8),
            (_, Hint::Heading(level)) => ClauseKind::Heading(level.clamp(1, 9)),
            (Some(label), _) => self.head_of(label, rest).unwrap_or(ClauseKind::Item),
            (None, _) if self.in_calls() => ClauseKind::Item,
            (None, _) => ClauseKind::Paragraph,
        };
        Read { kind, call: None, label: found, lead }
    }

    /// Returns a heading where a number stands before a few words that are no sentence.
    fn head_of(&self, label: &Label<'_>, rest: &str) -> Option<ClauseKind> {
        let level = match label.count {
            Count::Number => 1,
            Count::Nested { n_parts } => n_parts,
            _ => return None,
        };
        let is_free = !self.is_resolution && !self.in_calls() && !self.has_headings;
        (is_free && is_short(rest)).then_some(ClauseKind::Heading(level))
    }

    /// `i)` counts as Roman where `ii)` follows or Roman ones precede, else it is the letter after h.
    fn settle_roman(&mut self, found: &mut Label<'_>, next: &str) {
        let letter = matches!(found.count, Count::Letter { is_capital: false });
        let inner = found.written.trim_matches(['(', ')', '.']);
        let is_sign = inner.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        let is_next_ii = next.trim_start_matches('(').starts_with("ii");
        if letter && is_sign && inner.len() == 1 && ((inner == "i" && is_next_ii) || (inner != "i" && self.is_roman)) {
            found.count = Count::Roman;
            found.ordinal = match inner {
                "i" => 1,
                "v" => 5,
                _ => 10,
            };
        } else if letter && inner == "ii" {
            found.count = Count::Roman;
            found.ordinal = 2;
        }
        if found.count != Count::Dash {
            self.is_roman = found.count == Count::Roman;
        }
    }

    fn in_calls(&self) -> bool {
        self.heads.last().is_some_and(|&head| self.clauses[head].kind == ClauseKind::Call)
    }

    fn push(&mut self, range: Range<usize>, read: Read<'_>) {
        self.enter(read.kind);
        let whole = &self.text[range.clone()];
        let start = range.start + whole.len() - whole.trim_start().len() + read.lead;
        let written = match (&read.label, read.kind) {
            (Some(label), _) => label.written.len(),
            (None, ClauseKind::Note) => whole.trim_start().find("]:").map_or(0, |at| at + 2),
            _ => 0,
        };
        let label = start..start + written;
        let after = &self.text[label.end..range.end];
        let words = label.end + after.len() - after.trim_start().len();
        let mut stop = range.start + whole.trim_end().len();
        if read.kind == ClauseKind::Call {
            stop = range.start + whole.trim_end().trim_end_matches(['*', '_', ',', ':']).len();
        }
        let (words, end) = split_end(self.text, words.min(stop).max(label.end)..stop.max(label.end), read.kind);
        let depth = self.depth(&read).min(DEEPEST);
        let under = self.heads.iter().rev().copied().find(|&head| self.clauses[head].depth < depth);
        let at = self.clauses.len();
        if read.kind.is_head() {
            self.heads.retain(|&head| self.clauses[head].depth < depth);
            self.heads.push(at);
        }
        let count = read.label.as_ref().map(|label| label.count);
        let ordinal = read.label.as_ref().map_or(0, |label| label.ordinal);
        let range = range.start..range.end;
        let section = self.section;
        self.clauses.push(Clause {
            kind: read.kind,
            call: read.call,
            under,
            section,
            depth,
            count,
            ordinal,
            range,
            label,
            words,
            end,
        });
    }

    /// Keeps track of where a resolution starts: at its number, or at the symbol before it.
    fn enter(&mut self, kind: ClauseKind) {
        let is_after_symbol = self.clauses.last().is_some_and(|last| last.kind == ClauseKind::Symbol);
        let starts = kind == ClauseKind::Symbol || (kind == ClauseKind::Number && !is_after_symbol);
        if starts && self.n_numbers > 0 {
            self.section += 1;
        }
        match kind {
            ClauseKind::Symbol => self.heads.clear(),
            ClauseKind::Number => {
                self.n_numbers += 1;
                self.is_resolution = true;
                self.is_title_due = true;
                self.heads.clear();
            }
            ClauseKind::Title | ClauseKind::Reference => {}
            _ => self.is_title_due = false,
        }
        if kind.is_head() {
            self.is_roman = false;
        }
    }

    fn depth(&self, read: &Read<'_>) -> u8 {
        let head = self.heads.last().map(|&head| self.clauses[head].depth);
        match read.kind {
            ClauseKind::Symbol | ClauseKind::Number => 0,
            ClauseKind::Title | ClauseKind::Reference | ClauseKind::Enacting | ClauseKind::Note => 1,
            ClauseKind::Call => 1,
            ClauseKind::Heading(level) => level,
            ClauseKind::Paragraph => head.unwrap_or(0) + 1,
            ClauseKind::Item => {
                let base = head.unwrap_or(0) + 1;
                match read.label.as_ref().map(|label| label.count) {
                    Some(Count::Nested { n_parts }) => base.max(n_parts),
                    Some(count @ (Count::Dash | Count::Roman)) => base + self.nesting(base, count),
                    Some(count @ Count::Letter { .. }) => base + self.below_number(base, count),
                    _ => base,
                }
            }
        }
    }

    /// Returns 1 where a dash or Roman numeral stands below a counted clause of the block, else 0.
    fn nesting(&self, base: u8, count: Count) -> u8 {
        let block = self.clauses.iter().rev().take_while(|clause| clause.kind == ClauseKind::Item);
        let above = block.filter(|clause| clause.count.is_some_and(|other| other != count && other != Count::Dash));
        above.map(|clause| clause.depth + 1 - base.min(clause.depth)).next().unwrap_or(0)
    }

    /// Letters below a numbered clause stand deeper than it.
    fn below_number(&self, base: u8, count: Count) -> u8 {
        let block = self.clauses.iter().rev().take_while(|clause| clause.kind == ClauseKind::Item);
        let mut above = block.filter(|clause| !matches!(clause.count, None | Some(Count::Dash | Count::Roman)));
        match above.next() {
            Some(last) if last.count == Some(count) => last.depth.saturating_sub(base),
            Some(last) => (last.depth + 1).saturating_sub(base),
            None => 0,
        }
    }
}

/// True for words that can be a heading: few, starting large, without end punctuation.
fn is_short(rest: &str) -> bool {
    let mut words = rest.split_whitespace().skip(1);
    let starts_large = words.clone().next().is_some_and(|word| word.starts_with(char::is_uppercase));
    starts_large && words.by_ref().count() <= 12 && !rest.trim_end().ends_with(['.', ';', ',', ':'])
}

/// Splits the punctuation off that ties an item to the next: `;`, `,`, `.`, `; and`.
fn split_end(text: &str, range: Range<usize>, kind: ClauseKind) -> (Range<usize>, Range<usize>) {
    let words = &text[range.clone()];
    if kind != ClauseKind::Item {
        return (range.clone(), range.end..range.end);
    }
    let linked = [" and", " or"].into_iter().find_map(|link| words.strip_suffix(link)).map(str::trim_end);
    let linked = linked.filter(|rest| rest.ends_with([';', ',']));
    let core = linked.unwrap_or(words);
    let core = core.strip_suffix([';', ',', '.']).unwrap_or(core).trim_end();
    let at = range.start + core.len();
    (range.start..at, at..range.end)
}
