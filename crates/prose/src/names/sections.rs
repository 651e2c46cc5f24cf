//! Where in a document a block stands: under attendance, a panel, keynotes, views from the floor.

use document::Kind;

use super::persons::label_part;
use crate::scan::Scan;

/// What the words above a block say of the people in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Section {
    /// Nothing.
    #[default]
    Other,
    /// Who was there.
    Attendance,
    /// Who was not.
    Absence,
    /// Keynotes.
    Keynotes,
    /// Talks.
    Talks,
    /// A panel.
    Panel,
    /// Views from the floor.
    Floor,
    /// A committee that prepares the event.
    Committee,
    /// People with this part, after a label on a line of its own: `Chairs:`.
    People(&'static str),
    /// Documents, abbreviations: nobody acts here.
    Lists,
}

impl Section {
    /// Returns the part in the event that people in such a section have.
    pub fn part(self) -> Option<&'static str> {
        match self {
            Self::Attendance => Some("attendee"),
            Self::Absence => Some("absent"),
            Self::Keynotes => Some("keynote"),
            Self::Talks => Some("speaker"),
            Self::Panel => Some("panellist"),
            Self::Floor => Some("floor"),
            Self::Committee => Some("committee member"),
            Self::People(part) => Some(part),
            Self::Lists | Self::Other => None,
        }
    }

    /// True where every entry is a person.
    pub fn lists_people(self) -> bool {
        matches!(self, Self::Attendance | Self::Absence | Self::Committee | Self::People(_))
    }
}

/// Most tokens of a heading: what is longer only looks like one (in Markdown a rule below a paragraph makes it a heading).
pub(crate) const LONGEST_HEADING: usize = 24;

/// Returns the section of each block.
pub(crate) fn of_blocks(scan: &Scan<'_>) -> Vec<Section> {
    let mut sections = Vec::with_capacity(scan.blocks.len());
    let mut above: Vec<(u8, Section)> = Vec::new();
    let mut led_in: Option<Section> = None;
    let mut has_items = false;
    for (number, tokens) in scan.blocks.iter().enumerate() {
        let Some(block) = scan.document.blocks.get(number) else { break };
        let is_item = matches!(block.kind, Kind::Item { .. });
        // A list of items ends with the first line that is none.
        if !is_item && has_items && led_in.is_some_and(Section::lists_people) {
            led_in = None;
        }
        has_items = is_item;
        let words = scan.text(scan.span(tokens));
        if let Kind::Heading(level) = block.kind
            && tokens.len() <= LONGEST_HEADING
        {
            above.retain(|(depth, _)| *depth < level);
            let own = heading(words);
            let inherited = above.last().map_or(Section::Other, |(_, section)| *section);
            above.push((level, own.unwrap_or(if inherited.lists_people() { Section::Other } else { inherited })));
            led_in = None;
        } else if let Some(section) = label(scan, number, tokens.len(), words) {
            led_in = Some(section);
        } else if words.trim_end().ends_with(':') && !matches!(block.kind, Kind::Cell { .. }) {
            led_in = lead_in(words).or(led_in.filter(|_| matches!(block.kind, Kind::Item { .. })));
        } else if is_own_line(&block.kind, tokens.len()) && ends_list(words) {
            led_in = None;
        }
        let section = led_in.unwrap_or(above.last().map_or(Section::Other, |(_, section)| *section));
        sections.push(section);
        if led_in.is_some()
            && matches!(block.kind, Kind::Paragraph)
            && !words.trim_end().ends_with(':')
            && tokens.len() > 60
            && !is_name_list(words)
        {
            led_in = led_in.filter(|section| !section.lists_people());
        }
    }
    sections
}

/// Names between commas, rather than sentences.
fn is_name_list(words: &str) -> bool {
    let n_commas = words.matches([',', ';']).count();
    n_commas * 5 >= words.split_whitespace().count()
}

fn is_own_line(kind: &Kind, n_tokens: usize) -> bool {
    matches!(kind, Kind::Paragraph) && n_tokens <= 8
}

/// A short line of its own that is no name list ends a list that another such line began.
fn ends_list(words: &str) -> bool {
    let small = words.to_lowercase();
    [
        "agenda",
        "minutes",
        "introduction",
        "discussion",
        "summary",
        "conclusion",
        "action",
        "decision",
        "next",
        "topics",
        "notes",
    ]
    .iter()
    .any(|word| small.contains(word))
}

/// What a heading says.
fn heading(words: &str) -> Option<Section> {
    let small = words.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|word| small.contains(word));
    if has(&["apolog", "absent", "regrets", "excused"]) {
        Some(Section::Absence)
    } else if has(&[
        "participant",
        "attendee",
        "attendance",
        "in attendance",
        "present:",
        "delegates",
        "list of persons",
        "list of names",
        "who was there",
    ]) || matches!(
        small.trim_end_matches(':').trim(),
        "present" | "attending" | "people" | "persons" | "members present" | "roll call" | "rollcall" | "remote"
    ) {
        Some(Section::Attendance)
    } else if has(&[
        "program committee",
        "programme committee",
        "organizing committee",
        "organising committee",
        "steering committee members",
    ]) {
        Some(Section::Committee)
    } else if has(&["keynote"]) {
        Some(Section::Keynotes)
    } else if has(&["panel"]) {
        Some(Section::Panel)
    } else if has(&["floor", "intervention"]) {
        Some(Section::Floor)
    } else if has(&["abbreviation", "acronym", "references", "bibliography", "documents", "glossary"]) {
        Some(Section::Lists)
    } else if has(&["session", "talks", "presentations", "speakers"]) {
        Some(Section::Talks)
    } else {
        None
    }
}

/// A short line that is a heading without looking like one: `Workshop participants`, `Attendees`, `Floor expressed views`.
fn label(scan: &Scan<'_>, number: usize, n_tokens: usize, words: &str) -> Option<Section> {
    let kind = &scan.document.blocks.get(number)?.kind;
    let is_line = matches!(kind, Kind::Paragraph | Kind::Item { .. });
    let is_label = words.ends_with(':');
    let words = words.trim_end_matches(':');
    if !is_line || n_tokens > 7 || words.ends_with('.') && n_tokens > 4 || words.contains(',') || words.contains('(') {
        return None;
    }
    let tokens = scan.blocks.get(number)?;
    let people = || label_part(scan, tokens.start).filter(|_| is_label && n_tokens <= 4).map(Section::People);
    heading(words).filter(|section| !matches!(section, Section::Talks)).or_else(people)
}

/// What a line that ends in a colon says of the list after it.
fn lead_in(words: &str) -> Option<Section> {
    let small = words.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|word| small.contains(word));
    if has(&["moderators", "moderated by"]) {
        Some(Section::People("moderator"))
    } else if has(&[
        "attended by",
        "participants",
        "attendees",
        "in attendance",
        "were present",
        "delegates",
        "represented by",
    ]) {
        Some(Section::Attendance)
    } else if has(&["panellists", "panelists"]) {
        Some(Section::Panel)
    } else if has(&["from the floor", "floor"]) {
        Some(Section::Floor)
    } else if has(&[
        "committee consisted",
        "committee members",
        "members of the committee",
        "program committee",
        "programme committee",
    ]) {
        Some(Section::Committee)
    } else if has(&["speakers", "presentations were given by", "presenters"]) {
        Some(Section::Talks)
    } else {
        None
    }
}
