//! The report at the end of an intake: what was read, what of it was understood, and what to do about the rest.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fact::Reading;
use ledger::Sighted;
use serde::Serialize;

/// What an intake did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Files looked at, those among them that had not changed included.
    pub n_files: usize,
    /// Files that had not changed since they were last seen, and so were not opened.
    pub n_unchanged: usize,
    /// Bytes read.
    pub n_bytes: u64,
    /// Snapshots that were new.
    pub n_new: usize,
    /// Snapshots that were held already.
    pub n_known: usize,
    /// Addresses of a declared source that are not there any longer; their facts stay.
    pub n_gone: usize,
    /// True when the user interrupted: what is reported was kept, the rest was not read.
    pub is_interrupted: bool,
    /// Units looked at (rows, entries, blocks), of all files.
    pub n_units: u64,
    /// Facts by act, of the files that were read.
    pub facts: BTreeMap<&'static str, usize>,
    /// Problems by kind, of the files that were read.
    pub problems: BTreeMap<&'static str, Trouble>,
    /// Problems of files that had not changed, as counted when they were read.
    pub n_problems_before: u64,
    /// The same figures by folder.
    pub folders: BTreeMap<String, Folder>,
    /// Files without any fact, by what they are.
    pub without_facts: BTreeMap<String, usize>,
    /// Decisions of reviewers, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviews: Option<Replayed>,
    /// Every file that was read: what it is, and what came of it.
    pub files: Vec<FileReport>,
}

/// What became of the decisions of reviewers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Replayed {
    /// Decisions that now hold for a reading that was not there before.
    pub n_replayed: usize,
    /// Decisions whose words are not found any longer.
    pub n_lost: usize,
}

/// Problems of one kind.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Trouble {
    /// How many.
    pub n: usize,
    /// What to do about the first.
    pub hint: String,
    /// What was met, how often, and where first.
    #[serde(skip)]
    met: BTreeMap<String, (usize, String)>,
    /// The three most frequent, as number, words and first place.
    pub examples: Vec<Example>,
}

/// One thing that was met repeatedly.
#[derive(Clone, Debug, Serialize)]
pub struct Example {
    /// How often.
    pub n: usize,
    /// What was expected and found.
    pub what: String,
    /// Where first.
    pub place: String,
}

/// What came of one folder of a source.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Folder {
    /// Files.
    pub n_files: usize,
    /// Files that gave facts.
    pub n_with_facts: usize,
    /// Units looked at.
    pub n_units: u64,
    /// Facts.
    pub n_facts: u64,
    /// Problems.
    pub n_problems: u64,
}

/// What came of one file.
#[derive(Clone, Debug, Serialize)]
pub struct FileReport {
    /// Where it came from.
    pub origin: String,
    /// What it was taken for.
    pub about: String,
    /// Adapter, if any.
    pub adapter: Option<&'static str>,
    /// Units looked at.
    pub n_units: u64,
    /// Facts.
    pub n_facts: usize,
    /// Problems.
    pub n_problems: usize,
}

impl Report {
    /// Returns the number of facts that were read.
    #[must_use]
    pub fn n_facts(&self) -> usize {
        self.facts.values().sum()
    }

    /// Returns the number of problems, those of unchanged files included.
    #[must_use]
    pub fn n_problems(&self) -> u64 {
        self.n_problems_before + self.problems.values().map(|trouble| trouble.n as u64).sum::<u64>()
    }

    /// Returns the share of units without a problem, 0 to 1; 1 when there was nothing to read.
    #[must_use]
    pub fn share_understood(&self) -> f64 {
        share(self.n_units, self.n_problems())
    }

    /// Counts a file that was read.
    pub fn count(&mut self, origin: &str, n_bytes: usize, adapter: Option<&'static str>, reading: &Reading) {
        self.n_bytes += n_bytes as u64;
        for fact in &reading.facts {
            *self.facts.entry(fact.act.slug()).or_default() += 1;
        }
        for problem in &reading.problems {
            let trouble = self.problems.entry(problem.kind).or_default();
            trouble.n += 1;
            if trouble.n == 1 {
                trouble.hint.clone_from(&problem.hint);
            }
            let place = || format!("{origin}, {}", problem.evidence.place);
            trouble.met.entry(problem.what.clone()).or_insert_with(|| (0, place())).0 += 1;
        }
        let (n_facts, n_problems) = (reading.facts.len(), reading.problems.len());
        self.sum(origin, &reading.about, reading.n_units, n_facts as u64, n_problems as u64);
        self.files.push(FileReport {
            origin: origin.into(),
            about: reading.about.clone(),
            adapter,
            n_units: reading.n_units,
            n_facts,
            n_problems,
        });
    }

    /// Counts a file that had not changed, by what came of it when it was read.
    pub fn count_unchanged(&mut self, origin: &str, before: &Sighted) {
        self.n_unchanged += 1;
        let n_problems = before.n_problems.unsigned_abs();
        self.n_problems_before += n_problems;
        self.sum(origin, &before.about, before.n_units.unsigned_abs(), before.n_facts.unsigned_abs(), n_problems);
    }

    fn sum(&mut self, origin: &str, about: &str, n_units: u64, n_facts: u64, n_problems: u64) {
        self.n_files += 1;
        self.n_units += n_units;
        let folder = self.folders.entry(folder_of(origin)).or_default();
        folder.n_files += 1;
        folder.n_with_facts += usize::from(n_facts > 0);
        folder.n_units += n_units;
        folder.n_facts += n_facts;
        folder.n_problems += n_problems;
        if n_facts == 0 {
            *self.without_facts.entry(about.into()).or_default() += 1;
        }
    }

    /// Chooses the examples: the three most frequent of each kind.
    pub fn close(&mut self) {
        for trouble in self.problems.values_mut() {
            let mut met: Vec<(String, (usize, String))> = std::mem::take(&mut trouble.met).into_iter().collect();
            met.sort_by(|one, other| other.1.0.cmp(&one.1.0).then_with(|| one.0.cmp(&other.0)));
            met.truncate(3);
            trouble.examples = met.into_iter().map(|(what, (n, place))| Example { n, what, place }).collect();
        }
    }

    /// Returns the report as text.
    #[must_use]
    pub fn told(&self) -> String {
        let mut text = String::new();
        let (n_files, megabytes) = (self.n_files, self.n_bytes as f64 / 1e6);
        let _ = write!(text, "{n_files} files, {megabytes:.1} MB read: {} new", self.n_new);
        let _ = writeln!(text, ", {} held already, {} unchanged", self.n_known, self.n_unchanged);
        if self.n_gone > 0 {
            let _ = writeln!(text, "{} files are not there any longer; their facts stay", self.n_gone);
        }
        self.tell_folders(&mut text);
        let kinds: Vec<String> = self.facts.iter().map(|(act, n)| format!("{act} {n}")).collect();
        let _ = writeln!(text, "{} facts read: {}", self.n_facts(), kinds.join(", "));
        let understood = self.share_understood() * 100.0;
        let _ = writeln!(text, "{} units, {} problems: {understood:.1}% understood", self.n_units, self.n_problems());
        self.tell_problems(&mut text);
        self.tell_without_facts(&mut text);
        if let Some(Replayed { n_replayed, n_lost }) = self.reviews {
            let _ = writeln!(text, "{n_replayed} decisions replayed, {n_lost} no longer find their words");
        }
        if self.is_interrupted {
            text.push_str("interrupted: what is told here was kept; the same command reads the rest\n");
        }
        text
    }

    fn tell_folders(&self, text: &mut String) {
        let width = self.folders.keys().map(|name| name.chars().count()).max().unwrap_or(0).max(6);
        let _ = writeln!(
            text,
            "{:width$}  {:>6}  {:>10}  {:>8}  {:>8}  {:>10}",
            "folder", "files", "with facts", "facts", "problems", "understood"
        );
        for (name, folder) in &self.folders {
            let understood = share(folder.n_units, folder.n_problems) * 100.0;
            let _ = writeln!(
                text,
                "{name:width$}  {:>6}  {:>10}  {:>8}  {:>8}  {understood:>9.1}%",
                folder.n_files, folder.n_with_facts, folder.n_facts, folder.n_problems
            );
        }
    }

    fn tell_problems(&self, text: &mut String) {
        for (kind, trouble) in &self.problems {
            let _ = writeln!(text, "problem `{kind}`, {} times; {}", trouble.n, trouble.hint);
            for Example { n, what, place } in &trouble.examples {
                let _ = writeln!(text, "  {n} times: {what} ({place})");
            }
        }
        if self.n_problems_before > 0 {
            let _ = writeln!(text, "{} problems of unchanged files: `rapporteur problems`", self.n_problems_before);
        }
    }

    fn tell_without_facts(&self, text: &mut String) {
        let n: usize = self.without_facts.values().sum();
        if n == 0 {
            return;
        }
        let _ = writeln!(text, "{n} files without facts, by what they are:");
        let mut kinds: Vec<_> = self.without_facts.iter().collect();
        kinds.sort_by(|one, other| other.1.cmp(one.1).then_with(|| one.0.cmp(other.0)));
        for (about, n) in kinds.iter().take(20) {
            let _ = writeln!(text, "  {n:>5}  {about}");
        }
        if kinds.len() > 20 {
            let _ = writeln!(text, "  and {} other kinds: `rapporteur sources`", kinds.len() - 20);
        }
    }
}

/// The named folder and the one below it: `attendance/tc39-notes/2024-10.md` belongs to `attendance/tc39-notes`.
fn folder_of(origin: &str) -> String {
    let mut parts: Vec<&str> = origin.split('/').collect();
    parts.pop();
    parts.truncate(2);
    if parts.is_empty() { origin.into() } else { parts.join("/") }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn share(n_units: u64, n_problems: u64) -> f64 {
    let n_units = n_units.max(n_problems);
    if n_units == 0 { 1.0 } else { 1.0 - n_problems as f64 / n_units as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fact::{Evidence, Problem};

    #[test]
    fn the_most_frequent_come_first_and_nothing_to_read_is_understood() {
        let problem = |what: &str| Problem {
            kind: "odd",
            evidence: Evidence::new(0..1, "line 1", ""),
            what: what.into(),
            hint: "mend it".into(),
        };
        let mut report = Report::default();
        assert!((report.share_understood() - 1.0).abs() < f64::EPSILON);
        let problems = ["a", "b", "c", "d", "d", "c", "d"].map(problem).to_vec();
        let reading = Reading { about: "odd file".into(), problems, n_units: 14, ..Reading::default() };
        report.count("one/two/three.txt", 10, None, &reading);
        report.close();
        let examples: Vec<(usize, &str)> =
            report.problems["odd"].examples.iter().map(|example| (example.n, example.what.as_str())).collect();
        assert_eq!(examples, [(3, "d"), (2, "c"), (1, "a")]);
        assert!((report.share_understood() - 0.5).abs() < f64::EPSILON);
        assert_eq!(report.folders.keys().collect::<Vec<_>>(), ["one/two"]);
        assert!(report.told().contains("1  odd file"), "{}", report.told());
    }
}
