//! Record files of the made-up body: its members, its officers, its agreements and its yearly open day.
//!
//! Planted: the quiet editor holds an editorship in every group all the time; the leaving founder chairs the first
//! group until 2022, the newcomer from 2024 on; two members end on the day of their merger and a third one begins.

use std::fmt::Write as _;

use super::File;
use super::calendar::GROUPS;
use super::members::{Kind, Member, Part, World};
use super::names::OUTSIDE;

/// Returns the record files.
pub(super) fn records(world: &World) -> Vec<File> {
    let files = [
        ("members", "Register of members", members(world)),
        ("officers", "Register of officers", officers(world)),
        ("agreements", "Register of agreements", agreements()),
        ("open-days", "Programmes of the open days", open_days(world)),
    ];
    files
        .map(|(name, title, entries)| {
            let head = format!(
                "# made-up data: no such body, organisation or person exists\nrecord = 1\n\n[source]\n\
                 title = \"{title} of MADE (made-up data)\"\n\
                 publisher = \"Meridian Alliance for Data Exchange (made up)\"\ndate = \"2025-12-31\"\n"
            );
            File { path: format!("records/{name}.toml"), bytes: (head + &entries).into_bytes() }
        })
        .into()
}

fn members(world: &World) -> String {
    let mut text = String::new();
    for (at, member) in world.members.iter().enumerate() {
        let (from, to) = term(member, at);
        membership(&mut text, at + 1, member, "joined", &from);
        if let Some(to) = to {
            membership(&mut text, at + 1, member, "ended", to);
        }
    }
    text
}

/// When the member joined, and when it ended.
fn term(member: &Member, at: usize) -> (String, Option<&'static str>) {
    match member.part {
        Part::Newcomer => ("2022-04-01".into(), None),
        Part::Founder => ("2009-05".into(), Some("2024-03-31")),
        Part::Left | Part::Right => ("2012".into(), Some("2023-06-30")),
        Part::Merged => ("2023-07-01".into(), None),
        Part::Growing(since) => {
            let months = (since * 12.0 + 0.5) as u32;
            (format!("{}-{:02}", 2021 + months / 12, months % 12 + 1), None)
        }
        _ => (format!("{}", 2009 + at % 12), None),
    }
}

fn membership(text: &mut String, line: usize, member: &Member, act: &str, when: &str) {
    let kind = match member.kind {
        Kind::Company => "company",
        Kind::University => "university",
        Kind::Institute => "research institute",
        Kind::Administration => "administration",
        Kind::Association => "association",
    };
    let _ = write!(
        text,
        "\n[[membership]]\nact = \"{act}\"\nbody = \"MADE\"\nparty = \"organisation\"\naffiliation = \"{}\"\n\
         country = \"{}\"\nwhen = \"{when}\"\ncite = \"line {line}\"\nnote = \"{kind}; made-up data\"\n",
        member.name, member.country
    );
}

fn officers(world: &World) -> String {
    let person = |part: Part, at: usize| {
        let member = &world.members[world.who(part)];
        (member.people[at % member.people.len()].as_str(), member.name.as_str())
    };
    let ordinary: Vec<&Member> = world.members.iter().filter(|member| member.part == Part::Ordinary).collect();
    let some = |at: usize| (ordinary[at].people[0].as_str(), ordinary[at].name.as_str());
    let mut text = String::new();
    let mut line = 0;
    let mut office = |role: &str, group: usize, (name, affiliation): (&str, &str), from: &str, to: &str| {
        line += 1;
        let end = if to.is_empty() { String::new() } else { format!("to = \"{to}\"\n") };
        let _ = write!(
            text,
            "\n[[role]]\nrole = \"{role}\"\nbody = \"{}\"\nname = \"{name}\"\naffiliation = \"{affiliation}\"\n\
             from = \"{from}\"\n{end}cite = \"line {line}\"\n",
            GROUPS[group].name
        );
    };
    office("Chair", 0, person(Part::Founder, 0), "2021-01-01", "2022-12-31");
    office("Chair", 0, some(0), "2023-01-01", "2023-12-31");
    office("Chair", 0, person(Part::Newcomer, 0), "2024-01-01", "");
    office("Chair", 1, person(Part::Elder, 0), "2021-01-01", "2024-12-31");
    office("Chair", 1, person(Part::Merged, 1), "2025-01-01", "");
    office("Chair", 2, some(2), "2021-06-01", "");
    for (group, its) in GROUPS.iter().enumerate() {
        let founded = if group == 2 { "2021-06-01" } else { "2021-01-01" };
        office("Vice-Chair", group, some(3 + group), founded, "2023-12-31");
        office("Vice-Chair", group, some(9 + group), "2024-01-01", "");
        office("Secretary", group, some(15 + group), founded, "");
        office("Editor", group, person(Part::Editor, group), founded, "");
        for (at, (work, first, last)) in its.work.iter().enumerate() {
            let who = if at % 3 == 0 { person(Part::Editor, at) } else { some(20 + 7 * group + at) };
            let first = if *first == 2021 { founded.to_string() } else { format!("{first}-01-01") };
            office(&format!("Rapporteur of {work}"), group, who, &first, &format!("{last}-12-31"));
        }
    }
    text
}

fn agreements() -> String {
    let mut text = String::new();
    for (at, (name, short)) in OUTSIDE.iter().enumerate() {
        let act = if at == 3 { "renewed" } else { "signed" };
        let _ = write!(
            text,
            "\n[[agreement]]\nact = \"{act}\"\nid = \"MADE-{short}\"\ntitle = \"Agreement on liaison between MADE and {name}\"\n\
             when = \"{}-0{}-15\"\ncite = \"line {}\"\nparties = [\n  {{ affiliation = \"MADE\", party = \"body\" }},\n  \
             {{ affiliation = \"{name}\", party = \"body\" }},\n]\n",
            2021 + at,
            2 + at,
            at + 1
        );
    }
    text
}

fn open_days(world: &World) -> String {
    let mut text = String::new();
    for year in 2021..=2025_usize {
        let event = format!("MADE Open Day {year}");
        let mode = if year == 2021 { "remote" } else { "hybrid" };
        let _ = write!(
            text,
            "\n[[event]]\nname = \"{event}\"\nbody = \"MADE\"\nwhen = \"{year}-10-05\"\nmode = \"{mode}\"\ncite = \"{year}, title\"\n\
             organisers = [{{ affiliation = \"MADE\", party = \"body\" }}]\n"
        );
        for talk in 0..6 {
            let member = &world.members[20 + (talk * 23 + year * 11) % 120];
            let _ = write!(
                text,
                "\n[[talk]]\nevent = \"{event}\"\ntitle = \"Exchange in practice, part {}\"\nname = \"{}\"\n\
                 affiliation = \"{}\"\ncite = \"{year}, item {}\"\n",
                talk + 1,
                member.people[0],
                member.name,
                talk + 1
            );
        }
    }
    text
}
