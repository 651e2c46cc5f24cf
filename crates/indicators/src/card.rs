//! Cards: what an indicator is, read from the header of its SQL file.

use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// What an indicator measures, as its file states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Name of the file, and of the indicator everywhere.
    pub name: &'static str,
    /// Title for people.
    pub title: String,
    /// Unit of the value.
    pub unit: String,
    /// How events and exposure become a value: `count`, `share`, `rate-shrunk` or `breadth`.
    pub kind: String,
    /// The dimension it belongs to: engagement, influence or outcome.
    pub objective: String,
    /// What more of it means.
    pub direction: String,
    /// What is counted.
    pub events: String,
    /// Out of what.
    pub exposure: String,
    /// The tables it reads.
    pub reads: String,
    /// What the reader must know.
    pub caveat: String,
    /// Source of the method.
    pub source: String,
    /// The smallest unit whose value may be published.
    pub privacy: String,
    /// Version of Rapporteur that brought it.
    pub since: String,
    /// The whole file.
    pub sql: &'static str,
}

/// Every indicator, by name.
pub static CATALOGUE: LazyLock<Vec<Card>> =
    LazyLock::new(|| FILES.iter().map(|(name, sql)| Card::parse(name, sql)).collect());

impl Card {
    /// Returns the indicator with this name, or `None`.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        CATALOGUE.iter().find(|card| card.name == name)
    }

    fn parse(name: &'static str, sql: &'static str) -> Self {
        let field = |wanted: &str| field(sql, wanted);
        assert_eq!(field("name"), name, "the name in the header of `{name}.sql` is that of the file");
        Self {
            name,
            title: field("title"),
            unit: field("unit"),
            kind: field("kind"),
            objective: field("objective"),
            direction: field("direction"),
            events: field("events"),
            exposure: field("exposure"),
            reads: field("reads"),
            caveat: field("caveat"),
            source: field("source"),
            privacy: field("privacy"),
            since: field("since"),
            sql,
        }
    }
}

/// `-- caveat  text`, continued on lines that are indented further; empty where the header has no such field.
fn field(sql: &str, wanted: &str) -> String {
    let mut value: Vec<&str> = Vec::new();
    let mut within = false;
    for line in sql.lines().map_while(|line| line.strip_prefix("-- ")) {
        if line.starts_with(' ') {
            if within {
                value.push(line.trim());
            }
            continue;
        }
        let (name, text) = line.split_once(' ').unwrap_or((line, ""));
        within = name == wanted;
        if within {
            value.push(text.trim());
        }
    }
    value.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_card_is_complete() {
        for card in CATALOGUE.iter() {
            for (what, text) in [
                ("title", &card.title),
                ("unit", &card.unit),
                ("kind", &card.kind),
                ("objective", &card.objective),
                ("direction", &card.direction),
                ("events", &card.events),
                ("exposure", &card.exposure),
                ("reads", &card.reads),
                ("caveat", &card.caveat),
                ("source", &card.source),
                ("privacy", &card.privacy),
                ("since", &card.since),
            ] {
                assert!(!text.is_empty(), "`{}.sql` has no `-- {what}` in its header", card.name);
            }
            assert!(["count", "share", "rate-shrunk", "breadth"].contains(&card.kind.as_str()), "{}", card.name);
            assert!(["engagement", "influence", "outcome"].contains(&card.objective.as_str()), "{}", card.name);
        }
    }

    #[test]
    fn a_field_may_run_over_lines() {
        let card = Card::find("acceptance_rate").unwrap();
        assert!(card.caveat.ends_with("nothing was decided on them"), "{}", card.caveat);
    }
}
