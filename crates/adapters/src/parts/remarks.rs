//! The comments of a document row: `Revision of S2-1. Revised, merging S2-2 and S2-3, to S2-4.` comes in, the numbers
//! and what they are to this document go out. Only words are read that state a relation; all others are passed over.

/// Numbers named in the comments of one document, by their relation to it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Links<'a> {
    /// Documents that this one revises.
    pub revision_of: Vec<&'a str>,
    /// Documents that this one was revised into.
    pub revised_to: Vec<&'a str>,
    /// Documents that this one was merged into.
    pub merged_into: Vec<&'a str>,
    /// Documents merged into this one, as it was submitted.
    pub merging: Vec<&'a str>,
    /// Documents merged into the revision of this one.
    pub revised_merging: Vec<&'a str>,
    /// This document's number at an earlier meeting, which postponed it, and that meeting as written.
    pub postponed: Option<(&'a str, &'a str)>,
    /// Liaison statements that this one answers.
    pub response_to: Vec<&'a str>,
    /// Documents that answer this one.
    pub final_response: Vec<&'a str>,
}

/// Returns the first document number in `text`, e.g. `S2-1812345`: two letters or digits, a hyphen, six or seven digits.
pub fn document_number(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let is_part = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    text.match_indices('-').map(|(hyphen, _)| hyphen).filter(|&hyphen| hyphen >= 2).find_map(|hyphen| {
        let start = hyphen - 2;
        let n_digits = bytes[hyphen + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = hyphen + 1 + n_digits;
        let is_number = bytes[start].is_ascii_uppercase()
            && (bytes[start + 1].is_ascii_uppercase() || bytes[start + 1].is_ascii_digit())
            && (start == 0 || !is_part(start - 1))
            && (6..=7).contains(&n_digits)
            && !is_part(end);
        is_number.then(|| &text[start..end])
    })
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Saying {
    #[default]
    Nothing,
    RevisionOf,
    Revised,
    Merged,
    Postponed,
    PostponedFrom,
    Response,
    FinalResponse,
}

/// Reads the relations stated in a comment cell.
pub fn links(comment: &str) -> Links<'_> {
    let mut links = Links::default();
    let (mut saying, mut is_merging, mut is_ended, mut depth) = (Saying::Nothing, false, false, 0_usize);
    for word in comment.split_whitespace() {
        let number = document_number(word);
        // No sentence starts with a number: `merging S2-1, S2-2. S2-3 and S2-4, to S2-5` goes on (S2-187867).
        if is_ended && number.is_none() {
            (saying, is_merging) = (Saying::Nothing, false);
        }
        depth += word.matches('(').count();
        if depth == 0 {
            match number {
                Some(number) => {
                    links.put(saying, is_merging, number);
                    if saying == Saying::Postponed {
                        saying = Saying::PostponedFrom;
                    }
                }
                None => said(word, &mut saying, &mut is_merging, &mut links),
            }
        }
        depth = depth.saturating_sub(word.matches(')').count());
        is_ended = depth == 0 && word.ends_with(['.', '!']);
    }
    links
}

/// Follows one word that is no number.
fn said<'a>(word: &'a str, saying: &mut Saying, is_merging: &mut bool, links: &mut Links<'a>) {
    let plain = word.trim_end_matches([',', '.', '!', ':']);
    let next = match plain.to_ascii_lowercase().as_str() {
        "merging" => return *is_merging = true,
        "to" | "into" => return *is_merging = false,
        "revision" => Saying::RevisionOf,
        "revised" => Saying::Revised,
        "merged" => Saying::Merged,
        // `Revision of postponed S2-1 from S2#136AH` speaks of the revised document.
        "postponed" if *saying != Saying::RevisionOf => Saying::Postponed,
        "final" => Saying::FinalResponse,
        "response" | "responses" if *saying != Saying::FinalResponse => Saying::Response,
        "also" | "drafted" | "mirror" | "confirm" => Saying::Nothing,
        _ => {
            if *saying == Saying::PostponedFrom && plain.contains('#') {
                links.postponed = links.postponed.map(|(number, _)| (number, plain));
            }
            return;
        }
    };
    *saying = next;
}

impl<'a> Links<'a> {
    fn put(&mut self, saying: Saying, is_merging: bool, number: &'a str) {
        let list = match saying {
            Saying::Revised if is_merging => &mut self.revised_merging,
            _ if is_merging => &mut self.merging,
            Saying::RevisionOf => &mut self.revision_of,
            Saying::Revised => &mut self.revised_to,
            Saying::Merged => &mut self.merged_into,
            Saying::Response => &mut self.response_to,
            Saying::FinalResponse => &mut self.final_response,
            Saying::Postponed => return self.postponed = Some((number, "")),
            Saying::Nothing | Saying::PostponedFrom => return,
        };
        if !list.contains(&number) {
            list.push(number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_what_looks_like_them() {
        assert_eq!(document_number("(S2-1812345)."), Some("S2-1812345"));
        assert_eq!(document_number("C1-182803"), Some("C1-182803"));
        for text in
            ["-", "NR_newRAT-Core", "Rel-16", "S2-12345", "S2-12345678", "XS2-123456", "é2-123456", "S2-123456r1"]
        {
            assert_eq!(document_number(text), None, "{text}");
        }
    }

    #[test]
    fn relations_are_read_clause_by_clause() {
        let read = links(
            "Revision of (agreed, but postponed at TSG SA#87E) S2-000001 from S2#1. Revised, merging S2-000002, S2-000003 and S2-000004, to S2-000005.",
        );
        assert_eq!(read.revision_of, ["S2-000001"]);
        assert_eq!(read.revised_merging, ["S2-000002", "S2-000003", "S2-000004"]);
        assert_eq!(read.revised_to, ["S2-000005"]);

        let read = links("Response, merging S2-000001, to S2-000002. Revised to 23.501 CR in S2-000003.");
        assert_eq!((read.merging, read.revised_to), (vec!["S2-000001"], vec!["S2-000003"]));
        assert_eq!(read.response_to, ["S2-000002"]);

        let read = links("Revised, merging S2-000001. S2-000002, to S2-000003");
        assert_eq!((read.revised_merging, read.revised_to), (vec!["S2-000001", "S2-000002"], vec!["S2-000003"]));

        let read = links("e-mail revision 3 of S2-000001. e-mail approved.");
        assert_eq!(read.revision_of, ["S2-000001"]);

        let read =
            links("Postponed S2-000001 from S2#128. Responses drafted in S2-000002. Final response in S2-000003");
        assert_eq!(read.postponed, Some(("S2-000001", "S2#128")));
        assert_eq!((read.response_to, read.final_response), (vec![], vec!["S2-000003"]));

        let read = links("Revision also proposed in S2-000001. Response to S2-000002 Merged in to S2-000003");
        assert_eq!(read, Links { response_to: vec!["S2-000002"], merged_into: vec!["S2-000003"], ..Links::default() });

        let read = links("Revised to S2-000001. Revised to S2-000001. Mirror of S2-000002.");
        assert_eq!(read.revised_to, ["S2-000001"]);
    }
}
