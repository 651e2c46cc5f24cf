//! Document lists as a word processor saves them: HTML in windows-1252, unclosed font tags and all.
//!
//! Header words change over the years; some lists lack a column; 3 rows of 1,000 lose their last cells and as many
//! stand twice.

use super::calendar::Meeting;
use super::documents::{Line, Row};
use super::draw::Draw;

/// The columns of a list: header word, and whether it is held in this list.
struct Columns {
    title: &'static str,
    comment: &'static str,
    with_work: With,
}

#[derive(PartialEq, Eq)]
enum With {
    Work,
    NoWork,
}

/// Returns the document list of a meeting as bytes of a file.
pub(super) fn list(meeting: &Meeting, lines: &[Line], draw: &mut Draw) -> Vec<u8> {
    let columns = columns(meeting);
    let mut text = head(meeting);
    text.push_str(&header(&columns));
    let mut n_documents = 0;
    for (at, line) in lines.iter().enumerate() {
        match line {
            Line::Heading { item, title } => text.push_str(&heading(&columns, item, title, n_below(&lines[at + 1..]))),
            Line::Document(row) => {
                n_documents += 1;
                let cells = cells(&columns, row);
                let n_kept = if draw.chance(0.003) { cells.len() - 2 } else { cells.len() };
                let html = table_row(&cells[..n_kept], shade(row.result));
                text.push_str(&html);
                if draw.chance(0.003) {
                    text.push_str(&html);
                }
            }
        }
    }
    text.push_str(&format!(
        "</TBODY>\n</TABLE>\n\n<P><FONT FACE=\"Arial\"><B>END OF LIST</B></FONT></P>\n\
         <P><FONT FACE=\"Arial\">Total documents:  <B>{n_documents} </B></FONT></P>\n</BODY>\n</HTML>\n"
    ));
    windows_1252(&text)
}

/// Returns a list that somebody saved before it was made: the word processor's first page and no table.
pub(super) fn unreadable_list(meeting: &Meeting) -> Vec<u8> {
    let text = head(meeting) + "<P><FONT FACE=\"Arial\">The list is being made. Please come back after the meeting –";
    windows_1252(&text)
}

fn columns(meeting: &Meeting) -> Columns {
    match meeting.from.year() {
        2021 => Columns { title: "Title", comment: "Comments", with_work: With::Work },
        2023 if meeting.group == 1 => Columns { title: "Subject", comment: "Comment", with_work: With::NoWork },
        _ => Columns { title: "Subject", comment: "Comments", with_work: With::Work },
    }
}

fn head(meeting: &Meeting) -> String {
    let title = format!(
        "Document List for meeting {}, {}..{} - Ordered by Agenda Item",
        meeting.name(),
        meeting.from,
        meeting.to
    );
    let settings = "  <w:LsdException Locked=\"false\" Priority=\"9\" QFormat=\"true\" Name=\"heading\"/>\n".repeat(8);
    format!(
        "<HTML>\n<!-- made-up data: no such body, organisation or person exists -->\n<HEAD>\n\
         <META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html;charset=windows-1252\">\n<TITLE>{title}</TITLE>\n</HEAD>\n\n\
         <BODY>\n<!--[if gte mso 9]><xml>\n <w:LatentStyles>\n{settings} </w:LatentStyles>\n</xml><![endif]-->\n\
         <p class=MsoNormal style='page-break-after:avoid'><o:p>&nbsp;</o:p></p>\n\
         <P><FONT style=FONT-SIZE:16pt FACE=\"Arial\">List for Meeting:  <B> {} </B></FONT></P>\n\
         <P><FONT FACE=\"Arial\">Made-up data. The Chair’s notes on “{}” are kept elsewhere.</FONT></P>\n",
        meeting.name(),
        meeting.of().title,
    )
}

fn header(columns: &Columns) -> String {
    let mut words =
        vec!["AI", "TD#", "Type", "Doc For", columns.title, "Source", "Rel", "Work Item", columns.comment, "Result"];
    if columns.with_work == With::NoWork {
        words.retain(|word| *word != "Work Item");
    }
    let cells = words.iter().fold(String::new(), |text, word| {
        text + &format!("  <TD BGCOLOR=#C0C0C0><FONT style=FONT-SIZE:9pt FACE=\"Arial\"><b> {word} </b></FONT></TD>\n")
    });
    format!(
        "<table TABLE BORDER=1 CELLSPACING=0 WIDTH=1000 & >\n<THEAD>\n<TR VALIGN=TOP>\n{cells}</TR>\n</THEAD>\n<TBODY>\n"
    )
}

fn n_below(lines: &[Line]) -> usize {
    lines.iter().take_while(|line| matches!(line, Line::Document(_))).count()
}

fn heading(columns: &Columns, item: &str, title: &str, n_documents: usize) -> String {
    let row = Row {
        item: item.into(),
        number: "-".into(),
        kind: "-",
        purpose: "-",
        title: title.into(),
        source: "-".into(),
        release: "-",
        work: "-",
        comment: format!("Docs:={n_documents}"),
        result: "-",
    };
    table_row(&cells(columns, &row), "99CCFF")
}

fn cells(columns: &Columns, row: &Row) -> Vec<String> {
    let number = if row.number == "-" {
        row.number.clone()
    } else {
        format!("<a name={0} href=\"Docs\\{0}.zip\">{0}</a>", row.number)
    };
    let text = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let mut cells =
        vec![row.item.clone(), number, row.kind.into(), row.purpose.into(), text(&row.title), text(&row.source)];
    cells.push(row.release.into());
    if columns.with_work == With::Work {
        cells.push(row.work.into());
    }
    cells.extend([text(&row.comment), row.result.into()]);
    cells
}

fn table_row(cells: &[String], shade: &str) -> String {
    let mut text = String::from("<TR VALIGN=TOP>\n");
    for cell in cells {
        text.push_str(&format!("  <TD BGCOLOR =#{shade}><FONT FACE=\"Arial\">{cell}</FONT></TD>\n"));
    }
    text + "</TR>\n"
}

fn shade(result: &str) -> &'static str {
    match result {
        "Approved" | "Agreed" | "Endorsed" => "339966",
        "Revised" | "Merged" => "D9D9D9",
        _ => "FFFFFF",
    }
}

/// The made-up texts use Latin-1 and a few marks that windows-1252 keeps elsewhere; anything else is an entity.
fn windows_1252(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '–' => bytes.push(0x96),
            '’' => bytes.push(0x92),
            '“' => bytes.push(0x93),
            '”' => bytes.push(0x94),
            _ => match u8::try_from(u32::from(letter)) {
                Ok(byte) if !(0x80..0xa0).contains(&byte) => bytes.push(byte),
                _ => bytes.extend(format!("&#{};", u32::from(letter)).bytes()),
            },
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    #[test]
    fn letters_outside_the_code_page_are_entities() {
        assert_eq!(super::windows_1252("é–ł"), b"\xe9\x96&#322;");
    }
}
