//! Minutes of meetings in Markdown, with who was there; as people keep them.
//!
//! Planted mess: delegates without an organisation (`Invited Expert`), empty affiliations (1 in 100), names twice in a
//! table, spelling variants, lists inside a code fence in 2022, and one meeting without an attendance list.

use jiff::civil::Date;

use super::calendar::{Held, Meeting};
use super::documents::{Line, Row};
use super::draw::Draw;
use super::members::World;
use super::mess::spelt;
use super::names::TOPICS;

/// One line of an attendance table.
struct Delegate {
    name: String,
    affiliation: String,
}

/// Returns the minutes of a meeting.
pub(super) fn minutes(world: &World, meeting: &Meeting, lines: &[Line], draw: &mut Draw) -> String {
    let mut text = head(meeting);
    let (room, remote) = present(world, meeting, draw);
    if is_without_list(meeting) {
        text.push_str("The attendance list is kept by the secretary.\n\n");
    } else {
        for (title, delegates) in [("In-person attendees", &room), ("Remote attendees", &remote)] {
            if !delegates.is_empty() {
                text.push_str(&attendance(title, delegates, meeting));
            }
        }
    }
    text.push_str(&discussion(meeting, lines, &room, &remote, draw));
    text
}

fn is_without_list(meeting: &Meeting) -> bool {
    meeting.name() == "MADE WG2#20"
}

fn head(meeting: &Meeting) -> String {
    format!(
        "# {}, {} Meeting Notes\n\nThis is made-up data: no such body, organisation or person exists.\n\n-----\n\n",
        meeting.name(),
        days(meeting.from, meeting.to)
    )
}

/// `8-12 March 2021`, `29 January - 2 February 2024`.
fn days(from: Date, to: Date) -> String {
    let months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = |day: Date| months[usize::try_from(day.month() - 1).unwrap_or_default()];
    if from.month() == to.month() {
        format!("{}-{} {} {}", from.day(), to.day(), month(to), to.year())
    } else {
        format!("{} {} - {} {} {}", from.day(), month(from), to.day(), month(to), to.year())
    }
}

/// Those in the room and those who joined from elsewhere.
fn present(world: &World, meeting: &Meeting, draw: &mut Draw) -> (Vec<Delegate>, Vec<Delegate>) {
    let share_in_room = match meeting.held {
        Held::Remote => 0.0,
        Held::Hybrid => 0.55,
        Held::InPerson => 0.92,
    };
    let (mut room, mut remote) = (Vec::new(), Vec::new());
    for member in &world.members {
        let presence = member.presence(meeting.group, meeting.from);
        for (at, person) in member.people.iter().enumerate() {
            if draw.chance(if at == 0 { presence } else { presence * presence * 0.5 }) {
                let affiliation = if draw.chance(0.01) { String::new() } else { spelt(&member.name, draw) };
                let delegate = Delegate { name: person.clone(), affiliation };
                if draw.chance(share_in_room) { room.push(delegate) } else { remote.push(delegate) }
            }
        }
    }
    for expert in &world.experts {
        if draw.chance(0.5) {
            let affiliation = draw.pick(&["Invited Expert", "Invited Expert", "IE", "Independent", "n/a"]);
            remote.push(Delegate { name: expert.clone(), affiliation: affiliation.into() });
        }
    }
    (room, remote)
}

fn attendance(title: &str, delegates: &[Delegate], meeting: &Meeting) -> String {
    let is_fenced = meeting.from.year() == 2022 && meeting.group == 0;
    let fence = if is_fenced { "```\n" } else { "" };
    let mut text = format!("**{title}:**\n\n{fence}| {:24} | Abbreviation | Organization |\n|---|---|---|\n", "Name");
    for (at, delegate) in delegates.iter().enumerate() {
        let row =
            format!("| {:24} | {:12} | {} |\n", delegate.name, abbreviation(&delegate.name), delegate.affiliation);
        text.push_str(&row);
        if at == 4 && meeting.number.is_multiple_of(4) {
            text.push_str(&row);
        }
    }
    text + fence + "\n"
}

fn abbreviation(name: &str) -> String {
    let (given, family) = name.split_once(' ').unwrap_or((name, ""));
    given.chars().take(1).chain(family.chars().take(2)).flat_map(char::to_uppercase).collect()
}

fn discussion(meeting: &Meeting, lines: &[Line], room: &[Delegate], remote: &[Delegate], draw: &mut Draw) -> String {
    let mut text = format!("## Opening\n\nThe Chair opened {} and thanked the hosts.\n\n", meeting.name());
    let speakers: Vec<&Delegate> = room.iter().chain(remote).collect();
    let documents: Vec<&Row> = lines
        .iter()
        .filter_map(|line| match line {
            Line::Document(row) if !row.work.is_empty() => Some(row),
            _ => None,
        })
        .collect();
    for row in documents.iter().step_by(17) {
        let (one, other) = (speakers[draw.below(speakers.len())], speakers[draw.below(speakers.len())]);
        text.push_str(&format!(
            "## {} {}\n\n{}: This is about {}.\n\n{}: What happens with {}?\n\n### Conclusion\n\n- {}\n\n",
            row.number,
            row.title,
            abbreviation(&one.name),
            draw.pick(TOPICS),
            abbreviation(&other.name),
            draw.pick(TOPICS),
            if row.result.is_empty() { "Open" } else { row.result },
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_over_the_end_of_a_month_name_both() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(days(day("2021-03-08"), day("2021-03-12")), "8-12 March 2021");
        assert_eq!(days(day("2024-01-29"), day("2024-02-02")), "29 January - 2 February 2024");
    }
}
