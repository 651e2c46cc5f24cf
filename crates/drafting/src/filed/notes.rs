//! Notes: `[^1]` in the text, and paragraphs that begin with `[^1]:`, which stand apart in a file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::{Change, Paragraph, Run, Style};

/// Longest label of a note.
const LABEL: usize = 20;

/// A note that the text refers to once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Note {
    /// Its label, from 1.
    pub label: usize,
    /// Its paragraphs, without the label; at least one.
    pub paragraphs: Vec<Paragraph>,
    /// What was done to the reference.
    pub reference: Change,
}

impl Note {
    /// A note comes and goes with its reference, as in Word.
    fn go_with_reference(&mut self) {
        for paragraph in &mut self.paragraphs {
            let runs = paragraph.runs.iter_mut().filter(|run| !run.text.is_empty()).map(|run| &mut run.change);
            for change in runs.chain([&mut paragraph.mark]) {
                let inserted = change.inserted().chain(self.reference.inserted()).collect();
                let deleted = change.deleted().chain(self.reference.deleted()).collect();
                *change = Change::of(inserted, deleted);
            }
        }
    }

    /// Its paragraphs as a text without notes has them.
    pub fn written(mut self) -> Vec<Paragraph> {
        let text = format!("[^{}]: ", self.label);
        if let Some(first) = self.paragraphs.first_mut() {
            first.runs.insert(0, Run { text, change: self.reference, ..Run::default() });
        }
        self.paragraphs
    }
}

/// Where labels `[^1]` stand in a text, with the brackets.
pub(crate) fn labels(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("[^").filter_map(|(at, open)| {
        let rest = &text[at + open.len()..];
        let n = rest
            .bytes()
            .take(LABEL + 1)
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte))
            .count();
        let is_label = (1..=LABEL).contains(&n) && rest.as_bytes().get(n) == Some(&b']');
        is_label.then(|| at..at + open.len() + n + 1)
    })
}

/// The label with which a note begins.
fn own_label(paragraph: &Paragraph) -> Option<&str> {
    let text = &paragraph.runs.iter().find(|run| !run.text.is_empty()).filter(|_| paragraph.style == Style::Note)?.text;
    let label = labels(text).next().filter(|label| label.start == 0)?;
    text[label.end..].starts_with(':').then(|| &text[label])
}

/// Parts the notes that the text refers to once from the rest, and counts their labels from 1.
pub(super) fn parted(paragraphs: Vec<Paragraph>) -> (Vec<Paragraph>, Vec<Note>) {
    let order = referred_once(&paragraphs);
    let new = numbers(&paragraphs, &order);
    let (mut body, mut notes): (Vec<Paragraph>, BTreeMap<usize, Note>) = (Vec::new(), BTreeMap::new());
    let mut within: Option<usize> = None;
    for mut paragraph in paragraphs {
        let label = own_label(&paragraph);
        let known = label.and_then(|label| new.get(label)).copied();
        let follows = paragraph.style == Style::Note && label.is_none();
        within = known.or(within.filter(|_| follows));
        let Some(label) = within else {
            body.push(paragraph);
            continue;
        };
        if known.is_some() {
            drop_label(&mut paragraph);
        }
        let note = notes.entry(label).or_insert_with(|| Note { label, ..Note::default() });
        note.paragraphs.push(paragraph);
    }
    for run in body.iter_mut().filter(|it| it.style != Style::Note).flat_map(|it| &mut it.runs) {
        refer(run, &new, &mut notes);
    }
    if body.is_empty() {
        body.push(Paragraph::default());
    }
    notes.values_mut().for_each(Note::go_with_reference);
    (body, notes.into_values().collect())
}

/// The labels that stand once in the text and once before a note, in the order of the text.
fn referred_once(paragraphs: &[Paragraph]) -> Vec<String> {
    let mut n_notes: BTreeMap<&str, usize> = BTreeMap::new();
    for label in paragraphs.iter().filter_map(own_label) {
        *n_notes.entry(label).or_default() += 1;
    }
    let (mut n_references, mut order): (BTreeMap<&str, usize>, Vec<&str>) = (BTreeMap::new(), Vec::new());
    for (label, is_note) in all_labels(paragraphs) {
        // A note that refers to a note is not a footnote of Word.
        *n_references.entry(label).or_default() += if is_note { 2 } else { 1 };
        order.push(label);
    }
    let is_sure = |label: &&str| n_notes.get(label) == Some(&1) && n_references.get(label) == Some(&1);
    order.into_iter().filter(is_sure).map(String::from).collect()
}

/// All labels but those with which notes begin, and whether they stand in a note.
fn all_labels(paragraphs: &[Paragraph]) -> impl Iterator<Item = (&str, bool)> {
    paragraphs.iter().flat_map(|paragraph| {
        let n_own = usize::from(own_label(paragraph).is_some());
        let all = paragraph.runs.iter().flat_map(|run| labels(&run.text).map(|label| &run.text[label]));
        all.skip(n_own).map(|label| (label, paragraph.style == Style::Note))
    })
}

/// The new label of each note: the next number that the text does not have as mere words.
fn numbers(paragraphs: &[Paragraph], order: &[String]) -> BTreeMap<String, usize> {
    let linked: BTreeSet<&str> = order.iter().map(String::as_str).collect();
    let own = paragraphs.iter().filter_map(own_label);
    let words = all_labels(paragraphs).map(|(label, _)| label).chain(own);
    let words: BTreeSet<&str> = words.filter(|label| !linked.contains(label)).collect();
    let free = (1_usize..).filter(|number| !words.contains(format!("[^{number}]").as_str()));
    order.iter().cloned().zip(free).collect()
}

/// Takes the label and the white space behind it from the beginning of a note.
fn drop_label(paragraph: &mut Paragraph) {
    let mut is_label_gone = false;
    for run in &mut paragraph.runs {
        if run.text.is_empty() {
            continue;
        }
        if !std::mem::replace(&mut is_label_gone, true) {
            let end = labels(&run.text).next().map_or(0, |label| label.end + 1);
            run.text.drain(..end);
        }
        run.text.drain(..run.text.len() - run.text.trim_start().len());
        if !run.text.is_empty() {
            return;
        }
    }
}

/// Writes the new labels into a run, and tells the notes what was done to it.
fn refer(run: &mut Run, new: &BTreeMap<String, usize>, notes: &mut BTreeMap<usize, Note>) {
    let (mut text, mut at) = (String::new(), 0);
    for label in labels(&run.text) {
        let Some(number) = new.get(&run.text[label.clone()]) else { continue };
        text.push_str(&run.text[at..label.start]);
        text.push_str(&format!("[^{number}]"));
        at = label.end;
        if let Some(note) = notes.get_mut(number) {
            note.reference = run.change.clone();
        }
    }
    if at > 0 {
        text.push_str(&run.text[at..]);
        run.text = text;
    }
}
