//! `add`: read files or folders into the ledger, and report what was understood.

use indicatif::ProgressDrawTarget;
use ledger::Ledger;

use super::{Ended, workspace};
use crate::cli::{AddArgs, Global};
use crate::exit::Failure;
use crate::intake::{Order, Report, take_in};
use crate::output::{Form, Output};
use crate::workspace::now;

pub async fn run(global: &Global, args: &AddArgs) -> Ended {
    let workspace = workspace(global)?;
    let mut ledger = workspace.ledger().await?;
    let mut worst = Ok(());
    for path in &args.paths {
        let order = Order {
            path: path.clone(),
            source: args.source.clone(),
            licence: args.licence.clone(),
            n_threads: global.threads,
            now: now(),
        };
        let ended = take_in_and_report(&mut ledger, &order, args.allow_problems, global.output()).await;
        worst = worst.and(ended);
    }
    worst
}

/// Takes one order in and prints its report; more problems than `allowed` (a share) are a failure of quality.
pub async fn take_in_and_report(ledger: &mut Ledger, order: &Order, allowed: f64, out: Output) -> Ended {
    let target = if out.is_quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let report = take_in(ledger, order, target).await?;
    match out.form {
        Form::Text => out.print(&told(&report))?,
        Form::Json | Form::Csv => out.json(&report)?,
    }
    let share = 1.0 - report.share_understood();
    if report.n_problems() > 0 && share > allowed {
        return Err(Failure::Quality(format!(
            "{} problems in {} units ({:.1}%), expected at most {:.1}%",
            report.n_problems(),
            report.n_units,
            share * 100.0,
            allowed * 100.0
        )));
    }
    Ok(())
}

fn told(report: &Report) -> String {
    use std::fmt::Write as _;
    let mut text = format!(
        "{} files, {:.1} MB: {} new, {} held already\n",
        report.n_files,
        report.n_bytes as f64 / 1e6,
        report.n_new,
        report.n_known
    );
    let kinds: Vec<String> = report.facts.iter().map(|(act, n)| format!("{act} {n}")).collect();
    let _ = writeln!(text, "{} facts: {}", report.n_facts(), kinds.join(", "));
    let _ = writeln!(
        text,
        "{} units looked at, {} problems: {:.1}% understood",
        report.n_units,
        report.n_problems(),
        report.share_understood() * 100.0
    );
    for file in report.files.iter().take(40) {
        let _ = writeln!(
            text,
            "  {}: {}; {} units, {} facts, {} problems",
            file.origin, file.about, file.n_units, file.n_facts, file.n_problems
        );
    }
    if report.files.len() > 40 {
        let _ = writeln!(text, "  and {} more: `rapporteur sources`", report.files.len() - 40);
    }
    for (kind, trouble) in &report.problems {
        let _ = writeln!(text, "problem `{kind}`, {} times; {}", trouble.n, trouble.hint);
        for example in &trouble.examples {
            let _ = writeln!(text, "  {example}");
        }
    }
    text
}
