//! Laws of every form, for any data: nothing panics, all coordinates are numbers inside the view box, all text is
//! escaped, every link can be hit, and the table has a cell per column.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use chart::*;
use proptest::prelude::*;

/// Any number, with the ones that break charts more often.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -1e3..1e3,
        1 => any::<f64>(),
        1 => prop::sample::select(vec![0.0, -0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, 5e-324]),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => (number(), number(), number()).prop_map(|(value, low, high)| Value::between(value, low, high)),
        2 => number().prop_map(Value::exact),
        1 => any::<u32>().prop_map(|below| Value::Suppressed { below }),
        1 => Just(Value::Unknown),
    ]
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), ".{0,120}", Just("<a href=\"x\">&amp;'</a>\u{1}\u{ffff}".into()), Just(String::new())]
}

fn href() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        Just(None),
        words().prop_map(Some),
        Just(Some("javascript:alert(1)".into())),
        Just(Some("/rows?a=1&b=2".into()))
    ]
}

fn tone() -> impl Strategy<Value = Tone> {
    prop::sample::select(vec![Tone::Plain, Tone::Accent, Tone::Good, Tone::Bad])
}

fn frame() -> impl Strategy<Value = Frame> {
    let origin = prop::sample::select(vec![Origin::Sources, Origin::MadeUp]);
    (words(), words(), words(), origin).prop_map(|(id, title, summary, origin)| Frame { id, title, summary, origin })
}

fn axis() -> impl Strategy<Value = Axis> {
    (words(), prop::option::of([number(), number()])).prop_map(|(label, range)| Axis { label, range })
}

fn dots() -> impl Strategy<Value = Dots> {
    let dot = (words(), href(), value(), prop::option::of([any::<u32>(), any::<u32>()]), tone());
    let dot = dot.prop_map(|(name, href, value, rank, tone)| Dot { name, href, value, rank, tone });
    (frame(), axis(), words(), prop::collection::vec(dot, 0..20)).prop_map(|(frame, axis, unit, rows)| Dots {
        frame,
        axis,
        unit,
        rows,
    })
}

fn points() -> impl Strategy<Value = Vec<Point>> {
    let point = (words(), value(), prop::option::of(number()), href());
    prop::collection::vec(point.prop_map(|(period, value, held, href)| Point { period, value, held, href }), 0..60)
}

fn bars() -> impl Strategy<Value = Bars> {
    let part = (value(), href()).prop_map(|(value, href)| Part { value, href });
    let bar = (words(), href(), value(), prop::collection::vec(part, 0..12));
    let bar = bar.prop_map(|(name, href, total, parts)| Bar { name, href, total, parts });
    let arrangement = prop::sample::select(vec![Arrangement::Stacked, Arrangement::Steps, Arrangement::Grouped]);
    let keys = prop::collection::vec(words(), 0..12);
    (frame(), axis(), words(), arrangement, keys, prop::collection::vec(bar, 0..6))
        .prop_map(|(frame, axis, unit, arrangement, keys, rows)| Bars { frame, axis, unit, arrangement, keys, rows })
}

fn time() -> impl Strategy<Value = f64> {
    prop_oneof![8 => 2000.0..2030.0, 1 => number()]
}

fn lanes() -> impl Strategy<Value = Lanes> {
    let moment = (time(), words(), href(), tone()).prop_map(|(at, label, href, tone)| Moment { at, label, href, tone });
    let span = (time(), time(), words(), href(), tone()).prop_map(|(from, to, label, href, tone)| Span {
        from,
        to,
        label,
        href,
        tone,
    });
    let marks = prop_oneof![
        prop::collection::vec(moment, 0..40).prop_map(Marks::Moments),
        prop::collection::vec(span, 0..20).prop_map(Marks::Spans),
    ];
    let lane = (words(), href(), marks).prop_map(|(name, href, marks)| Lane { name, href, marks });
    let held = (time(), time(), prop::option::of(number())).prop_map(|(from, to, share)| Held { from, to, share });
    let (lanes, held) = (prop::collection::vec(lane, 0..5), prop::collection::vec(held, 0..5));
    (frame(), [time(), time()], lanes, held).prop_map(|(frame, period, lanes, held)| Lanes {
        frame,
        period,
        lanes,
        held,
    })
}

fn coverage() -> impl Strategy<Value = Coverage> {
    let cell = (prop::option::of(number()), words(), href());
    let cells = prop::collection::vec(cell.prop_map(|(share, note, href)| CoverageCell { share, note, href }), 0..40);
    let row = (words(), href(), cells).prop_map(|(name, href, cells)| CoverageRow { name, href, cells });
    (frame(), words(), prop::collection::vec(words(), 0..40), prop::collection::vec(row, 0..5))
        .prop_map(|(frame, unit, columns, rows)| Coverage { frame, unit, columns, rows })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn dots_hold(form in dots()) { holds(&form); }

    #[test]
    fn lines_hold(frame in frame(), axis in axis(), points in points()) { holds(&Line { frame, axis, points }); }

    #[test]
    fn sparks_hold(frame in frame(), points in points()) { holds(&Spark { frame, points }); }

    #[test]
    fn bars_hold(form in bars()) { holds(&form); }

    #[test]
    fn lanes_hold(form in lanes()) { holds(&form); }

    #[test]
    fn coverage_holds(form in coverage()) { holds(&form); }

    #[test]
    fn rounding_stays_near(value in -1e6..1e6, half in 1e-6..1e5) {
        let text = round_to_interval(value, value - half, value + half);
        let read: f64 = text.replace('\u{202f}', "").replace('\u{2212}', "-").parse().unwrap();
        prop_assert!((read - value).abs() <= half / 2.0 + 1e-9, "{value} ± {half} is {text}");
    }

    #[test]
    fn ticks_lie_inside_in_order(low in number(), high in number(), at_most in 0_usize..12) {
        let ticks = ticks(low, high, at_most);
        prop_assert!(ticks.len() <= at_most + 1);
        prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]), "{ticks:?}");
        let slack = (high - low).abs() * 1e-3;
        prop_assert!(ticks.iter().all(|tick| *tick >= low - slack && *tick <= high + slack), "{ticks:?}");
    }
}

/// Checks every law for both widths.
fn holds(form: &dyn Form) {
    for (width, smallest) in [(Width::Wide, 24.0 * 840.0 / 704.0), (Width::Narrow, 24.0 * 300.0 / 288.0)] {
        let svg = form.svg(width);
        well_formed(&svg);
        well_formed(&exported(&svg));
        // Names and addresses may hold the letters `NaN`; places may not.
        for name in ["x", "y", "cx", "cy", "r", "width", "height", "d"] {
            let before = format!(" {name}=\"");
            let values = svg.split(&before).skip(1).filter_map(|rest| rest.split('"').next());
            for value in values {
                assert!(!value.contains("NaN") && !value.contains("inf"), "{name} is {value}");
            }
        }
        let (head, body) = svg.split_once("</defs>").unwrap();
        let units: Vec<f64> =
            head.split("viewBox=\"0 0 ").nth(1).unwrap().split('"').next().unwrap().split(' ').map(read).collect();
        for element in body.split('<').filter(|element| element.contains(" class=\"")) {
            for [x, y] in corners(element) {
                assert!((-0.1..=units[0] + 0.1).contains(&x), "x {x} outside {units:?}: {element}");
                assert!((-0.1..=units[1] + 0.1).contains(&y), "y {y} outside {units:?}: {element}");
            }
        }
        for link in body.split("<a ").skip(1) {
            let hit = link.split("<rect class=\"hit\"").nth(1).and_then(|rest| rest.split('>').next()).unwrap();
            assert!(!link.starts_with("href=\"javascript:"), "{link}");
            let sides = [attribute(hit, "width").unwrap(), attribute(hit, "height").unwrap()];
            assert!(sides.iter().all(|side| *side >= smallest - 0.11), "{sides:?} < {smallest}: <a {link}");
        }
    }
    let table = form.table();
    assert!(table.rows.iter().all(|row| row.len() == table.header.len()));
}

/// The corners of what an element covers.
fn corners(element: &str) -> Vec<[f64; 2]> {
    let at = |name| attribute(element, name);
    if let (Some(x), Some(y)) = (at("cx"), at("cy")) {
        // A mark at the very edge may hang over by its radius, which the page leaves visible.
        return vec![[x, y]];
    }
    if let (Some(x), Some(y)) = (at("x"), at("y")) {
        return vec![[x, y], [x + at("width").unwrap_or(0.0), y + at("height").unwrap_or(0.0)]];
    }
    let Some(path) = element.split(" d=\"").nth(1).and_then(|rest| rest.split('"').next()) else { return Vec::new() };
    let mut corners: Vec<[f64; 2]> = Vec::new();
    let mut starts: Vec<usize> = path.char_indices().filter(|(_, c)| "MLHv".contains(*c)).map(|(at, _)| at).collect();
    starts.push(path.len());
    for pair in starts.windows(2) {
        let step = path[pair[0]..pair[1]].trim_end_matches('Z');
        let numbers: Vec<f64> = step[1..].split(' ').map(read).collect();
        let last = corners.last().copied().unwrap_or_default();
        corners.push(match &step[..1] {
            "H" => [numbers[0], last[1]],
            "v" => [last[0], last[1] + numbers[0]],
            _ => [numbers[0], numbers[1]],
        });
    }
    corners
}

fn attribute(element: &str, name: &str) -> Option<f64> {
    element.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(read)
}

fn read(number: &str) -> f64 {
    number.parse().unwrap_or_else(|_| panic!("`{number}` is not a number"))
}

/// Checks that elements nest, that no text or attribute holds a bare `&`, and that no forbidden character is left.
fn well_formed(svg: &str) {
    assert!(!svg.chars().any(|letter| (letter < ' ') || matches!(letter, '\u{fffe}' | '\u{ffff}')), "{svg:?}");
    for entity in svg.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|known| entity.starts_with(known));
        assert!(known, "bare & before {entity}");
    }
    let mut open = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("every element is closed");
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if tag.ends_with('/') => {}
            None => open.push(tag.split(' ').next().unwrap_or_default()),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}
