//! Margins: remarks and tracked changes that a contribution brings along, kept at the clause that they are about.
//!
//! Merging takes what a contribution proposes; who of its authors changed what, and what they wrote in its margin, would be gone. Here
//! both are read from the .docx, and put into the margin of the merged text.

use std::collections::{BTreeMap, BTreeSet};

use drafting::docx;
use drafting::{Change, Marked, Paragraph, Remark, Run};

/// A remark, with the words of the paragraph that it stands at.
#[derive(Clone, Debug)]
pub struct Margin {
    passage: String,
    remark: Remark,
}

/// Returns what stands in the margin of a file; nothing where it is no .docx.
#[must_use]
pub fn margins(id: &str, bytes: &[u8]) -> Vec<Margin> {
    let Ok(reading) = docx::read(bytes) else { return Vec::new() };
    let marked = &reading.marked;
    let mut all = Vec::new();
    for paragraph in &marked.paragraphs {
        let passage = words(paragraph, |change| matches!(change, Change::Kept | Change::Inserted(_)));
        let at: BTreeSet<usize> = paragraph.runs.iter().flat_map(|run| run.remarks.iter().copied()).collect();
        let named = at.iter().filter_map(|at| marked.remarks.get(*at));
        all.extend(named.map(|own| {
            let author = format!("{} ({id})", own.author);
            Margin { passage: passage.clone(), remark: Remark { author, ..own.clone() } }
        }));
        let changers: BTreeSet<&str> = paragraph
            .runs
            .iter()
            .flat_map(|run| run.change.inserted().chain(run.change.deleted()))
            .filter_map(|at| marked.authors.get(at))
            .map(String::as_str)
            .collect();
        if !changers.is_empty() {
            let text = format!("Changed in {id} by {}.", changers.into_iter().collect::<Vec<_>>().join(", "));
            all.push(Margin { passage, remark: Remark { author: id.into(), date: None, text } });
        }
    }
    all
}

/// Puts remarks into the margin of a text: at the paragraph with most of their passage's words; where none has half of them, at the first,
/// with the passage, so that nothing is lost.
pub fn attach(marked: &mut Marked, margins: &[Margin]) {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, paragraph) in marked.paragraphs.iter().enumerate() {
        let all: String = paragraph.runs.iter().map(|run| run.text.as_str()).collect();
        for word in bag(&all) {
            places.entry(word).or_default().push(at);
        }
    }
    for margin in margins {
        let own = bag(&margin.passage);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        // Words that stand everywhere say nothing of a place, and would make long texts slow.
        for word in own.iter().filter_map(|word| places.get(word)).filter(|places| places.len() <= 200) {
            word.iter().for_each(|at| *shared.entry(*at).or_default() += 1);
        }
        let best = shared.into_iter().max_by_key(|(at, n)| (*n, usize::MAX - at));
        let (at, text) = match best {
            Some((at, n)) if 2 * n >= own.len() => (at, margin.remark.text.clone()),
            _ => (0, format!("{} (At: {})", margin.remark.text, margin.passage)),
        };
        let Some(paragraph) = marked.paragraphs.get_mut(at) else { continue };
        if paragraph.runs.is_empty() {
            paragraph.runs.push(Run::default());
        }
        paragraph.runs[0].remarks.insert(marked.remarks.len());
        marked.remarks.push(Remark { text, ..margin.remark.clone() });
    }
}

fn words(paragraph: &Paragraph, is_wanted: impl Fn(&Change) -> bool) -> String {
    paragraph.runs.iter().filter(|run| is_wanted(&run.change)).map(|run| run.text.as_str()).collect()
}

fn bag(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() > 2)
        .map(str::to_lowercase)
        .collect()
}
