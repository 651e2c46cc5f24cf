//! The work programme of ITU-T: a list of work items of a study group or question, and the page of each item.
//!
//! # Source
//! <https://www.itu.int/ITU-T/workprog/wp_search.aspx>, as it stands publicly; there is no documented interface.

use url::Url;

use super::{Ask, Kind, Manners, Next, Preset, Request, unreadable};
use crate::Failure;

/// The preset.
pub static PRESET: Preset = Preset {
    name: "itu",
    title: "Work programme of an ITU-T study group or question",
    examples: &["itu:sg17", "itu:sg17/q3"],
    licence: Some("(c) ITU; see itu.int for the terms of use"),
    bases: &[("itu", "https://www.itu.int/ITU-T/workprog/")],
    manners: Manners::Links,
    start,
    follow,
};

fn start(ask: &Ask<'_>) -> Result<Vec<Request>, Failure> {
    let mut parts = ask.rest.split('/');
    let number = |part: Option<&str>, letters: &str| part?.strip_prefix(letters)?.parse::<u16>().ok();
    let (group, question) = (number(parts.next(), "sg"), parts.next());
    let question = question.map(|question| number(Some(question), "q"));
    match (group, question, parts.next()) {
        (Some(group), None, None) => list(ask, &format!("wp_search.aspx?sg={group}")),
        (Some(group), Some(Some(question)), None) => list(ask, &format!("wp_search.aspx?sg={group}&q={question}")),
        _ => Err(ask.unclear("a study group and, if wanted, a question")),
    }
}

fn list(ask: &Ask<'_>, path: &str) -> Result<Vec<Request>, Failure> {
    Ok(vec![ask.content(ask.under("itu", path), Kind::Html)])
}

fn follow(ask: &Ask<'_>, request: &Request, bytes: &[u8]) -> Next {
    let Some(base) = Url::parse(&request.address).ok().filter(|url| is_page(url, "wp_search.aspx")) else {
        return Next::default();
    };
    let items = ask.links(request, bytes).into_iter().filter_map(|url| item(&base, &url));
    let mut next = Next { requests: items.map(|url| ask.content(url, Kind::Html)).collect(), ..Next::default() };
    // Further pages are had by sending a form back, which a link does not do.
    let text = String::from_utf8_lossy(bytes);
    if text.contains("__doPostBack") && text.contains("Page$") {
        let what = "expected all work items on one page, found a list that goes on behind a form".into();
        next.failures.push(unreadable(request, what));
    }
    next
}

/// The page of a work item, under one address however it was linked.
fn item(base: &Url, url: &Url) -> Option<Url> {
    let (_, number) = url.query_pairs().find(|(key, _)| key.eq_ignore_ascii_case("isn"))?;
    let is_item =
        is_page(url, "wp_item.aspx") && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_item.then(|| base.join(&format!("wp_item.aspx?isn={number}")).ok()).flatten()
}

fn is_page(url: &Url, name: &str) -> bool {
    url.path_segments().and_then(Iterator::last).is_some_and(|last| last.eq_ignore_ascii_case(name))
}
