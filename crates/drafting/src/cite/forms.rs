//! The forms of citations, one expression each, and how what they catch is named in one spelling.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::assemblies::{is_place, short_name};
use super::{Citation, Cited, Edition};
use crate::calls;
use crate::letters::squeezed;

/// A form: what it cites, its expression, and how its id is made of what is caught.
struct Form {
    kind: Cited,
    words: Regex,
    id: fn(&Captures<'_>) -> Option<String>,
}

/// What lists of one form look like after the first: `Resolutions 122 and 123`, `RFCs 2119 and 8174`, `considering e), f) and g)`.
struct Chain {
    next: Regex,
    id: fn(&str, &str) -> String,
}

/// Space in its widest sense; a hyphen that may not break; where and when.
const SPACE: &str = r"[\s\u{a0}]+";
const PLACE_YEAR: &str =
    r"(?P<place>\p{Lu}[\p{L}’']*(?:[ \u{a0}-](?:\p{Lu}[\p{L}’']*|el-\p{Lu}\p{L}*|de|do))*),[\s\u{a0}]*(?P<year>\d{4})";

fn made(pattern: &str) -> Regex {
    let pattern = pattern
        .replace("␣", SPACE)
        .replace("HYPHEN", r"[-\u{2010}\u{2011}]")
        .replace("PLACE_YEAR", PLACE_YEAR)
        .replace("CALLS", &calls::any());
    Regex::new(&pattern).expect("the expressions are fixed and tested")
}

fn text<'a>(caught: &'a Captures<'_>, name: &str) -> &'a str {
    caught.name(name).map_or("", |one| one.as_str())
}

fn as_written(caught: &Captures<'_>) -> Option<String> {
    let id = caught.name("id").map_or("", |one| one.as_str());
    Some(squeezed(id))
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let form = |kind, pattern: &str, id| Form { kind, words: made(pattern), id };
    vec![
        form(
            Cited::Resolution,
            r"\b(?:(?P<before>WTSA|WTDC|PP|WRC|Plenipotentiary)␣)?(?P<word>Resolution|RESOLUTION|Decision|DECISION|Opinion)s?␣(?P<n>\d{1,4})\b(?P<edition>[\s\u{a0}]?\(\s*(?P<rev>Rev\.?)?[\s\u{a0}]*PLACE_YEAR\s*\))?(?:␣of␣the␣(?P<body>Plenipotentiary Conference|World Telecommunication Standardi[sz]ation Assembly|World Telecommunication Development Conference|World Radiocommunication Conference|WTSA|WTDC|WRC|(?:ITU )?Council)\b(?:␣\([A-Z]{2,5}\))?)?",
            |caught| Some(format!("{} {}", capitalised(text(caught, "word")), text(caught, "n"))),
        ),
        form(
            Cited::Recommendation,
            r"\b(?:Recommendations?␣)?(?P<id>ITUHYPHEN[TRD]␣[A-Z]{1,3}\.\d+(?:\.\d+)*(?:HYPHEN\d+)?)\b(?P<edition>[\s\u{a0}]?\(\d{2}/(?P<year>\d{4})\))?",
            as_written,
        ),
        form(Cited::Recommendation, r"\bRecommendations?␣(?P<n>[A-Z]{1,3}\.\d+(?:\.\d+)*)\b", |caught| {
            Some(format!("ITU-T {}", text(caught, "n")))
        }),
        form(
            Cited::Document,
            r"\bDocuments?␣(?P<id>(?:N␣?)?[A-Z]*[A-Z0-9]+(?:[-\u{2011}/.][A-Za-z0-9]+)*)\b(?:\([A-Za-z0-9.]+\))?",
            |caught| {
                let id = squeezed(text(caught, "id"));
                id.contains(|letter: char| letter.is_ascii_digit()).then(|| format!("Document {id}"))
            },
        ),
        form(
            Cited::Provision,
            r"\b(?P<id>(?:Nos?\.␣?|Articles?␣)\d+[A-Z]*(?:(?:,␣?|␣and␣|,␣and␣)\d+[A-Z]*)*(?:␣of␣the␣(?:ITU␣)?(?:Constitution|Convention|General Rules|Radio Regulations|International Telecommunication Regulations|Charter|Treaty|Agreement))?)",
            as_written,
        ),
        form(
            Cited::Clause,
            r"(?P<id>\b(?:CALLS)\b(?:␣(?:also|further))?[_*]{0,2}␣[_*]{0,2}(?:[a-z]{1,2}\)|\d{1,2}(?:␣?bis|␣?ter)?(?:[,;.)]|$|␣(?:above|below|and|or|of␣th(?:e|is)))))",
            clause,
        ),
        form(Cited::Standard, r"\b(?P<body>RFC|BCP|STD)s?[\s\u{a0}-]?(?P<n>\d{1,5})\b", |caught| {
            Some(format!("{} {}", text(caught, "body"), text(caught, "n")))
        }),
        form(
            Cited::Standard,
            r"\b(?:3GPP␣)?(?P<id>T[SR]␣?\d{2}\.\d{3}(?:HYPHEN\d{1,2})?)\b(?:␣?\(?[vV]\d+(?:\.\d+)*\)?)?",
            |caught| Some(format!("3GPP {} {}", text(caught, "id").get(..2)?, squeezed(text(caught, "id").get(2..)?))),
        ),
        form(
            Cited::Standard,
            r"\b(?P<id>ETSI␣(?:TS|TR|EN|ES|EG|GS|GR)␣\d{3}␣\d{3}(?:HYPHEN\d+)*)(?:␣[vV]\d+(?:\.\d+)*)?\b",
            as_written,
        ),
        form(
            Cited::Standard,
            r"\b(?P<id>(?:ISO(?:/IEC)?(?:/IEEE)?|IEC)(?:/(?:TS|TR|PAS|DIS|FDIS|CD))?␣(?:(?:TS|TR|PAS|Guide)␣)?\d{2,5}(?:HYPHEN\d+)*)\b(?P<edition>:(?P<year>\d{4}))?",
            as_written,
        ),
        form(
            Cited::Standard,
            r"\b(?P<id>IEEE␣(?:Std␣)?P?\d{3,4}(?:\.\d+)*[a-zA-Z]{0,3})(?P<edition>-(?P<year>\d{4}))?\b",
            |caught| Some(squeezed(text(caught, "id")).replace(" Std ", " ")),
        ),
        form(
            Cited::Part,
            r"\b(?P<id>(?:Annex|Appendix)␣[A-Z0-9]{1,3}|(?:[Ss]ub)?[Cc]lauses?␣\d+(?:\.\d+)*(?:\([a-z0-9]{1,3}\))*|(?:[Ss]ection|[Bb]ylaw|[Pp]aragraph|para\.)␣\d+(?:\.\d+)*(?:\([a-z0-9]{1,3}\))*)",
            as_written,
        ),
        form(
            Cited::Meeting,
            r"(?P<edition>\(\s*(?P<rev>Rev\.?)?[\s\u{a0}]*PLACE_YEAR(?:;[\s\u{a0}]*\p{Lu}[\p{L}’' -]*,[\s\u{a0}]*\d{4})*\s*\))",
            |caught| is_place(text(caught, "place")).then(|| "meeting".to_string()),
        ),
    ]
});

static CHAINS: LazyLock<[(Cited, Chain); 3]> = LazyLock::new(|| {
    let same_word = |first: &str, n: &str| format!("{} {n}", first.split(' ').next().unwrap_or_default());
    [
        (
            Cited::Resolution,
            Chain {
                next: made(
                    r"^(?:,␣?|,?␣and␣|,?␣or␣)(?P<n>\d{1,4})\b(?P<edition>[\s\u{a0}]?\(\s*(?P<rev>Rev\.?)?[\s\u{a0}]*PLACE_YEAR\s*\))?",
                ),
                id: same_word,
            },
        ),
        (Cited::Standard, Chain { next: made(r"^(?:,␣?|,?␣and␣|,?␣or␣)(?P<n>\d{3,5})\b"), id: same_word }),
        (
            Cited::Clause,
            Chain {
                next: made(r"^[_*]*(?:,␣?|,?␣and␣|,?␣or␣)[_*]*(?P<n>[a-z]{1,2}\))"),
                id: |first, n| format!("{} {n}", first.rsplit_once(' ').map_or(first, |(call, _)| call)),
            },
        ),
    ]
});

/// Returns what the forms find that are asked for; overlaps are not settled.
pub(super) fn found(text: &str, is_asked_for: impl Fn(Cited) -> bool) -> Vec<Citation> {
    let mut found = Vec::new();
    for form in FORMS.iter().filter(|form| is_asked_for(form.kind)) {
        for caught in form.words.captures_iter(text) {
            let Some(citation) = citation(form.kind, &caught, (form.id)(&caught)) else { continue };
            found.extend(chained(text, &citation, caught.get(0).map_or("", |whole| whole.as_str())));
            found.push(citation);
        }
    }
    found
}

fn citation(kind: Cited, caught: &Captures<'_>, id: Option<String>) -> Option<Citation> {
    let whole = caught.get(0)?;
    let mut range = whole.range();
    if kind == Cited::Clause {
        // What follows the number only shows that it is one.
        let words = whole.as_str();
        let kept = words.trim_end_matches(|letter: char| ",;. ".contains(letter));
        let tails = ["above", "below", "and", "or", "of the", "of this"];
        let kept = tails.iter().find_map(|tail| kept.strip_suffix(tail)).unwrap_or(kept).trim_end();
        let is_number = kept.trim_end_matches(')').ends_with(|letter: char| letter.is_ascii_digit());
        range.end = range.start + if is_number { kept.trim_end_matches(')').len() } else { kept.len() };
    }
    let body = ["body", "before"].iter().find_map(|name| caught.name(name)).filter(|_| kind == Cited::Resolution);
    Some(Citation {
        range,
        kind,
        id: id?,
        edition: edition(caught),
        body: body.map(|named| short_name(named.as_str()).map_or_else(|| squeezed(named.as_str()), Into::into)),
    })
}

fn edition(caught: &Captures<'_>) -> Option<Edition> {
    let words = caught.name("edition")?;
    let indent = words.as_str().len() - words.as_str().trim_start_matches([' ', '\u{a0}']).len();
    Some(Edition {
        range: words.start() + indent..words.end(),
        place: caught.name("place").map(|place| squeezed(place.as_str())),
        year: caught.name("year")?.as_str().parse().ok()?,
        is_revision: caught.name("rev").is_some(),
    })
}

/// What follows in a list of the same form, each as a citation of its own.
fn chained(text: &str, first: &Citation, words: &str) -> Vec<Citation> {
    let Some((_, chain)) = CHAINS.iter().find(|(kind, _)| *kind == first.kind) else { return Vec::new() };
    let is_list = match first.kind {
        Cited::Resolution => words.contains("Resolutions") || words.contains("Decisions"),
        Cited::Standard => words.starts_with("RFCs"),
        _ => first.id.ends_with(')'),
    };
    let mut found = Vec::new();
    let mut at = first.range.end;
    while is_list
        && let Some(rest) = text.get(at..)
        && let Some(caught) = chain.next.captures(rest)
        && let (Some(whole), Some(n)) = (caught.get(0), caught.name("n"))
    {
        let edition = edition(&caught).map(|one| Edition { range: at + one.range.start..at + one.range.end, ..one });
        let range = at + n.start()..at + whole.end();
        found.push(Citation { range, id: (chain.id)(&first.id, n.as_str()), edition, ..first.clone() });
        at += whole.end();
    }
    found
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| format!("{first}{}", letters.as_str().to_lowercase()))
}

/// `considering e)`, whatever emphasis stands around it; `resolves 3` without what follows.
fn clause(caught: &Captures<'_>) -> Option<String> {
    let words = squeezed(&text(caught, "id").replace(['_', '*'], "")).replace("recognising", "recognizing");
    let mut kept: Vec<&str> = Vec::new();
    for word in words.split(' ') {
        kept.push(word);
        let is_label = word.ends_with(')') || word.starts_with(|letter: char| letter.is_ascii_digit());
        if is_label {
            break;
        }
    }
    let label = kept.pop()?;
    let label = if label.starts_with(|letter: char| letter.is_ascii_digit()) {
        label.trim_end_matches(|letter: char| ",;.)".contains(letter))
    } else {
        label
    };
    Some(format!("{} {label}", kept.join(" ")))
}
