//! Compound files, in which old workbooks are kept: a file comes in, the stream of a name goes out.
//!
//! A chain of sectors that runs in a circle or out of the file ends the reading. MS-CFB 2.

use crate::zip::Refusal;
use crate::zip::number;

const FREE: usize = 0xFFFF_FFFA;

/// A compound file whose directory has been read.
pub struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<usize>,
    mini_fat: Vec<usize>,
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: usize,
    size: usize,
}

impl<'a> Compound<'a> {
    /// Reads tables of sectors and directory.
    ///
    /// # Errors
    /// A [`Refusal`] where the file is cut or contradicts itself.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let damaged = || Refusal::Damaged("expected a compound file, found one that is cut short".into());
        let field = |at: usize, n: usize| number(bytes, at, n).ok_or_else(damaged);
        let sector = match field(30, 2)? {
            9 => 512,
            12 => 4096,
            other => return Err(Refusal::Damaged(format!("expected sectors of 512 or 4096 bytes, found 2^{other}"))),
        };
        let mut file =
            Self { bytes, sector, fat: Vec::new(), mini_fat: Vec::new(), mini: Vec::new(), entries: Vec::new() };
        file.fat = file.fat_of(field(68, 4)?).ok_or_else(damaged)?;
        let directory = file.chain(field(48, 4)?, usize::MAX).ok_or_else(damaged)?;
        file.entries = directory.chunks_exact(128).filter_map(entry).collect();
        file.mini_fat = numbers(&file.chain(field(60, 4)?, usize::MAX).ok_or_else(damaged)?);
        if let Some(root) = file.entries.first() {
            file.mini = file.chain(root.start, root.size).ok_or_else(damaged)?;
        }
        Ok(file)
    }

    /// True when there is a stream or folder of this name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// The bytes of a stream; `None` where there is none, or it is cut.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name == name)?;
        if entry.size >= 4096 {
            return self.chain(entry.start, entry.size);
        }
        let mut stream = Vec::new();
        let mut at = entry.start;
        for _ in 0..=self.mini_fat.len() {
            if stream.len() >= entry.size {
                break;
            }
            stream.extend_from_slice(self.mini.get(at.checked_mul(64)?..)?.get(..64)?);
            at = *self.mini_fat.get(at)?;
        }
        stream.truncate(entry.size);
        (stream.len() == entry.size).then_some(stream)
    }

    /// The table of sectors: its own sectors are listed in the header, and from there in a chain.
    fn fat_of(&self, mut next: usize) -> Option<Vec<usize>> {
        let mut listed = numbers(self.bytes.get(76..512)?);
        let n_sectors = self.bytes.len() / self.sector;
        for _ in 0..=n_sectors {
            if next >= FREE {
                break;
            }
            let mut more = numbers(self.at(next)?);
            next = more.pop()?;
            listed.extend(more);
        }
        let mut fat = Vec::new();
        for sector in listed.into_iter().filter(|&sector| sector < FREE).take(n_sectors + 1) {
            fat.extend(numbers(self.at(sector)?));
        }
        Some(fat)
    }

    /// The bytes of a chain of sectors, at most `size` of them.
    fn chain(&self, mut sector: usize, size: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = self.bytes.len() / self.sector + 1;
        for _ in 0..=most {
            if sector >= FREE || bytes.len() >= size {
                bytes.truncate(size);
                return Some(bytes);
            }
            bytes.extend_from_slice(self.at(sector)?);
            sector = *self.fat.get(sector)?;
        }
        None
    }

    /// The bytes of one sector; the last of a file may be cut.
    fn at(&self, sector: usize) -> Option<&'a [u8]> {
        let start = sector.checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..)?;
        Some(&rest[..rest.len().min(self.sector)])
    }
}

fn numbers(bytes: &[u8]) -> Vec<usize> {
    bytes.chunks_exact(4).filter_map(|four| number(four, 0, 4)).collect()
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let n_bytes = number(bytes, 64, 2)?.saturating_sub(2).min(62);
    let letters = bytes[..n_bytes].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let name: String = char::decode_utf16(letters).map(|letter| letter.unwrap_or('?')).collect();
    Some(Entry { name, start: number(bytes, 116, 4)?, size: number(bytes, 120, 4)? })
}
