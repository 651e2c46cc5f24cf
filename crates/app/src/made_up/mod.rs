//! The made-up standards body: "Meridian Alliance for Data Exchange" (MADE), grown from a seed, with nothing real in it.
//!
//! Comes in: a seed. Goes out: source files of 2021 to 2025 in the forms that adapters read - document lists, minutes
//! and record files - so that a demonstration takes the same way as real sources. Every file says that it is made up.
//! Planted trends stand at the top of `members.rs`, planted mess at the top of `mess.rs`, `lists.rs` and `minutes.rs`.
//! The same seed gives the same bytes on every machine.

mod calendar;
mod documents;
mod draw;
mod lists;
mod members;
mod mess;
mod minutes;
mod names;
mod records;

use documents::Numbers;
use draw::Draw;
use members::World;

/// A source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path below the source's folder, with `/`.
    pub path: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// Returns the source files of the made-up body, by path. The same seed gives the same bytes.
#[must_use]
pub fn made_up(seed: u64) -> Vec<File> {
    let world = World::new(seed);
    let mut files = records::records(&world);
    let mut numbers = Numbers { prefix: "", year: 0, used: 0 };
    for meeting in calendar::meetings() {
        let (prefix, year) = (meeting.of().prefix, meeting.from.year());
        if (numbers.prefix, numbers.year) != (prefix, year) {
            numbers = Numbers { prefix, year, used: 0 };
        }
        let mut draw = Draw::new(seed, &meeting.name());
        let lines = documents::documents(&world, &meeting, &mut numbers, &mut draw);
        let list = if meeting.name() == "MADE WG3#9" {
            lists::unreadable_list(&meeting)
        } else {
            lists::list(&meeting, &lines, &mut draw)
        };
        let minutes = minutes::minutes(&world, &meeting, &lines, &mut draw);
        files.push(File { path: format!("documents/{}.htm", meeting.slug()), bytes: list });
        files.push(File { path: format!("minutes/{}.md", meeting.slug()), bytes: minutes.into_bytes() });
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}
