//! Golden documents: Markdown files whose headings are test names, with input blocks and expected blocks.
//!
//! A fenced block's info string is its name. The caller answers each case with named texts; every block of that name
//! must hold exactly that text. With `BLESS=1` in the environment the blocks are rewritten instead, for a person to
//! read in the diff. An answer that has no block yet is appended to its case when blessing.

use std::fmt::Write as _;
use std::path::Path;

/// One heading of a golden document, with the blocks below it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The heading's text.
    pub title: String,
    blocks: Vec<Block>,
    end: usize,
}

#[derive(Clone, Debug)]
struct Block {
    info: String,
    text: String,
    /// Lines of the text, without the fences.
    lines: std::ops::Range<usize>,
}

impl Case {
    /// Returns the text of the block with this info string, or `None`.
    #[must_use]
    pub fn block(&self, info: &str) -> Option<&str> {
        self.blocks.iter().find(|block| block.info == info).map(|block| block.text.as_str())
    }

    /// Returns all blocks whose info string starts with `word`, as (info string, text).
    pub fn blocks<'a>(&'a self, word: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.blocks
            .iter()
            .filter(move |block| block.info.split_whitespace().next() == Some(word))
            .map(|block| (block.info.as_str(), block.text.as_str()))
    }
}

/// Checks every case of the golden document at `path`; `answer` gives (info string, expected text) for a case.
///
/// # Panics
/// When a block differs from its answer (and `BLESS` is not set), when the document has no case with an answer, or when
/// the file cannot be read or written.
#[expect(clippy::disallowed_methods, reason = "the harness reads and blesses files of the repository")]
pub fn run_golden(path: impl AsRef<Path>, answer: impl Fn(&Case) -> Vec<(String, String)>) {
    let path = path.as_ref();
    let document = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines: Vec<&str> = document.lines().collect();
    let mut edits = Vec::new();
    let mut differences = String::new();
    let mut n_answers = 0;
    for case in cases(&lines) {
        for (info, expected) in answer(&case) {
            n_answers += 1;
            let expected = with_newline(expected);
            match case.blocks.iter().find(|block| block.info == info) {
                Some(block) if block.text == expected => {}
                Some(block) => {
                    let _ = write!(differences, "\n## {}\n{}", case.title, difference(&info, &block.text, &expected));
                    edits.push((block.lines.clone(), expected));
                }
                None => {
                    let _ = write!(differences, "\n## {}\n{}", case.title, difference(&info, "", &expected));
                    edits.push((case.end..case.end, format!("\n```{info}\n{expected}```\n")));
                }
            }
        }
    }
    assert!(n_answers > 0, "{}: no case asks for anything", path.display());
    if std::env::var_os("BLESS").is_some() {
        if !edits.is_empty() {
            std::fs::write(path, edited(&lines, edits)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
        return;
    }
    assert!(
        differences.is_empty(),
        "{} is not what came out; read the difference, then `make bless`:\n{differences}",
        path.display()
    );
}

/// Returns rows as aligned columns separated by ` | `, the header first, no white space at the end of lines.
///
/// ```
/// let text = dev::table(&["act", "who"], &[vec!["attended".into(), "A. Example".into()]]);
/// assert_eq!(text, "act      | who\nattended | A. Example\n");
/// ```
#[must_use]
pub fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let head: Vec<String> = header.iter().map(ToString::to_string).collect();
    let all = || std::iter::once(&head).chain(rows);
    let width = |column: usize| {
        all().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    all().fold(String::new(), |mut text, row| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}")).collect();
        let _ = writeln!(text, "{}", cells.join(" | ").trim_end());
        text
    })
}

fn cases(lines: &[&str]) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if line.starts_with('#') {
            cases.push(Case { title: line.trim_start_matches('#').trim().into(), blocks: Vec::new(), end: at + 1 });
        } else if line.starts_with("```") {
            let fence = &line[..line.len() - line.trim_start_matches('`').len()];
            let close = (at + 1..lines.len()).find(|&other| lines[other].trim_end() == fence).unwrap_or(lines.len());
            if let Some(case) = cases.last_mut() {
                let text = lines[at + 1..close].iter().fold(String::new(), |text, line| text + line + "\n");
                case.blocks.push(Block { info: line[fence.len()..].trim().into(), text, lines: at + 1..close });
            }
            at = close;
        }
        if let Some(case) = cases.last_mut()
            && !lines[at.min(lines.len() - 1)].trim().is_empty()
        {
            case.end = at + 1;
        }
        at += 1;
    }
    cases
}

fn edited(lines: &[&str], mut edits: Vec<(std::ops::Range<usize>, String)>) -> String {
    // From the end to the beginning, so that line numbers stay true; at one place the later answer goes in first.
    edits.reverse();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut result: Vec<String> = lines.iter().map(ToString::to_string).collect();
    for (range, text) in edits {
        result.splice(range, text.lines().map(ToString::to_string));
    }
    result.join("\n") + "\n"
}

fn with_newline(mut text: String) -> String {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn difference(info: &str, held: &str, came: &str) -> String {
    let mut text = format!("block `{info}`\n");
    let (held, came): (Vec<_>, Vec<_>) = (held.lines().collect(), came.lines().collect());
    for line in held.iter().filter(|line| !came.contains(line)) {
        let _ = writeln!(text, "- {line}");
    }
    for line in came.iter().filter(|line| !held.contains(line)) {
        let _ = writeln!(text, "+ {line}");
    }
    if held.len() == came.len() && !text.contains("\n-") && !text.contains("\n+") {
        text.push_str("(the same lines in another order)\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str =
        "# name\n\nProse.\n\n## one\n\n```input\na\n```\n```facts\nold\n```\n\n## two\n````input\n```\n````\n";

    #[test]
    fn headings_are_cases_and_fences_nest() {
        let lines: Vec<&str> = DOCUMENT.lines().collect();
        let cases = cases(&lines);
        assert_eq!(cases.iter().map(|case| case.title.as_str()).collect::<Vec<_>>(), ["name", "one", "two"]);
        assert_eq!(cases[1].block("facts"), Some("old\n"));
        assert_eq!(cases[2].block("input"), Some("```\n"));
    }

    #[test]
    fn edits_replace_and_append() {
        let lines: Vec<&str> = DOCUMENT.lines().collect();
        let cases = cases(&lines);
        let edits = vec![
            (cases[1].blocks[1].lines.clone(), "new\nlines\n".to_string()),
            (cases[2].end..cases[2].end, "\n```facts\nadded\n```\n".to_string()),
        ];
        let text = edited(&lines, edits);
        assert!(text.contains("```facts\nnew\nlines\n```\n\n## two"), "{text}");
        assert!(text.ends_with("````\n\n```facts\nadded\n```\n"), "{text}");
    }

    #[test]
    #[should_panic(expected = "- old")]
    #[expect(clippy::disallowed_methods, reason = "the document under test is a file")]
    fn a_difference_is_shown() {
        let path = std::env::temp_dir().join(format!("golden-{}.md", std::process::id()));
        std::fs::write(&path, DOCUMENT).unwrap();
        run_golden(&path, |case| case.block("facts").map(|_| ("facts".into(), "new".into())).into_iter().collect());
    }
}
