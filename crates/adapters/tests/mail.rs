//! What archives of mail are like: each test is a kind of mess that real archives hold, or a way in which other readers
//! lose messages (Perceval: chaoss/grimoirelab-perceval#57, #74, #118, #174, #770; BigBang: one bad byte, one list).
#![allow(missing_docs, reason = "a test has no public items")]

use std::fmt::Write as _;

use fact::{Act, Evidence, Fact, Reading, Snapshot, content_id, fact_id};
use proptest::prelude::*;

fn read_as(origin: &str, bytes: &[u8]) -> Reading {
    let id = content_id(bytes);
    let snapshot = Snapshot::new(&id, origin, bytes);
    let adapter = adapters::adapter_for(&snapshot).expect("an adapter takes it");
    assert_eq!(adapter.name(), "mailbox");
    let reading = adapter.read(&snapshot);
    check(bytes, &reading);
    reading
}

fn read(text: &str) -> Reading {
    read_as("lists/clocks.mbox", text.as_bytes())
}

/// What holds of every reading: evidence lies in the source, acts are postings, every unit comes out once.
fn check(bytes: &[u8], reading: &Reading) {
    let of_facts = reading.facts.iter().map(|fact| &fact.evidence);
    for Evidence { start, end, .. } in of_facts.chain(reading.problems.iter().map(|problem| &problem.evidence)) {
        assert!(start <= end && *end <= bytes.len() as u64, "{start}..{end} of {}", bytes.len());
    }
    assert!(reading.facts.iter().all(|fact| fact.act == Act::Posted && fact.who.affiliation.is_none()));
    let is_page = reading.about.starts_with("hypermail index") || reading.about.starts_with("LISTSERV's");
    assert!(is_page || reading.n_units == (reading.facts.len() + n_lost(reading)) as u64, "{reading:#?}");
}

/// Messages that came out as a problem and not as a fact.
fn n_lost(reading: &Reading) -> usize {
    reading
        .problems
        .iter()
        .filter(|problem| ["doubled-message", "headers-missing", "page-unknown"].contains(&problem.kind))
        .count()
}

fn kinds(reading: &Reading) -> Vec<&'static str> {
    reading.problems.iter().map(|problem| problem.kind).collect()
}

/// A message by itself: envelope, sender, date, identifier, then a body.
fn message(n: usize, body: &str) -> String {
    format!(
        "From jane@example.org Sat Mar  1 10:00:00 2031\nFrom: Jane Example <jane@example.org>\nSubject: clocks {n}\n\
         Date: Sat, 1 Mar 2031 11:00:00 +0100\nMessage-ID: <{n}@example.org>\n\n{body}\n"
    )
}

fn titles(reading: &Reading) -> Vec<&str> {
    reading.facts.iter().filter_map(|fact| fact.object.as_ref()).map(|thing| thing.title.as_str()).collect()
}

/// BigBang loses the archive, Perceval the message.
#[test]
fn one_bad_byte_loses_nothing() {
    let text = [message(1, "a"), message(2, "b"), message(3, "c")].join("\n");
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        // A changed `From `, or one that no longer begins its line, separates nothing.
        let is_separator = (0..=5).any(|back| bytes[(at + 1).saturating_sub(back)..].starts_with(b"From "));
        if !is_separator {
            bytes[at] = 0xED;
            let reading = read_as("lists/clocks.mbox", &bytes);
            assert_eq!(reading.n_units, 3, "byte {at}: {:#?}", reading.problems);
        }
    }
}

#[test]
fn a_letter_that_is_not_ascii_in_a_from_line_is_no_obstacle() {
    let text = message(1, "a") + "\n" + &message(2, "b");
    let latin: Vec<u8> = text.replacen("From jane@", "From j\u{f6}rg@", 2).chars().map(|letter| letter as u8).collect();
    let reading = read_as("lists/clocks.mbox", &latin);
    assert_eq!((reading.n_units, reading.facts.len(), kinds(&reading)), (2, 2, vec![]));
}

/// Perceval splits the body and makes a ninth message of it.
#[test]
fn an_unescaped_body_line_makes_no_further_message() {
    let body = "\nFrom the start of March on, clocks drift.\nNote: they do.\n\nFrom jane@example.org\n\n> From: x\n";
    let reading = read(&(message(1, body) + "\n" + &message(2, "b")));
    assert_eq!(titles(&reading), ["clocks 1", "clocks 2"]);
    assert_eq!(kinds(&reading), Vec::<&str>::new());
}

/// Perceval ends with `Items skipped: 0` although it ignored some: here what makes no fact is a problem, one for one.
#[test]
fn what_is_passed_over_is_counted() {
    let empty = "From jane@example.org Sat Mar  1 10:00:00 2031\n\n";
    let text = [message(1, "a"), message(1, "a"), empty.into(), message(2, "b")].join("\n");
    let reading = read(&text);
    assert_eq!((reading.n_units, reading.facts.len()), (4, 2));
    assert_eq!(kinds(&reading), ["doubled-message", "headers-missing"]);
}

#[test]
fn eight_dirty_messages_in_eight_facts_out() {
    let dirty = [
        ("Date: Sat, 1 Mar 2031 11:00:00 +0100", "Date: soon"),
        ("Date: Sat, 1 Mar 2031", "Date: Sat, 32 Mar 2031"),
        ("+0100", "CEST"),
        ("From jane@", "From j\u{e9}@"),
        ("Message-ID: <5@example.org>\n", ""),
        ("body", "body\n\nFrom the start ...\n"),
        ("From: Jane Example <jane@example.org>\n", ""),
        ("Date: Sat, 1 Mar 2031 11:00:00 +0100\n", ""),
    ];
    let messages = dirty.iter().zip(1..).map(|((from, to), n)| {
        let whole = message(n, "body");
        assert!(whole.contains(from), "{from}");
        whole.replacen(from, to, 1)
    });
    let reading = read(&messages.collect::<Vec<_>>().join("\n"));
    assert_eq!((reading.n_units, reading.facts.len()), (8, 8));
    assert_eq!(kinds(&reading), ["date-unreadable", "date-unreadable", "sender-unreadable", "date-unreadable"]);
    assert!(reading.facts.iter().all(|fact| fact.when.from.is_some_and(|day| day.to_string() == "2031-03-01")));
    let sure: Vec<bool> = reading.facts.iter().map(|fact| fact.confidence > 0.99).collect();
    assert_eq!(sure, [false, false, true, true, true, true, true, false]);
}

/// A download writes its own day into `From ` lines, other stores the clock's zero: neither is a day of posting.
#[test]
fn a_day_that_nobody_states_stays_unknown() {
    let text =
        message(1, "a").replace("Sat Mar  1 10:00:00 2031", "Thu Jan  1 00:00:00 1970").replace("Date:", "X-Date:");
    let reading = read(&text);
    assert_eq!(reading.facts[0].when, fact::When::UNKNOWN);
    assert_eq!(kinds(&reading), ["date-unreadable"]);
}

#[test]
fn crlf_and_mixed_line_ends_read_alike() {
    let text = [message(1, "a"), message(2, "b"), message(3, "c")].join("\n");
    let of =
        |text: &str| read(text).facts.into_iter().map(|fact| (fact.who, fact.object, fact.when)).collect::<Vec<_>>();
    assert_eq!(of(&text), of(&text.replace('\n', "\r\n")));
    let mixed: String = text.lines().enumerate().map(|(n, line)| line.to_string() + ["\n", "\r\n"][n % 2]).collect();
    assert_eq!(of(&text), of(&mixed));
}

#[test]
fn nul_bytes_are_left_out_of_names_and_stop_nothing() {
    let text = message(1, "a\0b").replace("Jane", "Ja\0ne") + "\0\0\n\n" + &message(2, "\0");
    let reading = read(&text);
    assert_eq!(reading.facts.len(), 2);
    assert_eq!(reading.facts[0].who.name.as_deref(), Some("Jane Example"));
}

#[test]
fn blank_lines_and_garbage_before_the_first_message() {
    let blank = read(&("\n\r\n \n".to_string() + &message(1, "a")));
    assert_eq!((blank.facts.len(), kinds(&blank)), (1, vec![]));
    let garbage = read(&("<<< exported >>>\n\n".to_string() + &message(1, "a")));
    assert_eq!((garbage.facts.len(), kinds(&garbage)), (1, vec!["text-before-messages"]));
    assert_eq!(garbage.problems[0].evidence.quote, "<<< exported >>>");
}

/// Perceval and BigBang read such a file as text or not at all (perceval#770).
#[test]
fn a_first_message_without_its_from_line_is_read() {
    let text = message(1, "a") + "\n" + &message(2, "b");
    let reading = read(text.split_once('\n').map_or("", |(_, rest)| rest));
    assert_eq!(titles(&reading), ["clocks 1", "clocks 2"]);
}

#[test]
fn an_archive_cut_anywhere_keeps_what_is_there() {
    let text = [message(1, "a"), message(2, "b"), message(3, "c")].join("\n");
    let starts: Vec<usize> = text.match_indices("From jane").map(|(at, _)| at).collect();
    for at in 60..text.len() {
        let reading = read(&text[..at]);
        let n_whole = starts.iter().filter(|&&start| start + 60 < at).count();
        assert!((reading.n_units as usize).abs_diff(n_whole) <= 1, "cut at {at}: {reading:#?}");
        let is_in_headers = starts.iter().any(|&start| (start + 60..start + 150).contains(&at));
        assert!(!is_in_headers || kinds(&reading).contains(&"message-cut"), "cut at {at}");
    }
}

#[test]
fn parts_within_parts_and_messages_within_messages_are_one_message() {
    let inner = "--a\nContent-Type: message/rfc822\n\nFrom: Other <o@example.com>\nDate: Sun, 2 Mar 2031 10:00 +0000\n\
                 Message-ID: <inner@example.com>\n\n--b\nContent-Type: text/plain; charset=x-unknown\n\
                 Content-Transfer-Encoding: quoted-printable\n\nna=EFve =\nFrom: x\n--b--\n--a--\n";
    let text = message(1, inner).replace("\nSubject", "\nContent-Type: multipart/mixed; boundary=\"a\"\nSubject");
    let reading = read(&text);
    assert_eq!((titles(&reading), kinds(&reading)), (vec!["clocks 1"], vec![]));
    let cut = read(&text.replace("--a--", ""));
    assert_eq!(kinds(&cut), ["message-cut"]);
}

#[test]
fn a_header_of_100_mb_and_100_000_headers_are_read_in_passing() {
    let long = message(1, "a").replace("clocks 1", &"x ".repeat(50 << 20));
    let reading = read(&(long + "\n" + &message(2, "b")));
    assert_eq!(reading.facts.len(), 2);
    assert!(titles(&reading)[0].len() < 20_000);
    let mut many = String::from("From jane@example.org Sat Mar  1 10:00:00 2031\n");
    for n in 0..100_000 {
        let _ = writeln!(many, "Received: by host {n}\n\tfor somebody");
    }
    many += message(1, "a").split_once('\n').map_or("", |(_, rest)| rest);
    assert_eq!(titles(&read(&many)), ["clocks 1"]);
}

/// Work grows with the bytes, not with their square: a megabyte of each trap is read at once.
#[test]
fn traps_for_readers_that_look_ahead_are_passed() {
    for trap in
        ["=?", "=?utf-8?q?", "<", "(", "\"", " at ", "@", "From x\n", "\n=", "--", ": ", "a: b\n", "\n\nFrom a@b.c\nTo"]
    {
        let text = trap.repeat((1 << 20) / trap.len());
        let subject = message(1, "a").replace("clocks 1", &text).replace("Jane Example", &text);
        assert!(read(&(subject + "\n" + &message(2, &text))).n_units >= 2, "{trap}");
    }
}

/// `perceval mbox --from-date` reads the archive again: here the new end is enough.
#[test]
fn an_archive_that_grew_is_read_from_its_last_message_on() {
    let old = message(1, "a") + "\n" + &message(2, "b") + "\n";
    let new = old.clone() + &message(3, "c") + "\n" + &message(4, "d");
    let from = read(&old).facts.last().map(|fact| fact.evidence.start).expect("there are messages");
    let shifted = |fact: &Fact| {
        let mut fact = fact.clone();
        fact.evidence.start += from;
        fact.evidence.end += from;
        fact_id("mailbox", "s", &fact)
    };
    let tail: Vec<String> = read(&new[from as usize..]).facts.iter().map(shifted).collect();
    let whole: Vec<String> = read(&new).facts.iter().map(|fact| fact_id("mailbox", "s", fact)).collect();
    assert_eq!(tail, whole[1..]);
}

/// The part of an address before the `@` stands in no name, title, quote or problem.
#[test]
fn local_parts_are_kept_nowhere() {
    let secret = "zq9local";
    let text = [
        format!("{secret}@example.org"),
        format!("\"{secret}@example.org\" <{secret}@example.org>"),
        format!("{secret} at example.org (Jane Example)"),
        format!("{secret} at example dot org ({secret} at example dot org)"),
        format!("Jane Example <{secret}@example.org>"),
        format!("{secret} at gmail...."),
        format!("<{secret}@>"),
        format!("Jane ({secret}@example.org) Example <{secret}@[192.0.2.1]>"),
    ]
    .iter()
    .enumerate()
    .map(|(n, from)| {
        let subject = format!("mail {secret}@example.org");
        let date = format!("Date: asked by {secret}@example.org");
        let text = message(n, "a").replace("Jane Example <jane@example.org>", from).replace("clocks", &subject);
        text.replace("Date: Sat, 1 Mar 2031 11:00:00 +0100", &date).replace("From jane", &format!("From {secret}"))
    })
    .collect::<Vec<_>>()
    .join("\n");
    let reading = read(&(format!("sent to {secret}@example.org\n\n") + &text));
    assert_eq!(reading.facts.len(), 8);
    assert!(!format!("{reading:?}").contains(secret), "{reading:#?}");
}

#[test]
fn domains_are_of_the_senders_and_whole() {
    let of = |from: &str| {
        let reading = read(&message(1, "a").replace("Jane Example <jane@example.org>", from));
        reading.facts[0].who.domain.clone()
    };
    assert_eq!(of("Jane <jane@SUB.Example.ORG>").as_deref(), Some("sub.example.org"));
    assert_eq!(of("jane at example dot org (Jane)").as_deref(), Some("example.org"));
    assert_eq!(of("jane at gmail.... (Jane)"), None);
    assert_eq!(of("Jane"), None);
}

/// W3C changed its pages, and BigBang's collection was empty without a word (bigbang#600).
#[test]
fn a_page_of_a_form_not_known_is_a_problem() {
    let page = "<html><head><meta name=\"generator\" content=\"hypermail 9\" /></head><body>From: Jane</body></html>";
    let reading = read_as("archive/0001.html", page.as_bytes());
    assert_eq!((reading.n_units, kinds(&reading)), (1, vec!["page-unknown"]));
}

/// One message of a made-up archive.
#[derive(Clone, Debug)]
struct Mess {
    envelope: usize,
    headers: Vec<usize>,
    body: Vec<usize>,
    is_crlf: bool,
}

const ENVELOPES: [&str; 6] = [
    "From jane@example.org Sat Mar  1 10:00:00 2031",
    "From jane at example.org  Sat Mar  1 10:00:00 2031",
    "From MAILER-DAEMON Sat Mar  1 10:00:00 2031",
    "From - Sat Mar 01 10:00:00 2031",
    "From \u{fc}@example.org Sat Mar  1 10:00 CET 2031",
    "From nobody Sat, 1 Mar 2031 10:00:00 +0000",
];

const HEADERS: [&str; 16] = [
    "From: Jane Example <jane@example.org>",
    "From: jane at example.org (Jane)",
    "From: ((((\"<<@@,;:",
    "Date: Sat, 1 Mar 2031 11:00:00 +0100",
    "Date: never",
    "Subject: =?utf-8?B?w5bDpA==?= =?utf-8?Q?=C3?=",
    "Subject: =?x?q?",
    "Message-ID: <same@example.org>",
    "Message-ID: other",
    "In-Reply-To: <same@example.org>",
    "References: < <a@b> <",
    "List-Id: <>",
    "Content-Length: 30",
    ">From somebody Sat Mar  1 10:00:00 2031",
    "X-Folded: a\n\tFrom b",
    "Content-Type: multipart/mixed; boundary=\"\"",
];

const BODIES: [&str; 10] = [
    "",
    "From the start on",
    "From: nobody",
    ">From jane@example.org Sat Mar  1 10:00:00 2031",
    "text \u{0} \u{e9}",
    "=========================================================================",
    "From jane@example.org",
    "--part",
    "From ",
    "from jane@example.org Sat Mar  1 10:00:00 2031",
];

fn messes() -> impl Strategy<Value = Vec<Mess>> {
    let picks = |n: usize, most: usize| proptest::collection::vec(0..n, 0..most);
    let mess = (0..ENVELOPES.len(), picks(HEADERS.len(), 6), picks(BODIES.len(), 6), any::<bool>())
        .prop_map(|(envelope, headers, body, is_crlf)| Mess { envelope, headers, body, is_crlf });
    proptest::collection::vec(mess, 1..12)
}

fn written(messes: &[Mess]) -> String {
    let mut text = String::new();
    for mess in messes {
        let headers = mess.headers.iter().map(|&at| HEADERS[at]);
        let body = mess.body.iter().map(|&at| BODIES[at]);
        let lines: Vec<&str> =
            [ENVELOPES[mess.envelope], "X-First: 1"].into_iter().chain(headers).chain([""]).chain(body).collect();
        let message = lines.join("\n") + "\n\n";
        text += &if mess.is_crlf { message.replace('\n', "\r\n") } else { message };
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// As many messages come out as went in, whatever the mess.
    #[test]
    fn n_messages_in_n_facts_and_problems_out(messes in messes()) {
        let reading = read(&written(&messes));
        prop_assert_eq!(reading.n_units, messes.len() as u64);
        prop_assert_eq!(reading.facts.len() + n_lost(&reading), messes.len());
    }

    /// Any bytes behind the beginning of any form are read, and nothing points outside them.
    #[test]
    fn any_bytes_are_read(form in 0..7_usize, bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let bar = "=".repeat(73);
        let start = [
            "From a@example.org Sat Mar  1 10:00:00 2031\nFrom: ".to_string(),
            "From a@example.org Sat Mar  1 10:00:00 2031\nDate: x\nSubject: =?utf-8?".into(),
            format!("{bar}\r\nDate:         "),
            "Message-ID: <a@b>\nFrom: x\nReferences: ".into(),
            "<meta name=\"generator\" content=\"hypermail 2\">\n<!-- sent=\"x\" -->\n<!-- name=\"".into(),
            "<meta name=\"generator\" content=\"hypermail 2\">\n<title>".into(),
            "*LSV-F*".into(),
        ][form].clone();
        read_as("x/y.mbox", &[start.into_bytes(), bytes].concat());
    }

    /// An archive with some of its bytes changed is still read, if it is known for one.
    #[test]
    fn changed_bytes_are_read(messes in messes(), changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..20)) {
        let mut bytes = written(&messes).into_bytes();
        for (at, byte) in changes {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        let id = content_id(&bytes);
        let snapshot = Snapshot::new(&id, "x/y.mbox", &bytes);
        if let Some(adapter) = adapters::adapter_for(&snapshot) {
            check(&bytes, &adapter.read(&snapshot));
        }
    }
}
