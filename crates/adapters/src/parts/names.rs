//! What may be the name of a person in minutes, and what is not.

/// True for a name of two to five words, each as names are written: `A. Example`, `Jean-Luc van den Berg`.
///
/// Strict on purpose: it decides whether words beside a topic are a person, and topics are written with capitals too.
pub fn is_full_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let n_own = words.iter().filter(|word| !is_particle(word)).count();
    (2..=5).contains(&words.len())
        && n_own >= 2
        && !is_particle(words[words.len() - 1])
        && words.iter().all(|word| is_particle(word) || is_name_word(word))
        && words.iter().any(|word| word.chars().filter(|letter| letter.is_lowercase()).count() >= 1)
        && !words.iter().any(|word| is_topic_word(word))
}

/// True for a single word that may stand for a person: a first name, a nickname, initials.
pub fn is_short_name(text: &str) -> bool {
    let n_letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_word = text.chars().all(|letter| letter.is_alphabetic() || "-'’.".contains(letter));
    is_word && (2..=20).contains(&n_letters) && !is_nobody(text) && !is_topic_word(text)
}

/// True for what a label such as `Scribe:` may be followed by: a full name, a first name, a nickname.
pub fn is_label_name(text: &str) -> bool {
    let n_words = text.split_whitespace().count();
    let is_capital = text.starts_with(char::is_uppercase);
    let has_only_names = text.split_whitespace().all(|word| is_particle(word) || is_name_word(word) || n_words == 1);
    !is_nobody(text)
        && has_only_names
        && (is_full_name(text) || (n_words <= 3 && is_capital) || is_short_name(text))
        && (n_words == 1 || !text.split_whitespace().any(is_topic_word))
}

fn is_name_word(word: &str) -> bool {
    let letters = word.trim_end_matches(['.', ',']);
    let n_letters = letters.chars().filter(|letter| letter.is_alphabetic()).count();
    let n_upper = letters.chars().filter(|letter| letter.is_uppercase()).count();
    // Whole words in capitals are acronyms, but for initials and short names such as `DKG`.
    letters.starts_with(char::is_uppercase)
        && letters.chars().all(|letter| letter.is_alphabetic() || "-'’.".contains(letter))
        && (n_upper < n_letters || n_letters <= 1 || word.contains('.'))
        && n_letters <= 20
}

fn is_particle(word: &str) -> bool {
    const PARTICLES: [&str; 21] = [
        "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin", "ibn", "van",
        "von", "zu", "ter", "ten", "y",
    ];
    PARTICLES.contains(&word)
}

/// Words that stand where names are expected and name nobody.
fn is_nobody(text: &str) -> bool {
    const NOBODY: [&str; 37] = [
        "all",
        "anyone",
        "everyone",
        "chair",
        "chairs",
        "co-chairs",
        "volunteer",
        "volunteers",
        "tbd",
        "tba",
        "none",
        "needed",
        "you",
        "authors",
        "author",
        "editor",
        "editors",
        "selection",
        "meetecho",
        "various",
        "group",
        "wg",
        "ads",
        "ad",
        "n/a",
        "unknown",
        "slides",
        "remote",
        "gemini",
        "thanks",
        "yes",
        "no",
        "optional",
        "here",
        "others",
        "other",
        "contributors",
    ];
    NOBODY.contains(&text.to_lowercase().as_str())
}

/// Words of topics that begin with a capital in headings and are part of nobody's name.
pub fn is_topic_word(word: &str) -> bool {
    const TOPICS: &str = include_str!("topic_words.txt");
    let lower = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let is_topic = |word: &str| TOPICS.split_whitespace().any(|topic| topic == word);
    is_topic(&lower) || lower.contains('-') && lower.split('-').any(|part| part.len() > 3 && is_topic(part))
}

/// `(late)`, `(part)`, `(helping)`, `(?)`: a note on how somebody took part, not where they come from.
pub fn is_note(text: &str) -> bool {
    const NOTES: [&str; 23] = [
        "see slides",
        "late",
        "part",
        "partly",
        "partial",
        "helping",
        "?",
        "part time",
        "first half",
        "second half",
        "left early",
        "joined late",
        "arrived late",
        "minutes",
        "notes",
        "am",
        "pm",
        "tentative",
        "backup",
        "speaker",
        "presenter",
        "new",
        "observer",
    ];
    let lower = text.to_lowercase();
    let is_marked = [
        "on behalf of ",
        "when ",
        "until ",
        "from ",
        "for ",
        "left ",
        "joined ",
        "arrived ",
        "while ",
        "after ",
        "before ",
    ];
    NOTES.contains(&lower.as_str())
        || is_duration(&lower)
        || !text.chars().any(char::is_alphabetic)
        || is_marked.iter().any(|start| lower.starts_with(start))
}

/// `(50min)`, `(10 minutes)`.
fn is_duration(lower: &str) -> bool {
    let unit = lower.trim_start_matches(|letter: char| letter.is_ascii_digit());
    unit.len() < lower.len() && ["min", "mins", "minutes", "m", "h", "hr", "hour", "hours"].contains(&unit.trim())
}

/// `(AE)` behind `A. Example`: two to four capitals that begin with the first and hold the last name's letter.
pub fn is_abbreviation(name: &str, inner: &str) -> bool {
    let n_letters = inner.chars().count();
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    let (Some(first), Some(last)) = (first, last) else { return false };
    let has = |letter: char| inner.to_uppercase().contains(letter.to_ascii_uppercase());
    let initials: String = name.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
    if n_letters > 1 && initials.to_lowercase() == inner.to_lowercase() {
        return true;
    }
    (2..=4).contains(&n_letters)
        && inner.chars().all(char::is_uppercase)
        && inner.starts_with(first.to_ascii_uppercase())
        && has(last)
}

/// Cuts a list of people at commas, `&`, `and`, `+`, `/` and `;` outside brackets.
pub fn people(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut skip_to) = (0, 0_i32, 0);
    for (at, letter) in text.char_indices() {
        depth += i32::from("([".contains(letter)) - i32::from(")]".contains(letter));
        if at < skip_to || depth > 0 {
            continue;
        }
        let rest = &text[at..];
        let joint = [" and ", " with assistance from ", " with help from ", " with ", ", ", ",", ";", "&", "+", "/"];
        if let Some(joint) = joint.into_iter().find(|joint| rest.starts_with(joint)) {
            parts.push(&text[start..at]);
            start = at + joint.len();
            skip_to = start;
        }
    }
    parts.push(&text[start.min(text.len())..]);
    let joints = ["and ", "with assistance from ", "with help from "];
    let parts = parts.into_iter().map(|part| {
        let part = part.trim();
        joints.iter().find_map(|joint| part.strip_prefix(joint)).unwrap_or(part).trim()
    });
    parts.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_topics() {
        for name in
            ["Ann Example", "A. Example", "Jean-Luc van den Berg", "Ö. Sample", "Ann O'Sample", "Ann M. Example"]
        {
            assert!(is_full_name(name), "{name}");
        }
        for topic in
            ["Client Hints", "Open Issues", "HTTP Core", "QUIC", "Ann", "Key Update", "ann example", "IETF 113"]
        {
            assert!(!is_full_name(topic), "{topic}");
        }
        assert!(is_short_name("mnot") && is_short_name("Ann") && !is_short_name("TBD") && !is_short_name("Slides"));
    }

    #[test]
    fn lists_of_people_are_cut_at_every_joint() {
        assert_eq!(
            people("Ann and Bea (remote, late); Cy & Dee + Eve/Fay"),
            ["Ann", "Bea (remote, late)", "Cy", "Dee", "Eve", "Fay"]
        );
        assert_eq!(people("Ann Example, with assistance from Bea Sample"), ["Ann Example", "Bea Sample"]);
        assert_eq!(people(""), Vec::<&str>::new());
    }
}
