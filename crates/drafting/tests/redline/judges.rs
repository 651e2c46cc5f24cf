//! Independent judges: pandoc and `LibreOffice` see what was meant. Left out, with a message, where they are not installed.
#![expect(clippy::disallowed_methods, reason = "tests run programs and read what they write")]

use std::path::Path;
use std::process::Command;

use drafting::docx::{Made, read, written};
use drafting::{Change, Marked, Paragraph, Remark, Run, Style};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

use crate::common::{DATE, by, gold, is_here, marked, paragraph, resolution_68, run};
use crate::laws::any_marked;

fn file(marked: &Marked) -> Vec<u8> {
    written(marked, &Made { title: "Resolution 68", date: Some(DATE) })
}

/// What pandoc makes of a file.
fn pandoc(file: &[u8], changes: &str, to: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docx");
    std::fs::write(&path, file).unwrap();
    let run = Command::new("pandoc")
        .args(["-f", "docx", "-t", to, "--wrap=none", &format!("--track-changes={changes}")])
        .arg(&path)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

/// The paragraphs with words, each without white space: marks of notes as pandoc writes them.
fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("[^", "[").replace("]:", "]");
    let lines = text.lines().map(|line| line.split_whitespace().collect::<String>());
    lines.filter(|line| !line.is_empty()).collect()
}

/// A text with all that is hard at once: paragraphs that were parted and joined, came and went.
fn hard() -> Marked {
    let (kept, added, struck) = (Change::Kept, Change::Inserted(by(&[0])), Change::Deleted(by(&[1])));
    let both = Change::Inserted(by(&[0, 1]));
    let withdrawn = Change::Withdrawn { inserted: by(&[0]), deleted: by(&[1]) };
    let mut hard = marked(vec![
        paragraph(vec![run("Joined with", kept.clone()), run(" what", struck.clone())], struck.clone()),
        paragraph(vec![run(" the next.", kept.clone())], kept.clone()),
        paragraph(vec![run("Parted here", kept.clone())], added.clone()),
        paragraph(vec![run("and went on.", kept.clone())], kept.clone()),
        paragraph(vec![run("Added whole.", added.clone())], added.clone()),
        paragraph(vec![run("Struck whole.", struck.clone())], struck.clone()),
        paragraph(vec![run("Kept[^1] ", kept.clone()), run("and withdrawn", withdrawn.clone())], kept.clone()),
        paragraph(vec![run("Withdrawn whole.", withdrawn.clone())], withdrawn),
        paragraph(vec![run("Before the end.", kept.clone())], kept.clone()),
        paragraph(vec![run("Added by both.", both.clone())], both),
        paragraph(vec![run("Added at the end.", added.clone())], added.clone()),
        Paragraph {
            style: Style::Note,
            ..paragraph(vec![run("[^1]: A ", kept.clone()), run("note.", added), run("word.", struck)], kept)
        },
    ]);
    hard.remarks.push(Remark { author: "C".into(), date: None, text: "Why?\nAgain.".into() });
    hard.paragraphs[1].runs[0].remarks = by(&[0]);
    hard
}

#[test]
fn pandoc_accepts_and_rejects_as_we_do() {
    if !is_here("pandoc") {
        return;
    }
    for text in [Some(hard()), resolution_68()].into_iter().flatten() {
        let file = file(&text);
        assert_eq!(paragraphs(&pandoc(&file, "accept", "plain")), paragraphs(&text.accepted()));
        assert_eq!(paragraphs(&pandoc(&file, "reject", "plain")), paragraphs(&text.rejected()));
    }
}

#[test]
fn pandoc_sees_every_change_with_its_authors() {
    if !is_here("pandoc") {
        return;
    }
    for text in [Some(hard()), resolution_68()].into_iter().flatten() {
        let all = pandoc(&file(&text), "all", "native");
        let normal = text.normal();
        let is_word = |run: &&Run| !run.text.is_empty();
        let runs = || normal.paragraphs.iter().flat_map(|paragraph| &paragraph.runs).filter(is_word);
        let n = |what: &str| all.matches(&format!("\"{what}\"")).count();
        assert_eq!(n("insertion"), runs().filter(|run| run.change.inserted().next().is_some()).count());
        // What was added and struck again pandoc takes as added.
        assert_eq!(n("deletion"), runs().filter(|run| matches!(run.change, Change::Deleted(_))).count());
        assert_eq!(n("comment-start"), text.remarks.len());
        for name in ["C102", "C112", "C102+C112"].iter().filter(|_| text.authors.contains(&"C102".to_string())) {
            assert!(n(name) > 0, "{name}");
        }
    }
}

#[test]
fn the_gold_texts_come_out() {
    let Some(text) = resolution_68() else { return println!("skipped: the gold data is not here") };
    let read = read(&file(&text)).unwrap().marked;
    assert_eq!(read, text.normal());
    let text_of = |name: &str| std::fs::read_to_string(gold().join(name)).unwrap();
    // The symbol `MOD` is no paragraph of the resolution.
    let without_symbol = |text: String| paragraphs(&text).split_first().map(|(_, rest)| rest.to_vec()).unwrap();
    assert_eq!(without_symbol(read.accepted()), paragraphs(&text_of("merged.txt")));
    let (mut rejected, mut base) = (without_symbol(read.rejected()), paragraphs(&text_of("base.txt")));
    // Struck clauses stand where the proposal has them, and one had lost its automatic mark `c)` there.
    rejected.iter_mut().filter(|line| line.starts_with("thatRec")).for_each(|line| line.insert_str(0, "c)"));
    rejected.sort();
    base.sort();
    assert_eq!(rejected, base);
}

#[test]
fn a_copy_to_look_at() {
    // Where a person asks for it, the files are left for looking at.
    let Some(folder) = std::env::var_os("REDLINE_COPY").map(std::path::PathBuf::from) else { return };
    for (name, text) in [("hard", Some(hard())), ("resolution_68", resolution_68())] {
        if let Some(text) = text {
            std::fs::write(folder.join(format!("{name}.docx")), file(&text)).unwrap();
            std::fs::write(folder.join(format!("{name}.html")), drafting::html::side_by_side(&text)).unwrap();
            std::fs::write(folder.join(format!("{name}.xml")), drafting::akn::written(&text, &crate::akn::meta()))
                .unwrap();
        }
    }
}

/// The parts of a text as `LibreOffice` counts them: what one reviewer did without a break is one change, whether to words or marks.
fn n_changes(text: &Marked) -> usize {
    let normal = text.normal();
    let (mut n, mut last) = (0, Change::Kept);
    for paragraph in &normal.paragraphs {
        let words = paragraph.runs.iter().filter(|run| !run.text.is_empty()).map(|run| &run.change);
        for change in words.chain([&paragraph.mark]) {
            n += usize::from(!change.is_kept() && *change != last);
            last = change.clone();
        }
    }
    n
}

/// Converts a file with `LibreOffice`, and returns where it is.
fn converted(folder: &Path, file: &[u8], to: &str) -> std::path::PathBuf {
    std::fs::write(folder.join("a.docx"), file).unwrap();
    let out = folder.join("out");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .arg(&out)
        .arg(folder.join("a.docx"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    out.join(format!("a.{to}"))
}

#[test]
fn libreoffice_counts_the_same_changes() {
    let Some(text) = resolution_68() else { return println!("skipped: the gold data is not here") };
    if !is_here("soffice") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let odt = std::fs::read(converted(folder.path(), &file(&text), "odt")).unwrap();
    let content = crate::common::part(&odt, "content.xml");
    assert_eq!(content.matches("<text:changed-region").count(), n_changes(&text));
    assert_eq!(content.matches("<office:annotation ").count(), text.remarks.len());
    for name in ["C102", "C112", "C102+C112", "Arnaud Taddei"] {
        assert!(content.contains(&format!("<dc:creator>{name}</dc:creator>")), "{name}");
    }
    assert_eq!(content.matches("<text:note ").count(), 1);
}

#[test]
fn what_libreoffice_saves_is_still_ours() {
    let Some(text) = resolution_68() else { return println!("skipped: the gold data is not here") };
    if !is_here("soffice") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let back = read(&std::fs::read(converted(folder.path(), &file(&text), "docx")).unwrap()).unwrap();
    assert_eq!(back.problems, []);
    // A heading that ends in an insertion and is followed by one has its own mark inserted by LibreOffice 7.4: words are compared.
    assert_eq!(paragraphs(&back.marked.accepted()).concat(), paragraphs(&text.accepted()).concat());
    assert_eq!(paragraphs(&back.marked.rejected()).concat(), paragraphs(&text.rejected()).concat());
    assert_eq!((back.marked.authors, back.marked.remarks.len()), (text.authors.clone(), text.remarks.len()));
}

#[test]
fn pandoc_accepts_and_rejects_anything_as_we_do() {
    if !is_here("pandoc") {
        return;
    }
    let mut runner = TestRunner::deterministic();
    let mut n = 0;
    for _ in 0..60 {
        let mut text = any_marked().new_tree(&mut runner).unwrap().current();
        // What pandoc shows otherwise is left out: tables, notes, headings in italics.
        for paragraph in &mut text.paragraphs {
            paragraph.style = Style::Plain;
            for run in &mut paragraph.runs {
                run.text.retain(|letter| letter.is_ascii_alphanumeric() || letter == ' ');
                (run.emphasis, run.remarks) = Default::default();
            }
        }
        let (text, file) = (text.normal(), file(&text));
        assert_eq!(paragraphs(&pandoc(&file, "accept", "plain")), paragraphs(&text.accepted()), "{text:#?}");
        assert_eq!(paragraphs(&pandoc(&file, "reject", "plain")), paragraphs(&text.rejected()), "{text:#?}");
        n += 1;
    }
    assert_eq!(n, 60);
}
