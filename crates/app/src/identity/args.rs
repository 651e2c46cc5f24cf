//! What can be asked of the command `resolve`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;

/// What to do about who is who.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:\n  \
    rapporteur resolve                                        decide by rule on every name that is new\n  \
    rapporteur resolve explain \"Acme Ltd\" \"Acme Robotics\"     why they are one, or are not\n  \
    rapporteur resolve same \"Acme Labs\" Acme --reason \"annual report 2031\"\n  \
    rapporteur resolve acquired Borealis Acme --on 2031-01-14 --source https://example.org/news\n  \
    rapporteur resolve undo --rule brand                      what would be taken back; --yes does it")]
pub struct ResolveArgs {
    /// What to do; without: decide by rule on every name that is new, and keep the decisions.
    #[command(subcommand)]
    pub what: Option<ResolveCommand>,
}

/// Who says it, and on what ground.
#[derive(Clone, Debug, Default, Args)]
pub struct Ground {
    /// Who says it; default: `name` under `[review]` in `rapporteur.toml`.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Where others can look it up.
    #[arg(long, value_name = "TEXT-OR-ADDRESS")]
    pub source: Option<String>,
}

impl Ground {
    /// Returns the reason and the source, as they are kept.
    #[must_use]
    pub fn evidence(&self) -> Vec<String> {
        let said = [&self.reason, &self.source].into_iter().flatten().map(|text| text.trim().to_string());
        said.filter(|text| !text.is_empty()).collect()
    }
}

/// What to do about who is who.
#[derive(Clone, Debug, Subcommand)]
pub enum ResolveCommand {
    /// Say why two names stand for one organisation, or do not.
    Explain {
        /// A name.
        a: String,
        /// Another one.
        b: String,
    },
    /// Take decisions back; what held before holds again, exactly. Shows what would be done; `--yes` does it.
    Undo {
        /// The decision whose id begins so.
        #[arg(long, value_name = "ID", conflicts_with_all = ["rule", "by", "since"], required_unless_present_any = ["rule", "by", "since"])]
        id: Option<String>,
        /// All decisions of a rule.
        #[arg(long, value_name = "RULE", conflicts_with_all = ["by", "since"])]
        rule: Option<String>,
        /// All decisions of a person.
        #[arg(long, value_name = "NAME", conflicts_with = "since")]
        by: Option<String>,
        /// All decisions since a moment.
        #[arg(long, value_name = "MOMENT")]
        since: Option<Timestamp>,
        /// Who takes them back; default: `name` under `[review]` in `rapporteur.toml`.
        #[arg(long, value_name = "NAME")]
        reviewer: Option<String>,
        /// Do it.
        #[arg(long)]
        yes: bool,
    },
    /// Print what persons decided, the latest first, with what became of it.
    Log {
        /// Also what each one that holds moves in the index of all bodies and years; takes a while.
        #[arg(long)]
        effect: bool,
    },
    /// Both names stand for one organisation, which is called as the second.
    Same {
        /// A name.
        a: String,
        /// The name by which both are called.
        b: String,
        /// Who says it, and why.
        #[command(flatten)]
        ground: Ground,
    },
    /// The names stand for two organisations, whatever a rule finds.
    NotSame {
        /// A name.
        a: String,
        /// Another one.
        b: String,
        /// Who says it, and why.
        #[command(flatten)]
        ground: Ground,
    },
    /// The first is a unit or a subsidiary of the second.
    PartOf {
        /// The unit.
        a: String,
        /// What it belongs to.
        b: String,
        /// First day.
        #[arg(long, value_name = "DAY")]
        from: Option<Date>,
        /// Last day.
        #[arg(long, value_name = "DAY")]
        to: Option<Date>,
        /// Who says it, and why.
        #[command(flatten)]
        ground: Ground,
    },
    /// The first goes on as the second: renamed, or split off.
    Succeeded {
        /// The predecessor.
        a: String,
        /// The successor.
        b: String,
        /// First day.
        #[arg(long, value_name = "DAY")]
        on: Option<Date>,
        /// Who says it, and why.
        #[command(flatten)]
        ground: Ground,
    },
    /// The first was bought by the second.
    Acquired {
        /// What was bought.
        a: String,
        /// The buyer.
        b: String,
        /// First day.
        #[arg(long, value_name = "DAY")]
        on: Option<Date>,
        /// Who says it, and why.
        #[command(flatten)]
        ground: Ground,
    },
    /// Say how well the rules agree with a table of names that people put together. Needs no workspace and changes nothing.
    Score(NamesScoreArgs),
    /// There is no organisation behind the name.
    Reject {
        /// The name.
        name: String,
        /// Who says it, and why.
        #[command(flatten)]
        ground: Ground,
    },
    /// The organisation asked not to be shown by name. It still counts.
    Hide {
        /// Any of its names.
        name: String,
        /// Who says it, and why.
        #[command(flatten)]
        ground: Ground,
    },
}

/// What to compare.
#[derive(Clone, Debug, Args)]
pub struct NamesScoreArgs {
    /// A CSV file with the columns `name` and `cluster_id`; a row without cluster takes part but is not counted.
    #[arg(value_name = "TRUTH.csv")]
    pub truth: PathBuf,
    /// Use the letters of the names only: no table of aliases, groups or acronyms.
    #[arg(long)]
    pub strings_only: bool,
    /// What is taken for one in the first figures; all levels are printed.
    #[arg(long, value_enum, default_value_t = Taken::Family)]
    pub level: Taken,
}

/// What is taken for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Taken {
    /// Names of one organisation.
    Organisation,
    /// Names of one organisation, or that share a brand.
    Family,
    /// Names of organisations that belong to one group on the day of `--as-of`.
    Group,
}
