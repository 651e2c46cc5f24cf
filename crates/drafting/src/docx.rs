//! Word documents with tracked changes: a marked text to a complete file and back.
//!
//! Written anew, never patched: real insertions and deletions, whole paragraphs and rows among them, remarks in the margin and
//! notes at the foot. Read: everybody's tracked changes, moves as deletion and insertion, and marks of lists as words. ECMA-376
//! part 1, 17.13. What is not kept: dates of changes, changes of format, pictures, heads and feet.

mod body;
mod inline;
mod lists;
mod package;
mod read;
mod reviewers;
mod styles;
mod table;

pub use package::{Made, written};
pub use read::{Reading, read};
