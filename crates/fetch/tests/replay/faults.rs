//! What servers do wrong, one at a time.

use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::server::{Reply, Server, page, raw, redirect, reply, status};
use crate::visit::Visit;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Serves one path with these replies, and returns what fetching it came to.
fn visit(replies: &[Reply]) -> (Server, Visit, String) {
    let server = Server::start(&[("/x", replies)]);
    let (visit, source) = (Visit::new(&server.base), format!("{}/x", server.base));
    (server, visit, source)
}

/// How often the path itself was asked for.
fn n_asked(server: &Server) -> usize {
    server.paths().iter().filter(|path| *path == "/x").count()
}

#[test]
fn a_whole_page_comes_with_its_origin() {
    let headers = "content-type: text/plain\r\netag: \"v1\"\r\nlast-modified: Mon, 03 Mar 2031 00:00:00 GMT\r\n";
    let (server, mut visit, source) = visit(&[reply("200 OK", headers, "minutes")]);
    assert_eq!(visit.text(&source), "minutes");
    let [kept] = &visit.kept[..] else { panic!("one page") };
    assert_eq!((kept.address.as_str(), kept.final_address.as_str()), (source.as_str(), source.as_str()));
    assert_eq!(kept.etag.as_deref(), Some("\"v1\""));
    assert_eq!(kept.last_modified.as_deref(), Some("Mon, 03 Mar 2031 00:00:00 GMT"));
    assert_eq!(kept.content_type.as_deref(), Some("text/plain"));
    assert_eq!(kept.content_id, fact::content_id(b"minutes"));
    assert!(kept.is_new);
    let heads = server.heads();
    assert!(heads.iter().all(|head| head.contains("user-agent: rapporteur/") && head.contains("(+ops@acme.example)")));
    assert!(!heads.iter().any(|head| head.contains("if-none-match")));
}

#[test]
fn an_answer_that_does_not_come_is_given_up_in_the_end() {
    let (server, mut visit, source) = visit(&[Reply::Stall(Vec::new())]);
    visit.settings.limits.time = Duration::from_millis(150);
    visit.settings.n_attempts = 2;
    // The rules of the host come first, from a path that answers.
    let failure = visit.failure(&source);
    assert_eq!((failure.kind, n_asked(&server)), ("too-slow", 2));
    assert_eq!(failure.fault.what, "expected an answer within 0.15 s, found none");
}

#[test]
fn an_answer_that_stops_in_the_middle_is_not_kept() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 100\r\n\r\nonly this";
    let (server, mut visit, source) = visit(&[Reply::Stall(head.to_vec())]);
    visit.settings.limits.time = Duration::from_millis(150);
    visit.settings.n_attempts = 2;
    assert_eq!((visit.failure(&source).kind, n_asked(&server)), ("too-slow", 2));
}

#[test]
fn a_cut_body_is_asked_for_again() {
    let (server, mut visit, source) =
        visit(&[raw("content-length: 12\r\n", "minu"), raw("content-length: 12\r\n", "minutes whole")]);
    // The second is longer than announced: twelve bytes are the content.
    assert_eq!(visit.text(&source), "minutes whol");
    assert_eq!(n_asked(&server), 2);
}

#[test]
fn a_cut_chunked_body_is_asked_for_again() {
    let (cut, whole) = ("7\r\nminutes\r\n", "7\r\nminutes\r\n0\r\n\r\n");
    let chunked = "transfer-encoding: chunked\r\n";
    let (server, mut visit, source) = visit(&[raw(chunked, cut), raw(chunked, "zz\r\n"), raw(chunked, whole)]);
    assert_eq!(visit.text(&source), "minutes");
    assert_eq!(n_asked(&server), 3);
}

#[test]
fn a_body_that_is_always_cut_is_never_kept() {
    let (server, mut visit, source) = visit(&[raw("content-length: 12\r\n", "minu")]);
    assert_eq!((visit.failure(&source).kind, n_asked(&server)), ("truncated", 4));
}

#[test]
fn waits_double_and_are_the_same_for_the_same_seed() {
    let (server, _, source) = visit(&[status("500 Broken")]);
    let waits = |seed| {
        let mut visit = Visit::new(&server.base);
        visit.settings.seed = seed;
        assert_eq!(visit.failure(&source).kind, "server-failed");
        visit.waited().as_secs_f64()
    };
    let (one, again, other) = (waits(1), waits(1), waits(2));
    // A second after the rules of the host, then three waits after four attempts: 1 to 2, 2 to 4 and 4 to 8 seconds.
    assert!((8.0..=15.0).contains(&one), "{one}");
    assert!((one - again).abs() < 1e-9 && (one - other).abs() > 1e-9, "{one} {again} {other}");
}

#[test]
fn a_server_is_given_the_seconds_it_asks_for() {
    let busy = reply("429 Too Many Requests", "retry-after: 120\r\n", "");
    let (server, mut visit, source) = visit(&[busy, page("text/plain", "minutes")]);
    assert_eq!(visit.text(&source), "minutes");
    assert_eq!(n_asked(&server), 2);
    let waited = visit.waited().as_secs();
    assert!((119..=122).contains(&waited), "{waited}");
}

#[test]
fn a_server_is_given_time_until_the_date_it_names() {
    let busy = reply("503 Service Unavailable", "retry-after: Tue, 04 Mar 2031 05:08:07 GMT\r\n", "");
    let (_server, mut visit, source) = visit(&[busy, page("text/plain", "minutes")]);
    assert_eq!(visit.text(&source), "minutes");
    let waited = visit.waited().as_secs();
    assert!((119..=122).contains(&waited), "{waited}");
}

#[test]
fn a_server_that_wishes_a_long_wait_is_left_alone() {
    let (server, mut visit, source) = visit(&[reply("429 Too Many Requests", "retry-after: 86400\r\n", "")]);
    let failure = visit.failure(&source);
    assert_eq!((failure.kind, n_asked(&server)), ("asked-to-wait", 1));
    assert!(failure.fault.what.ends_with("wishes a wait of 86400 s"), "{failure}");
}

#[test]
fn a_server_that_recovers_is_asked_again() {
    let (server, mut visit, source) =
        visit(&[status("500 Broken"), status("502 Bad Gateway"), page("text/plain", "minutes")]);
    assert_eq!(visit.text(&source), "minutes");
    assert_eq!(n_asked(&server), 3);
}

#[test]
fn a_torn_connection_is_tried_again() {
    let (server, mut visit, source) = visit(&[Reply::Reset, Reply::Reset, page("text/plain", "minutes")]);
    assert_eq!(visit.text(&source), "minutes");
    assert_eq!(n_asked(&server), 3);
}

#[test]
fn a_server_that_is_not_there_is_told_as_such() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let mut visit = Visit::new(&base);
    assert_eq!(visit.failure("npm:web-features").kind, "connection-failed");
}

#[test]
fn missing_closed_and_empty_pages_are_not_tried_again() {
    for (line, kind) in [
        ("404 Not Found", "not-found"),
        ("410 Gone", "not-found"),
        ("401 Unauthorized", "access-refused"),
        ("403 Forbidden", "access-refused"),
        ("204 No Content", "status-unexpected"),
        ("206 Partial Content", "status-unexpected"),
        ("304 Not Modified", "status-unexpected"),
        ("302 Found", "redirect-unreadable"),
    ] {
        let (server, mut visit, source) = visit(&[status(line)]);
        let failure = visit.failure(&source);
        assert_eq!((failure.kind, n_asked(&server)), (kind, 1), "{line}: {failure}");
        assert!(!failure.fault.hint.is_empty());
    }
}

#[test]
fn redirects_are_followed_to_the_end() {
    let end = [page("text/plain", "minutes")];
    let server = Server::start(&[("/x", &[redirect("y?a=b")]), ("/y?a=b", &[redirect("@/z")]), ("/z", &end)]);
    let mut visit = Visit::new(&server.base);
    assert_eq!(visit.text(&format!("{}/x", server.base)), "minutes");
    assert_eq!(visit.kept[0].address, format!("{}/x", server.base));
    assert_eq!(visit.kept[0].final_address, format!("{}/z", server.base));
}

#[test]
fn redirects_that_lead_in_a_circle_are_found() {
    let server = Server::start(&[("/x", &[redirect("/y")]), ("/y", &[redirect("@/x")])]);
    let failure = Visit::new(&server.base).failure(&format!("{}/x", server.base));
    assert_eq!(failure.kind, "redirect-loop");
    assert_eq!(server.paths(), ["/robots.txt", "/x", "/y"]);
}

#[test]
fn what_announces_too_much_is_not_read() {
    let (server, mut visit, source) = visit(&[raw("content-length: 1048577\r\n", "x")]);
    let failure = visit.failure(&source);
    assert_eq!((failure.kind, n_asked(&server)), ("too-large", 1));
    assert_eq!(failure.fault.what, "expected at most 1048576 bytes, found 1048577 announced");
}

#[test]
fn what_turns_out_too_large_is_not_kept() {
    let (server, mut visit, source) = visit(&[raw("", vec![b'x'; 2 << 20])]);
    assert_eq!((visit.failure(&source).kind, n_asked(&server)), ("too-large", 1));
}

#[test]
fn pictures_are_not_what_was_asked_for() {
    let (server, mut visit, source) = visit(&[page("image/png", "\u{89}PNG")]);
    let failure = visit.failure(&source);
    assert_eq!((failure.kind, n_asked(&server)), ("content-type-unexpected", 1));
    assert_eq!(failure.fault.what, "expected a text, document or archive, found `image/png`");
}

#[test]
fn a_compressed_answer_is_opened() {
    let headers = "content-type: text/plain\r\ncontent-encoding: gzip\r\n";
    let (server, mut visit, source) = visit(&[reply("200 OK", headers, gzip(b"minutes"))]);
    assert_eq!(visit.text(&source), "minutes");
    assert!(server.heads().iter().any(|head| head.contains("accept-encoding: gzip")));
}

#[test]
fn a_cut_compressed_answer_is_asked_for_again() {
    let headers = "content-type: text/plain\r\ncontent-encoding: gzip\r\n";
    let whole = gzip(b"minutes of the third meeting");
    let replies = [reply("200 OK", headers, &whole[..whole.len() - 6]), reply("200 OK", headers, &whole)];
    let (server, mut visit, source) = visit(&replies);
    assert_eq!(visit.text(&source), "minutes of the third meeting");
    assert_eq!(n_asked(&server), 2);
}

#[test]
fn a_bomb_is_not_opened() {
    let headers = "content-type: text/plain\r\ncontent-encoding: gzip\r\n";
    let bomb = gzip(&vec![0; 4 << 20]);
    assert!(bomb.len() < 10_000);
    let (server, mut visit, source) = visit(&[reply("200 OK", headers, &bomb)]);
    // Within the limit of bytes, beyond the ratio.
    visit.settings.limits.n_bytes = 64 << 20;
    assert_eq!((visit.failure(&source).kind, n_asked(&server)), ("inflates-too-much", 1));
    visit.settings.limits.n_bytes = 1 << 20;
    assert_eq!(visit.failure(&source).kind, "too-large");
}

#[test]
fn a_compression_that_was_not_asked_for_is_told() {
    let (_server, mut visit, source) =
        visit(&[reply("200 OK", "content-type: text/plain\r\ncontent-encoding: br\r\n", "?")]);
    assert_eq!(visit.failure(&source).kind, "encoding-unexpected");
}

#[test]
fn what_is_not_http_is_a_failure() {
    let (_server, mut visit, source) = visit(&[Reply::Bytes(b"SSH-2.0-OpenSSH_9.9\r\n".to_vec())]);
    visit.settings.n_attempts = 1;
    let failure = visit.failure(&source);
    assert!(matches!(failure.kind, "connection-failed" | "answer-unreadable"), "{failure}");
}

#[test]
fn without_a_contact_nothing_is_asked() {
    let (server, mut visit, source) = visit(&[page("text/plain", "minutes")]);
    visit.settings.contact = String::new();
    assert_eq!(visit.fetch(&source).map_err(|failure| failure.kind), Err("contact-missing"));
    assert_eq!(server.paths(), Vec::<String>::new());
}
