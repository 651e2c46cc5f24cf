//! The attendance that the front matter of minutes holds as schema.org JSON-LD, for files whose text has no list.
//!
//! Read as a run of strings, so that a file cut in the middle still gives what stands before the cut.

use std::ops::Range;

use fact::Act;

use super::attendance::Named;
use super::entry::Person;
use super::sheet::{Piece, Shape};

/// Depth below which nothing is read: attendance stands seven deep.
const DEEPEST: usize = 32;

/// A string of the JSON text, whether it is a key, and how deep it stands.
struct Token<'s> {
    text: &'s str,
    is_key: bool,
    depth: usize,
    piece: usize,
    at: Range<usize>,
}

/// Where a person stands.
#[derive(Default)]
struct Place {
    /// Names of the arrays and objects around, outermost first, with their depth.
    keys: Vec<(usize, String)>,
    role: Option<(usize, String)>,
    is_person: bool,
}

/// Returns those whom the front matter lists as present, excused, in the chair or taking notes.
pub(super) fn named(pieces: &[Piece<'_>]) -> Vec<Named> {
    let mut named = Vec::new();
    let mut place = Place::default();
    let mut key = "";
    for token in tokens(pieces) {
        place.keys.retain(|(depth, _)| *depth < token.depth);
        if token.is_key {
            key = token.text;
            place.keys.push((token.depth, key.into()));
            continue;
        }
        match key {
            "@type" => {
                place.is_person = token.text == "Person";
                // A role holds for those within its own object.
                place.role = place.role.take().filter(|(depth, _)| *depth < token.depth);
            }
            "roleName" => place.role = Some((token.depth, token.text.into())),
            "name" if place.is_person => {
                place.is_person = false;
                add(&mut named, pieces, &token, &place);
            }
            _ => {}
        }
    }
    named
}

fn add(named: &mut Vec<Named>, pieces: &[Piece<'_>], token: &Token<'_>, place: &Place) {
    let is_within = |name: &str| place.keys.iter().any(|(_, key)| key == name);
    let role = place.role.as_ref().map(|(_, role)| role.clone());
    let office = match role.as_deref() {
        Some("chair" | "moderator") => Some(Act::Chaired),
        Some("scribe") => Some(Act::Scribed),
        _ => None,
    };
    let acts = match (is_within("attendee"), is_within("regrets")) {
        (true, _) => [Some(Act::Attended), office],
        (false, true) => [Some(Act::Excused), None],
        _ => return,
    };
    let piece = &pieces[token.piece];
    for act in acts.into_iter().flatten() {
        let role = role.clone().filter(|_| act == Act::Attended);
        let person = Person { name: token.text.into(), role, ..Person::default() };
        let evidence = piece.evidence(token.at.clone());
        named.push(Named {
            act,
            person,
            country: None,
            evidence,
            number: piece.line.number,
            section: 0,
            is_late: false,
        });
    }
}

/// Strings of the front matter with their depth in braces and brackets. Escapes are left as they are written.
fn tokens<'s>(pieces: &[Piece<'s>]) -> Vec<Token<'s>> {
    let mut tokens: Vec<Token<'s>> = Vec::new();
    let mut depth = 0_usize;
    let front = pieces.iter().enumerate().take_while(|(_, piece)| piece.shape == Shape::Front);
    for (nth, piece) in front.skip_while(|(_, piece)| !piece.raw().starts_with("json-ld")) {
        let text: &'s str = &piece.line.text;
        let mut at = 0;
        while let Some(letter) = text[at..].chars().next() {
            let end = at + letter.len_utf8();
            match letter {
                '{' | '[' => depth += 1,
                '}' | ']' => depth = depth.saturating_sub(1),
                '"' => {
                    let Some(close) = closing_quote(&text[end..]) else { break };
                    let range = end..end + close;
                    let is_key = text[range.end + 1..].trim_start().starts_with(':');
                    if depth > DEEPEST {
                        at = range.end + 1;
                        continue;
                    }
                    tokens.push(Token { text: &text[range.clone()], is_key, depth, piece: nth, at: range.clone() });
                    at = range.end + 1;
                    continue;
                }
                _ => {}
            }
            at = end;
        }
    }
    tokens
}

fn closing_quote(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.bytes().position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    })
}
