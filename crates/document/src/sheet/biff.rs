//! Workbooks of Excel 97 to 2003 (.xls): a compound file comes in, its sheets go out. [MS-XLS] 2.
//!
//! Records are read in their order; those that hold no value are passed over. Older workbooks are refused.

use std::collections::{BTreeMap, BTreeSet};

use super::number::Format;
use super::{Kind, ROWS, Refusal, Sheet, Sheets, is_named};
use crate::cfb::Compound;
use crate::zip::number;

/// Reads a workbook; `None` where the compound file holds something else, such as a text.
pub fn workbook(bytes: &[u8], origin: &str, most_rows: usize) -> Option<Sheets> {
    let file = match Compound::open(bytes) {
        Ok(file) => file,
        Err(refusal) => return is_named(origin, &[".xls"]).then_some(Err(refusal)),
    };
    if file.has("EncryptedPackage") {
        return is_named(origin, &[".xlsx", ".xlsm", ".xls"]).then_some(Err(Refusal::Encrypted));
    }
    let name = ["Workbook", "Book"].into_iter().find(|name| file.has(name))?;
    let damaged = || Refusal::Damaged(format!("expected the stream `{name}`, found it cut short"));
    Some(file.stream(name).ok_or_else(damaged).and_then(|stream| Globals::read(&stream)?.sheets(&stream, most_rows)))
}

/// Most sheets that are read.
const SHEETS: usize = 256;

/// One record, with those that continue it.
struct Record<'a> {
    kind: usize,
    parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    fn data(&self) -> &'a [u8] {
        self.parts.first().copied().unwrap_or_default()
    }
}

/// The records of a stream from a place on, up to the end that belongs to the one that begins there.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = Record<'_>> {
    let (mut at, mut depth) = (start, 0_usize);
    let next = move |at: &mut usize| {
        let kind = number(stream, *at, 2)?;
        let size = number(stream, *at + 2, 2)?;
        let data = stream.get(*at + 4..*at + 4 + size)?;
        *at += 4 + size;
        Some((kind, data))
    };
    std::iter::from_fn(move || {
        loop {
            let (kind, data) = next(&mut at)?;
            match kind {
                0x0809 => depth += 1,
                0x000A if depth <= 1 => return None,
                0x000A => depth -= 1,
                _ => {}
            }
            let mut parts = vec![data];
            while number(stream, at, 2) == Some(0x003C) {
                let Some((_, more)) = next(&mut at) else { break };
                parts.push(more);
            }
            // Records of a chart inside a sheet look like cells.
            if depth <= 1 {
                return Some(Record { kind, parts });
            }
        }
    })
}

/// What all sheets of a workbook share.
#[derive(Default)]
struct Globals {
    is_1904: bool,
    strings: Vec<String>,
    formats: Vec<Format>,
    listed: Vec<(usize, bool, String)>,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, Refusal> {
        let mut globals = Self::default();
        let (mut codes, mut styles) = (BTreeMap::new(), Vec::new());
        for record in records(stream, 0) {
            let data = record.data();
            match record.kind {
                0x0809 if number(data, 0, 2) != Some(0x0600) => {
                    let what = "expected a workbook of Excel 97 or later, found an older one";
                    return Err(Refusal::Unsupported(what.into()));
                }
                0x002F => return Err(Refusal::Encrypted),
                0x0022 => globals.is_1904 = number(data, 0, 2) == Some(1),
                0x041E => {
                    if let (Some(id), Some((code, _))) = (number(data, 0, 2), string(data, 2, 2)) {
                        codes.insert(id, Format::of(&code));
                    }
                }
                0x00E0 => styles.push(number(data, 2, 2).unwrap_or_default()),
                0x0085 => {
                    if let (Some(at), Some(state), Some(kind)) =
                        (number(data, 0, 4), number(data, 4, 1), number(data, 5, 1))
                        && kind == 0
                        && let Some((name, _)) = string(data, 6, 1)
                    {
                        globals.listed.push((at, state & 3 != 0, name));
                    }
                }
                0x00FC => globals.strings = Strings { parts: &record.parts, part: 0, at: 8 }.read(),
                _ => {}
            }
        }
        let format = |id: &usize| codes.get(id).copied().unwrap_or_else(|| Format::built_in(*id));
        globals.formats = styles.iter().map(format).collect();
        Ok(globals)
    }

    fn sheets(&self, stream: &[u8], most_rows: usize) -> Sheets {
        let (mut sheets, mut seen) = (Vec::new(), BTreeSet::new());
        for (at, is_hidden, name) in &self.listed {
            if sheets.len() < SHEETS && seen.insert(at) && !super::is_full(&mut sheets) {
                sheets.push(self.sheet(stream, *at, name, *is_hidden, most_rows));
            }
        }
        Ok(sheets)
    }

    fn sheet(&self, stream: &[u8], at: usize, name: &str, is_hidden: bool, most_rows: usize) -> Sheet {
        let mut values: BTreeMap<usize, Vec<(usize, Kind, String)>> = BTreeMap::new();
        let (mut hidden, mut merged, mut formula) = (BTreeSet::new(), Vec::new(), None);
        let (mut n_cells, mut n_text) = (0, 0);
        for record in records(stream, at) {
            let data = record.data();
            match record.kind {
                0x0208 if number(data, 12, 2).is_some_and(|flags| flags & 0x20 != 0) => {
                    hidden.extend(number(data, 0, 2))
                }
                0x00E5 => merged.extend(data.get(2..).unwrap_or_default().chunks_exact(8).filter_map(merged_rows)),
                _ => {}
            }
            if n_cells >= super::CELLS || n_text >= super::TEXT {
                continue;
            }
            for (row, column, kind, text) in self.cells(&record, &mut formula) {
                if values.len() <= most_rows || values.contains_key(&row) {
                    n_cells += 1;
                    n_text += text.len();
                    values.entry(row).or_default().push((column, kind, text));
                }
            }
        }
        let mut sheet = Sheet::named(name, is_hidden);
        for (row, cells) in values {
            sheet.open_row(row + 1, 0..0, hidden.contains(&row));
            for (column, kind, text) in cells {
                sheet.put(column, kind, &text);
            }
        }
        sheet.close();
        sheet.rows.truncate(most_rows);
        for (column, rows) in merged {
            sheet.carry_down(column, rows);
        }
        sheet
    }

    /// The values that a record holds: row, column, kind, text. The text of a formula comes in a record of its own.
    fn cells(&self, record: &Record<'_>, formula: &mut Option<(usize, usize)>) -> Vec<(usize, usize, Kind, String)> {
        let data = record.data();
        let (Some(row), Some(column)) = (number(data, 0, 2), number(data, 2, 2)) else { return Vec::new() };
        let style = number(data, 4, 2).unwrap_or_default();
        let one = |value: Option<(Kind, String)>| {
            value.map(|(kind, text)| (row, column, kind, text)).into_iter().filter(|cell| cell.0 < ROWS).collect()
        };
        match record.kind {
            0x00FD => {
                one(number(data, 6, 4).and_then(|nth| self.strings.get(nth)).map(|text| (Kind::Text, text.clone())))
            }
            0x0203 => one(double(data, 6).map(|value| self.shown(value, style))),
            0x027E => one(rk(data, 6).map(|value| self.shown(value, style))),
            0x0204 => one(string(data, 6, 2).map(|(text, _)| (Kind::Text, text))),
            0x0205 => one(truth(number(data, 6, 1), number(data, 7, 1))),
            0x00BD => {
                let runs = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6).enumerate();
                runs.filter_map(|(nth, run)| {
                    let (kind, text) = self.shown(rk(run, 2)?, number(run, 0, 2)?);
                    Some((row, column + nth, kind, text))
                })
                .collect()
            }
            0x0006 => {
                *formula = Some((row, column));
                match (number(data, 12, 2), number(data, 6, 1)) {
                    (Some(0xFFFF), Some(1)) => one(truth(number(data, 8, 1), Some(0))),
                    (Some(0xFFFF), Some(2)) => one(truth(number(data, 8, 1), Some(1))),
                    (Some(0xFFFF), _) => Vec::new(),
                    _ => one(double(data, 6).map(|value| self.shown(value, style))),
                }
            }
            0x0207 => match (formula.take(), string(data, 0, 2)) {
                (Some((row, column)), Some((text, _))) => vec![(row, column, Kind::Text, text)],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn shown(&self, value: f64, style: usize) -> (Kind, String) {
        self.formats.get(style).copied().unwrap_or(Format::Plain).show(value, self.is_1904)
    }
}

fn merged_rows(area: &[u8]) -> Option<(usize, std::ops::Range<usize>)> {
    let (first, last, column) = (number(area, 0, 2)?, number(area, 2, 2)?, number(area, 4, 2)?);
    (last > first).then_some((column, first + 1..last + 2))
}

fn double(data: &[u8], at: usize) -> Option<f64> {
    let bytes: [u8; 8] = data.get(at..at + 8)?.try_into().ok()?;
    Some(f64::from_le_bytes(bytes)).filter(|value| value.is_finite())
}

/// A number in four bytes: the upper half of a double, or a whole number; perhaps a hundred times too large.
fn rk(data: &[u8], at: usize) -> Option<f64> {
    let raw = u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?);
    let value = if raw & 2 == 0 {
        f64::from_bits(u64::from(raw & !3) << 32)
    } else {
        f64::from(i32::from_le_bytes(raw.to_le_bytes()) >> 2)
    };
    Some(if raw & 1 == 0 { value } else { value / 100.0 }).filter(|value| value.is_finite())
}

fn truth(value: Option<usize>, is_error: Option<usize>) -> Option<(Kind, String)> {
    match (value?, is_error?) {
        (value, 0) => Some((Kind::Truth, if value == 0 { "FALSE" } else { "TRUE" }.into())),
        (0x2A, _) => Some((Kind::Fault, "#N/A".into())),
        (code, _) => Some((Kind::Fault, format!("#ERROR {code}"))),
    }
}

/// A string of one record: its length in `n` bytes, a byte of flags, its letters in one or two bytes each. Returns where
/// it ends, too.
fn string(data: &[u8], at: usize, n: usize) -> Option<(String, usize)> {
    let length = number(data, at, n)?;
    let width = 1 + (number(data, at + n, 1)? & 1);
    let start = at + n + 1;
    let end = start + length * width;
    Some((letters(data.get(start..end)?, width), end))
}

fn letters(bytes: &[u8], width: usize) -> String {
    let letters = bytes.chunks_exact(width).map(|letter| number(letter, 0, width).unwrap_or_default() as u16);
    char::decode_utf16(letters).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The strings that cells refer to. They run over records; where letters do, a new byte of flags stands before the rest.
struct Strings<'a, 'p> {
    parts: &'p [&'a [u8]],
    part: usize,
    at: usize,
}

impl Strings<'_, '_> {
    fn read(mut self) -> Vec<String> {
        let mut strings = Vec::new();
        while let Some(string) = self.string() {
            strings.push(string);
        }
        strings
    }

    fn string(&mut self) -> Option<String> {
        let length = self.number(2)?;
        let flags = self.number(1)?;
        let n_runs = if flags & 8 == 0 { 0 } else { self.number(2)? };
        let n_more = if flags & 4 == 0 { 0 } else { self.number(4)? };
        let (mut text, mut rest, mut width) = (String::new(), length, 1 + (flags & 1));
        while rest > 0 {
            let here = self.parts.get(self.part)?.get(self.at..)?;
            let n = (here.len() / width).min(rest);
            text.push_str(&letters(&here[..n * width], width));
            self.at += n * width;
            rest -= n;
            if rest > 0 {
                (self.part, self.at) = (self.part + 1, 0);
                width = 1 + (self.number(1)? & 1);
            }
        }
        self.skip(n_runs * 4 + n_more)?;
        Some(text)
    }

    fn number(&mut self, n: usize) -> Option<usize> {
        if self.parts.get(self.part)?.len() <= self.at {
            (self.part, self.at) = (self.part + 1, 0);
        }
        let value = number(self.parts.get(self.part)?, self.at, n)?;
        self.at += n;
        Some(value)
    }

    fn skip(&mut self, mut n: usize) -> Option<()> {
        while n > 0 {
            let here = self.parts.get(self.part)?.len().saturating_sub(self.at);
            if here >= n {
                self.at += n;
                return Some(());
            }
            n -= here;
            (self.part, self.at) = (self.part + 1, 0);
        }
        Some(())
    }
}
