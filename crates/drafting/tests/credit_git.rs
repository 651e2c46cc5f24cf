//! Histories read from repositories that are made here with the `git` of this machine, and from this one. Without `git` the tests say
//! so and pass.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test starts Git and keeps its files")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "git/blame.rs"]
mod blame;
#[path = "git/run.rs"]
mod run;

use std::path::{Path, PathBuf};
use std::process::Command;

use drafting::credit::git::{self, Read};
use drafting::credit::{Credit, Method, credit};
use proptest::prelude::*;
use run::{git as run_git, output, read};

/// A repository of its own for a test, or `None` where there is no Git.
struct Made {
    home: PathBuf,
    clock: i64,
}

impl Made {
    fn new(name: &str) -> Option<Self> {
        let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("credit-git-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&home);
        let made = Command::new("git").args(["init", "--quiet", "--initial-branch=main"]).arg(&home).status();
        if made.is_err() {
            println!("skipped: there is no `git` on this machine");
            return None;
        }
        Some(Self { home, clock: 1_900_000_000 })
    }

    fn git(&mut self, author: &str, arguments: &[&str]) {
        self.clock += 86_400;
        let time = format!("{} +0000", self.clock);
        let address = format!("{}@{}.example", author.to_lowercase(), author.to_lowercase());
        let mut git = run_git(&self.home);
        git.env("GIT_AUTHOR_NAME", author).env("GIT_COMMITTER_NAME", author);
        git.env("GIT_AUTHOR_EMAIL", &address).env("GIT_COMMITTER_EMAIL", &address);
        git.env("GIT_AUTHOR_DATE", &time).env("GIT_COMMITTER_DATE", &time);
        let output = git.args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn write(&mut self, path: &str, text: &[u8]) {
        let path = self.home.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn commit(&mut self, author: &str, message: &str) {
        self.git(author, &["add", "--all"]);
        self.git(author, &["commit", "--quiet", "--allow-empty", "--allow-empty-message", "-m", message]);
    }
}

const ONE: &str = "The quick brown fox jumps over the lazy dog near the river bank.\n";
const TWO: &str = "Members may submit contributions to any study group at every meeting.\n";
const THREE: &str = "Editors shall keep a record of every proposal and of its authors.\n";

/// Words of the last texts by author.
fn words(read: &Read, found: &Credit) -> Vec<(String, usize)> {
    let mut words: Vec<(String, usize)> = Vec::new();
    for word in found.texts.iter().flat_map(|text| text.words()) {
        let author = read.history.versions[word.origin].authors.join(" and ");
        match words.iter_mut().find(|(name, _)| *name == author) {
            Some((_, n)) => *n += 1,
            None => words.push((author, 1)),
        }
    }
    words.sort();
    words
}

fn credited(home: &Path, paths: &[&str]) -> (Read, Credit) {
    let (_, read) = read(home, paths);
    let found = credit(&read.history, &read.goals, &Method::default()).unwrap();
    for text in &found.texts {
        let whole = &read.history.versions[text.version].text;
        assert_eq!(&text.tokens.iter().map(|token| &whole[token.range.clone()]).collect::<String>(), whole);
    }
    (read, found)
}

fn of(words: &[(&str, usize)]) -> Vec<(String, usize)> {
    words.iter().map(|(name, n)| (name.to_string(), *n)).collect()
}

#[test]
fn renames_and_merges_are_followed() {
    let Some(mut made) = Made::new("merges") else { return };
    made.write("old name.md", format!("{ONE}{TWO}").as_bytes());
    made.commit("Anna", "start");
    made.git("Bert", &["checkout", "--quiet", "-b", "side"]);
    made.git("Bert", &["mv", "old name.md", "text.md"]);
    made.write("text.md", format!("{ONE}{TWO}{THREE}").as_bytes());
    made.commit("Bert", "three\n\nCo-authored-by: Cleo <cleo@cleo.example>");
    made.git("Dora", &["checkout", "--quiet", "main"]);
    made.write("old name.md", format!("{}{TWO}", ONE.replace("quick", "swift")).as_bytes());
    made.commit("Dora", "swift");
    made.git("Dora", &["merge", "--quiet", "-m", "merge", "side"]);
    made.write("other.md", b"Nothing of this is asked for.\n");
    made.commit("Emil", "another file");
    let (read, found) = credited(&made.home, &["text.md"]);
    assert_eq!(words(&read, &found), of(&[("Anna", 23), ("Bert and Cleo", 12), ("Dora", 1)]));
    assert_eq!(read.problems, []);
    let merged = read.history.versions.iter().filter(|version| version.parents.len() == 2).count();
    assert_eq!((read.history.versions.len(), merged), (4, 1));
}

#[test]
fn a_merge_that_takes_nothing_leaves_proposals_that_are_credited_when_they_come() {
    let Some(mut made) = Made::new("ours") else { return };
    made.write("text.md", ONE.as_bytes());
    made.commit("Anna", "start");
    made.git("Bert", &["checkout", "--quiet", "-b", "side"]);
    made.write("text.md", format!("{ONE}{TWO}").as_bytes());
    made.commit("Bert", "two");
    made.git("Anna", &["checkout", "--quiet", "main"]);
    made.git("Anna", &["merge", "--quiet", "--strategy=ours", "-m", "no", "side"]);
    // The editor writes Bert's sentence after all, with another verb.
    made.write("text.md", format!("{ONE}{}", TWO.replace("submit", "send")).as_bytes());
    made.commit("Anna", "yes");
    let (read, found) = credited(&made.home, &["text.md"]);
    assert_eq!(words(&read, &found), of(&[("Anna", 14), ("Bert", 10)]));
}

#[test]
fn paragraphs_that_move_between_files_keep_their_authors() {
    let Some(mut made) = Made::new("files") else { return };
    made.write("docs/a.md", format!("{ONE}\n{TWO}").as_bytes());
    made.commit("Anna", "a");
    made.write("docs/b.md", THREE.as_bytes());
    made.commit("Bert", "b");
    made.write("docs/a.md", ONE.as_bytes());
    made.write("docs/b.md", format!("{THREE}\n{TWO}").as_bytes());
    made.commit("Bert", "moved");
    let (read, found) = credited(&made.home, &["docs"]);
    assert_eq!(found.texts.len(), 2);
    assert_eq!(words(&read, &found), of(&[("Anna", 24), ("Bert", 12)]));
}

#[test]
fn odd_names_encodings_and_contents_are_read_as_far_as_they_are() {
    let Some(mut made) = Made::new("odd") else { return };
    made.write("odd \"folder\"/tab\there\n.md", b"caf\xe9 au lait\n");
    made.write("picture.png", b"\x89PNG\0\0");
    made.write("empty.md", b"");
    made.commit("Anna Ä. O'Neil", "@credit1\n\nCo-authored-by: nobody at all");
    made.write("picture.png", b"\x89PNG\0\x01");
    made.commit("Bert", "");
    let (read, found) = credited(&made.home, &[]);
    assert_eq!(found.texts.len(), 2);
    assert_eq!(read.problems.len(), 2);
    let texts: Vec<&str> = read.goals.iter().map(|goal| read.history.versions[*goal].text.as_str()).collect();
    assert_eq!(texts, ["", "caf\u{fffd} au lait\n"]);
    assert_eq!(words(&read, &found), of(&[("Anna Ä. O'Neil and nobody at all", 3)]));
}

#[test]
fn the_documents_of_this_repository_add_up() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    if !home.join(".git").exists() || output(&home, &["rev-parse", "HEAD"]).is_none() {
        println!("skipped: this is no clone");
        return;
    }
    let (read, found) = credited(&home, &["README.md", "GLOSSARY.md"]);
    assert_eq!((found.texts.len(), read.problems.len()), (2, 0));
    assert!(read.history.versions.len() > 2);
    let n_words: usize = found.texts.iter().map(|text| text.words().count()).sum();
    // Each word that stands was proposed once; a copy stands beside what it was copied from.
    let n_copied = found.texts.iter().flat_map(|text| text.words()).filter(|word| word.is_copied).count();
    let n_survived: usize = found.fates.iter().map(|one| one.n_survived).sum();
    assert!(
        n_survived <= n_words && n_words <= n_survived + n_copied + n_words / 50,
        "{n_survived} {n_words} {n_copied}"
    );
}

#[test]
fn untouched_lines_are_those_of_blame_and_others_differ_for_a_reason() {
    let Some(mut made) = Made::new("blame") else { return };
    let stays = format!("{ONE}Nobody ever touches this line.\n");
    made.write("text.md", format!("{stays}{TWO}").as_bytes());
    made.commit("Anna", "start");
    made.write("text.md", format!("{stays}{TWO}{THREE}").as_bytes());
    made.commit("Bert", "three");
    made.write("text.md", format!("{THREE}{stays}{}", TWO.replace("may", "can")).as_bytes());
    made.commit("Cleo", "moved and reworded");
    let lines = blame::lines(&made.home, "text.md");
    let same: Vec<bool> = lines.iter().map(|line| line.ours == line.blame).collect();
    // Blame gives the moved line and the reworded one to Cleo, who wrote one word.
    assert_eq!(same, [false, true, true, false]);
    assert!(lines.iter().all(|line| !line.is_untouched || line.ours == line.blame));
    assert!(lines[0].reason.starts_with("the line moved") && lines[3].reason.starts_with("some words"));
}

#[test]
fn what_git_did_not_write_is_a_fault_or_nothing() {
    assert!(git::log(b"commit 1234\n").is_err());
    assert!(git::log(b"@credit1\0").is_err());
    assert_eq!(git::log(b"").unwrap().n_commits(), 0);
    assert_eq!(git::files(b"040000 tree 12\tfolder\0nonsense\0\xff\0"), []);
    // Two commits that name each other as parents.
    let [a, b] = ["a".repeat(40), "b".repeat(40)];
    let commit =
        |hash: &str, parent: &str, more: &str| format!("@credit1\0{hash}\0{parent}\0{}\0A\0a@a.example\0\0\0{more}", 5);
    let circle = commit(&a, &b, "") + &commit(&b, &a, &format!("\n:000000 100644 0 {a} A\0f\0"));
    let circle = circle.replace("\0\0\0", "\0\0");
    let log = git::log(circle.as_bytes()).unwrap();
    let file = git::File { path: b"f".to_vec(), blob: a.clone() };
    let trail = log.trail(std::slice::from_ref(&file)).unwrap();
    let read = trail.history(&log, format!("{a} blob 3\na b\n").as_bytes());
    assert_eq!(read.history.versions[0].text, "a b");
    assert!(trail.history(&log, b"").problems.len() == 1);
    assert!(log.trail(&[git::File { path: b"g".to_vec(), ..file }]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_logs_never_panic(cut in 0_usize..400, at in 0_usize..400, byte in any::<u8>()) {
        let [a, b, c] = ["a".repeat(40), "b".repeat(40), "c".repeat(40)];
        let mut bytes = format!(
            "@credit1\0{a}\0{b}\0{}\0A\0a@a.example\0\0\n:100644 100644 {b} {c} R090\0g\0f\0@credit1\0{b}\0\0{}\0B\0\0\0\n:000000 100644 {a} {b} A\0g\0",
            5, 4
        ).into_bytes();
        let place = at % bytes.len();
        bytes[place] = byte;
        bytes.truncate(bytes.len() - cut % bytes.len());
        if let Ok(log) = git::log(&bytes) {
            let file = git::File { path: b"f".to_vec(), blob: c };
            if let Ok(trail) = log.trail(&[file]) {
                let _ = trail.history(&log, &bytes);
            }
        }
    }
}
