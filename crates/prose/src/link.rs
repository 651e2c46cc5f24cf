//! Persons and sessions brought together: who speaks in which session.

use crate::answer::{Answer, Role, Session};

/// Most sessions that are looked at for one role: those that began last.
const NESTED: usize = 16;

/// Gives every role the session in which its words stand, and a part where only the session shows one.
pub(crate) fn read(answer: &mut Answer) {
    let Answer { persons, sessions, .. } = answer;
    for (number, person) in persons.iter_mut().enumerate() {
        for role in &mut person.roles {
            let Some(session) = innermost(sessions, role) else { continue };
            if matches!(role.part.as_deref(), Some("attendee" | "absent" | "committee member")) {
                continue;
            }
            role.session = Some(session);
            let is_moderator = sessions.get(session).is_some_and(|session| session.moderator == Some(number));
            role.part.get_or_insert_with(|| if is_moderator { "moderator".into() } else { "speaker".into() });
        }
    }
}

/// The shortest session in which the words of a role stand.
fn innermost(sessions: &[Session], role: &Role) -> Option<usize> {
    // Sessions stand in order of their beginning, so none after the first that begins later can hold the words.
    let n_before = sessions.partition_point(|session| session.extent.start <= role.found.span.start);
    let before = sessions.get(..n_before)?.iter().enumerate().rev().take(NESTED);
    before
        .filter(|(_, session)| session.extent.holds(role.found.span))
        .min_by_key(|(_, session)| session.extent.end - session.extent.start)
        .map(|(n, _)| n)
}
