//! What can be asked of the command `review`.

use clap::{Args, Subcommand};

/// Which part of the queue, and who reviews.
#[derive(Clone, Debug, Args)]
pub struct ReviewArgs {
    /// Only this act or rule, e.g. `signed`.
    #[arg(long)]
    pub kind: Option<String>,
    /// At most N.
    #[arg(long, global = true, value_name = "N")]
    pub limit: Option<i64>,
    /// Who reviews; default: `name` under `[review]` in `rapporteur.toml`.
    #[arg(long, global = true, value_name = "NAME")]
    pub by: Option<String>,
    /// What to decide; without: list what waits.
    #[command(subcommand)]
    pub what: Option<ReviewCommand>,
}

/// What to decide.
#[derive(Clone, Debug, Subcommand)]
pub enum ReviewCommand {
    /// Go through the queue one by one: a accept, r reject, c correct, t the same for all twins, u undo, s skip, q quit.
    Each,
    /// The fact stands as it was read.
    Accept {
        /// Ids of facts, or their beginnings.
        #[arg(required = true)]
        ids: Vec<String>,
        /// Also for all that read the same words the same way.
        #[arg(long)]
        twins: bool,
    },
    /// The place does not state it.
    Reject {
        /// Id of a fact, or its beginning.
        id: String,
        /// Why.
        #[arg(long)]
        reason: String,
        /// Also for all that read the same words the same way.
        #[arg(long)]
        twins: bool,
    },
    /// The fact stands with other values: `affiliation="Acme Ltd"`, `when=2031-05`; an empty value takes one away.
    Correct {
        /// Id of a fact, or its beginning.
        id: String,
        /// Fields with their values.
        #[arg(required = true, value_name = "FIELD=VALUE")]
        fields: Vec<String>,
        /// Why.
        #[arg(long, default_value = "")]
        reason: String,
        /// Also for all that read the same words the same way.
        #[arg(long)]
        twins: bool,
    },
    /// Take a decision back; what held before holds again.
    Undo {
        /// Id of a decision, or its beginning.
        decision: String,
    },
    /// Print every decision with what holds of it.
    Log,
    /// List pairs of names that may be one, the most urgent first; decide with `rapporteur resolve same` and its like.
    Names,
}
