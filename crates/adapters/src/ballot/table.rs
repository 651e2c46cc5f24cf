//! Votes in a table of members: `National body | Status | Vote | Comment`, in Markdown, with tabs, or as CSV.

use fact::{Act, Fact, Mention, Party, Problem, Reading, Thing, When};

use crate::parts::stated_date::dates;

use super::page::{Line, Page};

/// Where the columns stand.
#[derive(Clone, Debug, PartialEq)]
struct Columns {
    member: usize,
    /// What the members are, as the header names them: `National body`.
    is_body: bool,
    vote: usize,
    comment: Option<usize>,
    country: Option<usize>,
    role: Option<usize>,
    person: Option<usize>,
    n_cells: usize,
}

/// Heads of the column of those who vote.
const MEMBERS: [&str; 17] = [
    "member",
    "members",
    "organisation",
    "organization",
    "national body",
    "nb",
    "p-member",
    "company",
    "voter",
    "member body",
    "member organisation",
    "member state",
    "administration",
    "delegation",
    "entity",
    "national committee",
    "nc",
];

impl Columns {
    fn read(cells: &[String]) -> Option<Self> {
        let cells: Vec<String> = cells.iter().map(|cell| cell.to_lowercase()).collect();
        let is_header = cells.len() >= 2 && cells.iter().all(|cell| cell.chars().count() <= 50);
        let column = |names: &[&str]| {
            cells.iter().position(|cell| names.contains(&cell.as_str())).or_else(|| {
                cells.iter().position(|cell| names.iter().any(|name| name.len() > 3 && cell.starts_with(*name)))
            })
        };
        let member = column(&MEMBERS);
        let country = column(&["country"]).filter(|at| Some(*at) != member);
        let member = member.or(country)?;
        let vote = column(&["vote", "votes cast", "choice", "position", "response", "decision", "answer"])
            .filter(|at| *at != member)?;
        Some(Self {
            member,
            is_body: ["national", "nb", "nc", "p-member", "member body"]
                .iter()
                .any(|word| cells[member].starts_with(word)),
            vote,
            comment: column(&["comment", "remark", "reason", "justification", "explanation"]).filter(|at| *at != vote),
            country: country.filter(|at| *at != member),
            role: column(&["status", "membership", "class", "category", "type", "member type", "participation"])
                .filter(|at| *at != vote && *at != member),
            person: column(&["representative", "voter name", "cast by", "voted by", "contact"])
                .filter(|at| *at != member),
            n_cells: cells.len(),
        })
        .filter(|_| is_header)
    }
}

/// What a cell of the column `Vote` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Vote,
    Abstention,
    /// The member did not vote: that is nothing said.
    Nothing,
    Unknown,
}

/// Words of a vote that was not cast.
const UNCAST: [&str; 10] = [
    "not voted",
    "no vote",
    "did not vote",
    "not cast",
    "no response",
    "no reply",
    "pending",
    "n/a",
    "none",
    "not received",
];

/// Words that a vote begins with.
const VOTES: [&str; 28] = [
    "yes",
    "no",
    "approve",
    "approved",
    "approval",
    "disapprove",
    "disapproved",
    "disapproval",
    "in favour",
    "in favor",
    "for",
    "against",
    "positive",
    "negative",
    "agree",
    "disagree",
    "y",
    "n",
    "accept",
    "reject",
    "support",
    "object",
    "confirm",
    "withdraw",
    "revise",
    "approve with comments",
    "p",
    "oppose",
];

impl Said {
    fn read(cell: &str) -> Self {
        let lower = cell.to_lowercase();
        let lower = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
        let starts = |words: &[&str]| {
            words
                .iter()
                .any(|word| lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
        };
        if lower.is_empty() || starts(&UNCAST) {
            Self::Nothing
        } else if starts(&["abstain", "abstained", "abstention", "abst"]) {
            Self::Abstention
        } else if starts(&VOTES) {
            Self::Vote
        } else {
            Self::Unknown
        }
    }
}

/// The cells of a line: between bars, tabs, or commas and semicolons with quotation marks as in CSV.
fn cells(line: &Line<'_>, separator: char) -> Vec<String> {
    let text = line.text.trim();
    let text = if separator == '|' { text.trim_start_matches('|').trim_end_matches('|') } else { text };
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for letter in text.chars() {
        if letter == '"' && separator != '|' {
            is_quoted = !is_quoted;
        } else if letter == separator && !is_quoted {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(letter);
        }
    }
    cells.into_iter().map(|cell| cell.trim().to_string()).collect()
}

/// The header of the first table of votes: its line, its separator and its columns.
fn header(page: &Page<'_>) -> Option<(usize, char, Columns)> {
    let rows = page.lines.iter().enumerate().take(300).filter(|(_, line)| line.text.len() < 400);
    for (at, line) in rows {
        for separator in ['|', '\t', ';', ','] {
            // In prose commas are common: only a file that begins with its header is CSV.
            // A heading below title lines, as workbooks export it, is left to the lists with mappings.
            let is_near = line.text.contains(separator) && (separator == '|' || at == 0);
            if let Some(columns) = is_near.then(|| Columns::read(&cells(line, separator))).flatten() {
                return Some((at, separator, columns));
            }
        }
    }
    None
}

/// True for a page that speaks of a ballot and holds a table in which nearly all rows say how a member voted.
pub(super) fn is_table(page: &Page<'_>) -> bool {
    let Some((at, separator, columns)) = header(page) else { return false };
    let has_word = |text: &str| {
        let lower = text.to_lowercase();
        ["ballot", "voting", "votes", "enquiry", "vote "].iter().any(|word| lower.contains(word)) || lower == "vote"
    };
    let is_named = has_word(&page.file)
        || has_word(page.title().0)
        || page.lines[..at].iter().take(40).any(|line| has_word(&line.text));
    let said: Vec<Said> =
        rows(page, at, separator, &columns).map(|(_, cells)| Said::read(&cells[columns.vote])).collect();
    let n_unknown = said.iter().filter(|said| **said == Said::Unknown).count();
    let n_cast = said.iter().filter(|said| matches!(said, Said::Vote | Said::Abstention)).count();
    is_named && n_cast > 0 && n_unknown * 5 <= said.len()
}

/// The rows below a header, up to the first line that is no row.
fn rows<'a, 'b>(
    page: &'b Page<'a>,
    at: usize,
    separator: char,
    columns: &'b Columns,
) -> impl Iterator<Item = (&'b Line<'a>, Vec<String>)> {
    let below = page.lines[at + 1..].iter().take_while(move |line| line.text.contains(separator));
    let is_rule = |line: &&Line<'_>| line.text.contains(char::is_alphanumeric);
    below
        .filter(is_rule)
        .map(move |line| (line, cells(line, separator)))
        .filter(|(_, cells)| cells.len() > columns.vote.max(columns.member))
}

pub(super) fn read(page: &Page<'_>) -> Reading {
    let (title, _) = page.title();
    let Some((at, separator, columns)) = header(page) else { return Reading::default() };
    // The header of a CSV file is no title.
    let title = if page.lines[..at].iter().any(|line| !line.text.is_empty()) { title } else { "" };
    let id = Some(identifier(title)).filter(|id| !id.is_empty()).unwrap_or_else(|| filed(&page.file));
    let mut reading = Reading {
        about: format!("table of votes{}", if title.is_empty() { String::new() } else { format!(": {title}") }),
        ..Reading::default()
    };
    let object = Thing::new("ballot", &id).titled(title);
    let (when, body) = (closing(page, at), committee(page, at));
    for (line, cells) in rows(page, at, separator, &columns) {
        let fact =
            Fact { object: Some(object.clone()), body: body.clone(), when, ..Fact::new(Act::Voted, line.evidence()) };
        row(line, &cells, &columns, fact, &mut reading);
    }
    let is_vote = |fact: &&Fact| [Act::Voted, Act::Abstained].contains(&fact.act);
    let n_votes = reading.facts.iter().filter(is_vote).count();
    stated(page, n_votes, &mut reading);
    reading
}

/// Reads one row of the table: a vote, and a comment where there is one.
fn row(line: &Line<'_>, cells: &[String], columns: &Columns, fact: Fact, reading: &mut Reading) {
    let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map(String::as_str).filter(|cell| !cell.is_empty());
    let member = cell(Some(columns.member)).unwrap_or_default();
    let sums = ["total", "totals", "sum", "result", "results"];
    if sums.contains(&member.to_lowercase().trim_end_matches(':')) {
        return;
    }
    reading.n_units += 1;
    if member.is_empty() {
        let what = "expected the name of a member, found an empty cell".into();
        reading.problems.push(problem(line, "member-missing", what, "write who voted"));
        return;
    }
    let vote = cell(Some(columns.vote)).unwrap_or_default();
    let who = who(member, columns, cell(columns.country), cell(columns.role), cell(columns.person));
    let base = Fact { who, ..fact };
    match Said::read(vote) {
        Said::Nothing => {}
        Said::Unknown => {
            let what = format!("expected a vote such as `yes`, `no` or `abstain`, found `{vote}`");
            reading.problems.push(problem(line, "vote-unreadable", what, "write the vote as the rules name it"));
        }
        said => {
            let act = if said == Said::Abstention { Act::Abstained } else { Act::Voted };
            reading.facts.push(Fact { act, status: Some(vote.into()), ..base.clone() });
        }
    }
    let is_comment = |comment: &&str| comment.contains(char::is_alphabetic) && !is_nothing(comment);
    if let Some(comment) = cell(columns.comment).filter(is_comment) {
        reading.facts.push(Fact { act: Act::Commented, status: Some(cut(comment)), ..base });
    }
}

fn who(member: &str, columns: &Columns, country: Option<&str>, role: Option<&str>, person: Option<&str>) -> Mention {
    let party = match (person, columns.is_body) {
        (Some(_), _) => Party::Person,
        (None, true) => Party::Body,
        (None, false) => Party::Organisation,
    };
    // `Germany (DIN)`, `DIN (Germany)`: which of the two is the country, the cell does not say; both stay as written.
    Mention {
        party,
        name: person.map(Into::into),
        affiliation: Some(member.into()),
        country: country.map(Into::into),
        domain: None,
        role: role.map(Into::into),
    }
}

fn is_nothing(comment: &str) -> bool {
    ["none", "no", "n/a", "no comment", "no comments", "nil"].contains(&comment.to_lowercase().trim_end_matches('.'))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}

fn problem(line: &Line<'_>, kind: &'static str, what: String, hint: &str) -> Problem {
    Problem { kind, evidence: line.evidence(), what, hint: hint.into() }
}

/// `Ballot 12`, `ISO/IEC DIS 12345-1`, `prEN 303 645`: the identifier in a title.
fn identifier(title: &str) -> String {
    if let Some((_, rest)) = title.split_once("Ballot ") {
        let word = rest.split([' ', ':']).next().unwrap_or_default();
        if word.contains(|letter: char| letter.is_ascii_digit()) {
            return word.trim_end_matches([',', '.']).into();
        }
    }
    let words: Vec<&str> = title.split_whitespace().map(|word| word.trim_matches([',', ':', '(', ')', '–'])).collect();
    let is_maker = |word: &&str| {
        ["ISO", "ISO/IEC", "IEC", "ETSI", "ITU-T", "ITU-R", "EN", "prEN", "CEN", "FprEN", "N"].contains(word)
    };
    let Some(start) = words.iter().position(is_maker) else { return String::new() };
    let has_digit = |word: &&&str| word.contains(|letter: char| letter.is_ascii_digit());
    let Some(end) = words[start..].iter().take(5).position(|word| has_digit(&word)) else { return String::new() };
    let numbers = words[start + end + 1..]
        .iter()
        .take_while(|word| word.chars().all(|letter| letter.is_ascii_digit() || letter == '-'));
    let n_more = numbers.count();
    words[start..=start + end + n_more].join(" ")
}

/// `ballot-12.csv`: the number of a ballot in the name of its file.
fn filed(file: &str) -> String {
    let stem = file.split('.').next().unwrap_or(file);
    let rest = stem.split_once("ballot").map_or("", |(_, rest)| rest.trim_start_matches(['-', '_', ' ']));
    let id = rest.split(['-', '_', ' ']).next().unwrap_or_default();
    if id.contains(|letter: char| letter.is_ascii_digit()) { id.into() } else { String::new() }
}

/// The day on which the ballot closed; else the day of the page.
fn closing(page: &Page<'_>, at: usize) -> When {
    let above = page.lines[..at].iter();
    let mut labelled = above.filter(|line| {
        let lower = line.text.to_lowercase();
        ["clos", "end date", "date of vote", "voting ended", "deadline", "end of voting"]
            .iter()
            .any(|word| lower.contains(word))
    });
    let read = |line: &Line<'_>| dates(&line.text).last().map(|date| date.when(When::UNKNOWN));
    labelled.find_map(read).filter(|when| *when != When::UNKNOWN).unwrap_or_else(|| page.date())
}

/// `Committee: ISO/IEC JTC 1/SC 27`; else the forum that the page names.
fn committee(page: &Page<'_>, at: usize) -> Option<String> {
    let above = page.lines[..at].iter();
    let mut labelled = above.filter_map(|line| {
        let (label, rest) = line.text.split_once(':')?;
        let label = label.trim().trim_start_matches('|').trim().to_lowercase();
        let is_label =
            ["committee", "technical committee", "body", "working group", "study group", "tc", "responsible committee"]
                .contains(&label.as_str());
        (is_label && !rest.trim().is_empty()).then(|| rest.trim().to_string())
    });
    labelled.next().or_else(|| page.forum().map(String::from))
}

/// `Votes cast: 12` that the rows do not make up is a problem.
fn stated(page: &Page<'_>, n_votes: usize, reading: &mut Reading) {
    for line in &page.lines {
        let lower = line.text.to_lowercase();
        let rest = ["votes cast:", "total votes:", "votes received:", "total votes cast:"]
            .iter()
            .find_map(|label| lower.strip_prefix(label));
        let Some(number) = rest.and_then(|rest| rest.split_whitespace().next()?.parse::<usize>().ok()) else {
            continue;
        };
        if number != n_votes {
            let what = format!("expected {number} votes, found {n_votes}");
            reading.problems.push(problem(line, "votes-disagree", what, "look for a row that is missing or doubled"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_found_in_titles() {
        for (title, id) in [
            ("Result of voting on ISO/IEC DIS 27001-2: Dune", "ISO/IEC DIS 27001-2"),
            ("Ballot 12: Dune", "12"),
            ("Vote on ETSI EN 303 645", "ETSI EN 303 645"),
            ("Result of the vote", ""),
        ] {
            assert_eq!(identifier(title), id, "{title}");
        }
    }

    #[test]
    fn votes_are_told_from_gaps() {
        for cell in ["Yes", "no", "Approve with comments", "Disapproval of the draft", "In favour"] {
            assert_eq!(Said::read(cell), Said::Vote, "{cell}");
        }
        for cell in ["", "-", "Not voted", "did not vote", "No vote", "N/A"] {
            assert_eq!(Said::read(cell), Said::Nothing, "{cell}");
        }
        assert_eq!(Said::read("Abstention"), Said::Abstention);
        assert_eq!(Said::read("maybe"), Said::Unknown);
    }
}
