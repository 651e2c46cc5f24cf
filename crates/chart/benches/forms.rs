//! How long a picture of 5,000 rows takes: `cargo bench -p chart`. The budget is 5 ms for each form.
//!
//! The line `paper` is what the memory of the largest picture alone costs on this machine.

use std::hint::black_box;
use std::time::Duration;

use chart::*;

const N: usize = 5_000;

#[expect(clippy::disallowed_methods, reason = "a benchmark needs a clock")]
fn main() {
    for (name, form) in forms() {
        let mut times: Vec<Duration> = (0..30)
            .map(|_| {
                let start = std::time::Instant::now();
                black_box(form.svg(Width::Wide));
                start.elapsed()
            })
            .collect();
        times.sort();
        let size = form.svg(Width::Wide).len();
        #[expect(clippy::print_stdout, reason = "the figures are the output")]
        {
            println!("{name:<10} fastest {:>8.2?}  median {:>8.2?}  {size:>9} bytes", times[0], times[15]);
        }
    }
}

/// Takes the memory of a picture and writes every byte of it.
struct Paper(Frame);

impl Form for Paper {
    fn frame(&self) -> &Frame {
        &self.0
    }

    fn svg(&self, _: Width) -> String {
        "x".repeat(2_900_000)
    }

    fn table(&self) -> Table {
        Table::default()
    }
}

fn forms() -> Vec<(&'static str, Box<dyn Form>)> {
    let frame = || Frame { id: "a".into(), title: "A".into(), summary: "B".into(), origin: Origin::MadeUp };
    let name = |at: usize| format!("Organisation of the Northern Provinces, branch {at}");
    let href = |at: usize| Some(format!("/members/m{at}?from=2021-01&to=2025-12"));
    let value = |at: usize| Value::between((at % 97) as f64 + 0.37, (at % 97) as f64 - 3.21, (at % 97) as f64 + 4.4);
    let rows = (0..N).map(|at| {
        let rank = Some([at as u32, at as u32 + 9]);
        Dot { name: name(at), href: href(at), value: value(at), rank, tone: Tone::Plain }
    });
    let dots = Dots { frame: frame(), rows: rows.collect(), ..Dots::default() };
    let points = (0..N).map(|at| Point { period: at.to_string(), value: value(at), held: Some(0.5), href: href(at) });
    let points: Vec<Point> = points.collect();
    let parts =
        |at: usize| (0..5).map(|part| Part { value: Value::exact((at % 7 + part) as f64), href: href(at) }).collect();
    let bar = |at: usize| Bar { name: name(at), href: href(at), total: value(at), parts: parts(at) };
    let keys = vec!["part".to_string(); 5];
    // 1,000 rows of five parts: 5,000 marks.
    let bars = Bars { frame: frame(), keys, rows: (0..N / 5).map(bar).collect(), ..Bars::default() };
    let moment = |at: usize| Moment {
        at: 2021.0 + (at * 7919 % N) as f64 / 1000.0,
        label: name(at),
        href: href(at),
        tone: Tone::Plain,
    };
    let lane = Lane { name: "contributed".into(), href: href(0), marks: Marks::Moments((0..N).map(moment).collect()) };
    let lanes = Lanes { frame: frame(), period: [2021.0, 2026.0], lanes: vec![lane], held: Vec::new() };
    let cell =
        |at: usize| CoverageCell { share: Some((at % 5) as f64 / 4.0), note: "3 of 4 meetings".into(), href: href(at) };
    let row = |at: usize| CoverageRow { name: name(at), href: href(at), cells: (0..10).map(cell).collect() };
    let columns = (2016..2026).map(|year| year.to_string()).collect();
    let coverage = Coverage { frame: frame(), unit: "source".into(), columns, rows: (0..N / 10).map(row).collect() };
    vec![
        ("paper", Box::new(Paper(frame()))),
        ("dots", Box::new(dots)),
        ("line", Box::new(Line { frame: frame(), axis: Axis::default(), points: points.clone() })),
        ("spark", Box::new(Spark { frame: frame(), points })),
        ("bars", Box::new(bars)),
        ("lanes", Box::new(lanes)),
        ("coverage", Box::new(coverage)),
    ]
}
