//! Opens archives: `.tar.gz`, `.tar`, `.zip`, `.gz`, known by their first bytes. Within bounds, and nothing is written anywhere.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;

use crate::Failure;

/// How much an archive may hold.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Most entries, with folders.
    pub n_entries: usize,
    /// Most bytes of one entry.
    pub n_bytes: u64,
    /// Most bytes of all entries.
    pub n_bytes_in_all: u64,
    /// How many times larger than the archive its content may be; a mebibyte is always allowed.
    pub ratio: u64,
}

/// One file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path in the archive, with `/`, never beginning with one, never leading up.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What an archive came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// Files that were handed on.
    pub n_files: u64,
    /// Entries that were refused: links, paths that lead out of the archive, names that are no text.
    pub failures: Vec<Failure>,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { n_entries: 200_000, n_bytes: 512 << 20, n_bytes_in_all: 4 << 30, ratio: 200 }
    }
}

/// Opens an archive and hands on each file. `name` is the archive as a person knows it.
///
/// # Errors
/// When the bytes are no archive, are cut or broken, or hold more than the bounds allow. What was handed on until then is
/// whole, but the archive is not, so the caller should let go of it.
pub fn unpack(
    name: &str,
    bytes: &[u8],
    bounds: &Bounds,
    mut keep: impl FnMut(Entry) -> Result<(), Failure>,
) -> Result<Unpacked, Failure> {
    let most = (bytes.len() as u64).saturating_mul(bounds.ratio).max(1 << 20).min(bounds.n_bytes_in_all);
    let mut unpacking =
        Unpacking { name, bounds, rest: most, n_entries: 0, unpacked: Unpacked::default(), keep: &mut keep };
    match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => unpacking.zip(bytes)?,
        [0x1f, 0x8b, ..] => unpacking.gzip(bytes, most)?,
        _ if is_tar(bytes) => unpacking.tar(bytes)?,
        _ => {
            let what = "expected an archive (.tar.gz, .tar, .zip or .gz), found other bytes";
            return Err(Failure::source("archive-unknown", name, what, "add the file as it is"));
        }
    }
    Ok(unpacking.unpacked)
}

struct Unpacking<'a> {
    name: &'a str,
    bounds: &'a Bounds,
    /// Bytes that may still come out.
    rest: u64,
    n_entries: usize,
    unpacked: Unpacked,
    keep: &'a mut dyn FnMut(Entry) -> Result<(), Failure>,
}

impl Unpacking<'_> {
    fn gzip(&mut self, bytes: &[u8], most: u64) -> Result<(), Failure> {
        let mut head = [0; 512];
        let mut from = MultiGzDecoder::new(bytes);
        let n_read = fill(&mut from, &mut head).map_err(|error| self.broken(&error))?;
        let head = &head[..n_read];
        if is_tar(head) {
            // Headers and long names are bytes as well, and must not come without end.
            let whole = Bounded { from: head.chain(from), rest: most.saturating_add(1 << 20) };
            return self.tar(whole);
        }
        let last = self.name.rsplit('/').next().unwrap_or_default();
        let path = last.strip_suffix(".gz").filter(|path| !path.is_empty()).unwrap_or("content").to_string();
        self.count()?;
        self.file(&path, head.chain(from))
    }

    fn tar(&mut self, from: impl Read) -> Result<(), Failure> {
        let mut archive = tar::Archive::new(from);
        let entries = archive.entries().map_err(|error| self.broken(&error))?;
        for entry in entries {
            self.count()?;
            let entry = entry.map_err(|error| self.broken(&error))?;
            let kind = entry.header().entry_type();
            let path = String::from_utf8(entry.path_bytes().into_owned());
            if kind.is_dir() || kind.is_pax_global_extensions() {
                continue;
            }
            let place = path.clone().unwrap_or_else(|path| String::from_utf8_lossy(path.as_bytes()).into_owned());
            match path.ok().as_deref().and_then(inside) {
                _ if !kind.is_file() && !kind.is_contiguous() => {
                    self.refuse("link-refused", &place, "a link or device")
                }
                None => self.refuse("path-refused", &place, "a path that leads out of the archive or is no text"),
                Some(path) => self.file(&path, entry)?,
            }
        }
        // What follows the last entry is padding; read to the end, the checksum of the compression is compared as well.
        let end = std::io::copy(&mut archive.into_inner(), &mut std::io::sink());
        end.map(|_| ()).map_err(|error| self.broken(&error))
    }

    fn zip(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| self.broken(&error.into()))?;
        for index in 0..archive.len() {
            self.count()?;
            let entry = archive.by_index(index).map_err(|error| self.broken(&error.into()))?;
            if entry.is_dir() {
                continue;
            }
            let place = String::from_utf8_lossy(entry.name_raw()).into_owned();
            match entry.name().ok().as_deref().and_then(inside) {
                _ if entry.is_symlink() => self.refuse("link-refused", &place, "a link"),
                None => self.refuse("path-refused", &place, "a path that leads out of the archive or is no text"),
                Some(path) => self.file(&path, entry)?,
            }
        }
        Ok(())
    }

    /// Reads one file whole and hands it on.
    fn file(&mut self, path: &str, from: impl Read) -> Result<(), Failure> {
        let most = self.bounds.n_bytes.min(self.rest);
        let mut bytes = Vec::new();
        from.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| self.broken(&error))?;
        if bytes.len() as u64 > most {
            let what = format!("expected at most {most} further bytes in `{path}`, found more");
            let hint = "do not trust this archive, or raise the bounds if it is known to be this large";
            return Err(Failure::source("archive-too-large", self.name, what, hint));
        }
        self.rest -= bytes.len() as u64;
        self.unpacked.n_files += 1;
        (self.keep)(Entry { path: path.into(), bytes })
    }

    fn count(&mut self) -> Result<(), Failure> {
        self.n_entries += 1;
        if self.n_entries <= self.bounds.n_entries {
            return Ok(());
        }
        let what = format!("expected at most {} entries, found more", self.bounds.n_entries);
        Err(Failure::source("archive-too-large", self.name, what, "do not trust this archive, or raise the bounds"))
    }

    fn refuse(&mut self, kind: &'static str, place: &str, found: &str) {
        let place = format!("{}, entry `{place}`", self.name);
        let what = format!("expected a file, found {found}");
        self.unpacked.failures.push(Failure::source(kind, place, what, "add the file by hand if it is wanted"));
    }

    fn broken(&self, error: &std::io::Error) -> Failure {
        let what = format!("expected a whole archive, found a broken one ({error})");
        Failure::source("archive-broken", self.name, what, "fetch it again")
    }
}

/// A path that stays inside: without `..`, without a beginning at the root or a drive.
fn inside(path: &str) -> Option<String> {
    let is_rooted = path.starts_with(['/', '\\']) || path.get(1..2) == Some(":") || path.contains('\0');
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | ".")).collect();
    let is_fine = !is_rooted && !parts.is_empty() && !parts.contains(&"..");
    is_fine.then(|| parts.join("/"))
}

/// True for the header of a tar archive: its checksum fits, so that old ones without `ustar` are known as well.
fn is_tar(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..512) else { return false };
    let sum: u64 = (0..512).map(|at| if (148..156).contains(&at) { 32 } else { u64::from(header[at]) }).sum();
    let stated = String::from_utf8_lossy(&header[148..156]);
    let stated = u64::from_str_radix(stated.trim_matches(['\0', ' ']), 8);
    stated == Ok(sum) && sum > 8 * 32
}

/// Reads as much as there is room for.
fn fill(from: &mut impl Read, to: &mut [u8]) -> std::io::Result<usize> {
    let mut n_read = 0;
    while n_read < to.len() {
        match from.read(&mut to[n_read..])? {
            0 => break,
            n => n_read += n,
        }
    }
    Ok(n_read)
}

/// Fails after so many bytes, rather than ending as if that were all.
struct Bounded<R> {
    from: R,
    rest: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let n_read = self.from.read(to)?;
        let rest = self.rest.checked_sub(n_read as u64);
        self.rest = rest.ok_or_else(|| std::io::Error::other("more bytes than the bounds allow"))?;
        Ok(n_read)
    }
}
