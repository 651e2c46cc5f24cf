//! What each preset wants next, given what is held.

use std::collections::BTreeMap;

use base64::Engine as _;
use fetch::{Held, Kind, Manners, Next, Purpose, wants};
use proptest::prelude::*;
use sha2::{Digest as _, Sha512};

use crate::server::{Server, page};
use crate::visit::Visit;

/// What a source wants when these addresses are held.
fn next(source: &str, held: &[(&str, &str)]) -> Next {
    let held: Vec<Held<'_>> = held.iter().map(|(address, text)| Held { address, bytes: text.as_bytes() }).collect();
    wants(source, &BTreeMap::new(), &held).unwrap()
}

/// The addresses that a source wants, where no page was in its way.
fn addresses(source: &str, held: &[(&str, &str)]) -> Vec<String> {
    let next = next(source, held);
    assert_eq!(next.failures, []);
    next.requests.into_iter().map(|request| request.address).collect()
}

fn refused(source: &str) -> &'static str {
    wants(source, &BTreeMap::new(), &[]).unwrap_err().kind
}

#[test]
fn every_preset_starts_from_each_of_its_examples() {
    for preset in fetch::PRESETS {
        assert!(!preset.examples.is_empty() && !preset.title.is_empty());
        for example in preset.examples {
            let next = next(example, &[]);
            assert!(!next.requests.is_empty() && next.failures.is_empty(), "{example}");
            for request in &next.requests {
                assert!(request.address.starts_with("https://"), "{example}: {}", request.address);
                assert_eq!(request.manners, preset.manners);
            }
        }
    }
}

#[test]
fn a_source_of_no_preset_is_told_with_those_that_there_are() {
    let failure = wants("gopher://old.example/", &BTreeMap::new(), &[]).unwrap_err();
    let said = "expected a source that begins with one of datatracker, etsi, github, itu, 3gpp, npm, rfc-index, w3c, https, found `gopher`";
    assert_eq!((failure.kind, failure.fault.what.as_str()), ("source-unknown", said));
}

#[test]
fn sources_that_lead_astray_are_refused() {
    for source in [
        "https://me:secret@a.example/",
        "datatracker:",
        "datatracker:groups/1",
        "datatracker:registrations/",
        "datatracker:registrations/1&x=y",
        "datatracker:api/v2/",
        "datatracker:api/v1/../../admin",
        "w3c:participations/wg",
        "w3c:participations/wg/..",
        "github:owner",
        "github:owner/../x",
        "github:owner/name/@main",
        "github:owner/name@",
        "npm:",
        "npm:@mdn",
        "npm:a/b",
        "npm:../x",
        "npm:@/x",
        "3gpp:",
        "3gpp:a//b",
        "3gpp:../x",
        "itu:17",
        "itu:sg17/3",
        "itu:sg17/q3/x",
        "etsi:ESI",
        "rfc-index:x",
    ] {
        assert!(matches!(refused(source), "source-unclear" | "address-unreadable"), "{source}");
    }
}

#[test]
fn the_datatracker_is_followed_by_its_own_word() {
    let first = "https://datatracker.ietf.org/api/v1/liaisons/liaisonstatement/?format=json&limit=500";
    assert_eq!(addresses("datatracker:liaisons", &[]), [first]);
    let page =
        r#"{"meta": {"next": "/api/v1/liaisons/liaisonstatement/?format=json&limit=500&offset=500"}, "objects": []}"#;
    let second = format!("{first}&offset=500");
    assert_eq!(addresses("datatracker:liaisons", &[(first, page)]), [second.as_str()]);
    let last = r#"{"meta": {"next": null}, "objects": []}"#;
    assert_eq!(addresses("datatracker:liaisons", &[(first, page), (&second, last)]), [""; 0]);
    assert_eq!(addresses("datatracker:attended/122", &[]).len(), 2);
}

#[test]
fn a_page_that_does_not_say_how_it_goes_on_is_a_failure_not_an_end() {
    let first = "https://datatracker.ietf.org/api/v1/group/group/?format=json&limit=500";
    for page in ["{}", "[]", "<html>", r#"{"meta":{}}"#, r#"{"meta":{"next":7},"objects":[]}"#] {
        let kinds: Vec<&str> = next("datatracker:groups", &[(first, page)]).failures.iter().map(|f| f.kind).collect();
        assert_eq!(kinds, ["page-unreadable"], "{page}");
    }
    // Nor may it lead to another host.
    let elsewhere = r#"{"meta":{"next":"https://evil.example/"},"objects":[]}"#;
    let next = next("datatracker:groups", &[(first, elsewhere)]);
    assert_eq!((next.requests.len(), next.failures.len()), (0, 1));
}

#[test]
fn participations_of_the_w3c_are_found_through_the_groups() {
    let groups = "https://api.w3.org/groups?embed=1";
    let held = r#"{"page":1,"_links":{"next":{"href":"https://api.w3.org/groups?embed=1&page=2"}},"_embedded":{"groups":[
        {"name":"A","_links":{"participations":{"href":"https://api.w3.org/groups/wg/a/participations"}}},
        {"name":"B","_links":{}}]}}"#;
    let second = "https://api.w3.org/groups?embed=1&page=2";
    let members = "https://api.w3.org/groups/wg/a/participations?embed=1";
    assert_eq!(addresses("w3c:participations", &[(groups, held)]), [second, members]);
    let last = r#"{"_links":{"self":{}},"_embedded":{"groups":[]}}"#;
    let found = next("w3c:participations", &[(groups, held), (second, last)]);
    assert_eq!(found.requests[0].purpose, Purpose::Content);
    let more = r#"{"_links":{"next":{"href":"?embed=1&page=2"}},"_embedded":{"participations":[]}}"#;
    let wanted = addresses("w3c:participations", &[(groups, held), (second, last), (members, more)]);
    assert_eq!(wanted, ["https://api.w3.org/groups/wg/a/participations?embed=1&page=2"]);
    assert_eq!(next("w3c:groups", &[(groups, "[]")]).failures.len(), 1);
}

#[test]
fn repositories_and_files_are_taken_at_a_branch_tag_or_commit() {
    for (source, address) in [
        ("github:acme/minutes", "https://codeload.github.com/acme/minutes/tar.gz/HEAD"),
        ("github:acme/minutes@v1.0", "https://codeload.github.com/acme/minutes/tar.gz/v1.0"),
        ("github:acme/minutes@feature/x", "https://codeload.github.com/acme/minutes/tar.gz/feature/x"),
        (
            "github:acme/minutes/2031/mar 04.md@main",
            "https://raw.githubusercontent.com/acme/minutes/main/2031/mar%2004.md",
        ),
        ("github:acme/minutes/a.md", "https://raw.githubusercontent.com/acme/minutes/HEAD/a.md"),
    ] {
        assert_eq!(addresses(source, &[]), [address]);
    }
    assert_eq!(next("github:acme/minutes", &[]).requests[0].kind, Kind::Archive);
    assert_eq!(next("github:acme/minutes", &[]).requests[0].manners, Manners::Interface);
}

/// The record of a package with one version.
fn record(version: &str, tarball: &str, archive: &[u8]) -> String {
    let digest = base64::engine::general_purpose::STANDARD.encode(Sha512::digest(archive));
    format!(
        r#"{{"dist-tags":{{"latest":"{version}"}},"versions":{{"{version}":{{"license":"CC0-1.0",
            "dist":{{"tarball":"{tarball}","integrity":"sha512-{digest}"}}}}}}}}"#
    )
}

#[test]
fn a_package_leads_to_the_archive_of_its_version() {
    let of_record = "https://registry.npmjs.org/@acme%2Fspecs";
    let tarball = "https://registry.npmjs.org/@acme/specs/-/specs-1.2.0.tgz";
    assert_eq!(addresses("npm:@acme/specs", &[]), [of_record]);
    let record = record("1.2.0", tarball, b"archive");
    let found = next("npm:@acme/specs", &[(of_record, &record)]);
    let [request] = &found.requests[..] else { panic!("{found:?}") };
    assert_eq!((request.address.as_str(), request.kind, request.purpose), (tarball, Kind::Archive, Purpose::Content));
    assert_eq!(request.licence.as_deref(), Some("CC0-1.0"));
    assert_eq!(addresses("npm:@acme/specs@1.2.0", &[(of_record, &record)]), [tarball]);
    assert_eq!(addresses("npm:@acme/specs", &[(of_record, &record), (tarball, "archive")]), [""; 0]);
    assert_eq!(next("npm:@acme/specs@2.0.0", &[(of_record, &record)]).failures[0].kind, "version-unknown");
    let without = record.replace("sha512-", "sha1-");
    assert_eq!(next("npm:@acme/specs", &[(of_record, &without)]).failures[0].kind, "page-unreadable");
    let astray = record.replace("registry.npmjs.org", "evil.example");
    assert_eq!(next("npm:@acme/specs", &[(of_record, &astray)]).failures[0].kind, "page-unreadable");
}

#[test]
fn a_mirror_serves_the_archives_of_the_registry() {
    let tarball = "https://registry.npmjs.org/specs/-/specs-1.2.0.tgz";
    let server = Server::start(&[
        ("/npm/specs", &[page("application/json", record("1.2.0", tarball, b"archive"))]),
        ("/npm/specs/-/specs-1.2.0.tgz", &[page("application/octet-stream", "archive")]),
    ]);
    let mut visit = Visit::new(&server.base);
    assert_eq!(visit.text("npm:specs"), "archive");
    // An archive with a digest cannot change, so the second time only the record is asked for.
    let outcome = visit.fetch("npm:specs").unwrap();
    assert_eq!((outcome.n_unchanged, outcome.n_requests), (2, 1));
}

#[test]
fn an_archive_with_another_digest_is_not_kept() {
    let tarball = "https://registry.npmjs.org/specs/-/specs-1.2.0.tgz";
    let server = Server::start(&[
        ("/npm/specs", &[page("application/json", record("1.2.0", tarball, b"archive"))]),
        ("/npm/specs/-/specs-1.2.0.tgz", &[page("application/octet-stream", "another")]),
    ]);
    let mut visit = Visit::new(&server.base);
    let outcome = visit.fetch("npm:specs").unwrap();
    assert_eq!(outcome.failures.iter().map(|failure| failure.kind).collect::<Vec<_>>(), ["integrity-mismatch"]);
    assert_eq!(visit.kept.iter().map(|kept| kept.purpose).collect::<Vec<_>>(), [Purpose::Index]);
}

#[test]
fn listings_lead_from_a_group_to_the_document_lists_of_its_meetings() {
    let group = "https://www.3gpp.org/ftp/tsg_xx/WG9/";
    let meeting = "https://www.3gpp.org/ftp/tsg_xx/WG9/TSGX9_07_Town/";
    let (docs, agenda) = (format!("{meeting}Docs/"), format!("{meeting}Agenda/"));
    // The two forms of listings that the server has had.
    let of_group = "<html><title>www.3gpp.org - /ftp/tsg_xx/WG9/</title><pre><A HREF=\"/ftp/tsg_xx/\">[To Parent Directory]</A>\
        <br>1/1/2031 5:06 PM &lt;dir&gt; <A HREF=\"/ftp/tsg_xx/WG9/TSGX9_07_Town/\">TSGX9_07_Town</A><br>\
        <A HREF=\"/ftp/tsg_xx/WG9/Specifications/\">Specifications</A><br></pre></html>";
    let of_meeting = "<title>Directory Listing /ftp/tsg_xx/WG9/TSGX9_07_Town/</title><a href=\"https://www.3gpp.org/\">x</a>\
        <a href=\"https://www.3gpp.org/ftp/tsg_xx/WG9/\">WG9</a><a href=\"?sortby=date\">sort</a>\
        <a href=\"https://www.3gpp.org/ftp/tsg_xx/WG9/TSGX9_07_Town/Docs\">Docs</a>\
        <a href=\"https://www.3gpp.org/ftp/tsg_xx/WG9/TSGX9_07_Town/Agenda\">Agenda</a>\
        <a href=\"https://www.3gpp.org/ftp/tsg_xx/WG9/TSGX9_07_Town/Drafts\">Drafts</a>\
        <a href=\"https://www.3gpp.org/ftp/tsg_xx/WG9/TSGX9_07_Town/TdocsByAgenda.htm\">TdocsByAgenda.htm</a>\
        <a href=\"https://www.3gpp.org/ftp/tsg_xx/WG9/TSGX9_07_Town/TdocsByAgenda_1.doc\">doc</a>";
    let of_docs = "<title>Directory Listing</title><a href=\"X9-310001.zip\">d</a><a href=\"TDoc_List_Meeting_X9%2307.xlsx\">l</a>\
        <a href=\"Docs\">deeper</a>";
    assert_eq!(addresses("3gpp:tsg_xx/WG9", &[(group, of_group)]), [meeting]);
    let list = format!("{meeting}TdocsByAgenda.htm");
    let held = [(group, of_group), (meeting, of_meeting)];
    assert_eq!(addresses("3gpp:tsg_xx/WG9/", &held), [docs.as_str(), &agenda, &list]);
    let table = format!("{docs}TDoc_List_Meeting_X9%2307.xlsx");
    let held = [held[0], held[1], (&docs, of_docs), (&agenda, "<title>Directory Listing")];
    assert_eq!(addresses("3gpp:tsg_xx/WG9", &held), [list.as_str(), &table]);
    assert_eq!(next("3gpp:tsg_xx/WG9", &[(group, "<p>Please log in")]).failures[0].kind, "page-unreadable");
}

#[test]
fn work_items_are_found_through_the_list_of_their_group() {
    let list = "https://www.itu.int/ITU-T/workprog/wp_search.aspx?sg=17&q=3";
    let html = "<a href='wp_item.aspx?isn=101'>X.a</a><a href='http://www.itu.int/itu-t/workprog/wp_item.aspx?isn=102'>insecure</a>\
        <a href='https://www.itu.int/itu-t/workprog/wp_item.aspx?isn=103&lang=en'>X.b</a><a href='wp_search.aspx?sg=2'>other</a>\
        <a href='wp_item.aspx?isn=101'>again</a>";
    let item = |number: u32| format!("https://www.itu.int/ITU-T/workprog/wp_item.aspx?isn={number}");
    assert_eq!(addresses("itu:sg17/q3", &[(list, html)]), [item(101), item(103)]);
    let form = "<a href=\"javascript:__doPostBack('grid','Page$2')\">2</a>";
    assert_eq!(next("itu:sg17/q3", &[(list, form)]).failures[0].kind, "page-unreadable");
}

#[test]
fn work_items_of_a_technical_body_are_found_page_by_page() {
    let first = addresses("etsi:607;ESI", &[]).remove(0);
    assert!(first.contains("qTB_ID=607%3BESI") && first.contains("optDisplay=100"), "{first}");
    let html = "<a href='Report_WorkItem.asp?WKI_ID=70001'>a</a><a href='Report_WorkItem.asp?wki_id=70001&x=y'>a</a>\
        <a href='Frame_WorkItemList.asp?SearchPage=TRUE&qTB_ID=607%3BESI&qOFFSET=100'>next</a>\
        <a href='Frame_WorkItemList.asp?qTB_ID=1&qOFFSET=100'>other</a><a href='https://www.etsi.org/'>home</a>";
    let base = "https://portal.etsi.org/webapp/WorkProgram/";
    let second = format!("{base}Frame_WorkItemList.asp?SearchPage=TRUE&qTB_ID=607%3BESI&qOFFSET=100");
    assert_eq!(
        addresses("etsi:607;ESI", &[(&first, html)]),
        [format!("{base}Report_WorkItem.asp?WKI_ID=70001"), second]
    );
}

proptest! {
    /// No source and no page breaks a preset, and whatever it wants stays on the hosts that it is made for.
    #[test]
    fn no_page_breaks_a_preset(rest in "[ -~]{0,24}", page in ".{0,200}", at in 0_usize..9) {
        let preset = fetch::PRESETS[at];
        let source = format!("{}:{rest}", preset.name);
        let _ = wants(&source, &BTreeMap::new(), &[]);
        let example = preset.examples[0];
        let first = wants(example, &BTreeMap::new(), &[]).expect("an example is fine").requests.remove(0).address;
        let held = [Held { address: &first, bytes: page.as_bytes() }];
        let next = wants(example, &BTreeMap::new(), &held).expect("an example is fine");
        for request in next.requests {
            prop_assert!(preset.bases.iter().any(|(_, base)| same_host(base, &request.address)), "{}", request.address);
        }
    }
}

fn same_host(one: &str, other: &str) -> bool {
    let host = |address: &str| address.split('/').nth(2).map(String::from);
    host(one) == host(other)
}
