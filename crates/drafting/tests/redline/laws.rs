//! Laws: what is read is what was written, and says what was meant.

use std::collections::BTreeSet;

use drafting::docx::{Made, read, written};
use drafting::{Change, Emphasis, Marked, Paragraph, Remark, Run, Style};
use proptest::prelude::*;

use crate::common::DATE;

const N_AUTHORS: usize = 3;
const N_REMARKS: usize = 3;

fn set(n: usize) -> impl Strategy<Value = BTreeSet<usize>> {
    prop::collection::btree_set(0..n, 1..=n)
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => Just(Change::Kept),
        3 => set(N_AUTHORS).prop_map(Change::Inserted),
        3 => set(N_AUTHORS).prop_map(Change::Deleted),
        1 => (set(N_AUTHORS), set(N_AUTHORS)).prop_map(|(inserted, deleted)| Change::Withdrawn { inserted, deleted }),
        // A change that nobody owns, and one of somebody who is not there.
        1 => Just(Change::Inserted(BTreeSet::new())),
        1 => Just(Change::Deleted([99].into())),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-c ]{0,6}",
        2 => "[a&<>\"'\t\n\r\u{2011}\u{ad}\u{a0}é\u{1f600}\u{1}\u{fffe}]{0,5}",
        2 => "(a|\\[\\^[1-3x]\\]|\\[\\^[1-3x]\\]: ){1,3}",
        1 => "(\\[\\^|1\\]|:|\\[){0,3}",
        1 => any::<String>(),
    ]
}

fn run() -> impl Strategy<Value = Run> {
    let remarks = prop_oneof![3 => Just(BTreeSet::new()), 1 => prop::collection::btree_set(0..N_REMARKS, 0..3)];
    (text(), change(), any::<(bool, bool)>(), remarks).prop_map(|(text, change, (is_italic, is_bold), remarks)| Run {
        text,
        change,
        emphasis: Emphasis { is_italic: is_italic && is_bold, is_bold },
        remarks,
    })
}

fn style() -> impl Strategy<Value = Style> {
    prop_oneof![
        4 => Just(Style::Plain),
        1 => any::<u8>().prop_map(Style::Heading),
        1 => Just(Style::Reference),
        1 => Just(Style::Call),
        2 => (0..12_u8).prop_map(Style::Item),
        3 => Just(Style::Note),
        2 => (0..2_u32, 0..3_u32, 0..70_u32).prop_map(|(table, row, column)| Style::Cell { table, row, column }),
        2 => (0..2_u32, 0..3_u32, 0..3_u32).prop_map(|(table, row, column)| Style::Cell { table, row, column }),
    ]
}

fn paragraph() -> impl Strategy<Value = Paragraph> {
    let free = (style(), prop::collection::vec(run(), 0..4), change());
    let free = free.prop_map(|(style, runs, mark)| Paragraph { style, runs, mark });
    // One that came or went whole, as paragraphs mostly do.
    let whole = (style(), text(), change());
    let whole = whole.prop_map(|(style, text, mark)| Paragraph {
        style,
        runs: vec![Run { text, change: mark.clone(), ..Run::default() }],
        mark,
    });
    let note = (text(), 1..4_u8).prop_map(|(text, label)| Paragraph {
        style: Style::Note,
        runs: vec![Run { text: format!("[^{label}]: {text}"), ..Run::default() }],
        mark: Change::Kept,
    });
    prop_oneof![3 => free, 3 => whole, 1 => note]
}

fn remark() -> impl Strategy<Value = Remark> {
    let date = prop::option::of(prop_oneof![Just(DATE), Just("2024-10-15T09:00:00"), Just("yesterday")]);
    ("[A-C\t ]{0,4}", date, text()).prop_map(|(author, date, text)| Remark {
        author,
        date: date.map(String::from),
        text,
    })
}

pub fn any_marked() -> impl Strategy<Value = Marked> {
    let authors = prop::collection::vec("[A-C]{0,2}|C1 <&>", N_AUTHORS..=N_AUTHORS);
    let paragraphs = prop::collection::vec(paragraph(), 0..7);
    let remarks = prop::collection::vec(remark(), N_REMARKS..=N_REMARKS);
    (authors, paragraphs, remarks).prop_map(|(authors, paragraphs, remarks)| Marked { authors, paragraphs, remarks })
}

/// The lines of the text, without an empty one behind a table at its end.
fn lines(text: &str) -> Vec<&str> {
    text.trim_end_matches('\n').lines().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_was_written_is_read(marked in any_marked()) {
        let file = written(&marked, &Made { title: "A title\n", date: Some(DATE) });
        let reading = read(&file).unwrap();
        prop_assert_eq!(&reading.problems, &vec![]);
        prop_assert_eq!(reading.marked, marked.normal());
    }

    #[test]
    fn the_normal_form_is_one(marked in any_marked()) {
        let normal = marked.normal();
        prop_assert_eq!(normal.normal(), normal);
    }

    #[test]
    fn the_normal_form_says_the_same(mut marked in any_marked(), accepted in set(N_AUTHORS)) {
        // Letters that XML cannot hold do change, notes move, and a mark without words behind a table goes.
        for paragraph in &mut marked.paragraphs {
            // Nor can words join those of a table.
            if matches!(paragraph.style, Style::Note | Style::Cell { .. }) {
                paragraph.style = Style::Plain;
            }
            for run in &mut paragraph.runs {
                run.text.retain(|letter| letter.is_ascii_alphabetic());
                run.change = known(run.change.clone());
            }
            paragraph.mark = known(paragraph.mark.clone());
        }
        marked.authors = vec!["A".into(), "B".into(), "C".into()];
        let normal = marked.normal();
        for accepts in [BTreeSet::new(), accepted, (0..N_AUTHORS).collect()] {
            let settled = |marked: &Marked| marked.settled(|author| accepts.contains(&author));
            let (one, other) = (settled(&normal), settled(&marked));
            prop_assert_eq!(lines(&one), lines(&other));
        }
    }

    #[test]
    fn the_same_text_gives_the_same_bytes(marked in any_marked()) {
        let made = Made { title: "", date: None };
        prop_assert_eq!(written(&marked, &made), written(&marked.clone(), &made));
    }
}

fn known(change: Change) -> Change {
    match change {
        Change::Inserted(by) | Change::Deleted(by) if by.iter().all(|author| *author >= N_AUTHORS) => Change::Kept,
        other => other,
    }
}
