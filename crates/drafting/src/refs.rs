//! Citations: what a text says of other texts, as addresses of Akoma Ntoso.

use std::ops::Range;

/// A citation in a text.
pub(crate) struct Citation {
    /// Its words.
    pub range: Range<usize>,
    /// The address of what it cites; without body and year where they are not known.
    pub address: String,
}

/// Places of assemblies (WTSA) and plenipotentiary conferences (PP), with their years: one place and year is one meeting.
const MEETINGS: [(&str, &str); 14] = [
    ("johannesburg, 2008", "wtsa/2008"),
    ("dubai, 2012", "wtsa/2012"),
    ("hammamet, 2016", "wtsa/2016"),
    ("geneva, 2022", "wtsa/2022"),
    ("new delhi, 2024", "wtsa/2024"),
    ("florianópolis, 2004", "wtsa/2004"),
    ("kyoto, 1994", "pp/1994"),
    ("minneapolis, 1998", "pp/1998"),
    ("marrakesh, 2002", "pp/2002"),
    ("antalya, 2006", "pp/2006"),
    ("guadalajara, 2010", "pp/2010"),
    ("busan, 2014", "pp/2014"),
    ("dubai, 2018", "pp/2018"),
    ("bucharest, 2022", "pp/2022"),
];

/// Returns the citations of a text, in order: `Resolution 22 (Rev. Geneva, 2022)`, `Recommendation ITU-T X.1`, `Document TD599`.
pub(crate) fn citations(text: &str) -> impl Iterator<Item = Citation> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let kinds = ["Resolution ", "Recommendation ITU-T ", "Document "];
            let (found, kind) = kinds.iter().filter_map(|kind| Some((rest.find(kind)?, *kind))).min()?;
            let start = at + found;
            let number = start + kind.len();
            at = number;
            let n = number_end(&text[number..], kind);
            if n == 0 {
                continue;
            }
            let id = slug(&text[number..number + n]);
            at = number + n;
            let address = match kind {
                "Resolution " => {
                    let (end, meeting) = edition(&text[at..]);
                    at += end;
                    let meeting = meeting.map(|meeting| format!("{meeting}/")).unwrap_or_default();
                    format!("/akn/itu/statement/resolution/{meeting}{id}")
                }
                "Document " => format!("/akn/itu/doc/document/{id}"),
                _ => format!("/akn/itu/doc/recommendation/itu-t/{id}"),
            };
            return Some(Citation { range: start..at, address });
        }
    })
}

/// How long the number is: of a resolution digits, else letters, digits and marks with a digit among them.
fn number_end(text: &str, kind: &str) -> usize {
    let is_part = |byte: &u8| match kind {
        "Resolution " => byte.is_ascii_digit(),
        _ => byte.is_ascii_alphanumeric() || b".-/".contains(byte),
    };
    let part = &text[..text.bytes().take_while(|byte| is_part(byte)).count()];
    let part = part.trim_end_matches(['.', '-', '/']);
    if part.bytes().any(|byte| byte.is_ascii_digit()) { part.len() } else { 0 }
}

/// The edition behind a number: how long it is, and the meeting where it is known.
fn edition(text: &str) -> (usize, Option<&'static str>) {
    let bracketed = text.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let Some((inside, after)) = bracketed.filter(|(inside, _)| inside.len() < 60) else { return (0, None) };
    let place = inside.trim().trim_start_matches("Rev.").trim().to_lowercase();
    let is_edition =
        place.rsplit(' ').next().is_some_and(|year| year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit()));
    if !is_edition {
        return (0, None);
    }
    let meeting = MEETINGS.iter().find(|(known, _)| *known == place).map(|(_, meeting)| *meeting);
    (text.len() - after.len(), meeting)
}

/// A name as part of an address: small letters, digits, `.` and `-`.
pub(crate) fn slug(name: &str) -> String {
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
        let text = "as Resolution 22 ( Rev. Geneva, 2022) and Resolution 22 (Rev. Geneva, 2020), Resolutions 1, Resolution 7; \
                    Recommendation ITU-T X.1254. See Document TSAG-TD599); Document of";
        let found: Vec<(&str, String)> = citations(text).map(|it| (&text[it.range], it.address)).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(words, address)| (*words, address.as_str())).collect();
        let expected = [
            ("Resolution 22 ( Rev. Geneva, 2022)", "/akn/itu/statement/resolution/wtsa/2022/22"),
            ("Resolution 22 (Rev. Geneva, 2020)", "/akn/itu/statement/resolution/22"),
            ("Resolution 7", "/akn/itu/statement/resolution/7"),
            ("Recommendation ITU-T X.1254", "/akn/itu/doc/recommendation/itu-t/x.1254"),
            ("Document TSAG-TD599", "/akn/itu/doc/document/tsag-td599"),
        ];
        assert_eq!(found, expected);
    }
}
