//! Prints a specimen page with every form: `cargo run -p chart --example specimen -- PAGE [THEME] > page.html`.
//!
//! PAGE is `frame` (a whole page as the pages of the app are built), `forms`, `parts`, `edges` (one row, none, odd values)
//! or `many` (5,000 rows). All data are made up. `app.css` and `readout.js` are expected beside the page.

use std::fmt::Write as _;

use chart::*;

fn main() {
    let mut words = std::env::args().skip(1);
    let page = words.next().unwrap_or_else(|| "frame".into());
    let theme = words.next().map(|theme| format!(" data-theme=\"{theme}\"")).unwrap_or_default();
    let body = match page.as_str() {
        "forms" => forms(),
        "parts" => parts(),
        "edges" => edges(),
        "many" => figure(&dots(5_000)),
        _ => frame(),
    };
    #[expect(clippy::print_stdout, reason = "the page is the output")]
    {
        println!("{}", page_of(&theme, &body));
    }
}

fn page_of(theme: &str, body: &str) -> String {
    format!(
        r##"<!doctype html>
<html lang="en"{theme}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Engagement · Rapporteur</title><link rel="stylesheet" href="app.css"><script type="module" src="readout.js"></script></head>
<body><a class="skip" href="#main">Skip to content</a>
<header class="top"><a class="brand" href="/">Rapporteur</a><nav aria-label="Pages"><ul><li><a href="/">Pulse</a></li><li><a href="/engagement" aria-current="page">Engagement</a></li><li><a href="/members">Members</a></li><li><a href="/evidence">Evidence</a></li><li><a href="/explain">Explain</a></li></ul></nav><a class="theme" href="?theme=dark">Dark</a></header>
<aside class="made-up-band" aria-label="Made-up data"><span>made-up data: the body, its members and all figures are invented</span></aside>
<main id="main">
<h1>Engagement</h1><p class="question">Who is engaged, rising, leaving?</p>
{body}
<footer class="truth"><h2>About these figures</h2><dl><dt>Sources</dt><dd>6 document lists and 24 minutes, snapshot <a href="/evidence">7f3a09c1</a></dd><dt>Period</dt><dd>January 2021 to December 2025</dd><dt>Coverage</dt><dd>28 of 30 meetings; the lists of two meetings of 2022 are not held</dd><dt>Unresolved</dt><dd>3&#8239;% of the names lead to no organisation yet</dd><dt>Method</dt><dd><a href="/explain">Engagement index, version 0.1</a></dd><dt>As of</dt><dd>2026-01-15</dd></dl><p class="downloads">Download: <a href="/e.csv">.csv</a> <a href="/e.json">.json</a> <a href="/e.svg">.svg</a> <a href="/report">Report an error</a></p></footer>
</main></body></html>"##
    )
}

fn frame() -> String {
    let chart = dots(14);
    let table = table(&chart.table());
    let figure = figure(&chart);
    let small = format!("<div class=\"small\">{}{}</div>", figure_of(&line(5)), figure_of(&coverage(5)));
    format!(
        r##"<form class="filters" method="get" action="/engagement"><ul class="chips" aria-label="Filters"><li><a class="chip" href="?"><b>period</b> 2021 to 2025 <span aria-hidden="true">×</span><span class="hidden">remove filter</span></a></li><li><a class="chip" href="?"><b>body</b> Made-up Standards Body <span aria-hidden="true">×</span><span class="hidden">remove filter</span></a></li></ul><details><summary>change</summary><div class="fields"><label>From <input type="month" name="from" value="2021-01"></label><label>To <input type="month" name="to" value="2025-12"></label><label>Body <select name="body"><option>all</option><option selected>Made-up Standards Body</option></select></label><button>Show</button></div></details><a class="permalink" href="?snap=7f3a09c1">link to this view</a></form>
<p class="answer">From 2021 to 2025, <strong>143 organisations</strong> took part; <strong>twelve</strong> carry half of the work (between 10 and 15).</p>
{figure}{small}
<aside class="note"><p>The ranks are ranges: units whose ranges overlap cannot be told apart by these data.</p></aside>
<h2>All organisations</h2>{table}"##
    )
}

fn forms() -> String {
    let all: [&dyn Form; 8] = [
        &dots(8),
        &lanes(),
        &line(10),
        &bars(Arrangement::Stacked),
        &bars(Arrangement::Steps),
        &bars(Arrangement::Grouped),
        &coverage(14),
        &line(60),
    ];
    let mut body: String = all.iter().map(|form| figure(*form)).collect();
    let spark = Spark { frame: about("spark"), points: line(10).points };
    let _ = write!(body, "<p>Contributions {} 1&#8239;204 in 2025</p>", spark.pair());
    body
}

fn parts() -> String {
    r##"<p class="formula">score = 40 × 0.82 + 35 × 0.61 + 25 × 0.44 = <strong>65.2</strong> (58 to 71)</p>
<blockquote class="passage"><p>Document 12-034 on <mark>frame alignment was presented by A. Example (Acme)</mark> and noted.</p><cite><a href="/source">Minutes of meeting 12, page 3</a></cite></blockquote>
<pre class="source" tabindex="0" aria-label="Source">2025-03-04; TC 9/WG 2; A. Example; Acme
<mark id="m">2025-03-04; TC 9/WG 2; B. Sample; Borealis</mark>
2025-03-04; TC 9/WG 2; C. Specimen; </pre>
<p class="empty">No attendance lists are held yet. They would show who was in the room. Add a folder of minutes: <code>rapporteur add FOLDER</code></p>
<section class="error" aria-label="Error"><p><strong>unknown filter <code>perod</code></strong></p><p>Known filters: from, to, body, kind.</p><p>Correct the address, or <a href="/engagement">begin without filters</a>.</p></section>
<h2>Changes</h2><ul class="changes"><li><time datetime="2025-12-04">2025-12-04</time><a href="/x">Northern Optical Federation</a> <span class="tag">joined</span> with four contributions</li><li><time datetime="2025-11-20">2025-11-20</time>Attendance of meeting 29 <span class="bad">fell by a third</span></li></ul>
<p><a class="button" href="/x">Download all</a></p>"##
        .into()
}

fn edges() -> String {
    let none = Dots { frame: about("none"), ..Dots::default() };
    let odd = [f64::NAN, f64::INFINITY, 1e300, -1e300, 0.0];
    let row = |value: f64| Dot { name: format!("{value:?}"), value: Value::exact(value), ..Dot::default() };
    let odd = Dots { frame: about("odd"), rows: odd.into_iter().map(row).collect(), ..dots(0) };
    let many: Vec<Moment> = (0..5_000).map(|at| moment(2021.0 + f64::from(at) / 1001.0, "contribution")).collect();
    let busy =
        Lane { name: "contributed".into(), href: Some("/rows?act=contributed".into()), marks: Marks::Moments(many) };
    let busy = Lanes { frame: about("busy"), period: [2021.0, 2026.0], lanes: vec![busy], held: vec![] };
    let all: [&dyn Form; 7] =
        [&dots(1), &none, &odd, &busy, &line(1), &coverage(40), &Bars { frame: about("nobars"), ..Bars::default() }];
    all.iter().map(|form| figure(*form)).collect()
}

fn about(id: &str) -> Frame {
    Frame {
        id: id.into(),
        title: format!("Made-up figures, {id}"),
        summary: "Fourteen organisations by score; the ranges of most overlap.".into(),
        origin: Origin::MadeUp,
    }
}

const NAMES: [&str; 8] = [
    "Acme",
    "Borealis Networks",
    "Federation of Very Long Names of the Northern Provinces, Department of Optical Transport, Second Branch",
    "Cassiopeia Télécommunications et Systèmes Embarqués S.A.",
    "示例通信技术研究院有限公司",
    "Delta & Sons <Holding> \"North\"",
    "Ephemeral Laboratories",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
];

fn dots(n: usize) -> Dots {
    let rows = (0..n).map(|at| {
        let value = 92.0 / (1.0 + at as f64 * 0.16) + 1.3;
        let spread = 3.0 + (at * 7 % 5) as f64 * 1.7;
        let value = match at % 14 {
            9 => Value::Suppressed { below: 5 },
            11 => Value::Unknown,
            12 => Value::between(0.0, 0.0, 4.0),
            _ => Value::between(value, value - spread, value + spread * 1.4),
        };
        Dot {
            name: NAMES[at % NAMES.len()].into(),
            href: Some(format!("/members/m{at}?from=2021-01&to=2025-12")),
            value,
            rank: (!matches!(value, Value::Unknown)).then(|| [1 + at.saturating_sub(2) as u32, at as u32 + 3]),
            tone: if at == 3 { Tone::Accent } else { Tone::Plain },
        }
    });
    let axis = Axis { label: "engagement index, 0 to 100".into(), range: Some([0.0, 100.0]) };
    Dots { frame: about("dots"), axis, unit: "organisation".into(), rows: rows.collect() }
}

fn line(n: usize) -> Line {
    let points = (0..n).map(|at| {
        let value = 900.0 + 260.0 * (at as f64 * 0.7).sin() + at as f64 * 12.0;
        let value = match at {
            4 if n > 5 => Value::Unknown,
            6 => Value::Suppressed { below: 5 },
            8 => Value::exact(0.0),
            _ => Value::between(value, value - 80.0, value + 95.0),
        };
        let held = [Some(1.0), Some(0.6), None, Some(0.0)][(at / 2) % 4];
        let period = if n > 20 { format!("{}-{:02}", 2021 + at / 12, at % 12 + 1) } else { (2016 + at).to_string() };
        Point { period, value, held, href: Some(format!("/rows?year={at}")) }
    });
    let axis = Axis { label: "documents contributed a year".into(), range: None };
    Line { frame: about(&format!("line{n}")), axis, points: points.collect() }
}

fn moment(at: f64, label: &str) -> Moment {
    Moment { at, label: format!("{label}, {at:.2}"), href: Some("/facts/1".into()), tone: Tone::Plain }
}

fn lanes() -> Lanes {
    let moments = |n: u32, step: f64| {
        Marks::Moments((0..n).map(|at| moment(2021.05 + f64::from(at * at % 97) * step, "meeting")).collect())
    };
    let span = |from, to, label: &str| Span {
        from,
        to,
        label: label.into(),
        href: Some("/facts/2".into()),
        tone: Tone::Plain,
    };
    let roles = vec![
        span(2021.2, 2023.4, "Editor of the specification on optical frame alignment"),
        span(2022.0, f64::NAN, "Convenor of working group 2"),
        span(2024.5, 2024.6, "Liaison officer"),
    ];
    let agreed: Vec<Moment> = [(2021.9, Tone::Good), (2023.1, Tone::Bad), (2023.15, Tone::Good), (2025.3, Tone::Good)]
        .map(|(at, tone)| Moment { tone, ..moment(at, if tone == Tone::Bad { "rejected" } else { "agreed" }) })
        .into();
    let lane = |name: &str, marks| Lane { name: name.into(), href: Some(format!("/rows?act={name}")), marks };
    let lanes = vec![
        lane("attended", moments(40, 0.05)),
        lane("contributed", moments(160, 0.05)),
        lane("held a role", Marks::Spans(roles)),
        lane("outcome", Marks::Moments(agreed)),
    ];
    let held = [Some(1.0), Some(0.5), Some(0.0), None, Some(1.0)];
    let held = held.iter().zip(2021_i16..).map(|(share, year)| Held {
        from: year.into(),
        to: (year + 1).into(),
        share: *share,
    });
    Lanes { frame: about("lanes"), period: [2021.0, 2026.0], lanes, held: held.collect() }
}

fn bars(arrangement: Arrangement) -> Bars {
    let keys = ["Attendance", "Documents contributed", "Roles held", "Liaison statements", "Text adopted"];
    let part = |value: f64| Part { value: Value::exact(value), href: Some("/explain/part".into()) };
    let bar = |at: usize| Bar {
        name: NAMES[at].into(),
        href: Some("/members/x".into()),
        total: if arrangement == Arrangement::Grouped { Value::Unknown } else { Value::between(65.25, 58.0, 71.0) },
        parts: vec![part(28.4), part(19.75), part(0.0), part(5.1 + at as f64), part(12.0 - at as f64)],
    };
    let n = if arrangement == Arrangement::Stacked { 6 } else { 1 };
    Bars {
        frame: about(&format!("bars{}", arrangement as u8)),
        axis: Axis { label: "points of the score".into(), range: None },
        unit: "organisation".into(),
        arrangement,
        keys: keys.map(String::from).into(),
        rows: (0..n).map(bar).collect(),
    }
}

fn coverage(n: usize) -> Coverage {
    let cell = |row: usize, at: usize| CoverageCell {
        share: [Some(1.0), Some(0.75), Some(0.5), Some(0.0), None, Some(1.0), Some(0.92)][(row * 3 + at) % 7],
        note: "3 of 4 meetings".into(),
        href: Some("/evidence/1".into()),
    };
    let row = |row: usize| CoverageRow {
        name: ["Document lists", "Minutes with attendance, as published by the secretariat", "Records", "Ballots"][row]
            .into(),
        href: Some("/evidence/source".into()),
        cells: (0..n).map(|at| cell(row, at)).collect(),
    };
    Coverage {
        frame: about(&format!("coverage{n}")),
        unit: "source".into(),
        columns: (0..n).map(|at| (2026 - n + at).to_string()).collect(),
        rows: (0..4).map(row).collect(),
    }
}

/// The figure of a picture, as the pages of the app build it.
fn figure(form: &dyn Form) -> String {
    figure_of(form).replacen("<figure>", "<figure class=\"main\">", 1)
}

fn figure_of(form: &dyn Form) -> String {
    let twin = form.table();
    let twin = if twin.rows.len() > 500 { Table { rows: twin.rows[..500].to_vec(), ..twin } } else { twin };
    format!(
        "<figure>{}<x-readout></x-readout><figcaption>{}</figcaption><details class=\"twin\"><summary>Table</summary>{}</details></figure>",
        form.pair(),
        escaped(&form.frame().title),
        table(&twin),
    )
}

fn table(table: &Table) -> String {
    let caption = escaped(&table.caption);
    let mut out = format!(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}, table\"><table><caption>{caption}</caption><thead><tr>"
    );
    for (at, name) in table.header.iter().enumerate() {
        let class = if at > 0 { " class=\"num\"" } else { "" };
        let _ = write!(out, "<th scope=\"col\"{class}>{}</th>", escaped(name));
    }
    out.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let text = match &cell.href {
                Some(href) => format!("<a href=\"{}\">{}</a>", escaped(href), escaped(&cell.text)),
                None => escaped(&cell.text),
            };
            let _ = match at {
                0 => write!(out, "<th scope=\"row\">{text}</th>"),
                _ => write!(out, "<td class=\"num\">{text}</td>"),
            };
        }
        out.push_str("</tr>");
    }
    out + "</tbody></table></div>"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
