//! Implementations named by headings and lists, and the directory of implementations of QUIC.

use super::cells::plain;
use super::tables::{implementation, is_name, titled};
use super::{Found, Line, Mention, Page, Problem, Thing, When, quoted, range};

impl Page {
    /// `# Acme Implementation Report for Acme OS 7`, `## Borealis Implementation`.
    pub(super) fn headings(&mut self, body: &[Line<'_>]) {
        for line in body.iter().filter(|line| line.text.starts_with('#')) {
            let text = plain(line.text.trim_matches(['#', ' ', '\t']));
            // Emphasis marks the places of a form: `*Vendor* implementation report`.
            let lower = text.to_lowercase();
            let Some(at) =
                lower.find(" implementation").filter(|at| text.is_char_boundary(*at) && lower.len() == text.len())
            else {
                continue;
            };
            let (name, rest) = (&text[..at], &text[at + " implementation".len()..]);
            let rest_lower = rest.to_lowercase();
            let product = match rest_lower.as_str() {
                "" => "",
                _ if rest_lower.starts_with(" report for ") => &rest[" report for ".len()..],
                _ if rest_lower.starts_with(" report, ") => &rest[" report, ".len()..],
                _ => continue,
            };
            let is_capital = |word: &str| word.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric());
            let is_own = name.split_whitespace().count() <= 3 && name.split_whitespace().all(is_capital);
            if !is_own
                || !is_name(name)
                || name == "Vendor"
                || super::document(name).is_some()
                || super::document(product).is_some()
            {
                continue;
            }
            let evidence = quoted(line.at.clone(), format!("line {}", line.number), &line.text);
            let subject = self.subject.clone();
            let product = product.trim().to_string();
            self.keep(Found {
                who: implementation(name),
                product,
                status: None,
                confidence: 1.0,
                evidence,
                subject: &subject,
            });
        }
    }

    /// The names listed below `## Known implementations`, and below its parts, which say in which role.
    pub(super) fn names(&mut self, body: &[Line<'_>]) {
        let (mut below, mut role) = (None, None);
        for line in body {
            let text = line.text.trim();
            if let Some((level, heading)) = heading(text) {
                let lower = heading.to_lowercase();
                let is_start =
                    ["implementations", "known implementations"].contains(&lower.trim_end_matches([':', ' ']));
                match below {
                    _ if is_start => (below, role) = (Some(level), None),
                    // Other parts are about one implementation each, and what they list belongs to it.
                    Some(top) if level > top && is_role(&lower) => role = Some(heading),
                    _ => below = None,
                }
                continue;
            }
            // Results of tests below such a part are tables and are read as such.
            if text.starts_with('|') {
                role = None;
                continue;
            }
            let (Some(_), Some(item)) = (below, item(text)) else { continue };
            let item = plain(item);
            let (name, product) = item.split_once(" - ").unwrap_or((&item, ""));
            let name = name.split_once(" as of ").map_or(name, |(name, _)| name).trim();
            let is_prose = name.ends_with(['.', '?', ':']) || name.split_whitespace().count() > 6;
            if is_prose || !is_name(name) {
                continue;
            }
            self.reading.n_units += 1;
            let evidence = quoted(line.at.clone(), format!("line {}", line.number), &line.text);
            let subject = self.subject.clone();
            let product = if is_product(product) { product.trim().into() } else { String::new() };
            self.keep(Found {
                who: implementation(name),
                product,
                status: role.clone(),
                confidence: 1.0,
                evidence,
                subject: &subject,
            });
        }
    }

    /// Records of the form that RFC 7942 proposes: `Organization: Acme`, `Implementation Name: Acme OS 7`.
    pub(super) fn records(&mut self, body: &[Line<'_>]) {
        let (mut record, mut is_example) = (Record::default(), false);
        for line in body {
            let text = line.text.trim();
            if let Some((_, heading)) = heading(text) {
                self.record(std::mem::take(&mut record));
                is_example = heading.to_lowercase().starts_with("example");
            }
            let Some((key, value)) = text.trim_start_matches(['-', '*', ' ']).split_once(':').filter(|_| !is_example)
            else {
                continue;
            };
            let (key, value) = (plain(key).to_lowercase(), plain(value));
            let is_open = value.is_empty() || value.contains('@');
            match key.as_str() {
                _ if is_open => {}
                "organization" | "organisation" | "company or organization name" | "company" => {
                    self.record(std::mem::take(&mut record));
                    record = Record { organisation: Some(value), line: Some(line), ..Record::default() };
                }
                "implementation name"
                | "software name"
                | "implementation name and version"
                | "name of implementation" => {
                    if record.product.is_some() {
                        self.record(std::mem::take(&mut record));
                    }
                    record.product = Some(value);
                    record.line.get_or_insert(line);
                    record.last = Some(line);
                }
                _ => {}
            }
        }
        self.record(record);
    }

    fn record(&mut self, record: Record<'_, '_>) {
        let Some(line) = record.line else { return };
        let organisation = record.organisation.filter(|name| is_name(name));
        let (who, product) = match (organisation, record.product) {
            (Some(name), product) => (Mention::organisation(&name), product.unwrap_or_default()),
            (None, Some(product)) if is_name(&product) => (implementation(&product), String::new()),
            _ => return,
        };
        self.reading.n_units += 1;
        let last = record.last.unwrap_or(line);
        let text =
            if last.number > line.number { format!("{} {}", line.text, last.text) } else { line.text.to_string() };
        let evidence = quoted(range(line, last), format!("line {}", line.number), &text);
        let subject = self.subject.clone();
        self.keep(Found { who, product, status: None, confidence: 1.0, evidence, subject: &subject });
    }

    /// `## Protocol`, `### [name](address)`, `- **Version:** draft-29`: one entry for each implementation.
    pub(super) fn directory(&mut self, all: &[Line<'_>]) {
        self.reading.about = "directory of implementations".into();
        self.when = When::UNKNOWN;
        let (mut subject, mut name, mut is_comment) = (None, None, false);
        for line in all {
            let text = line.text.trim();
            // What is commented out is not on the page.
            is_comment |= text.contains("<!--");
            let was_comment = is_comment;
            if text.contains("-->") {
                is_comment = false;
            }
            if was_comment {
                continue;
            }
            if let Some((level, heading)) = heading(text) {
                (subject, name) = if level <= 2 { (Some(heading), None) } else { (subject, Some((heading, line))) };
                continue;
            }
            let said = text.strip_prefix("- **Version").and_then(|rest| rest.split_once("**"));
            let (Some((_, version)), Some((found, head))) = (said, &name) else { continue };
            self.reading.n_units += 1;
            let Some(protocol) = &subject else {
                let hint = "put the entries below a heading that names the protocol";
                let what = "expected an entry below the heading of a protocol, found none above it";
                self.reading.problems.push(Problem { ..line.problem("protocol-missing", what, hint) });
                continue;
            };
            let status = plain(version).trim_matches([':', ' ', '.']).to_string();
            let text = format!("{} {}", head.text, line.text);
            let evidence = quoted(range(head, line), format!("line {}, {found}", line.number), &text);
            let about: Thing = titled(protocol);
            let status = (!status.is_empty()).then_some(status);
            let (who, product) = (implementation(found), String::new());
            self.keep(Found { who, product, status, confidence: 1.0, evidence, subject: &about });
        }
    }
}

/// What a record says of one implementation.
#[derive(Default)]
struct Record<'l, 'a> {
    organisation: Option<String>,
    product: Option<String>,
    /// Where it begins, and where the product stands.
    line: Option<&'l Line<'a>>,
    last: Option<&'l Line<'a>>,
}

/// Parts of a list that say in which role the implementations below them act.
fn is_role(heading: &str) -> bool {
    let words =
        ["client", "server", "side", "party", "parties", "authorit", "speaker", "controller", "librar", "daemon"];
    words.iter().any(|word| heading.contains(word))
}

/// `JUNOS 25.1R1 (and earlier)` is a product with a version; what begins in small letters is a remark.
fn is_product(text: &str) -> bool {
    let text = text.trim();
    let is_named = text.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric());
    is_named && text.bytes().any(|byte| byte.is_ascii_digit()) && text.split_whitespace().count() <= 6
}

/// Level and text of a heading.
fn heading(text: &str) -> Option<(usize, String)> {
    let level = text.bytes().take_while(|&byte| byte == b'#').count();
    (level > 0 && text[level..].starts_with([' ', '\t', '*', '[']))
        .then(|| (level, plain(text[level..].trim_matches(['#', ' ', '\t']))))
}

/// The text of an entry of a list.
fn item(text: &str) -> Option<&str> {
    let bullet = text.strip_prefix("* ").or_else(|| text.strip_prefix("- "));
    bullet.or_else(|| {
        let (number, rest) = text.split_once(". ")?;
        (!number.is_empty() && number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(rest)
    })
}
