//! Features of the web platform as `web-features` tells them: which browser has which since when, and how far it is with all.
//!
//! Comes in: `data.json` of the npm package. Goes out: an implementation for each browser and feature, the days on which a
//! feature became a baseline, and the specifications that describe it. Support stated as `≤4` is kept as a bound: the last
//! day that is possible, and no first one.

use std::collections::BTreeMap;

use fact::{Act, Adapter, Evidence, Fact, Problem, Reading, Snapshot, Thing, When};

use crate::parts::json::{Json, Members};
use crate::parts::releases::{Releases, Support, begins, bounded, evidence, shown};

/// The adapter.
pub static ADAPTER: WebFeatures = WebFeatures;

/// Reads the data of `web-features`.
pub struct WebFeatures;

impl Adapter for WebFeatures {
    fn name(&self) -> &'static str {
        "web_features"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Features of the web platform with the browsers that have them (web-features)"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let head = &snapshot.bytes[..snapshot.bytes.len().min(4096)];
        begins(head, "{\"browsers\":{")
            && memchr::memmem::find(head, b"\"releases\"").is_some()
            && memchr::memmem::find(snapshot.bytes, b"\"features\"").is_some()
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "features of the web platform".into(), ..Reading::default() };
        let root = match Json::new(snapshot.bytes) {
            Ok(json) => json.members(),
            Err(problem) => {
                reading.problems.push(*problem);
                return reading;
            }
        };
        let (root, broken) = root;
        if let Some(broken) = broken {
            reading.problems.push(broken.problem("fetch the package again: the file is cut or was changed"));
        }
        let releases = releases(&root);
        let features = root.get("features").map(|features| features.object()).unwrap_or_default();
        reading.about =
            format!("{} features of the web platform in {} browsers", features.0.len(), releases.n_products());
        let mut reader = Reader { bytes: snapshot.bytes, releases, snapshots: snapshots(&root), reading };
        for (id, feature) in &features.0 {
            reader.reading.n_units += 1;
            // The name stands in every fact of the feature, so a hostile one must not be long; real ones reach 50 bytes.
            if id.len() <= 1000 {
                reader.feature(id, *feature);
            } else {
                reader.reading.problems.push(long(id, *feature));
            }
        }
        if features.0.is_empty() && reader.reading.problems.is_empty() {
            reader.reading.problems.push(empty(snapshot.bytes));
        }
        reader.reading
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    releases: Releases,
    snapshots: BTreeMap<String, Thing>,
    reading: Reading,
}

impl Reader<'_> {
    fn feature(&mut self, id: &str, json: Json<'_>) {
        let feature = json.object();
        let name = feature.text("name").filter(|name| name.len() <= 1000).unwrap_or_default();
        let object = Thing::new("feature", id).titled(&name);
        match feature.text("kind").as_deref() {
            None | Some("feature") => {
                self.status(id, &object, &feature);
                self.specifications(id, &object, &feature);
                self.editions(id, &object, &feature);
            }
            Some(kind @ ("moved" | "split")) => self.replaced(id, kind, &feature),
            Some(other) => {
                let kind = feature.get("kind").map_or_else(|| json.at(), |kind| kind.at());
                self.reading.problems.push(Problem {
                    kind: "feature-kind-unknown",
                    evidence: evidence(self.bytes, "kind", &kind, format!("feature {id}")),
                    what: format!("expected `feature`, `moved` or `split`, found `{other}`"),
                    hint: "the data has a new form: this program must follow".into(),
                });
            }
        }
    }

    /// Which browsers have it, and when all of them did.
    fn status(&mut self, id: &str, object: &Thing, feature: &Members<'_>) {
        let status = feature.get("status").map(|status| status.object()).unwrap_or_default();
        let reached =
            status.get("baseline").map(|level| level.string().map_or("false".into(), |level| level.into_owned()));
        let support = status.get("support").map(|support| support.object()).unwrap_or_default();
        for (browser, version) in &support.0 {
            let said = version.string().unwrap_or_default();
            let place = format!("feature {id}, {}", shown(browser));
            let support = Support {
                product: browser,
                role: "browser",
                version: &said,
                object,
                evidence: evidence(self.bytes, browser, &version.at(), place),
            };
            let status = reached.as_ref().map(|level| format!("baseline {level}"));
            match self.releases.implemented(support) {
                Ok(fact) => self.reading.facts.push(Fact { status, ..fact }),
                Err(problem) => self.reading.problems.push(*problem),
            }
        }
        for (level, name) in [("low", "baseline_low_date"), ("high", "baseline_high_date")] {
            let Some(value) = status.get(name) else { continue };
            let said = value.string().unwrap_or_default();
            let evidence = evidence(self.bytes, name, &value.at(), format!("feature {id}, baseline {level}"));
            let Some(when) = bounded(&said) else {
                self.reading.problems.push(Problem {
                    kind: "date-unreadable",
                    evidence,
                    what: format!("expected a day such as `2020-01-15`, found `{said}`"),
                    hint: "fetch the package again".into(),
                });
                continue;
            };
            self.reading.facts.push(Fact {
                object: Some(object.clone()),
                when,
                status: Some(format!("baseline {level}")),
                ..Fact::new(Act::Advanced, evidence)
            });
        }
    }

    fn specifications(&mut self, id: &str, object: &Thing, feature: &Members<'_>) {
        for value in one_or_more(feature.get("spec")) {
            let Some(address) = value.string() else { continue };
            let at = value.at();
            let evidence = Evidence::new(at, format!("feature {id}, specification"), &address);
            self.reading.facts.push(Fact {
                object: Some(object.clone()),
                target: Some(Thing::new("document", &address)),
                ..Fact::new(Act::Cited, evidence)
            });
        }
    }

    /// The edition of a standard that first had the feature.
    fn editions(&mut self, id: &str, object: &Thing, feature: &Members<'_>) {
        for value in one_or_more(feature.get("snapshot")) {
            let said = value.string().unwrap_or_default();
            let known = self.snapshots.get(said.as_ref()).cloned();
            self.reading.facts.push(Fact {
                object: Some(object.clone()),
                target: Some(known.unwrap_or_else(|| Thing::new("document", &said))),
                when: When::UNKNOWN,
                status: Some("edition".into()),
                ..Fact::new(Act::PartOf, Evidence::new(value.at(), format!("feature {id}, edition"), &said))
            });
        }
    }

    /// An identifier that is no longer used, and those that took its place.
    fn replaced(&mut self, id: &str, kind: &str, feature: &Members<'_>) {
        for value in one_or_more(feature.get("redirect_target").or_else(|| feature.get("redirect_targets"))) {
            let said = value.string().unwrap_or_default();
            self.reading.facts.push(Fact {
                object: Some(Thing::new("feature", &said)),
                target: Some(Thing::new("feature", id)),
                status: Some(kind.into()),
                ..Fact::new(Act::Replaced, Evidence::new(value.at(), format!("feature {id}"), &said))
            });
        }
    }
}

/// The versions of each browser, with their days.
fn releases(root: &Members<'_>) -> Releases {
    let mut releases = Releases::default();
    for (browser, said) in root.get("browsers").map(|browsers| browsers.object()).unwrap_or_default().0 {
        for release in said.object().get("releases").map(|list| list.array()).unwrap_or_default() {
            let release = release.object();
            if let Some(version) = release.text("version") {
                releases.add(&browser, &version, release.text("date").as_deref());
            }
        }
    }
    releases
}

/// The editions of standards that features are counted to.
fn snapshots(root: &Members<'_>) -> BTreeMap<String, Thing> {
    let snapshots = root.get("snapshots").map(|snapshots| snapshots.object()).unwrap_or_default().0;
    let editions = snapshots.into_iter().filter_map(|(id, snapshot)| {
        let snapshot = snapshot.object();
        let address = snapshot.text("spec")?;
        Some((id.into_owned(), Thing::new("document", &address).titled(&snapshot.text("name").unwrap_or_default())))
    });
    editions.collect()
}

/// A value that is written alone or as a list.
fn one_or_more(value: Option<Json<'_>>) -> Vec<Json<'_>> {
    let Some(value) = value else { return Vec::new() };
    if value.written().starts_with('[') { value.array() } else { vec![value] }
}

fn long(id: &str, feature: Json<'_>) -> Problem {
    Problem {
        kind: "name-too-long",
        evidence: Evidence::new(feature.at(), format!("feature {}", shown(id)), ""),
        what: format!("expected the name of a feature, found {} bytes", id.len()),
        hint: "fetch the package again".into(),
    }
}

fn empty(bytes: &[u8]) -> Problem {
    Problem {
        kind: "features-missing",
        evidence: Evidence::new(0..bytes.len().min(1), "file", ""),
        what: "expected features under `features`, found none".into(),
        hint: "fetch the package again".into(),
    }
}
