//! A made-up repository: a body that keeps its drafts in Git, with merges, renames, trailers, bots and a mailmap.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Raised whenever the generator would give another repository.
const VERSION: u32 = 1;
const N_COMMITS: usize = 8_600;
const N_PEOPLE: u64 = 120;
const WORDS: [&str; 16] = [
    "endpoint",
    "frame",
    "must",
    "the",
    "of",
    "connection",
    "a",
    "sender",
    "value",
    "is",
    "sent",
    "in",
    "stream",
    "packet",
    "field",
    "receiver",
];

/// Returns the repository in `folder`, made when it is not there yet.
pub fn repository(folder: &Path) -> PathBuf {
    let home = folder.join(format!("history-{VERSION}.git"));
    if home.join("made").is_file() {
        return home;
    }
    let _ = std::fs::remove_dir_all(&home);
    let run = |command: &mut Command| assert!(command.status().expect("git runs").success(), "{command:?}");
    run(Command::new("git").args(["init", "--quiet", "--bare", "--initial-branch=main"]).arg(&home));
    let mut import = Command::new("git");
    import.arg("-C").arg(&home).args(["fast-import", "--quiet"]).stdin(Stdio::piped());
    let mut import = import.spawn().expect("git runs");
    let stream = BufWriter::new(import.stdin.take().expect("its input is a pipe"));
    Import::new(stream).write().expect("git takes the stream");
    assert!(import.wait().expect("git ends").success());
    run(Command::new("git").arg("-C").arg(&home).args(["repack", "-a", "-d", "-q"]));
    std::fs::write(home.join("made"), "").expect("the folder can be written");
    home
}

struct Import<W: Write> {
    out: W,
    seed: u64,
    n_marks: usize,
    clock: u64,
    /// Path to lines.
    documents: BTreeMap<String, Vec<String>>,
}

impl<W: Write> Import<W> {
    fn new(out: W) -> Self {
        Self { out, seed: 42, n_marks: 0, clock: 1_400_000_000, documents: BTreeMap::new() }
    }

    /// Numbers that are the same in every run (Knuth's MMIX generator).
    fn below(&mut self, limit: u64) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % limit
    }

    fn write(mut self) -> std::io::Result<()> {
        for nth in 0..40 {
            let folder = ["", "drafts/", "archive/old/", "images/", "scripts/"][nth % 5];
            let lines = (0..700).map(|_| self.words()).collect();
            self.documents.insert(format!("{folder}draft-made-up-{nth:02}.md"), lines);
        }
        let mut main = self.first()?;
        let mut n_commits = 1;
        while n_commits < N_COMMITS {
            if n_commits % 12 == 0 {
                main = self.side(main)?;
                n_commits += 3;
            } else {
                let changes = self.changes(n_commits)?;
                main = self.commit("refs/heads/main", &[main], &changes)?;
                n_commits += 1;
            }
        }
        self.out.flush()
    }

    fn first(&mut self) -> std::io::Result<usize> {
        let mut changes = Vec::new();
        for path in self.documents.keys().cloned().collect::<Vec<_>>() {
            changes.push(self.stored(&path)?);
        }
        let mut mailmap = String::new();
        for nth in (0..N_PEOPLE).step_by(4) {
            let _ =
                writeln!(mailmap, "Person {nth} Example <person{nth}@org{}.example> <p{nth}@home.example>", nth % 17);
        }
        let mark = self.blob(mailmap.as_bytes())?;
        changes.push(format!("M 100644 :{mark} .mailmap"));
        self.commit("refs/heads/main", &[], &changes)
    }

    /// Two commits beside the main line and their merge.
    fn side(&mut self, main: usize) -> std::io::Result<usize> {
        let path = self.any_path();
        let mut changes = Vec::new();
        let mut side = main;
        for _ in 0..2 {
            self.edit(&path);
            changes = vec![self.stored(&path)?];
            side = self.commit("refs/heads/side", &[side], &changes)?;
        }
        let merged = self.commit("refs/heads/main", &[main, side], &changes)?;
        Ok(merged)
    }

    /// What one commit changes: some documents, now and then a rename, a picture, an odd path.
    fn changes(&mut self, nth: usize) -> std::io::Result<Vec<String>> {
        let mut changes = Vec::new();
        if nth % 150 == 7 {
            let old = self.any_path();
            let new = old.replace("draft-", "renamed-draft-");
            if let Some(lines) = self.documents.remove(&old) {
                self.documents.insert(new.clone(), lines);
                changes.push(format!("R {old} {new}"));
            }
            return Ok(changes);
        }
        if nth % 97 == 5 {
            let bytes: Vec<u8> = (0..4000).map(|_| self.below(256) as u8).collect();
            let mark = self.blob(&bytes)?;
            changes.push(format!("M 100644 :{mark} images/figure-{}.png", nth % 10));
        }
        if nth % 501 == 9 {
            let mark = self.blob(format!("{nth}\n").as_bytes())?;
            changes.push(format!("M 100644 :{mark} \"odd \\\"folder\\\"/tab\\there {{a => b}}.txt\""));
        }
        for _ in 0..=self.below(2) {
            let path = self.any_path();
            self.edit(&path);
            changes.push(self.stored(&path)?);
        }
        Ok(changes)
    }

    fn any_path(&mut self) -> String {
        let nth = self.below(self.documents.len() as u64) as usize;
        self.documents.keys().nth(nth).cloned().unwrap_or_default()
    }

    fn words(&mut self) -> String {
        let words: Vec<&str> = (0..11).map(|_| WORDS[self.below(16) as usize]).collect();
        words.join(" ")
    }

    fn edit(&mut self, path: &str) {
        let mut lines = self.documents.remove(path).unwrap_or_default();
        for _ in 0..=self.below(4) {
            let at = self.below(lines.len() as u64) as usize;
            let line = self.words();
            match self.below(3) {
                0 => lines[at] = line,
                1 => lines.insert(at, line),
                _ if lines.len() > 300 => drop(lines.remove(at)),
                _ => lines.push(line),
            }
        }
        self.documents.insert(path.into(), lines);
    }

    /// Writes the document as it now stands; returns the change that sets it.
    fn stored(&mut self, path: &str) -> std::io::Result<String> {
        let text = self.documents[path].join("\n") + "\n";
        let mark = self.blob(text.as_bytes())?;
        Ok(format!("M 100644 :{mark} {path}"))
    }

    fn blob(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.n_marks += 1;
        write!(self.out, "blob\nmark :{}\ndata {}\n", self.n_marks, bytes.len())?;
        self.out.write_all(bytes)?;
        writeln!(self.out)?;
        Ok(self.n_marks)
    }

    fn person(&mut self) -> String {
        let nth = self.below(N_PEOPLE).min(self.below(N_PEOPLE));
        if self.below(30) == 0 {
            return "made-up-app[bot] <1+made-up-app[bot]@users.noreply.github.com>".into();
        }
        match nth % 4 {
            0 => format!("P. {nth} <p{nth}@home.example>"),
            _ => format!("Person {nth} Example <person{nth}@org{}.example>", nth % 17),
        }
    }

    fn commit(&mut self, branch: &str, parents: &[usize], changes: &[String]) -> std::io::Result<usize> {
        self.n_marks += 1;
        self.clock += self.below(40_000);
        let author = self.person();
        let committer = match self.below(5) {
            0 | 1 => "GitHub <noreply@github.com>".to_string(),
            2 => self.person(),
            _ => author.clone(),
        };
        let message = self.message(parents.len() > 1);
        let zone = ["+0000", "+1000", "-0730", "+0200"][self.below(4) as usize];
        writeln!(self.out, "commit {branch}\nmark :{}", self.n_marks)?;
        writeln!(self.out, "author {author} {} {zone}\ncommitter {committer} {} +0000", self.clock, self.clock + 60)?;
        write!(self.out, "data {}\n{message}\n", message.len())?;
        for (nth, parent) in parents.iter().enumerate() {
            writeln!(self.out, "{} :{parent}", if nth == 0 { "from" } else { "merge" })?;
        }
        for change in changes {
            writeln!(self.out, "{change}")?;
        }
        writeln!(self.out)?;
        Ok(self.n_marks)
    }

    fn message(&mut self, is_merge: bool) -> String {
        let subject = self.words();
        let mut message = if is_merge { format!("Merge branch 'side': {subject}\n") } else { format!("{subject}\n") };
        for _ in 0..self.below(3) {
            let _ = write!(message, "\n{}\n", (0..4).map(|_| self.words()).collect::<Vec<_>>().join("\n"));
        }
        message.push('\n');
        for (key, one_in) in [("Co-authored-by", 5), ("Reviewed-by", 10), ("Signed-off-by", 7), ("Acked-by", 40)] {
            if self.below(one_in) == 0 {
                let person = self.person();
                let _ = writeln!(message, "{key}: {person}");
            }
        }
        message
    }
}
