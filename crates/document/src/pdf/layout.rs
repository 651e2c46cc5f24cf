//! Letters with their places on pages come in; lines, paragraphs, headings and what stands on every page go out.

use std::collections::BTreeMap;

use crate::Kind;
use crate::build::Build;

/// A letter: where it is drawn from the left and the top, how large, and how wide, in points.
pub(super) struct Glyph {
    pub x: f64,
    pub y: f64,
    pub size: f64,
    pub width: f64,
    pub words: String,
}

/// One page.
pub(super) struct Sheet {
    number: usize,
    height: f64,
    lines: Vec<Line>,
}

/// One line: its words, where it begins and ends, its baseline, and the size of its letters.
#[derive(Clone)]
struct Line {
    words: String,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
}

impl Sheet {
    pub fn new(number: usize, (_, height): (f64, f64), glyphs: Vec<Glyph>) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        for glyph in glyphs {
            match lines.last_mut().filter(|line| line.takes(&glyph)) {
                Some(line) => line.add(&glyph),
                None => lines.push(Line::of(&glyph)),
            }
        }
        lines.retain(|line| !line.words.trim().is_empty());
        Self { number, height, lines: ordered(joined(lines)) }
    }
}

impl Line {
    fn of(glyph: &Glyph) -> Self {
        let Glyph { x, y, size, width, words } = glyph;
        Self { words: words.clone(), left: *x, right: x + width, y: *y, size: *size }
    }

    /// True when a letter stands on this line, not far from its end.
    fn takes(&self, glyph: &Glyph) -> bool {
        let size = self.size.max(glyph.size);
        let is_level = (self.y - glyph.y).abs() < size * 0.45;
        let gap = glyph.x - self.right;
        is_level && gap > -size * 0.5 && gap < size * 3.0
    }

    fn add(&mut self, glyph: &Glyph) {
        let gap = glyph.x - self.right;
        let is_blank = |c: char| c.is_whitespace();
        if gap > self.size * 0.18 && !self.words.ends_with(is_blank) && !glyph.words.starts_with(is_blank) {
            self.words.push(if gap > self.size * 1.5 { '\t' } else { ' ' });
        }
        self.words.push_str(&glyph.words);
        self.right = self.right.max(glyph.x + glyph.width);
        // Raised letters are on the line of those before them.
        if glyph.size > self.size {
            (self.size, self.y) = (glyph.size, glyph.y);
        }
    }
}

/// Joins lines that were drawn one after the other at one height: cells of a row, words around a link.
fn joined(lines: Vec<Line>) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::new();
    for line in lines {
        match joined.last_mut() {
            Some(last) if (last.y - line.y).abs() < last.size * 0.3 && line.left >= last.right - 1.0 => {
                let gap = line.left - last.right;
                if !last.words.ends_with(char::is_whitespace) && gap > last.size * 0.18 {
                    last.words.push(if gap > last.size * 1.5 { '\t' } else { ' ' });
                }
                last.words.push_str(&line.words);
                last.right = last.right.max(line.right);
            }
            _ => joined.push(line),
        }
    }
    joined
}

/// Lines in the order of reading: as they are drawn, unless they are drawn up and down in one column.
fn ordered(mut lines: Vec<Line>) -> Vec<Line> {
    let overlaps = |one: &Line, other: &Line| one.left < other.right && other.left < one.right;
    let n_up = lines.windows(2).filter(|two| two[1].y < two[0].y - two[0].size && overlaps(&two[0], &two[1])).count();
    if n_up * 4 > lines.len() {
        lines.sort_by(|one, other| one.y.total_cmp(&other.y).then(one.left.total_cmp(&other.left)));
        return joined(lines);
    }
    lines
}

/// Writes all pages: the words of a paragraph keep their lines.
pub(super) fn write(sheets: &[Sheet], build: &mut Build) {
    let usual = usual_size(sheets);
    let running = running(sheets);
    for sheet in sheets {
        let place = format!("page {}", sheet.number);
        let mut open: Option<(usize, &Line, f64)> = None;
        for line in &sheet.lines {
            let is_running = is_edge(sheet, line) && running.contains_key(&key(line));
            if let Some((start, before, right)) = open {
                if !is_running && goes_on(before, line, right) {
                    build.push("\n");
                    build.push(line.words.trim_end());
                    open = Some((start, line, right.max(line.right)));
                    continue;
                }
                end(build, start, before, usual, &place);
            }
            open = None;
            let start = build.len();
            build.push(line.words.trim_end());
            if is_running {
                build.block(start..build.len(), Kind::Running, place.clone());
                build.push("\n");
            } else {
                open = Some((start, line, line.right));
            }
        }
        if let Some((start, before, _)) = open {
            end(build, start, before, usual, &place);
        }
    }
}

/// Makes a block of the lines from `start` on.
fn end(build: &mut Build, start: usize, last: &Line, usual: f64, place: &str) {
    let words = build.text().get(start..).unwrap_or_default();
    let mark = words.trim_start().chars().next().filter(|first| "•·▪●○■□–➢❖✓".contains(*first));
    let is_short = words.chars().count() <= 200;
    let (skipped, kind) = match mark {
        Some(mark) => {
            let lead = words.len() - words.trim_start().len() + mark.len_utf8();
            (lead, Kind::Item { depth: 1, mark: mark.to_string() })
        }
        None if is_short && last.size > usual * 1.12 => {
            let level = if last.size > usual * 1.6 {
                1
            } else if last.size > usual * 1.3 {
                2
            } else {
                3
            };
            (0, Kind::Heading(level))
        }
        None => (0, Kind::Paragraph),
    };
    build.markup(start..start + skipped);
    build.block(start + skipped..build.len(), kind, place.to_string());
    build.push("\n");
}

/// True when `line` is the rest of the paragraph of `before`, whose lines reach to `right`.
fn goes_on(before: &Line, line: &Line, right: f64) -> bool {
    let size = before.size.max(line.size);
    let step = line.y - before.y;
    let is_next = step > 0.0 && step < size * 1.6 && (before.size - line.size).abs() < size * 0.08;
    let starts_item = line.words.trim_start().starts_with(['•', '·', '▪', '●', '➢', '❖']);
    let first = line.words.split_whitespace().next().map_or(0, |word| word.chars().count());
    // The first word of this line would have had room on the one before: that one was ended on purpose.
    let room = right - before.right;
    #[expect(clippy::cast_precision_loss, reason = "a word has few letters")]
    let is_full = room < first as f64 * size * 0.5 + size;
    let is_even = (line.left - before.left).abs() < size * 2.5;
    is_next && is_even && is_full && !starts_item
}

/// The size in which most letters are set.
fn usual_size(sheets: &[Sheet]) -> f64 {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for line in sheets.iter().flat_map(|sheet| &sheet.lines) {
        *counts.entry(rounded(line.size * 4.0)).or_default() += line.words.len();
    }
    let usual = counts.into_iter().max_by_key(|(_, n)| *n).map_or(40, |(size, _)| size);
    #[expect(clippy::cast_precision_loss, reason = "sizes are below a million")]
    let usual = usual as f64 / 4.0;
    usual
}

#[expect(clippy::cast_possible_truncation, reason = "places and sizes are below a million")]
fn rounded(number: f64) -> i64 {
    number.round() as i64
}

/// Lines that stand at the same height of three pages or more, numbers aside.
fn running(sheets: &[Sheet]) -> BTreeMap<(i64, String), usize> {
    let mut seen: BTreeMap<(i64, String), usize> = BTreeMap::new();
    for sheet in sheets {
        for line in sheet.lines.iter().filter(|line| is_edge(sheet, line)) {
            *seen.entry(key(line)).or_default() += 1;
        }
    }
    seen.retain(|_, n| *n >= 3);
    seen
}

fn is_edge(sheet: &Sheet, line: &Line) -> bool {
    line.y < sheet.height * 0.12 || line.y > sheet.height * 0.88
}

fn key(line: &Line) -> (i64, String) {
    let letters = line.words.chars().map(|c| if c.is_ascii_digit() { '0' } else { c });
    let mut words = String::new();
    for letter in letters {
        if !(letter == '0' && words.ends_with('0')) {
            words.push(letter);
        }
    }
    (rounded(line.y / 3.0), words.trim().to_string())
}
