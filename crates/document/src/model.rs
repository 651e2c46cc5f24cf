//! What a document is: one text, and what is known of every stretch of it.

use std::ops::Range;

use fact::{Evidence, Problem};

/// What a document was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text: the text of the document is the text of the file, byte for byte.
    Text,
    /// Markdown: the text of the document is the text of the file, byte for byte; what is only markup stands in
    /// [`Document::markup`].
    Markdown,
    /// A web page.
    Html,
    /// Word, Office Open XML.
    Docx,
    /// Word, binary.
    Doc,
    /// Portable Document Format.
    Pdf,
    /// `PowerPoint`, Office Open XML.
    Pptx,
    /// A workbook: Excel, Office Open XML or binary, or OpenDocument.
    Xlsx,
}

/// A document: its words in reading order, and what is known of every stretch of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it was read from.
    pub format: Format,
    /// All words, in reading order, with all revisions (inserted and deleted). Every range below is in bytes of it.
    pub text: String,
    /// Its parts, in order, without overlaps. What no block covers is white space, or markup that says nothing.
    pub blocks: Vec<Block>,
    /// Stretches of the text that carry no words (`**`, `](address)`, `|`), in order, without overlaps.
    pub markup: Vec<Range<usize>>,
    /// Stretches that somebody inserted or deleted, in order.
    pub revisions: Vec<Revision>,
    /// Remarks in the margin, in order of what they are about.
    pub comments: Vec<Comment>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// One part of a document: a heading, paragraph, item, cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its words.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Its place as a person would name it: `line 12`, `paragraph 7`, `page 3`, `slide 2`, `table 1, row 2, column 3`.
    pub place: String,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading, 1 the highest.
    Heading(u8),
    /// Running text; lines that were only wrapped are one paragraph.
    Paragraph,
    /// An item of a list: how deep it stands (1 is the outermost), and its mark as written (`•`, `3.1`, `a)`); the mark
    /// is not part of the block's range.
    Item {
        /// How deep it stands, from 1.
        depth: u8,
        /// Its mark as written, or as the numbering of the document gives it.
        mark: String,
    },
    /// A cell of a table; all three count from 0, and tables through the document.
    Cell {
        /// Which table.
        table: u32,
        /// Which row of it.
        row: u32,
        /// Which column of it.
        column: u32,
    },
    /// A note at the foot of a page or at the end.
    Note,
    /// A remark in the margin: its words stand in the text where [`Comment::remark`] says.
    Comment,
    /// What stands on every page: running heads and feet.
    Running,
}

/// A stretch of text that was inserted or deleted under revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The words.
    pub range: Range<usize>,
    /// True when the words were deleted, false when they were inserted.
    pub is_deleted: bool,
    /// Who did it, as written; empty where the document does not say.
    pub author: String,
    /// When, as written; empty where the document does not say.
    pub date: String,
}

/// A remark in the margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The words that it is about; empty where it is anchored to a point.
    pub about: Range<usize>,
    /// Its own words.
    pub remark: Range<usize>,
    /// Who wrote it, as written.
    pub author: String,
    /// When, as written; empty where the document does not say.
    pub date: String,
}

/// How revisions are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// With all insertions, without what was deleted.
    Accepted,
    /// As it was before: without insertions, with what was deleted.
    Rejected,
    /// Everything, inserted and deleted, side by side.
    Raw,
}

impl Document {
    /// Returns the words of `range`.
    #[must_use]
    pub fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Returns the block in which the byte `at` stands, or `None` between blocks.
    #[must_use]
    pub fn block_at(&self, at: usize) -> Option<&Block> {
        let next = self.blocks.partition_point(|block| block.range.start <= at);
        self.blocks.get(next.checked_sub(1)?).filter(|block| at < block.range.end)
    }

    /// Returns the evidence that the words of `range` are.
    ///
    /// The bytes are those of the file where the text of the document is the file's own ([`Format::Text`],
    /// [`Format::Markdown`]), else those of [`Document::text`]; the place is the block's.
    #[must_use]
    pub fn evidence(&self, range: &Range<usize>) -> Evidence {
        let place = self.block_at(range.start).map(|block| block.place.clone()).unwrap_or_default();
        Evidence::new(range.clone(), place, self.slice(range))
    }
}
