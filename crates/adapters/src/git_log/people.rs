//! The people of a history: authors, committers, and those whom trailers name; which of them are programs.

use std::borrow::Cow;
use std::collections::BTreeSet;

use fact::{Act, Mention};

use crate::parts::address::{blanked, domain};

/// A longer name is not a name.
const LONGEST_NAME: usize = 200;

/// Accounts in whose name a forge applies what a person did there.
const FORGES: [&str; 8] =
    ["github", "github enterprise", "gitlab", "gitea", "forgejo", "codeberg", "bitbucket", "web-flow"];

/// Programs whose name does not end in `[bot]` or `-bot`. A plain `bot` at the end is left alone: it is a surname.
const BOTS: [&str; 34] = [
    "actions-user",
    "allcontributors",
    "appveyor",
    "autofix-ci",
    "azure pipelines",
    "bors",
    "buildbot",
    "ci bot",
    "circle ci",
    "circleci",
    "codecov",
    "copybara-service",
    "dependabot",
    "dependabot-preview",
    "deploy bot",
    "github action",
    "github actions",
    "github-actions",
    "gitlab ci",
    "greenkeeper",
    "greenkeeperio",
    "homu",
    "hosted weblate",
    "id bot",
    "imgbot",
    "jenkins",
    "mergify",
    "netlify",
    "pre-commit-ci",
    "renovate",
    "transifex",
    "travis ci",
    "travis-ci",
    "weblate",
];

/// Name and address as a commit gives them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ident<'a> {
    pub name: Cow<'a, str>,
    pub address: Cow<'a, str>,
}

impl<'a> Ident<'a> {
    /// Takes both as written; what Git could not fill in stays empty.
    pub fn new(name: Cow<'a, str>, address: Cow<'a, str>) -> Self {
        let said = |text: Cow<'a, str>, unfilled: &[&str]| match text.trim() {
            "" => Cow::Borrowed(""),
            text if unfilled.contains(&text) => Cow::Borrowed(""),
            trimmed if trimmed.len() == text.len() => text,
            trimmed => Cow::Owned(trimmed.into()),
        };
        Self { name: said(name, &["%aN", "%cN"]), address: said(address, &["%aE", "%cE"]) }
    }

    /// The name, unless it is an address or no name at all.
    pub fn name(&self) -> Option<String> {
        let is_address = self.name.contains('@') && !self.name.contains(' ') && !self.name.starts_with('@');
        let is_name = !self.name.is_empty() && !is_address && self.name.len() <= LONGEST_NAME;
        is_name.then(|| blanked(&self.name).split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn domain(&self) -> Option<String> {
        domain(&self.address).or_else(|| domain(&self.name))
    }

    /// True where neither a name nor a domain is left.
    pub fn is_empty(&self) -> bool {
        self.name().is_none() && self.domain().is_none()
    }

    /// The person in a role; a program's role is that it is one.
    pub fn mention(&self, role: Option<&str>) -> Mention {
        if self.is_empty() {
            return Mention::default();
        }
        let role = if self.is_bot() { Some("bot") } else { role };
        Mention {
            party: fact::Party::Person,
            name: self.name(),
            domain: self.domain(),
            role: role.map(Into::into),
            ..Mention::default()
        }
    }

    /// True where name or address is the same.
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |one: &str, other: &str| !one.is_empty() && one.to_lowercase() == other.to_lowercase();
        same(&self.name, &other.name) || same(&self.address, &other.address)
    }

    /// A forge's own account, which applies what others did on its pages.
    pub fn is_forge(&self) -> bool {
        self.address.eq_ignore_ascii_case("noreply@github.com") || FORGES.contains(&self.name.to_lowercase().as_str())
    }

    /// A program: its name or local part ends in `[bot]`, its name ends in `-bot`, or is one of those known.
    fn is_bot(&self) -> bool {
        let name = self.name.to_lowercase();
        let local = self.address.rsplit_once('@').map_or("", |(local, _)| local);
        name.ends_with("[bot]") || local.ends_with("[bot]") || name.ends_with("-bot") || BOTS.contains(&name.as_str())
    }
}

/// Act, role and person of each trailer, once each; and the values that name nobody.
///
/// Who tested a change has reviewed it, and who reported what it repairs has raised it: their roles say so. An author who
/// is named as co-author of the own commit (forges do so when they squash) is left out.
pub fn trailers<'t>(text: &'t str, author: &Ident<'_>) -> (Vec<(Act, &'static str, Ident<'t>)>, Vec<&'t str>) {
    let (mut people, mut unreadable, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        let (act, role) = match key.trim().to_lowercase().as_str() {
            "co-authored-by" => (Act::Committed, "co-author"),
            "signed-off-by" => (Act::SignedOff, ""),
            "reviewed-by" => (Act::Reviewed, ""),
            "acked-by" => (Act::Supported, ""),
            "tested-by" => (Act::Reviewed, "tester"),
            "reported-by" => (Act::Raised, "reporter"),
            _ => continue,
        };
        let named = idents(value);
        if named.iter().all(Ident::is_empty) {
            unreadable.push(line);
        }
        for person in named.into_iter().filter(|person| !person.is_empty()) {
            let who = if person.address.is_empty() { &person.name } else { &person.address };
            let is_own = act == Act::Committed && person.is_same(author);
            if !is_own && seen.insert((act, role, who.to_lowercase())) {
                people.push((act, role, person));
            }
        }
    }
    (people, unreadable)
}

/// `A <a@x>, B <b@y>` are two; `A` alone is one without an address.
fn idents(value: &str) -> Vec<Ident<'_>> {
    let mut found = Vec::new();
    let mut rest = value.trim();
    while let Some((name, after)) = rest.split_once('<') {
        let (address, next) = after.split_once('>').unwrap_or((after, ""));
        found.push(Ident::new(Cow::Borrowed(name.trim_matches([',', ';', '&', ' ', '"'])), Cow::Borrowed(address)));
        rest = next.trim_start();
    }
    if found.is_empty() {
        let is_address = rest.contains('@') && !rest.contains(' ') && !rest.starts_with('@');
        let (name, address) = if is_address { ("", rest) } else { (rest, "") };
        found.push(Ident::new(Cow::Borrowed(name), Cow::Borrowed(address)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ident<'a>(name: &'a str, address: &'a str) -> Ident<'a> {
        Ident::new(Cow::Borrowed(name), Cow::Borrowed(address))
    }

    #[test]
    fn of_an_address_only_the_domain_is_kept() {
        let mention = ident("A. Example", "a.example@Acme.Example").mention(None);
        assert_eq!((mention.name.as_deref(), mention.domain.as_deref()), (Some("A. Example"), Some("acme.example")));
        let mention = ident("a.example@acme.example", "").mention(None);
        assert_eq!((mention.name, mention.domain.as_deref()), (None, Some("acme.example")));
        assert_eq!(ident("A (a@acme.example)", "").name().as_deref(), Some("A (@acme.example)"));
    }

    #[test]
    fn programs_are_known_by_their_names() {
        let bots = [
            ident("made-up[bot]", ""),
            ident("Made Up", "1+made-up[bot]@users.noreply.github.com"),
            ident("made-up-bot", "x@x.example"),
            ident("GitHub Actions", "actions@github.com"),
        ];
        assert!(bots.iter().all(|bot| bot.mention(Some("co-author")).role.as_deref() == Some("bot")));
        let people = [ident("J. Bot", "j@x.example"), ident("A. Abbot", ""), ident("Botany", "")];
        assert!(people.iter().all(|person| person.mention(None).role.is_none()));
    }

    #[test]
    fn empty_and_endless_names_are_no_names() {
        assert!(ident(" ", "").is_empty() && ident("%aN", "%aE").is_empty());
        assert_eq!(ident(&"a".repeat(300), "").name(), None);
        assert!(!ident("", "").is_same(&ident("", "")));
    }

    #[test]
    fn trailers_name_several_people_once_each() {
        let author = ident("A. Example", "a@x.example");
        let text = "Co-authored-by: B. Sample <b@x.example>, C. Specimen <c@x.example>\n\
                    co-authored-by: B. Sample <B@x.example>\nCo-Authored-By: A. Example <other@x.example>\n\
                    Reviewed-by: @octo\nAcked-by: d@y.example\nSigned-off-by:\nChange-Id: I1\n";
        let (people, unreadable) = trailers(text, &author);
        let acts: Vec<(&str, Option<String>)> =
            people.iter().map(|(act, _, who)| (act.slug(), who.mention(None).name)).collect();
        let name = |name: &str| Some(name.to_string());
        assert_eq!(
            acts,
            [
                ("committed", name("B. Sample")),
                ("committed", name("C. Specimen")),
                ("reviewed", name("@octo")),
                ("supported", None)
            ]
        );
        assert_eq!(unreadable, ["Signed-off-by:"]);
    }
}
