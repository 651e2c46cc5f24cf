//! What a reference refers to, by the names that tools for drafts use.

use crate::parts::document_id::document_id;

/// The identifier of a name such as `RFC9110`, `RFC.9110`, `I-D.ietf-sample-thing`, `BCP14`: `RFC 9110`,
/// `draft-ietf-sample-thing`, `BCP 14`. `None` for any other name.
pub(super) fn known(name: &str) -> Option<String> {
    if let Some(id) = document_id(name) {
        return Some(id);
    }
    let draft = name
        .strip_prefix("I-D.")
        .or_else(|| name.strip_prefix("I-D:"))
        .or_else(|| name.starts_with("draft-").then_some(name))?;
    let draft = draft.strip_prefix("draft-").unwrap_or(draft);
    Some(format!("draft-{draft}"))
}

/// The identifier of a series and a number in it: `RFC 9110`, `draft-...`, `DOI 10.1145/...`.
pub(super) fn in_series(series: &str, number: &str) -> String {
    if series.eq_ignore_ascii_case("internet-draft") {
        return number.into();
    }
    document_id(&format!("{series} {number}")).unwrap_or_else(|| format!("{series} {number}"))
}

/// The identifier that the address of a reference file holds: `.../reference.RFC.2119.xml` is `RFC 2119`.
pub(super) fn in_address(address: &str) -> Option<String> {
    let (_, name) = address.rsplit_once("reference.")?;
    let name = name.trim_end_matches(".xml").trim();
    let is_name = !name.is_empty() && name.len() < 120 && !name.contains(['/', '"', ' ']);
    is_name.then(|| known(name).unwrap_or_else(|| name.into()))
}

/// `normative` or `informative`, by the title of a list.
pub(super) fn kind(title: &str) -> Option<&'static str> {
    let lower = title.to_lowercase();
    if lower.contains("informative") {
        return Some("informative");
    }
    lower.contains("normative").then_some("normative")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tools_are_names_of_documents() {
        assert_eq!(known("RFC9110").as_deref(), Some("RFC 9110"));
        assert_eq!(known("I-D.ietf-sample-thing").as_deref(), Some("draft-ietf-sample-thing"));
        assert_eq!(known("I-D.draft-ietf-sample-thing-03").as_deref(), Some("draft-ietf-sample-thing-03"));
        assert_eq!(known("FETCH"), None);
        assert_eq!(in_series("RFC", "2119"), "RFC 2119");
        assert_eq!(in_series("ANSI", "X3.4"), "ANSI X3.4");
        assert_eq!(in_address("https://bib.example/bibxml/reference.RFC.2119.xml").as_deref(), Some("RFC 2119"));
        assert_eq!(in_address("reference.I-D.sample-thing.xml").as_deref(), Some("draft-sample-thing"));
        assert_eq!(in_address("reference.W3C.REC-sample.xml").as_deref(), Some("W3C.REC-sample"));
        assert_eq!(
            (kind("Informative References"), kind("Normative"), kind("URIs")),
            (Some("informative"), Some("normative"), None)
        );
    }
}
