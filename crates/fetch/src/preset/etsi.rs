//! The work programme of ETSI: the work items of a technical body, page by page, and the page of each item.
//!
//! # Source
//! <https://portal.etsi.org/webapp/WorkProgram/>, as it stands publicly; there is no documented interface. The body is
//! named as in the portal's own addresses: its number, or number and name, `607;ESI`.

use url::Url;

use super::{Ask, Kind, Manners, Next, Preset, Request, escaped};
use crate::Failure;

/// The preset.
pub static PRESET: Preset = Preset {
    name: "etsi",
    title: "Work programme of an ETSI technical body",
    examples: &["etsi:607;ESI", "etsi:607"],
    licence: Some("(c) ETSI; see etsi.org for the terms of use"),
    bases: &[("etsi", "https://portal.etsi.org/webapp/WorkProgram/")],
    manners: Manners::Links,
    start,
    follow,
};

fn start(ask: &Ask<'_>) -> Result<Vec<Request>, Failure> {
    let (number, _) = ask.rest.split_once(';').unwrap_or((ask.rest, ""));
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ask.unclear("the number of a technical body"));
    }
    let path = format!(
        "Frame_WorkItemList.asp?SearchPage=TRUE&qSORT=HIGHVERSION&qINCLUDE_SUB_TB=True&qTB_ID={}\
         &qREPORT_TYPE=SUMMARY&optDisplay=100&includeNonActiveTB=FALSE",
        escaped(ask.rest)
    );
    Ok(vec![ask.content(ask.under("etsi", &path), Kind::Html)])
}

fn follow(ask: &Ask<'_>, request: &Request, bytes: &[u8]) -> Next {
    let Ok(here) = Url::parse(&request.address) else { return Next::default() };
    if !is_page(&here, "frame_workitemlist.asp") {
        return Next::default();
    }
    let body = field(&here, "qTB_ID");
    let requests = ask.links(request, bytes).into_iter().filter_map(|url| {
        let is_further = is_page(&url, "frame_workitemlist.asp") && field(&url, "qOFFSET").is_some();
        if is_further && field(&url, "qTB_ID") == body {
            return Some(ask.content(url, Kind::Html));
        }
        let number = field(&url, "WKI_ID").filter(|_| is_page(&url, "report_workitem.asp"))?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| ask.content(ask.under("etsi", &format!("Report_WorkItem.asp?WKI_ID={number}")), Kind::Html))
    });
    Next { requests: requests.collect(), ..Next::default() }
}

fn is_page(url: &Url, name: &str) -> bool {
    url.path_segments().and_then(Iterator::last).is_some_and(|last| last.eq_ignore_ascii_case(name))
}

/// A field of the query; the portal writes their names in any case.
fn field(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.into_owned())
}
