//! Participation agreements as the WHATWG publishes them: which organisations and which individuals signed, and for what.
//!
//! Comes in: `entities.json` or `individuals.json`, a list of records with `info`, `workstreams` and `signature`. Goes out:
//! `signed` for each record, with the day of the signature and whether it has been verified; and, once it has been
//! verified, `joined` for each workstream named (`all` is one of them). Nobody is taken to have joined by a signature that
//! nobody verified. Of contacts nothing is kept but the domain of their address where the organisation's web site has the
//! same: elsewhere it is the contact's own. The country is what the address ends in, as it is written there.

#[path = "participant_agreements/country.rs"]
mod country;

use fact::{Act, Adapter, Evidence, Fact, Mention, Party, Problem, Reading, Snapshot, Thing, When};

use crate::parts::address::{blanked, domain};
use crate::parts::json::{Json, Members};

/// The adapter.
pub static ADAPTER: ParticipantAgreements = ParticipantAgreements;

/// Reads lists of signed participation agreements.
pub struct ParticipantAgreements;

const BODY: &str = "WHATWG";
const AGREEMENT: &str = "WHATWG participant agreement";
const HEAD_BYTES: usize = 8192;

impl Adapter for ParticipantAgreements {
    fn name(&self) -> &'static str {
        "participant_agreements"
    }

    fn version(&self) -> u32 {
        1
    }

    fn title(&self) -> &'static str {
        "Participation agreements of the WHATWG (JSON): who signed, and who joined which workstream"
    }

    fn is_mine(&self, snapshot: &Snapshot<'_>) -> bool {
        let head = &snapshot.bytes[..snapshot.bytes.len().min(HEAD_BYTES)];
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        let has = |words: &[u8]| memchr::memmem::find(head, words).is_some();
        head.starts_with(b"[") && has(b"\"workstreams\"") && has(b"\"signature\"") && has(b"\"signedAt\"")
    }

    fn read(&self, snapshot: &Snapshot<'_>) -> Reading {
        let mut reading = Reading { about: "participation agreements of the WHATWG".into(), ..Reading::default() };
        let list = match Json::new(snapshot.bytes) {
            Ok(list) => list,
            Err(problem) => {
                reading.problems.push(*problem);
                return reading;
            }
        };
        let (records, broken) = list.elements();
        for (json, number) in records.iter().zip(1..) {
            reading.n_units += 1;
            Record::new(json, number).state(&mut reading);
        }
        let hint = "fetch the file again; the records before this place were read";
        reading.problems.extend(broken.map(|broken| broken.problem(hint)));
        reading
    }
}

/// One record of either file.
struct Record<'a> {
    whole: Members<'a>,
    info: Members<'a>,
    signature: Members<'a>,
    evidence: Evidence,
}

impl<'a> Record<'a> {
    fn new(json: &Json<'a>, number: usize) -> Self {
        let whole = json.object();
        let part = |name: &str| whole.get(name).map(|part| part.object()).unwrap_or_default();
        let (info, signature) = (part("info"), part("signature"));
        // Names of contacts and postal addresses stand in the bytes, and are nobody's business in a quote.
        let name = info.text("name").unwrap_or_default();
        let quote = format!("{name}, signed {}", signature.text("signedAt").unwrap_or_default());
        let evidence = Evidence::new(json.at(), format!("record {number}"), &blanked(&quote));
        Self { whole, info, signature, evidence }
    }

    fn state(&self, reading: &mut Reading) {
        let Some(who) = self.who() else {
            let what = "expected a name in `info`, found none".into();
            reading.problems.push(self.problem(
                "name-missing",
                what,
                "see who signed; nothing was read of this record",
            ));
            return;
        };
        let is_verified = self.whole.get("verified").and_then(|verified| verified.boolean());
        let status = is_verified.map(|is_verified| if is_verified { "verified" } else { "not verified" });
        let signed = Fact {
            who,
            object: Some(Thing::new("agreement", "").titled(AGREEMENT)),
            body: Some(BODY.into()),
            when: self.when(reading),
            status: status.map(Into::into),
            ..Fact::new(Act::Signed, self.evidence.clone())
        };
        if is_verified == Some(true) {
            for workstream in self.workstreams(reading) {
                let object = Some(Thing::new("workstream", &workstream));
                reading.facts.push(Fact { act: Act::Joined, object, ..signed.clone() });
            }
        }
        reading.facts.push(signed);
    }

    /// An organisation by its legal name, or an individual. Only organisations have somebody sign for them.
    fn who(&self) -> Option<Mention> {
        let name = self.info.text("name")?;
        let is_entity = self.info.get("contact1").is_some() || self.signature.get("signedBy").is_some();
        if !is_entity {
            return Some(Mention::person(blanked(&name).trim(), None));
        }
        let country = self.info.text("address").and_then(|address| country::at_the_end(&address).map(Into::into));
        Some(Mention { party: Party::Organisation, country, domain: self.domain(), ..Mention::organisation(&name) })
    }

    /// The domain of the first contact's address where the web site has it too.
    fn domain(&self) -> Option<String> {
        let domain = domain(&self.info.get("contact1")?.object().text("email")?)?;
        let site = self.info.text("url")?.to_lowercase();
        let host = site.split_once("://").map_or(site.as_str(), |(_, rest)| rest).split(['/', ':', '?']).next()?;
        let is_same = host.strip_suffix(&domain).is_some_and(|before| before.is_empty() || before.ends_with('.'));
        is_same.then_some(domain)
    }

    fn when(&self, reading: &mut Reading) -> When {
        let text = self.signature.text("signedAt").unwrap_or_default();
        text.get(..10).and_then(When::parse).unwrap_or_else(|| {
            let found: String = text.chars().take(40).collect();
            let found = if found.is_empty() { "nothing".into() } else { format!("`{found}`") };
            let what = format!("expected a time such as `2024-06-17T10:00:00Z` in `signedAt`, found {found}");
            reading.problems.push(self.problem("date-unreadable", what, "the signature stays without a day"));
            When::UNKNOWN
        })
    }

    /// `all`, or a list of names. A note to the one who verifies is neither.
    fn workstreams(&self, reading: &mut Reading) -> Vec<String> {
        let json = self.whole.get("workstreams");
        let said = json.and_then(|json| json.string());
        let list = if said.is_some() { Vec::new() } else { json.map(|json| json.array()).unwrap_or_default() };
        let mut named: Vec<String> = list.iter().filter_map(|name| Some(name.string()?.into_owned())).collect();
        let n_unreadable = list.len() - named.len();
        named.extend(said.clone().filter(|said| said == "all").map(Into::into));
        if named.is_empty() || n_unreadable > 0 {
            let found: String =
                said.map_or("nothing".into(), |said| format!("`{}`", said.chars().take(40).collect::<String>()));
            let what = format!("expected `all` or a list of workstreams, found {found}");
            reading.problems.push(self.problem("workstreams-unreadable", what, "see what was signed for"));
        }
        named
    }

    fn problem(&self, kind: &'static str, what: String, hint: &str) -> Problem {
        Problem { kind, evidence: self.evidence.clone(), what, hint: hint.into() }
    }
}
