//! Laws of citations, lints, classes and cover notes, on texts that nobody would write too.
#![allow(missing_docs, reason = "a test has no public items")]

use drafting::Passage;
use drafting::cite::citations;
use drafting::classify::{Class, classify};
use drafting::cover::{Merged, Settled, check, note};
use drafting::lint::{lints, shifts};
use proptest::prelude::*;

/// Pieces of which drafts are made, whole and broken, so that every rule is reached.
fn draft() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "that ",
        "to ",
        "the ",
        "a ",
        "an ",
        "ITU\u{2011}T’s ",
        "ITU ",
        "TSAG ",
        "Resolution 22 ",
        "(Rev. Geneva, 2020) ",
        "( Rev. ",
        "shall ",
        "should ",
        "not ",
        "have broaden ",
        "such solutions ",
        "all ",
        "; ",
        ", ",
        ". ",
        "  ",
        "considering e) ",
        "é",
        "\u{301}",
        "1\u{a0}000 ",
        "three (3) ",
        "RFC 2119",
        "standardisation ",
        "organize ",
        "2024Hammamet, 2016 ",
        "(",
        ")",
        "–\t",
        "a)\t",
        "12\t",
        "and ",
        "in order to ",
        "World Telecommunication Standardisation Assembly ",
        "\n",
        "İ",
        "ﬁ",
        "members ",
        "is ",
        "if ",
        "😀",
    ]);
    prop_oneof![
        3 => prop::collection::vec(pieces, 0..24).prop_map(|all| all.concat()),
        1 => any::<String>(),
        1 => "\\PC{0,60}",
    ]
}

fn words() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[b-hj-z][a-z]{3,8}", 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn citations_lie_in_the_text_without_overlaps(text in draft()) {
        let found = citations(&text);
        for one in &found {
            prop_assert!(text.get(one.range.clone()).is_some_and(|words| !words.is_empty()));
            if let Some(edition) = &one.edition {
                prop_assert!(text.get(edition.range.clone()).is_some());
                prop_assert!(one.range.start <= edition.range.start && edition.range.end <= one.range.end);
            }
        }
        prop_assert!(found.windows(2).all(|two| two[0].range.end <= two[1].range.start));
    }

    #[test]
    fn lints_lie_in_their_clause(texts in prop::collection::vec((draft(), "[a-c]?\\)?", "(noting|resolves)?"), 0..5)) {
        let passages: Vec<Passage<'_>> =
            texts.iter().map(|(text, label, call)| Passage { place: text, call, label, text }).collect();
        for lint in lints(&passages) {
            prop_assert!(lint.place.get(lint.range.clone()) == Some(lint.found.as_str()));
            prop_assert!((0.0..=1.0).contains(&lint.sure));
        }
    }

    #[test]
    fn shifts_lie_in_the_later_clause_and_a_clause_does_not_shift_from_itself(one in draft(), other in draft()) {
        let passage = |text| Passage { text, ..Passage::default() };
        for lint in shifts(&passage(&one), &passage(&other)) {
            prop_assert_eq!(other.get(lint.range.clone()), Some(lint.found.as_str()));
        }
        prop_assert!(shifts(&passage(&one), &passage(&one)).is_empty());
    }

    #[test]
    fn an_unchanged_text_has_no_features(text in draft()) {
        prop_assert_eq!(classify(&text, &text), drafting::classify::Classified::default());
    }

    #[test]
    fn features_lie_in_their_texts_and_explain_the_class(one in draft(), other in draft()) {
        let change = classify(&one, &other);
        for feature in &change.features {
            for piece in &feature.before {
                prop_assert_eq!(one.get(piece.range.clone()), Some(piece.words.as_str()));
            }
            for piece in &feature.after {
                prop_assert_eq!(other.get(piece.range.clone()), Some(piece.words.as_str()));
            }
        }
        let heaviest = change.features.iter().map(|feature| feature.kind.class()).max().unwrap_or_default();
        prop_assert_eq!(change.class, heaviest);
        prop_assert!(one.trim() == other.trim() || !change.features.is_empty());
    }

    #[test]
    fn the_class_does_not_depend_on_the_direction(one in draft(), other in draft()) {
        prop_assert_eq!(classify(&one, &other).class, classify(&other, &one).class);
    }

    #[test]
    fn another_number_or_other_spaces_are_mechanical(all in words(), n in 1..40_u32, m in 1..40_u32, gap in "[ \u{a0}]{2,3}") {
        let text = all.join(" ");
        let numbered = |n: u32| format!("{n}\t{text};");
        prop_assert_eq!(classify(&numbered(n), &numbered(m)).class, Class::Mechanical);
        prop_assert_eq!(classify(&format!("a)\t{text};"), &format!("cd)\t{text},")).class, Class::Mechanical);
        prop_assert_eq!(classify(&text, &all.join(&gap)).class, Class::Mechanical);
    }

    #[test]
    fn a_drafted_note_is_true_to_its_decisions(all in prop::collection::vec((any::<bool>(), words()), 0..20)) {
        let decision = |(n, (is_editorial, words)): (usize, &(bool, Vec<String>))| Settled {
            id: format!("K{n}"),
            place: format!("resolves {n}"),
            alternatives: vec![("C1".into(), words.join(" "))],
            choice: words.join(" "),
            is_editorial: *is_editorial,
            reason: words.join(" "),
        };
        let decisions: Vec<Settled> = all.iter().enumerate().map(decision).collect();
        let labels: Vec<String> = (0..decisions.len()).map(|n| n.to_string()).collect();
        let clauses: Vec<Passage<'_>> =
            labels.iter().map(|label| Passage { call: "resolves", label, ..Passage::default() }).collect();
        let draft = note(&Merged::default(), &decisions);
        prop_assert_eq!(check(&draft, &decisions, &clauses), []);
    }

    #[test]
    fn a_note_of_any_kind_is_checked(text in draft(), id in draft(), place in draft()) {
        let decision = Settled { id, place, ..Settled::default() };
        let _ = check(&text, &[decision], &[Passage { call: "resolves", label: "1", ..Passage::default() }]);
    }
}
