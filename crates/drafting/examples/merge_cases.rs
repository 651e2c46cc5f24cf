//! Writes cases for the comparison of merging with peers: `cargo run -p drafting --release --example merge_cases -- FOLDER [GOLD]`.
//!
//! A folder each: `base` and contributions as .txt and .docx, a paragraph a line, and `truth.json`, which says by line of the base where
//! contributions are in conflict, where they agree, and where they meet without either. GOLD is the folder of Resolution 68.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "an example writes files and says what it wrote")]

#[path = "../tests/made/mod.rs"]
mod made;

use std::fs;
use std::io::Result;
use std::path::Path;

use drafting::docx::{Made, written};
use drafting::{Draft, Marked, Paragraph, Run};
use made::contribution::{Meeting, Results, contributions, meeting, results};
use made::{Dice, Sheet};
use serde_json::{Value, json};

/// Another than those that merging was tried with.
const SEED: u64 = 20_261_123;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, gold @ ..] = &arguments[..] else {
        println!("expected FOLDER [GOLD], found nothing");
        return Ok(());
    };
    let folder = Path::new(folder);
    tiny(&folder.join("tiny"))?;
    made_up(&folder.join("mid"), 8, 5, Sheet::text)?;
    made_up(&folder.join("mid-unlabelled"), 8, 5, Sheet::bare_text)?;
    made_up(&folder.join("big"), 70, 50, Sheet::text)?;
    made_up(&folder.join("big-unlabelled"), 70, 50, Sheet::bare_text)?;
    match gold {
        [gold] => resolution_68(&folder.join("resolution-68"), Path::new(gold)),
        _ => Ok(()),
    }
}

/// One line and one change: what a program takes to start.
fn tiny(folder: &Path) -> Result<()> {
    let texts = ["resolves\n1\tto report.\n", "resolves\n1\tto report yearly.\n"].map(String::from);
    write(folder, &texts[0], &[("C00".into(), texts[1].clone())], json!({"conflicts": [], "meetings": []}))
}

fn made_up(folder: &Path, n_resolutions: usize, n: usize, text: fn(&Sheet) -> String) -> Result<()> {
    let base = Sheet::grown(&mut Dice(SEED), n_resolutions, 5);
    let sheets = contributions(&base, SEED, n_resolutions, n);
    let ids: Vec<String> = (0..n).map(|at| format!("C{at:02}")).collect();
    let (mut conflicts, mut meetings, mut n_edits, mut one_sided) = (Vec::new(), Vec::new(), 0, Vec::new());
    for (at, results) in results(&base, &sheets).iter().enumerate() {
        n_edits += results.values().map(Vec::len).sum::<usize>();
        let Some(meeting) = meeting(&base.lines[at].words, results) else {
            one_sided.extend((!results.is_empty()).then_some(at + 1));
            continue;
        };
        let named = |by: &Vec<usize>| by.iter().map(|&by| ids[by].as_str()).collect::<Vec<_>>();
        let by: Vec<Vec<&str>> = results.values().map(named).collect();
        if matches!(meeting, Meeting::EditEdit | Meeting::DeleteEdit) {
            let (id, left) = (format!("line {}", at + 1), least_left(&base.lines[at].words, results));
            conflicts.push(json!({"id": id, "kind": meeting.name(), "lines": [at + 1], "by": by, "left": left}));
        } else {
            meetings.push(json!({"kind": meeting.name(), "line": at + 1, "by": by}));
        }
    }
    let texts: Vec<(String, String)> = ids.iter().cloned().zip(sheets.iter().map(text)).collect();
    let truth = json!({"conflicts": conflicts, "meetings": meetings, "one_sided": one_sided, "n_edits": n_edits});
    write(folder, &text(&base), &texts, truth)
}

/// How many words in a hundred the strongest rewording leaves in their places.
fn least_left(base: &str, results: &Results) -> usize {
    let left = |text: &String| base.split(' ').zip(text.split(' ')).filter(|(old, new)| old == new).count();
    100 * results.keys().flatten().map(left).min().unwrap_or_default() / base.split(' ').count()
}

fn resolution_68(folder: &Path, gold: &Path) -> Result<()> {
    let read = |name: &str| fs::read_to_string(gold.join(name));
    let known: Value = serde_json::from_str(&read("conflicts.json")?)?;
    let base = read("base.txt")?;
    let places = places(&base);
    let line_of = |place: &str| -> Vec<usize> {
        let place = place.replace(
            "resolves/director",
            "resolves to instruct the Director of the Telecommunication Standardization Bureau",
        );
        // Dashes below a clause are part of it.
        let is_at = |own: &&str| **own == place || own.starts_with(&format!("{place}/"));
        (1..).zip(&places).filter(|(_, own)| is_at(&own.as_str())).map(|(line, _)| line).collect()
    };
    let conflict = |own: &Value| {
        let lines = line_of(own["base"].as_str().unwrap_or_default());
        json!({"id": own["id"], "kind": own["kind"], "lines": lines})
    };
    let conflicts: Vec<Value> = known["conflicts"].as_array().into_iter().flatten().map(conflict).collect();
    // Additions that say the same, or cite two editions of one resolution; nobody commented on them, so finding them is neither right nor wrong.
    let also = json!([
        ["within the mandate, roles", "to continue to organize workshops"],
        ["Resolution 22 (Rev. Geneva, 2020)", "Rev. Geneva, 2022"]
    ]);
    let of = |name: &str, id: &str| Ok((name.to_string(), read(&format!("synthetic_{id}.txt"))?));
    let texts: Vec<(String, String)> = ["C102", "C112"].iter().map(|id| of(id, id)).collect::<Result<_>>()?;
    let twice = folder.with_file_name("twice");
    write(&twice, &base, &[of("C102", "C102")?, of("C103", "C102")?], json!({"conflicts": [], "meetings": []}))?;
    write(folder, &base, &texts, json!({"conflicts": conflicts, "meetings": [], "also": also}))
}

/// The place that each line of a text has, as merging names it; empty where it has none.
fn places(text: &str) -> Vec<String> {
    let draft = Draft::read(text);
    let mut places = vec![String::new(); text.lines().count()];
    for (at, clause) in draft.clauses().iter().enumerate() {
        let line = text[..clause.label.start].matches('\n').count();
        places[line] = draft.place(at);
    }
    places
}

fn write(folder: &Path, base: &str, texts: &[(String, String)], mut truth: Value) -> Result<()> {
    fs::create_dir_all(folder)?;
    truth["places"] = json!(places(base));
    truth["n_words"] = json!(base.split_whitespace().count());
    truth["contributions"] = texts.iter().map(|(id, _)| id.as_str()).collect();
    fs::write(folder.join("truth.json"), serde_json::to_string_pretty(&truth)?)?;
    for (id, text) in [("base", base)].into_iter().chain(texts.iter().map(|(id, text)| (id.as_str(), text.as_str()))) {
        fs::write(folder.join(id).with_extension("txt"), text)?;
        fs::write(folder.join(id).with_extension("docx"), written(&plain(text), &Made::default()))?;
    }
    println!("{}: {} words, {} contributions", folder.display(), truth["n_words"], texts.len());
    Ok(())
}

/// Every line a paragraph of running text, so that no program is told more than another.
fn plain(text: &str) -> Marked {
    let paragraph =
        |line: &str| Paragraph { runs: vec![Run { text: line.into(), ..Run::default() }], ..Paragraph::default() };
    Marked { paragraphs: text.lines().map(paragraph).collect(), ..Marked::default() }
}
