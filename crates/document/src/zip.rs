//! ZIP archives as bytes of a source: the directory comes in and is checked, then parts are unpacked within limits.
//!
//! Nothing is unpacked before the directory has been found harmless: number of entries, size of each and of all, and
//! how many times larger than its packed bytes an entry claims to be. A directory that lies is found out on unpacking.

use std::io::Read as _;

/// Most entries of an archive. A workbook has some dozens.
const ENTRIES: usize = 10_000;
/// Most bytes of one entry, unpacked.
const ENTRY: u64 = 128 << 20;
/// Most bytes of all entries, unpacked.
const TOTAL: u64 = 512 << 20;
/// How many times its packed bytes an entry may be, where it is larger than a megabyte. Sheets reach 40.
const RATIO: u64 = 300;

/// Why an archive is not unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It would grow beyond a limit: the words say which, with the figures.
    TooLarge(String),
    /// It is cut short or contradicts itself.
    Damaged(String),
    /// It is written in a way that is not read: the words say which.
    Unsupported(String),
    /// It needs a password.
    Encrypted,
    /// Its XML declares a document type or entities of its own, which no workbook needs.
    Entities(String),
}

impl Refusal {
    /// Returns the kind of problem that this is, what was expected and found, and one thing to do about it.
    #[must_use]
    pub fn told(self) -> (&'static str, String, &'static str) {
        match self {
            Self::TooLarge(what) => ("too-large", what, "leave the file out, or split it and add its parts"),
            Self::Damaged(what) => ("not-whole", what, "add a complete copy of the file"),
            Self::Unsupported(what) => ("unsupported", what, "save the file in the current form of its program"),
            Self::Entities(what) => ("entities-refused", what, "save the file anew from an office program"),
            Self::Encrypted => {
                let what = "expected a file that can be opened, found one with a password".into();
                ("encrypted", what, "save the file without a password and add it again")
            }
        }
    }
}

/// An archive whose directory has been checked.
#[derive(Debug)]
pub struct Archive<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry<'a>>,
}

#[derive(Debug)]
struct Entry<'a> {
    name: &'a [u8],
    flags: usize,
    method: usize,
    packed: usize,
    size: usize,
    header: usize,
}

impl<'a> Archive<'a> {
    /// Reads and checks the directory.
    ///
    /// # Errors
    /// A [`Refusal`].
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let end = end_of_directory(bytes).ok_or_else(|| damaged("a directory at the end", "none"))?;
        let n_entries = number(bytes, end + 10, 2).unwrap_or_default();
        let mut at = number(bytes, end + 16, 4).unwrap_or_default();
        if at == 0xFFFF_FFFF || n_entries == 0xFFFF {
            return Err(damaged("a directory of the plain form", "one of the 64-bit form"));
        }
        if n_entries > ENTRIES {
            return Err(Refusal::TooLarge(format!("expected at most {ENTRIES} entries, found {n_entries}")));
        }
        let mut entries = Vec::with_capacity(n_entries);
        for nth in 0..n_entries {
            let (entry, next) =
                entry(bytes, at).ok_or_else(|| damaged(&format!("{n_entries} entries"), &format!("{nth}")))?;
            entries.push(entry);
            at = next;
        }
        let archive = Self { bytes, entries };
        archive.check()?;
        Ok(archive)
    }

    fn check(&self) -> Result<(), Refusal> {
        let mut total = 0_u64;
        for entry in &self.entries {
            let (size, packed) = (entry.size as u64, entry.packed as u64);
            let name = String::from_utf8_lossy(entry.name);
            if size > ENTRY {
                let what = format!("expected parts of at most {ENTRY} bytes, found `{name}` of {size} bytes");
                return Err(Refusal::TooLarge(what));
            }
            if size > 1 << 20 && size / packed.max(1) > RATIO {
                let what = format!(
                    "expected parts at most {RATIO} times their packed size, found `{name}` of {size} bytes packed into \
                     {packed}"
                );
                return Err(Refusal::TooLarge(what));
            }
            total += size;
        }
        if total > TOTAL {
            return Err(Refusal::TooLarge(format!("expected at most {TOTAL} bytes unpacked, found {total}")));
        }
        Ok(())
    }

    /// True when the archive has an entry of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name.as_bytes())
    }

    /// Unpacks one entry; `None` where there is none of this name.
    ///
    /// # Errors
    /// A [`Refusal`], where the entry is encrypted, packed in a way that workbooks are not, or not what its directory says.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(entry) = self.entries.iter().find(|entry| entry.name == name.as_bytes()) else { return Ok(None) };
        if entry.flags & 1 != 0 {
            return Err(Refusal::Encrypted);
        }
        let packed = self.packed(entry).ok_or_else(|| damaged(&format!("the bytes of `{name}`"), "fewer"))?;
        let mut unpacked = Vec::with_capacity(entry.size.min(1 << 20));
        match entry.method {
            0 => unpacked.extend_from_slice(&packed[..packed.len().min(entry.size + 1)]),
            8 => {
                let mut inflated = flate2::read::DeflateDecoder::new(packed).take(entry.size as u64 + 1);
                inflated
                    .read_to_end(&mut unpacked)
                    .map_err(|_| damaged(&format!("`{name}` packed with deflate"), "other bytes"))?;
            }
            method => return Err(damaged(&format!("`{name}` stored or deflated"), &format!("method {method}"))),
        }
        if unpacked.len() == entry.size {
            return Ok(Some(unpacked));
        }
        let found = if unpacked.len() > entry.size { "more".into() } else { unpacked.len().to_string() };
        Err(damaged(&format!("{} bytes in `{name}`", entry.size), &found))
    }

    /// The packed bytes of an entry, behind its local header.
    fn packed(&self, entry: &Entry<'_>) -> Option<&'a [u8]> {
        let at = entry.header;
        if self.bytes.get(at..at.checked_add(4)?)? != b"PK\x03\x04" {
            return None;
        }
        let start = at + 30 + number(self.bytes, at + 26, 2)? + number(self.bytes, at + 28, 2)?;
        self.bytes.get(start..start.checked_add(entry.packed)?)
    }
}

fn damaged(expected: &str, found: &str) -> Refusal {
    Refusal::Damaged(format!("expected {expected}, found {found}"))
}

/// Where the record at the end of the directory starts: it may be followed by a comment of at most 64 kB.
fn end_of_directory(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(22 + 0xFFFF);
    let end = memchr::memmem::rfind(&bytes[from..], b"PK\x05\x06")? + from;
    (end + 22 <= bytes.len()).then_some(end)
}

/// One entry of the directory, and where the next one starts.
fn entry(bytes: &[u8], at: usize) -> Option<(Entry<'_>, usize)> {
    if !bytes.get(at..at.checked_add(46)?)?.starts_with(b"PK\x01\x02") {
        return None;
    }
    let [name, extra, comment] = [28, 30, 32].map(|field| number(bytes, at + field, 2).unwrap_or_default());
    let entry = Entry {
        name: bytes.get(at + 46..at + 46 + name)?,
        flags: number(bytes, at + 8, 2)?,
        method: number(bytes, at + 10, 2)?,
        packed: number(bytes, at + 20, 4)?,
        size: number(bytes, at + 24, 4)?,
        header: number(bytes, at + 42, 4)?,
    };
    Some((entry, at + 46 + name + extra + comment))
}

/// A little-endian number of `n` bytes.
pub fn number(bytes: &[u8], at: usize, n: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(n)?)?;
    Some(bytes.iter().rev().fold(0, |value, &byte| (value << 8) | usize::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// An archive of stored entries, each of which claims to be `size` bytes.
    fn archive(entries: &[(&str, &[u8], usize)]) -> Vec<u8> {
        let le = |value: usize, n: usize| value.to_le_bytes()[..n].to_vec();
        let (mut bytes, mut directory) = (Vec::new(), Vec::new());
        for (name, content, size) in entries {
            let header = bytes.len();
            let sizes = [le(0, 4), le(content.len(), 4), le(*size, 4), le(name.len(), 2), le(0, 2)].concat();
            bytes.extend([b"PK\x03\x04".to_vec(), vec![0; 10], sizes.clone(), name.as_bytes().to_vec()].concat());
            bytes.extend_from_slice(content);
            directory.extend([b"PK\x01\x02".to_vec(), vec![0; 12], sizes, vec![0; 10], le(header, 4)].concat());
            directory.extend_from_slice(name.as_bytes());
        }
        let counts = [le(0, 4), le(entries.len(), 2), le(entries.len(), 2)].concat();
        let places = [le(directory.len(), 4), le(bytes.len(), 4), le(0, 2)].concat();
        bytes.extend([directory, b"PK\x05\x06".to_vec(), counts, places].concat());
        bytes
    }

    #[test]
    fn a_part_is_found_by_its_name() {
        let bytes = archive(&[("a", b"one", 3), ("b/c", b"two!", 4)]);
        let open = Archive::open(&bytes).unwrap();
        assert_eq!(open.read("b/c").unwrap().as_deref(), Some(b"two!".as_slice()));
        assert_eq!((open.has("a"), open.read("none").unwrap()), (true, None));
    }

    #[test]
    fn what_would_grow_is_refused_before_it_is_unpacked() {
        let refused = |entries: &[(&str, &[u8], usize)]| match Archive::open(&archive(entries)) {
            Err(Refusal::TooLarge(what)) => what,
            other => panic!("{other:?}"),
        };
        assert!(refused(&[("a", b"x", 200 << 20)]).contains("209715200 bytes"));
        assert!(refused(&[("a", b"x", 2 << 20)]).contains("packed into 1"));
        let wide = vec![0; 1 << 20];
        let all: Vec<(&str, &[u8], usize)> = (0..5).map(|_| ("a", wide.as_slice(), 120 << 20)).collect();
        assert!(refused(&all).contains("629145600"));
    }

    #[test]
    fn a_directory_that_lies_is_found_out() {
        for (size, found) in [(2, "more"), (4, "3")] {
            let bytes = archive(&[("a", b"one", size)]);
            assert_eq!(Archive::open(&bytes).unwrap().read("a"), Err(damaged(&format!("{size} bytes in `a`"), found)));
        }
    }

    #[test]
    fn a_cut_archive_is_damaged() {
        let bytes = archive(&[("a", b"one", 3)]);
        for end in 0..bytes.len() {
            assert!(matches!(Archive::open(&bytes[..end]), Err(Refusal::Damaged(_))), "{end}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(mut bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0..100_usize, byte in any::<u8>()) {
            let _ = Archive::open(&[b"PK\x05\x06".as_slice(), &bytes].concat()).map(|open| open.read("a"));
            bytes = archive(&[("a", &bytes, bytes.len())]);
            let at = at.min(bytes.len() - 1);
            bytes[at] = byte;
            let _ = Archive::open(&bytes).map(|open| open.read("a"));
        }
    }
}
