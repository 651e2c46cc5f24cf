//! Addresses: what a text cites, as Akoma Ntoso names it.

use std::ops::Range;

use crate::cite::{Citation, Cited, bodies, citations};

/// Returns the places of a text that cite something with an address, in order: `Resolution 22 (Rev. Geneva, 2022)`.
///
/// Of a resolution the address has body and year where its edition is that of one assembly that is known; else neither.
pub(super) fn references(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    citations(text).into_iter().filter_map(|cited| {
        let address = address(&cited)?;
        // The body behind the edition is no part of the reference.
        let end = cited.edition.as_ref().map_or(cited.range.end, |edition| edition.range.end);
        Some((cited.range.start..end, address))
    })
}

fn address(cited: &Citation) -> Option<String> {
    match cited.kind {
        Cited::Resolution => {
            let (kind, number) = cited.id.split_once(' ')?;
            let meeting = meeting(cited).unwrap_or_default();
            Some(format!("/akn/itu/statement/{}/{meeting}{}", slug(kind), slug(number)))
        }
        Cited::Recommendation => {
            let (sector, number) = cited.id.split_once(' ')?;
            Some(format!("/akn/itu/doc/recommendation/{}/{}", slug(sector), slug(number)))
        }
        Cited::Document => Some(format!("/akn/itu/doc/document/{}", slug(cited.id.strip_prefix("Document ")?))),
        _ => None,
    }
}

/// The body and year of an edition: `wtsa/2022/`.
fn meeting(cited: &Citation) -> Option<String> {
    let edition = cited.edition.as_ref()?;
    let is_named = |body: &str| cited.body.as_deref().is_none_or(|named| named == body);
    let mut meetings = bodies(edition).filter(|meeting| meeting.has_editions && is_named(meeting.body));
    let meeting = meetings.next().filter(|_| meetings.next().is_none())?;
    Some(format!("{}/{}/", slug(meeting.body), meeting.year))
}

/// A name as part of an address: small letters, digits, `.` and `-`.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            letter if letter.is_ascii_alphanumeric() || letter == '.' => slug.push(letter),
            _ if slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let slug = slug.trim_matches(['-', '.']);
    if slug.is_empty() { "unnamed".into() } else { slug.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_have_addresses() {
        let text = "as Resolution 22 ( Rev. Geneva, 2022) and Resolution 22 (Rev. Geneva, 2020), Resolution 7; Resolution 1 \
                    (Rev. Dubai, 2012) of the World Telecommunication Standardization Assembly, considering e), \
                    Recommendation ITU-T X.1254. See Document TSAG-TD599); Document of";
        let found: Vec<(&str, String)> = references(text).map(|(range, address)| (&text[range], address)).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(words, address)| (*words, address.as_str())).collect();
        let expected = [
            ("Resolution 22 ( Rev. Geneva, 2022)", "/akn/itu/statement/resolution/wtsa/2022/22"),
            ("Resolution 22 (Rev. Geneva, 2020)", "/akn/itu/statement/resolution/22"),
            ("Resolution 7", "/akn/itu/statement/resolution/7"),
            ("Resolution 1 (Rev. Dubai, 2012)", "/akn/itu/statement/resolution/wtsa/2012/1"),
            ("Recommendation ITU-T X.1254", "/akn/itu/doc/recommendation/itu-t/x.1254"),
            ("Document TSAG-TD599", "/akn/itu/doc/document/tsag-td599"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn names_become_parts_of_addresses() {
        assert_eq!([slug("C102 + C112"), slug("..."), slug("X.1254")], ["c102-c112", "unnamed", "x.1254"]);
    }
}
