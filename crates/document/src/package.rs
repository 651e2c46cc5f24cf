//! Packages of Office Open XML, opened for those who read more than words: tracked changes run by run, say.
//!
//! Bounded as [`crate::read`] is: an archive is checked before anything is unpacked, a part is a tree of bounded size and
//! depth, and nothing here panics. The lists and styles of Word stand beside, for a mark of a list is counted, not written.

pub use crate::docx::{Mark, Number, Numbering, Styles, letter, outline};
pub use crate::office::{Part, Relation, main_part, part, relations};
pub use crate::tree::{Node, Tree};
pub use crate::zip::{Archive, Refusal};
