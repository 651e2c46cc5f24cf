//! Folders of the 3GPP file server: listings lead to the document lists of meetings.
//!
//! From the folder of a group the way goes through the folders of meetings, and within a meeting to the few places where
//! its document list is kept. Drafts, revisions and the thousands of documents themselves are not fetched.

use url::Url;

use super::{Ask, Kind, Manners, Next, Preset, Purpose, Request, escaped, unreadable};
use crate::Failure;

/// The preset.
pub static PRESET: Preset = Preset {
    name: "3gpp",
    title: "Document lists of 3GPP meetings, from the folder of a group or of a meeting",
    examples: &["3gpp:tsg_sa/WG2_Arch", "3gpp:tsg_sa/WG2_Arch/TSGS2_137e_Electronic"],
    licence: Some("3GPP meeting documents, (c) 3GPP organisational partners"),
    bases: &[("3gpp", "https://www.3gpp.org/ftp/")],
    manners: Manners::Links,
    start,
    follow,
};

/// How many folders deep the way goes: group, meeting, place.
const DEPTH: usize = 2;
/// Places within a meeting's folder.
const PLACES: &[&str] = &["agenda", "docs", "inbox", "report", "tdoclist", "tdoc_list"];

fn start(ask: &Ask<'_>) -> Result<Vec<Request>, Failure> {
    let parts: Vec<&str> = ask.rest.trim_matches('/').split('/').collect();
    if parts.iter().any(|part| part.is_empty() || part.starts_with('.')) {
        return Err(ask.unclear("a folder of the 3GPP file server"));
    }
    let path: Vec<String> = parts.iter().map(|part| escaped(part)).collect();
    Ok(vec![ask.index(ask.under("3gpp", &format!("{}/", path.join("/"))), Kind::Html)])
}

fn follow(ask: &Ask<'_>, request: &Request, bytes: &[u8]) -> Next {
    if request.purpose == Purpose::Content {
        return Next::default();
    }
    let (Ok(here), Ok(start)) = (Url::parse(&request.address), ask.start()) else { return Next::default() };
    let text = String::from_utf8_lossy(bytes);
    if !text.contains("Directory Listing") && !text.contains(" - /ftp/") {
        return Next::of(Err(unreadable(request, "expected a listing of a folder, found another page".into())));
    }
    let top = start.first().and_then(|request| Url::parse(&request.address).ok());
    let depth = |url: &Url| url.path().matches('/').count();
    let is_deep = top.is_some_and(|top| depth(&here) >= depth(&top) + DEPTH);
    let mut next = Next::default();
    for url in ask.links(request, bytes) {
        let Some(name) = below(&here, &url) else { continue };
        if is_document_list(&name) {
            next.requests.push(ask.content(url, Kind::Any));
        } else if !is_deep && is_folder(&name) {
            next.requests.push(ask.index(format!("{}/", url.as_str().trim_end_matches('/')), Kind::Html));
        }
    }
    next
}

/// The name of an entry directly below this folder, in small letters; `None` for links that lead up or elsewhere.
fn below(here: &Url, url: &Url) -> Option<String> {
    let rest = url.path().strip_prefix(here.path())?.trim_end_matches('/');
    (url.query().is_none() && !rest.is_empty() && !rest.contains('/')).then(|| rest.to_ascii_lowercase())
}

/// `TdocsByAgenda.htm`, `TDoc_List_Meeting_SA2%23128.xlsx`; not the same as `.doc` or in an archive.
fn is_document_list(name: &str) -> bool {
    let is_list = name.starts_with("tdoc") && (name.contains("list") || name.contains("agenda"));
    is_list && [".htm", ".html", ".xlsx", ".xls"].iter().any(|end| name.ends_with(end))
}

/// Folders of meetings are named for the group: `TSGS2_137e_Electronic`, `TSGR1_96b`.
fn is_folder(name: &str) -> bool {
    let is_meeting = name.starts_with("tsg") && name.contains('_') && !name.contains('.');
    is_meeting || PLACES.contains(&name)
}
