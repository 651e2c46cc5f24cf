//! What kind of file it is - minutes, bluesheet or agenda - and whether it is one of an IETF group at all.

use super::meeting::{number, path};
use super::row::Row;

/// What a file of an IETF group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Minutes,
    Bluesheet,
    /// What was planned: nothing in it has happened yet.
    Agenda,
}

/// Returns the kind of a file, or `None` where it is not of a meeting of an IETF group.
///
/// The bytes decide: a number such as `IETF 113`, or a group's meeting with links to the IETF's tools. Name and folder
/// only help where the title does not say what the file is.
pub(super) fn kind(origin: &str, rows: &[Row<'_>]) -> Option<Kind> {
    let said = Said::read(rows);
    let filed = Filed::read(origin);
    if said.is_guide || filed.is_other || !said.is_text {
        return None;
    }
    let is_titled = said.has_number && (said.word.is_some() || said.has_group || filed.word.is_some())
        || said.is_datatracker_sheet
        || said.word == Some(Kind::Bluesheet)
        || said.has_interim && (said.word.is_some() || filed.word.is_some() || said.has_list)
        || said.has_group && said.word.is_some() && said.has_links;
    let is_listed = filed.is_in_interim && said.has_list;
    let is_filed = filed.is_of_datatracker
        || filed.word.is_some() && filed.is_in_meeting && (said.is_of_ietf || said.n_speakers >= 3);
    if !(is_titled || is_filed || is_listed) {
        return None;
    }
    Some(match (filed.word.or(said.word), said.word) {
        (_, Some(Kind::Bluesheet)) if filed.word != Some(Kind::Minutes) => Kind::Bluesheet,
        (Some(Kind::Bluesheet), _) => Kind::Bluesheet,
        (Some(Kind::Minutes), _) => Kind::Minutes,
        // An agenda into which the discussion was written has become minutes.
        (Some(Kind::Agenda) | None, _) if filed.word.is_none() && (said.n_speakers >= 8 || is_listed) => Kind::Minutes,
        _ => Kind::Agenda,
    })
}

/// What the text says of itself.
#[derive(Debug, Default)]
struct Said {
    word: Option<Kind>,
    has_number: bool,
    has_group: bool,
    has_interim: bool,
    has_links: bool,
    /// A heading such as `## Participants`.
    has_list: bool,
    is_of_ietf: bool,
    is_datatracker_sheet: bool,
    is_guide: bool,
    is_text: bool,
    n_speakers: usize,
}

impl Said {
    fn read(rows: &[Row<'_>]) -> Self {
        let mut said = Self { is_text: true, ..Self::default() };
        let head = rows.iter().filter(|row| !row.is_blank() && !row.is_contents);
        for row in head.clone().take(4).filter(|row| row.text.chars().count() <= 140) {
            said.title(row);
        }
        for row in rows.iter().take(60) {
            said.has_links |= row.is_linked();
            said.is_of_ietf |= ["IETF", "draft-", "RFC", " WG"].iter().any(|word| row.text.contains(word));
            said.has_list |= is_list(&row.text);
            said.is_text &= !row.text.contains('\0');
        }
        said.is_of_ietf |= said.has_links;
        said.is_guide = head.clone().take(2).any(|row| row.text.contains("agreed to take minutes"));
        said.n_speakers = head.filter(|row| speaker(&row.text).is_some()).take(20).count();
        said
    }

    fn title(&mut self, row: &Row<'_>) {
        let lower = row.text.to_lowercase();
        let is_word = |word: &str| lower.split(|letter: char| !letter.is_alphanumeric()).any(|other| other == word);
        self.has_number |= number(&row.text).is_some();
        self.has_group |= is_word("wg") || lower.contains("working group") || is_word("bof");
        self.has_interim |= is_word("interim");
        self.is_datatracker_sheet |=
            lower.starts_with("bluesheet for interim-") || lower.starts_with("bluesheet for ietf-");
        // A line such as `Minutes: https://...` names another place.
        let is_link = row.is_linked() || row.bullet > 0;
        let found = if lower.starts_with("blue sheet")
            || lower == "attendee list"
            || lower.starts_with("bluesheet")
            || lower.ends_with("blue sheets") && row.level > 0
        {
            Some(Kind::Bluesheet)
        } else if is_word("minutes") || is_word("notes") {
            Some(Kind::Minutes)
        } else if is_word("agenda") || is_word("agendas") {
            Some(Kind::Agenda)
        } else if is_word("meeting") || is_word("session") || is_word("interim") {
            Some(Kind::Minutes).filter(|_| self.n_speakers > 0)
        } else {
            None
        };
        self.word = self.word.or(found.filter(|_| !is_link));
    }
}

/// `## Participants`, `Attendees: A. Example, B. Sample`.
fn is_list(text: &str) -> bool {
    const LISTS: [&str; 5] =
        ["participants", "attendees", "list of attendees", "attendee list", "attendees/affiliation"];
    let lower = text.to_lowercase();
    let (label, names) = lower.split_once(':').unwrap_or((&lower, ""));
    LISTS.contains(&label.trim()) && (names.trim().is_empty() || names.contains(','))
}

/// What name and folder say.
#[derive(Debug, Default)]
struct Filed {
    word: Option<Kind>,
    is_in_meeting: bool,
    is_in_interim: bool,
    /// The IETF's own names: `agenda-interim-2025-scone-08-scone-01-00.txt`.
    is_of_datatracker: bool,
    is_other: bool,
}

impl Filed {
    fn read(origin: &str) -> Self {
        let lower = origin.to_ascii_lowercase();
        let (folder, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
        let stem = file.split('.').next().unwrap_or(file);
        let word = [
            ("bluesheet", Kind::Bluesheet),
            ("attendees", Kind::Bluesheet),
            ("minutes", Kind::Minutes),
            ("agenda", Kind::Agenda),
        ];
        let word = word.into_iter().find(|(word, _)| stem.contains(word)).map(|(_, kind)| kind);
        let place = path(origin);
        let is_other = ["source", "readme", "charter", "arrangements"].contains(&stem);
        let is_in_meeting =
            place.number.is_some() || folder.contains("wg-materials") || place.is_interim && place.group.is_some();
        let is_in_interim = is_in_meeting && place.is_interim && place.group.is_some();
        let is_of_datatracker = word.is_some() && stem.contains("-interim-20") && place.is_interim;
        Self { word, is_in_meeting, is_in_interim, is_of_datatracker, is_other }
    }
}

/// `MT: words`, `Ann Example (Acme): words`, `**Ann**: words`: who speaks, and what stands in brackets behind the name.
pub(super) fn speaker(text: &str) -> Option<&str> {
    let (who, said) = text.split_once(':')?;
    let name = who.split(['(', '[']).next().unwrap_or(who).trim();
    let n_words = name.split_whitespace().count();
    let is_name = name.starts_with(char::is_alphabetic)
        && name.chars().all(|letter| letter.is_alphabetic() || " .-'’".contains(letter))
        && (1..=4).contains(&n_words)
        && name.len() >= 2;
    let is_person = n_words == 1
        || name.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count() * 2 >= n_words;
    let is_label = ["http", "https", "xmpp", "note", "issue", "slides", "status", "minutes", "agenda", "draft"];
    let is_speech = said.is_empty() || said.starts_with([' ', '\t']);
    (is_name && is_person && is_speech && !said.trim().is_empty() && !is_label.contains(&name.to_lowercase().as_str()))
        .then_some(name)
}
