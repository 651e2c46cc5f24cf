//! The parts of a repository that a commit touches: the first folder of a path, or a file at the top.

use std::collections::BTreeMap;

use fact::Evidence;

use crate::parts::lines::decoded;

/// Lines changed by area; `None` where only files without lines (pictures) changed.
#[derive(Debug, Default)]
pub struct Areas(BTreeMap<String, Option<u64>>);

/// One line of `--numstat`: lines added and deleted, `None` for a binary file, and the path as it stands there.
pub struct Change<'a> {
    pub lines: Option<u64>,
    pub path: &'a [u8],
}

impl<'a> Change<'a> {
    /// Reads `12 TAB 3 TAB path` or `- TAB - TAB path`; the path of a rename in our own form is empty.
    pub fn read(line: &'a [u8]) -> Option<Self> {
        let mut fields = line.splitn(3, |&byte| byte == b'\t');
        let mut number = || match fields.next()? {
            b"-" => Some(None),
            digits => Some(Some(std::str::from_utf8(digits).ok()?.parse::<u32>().ok()?)),
        };
        let lines = match (number()?, number()?) {
            (Some(added), Some(deleted)) => Some(u64::from(added) + u64::from(deleted)),
            (None, None) => None,
            _ => return None,
        };
        Some(Self { lines, path: fields.next()? })
    }
}

impl Areas {
    /// Adds a change of the file at this path.
    pub fn add(&mut self, path: &[u8], lines: Option<u64>) {
        let area = path.split(|&byte| byte == b'/').find(|part| !part.is_empty()).unwrap_or(path);
        let area: String = decoded(area).chars().take(Evidence::QUOTE).collect();
        let sum = self.0.entry(area).or_default();
        *sum = match (*sum, lines) {
            (Some(one), Some(other)) => Some(one.saturating_add(other)),
            (one, other) => one.or(other),
        };
    }

    /// Adds a rename: its lines count where the file now is, and a move out of another area touches that one as well.
    pub fn add_rename(&mut self, old: &[u8], new: &[u8], lines: Option<u64>) {
        self.add(old, lines.map(|_| 0));
        self.add(new, lines);
    }

    /// Adds a change whose path is written as `git log --numstat` writes it without `-z`: quoted, with braces for renames.
    pub fn add_written(&mut self, written: &[u8], lines: Option<u64>) {
        let (one, rest) = unquoted(written);
        match rest.strip_prefix(b" => ") {
            Some(other) => self.add_rename(&one, &unquoted(other).0, lines),
            None if written.starts_with(b"\"") => self.add(&one, lines),
            None => match renamed(written) {
                Some((old, new)) => self.add_rename(&old, &new, lines),
                None => self.add(written, lines),
            },
        }
    }

    /// Number of areas.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Areas in the order of their names, with the lines changed there.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<u64>)> {
        self.0.iter().map(|(area, lines)| (area.as_str(), *lines))
    }
}

/// Both sides of `a/{b => c}/d` or `a => b` (Git, `pprint_rename`).
fn renamed(written: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let arrow = memchr::memmem::find(written, b" => ")?;
    let (left, right) = (&written[..arrow], &written[arrow + 4..]);
    let (Some(open), Some(close)) = (memchr::memrchr(b'{', left), memchr::memchr(b'}', right)) else {
        return Some((left.into(), right.into()));
    };
    let side = |middle: &[u8]| [&left[..open], middle, &right[close + 1..]].concat();
    Some((side(&left[open + 1..]), side(&right[..close])))
}

/// The bytes of a path in C's quotes, and what follows them; a path without quotes is all before an arrow (Git, `quote.c`).
fn unquoted(written: &[u8]) -> (Vec<u8>, &[u8]) {
    let Some(inside) = written.strip_prefix(b"\"") else {
        let end = memchr::memmem::find(written, b" => \"").unwrap_or(written.len());
        return (written[..end].into(), &written[end..]);
    };
    let mut path = Vec::with_capacity(inside.len());
    let mut at = 0;
    while let Some(&byte) = inside.get(at).filter(|&&byte| byte != b'"') {
        at += 1;
        if byte != b'\\' {
            path.push(byte);
            continue;
        }
        let octal = inside[at..].iter().take(3).take_while(|digit| (b'0'..=b'7').contains(digit));
        let (n_digits, code) = octal.fold((0, 0_u32), |(n, code), digit| (n + 1, code * 8 + u32::from(digit - b'0')));
        if n_digits == 3 {
            path.push((code & 0xff) as u8);
            at += 3;
        } else if let Some(&letter) = inside.get(at) {
            path.push(match letter {
                b'a' => 7,
                b'b' => 8,
                b't' => b'\t',
                b'n' => b'\n',
                b'v' => 11,
                b'f' => 12,
                b'r' => b'\r',
                other => other,
            });
            at += 1;
        }
    }
    (path, inside.get(at + 1..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(written: &str) -> Vec<(String, Option<u64>)> {
        let mut areas = Areas::default();
        areas.add_written(written.as_bytes(), Some(3));
        areas.iter().map(|(area, lines)| (area.into(), lines)).collect()
    }

    fn one(area: &str) -> Vec<(String, Option<u64>)> {
        vec![(area.into(), Some(3))]
    }

    #[test]
    fn an_area_is_the_first_folder_or_a_file_at_the_top() {
        assert_eq!(of("drafts/old/a.md"), one("drafts"));
        assert_eq!(of("README.md"), one("README.md"));
        assert_eq!(of("a{b}c/d"), one("a{b}c"));
    }

    #[test]
    fn quoted_paths_are_read_as_they_were() {
        assert_eq!(of(r#""entw\303\274rfe/a\tb.md""#), one("entwürfe"));
        assert_eq!(of(r#""a \"b\"\\c""#), one(r#"a "b"\c"#));
        assert_eq!(of(r#""a\"#), one("a"));
        assert_eq!(of(r#""\377""#), one("ÿ"));
    }

    #[test]
    fn a_rename_counts_where_the_file_now_is() {
        let both = |old: &str, new: &str| {
            let mut both = vec![(old.to_string(), Some(0)), (new.to_string(), Some(3))];
            both.sort();
            both
        };
        assert_eq!(of("drafts/{a => b}/x.md"), one("drafts"));
        assert_eq!(of("{drafts => archive}/x.md"), both("drafts", "archive"));
        assert_eq!(of("drafts/{ => old}/x.md"), one("drafts"));
        assert_eq!(of("{drafts => }/x.md"), both("drafts", "x.md"));
        assert_eq!(of("a.md => b.md"), both("a.md", "b.md"));
        assert_eq!(of(r#""a\tb" => c/d"#), both("a\tb", "c"));
        assert_eq!(of(r#"c/d => "a\tb""#), both("c", "a\tb"));
    }

    #[test]
    fn a_picture_has_no_lines_and_does_not_hide_those_of_a_text() {
        let mut areas = Areas::default();
        areas.add(b"images/a.png", None);
        areas.add(b"drafts/a.png", None);
        areas.add(b"drafts/a.md", Some(2));
        assert_eq!(areas.iter().collect::<Vec<_>>(), [("drafts", Some(2)), ("images", None)]);
    }

    #[test]
    fn what_is_no_line_of_changes_is_none() {
        for line in ["", "1", "1\t2", "-1\t2\ta", "1\t-\ta", "99999999999999999999\t1\ta", "a\tb\tc"] {
            assert!(Change::read(line.as_bytes()).is_none(), "{line}");
        }
        assert_eq!(Change::read(b"4294967295\t4294967295\ta\tb").map(|change| change.path), Some(&b"a\tb"[..]));
    }
}
