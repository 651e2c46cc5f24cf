//! The command line: what can be asked. Each command's work is in `commands/NAME.rs`.

mod drafting;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use measure::Profile;

pub use self::drafting::{By, CreditArgs, CreditCommand, KeepArgs, MergeArgs, MergeCommand, MergeInput, TextsArgs};
use crate::identity::ResolveArgs;
use crate::output::{Form, Output};
use crate::review::ReviewArgs;

/// Reads what standardization leaves behind and answers, with evidence, who is engaged, where, with whom, to what effect.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Cli {
    /// What applies to every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 ok, 1 failure, 2 usage, 3 more problems than allowed, 4 nothing found, \
5 unreadable input, 6 refused by a privacy rule, 130 interrupted.";

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// The workspace; default: the nearest one from here upwards.
    #[arg(short, long, global = true, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    /// Print data as JSON.
    #[arg(long, global = true, conflicts_with = "csv")]
    pub json: bool,
    /// Print data as CSV.
    #[arg(long, global = true)]
    pub csv: bool,
    /// Print no messages.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Leave out what happened after this day (YYYY-MM-DD).
    #[arg(long, global = true, value_name = "DAY")]
    pub as_of: Option<jiff::civil::Date>,
    /// Leave out what was learnt after this moment (YYYY-MM-DDThh:mm:ssZ).
    #[arg(long, global = true, value_name = "MOMENT")]
    pub learnt: Option<jiff::Timestamp>,
    /// Count units, successors and what was bought with the group that they belong to on the day of `--as-of`.
    #[arg(long, global = true)]
    pub groups: bool,
    /// The method of the index: `index`, `meetings` (for bodies that meet and publish no contributions), or a file like theirs.
    #[arg(long, global = true, value_name = "PROFILE", value_parser = crate::method::named)]
    pub profile: Option<&'static Profile>,
    /// Workers; results are the same whatever their number.
    #[arg(long, global = true, value_name = "N", default_value_t = default_threads())]
    pub threads: usize,
}

impl Global {
    /// Returns where and how to print.
    #[must_use]
    pub fn output(&self) -> Output {
        let form = match (self.json, self.csv) {
            (true, _) => Form::Json,
            (_, true) => Form::Csv,
            _ => Form::Text,
        };
        Output { form, is_quiet: self.quiet }
    }
}

fn default_threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// A body and a period.
#[derive(Clone, Debug, Args)]
pub struct ScopeArgs {
    /// A body and the groups below it, e.g. `3gpp/sa2`; default: all bodies.
    #[arg(long, value_name = "BODY")]
    pub body: Option<String>,
    /// A calendar year; default: all years.
    #[arg(long, value_name = "YEAR")]
    pub period: Option<String>,
}

/// A body and a period, and how many rows.
#[derive(Clone, Debug, Args)]
pub struct ListArgs {
    /// Body and period.
    #[command(flatten)]
    pub scope: ScopeArgs,
    /// Print only the first N.
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
}

/// What to do with the index.
#[derive(Debug, Subcommand)]
pub enum IndexCommand {
    /// Compare with another year, or another profile; each change is divided into what data and method did.
    Compare(CompareArgs),
    /// Say from which layer the interval of each score comes: meetings, who is who, method.
    Sensitivity(ListArgs),
    /// Say whether the indicators hang together, and how much each is really heard.
    Audit(ScopeArgs),
    /// Print the score under every objective of the method, the envelope over them, and the best defensible view.
    Objectives(ListArgs),
    /// Write the worth of every indicator as `iData` and `iMeta` with a method, for `index table`, COINr and others.
    Export {
        /// Body and period.
        #[command(flatten)]
        scope: ScopeArgs,
        /// A folder; it is made if it is missing.
        dir: PathBuf,
    },
    /// Build an index from a table of one's own, in COINr's form of `iData` and `iMeta`.
    Table(TableArgs),
}

/// What to compare the index with.
#[derive(Args, Debug)]
pub struct CompareArgs {
    /// Body, and the period before.
    #[command(flatten)]
    pub list: ListArgs,
    /// The year after; default: the same.
    #[arg(long, value_name = "YEAR")]
    pub to_period: Option<String>,
    /// The profile after, a name or a file; default: that before.
    #[arg(long, value_name = "PROFILE", value_parser = crate::method::named)]
    pub to_profile: Option<&'static Profile>,
}

/// A table of one's own.
#[derive(Args, Debug)]
pub struct TableArgs {
    /// Values by unit: CSV with `uCode`, and a column for each indicator.
    #[arg(long, value_name = "FILE")]
    pub idata: PathBuf,
    /// What each column is: CSV with `iCode`, `Type`, `Level`, `Parent`, `Direction`, `Weight`.
    #[arg(long, value_name = "FILE")]
    pub imeta: PathBuf,
    /// The method: TOML with its steps, each with its reason.
    #[arg(long, value_name = "FILE")]
    pub method: PathBuf,
    /// Take apart the index of this unit.
    #[arg(long, value_name = "CODE")]
    pub unit: Option<String>,
}

/// What a metric is tried on, and how thoroughly.
#[derive(Debug, Args)]
pub struct MetricArgs {
    /// Body and period.
    #[command(flatten)]
    pub scope: ScopeArgs,
    /// Resamples of the meetings.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub replicates: u32,
    /// Organisations that try each simulated attack, drawn by lot where there are more.
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub attackers: usize,
}

/// What the court is asked.
#[derive(Debug, Subcommand)]
pub enum MetricCommand {
    /// Say what is found of a metric under every criterion, and how it stands up to simulated attacks.
    Evaluate {
        /// An indicator, or `index`.
        metric: String,
        /// On what, and how thoroughly.
        #[command(flatten)]
        args: MetricArgs,
    },
    /// Say which of two metrics is better, and in what.
    Compare {
        /// An indicator, or `index`.
        one: String,
        /// Another one.
        other: String,
        /// On what, and how thoroughly.
        #[command(flatten)]
        args: MetricArgs,
    },
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a workspace.
    Init {
        /// Its folder.
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// Read files or folders into the ledger. Adding the same again changes nothing.
    Add(AddArgs),
    /// Read every source declared in `rapporteur.toml`.
    Sync {
        /// Only these sources.
        names: Vec<String>,
    },
    /// List what is held: snapshots with what they are and what came of them.
    Sources,
    /// Print facts with their evidence; with `--json` one object a line.
    Facts(FactsArgs),
    /// Look at a single source.
    Source {
        /// What to do with it.
        #[command(subcommand)]
        what: SourceCommand,
    },
    /// Show a document with everything that is read from it: persons, organisations, events, agreements, conclusions ...
    /// Needs no workspace and changes nothing.
    Read(ReadArgs),
    /// Score what is read from documents against answer keys: precision, recall and F1, kind by kind.
    Score(ScoreArgs),
    /// Print what could not be read, with its place and a hint.
    Problems {
        /// Only this kind, e.g. `cells-missing`.
        #[arg(long)]
        kind: Option<String>,
        /// Only sources whose origin contains this.
        #[arg(long)]
        origin: Option<String>,
    },
    /// Compute indicators and keep them as tables; with a name, print that one. Without: the catalogue.
    Measure {
        /// An indicator.
        indicator: Option<String>,
        /// Body and period.
        #[command(flatten)]
        scope: ScopeArgs,
    },
    /// Print the engagement index: score, interval, rank interval. Or compare, take apart and audit it.
    #[command(args_conflicts_with_subcommands = true)]
    Index {
        /// Of what, and how many rows.
        #[command(flatten)]
        list: ListArgs,
        /// What else to do.
        #[command(subcommand)]
        what: Option<IndexCommand>,
    },
    /// Say whose the words of a text are: share of each party with its interval, words proposed and adopted, how long words live.
    #[command(args_conflicts_with_subcommands = true)]
    Credit {
        /// Whose words.
        #[command(flatten)]
        args: CreditArgs,
        /// What else to do.
        #[command(subcommand)]
        what: Option<CreditCommand>,
    },
    /// Merge contributions to a text into one, in which every word knows who proposed it; conflicts stay visible until decided.
    #[command(args_conflicts_with_subcommands = true)]
    Merge {
        /// What to merge.
        #[command(flatten)]
        args: MergeArgs,
        /// What else to do.
        #[command(subcommand)]
        what: Option<MergeCommand>,
    },
    /// Bring an indicator, or the whole `index`, before the court of metrics.
    #[command(subcommand)]
    Metric(MetricCommand),
    /// Show how an organisation's score or indicator was counted, and the rows behind it.
    Explain {
        /// Organisation, as it stands in `rapporteur index`.
        organisation: String,
        /// An indicator; default: the score with its parts.
        indicator: Option<String>,
        /// Body and period.
        #[command(flatten)]
        scope: ScopeArgs,
    },
    /// State that a name stands for an organisation; a later statement on the same name supersedes this one.
    Decide {
        /// The name as written.
        mention: String,
        /// The organisation it stands for; empty for "no organisation".
        organisation: String,
        /// On what ground: something that others can look up.
        #[arg(long)]
        source: String,
    },
    /// Decide who is who: by rule on every name that is new, or by a person's word; say why, and take decisions back.
    Resolve(ResolveArgs),
    /// Print who an organisation or a person is: spellings, relations, and every claim with its source and its dates.
    Who {
        /// A name, or an organisation as it stands in `rapporteur index`.
        name: String,
    },
    /// Decide on readings that are not sure: list what waits, accept, correct or reject. Who a name is, says `resolve`;
    /// pairs of names that wait lists `review names`.
    Review(ReviewArgs),
    /// Write every table into a folder as CSV, JSON lines or Parquet, with a README on how to cite it.
    Export {
        /// The folder.
        dir: PathBuf,
        /// `csv` or `jsonl`; Parquet stands in the workspace already, under `tables/`.
        #[arg(long, default_value = "csv")]
        format: ExportFormat,
    },
    /// Serve the pages on this machine.
    Serve {
        /// Address; `0` as port takes a free one.
        #[arg(long, default_value = "127.0.0.1:8080")]
        bind: std::net::SocketAddr,
    },
    /// Check the ledger against itself: bytes against ids, rows against snapshots, and every reading again.
    Verify,
    /// Say what this installation and workspace consist of, and what is amiss.
    Doctor,
    /// Build the demonstration workspace and serve it.
    Demo {
        /// Only build it, in this folder.
        #[arg(long, value_name = "DIR")]
        build_only: Option<PathBuf>,
        /// Address; `0` as port takes a free one.
        #[arg(long, default_value = "127.0.0.1:0")]
        bind: std::net::SocketAddr,
    },
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder.
    Man {
        /// The folder.
        dir: PathBuf,
    },
}

/// What to do with a single source.
#[derive(Clone, Debug, Subcommand)]
pub enum SourceCommand {
    /// Show a file side by side with what an adapter reads from it; needs no workspace and changes nothing.
    Check {
        /// Name of the adapter (see `rapporteur doctor`), or `auto` for the one that claims the file.
        adapter: String,
        /// The file.
        file: PathBuf,
        /// Print every line, also long runs from which nothing was read.
        #[arg(long)]
        whole: bool,
    },
}

/// What to add.
#[derive(Clone, Debug, Args)]
pub struct AddArgs {
    /// Files, folders, Git repositories, addresses (https://...) or presets (npm:web-features).
    #[arg(required = true, value_name = "PATH-OR-ADDRESS")]
    pub what: Vec<String>,
    /// Name of the source.
    #[arg(long, default_value = "added by hand")]
    pub source: String,
    /// Its licence.
    #[arg(long)]
    pub licence: Option<String>,
    /// Do not propose and keep a mapping for a list whose columns are not known.
    #[arg(long)]
    pub no_mapping: bool,
    /// Leave out files that match this pattern, e.g. `*.png`; may be given several times.
    #[arg(long, value_name = "PATTERN")]
    pub ignore: Vec<String>,
    /// Share of units that may have a problem before the command ends with exit code 3.
    #[arg(long, value_name = "SHARE", default_value = "0%", value_parser = share)]
    pub allow_problems: f64,
}

/// Which facts.
#[derive(Clone, Debug, Args)]
pub struct FactsArgs {
    /// Only this act, e.g. `submitted`.
    #[arg(long)]
    pub act: Option<String>,
    /// Only this organisation, as it stands in `rapporteur index`.
    #[arg(long)]
    pub organisation: Option<String>,
    /// Only this body, e.g. `3gpp/sa2`.
    #[arg(long)]
    pub body: Option<String>,
    /// Only this document.
    #[arg(long)]
    pub document: Option<String>,
    /// At most N.
    #[arg(long, value_name = "N")]
    pub limit: Option<i64>,
    /// Instead of what counts: readings that wait for a reviewer, and those that one rejected, with the reason.
    #[arg(long)]
    pub candidates: bool,
}

/// What to read, and what to show of it.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:\n  \
    rapporteur read report.txt                           the document, every recognised span underlined and labelled\n  \
    rapporteur read --json report.docx > answer.json     the same in the schema of answer keys (sdo-gold/1)\n  \
    rapporteur read --kind persons,organisations *.txt   only these kinds\n  \
    rapporteur read --below 0.9 report.txt               only what the rules are less sure of\n  \
    curl -s https://example.org/news | rapporteur read -")]
pub struct ReadArgs {
    /// Documents; `-` is the standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    /// Only these kinds, with commas between them.
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = clap::builder::PossibleValuesParser::new(prose::LISTS.map(|(list, _)| list)))]
    pub kind: Vec<String>,
    /// Only what is read with less confidence than this, 0 to 1.
    #[arg(long, value_name = "CONFIDENCE", value_parser = share)]
    pub below: Option<f64>,
    /// Ask the language model of `[proposer]` in `rapporteur.toml` too; its proposals are marked and wait for review.
    /// The text leaves this machine.
    #[arg(long)]
    pub propose: bool,
}

/// What to score.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:\n  \
    rapporteur score keys/report.json report.txt    one document\n  \
    rapporteur score keys/ documents/               every key with the document that it names, and the total\n  \
    rapporteur score keys/ answers/ --misses        what was missed, too much or different, to read\n\n\
    An answer as `.json` (schema sdo-gold/1) is scored as it is, so that other readers can be compared.")]
pub struct ScoreArgs {
    /// An answer key (schema sdo-gold/1), or a folder of them.
    pub gold: PathBuf,
    /// The document or answer, or a folder of them.
    pub file: PathBuf,
    /// Print what was missed, too much or different.
    #[arg(long)]
    pub misses: bool,
}

/// Form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportFormat {
    /// Comma-separated values.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

/// Reads `2%` or `0.02` as a share.
///
/// # Errors
/// When it is neither, or not between 0 and 1.
pub fn share(text: &str) -> Result<f64, String> {
    let (number, scale) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 100.0));
    let share =
        number.trim().parse::<f64>().map_err(|_| format!("expected a share such as `2%`, found `{text}`"))? / scale;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err(format!("expected a share up to 100%, found `{text}`")) }
}
