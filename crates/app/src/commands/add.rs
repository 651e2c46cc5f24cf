//! `add`: read files, folders or addresses into the ledger, and report what was understood.

use std::path::Path;

use indicatif::ProgressDrawTarget;
use ledger::Ledger;

use super::{Ended, mapping, workspace};
use crate::cli::{AddArgs, Global};
use crate::exit::Failure;
use crate::intake::{Order, Report, What, take_in, take_reviews};
use crate::output::{Form, Output};
use crate::review;
use crate::workspace::now;

pub async fn run(global: &Global, args: &AddArgs) -> Ended {
    let workspace = workspace(global)?;
    let mut ledger = workspace.ledger().await?;
    let order = |what| Order {
        what,
        source: args.source.clone(),
        is_declared: false,
        licence: args.licence.clone(),
        ignored: args.ignore.clone(),
        mappings: workspace.mappings(),
        n_threads: global.threads,
        now: now(),
    };
    let mut orders = Vec::new();
    for named in &args.what {
        if !args.no_mapping {
            mapping::keep(named, &workspace, global.output())?;
        }
        let here = Path::new("");
        orders.push(order(What::get(named, here, &workspace, &ledger)?));
    }
    let report = read_and_report(&mut ledger, &orders, global.output()).await?;
    gate(&report, args.allow_problems)
}

/// Takes orders in and prints the report.
pub async fn read_and_report(ledger: &mut Ledger, orders: &[Order], out: Output) -> Result<Report, Failure> {
    let target = if out.is_quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    take_reviews(ledger, now()).await?;
    let before = review::held(ledger).await?;
    let mut report = take_in(ledger, orders, target).await?;
    report.reviews = review::replayed(ledger, before).await?;
    match out.form {
        Form::Text => out.print(&report.told())?,
        Form::Json | Form::Csv => out.json(&report)?,
    }
    Ok(report)
}

/// More problems than `allowed` (a share) are a failure of quality, and an interruption is told by its own code.
pub fn gate(report: &Report, allowed: f64) -> Ended {
    if report.is_interrupted {
        return Err(Failure::Interrupted);
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
