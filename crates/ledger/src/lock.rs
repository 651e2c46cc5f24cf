//! One writer at a time on one machine. Readers never wait: they see the last published version.

use std::fs::File;
use std::path::Path;

use fact::{Fault, Remedy};

/// Held while a version is being written; let go when dropped, also when the process dies.
#[derive(Debug)]
pub struct WriteLock {
    _file: File,
}

impl WriteLock {
    /// Waits until no other process writes to the workspace.
    #[expect(clippy::disallowed_methods, reason = "the ledger keeps files")]
    pub fn take(folder: &Path) -> Result<Self, Fault> {
        let path = folder.join("write.lock");
        let place = path.display().to_string();
        let setup = |error: std::io::Error| {
            Fault::new(Remedy::Setup, &place, error, "check that the workspace can be written by this user")
        };
        let file = File::create(&path).map_err(setup)?;
        file.lock().map_err(setup)?;
        Ok(Self { _file: file })
    }
}
