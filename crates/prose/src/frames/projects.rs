//! Partnership projects: `both partners in 3GPP since 1999 and in oneM2M since 2012`.

use std::ops::Range;

use super::agreements;
use super::cues::{self, k};
use super::page::Page;
use crate::answer::{Answer, Found, Project, Time};

/// Adds partnership projects, with who is partner since when.
pub(crate) fn read(page: &Page<'_, '_>, answer: &mut Answer) {
    for sentence in page.sentences_with(&[cues::PARTNER]) {
        let Some(head) = page.find_key(sentence.clone(), &[k("partner"), k("partners"), k("member"), k("members")])
        else {
            continue;
        };
        for (project, found, since) in memberships(page, head, sentence.end) {
            let partners = partners(page, answer, sentence, head, project);
            let name = page.scan.text(found.1).to_string();
            if partners.is_empty() {
                continue;
            }
            let found = Found::new(found.0, "partner-since", 0.9);
            answer.projects.push(Project { name, partners, since: Some(since), found });
        }
    }
}

type Membership = (usize, (crate::answer::Span, crate::answer::Span), String);

/// Returns each `in PROJECT since YEAR` after the word at `head`.
fn memberships(page: &Page<'_, '_>, head: usize, end: usize) -> Vec<Membership> {
    let mut found = Vec::new();
    for since in (head..end).filter(|n| page.is_key(*n, &[k("since")])) {
        let Some(date) = page.dates_in(page.span(&(since..end))).first() else { continue };
        let Time::Date(day) = &date.time else { continue };
        let before = page.span(&(head..since));
        let Some((span, project)) = page.organisations_in(before).last() else { continue };
        let tokens = page.tokens(*span);
        let is_near = tokens.end + 3 >= since && page.tokens(date.found.span).start <= since + 2;
        let start = tokens.start.saturating_sub(1);
        let is_in = page.is_key(start, &[k("in"), k("of")]) || page.is_key(start, &[k("the")]);
        if is_near && is_in {
            let words = crate::answer::Span::new(page.span(&(start..since)).start, date.found.span.end);
            found.push((*project, (words, *span), day.clone()));
        }
    }
    found
}

/// Returns who is partner: those named in the sentence before it, or those for which its subject stands.
fn partners(page: &Page<'_, '_>, answer: &Answer, sentence: &Range<usize>, head: usize, project: usize) -> Vec<usize> {
    let before = sentence.start..head;
    let group = agreements::group(page, &(sentence.start..head + 1));
    if let Some(number) = group {
        let found = agreements::meant(page, answer, head, number);
        if !found.is_empty() && !found.contains(&project) {
            return found;
        }
    }
    let mut named = Vec::new();
    for (_, organisation) in page.organisations_in(page.span(&before)) {
        if *organisation != project && !named.contains(organisation) {
            named.push(*organisation);
        }
    }
    named
}
