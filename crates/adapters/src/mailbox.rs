//! Archives of mailing lists: who posted what to which list, when, in answer to which message.
//!
//! Comes in: an mbox file or mailman's monthly text (`From ` lines), a LISTSERV log (lines of 73 `=`), one message
//! (`.eml`, a file of a maildir), or a page of hypermail. Goes out: `posted` for each message, with the sender's name, the
//! domain of the address - never the address - and the day as the sender's clock had it. Bodies are passed over, not read.
//!
//! Every message that is seen counts as one unit and comes out as one fact, or as one problem: a copy of another, or a
//! separator without headers. Nothing that is wrong with one message touches another.
//!
//! An mbox that grew at its end need not be read again: the bytes from the start of the last fact's evidence on are an
//! archive of their own. Whoever reads them adds that start to every place, and drops the identifiers that are held already.

#[path = "mailbox/archive.rs"]
mod archive;
#[path = "mailbox/date.rs"]
mod date;
#[path = "mailbox/form.rs"]
mod form;
#[path = "mailbox/head.rs"]
mod head;
#[path = "mailbox/lists.rs"]
mod lists;
#[path = "mailbox/page.rs"]
mod page;
#[path = "mailbox/post.rs"]
mod post;
#[path = "mailbox/sender.rs"]
mod sender;
#[path = "mailbox/split.rs"]
mod split;
#[path = "mailbox/words.rs"]
mod words;

use fact::{Adapter, Evidence, Problem, Reading, Snapshot, When};

use form::{Form, content_start, form};
use head::Head;
use page::Page;
use post::{Around, Place, Posts};
use split::Piece;

/// The adapter.
pub static ADAPTER: Mailbox = Mailbox;

/// Reads archives of mailing lists.
pub struct Mailbox;

impl Adapter for Mailbox {
    fn name(&self) -> &'static str {
        "mailbox"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Mail archives: mbox, mailman text, LISTSERV logs, single messages, hypermail pages"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        form(snapshot.origin, snapshot.bytes).is_some()
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let list = lists::of_origin(snapshot.origin);
        match form(snapshot.origin, snapshot.bytes) {
            Some(Form::Archive(kind)) => archive::read(snapshot, kind, list.as_deref()),
            Some(Form::Message) => read_message(snapshot),
            Some(Form::Page(Page::Message)) => read_page(snapshot),
            Some(Form::Page(Page::Index)) => read_index(snapshot),
            Some(Form::Page(Page::Unknown)) => unknown_page(snapshot),
            Some(Form::Names) => read_names(snapshot, list.as_deref()),
            None => Reading { about: "no mail".into(), ..Reading::default() },
        }
    }
}

fn about(form: &str, reading: &Reading) -> String {
    match reading.facts.iter().find_map(|fact| fact.body.as_deref()) {
        Some(list) => format!("{form} of {list}"),
        None => form.into(),
    }
}

fn read_message(snapshot: &Snapshot<'_>) -> Reading {
    let bytes = snapshot.bytes;
    let start = content_start(bytes);
    let head = Head::scan(bytes, start, |_| false);
    let place = Place { bytes: head.at.clone(), name: "headers".into() };
    let mut posts = Posts::default();
    let around = Around { envelope: None, month: When::UNKNOWN, list: None };
    archive::take(bytes, &Piece { separator: start..start, head }, place, around, &mut posts);
    posts.reading.about = about("message", &posts.reading);
    posts.reading
}

fn read_page(snapshot: &Snapshot<'_>) -> Reading {
    let (post, at) = page::message(snapshot.bytes);
    let mut posts = Posts::default();
    let around = Around { envelope: None, month: When::UNKNOWN, list: None };
    posts.take(post, Place { bytes: at, name: "comments before the body".into() }, around, String::new());
    posts.reading.about = about("hypermail page", &posts.reading);
    posts.reading
}

/// An archive may change its pages from one day to the next: that is said, not passed over (datactive/bigbang#600).
fn unknown_page(snapshot: &Snapshot<'_>) -> Reading {
    let problem = Problem {
        kind: "page-unknown",
        evidence: Evidence::new(0..snapshot.bytes.len(), "page", ""),
        what: "expected a message with `<!-- sent=...` before its body, or a list of messages, found neither".into(),
        hint: "fetch the mbox of the list instead, or report the new form of the page".into(),
    };
    Reading {
        about: "hypermail page of a form not known".into(),
        problems: vec![problem],
        n_units: 1,
        ..Reading::default()
    }
}

fn read_index(snapshot: &Snapshot<'_>) -> Reading {
    let (stated, n_shown) = page::counts(snapshot.bytes);
    let list = page::list(snapshot.bytes).map(|list| format!(" of {list}")).unwrap_or_default();
    let about = format!("hypermail index{list}: its messages are read from their own pages");
    let problem = |stated| Problem {
        kind: "list-incomplete",
        evidence: Evidence::new(0..snapshot.bytes.len(), "index", &format!("{stated} messages")),
        what: format!("expected {stated} messages, found {n_shown}"),
        hint: "fetch the index of the period again".into(),
    };
    let problems = stated.filter(|stated| *stated != n_shown).map(problem).into_iter().collect();
    Reading { about, problems, n_units: n_shown, ..Reading::default() }
}

/// LISTSERV's list of logs names files, not messages.
fn read_names(snapshot: &Snapshot<'_>, list: Option<&str>) -> Reading {
    let n_logs = memchr::memmem::find_iter(snapshot.bytes, b" LOG").count() as u64;
    let list = list.map(|list| format!(" of {list}")).unwrap_or_default();
    Reading { about: format!("LISTSERV's list of the logs{list}: no messages"), n_units: n_logs, ..Reading::default() }
}
