//! Makes small workbooks for tests: .xlsx, .ods and .xls, byte by byte.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::io::Write as _;

fn le(value: usize, n: usize) -> Vec<u8> {
    let mut bytes = value.to_le_bytes().to_vec();
    bytes.resize(n, 0);
    bytes
}

/// An archive of deflated parts.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let mut deflater = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        deflater.write_all(content).expect("a buffer takes all");
        let packed = deflater.finish().expect("a buffer takes all");
        let header = bytes.len();
        let fields = [le(20, 2), le(0, 2), le(8, 2), le(0, 8)].concat();
        let sizes = [le(packed.len(), 4), le(content.len(), 4), le(name.len(), 2), le(0, 2)].concat();
        bytes
            .extend([b"PK\x03\x04".to_vec(), fields.clone(), sizes.clone(), name.as_bytes().to_vec(), packed].concat());
        directory.extend([b"PK\x01\x02".to_vec(), le(20, 2), fields, sizes, vec![0; 10], le(header, 4)].concat());
        directory.extend_from_slice(name.as_bytes());
    }
    let counts = [le(0, 4), le(parts.len(), 2), le(parts.len(), 2)].concat();
    let places = [le(directory.len(), 4), le(bytes.len(), 4), le(0, 2)].concat();
    [bytes, directory, b"PK\x05\x06".to_vec(), counts, places].concat()
}

/// One sheet of a made workbook.
#[derive(Clone, Copy, Default)]
pub struct Sheet<'a> {
    pub name: &'a str,
    /// `hidden`, or empty.
    pub state: &'a str,
    /// What stands in `sheetData`.
    pub rows: &'a str,
    /// What stands behind it.
    pub after: &'a str,
}

/// A workbook with cell formats 0: general, 1: date, 2: `0.00`, 3: `dd/mm/yyyy hh:mm`.
pub fn xlsx(sheets: &[Sheet<'_>], strings: &str, is_1904: bool) -> Vec<u8> {
    let nth = |at: usize| at + 1;
    let list: String = sheets
        .iter()
        .enumerate()
        .map(|(at, sheet)| {
            let state = if sheet.state.is_empty() { String::new() } else { format!(" state=\"{}\"", sheet.state) };
            format!("<sheet name=\"{}\" sheetId=\"{}\"{state} r:id=\"rId{}\"/>", sheet.name, nth(at), nth(at))
        })
        .collect();
    let workbook = format!(
        "<?xml version=\"1.0\"?><workbook><workbookPr date1904=\"{}\"/><sheets>{list}</sheets></workbook>",
        u8::from(is_1904)
    );
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations: String = (0..sheets.len())
        .map(|at| {
            format!(
                "<Relationship Id=\"rId{}\" Type=\"{kind}/worksheet\" Target=\"worksheets/sheet{}.xml\"/>",
                nth(at),
                nth(at)
            )
        })
        .collect();
    let relations = format!(
        "<Relationships>{relations}<Relationship Id=\"s\" Type=\"{kind}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.00\"/>\
                  <numFmt numFmtId=\"165\" formatCode=\"dd/mm/yyyy\\ hh:mm\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>\
                  <xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>";
    let strings = format!("<sst>{strings}</sst>");
    let sheets: Vec<(String, String)> = sheets
        .iter()
        .enumerate()
        .map(|(at, sheet)| {
            let text = format!("<worksheet><sheetData>{}</sheetData>{}</worksheet>", sheet.rows, sheet.after);
            (format!("xl/worksheets/sheet{}.xml", nth(at)), text)
        })
        .collect();
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ];
    parts.extend(sheets.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    zip(&parts)
}

/// A row of text cells, empty ones left out, from column A on.
pub fn row(number: usize, cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .zip('A'..='Z')
        .filter(|(text, _)| !text.is_empty())
        .map(|(text, column)| format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"))
        .collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

/// A workbook of one table; `styles` come before it.
pub fn ods(styles: &str, tables: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    zip(&[("mimetype", kind), ("content.xml", content.as_bytes())])
}

/// One record of a workbook of Excel 97.
pub fn record(kind: usize, data: &[u8]) -> Vec<u8> {
    [le(kind, 2), le(data.len(), 2), data.to_vec()].concat()
}

/// A compound file with the stream `Workbook`, which is filled up to 4096 bytes.
pub fn compound(mut stream: Vec<u8>) -> Vec<u8> {
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    let n_sectors = stream.len() / 512;
    let mut header = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    header.resize(24, 0);
    header.extend([le(0x3E, 2), le(3, 2), le(0xFFFE, 2), le(9, 2), le(6, 2)].concat());
    header.resize(44, 0);
    let end = 0xFFFF_FFFE;
    header.extend([le(1, 4), le(1, 4), le(0, 4), le(4096, 4), le(end, 4), le(0, 4), le(end, 4), le(0, 4)].concat());
    header.extend(le(0, 4));
    header.resize(512, 0xFF);
    let mut table = [le(0xFFFF_FFFD, 4), le(end, 4)].concat();
    for sector in 0..n_sectors {
        table.extend(le(if sector + 1 == n_sectors { end } else { sector + 3 }, 4));
    }
    table.resize(512, 0xFF);
    let entry = |name: &str, kind: usize, start: usize, size: usize| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let n_bytes = entry.len() + 2;
        entry.resize(64, 0);
        entry.extend([le(n_bytes, 2), le(kind, 1)].concat());
        entry.resize(116, 0);
        entry.extend([le(start, 4), le(size, 4), le(0, 4)].concat());
        entry
    };
    let mut directory = [entry("Root Entry", 5, end, 0), entry("Workbook", 2, 2, stream.len())].concat();
    directory.resize(512, 0);
    [header, table, directory, stream].concat()
}

/// The stream of a workbook of Excel 97 with one sheet `List`; `strings` are its shared strings, records of them given.
pub fn xls(globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
    let begin = |kind: usize| record(0x0809, &[le(0x0600, 2), le(kind, 2), le(0, 12)].concat());
    let end = record(0x000A, &[]);
    let before = [begin(5), globals.concat()].concat();
    let listed = |at: usize| record(0x0085, &[le(at, 4), le(0, 2), le(4, 1), le(0, 1), b"List".to_vec()].concat());
    let at = before.len() + listed(0).len() + end.len();
    compound([before, listed(at), end.clone(), begin(0x10), sheet.concat(), end].concat())
}
