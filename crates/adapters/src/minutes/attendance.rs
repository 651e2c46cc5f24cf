//! Where minutes list who was there: below headings and behind labels, in bullets, lines, tables and paragraphs.

use std::collections::BTreeSet;
use std::ops::Range;

use fact::{Act, Evidence, Problem};

use super::entry::{Entry, Person, Style, entry, style};
use super::label::{self, Label};
use super::sheet::{Piece, Shape};
use super::split::{is_list, is_paragraph, paragraph};
use super::table::{Columns, Row, cells};
use super::vocabulary::{is_capitals, is_full_name, is_name};

/// What the lists of a file say.
#[derive(Default)]
pub(super) struct List {
    pub named: Vec<Named>,
    pub problems: Vec<Problem>,
    /// Rows and entries that were looked at.
    pub n_units: u64,
    /// The pieces that lists are made of, so that nothing else is read from them.
    pub taken: BTreeSet<usize>,
}

/// One person, and what they are listed for.
pub(super) struct Named {
    pub act: Act,
    pub person: Person,
    pub country: Option<String>,
    pub evidence: Evidence,
    pub number: usize,
    /// Number of the list within the file.
    pub section: usize,
    /// Named by a label below the first words spoken: only who is known from the list is taken.
    pub is_late: bool,
}

/// An entry as it stands, before the style of its list is known.
struct Raw {
    piece: usize,
    at: Range<usize>,
    label: Label,
    section: usize,
    is_late: bool,
    row: Option<(Row, usize)>,
}

/// A list that is being read.
struct Open {
    label: Label,
    shape: Option<Shape>,
    columns: Option<Columns>,
    n_blank: usize,
    n_read: usize,
    /// The label had names behind it on its own line.
    is_inline: bool,
    /// The label is a heading: a sentence may stand between it and the list.
    is_heading: bool,
}

impl Open {
    /// A sentence between a heading and its list leaves the list open.
    fn waits(&mut self, piece: &Piece<'_>) -> bool {
        let is_waiting = self.is_heading && self.n_read == 0 && piece.shape == Shape::Plain && self.columns.is_none();
        if is_waiting {
            self.shape = None;
        }
        is_waiting
    }
}

struct Walk<'p, 's> {
    pieces: &'p [Piece<'s>],
    open: Option<Open>,
    raw: Vec<Raw>,
    problems: Vec<Problem>,
    n_units: u64,
    n_sections: usize,
    /// Somebody has spoken: labels further down are words of the talk.
    has_talk: bool,
    has_table: bool,
    /// A heading that is no label of a list has been passed below the title.
    is_below_topic: bool,
    /// The last heading was a label of a list.
    is_below_list: bool,
}

/// Reads the lists of a file.
pub(super) fn attendance(pieces: &[Piece<'_>], title: Option<usize>) -> List {
    let mut walk = Walk {
        pieces,
        open: None,
        raw: Vec::new(),
        problems: Vec::new(),
        n_units: 0,
        n_sections: 0,
        has_talk: false,
        has_table: false,
        is_below_topic: false,
        is_below_list: false,
    };
    for at in 0..pieces.len() {
        walk.step(at, title == Some(at));
    }
    let speakers = pieces.iter().filter_map(|piece| speaker(piece)).map(String::from).collect();
    finished(pieces, walk, speakers)
}

impl Walk<'_, '_> {
    fn step(&mut self, at: usize, is_title: bool) {
        let piece = &self.pieces[at];
        match piece.shape {
            Shape::Mark | Shape::Front => {}
            Shape::Blank => {
                if let Some(open) = &mut self.open {
                    open.n_blank += 1;
                }
            }
            Shape::Heading(_) => self.heading(at, is_title),
            Shape::Row => self.row(at),
            _ => self.line(at),
        }
    }

    fn heading(&mut self, at: usize, is_title: bool) {
        let piece = &self.pieces[at];
        let is_early = |label: &Label| label.act == Some(Act::Attended) || !self.has_talk;
        let label =
            label::of_heading(piece).filter(|label| is_early(label) && (!label.is_dependent || self.is_below_list));
        self.is_below_list = label.is_some();
        if let Some(label) = label {
            self.begin(label);
            if let Some(open) = &mut self.open {
                open.is_heading = true;
            }
            return;
        }
        self.open = None;
        self.is_below_topic |= !is_title;
        if is_notes(&piece.plain()) && self.is_bare_list(at + 1) {
            self.begin(Label::PRESENT);
        }
    }

    fn begin(&mut self, label: Label) {
        self.n_sections += 1;
        self.open = Some(Open {
            label,
            shape: None,
            columns: None,
            n_blank: 0,
            n_read: 0,
            is_inline: false,
            is_heading: false,
        });
    }

    /// Three full names and more in a row, right below the heading of the notes.
    fn is_bare_list(&self, from: usize) -> bool {
        let said = self.pieces[from..].iter().skip_while(|piece| matches!(piece.shape, Shape::Blank | Shape::Mark));
        let run = said.take_while(|piece| matches!(piece.shape, Shape::Bullet | Shape::Plain)).take(3);
        let family_first = Style { is_family_first: true, ..Style::default() };
        let is_one = |piece: &&Piece<'_>| {
            [&Style::default(), &family_first].into_iter().any(|style| match entry(piece.raw(), style) {
                Entry::Person(person) => {
                    let is_short = person.affiliation.as_ref().is_none_or(|name| name.len() <= 40);
                    is_full_name(&person.name) && is_short && !piece.raw().ends_with('.')
                }
                _ => false,
            })
        };
        run.filter(is_one).count() == 3
    }

    fn row(&mut self, at: usize) {
        let cells = cells(self.pieces[at].raw());
        let is_early = !self.is_below_topic && !self.has_talk;
        if let Some(columns) =
            Columns::of(&cells).filter(|found| self.open.is_some() || (is_early && found.is_of_persons()))
        {
            if self.open.is_none() {
                self.begin(Label::PRESENT);
            }
            self.has_table = true;
            if let Some(open) = &mut self.open {
                open.columns = Some(columns);
            }
            return;
        }
        let Some((columns, label)) = self.open.as_ref().and_then(|open| Some((open.columns.as_ref()?, open.label)))
        else {
            return;
        };
        let row = columns.row(&cells);
        if matches!(row, Row::Nobody) || label.act.is_none() {
            return;
        }
        let n_cells = columns.n_cells;
        let range = 0..self.pieces[at].line.text.trim_end().len();
        self.n_units += 1;
        self.push(at, range, label, Some((row, n_cells)));
    }

    fn push(&mut self, piece: usize, at: Range<usize>, label: Label, row: Option<(Row, usize)>) {
        let is_office = matches!(label.act, Some(Act::Chaired | Act::Scribed));
        let is_late = row.is_none() && is_office && (self.has_talk || label.is_dependent);
        self.raw.push(Raw { piece, at, label, section: self.n_sections, is_late, row });
    }

    fn line(&mut self, at: usize) {
        let piece = &self.pieces[at];
        if let Some((label, rest)) = label::of_line(piece).filter(|(label, rest)| self.is_label(piece, *label, rest)) {
            self.begin(label);
            if !rest.is_empty() {
                self.names(at, rest);
                let is_list = label.act == Some(Act::Attended);
                self.open = self.open.take().filter(|_| is_list);
                if let Some(open) = &mut self.open {
                    (open.is_inline, open.shape, open.n_read) = (true, Some(Shape::Plain), 1);
                }
            }
            return;
        }
        if self.open.is_some() && !self.is_entry(at) {
            self.open = None;
        }
        if self.open.is_some() {
            return;
        }
        let is_early = !self.is_below_topic && !self.has_talk && !self.has_table;
        if speaker(piece).is_some() {
            self.has_talk = true;
        } else if is_early && piece.shape == Shape::Plain && is_list(piece.raw()) {
            self.begin(Label::PRESENT);
            self.names(at, piece.text.clone());
            self.open = None;
        }
    }

    /// Below the first words spoken only who was in the chair or took notes is still named by a label.
    fn is_label(&self, piece: &Piece<'_>, label: Label, rest: &Range<usize>) -> bool {
        let is_office = matches!(label.act, Some(Act::Chaired | Act::Scribed));
        let is_named = !rest.is_empty() && rest.len() <= 200;
        let is_text = !piece.is_fenced || !self.is_below_topic;
        is_text && if is_office { is_named || !self.has_talk && piece.shape != Shape::Bullet } else { !self.has_talk }
    }

    /// Reads several names from a part of a line.
    fn names(&mut self, at: usize, range: Range<usize>) {
        let Some(label) = self.open.as_ref().map(|open| open.label).filter(|label| label.act.is_some()) else { return };
        let Some(text) = self.pieces[at].line.text.get(range.clone()) else { return };
        for part in paragraph(text) {
            let bytes = range.start + part.start..range.start + part.end;
            if entry(&text[part], &Style::default()) != Entry::Nobody {
                self.n_units += 1;
                self.push(at, bytes, label, None);
            }
        }
    }

    /// Reads a line of an open list; `false` where the list is over.
    fn is_entry(&mut self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let Some(open) = &mut self.open else { return false };
        let n_blank = std::mem::take(&mut open.n_blank);
        let shape = *open.shape.get_or_insert(piece.shape);
        let is_wrapped = shape == Shape::Bullet && piece.shape == Shape::Plain && piece.indent > 0 && n_blank == 0;
        if is_wrapped && open.n_read > 0 {
            return true;
        }
        let is_over = shape != piece.shape
            || piece.shape == Shape::Quote
            || (open.is_inline && (n_blank > 0 || !is_paragraph(piece.raw())))
            || (open.columns.is_some() && piece.shape == Shape::Plain);
        if is_over || (piece.shape == Shape::Plain && speaker(piece).is_some()) {
            return false;
        }
        if piece.shape == Shape::Plain || is_enumeration(piece.raw()) {
            let is_alone = open.n_read == 0 && is_single(self.pieces, at);
            if is_paragraph(piece.raw()) || (is_alone && is_pair(piece.raw())) {
                open.n_read += 1;
                self.names(at, piece.text.clone());
                return true;
            }
        }
        self.one(at, n_blank)
    }

    /// Reads a line that is one entry.
    fn one(&mut self, at: usize, n_blank: usize) -> bool {
        let piece = &self.pieces[at];
        let goes_on = goes_on(self.pieces, at);
        let Some(open) = &mut self.open else { return false };
        let label = open.label;
        let is_loose = piece.shape == Shape::Bullet;
        match entry(piece.raw(), &Style::default()) {
            Entry::Nobody => return true,
            Entry::Person(person) => {
                let is_first = open.n_read == 0;
                let n_words = person.name.split_whitespace().count();
                let has_capital = person.name.starts_with(|letter: char| !letter.is_lowercase());
                let is_said = piece.raw().split_whitespace().count() > 14 && piece.raw().ends_with('.');
                let is_plain = is_full_name(&person.name)
                    || (n_words == 1 && (has_capital || (n_blank == 0 && !is_first)))
                    || (n_words == 1 && n_blank <= 1 && open.n_read > 2 && piece.raw().len() <= 20)
                    || (n_words == 2 && !is_first && (n_blank == 0 || (n_blank == 1 && goes_on)));
                if is_said || !(is_loose || is_plain) {
                    return open.waits(piece);
                }
            }
            Entry::Unreadable => {
                let is_short = piece.raw().split_whitespace().count() <= 8 && speaker(piece).is_none();
                if !is_loose || open.n_read == 0 || !is_short {
                    return open.waits(piece);
                }
            }
        }
        open.n_read += 1;
        if label.act.is_some() {
            self.n_units += 1;
            self.push(at, piece.text.clone(), label, None);
        }
        true
    }
}

/// Reads the entries in the style of their list.
fn finished(pieces: &[Piece<'_>], walk: Walk<'_, '_>, speakers: BTreeSet<String>) -> List {
    let text = |raw: &Raw| pieces[raw.piece].line.text.get(raw.at.clone()).unwrap_or_default();
    let listed = walk.raw.iter().filter(|raw| raw.row.is_none() && raw.label.act == Some(Act::Attended));
    let style = style(listed.map(text), speakers);
    let mut list = List { n_units: walk.n_units, problems: walk.problems, ..List::default() };
    for raw in walk.raw {
        let piece = &pieces[raw.piece];
        let evidence = piece.evidence(raw.at.clone());
        let written = text(&raw);
        let Some(act) = raw.label.act else { continue };
        let read = match raw.row {
            Some((row, n_cells)) => of_row(row, n_cells),
            None => of_entry(written, act, &style),
        };
        list.taken.insert(raw.piece);
        match read {
            Ok(Some((mut person, country))) => {
                person.mode = person.mode.or(raw.label.mode);
                person.role = person.role.or(raw.label.role.map(String::from));
                list.named.push(Named {
                    act,
                    person,
                    country,
                    evidence,
                    number: piece.line.number,
                    section: raw.section,
                    is_late: raw.is_late,
                });
            }
            Ok(None) => {}
            Err((kind, what, hint)) => list.problems.push(piece.problem(kind, evidence, what, hint)),
        }
    }
    resolve(&mut list.named);
    let unknown = |one: &Named| one.is_late && !is_known(&one.person.name, &list.named);
    let kept: Vec<bool> = list.named.iter().map(|one| !unknown(one)).collect();
    let mut kept = kept.into_iter();
    list.named.retain(|_| kept.next().unwrap_or(true));
    list
}

type Found = Result<Option<(Person, Option<String>)>, (&'static str, String, &'static str)>;

fn of_row(row: Row, n_cells: usize) -> Found {
    let hint = "complete the row or take it out";
    match row {
        Row::Person(person, country) => Ok(Some((*person, country))),
        Row::Nobody => Ok(None),
        Row::NameMissing => Err(("name-missing", "expected a name, found an empty cell".into(), hint)),
        Row::CellsMissing(n) => Err(("cells-missing", format!("expected {n_cells} cells, found {n}"), hint)),
    }
}

fn of_entry(written: &str, act: Act, style: &Style) -> Found {
    let is_office = matches!(act, Act::Chaired | Act::Scribed);
    // `Scribe: (ABC)` is written with brackets by some.
    let inner = written.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).filter(|_| is_office);
    match entry(inner.unwrap_or(written), style) {
        // A sentence behind `Scribe:` or `Notes:` names nobody.
        _ if is_office && written.len() > 60 => Ok(None),
        Entry::Person(person) => Ok(Some((*person, None))),
        Entry::Nobody => Ok(None),
        Entry::Unreadable if is_office => Ok(None),
        Entry::Unreadable => {
            let what = format!("expected `Name (ABBREVIATION)`, found `{}`", super::markup::without_mailboxes(written));
            Err(("entry-unreadable", what, "write the name out"))
        }
    }
}

/// Those named by their short form get the name that the list gives it.
fn resolve(named: &mut [Named]) {
    let known: Vec<Known> = known(named);
    for one in named.iter_mut().filter(|one| one.act != Act::Attended && is_capitals(&one.person.name)) {
        renamed(&mut one.person, &known);
    }
}

/// Gives a person named by their short form the name that the list gives it.
pub(super) fn resolved(person: &mut Person, named: &[Named]) {
    renamed(person, &known(named));
}

type Known = (String, String, Option<String>);

/// Short forms of the list, with name and affiliation.
fn known(named: &[Named]) -> Vec<Known> {
    let present = named.iter().filter(|one| one.act == Act::Attended).map(|one| &one.person);
    present.filter_map(|one| Some((one.abbreviation.clone()?, one.name.clone(), one.affiliation.clone()))).collect()
}

fn renamed(person: &mut Person, known: &[Known]) {
    if let Some((short, name, affiliation)) = known.iter().find(|(short, ..)| *short == person.name) {
        person.abbreviation = Some(short.clone());
        person.name.clone_from(name);
        person.affiliation.clone_from(affiliation);
    }
}

/// `ABC: words`, as minutes write who speaks: the letters.
pub(super) fn speaker<'s>(piece: &Piece<'s>) -> Option<&'s str> {
    let (who, said) = piece.raw().split_once(':')?;
    let who = who.trim_matches(['*', '_', ' ']);
    // Words in capitals that head a line and are nobody.
    let is_word =
        ["POLL", "NOTE", "TODO", "FYI", "VOTE", "PR", "AI", "URL", "TBD", "NB", "PS", "IRC", "WHO", "Q"].contains(&who);
    let is_letters = !is_word
        && (1..=4).contains(&who.chars().count())
        && who.chars().all(|letter| letter.is_ascii_uppercase() || letter == '?');
    let is_said = !said.starts_with("//") && !said.trim().starts_with(|letter: char| letter.is_ascii_digit());
    (is_letters && is_said && !matches!(piece.shape, Shape::Heading(_) | Shape::Row | Shape::Front | Shape::Mark))
        .then_some(who)
}

fn is_notes(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    matches!(
        lower.trim_matches(|letter: char| !letter.is_alphanumeric()),
        "notes" | "meeting notes" | "minutes" | "meeting minutes"
    )
}

/// True when a full name follows, or the heading that ends the list: `Bert sample` between them is a name too.
fn goes_on(pieces: &[Piece<'_>], at: usize) -> bool {
    let next = pieces.get(at + 1..).and_then(|rest| rest.iter().find(|piece| piece.shape != Shape::Blank));
    next.is_some_and(|next| {
        let is_name = || matches!(entry(next.raw(), &Style::default()), Entry::Person(one) if is_full_name(&one.name));
        matches!(next.shape, Shape::Heading(_)) || (next.shape == pieces[at].shape && is_name())
    })
}

/// True when no other line of the list follows.
fn is_single(pieces: &[Piece<'_>], at: usize) -> bool {
    pieces.get(at + 1).is_none_or(|next| matches!(next.shape, Shape::Blank | Shape::Heading(_)))
}

/// `A. Example, B. Sample, C. Specimen, D. Pattern` in one bullet.
fn is_enumeration(text: &str) -> bool {
    let parts = paragraph(text);
    parts.len() > 3 && parts.iter().all(|part| is_full_name(&super::markup::plain(&text[part.clone()])))
}

/// `A. Example, B. Sample` and nothing else in the list.
fn is_pair(text: &str) -> bool {
    let parts = paragraph(text);
    parts.len() == 2 && parts.iter().all(|part| is_full_name(&super::markup::plain(&text[part.clone()])))
}

/// True when words name one of a list: by full name, or by one of its words.
pub(super) fn is_known(name: &str, named: &[Named]) -> bool {
    let is_one = |one: &Named| {
        let full = &one.person.name;
        full == name
            || one.person.abbreviation.as_deref() == Some(name)
            || full.split_whitespace().any(|word| word == name)
    };
    is_name(name) && named.iter().filter(|one| one.act == Act::Attended).any(is_one)
}
