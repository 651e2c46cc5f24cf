//! The commands, one file each; this file only chooses among them.

mod add;
mod check;
pub mod credit;
mod decide;
mod doctor;
mod explain;
mod export;
mod facts;
mod index;
mod init;
mod man;
mod mapping;
mod measure;
mod merge;
pub mod metric;
mod problems;
mod read;
mod resolve;
mod review;
mod score;
mod serve;
mod sources;
mod sync;
mod verify;
mod who;

use fact::{Fault, Remedy};
use ledger::Answer;

use crate::cli::{Cli, Command, Global, ListArgs, ScopeArgs, SourceCommand};
use crate::exit::Failure;
use crate::method::named;
use crate::view::{AsOf, View};
use crate::workspace::Workspace;

/// How a command ends.
pub type Ended = Result<(), Failure>;

/// Runs one command.
///
/// # Errors
/// What went wrong, with its exit code.
pub async fn run(cli: Cli) -> Ended {
    let global = cli.global;
    match cli.command {
        Command::Init { dir } => init::run(&global, &dir).await,
        Command::Add(args) => add::run(&global, &args).await,
        Command::Sync { names } => sync::run(&global, &names).await,
        Command::Sources => sources::run(&global).await,
        Command::Source { what: SourceCommand::Check { adapter, file, whole } } => {
            check::run(&global, &adapter, &file, whole)
        }
        Command::Facts(args) => facts::run(&global, &args).await,
        Command::Read(args) => read::run(&global, &args).await,
        Command::Score(args) => score::run(&global, &args),
        Command::Problems { kind, origin } => problems::run(&global, kind, origin).await,
        Command::Measure { indicator, scope } => measure::run(&global, indicator.as_deref(), &scope).await,
        Command::Index { list, what: None } => index::run(&global, &list).await,
        Command::Index { what: Some(what), .. } => index::more(&global, &what).await,
        Command::Credit { args, what: None } => credit::run(&global, &args).await,
        Command::Credit { what: Some(what), .. } => credit::more(&global, &what).await,
        Command::Merge { args, what: None } => merge::run(&global, &args),
        Command::Merge { what: Some(what), .. } => merge::more(&global, &what),
        Command::Metric(command) => metric::run(&global, &command).await,
        Command::Explain { organisation, indicator, scope } => {
            explain::run(&global, &organisation, indicator.as_deref(), &scope).await
        }
        Command::Decide { mention, organisation, source } => {
            decide::run(&global, &mention, &organisation, &source).await
        }
        Command::Resolve(args) => resolve::run(&global, &args).await,
        Command::Who { name } => who::run(&global, &name).await,
        Command::Review(args) => review::run(&global, &args).await,
        Command::Export { dir, format } => export::run(&global, &dir, format).await,
        Command::Serve { bind } => serve::run(&global, bind).await,
        Command::Verify => verify::run(&global).await,
        Command::Doctor => doctor::run(&global).await,
        Command::Demo { build_only, bind } => crate::demo::run(&global, build_only.as_deref(), bind).await,
        Command::Completions { shell } => man::completions(shell),
        Command::Man { dir } => man::run(&global, &dir),
    }
}

/// Opens the workspace that the user means.
fn workspace(global: &Global) -> Result<Workspace, Fault> {
    if let Some(folder) = &global.workspace {
        return Workspace::open(folder);
    }
    let here = std::env::current_dir().map_err(|error| {
        Fault::new(Remedy::Setup, "current folder", error, "name a workspace with `--workspace DIR`")
    })?;
    Workspace::find(&here)
}

/// Opens the view that the user means.
async fn view(global: &Global) -> Result<View, Fault> {
    let workspace = workspace(global)?;
    let ledger = workspace.ledger().await?;
    View::open(&ledger, as_of(global)).await
}

/// Returns as of when the user asks, and how.
pub fn as_of(global: &Global) -> AsOf {
    let profile = global.profile.unwrap_or_else(|| named("index").expect("the shipped method holds together"));
    AsOf { day: global.as_of, learnt: global.learnt, n_threads: global.threads, is_by_group: global.groups, profile }
}

/// The first rows, where only those are asked for.
fn first(mut answer: Answer, args: &ListArgs) -> Answer {
    answer.rows.truncate(args.top.unwrap_or(usize::MAX));
    answer
}

fn scope(args: &ScopeArgs) -> indicators::Scope {
    indicators::Scope { body: args.body.clone(), period: args.period.clone() }
}

fn nothing(place: &str, what: &str, hint: &str) -> Failure {
    Failure::Nothing(Fault::new(Remedy::Ask, place, what, hint))
}
