//! Rows of a list of liaison statements: `liaised` from each sender to each receiver, `answered` for what they answer.

use std::collections::BTreeMap;

use fact::{Act, Fact, Mention, Party, Thing};

use super::Output;
use super::entry::{Entry, entries};
use super::table::Table;

/// Separators of bodies and documents.
const SEVERAL: &[&str] = &[",", ";"];

/// Reads the rows of a table.
pub fn read(table: &Table<'_>, output: &mut Output) {
    let mut seen = BTreeMap::new();
    for entry in entries(table, &[]) {
        if entry.cell("title").is_none() && entry.cell("document").is_none() {
            continue;
        }
        output.reading.n_units += 1;
        if entry.is_shifted(output) {
            continue;
        }
        let cells: Vec<&str> = table.sheet.cells(entry.row).map(|(_, text)| text).collect();
        if let Some(first) = seen.insert(cells, entry.row.number) {
            let what = format!("expected each statement once, found it in row {first} before");
            output.problem(entry.problem("doubled-row", "title", what, "remove one of the rows"));
            continue;
        }
        row(&entry, output);
    }
}

fn row(entry: &Entry<'_>, output: &mut Output) {
    let (senders, receivers) = (entry.all("from", SEVERAL), entry.all("to", SEVERAL));
    let copied = entry.all("cc", SEVERAL);
    for (field, is_missing) in [("from", senders.is_empty()), ("to", receivers.is_empty() && copied.is_empty())] {
        if is_missing && !entry.table.columns(field).is_empty() {
            let (kind, role) =
                if field == "from" { ("sender-missing", "sender") } else { ("receiver-missing", "receiver") };
            let what = format!("expected the {role} of a liaison statement, found none");
            output.problem(entry.problem(kind, "title", what, "add it to the list"));
        }
    }
    let when = entry.when("date", output);
    let text = |field: &str| entry.get(field).unwrap_or_default();
    let object = Thing::new("liaison-statement", &text("document")).titled(&text("title"));
    let own = |field: &str| entry.get(field).map(String::from);
    let fact = Fact {
        object: Some(object.clone()),
        body: own("body"),
        event: own("event"),
        status: own("status"),
        when,
        ..Fact::new(Act::Liaised, entry.evidence("from"))
    };
    for sender in &senders {
        let who = Mention { party: Party::Body, ..Mention::organisation(sender) };
        let sent = Fact { who, ..fact.clone() };
        for receiver in &receivers {
            output.fact(Fact { target: Some(Thing::new("body", receiver)), ..sent.clone() });
        }
        for receiver in copied.iter().filter(|name| !receivers.contains(name)) {
            let status = Some("copy".to_string());
            output.fact(Fact { target: Some(Thing::new("body", receiver)), status, ..sent.clone() });
        }
        if receivers.is_empty() && copied.is_empty() {
            output.fact(sent.clone());
        }
        for answered in entry.all("answers", SEVERAL) {
            let target = Some(Thing::new("liaison-statement", &answered));
            output.fact(Fact { act: Act::Answered, target, ..sent.clone() });
        }
    }
    for answer in entry.all("answered_by", SEVERAL) {
        let (object, target) = (Some(Thing::new("liaison-statement", &answer)), Some(object.clone()));
        output.fact(Fact { act: Act::Answered, object, target, ..fact.clone() });
    }
}
