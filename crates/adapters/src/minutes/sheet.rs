//! The blocks of a Markdown text, line by line: headings, bullets, rows, quotes. Nothing here knows what minutes are.

use std::ops::Range;

use fact::{Evidence, Problem};

use super::markup::{plain, without_mailboxes};
use crate::parts::lines::Line;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Blank,
    /// A rule, a fence, a picture, a comment, a mark of the layout: nothing that is said.
    Mark,
    /// The front matter, fences included.
    Front,
    Heading(u8),
    /// The row of a table.
    Row,
    Bullet,
    Numbered,
    Quote,
    Plain,
}

/// One line with its shape.
#[derive(Clone, Debug)]
pub(super) struct Piece<'s> {
    pub line: &'s Line<'s>,
    pub shape: Shape,
    /// Columns before the first letter; a tab counts four.
    pub indent: usize,
    /// What is said, in the text of the line: without `#`, bullet or `>`.
    pub text: Range<usize>,
    /// Inside a fenced block.
    pub is_fenced: bool,
}

impl<'s> Piece<'s> {
    /// The words as they stand.
    pub(super) fn raw(&self) -> &'s str {
        self.line.text.get(self.text.clone()).unwrap_or_default()
    }

    /// The words without markup.
    pub(super) fn plain(&self) -> String {
        plain(self.raw())
    }

    /// Evidence of a part of the line; of the whole line where its bytes are not its text.
    pub(super) fn evidence(&self, part: Range<usize>) -> Evidence {
        let quote = self.line.text.get(part.clone()).unwrap_or_default();
        let is_text = matches!(self.line.text, std::borrow::Cow::Borrowed(_));
        let at =
            if is_text { self.line.at.start + part.start..self.line.at.start + part.end } else { self.line.at.clone() };
        Evidence::new(at, format!("line {}", self.line.number), &without_mailboxes(quote))
    }

    /// Evidence of the line from its first byte to its last word.
    pub(super) fn whole(&self) -> Evidence {
        self.evidence(0..self.line.text.trim_end().len())
    }

    pub(super) fn problem(&self, kind: &'static str, at: Evidence, what: String, hint: &str) -> Problem {
        Problem { kind, evidence: at, what, hint: hint.into() }
    }
}

/// Returns the pieces of a text, one for each line.
pub(super) fn pieces<'s>(lines: &'s [Line<'s>]) -> Vec<Piece<'s>> {
    let mut state = State::default();
    let mut pieces: Vec<Piece<'s>> = Vec::with_capacity(lines.len());
    for line in lines {
        let piece = state.piece(line, pieces.is_empty());
        // `Title` above `=====` is a heading.
        let is_underline = piece.shape == Shape::Mark && piece.raw().starts_with("===");
        if let Some(title) = pieces.last_mut().filter(|above| is_underline && above.shape == Shape::Plain) {
            title.shape = Shape::Heading(1);
        }
        pieces.push(piece);
    }
    pieces
}

/// What a line stands in.
#[derive(Default)]
struct State {
    is_front: bool,
    is_comment: bool,
    fence: Option<char>,
}

impl State {
    fn piece<'s>(&mut self, line: &'s Line<'s>, is_first: bool) -> Piece<'s> {
        let text: &str = &line.text;
        let start = text.len() - text.trim_start().len();
        let indent = text[..start].chars().map(|letter| if letter == '\t' { 4 } else { 1 }).sum();
        let mut piece = Piece {
            line,
            shape: Shape::Plain,
            indent,
            text: start..start.max(text.trim_end().len()),
            is_fenced: false,
        };
        let words = piece.raw();
        if (is_first && words == "---") || self.is_front {
            self.is_front = is_first || !matches!(words, "---" | "...");
            piece.shape = Shape::Front;
        } else if self.is_comment || words.starts_with("<!--") {
            self.is_comment = !words.contains("-->");
            piece.shape = Shape::Mark;
        } else if let Some(fence) = ["```", "~~~"].iter().find(|fence| words.starts_with(**fence)) {
            let letter = fence.chars().next();
            // A fence closes its own kind only; one that is opened and closed in a line opens nothing.
            if self.fence.is_none() && words.trim_start_matches(['`', '~']).contains(fence) {
                piece.shape = Shape::Plain;
            } else {
                self.fence =
                    if self.fence.is_none() { letter } else { self.fence.filter(|open| Some(*open) != letter) };
                piece.shape = Shape::Mark;
            }
        } else {
            piece.is_fenced = self.fence.is_some();
            (piece.shape, piece.text.start) = shape(text, start, piece.text.end);
            if let Shape::Heading(_) = piece.shape {
                piece.text.end = piece.text.start + text[piece.text.clone()].trim_end_matches('#').trim_end().len();
            }
        }
        piece
    }
}

/// The shape of the words `text[start..end]`, and where what is said begins.
fn shape(text: &str, start: usize, end: usize) -> (Shape, usize) {
    let words = &text[start..end];
    let after = |n_bytes: usize| {
        let rest = &text[start + n_bytes..end];
        end - rest.trim_start().len()
    };
    let n_hashes = words.bytes().take_while(|byte| *byte == b'#').count();
    let is_heading = words[n_hashes..].starts_with([' ', '\t']) || n_hashes == words.len() || n_hashes > 1;
    if words.is_empty() {
        (Shape::Blank, start)
    } else if (1..=6).contains(&n_hashes) && is_heading {
        (Shape::Heading(u8::try_from(n_hashes).unwrap_or(6)), after(n_hashes))
    } else if is_mark(words) {
        (Shape::Mark, start)
    } else if words.starts_with(['|', '¦']) {
        (Shape::Row, start)
    } else if words.starts_with('>') {
        let n_bytes = words.len() - words.trim_start_matches(['>', ' ', '\t']).len();
        (Shape::Quote, after(n_bytes))
    } else if let Some(n_bytes) = bullet(words) {
        (Shape::Bullet, after(n_bytes))
    } else if let Some(n_bytes) = number(words) {
        (Shape::Numbered, after(n_bytes))
    } else {
        (Shape::Plain, start)
    }
}

/// `---`, `* * *`, `![logo](...)`, `<br>`, and the mark of those who cut a file: `[... cut ...]`.
fn is_mark(words: &str) -> bool {
    let is_rule = words.len() > 2 && words.chars().all(|letter| "-*_= ".contains(letter));
    let is_picture = words.starts_with("![") && words.ends_with(')') && words.matches("](").count() == 1;
    is_rule || is_picture || matches!(words, "<br>" | "<br/>" | "<br />") || is_cut(words)
}

/// True for the line that says that the rest of the file was cut away.
pub(super) fn is_cut(words: &str) -> bool {
    (words.starts_with("[...") || words.starts_with("[…")) && words.contains("cut") && words.ends_with(']')
}

/// `- `, `* `, `• `, and `-Name` without a space: the bytes of the mark.
fn bullet(words: &str) -> Option<usize> {
    let mut letters = words.chars();
    let mark = letters.next().filter(|letter| "-*+•◦▪‣·".contains(*letter))?;
    match (letters.next(), letters.next()) {
        (None, _) => Some(mark.len_utf8()),
        (Some(next), _) if next.is_whitespace() => Some(mark.len_utf8()),
        (Some(next), Some(then)) if mark == '-' && next.is_uppercase() && then.is_lowercase() => Some(1),
        _ => None,
    }
}

/// `1. `, `12) `: the bytes of the number.
fn number(words: &str) -> Option<usize> {
    let n_digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let rest = words[n_digits..].strip_prefix(['.', ')'])?;
    ((1..=3).contains(&n_digits) && (rest.is_empty() || rest.starts_with([' ', '\t']))).then_some(n_digits + 1)
}
