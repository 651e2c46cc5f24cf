//! What an entry of a record file states: its facts, once it is known to keep to its form.

use fact::{Act, Evidence, Fact, Mention, Mode, Party, Precision, Thing, When};
use toml::de::{DeTable, DeValue};

use super::check::{share, words};
use super::form::Form;

/// One entry with its form, the event that it names, and its evidence.
pub(super) struct Entry<'a> {
    pub form: &'static Form,
    pub table: &'a DeTable<'a>,
    pub event: Option<&'a DeTable<'a>>,
    pub evidence: Evidence,
}

/// Confidence of what a programme announces, as against what a report tells.
const PLANNED: f64 = 0.8;

impl Entry<'_> {
    /// Returns one fact for each party of the entry.
    pub fn facts(&self) -> Vec<Fact> {
        let act = self.says("act").and_then(|act| Act::from_slug(&act)).unwrap_or(self.form.acts[0]);
        let list = |key: &str, act: Act| parties(self.table, key).into_iter().map(move |party| self.fact(act, party));
        match self.form.key {
            "event" => {
                let body = self.says("body").map(|body| Mention { party: Party::Body, ..Mention::organisation(&body) });
                let held = self.fact(act, (body.unwrap_or_default(), None));
                let others = list("organisers", Act::Organised).chain(list("hosts", Act::Hosted));
                std::iter::once(held).chain(others).chain(self.led()).collect()
            }
            "session" => self.led().collect(),
            _ => {
                let own = party(self.table);
                let several = parties(self.table, "parties");
                let own = (several.is_empty() || own.0 != Mention::default()).then_some(own);
                own.into_iter().chain(several).map(|party| self.fact(act, party)).collect()
            }
        }
    }

    fn led(&self) -> impl Iterator<Item = Fact> {
        let list = |key: &str, act: Act| parties(self.table, key).into_iter().map(move |party| self.fact(act, party));
        list("moderators", Act::Moderated).chain(list("chairs", Act::Chaired))
    }

    fn fact(&self, act: Act, (who, mode): (Mention, Option<Mode>)) -> Fact {
        let (object, target) = self.things();
        let is_planned = self.is_presence() && self.or_event("status").is_some_and(|status| status == "planned");
        Fact {
            who,
            object,
            target,
            body: self.or_event("body"),
            event: if self.form.key == "event" { self.says("name") } else { self.says("event") },
            when: self.when(),
            status: self.status().or_else(|| is_planned.then(|| "planned".into())),
            mode: mode.or_else(|| self.mode()),
            confidence: self.confidence().min(if is_planned { PLANNED } else { 1.0 }),
            ..Fact::new(act, self.evidence.clone())
        }
    }

    /// How sure the clerk is: 1 where nothing else is said.
    fn confidence(&self) -> f64 {
        self.table.get("confidence").and_then(|value| share(value.get_ref())).unwrap_or(1.0)
    }

    /// Returns what the act was done on, and what it points to.
    fn things(&self) -> (Option<Thing>, Option<Thing>) {
        let text = |key: &str| self.says(key).unwrap_or_default();
        let thing = |kind: &str, id: &str, title: &str| Some(Thing::new(kind, &text(id)).titled(&text(title)));
        let pointed = |kind: &str, id: &str| Some(Thing::new(kind, &self.says(id)?));
        let named = |kind: &str, title: &str| Some(Thing::new(kind, "").titled(&self.says(title)?));
        match self.form.key {
            "event" => (pointed("meeting", "name"), pointed("place", "place").map(|it| it.titled(&text("country")))),
            "session" => (thing("session", "id", "title"), None),
            "talk" => (named("talk", "title"), pointed("session", "session")),
            "attendance" => (pointed("meeting", "event"), None),
            "role" => (named("office", "role"), None),
            "appointment" => (named("office", "role"), pointed("party", "by")),
            "membership" => (pointed("body", "body"), None),
            "agreement" => (thing("agreement", "id", "title"), pointed("agreement", "predecessor")),
            "conclusion" => (thing("conclusion", "id", "text"), None),
            "follow-up" => (pointed("conclusion", "of"), None),
            "liaison" => (
                thing("liaison-statement", "id", "title"),
                pointed("liaison-statement", "answers").or_else(|| pointed("body", "receiver")),
            ),
            "document" => (thing("document", "id", "title"), pointed("document", "into")),
            _ => (None, pointed("fact", "fact")),
        }
    }

    /// Result, manner or reason, in the clerk's words.
    fn status(&self) -> Option<String> {
        match self.form.key {
            "follow-up" => self.says("text"),
            "retraction" => self.says("reason"),
            _ => self.says("status"),
        }
    }

    /// An agreement has its own date or none: that it was signed at an event does not say when it was approved.
    fn when(&self) -> When {
        let event = self.event.filter(|_| self.form.key != "agreement");
        when(self.table).or_else(|| when(event?)).unwrap_or(When::UNKNOWN)
    }

    /// The entry's own mode, or that of its event; a hybrid event does not say how one party took part.
    fn mode(&self) -> Option<Mode> {
        mode(self.table).or_else(|| mode(self.event?).filter(|&mode| self.is_presence() && mode != Mode::Hybrid))
    }

    fn is_presence(&self) -> bool {
        ["event", "session", "talk", "attendance"].contains(&self.form.key)
    }

    fn says(&self, key: &str) -> Option<String> {
        said(self.table, key)
    }

    fn or_event(&self, key: &str) -> Option<String> {
        self.says(key).or_else(|| said(self.event?, key))
    }
}

/// Returns what a table says under this key, without white space at the ends.
pub(super) fn said(table: &DeTable<'_>, key: &str) -> Option<String> {
    table.get(key).and_then(|value| words(value.get_ref())).map(|text| text.trim().to_string())
}

fn mode(table: &DeTable<'_>) -> Option<Mode> {
    said(table, "mode").and_then(|mode| Mode::from_slug(&mode))
}

/// True where an entry ends before it begins: then its time is not known.
pub(super) fn is_reversed(table: &DeTable<'_>) -> bool {
    let date = |key: &str| said(table, key).and_then(|date| When::parse(&date));
    let first = date("from").and_then(|when| when.from);
    let last = date("to").and_then(|when| when.to);
    first.zip(last).is_some_and(|(first, last)| first > last)
}

fn when(table: &DeTable<'_>) -> Option<When> {
    let date = |key: &str| said(table, key).and_then(|date| When::parse(&date));
    if let Some(when) = date("when") {
        return Some(when);
    }
    let (from, to) = (date("from"), date("to"));
    if is_reversed(table) {
        return None;
    }
    let is_there = |precision| [from, to].into_iter().flatten().any(|when| when.precision == precision);
    let coarsest = [Precision::Year, Precision::Month].into_iter().find(|&precision| is_there(precision));
    (from.is_some() || to.is_some()).then(|| When {
        from: from.and_then(|when| when.from),
        to: to.and_then(|when| when.to),
        precision: coarsest.unwrap_or(Precision::Day),
    })
}

fn parties(table: &DeTable<'_>, key: &str) -> Vec<(Mention, Option<Mode>)> {
    let items = table.get(key).and_then(|list| list.get_ref().as_array());
    let read = |item: &DeValue<'_>| match item {
        DeValue::Table(table) => party(table),
        other => (Mention::organisation(&words(other).unwrap_or_default()), None),
    };
    items.map(|items| items.iter().map(|item| read(item.get_ref())).collect()).unwrap_or_default()
}

/// A name makes a person, an affiliation alone an organisation, a role alone an office, unless `party` says otherwise.
fn party(table: &DeTable<'_>) -> (Mention, Option<Mode>) {
    let [name, affiliation, country, role] = ["name", "affiliation", "country", "role"].map(|key| said(table, key));
    let party = match (said(table, "party").as_deref(), &name, &affiliation, &role) {
        (Some("person"), ..) | (None, Some(_), ..) => Party::Person,
        (Some("organisation"), ..) | (None, None, Some(_), _) => Party::Organisation,
        (Some("body"), ..) => Party::Body,
        (Some("office"), ..) | (None, None, None, Some(_)) => Party::Office,
        _ => Party::Unknown,
    };
    (Mention { party, name, affiliation, country, domain: None, role }, mode(table))
}
