//! What was said: the lines below the lists, each with the topic that it stands under.

use std::collections::BTreeSet;

use super::attendance::speaker;
use super::sheet::{Piece, Shape};

/// One line of the talk.
pub(super) struct Said<'p, 's> {
    pub piece: &'p Piece<'s>,
    /// The heading above it, without its markup.
    pub topic: &'p str,
    /// The heading above it says that a conclusion follows.
    pub is_conclusion: bool,
}

/// The lines that are talk: not the lists, not the agenda, nothing above the last list of attendees at the head.
pub(super) struct Talk<'p, 's> {
    pub said: Vec<Said<'p, 's>>,
}

/// The headings of a file by piece, so that the talk can borrow them.
pub(super) fn headings(pieces: &[Piece<'_>]) -> Vec<(usize, String)> {
    let headings = pieces.iter().enumerate().filter(|(_, piece)| matches!(piece.shape, Shape::Heading(_)));
    headings.map(|(at, piece)| (at, piece.plain())).collect()
}

/// Returns the talk of a file. `taken` are the pieces of the lists.
pub(super) fn talk<'p, 's>(
    pieces: &'p [Piece<'s>],
    headings: &'p [(usize, String)],
    taken: &BTreeSet<usize>,
) -> Talk<'p, 's> {
    let first = first_list_end(taken);
    let (mut said, mut topic, mut conclusion) = (Vec::new(), "", false);
    let (mut is_agenda, mut next) = (false, 0);
    for (at, piece) in pieces.iter().enumerate() {
        if let Some((_, words)) = headings.get(next).filter(|(heading, _)| *heading == at) {
            next += 1;
            is_agenda = words.to_lowercase().starts_with("agenda");
            conclusion = is_conclusion(words);
            if !conclusion && !words.is_empty() {
                topic = words;
            }
        }
        // What follows the words of a speaker is talk again.
        conclusion &= speaker(piece).is_none();
        let is_talk =
            !matches!(piece.shape, Shape::Front | Shape::Mark) && !is_agenda && at > first && !taken.contains(&at);
        if is_talk {
            said.push(Said { piece, topic, is_conclusion: conclusion });
        }
    }
    Talk { said }
}

/// The end of the first list: the longest run without a gap of 40 lines.
fn first_list_end(taken: &BTreeSet<usize>) -> usize {
    let mut end = 0;
    for at in taken {
        if end > 0 && *at > end + 40 {
            break;
        }
        end = *at;
    }
    end
}

/// `Conclusion/Resolution`, `Consensus / Resolution`, `Conclusions`; misspelt ones too, by their beginning.
fn is_conclusion(words: &str) -> bool {
    let lower = words.to_lowercase();
    let letters: String = lower.chars().filter(|letter| letter.is_alphabetic()).collect();
    let whole = [
        "conclusion",
        "conclusions",
        "resolution",
        "resolutions",
        "consensus",
        "decision",
        "decisions",
        "conclusionresolution",
        "consensusresolution",
        "resolutionconclusion",
        "summaryconclusion",
        "conclusiondecision",
    ];
    whole.contains(&letters.as_str()) || letters.starts_with("conclusionresol") || letters.starts_with("conclusonresol")
}
