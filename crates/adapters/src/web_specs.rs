//! Specifications of the web platform as `web-specs` and `browser-specs` list them: who publishes which, and how it stands.
//!
//! Comes in: `index.json` of the npm package. Goes out: a publication for each specification with its stage, organisation and
//! group, its series and source repository, what it changes and what replaced it. The list gives no days, so no day is told.

use std::collections::BTreeMap;

use fact::{Act, Adapter, Evidence, Fact, Mention, Party, Problem, Reading, Snapshot, Thing};

use crate::parts::json::{Json, Members};
use crate::parts::releases::{begins, evidence, whole};

/// The adapter.
pub static ADAPTER: WebSpecs = WebSpecs;

/// Reads the list of `web-specs`.
pub struct WebSpecs;

impl Adapter for WebSpecs {
    fn name(&self) -> &'static str {
        "web_specs"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Specifications of the web platform with their organisations and groups (web-specs, browser-specs)"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let head = &snapshot.bytes[..snapshot.bytes.len().min(4096)];
        let has = |name: &[u8]| memchr::memmem::find(head, name).is_some();
        begins(head, "[{\"url\":\"") && has(b"\"seriesComposition\"") && has(b"\"shortname\"")
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "specifications of the web platform".into(), ..Reading::default() };
        let (list, broken) = match Json::new(snapshot.bytes) {
            Ok(json) => json.elements(),
            Err(problem) => {
                reading.problems.push(*problem);
                return reading;
            }
        };
        if let Some(broken) = broken {
            reading.problems.push(broken.problem("fetch the package again: the file is cut or was changed"));
        }
        reading.about = format!("{} specifications of the web platform", list.len());
        let specs: Vec<(Json<'_>, Members<'_>)> = list.into_iter().map(|json| (json, json.object())).collect();
        let named = specs.iter().filter_map(|(_, spec)| Some((spec.text("shortname")?, document(spec)?)));
        let mut reader = Reader { bytes: snapshot.bytes, named: named.collect(), reading };
        for (json, spec) in &specs {
            reader.reading.n_units += 1;
            reader.specification(*json, spec);
        }
        reader.reading
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    /// Documents by their short names, which is how they name each other.
    named: BTreeMap<String, Thing>,
    reading: Reading,
}

impl Reader<'_> {
    fn specification(&mut self, json: Json<'_>, spec: &Members<'_>) {
        let (Some(object), Some(name)) = (document(spec), spec.text("shortname")) else {
            self.reading.problems.push(Problem {
                kind: "specification-incomplete",
                evidence: whole(&json, format!("entry {}", self.reading.n_units)),
                what: "expected `url` and `shortname`, found one of them missing".into(),
                hint: "fetch the package again".into(),
            });
            return;
        };
        let place = format!("specification {name}");
        self.published(json, spec, &object, &place);
        self.standing(spec, &object, &place);
        self.belonging(spec, &object, &place);
        for newer in spec.get("obsoletedBy").map(|list| list.array()).unwrap_or_default() {
            let Some(said) = newer.string() else { continue };
            let (newer, at) = (self.document(&said), newer.at());
            let fact = Fact::new(Act::Replaced, Evidence::new(at, place.clone(), &said));
            self.reading.facts.push(Fact { object: Some(newer), target: Some(object.clone()), ..fact });
        }
    }

    /// Who publishes it, at which stage: that of the last release, or of the draft where there is none.
    fn published(&mut self, json: Json<'_>, spec: &Members<'_>, object: &Thing, place: &str) {
        let stage = ["release", "nightly"].iter().find_map(|name| spec.get(name)?.object().text("status"));
        let organisation = spec.text("organization");
        let who = Mention { party: Party::Body, affiliation: organisation.clone(), ..Mention::default() };
        let who = if organisation.is_some() { who } else { Mention::default() };
        let groups = spec.get("groups").map(|groups| groups.array()).unwrap_or_default();
        let mut bodies: Vec<Option<String>> = groups.iter().map(|group| group.object().text("name")).collect();
        if bodies.is_empty() {
            bodies.push(None);
        }
        for body in bodies {
            self.reading.facts.push(Fact {
                who: who.clone(),
                object: Some(object.clone()),
                body: body.or_else(|| organisation.clone()),
                status: stage.clone(),
                ..Fact::new(Act::Published, whole(&json, place))
            });
        }
    }

    /// Work that was given up, or is only announced. A good standing is what is expected, and no act.
    fn standing(&mut self, spec: &Members<'_>, object: &Thing, place: &str) {
        let Some(value) = spec.get("standing") else { return };
        let Some(said) = value.string().filter(|said| said != "good") else { return };
        let evidence = evidence(self.bytes, "standing", &value.at(), place.into());
        let status = Some(said.into_owned());
        self.reading.facts.push(Fact { object: Some(object.clone()), status, ..Fact::new(Act::Advanced, evidence) });
    }

    /// The series it is a level of, what it changes, and where its text is kept.
    fn belonging(&mut self, spec: &Members<'_>, object: &Thing, place: &str) {
        if let Some(value) = spec.get("series") {
            let series = value.object();
            if let Some(name) = series.text("shortname") {
                let target = Thing::new("series", &name).titled(&series.text("title").unwrap_or_default());
                self.part_of(object, target, "series", evidence(self.bytes, "series", &value.at(), place.into()));
            }
        }
        if let Some(value) = spec.get("nightly").and_then(|nightly| nightly.object().get("repository"))
            && let Some(address) = value.string()
        {
            let at = evidence(self.bytes, "repository", &value.at(), place.into());
            self.part_of(object, Thing::new("repository", &address), "source", at);
        }
        // A delta only says what changes in the level before it, which stays in force.
        let is_delta = spec.text("seriesComposition").as_deref() == Some("delta");
        if let Some(value) = spec.get("seriesPrevious").filter(|_| is_delta)
            && let Some(said) = value.string()
        {
            let evidence = evidence(self.bytes, "seriesPrevious", &value.at(), place.into());
            let target = Some(self.document(&said));
            let fact = Fact::new(Act::Updated, evidence);
            self.reading.facts.push(Fact {
                object: Some(object.clone()),
                target,
                status: Some("delta".into()),
                ..fact
            });
        }
    }

    fn part_of(&mut self, object: &Thing, target: Thing, how: &str, evidence: Evidence) {
        self.reading.facts.push(Fact {
            object: Some(object.clone()),
            target: Some(target),
            status: Some(how.into()),
            ..Fact::new(Act::PartOf, evidence)
        });
    }

    /// The document of a short name; one that the list does not hold is known by its name alone.
    fn document(&self, name: &str) -> Thing {
        self.named.get(name).cloned().unwrap_or_else(|| Thing::new("document", name))
    }
}

/// A specification is known by its address, which is how features refer to it.
fn document(spec: &Members<'_>) -> Option<Thing> {
    Some(Thing::new("document", &spec.text("url")?).titled(&spec.text("title").unwrap_or_default()))
}
