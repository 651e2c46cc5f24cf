//! The server: addresses to pages, in the form asked for. No page knows HTTP, and this file knows no page's content.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use fact::{Fault, Remedy};
use ledger::Ledger;
use tokio::sync::Mutex;

use crate::cli::Global;
use crate::commands::Ended;
use crate::credits::Credits;
use crate::drafts::Drafts;
use crate::exit::Failure;
use crate::form;
use crate::intake::take_reviews;
use crate::output::{csv, objects};
use crate::pages::{self, Ask, Asked};
use crate::view::{AsOf, View};
use crate::workspace::{Workspace, now};

/// What every request shares.
struct Shared {
    workspace: Workspace,
    as_of: AsOf,
    /// The address that is listened on.
    bound: SocketAddr,
    held: Mutex<Held>,
}

/// The ledger and what was derived from its newest version.
struct Held {
    ledger: Ledger,
    view: Arc<View>,
}

/// Serves the pages of a workspace until interrupted.
///
/// # Errors
/// When the address is taken or the ledger cannot be read.
pub async fn serve(workspace: Workspace, global: &Global, bind: SocketAddr) -> Ended {
    let as_of = crate::commands::as_of(global);
    let ledger = workspace.ledger().await?;
    let view = Arc::new(View::open(&ledger, as_of).await?);
    let listener = tokio::net::TcpListener::bind(bind).await.map_err(|error| {
        Fault::new(Remedy::Ask, bind.to_string(), error, "choose another address with `--bind 127.0.0.1:0`")
    })?;
    let address = listener.local_addr().map_err(|error| Fault::bug("server", error))?;
    let held = Mutex::new(Held { ledger, view });
    let shared = Shared { workspace, as_of, bound: address, held };
    let out = global.output();
    out.print(&format!("http://{address}/\n"))?;
    out.say("Serving; stop with Ctrl-C.");
    let router = Router::new().fallback(answer).with_state(Arc::new(shared));
    axum::serve(listener, router).await.map_err(|error| Fault::bug("server", error))?;
    Ok(())
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return posted(&shared, request).await.unwrap_or_else(|failure| failed(&failure, &Ask::default()));
    }
    let ask = match Ask::read(request.uri().path(), request.uri().query().unwrap_or_default()) {
        Ok(ask) => ask,
        Err(fault) => return failed(&Failure::Fault(fault), &Ask::default()),
    };
    if let Some(asset) = asset(&ask) {
        return asset;
    }
    if ask.segments.first().is_some_and(|first| ["drafting", "credit"].contains(&first.as_str())) {
        return drafted(&shared, &ask).unwrap_or_else(|failure| failed(&failure, &ask));
    }
    let asked = async {
        // What waits changes with every key; nothing else needs to be derived anew for it.
        if ask.segments == ["review"] {
            let mut held = shared.held.lock().await;
            held.ledger.refresh().await?;
            return pages::review::page(&held.ledger, shared.as_of, &ask).await.map(Ok);
        }
        let view = shared.view().await?;
        if let Some(page) = pages::computed(&view, &ask).await {
            return page.map(Ok);
        }
        let held = shared.held.lock().await;
        if let Some(object) = pages::object(&view, &shared.workspace, &held.ledger, &ask).await {
            return Ok(Err(object?));
        }
        Ok(Ok(pages::page(&view, &shared.workspace, &held.ledger, shared.as_of, &ask).await?))
    };
    match asked.await {
        Ok(Err(object)) => with_type("application/json", object.to_string()),
        Ok(Ok(page)) => formed(&ask, &page).unwrap_or_else(|fault| failed(&Failure::Fault(fault), &ask)),
        Err(failure) => failed(&failure, &ask),
    }
}

/// A page of drafts or of credit for words, or a file of one: all need the folder of the workspace alone.
fn drafted(shared: &Shared, ask: &Ask) -> Result<Response, Failure> {
    let drafts = Drafts::of(&shared.workspace.folder);
    let parts: Vec<&str> = ask.segments.iter().map(String::as_str).collect();
    let credits = Credits::of(&shared.workspace.folder);
    let page = match parts[..] {
        ["credit"] => pages::credit::list(&credits)?,
        ["credit", name] => pages::credit::one(&credits, name)?,
        ["credit", name, "statement", number] => {
            let mut page = with_type("text/html; charset=utf-8", pages::credit::statement(&credits, name, number)?);
            // One file that carries its own style, as it is when it is saved or sent.
            let policy = HeaderValue::from_static(
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
            );
            page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
            return Ok(page);
        }
        ["drafting"] => pages::drafting::list(&drafts)?,
        ["drafting", name] => pages::drafting::one(&drafts, name)?,
        ["drafting", name, "preview"] => pages::drafting::preview(&drafts, name, &ask.params)?,
        ["drafting", name, "file", end] => {
            let (media, bytes) = pages::drafting::file(&drafts, name, end, now())?;
            let mut response = with_type(media, "");
            let named = format!("attachment; filename=\"{name}.{end}\"");
            if let Ok(named) = HeaderValue::from_str(&named) {
                response.headers_mut().insert(header::CONTENT_DISPOSITION, named);
            }
            *response.body_mut() = axum::body::Body::from(bytes);
            return Ok(response);
        }
        _ => {
            return Err(pages::unknown(
                &ask.path(),
                "there is no page at this address",
                "start from /drafting or /credit",
            ));
        }
    };
    Ok(formed(ask, &page)?)
}

impl Shared {
    /// The view of the newest version: derived again only when something was added or decided meanwhile.
    async fn view(&self) -> Result<Arc<View>, Fault> {
        let mut held = self.held.lock().await;
        held.ledger.refresh().await?;
        if held.ledger.version() != held.view.version {
            take_reviews(&mut held.ledger, now()).await?;
            held.view = Arc::new(View::open(&held.ledger, self.as_of).await?);
        }
        Ok(Arc::clone(&held.view))
    }
}

/// Decides what a form of a page in review says, and leads back to the page.
async fn posted(shared: &Shared, request: Request) -> Result<Response, Failure> {
    let path = request.uri().path().to_string();
    let draft = path.strip_prefix("/drafting/").map(|name| Ask::read(&format!("/{name}"), "")).transpose()?;
    let draft = draft.and_then(|ask| ask.segments.into_iter().next());
    let is_form = draft.is_some() || ["/review", "/review/names"].contains(&path.as_str());
    if request.method() != Method::POST || !is_form {
        let mut refused = StatusCode::METHOD_NOT_ALLOWED.into_response();
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Ok(refused);
    }
    let review = &shared.workspace.config.review;
    form::may_decide(request.headers(), shared.bound, review.is_open)?;
    let by = crate::review::reviewer(None, review.name.as_deref())?;
    let form = form::read(request).await?;
    if let Some(name) = draft {
        let drafts = Drafts::of(&shared.workspace.folder);
        pages::drafting::decide(&drafts, &name, &form, (by.to_string(), now()))?;
        let mut held = shared.held.lock().await;
        drafts.take(&mut held.ledger, now()).await?;
        return back(&format!("/drafting/{}#next", pages::encoded(&name)));
    }
    if path == "/review/names" {
        let view = shared.view().await?;
        let mut held = shared.held.lock().await;
        pages::names::decide(&view, &mut held.ledger, &form, (by, now())).await?;
        return back("/review/names#next");
    }
    let mut held = shared.held.lock().await;
    pages::review::decide(&mut held.ledger, shared.as_of, &form, (by, now())).await?;
    let kept = ["kind", "theme"].iter().filter_map(|name| Some((*name, form.get(*name)?)));
    let kept: Vec<String> = kept.map(|(name, value)| format!("{name}={}", pages::encoded(value))).collect();
    back(&if kept.is_empty() { "/review#next".into() } else { format!("/review?{}#next", kept.join("&")) })
}

fn back(address: &str) -> Result<Response, Failure> {
    let address = HeaderValue::from_str(address).map_err(|error| Fault::bug("server", error))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response())
}

/// A page in the form that the address asks for.
fn formed(ask: &Ask, page: &Asked) -> Result<Response, Fault> {
    Ok(match ask.suffix.as_deref() {
        None => with_type("text/html; charset=utf-8", page.html(ask).into_string()),
        Some("json") => with_type("application/json", serde_json::json!({
            "title": page.title, "filters": ask.params, "truth": page.truth.rows().into_iter().collect::<BTreeMap<_, _>>(),
            "rows": objects(&page.data),
        }).to_string()),
        Some("csv") => with_type("text/csv; charset=utf-8", csv(&page.data)?),
        Some("svg") => match &page.picture {
            Some(picture) => with_type("image/svg+xml", chart::exported(&picture.svg(chart::Width::Wide))),
            None => return Err(Fault::new(Remedy::Ask, ask.path(), "this page has no picture", "ask for .json or .csv")),
        },
        Some(other) => {
            let what = format!("expected .json, .csv or .svg, found .{other}");
            return Err(Fault::new(Remedy::Ask, ask.path(), what, "use one of the three, or none for the page"));
        }
    })
}

fn failed(failure: &Failure, ask: &Ask) -> Response {
    let status = match failure {
        Failure::Nothing(_) => StatusCode::NOT_FOUND,
        Failure::Private(_) => StatusCode::FORBIDDEN,
        Failure::Fault(fault) if fault.remedy == Remedy::Ask => StatusCode::BAD_REQUEST,
        Failure::Fault(_) | Failure::Quality(_) | Failure::Interrupted => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let mut response = match ask.suffix {
        Some(_) => with_type("application/json", failure.json().to_string()),
        None => with_type("text/html; charset=utf-8", pages::error(ask, failure).into_string()),
    };
    *response.status_mut() = status;
    response
}

fn with_type(media: &'static str, text: impl Into<String>) -> Response {
    let text: String = text.into();
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    );
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

fn asset(ask: &Ask) -> Option<Response> {
    let parts: Vec<&str> = ask.segments.iter().map(String::as_str).collect();
    match (&parts[..], ask.suffix.as_deref()) {
        (["assets", "app"], Some("css")) => {
            Some(with_type("text/css; charset=utf-8", include_str!("../assets/app.css")))
        }
        (["assets", "readout"], Some("js")) => {
            Some(with_type("text/javascript; charset=utf-8", include_str!("../assets/readout.js")))
        }
        (["assets", "review"], Some("js")) => {
            Some(with_type("text/javascript; charset=utf-8", include_str!("../assets/review.js")))
        }
        (["assets", "drafting"], Some("js")) => {
            Some(with_type("text/javascript; charset=utf-8", include_str!("../assets/drafting.js")))
        }
        (["assets", "laboratory"], Some("js")) => {
            Some(with_type("text/javascript; charset=utf-8", include_str!("../assets/laboratory.js")))
        }
        (["favicon"], Some("ico")) => Some(StatusCode::NO_CONTENT.into_response()),
        _ => None,
    }
}
