//! Akoma Ntoso: valid whatever the text, and in the parts that a resolution has.
#![expect(clippy::disallowed_methods, reason = "tests run programs and read what they write")]

use std::process::Command;

use drafting::akn::{Meta, written};
use drafting::{Change, Marked, Paragraph, Style};
use jiff::civil::date;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

use crate::common::{by, is_here, marked, paragraph, resolution_68, run};
use crate::laws::any_marked;

pub fn meta() -> Meta<'static> {
    Meta { body: "WTSA", number: "68", date: date(2024, 10, 24), made: date(2024, 10, 25), language: "en" }
}

/// What xmllint says against texts that are not valid; nothing where all are.
fn invalid(texts: &[String]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<_> = (0..texts.len()).map(|nth| folder.path().join(format!("{nth}.xml"))).collect();
    paths.iter().zip(texts).for_each(|(path, text)| std::fs::write(path, text).unwrap());
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schema/akomantoso30.xsd");
    let run = Command::new("xmllint").args(["--noout", "--nonet", "--schema", schema]).args(&paths).output().unwrap();
    if run.status.success() { String::new() } else { String::from_utf8_lossy(&run.stderr).into_owned() }
}

#[test]
fn it_is_valid_whatever_the_text() {
    if !is_here("xmllint") {
        return;
    }
    let mut runner = TestRunner::deterministic();
    let mut texts: Vec<String> =
        (0..150).map(|_| written(&any_marked().new_tree(&mut runner).unwrap().current(), &meta())).collect();
    texts.extend(resolution_68().map(|text| written(&text, &meta())));
    texts.push(written(&Marked::default(), &Meta { body: "", number: " <&>", language: "??", ..meta() }));
    assert_eq!(invalid(&texts), "");
    // The judge does judge.
    assert!(!invalid(&[texts[0].replace("<mainBody", "<mainbody").replace("</mainBody", "</mainbody")]).is_empty());
}

#[test]
fn a_resolution_is_in_its_parts() {
    let Some(text) = resolution_68() else { return println!("skipped: the gold data is not here") };
    let xml = written(&text, &meta());
    let n = |what: &str| xml.matches(what).count();
    assert_eq!(n("<container name=\"preambular\""), 4);
    assert_eq!(n("<hcontainer name=\"operative\""), 3);
    assert_eq!(n("<formula name=\"enactingFormula\""), 1);
    assert_eq!((n("<docNumber>"), n("<docTitle>"), n("<authorialNote "), n("<noteRef "), n("<note ")), (1, 1, 1, 4, 4));
    assert!(xml.contains(
        "<ref href=\"/akn/itu/statement/resolution/pp/2010/122\">Resolution 122 (Rev. Guadalajara, 2010)</ref>"
    ));
    assert!(xml.contains(
        "<TLCOrganization eId=\"contribution_1\" href=\"/akn/ontology/organization/c102\" showAs=\"C102\"/>"
    ));
    assert_eq!(n("<ins ") + n("<del "), {
        let normal = text.normal();
        let runs = normal.paragraphs.iter().flat_map(|paragraph| &paragraph.runs);
        // Labels are parted from the words of their clause.
        let pieces = runs.filter(|run| !run.change.is_kept() && !run.text.is_empty());
        pieces
            .map(
                |run| {
                    if run.text.split_once('\t').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty()) { 2 } else { 1 }
                },
            )
            .sum::<usize>()
    });
}

#[test]
fn deeper_clauses_stand_in_their_clause() {
    let of = |style, text: &str| Paragraph { style, ..paragraph(vec![run(text, Change::Kept)], Change::Kept) };
    let struck = Change::Deleted(by(&[1]));
    let xml = written(
        &marked(vec![
            of(Style::Call, "resolves"),
            of(Style::Item(1), "1\tthe first"),
            of(Style::Item(2), "–\ta dash"),
            Paragraph { style: Style::Item(1), ..paragraph(vec![run("2\tgone", struck.clone())], struck) },
        ]),
        &meta(),
    );
    let body = xml[xml.find("<mainBody").unwrap()..].replace('\n', "");
    assert!(body.contains(
        "<paragraph eId=\"hcontainer_1__paragraph_1\"><num>1</num><content eId=\"hcontainer_1__paragraph_1__content\">\
         <p>the first</p><blockList eId=\"hcontainer_1__paragraph_1__content__list_1\">\
         <item eId=\"hcontainer_1__paragraph_1__content__list_1__item_1\"><num>–</num><p>a dash</p></item></blockList></content></paragraph>"
    ), "{body}");
    assert!(body.contains("status=\"removed\"><num><del refersTo=\"#contribution_2\">2</del></num>"), "{body}");
}
