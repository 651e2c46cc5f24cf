//! Numbers of documents in the series that RFCs and their drafts speak of: `RFC 822`, `IEN 109`, `BCP 14`.

/// Words for a series, as written, and its name.
const SERIES: [(&str, &str); 9] = [
    ("rfcs", "RFC"),
    ("rfc", "RFC"),
    ("iens", "IEN"),
    ("ien", "IEN"),
    ("bcp", "BCP"),
    ("std", "STD"),
    ("fyi", "FYI"),
    ("rtr", "RTR"),
    ("nic", "NIC"),
];

/// Reads `RFC0822`, `RFC 822`, `BCP14`, `ien-109` as series and number; `None` where it is anything else.
#[must_use]
pub fn document_id(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.find(|letter: char| letter.is_ascii_digit())?;
    let series = text[..digits].trim_end_matches([' ', '-', '#', '.', '_']).to_ascii_lowercase();
    let (_, name) = SERIES.iter().find(|(word, _)| *word == series)?;
    number(&text[digits..]).map(|number| format!("{name} {number}"))
}

/// The documents of a list such as `RFCs 777, 760`, `RFC 264 and 265`, `1305, 4330 (if approved)`; numbers without a
/// series are RFCs. `Err` is the first word that is none.
///
/// # Errors
/// When a word is neither a series, a number nor a joining word.
pub fn document_ids(list: &str) -> Result<Vec<String>, String> {
    let mut ids = Vec::new();
    let mut series = "RFC";
    let mut depth = 0_usize;
    for word in list.split([' ', ',', ';', '\t']).flat_map(|word| word.split_inclusive(['(', ')'])) {
        let closes = word.ends_with(')');
        depth += word.matches('(').count();
        if depth == 0 || word == "(" {
            let plain = word.trim_matches(['(', ')', '.', '#', ':', ' ']);
            if let Some(id) = document_id(plain) {
                series = SERIES.iter().find(|(_, name)| id.starts_with(name)).map_or(series, |(_, name)| name);
                ids.push(id);
            } else if let Some((_, name)) = SERIES.iter().find(|(word, _)| plain.eq_ignore_ascii_case(word)) {
                series = name;
            } else if let Some(number) = number(plain) {
                ids.push(format!("{series} {number}"));
            } else if !["", "and", "&", "none", "n/a", "if", "approved", "by"]
                .contains(&plain.to_ascii_lowercase().as_str())
            {
                return Err(plain.into());
            }
        }
        depth = depth.saturating_sub(usize::from(closes));
    }
    Ok(ids)
}

/// A number without leading zeros; nothing longer than any series has.
fn number(text: &str) -> Option<&str> {
    let is_number = !text.is_empty() && text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = text.trim_start_matches('0');
    (is_number && !plain.is_empty()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_document_in_its_spellings() {
        for text in ["RFC0822", "RFC 822", "rfc-822", "RFC#822"] {
            assert_eq!(document_id(text).as_deref(), Some("RFC 822"), "{text}");
        }
        assert_eq!(document_id("BCP0014").as_deref(), Some("BCP 14"));
        for text in ["822", "RFC", "RFC 82a", "RFC 0000", "draft-8", "RFC 12345678"] {
            assert_eq!(document_id(text), None, "{text}");
        }
    }

    #[test]
    fn lists_of_documents() {
        let read = |list: &str| document_ids(list).map_or_else(|word| format!("not {word}"), |ids| ids.join(";"));
        assert_eq!(read("RFCs 777, 760"), "RFC 777;RFC 760");
        assert_eq!(read("RFC 264 and 265"), "RFC 264;RFC 265");
        assert_eq!(read("IENs 109, 128"), "IEN 109;IEN 128");
        assert_eq!(read("2616 (if approved)"), "RFC 2616");
        assert_eq!(read("765 (IEN 149)"), "RFC 765");
        assert_eq!(read("RFC-733, RFC #724"), "RFC 733;RFC 724");
        assert_eq!(read("none"), "");
        assert_eq!(read("the old one"), "not the");
    }
}
