//! Lists of the IETF Datatracker: groups, meetings, registrations, attendance, liaison statements; page by page.
//!
//! # Source
//! <https://datatracker.ietf.org/api/>: each list is `{"meta": {"next": address or null, ...}, "objects": [...]}`.

use super::{Ask, Kind, Manners, Next, Preset, Request, json, unreadable};
use crate::Failure;

/// The preset.
pub static PRESET: Preset = Preset {
    name: "datatracker",
    title: "Lists of the IETF Datatracker",
    examples: &[
        "datatracker:groups",
        "datatracker:meetings",
        "datatracker:registrations/122",
        "datatracker:attended/122",
        "datatracker:liaisons",
        "datatracker:api/v1/group/role/",
    ],
    licence: Some("IETF Trust Legal Provisions"),
    bases: &[("datatracker", "https://datatracker.ietf.org/")],
    manners: Manners::Interface,
    start,
    follow,
};

const PAGE: &str = "format=json&limit=500";

fn start(ask: &Ask<'_>) -> Result<Vec<Request>, Failure> {
    let list = |path: &str| ask.content(ask.under("datatracker", path), Kind::Json);
    let (what, number) = ask.rest.split_once('/').unwrap_or((ask.rest, ""));
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let lists = match what {
        "groups" if number.is_empty() => vec![list(&format!("api/v1/group/group/?{PAGE}"))],
        "meetings" if number.is_empty() => vec![list(&format!("api/v1/meeting/meeting/?{PAGE}&type=ietf"))],
        "liaisons" if number.is_empty() => vec![list(&format!("api/v1/liaisons/liaisonstatement/?{PAGE}"))],
        "registrations" if is_number => {
            vec![list(&format!("api/v1/meeting/registration/?{PAGE}&meeting__number={number}"))]
        }
        // Who was there says in which session; what that session was stands in a second list.
        "attended" if is_number => vec![
            list(&format!("api/v1/meeting/session/?{PAGE}&meeting__number={number}")),
            list(&format!("api/v1/meeting/attended/?{PAGE}&session__meeting__number={number}")),
        ],
        "api" if ask.rest.starts_with("api/v1/") && !ask.rest.contains(['?', '#']) && !ask.rest.contains("..") => {
            vec![list(&format!("{}/?{PAGE}", ask.rest.trim_end_matches('/')))]
        }
        _ => return Err(ask.unclear("a list of the Datatracker")),
    };
    Ok(lists)
}

fn follow(ask: &Ask<'_>, request: &Request, bytes: &[u8]) -> Next {
    let next = json(request, bytes).and_then(|page| {
        if page.pointer("/meta/next").is_none() || page.get("objects").is_none() {
            let what = "expected a list with `meta.next` and `objects`, found other JSON".into();
            return Err(unreadable(request, what));
        }
        ask.next_page(request, &page, "/meta/next")
    });
    Next::of(next.map(|next| next.into_iter().collect()))
}
