//! The bytes of snapshots, kept by their content: written once, never changed, never half-written.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use fact::{Fault, Remedy, content_id};

/// The folder `snapshots/` of a workspace.
#[derive(Clone, Debug)]
pub struct Blobs {
    folder: PathBuf,
}

#[expect(clippy::disallowed_methods, reason = "the ledger keeps files")]
impl Blobs {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Keeps `bytes` under their id; does nothing where they are held already.
    pub fn put(&self, id: &str, bytes: &[u8]) -> Result<(), Fault> {
        let path = self.path(id);
        if path.exists() {
            return Ok(());
        }
        let setup =
            |error: std::io::Error| Fault::new(Remedy::Setup, path.display().to_string(), error, "check the disk");
        let parent = path.parent().expect("a blob stands in a folder of its own");
        fs::create_dir_all(parent).map_err(setup)?;
        // Written aside and renamed: a crash leaves either the whole blob or a stray file that nothing names.
        let aside = parent.join(format!(".{id}.{}", std::process::id()));
        let mut file = fs::File::create(&aside).map_err(setup)?;
        file.write_all(bytes).map_err(setup)?;
        file.sync_data().map_err(setup)?;
        fs::rename(&aside, &path).map_err(setup)
    }

    /// Returns the bytes, checked against their id.
    pub fn get(&self, id: &str) -> Result<Vec<u8>, Fault> {
        let path = self.path(id);
        let place = path.display().to_string();
        let hint = "run `rapporteur verify`, then add the source again";
        let bytes = fs::read(&path).map_err(|error| Fault::new(Remedy::Setup, &place, error, hint))?;
        let found = content_id(&bytes);
        if found == id {
            Ok(bytes)
        } else {
            Err(Fault::new(Remedy::Setup, place, format!("expected content `{id}`, found `{found}`"), hint))
        }
    }

    fn path(&self, id: &str) -> PathBuf {
        let shelf = id.get(..2).unwrap_or("00");
        self.folder.join(shelf).join(Path::new(id).file_name().unwrap_or_default())
    }
}
