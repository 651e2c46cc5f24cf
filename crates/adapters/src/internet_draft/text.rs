//! A draft as plain text: the front page that it shares with RFCs.

use fact::Reading;

use super::{Draft, Writer};
use crate::parts::front_page::FrontPage;
use crate::parts::lines::lines;

/// True when one of the first lines begins with `Internet-Draft` and none says that this is an RFC.
pub(super) fn is_draft(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8_000)];
    let mut is_draft = false;
    let first = lines(head).filter(|line| !line.text.trim().is_empty()).take(12);
    for (nth, line) in first.enumerate() {
        let lower = line.text.to_ascii_lowercase();
        let is_mark =
            lower.starts_with(['<', '{', '#', '|', '%', '*', '-']) || lower.starts_with("request for comments");
        if is_mark && nth < 3 {
            return false;
        }
        let rest = lower.strip_prefix("internet-draft").or_else(|| lower.strip_prefix("internet draft"));
        is_draft |= rest.is_some_and(|rest| {
            rest.is_empty() || rest.starts_with("  ") || rest.starts_with('\t') || rest.starts_with(':')
        });
    }
    is_draft
}

pub(super) fn read(bytes: &[u8], reading: &mut Reading) -> Draft {
    let page = FrontPage::read(bytes);
    for evidence in &page.unclear {
        reading.problems.push(fact::Problem {
            kind: "column-unclear",
            evidence: evidence.clone(),
            what: "expected a name in initials or an organisation".into(),
            hint: "look whether the line is a person or an organisation".into(),
        });
    }
    let writers = page.writers.into_iter().map(|writer| Writer {
        who: writer.who,
        is_editor: writer.is_editor,
        confidence: if writer.is_completed { 0.9 } else { 1.0 },
        evidence: writer.evidence,
    });
    Draft {
        writers: writers.collect(),
        id: page.draft.unwrap_or_default(),
        title: page.title,
        body: page.body.filter(|body| !body.starts_with("draft-")),
        when: page.date.map(|(when, _)| when),
        status: Some("Internet-Draft".into()),
        head: page.whole,
        ..Draft::default()
    }
}
