//! Listings of folders, as servers make them: what the folder is, and nothing of who brought the files.

use fact::{Reading, Snapshot};

/// The page that lists a folder.
pub struct Listing {
    folder: String,
    n_links: usize,
}

impl Listing {
    /// Returns the listing; `None` where the page is none.
    pub fn of(snapshot: &Snapshot<'_>) -> Option<Self> {
        let head = String::from_utf8_lossy(&snapshot.bytes[..snapshot.bytes.len().min(4096)]);
        let title = head.split_once("<title>")?.1.split("</title>").next()?.trim();
        let folder = ["Directory Listing ", "Index of "].iter().find_map(|start| title.strip_prefix(start));
        let is_listing = head.contains("[To Parent Directory]");
        let folder = folder.or_else(|| title.split_once(" - ").map(|(_, folder)| folder).filter(|_| is_listing));
        let folder = folder.filter(|folder| folder.starts_with('/'))?;
        let count = |words: &[u8]| memchr::memmem::find_iter(snapshot.bytes, words).count();
        let n_links = count(b"<a href=") + count(b"<A HREF=");
        Some(Self { folder: folder.into(), n_links })
    }

    /// A file name is no statement of a source: there is nothing to read.
    pub fn read(&self) -> Reading {
        Reading {
            about: format!("listing of the folder {}", self.folder),
            n_units: self.n_links as u64,
            ..Reading::default()
        }
    }
}
