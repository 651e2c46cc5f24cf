//! Rosters of teams as a project keeps them (TOML): leads, members and former members by their account names.
//!
//! Comes in: one team, `name` and a table `[people]` with `leads`, `members` and `alumni`; a member may have `roles`, which
//! `[[roles]]` describes. Goes out: `held` for each lead, member and role, `left` for each former one, `part-of` for a team
//! below another. A roster says what is so now: it gives no dates, and of teams made up of other teams (`include-...`) it
//! names nobody. A person's own file states no act and gives no facts.

use std::collections::BTreeMap;
use std::ops::Range;

use fact::{Act, Adapter, Evidence, Fact, Mention, Party, Problem, Reading, Snapshot, Thing};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The adapter.
pub static ADAPTER: TeamRoster = TeamRoster;

/// Longest name, in bytes, that is taken for one: it stands in every fact of the team.
const LONGEST: usize = 1000;

/// Reads rosters of teams.
pub struct TeamRoster;

impl Adapter for TeamRoster {
    fn name(&self) -> &'static str {
        "team_roster"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Rosters of teams (TOML): leads, members, alumni"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let lines = || snapshot.bytes.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
        let has_key = |key: &[u8]| {
            let value =
                |line: &'_ [u8]| line.strip_prefix(key).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"="));
            lines().any(value)
        };
        let is_team = || lines().any(|line| line == b"[people]") && (has_key(b"leads") || has_key(b"members"));
        has_key(b"name") && (is_team() || (has_key(b"github") && has_key(b"github-id")))
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "roster of a team".into(), ..Reading::default() };
        let Ok(text) = std::str::from_utf8(snapshot.bytes) else {
            let (what, hint) = ("expected UTF-8, found other bytes".into(), "save the file as UTF-8".into());
            let evidence = Evidence::new(0..0, "line 1", "");
            reading.problems.push(Problem { kind: "not-utf8", evidence, what, hint });
            return reading;
        };
        let text = Text::new(text);
        let (root, errors) = DeTable::parse_recoverable(text.text);
        for error in &errors {
            let at = error.span().unwrap_or_default();
            let what = format!("expected TOML, found: {}", error.message().trim().to_lowercase());
            reading.problems.push(text.problem("toml-syntax", at, what, "correct the line; the rest was read"));
        }
        let root = root.get_ref();
        match root.get("people").and_then(|people| people.get_ref().as_table()) {
            Some(people) => Team::new(&text, root).state(people, &mut reading),
            None if root.contains_key("github-id") => reading.about = "a person of a roster".into(),
            None => {
                let what = "expected a table `[people]`, found none that could be read".into();
                reading.problems.push(text.problem("people-missing", 0..0, what, "correct the file"));
            }
        }
        reading
    }
}

/// The text of a roster, which turns byte ranges into places.
struct Text<'a> {
    text: &'a str,
    line_ends: Vec<usize>,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, line_ends: memchr::memchr_iter(b'\n', text.as_bytes()).collect() }
    }

    fn evidence(&self, at: Range<usize>) -> Evidence {
        let at = at.start.min(self.text.len())..at.end.min(self.text.len());
        let line = 1 + self.line_ends.partition_point(|&end| end < at.start);
        Evidence::new(at.clone(), format!("line {line}"), self.text.get(at).unwrap_or_default())
    }

    fn problem(&self, kind: &'static str, at: Range<usize>, what: String, hint: &str) -> Problem {
        Problem { kind, evidence: self.evidence(at), what, hint: hint.into() }
    }
}

/// One team.
struct Team<'a> {
    text: &'a Text<'a>,
    root: &'a DeTable<'a>,
    name: Option<String>,
    /// Descriptions of roles by their identifiers.
    roles: BTreeMap<String, String>,
}

impl<'a> Team<'a> {
    fn new(text: &'a Text<'a>, root: &'a DeTable<'a>) -> Self {
        let roles = root.get("roles").and_then(|roles| roles.get_ref().as_array());
        let roles = roles.into_iter().flat_map(|roles| roles.iter()).filter_map(|role| role.get_ref().as_table());
        let described = |role: &DeTable<'_>| Some((said(role, "id")?, said(role, "description")?));
        Self { text, root, name: said(root, "name"), roles: roles.filter_map(described).collect() }
    }

    fn state(&self, people: &DeTable<'_>, reading: &mut Reading) {
        let Some(name) = &self.name else {
            let what = "expected `name`, found none".into();
            reading.problems.push(self.text.problem(
                "name-missing",
                0..0,
                what,
                "name the team; nothing was read of it",
            ));
            return;
        };
        reading.about = format!("roster of the team {name}");
        if let Some(parent) = self.root.get("subteam-of") {
            let target = parent.get_ref().as_str().map(|parent| Thing::new("body", parent));
            let who = Mention { party: Party::Body, affiliation: self.name.clone(), ..Mention::default() };
            let fact = self.fact(Act::PartOf, who, parent.span());
            reading.facts.push(Fact {
                object: Some(Thing::new("body", name)),
                target,
                status: said(self.root, "kind"),
                ..fact
            });
        }
        for (list, role, act) in
            [("leads", "lead", Act::Held), ("members", "member", Act::Held), ("alumni", "member", Act::Left)]
        {
            let Some(value) = people.get(list) else { continue };
            let Some(items) = value.get_ref().as_array() else {
                let what = format!("expected a list of accounts as `{list}`, found something else");
                reading.problems.push(self.text.problem(
                    "list-unreadable",
                    value.span(),
                    what,
                    "write the accounts in brackets",
                ));
                continue;
            };
            for item in items.iter() {
                reading.n_units += 1;
                self.person(item, role, act, reading);
            }
        }
    }

    /// `"account"`, or `{ github = "account", roles = ["id"] }`: each role is an office of its own.
    fn person(&self, item: &Spanned<DeValue<'_>>, role: &str, act: Act, reading: &mut Reading) {
        let table = item.get_ref().as_table();
        let account = item.get_ref().as_str().map(Into::into).or_else(|| said(table?, "github"));
        let Some(account) = account.filter(|account: &String| !account.trim().is_empty()) else {
            let what = "expected an account, or a table with `github`, found something else".into();
            reading.problems.push(self.text.problem(
                "member-unreadable",
                item.span(),
                what,
                "write the account in quotes",
            ));
            return;
        };
        let roles = table.and_then(|table| table.get("roles")?.get_ref().as_array());
        let roles = roles.into_iter().flat_map(|roles| roles.iter()).filter_map(|role| role.get_ref().as_str());
        for role in std::iter::once(role).chain(roles) {
            let role = self.roles.get(role).map_or(role, String::as_str);
            let who = Mention { role: Some(role.into()), ..Mention::person(&account, None) };
            let office = Thing::new("office", self.name.as_deref().unwrap_or_default()).titled(role);
            reading.facts.push(Fact { object: Some(office), ..self.fact(act, who, item.span()) });
        }
    }

    fn fact(&self, act: Act, who: Mention, at: Range<usize>) -> Fact {
        Fact { who, body: self.name.clone(), ..Fact::new(act, self.text.evidence(at)) }
    }
}

fn said(table: &DeTable<'_>, key: &str) -> Option<String> {
    Some(table.get(key)?.get_ref().as_str()?.trim())
        .filter(|text| !text.is_empty() && text.len() <= LONGEST)
        .map(Into::into)
}
