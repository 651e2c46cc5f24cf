//! Files that were made to hurt: each is a problem or nobody's, within bounded time and memory, and nothing panics.
#![allow(missing_docs, reason = "a test has no public items")]
#![allow(clippy::disallowed_methods, reason = "a test of bounded time looks at the clock")]

mod made;

use std::time::{Duration, Instant};

use fact::{Evidence, Reading, Snapshot, content_id};
use made::{Sheet, ods, record, row, xls, xlsx, zip};
use proptest::prelude::*;

/// The reading of whoever claims the file, checked for places that lie within it.
fn read(bytes: &[u8], origin: &str) -> Option<Reading> {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, origin, bytes);
    let adapter = adapters::adapter_for(&snapshot)?;
    let reading = adapter.read(&snapshot);
    let of_facts = reading.facts.iter().map(|fact| &fact.evidence);
    for Evidence { start, end, .. } in of_facts.chain(reading.problems.iter().map(|problem| &problem.evidence)) {
        assert!(start <= end && *end <= bytes.len() as u64, "{origin}: {start}..{end} of {}", bytes.len());
    }
    Some(reading)
}

fn kinds(bytes: &[u8], origin: &str) -> Vec<&'static str> {
    read(bytes, origin).map(|reading| reading.problems.iter().map(|problem| problem.kind).collect()).unwrap_or_default()
}

/// Header and one row of a list that is known.
fn list() -> String {
    row(1, &["TDoc", "Title", "Source", "Secretary Remarks"]) + &row(2, &["S2-2400001", "One", "Acme"])
}

fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    xlsx(&[Sheet { name: "A", rows, ..Sheet::default() }], strings, false)
}

#[test]
fn a_zip_bomb_is_told_with_its_figures_and_not_unpacked() {
    let begun = Instant::now();
    let zeros = vec![b' '; 100 << 20];
    let bytes = zip(&[("xl/workbook.xml", &zeros)]);
    assert!(bytes.len() < 1 << 20);
    let reading = read(&bytes, "a.xlsx").expect("a workbook is claimed");
    assert_eq!(reading.problems.len(), 1);
    let problem = &reading.problems[0];
    assert_eq!(problem.kind, "too-large");
    assert!(problem.what.contains("104857600 bytes packed into"), "{}", problem.what);
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn entities_are_refused_not_expanded() {
    let doctype =
        "<!DOCTYPE sst [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>";
    let parts = workbook(&list(), "");
    assert_eq!(kinds(&parts, "a.xlsx"), ["meeting-not-named"]);
    let relations = "<Relationships><Relationship Id=\"r\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>";
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", list());
    let with = |strings: &str| {
        zip(&[
            ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"A\" r:id=\"r\"/></sheets></workbook>".as_slice()),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/s.xml", sheet.as_bytes()),
            ("xl/sharedStrings.xml", strings.as_bytes()),
        ])
    };
    assert_eq!(kinds(&with(doctype), "a.xlsx"), ["entities-refused"]);
    assert_eq!(kinds(&with("<sst><si><t>&unknown;</t></si></sst>"), "a.xlsx"), ["entities-refused"]);
    assert_eq!(kinds(&with("<sst><si><t>&amp;&#65;</t></si></sst>"), "a.xlsx"), ["meeting-not-named"]);
    assert_eq!(kinds(&with("<sst><si><t>cut"), "a.xlsx"), ["workbook-damaged"]);
    assert_eq!(kinds(&with("<sst></si></sst>"), "a.xlsx"), ["workbook-damaged"]);
}

#[test]
fn a_cut_workbook_is_damaged_and_nobody_else_takes_it() {
    let bytes = workbook(&list(), "");
    for end in (4..bytes.len()).step_by(7) {
        let reading = read(&bytes[..end], "folder/a.xlsx").expect("its name says what it is");
        assert_eq!(reading.about, "workbook that cannot be opened");
        assert_eq!(
            reading.problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(),
            ["workbook-damaged"],
            "{end}"
        );
    }
    assert!(read(b"PK\x03\x04 some archive", "a.zip").is_none());
    assert!(read(&zip(&[("word/document.xml", b"<x/>")]), "a.docx").is_none());
}

#[test]
fn a_sheet_is_as_large_as_what_stands_in_it() {
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row><row r=\"9999999999\"><c r=\"ZZZ9\"><v>1</v></c></row>";
    let begun = Instant::now();
    assert_eq!(kinds(&workbook(&(list() + far), ""), "a.xlsx"), ["too-large", "meeting-not-named"]);
    // One long string that thousands of cells refer to.
    let long = |n: usize| format!("<si><t>{}</t></si>", "x".repeat(n));
    assert_eq!(kinds(&workbook(&list(), &long(600_000)), "a.xlsx"), ["too-large"]);
    let cells = "<row><c t=\"s\"><v>0</v></c></row>".repeat(5000);
    assert_eq!(kinds(&workbook(&(list() + &cells), &long(100_000)), "a.xlsx"), ["too-large", "meeting-not-named"]);
    let merged = format!("<mergeCells>{}</mergeCells>", "<mergeCell ref=\"A2:XFD1048576\"/>".repeat(10_000));
    let rows = list() + &(3..3000).map(|number| row(number, &["", "x", "y"])).collect::<String>();
    let bytes = xlsx(&[Sheet { name: "A", rows: &rows, after: &merged, ..Sheet::default() }], "", false);
    assert!(read(&bytes, "a.xlsx").is_some());
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[test]
fn repeated_cells_do_not_fill_the_memory() {
    let begun = Instant::now();
    let cell = "<table:table-cell table:number-columns-repeated=\"16384\"><text:p>TDoc</text:p></table:table-cell>";
    let rows = format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>").repeat(100);
    let table = format!("<table:table table:name=\"A\">{rows}</table:table>");
    assert!(read(&ods("", &table), "a.ods").is_none(), "no heading is known");
    // The content ends inside a table: reading ends too.
    let kind = b"application/vnd.oasis.opendocument.spreadsheet".as_slice();
    let cut = zip(&[("mimetype", kind), ("content.xml", b"<a><table:table>")]);
    assert_eq!(kinds(&cut, "a.ods"), ["workbook-damaged"]);
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_workbook_with_a_password_says_so() {
    let manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>".as_slice();
    let kind = b"application/vnd.oasis.opendocument.spreadsheet".as_slice();
    assert_eq!(kinds(&zip(&[("mimetype", kind), ("META-INF/manifest.xml", manifest)]), "a.ods"), ["encrypted"]);
    assert_eq!(kinds(&xls(&[record(0x002F, &[1, 0])], &[]), "a.xls"), ["encrypted"]);
    assert_eq!(kinds(&xls(&[], &[])[..1400], "a.xls"), ["workbook-damaged"]);
    assert_eq!(kinds(&xls(&[], &[])[..600], "a.xls"), ["workbook-damaged"]);
    assert!(read(&xls(&[], &[])[..600], "a.doc").is_none());
}

#[test]
fn a_line_of_200_megabytes_of_commas_ends_soon() {
    let begun = Instant::now();
    let mut bytes = b"TDoc,Title,Source,Secretary Remarks\nS2-2400001,One,Acme,\n".to_vec();
    bytes.resize(200 << 20, b',');
    let reading = read(&bytes, "a.csv").expect("its headings are known");
    assert_eq!((reading.n_units, reading.facts.len()), (1, 1));
    assert!(reading.problems.iter().any(|problem| problem.kind == "too-wide"), "{:?}", reading.problems);
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    bytes.fill(b'"');
    assert!(read(&bytes, "a.csv").is_none());
    assert!(begun.elapsed() < Duration::from_secs(90), "{:?}", begun.elapsed());
}

#[test]
fn nuls_and_wrong_encodings_are_told() {
    let text = "TDoc,Title,Source,Secretary Remarks\nS2-2400001,One\0,Acme,\nS2-2400002,Caf\u{e9},Acme,\n";
    assert_eq!(kinds(text.as_bytes(), "SA2#161.csv"), ["nul-bytes"]);
    let latin: Vec<u8> = text.chars().map(|letter| letter as u8).collect();
    let reading = read(&latin, "SA2#161.csv").expect("its headings are known");
    assert_eq!(reading.facts[1].object.as_ref().map(|thing| thing.title.as_str()), Some("Café"));
    assert!(read(&[0; 5000], "a.csv").is_none() && read(b"", "a.csv").is_none());
}

/// A change of one byte.
fn changed(mut bytes: Vec<u8>, at: usize, byte: u8) -> Vec<u8> {
    let at = at % bytes.len();
    bytes[at] = byte;
    bytes
}

fn old_workbook() -> Vec<u8> {
    let text = |row: u8, column: u8, text: &str| {
        let head = [row, 0, column, 0, 0, 0, text.len() as u8, 0, 0];
        record(0x0204, &[head.as_slice(), text.as_bytes()].concat())
    };
    let headings = ["TDoc", "Title", "Source", "Secretary Remarks"];
    let mut cells: Vec<Vec<u8>> = (0..).zip(headings).map(|(column, heading)| text(0, column, heading)).collect();
    cells.push(text(1, 0, "S2-2400001"));
    cells.push(text(1, 2, "Acme"));
    xls(&[], &cells)
}

#[test]
fn an_old_workbook_is_read_before_it_is_broken() {
    assert_eq!(read(&old_workbook(), "a.xls").map(|reading| reading.facts.len()), Some(1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_changed_byte_of_a_workbook_breaks_the_reading(at in any::<usize>(), byte in any::<u8>()) {
        read(&changed(workbook(&list(), "<si><t>x</t></si>"), at, byte), "a.xlsx");
        read(&changed(old_workbook(), at % 3000, byte), "a.xls");
        let table = "<table:table table:name=\"A\"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell>\
                     </table:table-row></table:table>";
        read(&changed(ods("", table), at, byte), "a.ods");
    }

    #[test]
    fn no_text_breaks_the_reading(bytes in prop::collection::vec(prop::sample::select(
        b"S2-2400001,,,;\t\n\n\"\"Acme?()[]{}revisedagreed LS in/to\0\xE9\xC3\xA9@<td>".to_vec()), 0..300,
    )) {
        let headings = "TDoc,Title,Source,Secretary Remarks,Type,TDoc Status,Uploaded,Revised to,To\n";
        read(&[headings.as_bytes(), &bytes].concat(), "a.csv");
        let headings = "Last Name,First Name,Organization,ISO 3166 Code,Checked In,Type\n";
        read(&[headings.as_bytes(), &bytes].concat(), "a.csv");
        let page = "<table><tr><td>TDoc<td>Title<td>Source<td>Secretary Remarks<tr><td rowspan=3 colspan=2>";
        read(&[page.as_bytes(), &bytes].concat(), "a.html");
        let page = "<html><title>TC 9 Document log</title>\n".to_string() + &"<a>N1</a> 2024/01/01 A, B<br>\n".repeat(6);
        read(&[page.as_bytes(), b"<a>N2</a> ", &bytes].concat(), "a.html");
    }
}
