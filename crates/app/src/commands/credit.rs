//! `credit`: whose the words of a text are, over its history in Git or in files; and statements of credit to print.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command as Program, Stdio};

use drafting::credit::{
    Clauses, Credit, History, Method, Question, Share, Statement, Survival, Version, credit, git, half_life_by_origin,
    shares_of, statements, survival,
};
use fact::{Fault, Remedy};
use jiff::civil::Date;
use ledger::{Answer, Ledger, Value};

use super::{Ended, workspace};
use crate::cli::{By, CreditArgs, CreditCommand, Global, KeepArgs, TextsArgs};
use crate::credits::{Credits, Keeping};
use crate::exit::Failure;
use crate::sitting::{draft, identified};
use crate::workspace::{Workspace, now};

/// Draws of clauses for intervals.
const REPLICATES: u32 = 1000;
const SEED: u64 = 20_260_101;
const DAY: i64 = 86_400;

/// A history with what is asked of it.
struct Asked {
    document: String,
    history: History,
    goals: Vec<usize>,
    parties: BTreeMap<String, String>,
    clauses: Clauses,
    /// How many units of [`Version::time`] make the unit that is told, and its name.
    unit: (i64, &'static str),
    /// What each version is.
    kinds: Vec<&'static str>,
    /// The day of adoption, where versions have no days.
    adopted: Option<Date>,
}

/// What is done beside telling.
struct Wanted<'a> {
    top: Option<usize>,
    statements: Option<&'a Path>,
    keep: &'a KeepArgs,
}

/// Credits files of a repository.
pub async fn run(global: &Global, args: &CreditArgs) -> Ended {
    let out = global.output();
    let Some(repository) = &args.repository else {
        let hint = "see `rapporteur credit --help`";
        return Err(Fault::new(Remedy::Ask, "credit", "expected a repository and files, found none", hint).into());
    };
    if args.keep.keep.is_some() && args.by == By::Author {
        let what = "expected credit by domain to keep, found credit by author";
        let hint = "keep it by domain; statements for persons are written with `--statements DIR`";
        return Err(Fault::new(Remedy::Ask, "--keep", what, hint).into());
    }
    let asked = of_git(repository, args, |told| out.say(told))?;
    tell(global, &asked, &Wanted { top: args.top, statements: args.statements.as_deref(), keep: &args.keep }).await
}

/// Credits a text whose history lies in files.
pub async fn more(global: &Global, what: &CreditCommand) -> Ended {
    let CreditCommand::Texts(args) = what;
    if args.keep.keep.is_some() && args.on.is_none() {
        let what = "expected the day on which the text was adopted, found none";
        return Err(Fault::new(Remedy::Ask, "--keep", what, "name it with `--on 2024-10-24`").into());
    }
    let wanted = Wanted { top: None, statements: args.statements.as_deref(), keep: &args.keep };
    tell(global, &of_files(args)?, &wanted).await
}

async fn tell(global: &Global, asked: &Asked, wanted: &Wanted<'_>) -> Ended {
    let out = global.output();
    let question = asked.question();
    let found = credit(question.history, question.goals, &question.method)?;
    let shares = shares_of(&question, &found)?;
    let n_words = found.texts.iter().flat_map(|text| text.words()).count();
    out.say(format_args!("{}: {n_words} words, {} versions.", asked.document, asked.history.versions.len()));
    out.say(life(asked, &found));
    if let Some(folder) = wanted.statements {
        let all = statements(&asked.document, &question)?;
        written(folder, &all)?;
        out.say(format_args!("Wrote {} statements to {}.", all.len(), folder.display()));
    }
    if let (Some(name), Some(body)) = (&wanted.keep.keep, &wanted.keep.body) {
        let workspace = workspace(global)?;
        let mut ledger = workspace.ledger().await?;
        keep(&workspace, &mut ledger, &asked.keeping([name, body], &question, &found)).await?;
        out.say(format_args!("Kept as {name}: see the page /credit/{name} of `rapporteur serve`."));
    }
    let mut answer = answer(asked, &found, &shares);
    answer.rows.truncate(wanted.top.unwrap_or(usize::MAX));
    Ok(out.rows(&answer)?)
}

/// Keeps the credit of a text whose history lies in files, as [`more`] does, and tells nothing.
///
/// # Errors
/// When a file cannot be read, or the workspace not be written.
pub async fn keep_texts(
    workspace: &Workspace,
    ledger: &mut Ledger,
    args: &TextsArgs,
    named: [&str; 2],
) -> Result<(), Fault> {
    let asked = of_files(args)?;
    let question = asked.question();
    let found = credit(question.history, question.goals, &question.method)?;
    keep(workspace, ledger, &asked.keeping(named, &question, &found)).await
}

/// Keeps credit in the workspace and reads it into the ledger.
async fn keep(workspace: &Workspace, ledger: &mut Ledger, keeping: &Keeping<'_>) -> Result<(), Fault> {
    let credits = Credits::of(&workspace.folder);
    credits.keep(&keeping.kept()?)?;
    credits.take(ledger, now()).await
}

impl Asked {
    fn question(&self) -> Question<'_> {
        Question {
            history: &self.history,
            goals: &self.goals,
            parties: &self.parties,
            clauses: self.clauses,
            method: Method::default(),
            others: Method::default().others(),
            replicates: REPLICATES,
            seed: SEED,
        }
    }

    fn keeping<'a>(&'a self, [name, body]: [&'a str; 2], question: &'a Question<'a>, found: &'a Credit) -> Keeping<'a> {
        let (document, kinds, adopted) = (&self.document, &self.kinds, self.adopted);
        Keeping { name, body, document, question, found, kinds, adopted }
    }
}

/// How long words live, in a sentence.
fn life(asked: &Asked, found: &Credit) -> String {
    let Survival { half_life, n_words, n_standing, .. } = survival(&found.lives, found.now);
    let (unit, name) = asked.unit;
    let told = |time: Option<i64>| time.map_or("never so far".to_string(), |time| format!("{} {name}", time / unit));
    let [low, high] = half_life_by_origin(&found.lives, found.now, REPLICATES, SEED);
    let beginning = format!("{n_words} words stood in it at some time, and {n_standing} of them stand");
    match half_life {
        None => format!("{beginning}."),
        Some(_) => {
            format!("{beginning}; half were gone after {} (95%: {} to {}).", told(half_life), told(low), told(high))
        }
    }
}

fn answer(asked: &Asked, found: &Credit, shares: &[Share]) -> Answer {
    let mut fates: BTreeMap<Option<&str>, [f64; 2]> = BTreeMap::new();
    for (version, fate) in asked.history.versions.iter().zip(&found.fates) {
        let part = 1.0 / version.authors.len().max(1) as f64;
        let names: Vec<Option<&str>> = match &version.authors[..] {
            [] => vec![None],
            all => all.iter().map(|name| Some(asked.parties.get(name).unwrap_or(name).as_str())).collect(),
        };
        for name in names {
            let sums = fates.entry(name).or_default();
            sums[0] += part * fate.n_proposed as f64;
            sums[1] += part * fate.n_adopted as f64;
        }
    }
    let row = |share: &Share| {
        let [proposed, adopted] = fates.get(&share.party.as_deref()).copied().unwrap_or_default();
        vec![
            Value::Text(share.party.clone().unwrap_or_else(|| "(nobody named)".into())),
            Value::Real(share.share),
            Value::Real(share.low),
            Value::Real(share.high),
            Value::Real(proposed),
            Value::Real(adopted),
            Value::Real(share.n_words),
        ]
    };
    let columns = ["party", "share", "low", "high", "words_proposed", "words_adopted", "words_standing"];
    let rows = shares.iter().map(row).collect();
    Answer { columns: columns.map(Into::into).to_vec(), rows }
}

/// Writes every statement as Markdown and as a page to print.
fn written(folder: &Path, all: &[Statement]) -> Result<(), Fault> {
    let fault = |path: &Path, error: std::io::Error| {
        Fault::new(Remedy::Ask, path.display().to_string(), error, "choose a folder that can be written to")
    };
    std::fs::create_dir_all(folder).map_err(|error| fault(folder, error))?;
    for (at, statement) in all.iter().enumerate() {
        let name: String = statement.party.as_deref().unwrap_or("nobody named").to_lowercase();
        let name: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
        for (end, text) in [("md", statement.markdown()), ("html", statement.html())] {
            let path = folder.join(format!("{:03}-{name}.{end}", at + 1));
            std::fs::write(&path, text).map_err(|error| fault(&path, error))?;
        }
    }
    Ok(())
}

fn of_git(repository: &Path, args: &CreditArgs, say: impl Fn(String)) -> Result<Asked, Failure> {
    let log = git::log(&ran(repository, git::LOG, &[], "")?)?;
    let paths: Vec<&str> = args.paths.iter().map(String::as_str).collect();
    let files = git::files(&ran(repository, git::TREE, &paths, "")?);
    if files.is_empty() {
        let place = format!("{} {}", repository.display(), paths.join(" "));
        let what = "expected files of the last commit, found none";
        return Err(Failure::Nothing(Fault::new(
            Remedy::Ask,
            place,
            what,
            "name them from the root of the repository",
        )));
    }
    let trail = log.trail(&files)?;
    let read = trail.history(&log, &ran(repository, git::BLOBS, &[], &trail.wants())?);
    for problem in &read.problems {
        say(format!("{}: {} ({})", problem.place, problem.what, problem.hint));
    }
    let parties = if args.by == By::Domain { log.domains().clone() } else { BTreeMap::new() };
    let document = if paths.is_empty() { repository.display().to_string() } else { paths.join(", ") };
    let (history, goals) = (read.history, read.goals);
    let kinds = vec!["commit"; history.versions.len()];
    let (clauses, unit) = (Clauses::Blocks, (DAY, "days"));
    Ok(Asked { document, history, goals, parties, clauses, unit, kinds, adopted: None })
}

/// What Git writes; its messages are told where it fails.
fn ran(repository: &Path, args: &[&str], paths: &[&str], input: &str) -> Result<Vec<u8>, Fault> {
    let place = format!("git {}", args.first().copied().unwrap_or_default());
    let hint = "name a repository, and see that `git` can be run";
    let failed = |error: std::io::Error| Fault::new(Remedy::Setup, &place, error, hint);
    let mut child = Program::new("git")
        .arg("-C")
        .arg(repository)
        .args(args)
        .args(paths)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let mut stdin = child.stdin.take();
    let asked = input.to_string();
    // Written beside the reading: Git answers before it has heard all, and both pipes would be full.
    let writer = std::thread::spawn(move || {
        use std::io::Write as _;
        stdin.take().map_or(Ok(()), |mut to| to.write_all(asked.as_bytes()))
    });
    let output = child.wait_with_output().map_err(failed)?;
    let heard = writer.join().unwrap_or(Ok(()));
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).trim().to_string();
        return Err(Fault::new(Remedy::Ask, &place, told, hint));
    }
    heard.map_err(failed)?;
    Ok(output.stdout)
}

/// A base, contributions to it, and what was adopted.
fn of_files(args: &TextsArgs) -> Result<Asked, Fault> {
    let text = |path: &Path| Ok::<_, Fault>(draft(path)?.text().to_string());
    // Without days of their own versions are told apart by their order.
    let start =
        args.on.and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok()).map_or(0, |day| day.timestamp().as_second());
    let base = Version {
        id: "base".into(),
        text: text(&args.base)?,
        time: start,
        authors: vec!["base".into()],
        parents: Vec::new(),
    };
    let mut versions = vec![base];
    for (named, time) in args.contributions.iter().zip(start + 1..) {
        let (id, path) = identified(named);
        let text = text(&path)?;
        versions.push(Version { authors: vec![id.clone()], id, time, parents: vec![0], text });
    }
    let time = start + versions.len() as i64;
    let text = text(&args.adopted)?;
    let mut kinds = vec!["document"; versions.len()];
    kinds[0] = "base";
    kinds.push("editor");
    versions.push(Version { id: "adopted".into(), time, authors: vec!["editor".into()], parents: vec![0], text });
    Ok(Asked {
        document: args.adopted.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        goals: vec![versions.len() - 1],
        history: History { versions },
        parties: BTreeMap::new(),
        clauses: Clauses::Lines,
        unit: (1, "versions"),
        kinds,
        adopted: args.on,
    })
}
