//! Shows of hands: the question, the choices, and how many chose each.

use super::kind::speaker;
use super::outcomes::cut;
use super::row::Row;
use crate::parts::entry::cells;

/// One choice of a show of hands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Count {
    pub question: String,
    pub choice: String,
    pub n_voices: u32,
    pub row: usize,
}

/// Returns the counts of shows of hands.
pub(super) fn counts(rows: &[Row<'_>]) -> Vec<Count> {
    let mut found: Vec<Count> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let row = &rows[at];
        let is_read = !row.is_blank() && !row.is_contents && row.level <= 6 && row.text.len() < 1000;
        if is_read {
            if let Some((counts, n_rows)) = table(rows, at) {
                push(at, &question(rows, at, ""), &counts, &mut found);
                at += n_rows;
                continue;
            }
            let (start, counts) = choices(&row.text);
            if counts.len() >= 2 || counts.len() == 1 && is_asked(&row.text[..start]) {
                push(at, &question(rows, at, &row.text[..start]), &counts, &mut found);
            } else if let Some(run) = run(rows, at) {
                let asked = question(rows, at, "");
                for (offset, (choice, n_voices)) in run.iter().enumerate() {
                    push(at + offset, &asked, &[(choice.clone(), *n_voices)], &mut found);
                }
                at += run.len();
                continue;
            }
        }
        at += 1;
    }
    found
}

fn push(at: usize, question: &str, counts: &[(String, u32)], found: &mut Vec<Count>) {
    for (choice, n_voices) in counts {
        let is_again = found.iter().rev().take(12).any(|count| count.row == at && count.choice == *choice);
        if !is_again {
            found.push(Count { question: question.into(), choice: choice.clone(), n_voices: *n_voices, row: at });
        }
    }
}

/// The cells of a table row.
fn bar_cells(text: &str) -> Option<Vec<&str>> {
    text.trim_start().starts_with('|').then(|| cells(text)).flatten()
}

/// `| Raise Hand | Do not raise hand |`, a rule, and a row of numbers.
fn table(rows: &[Row<'_>], at: usize) -> Option<(Vec<(String, u32)>, usize)> {
    let header = bar_cells(&rows[at].text)?;
    let is_choice = |cell: &&str| choice_of(&cell.to_lowercase()).is_some();
    if header.iter().filter(|cell| is_choice(cell)).count() < 2 {
        return None;
    }
    let (offset, numbers) = (1..=2).find_map(|offset| {
        let cells = bar_cells(&rows.get(at + offset)?.text)?;
        cells.iter().any(|cell| cell.parse::<u32>().is_ok()).then_some((offset, cells))
    })?;
    let counts = header
        .iter()
        .zip(numbers)
        .filter_map(|(head, number)| Some((choice_of(&head.to_lowercase())?.to_string(), number.parse().ok()?)));
    Some((counts.collect(), offset + 1))
}

/// Rows one below the other that are a number and a choice each: `2 yes`, `12 no`, `2 no opinion`.
fn run(rows: &[Row<'_>], at: usize) -> Option<Vec<(String, u32)>> {
    let alone = |row: &Row<'_>| {
        let (start, counts) = choices(&row.text);
        let is_alone = start == 0 && counts.len() == 1 && row.text.chars().count() <= 30;
        counts.into_iter().next().filter(|_| is_alone).or_else(|| share(&row.text))
    };
    let run: Vec<(String, u32)> = rows[at..].iter().take(8).map_while(alone).collect();
    (run.len() >= 2).then_some(run)
}

/// `Just listening 10/34`: a choice in words of its own, and how many of those present chose it.
fn share(text: &str) -> Option<(String, u32)> {
    let (choice, numbers) = text.trim_end().rsplit_once(' ')?;
    let (number, of) = numbers.split_once('/')?;
    let (number, of) = (number.parse::<u32>().ok()?, of.parse::<u32>().ok()?);
    let n_words = choice.split_whitespace().count();
    let is_words = choice.chars().all(|letter| letter.is_alphabetic() || " -'’".contains(letter));
    (number <= of && n_words <= 5 && is_words).then(|| (choice.to_lowercase(), number))
}

/// A choice that shows of hands have, in the words of the source.
fn choice_of(words: &str) -> Option<&'static str> {
    const CHOICES: [&str; 26] = [
        "yes",
        "no opinion",
        "no",
        "abstain",
        "do not raise hand",
        "raise hand",
        "raised hands",
        "non-raised hands",
        "non-raised",
        "raised",
        "in favor",
        "in favour",
        "not in favor",
        "not in favour",
        "against",
        "undecided",
        "opposed",
        "pro",
        "con",
        "for",
        "no op",
        "no-opinion",
        "no answer",
        "not raised",
        "unraised hands",
        "unraised",
    ];
    let words = words.trim().trim_matches(|letter: char| !letter.is_alphanumeric());
    CHOICES.into_iter().find(|choice| *choice == words)
}

/// The choices counted in a text, and where the first of them begins: `10 yes; 0 no`, `Yes: 10, No: 28`.
fn choices(text: &str) -> (usize, Vec<(String, u32)>) {
    let lower = text.to_ascii_lowercase();
    let found = mentions(&lower);
    // All counts of a row stand on the same side of their choice; a colon shows that it is behind.
    // `Raised: 16` counts hands; issues are raised without a colon.
    let is_bare = |start: usize, end: usize| lower[start..end].ends_with("raised") && !lower[end..].starts_with(':');
    let behind = |(start, end): &(usize, usize)| {
        number_behind(&lower[*end..]).filter(|_| !is_bare(*start, *end)).map(|number| (*start, number))
    };
    let before = |(start, end): &(usize, usize)| {
        number_before(&lower[..*start], &lower[*end..]).filter(|_| !lower[*start..*end].ends_with("raised"))
    };
    let has_colon =
        found.iter().any(|&(_, end)| lower[end..].starts_with(':') && number_behind(&lower[end..]).is_some());
    let is_before = !has_colon && found.iter().any(|mention| before(mention).is_some());
    let mut first = text.len();
    let mut counts = Vec::new();
    for mention in &found {
        if let Some((start, number)) = if is_before { before(mention) } else { behind(mention) } {
            first = first.min(start);
            counts.push((lower[mention.0..mention.1].to_string(), number));
        }
    }
    (first, counts)
}

/// Where a text has words that are choices of shows of hands.
fn mentions(lower: &str) -> Vec<(usize, usize)> {
    const CHOICES: [&str; 25] = [
        "no opinion",
        "no-opinion",
        "no answer",
        "unraised hands",
        "unraised",
        "not raised",
        "no op",
        "yes",
        "non-raised hands",
        "non-raised",
        "raised hands",
        "raised hand",
        "raised",
        "not in favour",
        "not in favor",
        "in favour",
        "in favor",
        "against",
        "undecided",
        "abstain",
        "opposed",
        "no",
        "pro",
        "con",
        "people supported",
    ];
    let is_inside = |letter: char| letter.is_alphanumeric() || letter == '-';
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut free = 0;
    for (at, _) in lower.char_indices() {
        if at < free || found.len() > 8 || lower[..at].ends_with(is_inside) {
            continue;
        }
        let choice = CHOICES
            .iter()
            .find(|choice| lower[at..].strip_prefix(**choice).is_some_and(|rest| !rest.starts_with(is_inside)));
        if let Some(choice) = choice {
            free = at + choice.len();
            found.push((at, free));
        }
    }
    found
}

/// The number right before a choice, and where it begins: `10 yes`, `11 people said yes`, but not `1 no flow`.
fn number_before(text: &str, after: &str) -> Option<(usize, u32)> {
    let mut rest = text.trim_end();
    for word in ["people said", "said", "people", "votes"] {
        rest = rest.strip_suffix(word).map_or(rest, str::trim_end);
    }
    let start = rest.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    let is_number = start < rest.len() && rest.len() - start <= 4 && text.len() > rest.len();
    let is_part = |letter: char| letter.is_alphanumeric() || "#.:-/=<>".contains(letter);
    let is_free =
        !rest[..start].trim_end_matches(' ').ends_with(['=', '<', '>', '#']) && !rest[..start].ends_with(is_part);
    let next = after.split_whitespace().next().unwrap_or_default();
    let is_end = !after.starts_with(' ')
        || ["response", "responses,", "responses", "response,", "votes", "hands", "this", "and", "vs", "vs."]
            .contains(&next)
        || next.starts_with('(')
        || next.starts_with(|letter: char| letter.is_ascii_digit());
    (is_number && is_free && is_end).then(|| rest[start..].parse().ok()).flatten().map(|number| (start, number))
}

/// The number right behind a choice: `Yes: 10`, `pro 30`.
fn number_behind(text: &str) -> Option<u32> {
    let rest = text.trim_start_matches([':', ' ', '=']);
    let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_end = !rest[n_digits..].starts_with(|letter: char| letter.is_alphanumeric() || letter == ':');
    ((1..=4).contains(&n_digits) && is_end && rest.len() < text.len()).then(|| rest[..n_digits].parse().ok()).flatten()
}

/// True for words that ask for a show of hands.
fn is_asked(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains("show of hands")
        || lower.contains("poll")
        || lower.starts_with("how many")
        || lower.contains(": how many")
}

/// The question of a poll: what stands before its counts; else the nearest words above that ask something.
fn question(rows: &[Row<'_>], at: usize, before: &str) -> String {
    let above = upwards(rows, &rows[at], before);
    let stripped = asked(&above);
    if stripped.chars().filter(|letter| letter.is_alphabetic()).count() >= 6 {
        return cut(stripped);
    }
    for row in rows[..at].iter().rev().filter(|row| !row.is_blank()).take(8) {
        let is_question =
            row.text.contains('?') || is_asked(&row.text) || row.text.contains('"') || row.text.ends_with(':');
        let words = asked(&row.text);
        let is_counted = !choices(&row.text).1.is_empty();
        if is_question && !is_counted && words.chars().any(char::is_alphabetic) {
            return cut(asked(&upwards(rows, row, &row.text)));
        }
        if row.level > 0 {
            return cut(&row.text);
        }
    }
    String::new()
}

/// Words of a row, with the lines of its paragraph that stand above it; nothing where there are no words.
fn upwards(rows: &[Row<'_>], row: &Row<'_>, words: &str) -> String {
    let at = rows.iter().position(|other| other.number() == row.number()).unwrap_or(0);
    let is_start =
        |row: &Row<'_>| row.bullet > 0 || row.level > 0 || speaker(&row.text).is_some() || is_asked(&row.text);
    let mut words = words.to_string();
    let mut first = row;
    if words.trim().is_empty() {
        return String::new();
    }
    for above in rows[..at].iter().rev().take(3) {
        if is_start(first) || above.is_blank() || above.level > 0 {
            break;
        }
        words = format!("{} {words}", above.text);
        first = above;
    }
    words
}

/// Takes who asks and what it is called off a question: `Chairs: Show of hands: Who has read it?`.
fn asked(text: &str) -> &str {
    let mut rest = text.trim();
    // `Poll 1 — "..."`
    let numbered = rest.split_once(['—', '–']).filter(|(lead, _)| lead.len() < 12 && lead.starts_with("Poll "));
    rest = numbered.map_or(rest, |(_, after)| after.trim_start());
    loop {
        let lower = rest.to_lowercase();
        let lead = lower.split(':').next().unwrap_or_default();
        let is_lead = [
            "chairs",
            "chair",
            "show of hands",
            "physical) show of hands",
            "poll",
            "result",
            "results",
            "question",
            "question to the room",
        ]
        .contains(&lead.trim_matches(['(', '_', '*', ' ']))
            || lead.starts_with("poll ") && lead.len() < 12
            || speaker(rest).is_some();
        match rest.split_once(':') {
            Some((_, after)) if is_lead && lead.len() < 40 => rest = after.trim_start(),
            _ => break,
        }
    }
    rest.trim_end_matches(|letter: char| letter.is_whitespace() || "(:-=>–—,;".contains(letter))
        .trim_matches(['"', '“', '”', '*', '_'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ietf_minutes::row::rows;

    fn all(text: &str) -> Vec<Row<'_>> {
        rows(text.as_bytes()).collect()
    }

    fn polls(text: &str) -> String {
        let counts = counts(&all(text));
        let asked = counts.first().map(|count| count.question.clone()).unwrap_or_default();
        counts.iter().fold(asked, |text, count| format!("{text}|{} {}", count.n_voices, count.choice))
    }

    #[test]
    fn counts_are_read_before_and_behind_their_choice() {
        assert_eq!(
            polls("Show of hands: Read it? Yes: 10, No: 28, No opinion: 2 (Total: 86)"),
            "Read it?|10 yes|28 no|2 no opinion"
        );
        assert_eq!(
            polls("**Show of hands: We have time: 32 Yes, 0 No, 10 no opinion, of 68 total**"),
            "We have time|32 yes|0 no|10 no opinion"
        );
        assert_eq!(polls("Who agrees?\n\nResult: 10 yes; 0 no (with about 26 in the room)"), "Who agrees?|10 yes|0 no");
        assert_eq!(polls("Is it ready?\n2 yes  \n12 no  \n2 no opinion"), "Is it ready?|2 yes|12 no|2 no opinion");
        assert_eq!(
            polls("Chairs: How many have read it? (11 people said yes, of 71 total)"),
            "How many have read it?|11 yes"
        );
        assert_eq!(
            polls("Show of hands - good start: pro 30, con 1, undecided 11"),
            "Show of hands - good start|30 pro|1 con|11 undecided"
        );
        assert_eq!(
            polls("AE: ready?\n| Raise Hand | Do not raise hand | In room |\n|--|--|--|\n| 20 | 3 | 70 |"),
            "ready?|20 raise hand|3 do not raise hand"
        );
    }

    #[test]
    fn numbers_in_running_text_are_no_counts() {
        for text in [
            "In 2019 no one asked. RFC 9110 yes",
            "Issue #12: no",
            "page 3 no change",
            "AE: 5, yes we do",
            "It has 7 no-ops",
        ] {
            assert_eq!(polls(text), "", "{text}");
        }
    }
}
