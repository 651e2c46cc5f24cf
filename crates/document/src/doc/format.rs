//! Properties of paragraphs and runs of the binary form: pages of 512 bytes, found by the place of the text. MS-DOC 2.9.

use crate::zip::number;

/// Size of a page of properties.
const PAGE: usize = 512;
/// Most pages that are read.
const PAGES: usize = 200_000;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Paragraph {
    pub heading: Option<u8>,
    pub is_in_table: bool,
    pub ends_row: bool,
}

/// Properties of all paragraphs, by the byte from which on they hold.
#[derive(Default)]
pub(super) struct Paragraphs(Vec<(usize, Paragraph)>);

/// Whether letters were inserted or deleted, by the byte from which on it holds.
#[derive(Default)]
pub(super) struct Runs(Vec<(usize, (bool, bool))>);

impl Paragraphs {
    /// Reads the pages that `list` names.
    pub fn read(main: &[u8], list: &[u8]) -> Self {
        let mut paragraphs = Vec::new();
        for page in pages(main, list) {
            let n = usize::from(page[PAGE - 1]);
            for nth in 0..n {
                let Some(from) = number(page, 4 * nth, 4) else { break };
                let at = page.get(4 * (n + 1) + 13 * nth).map_or(0, |&at| 2 * usize::from(at));
                paragraphs.push((from, if at == 0 { Paragraph::default() } else { paragraph(page, at) }));
            }
        }
        paragraphs.sort_by_key(|(from, _)| *from);
        Self(paragraphs)
    }

    /// The paragraph whose text holds the byte `at`.
    pub fn at(&self, at: usize) -> Paragraph {
        last_before(&self.0, at).unwrap_or_default()
    }
}

impl Runs {
    /// Reads the pages that `list` names.
    pub fn read(main: &[u8], list: &[u8]) -> Self {
        let mut runs = Vec::new();
        for page in pages(main, list) {
            let n = usize::from(page[PAGE - 1]);
            for nth in 0..n {
                let Some(from) = number(page, 4 * nth, 4) else { break };
                let at = page.get(4 * (n + 1) + nth).map_or(0, |&at| 2 * usize::from(at));
                runs.push((from, if at == 0 { (false, false) } else { run(page, at) }));
            }
        }
        runs.sort_by_key(|(from, _)| *from);
        Self(runs)
    }

    /// Whether the letter at the byte `at` was inserted, and whether it was deleted.
    pub fn revised(&self, at: usize) -> (bool, bool) {
        last_before(&self.0, at).unwrap_or_default()
    }
}

fn last_before<T: Copy>(all: &[(usize, T)], at: usize) -> Option<T> {
    let next = all.partition_point(|(from, _)| *from <= at);
    all.get(next.checked_sub(1)?).map(|(_, found)| *found)
}

/// The pages of properties that a list of places and page numbers names.
fn pages<'a>(main: &'a [u8], list: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let n = list.len().saturating_sub(4) / 8;
    (0..n.min(PAGES)).filter_map(move |nth| {
        let page = number(list, 4 * (n + 1) + 4 * nth, 4)? & 0x3F_FFFF;
        main.get(page.checked_mul(PAGE)?..)?.get(..PAGE)
    })
}

fn paragraph(page: &[u8], at: usize) -> Paragraph {
    let size = page.get(at).map_or(0, |&size| usize::from(size));
    let (from, size) = match size {
        0 => (at + 2, page.get(at + 1).map_or(0, |&size| 2 * usize::from(size))),
        size => (at + 1, 2 * size - 1),
    };
    let Some(bytes) = page.get(from..(from + size).min(PAGE)) else { return Paragraph::default() };
    let style = number(bytes, 0, 2).unwrap_or_default();
    let built_in = u8::try_from(style).ok().filter(|style| (1..=9).contains(style));
    let mut paragraph = Paragraph { heading: built_in, ..Paragraph::default() };
    for (code, value) in changes(bytes.get(2..).unwrap_or_default()) {
        match code {
            0x2416 => paragraph.is_in_table = value != 0,
            0x2417 => paragraph.ends_row = value != 0,
            0x2640 => paragraph.heading = (value < 9).then(|| value + 1),
            _ => {}
        }
    }
    paragraph
}

fn run(page: &[u8], at: usize) -> (bool, bool) {
    let size = page.get(at).map_or(0, |&size| usize::from(size));
    let bytes = page.get(at + 1..(at + 1 + size).min(PAGE)).unwrap_or_default();
    let mut revised = (false, false);
    for (code, value) in changes(bytes) {
        match code {
            0x0800 => revised.1 = value != 0,
            0x0801 => revised.0 = value != 0,
            _ => {}
        }
    }
    revised
}

/// Single changes of properties: their code, and the first byte of their value. MS-DOC 2.6.
fn changes(mut bytes: &[u8]) -> impl Iterator<Item = (usize, u8)> {
    std::iter::from_fn(move || {
        let code = number(bytes, 0, 2)?;
        let size = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ if code == 0xD608 => 1 + number(bytes, 2, 2)?,
            _ => 1 + number(bytes, 2, 1)?,
        };
        let value = *bytes.get(2)?;
        bytes = bytes.get(2 + size..).unwrap_or_default();
        Some((code, value))
    })
}
