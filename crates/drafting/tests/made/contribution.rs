//! Made-up contributions, and what is true of them: where they are in conflict, where they agree, where they only meet.

use std::collections::BTreeMap;

use super::{Dice, Line, Sheet};

/// A whole text in which about a third of the clauses of four stretches, each as long as a resolution, were touched.
pub fn contribution(base: &Sheet, seed: u64) -> Sheet {
    let mut dice = Dice(seed + 100);
    let mut sheet = base.clone();
    let per_resolution =
        base.lines.len() / base.lines.iter().filter(|line| line.words.starts_with("RESOLUTION")).count();
    for nth in 0..4 {
        let start = dice.below(base.lines.len() - per_resolution);
        let items: Vec<usize> =
            sheet.items().into_iter().filter(|at| (start..start + per_resolution).contains(at)).collect();
        for edit in 0..items.len() / 3 {
            let at = items[dice.below(items.len())].min(sheet.lines.len() - 1);
            if !sheet.items().contains(&at) {
                continue;
            }
            match edit % 5 {
                0 => sheet.add(&mut dice, at, 1_000_000 + nth * 1000 + edit),
                1 => {
                    sheet.lines.remove(at);
                }
                2 => sheet.reword(&mut dice, at, 50),
                _ => sheet.reword(&mut dice, at, 12),
            }
        }
    }
    sheet
}

/// Several contributions, with two changes a resolution that up to four of them make alike.
pub fn contributions(base: &Sheet, seed: u64, n_resolutions: usize, n: usize) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = (0..n).map(|at| contribution(base, seed + at as u64)).collect();
    let mut dice = Dice(seed);
    let items = base.items();
    for _ in 0..2 * n_resolutions {
        let at = items[dice.below(items.len())];
        let mut changed = base.clone();
        changed.reword(&mut dice, at, 15);
        for _ in 0..4 {
            let sheet = &mut sheets[dice.below(n)];
            if let Some(own) = sheet.at(base.lines[at].id).filter(|&own| sheet.lines[own] == base.lines[at]) {
                sheet.lines[own].words.clone_from(&changed.lines[at].words);
            }
        }
    }
    sheets
}

/// What is true of a clause of the base that several contributions touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meeting {
    /// All who touch it make the same change.
    Agreed,
    /// Words apart from each other are changed: from the first to the last changed word of one, and of the other, with at
    /// least one unchanged word between.
    Apart,
    /// The changed words lie among or next to each other, and none is changed in two ways: one may call it a conflict or not.
    Doubtful,
    /// The same word is changed in two ways.
    EditEdit,
    /// One deletes what another changes.
    DeleteEdit,
}

impl Meeting {
    pub fn name(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Apart => "apart",
            Self::Doubtful => "doubtful",
            Self::EditEdit => "edit_edit",
            Self::DeleteEdit => "delete_edit",
        }
    }
}

/// What was made of a clause: its new words, or `None` where it was deleted; and by which contributions.
pub type Results = BTreeMap<Option<String>, Vec<usize>>;

/// Clause by clause of the base, what contributions made of it; those who left it are not among them.
pub fn results(base: &Sheet, sheets: &[Sheet]) -> Vec<Results> {
    let mut all = vec![Results::new(); base.lines.len()];
    for (by, sheet) in sheets.iter().enumerate() {
        let own: BTreeMap<usize, &Line> = sheet.lines.iter().map(|line| (line.id, line)).collect();
        for (line, results) in base.lines.iter().zip(&mut all) {
            let words = own.get(&line.id).map(|own| own.words.clone());
            if words.as_ref() != Some(&line.words) {
                results.entry(words).or_default().push(by);
            }
        }
    }
    all
}

/// What is true of a clause; `None` where fewer than two contributions touch it.
pub fn meeting(base: &str, results: &Results) -> Option<Meeting> {
    let n: usize = results.values().map(Vec::len).sum();
    if n < 2 {
        return None;
    }
    if results.len() == 1 {
        return Some(Meeting::Agreed);
    }
    if results.contains_key(&None) {
        return Some(Meeting::DeleteEdit);
    }
    let base: Vec<&str> = base.split(' ').collect();
    let texts: Vec<Vec<&str>> = results.keys().flatten().map(|text| text.split(' ').collect()).collect();
    let pairs = (0..texts.len()).flat_map(|a| (a + 1..texts.len()).map(move |b| (a, b)));
    let found = pairs.map(|(a, b)| between(&base, &texts[a], &texts[b]));
    found.max_by_key(|meeting| *meeting as usize)
}

/// Rewording exchanges words one for one, so that what was changed is known by position.
fn between(base: &[&str], a: &[&str], b: &[&str]) -> Meeting {
    let changed = |text: &[&str]| -> Vec<usize> { (0..base.len()).filter(|&at| text[at] != base[at]).collect() };
    let (in_a, in_b) = (changed(a), changed(b));
    if in_a.iter().any(|&at| in_b.contains(&at) && a[at] != b[at]) {
        return Meeting::EditEdit;
    }
    let is_before =
        |one: &[usize], other: &[usize]| one.last().zip(other.first()).is_some_and(|(end, start)| end + 1 < *start);
    if is_before(&in_a, &in_b) || is_before(&in_b, &in_a) { Meeting::Apart } else { Meeting::Doubtful }
}
