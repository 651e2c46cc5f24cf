//! Web pages: bytes come in, headings, paragraphs, items and cells go out. White space is folded as browsers do.
//!
//! Scripts, styles, navigation and what only stands in for something else are left out. `ins` and `del` are revisions.

mod table;

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};

use crate::build::{Build, Change};
use crate::{Document, Format, Kind, page};
use table::Table;

/// Most bytes of a page.
const BYTES: usize = 32 << 20;
/// Most elements of one kind inside each other that are kept in mind.
const DEPTH: usize = 500;

/// Reads a page in the character set that it declares.
pub(crate) fn read(bytes: &[u8]) -> Document {
    let mut build = Build::new(Format::Html);
    if bytes.len() > BYTES {
        let what = format!("expected a page of at most {BYTES} bytes, found one of {}", bytes.len());
        build.problem("too-large", "page", what, "split the page, and add its parts");
        return build.finish();
    }
    let (text, _, is_wrong) = page::declared(bytes).decode(bytes);
    if is_wrong {
        let what = "expected bytes of the character set that the page declares, found others".into();
        build.problem("charset", "page", what, "save the page as UTF-8 and add it again");
    }
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reader = Reader::new(build);
    for Ok(token) in Tokenizer::new_with_emitter(&*text, emitter) {
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(words) => reader.words(&String::from_utf8_lossy(&words)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    reader.finish()
}

struct Reader {
    build: Build,
    /// Where the words begin that are no block yet.
    from: usize,
    /// White space was seen since the last word.
    gap: bool,
    /// An element that is left out, and how many of its name are open.
    skipped: Option<(String, usize)>,
    heading: Option<u8>,
    is_title: bool,
    n_pre: usize,
    lists: Vec<List>,
    /// The item whose words come next.
    item: Option<Kind>,
    tables: Vec<Table>,
    n_tables: u32,
    revisions: Vec<(usize, Change)>,
    n_paragraphs: usize,
}

/// A list: the number of its next item where it has numbers.
struct List {
    next: Option<i64>,
    style: String,
}

impl Reader {
    fn new(build: Build) -> Self {
        Self {
            build,
            from: 0,
            gap: false,
            skipped: None,
            heading: None,
            is_title: false,
            n_pre: 0,
            lists: Vec::new(),
            item: None,
            tables: Vec::new(),
            n_tables: 0,
            revisions: Vec::new(),
            n_paragraphs: 0,
        }
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name);
        if let Some((skipped, n_open)) = &mut self.skipped {
            *n_open += usize::from(*skipped == name && !tag.self_closing);
            return;
        }
        match &*name {
            "script" | "style" | "nav" | "noscript" | "template" | "svg" | "iframe" | "object" | "select"
                if !tag.self_closing =>
            {
                self.skipped = Some((name.into_owned(), 1));
            }
            "br" => self.line_break(),
            "ins" | "del" if self.revisions.len() < DEPTH => {
                let own = |key: &str| attribute(tag, key).unwrap_or_default();
                let change = Change { is_deleted: name == "del", author: String::new(), date: own("datetime") };
                // A blank before the change is not part of it.
                self.close_gap();
                self.revisions.push((self.build.len(), change));
            }
            name if is_block(name) => self.start_block(name, tag),
            _ => {}
        }
    }

    fn start_block(&mut self, name: &str, tag: &StartTag<()>) {
        self.close();
        if !matches!(name, "div" | "hgroup") {
            self.heading = None;
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = Some(name.as_bytes()[1] - b'0'),
            "title" => self.is_title = true,
            "pre" => self.n_pre += 1,
            "ul" | "menu" if self.lists.len() < DEPTH => self.lists.push(List { next: None, style: String::new() }),
            "ol" if self.lists.len() < DEPTH => {
                let start = attribute(tag, "start").and_then(|start| start.trim().parse().ok());
                let style = attribute(tag, "type").unwrap_or_default();
                self.lists.push(List { next: Some(start.unwrap_or(1)), style });
            }
            "li" => self.start_item(attribute(tag, "value").and_then(|value| value.trim().parse().ok())),
            "table" => self.start_table(),
            "tr" => self.start_row(),
            "td" | "th" => self.start_cell(
                attribute(tag, "colspan").and_then(|n| n.trim().parse().ok()),
                attribute(tag, "rowspan").and_then(|n| n.trim().parse().ok()),
            ),
            _ => {}
        }
    }

    fn start_item(&mut self, value: Option<i64>) {
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX).max(1);
        let mark = match self.lists.last_mut() {
            Some(List { next: Some(next), style }) => {
                let number = value.unwrap_or(*next);
                *next = number.saturating_add(1);
                format!("{}.", counted(number, style))
            }
            _ => "•".into(),
        };
        self.item = Some(Kind::Item { depth, mark });
    }

    fn end(&mut self, name: &str) {
        if let Some((skipped, n_open)) = &mut self.skipped {
            *n_open -= usize::from(skipped == name);
            if *n_open == 0 {
                self.skipped = None;
            }
            return;
        }
        match name {
            "ins" | "del" => {
                let at = self.revisions.iter().rposition(|(_, change)| change.is_deleted == (name == "del"));
                if let Some((start, change)) = at.map(|at| self.revisions.remove(at)) {
                    self.build.revise(start..self.build.len().max(start), &change);
                }
            }
            "ul" | "ol" | "menu" => {
                self.close();
                self.item = None;
                self.lists.pop();
            }
            "li" => {
                self.close();
                self.item = None;
            }
            "table" => self.end_table(),
            "tr" => self.end_row(),
            "td" | "th" => self.end_cell(),
            name if is_block(name) => {
                self.close();
                match name {
                    "title" => self.is_title = false,
                    "pre" => self.n_pre = self.n_pre.saturating_sub(1),
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.skipped.is_some() || self.is_between_cells() && words.trim().is_empty() {
            return;
        }
        if self.n_pre > 0 {
            self.build.push(words);
            return;
        }
        for (at, word) in words.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            self.gap |= at > 0;
            if !word.is_empty() {
                self.close_gap();
                self.build.push(word);
            }
        }
    }

    fn close_gap(&mut self) {
        let is_inside = self.build.len() > self.from && !self.build.text().ends_with(['\n', '\t']);
        if std::mem::take(&mut self.gap) && is_inside {
            self.build.push(" ");
        }
    }

    fn line_break(&mut self) {
        self.gap = false;
        if self.build.len() > self.from {
            self.build.push("\n");
        }
    }

    /// Ends the words so far: as a block, or as a line where they stand in a cell.
    fn close(&mut self) {
        self.gap = false;
        if self.build.text().get(self.from..).is_none_or(|words| words.trim().is_empty()) {
            return;
        }
        if self.is_in_cell() {
            if !self.build.text().ends_with('\n') {
                self.build.push("\n");
            }
            return;
        }
        self.n_paragraphs += 1;
        let place = format!("paragraph {}", self.n_paragraphs);
        let (kind, place) = match (self.is_title, self.heading, self.item.take()) {
            (true, _, _) => (Kind::Running, "title".into()),
            (_, Some(level), _) => (Kind::Heading(level), place),
            (_, _, Some(item)) => (item, place),
            _ => (Kind::Paragraph, place),
        };
        self.build.block(self.from..self.build.len(), kind, place);
        self.build.push("\n");
        self.from = self.build.len();
    }

    fn finish(mut self) -> Document {
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.close();
        for (start, change) in std::mem::take(&mut self.revisions) {
            self.build.revise(start..self.build.len().max(start), &change);
        }
        if let Some((name, _)) = &self.skipped {
            let what = format!("expected the end of `{name}`, found the end of the page");
            self.build.problem("not-whole", "page", what, "add a complete copy of the page");
        } else if self.build.text().trim().is_empty() {
            let what = "expected words, found none".into();
            self.build.problem("no-text", "page", what, "save the page from a browser once it is shown");
        }
        self.build.finish()
    }
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// The number of an item as its list writes it.
fn counted(number: i64, style: &str) -> String {
    let letter =
        |first: u8| u8::try_from(number).ok().filter(|n| (1..=26).contains(n)).map(|n| char::from(first + n - 1));
    let letter = match style {
        "a" => letter(b'a'),
        "A" => letter(b'A'),
        _ => None,
    };
    let roman = || u32::try_from(number).map(crate::number::roman).unwrap_or_default();
    match (letter, style) {
        (Some(letter), _) => letter.to_string(),
        (None, "i") => roman(),
        (None, "I") => roman().to_uppercase(),
        _ => number.to_string(),
    }
}

/// Elements before and after which a line ends.
fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "ol",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ];
    BLOCKS.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::View;

    fn blocks(page: &str) -> Vec<(String, Kind)> {
        let document = read(page.as_bytes());
        document.blocks.iter().map(|block| (document.slice(&block.range).to_string(), block.kind.clone())).collect()
    }

    #[test]
    fn what_a_person_reads_is_read() {
        let page =
            "<!DOCTYPE html><title>T</title><script>var a = '<p>no';</script><nav><a>Home</a></nav><h2>Minutes</h2>
            <p>One &amp;\n <b>two</b>three<br>four<!-- no --><p>Five<style>p {}</style>";
        let expected = [
            ("T".into(), Kind::Running),
            ("Minutes".into(), Kind::Heading(2)),
            ("One & twothree\nfour".into(), Kind::Paragraph),
            ("Five".into(), Kind::Paragraph),
        ];
        assert_eq!(blocks(page), expected);
    }

    #[test]
    fn items_have_their_depth_and_mark() {
        let page = "<ol start=3 type=a><li>one<ul><li><p>two</p><p>more</ul><li>three</ol><p>end";
        let item = |depth, mark: &str| Kind::Item { depth, mark: mark.into() };
        let expected = [
            ("one".into(), item(1, "c.")),
            ("two".into(), item(2, "•")),
            ("more".into(), Kind::Paragraph),
            ("three".into(), item(1, "d.")),
            ("end".into(), Kind::Paragraph),
        ];
        assert_eq!(blocks(page), expected);
    }

    #[test]
    fn cells_have_their_place() {
        let page =
            "before<table><tr><th colspan=2>Who<th>From<tr><td rowspan=2>A<td><p>B<p>b<table><tr><td>in</table>c<td>C
            <tr><td>D</table>after";
        let cell = |table, row, column| Kind::Cell { table, row, column };
        let expected = [
            ("before".into(), Kind::Paragraph),
            ("Who".into(), cell(0, 0, 0)),
            ("From".into(), cell(0, 0, 2)),
            ("A".into(), cell(0, 1, 0)),
            ("B\nb".into(), cell(0, 1, 1)),
            ("in".into(), cell(1, 0, 0)),
            ("c".into(), cell(0, 1, 1)),
            ("C".into(), cell(0, 1, 2)),
            ("D".into(), cell(0, 2, 1)),
            ("after".into(), Kind::Paragraph),
        ];
        assert_eq!(blocks(page), expected);
    }

    #[test]
    fn insertions_and_deletions_are_revisions() {
        let document = read(b"<p>over <del>700</del><ins datetime=2024-06-17>520</ins> members");
        assert_eq!(document.text.trim(), "over 700520 members");
        assert_eq!(document.view(View::Accepted).text.trim(), "over 520 members");
        assert_eq!(document.view(View::Rejected).text.trim(), "over 700 members");
        assert_eq!(document.revisions[1].date, "2024-06-17");
    }

    #[test]
    fn the_list_of_blocks_is_in_order() {
        for name in ["address", "h6", "ul", "tr", "p", "search"] {
            assert!(is_block(name), "{name}");
        }
        assert!(!is_block("span"));
    }
}
