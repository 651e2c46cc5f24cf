//! The form of a record file, as data: which kinds of entries there are, what each must and may say, and in what shape.
//!
//! `schema/record.schema.json` says the same for editors; a test below holds the two together.

use fact::Act;

/// One kind of entry, written `[[key]]`.
pub(super) struct Form {
    pub key: &'static str,
    /// What the entry can state; the first is meant when `act` is left out and not needed.
    pub acts: &'static [Act],
    /// Keys that must be there.
    pub needs: &'static [&'static str],
    /// Keys that may be there. `cite` is needed; `act`, `confidence` and `note` are allowed everywhere.
    pub may: &'static [&'static str],
}

/// What a key's value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Text that is not empty.
    Text,
    /// `2024`, `2024-06` or `2024-06-17`.
    Date,
    /// `in-person`, `remote`, `hybrid` or `recorded`.
    Mode,
    /// One of the acts of the form.
    Act,
    /// `person`, `organisation`, `body` or `office`.
    Kind,
    /// 32 hexadecimal digits.
    FactId,
    /// A number from 0 to 1.
    Share,
    /// A list of parties: names of organisations, or tables with the keys of [`PARTY`].
    Parties,
}

/// Keys that name the party of an entry, or one party of a list.
pub(super) const PARTY: &[&str] = &["name", "affiliation", "role", "country", "party", "mode"];

/// Keys of `[source]`.
pub(super) const SOURCE: &[&str] = &["title", "publisher", "date", "url", "licence", "note"];

const TIME: &[&str] = &["when", "from", "to"];

/// Every kind of entry.
pub(super) const FORMS: &[Form] = &[
    Form {
        key: "event",
        acts: &[Act::HeldMeeting],
        needs: &["name"],
        may: &["body", "place", "country", "mode", "status", "organisers", "hosts", "moderators", "chairs"],
    },
    Form {
        key: "session",
        acts: &[Act::Moderated],
        needs: &["event", "title"],
        may: &["id", "moderators", "chairs", "status"],
    },
    Form { key: "talk", acts: &[Act::Spoke], needs: &["event"], may: &["session", "title", "status", "parties"] },
    Form { key: "attendance", acts: PRESENCE, needs: &["event"], may: &["status", "parties"] },
    Form { key: "role", acts: &[Act::Held, Act::Left], needs: &["role"], may: &["body", "event", "status"] },
    Form {
        key: "appointment",
        acts: &[Act::Appointed, Act::Elected],
        needs: &["role"],
        may: &["body", "event", "by", "status"],
    },
    Form { key: "membership", acts: &[Act::Joined, Act::Ended], needs: &["body"], may: &["status", "parties"] },
    Form {
        key: "agreement",
        acts: AGREEMENT,
        needs: &["act", "title", "parties"],
        may: &["id", "predecessor", "event", "status", "mode"],
    },
    Form { key: "conclusion", acts: CONCLUSION, needs: &["text"], may: &["id", "body", "event", "parties", "status"] },
    Form {
        key: "follow-up",
        acts: &[Act::FollowedUp, Act::Reported, Act::Closed],
        needs: &["of", "text"],
        may: &["body", "event", "parties"],
    },
    Form {
        key: "liaison",
        acts: &[Act::Liaised, Act::Answered],
        needs: &["receiver", "title"],
        may: &["id", "answers", "body", "event", "parties"],
    },
    Form {
        key: "document",
        acts: DOCUMENT,
        needs: &["act", "id"],
        may: &["title", "into", "body", "event", "status", "parties"],
    },
    Form {
        key: "retraction",
        acts: &[Act::Retracted, Act::Disputed, Act::Corrected],
        needs: &["fact", "reason"],
        may: &["parties"],
    },
];

const PRESENCE: &[Act] = &[Act::Attended, Act::Registered, Act::CheckedIn, Act::Invited, Act::Excused];

const AGREEMENT: &[Act] =
    &[Act::Signed, Act::Announced, Act::ApprovedAgreement, Act::Renewed, Act::Upgraded, Act::Ended];

const CONCLUSION: &[Act] = &[Act::Concluded, Act::Decided, Act::Proposed, Act::Raised, Act::Assigned, Act::Consulted];

const DOCUMENT: &[Act] = &[
    Act::Submitted,
    Act::CoSourced,
    Act::Authored,
    Act::Edited,
    Act::Commented,
    Act::Supported,
    Act::Objected,
    Act::Agreed,
    Act::Approved,
    Act::Noted,
    Act::RevisedInto,
    Act::MergedInto,
    Act::Postponed,
    Act::Withdrawn,
    Act::NotHandled,
];

impl Form {
    /// True where entries of this form have one party of their own, named in the entry itself.
    pub fn has_party(&self) -> bool {
        !["event", "session", "agreement"].contains(&self.key)
    }

    /// Every key that an entry of this form may hold.
    pub fn keys(&self) -> Vec<&'static str> {
        let party = if self.has_party() { PARTY } else { &[] };
        let mut keys = vec!["cite", "act", "confidence", "note"];
        keys.extend([self.needs, self.may, TIME, party].concat());
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// Returns the shape that the value of this key must have, wherever the key stands.
pub(super) fn shape(key: &str) -> Shape {
    match key {
        "when" | "from" | "to" | "date" => Shape::Date,
        "mode" => Shape::Mode,
        "confidence" => Shape::Share,
        "act" => Shape::Act,
        "party" => Shape::Kind,
        "fact" => Shape::FactId,
        "parties" | "organisers" | "hosts" | "moderators" | "chairs" => Shape::Parties,
        _ => Shape::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the schema allows is what the reader allows: keys, needed keys and acts of every kind of entry.
    #[test]
    fn the_schema_says_the_same() {
        let schema: serde_json::Value = serde_json::from_str(include_str!("../../schema/record.schema.json")).unwrap();
        let strings = |value: &serde_json::Value| -> Vec<String> {
            value.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_string()).collect()
        };
        for form in FORMS {
            let entry = &schema["$defs"][form.key];
            let keys: Vec<&String> = entry["properties"].as_object().unwrap().keys().collect();
            let mut keys: Vec<&str> = keys.into_iter().map(String::as_str).collect();
            keys.sort_unstable();
            assert_eq!(keys, form.keys(), "keys of `[[{}]]`", form.key);
            let acts: Vec<&str> = form.acts.iter().map(|act| act.slug()).collect();
            assert_eq!(strings(&entry["properties"]["act"]["enum"]), acts, "acts of `[[{}]]`", form.key);
            let mut needs = strings(&entry["required"]);
            needs.retain(|key| key != "cite");
            assert_eq!(needs, form.needs, "needed keys of `[[{}]]`", form.key);
            assert_eq!(schema["properties"][form.key]["items"]["$ref"], format!("#/$defs/{}", form.key));
        }
        let mut known: Vec<&str> = FORMS.iter().map(|form| form.key).chain(["record", "source"]).collect();
        known.sort_unstable();
        let mut named: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        named.sort_unstable();
        assert_eq!(named, known);
    }
}
