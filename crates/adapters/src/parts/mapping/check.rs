//! What a mapping may say: a text that parses comes in, a fault with a hint goes out where it could not be meant.

use std::fmt::Display;

use fact::{Act, Fault, Mode, Remedy};

use super::{List, Mapping};

/// Fields of each list, in the order in which they are explained.
pub fn fields(list: List) -> &'static [&'static str] {
    match list {
        List::Contributions => &[
            "document",
            "title",
            "source",
            "author",
            "contact",
            "kind",
            "purpose",
            "agenda_item",
            "work_item",
            "status",
            "date",
            "revision_of",
            "revised_to",
            "merged_into",
            "remarks",
            "reply_to",
            "reply_in",
            "to",
            "cc",
            "body",
            "event",
        ],
        List::Attendance => &[
            "name",
            "given",
            "family",
            "organisation",
            "country",
            "email",
            "role",
            "category",
            "status",
            "mode",
            "registered",
            "checked_in",
            "attended",
            "sessions",
            "session",
            "date",
            "minutes",
            "body",
            "event",
        ],
        List::Ballot => {
            &["ballot", "title", "name", "organisation", "country", "role", "vote", "weight", "date", "body", "event"]
        }
        List::Liaisons => {
            &["document", "title", "from", "to", "cc", "date", "status", "answers", "answered_by", "body", "event"]
        }
    }
}

/// Acts that a word of a status may state, by list.
pub fn acts(list: List) -> &'static [Act] {
    match list {
        List::Contributions | List::Liaisons => &[
            Act::Agreed,
            Act::Approved,
            Act::Noted,
            Act::RevisedInto,
            Act::MergedInto,
            Act::Postponed,
            Act::Withdrawn,
            Act::NotHandled,
            Act::NotPursued,
            Act::Answered,
        ],
        List::Attendance => &[Act::Registered, Act::CheckedIn, Act::Attended, Act::Excused, Act::Invited],
        List::Ballot => &[],
    }
}

/// The act of this list with this word.
pub fn act_of(list: List, slug: &str) -> Option<Act> {
    acts(list).iter().copied().find(|act| act.slug() == slug)
}

impl Mapping {
    /// Checks what serde cannot: names of fields, words of values, and that the list says enough to be read.
    pub(super) fn check(&self) -> Result<(), Fault> {
        if self.mapping != 1 {
            return Err(self.fault("mapping", "1", self.mapping, "begin with `mapping = 1`"));
        }
        let is_name =
            |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        if !is_name(&self.name) {
            let hint = "name the mapping with letters, digits and hyphens";
            return Err(self.fault("name", "a name without blanks", format!("`{}`", self.name), hint));
        }
        if self.headings.iter().filter(|heading| !super::normal(heading).is_empty()).count() < 2 {
            let hint = "list at least two headings that stand in the header row of such files";
            return Err(self.fault("headings", "two headings or more", self.headings.len(), hint));
        }
        self.check_fields()?;
        self.check_values()?;
        self.check_format()?;
        self.check_enough()
    }

    fn check_fields(&self) -> Result<(), Fault> {
        let known = fields(self.list);
        let is_constant =
            |key: &str| known.contains(&key) && key != "sessions" || key == "act" && self.list == List::Attendance;
        let list = known.join(", ");
        for (key, is_known) in (self.columns.keys().map(|key| (key, known.contains(&key.as_str()))))
            .chain(self.constants.keys().map(|key| (key, is_constant(key))))
            .chain(self.labels.keys().chain(&self.groups).map(|key| (key, is_constant(key))))
        {
            if !is_known {
                return Err(self.fault(
                    key,
                    format!("one of the fields {list}"),
                    format!("`{key}`"),
                    "correct the field",
                ));
            }
        }
        if let Some(key) = self.columns.keys().find(|key| self.constants.contains_key(*key)) {
            let hint = "leave one of them out";
            return Err(self.fault(key, "a column or a constant", "both", hint));
        }
        Ok(())
    }

    fn check_values(&self) -> Result<(), Fault> {
        for (field, values) in &self.values {
            let is_known =
                fields(self.list).contains(&field.as_str()) || field == "mark" && self.list == List::Attendance;
            if !is_known {
                return Err(self.fault(
                    &format!("values.{field}"),
                    "a field of the list",
                    "another",
                    "correct the field",
                ));
            }
            for (word, value) in values {
                let slugs: Vec<&str> = acts(self.list).iter().map(|act| act.slug()).collect();
                let is_act = |word: &str| slugs.contains(&word);
                let is_mode = |word: &str| Mode::from_slug(word).is_some();
                let expected = match field.as_str() {
                    "status" if is_act(value) || value == "none" => continue,
                    "mode" if is_mode(value) || value == "none" => continue,
                    "mark" if value == "none" || value.split(' ').all(|word| is_act(word) || is_mode(word)) => continue,
                    "status" => format!("none or one of {}", slugs.join(", ")),
                    "mode" => "none, in-person, remote, hybrid or recorded".into(),
                    "mark" => format!("none, or an act ({}), a mode, or both", slugs.join(", ")),
                    _ => continue,
                };
                let place = format!("values.{field}.{word}");
                return Err(self.fault(&place, expected, format!("`{value}`"), "correct the value"));
            }
        }
        if let Some(act) = self.constants.get("act")
            && act_of(self.list, act).is_none()
        {
            let slugs: Vec<&str> = acts(self.list).iter().map(|act| act.slug()).collect();
            return Err(self.fault("constants.act", slugs.join(", "), format!("`{act}`"), "correct the act"));
        }
        Ok(())
    }

    fn check_format(&self) -> Result<(), Fault> {
        let format = &self.format;
        if let Some(label) = &format.encoding
            && encoding_rs::Encoding::for_label(label.as_bytes()).is_none()
        {
            let hint = "use a label of the Encoding Standard, such as `gb18030` or `shift_jis`";
            return Err(self.fault("format.encoding", "the label of an encoding", format!("`{label}`"), hint));
        }
        if let Some(delimiter) = &format.delimiter
            && !(delimiter.len() == 1 && delimiter.is_ascii())
        {
            return Err(self.fault("format.delimiter", "one letter", format!("`{delimiter}`"), "write it as `\";\"`"));
        }
        let empty = self.separators.iter().find(|(_, separators)| separators.iter().any(String::is_empty));
        empty.map_or(Ok(()), |(field, _)| {
            Err(self.fault(&format!("separators.{field}"), "separators", "an empty one", "leave it out"))
        })
    }

    /// Checks that the list says who did what.
    fn check_enough(&self) -> Result<(), Fault> {
        let has = |field: &str| self.columns.contains_key(field);
        let any = |fields: &[&str]| fields.iter().any(|field| has(field));
        let (is_enough, expected) = match self.list {
            List::Contributions => (has("document"), "a column `document`"),
            List::Liaisons => {
                (any(&["document", "title"]) && any(&["from", "to"]), "columns `title` and `from` or `to`")
            }
            List::Ballot => {
                (any(&["name", "organisation", "country"]) && has("vote"), "columns `organisation` and `vote`")
            }
            List::Attendance => {
                let is_said = any(&["status", "registered", "checked_in", "attended", "sessions"]);
                let is_person = any(&["name", "family", "organisation"]);
                (
                    is_person && (is_said || self.constants.contains_key("act")),
                    "a column `name` or `organisation`, and a column or constant that says what they did",
                )
            }
        };
        if is_enough { Ok(()) } else { Err(self.fault("columns", expected, "none", "add it under `[columns]`")) }
    }

    fn fault(&self, place: &str, expected: impl Display, found: impl Display, hint: &str) -> Fault {
        let place = format!("mapping `{}`, {place}", self.name);
        Fault::new(Remedy::Source, place, format!("expected {expected}, found {found}"), hint)
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;

    const GOOD: &str = "mapping = 1\nname = \"a\"\nlist = \"attendance\"\nheadings = [\"Name\", \"Firm\"]\n\
                        columns = { name = \"Name\", organisation = \"Firm\" }\nconstants = { act = \"attended\" }\n";

    fn fault(from: &str, to: &str) -> String {
        let fault = Mapping::from_toml(&GOOD.replace(from, to)).unwrap_err();
        assert!(!fault.hint.is_empty());
        fault.to_string()
    }

    #[test]
    fn what_cannot_be_meant_is_a_fault_with_its_place() {
        assert!(Mapping::from_toml(GOOD).is_ok());
        assert!(fault("mapping = 1", "mapping = 2").starts_with("mapping `a`, mapping: expected 1, found 2"));
        assert!(fault("\"a\"", "\"a b\"").contains("name without blanks"));
        assert!(fault("\"Name\", \"Firm\"", "\"Name\"").contains("two headings or more, found 1"));
        assert!(fault("organisation =", "organization =").contains("found `organization`"));
        assert!(fault("act = \"attended\"", "act = \"voted\"").contains("found `voted`"));
        assert!(fault("act = \"attended\"", "body = \"TC 9\"").contains("what they did"));
        assert!(fault("act =", "name = \"x\", act =").contains("a column or a constant, found both"));
        assert!(fault("mapping = 1", "mapping = 1\ncolour = 2").starts_with("mapping, line 2: unknown field"));
        assert!(fault("constants", "values = { mode = { x = \"here\" } }\nconstants").contains("found `here`"));
        assert!(fault("constants", "format = { encoding = \"x\" }\nconstants").contains("label of an encoding"));
    }

    #[test]
    fn a_mapping_comes_back_as_it_was() {
        let text = GOOD.to_string()
            + "separators = { organisation = [\"/\", \"\\n\"] }\nvalues = { mark = { R = \"attended remote\", \"-\" = \"none\" } }\n\
               labels = { event = [\"Meeting\", \"List of * meeting\"] }\nformat = { dates = \"day-month-year\" }\n";
        let mapping = Mapping::from_toml(&text).unwrap();
        assert_eq!(Mapping::from_toml(&mapping.to_toml()).unwrap(), mapping);
        assert_eq!(mapping.value("mark", "r"), Some("attended remote"));
    }
}
