//! The fields that a reviewer may correct, and the form that their values must have.

use std::collections::BTreeMap;

use fact::{Act, Fault, Mode, Remedy, When};

/// Fields, with the column of `fact` that each corrects and its name for people.
pub const FIELDS: &[(&str, &str, &str)] = &[
    ("act", "act", "Act"),
    ("name", "name", "Person"),
    ("affiliation", "affiliation", "Organisation"),
    ("role", "role", "Role"),
    ("country", "country", "Country"),
    ("party", "party", "Kind of party"),
    ("object", "object_id", "Identifier of the thing"),
    ("title", "object_title", "Title of the thing"),
    ("target", "target_id", "Points to"),
    ("body", "body", "Body"),
    ("event", "event", "Event"),
    ("when", "from_day", "When"),
    ("status", "status", "Status"),
    ("mode", "mode", "Mode"),
];

/// Returns the column of `fact` that a field corrects.
#[must_use]
pub fn column_of(field: &str) -> &str {
    FIELDS.iter().find(|(name, ..)| *name == field).map_or(field, |(_, column, _)| column)
}

/// Reads corrections `field=value`; an empty value takes away what was read.
///
/// # Errors
/// When there is none, a field is not known, or a value is not of its form.
pub fn fields<'a>(pairs: impl IntoIterator<Item = &'a str>) -> Result<BTreeMap<String, String>, Fault> {
    let known = || FIELDS.iter().map(|(name, ..)| *name).collect::<Vec<_>>().join(", ");
    let wrong = |what: String, hint: String| Fault::new(Remedy::Ask, "correction", what, hint);
    let mut to = BTreeMap::new();
    for pair in pairs {
        let Some((field, value)) = pair.split_once('=').map(|(field, value)| (field.trim(), value.trim())) else {
            return Err(wrong(format!("expected `field=value`, found `{pair}`"), format!("fields are {}", known())));
        };
        if !FIELDS.iter().any(|(name, ..)| *name == field) {
            return Err(wrong(format!("expected a field, found `{field}`"), format!("fields are {}", known())));
        }
        if let Some(expected) = expected(field, value) {
            let hint = "an empty value takes away what was read, where the field may be empty".into();
            return Err(wrong(format!("expected {expected} in `{field}`, found `{value}`"), hint));
        }
        to.insert(field.to_string(), value.to_string());
    }
    if to.is_empty() {
        return Err(wrong(
            "expected a correction, found none".into(),
            format!("write `field=value`; fields are {}", known()),
        ));
    }
    Ok(to)
}

/// What should stand there, where the value is not of the form of its field.
fn expected(field: &str, value: &str) -> Option<&'static str> {
    let is_time =
        |text: &str| text.split("..").count() <= 2 && text.split("..").all(|part| When::parse(part).is_some());
    match field {
        "act" if Act::from_slug(value).is_none() => Some("an act of the glossary"),
        "party" if !["person", "organisation", "body", "office", "unknown"].contains(&value) => {
            Some("`person`, `organisation`, `body`, `office` or `unknown`")
        }
        "mode" if !value.is_empty() && Mode::from_slug(value).is_none() => {
            Some("`in-person`, `remote`, `hybrid` or `recorded`")
        }
        "when" if !value.is_empty() && !is_time(value) => {
            Some("`2024`, `2024-06`, `2024-06-17` or two with `..` between")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_must_be_of_the_form_of_its_field() {
        let read = |pair: &str| fields([pair]).map_err(|fault| fault.what);
        assert_eq!(read("affiliation = Acme = Co").unwrap()["affiliation"], "Acme = Co");
        assert_eq!(read("affiliation=").unwrap()["affiliation"], "");
        assert!(read("when=2031-05-04..2031-05-06").is_ok());
        assert_eq!(
            read("when=soon").unwrap_err(),
            "expected `2024`, `2024-06`, `2024-06-17` or two with `..` between in `when`, found `soon`"
        );
        assert_eq!(read("act=liked").unwrap_err(), "expected an act of the glossary in `act`, found `liked`");
        assert_eq!(read("affilation=x").unwrap_err(), "expected a field, found `affilation`");
        assert_eq!(read("Acme").unwrap_err(), "expected `field=value`, found `Acme`");
        assert_eq!(fields([]).unwrap_err().what, "expected a correction, found none");
    }
}
