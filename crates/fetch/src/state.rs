//! What is known of addresses that were fetched before, in one small JSON file: what to ask conditionally, where to go on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Failure, Fetched};

/// What is known of an address from the last time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The server's word for this version of the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When the server says that the content was last changed, in its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// What the server called the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// SHA-256 of the bytes ([`fact::content_id`]).
    pub content: String,
    /// When the bytes were fetched, or last confirmed by the server.
    pub at: Timestamp,
}

/// What is known of all addresses, and which sources were left unfinished. Kept in a file.
#[derive(Debug)]
pub struct State {
    path: PathBuf,
    kept: Kept,
    n_unsaved: usize,
}

/// The file.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    #[serde(default)]
    addresses: BTreeMap<String, Known>,
    /// Sources whose fetching began then and did not come to an end.
    #[serde(default)]
    unfinished: BTreeMap<String, Timestamp>,
}

impl State {
    /// After this time an unfinished run is begun anew: what it held has aged.
    const RESUMED_WITHIN: SignedDuration = SignedDuration::from_hours(24);
    /// The file is written after so many addresses, so that a crash loses few.
    const SAVED_EVERY: usize = 16;

    /// Opens the file; one that is not there yet is an empty one.
    ///
    /// # Errors
    /// When the file cannot be read or is not such a file.
    #[expect(clippy::disallowed_methods, reason = "the rim: the state of fetching is a file")]
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let kept = match std::fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
                let what = format!("expected the state of fetching as JSON, found `{error}`");
                let hint = "remove the file: everything is then fetched once more";
                Failure::setup("state-unreadable", path.display().to_string(), what, hint)
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Kept::default(),
            Err(error) => return Err(Self::broken(path, &error)),
        };
        Ok(Self { path: path.into(), kept, n_unsaved: 0 })
    }

    /// Returns what is known of an address.
    #[must_use]
    pub fn known(&self, address: &str) -> Option<&Known> {
        self.kept.addresses.get(address)
    }

    /// Writes the file, as a whole: it is the old one or the new one, never half of one.
    ///
    /// # Errors
    /// When the file cannot be written.
    #[expect(clippy::disallowed_methods, reason = "the rim: the state of fetching is a file")]
    pub fn save(&mut self) -> Result<(), Failure> {
        let mut text =
            serde_json::to_vec_pretty(&self.kept).map_err(|error| Self::broken(&self.path, &error.into()))?;
        text.push(b'\n');
        let beside = self.path.with_extension("json.new");
        let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, &self.path));
        written.map_err(|error| Self::broken(&self.path, &error))?;
        self.n_unsaved = 0;
        Ok(())
    }

    /// Marks a source as begun. Where an earlier run did not come to its end, returns when it began: what was fetched since
    /// then need not be asked for again.
    pub(crate) fn begin(&mut self, source: &str, now: Timestamp) -> Option<Timestamp> {
        let since = self.kept.unfinished.get(source).copied().filter(|&since| {
            let age = now.duration_since(since);
            age >= SignedDuration::ZERO && age <= Self::RESUMED_WITHIN
        });
        self.kept.unfinished.insert(source.into(), since.unwrap_or(now));
        since
    }

    pub(crate) fn finish(&mut self, source: &str) {
        self.kept.unfinished.remove(source);
    }

    pub(crate) fn note(&mut self, fetched: &Fetched) -> Result<(), Failure> {
        let known = Known {
            etag: fetched.etag.clone(),
            last_modified: fetched.last_modified.clone(),
            content_type: fetched.content_type.clone(),
            content: fetched.content_id.clone(),
            at: fetched.at,
        };
        self.kept.addresses.insert(fetched.address.clone(), known);
        self.n_unsaved += 1;
        if self.n_unsaved >= Self::SAVED_EVERY { self.save() } else { Ok(()) }
    }

    fn broken(path: &Path, error: &std::io::Error) -> Failure {
        let what = format!("expected a file that can be read and written, found `{error}`");
        let hint = "check the folder, its rights and the space on the disk";
        Failure::setup("state-unwritable", path.display().to_string(), what, hint)
    }
}
