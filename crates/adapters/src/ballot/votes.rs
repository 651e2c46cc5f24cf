//! Lines of votes: `2 Yes votes: Acme, Borealis`, `15 Issuers voting YES: ...`, `Acme, Borealis and Cedar abstained.`

use std::collections::{BTreeMap, BTreeSet};

/// A choice in the words of the acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Yes,
    No,
    Abstain,
}

impl Choice {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Abstain => "abstain",
        }
    }

    fn of(word: &str) -> Option<Self> {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
        match word.as_str() {
            "yes" => Some(Self::Yes),
            "no" => Some(Self::No),
            word if word.starts_with("abst") => Some(Self::Abstain),
            _ => None,
        }
    }
}

/// One line of votes.
#[derive(Debug, PartialEq)]
pub(super) struct Votes<'a> {
    /// How many votes the line states; `None` in sentences that only name the voters.
    pub n_stated: Option<usize>,
    pub choice: Choice,
    /// `Issuers`, where the line says so itself.
    pub class: Option<&'a str>,
    pub names: Vec<&'a str>,
}

impl<'a> Votes<'a> {
    /// Reads a line that begins with a number of votes.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let (head, names) = text.split_once(':').unwrap_or((text, ""));
        let words: Vec<&str> = head.split_whitespace().collect();
        if words.len() > 8 || !words.first()?.starts_with(|letter: char| letter.is_ascii_digit()) {
            return None;
        }
        let at = words.iter().position(|word| Choice::of(word).is_some())?;
        // `4 3 Yes votes`: the first number was struck out, the last one stands.
        let n_stated = words[..at].iter().rev().find_map(|word| word.parse().ok())?;
        let class = words[..at].iter().find(|word| word.starts_with(char::is_alphabetic)).copied();
        // In `3 votes total, with no abstentions` the number counts something else.
        let is_total = words[..at].iter().any(|word| ["total", "total,"].contains(&word.to_lowercase().as_str()));
        let class = class.filter(|class| !["voting", "votes", "vote"].contains(&class.to_lowercase().as_str()));
        (!is_total).then(|| Self {
            n_stated: Some(n_stated),
            choice: Choice::of(words[at]).unwrap_or(Choice::Yes),
            class,
            names: voters(names),
        })
    }

    /// Reads a sentence: `The Chair received “yes” votes from A, B, and C`, `A voted no`, `A, B and C abstained`.
    pub(super) fn sentence(text: &'a str) -> Option<Self> {
        let make = |choice, names: &'a str| {
            let names = voters(names);
            let is_list = !names.is_empty() && names.iter().all(|name| is_voter(name));
            is_list.then_some(Self { n_stated: None, choice, class: None, names })
        };
        if let Some((before, names)) = text.split_once(" votes from ") {
            let choice = Choice::of(before.split_whitespace().next_back()?)?;
            return make(choice, names);
        }
        for (end, choice) in [
            (" voted no", Choice::No),
            (" voted yes", Choice::Yes),
            (" voted “no”", Choice::No),
            (" voted “yes”", Choice::Yes),
            (" voted against", Choice::No),
            (" voted in favor", Choice::Yes),
            (" voted in favour", Choice::Yes),
            (" abstained", Choice::Abstain),
        ] {
            if let Some(names) = text.trim_end_matches('.').strip_suffix(end) {
                return make(choice, names.strip_suffix(" each").unwrap_or(names));
            }
        }
        None
    }
}

/// Splits the names of voters at commas outside brackets; `Inc.` belongs to the name before it.
pub(super) fn voters(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let mut depth = 0_i32;
    for (at, letter) in text.char_indices() {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        if letter == ',' && depth <= 0 && !is_suffix(&text[at + 1..]) {
            cuts.push(at + 1);
        }
    }
    cuts.push(text.len() + 1);
    let parts = cuts.windows(2).map(|cut| text[cut[0]..(cut[1] - 1).min(text.len())].trim());
    let parts: Vec<&str> = parts.map(|part| without_point(part.strip_prefix("and ").unwrap_or(part).trim())).collect();
    let (Some((last, others)), true) = (parts.split_last(), parts.len() > 1) else { return named(&parts) };
    // `A, B and C`: the last part holds two names only where others stand before it.
    match last.rsplit_once(" and ") {
        Some((one, two)) => named(&[others, &[one.trim(), two.trim()]].concat()),
        None => named(&parts),
    }
}

fn named<'a>(parts: &[&'a str]) -> Vec<&'a str> {
    parts.iter().copied().filter(|name| !name.is_empty() && !is_none(name)).collect()
}

/// Takes the point off that ends a sentence; `Acme, Inc.` keeps its own.
fn without_point(name: &str) -> &str {
    let last = name.rsplit([',', ' ']).next().unwrap_or_default();
    if is_suffix(last) { name } else { name.trim_end_matches('.') }
}

/// The endings of companies that a comma may stand before.
fn is_suffix(rest: &str) -> bool {
    let word = rest.trim_start().split([',', ' ']).next().unwrap_or_default().trim_end_matches('.');
    ["Inc", "Ltd", "LLC", "Corp", "S.A", "SA", "GmbH", "Co", "S.p.A", "B.V", "AG", "PLC"].contains(&word)
}

fn is_none(name: &str) -> bool {
    ["none", "n/a", "nobody", "no one", "-", "–"].contains(&name.to_lowercase().as_str())
}

/// A name as voters have them, not a piece of a sentence.
fn is_voter(name: &str) -> bool {
    let n_words = name.split_whitespace().count();
    let is_start = name.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit()) || n_words == 1;
    let is_nobody =
        ["There", "No", "Nobody", "They", "It", "The"].contains(&name.split(' ').next().unwrap_or_default());
    (1..=7).contains(&n_words) && is_start && !is_nobody && !name.contains(['.', ';', '“']) | name.contains(".com")
}

/// Members that a page names on their own, in small letters, and how often.
pub(super) type Members = BTreeMap<String, usize>;

/// Two members that one name joins, because a comma is missing: one of them is named elsewhere on its own.
///
/// `n_missing` says how many voters fewer were named than stated. Nothing is split where more names could be than may.
pub(super) fn joined<'a>(names: &[&'a str], n_missing: usize, members: &Members) -> Vec<(usize, &'a str, &'a str)> {
    let own: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let mut found = Vec::new();
    for (at, name) in names.iter().enumerate() {
        // Named so in another line as well: that is how the member is called.
        if members.get(&name.to_lowercase()).is_some_and(|&times| times > 1) {
            continue;
        }
        let halves = name.match_indices(' ').map(|(space, _)| (&name[..space], name[space + 1..].trim_start()));
        let known: Vec<(&str, &str)> = halves
            .filter(|(one, two)| {
                let is_known =
                    |half: &str| members.contains_key(&half.to_lowercase()) && !own.contains(&half.to_lowercase());
                let starts =
                    |half: &str| half.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit());
                starts(one) && starts(two) && (is_known(one) || is_known(two))
            })
            .collect();
        if let [(one, two)] = known[..] {
            found.push((at, one, two));
        }
    }
    if found.len() > n_missing { Vec::new() } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_every_layout_are_votes() {
        let read = |text: &'static str| {
            let votes = Votes::read(text)?;
            Some((votes.n_stated?, votes.choice.word(), votes.class, votes.names))
        };
        assert_eq!(read("2 Yes votes: Acme, Borealis"), Some((2, "yes", None, vec!["Acme", "Borealis"])));
        assert_eq!(read("1 Consumer ABSTAIN: Acme"), Some((1, "abstain", Some("Consumer"), vec!["Acme"])));
        assert_eq!(
            read("3 Issuers voting YES: Acme, Borealis Cedar,"),
            Some((3, "yes", Some("Issuers"), vec!["Acme", "Borealis Cedar"]))
        );
        assert_eq!(read("0 Issuers voting NO"), Some((0, "no", Some("Issuers"), vec![])));
        assert_eq!(read("4  3 Yes votes: Acme"), Some((3, "yes", None, vec!["Acme"])));
        assert_eq!(read("1 No vote: Acme, Inc."), Some((1, "no", None, vec!["Acme, Inc."])));
        assert_eq!(read("1 Yes vote: Acme (Dune, XY)"), Some((1, "yes", None, vec!["Acme (Dune, XY)"])));
        assert_eq!(read("3 votes total, with no abstentions:"), None);
        assert_eq!(read("100% of voters said yes"), None);
        assert_eq!(read("2. A yes vote by two-thirds of the members is needed in each class of them"), None);
    }

    #[test]
    fn sentences_name_voters_too() {
        let read = |text: &'static str| Votes::sentence(text).map(|votes| (votes.choice.word(), votes.names));
        assert_eq!(
            read("The Chair received “yes” votes from Acme, Borealis, and Cedar."),
            Some(("yes", vec!["Acme", "Borealis", "Cedar"]))
        );
        assert_eq!(read("Acme Trust voted no"), Some(("no", vec!["Acme Trust"])));
        assert_eq!(read("Acme, Borealis and Cedar abstained."), Some(("abstain", vec!["Acme", "Borealis", "Cedar"])));
        assert_eq!(read("There were no abstentions."), None);
        assert_eq!(read("No member abstained"), None);
    }

    #[test]
    fn a_name_is_split_only_where_one_half_is_a_member() {
        let members: Members = ["cedar", "acme"].map(|name| (name.to_string(), 1)).into();
        assert_eq!(joined(&["Acme", "Borealis Cedar"], 1, &members), [(1, "Borealis", "Cedar")]);
        assert_eq!(joined(&["Acme", "Borealis Dune"], 1, &members), []);
        assert_eq!(joined(&["Borealis Cedar", "Dune Cedar"], 1, &members), [], "either could be the one");
        assert_eq!(joined(&["Acme", "Borealis Acme"], 1, &members), [], "acme has voted already");
    }
}
