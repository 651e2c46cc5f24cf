//! Big document lists for benchmarks: as many rows as wanted, in the form of the lists that `tdocs_by_agenda` reads.
//!
//! Nothing real stands in them; lists of other seeds are of other meetings, so that no number stands twice.

use std::fmt::Write as _;

/// Returns a document list with this many rows, as bytes of a file. The same arguments give the same bytes.
///
/// A row has one to four sources and an outcome: about four facts. A row in five is revised by the row after it.
#[must_use]
pub fn big_list(seed: u64, n_rows: usize) -> Vec<u8> {
    let mut text = String::with_capacity(n_rows * 800 + 2000);
    let _ = write!(
        text,
        "<HTML>\n<!-- made-up data, for benchmarks -->\n<HEAD>\n\
         <META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html;charset=windows-1252\">\n\
         <TITLE>Document List for meeting MADE WG9#{seed}, 2025-03-10..2025-03-14 - Ordered by Agenda Item</TITLE>\n\
         </HEAD>\n<BODY>\n<table TABLE BORDER=1 CELLSPACING=0 WIDTH=1000 & >\n<THEAD>\n"
    );
    row(&mut text, ["AI", "TD#", "Type", "Doc For", "Subject", "Source", "Rel", "Work Item", "Comments", "Result"]);
    text.push_str("</THEAD>\n<TBODY>\n");
    for at in 0..n_rows {
        document(&mut text, seed, at);
    }
    text.push_str("</TBODY>\n</TABLE>\n</BODY>\n</HTML>\n");
    text.into_bytes()
}

fn document(text: &mut String, seed: u64, at: usize) {
    let number = |at: usize| format!("M9-{:02}{at:05}", seed % 100);
    let mark = mixed(seed, at);
    let sources: Vec<String> =
        (0..=mark % 4).map(|n| format!("Company {:03}", (mark / 7 + n * (11 + mark % 5)) % 200)).collect();
    let (comment, result) = match (at % 5, mark % 6) {
        (0, _) => (format!("Revised to {}.", number(at + 1)), "Revised"),
        (1, _) => (format!("Revision of {}. Agreed", number(at - 1)), "Agreed"),
        (_, 0..3) => ("Noted".into(), "Noted"),
        (_, 3) => ("Postponed".into(), "Postponed"),
        _ => ("Agreed".into(), "Agreed"),
    };
    let title = format!("11.501 CR{:04} (Rel-3, 'F'): Procedure number {} for bulk transfer", at / 5, mark % 1000);
    let item = format!("5.{}", 1 + at * 8 / (at + 1000));
    let work = format!("WORK{}", mark % 9);
    let (number, sources) = (number(at), sources.join(", "));
    row(text, [&item, &number, "CR", "Approval", &title, &sources, "Rel-3", &work, &comment, result]);
}

fn row(text: &mut String, cells: [&str; 10]) {
    text.push_str("<TR VALIGN=TOP>\n");
    for cell in cells {
        let _ = writeln!(text, "  <TD BGCOLOR =#FFFFFF><FONT style=FONT-SIZE:9pt FACE=\"Arial\">{cell}</FONT></TD>");
    }
    text.push_str("</TR>\n");
}

/// A number below 2^31 that looks arbitrary.
fn mixed(seed: u64, at: usize) -> usize {
    let state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (at as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    usize::try_from((state ^ (state >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 33).expect("31 bits fit")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_its_rows_and_is_the_same_each_time() {
        let list = big_list(3, 1000);
        assert_eq!(list, big_list(3, 1000));
        assert_ne!(list, big_list(4, 1000));
        let text = String::from_utf8(list).unwrap();
        assert_eq!(text.matches("<TR ").count(), 1001);
        assert_eq!(text.matches(">M9-03").count(), 1000);
        for word in ["Revised to M9-0300001.", ">Noted<", ">Postponed<", ", Company "] {
            assert!(text.contains(word), "`{word}` is missing");
        }
    }
}
