//! Events, sessions, agreements and partnership projects: entries, and their fields one by one.

use serde_json::Value;

use super::pairs::{Item, Match, Pairs, count, pairs, sorted};
use super::side::{Party, Side, are_same_words, overlap, quote, quotes, shown, strings, text, without_remark, words};
use super::{Kind, Tally};

/// How the values of a field are compared.
#[derive(Clone, Copy)]
enum How {
    /// The same words.
    Words,
    /// The same words up to the first comma or bracket; what follows is a remark.
    Head,
    /// The same words, or half of them where no evidence of the key quotes the name.
    Name,
    /// The same instrument: `MoU` is a memorandum of understanding.
    Instrument,
    /// The same set of parties.
    Parties,
    /// Quotations that share a byte.
    Quote,
    /// Both say something.
    Said,
}

/// Names of a field in keys and answers, the first present one counts; and how it is compared.
type Field = (&'static [&'static str], How);

const EVENT: &[Field] = &[
    (&["name"], How::Name),
    (&["ordinal"], How::Words),
    (&["date"], How::Words),
    (&["place"], How::Words),
    (&["mode"], How::Head),
    (&["theme"], How::Words),
    (&["status"], How::Head),
    (&["recurrence"], How::Head),
    (&["organizers"], How::Parties),
    (&["parties"], How::Parties),
    (&["approved_by"], How::Parties),
    (&["url"], How::Words),
    (&["kind"], How::Words),
];

const SESSION: &[Field] = &[
    (&["title"], How::Words),
    (&["moderator"], How::Parties),
    (&["time"], How::Words),
    (&["planned_minutes"], How::Words),
    (&["planned_speakers"], How::Words),
];

const AGREEMENT: &[Field] = &[
    (&["type"], How::Instrument),
    (&["parties"], How::Parties),
    (&["date_signed"], How::Words),
    (&["date_signed_rule", "date_signed_relative"], How::Said),
    (&["date_announced"], How::Words),
    (&["date_effective"], How::Words),
    (&["date_until"], How::Words),
    (&["signing_mode"], How::Words),
    (&["predecessor"], How::Instrument),
    (&["change"], How::Instrument),
    (&["subject"], How::Words),
    (&["aim"], How::Quote),
    (&["signatories"], How::Parties),
];

const PROJECT: &[Field] = &[(&["partners"], How::Parties), (&["since"], How::Words)];

/// Adds the tallies of entries and fields.
pub(super) fn tallies(key: &Side<'_>, answer: &Side<'_>, tallies: &mut Vec<Tally>) {
    let sides = Sides { key, answer };
    let lists: [(&str, Kind, Kind, &[Field]); 4] = [
        ("events", Kind::Events, Kind::EventFields, EVENT),
        ("sessions", Kind::Sessions, Kind::SessionFields, SESSION),
        ("agreements", Kind::Agreements, Kind::AgreementFields, AGREEMENT),
        ("partnership_projects", Kind::Projects, Kind::ProjectFields, PROJECT),
    ];
    for (list, kind, kind_of_fields, fields) in lists {
        if key.has(list) {
            tallies.extend(sides.entries(list, kind, kind_of_fields, fields));
        }
    }
}

struct Sides<'a> {
    key: &'a Side<'a>,
    answer: &'a Side<'a>,
}

impl Sides<'_> {
    /// Tallies of the entries of `list`, and of their fields.
    fn entries(&self, list: &str, kind: Kind, kind_of_fields: Kind, fields: &[Field]) -> [Tally; 2] {
        let (key, answer) = (entries(self.key, list), entries(self.answer, list));
        let found = pairs(&key, &answer, |one, other| self.compare(kind, one, other));
        let mut whole = Tally::new(kind);
        let mut parts = Tally::new(kind_of_fields);
        for &(k, a, _) in &found.pairs {
            let (one, other) = (key[k].value, answer[a].value);
            if kind != Kind::Agreements || self.is_same_agreement(one, other) {
                whole.n_right += 1;
            } else {
                whole.differences.push(format!("{} -> {}", key[k].shown, answer[a].shown));
            }
            self.fields(&mut parts, fields, &key[k], &answer[a]);
        }
        self.left_over(&mut whole, &mut parts, fields, (&key, &answer), &found);
        if kind == Kind::Agreements {
            self.lists(&mut parts, &key, &answer, &found);
        }
        [whole, parts]
    }

    /// Adds what only one side has.
    fn left_over(
        &self,
        whole: &mut Tally,
        parts: &mut Tally,
        fields: &[Field],
        (key, answer): (&[Item<&Value>], &[Item<&Value>]),
        found: &Pairs,
    ) {
        for &k in &found.misses {
            whole.misses.push(key[k].shown.clone());
            for (names, _) in fields {
                if let Some((name, value)) =
                    said(key[k].value, names).filter(|(name, _)| is_counted(key[k].value, name))
                {
                    parts.misses.push(format!("{}, {name}: {}", key[k].shown, self.key.value_shown(value)));
                }
            }
        }
        for &a in &found.extras {
            whole.extras.push(answer[a].shown.clone());
            for (names, _) in fields {
                if let Some((name, value)) = said(answer[a].value, names) {
                    parts.extras.push(format!("{}, {name}: {}", answer[a].shown, self.answer.value_shown(value)));
                }
            }
        }
    }

    /// How well two entries match.
    fn compare(&self, kind: Kind, one: &Value, other: &Value) -> Match {
        let name = if kind == Kind::Sessions { "title" } else { "name" };
        let is_same_name = match (text(one, name), text(other, name)) {
            (Some(one), Some(other)) => are_same_words(one, other),
            _ => false,
        };
        let is_same_agreement = kind == Kind::Agreements && self.is_same_agreement(one, other);
        let theirs = quotes(other);
        let n_shared: usize = quotes(one)
            .iter()
            .map(|(span, _)| theirs.iter().filter(|(other, _)| overlap(*span, *other) > 0).count())
            .sum();
        let n_same = quotes(one).iter().filter(|(span, _)| theirs.iter().any(|(other, _)| span == other)).count();
        let is_same_day = text(one, "date").is_some() && text(one, "date") == text(other, "date");
        if !is_same_name && !is_same_agreement && (n_shared == 0 || kind == Kind::Projects) {
            return Match::No;
        }
        let weight = 8 * usize::from(is_same_name || is_same_agreement) + 2 * usize::from(is_same_day);
        Match::Right(weight + n_same + n_shared.min(4))
    }

    fn is_same_agreement(&self, one: &Value, other: &Value) -> bool {
        let is_same = |field: &str, how: How| match (one.get(field), other.get(field)) {
            (Some(mine), Some(theirs)) => self.is_same(how, one, mine, theirs),
            _ => false,
        };
        is_same("type", How::Instrument) && is_same("parties", How::Parties)
    }

    /// Compares the fields of two entries that belong together.
    fn fields(&self, tally: &mut Tally, fields: &[Field], one: &Item<&Value>, other: &Item<&Value>) {
        for (names, how) in fields {
            let Some(name) = names.iter().find(|name| one.value.get(**name).is_some()) else { continue };
            if !is_counted(one.value, name) {
                continue;
            }
            let (mine, theirs) = (said(one.value, &[*name]), said(other.value, names));
            let label = format!("{}, {name}", one.shown);
            match (mine, theirs) {
                (None, None) => {}
                (Some((_, mine)), None) => tally.misses.push(format!("{label}: {}", self.key.value_shown(mine))),
                (None, Some((_, theirs))) => tally.extras.push(format!("{label}: {}", self.answer.value_shown(theirs))),
                (Some((_, mine)), Some((_, theirs))) if self.is_same(*how, one.value, mine, theirs) => {
                    tally.n_right += 1
                }
                (Some((_, mine)), Some((_, theirs))) => {
                    let (mine, theirs) = (self.key.value_shown(mine), self.answer.value_shown(theirs));
                    tally.differences.push(format!("{label}: {mine} -> {theirs}"));
                }
            }
        }
    }

    fn is_same(&self, how: How, entry: &Value, one: &Value, other: &Value) -> bool {
        let (mine, theirs) = (plain(one), plain(other));
        match how {
            How::Words => are_same_words(&mine, &theirs),
            How::Head => words(head(&mine)) == words(head(&theirs)),
            How::Name => are_same_words(&mine, &theirs) || !is_quoted(entry, &mine) && share_half(&mine, &theirs),
            How::Instrument => instrument(&mine) == instrument(&theirs),
            How::Parties => are_same_parties(&self.key.parties(one), &self.answer.parties(other)),
            How::Quote => match (quote(one), quote(other)) {
                (Some((one, _)), Some((other, _))) => overlap(one, other) > 0,
                _ => false,
            },
            How::Said => true,
        }
    }

    /// Approvals, areas and lead-ins of agreements: each entry is a field.
    fn lists(&self, tally: &mut Tally, key: &[Item<&Value>], answer: &[Item<&Value>], found: &Pairs) {
        let both = found.pairs.iter().map(|&(k, a, _)| (Some(&key[k]), Some(&answer[a])));
        let missed = found.misses.iter().map(|&k| (Some(&key[k]), None));
        let added = found.extras.iter().map(|&a| (None, Some(&answer[a])));
        for (one, other) in both.chain(missed).chain(added) {
            for list in ["approvals", "areas", "list_lead_in"] {
                // A key that has no such list says nothing of it.
                if one.is_some_and(|one| one.value.get(list).is_none()) {
                    continue;
                }
                let of = |side: &Side<'_>, entry: Option<&Item<&Value>>| {
                    entry.map_or(Vec::new(), |entry| listed(side, entry.value, list))
                };
                count(tally, of(self.key, one), of(self.answer, other), |one: &Listed, other: &Listed| {
                    one.compare(other)
                });
            }
        }
    }
}

/// Entries of a list, sorted.
fn entries<'a>(side: &Side<'a>, list: &str) -> Vec<Item<&'a Value>> {
    let shown_of = |one: &Value| {
        let name = text(one, "name").or_else(|| text(one, "title")).or_else(|| text(one, "type")).unwrap_or("?");
        let parties: Vec<String> =
            strings(one.get("parties").unwrap_or(&Value::Null)).iter().map(|id| side.shown(id)).collect();
        let date =
            text(one, "date").or_else(|| text(one, "date_signed")).map(|date| format!(" {date}")).unwrap_or_default();
        if parties.is_empty() { format!("{name}{date}") } else { format!("{name} of {}{date}", parties.join(", ")) }
    };
    sorted(side.list(list).iter().map(|one| Item { shown: shown_of(one), value: one }).collect())
}

/// The first of these fields that says something.
fn said<'a>(entry: &'a Value, names: &[&'static str]) -> Option<(&'static str, &'a Value)> {
    names.iter().find_map(|name| {
        let value = entry.get(*name)?;
        let is_empty = match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        (!is_empty).then_some((*name, value))
    })
}

/// True unless the key says that the field is known from elsewhere than the document.
fn is_counted(entry: &Value, field: &str) -> bool {
    text(entry, &format!("{field}_basis")).is_none_or(|basis| basis.starts_with("stated"))
}

/// A value as text.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

impl Side<'_> {
    /// Returns a value as a person reads it: parties by name, quotations in quotation marks.
    pub(super) fn value_shown(&self, value: &Value) -> String {
        if let Some((span, words)) = quote(value) {
            return shown(span, words);
        }
        match value {
            Value::Array(_) => strings(value).iter().map(|id| self.shown(id)).collect::<Vec<_>>().join(", "),
            Value::String(id) => self.shown(id),
            other => plain(other),
        }
    }
}

fn head(text: &str) -> &str {
    let end = text.find([',', '(', ';']).filter(|at| *at > 0).unwrap_or(text.len());
    &text[..end]
}

/// True when the evidence of `entry` has these words in this order.
fn is_quoted(entry: &Value, name: &str) -> bool {
    let name = words(without_remark(name));
    quotes(entry).iter().any(|(_, quote)| format!(" {} ", words(quote)).contains(&format!(" {name} ")))
}

/// True when two names share at least half of their words.
fn share_half(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let mut rest: Vec<&str> = other.split(' ').collect();
    let n_words = one.split(' ').count() + rest.len();
    let mut n_shared = 0;
    for word in one.split(' ') {
        if let Some(at) = rest.iter().position(|other| *other == word) {
            rest.swap_remove(at);
            n_shared += 1;
        }
    }
    4 * n_shared >= n_words
}

/// Words of an instrument, its short form written out.
fn instrument(text: &str) -> String {
    let words = words(without_remark(text));
    let long = |word: &str| match word {
        "mou" => "memorandum of understanding".to_string(),
        "loi" => "letter of intent".to_string(),
        "lou" => "letter of understanding".to_string(),
        "moc" => "memorandum of cooperation".to_string(),
        other => other.to_string(),
    };
    words.split(' ').map(long).collect::<Vec<_>>().join(" ")
}

/// True when each party of one list is in the other, and as many.
pub(super) fn are_same_parties(one: &[Party], other: &[Party]) -> bool {
    one.len() == other.len()
        && one.iter().all(|party| other.iter().any(|other| party.is(other)))
        && other.iter().all(|party| one.iter().any(|other| party.is(other)))
}

/// An entry of a list within an agreement.
struct Listed {
    said: String,
    organisation: Option<Party>,
    when: String,
    span: Option<crate::answer::Span>,
}

impl Listed {
    fn compare(&self, other: &Self) -> Match {
        let is_same_organisation = match (&self.organisation, &other.organisation) {
            (None, None) => true,
            (Some(one), Some(other)) => one.is(other),
            _ => false,
        };
        let n_shared = self.span.zip(other.span).map_or(0, |(one, other)| overlap(one, other));
        let is_said_alike = are_same_words(&self.said, &other.said) || self.said.is_empty() && n_shared > 0;
        match (is_said_alike, is_same_organisation && words(&self.when) == words(&other.when)) {
            (true, true) => Match::Right(n_shared),
            (true, false) => Match::Near(n_shared),
            (false, _) if n_shared > 0 => Match::Near(n_shared),
            _ => Match::No,
        }
    }
}

/// Entries of a list within an agreement: an approval is organ, organisation and time; an area is its words; a lead-in is
/// where it stands.
fn listed(side: &Side<'_>, agreement: &Value, list: &str) -> Vec<Item<Listed>> {
    let entries = agreement.get(list).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let one = |one: &Value| {
        let said = text(one, "text").or_else(|| text(one, "body")).or(one.as_str()).unwrap_or_default();
        let organisation = text(one, "org");
        let when = text(one, "when").unwrap_or_default();
        let quoted = quotes(one).first().copied().or_else(|| quote(one));
        let label = match (quoted, organisation) {
            (Some((span, quoted)), _) if said.is_empty() => shown(span, quoted),
            (_, Some(id)) => format!("{said} of {}, {when}", side.shown(id)),
            _ => said.to_string(),
        };
        let value = Listed {
            said: said.to_string(),
            organisation: organisation.map(|id| side.party(id)),
            when: when.to_string(),
            span: quoted.map(|(span, _)| span),
        };
        Item { shown: format!("{list}: {label}"), value }
    };
    entries.iter().map(one).collect()
}
