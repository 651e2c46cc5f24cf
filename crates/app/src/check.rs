//! A source side by side with what was read from where: the tool with which one writes an adapter.
//!
//! Comes in: bytes and their reading. Goes out: the lines of the source, each with the facts and problems that begin in
//! it. Lines from which nothing was read are the ones to look at.

use fact::{Fact, Problem, Reading};

/// A line of the source and what was read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Number of the line, from 1.
    pub number: usize,
    /// Its text; the beginning of a very long one.
    pub text: String,
    /// Facts and problems that begin in it.
    pub found: Vec<Found>,
}

/// One fact or problem, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// True for a problem.
    pub is_problem: bool,
    /// What it says.
    pub text: String,
}

/// Characters of a line that are shown.
const LONGEST: usize = 400;

/// Returns every line of a text with what was read from it. Of a source that is no text, each place is a line.
#[must_use]
pub fn checked(bytes: &[u8], reading: &Reading) -> Vec<Checked> {
    let mut found: Vec<(u64, &str, Found)> = reading.facts.iter().map(said).collect();
    found.extend(reading.problems.iter().map(met));
    found.sort_by_key(|(start, _, _)| *start);
    if bytes.iter().take(8192).any(|&byte| byte == 0) {
        return by_place(found);
    }
    let mut found = found.into_iter().peekable();
    let mut lines = Vec::new();
    let mut start = 0;
    for (nth, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
        start += line.len() as u64;
        let mut here = Vec::new();
        while let Some((_, _, said)) = found.next_if(|(at, _, _)| *at < start) {
            here.push(said);
        }
        lines.push(Checked { number: nth + 1, text: shown(line), found: here });
    }
    if let Some(last) = lines.last_mut() {
        last.found.extend(found.map(|(_, _, said)| said));
    }
    lines
}

fn by_place(found: Vec<(u64, &str, Found)>) -> Vec<Checked> {
    let mut lines: Vec<Checked> = Vec::new();
    for (_, place, said) in found {
        match lines.last_mut() {
            Some(last) if last.text == place => last.found.push(said),
            _ => lines.push(Checked { number: lines.len() + 1, text: place.into(), found: vec![said] }),
        }
    }
    lines
}

fn shown(line: &[u8]) -> String {
    let text = match std::str::from_utf8(line) {
        Ok(text) => text.into(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(line).0,
    };
    let clean = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.trim_end().chars().take(LONGEST).map(clean).collect()
}

fn said(fact: &Fact) -> (u64, &str, Found) {
    (fact.evidence.start, &fact.evidence.place, Found { is_problem: false, text: in_words(fact) })
}

/// Returns a fact in a line of words.
#[must_use]
pub fn in_words(fact: &Fact) -> String {
    let mut words = vec![fact.act.slug().to_string()];
    let mut put = |before: &str, text: &str, after: &str| {
        if !text.is_empty() {
            words.push(format!("{before}{text}{after}"));
        }
    };
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    put("", &of(&fact.who.name), "");
    put("[", &of(&fact.who.affiliation), "]");
    put("as ", &of(&fact.who.role), "");
    for (before, thing) in [("", &fact.object), ("-> ", &fact.target)] {
        if let Some(thing) = thing {
            put(
                before,
                &format!("{} {} {}", thing.kind, thing.id, thing.title)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
                "",
            );
        }
    }
    put("= ", &of(&fact.status), "");
    if let Some(amount) = &fact.amount {
        put("", &format!("{} {}", amount.value, amount.unit), "");
    }
    put("at ", fact.event.as_ref().or(fact.body.as_ref()).map_or("", String::as_str), "");
    put("", fact.mode.map_or("", fact::Mode::slug), "");
    match (fact.when.from, fact.when.to) {
        (Some(from), Some(to)) if from == to => put("on ", &from.to_string(), ""),
        (from, to) => {
            put("from ", &from.map(|day| day.to_string()).unwrap_or_default(), "");
            put("to ", &to.map(|day| day.to_string()).unwrap_or_default(), "");
        }
    }
    if fact.confidence < 1.0 {
        put("confidence ", &format!("{:.2}", fact.confidence), "");
    }
    words.join(" ")
}

fn met(problem: &Problem) -> (u64, &str, Found) {
    let text = format!("{}: {}; {}", problem.kind, problem.what, problem.hint);
    (problem.evidence.start, &problem.evidence.place, Found { is_problem: true, text })
}

/// Returns the lines as text for a terminal of `width` characters: the source on the left, what was read on the right.
/// Runs of more than `run` lines from which nothing was read are folded.
#[must_use]
pub fn told(lines: &[Checked], width: usize, run: usize) -> String {
    use std::fmt::Write as _;
    let left = (width.saturating_sub(12) / 2).clamp(20, 100);
    let mut text = String::new();
    let mut at = 0;
    while at < lines.len() {
        let n_silent = lines[at..].iter().take_while(|line| line.found.is_empty()).count();
        if n_silent > run {
            let _ = writeln!(text, "{:>6} … {n_silent} lines from which nothing was read", "");
            at += n_silent;
            continue;
        }
        let line = &lines[at];
        let source: String = line.text.chars().take(left).collect();
        let mut source = format!("{:>6} {source:left$}", line.number);
        if line.found.is_empty() {
            let _ = writeln!(text, "{} |", source);
        }
        for found in &line.found {
            let mark = if found.is_problem { '!' } else { '>' };
            let _ = writeln!(text, "{source} {mark} {}", found.text);
            source = " ".repeat(left + 7);
        }
        at += 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use fact::{Act, Evidence, Mention};

    #[test]
    fn each_line_stands_beside_what_was_read_from_it() {
        let fact = Fact {
            who: Mention::person("Ada Made", Some("Acme")),
            ..Fact::new(Act::Attended, Evidence::new(6..20, "line 2", "- Ada Made (Acme)"))
        };
        let reading = Reading { facts: vec![fact], ..Reading::default() };
        let lines = checked(b"Title\n- Ada Made (Acme)\nx\ny\nz\n", &reading);
        assert_eq!(lines.len(), 5);
        assert_eq!(lines[1].found[0].text, "attended Ada Made [Acme]");
        let told = told(&lines, 60, 2);
        assert!(told.contains("> attended Ada Made [Acme]"), "{told}");
        assert!(told.ends_with("… 3 lines from which nothing was read\n"), "{told}");
    }
}
