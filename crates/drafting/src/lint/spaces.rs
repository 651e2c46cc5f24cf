//! Spaces: two in a row, before a mark, after an opening bracket, or none where one belongs.

use std::sync::LazyLock;

use regex::Regex;

use super::{Code, Lint};
use crate::Passage;

/// A rule: what it looks for, with the place in group 1, and what is expected there.
struct Rule {
    code: Code,
    place: Regex,
    expected: &'static str,
    sure: f64,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rule = |code, place: &str, expected, sure| {
        let place = Regex::new(place).expect("the expressions are fixed and tested");
        Rule { code, place, expected, sure }
    };
    vec![
        // After a full stop two spaces are a habit of some, not a slip.
        rule(Code::DoubledSpace, r"[^\s.!?:]([ \u{a0}]{2,})\S", " ", 0.95),
        rule(Code::DoubledSpace, r"[.!?:]([ \u{a0}]{2,})\S", " ", 0.5),
        rule(Code::StraySpace, r"[\p{L}\p{N})\]]( +)[;,.)\]](?:\s|$)", "", 0.95),
        rule(Code::StraySpace, r"[(\[]([ \u{a0}]+)\S", "", 0.95),
        rule(Code::StraySpace, r"\p{L}( +)[,;](?:\p{L}|$)", "", 0.9),
        rule(Code::MissingSpace, r"\((Rev\.)\p{Lu}", "<a space after it>", 0.95),
        rule(Code::MissingSpace, r"\p{Ll}([,;])\p{L}{2}", "<a space after it>", 0.9),
        rule(Code::MissingSpace, r"\p{Ll}{2}([.])\p{Lu}\p{Ll}", "<a space after it>", 0.8),
        rule(Code::MissingSpace, r"[\p{Ll})]{2}(\()\p{L}{3}", "<a space before it>", 0.6),
    ]
});

/// Returns what is wrong with the spaces of one clause.
pub(super) fn lints(passage: &Passage<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    for rule in RULES.iter() {
        for caught in rule.place.captures_iter(passage.text) {
            let Some(place) = caught.get(1) else { continue };
            // `word(s)`, `mechanism(s)`, and addresses of the web are no slips.
            if rule.code == Code::MissingSpace && is_address(passage.text, place.start()) {
                continue;
            }
            let is_said = |held: &Lint| {
                held.code == rule.code && held.range.start < place.end() && place.start() < held.range.end
            };
            if found.iter().any(is_said) {
                continue;
            }
            found.push(Lint::new(rule.code, passage, place.range(), rule.expected, rule.sure));
        }
    }
    found
}

/// True within an address of the web, of mail, or a name in code.
fn is_address(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let start = before.rfind(char::is_whitespace).map_or(0, |gap| gap + 1);
    let end = at + after.find(char::is_whitespace).unwrap_or(after.len());
    let word = text.get(start..end).unwrap_or_default();
    ["/", "@", "www.", "`", "_", "="].iter().any(|sign| word.contains(sign))
}
