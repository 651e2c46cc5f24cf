//! The shape of a bibliography: objects in order, and the fields that are read.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// Fields that an entry may have. An object with any other is another kind of file.
pub const FIELDS: &[&str] = &[
    "aliasOf",
    "authors",
    "date",
    "deliveredBy",
    "edDraft",
    "etAl",
    "hasErrata",
    "href",
    "id",
    "isRetired",
    "isSuperseded",
    "isbn",
    "isoNumber",
    "issn",
    "obsoletedBy",
    "obsoletes",
    "ogcNumber",
    "overwritten",
    "pages",
    "publisher",
    "rawDate",
    "repository",
    "shortName",
    "source",
    "status",
    "title",
    "unicodeNumber",
    "updatedBy",
    "updates",
    "versions",
];

/// An object in the order in which it is written.
pub struct Entries<'a>(pub Vec<(Cow<'a, str>, &'a RawValue)>);

/// What is read of an entry.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Entry<'a> {
    #[serde(borrow)]
    pub title: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub publisher: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub status: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub date: Option<&'a RawValue>,
    #[serde(borrow)]
    pub raw_date: Option<&'a RawValue>,
    #[serde(borrow)]
    pub authors: Vec<&'a RawValue>,
    #[serde(borrow)]
    pub alias_of: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub obsoletes: Vec<&'a RawValue>,
    #[serde(borrow)]
    pub obsoleted_by: Vec<&'a RawValue>,
    #[serde(borrow)]
    pub updates: Vec<&'a RawValue>,
    #[serde(borrow)]
    pub updated_by: Vec<&'a RawValue>,
    #[serde(borrow)]
    pub versions: Option<Entries<'a>>,
    pub is_retired: Option<bool>,
}

/// The bytes without a byte order mark.
pub fn text(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// The fields of the first entry, without reading the others.
pub fn first_entry(bytes: &[u8]) -> Option<Entries<'_>> {
    let inside = text(bytes).trim_ascii_start().strip_prefix(b"{")?;
    let mut keys = serde_json::Deserializer::from_slice(inside).into_iter::<Cow<'_, str>>();
    keys.next()?.ok()?;
    let rest = inside.get(keys.byte_offset()..)?.trim_ascii_start().strip_prefix(b":")?;
    serde_json::Deserializer::from_slice(rest).into_iter::<Entries<'_>>().next()?.ok()
}

/// A text; anything else is nothing said.
pub fn said(value: &RawValue) -> Option<String> {
    let text: String = serde_json::from_str(value.get()).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
