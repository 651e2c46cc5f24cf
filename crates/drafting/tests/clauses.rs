//! How texts are read into clauses, and what merging makes of awkward ones.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test has no public items, and a panic is its answer")]

use document::{Block, Document, Format, Kind, Revision, View};
use drafting::{Choice, ClauseKind, ConflictKind, Contribution, Decision, Decisions, Draft, Merged, merge};

fn places(text: &str) -> Vec<String> {
    let draft = Draft::read(text);
    (0..draft.clauses().len()).map(|at| draft.place(at)).collect()
}

fn merged(base: &str, contributions: &[(&str, &str)]) -> Merged {
    let of = |(id, text): &(&str, &str)| Contribution { id: (*id).into(), draft: Draft::read(text) };
    let contributions: Vec<Contribution> = contributions.iter().map(of).collect();
    merge(&Draft::read(base), &contributions, &Decisions::default())
}

#[test]
fn several_resolutions_are_read_in_one_text() {
    let text = "MOD\nRESOLUTION 7 (Rev. A, 2016)\nOn meetings\n(A, 2016)\nThe Assembly (A, 2016),\nrecognizing also\na)\tone;\nresolves\nto meet.\n\
                ADD\nDRAFT NEW RESOLUTION [X-1]\nOn things\nresolves to instruct TSAG\n1\tto act:\ni)\tfirst; and\nii)\tsecond.\n\n[^1]: A note.\n";
    let seen = places(text);
    let expected = [
        "Resolution 7, symbol",
        "Resolution 7, number",
        "Resolution 7, title",
        "Resolution 7, reference",
        "Resolution 7, enacting words",
        "Resolution 7, recognizing also",
        "Resolution 7, recognizing also/a",
        "Resolution 7, resolves",
        "Resolution 7, resolves/paragraph 1",
        "Resolution X-1, symbol",
        "Resolution X-1, number",
        "Resolution X-1, title",
        "Resolution X-1, resolves to instruct TSAG",
        "Resolution X-1, resolves to instruct TSAG/1",
        "Resolution X-1, resolves to instruct TSAG/1/i",
        "Resolution X-1, resolves to instruct TSAG/1/ii",
        "Resolution X-1, note 1",
    ];
    assert_eq!(seen, expected);
    let draft = Draft::read(text);
    assert_eq!(draft.end(&draft.clauses()[14]), "; and");
    assert_eq!(draft.clauses()[12].call.as_ref().unwrap().addressee, "TSAG");
}

#[test]
fn specifications_and_markdown_are_read() {
    assert_eq!(
        places("1 Scope\nText.\n1.1 Of things\nMore.\na)\tone\n(i) two\n(ii) three\n"),
        ["1", "1/paragraph 1", "1.1", "1.1/paragraph 1", "1.1/a", "1.1/a/i", "1.1/a/ii"]
    );
    assert_eq!(places("# Scope\n\nText.\n\n- one\n- two\n"), ["Scope", "Scope/paragraph 1", "Scope/1", "Scope/2"]);
    let wrapped = "This paragraph was wrapped by hand at some width, as mails and\nspecifications of the internet are, and goes on.\n\nAnother one.\n";
    assert_eq!(Draft::read(&drafting::unwrapped(wrapped)).clauses().len(), 2);
}

#[test]
fn deep_nesting_ends() {
    let text = "considering\n".to_string() + &"a)\tone\nA)\ttwo\n".repeat(300);
    assert_eq!(Draft::read(&text).clauses().len(), 601);
    assert_eq!(merged(&text, &[("A", &text)]).text(), text);
}

#[test]
fn a_document_is_read_accepted_or_rejected() {
    let text = "noting\nthat it pours rains;\ngone;".to_string();
    let block = |range, kind| Block { range, kind, place: String::new() };
    let item = |mark: &str| Kind::Item { depth: 1, mark: mark.into() };
    let revision = |range, is_deleted| Revision { range, is_deleted, author: "C1".into(), date: String::new() };
    let document = Document {
        format: Format::Docx,
        blocks: vec![block(0..6, Kind::Paragraph), block(7..27, item("a)")), block(28..33, item("b)"))],
        markup: vec![],
        revisions: vec![revision(15..21, false), revision(21..26, true), revision(28..33, true)],
        comments: vec![],
        problems: vec![],
        text,
    };
    assert_eq!(Draft::of(&document, View::Accepted).text(), "noting\na)\tthat it pours ;\n");
    assert_eq!(Draft::of(&document, View::Rejected).text(), "noting\na)\tthat it rains;\nb)\tgone;\n");
}

#[test]
fn moves_behind_each_other_leave_the_base_and_are_a_conflict() {
    let base = "resolves\n1\tto open the first door;\n2\tto close the second window;\n3\tto paint the third wall;\n4\tto sweep the fourth floor.\n";
    // A puts 2 behind 3, B puts 3 behind 4 and 4 behind 2.
    let a = "resolves\n1\tto open the first door;\n2\tto paint the third wall;\n3\tto close the second window;\n4\tto sweep the fourth floor.\n";
    let b = "resolves\n1\tto close the second window;\n2\tto sweep the fourth floor;\n3\tto paint the third wall;\n4\tto open the first door.\n";
    let merged = merged(base, &[("A", a), ("B", b)]);
    for words in ["first door", "second window", "third wall", "fourth floor"] {
        assert_eq!(merged.text().matches(words).count(), 1, "{}", merged.text());
    }
    assert_eq!(merged.marked().rejected(), base);
    assert_eq!(merged.marked().accepted(), merged.text());
}

#[test]
fn a_call_that_one_deletes_stays_where_another_adds_below_it() {
    let base = "noting\na)\tthat it rains in autumn,\nresolves\n1\tto build a roof over the yard.\n";
    let without = "resolves\n1\tto build a roof over the yard.\n";
    let more = "noting\na)\tthat it rains in autumn;\nb)\tthat snow falls every winter,\nresolves\n1\tto build a roof over the yard.\n";
    let merged = merged(base, &[("A", without), ("B", more)]);
    assert!(merged.text().starts_with("noting [A: SUP]\n"), "{}", merged.text());
    assert!(merged.text().contains("that snow falls every winter"));
    assert_eq!(merged.conflicts[0].kind, ConflictKind::DeleteEdit);
}

#[test]
fn typography_alone_is_no_conflict_with_a_change() {
    let base = "noting\na)\tthat ITU-T studies the 'needs' of industry.\n";
    let looks = "noting\na)\tthat ITU\u{2011}T studies the \u{2018}needs\u{2019} of industry.\n";
    let says = "noting\na)\tthat ITU-T meets the 'wishes' of industry.\n";
    assert_eq!(merged(base, &[("A", looks)]).text(), looks);
    let both = merged(base, &[("A", looks), ("B", says)]);
    assert!(both.conflicts.is_empty());
    assert!(both.text().contains("wishes"));
    let gone = merged(base, &[("A", looks), ("B", "noting\n")]);
    assert!(gone.conflicts.is_empty() && !gone.text().contains("studies"));
}

#[test]
fn a_resolution_that_is_not_named_is_untouched_only_beside_symbols() {
    let one = "RESOLUTION 7 (A, 2016)\nOn meetings\nresolves\nto meet.\n";
    let two = "RESOLUTION 8 (A, 2016)\nOn reports\nresolves\nto report.\n";
    let base = format!("{one}{two}");
    assert_eq!(merged(&base, &[("A", one)]).text(), one);
    assert_eq!(merged(&base, &[("A", &format!("NOC\n{one}"))]).text(), base);
    assert_eq!(merged(&base, &[("A", "SUP\nRESOLUTION 7 (A, 2016)\n")]).text(), two);
    let kept = merged(&base, &[("A", "SUP\nRESOLUTION 7 (A, 2016)\n"), ("B", &format!("NOC\n{one}"))]);
    assert_eq!(kept.conflicts[0].kind, ConflictKind::DeleteKeep);
    let new = "DRAFT NEW RESOLUTION [X]\nOn halls\nresolves\nto build halls.\n";
    let added = merged(&base, &[("A", &format!("ADD\n{new}"))]);
    assert_eq!(added.text(), format!("{base}{new}"));
}

#[test]
fn one_edition_is_cited_where_that_was_decided() {
    let base = "noting\na)\tthat it rains.\n";
    let one = "noting\na)\tthat it rains;\nb)\tthe wishes of Resolution 22 (Rev. Geneva, 2020) on halls for all.\n";
    let two =
        "noting\na)\tthat it rains,\nresolves\nto apply Resolution 22 (Rev. Geneva, 2022) everywhere without delay.\n";
    let open = merged(base, &[("A", one), ("B", two)]);
    let drift = open.conflicts.iter().find(|conflict| conflict.kind == ConflictKind::CiteDrift).unwrap();
    let decision = Decision {
        conflict: drift.id.clone(),
        choice: Choice::Take("B".into()),
        reason: "the newer one".into(),
        author: "A. Example".into(),
        time: String::new(),
        editorial: true,
    };
    let of = |id: &str, text: &str| Contribution { id: id.into(), draft: Draft::read(text) };
    let decisions = Decisions { records: vec![decision] };
    let settled = merge(&Draft::read(base), &[of("A", one), of("B", two)], &decisions);
    assert_eq!(settled.text().matches("(Rev. Geneva, 2022)").count(), 2, "{}", settled.text());
    assert!(settled.unused.is_empty());
}

#[test]
fn roman_and_letters_are_told_apart() {
    let kinds = |text: &str| places(text).pop().unwrap();
    assert_eq!(kinds("noting\nh)\tone;\ni)\ttwo,\n"), "noting/i");
    assert_eq!(kinds("noting\na)\tone:\ni)\ttwo;\nii)\tthree,\n"), "noting/a/ii");
    assert!(Draft::read("noting\n").clauses()[0].kind == ClauseKind::Call);
}

#[test]
fn changes_that_meet_in_sense_can_be_decided() {
    let text = |words: &str| format!("resolves\n1\tthat rapporteurs {words};\n2\tto report yearly.\n");
    let base = Draft::read(&text("may invite experts from other groups"));
    let of = |id: &str, words: &str| Contribution { id: id.into(), draft: Draft::read(&text(words)) };
    let sides =
        [of("A", "may not invite experts from other groups"), of("B", "may invite experts only from other groups")];
    let open = merge(&base, &sides, &Decisions::default());
    assert_eq!(open.conflicts.len(), 1);
    assert_eq!(open.conflicts[0].kind, ConflictKind::Together);
    let together = text("may not invite experts only from other groups");
    assert_eq!(open.text(), together);
    let bracketed = "may invite experts from other groups; [A: that rapporteurs may not invite experts from other groups] \
        [B: that rapporteurs may invite experts only from other groups]";
    for (choice, expected) in [
        (Choice::Take("A".into()), text("may not invite experts from other groups")),
        (Choice::Take("B".into()), text("may invite experts only from other groups")),
        (Choice::Take("base".into()), base.text().to_string()),
        (Choice::Drop, base.text().to_string()),
        (Choice::Text("that rapporteurs decide".into()), text("decide")),
        (Choice::Both, together),
        (Choice::Brackets, text(bracketed).replace("];", "]")),
    ] {
        let decision = Decision {
            conflict: open.conflicts[0].id.clone(),
            choice,
            reason: "made up".into(),
            author: "A. Example".into(),
            time: String::new(),
            editorial: true,
        };
        let settled = merge(&base, &sides, &Decisions { records: vec![decision] });
        assert_eq!(settled.text(), expected);
        assert!(settled.unused.is_empty() && settled.conflicts[0].decision.is_some());
        assert_eq!(settled.marked().rejected(), base.text());
    }
}
