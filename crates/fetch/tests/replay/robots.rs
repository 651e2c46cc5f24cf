//! What hosts ask of programs that follow links.

use crate::server::{Server, page, redirect, status};
use crate::visit::Visit;

#[test]
fn what_the_host_forbids_is_not_asked_for() {
    let rules = page("text/plain", "User-agent: *\nDisallow: /secret\n");
    let server = Server::start(&[("/robots.txt", &[rules]), ("/secret/x", &[page("text/plain", "no")])]);
    let failure = Visit::new(&server.base).failure(&format!("{}/secret/x?y", server.base));
    assert_eq!(failure.kind, "robots-forbid");
    assert_eq!(server.paths(), ["/robots.txt"]);
}

#[test]
fn a_redirect_to_what_is_forbidden_is_not_followed() {
    let rules = page("text/plain", "User-agent: rapporteur\nDisallow: /secret\n");
    let server = Server::start(&[("/robots.txt", &[rules]), ("/x", &[redirect("/secret")])]);
    assert_eq!(Visit::new(&server.base).failure(&format!("{}/x", server.base)).kind, "robots-forbid");
    assert_eq!(server.paths(), ["/robots.txt", "/x"]);
}

#[test]
fn rules_that_are_missing_forbid_nothing() {
    for line in ["404 Not Found", "403 Forbidden"] {
        let server = Server::start(&[("/robots.txt", &[status(line)]), ("/x", &[page("text/plain", "minutes")])]);
        assert_eq!(Visit::new(&server.base).text(&format!("{}/x", server.base)), "minutes");
    }
}

#[test]
fn rules_that_cannot_be_had_forbid_everything() {
    let server = Server::start(&[("/robots.txt", &[status("500 Broken")]), ("/x", &[page("text/plain", "minutes")])]);
    let failure = Visit::new(&server.base).failure(&format!("{}/x", server.base));
    assert_eq!(failure.kind, "robots-unreachable");
    let said = "robots.txt of the host cannot be had: expected a page, found status 500";
    assert_eq!(failure.fault.what, said);
    assert_eq!(server.paths(), ["/robots.txt"; 4]);
}

#[test]
fn rules_are_fetched_once_and_the_wished_pace_is_kept() {
    let list =
        "<title>Directory Listing /ftp/g/</title><a href='TdocsByAgenda.htm'>a</a><a href='TDoc_List.xlsx'>b</a>";
    let server = Server::start(&[
        ("/robots.txt", &[page("text/plain", "User-agent: *\nCrawl-delay: 7\n")]),
        ("/3gpp/g/", &[page("text/html", list)]),
        ("/3gpp/g/TdocsByAgenda.htm", &[page("text/html", "a")]),
        ("/3gpp/g/TDoc_List.xlsx", &[page("application/octet-stream", "b")]),
    ]);
    let mut visit = Visit::new(&server.base);
    let outcome = visit.fetch("3gpp:g").unwrap();
    assert_eq!((outcome.n_new, outcome.n_requests, outcome.is_complete), (3, 4, true));
    assert_eq!(server.paths(), ["/robots.txt", "/3gpp/g/", "/3gpp/g/TdocsByAgenda.htm", "/3gpp/g/TDoc_List.xlsx"]);
    // One second after the rules were fetched, then seven between each two.
    assert_eq!(visit.waited().as_secs(), 1 + 7 + 7);
}
