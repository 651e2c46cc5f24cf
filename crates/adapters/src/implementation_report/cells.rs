//! Cells of tables in Markdown, and what a cell says about support.

/// What a cell says about one feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    Yes,
    Partial,
    No,
    /// Nothing, or that it is not known.
    Open,
    /// Passed or failed in a test.
    Passed,
    Failed,
}

/// Returns the cells of a row, without the bars at its ends.
pub fn cells(row: &str) -> Vec<String> {
    let row = row.trim();
    let row = row.split("{.").next().unwrap_or(row).trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|row| !row.ends_with('\\')).unwrap_or(row);
    let mut cells = vec![String::new()];
    let mut letters = row.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, cells.last_mut()) {
            ('\\', Some(cell)) if letters.peek() == Some(&'|') => cell.extend(letters.next()),
            ('|', _) => cells.push(String::new()),
            (_, Some(cell)) => cell.push(letter),
            _ => {}
        }
    }
    cells.iter().map(|cell| plain(cell)).collect()
}

/// True for the row of dashes below a table's heading.
pub fn is_rule(row: &str) -> bool {
    let row = row.trim();
    row.starts_with('|') && row.contains('-') && row.bytes().all(|byte| b"|-: \t".contains(&byte))
}

/// Text without links, emphasis and marks of footnotes.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '*', '`', '^', '\\', '\u{a0}']) {
        plain.push_str(&rest[..at]);
        let mark = &rest[at..];
        rest = match mark.chars().next() {
            Some('[') => bracket(mark, &mut plain),
            Some('^') => within(&mark[1..], b'^', 4).map_or(&mark[1..], |(_, rest)| rest),
            Some('\u{a0}') => {
                plain.push(' ');
                &mark['\u{a0}'.len_utf8()..]
            }
            _ => &mark[1..],
        };
    }
    plain.push_str(rest);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `[text](address)` is its text, `[4]` a footnote.
fn bracket<'a>(mark: &'a str, plain: &mut String) -> &'a str {
    let Some((inner, rest)) = within(&mark[1..], b']', 1000) else { return &mark[1..] };
    if let Some(address) = rest.strip_prefix('(') {
        plain.extend(inner.chars().filter(|letter| !matches!(letter, '*' | '`')));
        return address.split_once(')').map_or("", |(_, rest)| rest);
    }
    let inner = inner.trim_end_matches('\\');
    let is_note = inner.len() <= 3 && inner.bytes().all(|byte| byte.is_ascii_digit());
    if !is_note {
        plain.push_str(inner);
    }
    rest
}

/// Splits a text at the first mark, which must come soon, so that marks without an end cost no more than a look.
fn within(text: &str, mark: u8, most: usize) -> Option<(&str, &str)> {
    let at = text.bytes().take(most + 1).position(|byte| byte == mark)?;
    Some((&text[..at], &text[at + 1..]))
}

/// What a cell says, or `None` where it is no statement on support.
pub fn support(cell: &str) -> Option<Support> {
    let text = cell.trim().trim_end_matches(['.', '*', ',']).to_lowercase();
    let first = text.split([' ', ',', '(', '/', ';']).next().unwrap_or_default();
    Some(match first {
        "" | "-" | "--" | "?" | "tbd" | "n/a" | "n"
            if text == "n/a" || first.is_empty() || first.starts_with(['-', '?', 't']) =>
        {
            Support::Open
        }
        "na" | "unclear" | "unknown" | "none" => Support::Open,
        "yes" | "y" | "x" | "✓" | "✔" | "done" | "support" | "supported" | "supports" | "implemented"
        | "conformant" => Support::Yes,
        "partial" | "partially" => Support::Partial,
        "no" | "n" | "not" | "unsupported" => Support::No,
        "success" | "pass" | "passed" | "ok" => Support::Passed,
        "failure" | "fail" | "failed" => Support::Failed,
        _ if is_version(&text) => Support::Yes,
        _ => return None,
    })
}

/// `7.1.1`, `V800R024C00`, `16.4.x`, `4.26.0f`: support since that version.
pub fn is_version(text: &str) -> bool {
    let text = text.trim().trim_end_matches('+');
    let is_made_of = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    let n_digits = text.bytes().filter(u8::is_ascii_digit).count();
    is_made_of && n_digits >= 2 && (3..=24).contains(&text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_plain_text() {
        assert_eq!(
            cells("| [**A**](https://a.example) | b \\| c |  | Yes\\[1\\] | d ^N1^ | {.dense}"),
            ["A", "b | c", "", "Yes", "d"]
        );
        assert_eq!(cells("  a | b"), ["a", "b"]);
        assert!(is_rule("|:---:|--|") && is_rule(" | - | - |") && !is_rule("| a |") && !is_rule("|||"));
    }

    #[test]
    fn what_a_cell_says() {
        for (cell, said) in [
            ("Yes [4] [5]", Some(Support::Yes)),
            ("yes, since 3.1", Some(Support::Yes)),
            ("Support ^N1^", Some(Support::Yes)),
            ("Not support", Some(Support::No)),
            ("N", Some(Support::No)),
            ("N/A", Some(Support::Open)),
            ("TBD", Some(Support::Open)),
            ("-", Some(Support::Open)),
            ("", Some(Support::Open)),
            ("V800R024C00", Some(Support::Yes)),
            ("Partial\\[5\\]", Some(Support::Partial)),
            ("success", Some(Support::Passed)),
            ("MUST", None),
            ("Flex Algo Exclude Any Affinity sub-TLV", None),
        ] {
            assert_eq!(support(&plain(cell)), said, "{cell}");
        }
    }
}
