//! Words that stand side by side because a revision lost its marks: a document comes in, places for review go out.
//!
//! Where a document has revisions, they say which part is deleted. Text that was copied out of such a document keeps both
//! parts (`over 700520 Sector Members`, `2024Hammamet, 2016`); there the place is suspected from signs in the text alone.
//! Signs that also occur in sound texts count only where the document has surer ones. Nothing is corrected here, and what is
//! found is never to be read as a number or a word.

mod signs;

use std::ops::Range;

use fact::Problem;

use crate::{Document, Revision};

/// A place where inserted and deleted words stand side by side, or words that belong to a remark stand in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fused {
    /// The words that are not to be read as they stand.
    pub range: Range<usize>,
    /// Where in the range one part ends and the other begins; its end for a remark.
    pub seam: usize,
    /// What is fused.
    pub kind: Fusion,
    /// What is suspected, or known from the revisions.
    pub what: String,
}

/// What is fused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fusion {
    /// Two numbers: `700520`.
    Numbers,
    /// A number and a word: `2024Hammamet`.
    NumberAndWord,
    /// Two words, or a word and another ending: `consideringrecognizing`, `coordinateing`.
    Words,
    /// Two numbers or letters of an item: `117`, `cf)`.
    Mark,
    /// Two sentences or halves of one, without the space between: `countries;repeat`.
    Sentences,
    /// A remark from the margin: `Comment by A. Example: ...`.
    Remark,
}

impl Fused {
    /// Returns the problem that a reader of `document` states instead of what the words seem to say.
    #[must_use]
    pub fn problem(&self, document: &Document) -> Problem {
        let hint = "look at the place, and add the document with its revisions (.docx) or the version that was agreed";
        let evidence = document.evidence(&self.range);
        Problem { kind: "fused", evidence, what: self.what.clone(), hint: hint.into() }
    }
}

/// Returns the places of `document`, in order, at which words of two versions stand side by side.
#[must_use]
pub fn fused(document: &Document) -> Vec<Fused> {
    let mut found = if document.revisions.is_empty() { signs::all(&document.text) } else { known(document) };
    found.sort_by_key(|fused| (fused.range.start, fused.range.end));
    found.dedup_by(|next, before| next.range.start < before.range.end);
    found
}

/// Places at which something inserted touches something deleted, as the revisions say.
fn known(document: &Document) -> Vec<Fused> {
    let touching = document.revisions.windows(2).filter_map(|two| match two {
        [one, other] if one.range.end == other.range.start && one.is_deleted != other.is_deleted => Some((one, other)),
        _ => None,
    });
    touching.filter_map(|(one, other)| of_revisions(document, one, other)).collect()
}

fn of_revisions(document: &Document, one: &Revision, other: &Revision) -> Option<Fused> {
    let seam = one.range.end;
    let (before, after) = (document.text.get(..seam)?, document.text.get(seam..)?);
    let (last, first) = (before.chars().next_back()?, after.chars().next()?);
    let kind = kind(last, first)?;
    // The whole word counts, also where only its end was revised.
    let start = before.trim_end_matches(char::is_alphanumeric).len().max(seam.saturating_sub(WORD));
    let end = seam + (after.len() - after.trim_start_matches(char::is_alphanumeric).len()).min(WORD);
    let said = |revision: &Revision| {
        let state = if revision.is_deleted { "deleted" } else { "inserted" };
        let words: String = document.slice(&revision.range).chars().take(60).collect();
        format!("`{}` {state}", words.trim())
    };
    let range = at_letters(&document.text, start..end);
    Some(Fused {
        range,
        seam,
        kind,
        what: format!("expected one version, found {} next to {}", said(one), said(other)),
    })
}

/// Longest part of a word that is looked at, in bytes.
const WORD: usize = 120;

fn at_letters(text: &str, mut range: Range<usize>) -> Range<usize> {
    while !text.is_char_boundary(range.start) {
        range.start += 1;
    }
    while !text.is_char_boundary(range.end) {
        range.end -= 1;
    }
    range
}

/// What two letters without a space between them join; `None` where they join nothing.
fn kind(last: char, first: char) -> Option<Fusion> {
    Some(match (last.is_numeric(), last.is_alphabetic(), first.is_numeric(), first.is_alphabetic()) {
        (true, _, true, _) => Fusion::Numbers,
        (true, _, _, true) | (_, true, true, _) => Fusion::NumberAndWord,
        (_, true, _, true) => Fusion::Words,
        _ if ";.:".contains(last) && first.is_alphabetic() => Fusion::Sentences,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, build, plain};

    fn found(text: &str) -> Vec<(Fusion, String)> {
        let document = plain::read(text);
        fused(&document).iter().map(|fused| (fused.kind, document.slice(&fused.range).to_string())).collect()
    }

    /// What a text needs to show that it lost its revisions: a line that no author wrote.
    const TORN: &str = "\nMOD\nRESOLUTION 9 (Rev. New Town, 2024Oldport, 2016)\n";

    fn torn(text: &str) -> Vec<(Fusion, String)> {
        let mut all = found(&format!("{text}{TORN}"));
        assert_eq!(all.pop(), Some((Fusion::NumberAndWord, "2024Oldport".into())));
        all
    }

    #[test]
    fn a_year_and_a_place_before_another_year() {
        let one = |words: &str| vec![(Fusion::NumberAndWord, words.to_string())];
        assert_eq!(found("RESOLUTION 68 (Rev. New Delhi, 2024Hammamet, 2016)"), one("2024Hammamet"));
        assert_eq!(found("of the GSS (New Delhi, 2024Dubai, 2012), covering"), one("2024Dubai"));
        assert_eq!(found("Rev. 2024Hammamet"), []);
        assert_eq!(found("On 3 May 2024June was named; (Rev. New Delhi, 2024; Hammamet, 2016)"), []);
    }

    #[test]
    fn two_counts_without_a_gap() {
        let text = "comprising 193 Member States, and over 700520 Sector Members, Associates";
        assert_eq!(torn(text), [(Fusion::Numbers, "700520".into())]);
        // Alone it may be a count: another sign is needed.
        assert_eq!(found(text), []);
        for sound in
            ["over 100000 members", "No. 700520 was", "TD700520 was", "over 190520 members", "over 700,520 members"]
        {
            assert_eq!(torn(sound), [], "{sound}");
        }
    }

    #[test]
    fn two_numbers_of_an_item() {
        let text = "9\tto include;\n10\tto take;\n\n117 \tto produce a report;\n128\tto produce a report to the next;\n4\tto develop;\n";
        assert_eq!(torn(text), [(Fusion::Mark, "117".into()), (Fusion::Mark, "128".into())]);
        // Two in a row need no other sign.
        assert_eq!(found(text).len(), 2);
        assert_eq!(found("9\tto include;\n10\tto take;\n110\tto go on;\n"), []);
        assert_eq!(found("1\tone\n2\ttwo\n3\tthree\n40\tforty\n41\tmore\n"), []);
    }

    #[test]
    fn two_letters_of_an_item() {
        let text = "d)\tthat one;\ne) \tthat two;\ncf)\tthat three;\ng)\tthat four;\nh)\tthat five;\nid)\tthat six;\n";
        assert_eq!(torn(text), [(Fusion::Mark, "cf)".into()), (Fusion::Mark, "id)".into())]);
        assert_eq!(torn("i)\tone\nii)\ttwo\niii)\tthree\niv)\tfour\nv)\tfive\nvi)\tsix\n"), []);
        assert_eq!(torn("y)\tone\nz)\ttwo\naa)\tthree\nab)\tfour\n"), []);
    }

    #[test]
    fn two_words_that_the_document_has_apart() {
        let text = "consideringrecognizing\na)\tthat;\nrecognizing considering\nthe important objectiveconclusions of it;\nthe objective; the conclusions\n";
        assert_eq!(
            torn(text),
            [(Fusion::Words, "consideringrecognizing".into()), (Fusion::Words, "objectiveconclusions".into())]
        );
        assert_eq!(torn("internetworking of the internet is working"), []);
    }

    #[test]
    fn a_word_with_another_ending() {
        let text = "identifying and coordinateing standards, coordinating priorities";
        assert_eq!(torn(text), [(Fusion::Words, "coordinateing".into())]);
        assert_eq!(torn("being, seeing, agreeing and foreseeing; they bing, sing, agring"), []);
    }

    #[test]
    fn two_halves_of_a_sentence() {
        let text = "the concerns of developing countries;repeat the gathering";
        assert_eq!(torn(text), [(Fusion::Sentences, "countries;repeat".into())]);
        assert_eq!(found(text), []);
    }

    #[test]
    fn a_remark_from_the_margin() {
        let text = "emerging telecommunication;\tComment by A. Example: Here I keep the text\tComment by A. Example: Again\nnext";
        let all = found(text);
        assert_eq!(all.len(), 2);
        assert_eq!(all[0], (Fusion::Remark, "Comment by A. Example: Here I keep the text".into()));
        assert_eq!(found("Comment by A. Example: no."), []);
    }

    #[test]
    fn revisions_say_which_part_is_deleted() {
        let mut build = build::Build::new(Format::Docx);
        let change = |is_deleted| build::Change { is_deleted, author: "A".into(), date: String::new() };
        build.push("over 700520 members, coordinateing old new");
        build.revise(5..8, &change(false));
        build.revise(8..11, &change(true));
        build.revise(30..31, &change(true));
        build.revise(31..34, &change(false));
        build.revise(35..39, &change(true));
        build.revise(39..42, &change(false));
        let document = build.finish();
        let all = fused(&document);
        let words: Vec<&str> = all.iter().map(|fused| document.slice(&fused.range)).collect();
        assert_eq!(words, ["700520", "coordinateing"]);
        assert_eq!(all[0].what, "expected one version, found `700` inserted next to `520` deleted");
        assert_eq!(all[0].problem(&document).kind, "fused");
    }
}
