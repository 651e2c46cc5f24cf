//! A posted page: its front matter, its title, and its lines without markup.

use std::borrow::Cow;
use std::ops::Range;

use fact::{Evidence, Snapshot, When};

use crate::parts::lines::lines;
use crate::parts::stated_date::dates;

/// A page of Markdown or plain text.
pub(super) struct Page<'a> {
    pub lines: Vec<Line<'a>>,
    /// Number of lines of the front matter, its rules included.
    pub n_front: usize,
    /// The last part of the path, in small letters.
    pub file: String,
    is_of_cabf: bool,
}

/// One line.
pub(super) struct Line<'a> {
    pub at: Range<usize>,
    pub number: usize,
    raw: Cow<'a, str>,
    /// The words without markers of lists, headings and emphasis.
    pub text: String,
    /// True where the line is a heading, or all of it is bold.
    pub is_heading: bool,
    pub is_bullet: bool,
}

impl Line<'_> {
    /// Returns the evidence of the line, named by its number.
    pub(super) fn evidence(&self) -> Evidence {
        self.placed(format!("line {}", self.number))
    }

    /// Returns the evidence of some words of the line; of all of it where they do not stand there as they are.
    pub(super) fn part(&self, words: &str) -> Evidence {
        match (&self.raw, self.raw.find(words)) {
            (Cow::Borrowed(_), Some(start)) => {
                let start = self.at.start + start;
                Evidence::new(start..start + words.len(), format!("line {}", self.number), words)
            }
            _ => self.evidence(),
        }
    }

    /// Returns the evidence of the line under a name of its own.
    pub(super) fn placed(&self, place: String) -> Evidence {
        Evidence::new(self.at.clone(), place, &self.raw)
    }
}

/// Longest line that is looked at, in bytes: roll calls have some thousands.
const LONGEST: usize = 100_000;

impl<'a> Page<'a> {
    pub(super) fn read(snapshot: &Snapshot<'a>) -> Self {
        let rows = lines(snapshot.bytes).map(|line| {
            let is_long = line.text.len() > LONGEST;
            let text = if is_long { String::new() } else { plain(&line.text) };
            let trimmed = line.text.trim();
            let is_bold =
                trimmed.len() > 4 && trimmed.starts_with("**") && trimmed.trim_end_matches([':', ' ']).ends_with("**");
            let is_heading = trimmed.starts_with('#') || is_bold && trimmed.matches("**").count() == 2;
            let is_bullet = ["- ", "* ", "• ", "+ "].iter().any(|mark| trimmed.starts_with(mark));
            let end = line.at.start + line.at.len().min(line.text.trim_end().len().max(1));
            let at = if matches!(line.text, Cow::Borrowed(_)) { line.at.start..end.min(line.at.end) } else { line.at };
            Line { at, number: line.number, raw: line.text, text, is_heading, is_bullet }
        });
        let lines: Vec<Line<'a>> = rows.collect();
        let is_front = lines.first().is_some_and(|line| line.raw.trim_end() == "---");
        let end =
            lines.iter().skip(1).position(|line| line.raw.trim_end() == "---").filter(|&end| is_front && end < 60);
        let n_front = end.map_or(0, |end| end + 2);
        let file = snapshot.origin.rsplit('/').next().unwrap_or_default().to_lowercase();
        let mut page = Self { lines, n_front, file, is_of_cabf: snapshot.origin.contains("cabf") };
        page.is_of_cabf |= page.lines.iter().any(|line| {
            ["CA/Browser Forum", "CA/B Forum", "CAB Forum", "CABF"].iter().any(|name| line.raw.contains(name))
        });
        page
    }

    /// A field of the front matter without its quotation marks, and its line.
    pub(super) fn field(&self, name: &str) -> Option<(&str, &Line<'a>)> {
        self.lines[..self.n_front].iter().find_map(|line| {
            let value = line.raw.strip_prefix(name)?.strip_prefix(':')?.trim();
            Some((value.trim_matches(['\'', '"']), line))
        })
    }

    /// The lines below the front matter.
    pub(super) fn body_lines(&self) -> &[Line<'a>] {
        &self.lines[self.n_front..]
    }

    /// The title: of the front matter, else the first heading, else the first line that is not blank.
    pub(super) fn title(&self) -> (&str, Option<&Line<'a>>) {
        if let Some((title, line)) = self.field("title") {
            return (title, Some(line));
        }
        let line = self.body_lines().iter().take(30).find(|line| line.is_heading);
        let line = line.or_else(|| self.body_lines().iter().find(|line| !line.text.is_empty()));
        (line.map_or("", |line| line.text.as_str()), line)
    }

    /// The forum, where the text or the place it came from names it; otherwise the source does not say.
    pub(super) fn forum(&self) -> Option<&'static str> {
        self.is_of_cabf.then_some("CA/Browser Forum")
    }

    /// The day of `date:`.
    pub(super) fn date(&self) -> When {
        let day = self.field("date").and_then(|(date, _)| When::parse(date.get(..10)?));
        let written = || self.field("date").and_then(|(date, _)| Some(dates(date).first()?.when(When::UNKNOWN)));
        day.or_else(written).unwrap_or(When::UNKNOWN)
    }
}

/// Takes markers of lists and headings, emphasis, links, escapes and left-over words of a browser off a line.
pub(super) fn plain(text: &str) -> String {
    let trimmed = text.trim().trim_start_matches('#').trim_start();
    let trimmed = ["- ", "* ", "• ", "+ "].iter().find_map(|mark| trimmed.strip_prefix(mark)).unwrap_or(trimmed);
    let mut out = String::with_capacity(trimmed.len());
    let mut open: Vec<usize> = Vec::new();
    let mut letters = trimmed.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek().is_some_and(char::is_ascii_punctuation) => out.extend(letters.next()),
            '*' => {}
            '[' => {
                open.push(out.len());
                out.push('[');
            }
            ']' => match (open.pop(), letters.peek()) {
                (Some(start), Some('(')) => {
                    out.remove(start);
                    let mut depth = 0_i32;
                    for skipped in letters.by_ref() {
                        depth += i32::from(skipped == '(') - i32::from(skipped == ')');
                        if depth == 0 {
                            break;
                        }
                    }
                }
                _ => out.push(']'),
            },
            _ => out.push(letter),
        }
    }
    // `__PRESENT` is left over from copying a page out of a browser and says nothing of presence.
    let out = if out.contains("__PRESENT") { out.replace("__PRESENT", " ") } else { out };
    // Emphasis with `_` stands around words, not inside them.
    out.trim().trim_matches('_').trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_left_over_words_are_taken_off() {
        assert_eq!(plain("- **24 Yes votes: **Acme"), "24 Yes votes: Acme");
        assert_eq!(plain(r"\_\_PRESENT\_\_PRESENT"), "");
        assert_eq!(plain("## [Results](https://x.example/(a)) of 2.2\\(g)"), "Results of 2.2(g)");
        assert_eq!(plain("• 2 Issuers voting YES: Acme"), "2 Issuers voting YES: Acme");
    }
}
