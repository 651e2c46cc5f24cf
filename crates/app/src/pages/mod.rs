//! Pages: one module each, with its SQL. This file has what they share: what is asked, what is answered, and the frame.

mod ask;
mod check;
mod engagement;
mod evidence;
mod explain;
mod frame;
mod member;
mod methods;
mod pulse;
pub mod review;
mod scoped;
mod source;

use fact::{Fault, Remedy};
use ledger::Ledger;

pub use self::ask::{Ask, encoded};
pub use self::frame::{Asked, error};
use crate::exit::Failure;
use crate::view::View;
use crate::workspace::Workspace;

/// Returns the page that lies at the address asked for.
pub async fn page(view: &View, workspace: &Workspace, ledger: &Ledger, ask: &Ask) -> Result<Asked, Failure> {
    let parts: Vec<&str> = ask.segments.iter().map(String::as_str).collect();
    match parts[..] {
        [] => pulse::page(view, workspace, ask).await,
        ["engagement" | "members"] => engagement::page(view, ask).await,
        ["members", organisation] => member::page(view, ask, organisation).await,
        ["evidence"] => evidence::page(view, ask).await,
        ["methods" | "explain"] => methods::page(view, ask),
        ["explain", "index", organisation] => explain::score(view, ask, organisation).await,
        ["explain", indicator, organisation] => explain::indicator(view, ask, indicator, organisation).await,
        ["source", snapshot] => source::page(view, ledger, ask, snapshot).await,
        ["check", snapshot] => check::page(view, workspace, ledger, ask, snapshot).await,
        _ => Err(unknown(&ask.path(), "there is no page at this address", "start from the first page: /")),
    }
}

fn unknown(place: &str, what: &str, hint: &str) -> Failure {
    Failure::Nothing(Fault::new(Remedy::Ask, place, what, hint))
}
