//! Metadata: what the document is, who is behind its words, what was remarked.

use jiff::civil::Date;

use super::address::slug;
use crate::filed::Stories;
use crate::xml::Xml;

/// What a document says of itself that its words do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meta<'a> {
    /// The body whose resolution it is: `WTSA`.
    pub body: &'a str,
    /// Its number: `68`.
    pub number: &'a str,
    /// The date of this edition.
    pub date: Date,
    /// The day on which the file is made.
    pub made: Date,
    /// The language as ISO 639 has it: `en`.
    pub language: &'a str,
}

/// The id of an author, to which changes refer.
pub(super) fn author_id(author: usize) -> String {
    format!("contribution_{}", author + 1)
}

/// The id of a remark.
pub(super) fn remark_id(remark: usize) -> String {
    format!("remark_{}", remark + 1)
}

pub(super) fn write(xml: &mut Xml, stories: &Stories, meta: &Meta<'_>) {
    xml.line();
    xml.open("meta", &[]);
    identification(xml, meta);
    references(xml, stories, meta);
    notes(xml, stories);
    xml.close();
}

fn identification(xml: &mut Xml, meta: &Meta<'_>) {
    let letters = meta.language.bytes().all(|byte| byte.is_ascii_lowercase()) && (2..=3).contains(&meta.language.len());
    let language = if letters { meta.language } else { "und" };
    let work = format!("/akn/itu/statement/resolution/{}/{}/{}", slug(meta.body), meta.date, slug(meta.number));
    let expression = format!("{work}/{language}@{}", meta.date);
    xml.open("identification", &[("source", "#rapporteur")]);
    let core = |xml: &mut Xml, name, [stem, end]: [&str; 2], date: Date, what, author| {
        xml.line();
        xml.open(name, &[]);
        xml.leaf("FRBRthis", &[("value", &format!("{stem}/!main{end}"))]);
        xml.leaf("FRBRuri", &[("value", &format!("{stem}{end}"))]);
        xml.leaf("FRBRdate", &[("date", &date.to_string()), ("name", what)]);
        xml.leaf("FRBRauthor", &[("href", author)]);
    };
    core(xml, "FRBRWork", [&work, ""], meta.date, "edition", "#issuer");
    xml.leaf("FRBRcountry", &[("value", "itu")]);
    xml.leaf("FRBRnumber", &[("value", meta.number)]);
    xml.close();
    core(xml, "FRBRExpression", [&expression, ""], meta.date, "edition", "#issuer");
    xml.leaf("FRBRlanguage", &[("language", language)]);
    xml.close();
    core(xml, "FRBRManifestation", [&expression, ".xml"], meta.made, "markup", "#rapporteur");
    xml.close();
    xml.close();
}

fn references(xml: &mut Xml, stories: &Stories, meta: &Meta<'_>) {
    xml.line();
    xml.open("references", &[("source", "#rapporteur")]);
    let mut one = |name: &str, id: &str, kind: &str, shown: &str| {
        let href = format!("/akn/ontology/{kind}/{}", slug(shown));
        xml.line();
        xml.leaf(name, &[("eId", id), ("href", &href), ("showAs", shown)]);
    };
    one("TLCOrganization", "issuer", "organization", meta.body);
    one("TLCObject", "rapporteur", "object", "Rapporteur");
    for (n, author) in stories.authors.iter().enumerate() {
        one("TLCOrganization", &author_id(n), "organization", author);
    }
    for (n, remark) in stories.remarks.iter().enumerate() {
        one("TLCPerson", &format!("{}__author", remark_id(n)), "person", &remark.author);
    }
    xml.close();
}

/// Remarks, each by its author.
fn notes(xml: &mut Xml, stories: &Stories) {
    if stories.remarks.is_empty() {
        return;
    }
    xml.line();
    xml.open("notes", &[("source", "#rapporteur")]);
    for (n, remark) in stories.remarks.iter().enumerate() {
        let (id, number) = (remark_id(n), (n + 1).to_string());
        xml.line();
        let author = format!("#{id}__author");
        xml.open("note", &[("eId", &id), ("marker", &number), ("refersTo", &author)]);
        for line in remark.text.split('\n') {
            xml.word("p", &[], &line.replace('\t', " "));
        }
        xml.close();
    }
    xml.close();
}
