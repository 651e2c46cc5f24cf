//! Review: what waits for a person, each with its words in context and a form for each decision; and what was decided.

use std::collections::BTreeMap;

use fact::{Fault, Remedy};
use jiff::Timestamp;
use ledger::{Answer, Ledger, Review, Session, Value, Verdict};
use maud::{Markup, html};

use super::ask::Ask;
use super::frame::{Asked, Filter, Truth};
use crate::exit::Failure;
use crate::review::{self, Context, FIELDS, Part, Said, Subject, fields};
use crate::view::AsOf;

/// Subjects on one page, and decisions of the log.
const N_SHOWN: usize = 20;

pub async fn page(ledger: &Ledger, as_of: AsOf, ask: &Ask) -> Result<Asked, Failure> {
    let session = review::session(ledger, as_of).await?;
    let kind = ask.param("kind").map(Into::into);
    let part = Part { kind, is_first_only: true, limit: Some(N_SHOWN as i64) };
    let (_, shown, n_waiting) = review::queue(&session, &part).await?;
    let (data, all, _) = review::queue(&session, &Part { is_first_only: false, limit: Some(5_000), ..part }).await?;
    let log = review::log(&session).await?;
    let lost: Vec<&Vec<Value>> = review::lost(&log).collect();
    let n_groups = all.iter().map(|subject| subject.twin.as_str()).collect::<std::collections::BTreeSet<_>>().len();
    Ok(Asked {
        title: "Review".into(),
        question: "Which readings need a person?",
        section: "Review",
        answer: html! {
            (sentence(n_waiting, n_groups, log.rows.len(), lost.len())) " " a href="/review/names" { "Names in review" } "."
        },
        controls: None,
        picture: None,
        small: Vec::new(),
        body: html! {
            @if shown.is_empty() {
                p.empty { "Nothing waits. What is read with little confidence would stand here, from the next " code { "rapporteur sync" } " on." }
            } @else {
                x-review {
                    p.note.keys { "Keys: " kbd { "j" } " " kbd { "k" } " next and previous, " kbd { "a" } " accept, " kbd { "c" } " correct, " kbd { "r" } " reject, " kbd { "t" } " with twins, " kbd { "u" } " undo the last." }
                    @for subject in &shown { (candidate(ledger, subject, ask)?) }
                }
            }
            @if !lost.is_empty() { (lost_words(&lost)) }
            (decided(&log))
        },
        data,
        filters: vec![filter(&all, ask)],
        truth: Truth {
            sources: format!("{n_waiting} readings below the accept threshold; {} decisions in reviews.jsonl", log.rows.len()),
            method: "ordered by twins times doubt; what waits enters no count; every decision is a fact and can be taken back".into(),
            as_of: format!("ledger version {}", ledger.version()),
            ..Truth::default()
        },
        is_made_up: shown.iter().any(|subject| subject.is_made_up),
    })
}

fn sentence(n_waiting: i64, n_groups: usize, n_decided: usize, n_lost: usize) -> Markup {
    html! {
        strong #waiting { (n_waiting) } @if n_waiting == 1 { " reading waits" } @else { " readings wait" }
        " for a person, in " strong { (n_groups) } @if n_groups == 1 { " group" } @else { " groups" } " that read alike; "
        strong { (n_decided) } @if n_decided == 1 { " decision was made." } @else { " decisions were made." }
        @if n_lost > 0 { " " strong { (n_lost) } " of them no longer find their words." }
    }
}

fn filter(waiting: &[Subject], ask: &Ask) -> Filter {
    let mut acts: Vec<String> = waiting.iter().map(|subject| subject.read("act").to_string()).collect();
    acts.extend(waiting.iter().map(|subject| subject.read("rule").to_string()).filter(|rule| !rule.is_empty()));
    acts.sort();
    acts.dedup();
    let all = std::iter::once((String::new(), "all".to_string()));
    Filter {
        name: "kind",
        label: "Act or rule",
        choices: all.chain(acts.into_iter().map(|act| (act.clone(), act))).collect(),
        chosen: ask.param("kind").unwrap_or_default().into(),
    }
}

fn candidate(ledger: &Ledger, subject: &Subject, ask: &Ask) -> Result<Markup, Fault> {
    let context = Context::of(&ledger.bytes(&subject.snapshot)?, subject.at, subject.read("quote"));
    let rule = subject.read("rule");
    let heading = format!("reads-{}", subject.id);
    Ok(html! {
        article.candidate tabindex="-1" id={ "c-" (subject.id) } aria-labelledby=(heading) {
            h2 id=(heading) { (subject.told()) }
            blockquote.passage {
                (context.before) " " mark { (context.marked) } " " (context.after)
                cite {
                    a href=(ask.to_place(&subject.snapshot, subject.at.0, subject.at.1)) { (subject.origin) ", " (subject.read("place")) }
                    "; " @if rule.is_empty() { "adapter " (subject.read("adapter")) } @else { "rule " (rule) }
                    ", confidence " (format!("{:.2}", subject.confidence))
                }
            }
            div.choices {
                form method="post" action="/review" { (hidden(subject, "accept", ask)) button.accept { "Accept" } (alike(subject)) }
                form method="post" action="/review" {
                    (hidden(subject, "reject", ask))
                    label { "Why not" input name="reason" required autocomplete="off"; }
                    button { "Reject" } (alike(subject))
                }
                details {
                    summary { "Correct" }
                    form method="post" action="/review" {
                        (hidden(subject, "correct", ask))
                        div.fields { @for (field, column, label) in FIELDS { (input(subject, field, column, label)) } }
                        button { "Correct" } (alike(subject))
                    }
                }
            }
        }
    })
}

fn hidden(subject: &Subject, verdict: &str, ask: &Ask) -> Markup {
    html! {
        input type="hidden" name="verdict" value=(verdict);
        input type="hidden" name="fact" value=(subject.id);
        @for name in ["kind", "theme"] {
            @if let Some(value) = ask.param(name) { input type="hidden" name=(name) value=(value); }
        }
    }
}

fn alike(subject: &Subject) -> Markup {
    html! {
        @if subject.n_alike > 1 {
            label.alike { input type="checkbox" name="twins" value="1"; "all " (subject.n_alike) " like this one" }
        }
    }
}

fn input(subject: &Subject, field: &str, column: &str, label: &str) -> Markup {
    let held = if field == "when" { when(subject) } else { subject.read(column).to_string() };
    html! { label { (label) input name=(field) value=(held) autocomplete="off"; } }
}

/// The time of a subject as a reviewer would write it.
fn when(subject: &Subject) -> String {
    let (from, to) = (subject.read("from_day"), subject.read("to_day"));
    if from == to || to.is_empty() { from.into() } else { format!("{from}..{to}") }
}

fn lost_words(lost: &[&Vec<Value>]) -> Markup {
    html! {
        h2 { "Decisions that no longer find their words" }
        p { "The source says it otherwise now, and it was asked again above where it still says it. Nothing was lost: taking such a decision back only clears this list." }
        ul.changes { @for row in lost { li { (told(row)) " “" (row[8]) "” " (undo(row)) } } }
    }
}

fn decided(log: &Answer) -> Markup {
    html! {
        h2 #decided { "What was decided" }
        @if log.rows.is_empty() { p.empty { "Nothing yet. Every decision stands here with who made it, and can be taken back." } } @else {
            ul.changes.log {
                @for row in log.rows.iter().take(N_SHOWN) {
                    li {
                        time { (row[1].text().get(..16).unwrap_or_default().replace('T', " ")) }
                        (told(row)) " " span.tag { (row[4]) } " "
                        @if row[4].text() == "holds" && !["undo", "seen"].contains(&row[3].text()) { (undo(row)) }
                    }
                }
            }
            @if log.rows.len() > N_SHOWN { p { "The latest " (N_SHOWN) " of " (log.rows.len()) "; all with " code { "rapporteur review log" } "." } }
        }
    }
}

fn told(row: &[Value]) -> String {
    let reason = row[7].text_opt().map(|reason| format!(", because {reason}")).unwrap_or_default();
    let what = [row[5].text(), row[6].text(), row[10].text()].into_iter().filter(|part| !part.is_empty());
    format!("{}: {} {}{reason}", row[2], row[3], what.collect::<Vec<_>>().join(" "))
}

fn undo(row: &[Value]) -> Markup {
    html! {
        form.undo method="post" action="/review" {
            input type="hidden" name="verdict" value="undo";
            input type="hidden" name="decision" value=(row[0].text());
            button { "Undo" span.hidden { " " (told(row)) } }
        }
    }
}

/// Decides what a form says, and returns the decisions that were kept.
pub async fn decide(
    ledger: &mut Ledger,
    as_of: AsOf,
    form: &BTreeMap<String, String>,
    (by, at): (&str, Timestamp),
) -> Result<Vec<Review>, Failure> {
    let said = |name: &str| form.get(name).map_or("", String::as_str);
    let wrong = |what: String| Fault::new(Remedy::Ask, "review", what, "use the forms of the page Review");
    if said("verdict") == "undo" {
        let undo = review::undoing(&ledger.reviews()?, said("decision"), by, at)?;
        return Ok(ledger.review(&[undo])?);
    }
    let session: Session = review::session(ledger, as_of).await?;
    let subject = review::subject(&session, said("fact")).await?;
    let (verdict, said_of) = match said("verdict") {
        "accept" => (Verdict::Accept, Said::default()),
        "reject" if said("reason").trim().is_empty() => {
            return Err(wrong("expected a reason, found none".into()).into());
        }
        "reject" => (Verdict::Reject, Said { reason: said("reason").trim().into(), ..Said::default() }),
        "correct" => (Verdict::Correct, Said { to: corrected(&subject, form)?, ..Said::default() }),
        other => return Err(wrong(format!("expected a verdict, found `{other}`")).into()),
    };
    let mut subjects = vec![subject];
    if said("twins") == "1" {
        subjects.extend(review::twins(&session, &subjects[0]).await?);
    }
    Ok(ledger.review(&review::decisions(&session, verdict, &subjects, &said_of, (by, at)).await?)?)
}

/// The fields of a form that differ from what was read.
fn corrected(subject: &Subject, form: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Fault> {
    let held =
        |field: &str, column: &str| if field == "when" { when(subject) } else { subject.read(column).to_string() };
    let changed = FIELDS.iter().filter_map(|(field, column, _)| {
        let value = form.get(*field)?.trim();
        (value != held(field, column)).then(|| format!("{field}={value}"))
    });
    let changed: Vec<String> = changed.collect();
    fields(changed.iter().map(String::as_str))
}
