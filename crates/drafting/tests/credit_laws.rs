//! Laws of credit, on made-up histories.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use std::collections::BTreeMap;

use drafting::credit::{Copies, CreditedText, History, Kind, Method, Version, credit};
use proptest::prelude::*;

/// Words, marks and breaks, few enough that everything repeats.
fn text() -> impl Strategy<Value = String> {
    let pieces = ["alpha", "beta", "gamma", "delta", "the", "of", ",", "; ", " ", "\n", "\n\n", "ü", "標準"];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.join(" "))
}

/// Any history: a version may be made from any earlier ones, times may be equal or run backwards.
fn any_history() -> impl Strategy<Value = History> {
    let version = (text(), 0_i64..4, prop::collection::vec(any::<prop::sample::Index>(), 0..3));
    prop::collection::vec(version, 1..7).prop_map(|versions| {
        let version = |(at, (text, time, parents)): (usize, (String, i64, Vec<prop::sample::Index>))| {
            let mut parents: Vec<usize> = parents.iter().filter(|_| at > 0).map(|index| index.index(at)).collect();
            parents.dedup();
            Version { id: format!("v{at}"), time, authors: vec![format!("author {at}")], parents, text }
        };
        History { versions: versions.into_iter().enumerate().map(version).collect() }
    })
}

/// Paragraphs in which no word stands twice: there the laws hold exactly. Where words repeat, one text may be made from another in
/// several ways (which of two equal words was struck?), and a few words at the edges may change hands.
fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(10_usize..30, 3..8).prop_map(|lengths| {
        let mut words = 0..;
        let mut paragraph =
            |n: usize| words.by_ref().take(n).map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
        lengths.into_iter().map(&mut paragraph).collect()
    })
}

/// Paragraphs of some words of 200, in which words repeat as they do in prose.
fn repeating() -> impl Strategy<Value = Vec<String>> {
    let paragraph = prop::collection::vec(0..200_u32, 10..30)
        .prop_map(|words| words.iter().map(|word| format!("w{word}")).collect::<Vec<_>>().join(" "));
    prop::collection::vec(paragraph, 3..8)
}

/// How many words have other authors than before, of how many.
fn changed(history: &History, before: &[(String, String)]) -> (usize, usize) {
    let now = authors(history);
    (now.iter().zip(before).filter(|(now, before)| now != before).count(), now.len())
}

/// A history in which each paragraph is added by another author, at the end or in the middle.
fn grown(paragraphs: &[String], places: &[prop::sample::Index]) -> History {
    let mut held: Vec<&str> = Vec::new();
    let mut history = History::default();
    for (paragraph, place) in paragraphs.iter().zip(places) {
        held.insert(place.index(held.len() + 1), paragraph);
        add(&mut history, &held.join("\n"));
    }
    history
}

fn add(history: &mut History, text: &str) {
    let at = history.versions.len();
    let (authors, parents) = (vec![format!("author {at}")], at.checked_sub(1).into_iter().collect());
    history.versions.push(Version { id: format!("v{at}"), time: at as i64, authors, parents, text: text.into() });
}

/// Adds a version without the words between two places, and one that has them again.
fn strike_and_restore(history: &mut History, places: [prop::sample::Index; 2]) {
    let text = history.versions.last().unwrap().text.clone();
    let words: Vec<&str> = text.split(' ').collect();
    let [from, to] = places.map(|place| place.index(words.len()));
    let (from, to) = (from.min(to), from.max(to));
    add(history, &[&words[..from], &words[to..]].concat().join(" "));
    add(history, &text);
}

fn last(history: &History) -> CreditedText {
    let goal = history.last().unwrap().unwrap();
    credit(history, &[goal], &Method::default()).unwrap().texts.remove(0)
}

/// Every word or mark of the last text with the authors it is credited to.
fn authors(history: &History) -> Vec<(String, String)> {
    let credited = last(history);
    let text = &history.versions[credited.version].text;
    let solid = credited.tokens.iter().filter(|token| token.kind != Kind::Space);
    solid.map(|token| (text[token.range.clone()].into(), history.versions[token.origin].authors.join("+"))).collect()
}

/// The authors of each line, however the lines stand.
fn by_line(history: &History) -> BTreeMap<String, Vec<String>> {
    let credited = last(history);
    let text = &history.versions[credited.version].text;
    let mut start = 0;
    let mut lines = BTreeMap::new();
    for line in text.split('\n') {
        let inside = |token: &&drafting::credit::Credited| {
            token.kind != Kind::Space && token.range.start >= start && token.range.end <= start + line.len()
        };
        let of_line = credited.tokens.iter().filter(inside).map(|token| format!("v{}", token.origin)).collect();
        lines.insert(line.to_string(), of_line);
        start += line.len() + 1;
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn all_words_of_a_text_stand_to_the_credit_of_a_version(history in any_history()) {
        for goal in 0..history.versions.len() {
            let found = credit(&history, &[goal], &Method::default()).unwrap();
            prop_assert!(found.fates.iter().all(|fate| fate.n_survived <= fate.n_standing));
            let n_standing: usize = found.fates.iter().map(|fate| fate.n_standing).sum();
            prop_assert_eq!(n_standing, found.texts[0].words().count());
        }
    }

    #[test]
    fn tokens_are_the_text_and_every_word_has_one_origin(history in any_history()) {
        for goal in 0..history.versions.len() {
            let method = Method { copies: Copies::Copier, ..Method::default() };
            let found = credit(&history, &[goal], &method).unwrap();
            let text = &history.versions[goal].text;
            let pieces: String = found.texts[0].tokens.iter().map(|token| &text[token.range.clone()]).collect();
            prop_assert_eq!(&pieces, text);
            prop_assert!(found.texts[0].tokens.iter().all(|token| token.origin < history.versions.len()));
            let mut of = vec![0; history.versions.len()];
            for word in found.texts[0].words() {
                of[word.origin] += 1;
            }
            let survived: Vec<usize> = found.fates.iter().map(|one| one.n_survived).collect();
            prop_assert_eq!(&of, &survived);
            prop_assert!(found.fates.iter().all(|one| one.n_survived <= one.n_adopted && one.n_adopted <= one.n_proposed));
            let standing: usize = found.lives.iter().filter(|life| life.left.is_none()).map(|life| life.n_words).sum();
            prop_assert_eq!(standing, of.iter().sum::<usize>());
            prop_assert!(found.lives.iter().all(|life| life.left.is_none_or(|left| left >= life.entered)));
        }
    }

    #[test]
    fn a_version_equal_to_its_parent_changes_nothing(mut history in any_history()) {
        let goal = history.last().unwrap().unwrap();
        let before = authors(&history);
        let time = history.versions.iter().map(|version| version.time).max().unwrap() + 1;
        let same = Version { authors: vec!["nobody".into()], parents: vec![goal], time, ..history.versions[goal].clone() };
        history.versions.push(same);
        prop_assert_eq!(authors(&history), before);
    }

    #[test]
    fn appending_gives_credit_for_what_was_appended(mut history in any_history(), n in 1_usize..30) {
        let goal = history.last().unwrap().unwrap();
        let mut expected = authors(&history);
        let time = history.versions.iter().map(|version| version.time).max().unwrap() + 1;
        let added: Vec<String> = (0..n).map(|word| format!("new{word}")).collect();
        let text = format!("{} {}", history.versions[goal].text, added.join(" "));
        history.versions.push(Version { id: "x".into(), time, authors: vec!["x".into()], parents: vec![goal], text });
        expected.extend(added.into_iter().map(|word| (word, "x".into())));
        prop_assert_eq!(authors(&history), expected);
    }

    #[test]
    fn appending_what_stands_already_is_the_writer_s_if_copies_are(one in text(), other in text()) {
        let mut history = History::default();
        add(&mut history, &one);
        add(&mut history, &format!("{one} {other}"));
        let method = Method { copies: Copies::Copier, ..Method::default() };
        let found = credit(&history, &[1], &method).unwrap();
        let n_old = credit(&history, &[0], &method).unwrap().texts[0].words().count();
        let words = found.texts[0].words().enumerate();
        prop_assert!(words.into_iter().all(|(at, word)| word.origin == usize::from(at >= n_old)));
    }

    #[test]
    fn moving_a_paragraph_changes_no_credit(
        paragraphs in paragraphs(),
        places in prop::collection::vec(any::<prop::sample::Index>(), 8),
        [from, to] in any::<[prop::sample::Index; 2]>(),
    ) {
        let mut history = grown(&paragraphs, &places);
        let before = by_line(&history);
        let mut lines: Vec<String> = history.versions.last().unwrap().text.split('\n').map(String::from).collect();
        let line = lines.remove(from.index(lines.len()));
        lines.insert(to.index(lines.len() + 1), line);
        add(&mut history, &lines.join("\n"));
        prop_assert_eq!(by_line(&history), before);
    }

    #[test]
    fn deleting_and_restoring_changes_no_credit(
        paragraphs in paragraphs(),
        places in prop::collection::vec(any::<prop::sample::Index>(), 8),
        which in prop::collection::vec(any::<bool>(), 8),
    ) {
        let mut history = grown(&paragraphs, &places);
        let before = authors(&history);
        let text = history.versions.last().unwrap().text.clone();
        let left: Vec<&str> = text.split('\n').zip(&which).filter(|(_, stays)| **stays).map(|(line, _)| line).collect();
        add(&mut history, &left.join("\n"));
        add(&mut history, &text);
        prop_assert_eq!(authors(&history), before);
    }

    #[test]
    fn deleting_and_restoring_words_changes_no_credit(
        paragraphs in paragraphs(),
        places in prop::collection::vec(any::<prop::sample::Index>(), 8),
        [from, to] in any::<[prop::sample::Index; 2]>(),
    ) {
        let mut history = grown(&paragraphs, &places);
        let before = authors(&history);
        strike_and_restore(&mut history, [from, to]);
        prop_assert_eq!(authors(&history), before);
    }

    #[test]
    fn where_words_repeat_restoring_changes_little(
        paragraphs in repeating(),
        places in prop::collection::vec(any::<prop::sample::Index>(), 8),
        [from, to] in any::<[prop::sample::Index; 2]>(),
    ) {
        let mut history = grown(&paragraphs, &places);
        let before = authors(&history);
        strike_and_restore(&mut history, [from, to]);
        let (n_changed, n_all) = changed(&history, &before);
        prop_assert!(n_changed * 10 <= n_all, "{n_changed} of {n_all}");
    }

    #[test]
    fn relabelling_versions_permutes_credit(history in any_history(), order in Just(()).prop_perturb(|(), mut rng| rng.next_u64())) {
        let mut history = history;
        for (at, version) in history.versions.iter_mut().enumerate() {
            version.time = at as i64;
        }
        let n = history.versions.len();
        // A permutation by a stride that shares no factor with the length.
        let stride = (1..=n).filter(|stride| gcd(*stride, n) == 1).nth(order as usize % 3 % n).unwrap_or(1);
        let to = |at: usize| (at * stride + order as usize % n) % n;
        let mut shuffled = vec![Version::default(); n];
        for (at, version) in history.versions.iter().enumerate() {
            let parents = version.parents.iter().map(|parent| to(*parent)).collect();
            shuffled[to(at)] = Version { id: format!("other {at}"), parents, ..version.clone() };
        }
        prop_assert_eq!(authors(&History { versions: shuffled }), authors(&history));
    }

    #[test]
    fn one_change_in_two_steps_by_one_author_changes_no_author(
        paragraphs in paragraphs(),
        places in prop::collection::vec(any::<prop::sample::Index>(), 8),
        [one, other] in any::<[prop::sample::Index; 2]>(),
    ) {
        let grown = grown(&paragraphs, &places);
        let lines: Vec<String> = grown.versions.last().unwrap().text.split('\n').map(String::from).collect();
        let changed = |lines: &[String], which: usize, word: &str| {
            let mut lines = lines.to_vec();
            lines[which] = lines[which].replacen(' ', &format!(" {word} "), 3);
            lines
        };
        let one = one.index(lines.len());
        let other = (one + 1 + other.index(lines.len() - 1)) % lines.len();
        let first = changed(&lines, one, "new1");
        let both = changed(&first, other, "new2");
        let mut at_once = grown.clone();
        add(&mut at_once, &both.join("\n"));
        at_once.versions.last_mut().unwrap().authors = vec!["x".into()];
        let mut in_steps = grown;
        for lines in [first, both] {
            add(&mut in_steps, &lines.join("\n"));
            in_steps.versions.last_mut().unwrap().authors = vec!["x".into()];
        }
        prop_assert_eq!(authors(&in_steps), authors(&at_once));
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
