//! The front page that RFCs and Internet-Drafts share: fields at the left, authors and organisations at the right.
//!
//! Comes in: the bytes of a text. Goes out: the fields with their lines, the authors with the organisation that the
//! right-hand column gives them, the date and the title. The section with the authors' addresses adds country and
//! domain of an author found there by name, and the organisation only where the front page names none.
//!
//! # Source
//! RFC 7322 (RFC Style Guide), 4.1: an organisation stands below its authors and is said once for several of them; an
//! author without one is followed by another author, the date, or a blank line. Earlier layouts as the series shows them.

mod addresses;
mod column;
mod rows;

use fact::{Evidence, Mention, Party, When};

use super::author::author;
use super::lines::Line;

/// What a front page says.
#[derive(Debug, Default)]
pub struct FrontPage {
    /// What stands in the first line at the left, where it is no field: `Network Working Group`.
    pub body: Option<String>,
    /// The fields at the left: `Category: Standards Track`.
    pub fields: Vec<Field>,
    /// Authors in their order.
    pub writers: Vec<Writer>,
    /// The date below the authors, or in early documents below the title, and its line.
    pub date: Option<(When, Evidence)>,
    /// The title, its lines joined; empty where there is none.
    pub title: String,
    /// The name of a draft that stands below the title or at the left.
    pub draft: Option<String>,
    /// Lines of the right-hand column that are neither surely a name nor surely an organisation.
    pub unclear: Vec<Evidence>,
    /// All lines of the head.
    pub whole: Evidence,
}

/// A field at the left: label and value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The label in lower case, without colon: `category`.
    pub label: String,
    /// The value, its lines joined.
    pub value: String,
    /// The line.
    pub evidence: Evidence,
}

/// An author of the right-hand column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    /// Who, with affiliation, country and domain.
    pub who: Mention,
    /// True for those marked as editors.
    pub is_editor: bool,
    /// True when the affiliation comes from the addresses, not from the front page.
    pub is_completed: bool,
    /// The lines from the name to the organisation.
    pub evidence: Evidence,
}

impl FrontPage {
    /// Reads the front page at the start of `bytes`; empty where there is none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let head = rows::Head::read(bytes);
        let column = column::Column::new(&head.rows);
        let names = column.candidates();
        let section = addresses::Section::read(bytes, &names);
        let (writers, unclear) = column.writers(&section);
        let mut page = Self {
            writers,
            unclear,
            date: column.date().or_else(|| head.date()),
            title: head.title(),
            ..Self::default()
        };
        page.draft = head.draft();
        page.whole = head.evidence();
        fields(&head, &mut page);
        for writer in &mut page.writers {
            complete(writer, &section);
        }
        page
    }

    /// Returns the value of the field with one of these labels.
    #[must_use]
    pub fn field(&self, labels: &[&str]) -> Option<&Field> {
        self.fields.iter().find(|field| labels.contains(&field.label.as_str()))
    }
}

/// Adds what the addresses say of an author and the front page does not.
fn complete(writer: &mut Writer, section: &addresses::Section) {
    if writer.who.party != Party::Person {
        return;
    }
    let Some(contact) = writer.who.name.as_deref().and_then(|name| section.contact(name)) else { return };
    writer.who.country = contact.country;
    writer.who.domain = writer.who.domain.take().or(contact.domain);
    if writer.who.affiliation.is_none() && contact.affiliation.is_some() {
        writer.who.affiliation = contact.affiliation;
        writer.is_completed = true;
    }
}

/// Puts the cells at the left together: fields, wrapped fields, and the body above them.
fn fields(head: &rows::Head<'_>, page: &mut FrontPage) {
    for row in &head.rows {
        let Some(left) = &row.left else { continue };
        if let Some(name) = rows::draft_name(&left.text) {
            page.draft.get_or_insert_with(|| name.into());
        } else if let Some((label, value)) = rows::field(&left.text) {
            page.fields.push(Field { label, value: value.into(), evidence: cell_evidence(&row.line, &left.text) });
        } else if rows::is_continuation(left)
            && let Some(last) = page.fields.last_mut()
        {
            last.value.push(' ');
            last.value.push_str(&left.text);
            last.evidence.end = row.line.at.end as u64;
            last.evidence.quote = format!("{} {}", last.evidence.quote, left.text);
        } else if page.body.is_none() && page.fields.is_empty() {
            page.body = Some(left.text.clone());
        }
    }
    if page.draft.is_none() {
        page.draft = page.fields.iter().find_map(|field| rows::draft_name(&field.value)).map(Into::into);
    }
}

/// The evidence of one cell of a line.
fn cell_evidence(line: &Line<'_>, text: &str) -> Evidence {
    Evidence::new(line.at.clone(), format!("line {}", line.number), text)
}

/// The name of a person without what marks an editor.
fn plain(name: &str) -> &str {
    author(name).name
}
