//! Tables of any file, as the crate `document` reads them, and logs of documents that are kept by hand in HTML.

mod log;

pub use document::sheet::{Book, Form, Hints, Kind, Row, Sheet, is_page, without_local_parts};

/// Reads the tables of a file, of each sheet at most `most_rows` rows; a page without tables as a log. `None` where the bytes
/// are neither.
pub fn book(bytes: &[u8], origin: &str, hints: &Hints<'_>, most_rows: usize) -> Option<Book> {
    let book = document::sheet::book(bytes, origin, hints, most_rows);
    if book.is_none() && is_page(bytes) { log::book(bytes, most_rows) } else { book }
}
