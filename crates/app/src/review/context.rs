//! The words of a reading between what stands around them in the source.

/// Words with what stands before and after, white space folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// What stands before.
    pub before: String,
    /// The words themselves.
    pub marked: String,
    /// What stands after.
    pub after: String,
}

/// Bytes looked at before and after.
const AROUND: usize = 240;

impl Context {
    /// Returns the words at `at` of a text with what stands around them. Where the bytes are not the words - a packed
    /// document, a page with markup - the quotation stands alone.
    #[must_use]
    pub fn of(bytes: &[u8], at: (i64, i64), quote: &str) -> Self {
        let alone = Self { marked: quote.into(), ..Self::default() };
        let place = |at: i64| usize::try_from(at).unwrap_or(0).min(bytes.len());
        let (start, end) = (place(at.0), place(at.1).max(place(at.0)));
        let Ok(words) = std::str::from_utf8(&bytes[start..end]) else { return alone };
        let beginning = quote.trim_end_matches('…');
        if !folded(words).starts_with(beginning) || beginning.is_empty() {
            return alone;
        }
        let before = String::from_utf8_lossy(&bytes[start.saturating_sub(AROUND)..start]).into_owned();
        let after = String::from_utf8_lossy(&bytes[end..(end + AROUND).min(bytes.len())]).into_owned();
        // A window may cut a word at either end.
        let before =
            if start > AROUND { before.split_once(char::is_whitespace).map_or("", |(_, rest)| rest) } else { &before };
        let after = if end + AROUND < bytes.len() {
            after.rsplit_once(char::is_whitespace).map_or("", |(rest, _)| rest)
        } else {
            &after
        };
        Self { before: folded(before), marked: quote.into(), after: folded(after) }
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_between_what_is_around_them_and_alone_where_the_bytes_are_not_the_words() {
        let text = "It was so. Acme\nsigned. Then it rained.";
        let at = (11, 23);
        let context = Context::of(text.as_bytes(), at, "Acme signed.");
        assert_eq!(
            (context.before.as_str(), context.marked.as_str(), context.after.as_str()),
            ("It was so.", "Acme signed.", "Then it rained.")
        );
        assert_eq!(Context::of(b"PK\x03\x04 packed", at, "Acme signed.").before, "");
        let long = format!("{} Acme signed. {}", "before ".repeat(100), "after ".repeat(100));
        let start = 701;
        let context = Context::of(long.as_bytes(), (start, start + 12), "Acme signed.");
        assert!(context.before.starts_with("before") && context.after.ends_with("after") && context.before.len() < 260);
    }
}
