//! Names: organisations, then persons with their offices, then organisations again that stand where a person's does.

mod again;
mod committees;
mod cues;
mod gazetteer;
mod hits;
mod lists;
mod people;
mod persons;
mod sections;
mod series;
mod shape;
mod tail;
mod words;

use crate::answer::Answer;
use crate::scan::Scan;
use hits::Hits;
use persons::Context;

/// Adds organisations, acronyms and persons to `answer`.
pub(crate) fn read(scan: &Scan<'_>, answer: &mut Answer) {
    let mut hits = Hits::of(scan);
    let seen = persons::find(&Context::of(scan, &hits));
    hits.learn(&people::slots(scan, &seen, &hits));
    let (organisations, numbers) = hits.organisations();
    let people = people::read(&Context::of(scan, &hits), &seen, &numbers);
    answer.organisations = organisations;
    answer.persons = people.persons;
    answer.doubts.extend(people.doubts);
    answer.acronyms.clone_from(&hits.acronyms);
}
