//! Who handed a document in: its sources and authors come in, `submitted` goes out, or `liaised` for a statement that came in.

use fact::{Act, Fact, Mention, Party, Thing, When};

use super::{Item, List};
use crate::parts::list::entry::name_and_domain;
use crate::parts::mapping::Numbering;
use crate::parts::sheet::without_local_parts;
use crate::parts::sources::{self, Piece};

/// Separators of persons; a comma stands inside their names.
const PERSONS: &[&str] = &[";", "/", " and ", " & "];

impl List<'_, '_> {
    /// `submitted` by each source and author; for a liaison statement that came in, `liaised` by each body.
    pub(super) fn sources(&mut self, item: &Item<'_>) {
        let entry = &item.entry;
        let cells = self.table.columns("source").iter().map(|&column| self.table.sheet.text(entry.row, column));
        let constant = if self.table.columns("source").is_empty() { self.table.constant("source") } else { None };
        let own = self.table.separators("source");
        let separators = own.as_deref().unwrap_or(sources::SEPARATORS);
        let (mut named, mut unclear) = (Vec::new(), None);
        let line = if separators.contains(&"\n") { "\n" } else { " " };
        for cell in cells.chain(constant).map(|cell| without_local_parts(&cell.replace('\n', line))) {
            for piece in sources::split_at(&cell, separators) {
                match piece {
                    Piece::Source(name) => named.push((name.replace('\n', " "), 1.0, None)),
                    Piece::Tentative(name) => named.push((name.replace('\n', " "), 0.5, None)),
                    Piece::Remark(remark) if remark.eq_ignore_ascii_case("rapporteur") => {
                        if let Some((.., role)) = named.last_mut() {
                            *role = Some(remark.to_string());
                        }
                    }
                    Piece::Remark(_) | Piece::Unclear("-") => {}
                    Piece::Unclear(text) => unclear = Some(text.to_string()),
                }
            }
        }
        if let Some(text) = unclear {
            let what = format!("expected the name of a source, found `{text}`");
            let hint = "look the sources up in the document";
            self.output.problem(entry.problem("source-unclear", "source", what, hint));
        }
        self.submitted(item, &named);
    }

    fn submitted(&mut self, item: &Item<'_>, named: &[(String, f64, Option<String>)]) {
        let own = self.own_persons(item);
        if let [(name, confidence, role)] = named
            && !own.is_empty()
            && self.party(name).party == Party::Organisation
            && !item.is_incoming
        {
            // One source, so that the persons named can only be its own.
            for (person, office) in own {
                let (person, domain) = name_and_domain(&person);
                // An address alone names nobody.
                let who =
                    if person.is_empty() { Mention::organisation(name) } else { Mention::person(&person, Some(name)) };
                let role = role.clone().or(office.filter(|_| !person.is_empty()));
                let who = Mention { role, domain, ..who };
                self.submission(item, "source", who, *confidence);
            }
            return;
        }
        for (name, confidence, role) in named {
            let mut who = self.party(name);
            let tentative = (*confidence < 1.0).then(|| "tentative source".to_string());
            who.role = tentative.or_else(|| role.clone()).or(who.role);
            self.submission(item, "source", who, *confidence);
        }
        if named.is_empty() {
            let authors = item.entry.all("author", PERSONS);
            for author in &authors {
                let (name, domain) = name_and_domain(author);
                let who = if self.party(&name).party == Party::Office {
                    self.party(&name)
                } else {
                    Mention::person(&name, None)
                };
                self.submission(item, "author", Mention { domain, ..who }, 1.0);
            }
            if authors.is_empty() {
                self.without_source(item);
            }
        }
    }

    /// Authors, or else the contact, with the office in which they are named.
    fn own_persons(&self, item: &Item<'_>) -> Vec<(String, Option<String>)> {
        let authors = item.entry.all("author", PERSONS);
        if !authors.is_empty() {
            return authors.into_iter().map(|author| (author, None)).collect();
        }
        item.entry.all("contact", &[]).into_iter().map(|contact| (contact, Some("contact".into()))).collect()
    }

    fn without_source(&mut self, item: &Item<'_>) {
        let has_column = !self.table.columns("source").is_empty() || !self.table.columns("author").is_empty();
        let is_reserved = {
            let title = item.title.to_lowercase();
            let status = item.entry.get("status").unwrap_or_default().to_lowercase();
            ["reserved", "not used", "not assigned"].iter().any(|word| title.contains(word))
                || matches!(&*status, "reserved" | "withdrawn")
        };
        if has_column && !is_reserved {
            let what = "expected a source, found none";
            let hint = "look the sources up in the document";
            self.output.problem(item.entry.problem("source-missing", "document", what, hint));
        }
    }

    fn submission(&mut self, item: &Item<'_>, field: &str, who: Mention, confidence: f64) {
        let entry = &item.entry;
        let mut when = entry.when("date", self.output);
        if when == When::UNKNOWN {
            when = self.meeting.submitted(&item.document);
        }
        let status = item.kind.clone().or_else(|| entry.get("purpose").map(Into::into));
        let fact = Fact { when, status, confidence, ..self.fact(Act::Submitted, item, field) };
        if item.is_incoming {
            let target = self.body(item).map(|body| Thing::new("body", &body));
            let who = Mention { party: Party::Body, ..who };
            self.output.fact(Fact { act: Act::Liaised, who, target, ..fact });
            return;
        }
        let target = entry.get("work_item").map(|code| Thing::new("work-item", &code));
        let target = target.or_else(|| entry.get("agenda_item").map(|number| Thing::new("agenda-item", &number)));
        self.output.fact(Fact { who, target, ..fact });
    }

    fn party(&self, name: &str) -> Mention {
        const OFFICES: [&str; 10] = [
            "chairman",
            "chairwoman",
            "chair",
            "vice-chair",
            "convenor",
            "convener",
            "secretary",
            "rapporteur",
            "editor",
            "mcc",
        ];
        let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
        if OFFICES.contains(&last.as_str()) {
            return Mention { party: Party::Office, role: Some(name.into()), ..Mention::default() };
        }
        let is_three_gpp = self.table.mapping.numbering == Some(Numbering::ThreeGpp);
        if self.meeting.body.as_deref() == Some(name)
            || is_committee(name)
            || is_three_gpp && self.meeting.is_body(name)
        {
            return Mention { party: Party::Body, ..Mention::organisation(name) };
        }
        Mention::organisation(name)
    }
}

/// True for the code of a committee, such as `SC22`, `JTC 1/SC 7` or `WG 14`.
fn is_committee(name: &str) -> bool {
    let letters = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '/'));
    let code = letters.split(|c: char| !c.is_ascii_uppercase()).next().unwrap_or_default();
    let rest = letters[code.len()..].trim_start();
    matches!(code, "JTC" | "SC" | "WG" | "TC" | "SG" | "TSG") && rest.starts_with(|c: char| c.is_ascii_digit())
}
