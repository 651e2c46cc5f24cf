//! Words as people write them, out of what machines made of them. Nothing here knows a kind of source.

use std::borrow::Cow;

/// Words in one line, `&amp;` and its like read; what was wrapped or doubled by a machine is not part of a name.
pub fn tidy(text: &str) -> String {
    let text: Cow<'_, str> = if text.contains('&') {
        let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
        Cow::Owned(plain.replace("&#39;", "'").replace("&amp;", "&"))
    } else {
        Cow::Borrowed(text)
    };
    let text = text.trim();
    if !text.bytes().any(|byte| matches!(byte, b'\n' | b'\r' | b'\t' | 0xC2)) && !text.contains("  ") {
        return text.into();
    }
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |line, word| line + " " + word)
}

/// Words with the local parts of mail addresses left out: `ann@example.org` is kept as `…@example.org`.
pub fn without_addresses(words: &str) -> Cow<'_, str> {
    if !words.contains('@') {
        return Cow::Borrowed(words);
    }
    let mut kept = String::with_capacity(words.len());
    for word in words.split_inclusive(char::is_whitespace) {
        match word.rsplit_once('@') {
            Some((_, domain)) => kept = kept + "…@" + domain,
            None => kept += word,
        }
    }
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_and_escaped_words_are_one_line() {
        assert_eq!(tidy(" Open Data\r\n(OData) TC "), "Open Data (OData) TC");
        assert_eq!(tidy("Software &amp; Systems\u{a0}Engineering"), "Software & Systems Engineering");
        assert_eq!(tidy("a &amp;lt; b"), "a &lt; b", "an entity is read once");
        assert_eq!(tidy("(formely CN1)"), "(formely CN1)", "what is misspelt stays");
    }

    #[test]
    fn addresses_lose_their_local_part() {
        assert_eq!(without_addresses("email: ann@example.org\n  x"), "email: …@example.org\n  x");
    }
}
