//! Fetching against a server of our own, which answers from a script, with every fault that servers have. No request
//! leaves the machine, and no time passes: the clock is the test's own.
#![allow(missing_docs, reason = "tests say what they mean in their names")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![allow(clippy::disallowed_methods, reason = "a server of our own, and a folder that goes away")]

mod faults;
mod presets;
mod resumed;
mod robots;
mod server;
mod visit;
