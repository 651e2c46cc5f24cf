//! The stylesheet's colours: enough contrast in both themes, the same dark theme in both places, and an exported picture
//! that needs no stylesheet.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::collections::BTreeMap;

use chart::*;

const STYLESHEET: &str = include_str!("../../app/assets/app.css");
const DARK: [&str; 2] = [":root:not([data-theme=\"light\"]) {", ":root[data-theme=\"dark\"] {"];

type Colours = BTreeMap<&'static str, [f64; 3]>;

#[test]
fn text_has_contrast_4_5_and_marks_3() {
    for (theme, colours) in [("light", colours(":root {")), ("dark", colours(DARK[0]))] {
        let text = [
            ("--ink", "--paper"),
            ("--ink", "--wash"),
            ("--ink", "--mark"),
            ("--muted", "--paper"),
            ("--muted", "--wash"),
            ("--accent", "--paper"),
            ("--accent", "--wash"),
            ("--good", "--paper"),
            ("--bad", "--paper"),
            ("--bad", "--wash"),
            ("--unknown", "--paper"),
            ("--made-up", "--paper"),
        ];
        // Words stand in paper colour on the eight fills.
        let fills = ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6", "--c7", "--c8"].map(|fill| ("--paper", fill));
        for (front, back) in text.into_iter().chain(fills) {
            let contrast = contrast(colours[front], colours[back]);
            assert!(contrast >= 4.5, "{theme}: {front} on {back} has {contrast:.2}");
        }
        for (front, back) in
            [("--range", "--paper"), ("--field", "--paper"), ("--field", "--wash"), ("--focus", "--paper")]
        {
            let contrast = contrast(colours[front], colours[back]);
            assert!(contrast >= 3.0, "{theme}: {front} on {back} has {contrast:.2}");
        }
        let dot = contrast(colours["--ink"], colours["--range"]);
        assert!(dot >= 3.0, "{theme}: a dot on its interval has {dot:.2}");
    }
}

#[test]
fn both_dark_themes_are_one() {
    assert_eq!(block(DARK[0]).trim_end(), block(DARK[1]).trim_end());
    assert_eq!(colours(DARK[0]).keys().collect::<Vec<_>>(), colours(":root {").keys().collect::<Vec<_>>());
}

#[test]
fn every_variable_that_is_used_is_defined() {
    let defined = block(":root {");
    for used in STYLESHEET.split("var(").skip(1) {
        let name = used.split(')').next().unwrap();
        assert!(defined.contains(&format!("{name}:")), "{name}");
    }
}

/// A class without a rule would be drawn black in every theme.
#[test]
fn every_class_of_a_mark_has_a_rule() {
    for (_, svg) in drawn() {
        for classes in
            svg.split("<").filter(|tag| !tag.starts_with("svg")).filter_map(|tag| tag.split("class=\"").nth(1))
        {
            for class in classes.split('"').next().unwrap().split(' ') {
                let known = STYLESHEET.contains(&format!(".chart .{class} "))
                    || STYLESHEET.contains(&format!(".{class} {{"))
                    || STYLESHEET.contains(&format!(".{class},"));
                assert!(known || matches!(class, "plain" | "name"), "{class}");
            }
        }
    }
}

#[test]
fn an_exported_picture_needs_no_stylesheet() {
    for (name, svg) in drawn() {
        let file = exported(&svg);
        assert!(!file.contains("var("), "{name}");
        assert!(file.contains(".chart .dot{") || file.contains(".chart .dot {"), "{name}");
        assert!(file.contains("#fdfdfb") && !file.contains("width=\"100%\""), "{name}");
        assert!(file.find("<title").unwrap() < file.find("<style").unwrap(), "{name}");
    }
    assert_eq!(exported("no picture"), "no picture");
}

/// Pictures that use every mark.
fn drawn() -> Vec<(&'static str, String)> {
    let frame = || Frame { id: "a".into(), origin: Origin::MadeUp, ..Frame::default() };
    let values = [Value::between(2.0, 1.0, 3.0), Value::exact(0.0), Value::Suppressed { below: 5 }, Value::Unknown];
    let dots = Dots {
        frame: frame(),
        rows: values.map(|value| Dot { value, tone: Tone::Accent, href: Some("/".into()), ..Dot::default() }).into(),
        ..Dots::default()
    };
    let points = values.map(|value| Point { value, held: Some(0.5), ..Point::default() });
    let points = [points.to_vec(), vec![points[0].clone(); 2]].concat();
    let line = Line { frame: frame(), points, ..Line::default() };
    let parts = |n: usize| vec![Part { value: Value::exact(1.0), href: None }; n];
    let bars = |arrangement| Bars {
        frame: frame(),
        arrangement,
        keys: vec!["key".into(); 9],
        rows: vec![Bar { total: Value::exact(9.0), parts: parts(9), ..Bar::default() }],
        ..Bars::default()
    };
    let moments = [Tone::Plain, Tone::Good, Tone::Bad].map(|tone| Moment { at: 2021.0, tone, ..Moment::default() });
    let span = Span { from: 2021.0, to: f64::NAN, label: "role".into(), ..Span::default() };
    let marks = [Marks::Moments(moments.into()), Marks::Spans(vec![span])];
    let lanes = marks.map(|marks| Lane { marks, ..Lane::default() }).into();
    let held = vec![Held { from: 2020.0, to: 2021.0, share: Some(0.5) }];
    let lanes = Lanes { frame: frame(), period: [2020.0, 2023.0], lanes, held };
    let cells = vec![CoverageCell { share: Some(0.4), ..CoverageCell::default() }];
    let rows = vec![CoverageRow { cells, ..CoverageRow::default() }];
    let coverage =
        Coverage { frame: frame(), columns: vec!["2024".into(), "2025".into()], rows, ..Coverage::default() };
    let forms: [(&str, &dyn Form); 7] = [
        ("dots", &dots),
        ("line", &line),
        ("stacked", &bars(Arrangement::Stacked)),
        ("steps", &bars(Arrangement::Steps)),
        ("lanes", &lanes),
        ("coverage", &coverage),
        ("nothing", &Dots { frame: frame(), ..Dots::default() }),
    ];
    forms.into_iter().map(|(name, form)| (name, form.svg(Width::Wide))).collect()
}

fn block(opening: &str) -> &'static str {
    let rest = STYLESHEET.split_once(opening).unwrap_or_else(|| panic!("no `{opening}`")).1;
    rest.split_once('}').expect("blocks end").0
}

fn colours(opening: &str) -> Colours {
    let pairs = block(opening).split(';').filter_map(|line| line.split_once(": #"));
    let channel =
        |hex: &str, at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("two digits")) / 255.0;
    pairs.map(|(name, hex)| (name.trim(), [0, 2, 4].map(|at| channel(hex, at)))).collect()
}

/// Contrast ratio of the Web Content Accessibility Guidelines 2.2, `1.0..=21.0`.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: [f64; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}
