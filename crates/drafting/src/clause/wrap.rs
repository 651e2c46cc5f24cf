//! Lines that were wrapped by hand, as in mails and plain texts of the internet: several lines are one clause.

use std::borrow::Cow;

use super::call::{call, is_annex, is_enacting, is_number, is_reference, symbol};
use super::label::label;

/// A line wider than this is not wrapped by hand.
const WIDEST: usize = 110;
/// A line that was wrapped is at least so wide.
const LEAST: usize = 40;
/// One wide line in so many may be an address.
const WIDE_LINES: usize = 50;
/// In a wrapped text at least one line in so many goes on in small letters.
const GOING_ON: usize = 20;
/// Columns of a tab.
const TAB: usize = 8;

/// Returns a text in which each paragraph and clause that was wrapped by hand is one line, or the text itself where none was.
///
/// A text was wrapped where next to no line is wide and some go on in the next in small letters. There a line goes on where the first
/// word of the next one had no place on it, where it is wide and has no mark at its end, or where the next one starts small; not
/// over an empty line, and not where the next one starts a clause: with a label, a call, a heading, a mark of a note, or as a row
/// of a table. A clause that fills its last line, followed by one without a label, cannot be told from one that goes on.
///
/// ```
/// let text = "noting\na)\tthat the river rises every spring and floods the\nlow fields;\nb)\tthat it rains.\n";
/// assert_eq!(drafting::unwrapped(text), "noting\na)\tthat the river rises every spring and floods the low fields;\nb)\tthat it rains.\n");
/// ```
#[must_use]
pub fn unwrapped(text: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = text.lines().collect();
    let Some(width) = wrapped_at(&lines) else { return text.into() };
    let mut whole = String::with_capacity(text.len());
    for (at, line) in lines.iter().enumerate() {
        let goes_on = at > 0 && goes_on(lines[at - 1], line, width);
        if goes_on {
            whole.truncate(whole.trim_end().len());
            whole.push(' ');
        }
        whole.push_str(if goes_on { line.trim_start() } else { line });
        whole.push('\n');
    }
    if !text.ends_with('\n') {
        whole.pop();
    }
    if whole == text { text.into() } else { whole.into() }
}

/// Returns the width at which a text was wrapped, or `None` where it was not.
fn wrapped_at(lines: &[&str]) -> Option<usize> {
    let n_lines = lines.iter().filter(|line| !line.trim().is_empty()).count();
    let n_wide = lines.iter().filter(|line| width(line) > WIDEST).count();
    let is_wrapped = |pair: &&[&str]| {
        (LEAST..=WIDEST).contains(&width(pair[0])) && starts_small(pair[1]) && !starts(pair[1]) && !is_frame(pair[0])
    };
    let widths: Vec<usize> = lines.windows(2).filter(is_wrapped).map(|pair| width(pair[0])).collect();
    let is_enough = !widths.is_empty() && widths.len() * GOING_ON >= n_lines && n_wide * WIDE_LINES <= n_lines;
    widths.into_iter().max().filter(|_| is_enough)
}

fn goes_on(line: &str, next: &str, widest: usize) -> bool {
    let own = width(line);
    if line.trim().is_empty() || next.trim().is_empty() || own > WIDEST || starts(next) || is_row(line) {
        return false;
    }
    // Blocks end with a comma, and what addresses somebody is a call only there.
    if line.trim_end().ends_with([',', ';', '.']) && call(next.trim().trim_matches(['*', '_']), true).is_some() {
        return false;
    }
    let first = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    let is_full = own + 1 + first > widest;
    if is_frame(line) {
        // What somebody is called upon to do starts small too.
        return is_full && !["to ", "that "].iter().any(|start| next.trim_start().starts_with(start));
    }
    // Some count bytes, or leave a line short that they changed: a wide one without a mark at its end goes on too.
    let is_cut = own * 4 >= widest * 3 && line.trim_end().ends_with(char::is_alphanumeric);
    is_full || is_cut || starts_small(next)
}

/// True for a line with which something starts.
fn starts(line: &str) -> bool {
    let bare = line.trim();
    let said = bare.trim_matches(['*', '_']);
    symbol(bare).is_some()
        || is_number(bare)
        || is_reference(bare)
        || is_enacting(bare)
        || is_annex(bare)
        || bare.starts_with('#')
        || bare.starts_with("[^") && bare.contains("]:")
        || label(bare, false).is_some()
        || call(said, false).is_some()
        || call(said, true).is_some() && said.ends_with([',', ':'])
        || is_row(bare)
}

/// True for a line that nothing but itself belongs to, unless it is full.
fn is_frame(line: &str) -> bool {
    let bare = line.trim();
    let is_call = call(bare.trim_matches(['*', '_']), true).is_some();
    is_call || is_number(bare) || is_reference(bare) || is_enacting(bare) || is_annex(bare) || bare.starts_with('#')
}

/// True for a row of a table, or of a drawing.
fn is_row(line: &str) -> bool {
    let bare = line.trim();
    let after = bare.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start());
    bare.starts_with(['|', '+']) || after.contains("    ") || after.contains(" | ")
}

fn starts_small(line: &str) -> bool {
    line.trim_start().starts_with(char::is_lowercase)
}

fn width(line: &str) -> usize {
    line.trim_end().chars().fold(0, |at, letter| if letter == '\t' { at - at % TAB + TAB } else { at + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, width: usize) -> String {
        let mut filled = String::new();
        for line in text.lines() {
            let mut at = 0;
            for word in line.split_inclusive([' ', '\t']) {
                if at > 0 && at + super::width(word) > width {
                    filled.truncate(filled.trim_end().len());
                    filled.push('\n');
                    at = 0;
                }
                at = super::width(&format!("{}{word}|", " ".repeat(at))) - 1;
                filled.push_str(word);
            }
            filled.push('\n');
        }
        filled
    }

    const TEXT: &str = "RESOLUTION 7 (Rev. Madeup, 2016)\nEvolving role of made-up things in the World Made-up Standardization Sector of the Union\n\
        (Somewhere, 2008; Madeup, 2016)\nThe World Made-up Standardization Assembly of all the Countries (Madeup, 2016),\nconsidering\n\
        a)\tthat Resolution 22 (Rev. Madeup, 2012) of the Plenipotentiary Conference, on the role of the World Assembly, asks for reports;\n\
        b)\tthat it rains,\nresolves to instruct the Director of the World Made-up Standardization Bureau of the Union\n\
        1\tto report every year to the Council on the needs of Members and of Industry, and to the Assembly;\n–\tto rest,\n\
        invites Member States\nto take part in the work of all the study groups, in person or from wherever they are.\n";

    #[test]
    fn a_text_is_the_same_at_any_width() {
        for width in [60, 64, 66, 72, 78, 80, 90] {
            assert_eq!(unwrapped(&filled(TEXT, width)), TEXT, "{width}");
        }
    }

    #[test]
    fn a_line_may_end_before_the_width() {
        let text = "noting\na)\tthat the Assembly has a mechanism for\nITU’s made-up strategies, and that the river rises every\nspring.\n";
        let whole = "noting\na)\tthat the Assembly has a mechanism for ITU’s made-up strategies, and that the river rises every spring.\n";
        assert_eq!(unwrapped(text), whole);
    }

    #[test]
    fn lines_that_are_clauses_stay() {
        let apart = "encourages Sector Members from developed and developing countries\nto take part in meetings.\n";
        let table = "One row     of a table with some columns and words\nanother row of a table   and so on.\n";
        for text in [TEXT, apart, table, "", "\n\n", "one\ntwo\n"] {
            assert!(matches!(unwrapped(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn paragraphs_end_at_empty_lines() {
        let text = "This paragraph was wrapped by hand at some width, as mails and\nspecifications of the internet are, and goes on.\n\n   Another one.";
        assert_eq!(
            unwrapped(text),
            "This paragraph was wrapped by hand at some width, as mails and specifications of the internet are, and goes on.\n\n   Another one."
        );
    }
}
