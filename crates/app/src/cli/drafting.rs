//! What can be asked of texts: to merge them, and to credit their words.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

/// What is merged.
#[derive(Debug, Args)]
pub struct MergeInput {
    /// The text that the contributions are about.
    pub base: PathBuf,
    /// The contributions: a file each, known by its name, or `ID=FILE`. Tracked changes in them are accepted.
    #[arg(value_name = "CONTRIBUTION")]
    pub contributions: Vec<String>,
    /// What was decided on conflicts: JSON, a list of decisions or one a line.
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
}

/// What to merge, and into what.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The text that the contributions are about.
    pub base: Option<PathBuf>,
    /// The contributions: a file each, known by its name, or `ID=FILE`. Tracked changes in them are accepted.
    #[arg(value_name = "CONTRIBUTION")]
    pub contributions: Vec<String>,
    /// Where to write, again for each form: .docx with tracked changes, .html side by side, .xml (Akoma Ntoso), .txt, .md, and the
    /// clause table as .csv or .json; default: the merged text to the screen.
    #[arg(short, long, value_name = "FILE")]
    pub out: Vec<PathBuf>,
    /// What was decided on conflicts: JSON, a list of decisions or one a line.
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
    /// Where to write the draft of a cover note, in Markdown.
    #[arg(long, value_name = "FILE")]
    pub note: Option<PathBuf>,
}

/// What else is asked of a merge.
#[derive(Debug, Subcommand)]
pub enum MergeCommand {
    /// Begin a draft of the workspace, to be decided on the page Drafting; files are copied into it.
    Start {
        /// Its name.
        name: String,
        /// What is merged.
        #[command(flatten)]
        input: MergeInput,
    },
    /// List where contributions do not agree, or say the same twice; with `--json` as `{id, kind, place, alternatives}`.
    Conflicts(MergeInput),
    /// Check a merge: accepting and rejecting, words lost, decisions, what an editor would mark, a cover note, a written file.
    Check {
        /// What is merged.
        #[command(flatten)]
        input: MergeInput,
        /// A cover note, checked against the decisions.
        #[arg(long, value_name = "FILE")]
        note: Option<PathBuf>,
        /// A .docx that was written, checked against the merge.
        #[arg(long, value_name = "FILE")]
        merged: Option<PathBuf>,
    },
}

/// Whom words are credited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum By {
    /// The domain of the author's address.
    Domain,
    /// The author by name.
    Author,
}

/// Whose words are asked for.
#[derive(Debug, Args)]
pub struct CreditArgs {
    /// A Git repository.
    pub repository: Option<PathBuf>,
    /// Files or folders of its last commit, from its root; default: all.
    pub paths: Vec<String>,
    /// Whom words are credited to; persons only where asked for.
    #[arg(long, value_enum, default_value = "domain")]
    pub by: By,
    /// Print only the first N.
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
    /// Write a statement of credit for each party into this folder, as Markdown and as a page to print.
    #[arg(long, value_name = "DIR")]
    pub statements: Option<PathBuf>,
    /// Whether it is kept.
    #[command(flatten)]
    pub keep: KeepArgs,
}

/// Whether credit is kept in the workspace.
#[derive(Debug, Args)]
pub struct KeepArgs {
    /// Keep the credit in the workspace under this name: the indicators of words count it, and the page Credit shows it.
    #[arg(long, value_name = "NAME", requires = "body")]
    pub keep: Option<String>,
    /// The standards body whose text it is, as sources name it.
    #[arg(long, value_name = "BODY", requires = "keep")]
    pub body: Option<String>,
}

/// What else is asked of credit.
#[derive(Debug, Subcommand)]
pub enum CreditCommand {
    /// Credit an adopted text from its base and the contributions to it.
    Texts(TextsArgs),
}

/// A text with its history in files.
#[derive(Debug, Args)]
pub struct TextsArgs {
    /// The text that the contributions were about.
    pub base: PathBuf,
    /// The contributions in the order in which they came: a file each, known by its name, or `ID=FILE`.
    #[arg(value_name = "CONTRIBUTION")]
    pub contributions: Vec<String>,
    /// The text that was adopted.
    #[arg(long, value_name = "FILE")]
    pub adopted: PathBuf,
    /// Write a statement of credit for each party into this folder, as Markdown and as a page to print.
    #[arg(long, value_name = "DIR")]
    pub statements: Option<PathBuf>,
    /// Whether it is kept; the contributions are then credited to the sources that the ledger names for documents of these ids.
    #[command(flatten)]
    pub keep: KeepArgs,
    /// The day on which the text was adopted.
    #[arg(long, value_name = "DATE", required = false)]
    pub on: Option<Date>,
}
