//! The words that stand beside names in lists of attendees: offices, ways of taking part, remarks, and what names nobody.

use fact::Mode;

/// What a part of an entry beside the name says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    Organisation,
    /// The short form of the name, or a nickname.
    Abbreviation,
    Role,
    Mode(Mode),
    /// `joined late`, `he/him`, `...`: nothing that is kept.
    Remark,
}

const OFFICES: [&str; 39] = [
    "chair",
    "co-chair",
    "cochair",
    "co chair",
    "vice chair",
    "vice-chair",
    "chairman",
    "chairperson",
    "chairwoman",
    "moderator",
    "co-moderator",
    "facilitator",
    "convener",
    "convenor",
    "co-convenor",
    "secretary",
    "editor",
    "co-editor",
    "rapporteur",
    "scribe",
    "scribing",
    "note taker",
    "note-taker",
    "notetaker",
    "note taking",
    "taking notes",
    "minute taker",
    "minute-taker",
    "taking minutes",
    "observer",
    "guest",
    "member",
    "liaison",
    "presenter",
    "presenting",
    "speaker",
    "host",
    "staff contact",
    "team contact",
];

/// True for an office or function: `Co-Moderator`, `Voting Member`, `MessageFormat Working Group Liaison`.
pub(super) fn is_role(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lower = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
    let n_words = lower.split_whitespace().count();
    let ends = |office: &str| {
        lower.strip_suffix(office).is_some_and(|before| before.is_empty() || before.ends_with([' ', '-', '/']))
    };
    n_words <= 7 && OFFICES.iter().any(|office| ends(office))
}

/// True when a role says that its holder wrote the minutes.
pub(super) fn is_scribe(role: &str) -> bool {
    let lower = role.to_lowercase();
    let words = ["scrib", "notes", "note taker", "note-taker", "notetaker", "note taking", "minute"];
    words.iter().any(|word| lower.contains(word))
}

/// True when a role says that its holder presided over this meeting, not only that they hold the office.
pub(super) fn is_presiding(role: &str) -> bool {
    let lower = role.to_lowercase();
    ["acting chair", "temporary chair", "chairing"].iter().any(|word| lower.contains(word))
}

/// How somebody took part, if a text says so and nothing else. In brackets the tool is enough: `(Zoom)`.
pub(super) fn mode(text: &str, is_bracket: bool) -> Option<Mode> {
    let lower = text.to_lowercase();
    let lower = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
    if lower.split_whitespace().count() > 5 {
        return None;
    }
    let plainly =
        ["remote", "remotely", "virtual", "virtually", "online", "by phone", "on the phone", "phone", "dial-in"];
    let tools = ["zoom", "webex", "teams", "video", "call", "hangouts", "meet"];
    let rooms = ["in person", "in-person", "onsite", "on-site", "on site", "in room", "in the room", "in-room", "f2f"];
    let is_tool = is_bracket && tools.iter().any(|word| lower.split_whitespace().any(|said| said == *word));
    if lower.starts_with("via ") || plainly.contains(&lower) || is_tool || (is_bracket && lower.contains("remote")) {
        Some(Mode::Remote)
    } else {
        rooms.contains(&lower).then_some(Mode::InPerson)
    }
}

/// Organisations that are said in small letters, or in words that look like a remark.
const SMALL: [&str; 8] =
    ["self", "independent", "unaffiliated", "individual", "freelance", "freelancer", "none", "no affiliation"];

/// How remarks begin.
const REMARKS: [&str; 41] = [
    "he/",
    "she/",
    "they/",
    "joined",
    "joining",
    "left ",
    "leaving",
    "late",
    "until ",
    "till ",
    "first ",
    "last ",
    "part-time",
    "partial",
    "part time",
    "arrived",
    "arriving",
    "not ",
    "at halftime",
    "will ",
    "for item",
    "for topic",
    "for part",
    "only ",
    "dialed",
    "new ",
    "first time",
    "cc",
    "github",
    "partly",
    "from 1",
    "from 2",
    "after ",
    "before ",
    "briefly",
    "optional",
    "tentative",
    "excused",
    "as available",
    "absent",
    "regrets",
];

/// True for words that only remark on how somebody came: `joined late`, `first 30 min`, `he/him`, `?`.
pub(super) fn is_remark(text: &str, is_bracket: bool) -> bool {
    let lower = text.to_lowercase();
    let words = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
    if SMALL.contains(&words) {
        return false;
    }
    let is_timed = words.bytes().any(|byte| byte.is_ascii_digit())
        && [" min", "min.", " hour", " utc", " pm", " am"].iter().any(|unit| lower.contains(unit));
    let is_started = REMARKS.iter().any(|start| {
        let said = words.strip_prefix(start.trim_end());
        said.is_some_and(|rest| !start.ends_with(' ') || rest.is_empty() || rest.starts_with(' '))
    });
    let small = text.trim_start_matches(|letter: char| !letter.is_alphanumeric()).starts_with(char::is_lowercase);
    let n_words = words.split_whitespace().count();
    let is_sentence = small && n_words >= if is_bracket { 3 } else { 4 };
    // `dspec` is a handle, `iLamps` a name.
    let is_nick =
        is_bracket && n_words == 1 && !words.contains(['/', '.']) && !text.chars().any(char::is_uppercase) && small;
    words.is_empty() || text.trim_end().ends_with('?') || is_timed || is_started || is_sentence || is_nick
}

/// True for what stands in lists where no name is: `None`, `TBD`, `Your name here`, `and 3 others`, `...`.
pub(super) fn is_nobody(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
    let exact = [
        "",
        "none",
        "tbd",
        "tba",
        "n/a",
        "na",
        "nobody",
        "no one",
        "noone",
        "todo",
        "name",
        "names",
        "everyone",
        "everybody",
        "all",
        "others",
        "various",
        "etc",
        "et al",
        "unknown",
        "anonymous",
        "to be added",
        "to be filled in",
        "to be announced",
        "none recorded",
        "not recorded",
        "no regrets",
        "xxx",
        "name surname",
        "first last",
        "first name last name",
        "volunteer",
        "volunteers",
        "volunteer needed",
        "needed",
        "tbc",
    ];
    let within =
        ["your name", "name here", "names here", "add name", "others", "more people", "please add", "add yourself"];
    exact.contains(&words)
        || within.iter().any(|phrase| words.contains(phrase))
        || words.starts_with("none ")
        || lower.contains(['{', '}']) && lower.contains("name")
}

/// Words that are no names although they may stand alone on a line.
const HEADINGS: [&str; 30] = [
    "agenda",
    "notes",
    "minutes",
    "meeting",
    "discussion",
    "discussions",
    "topics",
    "topic",
    "actions",
    "action",
    "schedule",
    "next",
    "opening",
    "welcome",
    "introduction",
    "introductions",
    "summary",
    "slides",
    "recording",
    "attendees",
    "participants",
    "quorum",
    "regrets",
    "apologies",
    "present",
    "links",
    "resources",
    "background",
    "updates",
    "announcements",
];

/// `Agenda`, `Meeting notes`: the last word of a heading, not of a name. `Welcome` may be a family name beside another word.
fn is_heading(last: &str, n_words: usize) -> bool {
    (n_words == 1 || last.starts_with(char::is_lowercase)) && HEADINGS.contains(&last.to_lowercase().as_str())
}

/// Small words that are part of names.
const PARTICLES: [&str; 30] = [
    "de", "van", "von", "der", "den", "da", "di", "du", "del", "della", "la", "le", "bin", "ibn", "binti", "al", "el",
    "y", "e", "dos", "das", "do", "ten", "ter", "te", "zu", "af", "av", "san", "st",
];

/// Words that no name has.
const SENTENCE: [&str; 46] = [
    "the", "of", "to", "is", "are", "was", "were", "and", "or", "for", "in", "on", "at", "with", "not", "this", "that",
    "we", "be", "will", "from", "about", "by", "an", "no", "if", "please", "your", "has", "have", "it", "as", "can",
    "should", "would", "our", "their", "there", "who", "what", "how", "all", "any", "you", "i'm", "meeting",
];

/// True when a text may be a name: short, of few words, none of them one that sentences have.
pub(super) fn is_name(text: &str) -> bool {
    let n_letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_ideographic = text.chars().any(|letter| letter >= '\u{2e80}');
    let is_clean =
        !text.contains(['|', '<', '>', '{', '}', '=', '#', '$', '%', '^', '*', '+', '!', ';', ':', '?', '~', '\\']);
    let ends_well = !text.ends_with('.') || words.last().is_some_and(|word| word.chars().count() <= 4);
    // `Will` and `An` are names; `will` and `an` are not.
    let n_small = words.iter().filter(|word| word.starts_with(char::is_lowercase) && !PARTICLES.contains(word)).count();
    let is_sentence = words.iter().any(|word| SENTENCE.contains(word)) || (words.len() > 2 && n_small > 1);
    (n_letters >= 2 || (is_ideographic && n_letters >= 1))
        && (1..=6).contains(&words.len())
        && text.chars().count() <= 60
        && is_clean
        && ends_well
        && !text.contains("://")
        && !words.iter().any(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
        && !is_sentence
        && !words.last().is_some_and(|last| is_heading(last, words.len()))
}

/// True for a name as it is mostly written: two words or more, each with a capital but for particles.
pub(super) fn is_full_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_quoted = |word: &str| word.starts_with(['"', '“', '\'', '‘', '(']);
    let is_capital = |word: &&str| {
        let first = word.chars().next();
        first.is_some_and(|letter| letter.is_uppercase() || letter >= '\u{2e80}')
            || is_quoted(word)
            || PARTICLES.contains(word)
    };
    let heading = words.last().is_some_and(|word| HEADINGS.contains(&word.to_lowercase().as_str()));
    is_name(text)
        && words.len() >= 2
        && words.iter().all(is_capital)
        && !heading
        && words.iter().any(|word| word.starts_with(|letter: char| letter.is_uppercase() || letter >= '\u{2e80}'))
}

/// True when a token can be the short form of a name: its letters stand in the name in their order, and it begins as a
/// word of the name does.
pub(super) fn abbreviates(token: &str, name: &str) -> bool {
    let token: Vec<char> = token.chars().filter(|letter| letter.is_alphanumeric()).map(base).collect();
    let Some(first) = token.first() else { return false };
    name.split(|letter: char| !letter.is_alphanumeric()).any(|word| word.chars().next().map(base) == Some(*first)) && {
        let mut letters = name.chars().map(base).skip_while(|letter| letter != first);
        let in_order = token.iter().all(|sought| letters.any(|letter| letter == *sought));
        let mut initials: Vec<char> = name
            .split(|letter: char| !letter.is_alphanumeric())
            .filter_map(|word| word.chars().next())
            .map(base)
            .collect();
        let as_initials = token
            .iter()
            .all(|sought| initials.iter().position(|letter| letter == sought).map(|at| initials.remove(at)).is_some());
        in_order || as_initials
    }
}

/// True for `ABC`, `F5`, `SFC`: one to five capitals or digits.
pub(super) fn is_capitals(token: &str) -> bool {
    let n_letters = token.chars().count();
    let n_capitals = token.chars().filter(|letter| letter.is_uppercase()).count();
    (1..=5).contains(&n_letters)
        && n_capitals >= 1
        && token.chars().all(|letter| letter.is_uppercase() || letter.is_ascii_digit())
}

/// A letter in small, without its accent: enough to compare initials.
fn base(letter: char) -> char {
    let small = letter.to_lowercase().next().unwrap_or(letter);
    match small {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'æ' => 'a',
        'ç' | 'ć' | 'č' | 'ĉ' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' | 'ģ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' | 'ļ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'œ' => 'o',
        'ř' | 'ŕ' => 'r',
        'ś' | 'š' | 'ş' | 'ș' | 'ß' => 's',
        'ț' | 'ţ' | 'ť' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}
