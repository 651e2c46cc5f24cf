//! What a document is: `workshop report`, `event programme`, `news: agreement`, `minutes`, `resolution`.

use super::cues::{self, k};
use super::page::Page;
use crate::answer::Answer;
use crate::scan::Shape;

/// Returns what the document is, in a few words.
pub(crate) fn of(page: &Page<'_, '_>, answer: &Answer) -> String {
    let opening = 0..page.block(page.scan.blocks.len().min(14)).start.max(page.scan.tokens.len().min(260));
    let opening = opening.start..opening.end.min(400).min(page.scan.tokens.len());
    let says = |keys: &[u64]| page.find_key(opening.clone(), keys).is_some();
    if answer.clauses.len() >= 3 {
        let is_draft = says(&[k("draft"), k("proposed"), k("proposal"), k("merged")]);
        return if is_draft { "contribution: draft resolution" } else { "resolution" }.into();
    }
    // `50 minutes` is a length.
    let minutes = page.find_key(opening.clone(), &[k("minutes")]);
    let is_length =
        minutes.is_some_and(|n| n > 0 && page.scan.tokens.get(n - 1).is_some_and(|t| t.shape == Shape::Number));
    if minutes.is_some() && !is_length && !says(&[k("programme")]) {
        return "minutes".into();
    }
    let is_short = page.scan.tokens.len() < 1600;
    if let Some(agreement) = answer.agreements.first().filter(|_| is_short) {
        let is_event = answer.events.iter().any(|event| !event.organisers.is_empty());
        let noun = if agreement.instrument == "Memorandum of Understanding" { "mou" } else { "agreement" };
        return if is_event { format!("news: {noun} + event") } else { format!("news: {noun}") };
    }
    let has_outcome = !answer.conclusions.is_empty()
        && page.find_key(0..page.scan.tokens.len(), &[k("summary"), k("conclusions")]).is_some();
    let is_agenda = page.find_key(0..page.scan.tokens.len(), &[k("agenda"), k("programme"), k("program")]).is_some();
    if says(&[k("report")]) || answer.sessions.len() > 1 && has_outcome && !is_agenda {
        let head = page.find_key(opening, &[k("workshop"), k("seminar"), k("symposium"), k("conference")]);
        let word = head.map_or("meeting", |n| if page.is(n, cues::EVENT) { page.scan.word(n) } else { "meeting" });
        return format!("{} report", word.to_lowercase());
    }
    if answer.sessions.len() > 1 || is_agenda && !answer.sessions.is_empty() {
        return "event programme".into();
    }
    if answer.events.is_empty() { "document".into() } else { "news: event".into() }
}
