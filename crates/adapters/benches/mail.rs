//! Throughput and losses of mail archives against Perceval: `cargo bench -p adapters --bench mail`.
//!
//! Makes 50,000 messages of nobody (94 MB: 3,000 people, 400 domains, 70 % answers, attachments), once clean and once with
//! the mess of real archives, and reads each with a process of its own: this adapter, which writes one line a fact, and
//! `perceval mbox --json-line` from a virtual environment that is made if it is missing. Both are measured alike: CPU
//! seconds (user and system) and peak memory, as the operating system counts them for the finished process.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads its input and runs its peer")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use fact::{Reading, Snapshot, content_id};

const N_MESSAGES: usize = 50_000;
const PEER: &str = "perceval==1.6.1";

/// Runs a command and prints what it used: CPU seconds, peak memory in kB, exit code. Its output goes to a file.
const MEASURE: &str = "import resource, subprocess, sys
with open(sys.argv[1], 'wb') as out:
    code = subprocess.run(sys.argv[2:], stdout=out, stderr=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss, code)";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, path, out] = &arguments[..]
        && flag == "--read"
    {
        return list(Path::new(path), Path::new(out));
    }
    let folder = std::env::temp_dir().join("rapporteur-bench-mail");
    let peer = peer();
    for mess in [Mess::Clean, Mess::Dirty] {
        let archive = folder.join(mess.name());
        std::fs::create_dir_all(&archive).expect("the temporary folder can be written");
        let path = archive.join("clocks.mbox");
        let text = made_up(mess);
        std::fs::write(&path, &text).expect("the temporary folder can be written");
        println!("{}: {N_MESSAGES} messages, {:.1} MB", mess.name(), text.len() as f64 / 1e6);
        drop(text);
        compare(&folder, &path, peer.as_deref());
    }
}

/// Reads an archive and writes its facts, one a line, and at last how many facts, problems and units there are.
fn list(path: &Path, out: &Path) {
    let bytes = std::fs::read(path).expect("the archive can be read");
    let id = content_id(&bytes);
    let origin = path.display().to_string();
    let snapshot = Snapshot::new(&id, &origin, &bytes);
    let adapter = adapters::adapter_for(&snapshot).expect("an adapter takes the archive");
    let reading: Reading = adapter.read(&snapshot);
    let mut out = BufWriter::new(File::create(out).expect("the temporary folder can be written"));
    for fact in &reading.facts {
        let thing = fact.object.clone().unwrap_or_default();
        let parent = fact.target.as_ref().map(|thing| thing.id.as_str());
        let line = format!("{:?}\t{}\t{}\t{parent:?}\t{:?}", fact.who, thing.id, thing.title, fact.when);
        writeln!(out, "{line}\t{:?}\t{:?}\t{:?}", fact.body, fact.status, fact.evidence).expect("it can be written");
    }
    let kept = reading.problems.iter().filter(|problem| problem.kind == "doubled-message").count();
    println!("{} {} {kept} {}", reading.n_units, reading.facts.len(), reading.problems.len());
}

/// What a process used.
struct Used {
    cpu: f64,
    peak_kb: f64,
    code: i64,
}

impl Used {
    fn print(&self, name: &str) {
        let rate = N_MESSAGES as f64 / self.cpu;
        println!(
            "  {name}: {:.2} CPU s, {rate:.0} messages per CPU second, peak {:.0} MB",
            self.cpu,
            self.peak_kb / 1e3
        );
    }
}

fn compare(folder: &Path, path: &Path, peer: Option<&Path>) {
    let itself = std::env::current_exe().expect("the benchmark knows its file");
    let (output, facts) = (folder.join("output"), folder.join("facts"));
    let arguments = [itself.as_os_str(), "--read".as_ref(), path.as_os_str(), facts.as_os_str()];
    let mut runs: Vec<Used> = (0..5).filter_map(|_| measure(&output, &arguments)).collect();
    runs.sort_by(|one, other| one.cpu.total_cmp(&other.cpu));
    let Some(own) = runs.get(2) else {
        println!("  not measured: `python3` is missing, which measures both");
        return;
    };
    own.print("rapporteur (median of 5)");
    let counts = std::fs::read_to_string(&output).unwrap_or_default();
    println!("  rapporteur: units, facts, copies, problems: {}", counts.trim());
    let Some(peer) = peer else {
        println!("  perceval: absent; `python3 -m venv` and `pip install {PEER}` did not work here");
        return;
    };
    let archive = path.parent().expect("the archive has a folder");
    let arguments = [peer.as_os_str(), "mbox".as_ref(), "--json-line".as_ref(), "wg".as_ref(), archive.as_os_str()];
    let Some(theirs) = measure(&output, &arguments) else { return };
    theirs.print("perceval");
    let n_lines = std::fs::read(&output).map_or(0, |json| json.iter().filter(|&&byte| byte == b'\n').count());
    println!("  perceval: {n_lines} messages kept, exit code {}", theirs.code);
    println!("  ratio: {:.1} times the messages per CPU second", theirs.cpu / own.cpu);
}

fn measure(output: &Path, arguments: &[&std::ffi::OsStr]) -> Option<Used> {
    let run = Command::new("python3").args(["-c", MEASURE]).arg(output).args(arguments).output().ok()?;
    let text = String::from_utf8(run.stdout).ok()?;
    let mut words = text.split_whitespace();
    let mut next = || words.next()?.parse::<f64>().ok();
    Some(Used { cpu: next()?, peak_kb: next()?, code: next()? as i64 })
}

/// The peer's program, from an environment in the temporary folder.
fn peer() -> Option<PathBuf> {
    let folder = std::env::temp_dir().join("rapporteur-peers/perceval");
    let program = folder.join("bin/perceval");
    if !program.exists() {
        println!("making {} with {PEER}", folder.display());
        let is_done = |program: &Path, arguments: &[&str]| {
            Command::new(program).args(arguments).status().is_ok_and(|status| status.success())
        };
        let at = folder.display().to_string();
        let is_made = is_done(Path::new("python3"), &["-m", "venv", &at])
            && is_done(&folder.join("bin/pip"), &["install", "--quiet", PEER]);
        return is_made.then_some(program);
    }
    Some(program)
}

/// How much of what real archives hold is in a made-up one.
#[derive(Clone, Copy, PartialEq)]
enum Mess {
    Clean,
    Dirty,
}

impl Mess {
    fn name(self) -> &'static str {
        if self == Self::Clean { "clean" } else { "dirty" }
    }
}

/// Numbers that are the same in every run (xorshift64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

const FIRST: [&str; 12] = ["Ada", "Bo", "Cy", "Dana", "Eli", "Fay", "Gus", "Hal", "Ida", "Jo", "Kai", "Lea"];
const LAST: [&str; 10] =
    ["Example", "Sample", "Specimen", "Placeholder", "Muster", "Exempel", "Primer", "Probe", "Modello", "Voorbeeld"];
const WORDS: [&str; 16] = [
    "clock", "drift", "slice", "text", "clause", "the", "of", "proposal", "agree", "editor", "revise", "note", "we",
    "should", "figure", "annex",
];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// An archive of [`N_MESSAGES`] messages from 2004 on, four hours apart.
fn made_up(mess: Mess) -> Vec<u8> {
    let mut dice = Dice(7);
    let mut out = Vec::with_capacity(100_000_000);
    for n in 0..N_MESSAGES {
        let kind = if mess == Mess::Dirty { dice.below(40) } else { usize::MAX };
        let head = headers(n, kind, &mut dice);
        // What is not ASCII stands in windows-1252, as old archives have it.
        out.extend(head.chars().map(|letter| letter as u8));
        out.extend_from_slice(body(kind, &mut dice).as_bytes());
        out.push(b'\n');
    }
    out
}

fn headers(n: usize, kind: usize, dice: &mut Dice) -> String {
    let person = dice.below(3000);
    let (first, last) = (FIRST[person % 12], LAST[person / 12 % 10]);
    let host = format!("host{}.example", person % 400);
    let day = jiff::civil::date(2004, 1, 1).saturating_add(jiff::Span::new().days((n / 6) as i64));
    let month = MONTHS[usize::try_from(day.month() - 1).unwrap_or_default()];
    let (hour, minute) = (n % 6 * 4, n % 60);
    let local = if kind == 0 { "j\u{ed}" } else { "p" };
    let mut text = format!(
        "From {local}{person}@{host} Thu {month} {:2} {hour:02}:{minute:02}:00 {}\n\
         Received: from mx{n}.{host} by lists.example; {} {month} {} {hour:02}:{minute:02}:00 +0000\n\
         From: {first} {last} {person} <p{person}@{host}>\nTo: clocks@lists.example\n",
        day.day(),
        day.year(),
        day.day(),
        day.year()
    );
    let date = match kind {
        1 => "yesterday".to_string(),
        2 => format!("32 {month} {} {hour:02}:{minute:02}:00 +0000", day.year()),
        3 => format!("{} {month} {} {hour:02}:{minute:02}:00 CEST", day.day(), day.year()),
        _ => format!("{} {month} {} {hour:02}:{minute:02}:00 +0000", day.day(), day.year()),
    };
    let is_answer = n > 10 && dice.below(10) < 7;
    let _ = writeln!(text, "Date: {date}");
    let _ = writeln!(text, "Subject: {}{} =?utf-8?q?caf=C3=A9?=", if is_answer { "Re: " } else { "" }, words(dice, 6));
    if kind != 4 {
        let _ = writeln!(text, "Message-ID: <{n}.{person}@{host}>");
    }
    if is_answer {
        let parent = n - 1 - dice.below(10);
        let _ = writeln!(text, "In-Reply-To: <{parent}.0@host.example>\nReferences: <{parent}.0@host.example>");
    }
    text + "List-Id: Clocks <clocks.lists.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
}

fn body(kind: usize, dice: &mut Dice) -> String {
    let mut text = String::with_capacity(2000);
    for _ in 0..12 + dice.below(12) {
        let mark = if dice.below(3) == 0 { "> " } else { "" };
        let _ = writeln!(text, "{mark}{}", words(dice, 9));
    }
    if kind == 5 {
        text += "\nFrom the start we had two clocks.\nThey drift.\n";
    }
    // Every fourteenth message has an attachment.
    if dice.below(14) == 0 {
        text += "--part\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n";
        for _ in 0..80 {
            text += "QSBtYWRlLXVwIGF0dGFjaG1lbnQsIHdoaWNoIG5vYm9keSB3aWxsIGV2ZXIgcmVhZCwgb2YgYnl0ZXMu\n";
        }
        text += "--part--\n";
    }
    text
}

fn words(dice: &mut Dice, n: usize) -> String {
    let words: Vec<&str> = (0..n).map(|_| WORDS[dice.below(WORDS.len())]).collect();
    words.join(" ")
}
