//! Which group a file is about, from its title, its links or its folder.

use crate::parts::calendar::is_weekday;
use crate::parts::names::is_topic_word;
use crate::parts::stated_date::dates;

use super::meeting::{Path, number};
use super::people::taken_by;
use super::row::Row;

/// The group that the title names, its kind as `WG`; else the group of its links, else that of its folder.
pub(super) fn body(titles: &[&Row<'_>], rows: &[Row<'_>], path: &Path) -> Option<String> {
    let is_title = |row: &&&Row<'_>| {
        let lower = row.text.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        number(&row.text).is_some()
            || row.level == 1 && row.number() == titles[0].number()
            || has(&["minutes", "agenda", "interim", "blue sheet", "bluesheet", "working group"])
            || lower.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "wg")
    };
    let named_in =
        titles.iter().filter(is_title).filter(|row| taken_by(&row.text).is_none()).find_map(|row| named(&row.text));
    let linked = || rows.iter().take(60).find_map(|row| row.linked_group());
    let grouped = || linked().or_else(|| path.group.clone()).map(|group| format!("{group} WG"));
    let top = || titles.iter().find(|row| row.level == 1).and_then(|row| named(&row.text));
    let is_sparse = titles.iter().all(|row| row.level != 1 || row.text.split(' ').count() < 3);
    named_in.or_else(|| if is_sparse { None } else { top() }).or_else(grouped).or_else(top)
}

/// The group in a title: `QUIC WG Meeting Minutes - IETF 100` is `QUIC WG`, `Constrained Environments (CoRE) WG` is `CoRE WG`.
fn named(title: &str) -> Option<String> {
    let lower = title.to_lowercase();
    let title = if lower.starts_with("bluesheet for interim-") { "" } else { title };
    if let Some(group) = bracketed(title) {
        return Some(group);
    }
    let dates = dates(title);
    let mut run: Vec<&str> = Vec::new();
    let mut suffix = None;
    for (start, word) in words(title) {
        let is_in_date = dates.iter().any(|date| (date.start..date.end).contains(&start));
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let low = bare.to_lowercase();
        if !run.is_empty() && ["wg", "working", "bof", "rg"].contains(&low.as_str()) {
            suffix = Some(if low == "bof" {
                "BoF"
            } else if low == "rg" {
                "RG"
            } else {
                "WG"
            });
            break;
        }
        let is_stop =
            is_in_date || bare.is_empty() || is_stop(&low) || bare.starts_with(|letter: char| letter.is_ascii_digit());
        if is_stop && !run.is_empty() {
            break;
        }
        if !is_stop {
            let is_bracketed = word.starts_with('(') && word.contains(')');
            if is_bracketed {
                run.clear();
            }
            run.push(bare);
            if word.ends_with([',', ':', ';', '.']) {
                break;
            }
        }
    }
    let first = *run.first()?;
    let is_acronym = first.chars().count() >= 3 && first.chars().filter(|letter| letter.is_uppercase()).count() >= 2;
    let name = if suffix.is_none() && is_acronym { first.to_string() } else { run.join(" ") };
    let is_topic = suffix.is_none() && !is_acronym && is_topic_word(first);
    if is_topic || name.chars().count() > 60 || !name.starts_with(char::is_alphabetic) {
        return None;
    }
    let has_kind = name.ends_with("WG") || name.ends_with("RG");
    Some(match suffix {
        _ if has_kind => name,
        Some(suffix) => format!("{name} {suffix}"),
        None => format!("{name} WG"),
    })
}

/// `Constrained Environments (CoRE) WG`: the short name in brackets.
fn bracketed(title: &str) -> Option<String> {
    let (before, after) = title.split_once(") ")?;
    let (_, name) = before.rsplit_once('(')?;
    let lower = after.trim_start().to_lowercase();
    let kinds = [("wg", "WG"), ("working group", "WG"), ("bof", "BoF"), ("rg", "RG")];
    let (_, kind) = kinds.into_iter().find(|(word, _)| lower.starts_with(word))?;
    let is_name = (2..=20).contains(&name.len()) && name.chars().all(char::is_alphanumeric);
    is_name.then(|| format!("{name} {kind}"))
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split([' ', '\t', '@']).filter_map(move |word| {
        let at = start;
        start += word.len() + 1;
        (!word.is_empty()).then_some((at, word))
    })
}

/// Words of titles that belong to no group's name.
fn is_stop(lower: &str) -> bool {
    const STOPS: [&str; 50] = [
        "from",
        "bashing",
        "utc",
        "readout",
        "etc",
        "name",
        "intro",
        "chairs",
        "administrivia",
        "administration",
        "welcome",
        "time",
        "ietf",
        "minutes",
        "minute",
        "meeting",
        "meetings",
        "agenda",
        "agendas",
        "blue",
        "sheet",
        "sheets",
        "bluesheet",
        "bluesheets",
        "notes",
        "draft",
        "preliminary",
        "virtual",
        "interim",
        "hybrid",
        "session",
        "sessions",
        "for",
        "of",
        "the",
        "at",
        "on",
        "in",
        "and",
        "design",
        "team",
        "raw",
        "final",
        "group",
        "wg",
        "working",
        "toc",
        "day",
        "summary",
        "hackathon",
    ];
    STOPS.contains(&lower) || number(lower).is_some() || is_weekday(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_read_from_titles_of_every_form() {
        for (title, body) in [
            ("HTTP WG Meeting Minutes - IETF100, Singapore", "HTTP WG"),
            ("IETF101: 20 March 2018 HTTP WG Meeting Minutes", "HTTP WG"),
            ("HTTP Working Group Minutes - IETF103 Bangkok", "HTTP WG"),
            ("IETF 113 - Agenda for Constrained RESTful Environments (CoRE) WG", "CoRE WG"),
            ("WebTransport (webtrans) Working Group Minutes - IETF 122", "webtrans WG"),
            ("IETF 106 WEBTRANS BoF Minutes", "WEBTRANS BoF"),
            ("CoRE Virtual interim - 2020-06-24 - 14:00 UTC", "CoRE WG"),
            ("CCWG, 18 March 2025, Bangkok, Thailand", "CCWG"),
            ("HTTPbis New York Interim Minutes", "HTTPbis WG"),
            ("IETF AI Preferences Interim Meeting Minutes", "AI Preferences WG"),
            ("Minutes: QUIC Working Group 24-01-17", "QUIC WG"),
            ("Blue Sheet for HTTP WG October 2020 Interim", "HTTP WG"),
            ("The 6th SCONE interim Meeting", "SCONE WG"),
            ("(SCONE) Virtual Interim", "SCONE WG"),
            ("QUIC at IETF 110", "QUIC WG"),
        ] {
            assert_eq!(named(title).as_deref(), Some(body), "{title}");
        }
        assert_eq!(named("Blue Sheets"), None);
        assert_eq!(named("Bluesheet for interim-2021-core-10"), None);
    }
}
