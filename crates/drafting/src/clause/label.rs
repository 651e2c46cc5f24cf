//! Labels of clauses: `a)`, `(i)`, `12`, `1.2.3`, `–`, and the same with another number.

/// How a label counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Count {
    /// Letters: a, b, ... z, aa, bb; capital where the flag is set.
    Letter {
        /// True for capitals.
        is_capital: bool,
    },
    /// Small Roman numerals: i, ii, iii.
    Roman,
    /// Numbers: 1, 2, 3; also `1bis`.
    Number,
    /// Numbers with the numbers above them: 1.1, 1.1.2; so many parts.
    Nested {
        /// How many parts, from 2.
        n_parts: u8,
    },
    /// A dash or a bullet: it does not count.
    Dash,
}

/// A label taken apart: `(a)` is `(`, the letter 1, `)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label<'a> {
    /// As written, without the white space after it.
    pub(crate) written: &'a str,
    pub(crate) count: Count,
    /// Its own number, the last of several; 0 for a dash.
    pub(crate) ordinal: u32,
}

/// Returns the label that a line, without its indent, starts with, or `None`.
///
/// White space, or the end of the line, must follow. A bare number counts as a label only before a tab or two spaces, or where
/// `is_bare_allowed`: `2023 was a good year` is no clause 2023.
pub(crate) fn label(line: &str, is_bare_allowed: bool) -> Option<Label<'_>> {
    let end = line.find(|c: char| c.is_whitespace()).unwrap_or(line.len());
    let written = &line[..end];
    if matches!(written, "-" | "–" | "—" | "•" | "·" | "*" | "+") && end < line.len() {
        return Some(Label { written, count: Count::Dash, ordinal: 0 });
    }
    let inner = written.trim_start_matches('(').trim_end_matches([')', '.']);
    let is_marked = written.ends_with([')', '.']);
    if inner.is_empty() || inner.len() > 16 || written.len() > inner.len() + 2 {
        return None;
    }
    if written.starts_with('(') && !written.ends_with(')') {
        return None;
    }
    let (count, ordinal) = counted(inner)?;
    let is_certain = match count {
        Count::Letter { .. } | Count::Roman => written.ends_with(')') || (is_marked && inner.len() == 1),
        Count::Nested { .. } => true,
        _ => is_marked || is_set_off(&line[end..]) || (is_bare_allowed && ordinal < 100),
    };
    is_certain.then_some(Label { written, count, ordinal })
}

/// True where a tab or two spaces follow.
fn is_set_off(rest: &str) -> bool {
    let space: &str = &rest[..rest.len() - rest.trim_start().len()];
    space.contains('\t') || space.chars().count() > 1
}

fn counted(inner: &str) -> Option<(Count, u32)> {
    let letters = |is: fn(&char) -> bool| inner.chars().all(|c| is(&c));
    let first = inner.chars().next()?;
    if first.is_ascii_digit() {
        let parts: Vec<&str> = inner.split('.').collect();
        let last = parts.last()?.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let whole = parts[..parts.len() - 1].iter().all(|part| is_number(part));
        let ordinal = is_number(last).then(|| last.parse().ok()).flatten()?;
        let count = match parts.len() {
            1 => Count::Number,
            n => Count::Nested { n_parts: u8::try_from(n).ok()? },
        };
        return whole.then_some((count, ordinal));
    }
    let n = inner.chars().count();
    if letters(char::is_ascii_alphabetic) && n <= 2 && inner.chars().all(|c| c == first) {
        let is_capital = first.is_ascii_uppercase();
        let base = if is_capital { b'A' } else { b'a' };
        let at = u32::from(first as u8 - base) + 1;
        return Some((Count::Letter { is_capital }, at + 26 * (n as u32 - 1)));
    }
    let is_roman = letters(|c| matches!(c, 'i' | 'v' | 'x'));
    if is_roman {
        return (1..40).find(|&at| roman(at) == inner).map(|at| (Count::Roman, at));
    }
    let is_outline = first.is_ascii_uppercase() && inner[1..].starts_with('.') && inner.len() > 2;
    let parts = inner.split('.').count();
    let last: u32 = inner.rsplit('.').next()?.parse().ok()?;
    (is_outline && inner[2..].split('.').all(is_number))
        .then_some((Count::Nested { n_parts: u8::try_from(parts).ok()? }, last))
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.len() < 6 && part.bytes().all(|b| b.is_ascii_digit())
}

/// Returns a label without the signs around its number or letter: `(a)` as `a`.
pub(crate) fn bare(label: &str) -> &str {
    label.trim().trim_matches(['(', ')', '.'])
}

/// Returns a small Roman numeral, 1 to 39.
pub(crate) fn roman(mut at: u32) -> String {
    let mut written = String::new();
    for (value, sign) in [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")] {
        while at >= value {
            written.push_str(sign);
            at -= value;
        }
    }
    written
}

/// Returns the label with another number: `b)` as 4 is `d)`; `1.2` as 5 below `3` is `3.5`.
///
/// `above` is the label of the clause above, for nested numbers; the signs around the number stay as written.
pub(crate) fn relabelled(written: &str, count: Count, ordinal: u32, above: &str) -> String {
    let open = if written.starts_with('(') { "(" } else { "" };
    let close = &written[written.trim_end_matches([')', '.']).len()..];
    let number = match count {
        Count::Dash => return written.into(),
        Count::Letter { is_capital } => {
            let base = if is_capital { b'A' } else { b'a' };
            let letter = char::from(base + ((ordinal.max(1) - 1) % 26) as u8).to_string();
            letter.repeat(1 + (ordinal.max(1) as usize - 1) / 26)
        }
        Count::Roman => roman(ordinal),
        Count::Number => ordinal.to_string(),
        Count::Nested { .. } => {
            let (own, above) = (bare(written), bare(above));
            let stem = if above.is_empty() { own.rsplit_once('.').map_or("", |(stem, _)| stem) } else { above };
            format!("{stem}.{ordinal}")
        }
    };
    format!("{open}{number}{close}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(&str, u32)> {
        label(line, false).map(|label| (label.written, label.ordinal))
    }

    #[test]
    fn labels_as_they_are_written() {
        assert_eq!(read("a)\tthat"), Some(("a)", 1)));
        assert_eq!(read("bb) that"), Some(("bb)", 28)));
        assert_eq!(read("(iv) that"), Some(("(iv)", 4)));
        assert_eq!(read("12\tto"), Some(("12", 12)));
        assert_eq!(read("1bis\tto"), Some(("1bis", 1)));
        assert_eq!(read("3.2.1 Scope"), Some(("3.2.1", 1)));
        assert_eq!(read("A.1 Scope"), Some(("A.1", 1)));
        assert_eq!(read("–\tto"), Some(("–", 0)));
        assert_eq!(label("1 to", true).map(|label| label.ordinal), Some(1));
    }

    #[test]
    fn what_only_looks_like_a_label() {
        for line in ["2023 was", "a dog", "e.g. this", "-5 degrees", "(see below)", "mix) of", "I am", ""] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn another_number_keeps_the_signs() {
        let letter = Count::Letter { is_capital: false };
        assert_eq!(relabelled("b)", letter, 4, ""), "d)");
        assert_eq!(relabelled("(b)", letter, 27, ""), "(aa)");
        assert_eq!(relabelled("1.2", Count::Nested { n_parts: 2 }, 5, "3"), "3.5");
        assert_eq!(relabelled("ii)", Count::Roman, 9, ""), "ix)");
    }
}
