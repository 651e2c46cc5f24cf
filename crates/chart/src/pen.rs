//! Writes SVG: one growing text, coordinates to a tenth of a unit, every text escaped, every colour a class name.

use std::f64::consts::TAU;

use crate::frame::{Frame, Origin, Value, Width};
use crate::scale::Scale;
use crate::text;

/// Height of the band that says "made-up data".
const MADE_UP_BAND: f64 = 20.0;

/// An SVG element in the making.
pub(crate) struct Pen {
    out: Vec<u8>,
    n_links: usize,
    id: String,
    width: Width,
    units: f64,
    height: f64,
}

/// Where a text is anchored.
#[derive(Clone, Copy)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// The height that `frame` takes above the picture itself.
pub(crate) fn top(frame: &Frame) -> f64 {
    match frame.origin {
        Origin::Sources => 0.0,
        Origin::MadeUp => MADE_UP_BAND + 4.0,
    }
}

impl Pen {
    /// Begins a picture of `units` by `height`, with its name, its summary, and the band over made-up data.
    pub(crate) fn open(form: &str, frame: &Frame, width: Width, [units, height]: [f64; 2], n_marks: usize) -> Pen {
        let mut id: String = frame
            .id
            .chars()
            .map(|letter| if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' })
            .collect();
        let breadth = match width {
            Width::Wide => "wide",
            Width::Narrow => {
                id.push_str("-n");
                "narrow"
            }
        };
        let mut pen = Pen { out: Vec::with_capacity(1500 + n_marks * 720), n_links: 0, id, width, units, height };
        pen.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart ").raw(form).raw(" ").raw(breadth);
        pen.raw("\" viewBox=\"0 0 ").num(units).raw(" ").num(height).raw("\" width=\"100%\" role=\"img\"");
        pen.raw(" aria-labelledby=\"").own_id("t").raw("\" aria-describedby=\"").own_id("d").raw("\"><title id=\"");
        pen.own_id("t").raw("\">").text(&frame.title).raw("</title><desc id=\"").own_id("d").raw("\">");
        pen.text(&frame.summary).raw("</desc><defs><pattern id=\"").own_id("h");
        pen.raw("\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\">");
        pen.raw("<path class=\"hatch\" d=\"M-1 1 1-1M0 7 7 0M6 8 8 6\"/>");
        pen.raw("</pattern></defs>");
        if frame.origin == Origin::MadeUp {
            let words = 108.0;
            pen.hatched("made-up", [0.0, 0.0, units, MADE_UP_BAND]);
            pen.rect("made-up-paper", [12.0, 0.0, words, MADE_UP_BAND]);
            pen.label("made-up-words", 12.0 + words / 2.0, 15.0, Anchor::Middle, "made-up data");
        }
        pen
    }

    /// Ends the picture.
    ///
    /// A picture whose marks are links is a group of them, for the parts of an image cannot be reached.
    pub(crate) fn close(mut self) -> String {
        self.raw("</svg>");
        let role = b" role=\"img\"";
        if self.n_links > 0
            && let Some(at) = self.out.windows(role.len()).position(|text| text == role)
        {
            self.out.splice(at..at + role.len(), *b" role=\"group\"");
        }
        String::from_utf8(self.out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }

    /// Appends markup as it stands.
    #[inline]
    pub(crate) fn raw(&mut self, markup: &str) -> &mut Pen {
        self.out.extend_from_slice(markup.as_bytes());
        self
    }

    /// Appends escaped text.
    pub(crate) fn text(&mut self, text: &str) -> &mut Pen {
        text::escape_into(&mut self.out, text);
        self
    }

    /// Appends a coordinate, to a tenth; what is not a number becomes 0.
    pub(crate) fn num(&mut self, value: f64) -> &mut Pen {
        let tenths = (value * 10.0 + if value < 0.0 { -0.5 } else { 0.5 }) as i32;
        // Sign, up to ten digits and a point, filled from the end.
        let mut digits = [b'0'; 12];
        let (mut whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        let mut at = digits.len();
        if tenth > 0 {
            digits[at - 1] = b'0' + tenth as u8;
            digits[at - 2] = b'.';
            at -= 2;
        }
        loop {
            at -= 1;
            digits[at] = b'0' + (whole % 10) as u8;
            whole /= 10;
            if whole == 0 {
                break;
            }
        }
        if tenths < 0 {
            self.out.push(b'-');
        }
        self.out.extend_from_slice(&digits[at..]);
        self
    }

    /// Draws a mark as a link to its rows (a plain group without an address) with its read-out as `<title>`.
    pub(crate) fn mark(&mut self, href: Option<&str>, readout: &[&str], draw: impl FnOnce(&mut Pen)) {
        let href = href.filter(|href| text::is_safe_href(href));
        self.n_links += usize::from(href.is_some());
        match href {
            Some(href) => self.raw("<a href=\"").text(href).raw("\"><title>"),
            None => self.raw("<g><title>"),
        };
        for part in readout {
            self.text(part);
        }
        self.raw("</title>");
        draw(self);
        self.raw(if href.is_some() { "</a>" } else { "</g>" });
    }

    /// The invisible area that takes clicks and shows focus.
    pub(crate) fn hit(&mut self, area: [f64; 4]) {
        self.rect("hit", area);
    }

    /// A rectangle `[x, y, width, height]`.
    pub(crate) fn rect(&mut self, class: &str, area: [f64; 4]) {
        self.begin("rect", class).area(area).raw("/>");
    }

    /// A rectangle filled with the picture's hatching.
    pub(crate) fn hatched(&mut self, class: &str, area: [f64; 4]) {
        self.begin("rect", class).area(area).raw(" fill=\"url(#").own_id("h").raw(")\"/>");
    }

    pub(crate) fn circle(&mut self, class: &str, x: f64, y: f64, radius: f64) {
        self.begin("circle", class).raw(" cx=\"").num(x).raw("\" cy=\"").num(y).raw("\" r=\"").num(radius).raw("\"/>");
    }

    pub(crate) fn line(&mut self, class: &str, [x1, y1, x2, y2]: [f64; 4]) {
        self.begin("path", class).raw(" d=\"M").num(x1).raw(" ").num(y1).raw("L").num(x2).raw(" ").num(y2).raw("\"/>");
    }

    /// A vertical line that is drawn in each of `n` rows only, `height` long from the first row's `y`.
    pub(crate) fn rungs(&mut self, class: &str, x: f64, [y, height]: [f64; 2], row: f64, n: usize) {
        self.begin("path", class).raw(" d=\"");
        for at in 0..n {
            self.raw("M").num(x).raw(" ").num(y + row * at as f64).raw("v").num(height);
        }
        self.raw("\"/>");
    }

    /// A path through points; closed where the class is filled by the stylesheet.
    pub(crate) fn path(&mut self, class: &str, points: impl IntoIterator<Item = [f64; 2]>) {
        self.begin("path", class).raw(" d=\"");
        for (at, [x, y]) in points.into_iter().enumerate() {
            self.raw(if at == 0 { "M" } else { "L" }).num(x).raw(" ").num(y);
        }
        self.raw("\"/>");
    }

    /// A regular polygon around a point, its first corner `turn` turns clockwise from the top.
    pub(crate) fn polygon(&mut self, class: &str, [x, y]: [f64; 2], radius: f64, corners: u8, turn: f64) {
        self.begin("path", class).raw(" d=\"");
        for corner in 0..corners {
            let angle = (f64::from(corner) / f64::from(corners) + turn) * TAU;
            self.raw(if corner == 0 { "M" } else { "L" });
            self.num(x + radius * angle.sin()).raw(" ").num(y - radius * angle.cos());
        }
        self.raw("Z\"/>");
    }

    /// A text at its base line.
    pub(crate) fn label(&mut self, class: &str, x: f64, y: f64, anchor: Anchor, text: &str) {
        let class_end = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " mid",
            Anchor::End => " end",
        };
        self.raw("<text class=\"").raw(class).raw(class_end).raw("\" x=\"").num(x).raw("\" y=\"").num(y).raw("\">");
        self.text(text).raw("</text>");
    }

    /// A text that fits in `room`, its full form as `<title>` where it had to be shortened.
    pub(crate) fn fitted(&mut self, class: &str, [x, y]: [f64; 2], anchor: Anchor, room: f64, full: &str) {
        // Bold letters are about a tenth wider.
        let size = self.width.text_size() * if class.ends_with("strong") { 1.1 } else { 1.0 };
        let short = text::shortened(full, room, size);
        self.label(class, x, y, anchor, &short);
    }

    /// A value with its interval on a horizontal scale: dot on a bar, ring at zero, hatched stretch, dotted line.
    pub(crate) fn value(&mut self, value: Value, tone: &str, scale: &Scale, y: f64, [from, to]: [f64; 2]) {
        match value.settled() {
            Value::Known { value, low, high } => {
                let (start, end) = (scale.at(low), scale.at(high));
                if low < high {
                    self.rect("range", [start, y - 3.0, end - start, 6.0]);
                }
                match value == 0.0 {
                    true => self.circle("zero", scale.at(value), y, 4.5),
                    false => {
                        self.raw("<circle class=\"dot ").raw(tone).raw("\" cx=\"").num(scale.at(value));
                        self.raw("\" cy=\"").num(y).raw("\" r=\"5\"/>");
                    }
                }
            }
            Value::Suppressed { below } => {
                let (start, end) = (scale.at(0.0), scale.at(f64::from(below)));
                self.hatched("suppressed", [start, y - 6.0, (end - start).max(4.0).min(to - start), 12.0]);
            }
            Value::Unknown => self.line("unknown", [from, y, to, y]),
        }
    }

    /// Says that there is nothing to draw.
    pub(crate) fn nothing(&mut self) {
        let (x, y) = (self.units / 2.0, self.height - 18.0);
        self.label("muted", x, y, Anchor::Middle, "nothing to show");
    }

    #[inline]
    fn begin(&mut self, element: &str, class: &str) -> &mut Pen {
        self.raw("<").raw(element).raw(" class=\"").raw(class).raw("\"")
    }

    fn area(&mut self, [x, y, width, height]: [f64; 4]) -> &mut Pen {
        self.raw(" x=\"").num(x).raw("\" y=\"").num(y).raw("\" width=\"").num(width.max(0.0));
        self.raw("\" height=\"").num(height.max(0.0)).raw("\"")
    }

    fn own_id(&mut self, suffix: &str) -> &mut Pen {
        self.out.extend_from_slice(self.id.as_bytes());
        self.raw("-").raw(suffix)
    }
}
