//! A text with what was read from it underneath each line: for terminals, and for anything that shows plain text.
//!
//! Comes in: a text and marks on it. Goes out: its lines, wrapped, each with the underlines and labels of the marks that
//! stand in it; marks that overlap stand in rows of their own. A label stands where its words begin.

use std::fmt::Write as _;
use std::ops::Range;

use prose::Mark;

/// How a text is shown.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Columns of a line.
    pub width: usize,
    /// Colour the underlines by kind; they are told apart by their labels without.
    pub is_coloured: bool,
    /// Longest run of lines without a mark that is still shown line by line.
    pub run: usize,
}

/// Returns the text with its marks, line by line.
#[must_use]
pub fn underlined(text: &str, marks: &[Mark], manner: Manner) -> String {
    let lines = lines(text, manner.width.max(20));
    let mut out = String::new();
    let mut first_silent = 0;
    let mut open: Vec<&Mark> = Vec::new();
    let mut rest = marks.iter().peekable();
    for (at, line) in lines.iter().enumerate() {
        while let Some(mark) = rest.next_if(|mark| mark.found.span.start < line.end) {
            open.push(mark);
        }
        open.retain(|mark| mark.found.span.end > line.start);
        if open.is_empty() {
            continue;
        }
        silent(&mut out, text, &lines[first_silent..at], manner.run);
        first_silent = at + 1;
        let _ = writeln!(out, "{}", shown(&text[line.clone()]).trim_end());
        for row in rows(text, line, &open, manner.width) {
            let _ = writeln!(out, "{}", row.told(manner.is_coloured));
        }
    }
    silent(&mut out, text, &lines[first_silent..], manner.run);
    out
}

/// Returns how many entries of each kind the marks belong to: `2 persons, 3 organisations`.
#[must_use]
pub fn counts(marks: &[Mark]) -> String {
    let count = |list: &str| {
        let mut entries: Vec<usize> = marks.iter().filter(|mark| mark.list == list).map(|mark| mark.entry).collect();
        entries.sort_unstable();
        entries.dedup();
        entries.len()
    };
    let counts = prose::LISTS.iter().filter_map(|(list, noun)| match count(list) {
        0 => None,
        1 => Some(format!("1 {noun}")),
        n => Some(format!("{n} {}", list.replace('_', " "))),
    });
    let counts: Vec<String> = counts.collect();
    if counts.is_empty() { "nothing was read".into() } else { counts.join(", ") }
}

/// Lines without marks: as they are, or their number where there are many.
fn silent(out: &mut String, text: &str, lines: &[Range<usize>], run: usize) {
    if lines.len() > run {
        let _ = writeln!(out, "\u{2026} {} lines", lines.len());
        return;
    }
    for line in lines {
        let _ = writeln!(out, "{}", shown(&text[line.clone()]).trim_end());
    }
}

/// The lines of a text, wrapped at white space where they are longer than `width` columns.
fn lines(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        while start < end {
            let cut = wrapped(&text[start..end], width);
            lines.push(start..start + cut);
            start += cut;
        }
    }
    lines
}

/// Bytes of the beginning of `line` that fit `width` columns, up to white space where there is some.
fn wrapped(line: &str, width: usize) -> usize {
    let mut column = 0;
    let mut last_space = 0;
    for (at, c) in line.char_indices() {
        column += columns(c);
        if c.is_whitespace() {
            last_space = at + c.len_utf8();
        } else if column > width && at > 0 {
            return if last_space > 0 { last_space } else { at };
        }
    }
    line.len()
}

/// A line as it can be printed: nothing in it moves the cursor.
fn shown(line: &str) -> String {
    line.chars().map(|c| if c.is_control() || is_format(c) { ' ' } else { c }).collect()
}

/// Characters that reorder text or hide in it.
fn is_format(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Columns that a character takes.
fn columns(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' => 0,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 2,
        '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// One row of underlines.
#[derive(Default)]
struct Row {
    pieces: Vec<Piece>,
}

/// Text at a column, of the kind of a mark.
struct Piece {
    from: usize,
    to: usize,
    text: String,
    list: &'static str,
}

impl Row {
    fn is_free(&self, from: usize, to: usize) -> bool {
        self.pieces.iter().all(|piece| to < piece.from || piece.to < from)
    }

    fn told(mut self, is_coloured: bool) -> String {
        self.pieces.sort_by_key(|piece| piece.from);
        let mut line = String::new();
        let mut column = 0;
        for piece in self.pieces {
            line.push_str(&" ".repeat(piece.from.saturating_sub(column)));
            match colour(piece.list).filter(|_| is_coloured) {
                Some(code) => {
                    let _ = write!(line, "\u{1b}[{code}m{}\u{1b}[0m", piece.text);
                }
                None => line.push_str(&piece.text),
            }
            column = piece.to;
        }
        line
    }
}

/// Colours of a terminal for the kinds that are met most; the others stay as they are.
fn colour(list: &str) -> Option<u8> {
    match list {
        "persons" => Some(36),
        "organisations" => Some(34),
        "events" | "sessions" => Some(35),
        "agreements" | "partnership_projects" | "planned_activities" => Some(32),
        "dates" | "metrics" => Some(33),
        "doubts" | "proposed" => Some(31),
        _ => None,
    }
}

/// Rows of underlines for the marks that stand in a line: each in the first row where it has room.
fn rows(text: &str, line: &Range<usize>, marks: &[&Mark], width: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for mark in marks {
        let span = mark.found.span;
        let part = &text[span.start.max(line.start)..span.end.min(line.end)];
        let before = &text[line.start..span.start.max(line.start)];
        if part.trim().is_empty() {
            continue;
        }
        let n_before: usize = before.chars().map(columns).sum();
        let from = n_before + part.chars().take_while(|c| c.is_whitespace()).map(columns).sum::<usize>();
        let to = from + part.trim().chars().map(columns).sum::<usize>().max(1);
        let mut piece = Piece { from, to, text: "\u{2500}".repeat(to - from), list: mark.list };
        if span.start >= line.start {
            label(&mut piece, &spoken(mark), width);
        }
        let free = rows.iter().position(|row| row.is_free(piece.from, piece.to));
        match free {
            Some(at) => rows[at].pieces.push(piece),
            None => rows.push(Row { pieces: vec![piece] }),
        }
    }
    rows
}

/// Adds the label to an underline: behind it, before it where there is no room behind, else cut.
fn label(piece: &mut Piece, words: &str, width: usize) {
    let n_columns: usize = words.chars().map(columns).sum();
    let room = width.saturating_sub(piece.to + 1);
    if n_columns <= room || (room >= 16 && n_columns + 1 > piece.from) {
        let words = cut(words, room);
        piece.to += 1 + words.chars().map(columns).sum::<usize>();
        piece.text = format!("{} {words}", piece.text);
        return;
    }
    let words = cut(words, piece.from.saturating_sub(1).max(12));
    let n_columns: usize = words.chars().map(columns).sum();
    if n_columns < piece.from {
        piece.from -= n_columns + 1;
        piece.text = format!("{words} {}", piece.text);
    } else {
        piece.to += 1 + n_columns;
        piece.text = format!("{} {words}", piece.text);
    }
}

/// What a mark says, in a few words.
fn spoken(mark: &Mark) -> String {
    let is_proposed = mark.found.rule == prose::PROPOSED;
    let mut words = format!("{}{}", if is_proposed { "proposed " } else { "" }, mark.noun);
    if !mark.said.is_empty() {
        let _ = write!(words, " {}", mark.said);
    }
    if mark.found.confidence < prose::ACCEPT {
        let _ = write!(words, " ({:.2}, for review)", mark.found.confidence);
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(words: &str, room: usize) -> String {
    let n_columns: usize = words.chars().map(columns).sum();
    if n_columns <= room {
        return words.into();
    }
    let mut column = 0;
    let fits = |c: &char| {
        column += columns(*c);
        column < room
    };
    let mut cut: String = words.chars().take_while(fits).collect();
    cut.push('\u{2026}');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use prose::{Found, Span};

    const PLAIN: Manner = Manner { width: 60, is_coloured: false, run: 3 };

    fn mark(span: Range<usize>, list: &'static str, noun: &'static str, said: &str) -> Mark {
        Mark { found: Found::new(Span::from(span), "rule", 0.95), list, entry: 0, noun, said: said.into() }
    }

    #[test]
    fn each_mark_is_underlined_and_labelled() {
        let text = "Ada Example of Acme spoke.\n";
        let marks = [
            mark(0..19, "persons", "role", "Ada Example, Acme"),
            mark(0..11, "persons", "person", ""),
            mark(15..19, "organisations", "organisation", "Acme, company"),
        ];
        assert_eq!(
            underlined(text, &marks, PLAIN),
            "Ada Example of Acme spoke.\n\
             ─────────────────── role Ada Example, Acme\n\
             ─────────── person\n\
             \u{20}              ──── organisation Acme, company\n"
        );
    }

    #[test]
    fn a_mark_over_two_lines_is_labelled_once() {
        let text = "The plan is to\nmeet again.\n";
        let told = underlined(text, &[mark(4..26, "conclusions", "conclusion", "")], PLAIN);
        assert_eq!(told, "The plan is to\n    ────────── conclusion\nmeet again.\n───────────\n");
    }

    #[test]
    fn wide_letters_take_two_columns_and_nothing_moves_the_cursor() {
        let told = underlined("王小明 \u{1b}[2J Acme\n", &[mark(15..19, "organisations", "organisation", "")], PLAIN);
        assert_eq!(told, "王小明  [2J Acme\n            ──── organisation\n");
    }

    #[test]
    fn long_lines_are_wrapped_and_long_labels_cut() {
        let text = "one two three four five six seven eight nine ten eleven twelve";
        let manner = Manner { width: 30, ..PLAIN };
        let told =
            underlined(text, &[mark(8..13, "dates", "date", "a very long label that does not fit here")], manner);
        let lines: Vec<&str> = told.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() <= 30), "{told}");
        assert_eq!(lines[0], "one two three four five six");
        assert!(lines[1].starts_with("        ───── date a very"), "{told}");
    }

    #[test]
    fn runs_without_marks_are_folded() {
        let told = underlined("a\nb\nc\nd\ne\nf\n", &[mark(8..9, "dates", "date", "")], Manner { run: 2, ..PLAIN });
        assert_eq!(told, "… 4 lines\ne\n─ date\nf\n");
    }

    #[test]
    fn colour_only_where_it_is_wanted() {
        let marks = [mark(0..1, "persons", "person", "")];
        assert!(underlined("a", &marks, Manner { is_coloured: true, ..PLAIN }).contains("\u{1b}[36m"));
        assert!(!underlined("a", &marks, PLAIN).contains('\u{1b}'));
    }
}
