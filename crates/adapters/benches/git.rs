//! Git histories against plain Git and against Perceval: `cargo bench -p adapters --bench git`.
//!
//! Makes a repository of 8,600 commits with `git fast-import` (the same bytes every time, kept in the target folder), then
//! measures CPU seconds (user and system, of this process and its children, from `/proc`) of: plain `git log --numstat`;
//! `git log` with our arguments; our reading of what it wrote; `perceval git` (PyPI, in an environment made here), which
//! clones, logs and parses; and Perceval's own `git log` flags with its parser alone. All in one run, several rounds.
#![expect(clippy::disallowed_methods, reason = "a benchmark starts processes and reads what they cost")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

#[path = "git/history.rs"]
mod history;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fact::{Snapshot, content_id};

const ROUNDS: usize = 5;
const PERCEVAL_ROUNDS: usize = 3;
const PERCEVAL: &str = "perceval==1.6.1";

fn main() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("git-bench");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    let repository = history::repository(&folder);
    println!("git         {}", text(git(&repository).arg("--version")).trim());
    println!("repository  {} commits", text(git(&repository).args(["rev-list", "--count", "HEAD"])).trim());

    let plain: &[&str] = &["log", "--numstat"];
    let (mut plain_cpu, mut ours_cpu, mut read_cpu, mut both_cpu) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        plain_cpu.push(cpu(|| output(&repository, plain).len()).0);
        let (git_cpu, history) = cpu(|| output(&repository, adapters::GIT_LOG_ARGUMENTS));
        let parse_cpu = cpu(|| (0..20).map(|_| read(&history)).sum::<usize>()).0 / 20.0;
        ours_cpu.push(git_cpu);
        read_cpu.push(parse_cpu);
        both_cpu.push(git_cpu + parse_cpu);
    }
    let history = output(&repository, adapters::GIT_LOG_ARGUMENTS);
    println!("history     {} bytes, {} facts", history.len(), read(&history));
    println!("\nCPU seconds                            min   median   of {ROUNDS} rounds");
    let plain = line("git log --numstat", &mut plain_cpu);
    line("git log with our arguments", &mut ours_cpu);
    line("our hash and reading of it", &mut read_cpu);
    let both = line("ours: git log and reading", &mut both_cpu);
    ratio("ours / git log --numstat", [both[0] / plain[0], both[1] / plain[1]], "at most 1.2");
    perceval(&folder, &repository, both);
}

/// Perceval as its users run it (clone, log, parse), and its log and parser alone.
fn perceval(folder: &Path, repository: &Path, ours: [f64; 2]) {
    let Some(tool) = perceval_tool(folder) else { return };
    let (clone, log) = (folder.join("perceval-clone"), folder.join("perceval.log"));
    let address = format!("file://{}", repository.display());
    let flags = "log --raw --numstat --pretty=fuller --decorate=full --all --reverse --topo-order --parents -M -C -c";
    let (mut whole_cpu, mut parts_cpu, mut n_items) = (vec![], vec![], 0);
    for _ in 0..PERCEVAL_ROUNDS {
        let _ = std::fs::remove_dir_all(&clone);
        let mut whole = Command::new(&tool);
        whole.args(["git", "--json-line", "--git-path"]).arg(&clone).arg(&address).stderr(Stdio::null());
        let (seconds, items) = cpu(|| whole.output().expect("perceval runs").stdout);
        n_items = items.iter().filter(|&&byte| byte == b'\n').count();
        whole_cpu.push(seconds);
        let mut parse = Command::new(&tool);
        parse.args(["git", "--json-line", "--git-log"]).arg(&log).arg(&address).stderr(Stdio::null());
        let seconds = cpu(|| {
            let flags: Vec<&str> = flags.split(' ').collect();
            std::fs::write(&log, output(repository, &flags)).expect("the target folder can be written");
            parse.output().expect("perceval runs").stdout.len()
        });
        parts_cpu.push(seconds.0);
    }
    let whole = line("perceval git (clone, log, parse)", &mut whole_cpu);
    let parts = line("perceval, its log and parser alone", &mut parts_cpu);
    println!("perceval wrote {n_items} items; {PERCEVAL_ROUNDS} rounds");
    ratio("perceval git / ours", [whole[0] / ours[0], whole[1] / ours[1]], "at least 2.5");
    ratio("perceval without clone / ours", [parts[0] / ours[0], parts[1] / ours[1]], "no target");
}

/// Perceval in an environment of its own, made with `pip` where it is missing.
fn perceval_tool(folder: &Path) -> Option<PathBuf> {
    let home = folder.join("perceval-env");
    let tool = home.join("bin/perceval");
    if !tool.is_file() {
        println!("making an environment for {PERCEVAL}");
        let quiet = |command: &mut Command| command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        let _ = quiet(Command::new("python3").args(["-m", "venv"]).arg(&home));
        let _ = quiet(Command::new(home.join("bin/pip")).args(["install", "--quiet", PERCEVAL]));
    }
    if !tool.is_file() {
        println!("perceval    NOT MEASURED: {PERCEVAL} is not at hand and could not be installed with pip");
        return None;
    }
    Some(tool)
}

/// The number of facts in a history: its identity is computed as well, as it is whenever a source is added.
fn read(history: &[u8]) -> usize {
    let id = content_id(history);
    let snapshot = Snapshot::new(&id, "bench", history);
    let adapter = adapters::adapter_for(&snapshot).expect("an adapter takes the history");
    let reading = adapter.read(&snapshot);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems.first());
    reading.facts.len()
}

fn git(repository: &Path) -> Command {
    let mut git = Command::new("git");
    git.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").arg("-C").arg(repository);
    git
}

fn output(repository: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = git(repository).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn text(command: &mut Command) -> String {
    String::from_utf8_lossy(&command.output().expect("git runs").stdout).into_owned()
}

/// CPU seconds of this process and its children while `work` runs, and what it gives.
fn cpu<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let before = cpu_ticks();
    let result = work();
    ((cpu_ticks() - before) as f64 / 100.0, result)
}

/// User and system time of this process and of the children it waited for, in ticks of 10 ms (Linux, `man 5 proc`).
fn cpu_ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("CPU times are read from /proc, which only Linux has");
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(4);
    fields.map(|ticks| ticks.parse::<u64>().expect("a number of ticks")).sum()
}

/// Prints minimum and median, and returns them.
fn line(what: &str, seconds: &mut [f64]) -> [f64; 2] {
    seconds.sort_by(f64::total_cmp);
    let [min, median] = [seconds[0], seconds[seconds.len() / 2]];
    println!("{what:<36} {min:>6.3}   {median:>6.3}");
    [min, median]
}

fn ratio(what: &str, [of_min, of_median]: [f64; 2], target: &str) {
    println!("{what:<36} {of_min:>6.2}   {of_median:>6.2}   {target}");
}
