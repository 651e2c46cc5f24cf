//! The meeting that all facts of a file belong to: its body, its name, its day.

use fact::{Act, Evidence, Fact, Mention, Mode, Party, Precision, Snapshot, Thing, When};

use super::body::body;
use super::entry::Person;
use super::kind::Claim;
use super::sheet::Piece;
use super::title::folder_month;

/// What is known of a meeting before its attendance is read.
pub(super) struct Meeting {
    pub body: Option<String>,
    pub event: Option<String>,
    pub when: When,
}

impl Meeting {
    /// TC39 names its meetings by the folder; some name body and meeting in the title; else body and day name it.
    pub(super) fn of(snapshot: &Snapshot<'_>, pieces: &[Piece<'_>], claim: &Claim, when: When) -> Self {
        let text: String = pieces.iter().take(150).map(|piece| piece.raw()).collect::<Vec<_>>().join("\n");
        let titles: Vec<&str> = claim.titles.iter().map(String::as_str).collect();
        let folder =
            folder_month(snapshot.origin).and_then(|month| month.from).map(|first| first.strftime("%Y-%m").to_string());
        let own = claim.own.as_deref().filter(|own| !own.to_ascii_lowercase().contains("tc39") && own.contains('#'));
        if let Some(own) = own {
            let body = own.split('#').next().unwrap_or(own);
            let body = body.split(" meeting").next().unwrap_or(body).trim();
            return Self { body: Some(body.into()), event: Some(own.into()), when };
        }
        let before = claim.own.as_deref().filter(|own| !own.to_ascii_lowercase().contains("meeting")).map(String::from);
        let body = body(&titles, snapshot.origin, &text).or(before);
        let event = match (&body, folder, &claim.front) {
            (Some(body), Some(folder), _) if body == "Ecma TC39" => Some(format!("TC39 {folder}")),
            (Some(_), _, Some(front)) => Some(dated(undated(front), when)),
            (Some(body), ..) => Some(dated(body, when)),
            (None, folder, _) => claim.own.clone().or(folder),
        };
        Self { body, event, when }
    }

    /// The body as a party.
    pub(super) fn party(&self) -> Mention {
        self.body
            .as_ref()
            .map_or_else(Mention::default, |body| Mention { party: Party::Body, ..Mention::organisation(body) })
    }

    /// A fact of this meeting that says nothing yet but its act and place.
    pub(super) fn fact(&self, act: Act, evidence: Evidence) -> Fact {
        Fact {
            object: self.event.as_deref().map(|event| Thing::new("meeting", event)),
            body: self.body.clone(),
            event: self.event.clone(),
            when: self.when,
            ..Fact::new(act, evidence)
        }
    }

    pub(super) fn mention(&self, person: &Person) -> Mention {
        let who = Mention::person(&person.name, person.affiliation.as_deref());
        Mention { role: person.role.clone(), domain: person.domain.clone(), ..who }
    }

    /// A fact of somebody named in a list.
    pub(super) fn named(&self, act: Act, person: &Person, country: Option<String>, evidence: Evidence) -> Fact {
        let who = Mention { country, ..self.mention(person) };
        let confidence = if person.is_tentative { 0.5 } else { 1.0 };
        Fact { who, mode: person.mode, confidence, ..self.fact(act, evidence) }
    }
}

/// `WebAssembly CG 2031-01-08`: as exact as the day is known.
fn dated(name: &str, when: When) -> String {
    let format = match when.precision {
        Precision::Day => "%Y-%m-%d",
        Precision::Month => "%Y-%m",
        Precision::Year => "%Y",
        Precision::Unknown => return name.into(),
    };
    when.from.map_or_else(|| name.into(), |from| format!("{name} {}", from.strftime(format)))
}

/// The title of the front matter without the day at its end.
fn undated(title: &str) -> &str {
    let end = title.rfind(['—', '–']).filter(|at| title[*at..].chars().any(|letter| letter.is_ascii_digit()));
    let title = title[..end.unwrap_or(title.len())].trim();
    let is_day = |word: &str| word.len() == 10 && word.parse::<jiff::civil::Date>().is_ok();
    let title = title.split_once(' ').filter(|(word, _)| is_day(word)).map_or(title, |(_, rest)| rest.trim());
    let starts = ["Minutes of the ", "Minutes for the ", "Minutes of ", "Minutes for "];
    starts.iter().find_map(|start| title.strip_prefix(start)).unwrap_or(title)
}

/// How a meeting was held, where its title says so.
pub(super) fn mode_of(claim: &Claim) -> Option<Mode> {
    let said = claim.titles.join(" ").to_lowercase();
    let calls = ["video call", "teleconference", "telecon", "telco", "virtual", "conference call", "video conference"];
    calls.iter().any(|word| said.contains(word)).then_some(Mode::Remote)
}
