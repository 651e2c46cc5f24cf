//! Pages: one module each, with its SQL. This file has what they share: what is asked, what is answered, and the frame.

mod ask;
mod check;
mod corrections;
mod court;
pub mod credit;
pub mod drafting;
mod engagement;
mod evidence;
mod explain;
mod frame;
mod laboratory;
mod marked;
mod member;
mod methods;
pub mod names;
mod pulse;
mod read;
pub mod review;
mod scoped;
mod source;
mod who;

use fact::{Fault, Remedy};
use ledger::{Ledger, Params, Value};

pub use self::ask::{Ask, encoded};
pub use self::frame::{Asked, error};
use crate::exit::Failure;
use crate::view::{AsOf, View};
use crate::workspace::Workspace;

/// Returns the page that lies at the address asked for.
pub async fn page(
    view: &View,
    workspace: &Workspace,
    ledger: &Ledger,
    as_of: AsOf,
    ask: &Ask,
) -> Result<Asked, Failure> {
    let parts: Vec<&str> = ask.segments.iter().map(String::as_str).collect();
    match parts[..] {
        [] => pulse::page(view, workspace, ask).await,
        ["engagement" | "members"] => engagement::page(view, ask).await,
        ["members", organisation] => member::page(view, ask, organisation).await,
        ["who", organisation] => who::page(view, ledger, ask, organisation).await,
        ["review", "names"] => names::page(view, ledger, as_of, ask).await,
        ["corrections"] => corrections::page(view, workspace, ask),
        ["corrections", id] => corrections::one(view, ledger, as_of, id).await,
        ["evidence"] => evidence::page(view, ask).await,
        ["explain", "index", organisation] => explain::score(view, ask, organisation).await,
        ["explain", indicator, organisation] => explain::indicator(view, ask, indicator, organisation).await,
        ["source", snapshot] => {
            guard(view, workspace, snapshot).await?;
            source::page(view, ledger, ask, snapshot).await
        }
        ["read", snapshot] => {
            guard(view, workspace, snapshot).await?;
            read::page(view, ledger, ask, snapshot).await
        }
        ["check", snapshot] => {
            guard(view, workspace, snapshot).await?;
            check::page(view, workspace, ledger, ask, snapshot).await
        }
        _ => Err(unknown(&ask.path(), "there is no page at this address", "start from the first page: /")),
    }
}

/// Returns the page that lies at an address and needs no ledger: such pages compute much, and nobody has to wait for them.
pub async fn computed(view: &View, ask: &Ask) -> Option<Result<Asked, Failure>> {
    let parts: Vec<&str> = ask.segments.iter().map(String::as_str).collect();
    Some(match parts[..] {
        ["methods" | "explain"] => methods::page(view, ask),
        ["laboratory"] => laboratory::page(view, ask).await,
        ["court"] => court::page(view, ask).await,
        ["court", metric] => court::one(view, ask, metric).await,
        ["court", one, other] => court::two(view, ask, one, other).await,
        _ => return None,
    })
}

/// Returns the object that lies at an address with the suffix `.json`, where that is not the rows of its page.
pub async fn object(
    view: &View,
    workspace: &Workspace,
    ledger: &Ledger,
    ask: &Ask,
) -> Option<Result<serde_json::Value, Failure>> {
    let parts: Vec<&str> = ask.segments.iter().map(String::as_str).collect();
    let (["read", snapshot], Some("json")) = (&parts[..], ask.suffix.as_deref()) else { return None };
    Some(match guard(view, workspace, snapshot).await {
        Ok(()) => read::object(view, ledger, snapshot).await,
        Err(failure) => Err(failure),
    })
}

/// Refuses to show the words of a source whose persons are hidden.
async fn guard(view: &View, workspace: &Workspace, snapshot: &str) -> Result<(), Failure> {
    let params = Params::from([("snapshot", Value::Text(snapshot.into()))]);
    let answer = view.session.query(include_str!("sql/snapshot_of.sql"), &params).await?;
    match answer.rows.iter().map(|row| row[6].text()).find(|source| workspace.config.hides_persons(source)) {
        Some(source) => Err(Failure::Private(Fault::new(
            Remedy::Ask,
            source,
            "expected a source whose words may be shown, found one whose persons are hidden",
            "see the numbers of this source, or ask its keeper",
        ))),
        None => Ok(()),
    }
}

/// An address or a name at which nothing is.
pub fn unknown(place: &str, what: &str, hint: &str) -> Failure {
    Failure::Nothing(Fault::new(Remedy::Ask, place, what, hint))
}
