//! Histories in our own form, which holds NUL and so cannot stand in a golden document: each pitfall is a test.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use fact::{Act, Fact, Reading, Snapshot, content_id};
use proptest::prelude::*;

/// A commit by its fields; whatever a case does not care about is the same everywhere.
#[derive(Clone, Copy)]
struct Commit<'a> {
    nth: u8,
    parents: &'a [u8],
    decoration: &'a str,
    author: [&'a str; 3],
    committer: [&'a str; 3],
    subject: &'a str,
    trailers: &'a str,
    changes: &'a [&'a str],
}

const DAY: &str = "2031-05-04T10:00:00+02:00";
const PLAIN: Commit<'_> = Commit {
    nth: 1,
    parents: &[],
    decoration: "",
    author: ["A. Example", "a@acme.example", DAY],
    committer: ["A. Example", "a@acme.example", DAY],
    subject: "Start",
    trailers: "",
    changes: &["1\t2\tdrafts/a.md"],
};

fn hash(nth: u8) -> String {
    format!("{nth:02x}").repeat(20)
}

fn history(commits: &[Commit<'_>]) -> Vec<u8> {
    let mut text = String::new();
    for commit in commits {
        let parents: Vec<String> = commit.parents.iter().map(|nth| hash(*nth)).collect();
        let (head, parents) = (hash(commit.nth), parents.join(" "));
        let fields = ["@git1", &head, &parents, commit.decoration];
        let fields = fields.iter().chain(&commit.author).chain(&commit.committer);
        for field in fields.chain(&[commit.subject, commit.trailers]) {
            text += field;
            text.push('\0');
        }
        for (nth, change) in commit.changes.iter().enumerate() {
            text += if nth == 0 { "\n" } else { "" };
            text += change;
            text.push('\0');
        }
    }
    text.into_bytes()
}

fn read(bytes: &[u8]) -> Reading {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, "repositories/made-up.git", bytes);
    let adapter = adapters::adapter_for(&snapshot).expect("an adapter takes it");
    assert_eq!(adapter.name(), "git_log");
    adapter.read(&snapshot)
}

fn kinds(reading: &Reading) -> Vec<&'static str> {
    reading.problems.iter().map(|problem| problem.kind).collect()
}

fn told(fact: &Fact) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let target = fact.target.as_ref().map_or("-", |area| area.id.as_str());
    let lines = fact.amount.as_ref().map_or("-".into(), |amount| amount.value.to_string());
    let (name, role) = (text(&fact.who.name), text(&fact.who.role));
    format!("{} {name} [{role}] {target} {lines} {}", fact.act.slug(), text(&fact.status)).trim_end().into()
}

fn all(commit: Commit<'_>) -> Vec<String> {
    let reading = read(&history(&[commit]));
    assert_eq!(kinds(&reading), Vec::<&str>::new());
    reading.facts.iter().map(told).collect()
}

#[test]
fn a_commit_says_who_what_where_and_when() {
    let reading = read(&history(&[PLAIN]));
    let fact = &reading.facts[0];
    assert_eq!((reading.n_units, reading.facts.len()), (1, 1));
    assert_eq!(told(fact), "committed A. Example [] drafts 3");
    assert_eq!(fact.body.as_deref(), Some("made-up"));
    assert_eq!(fact.who.domain.as_deref(), Some("acme.example"));
    assert_eq!(fact.when.from.unwrap().to_string(), "2031-05-04");
    assert_eq!(fact.evidence.place, format!("commit {}", &hash(1)[..12]));
    assert_eq!(fact.evidence.quote, format!("{} A. Example 2031-05-04 Start", &hash(1)[..12]));
}

#[test]
fn a_merge_has_several_parents_whatever_its_subject_says() {
    let side = Commit { nth: 2, ..PLAIN };
    let merge = Commit { nth: 3, parents: &[1, 2], subject: "Take it", changes: &[], ..PLAIN };
    let not = Commit { nth: 4, parents: &[3], subject: "Merge branch 'x'", changes: &[], ..PLAIN };
    let reading = read(&history(&[not, merge, side, PLAIN]));
    let told: Vec<String> = reading.facts.iter().map(told).collect();
    assert_eq!(told[..2], ["committed A. Example [] - -", "committed A. Example [] - - merge"]);
    assert!(reading.facts.iter().all(|fact| (fact.confidence - 1.0).abs() < 1e-9));
}

#[test]
fn a_committer_is_another_person_unless_name_or_address_is_the_same() {
    let by = |committer| all(Commit { committer, ..PLAIN });
    assert_eq!(by(["B. Sample", "b@borealis.example", DAY])[1..], ["applied B. Sample [] - -"]);
    assert_eq!(by(["A. Example", "other@borealis.example", DAY]).len(), 1);
    assert_eq!(by(["aexample", "A@Acme.Example", DAY]).len(), 1);
    assert_eq!(by(["GitHub", "noreply@github.com", DAY]).len(), 1);
    assert_eq!(by(["", "", DAY]).len(), 1);
}

#[test]
fn trailers_state_what_they_say() {
    let trailers = "Co-authored-by: B. Sample <b@borealis.example>\nSigned-off-by: A. Example <a@acme.example>\n\
                    Reviewed-by: C. Specimen <c@cedar.example>\nAcked-by: D. Instance\nTested-by: E. Case <e@x.example>\n\
                    Reported-by: made-up[bot] <m@x.example>\n";
    let changes = &["3\t0\tdrafts/a.md", "1\t0\tREADME.md"];
    assert_eq!(
        all(Commit { trailers, changes, ..PLAIN }),
        [
            "committed A. Example [] README.md 1",
            "committed A. Example [] drafts 3",
            "committed B. Sample [co-author] README.md -",
            "committed B. Sample [co-author] drafts -",
            "signed-off A. Example [] - -",
            "reviewed C. Specimen [] - -",
            "supported D. Instance [] - -",
            "reviewed E. Case [tester] - -",
            "raised made-up[bot] [bot] - -",
        ]
    );
}

#[test]
fn a_trailer_that_names_nobody_is_a_problem() {
    let reading = read(&history(&[Commit { trailers: "Reviewed-by: \n", ..PLAIN }]));
    assert_eq!((kinds(&reading), reading.facts.len()), (vec!["trailer-unreadable"], 1));
}

#[test]
fn renames_name_both_paths() {
    let moved = ["0\t0\t", "drafts/a.md", "archive/a.md", "5\t1\t", "archive/b.md", "archive/c.md"];
    let told = all(Commit { changes: &moved, ..PLAIN });
    assert_eq!(told, ["committed A. Example [] archive 6", "committed A. Example [] drafts 0"]);
}

#[test]
fn paths_and_subjects_like_our_own_marks_break_nothing() {
    let changes = &["1\t0\t@git1", "0\t0\t", "@git1", "odd\tfolder\n/{a => b}", "-\t-\t\"q\""];
    let odd = Commit { subject: "@git1", changes, ..PLAIN };
    let reading = read(&history(&[odd, Commit { nth: 2, ..PLAIN }]));
    assert_eq!((kinds(&reading), reading.n_units), (vec![], 2));
    let areas: Vec<&str> = reading.facts.iter().map(|fact| fact.target.as_ref().unwrap().id.as_str()).collect();
    assert_eq!(areas, ["\"q\"", "@git1", "odd\tfolder\n", "drafts"]);
}

/// A repository that lacks objects: Git dies in the middle of its output (perceval kept 8,701 of 12,103 commits in silence).
#[test]
fn a_history_that_breaks_off_is_a_problem_wherever_it_does() {
    let parent = Commit { nth: 2, ..PLAIN };
    let child = Commit { parents: &[2], changes: &["1\t2\tdrafts/a.md", "0\t0\t", "a", "b"], ..PLAIN };
    let whole = history(&[child, parent]);
    assert_eq!(kinds(&read(&whole)), Vec::<&str>::new());
    let first = history(&[child]).len();
    for end in 50..whole.len() {
        let kinds = kinds(&read(&whole[..end]));
        // A cut behind the last field of the root cannot be told from a root that changes nothing.
        let is_root_without_changes = end + PLAIN.changes[0].len() + 2 == whole.len();
        assert!(is_root_without_changes || !kinds.is_empty(), "cut at {end}");
        assert!(end > first || kinds.contains(&"parents-missing") || kinds.contains(&"history-cut"), "cut at {end}");
    }
    assert_eq!(kinds(&read(&history(&[child]))), ["parents-missing"]);
}

/// At the edge of a shallow clone Git shows the whole text as if that commit had written it.
#[test]
fn the_edge_of_a_shallow_clone_has_no_lines() {
    let edge = Commit { decoration: "grafted", changes: &["90000\t0\tdrafts/a.md"], ..PLAIN };
    let reading = read(&history(&[edge]));
    assert_eq!(kinds(&reading), ["history-shallow"]);
    assert_eq!(reading.facts.iter().map(told).collect::<Vec<_>>(), ["committed A. Example [] - -"]);
}

/// What Git prints for an author's line that it cannot read: the placeholders themselves.
#[test]
fn an_author_that_git_could_not_read_is_a_problem() {
    let reading = read(&history(&[Commit { author: ["%aN", "%aE", "%aI"], ..PLAIN }]));
    assert_eq!(kinds(&reading), ["author-missing", "date-implausible"]);
    let of_author = &reading.facts[0];
    assert_eq!((of_author.act, &of_author.who.name, of_author.when.from), (Act::Committed, &None, None));
    assert_eq!(of_author.amount.as_ref().map(|amount| amount.value), Some(3.0));
}

/// perceval#74, #174: one byte that is not UTF-8 does not end the reading.
#[test]
fn bytes_that_are_not_utf_8_are_read_as_windows_1252() {
    let mut bytes = history(&[Commit { subject: "caf~", author: ["Ren~", "r@x.example", DAY], ..PLAIN }]);
    bytes.iter_mut().filter(|byte| **byte == b'~').for_each(|byte| *byte = 0xE9);
    let reading = read(&bytes);
    let fact = &reading.facts[0];
    assert_eq!((fact.who.name.as_deref(), fact.object.as_ref().unwrap().title.as_str()), (Some("René"), "café"));
}

#[test]
fn rubbish_between_commits_is_a_problem_and_the_rest_is_read() {
    let mut bytes = history(&[PLAIN]);
    bytes.extend_from_slice(b"\nwarning: b.sample@borealis.example\0x\0");
    bytes.extend(history(&[Commit { nth: 2, ..PLAIN }]));
    let reading = read(&bytes);
    assert_eq!((kinds(&reading), reading.n_units), (vec!["history-unreadable"], 1));
    assert!(!reading.problems[0].evidence.quote.contains("b.sample"));
}

/// Facts stay in proportion to the input: a thousand co-authors of a thousand areas are not a million facts.
#[test]
fn many_co_authors_of_many_areas_stay_bounded() {
    let trailers: String = (0..1000).map(|nth| format!("Co-authored-by: P{nth} <p{nth}@x.example>\n")).collect();
    let changes: Vec<String> = (0..1000).map(|nth| format!("1\t0\tf{nth}/a")).collect();
    let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
    let reading = read(&history(&[Commit { trailers: &trailers, changes: &changes, ..PLAIN }]));
    assert_eq!(reading.facts.len(), 2000);
}

#[test]
fn no_local_part_of_an_address_is_kept() {
    let secret = Commit {
        author: ["secret@acme.example", "secret@acme.example", DAY],
        committer: ["B <secret@x.example>", "secret@x.example", DAY],
        subject: "Mail from secret@x.example",
        trailers: "Reviewed-by: secret@y.example\nAcked-by: C (secret@z.example)\nTested-by: <>\n",
        ..PLAIN
    };
    let reading = read(&history(&[secret]));
    assert!(!format!("{reading:?}").contains("secret"), "{reading:?}");
    assert_eq!(reading.facts.len(), 4);
}

#[test]
fn other_texts_are_left_alone() {
    for text in ["@git1", "@git1\0no hash\0", "@git2\0", "commit 1\0", "@1234567\tA\tB\n", "1\t2\ta.md\n", ""] {
        let id = content_id(text.as_bytes());
        let snapshot = Snapshot::new(&id, "x.log", text.as_bytes());
        assert_eq!(adapters::adapter_for(&snapshot).map(fact::Adapter::name), None, "{text:?}");
    }
}

proptest! {
    /// Whatever follows the head of a history, in either form: no panic, and all evidence lies within the bytes.
    #[test]
    fn no_bytes_break_the_reading(
        is_own: bool,
        rest in proptest::collection::vec(prop_oneof![
            Just(b"@git1\0".to_vec()), Just(hash(3).into_bytes()), Just(vec![0]), Just(vec![b'\n']), Just(vec![b'\t']),
            Just(b"\n1\t2\t".to_vec()), Just(b"{a => \xFF}/\"\\3".to_vec()), Just(b"\n@1234567\tA\ta@b.c\t2031-05-04\tB\t2031".to_vec()),
            proptest::collection::vec(any::<u8>(), 0..20),
        ], 0..60),
    ) {
        let mut bytes = if is_own { history(&[PLAIN]) } else {
            format!("@{}\tA\ta@b.example\t{DAY}\tB\t{DAY}\ts\n", hash(1)).into_bytes()
        };
        bytes.extend(rest.concat());
        let reading = read(&bytes);
        let of_facts = reading.facts.iter().map(|fact| &fact.evidence);
        for evidence in of_facts.chain(reading.problems.iter().map(|problem| &problem.evidence)) {
            prop_assert!(evidence.start <= evidence.end && evidence.end <= bytes.len() as u64, "{:?}", evidence);
        }
    }
}
