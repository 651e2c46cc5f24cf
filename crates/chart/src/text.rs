//! Text in pictures without font metrics: a cautious estimate of widths, names shortened in the middle, safe escapes.

use std::borrow::Cow;

/// Returns the estimated width of `text` at `size` units, on the wide side for common sans-serif fonts.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// Returns `text` if it fits in `room` units, else its beginning and its end around `…`.
///
/// Names of organisations differ at both ends ("University of ...", "... Nokia Shanghai Bell"), so the middle goes.
pub(crate) fn shortened(text: &str, room: f64, size: f64) -> Cow<'_, str> {
    if text.len() as f64 * size <= room || width(text, size) <= room {
        return Cow::Borrowed(text);
    }
    let mut left = room - em('…') * size;
    let (mut head, mut tail) = (0, text.len());
    loop {
        let ahead = text[head..tail].chars().next().filter(|next| em(*next) * size <= left);
        let Some(next) = ahead else { break };
        (head, left) = (head + next.len_utf8(), left - em(next) * size);
        // Two letters from the front for each one from the end.
        let both = text[head..tail].chars().next().filter(|next| em(*next) * size <= left);
        if let Some(next) = both {
            (head, left) = (head + next.len_utf8(), left - em(next) * size);
        }
        let Some(last) = text[head..tail].chars().next_back().filter(|last| em(*last) * size <= left) else { break };
        (tail, left) = (tail - last.len_utf8(), left - em(last) * size);
    }
    let end = text[tail..].trim_start_matches(is_joined).trim_start();
    Cow::Owned([text[..head].trim_end(), "…", end].concat())
}

/// Appends `text` with the characters escaped that mean something in XML; those that XML forbids become `U+FFFD`.
pub(crate) fn escape_into(out: &mut Vec<u8>, text: &str) {
    if !needs_care(text) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let instead = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            b'\t' | b'\n' | b'\r' => " ",
            0..=0x1f => "\u{fffd}",
            // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
            0xef if matches!(text.as_bytes().get(at + 1..at + 3), Some([0xbf, 0xbe | 0xbf])) => {
                out.extend_from_slice(&text.as_bytes()[done..at]);
                out.extend_from_slice("\u{fffd}".as_bytes());
                done = at + 3;
                continue;
            }
            _ => continue,
        };
        out.extend_from_slice(&text.as_bytes()[done..at]);
        out.extend_from_slice(instead.as_bytes());
        done = at + 1;
    }
    out.extend_from_slice(&text.as_bytes()[done..]);
}

/// Returns whether an address may stand in a link: without a scheme, or `http` or `https`.
pub(crate) fn is_safe_href(href: &str) -> bool {
    let scheme = href.split(['/', '?', '#']).next().and_then(|start| start.split_once(':')).map(|(scheme, _)| scheme);
    scheme.is_none_or(|scheme| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
}

/// Whether a text may hold marks of XML, control characters or `U+FFFE`; looks at every byte without branching.
fn needs_care(text: &str) -> bool {
    let care = |byte: u8| {
        (byte < 0x20)
            | (byte == b'&')
            | (byte == b'<')
            | (byte == b'>')
            | (byte == b'"')
            | (byte == b'\'')
            | (byte == 0xef)
    };
    text.bytes().fold(false, |found, byte| found | care(byte))
}

/// Widths of ASCII characters in ems.
const EMS: [f64; 128] = {
    let mut ems = [0.0; 128];
    let mut at = 0;
    while at < 128 {
        ems[at] = width_in_ems(at as u8 as char);
        at += 1;
    }
    ems
};

/// Width of a character in ems, from the table where it is there.
fn em(letter: char) -> f64 {
    EMS.get(letter as usize).copied().unwrap_or_else(|| width_in_ems(letter))
}

/// Width of a character in ems, a little above that of Helvetica, DejaVu Sans and Noto Sans.
const fn width_in_ems(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.34,
        ' ' | 'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '-' | '/' | '\u{202f}' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.0,
        'A'..='Z' | '&' => 0.74,
        ' '..='~' => 0.62,
        '…' => 1.0,
        '\u{0}'..='\u{36f}' => 0.7,
        '\u{370}'..='\u{10ff}' => 0.85,
        _ => 1.1,
    }
}

/// Characters that belong to the one before: combining marks, joiners, variation selectors.
fn is_joined(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_keep_both_ends() {
        let name = "Federation of Very Long Names of the Northern Provinces, Optical Branch";
        let short = shortened(name, 200.0, 14.0);
        assert!(short.starts_with("Federation") && short.ends_with("Branch") && short.contains('…'), "{short}");
        assert!(width(&short, 14.0) <= 200.0, "{short}");
        assert_eq!(shortened("Acme", 200.0, 14.0), "Acme");
        assert_eq!(shortened("Acme", 0.0, 14.0), "…");
    }

    #[test]
    fn addresses_with_other_schemes_are_no_links() {
        for safe in ["/a:b", "?x=a:b", "#a", "https://a.example/", "HTTP://a.example", "member/acme", ""] {
            assert!(is_safe_href(safe), "{safe}");
        }
        for unsafe_ in ["javascript:alert(1)", " javascript:x", "java\tscript:x", "data:text/html,x"] {
            assert!(!is_safe_href(unsafe_), "{unsafe_}");
        }
    }

    #[test]
    fn text_is_escaped() {
        let mut out = Vec::new();
        escape_into(&mut out, "<a href=\"x\">'&\u{1}\u{ffff}\n</a>");
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;\u{fffd}\u{fffd} &lt;/a&gt;"
        );
    }
}
