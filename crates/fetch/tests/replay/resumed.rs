//! What is held is asked for conditionally, and an interrupted run goes on where it was.

use crate::server::{Reply, Server, page, reply, status};
use crate::visit::Visit;

fn json(body: &str) -> Reply {
    page("application/json", body)
}

/// Three pages of a list; each names the next one.
fn list() -> Server {
    let page = |next: &str, at: u32| json(&format!(r#"{{"meta":{{"next":{next}}},"objects":[{{"id":{at}}}]}}"#));
    let first = "/datatracker/api/v1/meeting/meeting/?format=json&limit=500&type=ietf";
    let next = |at: u32| format!("{first}&offset={at}");
    Server::start(&[
        (first, &[page(&format!("\"{}\"", next(500)), 1)]),
        (&next(500), &[page(&format!("\"{}\"", next(1000)), 2)]),
        (&next(1000), &[page("null", 3)]),
    ])
}

#[test]
fn what_is_unchanged_is_not_sent_again() {
    let headers = "content-type: text/plain\r\netag: \"v1\"\r\nlast-modified: Mon, 03 Mar 2031 00:00:00 GMT\r\n";
    let replies = [reply("200 OK", headers, "minutes"), status("304 Not Modified")];
    let server = Server::start(&[("/x", &replies)]);
    let mut visit = Visit::new(&server.base);
    let source = format!("{}/x", server.base);
    visit.text(&source);
    visit.later(100);
    let outcome = visit.fetch(&source).unwrap();
    assert_eq!((outcome.n_new, outcome.n_unchanged, outcome.is_complete), (0, 1, true));
    assert!(!visit.kept[1].is_new);
    assert_eq!(visit.kept[1].bytes, b"minutes");
    assert!(visit.kept[1].at > visit.kept[0].at);
    let last = server.heads().pop().unwrap();
    assert!(last.contains("if-none-match: \"v1\"\r\n"), "{last}");
    assert!(last.contains("if-modified-since: mon, 03 mar 2031 00:00:00 gmt\r\n"), "{last}");
}

#[test]
fn without_the_bytes_the_whole_is_asked_for() {
    let replies = [reply("200 OK", "content-type: text/plain\r\netag: \"v1\"\r\n", "minutes")];
    let server = Server::start(&[("/x", &replies)]);
    let mut visit = Visit::new(&server.base);
    let source = format!("{}/x", server.base);
    visit.text(&source);
    visit.forget();
    visit.text(&source);
    assert!(visit.kept[1].is_new, "it is not held any more");
    assert!(!server.heads().iter().any(|head| head.contains("if-none-match")));
}

#[test]
fn the_same_bytes_again_are_nothing_new() {
    let server = Server::start(&[("/x", &[page("text/plain", "minutes")])]);
    let mut visit = Visit::new(&server.base);
    let source = format!("{}/x", server.base);
    visit.text(&source);
    let outcome = visit.fetch(&source).unwrap();
    assert_eq!((outcome.n_new, outcome.n_unchanged), (0, 1));
}

#[test]
fn a_list_is_followed_from_page_to_page_at_one_request_a_second() {
    let server = list();
    let mut visit = Visit::new(&server.base);
    let outcome = visit.fetch("datatracker:meetings").unwrap();
    assert_eq!((outcome.n_new, outcome.n_requests, outcome.is_complete), (3, 3, true));
    assert_eq!(visit.waited().as_secs(), 2);
    assert!(visit.kept.iter().all(|kept| kept.licence.as_deref() == Some("IETF Trust Legal Provisions")));
}

#[test]
fn an_interrupted_run_goes_on_where_it_was() {
    let server = list();
    let mut visit = Visit::new(&server.base);
    visit.stop_after = 2;
    let outcome = visit.fetch("datatracker:meetings").unwrap();
    assert_eq!((outcome.n_new, outcome.is_complete), (2, false));
    assert_eq!(outcome.failures.iter().map(|failure| failure.kind).collect::<Vec<_>>(), ["stopped"]);
    assert_eq!(server.paths().len(), 2);

    visit.stop_after = usize::MAX;
    visit.later(1);
    let outcome = visit.fetch("datatracker:meetings").unwrap();
    assert_eq!((outcome.n_new, outcome.n_unchanged, outcome.is_complete), (1, 2, true));
    assert_eq!(server.paths().len(), 3, "the first two pages are not asked for again");

    let outcome = visit.fetch("datatracker:meetings").unwrap();
    assert_eq!((outcome.n_unchanged, outcome.n_requests), (3, 3), "after the end all is asked for again");
}

#[test]
fn an_interrupted_run_that_has_aged_begins_anew() {
    let server = list();
    let mut visit = Visit::new(&server.base);
    visit.stop_after = 2;
    visit.fetch("datatracker:meetings").unwrap();
    visit.stop_after = usize::MAX;
    visit.later(25);
    assert_eq!(visit.fetch("datatracker:meetings").unwrap().n_requests, 3);
}

#[test]
fn a_list_without_end_is_given_up() {
    let first = "/datatracker/api/v1/group/group/?format=json&limit=500";
    let page = |at: u32| json(&format!(r#"{{"meta":{{"next":"{first}&offset={at}"}},"objects":[]}}"#));
    let pages: Vec<(String, Vec<Reply>)> =
        (1..20).map(|at| (format!("{first}&offset={at}"), vec![page(at + 1)])).collect();
    let mut script: Vec<(&str, &[Reply])> =
        pages.iter().map(|(path, replies)| (path.as_str(), replies.as_slice())).collect();
    let beginning = [page(1)];
    script.push((first, &beginning));
    let server = Server::start(&script);
    let mut visit = Visit::new(&server.base);
    visit.settings.limits.n_addresses = 5;
    let outcome = visit.fetch("datatracker:groups").unwrap();
    assert_eq!((outcome.n_new, outcome.is_complete), (5, false));
    assert_eq!(outcome.failures[0].kind, "addresses-too-many");
}

#[test]
fn one_address_that_fails_does_not_keep_the_rest() {
    let list =
        "<title>Directory Listing /ftp/g/</title><a href='TdocsByAgenda.htm'>a</a><a href='TDoc_List.xlsx'>b</a>";
    let server = Server::start(&[
        ("/3gpp/g/", &[page("text/html", list)]),
        ("/3gpp/g/TDoc_List.xlsx", &[page("application/octet-stream", "b")]),
    ]);
    let mut visit = Visit::new(&server.base);
    let outcome = visit.fetch("3gpp:g").unwrap();
    assert_eq!((outcome.n_new, outcome.is_complete), (2, false));
    assert_eq!(outcome.failures[0].kind, "not-found");
    assert_eq!(outcome.failures[0].fault.place, format!("{}/3gpp/g/TdocsByAgenda.htm", server.base));
}

#[test]
fn a_state_that_is_no_state_is_told() {
    let server = list();
    let mut visit = Visit::new(&server.base);
    std::fs::write(visit.state(), "not JSON").unwrap();
    let failure = visit.fetch("datatracker:meetings").unwrap_err();
    assert_eq!((failure.kind, failure.fault.remedy), ("state-unreadable", fact::Remedy::Setup));
    assert_eq!(server.paths(), Vec::<String>::new());
}

#[test]
fn the_state_is_a_file_that_people_can_read() {
    let server = list();
    let mut visit = Visit::new(&server.base);
    visit.stop_after = 1;
    visit.fetch("datatracker:meetings").unwrap();
    let text = std::fs::read_to_string(visit.state()).unwrap();
    let state: serde_json::Value = serde_json::from_str(&text).unwrap();
    let known = &state["addresses"][&visit.kept[0].address];
    assert_eq!(known["content"], visit.kept[0].content_id);
    assert_eq!(known["at"], "2031-03-04T05:06:07Z");
    assert_eq!(state["unfinished"]["datatracker:meetings"], "2031-03-04T05:06:07Z");
}
