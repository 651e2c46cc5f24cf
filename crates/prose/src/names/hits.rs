//! Where organisations are named: known names, learnt names, names that a cue shows, committees by their grammar.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::gazetteer::{Entry, Gazetteer, known};
use super::{committees, cues};
use crate::answer::{Acronym, Found, Named, Organisation, Span};
use crate::scan::{Scan, Shape, folded};

/// One place where an organisation is named.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hit {
    /// Its tokens; of a name inside a token (`ITU` in `ITU-T`) that token.
    pub tokens: Range<usize>,
    /// The words.
    pub span: Span,
    /// Number of what is known of it.
    pub entry: usize,
    /// Rule that found it.
    pub rule: &'static str,
    /// How sure the rule is.
    pub confidence: f64,
}

/// What was found of organisations so far.
pub(crate) struct Hits<'s, 'a> {
    scan: &'s Scan<'a>,
    /// What this document taught; its entries are numbered on from those of [`known`].
    local: Gazetteer,
    by_name: FxHashMap<String, usize>,
    /// Where organisations are named, by start, the longer first.
    pub found: Vec<Hit>,
    /// Acronyms that the document defines.
    pub acronyms: Vec<Acronym>,
}

impl<'s, 'a> Hits<'s, 'a> {
    /// Finds the organisations that names, cues and committee grammar show.
    pub fn of(scan: &'s Scan<'a>) -> Self {
        let mut hits = Self {
            scan,
            local: Gazetteer::default(),
            by_name: FxHashMap::default(),
            found: Vec::new(),
            acronyms: Vec::new(),
        };
        hits.find_known();
        hits.sort();
        for (tokens, rule, confidence, kind) in cues::find(scan, &hits) {
            let name = scan.folded(&tokens);
            hits.note(&name, &tokens, rule, confidence, kind);
        }
        for (tokens, name, acronym) in committees::find(scan, &hits) {
            let entry = Entry { name: name.clone(), acronym, kind: "SDO-committee".into(), country: None };
            let entry = hits.entry_of(&name, entry);
            hits.push(tokens, entry, "committee", 0.95);
        }
        hits.sort();
        hits.learn_acronyms();
        hits.find_learnt();
        hits
    }

    /// Learns organisations from the slots in which they stand (`Name, X`), and finds them everywhere.
    pub fn learn(&mut self, slots: &[Range<usize>]) {
        for tokens in slots {
            if self.exactly(tokens).is_none() {
                let name = self.scan.folded(tokens);
                self.note(&name, tokens, "affiliation", 0.85, "company");
            }
        }
        self.sort();
        self.find_learnt();
    }

    /// Returns the longest hit that begins at token `n`.
    pub fn at(&self, n: usize) -> Option<&Hit> {
        let first = self.found.partition_point(|hit| hit.tokens.start < n);
        self.found.get(first..)?.iter().take_while(|hit| hit.tokens.start == n).max_by_key(|hit| hit.tokens.end)
    }

    /// Returns the hit with exactly these tokens.
    pub fn exactly(&self, tokens: &Range<usize>) -> Option<&Hit> {
        let first = self.found.partition_point(|hit| hit.tokens.start < tokens.start);
        self.found
            .get(first..)?
            .iter()
            .take_while(|hit| hit.tokens.start == tokens.start)
            .find(|hit| hit.tokens == *tokens)
    }

    /// Returns the hits inside some tokens.
    pub fn within(&self, tokens: &Range<usize>) -> impl Iterator<Item = &Hit> {
        let (start, end) = (tokens.start, tokens.end);
        let first = self.found.partition_point(|hit| hit.tokens.start < start);
        let rest = self.found.get(first..).unwrap_or_default();
        rest.iter().take_while(move |hit| hit.tokens.start < end).filter(move |hit| hit.tokens.end <= end)
    }

    /// True when some tokens lie inside the name of an organisation that is longer.
    pub fn holds(&self, tokens: &Range<usize>) -> bool {
        let first = self.found.partition_point(|hit| hit.tokens.start + 24 < tokens.start);
        let rest = self.found.get(first..).unwrap_or_default();
        rest.iter()
            .take_while(|hit| hit.tokens.start <= tokens.start)
            .any(|hit| hit.tokens.end >= tokens.end && hit.tokens != *tokens)
    }

    /// True when the name of an organisation ends right before token `n`.
    pub fn ends_at(&self, n: usize) -> bool {
        let first = self.found.partition_point(|hit| hit.tokens.start + 24 < n);
        let rest = self.found.get(first..).unwrap_or_default();
        rest.iter().take_while(|hit| hit.tokens.start < n).any(|hit| hit.tokens.end == n)
    }

    /// True when token `n` lies in the name of an organisation.
    pub fn covers(&self, n: usize) -> bool {
        // No name is longer than 24 tokens, so looking back that far is enough.
        let first = self.found.partition_point(|hit| hit.tokens.start + 24 < n);
        let rest = self.found.get(first..).unwrap_or_default();
        rest.iter().take_while(|hit| hit.tokens.start <= n).any(|hit| n < hit.tokens.end)
    }

    /// Returns what is known of an entry.
    pub fn entry(&self, entry: usize) -> &Entry {
        let n_known = known().entries.len();
        known()
            .entries
            .get(entry)
            .or_else(|| self.local.entries.get(entry.wrapping_sub(n_known)))
            .unwrap_or_else(|| unknown())
    }

    fn find_known(&mut self) {
        for n in 0..self.scan.tokens.len() {
            for (tokens, entry) in known().at(self.scan, n) {
                self.push(tokens, entry, "known", 0.97);
            }
            self.find_inside(n);
        }
    }

    /// Known short names between the hyphens of a longer word: `ITU` in `ITU-T`, both in `ITU-MIIT`; of `WTSA-24` the whole.
    fn find_inside(&mut self, n: usize) {
        let Some(token) = self.scan.tokens.get(n).filter(|token| matches!(token.shape, Shape::Upper | Shape::Mixed))
        else {
            return;
        };
        let word = self.scan.word(n);
        let Some(hyphen) = word.find(['-', '\u{2011}']) else { return };
        let rest = word.get(hyphen..).unwrap_or_default().trim_start_matches(['-', '\u{2011}']);
        let mut start = 0;
        for part in word.split(['-', '\u{2011}']) {
            if let Some(entry) = known().short(part) {
                let is_edition =
                    start == 0 && rest.bytes().all(|byte| byte.is_ascii_digit()) && is_assembly(known(), entry);
                let end = if is_edition { token.end } else { token.start + start + part.len() };
                let span = Span::new(token.start + start, end);
                self.found.push(Hit { tokens: n..n + 1, span, entry, rule: "known-inside", confidence: 0.95 });
            }
            start = word
                .get(start + part.len()..)
                .and_then(|rest| rest.chars().next())
                .map_or(word.len(), |c| start + part.len() + c.len_utf8());
        }
    }

    fn find_learnt(&mut self) {
        let mut more = Vec::new();
        for n in 0..self.scan.tokens.len() {
            more.extend(self.local.at(self.scan, n).map(|(tokens, entry)| (tokens, entry)));
        }
        for (tokens, entry) in more {
            if self.exactly(&tokens).is_none() {
                self.push(tokens, entry, "named-before", 0.9);
            }
        }
        self.sort();
    }

    fn push(&mut self, tokens: Range<usize>, entry: usize, rule: &'static str, confidence: f64) {
        let span = self.scan.span(&tokens);
        self.found.push(Hit { tokens, span, entry, rule, confidence });
    }

    fn sort(&mut self) {
        self.found.sort_by(|a, b| {
            let by_place = a.tokens.start.cmp(&b.tokens.start).then(b.tokens.end.cmp(&a.tokens.end));
            by_place.then(b.span.end.cmp(&a.span.end)).then(b.confidence.total_cmp(&a.confidence))
        });
        self.found.dedup_by(|b, a| a.span == b.span);
    }

    /// Notes an organisation that was not known, and where it is named.
    fn note(&mut self, name: &str, tokens: &Range<usize>, rule: &'static str, confidence: f64, kind: &str) {
        if self.exactly(tokens).is_some() {
            return;
        }
        let entry = Entry { name: name.into(), acronym: None, kind: kind.into(), country: None };
        // `Example Institute of Korea` is the known `Example Institute`.
        let shorter =
            self.at(tokens.start).filter(|hit| hit.tokens.len() > 2 && self.scan.word(hit.tokens.end) == "of");
        let entry = match shorter.map(|hit| hit.entry) {
            Some(entry) => entry,
            None => self.entry_of(name, entry),
        };
        self.local.learn(name, entry);
        self.push(tokens.clone(), entry, rule, confidence);
    }

    fn entry_of(&mut self, name: &str, entry: Entry) -> usize {
        let local = &mut self.local;
        *self.by_name.entry(name.to_lowercase()).or_insert_with(|| known().entries.len() + local.add(entry))
    }

    /// `3rd Generation Partnership Project (3GPP)`: the words in brackets are an acronym of the organisation before them.
    fn learn_acronyms(&mut self) {
        let longest: BTreeMap<usize, (usize, usize, Span)> =
            self.found.iter().rev().map(|hit| (hit.tokens.end, (hit.tokens.start, hit.entry, hit.span))).collect();
        for (end, (_, entry, long)) in longest {
            let Some(short) = bracketed(self.scan, end) else { continue };
            let word = self.scan.word(short).to_string();
            if !abbreviates(&word, self.scan.text(long)) {
                continue;
            }
            self.acronyms.push(Acronym { short: self.scan.span(&(short..short + 1)), long });
            if self.exactly(&(short..short + 1)).is_some() {
                continue;
            }
            let n_known = known().entries.len();
            if let Some(local) = entry.checked_sub(n_known).and_then(|n| self.local.entries.get_mut(n)) {
                local.acronym.get_or_insert(word.clone());
            }
            self.local.learn(&word, entry);
        }
    }

    /// Returns the organisations, in order of first mention, and which one each entry became.
    pub fn organisations(&self) -> (Vec<Organisation>, FxHashMap<usize, usize>) {
        let mut organisations: Vec<Organisation> = Vec::new();
        let mut numbers: FxHashMap<usize, usize> = FxHashMap::default();
        let mut outer: Option<Span> = None;
        for hit in &self.found {
            let is_nested = outer.is_some_and(|outer| outer.holds(hit.span) && outer != hit.span);
            if !is_nested && outer.is_some_and(|outer| outer.meets(hit.span)) {
                continue;
            }
            if !is_nested {
                outer = Some(hit.span);
            }
            let number = *numbers.entry(hit.entry).or_insert_with(|| {
                organisations.push(organisation(self.entry(hit.entry)));
                organisations.len() - 1
            });
            let found = Found::new(hit.span, hit.rule, hit.confidence);
            if let Some(one) = organisations.get_mut(number) {
                one.mentions.push(Named { found, is_nested });
            }
        }
        (organisations, numbers)
    }
}

fn organisation(entry: &Entry) -> Organisation {
    Organisation {
        name: folded(&entry.name),
        acronym: entry.acronym.clone(),
        kind: entry.kind.clone(),
        country: entry.country.clone(),
        country_basis: entry.country.as_ref().map(|_| "known".to_string()),
        mentions: Vec::new(),
    }
}

/// True for bodies whose meetings are numbered: `WTSA-24` names the body as well as its meeting.
fn is_assembly(known: &Gazetteer, entry: usize) -> bool {
    known.entries.get(entry).is_some_and(|entry| entry.kind == "SDO-governing body")
}

/// True when the letters of an acronym stand in the name in order, the first one first.
pub(crate) fn abbreviates(short: &str, long: &str) -> bool {
    let mut letters = long.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let mut acronym = short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let starts =
        long.chars().next().map(|c| c.to_lowercase().next()) == short.chars().next().map(|c| c.to_lowercase().next());
    starts && acronym.all(|letter| letters.any(|other| other == letter))
}

fn unknown() -> &'static Entry {
    static UNKNOWN: Entry = Entry { name: String::new(), acronym: None, kind: String::new(), country: None };
    &UNKNOWN
}

/// Returns the one token in brackets at `n`, where it looks like an acronym.
fn bracketed(scan: &Scan<'_>, n: usize) -> Option<usize> {
    let [open, word, close] = scan.tokens.get(n..n + 3)? else { return None };
    let is_short = matches!(word.shape, Shape::Upper | Shape::Mixed) && word.end - word.start <= 12;
    let closes = close.is(')') || close.is(',') || close.is(';');
    (open.is('(') && is_short && closes && open.block == close.block).then_some(n + 1)
}
