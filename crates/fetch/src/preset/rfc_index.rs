//! The index of all RFCs: one file.

use super::{Ask, Kind, Manners, Next, Preset, Request};
use crate::Failure;

/// The preset.
pub static PRESET: Preset = Preset {
    name: "rfc-index",
    title: "Index of all RFCs with authors, dates, status and relations",
    examples: &["rfc-index"],
    licence: Some("IETF Trust Legal Provisions"),
    bases: &[("rfc-index", "https://www.rfc-editor.org/")],
    manners: Manners::Links,
    start,
    follow: Next::none,
};

fn start(ask: &Ask<'_>) -> Result<Vec<Request>, Failure> {
    match ask.rest {
        "" => Ok(vec![ask.content(ask.under("rfc-index", "rfc-index.xml"), Kind::Xml)]),
        _ => Err(ask.unclear("nothing after the name")),
    }
}
