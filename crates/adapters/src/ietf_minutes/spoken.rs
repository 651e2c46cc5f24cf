//! Who presented: names beside the topics of minutes.

use std::collections::BTreeSet;

use fact::Mode;

use super::kind::speaker;
use super::people::label;
use super::row::Row;
use crate::parts::entry::{entry, last_brackets};
use crate::parts::names::{is_abbreviation, is_full_name, is_note, is_short_name, people};

/// A presenter of a topic.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Talk {
    pub name: String,
    pub affiliation: Option<String>,
    pub mode: Option<Mode>,
    pub topic: String,
    /// True for an entry of the agenda that stands in the minutes: planned, and perhaps changed.
    pub is_planned: bool,
    /// Number of the row that names the presenter.
    pub row: usize,
}

/// Everybody whom a file lets speak: full names, first names and initials, in small letters.
pub(super) struct Voices(BTreeSet<String>);

impl Voices {
    /// Collects who speaks (`AE: words`) and who is named elsewhere in the file.
    pub(super) fn read<'a>(rows: &[Row<'_>], named: impl Iterator<Item = &'a str>) -> Self {
        let spoken = rows.iter().filter_map(|row| speaker(&row.text)).map(str::to_lowercase);
        let mut voices: BTreeSet<String> = spoken.collect();
        for name in named {
            voices.insert(name.to_lowercase());
            voices.extend(name.split_whitespace().next().map(str::to_lowercase));
        }
        Self(voices)
    }

    /// True where the file lets this person speak, by full name, first name, nickname or initials.
    fn know(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        let initials: String = lower.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
        let first = lower.split_whitespace().next().unwrap_or_default();
        self.0.contains(&lower) || self.0.contains(first) || initials.len() > 1 && self.0.contains(&initials)
    }

    /// True for words that are a person: a full name; a single word only where the file lets it speak.
    fn is_presenter(&self, words: &str) -> bool {
        if words.split_whitespace().count() == 1 {
            return is_short_name(words) && self.0.contains(&words.to_lowercase());
        }
        is_full_name(words)
    }
}

/// Returns the presenters of all topics, in the order of the file.
pub(super) fn talks(rows: &[Row<'_>], voices: &Voices) -> Vec<Talk> {
    let mut talks: Vec<Talk> = Vec::new();
    let mut topic = String::new();
    let mut since_heading = usize::MAX;
    for (at, row) in rows.iter().enumerate() {
        if row.is_blank() || row.is_contents || row.text.chars().count() > 400 {
            continue;
        }
        let is_item = row.level > 0 || is_timed(row) || row.bullet == 1 && heads_draft(rows, at);
        let found = if is_item {
            let (title, found) = heading(&row.text, voices);
            topic = title;
            since_heading = 0;
            found
        } else {
            since_heading = since_heading.saturating_add(1);
            below(row, at, since_heading, voices)
        };
        for (name, affiliation, mode) in found {
            let is_again = talks.iter().rev().take(20).any(|talk| talk.name == name && talk.topic == topic);
            if !is_again && !topic.is_empty() {
                talks.push(Talk {
                    name,
                    affiliation,
                    mode,
                    topic: topic.clone(),
                    is_planned: row.level == 0 && is_item,
                    row: at,
                });
            }
        }
    }
    talks
}

type Presenter = (String, Option<String>, Option<Mode>);

/// An item of an agenda that minutes are written below: it says how long it may take.
fn is_timed(row: &Row<'_>) -> bool {
    let lower = row.text.to_lowercase();
    let words: Vec<&str> = lower.split(|letter: char| !letter.is_alphanumeric()).collect();
    let is_minutes =
        words.windows(2).any(|pair| pair[0].parse::<u8>().is_ok() && ["min", "mins", "minutes"].contains(&pair[1]));
    row.bullet == 1 && is_minutes && row.text.chars().count() < 160
}

/// True for an item of a list with the draft that it is about as an item of its own below.
fn heads_draft(rows: &[Row<'_>], at: usize) -> bool {
    rows.get(at + 1).is_some_and(|next| next.bullet > 1 && next.text.starts_with("draft-"))
}

/// Parts a heading into topic and presenters.
fn heading(text: &str, voices: &Voices) -> (String, Vec<Presenter>) {
    let (rest, mut mode) = (without_time(text), None);
    let mut rest = rest.as_str();
    let mut found = Vec::new();
    // `Topic (A. Example, B. Sample) (remote) (10)`, from the back.
    while let Some((before, inner)) = last_brackets(rest) {
        let last: Vec<&str> = before.split_whitespace().rev().take(2).collect();
        let last = last.into_iter().rev().collect::<Vec<_>>().join(" ");
        if is_full_name(&last) && is_abbreviation(&last, inner) {
            rest = before;
            continue;
        }
        let names = presenters(inner, voices);
        if !names.is_empty() && !before.is_empty() {
            found = names;
            rest = before;
            break;
        }
        mode = mode.or(mode_of(inner));
        if before.is_empty() || !(is_aside(inner) || is_note(inner) || mode_of(inner).is_some()) {
            break;
        }
        rest = before;
    }
    let mut topic = rest.to_string();
    if found.is_empty() {
        (topic, found) = beside(rest, voices);
    }
    let topic = bare(&topic);
    for presenter in &mut found {
        presenter.2 = presenter.2.or(mode);
    }
    (topic, found)
}

/// A topic without the marks, times and `slides` that stand around it.
fn bare(topic: &str) -> String {
    let mut rest = topic.trim();
    loop {
        let before = rest.len();
        rest = rest.trim_end_matches([' ', '-', '–', ':', ',', '.', '/', '|', ';']);
        let tails = ["slides", " presented", " - Chairs", " - chairs"];
        rest = tails.iter().find_map(|tail| rest.strip_suffix(tail)).unwrap_or(rest);
        if let Some((lead, _)) = last_brackets(rest).filter(|(lead, inner)| !lead.is_empty() && is_aside(inner)) {
            rest = lead;
        }
        if rest.starts_with('[') && rest.ends_with(']') && rest.matches('[').count() == 1 {
            rest = rest[1..rest.len() - 1].trim();
        }
        if rest.len() == before {
            return rest.to_string();
        }
    }
}

/// `Topic - A. Example`, `Topic, A. Example, onsite`, `A. Example (Acme) -- Topic`: the topic and who presents it.
fn beside(text: &str, voices: &Voices) -> (String, Vec<Presenter>) {
    const JOINTS: [&str; 11] = [" presented by ", " -- ", " — ", " – ", " - ", ": ", "; ", ", ", " by ", " / ", "- "];
    let text = text.trim_end_matches(['.', ' ']);
    // The shortest tail that is a person, however many commas stand before it; then longer ones.
    let mut cuts: Vec<(usize, usize)> =
        JOINTS.iter().flat_map(|joint| text.match_indices(joint).map(|(at, joint)| (at, at + joint.len()))).collect();
    cuts.sort_unstable();
    cuts.dedup_by_key(|cut| cut.1);
    if cuts.len() > 30 {
        return (text.into(), Vec::new());
    }
    let tails = cuts.iter().map(|&(end, start)| {
        // `Issue 270: Priority Levelling` names nobody: behind a colon only those are taken who speak in the file.
        let is_named = |found: &Presenter| voices.know(&found.0);
        let found = presenters(&text[start..], voices);
        let is_open = !text[end..].starts_with(": ") || found.iter().any(is_named);
        (text[..end].trim(), if is_open { found } else { Vec::new() })
    });
    // Of all cuts whose tail is people only, the first takes all of them along.
    if let Some((topic, found)) = tails.into_iter().find(|(topic, found)| !found.is_empty() && !topic.is_empty()) {
        return (topic.into(), found);
    }
    // The name before the topic: a full name that the file lets speak, or one with its affiliation.
    for &(end, start) in cuts.iter().take(2) {
        let lead = &text[..end];
        let is_known = is_full_name(lead) && voices.know(lead);
        let is_affiliated = entry(lead).is_some_and(|entry| entry.affiliation.is_some() && is_full_name(&entry.name));
        if is_known || is_affiliated {
            return (text[start..].trim().to_string(), presenters(lead, voices));
        }
    }
    (text.into(), Vec::new())
}

/// The people that a text consists of; none where any part of it is something else.
fn presenters(text: &str, voices: &Voices) -> Vec<Presenter> {
    let text = text.trim().trim_start_matches("presented by ").trim_start_matches("by ");
    let mut found: Vec<Presenter> = Vec::new();
    for part in people(text) {
        if is_aside(part) || mode_of(part).is_some() {
            if let (Some(mode), Some(last)) = (mode_of(part), found.last_mut()) {
                last.2 = Some(mode);
            }
            continue;
        }
        let Some(entry) = entry(part) else { return Vec::new() };
        if voices.is_presenter(&entry.name) {
            found.push((entry.name, entry.affiliation, entry.mode));
        } else if let (Some(last), true) = (found.last_mut(), is_company(part)) {
            // `A. Example, Acme`: one word behind a full name is where they come from.
            if last.1.is_some() || !last.0.contains(' ') {
                return Vec::new();
            }
            last.1 = Some(part.into());
        } else {
            return Vec::new();
        }
    }
    found
}

fn is_company(text: &str) -> bool {
    let n_words = text.split_whitespace().count();
    n_words <= 3
        && text.starts_with(char::is_uppercase)
        && !text.contains(|letter: char| letter.is_ascii_digit())
        && !is_full_name(text)
        && is_short_name(&text.replace(' ', ""))
}

/// Brackets and parts that name nobody: times, `slides`, `draft-...`.
fn is_aside(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_time = lower.split([' ', '-', '.', '\'', '+', '~']).filter(|word| !word.is_empty()).all(|word| {
        word.parse::<u16>().is_ok()
            || ["min", "mins", "minute", "minutes", "m", "max"].contains(&word)
            || word.trim_end_matches("min").parse::<u16>().is_ok()
    });
    let is_file = [
        "slides",
        "slide",
        "presentation",
        "chairs",
        "draft",
        "pdf",
        "if time permits",
        "cont'd",
        "continued",
        "individual",
    ]
    .contains(&lower.as_str());
    (is_time && lower.contains(|letter: char| letter.is_ascii_digit()))
        || is_file
        || lower.starts_with("draft-")
        || lower.starts_with("slides")
        || lower.contains("://")
}

fn mode_of(text: &str) -> Option<Mode> {
    match text.to_lowercase().trim() {
        "remote" | "remotely" | "online" => Some(Mode::Remote),
        "onsite" | "on-site" | "in person" | "in-person" | "on site" => Some(Mode::InPerson),
        _ => None,
    }
}

/// Takes `10 min - ` off the front and `, 20 minutes`, ` / slides` off the back.
fn without_time(text: &str) -> String {
    let mut rest = text.trim();
    // `20 min Topic`
    let n_digits = rest.bytes().take_while(|byte| byte.is_ascii_digit() || b"+-".contains(byte)).count();
    let unit = ["minutes ", "mins ", "min "].iter().find_map(|unit| rest[n_digits..].trim_start().strip_prefix(unit));
    if let Some(after) = unit.filter(|_| n_digits > 0) {
        rest = after.trim_start_matches([' ', '-', '–', ':']);
    }
    for joint in [" - ", " – ", ": "] {
        if let Some((_, after)) = rest.split_once(joint).filter(|(before, _)| is_aside(before)) {
            rest = after;
        }
    }
    loop {
        let cut = [", ", " - ", " / ", "; ", " – "]
            .iter()
            .filter_map(|joint| rest.rsplit_once(joint))
            .find(|(_, after)| is_aside(after));
        match cut {
            Some((before, _)) => rest = before.trim_end(),
            None => return rest.to_string(),
        }
    }
}

/// A line below a heading that names its presenters: `Presenter: ...`, `Presented by ...`, `_A. Example_, 10 minutes`.
fn below(row: &Row<'_>, at: usize, since_heading: usize, voices: &Voices) -> Vec<Presenter> {
    let text = row.text.as_str();
    let lower = text.to_lowercase();
    for start in [
        "presenter: ",
        "presenters: ",
        "presenter(s): ",
        "speaker: ",
        "speakers: ",
        "presented by: ",
        "presented by ",
        "presentation by ",
    ] {
        if lower.starts_with(start) && text.is_char_boundary(start.len()) {
            return presenters(&text[start.len()..], voices);
        }
    }
    if let Some(who) = lower.trim_end_matches(['.', ' ', ':', '…']).strip_suffix(" presenting") {
        let name = text.get(..who.len()).unwrap_or_default().trim_start_matches('(');
        return if is_full_name(name) { presenters(name, voices) } else { Vec::new() };
    }
    // `A. Example presenting the draft`, right below its heading.
    let opening = [" presenting ", " presents "].iter().find_map(|verb| text.split_once(verb));
    if let Some((name, _)) = opening.filter(|(name, _)| since_heading <= 3 && is_full_name(name)) {
        return presenters(name, voices);
    }
    let is_byline = row.is_emphasised || row.text.contains(", ") && row.starts_emphasised;
    if since_heading == 1 && is_byline && label(row, at).is_none() {
        let words = without_time(text);
        let end = words
            .rfind(", ")
            .filter(|&end| is_aside(&words[end + 2..]) || words[end + 2..].starts_with("draft"))
            .unwrap_or(words.len());
        return presenters(&words[..end], voices);
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ietf_minutes::row::rows;

    fn read(text: &str) -> Vec<String> {
        let rows: Vec<Row<'_>> = rows(text.as_bytes()).collect();
        let voices = Voices::read(&rows, std::iter::empty());
        let show = |talk: Talk| {
            let mode = talk.mode.map(|mode| format!(" {}", mode.slug())).unwrap_or_default();
            format!("{}|{}|{}{mode}", talk.topic, talk.name, talk.affiliation.unwrap_or_default())
        };
        talks(&rows, &voices).into_iter().map(show).collect()
    }

    #[test]
    fn presenters_are_read_beside_topics_of_every_form() {
        for text in [
            "## Tokens (Ann Example) (10)",
            "## Tokens - Ann Example",
            "### [Tokens](https://x.example) -- _Ann Example_ (10 minutes)",
            "## Tokens: Ann Example\nAnn: hello",
            "## Tokens, Ann Example, 20 minutes",
            "## Tokens – Ann Example / [slides](x.pdf)",
            "* 45 min - Tokens [Ann Example]",
            "## Tokens\n\n*Ann Example, 15 minutes*",
            "## Tokens\n* Presenter: Ann Example",
            "## Tokens\nAnn Example presenting.",
            "## Ann Example -- Tokens\nAnn: yes",
            "## 10 min - Tokens - Ann Example",
            "## Tokens\n_Ann Example_, [slides](x)",
        ] {
            assert_eq!(read(text), ["Tokens|Ann Example|"], "{text}");
        }
        assert_eq!(read("## Tokens: Ann Example, Acme\nAnn: hello"), ["Tokens|Ann Example|Acme"]);
        assert_eq!(read("## Tokens - Ann Example (remote)"), ["Tokens|Ann Example| remote"]);
        assert_eq!(read("## Tokens (Ann Example/Bea Specimen)"), ["Tokens|Ann Example|", "Tokens|Bea Specimen|"]);
        assert_eq!(
            read("## A\nPresented by Ann Example (Acme) and Bea Specimen"),
            ["A|Ann Example|Acme", "A|Bea Specimen|"]
        );
    }

    #[test]
    fn a_first_name_is_a_presenter_only_where_it_speaks() {
        assert_eq!(read("## Tokens - Ann"), Vec::<String>::new());
        assert_eq!(read("## Tokens - Ann\nAnn: hello"), ["Tokens|Ann|"]);
    }

    #[test]
    fn topics_with_capitals_name_nobody() {
        for text in [
            "## Active Drafts - Status Updates",
            "## HTTP Core - Open Issues",
            "## Intro, agenda, status (Chairs) (10)",
            "## Tokens (Chairs)",
            "- [Tokens - Ann Example](#tokens)",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }
}
