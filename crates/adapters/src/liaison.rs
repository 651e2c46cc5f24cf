//! Liaison statements between standards bodies, and who looks after a liaison.
//!
//! Comes in: a page of tables (`Year | In/Out | Meeting | Title`), a list of 3GPP liaison rows with tabs, JSON of the
//! IETF Datatracker (`/api/v1/liaisons/`), or a page of the IETF wiki about a liaison. Goes out: `liaised` from the
//! sending to the receiving body, a task with its deadline where an answer is asked for, `answered` where a statement
//! names the one that it answers, outcomes, and the offices that a page gives to a person in so many words.

use fact::{Act, Adapter, Mention, Party, Reading, Snapshot};

#[path = "liaison/datatracker.rs"]
mod datatracker;
#[path = "liaison/rows.rs"]
mod rows;
#[path = "liaison/tables.rs"]
mod tables;
#[path = "liaison/wiki.rs"]
mod wiki;

/// The adapter.
pub static ADAPTER: Liaison = Liaison;

/// Reads liaison statements.
pub struct Liaison;

impl Adapter for Liaison {
    fn name(&self) -> &'static str {
        "liaison"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Liaison statements and liaison managers: tables, 3GPP rows, IETF Datatracker and wiki"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let bytes = snapshot.bytes;
        wiki::is_page(bytes) || tables::is_page(bytes) || rows::is_list(bytes) || datatracker::is_json(bytes)
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let bytes = snapshot.bytes;
        if wiki::is_page(bytes) {
            wiki::read(bytes)
        } else if tables::is_page(bytes) {
            tables::read(snapshot)
        } else if rows::is_list(bytes) {
            rows::read(snapshot)
        } else if datatracker::is_json(bytes) {
            datatracker::read(bytes)
        } else {
            Reading::default()
        }
    }
}

/// A standards body or one of its groups.
fn body(name: &str) -> Mention {
    Mention { party: Party::Body, ..Mention::organisation(name) }
}

/// The act of a word that says what became of a statement; `None` for any other word.
fn outcome(word: &str) -> Option<Act> {
    match word.trim().trim_end_matches('.').to_ascii_lowercase().as_str() {
        "agreed" => Some(Act::Agreed),
        "approved" => Some(Act::Approved),
        "noted" => Some(Act::Noted),
        "postponed" => Some(Act::Postponed),
        "withdrawn" => Some(Act::Withdrawn),
        "not handled" => Some(Act::NotHandled),
        "not pursued" => Some(Act::NotPursued),
        _ => None,
    }
}

/// True for a title that says that it is an answer: `Reply LS on`, `LS reply to`, `Response to`.
fn is_answer(title: &str) -> bool {
    let lower = title.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let says = |at: usize| matches!(words.get(at), Some(&("reply" | "response" | "answer" | "replies")));
    let is_of = |at: usize| matches!(words.get(at), Some(&("ls" | "to" | "liaison" | "statement")));
    (0..words.len()).any(|at| says(at) && (is_of(at + 1) || (at > 0 && is_of(at - 1)))) || lower.starts_with("ls/r ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_so() {
        for title in [
            "Reply LS on clocks",
            "LS reply to Acme",
            "Response to liaison S2-183036",
            "LS/r on clocks",
            "LS Response on x",
        ] {
            assert!(is_answer(title), "{title}");
        }
        for title in ["LS on emergency response", "LS on replies", "Response time of clocks"] {
            assert!(!is_answer(title), "{title}");
        }
    }
}
