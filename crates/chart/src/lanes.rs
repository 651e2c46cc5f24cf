//! Lanes: what a unit did over time, one lane per kind of act; moments gather into counted marks, spans into tracks.

use crate::frame::{Form, Frame, Tone, Width};
use crate::number::exact;
use crate::pen::{Anchor, Pen, top};
use crate::scale::Scale;
use crate::strip::{Held, STRIP, strip, time_span};
use crate::table::{Cell, Table, header};
use crate::text;

/// A timeline of lanes. Times are years as [`crate::month`] gives them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lanes {
    /// Name, summary and origin.
    pub frame: Frame,
    /// First and last time that the axis shows at least.
    pub period: [f64; 2],
    /// Lanes from top to bottom.
    pub lanes: Vec<Lane>,
    /// What was held of the sources over time; drawn under the axis.
    pub held: Vec<Held>,
}

/// A lane of [`Lanes`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// The kind of act: "contributed".
    pub name: String,
    /// All rows of the lane. A mark that gathers several moments leads here with `from=YYYY-MM&to=YYYY-MM` added.
    pub href: Option<String>,
    /// What the lane holds.
    pub marks: Marks,
}

/// Contents of a lane.
#[derive(Clone, Debug, PartialEq)]
pub enum Marks {
    /// Things that happened on a day.
    Moments(Vec<Moment>),
    /// Things that lasted.
    Spans(Vec<Span>),
}

/// Something that happened on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moment {
    /// When; not finite means not known, which is told under the lane.
    pub at: f64,
    /// What happened, with its date: "2025-04-07, plenary 12, on site".
    pub label: String,
    /// Its row.
    pub href: Option<String>,
    /// Whether it was wanted; the label says so too.
    pub tone: Tone,
}

/// Something that lasted, such as a role.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Span {
    /// First and last time; a bound that is not finite is not known and reaches to the edge.
    pub from: f64,
    /// See `from`.
    pub to: f64,
    /// What it was: "rapporteur of question 3".
    pub label: String,
    /// Its row.
    pub href: Option<String>,
    /// Whether it is stressed.
    pub tone: Tone,
}

/// Places of the timeline, in units.
struct Plot {
    left: f64,
    right: f64,
    /// From the top of a lane to its contents.
    head: f64,
    name_room: f64,
    units: f64,
    time: Scale,
    /// Smallest width and height of a link.
    target: f64,
    /// Months of one gathered mark, and the start of the first.
    months: i32,
    start: i32,
    n_bins: i32,
}

const TRACK: f64 = 30.0;
const MOMENTS: f64 = 46.0;
/// Height of the column of the fullest cell of a lane.
const COLUMN: f64 = 22.0;
/// Overlapping spans beyond this are counted, not drawn.
const TRACKS: usize = 8;

impl Default for Marks {
    fn default() -> Marks {
        Marks::Moments(Vec::new())
    }
}

impl Form for Lanes {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn svg(&self, width: Width) -> String {
        let upper = top(&self.frame) + 26.0;
        let plot = self.plot(width);
        let tracks: Vec<Vec<Option<usize>>> = self.lanes.iter().map(|lane| lane.tracks(&plot)).collect();
        let heights: Vec<f64> =
            self.lanes.iter().zip(&tracks).map(|(lane, tracks)| lane.height(&plot, tracks)).collect();
        let lower = upper + heights.iter().sum::<f64>().max(40.0);
        let strip_height = if self.held.is_empty() { 0.0 } else { STRIP + 6.0 };
        let n_marks: usize = self.lanes.iter().map(|lane| lane.n_marks().min(200)).sum();
        let mut pen = Pen::open("lanes", &self.frame, width, [width.units(), lower + 8.0 + strip_height], n_marks);
        if self.lanes.is_empty() {
            pen.nothing();
            return pen.close();
        }
        plot.axis(&mut pen, upper, lower);
        let mut y = upper;
        for (at, lane) in self.lanes.iter().enumerate() {
            pen.line("lane", [0.0, y, width.units(), y]);
            lane.draw(&mut pen, &plot, &tracks[at], at, y);
            y += heights[at];
        }
        pen.line("lane", [0.0, y, width.units(), y]);
        if !self.held.is_empty() {
            strip(&mut pen, &self.held, &plot.time, lower + 8.0, [plot.left, plot.right]);
        }
        pen.close()
    }

    fn table(&self) -> Table {
        let rows = self.lanes.iter().flat_map(|lane| {
            let row = move |when: String, label: &str, href: Option<&str>| {
                vec![Cell::linked(&lane.name, lane.href.as_deref()), Cell::plain(when), Cell::linked(label, href)]
            };
            match &lane.marks {
                Marks::Moments(moments) => moments
                    .iter()
                    .map(|moment| row(month_name(moment.at), &moment.label, moment.href.as_deref()))
                    .collect::<Vec<_>>(),
                Marks::Spans(spans) => spans
                    .iter()
                    .map(|span| {
                        let when = format!("{} to {}", month_name(span.from), month_name(span.to));
                        row(when, &span.label, span.href.as_deref())
                    })
                    .collect(),
            }
        });
        Table { caption: self.frame.title.clone(), header: header(&["lane", "when", "what"]), rows: rows.collect() }
    }
}

impl Lanes {
    fn plot(&self, width: Width) -> Plot {
        let units = width.units();
        let (left, right, head, name_room) = match width {
            Width::Wide => (172.0, units - 14.0, 4.0, 156.0),
            Width::Narrow => (12.0, units - 12.0, 26.0, units - 80.0),
        };
        let times = self.lanes.iter().flat_map(Lane::times);
        let [first, last] = time_span(self.period, times).map(|time| time.clamp(-9999.0, 9999.0));
        let start = (first * 12.0 + 1e-6).floor() as i32;
        let end = ((last * 12.0 - 1e-6).ceil() as i32).max(start + 1);
        let aligned = |months: i32| {
            let start = start.div_euclid(months) * months;
            (start, (end - start + months - 1) / months)
        };
        let fits = |months: &i32| (right - left) / f64::from(aligned(*months).1) >= width.target();
        let months = [1, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 24_000].into_iter().find(fits).unwrap_or(60_000);
        let (start, n_bins) = aligned(months);
        let end = start + n_bins * months;
        let time = Scale::new([f64::from(start) / 12.0, f64::from(end) / 12.0], left, right);
        Plot { left, right, head, name_room, units, time, target: width.target(), months, start, n_bins }
    }
}

impl Plot {
    /// Years, or months where few are shown, with grid lines.
    fn axis(&self, pen: &mut Pen, upper: f64, lower: f64) {
        let month = |at: i32| self.time.at(f64::from(at) / 12.0);
        let room = month(self.start + 12) - month(self.start);
        let step = match room {
            room if room >= 240.0 => 3,
            room if room >= 44.0 => 12,
            _ => (44.0 / room.max(0.01)).ceil() as i32 * 12,
        };
        let mut at = (self.start + step - 1).div_euclid(step) * step;
        let mut n_labels = 0;
        while month(at) < self.right - 1.0 && n_labels < 40 {
            let x = month(at);
            pen.line("grid", [x, upper, x, lower]);
            let name = if step < 12 { month_name(f64::from(at) / 12.0) } else { at.div_euclid(12).to_string() };
            if x + 50.0 <= self.units {
                pen.label("axis", x + 3.0, upper - 8.0, Anchor::Start, &name);
            }
            at += step;
            n_labels += 1;
        }
    }

    /// The gathering cell of a time.
    fn bin(&self, time: f64) -> i32 {
        let month = (time.clamp(-9999.0, 9999.0) * 12.0 + 1e-6).floor() as i32;
        // What happens at the very end of the axis belongs to its last cell.
        (month - self.start).div_euclid(self.months).clamp(0, self.n_bins - 1)
    }

    /// First and last month of a gathering cell.
    fn bin_months(&self, bin: i32) -> [i32; 2] {
        [self.start + bin * self.months, self.start + (bin + 1) * self.months - 1]
    }
}

impl Lane {
    fn n_marks(&self) -> usize {
        match &self.marks {
            Marks::Moments(moments) => moments.len(),
            Marks::Spans(spans) => spans.len(),
        }
    }

    fn times(&self) -> Vec<f64> {
        match &self.marks {
            Marks::Moments(moments) => moments.iter().map(|moment| moment.at).collect(),
            Marks::Spans(spans) => spans.iter().flat_map(|span| [span.from, span.to]).collect(),
        }
    }

    fn height(&self, plot: &Plot, tracks: &[Option<usize>]) -> f64 {
        let n_tracks = tracks.iter().flatten().max().map_or(1, |track| track + 1) as f64;
        let more = if tracks.iter().any(Option::is_none) { 22.0 } else { 0.0 };
        plot.head + 4.0 + if matches!(self.marks, Marks::Spans(_)) { TRACK * n_tracks + more } else { MOMENTS }
    }

    /// The track of each span: the first that is free where the span begins; `None` where all are taken.
    fn tracks(&self, plot: &Plot) -> Vec<Option<usize>> {
        let Marks::Spans(spans) = &self.marks else { return Vec::new() };
        let mut order: Vec<usize> = (0..spans.len()).collect();
        order.sort_by(|a, b| spans[*a].ends(plot)[0].total_cmp(&spans[*b].ends(plot)[0]).then(a.cmp(b)));
        let mut free = [f64::NEG_INFINITY; TRACKS];
        let mut tracks = vec![None; spans.len()];
        for at in order {
            let [start, end] = spans[at].ends(plot);
            if let Some(track) = free.iter().position(|taken| *taken <= start) {
                free[track] = end + 1.0;
                tracks[at] = Some(track);
            }
        }
        tracks
    }

    fn draw(&self, pen: &mut Pen, plot: &Plot, tracks: &[Option<usize>], at: usize, y: f64) {
        let n = exact(self.n_marks() as f64);
        pen.mark(self.href.as_deref(), &[&self.name, ": ", &n], |pen| {
            pen.hit([0.5, y + 0.5, if plot.head > 10.0 { plot.units - 1.0 } else { plot.left - 16.0 }, plot.target]);
            pen.fitted("name", [4.0, y + 18.0], Anchor::Start, plot.name_room - 44.0, &self.name);
            let end = if plot.head > 10.0 { plot.units - 6.0 } else { plot.left - 20.0 };
            pen.label("muted", end, y + 18.0, Anchor::End, &n);
        });
        let y = y + plot.head;
        match &self.marks {
            Marks::Moments(moments) => self.moments(pen, plot, moments, at, y),
            Marks::Spans(spans) => {
                for (span, track) in spans.iter().zip(tracks) {
                    if let Some(track) = track {
                        span.draw(pen, plot, y + TRACK * *track as f64);
                    }
                }
                let n_more = tracks.iter().filter(|track| track.is_none()).count();
                if n_more > 0 {
                    let words = format!("and {} more at the same time, in the table", exact(n_more as f64));
                    pen.label("muted", plot.left, y + TRACK * TRACKS as f64 + 14.0, Anchor::Start, &words);
                }
            }
        }
    }

    /// Moments of one cell become one column with their number; its link asks for the months of the cell.
    fn moments(&self, pen: &mut Pen, plot: &Plot, moments: &[Moment], lane: usize, y: f64) {
        let mut order: Vec<usize> = (0..moments.len()).filter(|at| moments[*at].at.is_finite()).collect();
        order.sort_by(|a, b| moments[*a].at.total_cmp(&moments[*b].at).then(a.cmp(b)));
        let same = |a: &usize, b: &usize| plot.bin(moments[*a].at) == plot.bin(moments[*b].at);
        let fullest = order.chunk_by(same).map(<[usize]>::len).max().unwrap_or(1);
        for group in order.chunk_by(same) {
            let first = &moments[group[0]];
            let [from, to] = plot.bin_months(plot.bin(first.at));
            let place = |month: i32| plot.time.at(f64::from(month) / 12.0);
            let cell = [place(from), y, place(to + 1) - place(from), MOMENTS];
            if let [_] = group {
                pen.mark(first.href.as_deref(), &[&first.label], |pen| {
                    pen.hit(cell);
                    let x = plot.time.at(first.at).min(cell[0] + cell[2] - 7.0).max(cell[0] + 7.0);
                    shape(pen, lane, first.tone, [x, y + MOMENTS - 12.0]);
                });
                continue;
            }
            let months = [from, to].map(|month| month_name(f64::from(month) / 12.0));
            let href = self.href.as_ref().map(|href| {
                let joint = if href.contains('?') { '&' } else { '?' };
                format!("{href}{joint}from={}&to={}", months[0], months[1])
            });
            let n = exact(group.len() as f64);
            let when = if from == to { months[0].clone() } else { format!("{} to {}", months[0], months[1]) };
            pen.mark(href.as_deref(), &[&self.name, ", ", &when, ": ", &n], |pen| {
                pen.hit(cell);
                let (breadth, foot) = ((cell[2] - 6.0).min(22.0), y + MOMENTS - 4.0);
                let x = cell[0] + cell[2] / 2.0;
                let mut top = foot;
                for tone in [Tone::Plain, Tone::Accent, Tone::Good, Tone::Bad] {
                    let n = group.iter().filter(|at| moments[**at].tone == tone).count();
                    if n > 0 {
                        let tall = (COLUMN * n as f64 / fullest as f64).max(3.0);
                        top -= tall;
                        pen.rect(&format!("column {}", tone.class()), [x - breadth / 2.0, top, breadth, tall]);
                    }
                }
                let shown = if text::width(&n, 12.0) <= cell[2] + 4.0 { &n } else { "…" };
                pen.label("axis", x, top - 3.0, Anchor::Middle, shown);
            });
        }
    }
}

impl Span {
    /// Left and right end of the span's mark, at least a target apart.
    fn ends(&self, plot: &Plot) -> [f64; 2] {
        let start = if self.from.is_finite() { plot.time.at(self.from) } else { plot.left };
        let end = if self.to.is_finite() { plot.time.at(self.to) } else { plot.right };
        let start = start.min(plot.right - plot.target);
        [start, end.max(start + plot.target)]
    }

    fn draw(&self, pen: &mut Pen, plot: &Plot, y: f64) {
        let [start, end] = self.ends(plot);
        let (from, to) = (month_name(self.from), month_name(self.to));
        pen.mark(self.href.as_deref(), &[&self.label, ", ", &from, " to ", &to], |pen| {
            pen.hit([start, y, end - start, TRACK - 1.0]);
            let open = if self.from.is_finite() && self.to.is_finite() { "span " } else { "span open " };
            pen.rect(&format!("{open}{}", self.tone.class()), [start, y + 3.0, end - start - 1.0, TRACK - 7.0]);
            if end - start > 40.0 {
                pen.fitted("in", [start + 6.0, y + 19.0], Anchor::Start, end - start - 12.0, &self.label);
            }
        });
    }
}

/// The mark of a single moment; its shape tells the lane.
fn shape(pen: &mut Pen, lane: usize, tone: Tone, at: [f64; 2]) {
    let class = format!("dot {}", tone.class());
    match lane % 4 {
        0 => pen.circle(&class, at[0], at[1], 5.5),
        1 => pen.polygon(&class, at, 7.0, 4, 0.125),
        2 => pen.polygon(&class, at, 7.0, 4, 0.0),
        _ => pen.polygon(&class, at, 7.0, 3, 0.0),
    }
}

/// Returns `2025-04`, or `unknown`.
fn month_name(time: f64) -> String {
    if !time.is_finite() {
        return crate::number::UNKNOWN.into();
    }
    let month = (time.clamp(-9999.0, 9999.0) * 12.0 + 1e-6).floor() as i32;
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}
