//! Logs of documents that a committee keeps by hand in HTML: `N123 2024/06/17 Example, Title<br>`, a line each. They come
//! out as a sheet with the columns Number, Date, Author, Body and Title.
//!
//! What is commented out is no entry. An author is what stands before the first comma, unless that cannot be a name; the
//! name of a group goes into its own column. A second author is read only where the log knows that name as an author.

use std::collections::BTreeSet;
use std::ops::Range;

use html5gum::{Token, Tokenizer};

use super::{Book, Form, Kind, Sheet};
use crate::parts::dates;
use crate::parts::lines::{Line, lines};

/// Least entries of a log.
const LEAST: usize = 5;

struct Entry {
    line: usize,
    at: Range<usize>,
    number: String,
    date: String,
    author: String,
    title: String,
}

/// Reads a log, at most `most_rows` entries; `None` where the page is none.
pub fn book(bytes: &[u8], most_rows: usize) -> Option<Book> {
    let (mut entries, mut title, mut is_comment) = (Vec::new(), (String::new(), 0..0), false);
    for line in lines(bytes) {
        let was_comment = is_comment;
        if let Some(at) = line.text.rfind("<!--").max(line.text.rfind("-->")) {
            is_comment = line.text[at..].starts_with("<!--");
        }
        if was_comment || is_comment || line.text.len() > 4000 || !line.text.contains('<') {
            continue;
        }
        if title.0.is_empty() && line.text.to_ascii_lowercase().contains("<title>") {
            title = (plain(&line.text), line.at.clone());
        }
        entries.extend(entry(&line));
        if entries.len() >= most_rows {
            break;
        }
    }
    if entries.len() < LEAST.min(most_rows) {
        return None;
    }
    let mut book = Book::new(Form::Page);
    book.sheets.push(sheet(&entries, title.1));
    book.title = title.0;
    book.check_limits(bytes.len());
    Some(book)
}

fn sheet(entries: &[Entry], title: Range<usize>) -> Sheet {
    let known: BTreeSet<&str> =
        entries.iter().map(|entry| entry.author.as_str()).filter(|author| is_person(author)).collect();
    let mut sheet = Sheet::counted_in("line");
    sheet.open_row(1, title, false);
    for (column, heading) in ["Number", "Date", "Author", "Body", "Title"].iter().enumerate() {
        sheet.put(column, Kind::Text, heading);
    }
    for entry in entries {
        if !sheet.open_row(entry.line, entry.at.clone(), false) {
            break;
        }
        let (mut author, mut title) = (entry.author.clone(), entry.title.as_str());
        if let Some((second, rest)) = title.split_once(',') {
            match second.trim() {
                "et al." | "et al" => title = rest,
                second if known.contains(second) && is_person(&author) => {
                    author = format!("{author}/{second}");
                    title = rest;
                }
                _ => {}
            }
        }
        sheet.put(0, Kind::Text, &entry.number);
        sheet.put(1, Kind::Text, &entry.date);
        sheet.put(if is_person(&author) { 2 } else { 3 }, Kind::Text, &author);
        sheet.put(4, Kind::Text, title);
    }
    sheet.close();
    sheet
}

/// Reads one line: a number, a date, perhaps an author before a comma, and a title.
fn entry(line: &Line<'_>) -> Option<Entry> {
    let text = plain(&line.text);
    let (number, rest) = text.trim().split_once(char::is_whitespace)?;
    let digits = number.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let is_number = (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || !(1..=3).contains(&(number.len() - digits.len())) {
        return None;
    }
    let (date, rest) = dated(rest.trim());
    let (author, title) = match rest.split_once(',') {
        Some((author, title)) if !date.is_empty() && is_author(author) => (author.trim(), title.trim()),
        _ => ("", rest),
    };
    let own = String::from;
    Some(Entry {
        line: line.number,
        at: line.at.clone(),
        number: own(number),
        date: own(date),
        author: own(author),
        title: own(title.trim()),
    })
}

/// The date at the beginning of a text, in one word or three, and the rest.
fn dated(text: &str) -> (&str, &str) {
    let ends = || text.match_indices(char::is_whitespace).map(|(at, _)| at);
    let found = ends().enumerate().take(3).find(|(nth, end)| *nth != 1 && dates::parse(&text[..*end], None).is_ok());
    // `2024/06/38` was meant as a date: who reads it will say that it is none.
    let is_meant =
        |word: &str| word.split('/').count() == 3 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/');
    let end = found.map(|(_, end)| end).or_else(|| ends().next().filter(|&end| is_meant(&text[..end])));
    end.map_or(("", text), |end| (&text[..end], text[end..].trim_start()))
}

/// True for what can be authors: few words, no identifier of a document with a year or part.
fn is_author(text: &str) -> bool {
    let text = text.trim();
    let has_long_number = text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 3);
    !text.is_empty() && text.split_whitespace().count() <= 4 && !has_long_number && !text.contains(':')
}

/// True for a name of persons, not of a group, a committee or an organisation.
fn is_person(author: &str) -> bool {
    const GROUPS: &[&str] =
        &["Secretariat", "Panel", "Group", "Committee", "Standards", "Release", "Institute", "Office"];
    let is_code = |word: &str| {
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.len() > 1 && letters.iter().all(|c| c.is_uppercase() || c.is_ascii_digit())
            || word.contains(|c: char| c.is_ascii_digit())
    };
    let words = || author.split(|c: char| c.is_whitespace() || c == '/').filter(|word| !word.is_empty());
    words().next().is_some() && !words().any(|word| is_code(word) || GROUPS.contains(&word))
}

/// The text of a line without its tags, references resolved.
fn plain(line: &str) -> String {
    let mut text = String::new();
    for token in Tokenizer::new(line).flatten() {
        if let Token::String(piece) = token {
            text.push_str(&String::from_utf8_lossy(&piece));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(log: &str) -> Vec<String> {
        let padding = "<a href=x>N900</a> 2024/01/01 Padding, Line<br>\n".repeat(LEAST);
        let text = format!("<title>TC 9 Document log</title>\n{log}\n{padding}");
        let book = book(text.as_bytes(), 1000).unwrap();
        let sheet = &book.sheets[0];
        let row = |row| (0..5).map(|column| sheet.text(row, column)).collect::<Vec<_>>().join("|");
        sheet.rows[1..sheet.rows.len() - LEAST].iter().map(row).collect()
    }

    #[test]
    fn a_line_is_an_entry() {
        for (line, row) in [
            ("<a href=docs/n7.pdf>N7</a> 2024/06/17 Example, One, two<br>", "N7|2024/06/17|Example||One, two"),
            (
                "<span class=\"nolink\">N035</span> 28 Dec 87 van Sample, Letter <br>",
                "N035|28 Dec 87|van Sample||Letter",
            ),
            ("<a href=x>N8</a> 00-Mar-99 Example &amp Sample, A &lt;b&gt;<br>", "N8|00-Mar-99|Example & Sample||A <b>"),
            ("<a href=x>N9</a> 19-Nov-00\tExample,No blank<br>", "N9|19-Nov-00|Example||No blank"),
            ("<a href=x>N10</a> 05 Dec 87 SC99 Secretariat, Vote<br>", "N10|05 Dec 87||SC99 Secretariat|Vote"),
            ("<a href=x>N11</a> 01 Jun 87 Working Draft<br>", "N11|01 Jun 87|||Working Draft"),
            ("<a href=x>N12</a> 01 Jun 87 ISO/IEC 9999:1990, Text<br>", "N12|01 Jun 87|||ISO/IEC 9999:1990, Text"),
            ("<span>N13</span> Not assigned.<br>", "N13||||Not assigned."),
            ("<a href=x>N15</a> 2024/06/38 Example, Late<br>", "N15|2024/06/38|Example||Late"),
            ("<a href=x>N14</a> 2024/06/17 Example, et al., Draft<br>", "N14|2024/06/17|Example||Draft"),
        ] {
            assert_eq!(rows(line), [row], "{line}");
        }
    }

    #[test]
    fn a_second_author_is_one_that_the_log_knows() {
        let log = "<a href=x>N1</a> 2024/06/17 Example, Padding, Draft<br>\n<a href=x>N2</a> 2024/06/17 Example, Borders, lines<br>";
        assert_eq!(rows(log), ["N1|2024/06/17|Example/Padding||Draft", "N2|2024/06/17|Example||Borders, lines"]);
    }

    #[test]
    fn what_is_commented_out_is_no_entry() {
        let log =
            "<!--\n<a href=x>N1</a> 2024/06/17 Example, Draft<br>\n-->\n<a href=x>N2</a> 2024/06/17 Example, Draft<br>";
        assert_eq!(rows(log), ["N2|2024/06/17|Example||Draft"]);
        assert!(book(b"<html><p>N1 2024/06/17 Example, Draft", 1000).is_none());
    }
}
