//! Every form has a golden document: what small data are drawn as, and the table that tells the same.
//!
//! The heading says which data; `svg` blocks have one element a line.

use std::path::PathBuf;

use chart::*;
use dev::{run_golden, table};

#[test]
fn dots() {
    golden("dots", |title| match title {
        "A dot stands on its interval" => Some(Box::new(Dots {
            frame: frame(Origin::Sources),
            axis: Axis { label: "score, 0 to 100".into(), range: Some([0.0, 100.0]) },
            unit: "organisation".into(),
            rows: vec![Dot { rank: Some([1, 2]), tone: Tone::Accent, ..dot("Acme", Value::between(62.4, 55.2, 70.9)) }],
        })),
        "Suppressed, unknown and zero are three marks" => Some(Box::new(Dots {
            frame: frame(Origin::MadeUp),
            axis: Axis { label: "people".into(), range: Some([0.0, 20.0]) },
            unit: "organisation".into(),
            rows: vec![
                dot("Borealis", Value::Suppressed { below: 5 }),
                dot("Cassiopeia", Value::Unknown),
                dot("Delta", Value::exact(0.0)),
            ],
        })),
        "Nothing is said to be nothing" => Some(Box::new(Dots { frame: frame(Origin::Sources), ..Dots::default() })),
        _ => None,
    });
}

#[test]
fn line() {
    golden("line", |title| match title {
        "A gap stays a gap" => {
            let point = |period: &str, value, held| Point {
                period: period.into(),
                value,
                held,
                href: Some(format!("/rows?year={period}")),
            };
            Some(Box::new(Line {
                frame: frame(Origin::Sources),
                axis: Axis { label: "documents".into(), range: None },
                points: vec![
                    point("2021", Value::between(40.0, 35.0, 46.0), Some(1.0)),
                    point("2022", Value::between(44.0, 39.0, 50.0), Some(0.5)),
                    point("2023", Value::Unknown, Some(0.0)),
                    point("2024", Value::between(30.0, 22.0, 40.0), None),
                ],
            }))
        }
        _ => None,
    });
}

#[test]
fn bars() {
    let bars = |arrangement| {
        let part = |value: f64| Part { value: Value::exact(value), href: Some("/rows".into()) };
        let bar = Bar {
            name: "Acme".into(),
            href: Some("/acme".into()),
            total: Value::between(30.5, 25.0, 36.0),
            parts: vec![part(20.0), part(10.5), part(0.0)],
        };
        let axis = Axis { label: "points".into(), range: None };
        let keys = vec!["attended".into(), "contributed".into(), "held a role".into()];
        Bars { frame: frame(Origin::Sources), axis, unit: "organisation".into(), arrangement, keys, rows: vec![bar] }
    };
    golden("bars", |title| match title {
        "Parts of a whole stand end to end" => Some(Box::new(bars(Arrangement::Stacked))),
        "Steps lead to the sum" => Some(Box::new(bars(Arrangement::Steps))),
        "Counts stand side by side" => Some(Box::new(bars(Arrangement::Grouped))),
        _ => None,
    });
}

#[test]
fn lanes() {
    golden("lanes", |title| match title {
        "Moments of one quarter gather, spans keep their tracks" => {
            let moment =
                |at, label: &str| Moment { at, label: label.into(), href: Some("/facts/1".into()), tone: Tone::Plain };
            let span = |from, to, label: &str| Span { from, to, label: label.into(), href: None, tone: Tone::Plain };
            let moments = vec![
                moment(month(2024, 2, 3), "2024-02-03, meeting 1"),
                moment(month(2024, 3, 9), "2024-03-09, meeting 2"),
                moment(month(2025, 5, 1), "2025-05-01, meeting 3"),
            ];
            let spans = vec![span(2024.0, 2025.5, "editor"), span(2025.0, f64::NAN, "convenor")];
            let lane = |name: &str, marks| Lane { name: name.into(), href: Some("/rows?act=x".into()), marks };
            Some(Box::new(Lanes {
                frame: frame(Origin::Sources),
                period: [2023.0, 2026.0],
                lanes: vec![lane("attended", Marks::Moments(moments)), lane("held a role", Marks::Spans(spans))],
                held: vec![
                    Held { from: 2023.0, to: 2024.0, share: None },
                    Held { from: 2024.0, to: 2026.0, share: Some(0.8) },
                ],
            }))
        }
        _ => None,
    });
}

#[test]
fn coverage() {
    golden("coverage", |title| match title {
        "Held, half, gap and not known" => {
            let cell = |share, note: &str| CoverageCell { share, note: note.into(), href: Some("/evidence".into()) };
            let cells =
                vec![cell(Some(1.0), "4 of 4 meetings"), cell(Some(0.5), "2 of 4 meetings"), cell(Some(0.0), "")];
            Some(Box::new(Coverage {
                frame: frame(Origin::Sources),
                unit: "source".into(),
                columns: ["2022", "2023", "2024", "2025"].map(String::from).into(),
                rows: vec![CoverageRow { name: "minutes".into(), href: Some("/evidence/minutes".into()), cells }],
            }))
        }
        _ => None,
    });
}

#[test]
fn spark() {
    golden("spark", |title| match title {
        "The last value is a dot" => {
            let values = [Value::exact(1.0), Value::exact(3.0), Value::Unknown, Value::exact(2.0)];
            let point = |(at, value)| Point { period: format!("{}", 2021 + at), value, held: None, href: None };
            let points = values.into_iter().enumerate().map(point).collect();
            Some(Box::new(Spark { frame: frame(Origin::Sources), points }))
        }
        _ => None,
    });
}

fn golden(form: &str, build: impl Fn(&str) -> Option<Box<dyn Form>>) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("golden/{form}.md"));
    run_golden(path, |case| {
        let Some(form) = build(&case.title) else {
            assert!(case.block("svg wide").is_none(), "no data for `{}`", case.title);
            return Vec::new();
        };
        let told = form.table();
        let header: Vec<&str> = told.header.iter().map(String::as_str).collect();
        let cell =
            |cell: &Cell| cell.href.as_ref().map_or(cell.text.clone(), |href| format!("{} -> {href}", cell.text));
        let rows: Vec<Vec<String>> = told.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let lines = |svg: String| svg.replace("><", ">\n<") + "\n";
        vec![
            ("svg wide".into(), lines(form.svg(Width::Wide))),
            ("svg narrow".into(), lines(form.svg(Width::Narrow))),
            ("table".into(), table(&header, &rows)),
        ]
    });
}

fn frame(origin: Origin) -> Frame {
    Frame { id: "main".into(), title: "Engagement, 2025".into(), summary: "One organisation scores 62.".into(), origin }
}

fn dot(name: &str, value: Value) -> Dot {
    Dot { name: name.into(), href: Some(format!("/members/{}", name.to_lowercase())), value, ..Dot::default() }
}
