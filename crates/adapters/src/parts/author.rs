//! Names of authors as front pages and indexes write them: initials and a surname, with or without `Ed.`.
//!
//! Comes in: the words of one line or of one segment of a list. Goes out: the name without its suffix, and whether it
//! has the form of a person's name or of an organisation's. No dictionary of persons is used.

/// An author with what was written behind the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Author<'a> {
    /// The name as written, without `Ed.` and the like.
    pub name: &'a str,
    /// True when the suffix says that the author is the editor.
    pub is_editor: bool,
}

/// Words that stand behind the name of an editor, longest first.
const EDITOR: [&str; 12] =
    ["(editors)", "(editor)", "(eds.)", "(ed.)", "(ed)", "(eds)", "editors", "editor", "eds.", "ed.", "eds", "ed"];

/// Words that make a name an organisation's; compared in lower case, without `.` and `,` at the end.
const ORGANISATION: [&str; 73] = [
    "&",
    "academy",
    "administration",
    "advisory",
    "agency",
    "ag",
    "alliance",
    "and",
    "area",
    "association",
    "authority",
    "bank",
    "board",
    "bureau",
    "center",
    "centre",
    "co",
    "college",
    "committee",
    "communications",
    "company",
    "consortium",
    "consultant",
    "consulting",
    "corp",
    "corporation",
    "council",
    "department",
    "dept",
    "editor",
    "engineering",
    "enterprises",
    "for",
    "force",
    "forum",
    "foundation",
    "gmbh",
    "government",
    "group",
    "inc",
    "incorporated",
    "industries",
    "institute",
    "institut",
    "int'l",
    "international",
    "lab",
    "laboratories",
    "laboratory",
    "labs",
    "limited",
    "llc",
    "ltd",
    "microsystems",
    "national",
    "network",
    "networks",
    "of",
    "office",
    "organization",
    "plc",
    "project",
    "research",
    "school",
    "services",
    "society",
    "software",
    "solutions",
    "staff",
    "state",
    "systems",
    "tech",
    "the",
];
/// The same, of which a part is enough.
const ORGANISATION_PART: [&str; 5] = ["univ", "technolog", "telecom", "politec", "hochschul"];

/// Takes `, Ed.`, `(editor)` and the like off a name.
#[must_use]
pub fn author(text: &str) -> Author<'_> {
    let text = text.trim();
    for suffix in EDITOR {
        let Some(cut) = text.len().checked_sub(suffix.len()) else { continue };
        if !text.is_char_boundary(cut) || !text[cut..].eq_ignore_ascii_case(suffix) {
            continue;
        }
        let name = text[..cut].trim_end();
        // The RFC Editor is an office: the whole word needs a mark before it.
        let is_word = suffix.starts_with("editor");
        let is_apart = name.ends_with([',', '.', '-']) || suffix.starts_with('(') || (!is_word && name.len() < cut);
        if is_apart && !name.is_empty() {
            let name = name.trim_end_matches([',', ' ', '-']);
            return Author { name: without_stop(name), is_editor: true };
        }
    }
    Author { name: text.trim_end_matches([',', ' ']), is_editor: false }
}

/// `W. Ray. Ed.` leaves a full stop behind the surname; that of `Jr.` stays.
fn without_stop(name: &str) -> &str {
    let last = name.rsplit(' ').next().unwrap_or_default();
    let is_short = matches!(last, "Jr." | "Sr." | "Inc.") || last.len() <= 2;
    if is_short { name } else { name.strip_suffix('.').unwrap_or(name) }
}

/// True for `J. Example`, `L-E. Sample`, `JP. Example`, `P. van der Sample`, `J. Levin, Jr.`: initials and a surname.
#[must_use]
pub fn is_initialled(name: &str) -> bool {
    initials(name).is_some_and(|(given, surname)| given.contains('.') && is_surname(surname))
}

/// The same, and also `A Sample`, `RJ Example` and `S P. Sample`, which a list of authors makes certain.
#[must_use]
pub fn is_initialled_in_list(name: &str) -> bool {
    initials(name).is_some_and(|(_, surname)| is_surname(surname))
}

/// True when a word of the name is one that organisations have, or all its words are in capitals.
#[must_use]
pub fn is_organisation(name: &str) -> bool {
    let is_acronym = |word: &str| word.chars().filter(char::is_ascii_uppercase).count() >= 2 && !word.contains('.');
    has_organisation_word(name)
        || words(name).any(|word| is_acronym(word) && word.chars().all(|letter| !letter.is_lowercase()))
        || name.contains(|letter: char| letter.is_ascii_digit())
}

/// True when a word of the name is one that organisations have.
#[must_use]
pub fn has_organisation_word(name: &str) -> bool {
    words(name).any(|word| {
        let word = word.trim_end_matches(['.', ',']).to_lowercase();
        ORGANISATION.contains(&word.as_str()) || ORGANISATION_PART.iter().any(|part| word.starts_with(part))
    })
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split([' ', '/', '-', '(', ')']).filter(|word| !word.is_empty())
}

/// Splits a name into its initials and the rest; `None` where it does not begin with an initial.
#[must_use]
pub fn initials(name: &str) -> Option<(&str, &str)> {
    let mut end = 0;
    loop {
        let rest = &name[end..];
        let token = rest.split(' ').next()?;
        let long = initial(token);
        // The last word is the surname, also where it is as short as `XO`.
        let is_last = token.len() == rest.trim_end().len() && !token.contains('.');
        if long == 0 || is_last {
            break;
        }
        end += long;
        if long < token.len() {
            break;
        }
        end += name[end..].len() - name[end..].trim_start().len();
    }
    (end > 0 && end < name.len()).then(|| (name[..end].trim_end(), &name[end..]))
}

/// Length of the initials that a word begins with: `J.`, `J.P.`, `L-E.`, `JP.`, `É.`, `Y(J).`; `RJ` and `Y(J)` only as
/// whole words.
fn initial(token: &str) -> usize {
    let (mut at, mut end) = (0, 0);
    while let Some(long) = one_initial(&token[at..]) {
        let rest = &token[at + long..];
        let at_mark = at + long;
        if rest.starts_with('.') {
            (at, end) = (at_mark + 1, at_mark + 1);
        } else if rest.starts_with('-') {
            at = at_mark + 1;
        } else {
            break;
        }
        at += usize::from(token[at..].starts_with('-'));
    }
    let is_pair = token.len() == 4 && one_initial(token) == Some(4);
    let is_bare = end == 0 && (is_pair || token.len() <= 2 && token.bytes().all(|byte| byte.is_ascii_uppercase()));
    if is_bare { token.len() } else { end }
}

/// Length of a capital with up to two more letters, and a second one in brackets: `J`, `JP`, `Ch`, `Y(J)`.
fn one_initial(text: &str) -> Option<usize> {
    let first = text.chars().next().filter(|letter| letter.is_uppercase())?;
    let more = text[first.len_utf8()..].chars().take(2).take_while(|letter| letter.is_alphabetic());
    let end = first.len_utf8() + more.map(char::len_utf8).sum::<usize>();
    let bracket = text[end..].strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(inner, _)| inner);
    let is_second =
        bracket.is_some_and(|inner| inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_uppercase()));
    Some(if is_second { end + 3 } else { end })
}

/// True for what may follow the initials: one to four words of letters, none of them an organisation's.
fn is_surname(text: &str) -> bool {
    let mut text = text.trim();
    for suffix in [", Jr.", ", Jr", " Jr.", ", Sr.", ", III", ", II", " III", ", 3rd", " 3rd"] {
        text = text.strip_suffix(suffix).unwrap_or(text);
    }
    let mut n_words = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        n_words += 1;
        let is_word = word.chars().all(|letter| letter.is_alphabetic() || "-'’.".contains(letter))
            && word.starts_with(|letter: char| letter.is_alphabetic() || "'’".contains(letter))
            && (!word.contains('.') || word == "St.");
        let lower = word.to_lowercase();
        let is_theirs = ORGANISATION.contains(&lower.as_str())
            || ORGANISATION_PART.iter().any(|part| lower.starts_with(part) && lower.len() > part.len() + 2);
        if !is_word || is_theirs || word.len() > 40 {
            return false;
        }
    }
    (1..=4).contains(&n_words) && text.chars().filter(|letter| letter.is_alphabetic()).count() >= 2
}

/// The surname of a name in initials, in lower case; else the last word of the name.
#[must_use]
pub fn surname(name: &str) -> String {
    let plain = author(name).name;
    let rest = initials(plain).map_or_else(|| plain.rsplit(' ').next().unwrap_or(plain), |(_, rest)| rest);
    let rest = rest.split(',').next().unwrap_or(rest);
    rest.trim().to_lowercase()
}

/// True when a full name such as `Piet van der Sample (editor)` can be the person of `P. van der Sample`.
#[must_use]
pub fn is_same_person(initialled: &str, full: &str) -> bool {
    let full = author(full).name;
    let full =
        ["Dr. ", "Prof. ", "Mr. ", "Ms. "].iter().fold(full, |name, title| name.strip_prefix(title).unwrap_or(name));
    let plain = author(initialled).name;
    if full.eq_ignore_ascii_case(plain) {
        return true;
    }
    let (first, wanted) = (plain.chars().next(), surname(plain));
    let lower = full.to_lowercase();
    let lower = lower.split(',').next().unwrap_or(&lower).trim_end();
    let is_end = lower.strip_suffix(wanted.as_str()).is_some_and(|head| head.ends_with([' ', '.']));
    is_end && full.chars().next().map(|letter| letter.to_ascii_uppercase()) == first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_are_told_by_what_stands_behind_the_name() {
        for (text, name, is_editor) in [
            ("A. Example, Ed.", "A. Example", true),
            ("A. Example (editor)", "A. Example", true),
            ("W. Example. Ed.", "W. Example", true),
            ("A. Example, Jr., Ed.", "A. Example, Jr.", true),
            ("A. Sted", "A. Sted", false),
            ("Editor", "Editor", false),
            ("RFC Editor", "RFC Editor", false),
            ("A. Example, Editor", "A. Example", true),
        ] {
            assert_eq!(author(text), Author { name, is_editor }, "{text}");
        }
    }

    #[test]
    fn initials_in_all_their_forms() {
        for name in [
            "J. Example",
            "A. G. Example",
            "L-E. Example",
            "JP. Example",
            "J.P. Example",
            "J.-P. Example",
            "É. Éxample",
        ] {
            assert!(is_initialled(name), "{name}");
        }
        for name in ["P. van der Sample", "F. Le Sample", "Y(J). Sample", "A. D'Sample", "IO. sample", "J. Levin, Jr."]
        {
            assert!(is_initialled(name), "{name}");
        }
        for name in
            ["Acme", "L-3 Communications", "U. of Sample", "Acme T. J. Sample", "N. Sample University", "A. I. & Co."]
        {
            assert!(!is_initialled(name), "{name}");
        }
        assert!(!is_initialled("RJ Sample") && is_initialled_in_list("RJ Sample"));
        assert!(
            is_initialled_in_list("S P. Sample")
                && is_initialled("K. XO")
                && is_initialled_in_list("Y(J) Sample")
                && is_initialled_in_list("J.Sample")
        );
    }

    #[test]
    fn organisations_are_told_by_their_words() {
        for name in ["Acme Inc.", "Univ. of Sample", "UCLA", "MIT-MAC", "Sample Technologies", "3am Foundry"] {
            assert!(is_organisation(name), "{name}");
        }
        for name in ["Ann Example", "David C. Sample"] {
            assert!(!is_organisation(name), "{name}");
        }
    }

    #[test]
    fn a_full_name_is_matched_by_initial_and_surname() {
        assert!(is_same_person("P. van der Sample", "Piet van der Sample (editor)"));
        assert!(is_same_person("D. Example", "Dr. Dora L. Example"));
        assert!(!is_same_person("B. Example", "Dora Example"));
        assert!(!is_same_person("D. Ample", "Dora Example"));
    }
}
