//! Fetches sources from the web: an address or a preset in, bytes with their origin out. Blocking, polite, resumable.
//!
//! Comes in: a source as a person names it (`https://...`, `npm:web-features`, `datatracker:groups`), settings, a clock and
//! what was held before. Goes out: the bytes of every address, each with where it came from, or a failure with place, what
//! and hint. What is next is decided by presets, which are pure; waiting, asking and keeping count is done here and is
//! the same for all of them. Bytes that are not whole are never handed on. Archives are opened by [`unpack`].

mod clock;
mod digest;
mod failure;
mod fetcher;
mod http;
mod links;
mod pace;
mod post;
mod preset;
mod robots;
mod run;
mod settings;
mod state;
mod unpack;

pub use clock::Clock;
pub use failure::Failure;
pub use post::{Post, post};
pub use preset::{Ask, Held, Kind, Manners, Next, PRESETS, Preset, Purpose, Request, wants};
pub use run::{Fetched, Outcome, Run, fetch};
pub use settings::{Limits, Settings};
pub use state::{Known, State};
pub use unpack::{Bounds, Entry, Unpacked, unpack};
