//! What is matched by its words: dates, references, quantities, conclusions, action items, planned activities.

use serde_json::Value;

use super::fields::are_same_parties;
use super::pairs::{Item, Match, pairs, sorted, tally};
use super::side::{Side, are_same_words, overlap, quote, quotes, shown, text};
use super::{Kind, Tally};
use crate::answer::Span;

/// Adds the tallies of everything that is matched by its words.
pub(super) fn tallies(key: &Side<'_>, answer: &Side<'_>, tallies: &mut Vec<Tally>) {
    let both = |list: &str| (quoted(key, list), quoted(answer, list));
    if key.has("dates") {
        let value = |one: &Value| plain(one, "value");
        let (ours, theirs) = both("dates");
        tallies.push(tally(Kind::Dates, ours, theirs, meet));
        let (ours, theirs) = both("dates");
        tallies.push(tally(Kind::DateValues, ours, theirs, |one, other| {
            graded(one, other, are_same_words(&value(one.entry), &value(other.entry)))
        }));
    }
    if key.has("references") {
        let (ours, theirs) = both("references");
        tallies.push(tally(Kind::References, ours, theirs, meet));
    }
    if key.has("metrics") {
        metrics(key, answer, tallies);
    }
    if key.has("conclusions") {
        statements(key, answer, ("conclusions", Kind::Conclusions), tallies);
    }
    if key.has("action_items") {
        statements(key, answer, ("action_items", Kind::Actions), tallies);
    }
    if key.has("planned_activities") {
        let (ours, theirs) = both("planned_activities");
        tallies.push(tally(Kind::Activities, ours, theirs, |one, other| {
            let is_same = are_same_words(&plain(one.entry, "kind"), &plain(other.entry, "kind"));
            match meet(one, other) {
                Match::No if is_same => Match::Right(0),
                other => other,
            }
        }));
    }
}

/// An entry with the words that say so.
#[derive(Clone, Copy)]
struct Quoted<'a> {
    entry: &'a Value,
    span: Span,
    words: &'a str,
}

/// Entries of a list that quote words.
fn quoted<'a>(side: &Side<'a>, list: &str) -> Vec<Item<Quoted<'a>>> {
    let one = |entry: &'a Value| {
        let evidence = entry.get("evidence")?;
        let (span, words) = match evidence {
            Value::Array(list) => list.iter().find_map(quote)?,
            single => quote(single)?,
        };
        let value = ["value", "op", "unit", "kind"].map(|field| plain(entry, field)).join(" ");
        let label = format!("{} {}", shown(span, words), value.trim());
        Some(Item { shown: label.trim_end().to_string(), value: Quoted { entry, span, words } })
    };
    side.list(list).iter().filter_map(one).collect()
}

/// Right when the spans share a byte; the more, the better.
fn meet(one: &Quoted<'_>, other: &Quoted<'_>) -> Match {
    match overlap(one.span, other.span) {
        0 => Match::No,
        n_shared => Match::Right(2 * n_shared + usize::from(one.span == other.span)),
    }
}

/// Right when the spans meet and `is_same`; near when they only meet.
fn graded(one: &Quoted<'_>, other: &Quoted<'_>, is_same: bool) -> Match {
    match meet(one, other) {
        Match::Right(weight) if !is_same => Match::Near(weight),
        how => how,
    }
}

/// A field as text: numbers as they are written in JSON.
fn plain(entry: &Value, field: &str) -> String {
    match entry.get(field) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn metrics(key: &Side<'_>, answer: &Side<'_>, tallies: &mut Vec<Tally>) {
    let doubts: Vec<Span> = answer.list("doubts").iter().flat_map(quotes).map(|(span, _)| span).collect();
    let theirs = || quoted(answer, "metrics");
    let is_left_to_review = |one: &Item<Quoted<'_>>| {
        let wants_review = text(one.value.entry, "note").is_some_and(|note| note.contains("review"));
        let is_doubted = doubts.iter().any(|span| overlap(*span, one.value.span) > 0);
        let is_read = theirs().iter().any(|other| overlap(other.value.span, one.value.span) > 0);
        wants_review && is_doubted && !is_read
    };
    let ours = || -> Vec<Item<Quoted<'_>>> {
        quoted(key, "metrics").into_iter().filter(|one| !is_left_to_review(one)).collect()
    };
    tallies.push(tally(Kind::Metrics, ours(), theirs(), meet));
    tallies.push(tally(Kind::MetricValues, ours(), theirs(), |one, other| {
        let is_same = |field: &str| plain(one.entry, field).trim() == plain(other.entry, field).trim();
        graded(one, other, is_same("op") && (is_same("value") || is_same_number(one.entry, other.entry)))
    }));
}

/// True when two values are the same number: `1,000` is 1000.
fn is_same_number(one: &Value, other: &Value) -> bool {
    let number = |entry: &Value| plain(entry, "value").replace(',', "").trim().parse::<f64>().ok();
    number(one).is_some_and(|one| number(other) == Some(one))
}

/// Tallies of statements with their words, and of what is said of those that are in both.
fn statements(key: &Side<'_>, answer: &Side<'_>, (list, kind): (&str, Kind), tallies: &mut Vec<Tally>) {
    let (ours, theirs) = (sorted(quoted(key, list)), sorted(quoted(answer, list)));
    tallies.push(tally(kind, quoted(key, list), quoted(answer, list), is_same_statement));
    let found = pairs(&ours, &theirs, is_same_statement);
    let of_both = |kind: Kind, field: &str, is_same: &dyn Fn(&Value, &Value) -> bool| {
        let mut tally = Tally::new(kind);
        for &(k, a, _) in &found.pairs {
            let (one, other) = (ours[k].value.entry, theirs[a].value.entry);
            if one.get(field).is_none() {
                continue;
            }
            if is_same(one, other) {
                tally.n_right += 1;
            } else {
                let shown = |side: &Side<'_>, entry: &Value| match entry.get(field) {
                    None | Some(Value::Null) => "-".to_string(),
                    Some(value) => side.value_shown(value),
                };
                let label = shown(key, one);
                tally.differences.push(format!("{}: {label} -> {}", ours[k].shown, shown(answer, other)));
            }
        }
        tally
    };
    if kind == Kind::Conclusions {
        let kind = |one: &Value, other: &Value| are_same_words(&plain(one, "kind"), &plain(other, "kind"));
        tallies.push(of_both(Kind::ConclusionKinds, "kind", &kind));
        let title = |side: &Side<'_>, one: &Value| text(one, "session").map(|id| side.session(id).to_string());
        let session = |one: &Value, other: &Value| match (title(key, one), title(answer, other)) {
            (Some(one), Some(other)) => are_same_words(&one, &other),
            (one, other) => one == other,
        };
        tallies.push(of_both(Kind::ConclusionSessions, "session", &session));
    } else {
        let owners = |one: &Value, other: &Value| {
            let of = |side: &Side<'_>, one: &Value| side.parties(one.get("owner").unwrap_or(&Value::Null));
            are_same_parties(&of(key, one), &of(answer, other))
        };
        tallies.push(of_both(Kind::ActionOwners, "owner", &owners));
    }
}

/// Right when the words are the same, white space folded, or 0.8 of the longer span are in both.
fn is_same_statement(one: &Quoted<'_>, other: &Quoted<'_>) -> Match {
    let n_shared = overlap(one.span, other.span);
    let longer = (one.span.end - one.span.start).max(other.span.end - other.span.start);
    let is_same = one.words.split_whitespace().eq(other.words.split_whitespace());
    Match::right_if(is_same || 10 * n_shared >= 8 * longer && longer > 0).weighing(n_shared)
}
