//! The package: parts of a Word document, and what says which is which. The same text gives the same bytes.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::body::Body;
use super::reviewers;
use crate::Marked;
use crate::filed::{Stories, ending_kept, is_moment, one_line};
use crate::xml::Xml;

/// What a file says of how it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made<'a> {
    /// The title of the document; empty where it has none.
    pub title: &'a str,
    /// When the changes were made, as RFC 3339; `None` where it is not said. Nothing here looks at a clock.
    pub date: Option<&'a str>,
}

/// Returns a complete Word document (.docx) that holds `marked` with real tracked changes.
///
/// The authors of one change are one reviewer, joined by `+`, so that Word can show what each set of them did; who they are is
/// kept beside, so that [`super::read`] parts them again (names that contain `+` themselves are parted only where no reviewer
/// bears the whole name). What is read from it is [`Marked::normal`]; the same arguments give the same bytes. Rejecting an
/// inserted reference to a note takes the note with it, as Word does.
///
/// ```
/// use drafting::docx::{self, Made};
/// use drafting::{Change, Marked, Paragraph, Run};
/// let run = |text: &str, change| Run { text: text.into(), change, ..Run::default() };
/// let runs = vec![run("to bring", Change::Deleted([0, 1].into())), run("to address", Change::Inserted([0].into()))];
/// let paragraphs = vec![Paragraph { runs, ..Paragraph::default() }];
/// let marked = Marked { authors: vec!["C102".into(), "C112".into()], paragraphs, remarks: vec![] };
/// let file = docx::written(&marked, &Made { title: "Resolution 68", date: Some("2024-10-15T09:00:00Z") });
/// assert_eq!(docx::read(&file).unwrap().marked, marked);
/// ```
#[must_use]
pub fn written(marked: &Marked, made: &Made<'_>) -> Vec<u8> {
    let mut stories = Stories::of(marked.normal());
    ending_kept(&mut stories.body);
    let mut body = Body::new(&stories, made.date.filter(|date| is_moment(date)));
    let (document, footnotes, comments) = (body.document(), body.footnotes(), body.comments());
    let authors = reviewers::written(&stories.authors);
    let (core, relations) = (core(made), include_str!("parts/relations.xml"));
    packed(&[
        ("[Content_Types].xml", include_str!("parts/types.xml")),
        ("_rels/.rels", include_str!("parts/package.xml")),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", relations),
        ("word/styles.xml", include_str!("parts/styles.xml")),
        ("word/settings.xml", include_str!("parts/settings.xml")),
        ("word/footnotes.xml", &footnotes),
        ("word/comments.xml", &comments),
        ("word/footer1.xml", include_str!("parts/footer.xml")),
        ("docProps/core.xml", &core),
        ("docProps/custom.xml", &authors),
    ])
}

/// Title and date, as programs show them beside the name of a file.
fn core(made: &Made<'_>) -> String {
    let mut xml = Xml::new();
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    if !made.title.is_empty() {
        xml.word("dc:title", &[], &one_line(made.title));
    }
    // Word calls a file broken whose date has no zone.
    if let Some(date) = made.date.filter(|date| is_moment(date) && date.parse::<jiff::Timestamp>().is_ok()) {
        xml.word("dcterms:created", &[("xsi:type", "dcterms:W3CDTF")], date);
    }
    xml.finish()
}

/// Packs parts into an archive without a clock: every entry bears the first day that archives know.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let pack = || {
        for (path, part) in parts {
            archive.start_file(*path, options)?;
            archive.write_all(part.as_bytes())?;
        }
        archive.finish()
    };
    pack().expect("memory takes a few parts with short names, each below 4 GiB").into_inner()
}
