//! The demonstration: a workspace from what this binary carries - record files of five founding documents, and a
//! made-up standards body - and its pages.

use std::net::SocketAddr;
use std::path::Path;

use fact::{Fault, Remedy};
use indicatif::ProgressDrawTarget;
use jiff::civil::date;
use jiff::tz::TimeZone;
use ledger::Ledger;
use resolve::{Decision, Kind, Op};

use crate::cli::{Global, KeepArgs, TextsArgs};
use crate::commands::Ended;
use crate::commands::credit::keep_texts;
use crate::identity::keep;
use crate::intake::{Order, What, take_in};
use crate::made_up;
use crate::server;
use crate::workspace::{CONFIG, Workspace, now};

/// The seed of the made-up body: the same demonstration everywhere.
const SEED: u64 = 2026;

const RECORDS: &[(&str, &str)] = &[
    ("000-etsi-ccsa.toml", include_str!("../demo/records/000-etsi-ccsa.toml")),
    ("001-itu-industry-engagement-2024.toml", include_str!("../demo/records/001-itu-industry-engagement-2024.toml")),
    ("002-resolution-68-merged-draft.toml", include_str!("../demo/records/002-resolution-68-merged-draft.toml")),
    ("003-itu-miit-2021.toml", include_str!("../demo/records/003-itu-miit-2021.toml")),
    ("004-6gia-imt2030.toml", include_str!("../demo/records/004-6gia-imt2030.toml")),
];

const SETTINGS: &str = r#"# The demonstration workspace of Rapporteur.
name = "Demonstration"

[review]
name = "a visitor of the demonstration"

[[source]]
name = "founding documents"
path = "sources/records"
licence = "facts with citations, Apache-2.0"

[[source]]
name = "made-up body"
path = "sources/made-up"
licence = "made-up data, Apache-2.0"
allow_problems = "5%"
"#;

/// The draft of the demonstration.
const DRAFT: &str = "made-resolution-12";
/// Its base, three contributions by the numbers of documents of the made-up body, and what was adopted.
const DRAFT_TEXTS: [(&str, &str); 5] = [
    ("base.txt", include_str!("../demo/drafts/base.txt")),
    ("contributions/M1-250559.txt", include_str!("../demo/drafts/M1-250559.txt")),
    ("contributions/M1-250605.txt", include_str!("../demo/drafts/M1-250605.txt")),
    ("contributions/M1-250630.txt", include_str!("../demo/drafts/M1-250630.txt")),
    ("adopted.txt", include_str!("../demo/drafts/adopted.txt")),
];

pub async fn run(global: &Global, build_only: Option<&Path>, bind: SocketAddr) -> Ended {
    let out = global.output();
    if let Some(folder) = build_only {
        let workspace = build(global, folder).await?;
        out.say(format_args!("Built the demonstration workspace in {}", workspace.folder.display()));
        return Ok(());
    }
    let folder = std::env::temp_dir().join(format!("rapporteur-demo-{}", std::process::id()));
    let workspace = build(global, &folder).await?;
    out.say("You are looking at two things:");
    out.say(
        "  MADE, the Meridian Alliance for Data Exchange: a made-up body, so that every page has something to show;",
    );
    out.say("  the facts of five real founding documents, few, so with honestly wide intervals.");
    out.say(format_args!("The workspace is {}", workspace.folder.display()));
    server::serve(workspace, global, bind).await
}

/// Builds the workspace: writes the sources out, so that anyone can look at them, and reads them like any other.
async fn build(global: &Global, folder: &Path) -> Result<Workspace, Fault> {
    for (name, text) in RECORDS {
        write(&folder.join("sources/records").join(name), text.as_bytes())?;
    }
    for file in made_up::made_up(SEED) {
        write(&folder.join("sources/made-up").join(&file.path), &file.bytes)?;
    }
    let workspace = Workspace::create(folder).await?;
    write(&folder.join(CONFIG), SETTINGS.as_bytes())?;
    let workspace = Workspace::open(&workspace.folder)?;
    let mut ledger = workspace.ledger().await?;
    for source in &workspace.config.sources {
        let order = Order {
            what: What::Path(workspace.folder.join(source.named()?)),
            source: source.name.clone(),
            is_declared: true,
            licence: source.licence.clone(),
            ignored: source.ignore.clone(),
            mappings: Vec::new(),
            n_threads: global.threads,
            now: now(),
        };
        let target = if global.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let report = take_in(&mut ledger, &[order], target).await?;
        global.output().say(format_args!(
            "{}: {} files, {} facts, {} problems ({:.1}% understood).",
            source.name,
            report.n_files,
            report.n_facts(),
            report.n_problems(),
            report.share_understood() * 100.0
        ));
    }
    decide(&mut ledger).await?;
    draft(&workspace, &mut ledger).await?;
    Ok(workspace)
}

/// A made-up resolution with three contributions, to be merged on the page Drafting; and, for the page Credit, as it was adopted.
async fn draft(workspace: &Workspace, ledger: &mut Ledger) -> Result<(), Fault> {
    let folder = workspace.folder.join("drafts").join(DRAFT);
    for (name, text) in DRAFT_TEXTS {
        write(&folder.join(name), text.as_bytes())?;
    }
    let contribution = |(name, _): &(&str, &str)| folder.join(name).display().to_string();
    let args = TextsArgs {
        base: folder.join("base.txt"),
        contributions: DRAFT_TEXTS[1..4].iter().map(contribution).collect(),
        adopted: folder.join("adopted.txt"),
        statements: None,
        keep: KeepArgs { keep: None, body: None },
        on: Some(date(2025, 12, 5)),
    };
    keep_texts(workspace, ledger, &args, [DRAFT, "MADE"]).await
}

/// What a person of the made-up body says of two members that merged: the letters alone would take one of them and the
/// merged company for one.
async fn decide(ledger: &mut Ledger) -> Result<(), Fault> {
    let (left, right, merged) = ("Caldralis Systems", "Mormoor Networks", "Caldralis Mormoor");
    let on = date(2023, 7, 1);
    // The same moment in every demonstration.
    let at = on.to_zoned(TimeZone::UTC).map_err(|error| Fault::bug("demo", error))?.timestamp();
    let say = |op, subject| {
        let word = Decision::by_person(Kind::Organisation, op, (subject, merged), "secretariat of MADE", at);
        let from = (op == Op::SucceededBy).then_some(on);
        Decision { from, evidence: vec!["made-up announcement of 1 July 2023".into()], ..word }.sealed()
    };
    let said =
        [say(Op::NotSame, left), say(Op::NotSame, right), say(Op::SucceededBy, left), say(Op::SucceededBy, right)];
    keep(ledger, &said).await?;
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let unwritable = |error: std::io::Error| {
        Fault::new(Remedy::Setup, path.display().to_string(), error, "choose a folder that you may write to")
    };
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(unwritable)?;
    }
    std::fs::write(path, bytes).map_err(unwritable)
}
