//! A document as markup: its blocks in order, with every mark underlined and labelled. Nothing of the source's own markup
//! reaches the reader.

use std::ops::Range;

use document::{Block, Document, Kind};
use maud::{Markup, html};
use prose::Mark;

/// A document with its marks, in order of the text, longer ones first.
pub struct Marked<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its marks, with the number under which a link finds them.
    pub marks: &'a [(usize, Mark)],
}

/// A mark, or the rest of one that crosses the end of another.
#[derive(Clone)]
struct Piece<'a> {
    range: Range<usize>,
    number: usize,
    mark: &'a Mark,
    is_first: bool,
}

impl Marked<'_> {
    /// Returns some blocks of the document.
    pub fn blocks(&self, range: Range<usize>) -> Markup {
        let blocks = self.document.blocks.get(range).unwrap_or_default();
        html! {
            @for part in blocks.chunk_by(|one, other| table_of(one).is_some() && table_of(one) == table_of(other)) {
                @match part.first().and_then(table_of) {
                    Some(number) => (self.table(number, part)),
                    None => @for block in part { (self.block(block)) },
                }
            }
        }
    }

    fn block(&self, block: &Block) -> Markup {
        let words = self.words(block);
        match &block.kind {
            Kind::Heading(level) => html! { p class={ "heading l" (level.clamp(&1, &4)) } { (words) } },
            Kind::Item { depth, mark } => html! {
                p class={ "item d" (depth.clamp(&1, &4)) } { span.bullet { (mark) } " " (words) }
            },
            Kind::Note => html! { p.aside { span.tag { "note" } " " (words) } },
            Kind::Comment => html! { p.aside { span.tag { "comment" } " " (words) } },
            Kind::Running => html! { p.aside { span.tag { "running head or foot" } " " (words) } },
            Kind::Paragraph | Kind::Cell { .. } => html! { p { (words) } },
        }
    }

    fn table(&self, number: u32, cells: &[Block]) -> Markup {
        let row_of = |block: &Block| match block.kind {
            Kind::Cell { row, .. } => row,
            _ => 0,
        };
        html! {
            div.scroll role="region" tabindex="0" aria-label={ "Table " (number + 1) " of the document" } {
                table.cells {
                    tbody {
                        @for row in cells.chunk_by(|one, other| row_of(one) == row_of(other)) {
                            tr { @for cell in row { td { (self.words(cell)) } } }
                        }
                    }
                }
            }
        }
    }

    /// The words of a block with the marks that stand in it.
    fn words(&self, block: &Block) -> Markup {
        let range = &block.range;
        let meets = |mark: &Mark| mark.found.span.start < range.end && mark.found.span.end > range.start;
        let until = self.marks.partition_point(|(_, mark)| mark.found.span.start < range.end);
        let mut pieces: Vec<Piece<'_>> = self.marks[..until]
            .iter()
            .filter(|(_, mark)| meets(mark))
            .map(|(number, mark)| {
                let span = mark.found.span;
                let is_first = span.start >= range.start;
                Piece { range: span.start.max(range.start)..span.end.min(range.end), number: *number, mark, is_first }
            })
            .collect();
        in_order(&mut pieces);
        self.inside(range.clone(), pieces, None).0
    }

    /// The words of a range with marks around them, and how many marks stand in one another at most.
    fn inside(&self, range: Range<usize>, mut pieces: Vec<Piece<'_>>, outer: Option<&Mark>) -> (Markup, usize) {
        let mut parts = Vec::new();
        let mut height = 0;
        let mut at = range.start;
        while !pieces.is_empty() {
            let first = pieces.remove(0);
            parts.push(self.text(at..first.range.start));
            let n_inner = pieces.partition_point(|piece| piece.range.start < first.range.end);
            let mut later = pieces.split_off(n_inner);
            for piece in &mut pieces {
                if piece.range.end > first.range.end {
                    later.push(Piece { range: first.range.end..piece.range.end, is_first: false, ..piece.clone() });
                    piece.range.end = first.range.end;
                }
            }
            in_order(&mut later);
            let (words, n_inside) = self.inside(first.range.clone(), pieces, Some(first.mark));
            height = height.max(n_inside + 1);
            parts.push(around(&first, &words, n_inside, outer));
            at = first.range.end;
            pieces = later;
        }
        parts.push(self.text(at..range.end));
        (html! { @for part in &parts { (part) } }, height)
    }

    /// Words as they stand, without markup; what was inserted or deleted says so.
    fn text(&self, range: Range<usize>) -> Markup {
        let document = self.document;
        let mut edges = vec![range.start, range.end];
        let first = document.markup.partition_point(|markup| markup.end <= range.start);
        let markup: Vec<&Range<usize>> =
            document.markup[first..].iter().take_while(|markup| markup.start < range.end).collect();
        let meets = |other: &Range<usize>| other.start < range.end && other.end > range.start;
        let revisions: Vec<_> = document.revisions.iter().filter(|revision| meets(&revision.range)).collect();
        let ranges = markup.iter().copied().chain(revisions.iter().map(|revision| &revision.range));
        edges.extend(ranges.flat_map(|other| [other.start, other.end]).filter(|edge| range.contains(edge)));
        edges.sort_unstable();
        edges.dedup();
        let parts = edges.windows(2).map(|edge| edge[0]..edge[1]);
        html! {
            @for part in parts.filter(|part| !markup.iter().any(|markup| markup.contains(&part.start))) {
                @match revisions.iter().find(|revision| revision.range.contains(&part.start)) {
                    Some(revision) if revision.is_deleted => del { (document.slice(&part)) },
                    Some(_) => ins { (document.slice(&part)) },
                    None => (document.slice(&part)),
                }
            }
        }
    }
}

/// A mark around its words: underlined, and labelled where it begins or ends.
fn around(piece: &Piece<'_>, words: &Markup, n_inside: usize, outer: Option<&Mark>) -> Markup {
    let is_doubtful = piece.mark.found.confidence < prose::ACCEPT;
    let id = piece.is_first.then(|| format!("m{}", piece.number));
    let title = (!piece.mark.said.is_empty()).then_some(&piece.mark.said);
    let label = html! {
        span.what { (piece.mark.noun) @if is_doubtful { "?" } }
    };
    // An organisation within the name of another has no label of its own: it would stand in the middle of a word.
    let is_named = piece.is_first && outer.is_none_or(|outer| outer.noun != piece.mark.noun);
    // A long statement is named where it begins: its end may be on the next page.
    let is_long = n_inside > 0 || piece.range.len() > 60;
    html! {
        span class={ "m m-" (piece.mark.list) " h" (n_inside.min(4)) @if is_doubtful { " doubtful" } } id=[id] title=[title] {
            @if is_named && is_long { (label) " " }
            (words)
            @if is_named && !is_long { " " (label) }
        }
    }
}

fn in_order(pieces: &mut [Piece<'_>]) {
    pieces.sort_by_key(|piece| (piece.range.start, usize::MAX - piece.range.end));
}

fn table_of(block: &Block) -> Option<u32> {
    match block.kind {
        Kind::Cell { table, .. } => Some(table),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fact::Snapshot;
    use prose::{Found, Span};

    fn told(text: &str, marks: &[(Range<usize>, &'static str)]) -> String {
        let document = document::read(&Snapshot::new("", "a.txt", text.as_bytes())).expect("text is a document");
        let marks: Vec<(usize, Mark)> = marks
            .iter()
            .map(|(range, noun)| {
                let found = Found::new(Span::from(range.clone()), "rule", 0.9);
                Mark { found, list: "persons", entry: 0, noun, said: String::new() }
            })
            .enumerate()
            .collect();
        let markup = Marked { document: &document, marks: &marks }.blocks(0..document.blocks.len());
        markup.into_string()
    }

    #[test]
    fn marks_stand_in_one_another() {
        let told = told("Ada of Acme", &[(0..11, "role"), (0..3, "person")]);
        assert_eq!(
            told,
            "<p><span class=\"m m-persons h1\" id=\"m0\"><span class=\"what\">role</span> \
             <span class=\"m m-persons h0\" id=\"m1\">Ada <span class=\"what\">person</span></span> of Acme</span></p>"
        );
    }

    #[test]
    fn a_name_within_a_name_is_underlined_without_a_label() {
        let told = told("ITU-T met", &[(0..5, "organisation"), (0..3, "organisation")]);
        assert!(told.contains("id=\"m1\">ITU</span>-T"), "{told}");
        assert_eq!(told.matches("class=\"what\"").count(), 1, "{told}");
    }

    #[test]
    fn marks_that_cross_are_cut_and_named_once() {
        let told = told("Ada of Acme", &[(0..6, "role"), (4..11, "area")]);
        assert_eq!(told.matches("id=\"m1\"").count(), 1, "{told}");
        assert_eq!(told.matches(">area<").count(), 1, "{told}");
        assert_eq!(told.matches("<span").count(), told.matches("</span>").count(), "{told}");
    }

    #[test]
    fn what_the_source_says_is_text() {
        assert_eq!(told("a <b>", &[]), "<p>a &lt;b&gt;</p>");
    }
}
