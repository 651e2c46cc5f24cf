//! Support of the web platform in detail, as MDN's browser compatibility data tell it.
//!
//! Comes in: `data.json` of the npm package `@mdn/browser-compat-data`. Goes out: an implementation for each browser and
//! statement of support, with what limits it (a flag, a part, another name, removal), and the specifications of each feature.
//! `false` says that there is no support and `null` that it is not known; neither is an act.

use fact::{Act, Adapter, Evidence, Fact, Problem, Reading, Snapshot, Thing};

use crate::parts::json::{Json, Members};
use crate::parts::releases::{Releases, Support, begins, evidence, shown, whole};

/// The adapter.
pub static ADAPTER: BrowserCompat = BrowserCompat;

/// Reads MDN's browser compatibility data.
pub struct BrowserCompat;

impl Adapter for BrowserCompat {
    fn name(&self) -> &'static str {
        "browser_compat"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Support of web features by version of each browser (MDN browser compatibility data)"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let head = &snapshot.bytes[..snapshot.bytes.len().min(1024)];
        begins(head, "{\"__meta\":{") && memchr::memmem::find(snapshot.bytes, b"\"__compat\"").is_some()
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let about = "browser compatibility data".to_string();
        let mut reader = Reader {
            bytes: snapshot.bytes,
            releases: Releases::default(),
            servers: Vec::new(),
            reading: Reading { about, ..Reading::default() },
        };
        match Json::new(snapshot.bytes) {
            Ok(json) => reader.all(json),
            Err(problem) => reader.reading.problems.push(*problem),
        }
        reader.reading
    }
}

/// How deep features are nested; real ones reach eight levels.
const DEPTH: usize = 32;
/// How long the name of a feature may be, in bytes; real ones reach 108. It stands in every fact of the feature.
const LENGTH: usize = 1000;

struct Reader<'a> {
    bytes: &'a [u8],
    releases: Releases,
    /// Products that are no browsers but run the same language on servers.
    servers: Vec<String>,
    reading: Reading,
}

impl Reader<'_> {
    fn all(&mut self, json: Json<'_>) {
        let (root, broken) = json.members();
        if let Some(broken) = broken {
            self.reading.problems.push(broken.problem("fetch the package again: the file is cut or was changed"));
        }
        if let Some(version) = root.get("__meta").and_then(|meta| meta.object().text("version")) {
            self.reading.about = format!("browser compatibility data {version}");
        }
        self.browsers(&root);
        let mut open: Vec<(String, Json<'_>, usize)> = Vec::new();
        let areas = root.0.iter().filter(|(name, _)| name != "__meta" && name != "browsers");
        open.extend(areas.map(|(name, area)| (name.to_string(), *area, 1)));
        open.reverse();
        while let Some((id, json, depth)) = open.pop() {
            let members = json.object();
            if let Some(compat) = members.get("__compat").filter(|_| id.len() <= LENGTH) {
                self.reading.n_units += 1;
                self.feature(&id, &compat.object());
            }
            let inner =
                members.0.iter().rev().filter(|(name, inner)| name != "__compat" && inner.written().starts_with('{'));
            if depth < DEPTH && id.len() <= LENGTH {
                open.extend(inner.map(|(name, inner)| (format!("{id}.{name}"), *inner, depth + 1)));
            } else if inner.count() > 0 || id.len() > LENGTH {
                self.reading.problems.push(Problem {
                    kind: "nested-too-deep",
                    evidence: Evidence::new(json.at(), format!("feature {}", shown(&id)), ""),
                    what: format!(
                        "expected features nested at most {DEPTH} levels deep, with names of {LENGTH} bytes, found more"
                    ),
                    hint: "fetch the package again".into(),
                });
            }
        }
    }

    fn browsers(&mut self, root: &Members<'_>) {
        for (browser, said) in root.get("browsers").map(|browsers| browsers.object()).unwrap_or_default().0 {
            let said = said.object();
            if said.text("type").as_deref() == Some("server") {
                self.servers.push(browser.to_string());
            }
            for (version, release) in said.get("releases").map(|list| list.object()).unwrap_or_default().0 {
                self.releases.add(&browser, &version, release.object().text("release_date").as_deref());
            }
        }
    }

    fn feature(&mut self, id: &str, compat: &Members<'_>) {
        let object = Thing::new("feature", id);
        for (browser, support) in &compat.get("support").map(|support| support.object()).unwrap_or_default().0 {
            if support.written().starts_with('[') {
                for (number, statement) in support.array().into_iter().enumerate() {
                    let at = whole(&statement, format!("feature {id}, {} {}", shown(browser), number + 1));
                    self.statement(browser, &object, &statement.object(), at);
                }
            } else {
                let at = evidence(self.bytes, browser, &support.at(), format!("feature {id}, {}", shown(browser)));
                self.statement(browser, &object, &support.object(), at);
            }
        }
        let Some(specification) = compat.get("spec_url") else { return };
        let is_list = specification.written().starts_with('[');
        let all = if is_list { specification.array() } else { vec![specification] };
        for value in all {
            let Some(address) = value.string() else { continue };
            let place = format!("feature {id}, specification");
            self.reading.facts.push(Fact {
                object: Some(object.clone()),
                target: Some(Thing::new("document", &address)),
                ..Fact::new(Act::Cited, Evidence::new(value.at(), place, &address))
            });
        }
    }

    fn statement(&mut self, browser: &str, object: &Thing, statement: &Members<'_>, evidence: Evidence) {
        let Some(added) = statement.get("version_added") else {
            self.reading.problems.push(Problem {
                kind: "version-missing",
                evidence,
                what: "expected `version_added`, found none".into(),
                hint: "fetch the package again".into(),
            });
            return;
        };
        let role = if self.servers.iter().any(|server| server == browser) { "server" } else { "browser" };
        let status = limits(statement);
        let said = match (added.string(), added.boolean()) {
            (Some(version), _) => version,
            // Older data say `true`: there is support, and nobody knows since when.
            (None, Some(true)) => {
                self.reading.facts.push(Fact {
                    who: fact::Mention {
                        name: Some(browser.into()),
                        role: Some(role.into()),
                        ..fact::Mention::default()
                    },
                    object: Some(object.clone()),
                    target: Some(Thing::new("product", browser)),
                    status,
                    ..Fact::new(Act::Implemented, evidence)
                });
                return;
            }
            _ => return,
        };
        match self.releases.implemented(Support { product: browser, role, version: &said, object, evidence }) {
            Ok(fact) => self.reading.facts.push(Fact { status, ..fact }),
            Err(problem) => self.reading.problems.push(*problem),
        }
    }
}

/// What limits a statement of support, in the words of the data; `None` where nothing does.
fn limits(statement: &Members<'_>) -> Option<String> {
    let mut words = Vec::new();
    if statement.get("flags").is_some() {
        words.push("behind a flag".into());
    }
    if statement.get("partial_implementation").and_then(|partial| partial.boolean()) == Some(true) {
        words.push("partial implementation".into());
    }
    if let Some(prefix) = statement.text("prefix") {
        words.push(format!("prefix {prefix}"));
    }
    if let Some(name) = statement.text("alternative_name") {
        words.push(format!("alternative name {name}"));
    }
    if let Some(version) = statement.text("version_removed") {
        words.push(format!("removed in {version}"));
    }
    (!words.is_empty()).then(|| words.join(", "))
}
