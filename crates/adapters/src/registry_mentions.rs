//! Software packages whose summary names a standard: tables with tabs, one package a row.
//!
//! Comes in: a table that begins with `name`, `version` and ends with `summary`. Goes out: for each standard that a summary
//! names, that the package refers to it. To name a standard is not to implement it, and a summary that names only a body
//! refers to nothing that could be looked up. What a row says of downloads is not about the standard and is left alone.

use fact::{Act, Adapter, Evidence, Fact, Reading, Snapshot, Thing};

use crate::parts::lines::lines;

/// The adapter.
pub static ADAPTER: RegistryMentions = RegistryMentions;

/// Reads tables of packages that name standards.
pub struct RegistryMentions;

impl Adapter for RegistryMentions {
    fn name(&self) -> &'static str {
        "registry_mentions"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Packages of software registries whose summary names a standard"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let head = snapshot.bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
        head.starts_with(b"name\tversion\t") && head.trim_ascii_end().ends_with(b"\tsummary")
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading::default();
        let mut rows = lines(snapshot.bytes);
        let n_columns = rows.next().map_or(0, |head| head.text.split('\t').count());
        for line in rows.filter(|line| !line.text.trim().is_empty()) {
            reading.n_units += 1;
            let cells: Vec<&str> = line.text.split('\t').collect();
            let (Some(&name), Some(&version), Some(&summary)) =
                (cells.first(), cells.get(1), cells.get(n_columns.max(3) - 1))
            else {
                let what = format!("expected {n_columns} cells separated by tabs, found {}", cells.len());
                reading.problems.push(line.problem("cells-missing", what, "complete the row"));
                continue;
            };
            let package = Thing::new("package", name.trim()).titled(&format!("{} {}", name.trim(), version.trim()));
            for standard in standards(summary) {
                let evidence = Evidence::new(line.at.clone(), format!("row {}", line.number - 1), &line.text);
                reading.facts.push(Fact {
                    object: Some(package.clone()),
                    target: Some(Thing::new("document", standard)),
                    ..Fact::new(Act::Cited, evidence)
                });
            }
        }
        reading.about = format!("{} packages that name standards", reading.n_units);
        reading
    }
}

/// Publishers whose numbers are looked for, in small letters, and the shape of what follows their name.
const PUBLISHERS: &[(&str, Shape)] = &[
    ("rfc", Shape::Number),
    ("iso/iec", Shape::Number),
    ("iso", Shape::Number),
    ("iec", Shape::Number),
    ("ieee", Shape::Number),
    ("ecma", Shape::Number),
    ("etsi", Shape::Typed),
    ("3gpp", Shape::Typed),
    ("itu-t", Shape::Lettered),
    ("itu-r", Shape::Lettered),
];

/// What stands behind a publisher's name.
#[derive(Clone, Copy)]
enum Shape {
    /// `8601`, `3166-1`, `802.3`.
    Number,
    /// `TS 102 371`, `TR 38.901`.
    Typed,
    /// `X.509`, `BS.2125`.
    Lettered,
}

/// Returns the standards that a text names by number, as written, each once.
fn standards(text: &str) -> Vec<&str> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (publisher, shape) in PUBLISHERS {
        for (at, _) in lower.match_indices(publisher) {
            let before = &lower[..at];
            let is_inside = before.ends_with("iso/") || before.ends_with(char::is_alphanumeric);
            let rest = &text[at + publisher.len()..];
            let gap = rest.len() - rest.trim_start_matches([' ', '-']).len();
            let Some(n_number) = number(&rest[gap..], *shape).filter(|_| !is_inside && gap <= 2) else { continue };
            let standard = &text[at..at + publisher.len() + gap + n_number];
            if !found.iter().any(|(_, known)| *known == standard) {
                found.push((at, standard));
            }
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, standard)| standard).collect()
}

/// How many bytes of a text are a number of this shape.
fn number(text: &str, shape: Shape) -> Option<usize> {
    let n_letters = |text: &str| text.bytes().take_while(u8::is_ascii_uppercase).count();
    match shape {
        Shape::Number => digits(text, b".-:"),
        Shape::Typed => {
            let n = n_letters(text);
            let rest = text[n..].strip_prefix(' ')?;
            (2..=3).contains(&n).then(|| Some(n + 1 + digits(rest, b". -")?)).flatten()
        }
        Shape::Lettered => {
            let n = n_letters(text);
            let rest = text[n..].strip_prefix('.')?;
            (1..=2).contains(&n).then(|| Some(n + 1 + digits(rest, b".")?)).flatten()
        }
    }
}

/// Digits, with single separators between groups of them.
fn digits(text: &str, separators: &[u8]) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    while end > 0 && bytes.get(end).is_some_and(|byte| separators.contains(byte)) {
        let more = bytes[end + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if more == 0 {
            break;
        }
        end += 1 + more;
    }
    // `RFC 6570x` is something else; a number of one digit is a version or a count.
    let is_whole = !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    (is_whole && end >= 2).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standards_are_found_as_written() {
        let text = "RFC6570 and RFC 4122, ISO/IEC 80000-13:2008 / IEEE 802.3. ISO-8601; ETSI TS 102 371 v3, 3GPP TR 38.901, ITU-T X.509";
        assert_eq!(
            standards("by rfc2822, iso-3166-1-alpha-2 and https://a.example/rfc7231"),
            ["rfc2822", "iso-3166-1", "rfc7231"]
        );
        let expected = [
            "RFC6570",
            "RFC 4122",
            "ISO/IEC 80000-13:2008",
            "IEEE 802.3",
            "ISO-8601",
            "ETSI TS 102 371",
            "3GPP TR 38.901",
            "ITU-T X.509",
        ];
        assert_eq!(standards(text), expected);
    }

    #[test]
    fn what_is_no_number_of_a_standard_is_left_alone() {
        for text in [
            "W3C trace context",
            "3GPP 5G NR",
            "RFC822x",
            "XRFC 123",
            "ITU-R 2019",
            "ECMA 6",
            "ISO 9",
            "RFCs",
            "ETSI DMR",
        ] {
            assert_eq!(standards(text), [""; 0], "{text}");
        }
        assert_eq!(standards("RFC 7519, RFC 7519"), ["RFC 7519"]);
    }
}
