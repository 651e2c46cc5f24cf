//! Workbooks as spreadsheet programs write them: dates, formats, formulas, merged and hidden cells, several tables.
#![allow(missing_docs, reason = "a test has no public items")]

mod made;

use adapters::Mapping;
use fact::{Act, Fact, Reading, Snapshot, content_id};
use made::{Sheet, ods, record, row, xls, xlsx};

const MAPPING: &str = r#"
mapping = 1
name = "made"
list = "contributions"
headings = ["Doc", "Title", "Company"]

[columns]
document = "Doc"
title = "Title"
source = "Company"
agenda_item = "Item"
date = "Sent"
status = "Result"

[labels]
event = "Meeting"
body = "Group"
"#;

const ATTENDANCE: &str = r#"
mapping = 1
name = "made-attendance"
list = "attendance"
headings = ["Name", "Firm"]
columns = { name = "Name", organisation = "Firm", attended = "Present", date = "Day" }
constants = { event = "MADE WG1#7" }
"#;

fn read(bytes: &[u8], origin: &str) -> (&'static str, Reading) {
    let mappings = [MAPPING.to_string(), ATTENDANCE.to_string()];
    let id = content_id(bytes);
    let snapshot = Snapshot { mappings: &mappings, ..Snapshot::new(&id, origin, bytes) };
    let adapter = adapters::adapter_for(&snapshot).expect("an adapter claims it");
    let reading = adapter.read(&snapshot);
    for fact in &reading.facts {
        assert_eq!((fact.evidence.start, fact.evidence.end), (0, bytes.len() as u64), "a workbook is packed");
    }
    (adapter.name(), reading)
}

/// Act, document or person, source, day, agenda item, place.
fn lines(reading: &Reading) -> Vec<String> {
    let line = |fact: &Fact| {
        let object = fact.object.as_ref().map(|thing| thing.id.clone()).unwrap_or_default();
        let who = fact.who.name.as_ref().or(fact.who.affiliation.as_ref());
        let day = fact.when.from.map(|day| day.to_string()).unwrap_or_default();
        let target = fact.target.as_ref().map(|thing| thing.id.clone()).unwrap_or_default();
        let who = who.cloned().unwrap_or_default();
        format!("{} {object} {who} {day} {target} @ {}", fact.act.slug(), fact.evidence.place)
    };
    reading.facts.iter().map(line).collect()
}

const HEADER: [&str; 6] = ["Doc", "Title", "Company", "Item", "Sent", "Result"];

/// A title line, a header row that is not the first, and cells of every kind.
fn rows(serial: &str) -> String {
    let cells = format!(
        "<c r=\"A4\" t=\"s\"><v>0</v></c><c r=\"B4\" t=\"str\"><f>A1&amp;B1</f><v>Made</v></c>\
         <c r=\"C4\" t=\"inlineStr\"><is><r><t>Ac</t></r><r><t>me</t></r></is></c><c r=\"D4\" s=\"2\"><v>4.0999999999999996</v></c>\
         <c r=\"E4\" s=\"1\"><v>{serial}</v></c><c r=\"F4\" t=\"e\"><f>X</f><v>#REF!</v></c>"
    );
    row(1, &["Meeting: MADE WG1#7"]) + &row(3, &HEADER) + &format!("<row r=\"4\">{cells}</row>")
}

#[test]
fn cells_are_read_as_a_person_sees_them() {
    let strings = "<si><r><t>M1-24</t></r><r><t>0001</t></r><rPh><t>reading</t></rPh></si>";
    for (serial, is_1904) in [("45460", false), ("43998", true), ("45460.395833333336", false)] {
        let rows = rows(serial);
        let (adapter, reading) =
            read(&xlsx(&[Sheet { name: "Docs", rows: &rows, ..Sheet::default() }], strings, is_1904), "a.xlsx");
        assert_eq!(adapter, "contribution_list");
        assert_eq!(lines(&reading), ["submitted M1-240001 Acme 2024-06-17 4.10 @ sheet Docs, cell C4"]);
        assert_eq!(reading.about, "list of contributions of MADE WG1#7");
        assert_eq!(reading.problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(), ["body-not-named"]);
    }
}

#[test]
fn hidden_sheets_and_rows_are_read_and_say_so() {
    let first = row(1, &HEADER)
        + &row(2, &["M1-1", "One", "Acme"])
        + &row(3, &["M1-2", "Two", "Acme"]).replace("<row ", "<row hidden=\"1\" ");
    let second = row(1, &HEADER) + &row(2, &["M1-3", "Three", "Acme"]);
    let sheets = [
        Sheet { name: "New", rows: &first, ..Sheet::default() },
        Sheet { name: "Old", state: "veryHidden", rows: &second, ..Sheet::default() },
    ];
    let (_, reading) = read(&xlsx(&sheets, "", false), "a.xlsx");
    let places: Vec<&str> = reading.facts.iter().map(|fact| fact.evidence.place.as_str()).collect();
    assert_eq!(places, ["sheet New, cell C2", "sheet New, cell C3 (hidden)", "sheet Old (hidden), cell C2"]);
    assert!(reading.about.ends_with(", 3 hidden rows among them"), "{}", reading.about);
}

#[test]
fn merged_cells_belong_to_every_row_and_tables_follow_each_other() {
    let rows = row(1, &["Group", "MADE WG1"])
        + &row(2, &HEADER)
        + &row(3, &["M1-1", "One", "Acme, Inc"])
        + &row(4, &["M1-2", "Two"])
        + &row(5, &["M1-3", "Three", "Borealis"])
        + &row(7, &["Documents that came late"])
        + &row(8, &["Title", "Doc", "Result", "", "Company"])
        + &row(9, &["Four", "M1-4", "Agreed", "", "Cygnus"])
        + &row(11, &["Note: late documents are not treated."]);
    let after = "<mergeCells count=\"2\"><mergeCell ref=\"C3:C4\"/><mergeCell ref=\"A7:F7\"/></mergeCells>";
    let bytes = xlsx(&[Sheet { name: "Docs", rows: &rows, after, ..Sheet::default() }], "", false);
    let (_, reading) = read(&bytes, "a.xlsx");
    assert_eq!(
        lines(&reading),
        [
            "submitted M1-1 Acme, Inc   @ sheet Docs, cell C3",
            "submitted M1-2 Acme, Inc   @ sheet Docs, cell C4",
            "submitted M1-3 Borealis   @ sheet Docs, cell C5",
            "submitted M1-4 Cygnus   @ sheet Docs, cell E9",
            "agreed M1-4    @ sheet Docs, cell C9",
        ]
    );
    assert!(reading.facts.iter().all(|fact| fact.body.as_deref() == Some("MADE WG1")));
    assert_eq!((reading.n_units, reading.problems.len()), (4, 0), "{:?}", reading.problems);
}

#[test]
fn a_workbook_of_opendocument_is_read() {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let rows = [
        "<table:table-row>".to_string() + &["Name", "Firm", "Present", "Day"].map(text).concat() + "</table:table-row>",
        "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row>".into(),
        "<table:table-row><table:table-cell><office:annotation><text:p>Is it he?</text:p></office:annotation>\
         <text:p>A.<text:s/>Example</text:p></table:table-cell><table:table-cell table:number-rows-spanned=\"2\"><text:p>Acme</text:p>\
         </table:table-cell><table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>WAHR</text:p>\
         </table:table-cell><table:table-cell office:value-type=\"date\" office:date-value=\"2024-06-17\"><text:p>17.06.24</text:p>\
         </table:table-cell></table:table-row>"
            .into(),
        "<table:table-row table:visibility=\"collapse\">".to_string()
            + &text("B. Sample")
            + "<table:covered-table-cell/><table:table-cell office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p>\
               </table:table-cell><table:table-cell/></table:table-row>",
    ];
    let table = format!("<table:table table:name=\"List\" table:style-name=\"h\">{}</table:table>", rows.concat());
    let style = "<style:style style:name=\"h\"><style:table-properties table:display=\"false\"/></style:style>";
    let (adapter, reading) = read(&ods(style, &table), "a.ods");
    assert_eq!(adapter, "attendance_list");
    assert_eq!(
        lines(&reading),
        [
            "attended 2024-06-17 A. Example 2024-06-17  @ sheet List (hidden), cell A5",
            "attended MADE WG1#7 B. Sample   @ sheet List (hidden), cell A6 (hidden)",
        ]
    );
    assert_eq!(reading.facts[1].who.affiliation.as_deref(), Some("Acme"), "a merged cell belongs to both rows");
}

fn le(value: usize, n: usize) -> Vec<u8> {
    let mut bytes = value.to_le_bytes().to_vec();
    bytes.resize(n, 0);
    bytes
}

fn at(row: usize, column: usize, style: usize) -> Vec<u8> {
    [le(row, 2), le(column, 2), le(style, 2)].concat()
}

/// Strings in one record and its continuation, which begins inside a name of wide letters.
fn shared_strings() -> Vec<u8> {
    let short = |text: &str| [le(text.len(), 2), le(0, 1), text.as_bytes().to_vec()].concat();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let plain = ["Name", "Firm", "Present", "Day", "Acme"].map(short).concat();
    // A name with formats: eight letters, two runs of four bytes each; the last two letters come in narrow ones.
    let first = [le(8, 2), le(0x09, 1), le(2, 2), wide("Ä. Exa")].concat();
    let rest = [le(0, 1), b"mp".to_vec(), le(0, 8)].concat();
    record(0x00FC, &[le(6, 4), le(6, 4), plain, first].concat()).into_iter().chain(record(0x003C, &rest)).collect()
}

#[test]
fn a_workbook_of_excel_97_is_read() {
    let string = |row, column, nth| record(0x00FD, &[at(row, column, 0), le(nth, 4)].concat());
    let date_format = record(0x00E0, &[le(0, 2), le(14, 2), le(0, 16)].concat());
    let plain_format = record(0x00E0, &[le(0, 2), le(0, 2), le(0, 16)].concat());
    let formula = |row, value: [u8; 8]| record(0x0006, &[at(row, 0, 0), value.to_vec(), le(0, 8)].concat());
    let text = |text: &str| record(0x0207, &[le(text.len(), 2), le(0, 1), text.as_bytes().to_vec()].concat());
    let sheet = [
        record(0x0208, &[le(2, 2), le(0, 10), le(0x20, 2), le(0, 2)].concat()),
        string(0, 0, 0),
        string(0, 1, 1),
        string(0, 2, 2),
        string(0, 3, 3),
        string(1, 0, 5),
        string(1, 1, 4),
        record(0x0205, &[at(1, 2, 0), le(1, 1), le(0, 1)].concat()),
        record(0x0203, &[at(1, 3, 1), 45_460_f64.to_le_bytes().to_vec()].concat()),
        formula(2, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
        text("B. Sample"),
        record(
            0x00BD,
            &[le(2, 2), le(2, 2), le(0, 2), le(1 << 2 | 2, 4), le(1, 2), le(45_461 << 2 | 2, 4), le(3, 2)].concat(),
        ),
        record(0x00E5, &[le(1, 2), le(1, 2), le(2, 2), le(1, 2), le(1, 2)].concat()),
    ];
    let (adapter, reading) = read(&xls(&[plain_format, date_format, shared_strings()], &sheet), "a.xls");
    assert_eq!(adapter, "attendance_list");
    assert_eq!(
        lines(&reading),
        [
            "attended 2024-06-17 Ä. Examp 2024-06-17  @ sheet List, cell A2",
            "attended 2024-06-18 B. Sample 2024-06-18  @ sheet List, cell A3 (hidden)",
        ]
    );
    assert!(reading.facts.iter().all(|fact| fact.who.affiliation.as_deref() == Some("Acme")));
}

#[test]
fn a_proposal_is_shown_and_tried_before_it_is_kept() {
    let rows = row(1, &["Document No", "Subject", "Submitted by", "Decision"])
        + &row(2, &["M1-1", "One", "Acme", "Agreed"])
        + &row(3, &["M1-2", "Two", "Borealis", "Appr."]);
    let bytes = xlsx(&[Sheet { name: "Docs", rows: &rows, ..Sheet::default() }], "", false);
    let id = content_id(&bytes);
    let snapshot = Snapshot::new(&id, "folder/WG1 documents.xlsx", &bytes);
    let adapter = adapters::adapter_for(&snapshot).expect("somebody says that a mapping is needed");
    let reading = adapter.read(&snapshot);
    assert_eq!((reading.facts.len(), reading.problems[0].kind), (0, "mapping-needed"));

    let mapping = adapters::propose_mapping(&snapshot).expect("its headings are usual");
    assert_eq!((mapping.name(), mapping.list()), ("wg1-documents", "contributions"));
    assert!(mapping.reasons().any(|(field, reason)| field == "title" && reason.contains("`Subject`")));
    let tried = adapters::try_mapping(&mapping, &snapshot, 1);
    assert_eq!(tried.facts.iter().map(|fact| fact.act).collect::<Vec<_>>(), [Act::Submitted, Act::Agreed]);

    // What a person keeps, perhaps with a word more, is what the workspace reads with.
    let kept = mapping.to_toml() + "\n[values.status]\n\"Appr.\" = \"approved\"\n[constants]\nbody = \"MADE WG1\"\n";
    assert!(Mapping::from_toml(&kept).is_ok(), "{kept}");
    let mappings = [kept];
    let snapshot = Snapshot { mappings: &mappings, ..snapshot };
    let reading = adapters::adapter_for(&snapshot).expect("the mapping knows it").read(&snapshot);
    assert_eq!((reading.facts.len(), reading.problems.len()), (4, 0), "{:?}", reading.problems);
    assert_eq!(adapters::propose_mapping(&snapshot), None);
}

#[test]
fn a_sheet_may_be_a_session_and_a_person_is_counted_once_in_each() {
    let mapping = "mapping = 1\nname = \"days\"\nlist = \"attendance\"\nheadings = [\"Name\", \"Firm\"]\n\
                   columns = { name = \"Name\", organisation = \"Firm\", country = \"Country\" }\n\
                   constants = { act = \"attended\", event = \"MADE 7\" }\n";
    let rows = row(1, &["Name", "Firm", "Country"])
        + &row(2, &["A. Example", "Acme", "Atlantis"])
        + &row(3, &["A. Example", "Acme", "Utopia"]);
    let day = |name| Sheet { name, rows: &rows, ..Sheet::default() };
    let bytes = xlsx(&[day("Day 1"), day("Day 2")], "", false);
    let id = content_id(&bytes);
    let read = |more: &str| {
        let mappings = [format!("{mapping}{more}")];
        let snapshot = Snapshot { mappings: &mappings, ..Snapshot::new(&id, "a.xlsx", &bytes) };
        adapters::adapter_for(&snapshot).expect("the mapping knows it").read(&snapshot)
    };
    let of_days = read("labels = { session = \"sheet: *\" }\n");
    assert_eq!(
        lines(&of_days),
        ["attended Day 1 A. Example   @ sheet Day 1, cell A2", "attended Day 2 A. Example   @ sheet Day 2, cell A2",]
    );
    // A fact of a workbook has no place of its own: the second of a name is told, not lost.
    let kinds = |reading: &Reading| reading.problems.iter().map(|problem| problem.kind).collect::<Vec<_>>();
    assert_eq!(kinds(&of_days), ["doubled-row", "doubled-row"]);
    let without = read("");
    assert_eq!((without.facts.len(), kinds(&without)), (1, vec!["doubled-row"; 3]));
}

#[test]
fn headings_of_other_languages_are_proposed() {
    for (header, list) in [
        (["文稿编号", "题目", "来源单位"], "contributions"),
        (["姓名", "单位", "签到"], "attendance"),
        (["Nom", "Organisme", "Pays"], "attendance"),
    ] {
        let rows = row(1, &header) + &row(2, &["1", "甲", "Acme"]);
        let bytes = xlsx(&[Sheet { name: "Liste", rows: &rows, ..Sheet::default() }], "", false);
        let id = content_id(&bytes);
        let snapshot = Snapshot::new(&id, "participants.xlsx", &bytes);
        let proposed = adapters::propose_mapping(&snapshot);
        assert_eq!(proposed.as_ref().map(Mapping::list), Some(list), "{header:?}");
    }
}

#[test]
fn a_binary_workbook_is_told() {
    let bytes = made::zip(&[("xl/workbook.bin", b"x".as_slice())]);
    let (_, reading) = read(&bytes, "a.xlsb");
    assert_eq!(reading.problems[0].kind, "workbook-unsupported");
}

#[test]
fn an_unreadable_mapping_is_told_and_the_rest_is_used() {
    let bytes = b"Doc,Title,Company\nM1-1,One,Acme\n";
    let mappings = ["mapping = 1\n".to_string(), MAPPING.to_string()];
    let id = content_id(bytes);
    let snapshot = Snapshot { mappings: &mappings, ..Snapshot::new(&id, "a.csv", bytes) };
    let reading = adapters::adapter_for(&snapshot).expect("the second knows it").read(&snapshot);
    let kinds: Vec<&str> = reading.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!((reading.facts.len(), kinds), (1, vec!["body-not-named", "mapping-unreadable"]));
    assert_eq!(reading.problems[1].evidence.place, "mapping 1 of the workspace");
}

#[test]
fn the_documented_mapping_is_one_and_every_field_is_documented() {
    let text = include_str!("../../../docs/mappings.md");
    let example = text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("it has an example");
    let mapping = Mapping::from_toml(example).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!((mapping.name(), mapping.list()), ("made-wg1-documents", "contributions"));
    for list in ["contributions", "liaisons", "attendance", "ballot"] {
        let wrong = example
            .replace("list = \"contributions\"", &format!("list = \"{list}\""))
            .replace("contact =", "nothing =");
        let fault = Mapping::from_toml(&wrong).expect_err("a field is not known").to_string();
        let fields = fault
            .split("one of the fields ")
            .nth(1)
            .and_then(|rest| rest.split(", found").next())
            .expect("it lists them");
        let row = text.lines().find(|line| line.starts_with(&format!("| `{list}` |"))).expect("the list has a row");
        for field in fields.split(", ") {
            assert!(row.contains(&format!("`{field}`")), "`{field}` of {list} is missing from docs/mappings.md");
        }
    }
}
