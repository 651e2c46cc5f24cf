//! Two names side by side: which words answer one another, and how many bits that is worth.
//!
//! Bits are log2 of a Bayes factor. A word that agrees is worth what its rarity is worth in the background table, never in
//! the data that are resolved; a nickname, an initial or a slip of the pen is worth less than the word itself.

use super::name::{Form, PersonName, Token, Word};

/// What two names have in common.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Likeness {
    /// Name of the rule that a link on this ground goes by.
    pub rule: &'static str,
    /// What was compared, what was found, bits.
    pub found: Vec<(&'static str, String, f64)>,
}

impl Likeness {
    pub fn bits(&self) -> f64 {
        self.found.iter().map(|(_, _, bits)| bits).sum()
    }
}

/// How two words answer one another, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Same,
    Loose,
    Nickname,
    Short,
    Initial,
    Slip(usize),
}

struct Pair {
    one: usize,
    other: usize,
    level: Level,
    bits: f64,
}

/// An initial says about as much as a throw of eleven sides: some letters are frequent.
const INITIAL: f64 = 3.5;
const MORE_SLIPS_THAN_THIS_ARE_TWO_NAMES: usize = 3;

/// Returns what two names have in common, or `None` where they can hardly be of one person.
pub(crate) fn compare(one: &PersonName, other: &PersonName) -> Option<Likeness> {
    match (one.form, other.form) {
        (Form::Code, _) | (_, Form::Code) | (Form::Single, Form::Single) => None,
        (Form::Single, _) => handle(&one.tokens, other),
        (_, Form::Single) => handle(&other.tokens, one),
        _ => {
            let mut best: Option<Likeness> = None;
            for (at, mine) in one.readings().enumerate() {
                for (to, theirs) in other.readings().enumerate() {
                    let is_order_known = one.is_order_known && other.is_order_known;
                    let Some(mut found) = aligned(mine, theirs, is_order_known) else { continue };
                    if at + to > 0 {
                        found.found.push(("second name", "in brackets or quotation marks".into(), -1.0));
                    }
                    if best.as_ref().is_none_or(|best| found.bits() > best.bits()) {
                        best = Some(found);
                    }
                }
            }
            best.filter(|_| !contradict(one, other)).map(|mut best| {
                best.found.extend(title(one, other));
                best
            })
        }
    }
}

/// True where middle names, initials or `Jr` and `Sr` show that two otherwise equal names are of two persons.
pub(crate) fn contradict(one: &PersonName, other: &PersonName) -> bool {
    if let (Some(mine), Some(theirs)) = (&one.suffix, &other.suffix)
        && mine != theirs
    {
        return true;
    }
    let (mine, theirs) = (core(&one.tokens), core(&other.tokens));
    let middle = |tokens: &[Word]| tokens.get(1..tokens.len().saturating_sub(1)).unwrap_or_default().to_vec();
    let (middle_mine, middle_theirs) = (middle(&mine), middle(&theirs));
    let is_framed = mine.first() == theirs.first() && mine.last() == theirs.last();
    is_framed
        && !middle_mine.is_empty()
        && !middle_theirs.is_empty()
        && !middle_mine.iter().any(|word| middle_theirs.iter().any(|theirs| level(word, theirs).is_some()))
        && (has_initials(&mine) || has_initials(&theirs) || level(&as_one(&mine), &as_one(&theirs)).is_none())
}

fn has_initials(core: &[Word]) -> bool {
    core.iter().any(|word| word.is_initial())
}

fn as_one(core: &[Word]) -> Word {
    Token::word(fused(&core[..core.len().saturating_sub(1)]))
}

fn core(tokens: &[Word]) -> Vec<Word> {
    tokens.iter().filter(|token| !token.is_particle).cloned().collect()
}

fn fused(tokens: &[Word]) -> String {
    tokens.iter().map(|token| token.text.as_str()).collect()
}

/// `Mr` and `Ms` of one name are rarely one person; other titles say nothing.
fn title(one: &PersonName, other: &PersonName) -> Option<(&'static str, String, f64)> {
    let address = |name: &PersonName| {
        let is = |words: &[&str]| name.titles.iter().any(|title| words.contains(&title.as_str()));
        if is(&["mr", "sir", "herr"]) {
            Some("Mr")
        } else {
            is(&["ms", "mrs", "miss", "mme", "frau", "dame"]).then_some("Ms")
        }
    };
    match (address(one), address(other)) {
        (Some(mine), Some(theirs)) if mine != theirs => Some(("title", format!("{mine} / {theirs}"), -10.0)),
        _ => None,
    }
}

/// Compares word by word, and where that fails with the given names as one word: `Ana-Lia` / `Ana-Lio`.
fn aligned(one: &[Word], other: &[Word], is_order_known: bool) -> Option<Likeness> {
    let (one, other) = (core(&joined(one, other)), core(&joined(other, one)));
    answered(&one, &other, is_order_known).or_else(|| {
        let are_long = one.len() > 2 && other.len() > 2 && !has_initials(&one) && !has_initials(&other);
        are_long.then(|| answered(&with_given_as_one(&one), &with_given_as_one(&other), is_order_known))?
    })
}

fn with_given_as_one(core: &[Word]) -> Vec<Word> {
    let Some(family) = core.last() else { return Vec::new() };
    vec![as_one(core), family.clone()]
}

/// Every word of the shorter name must be answered.
fn answered(one: &[Word], other: &[Word], is_order_known: bool) -> Option<Likeness> {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let pairs = pairs(short, long);
    let n_slips: usize = pairs.iter().map(|pair| if let Level::Slip(n) = pair.level { n } else { 0 }).sum();
    let is_turned = pairs.windows(2).any(|pair| pair[0].other > pair[1].other);
    let is_written_out = pairs.iter().any(|pair| pair.level != Level::Initial && !short[pair.one].is_initial());
    if pairs.len() < short.len() || pairs.len() < 2 || n_slips > MORE_SLIPS_THAN_THIS_ARE_TWO_NAMES || !is_written_out {
        return None;
    }
    if is_turned && is_order_known {
        return None;
    }
    let mut found: Vec<(&str, String, f64)> = pairs.iter().map(|pair| said(pair, short, long)).collect();
    found.extend(is_turned.then(|| order(short, long)));
    found.extend(unanswered(&pairs, long));
    found.extend(common_home(short, &pairs));
    found.extend(initial_family(&pairs, short));
    Some(Likeness { rule: rule(&pairs, is_turned, short.len() < long.len()), found })
}

fn rule(pairs: &[Pair], is_turned: bool, has_more: bool) -> &'static str {
    match pairs.iter().map(|pair| pair.level).max() {
        Some(Level::Slip(_)) => "person-spelling",
        Some(Level::Initial) => "person-initials",
        Some(Level::Nickname | Level::Short) => "person-nickname",
        _ if is_turned => "person-order",
        _ if has_more => "person-middle",
        _ => "person-name",
    }
}

/// Joins two neighbours that the other name writes as one: `Jae Hoon` / `Jaehoon`, `Al Quell` / `Alquell`.
fn joined(tokens: &[Word], other: &[Word]) -> Vec<Word> {
    for at in 1..tokens.len() {
        let is_there = |word: &Word| other.contains(word);
        if tokens.len() < 3 || is_there(&tokens[at - 1]) || is_there(&tokens[at]) {
            continue;
        }
        let word = Token::word(format!("{}{}", tokens[at - 1].text, tokens[at].text));
        if other.iter().any(|theirs| *theirs == word || slips(theirs, &word) == Some(1)) {
            let mut joined = tokens.to_vec();
            joined[at - 1] = word;
            joined.remove(at);
            return joined;
        }
    }
    tokens.to_vec()
}

/// The best one-to-one answers, most bits first; nearer in place where bits are equal.
fn pairs(short: &[Word], long: &[Word]) -> Vec<Pair> {
    let mut all = Vec::new();
    for (one, mine) in short.iter().enumerate() {
        for (other, theirs) in long.iter().enumerate() {
            let Some(level) = level(mine, theirs) else { continue };
            let bits = bits(level, mine, theirs, one + 1 == short.len() || other + 1 == long.len());
            all.push(Pair { one, other, level, bits });
        }
    }
    let from_end = |pair: &Pair| (short.len() - pair.one).abs_diff(long.len() - pair.other);
    all.sort_by(|a, b| {
        (a.level.cmp(&b.level))
            .then(b.bits.total_cmp(&a.bits))
            .then(a.one.abs_diff(a.other).min(from_end(a)).cmp(&b.one.abs_diff(b.other).min(from_end(b))))
            .then((a.one, a.other).cmp(&(b.one, b.other)))
    });
    let mut taken: Vec<Pair> = Vec::new();
    for pair in all {
        if taken.iter().all(|other| other.one != pair.one && other.other != pair.other) {
            taken.push(pair);
        }
    }
    taken.sort_by_key(|pair| pair.one);
    taken
}

fn level(one: &Token, other: &Token) -> Option<Level> {
    if one.text == other.text {
        return Some(Level::Same);
    }
    if one.is_initial() || other.is_initial() {
        return (one.text.chars().next() == other.text.chars().next()).then_some(Level::Initial);
    }
    if one.loose == other.loose {
        return Some(Level::Loose);
    }
    if one.bearers.are_nicknames(&other.bearers) {
        return Some(Level::Nickname);
    }
    let (short, long) = if one.text.len() < other.text.len() { (one, other) } else { (other, one) };
    if short.n >= 3 && long.text.starts_with(&short.text) && long.text.len() > short.text.len() + 1 {
        return Some(Level::Short);
    }
    slips(one, other).map(Level::Slip)
}

/// Slips of the pen between two words: one in three letters, two in six, three in ten; none between two listed names, nor
/// in the short names of east Asia, where every letter tells.
fn slips(one: &Token, other: &Token) -> Option<usize> {
    let n = one.n.min(other.n);
    let most = match n {
        0..=2 => return None,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    };
    let is_telling = |word: &Token| n < 5 && word.bearers.is_shared_by_many;
    let are_settled = one.bearers.is_settled() && other.bearers.is_settled();
    if one.n.abs_diff(other.n) > most || are_settled || is_telling(one) || is_telling(other) {
        return None;
    }
    let n_slips = strsim::osa_distance(&one.text, &other.text).min(strsim::osa_distance(&one.loose, &other.loose));
    (n_slips <= most).then_some(n_slips)
}

fn bits(level: Level, one: &Token, other: &Token, is_last: bool) -> f64 {
    let shared = one.bearers.rarity(is_last).min(other.bearers.rarity(is_last));
    match level {
        Level::Same if one.is_initial() => INITIAL,
        Level::Same => shared,
        Level::Loose => shared - 0.5,
        Level::Nickname => shared - 1.5,
        Level::Short => shared - 2.5,
        Level::Initial => INITIAL,
        Level::Slip(n_slips) => {
            // A slip in a long word is likelier to be one than a slip in a short word.
            let n = one.n.min(other.n);
            (shared - 1.0 - 20.0 * n_slips as f64 / n as f64).max(0.0)
        }
    }
}

fn said(pair: &Pair, short: &[Word], long: &[Word]) -> (&'static str, String, f64) {
    let (mine, theirs) = (&short[pair.one].text, &long[pair.other].text);
    let how = match pair.level {
        Level::Same => {
            let n = short[pair.one].bearers.n(pair.other + 1 == long.len());
            return ("name", format!("{mine}, about {n:.0} of 100,000"), pair.bits);
        }
        Level::Loose => "one spelling",
        Level::Nickname => "short for",
        Level::Short => "starts with",
        Level::Initial => "initial",
        Level::Slip(1) => "one slip",
        Level::Slip(_) => "some slips",
    };
    ("name", format!("{mine} / {theirs}: {how}"), pair.bits)
}

/// What it weighs that the words of one name stand in another order in the other.
fn order(short: &[Word], long: &[Word]) -> (&'static str, String, f64) {
    let is_at_home =
        |words: &[Word]| [words.first(), words.last()].into_iter().flatten().any(|word| word.bearers.is_written_first);
    let bits = if is_at_home(short) || is_at_home(long) { -1.0 } else { -3.5 };
    ("order", "family name first in one of them".into(), bits)
}

/// Words of the longer name that nothing answers: in the middle they say little, at either end more.
fn unanswered(pairs: &[Pair], long: &[Word]) -> Vec<(&'static str, String, f64)> {
    let mut found = Vec::new();
    for (at, token) in long.iter().enumerate() {
        if pairs.iter().any(|pair| pair.other == at) {
            continue;
        }
        let is_end = (at == 0 || at + 1 == long.len()) && !token.is_initial();
        found.push(("missing", token.text.clone(), if is_end { -3.0 } else { -0.5 }));
    }
    found
}

/// Where few family names are borne by most people, given and family names go together more often than chance would have it.
fn common_home(short: &[Word], pairs: &[Pair]) -> Option<(&'static str, String, f64)> {
    let family = short.iter().find(|word| word.bearers.is_shared_by_many)?;
    let is_word = |pair: &&Pair| pair.level != Level::Initial && !short[pair.one].is_initial();
    (pairs.iter().filter(is_word).count() > 1)
        .then(|| ("name", format!("given names that go with {}", family.text), -3.5))
}

/// `Ada Q`: a given name and the initial of a family name is little more than a given name.
fn initial_family(pairs: &[Pair], short: &[Word]) -> Option<(&'static str, String, f64)> {
    let mut written_out = pairs.iter().filter(|pair| pair.level != Level::Initial && !short[pair.one].is_initial());
    let only = (written_out.next(), written_out.next());
    let is_given = matches!(only, (Some(pair), None) if pair.one == 0 && pair.other == 0);
    is_given.then(|| ("name", "no family name written out".into(), -5.0))
}

/// `jquell`, `adaquell`: one word made of the words of a name.
fn handle(word: &[Word], name: &PersonName) -> Option<Likeness> {
    let [word] = word else { return None };
    let core = core(&name.tokens);
    let [given, .., family] = core.as_slice() else { return None };
    let rarity = |word: &Token| word.bearers.rarity(false);
    let bits = if handles(&core).take(2).any(|handle| handle == word.text) {
        rarity(given) + rarity(family) - 2.0
    } else if handles(&core).any(|handle| handle == word.text) {
        INITIAL + rarity(family) - 2.0
    } else {
        return None;
    };
    let found = vec![("handle", format!("{} / {} {}", word.text, given.text, family.text), bits)];
    Some(Likeness { rule: "person-handle", found })
}

/// The handles that a name may go by: both names written as one word in either order, then initials and family name.
pub(crate) fn handles(core: &[Word]) -> impl Iterator<Item = String> {
    let first = |word: &Word| word.text.chars().take(1).collect::<String>();
    let handles = match core {
        [given, middle @ .., family] => {
            let initials: String = middle.iter().map(first).collect();
            vec![
                format!("{}{}", given.text, family.text),
                format!("{}{}", family.text, given.text),
                format!("{}{}", first(given), family.text),
                format!("{}{initials}{}", first(given), family.text),
            ]
        }
        _ => Vec::new(),
    };
    handles.into_iter().filter(|handle| handle.chars().count() >= 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> Option<Likeness> {
        compare(&PersonName::read(one), &PersonName::read(other))
    }

    #[test]
    fn each_way_of_writing_a_name_has_its_rule() {
        for (one, other, rule) in [
            ("Ada Quell", "ADA QUELL", "person-name"),
            ("Ada Quell", "Quell, Ada", "person-name"),
            ("Ada Quell", "Quell Ada", "person-order"),
            ("Ada Quell", "Ada Maria Quell", "person-middle"),
            ("Bob Quell", "Robert Quell", "person-nickname"),
            ("A. Quell", "Ada B. Quell", "person-initials"),
            ("Ada Quellwind", "Ada Qellwind", "person-spelling"),
            ("Ada Kühlquell", "Ada Kuehlquell", "person-name"),
            ("Jae-Hoon Quell", "Jaehoon Quell", "person-name"),
            ("aquell", "Ada Quell", "person-handle"),
        ] {
            assert_eq!(likeness(one, other).map(|found| found.rule), Some(rule), "{one} / {other}");
        }
    }

    #[test]
    fn other_names_have_nothing_in_common() {
        for (one, other) in [
            ("Ada Quell", "Eva Quell"),
            ("Ada Quell", "Ada Morrow"),
            ("Ada", "Ada Quell"),
            ("AQ", "Ada Quell"),
            ("Wei Wang", "Wei Wan"),
            ("Ada B. Quell", "Ada C. Quell"),
            ("Ada Quell Jr", "Ada Quell Sr"),
            ("QUELL Ada", "ADA Quell"),
        ] {
            assert_eq!(likeness(one, other), None, "{one} / {other}");
        }
    }

    #[test]
    fn a_common_name_says_less() {
        let bits = |name: &str| likeness(name, name).unwrap().bits();
        assert!(bits("Wei Wang") + 8.0 < bits("Ada Quell"), "{} and {}", bits("Wei Wang"), bits("Ada Quell"));
    }
}
