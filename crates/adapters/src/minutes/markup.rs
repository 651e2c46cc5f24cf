//! Words without their markup: emphasis, links, escapes, what is struck out.

/// Returns a text without markup, white space folded. What is struck out is left out.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let n_read = special(rest, &mut out).unwrap_or_else(|| {
            out.push(if letter.is_whitespace() { ' ' } else { letter });
            letter.len_utf8()
        });
        rest = &rest[n_read..];
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    words.join(" ")
}

/// Reads the markup at the beginning of `rest`, if there is any: writes what is left of it, returns the bytes read.
fn special(rest: &str, out: &mut String) -> Option<usize> {
    let mut letters = rest.chars();
    let (first, second) = (letters.next()?, letters.next());
    match first {
        '\\' => {
            let escaped = second.filter(char::is_ascii_punctuation)?;
            out.push(escaped);
            Some(2)
        }
        '*' | '`' => Some(1),
        '_' => {
            let is_inside = out.ends_with(char::is_alphanumeric) && second.is_some_and(char::is_alphanumeric);
            (!is_inside).then_some(1)
        }
        '~' if second == Some('~') => Some(rest[2..].find("~~").map_or(2, |end| end + 4)),
        '!' if second == Some('[') => link(&rest[1..]).map(|link| 1 + link.n_bytes),
        '[' => {
            let link = link(rest)?;
            out.push_str(&plain(link.text));
            Some(link.n_bytes)
        }
        '<' => tag(rest, out),
        '&' => entity(rest, out),
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\0' => Some(first.len_utf8()),
        _ => None,
    }
}

struct Link<'a> {
    text: &'a str,
    n_bytes: usize,
}

/// `[text](address)`. A text may hold brackets of its own; both are short and shallow, so that nothing is read twice over.
fn link(rest: &str) -> Option<Link<'_>> {
    let close = closing(rest, [b'[', b']'], 300)?;
    let address = rest.get(close + 1..).filter(|rest| rest.starts_with('('))?;
    let end = closing(address, [b'(', b')'], 2000)?;
    let text = rest.get(1..close)?;
    (!text.contains("](") || text.starts_with("![")).then_some(Link { text, n_bytes: close + 1 + end + 1 })
}

/// The bracket that closes the one at the beginning, within a limit and not deeper than four.
fn closing(text: &str, [open, close]: [u8; 2], limit: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().take(limit).enumerate() {
        depth += usize::from(byte == open);
        depth = depth.saturating_sub(usize::from(byte == close));
        match depth {
            0 => return Some(at),
            5.. => return None,
            _ => {}
        }
    }
    None
}

/// `<br>`, `<b>`, `<https://...>`, `<name@host>`: an address is kept, a tag is a space.
fn tag(rest: &str, out: &mut String) -> Option<usize> {
    let end = rest.bytes().take(300).position(|byte| byte == b'>')?;
    let inner = rest.get(1..end)?;
    let is_tag = inner.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
    if inner.contains('@') || inner.contains("://") {
        out.push(' ');
        out.push_str(inner);
    } else if !is_tag {
        return None;
    }
    out.push(' ');
    Some(end + 1)
}

fn entity(rest: &str, out: &mut String) -> Option<usize> {
    const ENTITIES: [(&str, &str); 7] = [
        ("&amp;", "&"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&mdash;", "—"),
    ];
    let (written, letter) = ENTITIES.iter().find(|(written, _)| rest.starts_with(written))?;
    out.push_str(letter);
    Some(written.len())
}

/// The part of an e-mail address after `@`, if the word is one.
pub(super) fn domain(word: &str) -> Option<&str> {
    let word = word.strip_prefix("mailto:").unwrap_or(word);
    let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let (local, domain) = word.split_once('@')?;
    let is_host = |letter: char| letter.is_alphanumeric() || ".-".contains(letter);
    (!local.is_empty() && domain.contains('.') && domain.chars().all(is_host)).then_some(domain)
}

/// A quote in which nothing stands before the `@` of an e-mail address.
pub(super) fn without_mailboxes(quote: &str) -> String {
    if !quote.contains('@') {
        return quote.into();
    }
    let is_between = |letter: char| letter.is_whitespace() || "<>(),;:[]".contains(letter);
    let words = quote.split_inclusive(is_between).map(|part| {
        let word = part.trim_end_matches(is_between);
        domain(word).map_or_else(|| part.to_string(), |domain| format!("…@{domain}{}", &part[word.len()..]))
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_left_out_and_words_are_kept() {
        for (written, read) in [
            ("**A. Example** \\- Acme\\_X (`AEX`)", "A. Example - Acme_X (AEX)"),
            ("[B. Sample](https://example.org/a_(b)) – Acme", "B. Sample – Acme"),
            ("~~C. Specimen~~", ""),
            ("Nora_S and _D. Pattern_", "Nora_S and D. Pattern"),
            ("E. Model <br> x &amp; y", "E. Model x & y"),
            ("[AB] F. Norm [remote]", "[AB] F. Norm [remote]"),
            ("![logo](x.png) text", "text"),
        ] {
            assert_eq!(plain(written), read);
        }
    }

    #[test]
    fn nothing_before_the_at_sign_is_quoted() {
        assert_eq!(without_mailboxes("A. Example <a.b@example.org>, x"), "A. Example <…@example.org>, x");
        assert_eq!(without_mailboxes("Bert @ Acme"), "Bert @ Acme");
        assert_eq!(domain("(me@acme.example)"), Some("acme.example"));
        assert_eq!(domain("bert@lamps"), None);
    }
}
