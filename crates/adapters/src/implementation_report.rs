//! Reports on implementations as working groups keep them in wikis: who implemented which document, in which version.
//!
//! Comes in: Markdown of a wiki, either a report on one document with tables of vendors and of features, or the list of
//! implementations of QUIC. Goes out: an implementation for each vendor, product or column that is said to support something;
//! a test for each column of results. The page's last change is the last possible day: it says no first one.

use std::collections::BTreeSet;
use std::ops::Range;

use fact::{Act, Adapter, Amount, Evidence, Fact, Mention, Problem, Reading, Snapshot, Thing, When};

use crate::parts::lines::{Line, lines};

#[path = "implementation_report/cells.rs"]
mod cells;
#[path = "implementation_report/lists.rs"]
mod lists;
#[path = "implementation_report/tables.rs"]
mod tables;

/// The adapter.
pub static ADAPTER: ImplementationReport = ImplementationReport;

/// Reads a report on implementations.
pub struct ImplementationReport;

impl Adapter for ImplementationReport {
    fn name(&self) -> &'static str {
        "implementation_report"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Reports on implementations of drafts and protocols, in Markdown of a wiki"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let head = String::from_utf8_lossy(&snapshot.bytes[..snapshot.bytes.len().min(1200)]).to_lowercase();
        if let Some(front) = head.strip_prefix("---\n").or_else(|| head.strip_prefix("---\r\n")) {
            let is_wiki = front.contains("\neditor: markdown") && front.contains("\npublished:");
            return is_wiki && says_implementation(front);
        }
        head.contains("known implementations of") && memchr::memmem::find(snapshot.bytes, b"\n- **Version").is_some()
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let lines: Vec<Line<'_>> = lines(snapshot.bytes).collect();
        let is_wiki = lines.first().is_some_and(|line| line.text == "---");
        let (subject, when, kept) = (Thing::new("document", ""), When::UNKNOWN, BTreeSet::new());
        let mut page = Page { subject, when, kept, reading: Reading::default() };
        if is_wiki {
            page.report(&lines)
        } else {
            page.directory(&lines)
        }
        page.reading
    }
}

/// What a page is about, and what was read of it.
struct Page {
    /// The document that is implemented.
    subject: Thing,
    when: When,
    /// What was kept already: a report names the same vendors in several places.
    kept: BTreeSet<[String; 4]>,
    reading: Reading,
}

/// One who implements the document.
struct Found<'a> {
    who: Mention,
    /// Name and version of the product.
    product: String,
    status: Option<String>,
    confidence: f64,
    evidence: Evidence,
    subject: &'a Thing,
}

impl Page {
    /// A report on one document.
    fn report(&mut self, all: &[Line<'_>]) {
        let n_front = all.iter().skip(1).position(|line| line.text == "---").map_or(all.len(), |end| end + 2);
        let (front, body) = all.split_at(n_front.min(all.len()));
        let field = |name: &str| front.iter().find_map(|line| line.text.strip_prefix(name)?.strip_prefix(':'));
        // The last change of the page: what it says was so by then.
        let changed = field("date").and_then(|date| When::parse(date.trim().get(..10)?));
        self.when = changed.map_or(When::UNKNOWN, |when| When { from: None, ..when });
        let title = field("title").unwrap_or_default().trim();
        let heads = body.iter().filter(|line| !line.text.trim().is_empty()).take(8).map(|line| line.text.as_ref());
        let named = std::iter::once(title).chain(heads).chain(field("description")).find_map(document);
        let is_list = n_links(body) >= 3 && !body.iter().any(|line| line.text.trim_start().starts_with('|'));
        if is_list {
            self.reading.about = "list of reports on implementations".into();
            return;
        }
        // The title is the page's own; it stands for the document only where no document is named.
        self.subject = match &named {
            Some(name) => Thing::new("document", name),
            None => Thing::new("document", "").titled(title),
        };
        self.tables(body);
        self.headings(body);
        self.names(body);
        self.records(body);
        // A page that names a document in its title is a report, and should say who implements it.
        let is_report = std::iter::once(title).chain(field("description")).any(|text| document(text).is_some());
        if self.reading.facts.is_empty() && is_report {
            self.nothing(all);
        }
        self.reading.about = match named {
            Some(name) if is_report || !self.reading.facts.is_empty() => format!("report on implementations of {name}"),
            _ => format!("page on implementations, `{title}`"),
        };
    }

    fn nothing(&mut self, all: &[Line<'_>]) {
        self.reading.problems.push(Problem {
            kind: "implementations-not-found",
            evidence: all.first().map(Line::evidence).unwrap_or_default(),
            what: "expected a table or list of those who implement the document, found neither".into(),
            hint: "read the page: it may be a form that nobody filled in, or say it in prose".into(),
        });
    }

    /// Keeps what was found, once for each who, product and kind of statement.
    fn keep(&mut self, found: Found<'_>) {
        let target = (!found.product.is_empty()).then(|| Thing::new("product", &found.product));
        let name = found.who.name.clone().or_else(|| found.who.affiliation.clone()).unwrap_or_default();
        let key = [name, found.product, found.subject.title.clone(), found.status.clone().unwrap_or_default()];
        if !self.kept.insert(key) {
            return;
        }
        self.reading.facts.push(Fact {
            who: found.who,
            object: Some(found.subject.clone()),
            target,
            when: self.when,
            status: found.status,
            confidence: found.confidence,
            ..Fact::new(Act::Implemented, found.evidence)
        });
    }
}

/// True where a page says in its title, description or beginning that it is on implementations.
fn says_implementation(front: &str) -> bool {
    let (fields, body) = front.split_once("\n---").unwrap_or((front, ""));
    let said = |name: &str| fields.lines().any(|line| line.starts_with(name) && line.contains("implementat"));
    let first = body.lines().filter(|line| !line.trim_matches(['-', ' ', '\r']).is_empty()).take(3);
    said("title:") || said("description:") || first.into_iter().any(|line| line.contains("implementation"))
}

/// Returns the first draft or RFC that a text names, as written.
fn document(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let draft = lower.match_indices("draft-").find_map(|(at, _)| {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let name = text[at..].split(|letter: char| !is_name(letter)).next()?.trim_end_matches('-');
        (name.matches('-').count() >= 2).then(|| name.to_string())
    });
    draft.or_else(|| {
        lower.match_indices("rfc").find_map(|(at, _)| {
            let rest = text[at + 3..].trim_start_matches([' ', '-']);
            let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let end = n_digits + if rest[n_digits..].starts_with("bis") { 3 } else { 0 };
            (3..=5).contains(&n_digits).then(|| format!("RFC{}", &rest[..end]))
        })
    })
}

/// How many other reports a page leads to.
fn n_links(body: &[Line<'_>]) -> usize {
    let is_link = |line: &&Line<'_>| {
        let text = line.text.to_ascii_lowercase();
        text.contains("](/") && (text.contains("implement") || text.contains("draft-"))
    };
    body.iter().filter(is_link).count()
}

/// The bytes from one line to another.
fn range(from: &Line<'_>, to: &Line<'_>) -> Range<usize> {
    from.at.start..to.at.end.max(from.at.start)
}

/// A quote without the local parts of e-mail addresses.
fn quoted(at: Range<usize>, place: String, text: &str) -> Evidence {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.rsplit_once('@').map_or(word.to_string(), |(_, domain)| format!("…@{domain}")))
        .collect();
    Evidence::new(at, place, &words.join(" "))
}
