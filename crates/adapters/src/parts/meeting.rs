//! The meeting of a document list: its title, heading, agenda and file name come in; event, body and dates go out.
//!
//! 3GPP writes one meeting in many ways (`S2-128BIS`, `SA2#128Bis`, `TSGS2_128bis`); all give `SA2#128Bis`, so that two
//! snapshots of one meeting have one event. Meetings of other bodies stay as written.

use fact::{Precision, When};
use jiff::civil::Date;

/// What the page says of its meeting. Everything may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meeting {
    /// The meeting, e.g. `SA2#128Bis`.
    pub event: Option<String>,
    /// Its body, e.g. `3GPP SA2`.
    pub body: Option<String>,
    /// First and last day, where the title states them.
    pub days: Option<(Date, Date)>,
    /// The day on which the list was made, where the page or the name of the file states it.
    pub made_on: Option<Date>,
}

/// Prefixes of 3GPP document numbers and the groups that give them out.
const GROUPS: &[(&str, &str)] = &[
    ("SP", "SA"),
    ("S1", "SA1"),
    ("S2", "SA2"),
    ("S3", "SA3"),
    ("S4", "SA4"),
    ("S5", "SA5"),
    ("S6", "SA6"),
    ("RP", "RAN"),
    ("R1", "RAN1"),
    ("R2", "RAN2"),
    ("R3", "RAN3"),
    ("R4", "RAN4"),
    ("R5", "RAN5"),
    ("R6", "RAN6"),
    ("CP", "CT"),
    ("C1", "CT1"),
    ("C3", "CT3"),
    ("C4", "CT4"),
    ("C6", "CT6"),
    ("GP", "GERAN"),
    ("G1", "GERAN1"),
    ("G2", "GERAN2"),
    ("G3", "GERAN3"),
];

impl Meeting {
    /// Finds the meeting in the page's title, its heading, its first agenda row or the name of its file: the first
    /// that names one. `number` is a document number of the list, which gives the group where a file is named `128Bis`.
    pub fn find(title: &str, prose: &str, agenda: &str, origin: &str, number: Option<&str>) -> Self {
        let between = |text: &str, from: &str, to: &str| {
            let (_, rest) = text.split_once(from)?;
            Some(rest.split(to).next().unwrap_or_default().replace("All Sessions", "").replace("All sessions", ""))
        };
        let file = origin.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let stated = between(title, "for meeting", " - Ordered").unwrap_or_default();
        let heading = between(prose, "List for Meeting:", "All Sessions").unwrap_or_default();
        let made_on = between(prose, "Created:", "START OF LIST").and_then(|text| first_date(&text));

        let (name, days) = dated(stated.trim());
        let mut meeting = Self { days, made_on: made_on.or_else(|| first_date(stem)), ..Self::default() };
        let known = [name, heading.trim(), agenda].into_iter().find_map(in_3gpp);
        if let Some(event) = known {
            meeting.body = event.split_once('#').map(|(group, _)| format!("3GPP {group}"));
            meeting.event = Some(event);
        } else if let Some((body, _)) = name.split_once('#') {
            meeting.body = Some(body.trim().into());
            meeting.event = Some(name.into());
        } else if let Some(event) = in_file_name(stem, number) {
            meeting.event = Some(event);
        }
        meeting
    }

    /// The body that gave out a document number; the meeting's own body where the prefix is not one of 3GPP.
    pub fn body_of(&self, number: &str) -> Option<String> {
        group(number.get(..2).unwrap_or_default()).map(|group| format!("3GPP {group}")).or_else(|| self.body.clone())
    }

    /// True for the name of a 3GPP group, as in `SA WG2` and `TSG RAN`, or of the meeting's own body.
    pub fn is_body(&self, name: &str) -> bool {
        let code = name.trim_start_matches("TSG ");
        (code != name || name.contains(" WG") || name.len() > 2) && group(code).is_some()
            || self.body.as_deref() == Some(name)
    }

    /// When a document was submitted: the days of the meeting, or the year that stands in its number.
    pub fn submitted(&self, number: &str) -> When {
        match self.days {
            Some((first, last)) => When::days(first, last),
            None => year(number).and_then(When::year).unwrap_or(When::UNKNOWN),
        }
    }

    /// When an outcome was so: not after the day on which the list was made.
    pub fn outcome(&self, number: &str) -> When {
        let when = self.submitted(number);
        match (self.days, when.from, self.made_on) {
            (None, Some(from), Some(made_on)) if made_on >= from => {
                When { from: Some(from), to: Some(made_on), precision: Precision::Year }
            }
            _ => when,
        }
    }
}

/// Brings a 3GPP meeting into one form, e.g. `S2-128BIS` and `SA2#128Bis` into `SA2#128Bis`; `None` for anything else.
pub fn in_3gpp(text: &str) -> Option<String> {
    let (code, rest) = text.split_at_checked(text.find(['#', '-'])?)?;
    let group = group(code.trim().trim_start_matches("TSG "))?;
    let digits = rest[1..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - 1);
    let (number, suffix) = rest[1..].split_at(digits);
    let is_meeting = (1..=3).contains(&number.len()) && suffix.len() <= 4 && suffix.chars().all(char::is_alphanumeric);
    is_meeting.then(|| format!("{group}#{number}{}", suffix_of(suffix)))
}

fn group(code: &str) -> Option<&'static str> {
    let code = code.replace(" WG", "");
    GROUPS.iter().find(|(prefix, name)| *prefix == code || *name == code).map(|(_, name)| *name)
}

fn suffix_of(suffix: &str) -> String {
    if suffix.eq_ignore_ascii_case("bis") { "Bis".into() } else { suffix.to_ascii_uppercase() }
}

/// `2020.02.29_TdocsByAgenda_SA2-137E` names its meeting; `128Bis` and `138E_final` only its number.
fn in_file_name(stem: &str, number: Option<&str>) -> Option<String> {
    let mut words = stem.split(['_', ' ']);
    if let Some(event) = words.clone().find_map(in_3gpp) {
        return Some(event);
    }
    let word = words.next()?;
    in_3gpp(&format!("{}-{word}", number?.get(..2)?))
}

/// `MADE WG1#12, 2021-03-08..2021-03-12` into the meeting and its days.
fn dated(text: &str) -> (&str, Option<(Date, Date)>) {
    let split = || {
        let (name, days) = text.rsplit_once(',')?;
        let (first, last) = days.trim().split_once("..").unwrap_or((days.trim(), days.trim()));
        Some((name.trim(), (first.parse().ok()?, last.parse().ok()?)))
    };
    split().map_or((text, None), |(name, days)| (name, Some(days)))
}

/// The first date written `2018-08-31` or `2018.08.31`.
fn first_date(text: &str) -> Option<Date> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-')
        .filter(|word| word.len() == 10)
        .find_map(|word| word.replace('.', "-").parse().ok())
}

/// The year in a document number: `S2-1812345` is of 2018, `C1-99123` of 1999.
fn year(number: &str) -> Option<i16> {
    let digits: i16 = number.split_once('-')?.1.get(..2)?.parse().ok()?;
    Some(if digits >= 90 { 1900 + digits } else { 2000 + digits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_meeting_has_one_name() {
        for text in ["S2-128BIS", "S2#128bis", "SA2#128Bis", "SA WG2#128BIS", "SA2-128Bis"] {
            assert_eq!(in_3gpp(text).as_deref(), Some("SA2#128Bis"), "{text}");
        }
        for text in ["", "S2-1812345", "Rel-16", "TEI17", "MADE WG1#12", "-", "S2-", "é#1"] {
            assert_eq!(in_3gpp(text), None, "{text}");
        }
    }

    #[test]
    fn the_page_goes_before_the_name_of_the_file() {
        let title = "Document List for meeting  - Ordered by Agenda Item";
        let find = |title, prose, agenda, origin| Meeting::find(title, prose, agenda, origin, Some("S2-2001234")).event;
        let heading = "List for Meeting: S2-134 All Sessions Temporary Documents List";
        assert_eq!(find(title, heading, "", "2019.07.02_x.html").as_deref(), Some("SA2#134"));
        assert_eq!(find(title, "", "S2-137E", "x.htm").as_deref(), Some("SA2#137E"));
        assert_eq!(find(title, "", "", "a/2020.02.29_TdocsByAgenda_SA2-137E.htm").as_deref(), Some("SA2#137E"));
        assert_eq!(find(title, "", "", "128Bis.htm").as_deref(), Some("SA2#128Bis"));
        assert_eq!(find(title, "", "", "138E_final.html").as_deref(), Some("SA2#138E"));
        assert_eq!(find(title, "", "", "2020.02.29_x.htm"), None);
    }

    #[test]
    fn a_title_may_state_body_and_days() {
        let title = "Document List for meeting MADE WG1#12, 2021-03-08..2021-03-12 - Ordered by Agenda Item";
        let meeting = Meeting::find(title, "", "", "x.htm", Some("M1-210001"));
        assert_eq!(meeting.event.as_deref(), Some("MADE WG1#12"));
        assert_eq!(meeting.body_of("M1-210001").as_deref(), Some("MADE WG1"));
        assert_eq!(meeting.submitted("M1-210001").to.unwrap().to_string(), "2021-03-12");
        assert_eq!(meeting.body_of("R1-210001").as_deref(), Some("3GPP RAN1"));
    }

    #[test]
    fn an_outcome_is_not_later_than_its_list() {
        let prose = "Created: 2018-08-31 13:29 START OF LIST";
        let meeting = Meeting::find("", prose, "", "128Bis.htm", Some("S2-187630"));
        assert_eq!(meeting.outcome("S2-187630").to.unwrap().to_string(), "2018-08-31");
        assert_eq!(meeting.submitted("S2-187630").to.unwrap().to_string(), "2018-12-31");
        assert_eq!(meeting.outcome("S2-197630").to.unwrap().to_string(), "2019-12-31");
    }
}
