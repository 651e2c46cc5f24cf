//! Workbooks of Office Open XML (.xlsx, .xlsm): an archive comes in, its sheets go out.
//!
//! Values of formulas are those that were stored. Shared strings are without their readings; dates are told from numbers
//! by their format. Hidden sheets and rows are read and marked. ECMA-376 part 1, chapter 18.

use std::collections::{BTreeMap, BTreeSet};

use super::number::{Format, cell_of};
use super::{Archive, Kind, Refusal, Sheet, Sheets};
use crate::xml::{Next, Tag, Xml, text_of};

/// Most bytes of a string: a cell holds 32,767 letters.
const STRING: usize = 4 * 32_767;

/// True when the archive holds such a workbook.
pub fn is_workbook(archive: &Archive<'_>) -> bool {
    archive.has("xl/workbook.xml") || archive.has("xl/_rels/workbook.xml.rels")
}

/// Reads the sheets of a workbook, of each at most `most_rows` rows.
pub fn sheets(archive: &Archive<'_>, most_rows: usize) -> Sheets {
    let targets = targets(&part(archive, "xl/_rels/workbook.xml.rels")?.unwrap_or_default())?;
    let Some(workbook) = part(archive, "xl/workbook.xml")? else {
        return Err(Refusal::Damaged("expected `xl/workbook.xml`, found none".into()));
    };
    let (listed, is_1904) = listed(&workbook)?;
    let target = |kind: &str| targets.values().find(|(of, _)| of.ends_with(kind)).map(|(_, target)| target.as_str());
    let strings = part(archive, target("/sharedStrings").unwrap_or("xl/sharedStrings.xml"))?;
    let styles = part(archive, target("/styles").unwrap_or("xl/styles.xml"))?;
    let context = Context {
        strings: Strings::read(&strings.unwrap_or_default())?,
        formats: formats(&styles.unwrap_or_default())?,
        is_1904,
        most_rows,
    };
    let (mut sheets, mut seen) = (Vec::new(), BTreeSet::new());
    for sheet in listed {
        let Some((kind, path)) = targets.get(&sheet.id) else { continue };
        // Two sheets of one part would be a way to grow without bounds.
        if !kind.ends_with("/worksheet") || !seen.insert(path) || super::is_full(&mut sheets) {
            continue;
        }
        if let Some(text) = part(archive, path)? {
            let mut read = Sheet::named(&sheet.name, sheet.is_hidden);
            context.sheet(&text, path, &mut read)?;
            sheets.push(read);
        }
    }
    Ok(sheets)
}

fn part(archive: &Archive<'_>, path: &str) -> Result<Option<String>, Refusal> {
    archive.read(path)?.map(|bytes| text_of(bytes, path)).transpose()
}

/// The parts that the workbook names: id to kind and path.
fn targets(text: &str) -> Result<BTreeMap<String, (String, String)>, Refusal> {
    let mut targets = BTreeMap::new();
    let mut xml = Xml::new(text, "xl/_rels/workbook.xml.rels");
    loop {
        match xml.next()? {
            Next::Start(tag) if tag.name() == "Relationship" => {
                let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target")) else { continue };
                let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), String::from);
                targets.insert(id, (tag.attribute("Type").unwrap_or_default(), path));
            }
            Next::Eof => return Ok(targets),
            _ => {}
        }
    }
}

struct Listed {
    name: String,
    id: String,
    is_hidden: bool,
}

/// The sheets that the workbook lists, and whether its days count from 1904.
fn listed(text: &str) -> Result<(Vec<Listed>, bool), Refusal> {
    let (mut sheets, mut is_1904) = (Vec::new(), false);
    let mut xml = Xml::new(text, "xl/workbook.xml");
    loop {
        match xml.next()? {
            Next::Start(tag) => match tag.name().as_str() {
                "workbookPr" => is_1904 = tag.is_true("date1904"),
                "sheet" => sheets.push(Listed {
                    name: tag.attribute("name").unwrap_or_default(),
                    id: tag.attribute("id").unwrap_or_default(),
                    is_hidden: tag.attribute("state").is_some_and(|state| state != "visible"),
                }),
                _ => {}
            },
            Next::Eof => return Ok((sheets, is_1904)),
            _ => {}
        }
    }
}

/// The formats of cells, by the number that a cell gives.
fn formats(text: &str) -> Result<Vec<Format>, Refusal> {
    let mut codes: BTreeMap<usize, Format> = BTreeMap::new();
    let (mut formats, mut is_inside) = (Vec::new(), false);
    let mut xml = Xml::new(text, "xl/styles.xml");
    loop {
        match xml.next()? {
            Next::Start(tag) => match tag.name().as_str() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.attribute("formatCode")) {
                        codes.insert(id, Format::of(&code));
                    }
                }
                "cellXfs" => is_inside = true,
                "xf" if is_inside => {
                    let id = tag.number("numFmtId").unwrap_or_default();
                    formats.push(codes.get(&id).copied().unwrap_or_else(|| Format::built_in(id)));
                }
                _ => {}
            },
            Next::End(name) if name == "cellXfs" => is_inside = false,
            Next::Eof => return Ok(formats),
            _ => {}
        }
    }
}

/// Strings that cells refer to, one after the other in one buffer.
#[derive(Default)]
struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    fn read(text: &str) -> Result<Self, Refusal> {
        let mut strings = Self::default();
        let mut xml = Xml::new(text, "xl/sharedStrings.xml");
        loop {
            match xml.next()? {
                Next::Start(tag) if tag.name() == "si" => {
                    let start = strings.text.len();
                    rich_text(&mut xml, "si", &mut strings.text)?;
                    let length = strings.text.len() - start;
                    if length > STRING {
                        let what = format!("expected cells of at most {STRING} bytes, found one of {length}");
                        return Err(Refusal::TooLarge(what));
                    }
                    strings.ends.push(strings.text.len());
                }
                Next::Eof => return Ok(strings),
                _ => {}
            }
        }
    }

    fn get(&self, nth: usize) -> Option<&str> {
        let end = *self.ends.get(nth)?;
        let start = nth.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start..end])
    }
}

/// The text of an element in several runs, without the readings that East Asian text carries beside it.
fn rich_text(xml: &mut Xml<'_>, element: &str, to: &mut String) -> Result<(), Refusal> {
    let (mut is_text, mut n_readings) = (false, 0_usize);
    loop {
        match xml.next()? {
            Next::Start(tag) => match tag.name().as_str() {
                "t" => is_text = n_readings == 0,
                "rPh" => n_readings += 1,
                _ => {}
            },
            Next::Text(text) if is_text => to.push_str(&text),
            Next::End(name) if name == element => return Ok(()),
            Next::End(name) => match name.as_str() {
                "t" => is_text = false,
                "rPh" => n_readings = n_readings.saturating_sub(1),
                _ => {}
            },
            Next::Eof => return Ok(()),
            Next::Text(_) => {}
        }
    }
}

/// What all sheets of a workbook share.
struct Context {
    strings: Strings,
    formats: Vec<Format>,
    is_1904: bool,
    most_rows: usize,
}

impl Context {
    fn sheet(&self, text: &str, path: &str, sheet: &mut Sheet) -> Result<(), Refusal> {
        let mut xml = Xml::new(text, path);
        let (mut row, mut column, mut merged) = (0, 0, Vec::new());
        let mut is_taken = true;
        loop {
            match xml.next()? {
                Next::Start(tag) => match tag.name().as_str() {
                    "row" => {
                        row = tag.number("r").unwrap_or(row + 1);
                        column = 0;
                        is_taken =
                            sheet.rows.len() <= self.most_rows && sheet.open_row(row, 0..0, tag.is_true("hidden"));
                    }
                    "c" => {
                        let at = tag.attribute("r").and_then(|place| cell_of(&place)).map(|(column, _)| column);
                        let at = at.unwrap_or(column);
                        column = at + 1;
                        let value = self.cell(&mut xml)?;
                        if is_taken && sheet.full.is_none() {
                            let (kind, text) = self.shown(&value, &tag);
                            sheet.put(at, kind, &text);
                        }
                    }
                    "mergeCell" => merged.extend(tag.attribute("ref").and_then(|area| rows_of(&area))),
                    _ => {}
                },
                Next::Eof => break,
                _ => {}
            }
        }
        sheet.close();
        sheet.rows.truncate(self.most_rows);
        for (column, rows) in merged {
            sheet.carry_down(column, rows);
        }
        Ok(())
    }

    /// Reads the stored value of a cell up to its end.
    fn cell(&self, xml: &mut Xml<'_>) -> Result<String, Refusal> {
        let (mut value, mut is_value) = (String::new(), false);
        loop {
            match xml.next()? {
                Next::Start(inner) => match inner.name().as_str() {
                    "v" => is_value = true,
                    "is" => rich_text(xml, "is", &mut value)?,
                    _ => {}
                },
                Next::Text(text) if is_value => value.push_str(&text),
                Next::End(name) if name == "c" => break,
                Next::End(_) => is_value = false,
                Next::Eof => break,
                Next::Text(_) => {}
            }
        }
        Ok(value)
    }

    fn shown(&self, value: &str, tag: &Tag<'_>) -> (Kind, String) {
        let trimmed = value.trim();
        match tag.attribute("t").as_deref() {
            Some("s") => {
                let string = trimmed.parse().ok().and_then(|nth| self.strings.get(nth));
                (Kind::Text, string.unwrap_or_default().into())
            }
            Some("b") => (Kind::Truth, if trimmed == "1" { "TRUE" } else { "FALSE" }.into()),
            Some("e") => (Kind::Fault, trimmed.into()),
            Some("d") => (Kind::Date, trimmed.strip_suffix("T00:00:00").unwrap_or(trimmed).into()),
            Some("str" | "inlineStr") => (Kind::Text, value.into()),
            _ => match trimmed.parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    let format = tag.number("s").and_then(|style| self.formats.get(style)).copied();
                    format.unwrap_or(Format::Plain).show(number, self.is_1904)
                }
                _ => (Kind::Text, value.into()),
            },
        }
    }
}

/// The column and rows of a merged area of several rows: `B2:C4` is column 1, rows 2 to 4.
fn rows_of(area: &str) -> Option<(usize, std::ops::Range<usize>)> {
    let (from, to) = area.split_once(':')?;
    let ((column, first), (_, last)) = (cell_of(from)?, cell_of(to)?);
    (last > first).then_some((column, first..last + 1))
}
