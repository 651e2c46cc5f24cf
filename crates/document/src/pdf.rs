//! Portable documents (.pdf): bytes come in, lines and paragraphs with their pages go out.
//!
//! `hayro-interpret` draws each page, and what it draws as letters is kept with its place. The words of a line stay as they
//! are: hyphens at its end too. Each page is bounded by what it draws; a panic of the library ends the page, not the program.

mod bound;
mod layout;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, TransformExt as _, interpret_page,
};

use crate::build::Build;
use crate::zip::Refusal;
use crate::{Document, Format};
use layout::{Glyph, Sheet};

/// Most bytes of a file.
const BYTES: usize = 64 << 20;
/// Most pages.
const PAGES: usize = 5_000;
/// Most drawings of a page, and of all pages.
const DRAWN: usize = 1_000_000;
const DRAWN_IN_ALL: usize = 20_000_000;
/// Most letters of all pages.
const GLYPHS: usize = 10_000_000;

/// Reads a document.
pub(crate) fn read(bytes: &[u8]) -> Document {
    if bytes.len() > BYTES {
        let what = format!("expected at most {BYTES} bytes, found {}", bytes.len());
        return Build::refused(Format::Pdf, Refusal::TooLarge(what));
    }
    if let Some(what) = bound::excess(bytes) {
        return Build::refused(Format::Pdf, Refusal::TooLarge(what));
    }
    let opened = catch_unwind(|| Pdf::new(bytes.to_vec()));
    let damaged = |what: &str| Refusal::Damaged(format!("expected a portable document, found {what}"));
    match opened {
        Ok(Ok(pdf)) => catch_unwind(AssertUnwindSafe(|| pages(&pdf)))
            .unwrap_or_else(|_| Build::refused(Format::Pdf, damaged("pages that cannot be listed"))),
        Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => {
            Build::refused(Format::Pdf, Refusal::Encrypted)
        }
        Ok(Err(LoadPdfError::Decryption(_))) => {
            let what = "expected an encryption that is known, found another one".into();
            Build::refused(Format::Pdf, Refusal::Unsupported(what))
        }
        Ok(Err(LoadPdfError::Invalid)) => Build::refused(Format::Pdf, damaged("bytes that contradict themselves")),
        Err(_) => Build::refused(Format::Pdf, damaged("bytes that stop the reader")),
    }
}

fn pages(pdf: &Pdf) -> Document {
    let mut build = Build::new(Format::Pdf);
    let cache = InterpreterCache::new();
    let (mut sheets, mut n_drawn, mut n_glyphs) = (Vec::new(), 0, 0);
    for (page, number) in pdf.pages().iter().zip(1..) {
        if number > PAGES || n_drawn > DRAWN_IN_ALL || n_glyphs > GLYPHS {
            let what = format!("expected at most {PAGES} pages and {GLYPHS} letters, found more");
            build.problem("too-large", &format!("page {number}"), what, "split the file, and add its parts");
            break;
        }
        let place = format!("page {number}");
        let mut pen = Pen { glyphs: Vec::new(), n_drawn: 0, n_images: 0, n_unknown: 0, last: None };
        let drawn = catch_unwind(AssertUnwindSafe(|| draw(page, pdf, &cache, &mut pen)));
        if drawn.is_err() {
            let what = if pen.n_drawn >= DRAWN {
                format!("expected at most {DRAWN} drawings on a page, found more")
            } else {
                "expected a page that can be drawn, found one that stops the reader".into()
            };
            let kind = if pen.n_drawn >= DRAWN { "too-large" } else { "not-whole" };
            build.problem(kind, &place, what, "print the page to a new file and add that");
        }
        if pen.glyphs.is_empty() && pen.n_images > 0 {
            let what = "expected words, found only pictures".into();
            build.problem("no-text", &place, what, "read the pages with a text recogniser and add the result");
        }
        if pen.n_unknown * 20 > pen.glyphs.len() {
            let what = format!("expected letters, found {} signs that the file does not name", pen.n_unknown);
            build.problem("letters-unknown", &place, what, "print the page to a new file and add that");
        }
        n_drawn += pen.n_drawn;
        n_glyphs += pen.glyphs.len();
        let (width, height) = page.render_dimensions();
        sheets.push(Sheet::new(number, (f64::from(width), f64::from(height)), pen.glyphs));
    }
    layout::write(&sheets, &mut build);
    if build.is_without_words() {
        let what = "expected words, found none".into();
        build.problem("no-text", "document", what, "read the pages with a text recogniser and add the result");
    }
    build.finish()
}

fn draw<'a>(page: &Page<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>, pen: &mut Pen) {
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, cache, pdf.xref(), settings);
    interpret_page(page, &mut context, pen);
}

/// Keeps the letters that are drawn, and counts everything else.
struct Pen {
    glyphs: Vec<Glyph>,
    n_drawn: usize,
    n_images: usize,
    n_unknown: usize,
    /// The first place of the last run, with the number of its letters.
    last: Option<(Point, usize)>,
}

impl Pen {
    /// Counts one drawing, and ends the page where it draws without end.
    fn count(&mut self) {
        self.n_drawn += 1;
        if self.n_drawn >= DRAWN {
            // The library has no other way to be stopped; this runs no panic hook and is caught where the page begins.
            resume_unwind(Box::new("too much is drawn"));
        }
    }

    fn glyph(&mut self, transform: Affine, advance: Option<f32>, words: Option<BfString>) {
        let at = transform * Point::ZERO;
        let size = (transform * Point::new(0.0, UNITS) - at).hypot();
        let along = transform * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0) - at;
        let words = match words {
            Some(BfString::Char(letter)) => letter.to_string(),
            Some(BfString::String(words)) => words,
            None => {
                self.n_unknown += 1;
                "\u{fffd}".into()
            }
        };
        let is_sound = [at.x, at.y, size, along.x].iter().all(|number| number.is_finite() && number.abs() < 1e6);
        // Letters of a vertical line are left where they are drawn: they belong to no line of reading.
        if is_sound && size > 0.1 {
            let words: String = words.chars().filter(|c| !c.is_control() || *c == '\t').take(16).collect();
            self.glyphs.push(Glyph { x: at.x, y: at.y, size, width: along.x, words });
        }
    }
}

/// Units of a letter's own square.
const UNITS: f64 = 1000.0;

impl<'a> Device<'a> for Pen {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.count();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.count();
        let Some(first) = run.glyphs().first() else { return };
        // What is filled and then outlined, or set twice to look bold, is said once.
        let begin = (props.transform * first.transform() * Point::ZERO, run.glyphs().len());
        let is_again = self.last.is_some_and(|(at, n)| n == begin.1 && (at - begin.0).hypot() < 0.6);
        self.last = Some(begin);
        if is_again {
            return;
        }
        for glyph in run.glyphs() {
            self.count();
            let advance = match &**glyph {
                hayro_interpret::font::Glyph::Outline(outline) => outline.advance_width(),
                hayro_interpret::font::Glyph::Type3(drawn) => drawn.advance_width(),
            };
            self.glyph(props.transform * glyph.transform(), advance, glyph.as_unicode());
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.count();
        self.n_images += 1;
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {
        self.count();
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
