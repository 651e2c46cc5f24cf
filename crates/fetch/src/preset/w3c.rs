//! Lists of the W3C: groups, who takes part in them, specifications; page by page.
//!
//! # Source
//! <https://api.w3.org/doc>: each list is HAL, `{"pages": n, "_links": {"next": {"href": ...}}, "_embedded": {...}}`; the last
//! page has no `next`.

use serde_json::Value;

use super::{Ask, Kind, Manners, Next, Preset, Purpose, Request, json, unreadable};
use crate::Failure;

/// The preset.
pub static PRESET: Preset = Preset {
    name: "w3c",
    title: "Groups, participations and specifications of the W3C",
    examples: &["w3c:groups", "w3c:participations", "w3c:participations/wg/webrtc", "w3c:specifications"],
    licence: Some("W3C Document License"),
    bases: &[("w3c", "https://api.w3.org/")],
    manners: Manners::Interface,
    start,
    follow,
};

fn start(ask: &Ask<'_>) -> Result<Vec<Request>, Failure> {
    let list = |path: &str| ask.under("w3c", &format!("{path}?embed=1"));
    let parts: Vec<&str> = ask.rest.split('/').collect();
    let is_name =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match parts[..] {
        ["groups" | "specifications" | "affiliations"] => Ok(vec![ask.content(list(ask.rest), Kind::Json)]),
        // The list of groups leads to the participations of each.
        ["participations"] => Ok(vec![ask.index(list("groups"), Kind::Json)]),
        ["participations", kind, name] if is_name(kind) && is_name(name) => {
            Ok(vec![ask.content(list(&format!("groups/{kind}/{name}/participations")), Kind::Json)])
        }
        _ => Err(ask.unclear("a list of the W3C")),
    }
}

fn follow(ask: &Ask<'_>, request: &Request, bytes: &[u8]) -> Next {
    let page = match json(request, bytes) {
        Ok(page) if page.get("_links").is_some_and(Value::is_object) => page,
        Ok(_) => return Next::of(Err(unreadable(request, "expected a list with `_links`, found other JSON".into()))),
        Err(failure) => return Next::of(Err(failure)),
    };
    let mut next = Next::default();
    match ask.next_page(request, &page, "/_links/next/href") {
        Ok(further) => next.requests.extend(further),
        Err(failure) => next.failures.push(failure),
    }
    if request.purpose == Purpose::Index {
        let groups = page.pointer("/_embedded/groups").and_then(Value::as_array);
        let lists = groups.into_iter().flatten().filter_map(|group| group.pointer("/_links/participations"));
        for list in lists {
            match ask.next_page(request, list, "/href") {
                Ok(Some(list)) => next.requests.push(participations(list)),
                Ok(None) => {}
                Err(failure) => next.failures.push(failure),
            }
        }
        if groups.is_none() {
            next.failures.push(unreadable(request, "expected `_embedded.groups`, found none".into()));
        }
    }
    next
}

/// The list behind a group's link, with its entries in full.
fn participations(mut list: Request) -> Request {
    if !list.address.contains('?') {
        list.address.push_str("?embed=1");
    }
    Request { purpose: Purpose::Content, ..list }
}
