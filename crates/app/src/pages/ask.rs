//! What is asked: an address, taken apart; and addresses made from it, in one canonical order.

use std::collections::BTreeMap;

use fact::{Fault, Remedy};

/// Parameters that pages know; anything else is refused, so that a misspelt filter is never silently ignored.
const KNOWN: &[&str] = &[
    "body",
    "period",
    "from",
    "to",
    "kind",
    "theme",
    "offset",
    "adapter",
    "line",
    "a",
    "b",
    "op",
    "who",
    "what",
    "more",
    "conflict",
    "choice",
    "text",
    "reason",
    "editorial",
];

/// Beginning of the names of weights: `w-roles_held`.
pub const WEIGHT: &str = "w-";

/// An address taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Parts of the path, decoded.
    pub segments: Vec<String>,
    /// `json`, `csv` or `svg`; `None` for the page.
    pub suffix: Option<String>,
    /// Parameters, without empty ones.
    pub params: BTreeMap<String, String>,
}

impl Ask {
    /// Takes an address apart.
    pub fn read(path: &str, query: &str) -> Result<Self, Fault> {
        let mut segments: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(decoded).collect();
        let mut suffix = None;
        if let Some(last) = segments.last_mut()
            && let Some((stem, ending)) = last.rsplit_once('.')
            && ["json", "csv", "svg", "css", "js", "ico"].contains(&ending)
        {
            suffix = Some(ending.to_string());
            *last = stem.to_string();
        }
        // The first page has no name of its own: `/pulse.json` is its data.
        if segments == ["pulse"] {
            segments.clear();
        }
        let mut params = BTreeMap::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decoded(name);
            if !KNOWN.contains(&name.as_str()) && !name.starts_with(WEIGHT) {
                let what = format!("expected one of {}, found `{name}`", KNOWN.join(", "));
                return Err(Fault::new(Remedy::Ask, path, what, "leave the parameter out"));
            }
            if !value.is_empty() {
                params.insert(name, decoded(&value.replace('+', " ")));
            }
        }
        Ok(Self { segments, suffix, params })
    }

    /// Takes the fields of a form apart; of a field that comes twice the last one counts.
    pub fn fields(text: &str) -> BTreeMap<String, String> {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        pairs.map(|(name, value)| (decoded(name), decoded(&value.replace('+', " ")))).collect()
    }

    /// Returns the path without suffix.
    pub fn path(&self) -> String {
        let parts: Vec<String> = self.segments.iter().map(|part| encoded(part)).collect();
        format!("/{}", parts.join("/"))
    }

    /// Returns a parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.get(name).map(String::as_str)
    }

    /// Returns the address of this page with one parameter set, or left out.
    pub fn with(&self, name: &str, value: Option<&str>) -> String {
        let mut params = self.params.clone();
        match value {
            Some(value) => params.insert(name.into(), value.into()),
            None => params.remove(name),
        };
        address(&self.path(), &params)
    }

    /// Returns the address of the same page in another form.
    pub fn as_form(&self, suffix: &str) -> String {
        let stem = if self.segments.is_empty() { "/pulse".to_string() } else { self.path() };
        address(&format!("{stem}.{suffix}"), &self.params)
    }

    /// Returns the address of another page with the same filters: body, period and theme.
    pub fn to(&self, path: &str) -> String {
        let kept = ["body", "period", "theme"];
        let params = self.params.iter().filter(|(name, _)| kept.contains(&name.as_str()));
        address(path, &params.map(|(name, value)| (name.clone(), value.clone())).collect())
    }

    /// Returns the address of a place in a source.
    pub fn to_place(&self, snapshot: &str, from: i64, to: i64) -> String {
        let mut params = BTreeMap::from([("from".to_string(), from.to_string()), ("to".to_string(), to.to_string())]);
        if let Some(theme) = self.param("theme") {
            params.insert("theme".into(), theme.into());
        }
        address(&format!("/source/{snapshot}"), &params) + "#place"
    }
}

/// Percent-encodes what may not stand in a part of a path or a parameter.
pub fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

fn address(path: &str, params: &BTreeMap<String, String>) -> String {
    let pairs: Vec<String> =
        params.iter().map(|(name, value)| format!("{name}={}", encoded(value).replace("%2F", "/"))).collect();
    if pairs.is_empty() { path.into() } else { format!("{path}?{}", pairs.join("&")) }
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_survives_being_taken_apart() {
        let ask = Ask::read("/members/at%26t.json", "body=3gpp/sa2&period=").unwrap();
        assert_eq!(ask.segments, ["members", "at&t"]);
        assert_eq!(ask.suffix.as_deref(), Some("json"));
        assert_eq!(ask.with("period", Some("2020")), "/members/at%26t?body=3gpp/sa2&period=2020");
        assert_eq!(ask.to("/"), "/?body=3gpp/sa2");
    }

    #[test]
    fn an_unknown_parameter_is_refused() {
        let fault = Ask::read("/", "boddy=x").unwrap_err();
        assert!(fault.what.contains("found `boddy`"));
    }
}
