//! One address of the web, as it is.

use super::{Ask, Kind, Manners, Next, Preset, Request};
use crate::{Failure, links};

/// The preset.
pub static PRESET: Preset = Preset {
    name: "https",
    title: "One page, document or archive at an address",
    examples: &["https://example.org/minutes/2025-03-04.txt"],
    licence: None,
    bases: &[],
    manners: Manners::Links,
    start,
    follow: Next::none,
};

fn start(ask: &Ask<'_>) -> Result<Vec<Request>, Failure> {
    Ok(vec![ask.content(links::address(ask.source)?, Kind::Any)])
}
