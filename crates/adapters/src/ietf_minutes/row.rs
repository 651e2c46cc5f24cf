//! Lines of minutes as people read them: markup taken off, HTML and Markdown alike, with the place kept.

use std::borrow::Cow;

use fact::{Evidence, Problem};

use crate::parts::lines::{Line, lines};

/// One line, without its markup.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    line: Line<'a>,
    /// The words, without markers of headings and lists, emphasis, links and tags.
    pub text: String,
    /// Level of a heading, `0` for all other lines.
    pub level: u8,
    /// How deep a list entry is indented, plus one; `0` for lines that are none.
    pub bullet: usize,
    /// The mark of a list entry, `1` for any number, `|` for a row of a table; a blank for other lines.
    pub mark: char,
    /// True where all words are set in italics, as presenters often are.
    pub is_emphasised: bool,
    /// True where the first words are set in italics or bold.
    pub starts_emphasised: bool,
    /// True for an entry of a table of contents: what it names is said again below.
    pub is_contents: bool,
    /// True where the source itself breaks a sentence: the next line goes on with it.
    pub goes_on: bool,
}

impl Row<'_> {
    /// Returns the evidence of the whole line; parts of addresses before the `@` are left out of the quote.
    pub(super) fn evidence(&self) -> Evidence {
        match without_addresses(&self.line.text) {
            Cow::Borrowed(_) => self.line.evidence(),
            Cow::Owned(quote) => Evidence { quote: Evidence::new(0..0, "", &quote).quote, ..self.line.evidence() },
        }
    }

    /// Returns the evidence of this row and those that go on with it.
    pub(super) fn evidence_to(&self, rows: &[Row<'_>]) -> Evidence {
        let Some(last) = rows.last().filter(|last| last.number() > self.number()) else { return self.evidence() };
        let words: Vec<&str> = rows.iter().map(|row| row.line.text.as_ref()).collect();
        let place = format!("lines {} to {}", self.number(), last.number());
        Evidence::new(self.line.at.start..last.line.at.end, place, &without_addresses(&words.join(" ")))
    }

    /// Returns a problem of the whole line.
    pub(super) fn problem(&self, kind: &'static str, what: impl Into<String>, hint: &str) -> Problem {
        Problem { evidence: self.evidence(), ..self.line.problem(kind, what, hint) }
    }

    pub(super) fn number(&self) -> usize {
        self.line.number
    }

    /// The group that a link to the IETF's tools names: `group=core`, `notes-ietf-113-core`, `core@jabber.ietf.org`.
    pub(super) fn linked_group(&self) -> Option<String> {
        let text = self.line.text.as_ref();
        if let Some(at) = text.find("@jabber.ietf.org") {
            let start = text[..at].rfind(|letter: char| !letter.is_ascii_alphanumeric()).map_or(0, |found| found + 1);
            return (start < at).then(|| text[start..at].to_string());
        }
        let after = |mark: &str| text.find(mark).map(|at| &text[at + mark.len()..]);
        let numbered = |rest: &str| rest.split_once('-').map(|(_, rest)| rest.to_string());
        let rest = after("?group=").map(String::from).or_else(|| after("ietf.org/wg/").map(String::from));
        let rest =
            rest.or_else(|| after("notes-ietf-").and_then(numbered)).or_else(|| after("/slides-").and_then(numbered));
        let rest = rest.filter(|rest| !rest.starts_with("interim") && !rest.starts_with("20"))?;
        let name: String = rest.chars().take_while(|letter| letter.is_ascii_alphanumeric()).collect();
        // Meeting rooms of interims are numbered like `group=568d577c`.
        let is_group = (2..=20).contains(&name.len()) && name.starts_with(|letter: char| letter.is_ascii_lowercase());
        let n_digits = name.bytes().filter(u8::is_ascii_digit).count();
        (is_group && n_digits <= 1).then_some(name)
    }

    /// True for a link to a page of the IETF's meetings: notes, chat, video, materials.
    pub(super) fn is_linked(&self) -> bool {
        const PLACES: [&str; 14] = [
            "jabber.ietf.org",
            "notes.ietf.org",
            "codimd.ietf.org",
            "etherpad.tools.ietf.org",
            "etherpad.ietf.org",
            "meetecho.com/",
            "ietf.webex.com",
            "zulip.ietf.org",
            "datatracker.ietf.org/meeting",
            "tools.ietf.org/wg/",
            "tools.ietf.org:9000",
            "meetecho-player.ietf.org",
            "ietf.org/about/note-well",
            "ietf.org/proceedings",
        ];
        PLACES.iter().any(|place| self.line.text.contains(place))
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// Longest line that is looked at, in bytes: minutes have no longer ones, and a longer one says nothing.
const LONGEST: usize = 20_000;

/// Returns the rows of a source. Comments, style sheets and scripts are blank rows.
pub(super) fn rows(bytes: &[u8]) -> impl Iterator<Item = Row<'_>> {
    let mut hidden: Option<&str> = None;
    lines(bytes).map(move |line| {
        let is_hidden = hides(&line.text, &mut hidden);
        let is_skipped = is_hidden || line.text.len() > LONGEST;
        row(&line, is_skipped)
    })
}

/// True where a line lies inside a comment, style sheet or script; `open` is the end that is waited for.
fn hides(text: &str, open: &mut Option<&'static str>) -> bool {
    const HIDDEN: [(&str, &str); 4] =
        [("<!--", "-->"), ("<style", "</style>"), ("<script", "</script>"), ("<head>", "</head>")];
    if let Some(end) = *open {
        if text.contains(end) {
            *open = None;
        }
        return true;
    }
    let trimmed = text.trim_start();
    let Some((start, end)) = HIDDEN.into_iter().find(|(start, _)| trimmed.starts_with(start)) else { return false };
    if !trimmed[start.len()..].contains(end) {
        *open = Some(end);
    }
    true
}

fn row<'a>(line: &Line<'a>, is_skipped: bool) -> Row<'a> {
    let blank = Row {
        line: line.clone(),
        text: String::new(),
        level: 0,
        bullet: 0,
        mark: ' ',
        is_emphasised: false,
        starts_emphasised: false,
        is_contents: false,
        goes_on: false,
    };
    if is_skipped {
        return blank;
    }
    let trimmed = line.text.trim();
    let is_tag = trimmed.starts_with('<') && trimmed.ends_with('>') && !trimmed.starts_with("<http");
    let is_page = is_tag || ["</", "<p>", "<br>"].iter().any(|tag| line.text.contains(tag));
    let text = if is_page { Cow::Owned(without_tags(&line.text)) } else { Cow::Borrowed(line.text.as_ref()) };
    let goes_on = is_page && line.text.trim_end().ends_with("<br>");
    let (level, rest) = heading(text.trim_end());
    let (bullet, rest) = if level == 0 { bullet(rest) } else { (0, rest) };
    let first = text.trim_start().chars().next().unwrap_or(' ');
    let mark = match (bullet, first) {
        (0, '|') => '|',
        (0, _) => ' ',
        (_, first) if first.is_ascii_digit() => '1',
        (_, first) => first,
    };
    let is_contents = bullet > 0 && rest.contains("](#");
    let rest = rest.trim();
    let inner = rest.trim_matches(['*', '_']);
    let is_emphasised = !inner.is_empty()
        && rest.len() - inner.len() >= 2
        && rest.starts_with(['*', '_'])
        && rest.ends_with(['*', '_'])
        && !inner.contains('*');
    let starts_emphasised = rest.starts_with(['*', '_']);
    Row { text: plain(rest), level, bullet, mark, is_emphasised, starts_emphasised, is_contents, goes_on, ..blank }
}

/// `## Title ##` is a heading of level 2; a row of dashes or equals signs is nothing.
fn heading(text: &str) -> (u8, &str) {
    let trimmed = text.trim_start_matches([' ', '\u{c}']);
    let level = trimmed.bytes().take_while(|&byte| byte == b'#').count();
    let rest = &trimmed[level..];
    if (1..=6).contains(&level) && (rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return (u8::try_from(level).unwrap_or(6), rest.trim().trim_end_matches('#').trim_end());
    }
    let is_rule = trimmed.len() > 2 && trimmed.bytes().all(|byte| b"-=*_~ ".contains(&byte));
    (0, if is_rule { "" } else { text.trim_end_matches('\u{c}') })
}

/// `* x`, `- x`, `+ x`, `• x`, `12. x`, `12) x`: the indentation plus one, and what follows.
fn bullet(text: &str) -> (usize, &str) {
    let trimmed = text.trim_start();
    let depth = text.len() - trimmed.len() + 1;
    for marker in ["* ", "- ", "+ ", "• ", "*\t", "-\t", "– ", "· ", "◦ "] {
        if let Some(rest) = trimmed.strip_prefix(marker) {
            return (depth, rest.trim_start().trim_start_matches("[ ] ").trim_start_matches("[x] "));
        }
    }
    if let ("*" | "-" | "+" | "•", _) = (trimmed, ()) {
        return (depth, "");
    }
    let n_digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let after = &trimmed[n_digits..];
    let rest = after.strip_prefix(['.', ')']).filter(|_| (1..=3).contains(&n_digits));
    match rest {
        Some(rest) if rest.is_empty() || rest.starts_with([' ', '\t']) => (depth, rest.trim_start()),
        _ => (0, text),
    }
}

/// Takes tags out of a line of HTML; list entries and headings get the marks that they have in Markdown.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        plain.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>') else { break };
        let tag = &rest[open + 1..open + close];
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        match name.to_ascii_lowercase().as_str() {
            "li" => plain.push_str("* "),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.trim_start_matches(['h', 'H']).parse().unwrap_or(1);
                plain.push_str(&"#".repeat(level));
                plain.push(' ');
            }
            "td" | "th" => plain.push('|'),
            "" if !tag.starts_with('/') && !tag.starts_with('!') => plain.push_str(&rest[open..=open + close]),
            _ => {}
        }
        rest = &rest[open + close + 1..];
    }
    plain.push_str(if plain.is_empty() && rest.len() == text.len() { text } else { rest });
    unescaped(&plain)
}

fn unescaped(text: &str) -> String {
    const NAMED: [(&str, &str); 6] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    if !text.contains('&') {
        return text.into();
    }
    NAMED.iter().fold(text.to_string(), |text, (name, letter)| text.replace(name, letter))
}

/// Takes links, emphasis, struck words, escapes and anchors out of one line of Markdown.
pub(super) fn plain(text: &str) -> String {
    let text = text.split(" {#").next().unwrap_or(text);
    let mut out = String::with_capacity(text.len());
    let mut letters = text.char_indices().peekable();
    let mut open: Vec<usize> = Vec::new();
    let mut struck: Option<usize> = None;
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|&(_, next)| next);
        match letter {
            '\\' if next.is_some_and(|next| next.is_ascii_punctuation()) => {
                out.extend(letters.next().map(|(_, escaped)| escaped));
            }
            '~' if next == Some('~') => {
                letters.next();
                match struck.take() {
                    Some(start) => out.truncate(start.min(out.len())),
                    None => struck = Some(out.len()),
                }
            }
            '*' | '_' if is_emphasis(text, at, letter) => {}
            '[' => {
                open.push(out.len());
                out.push('[');
            }
            ']' => match (open.pop(), next) {
                (Some(start), Some('(')) => {
                    // A link: its words stay, its address goes.
                    out.remove(start);
                    skip_address(&mut letters);
                }
                _ => out.push(']'),
            },
            _ => out.push(letter),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A mark of emphasis stands at the edge of a word: `_` inside a word is a letter of it.
fn is_emphasis(text: &str, at: usize, mark: char) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    let is_inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let is_alone = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
    if mark == '_' && is_inside(before) && is_inside(after) {
        return false;
    }
    !(is_alone(before) && is_alone(after))
}

/// Skips `(address)`, brackets inside it included.
fn skip_address(letters: &mut std::iter::Peekable<std::str::CharIndices<'_>>) {
    let mut depth = 0_i32;
    for (_, letter) in letters.by_ref() {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        if depth == 0 {
            break;
        }
    }
}

/// Takes the part before the `@` out of each address, also where it is written with `at` and `dot`.
pub(super) fn without_addresses(text: &str) -> Cow<'_, str> {
    let is_spelt = text.contains(" at ") && text.contains(" dot ");
    if !text.contains('@') && !is_spelt {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        // `MADE@IETF113` is no address: hosts have a point.
        let host =
            text[at + letter.len_utf8()..].split(|letter: char| !(letter.is_alphanumeric() || ".-".contains(letter)));
        if letter == '@' && host.clone().next().is_some_and(|host| host.trim_end_matches('.').contains('.')) {
            let is_local = |letter: char| letter.is_alphanumeric() || "._+-%".contains(letter);
            out.truncate(out.trim_end_matches(is_local).len());
        }
        out.push(letter);
    }
    if is_spelt { Cow::Owned(without_spelt(&out)) } else { Cow::Owned(out) }
}

/// `(given dot family at example dot org)` becomes `(at example dot org)`.
fn without_spelt(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let close = rest[open..].find(')').map_or(rest.len(), |close| open + close);
        let inner = &rest[open + 1..close];
        out.push_str(&rest[..=open]);
        let at = inner.find(" at ").filter(|&at| inner[at..].contains(" dot "));
        out.push_str(at.map_or(inner, |at| &inner[at + 1..]));
        rest = &rest[close..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Row<'_> {
        rows(text.as_bytes()).next().expect("a line is a row")
    }

    #[test]
    fn markup_is_taken_off_and_words_stay() {
        assert_eq!(plain("**Topic**, _A. Example_, [draft](https://x.example/(a)_b)"), "Topic, A. Example, draft");
        assert_eq!(plain(r"max\_age \[toc\] max_age ~~gone~~ stays"), "max_age [toc] max_age  stays");
        assert_eq!(plain("[A. Example] 2 * 3"), "[A. Example] 2 * 3");
        assert_eq!(one("## Title {#title}").text, "Title");
        assert_eq!(one("12) A. Example").text, "A. Example");
        assert_eq!(one("2020. It was").bullet, 0);
        assert!(one("  - [Topic](#topic)").is_contents);
        assert!(one("*A. Example, 15 minutes*").is_emphasised);
        assert!(!one("* A. Example").is_emphasised);
    }

    #[test]
    fn a_page_is_read_as_its_text_would_be() {
        assert_eq!(one("<h2 id=\"x\">One &amp; two</h2>").level, 2);
        assert_eq!(one("<h2 id=\"x\">One &amp; two</h2>").text, "One & two");
        assert_eq!(one("<li>A. Example (a at b dot c)</li>").bullet, 1);
        assert_eq!(one("<p><abbr title=\"A. Example\">AE</abbr>: words<br>").text, "AE: words");
        assert_eq!(one("<https://example.org>").text, "<https://example.org>");
    }

    #[test]
    fn the_local_part_of_an_address_is_not_kept() {
        assert_eq!(without_addresses("A (a.b@example.org), C"), "A (@example.org), C");
        assert_eq!(without_addresses("A (a dot b at example dot org)"), "A (at example dot org)");
        assert_eq!(without_addresses("met at noon"), "met at noon");
    }
}
