//! What the tests of traps share: texts in the shape of the founding documents, and how one is read and asked.

use std::path::Path;

use document::Document;
use fact::{Snapshot, content_id};
use prose::{Agreement, Answer, Organisation, Person, Span};

/// News of an agreement, with no-break spaces between ordinary words.
pub const NEWS: &str = "The workshop marked the establishment of the new Cooperation Agreement (from a previous MoU) between the \
two standards development organizations Northern Standards Institute (NSI) and Borealis Communications Standards \
Association (BCSA), which was signed electronically on the day of the event, following the approval by the Council of BCSA \
and\u{a0}General Assembly\u{a0}of NSI earlier this year.\n\n\
The event was also the first formal introduction meeting of the new Secretary General of BCSA, Mr. Lin Bo with \
NSI\u{a0}Director General Carlo Marco Esempio.\n\
The meeting was attended by representatives of the two organizations:\n\
\u{20} \u{2022} Yang Zemo, former Secretary General of the Borealis Communications Standards Association,\n\
\u{20} \u{2022} Wang Lian, Chairman of TC5 (mobile communications) of BCSA,\n\
\u{20} \u{2022} Adrian Muster, CTO of NSI\n\
\u{20} \u{2022} Clara Voorbeeld, LAMPEC.\n\
Xavier Prova, Head of External Relations of NSI and Zhao Moban, Director of International Standardization Department of \
BCSA, moderated the meeting, organized by the Lantern Project Team.\n";

/// A programme: family names in capitals, wrapped names of organisations, modes, announced numbers of speakers.
pub const PROGRAMME: &str = "Annual Lamp Post Seminar 2031\n\n\
This year the event is being planned in hybrid mode with physical participants in Geneva, Switzerland.\n\n\
Provisional Agenda\n\n\
09:00 - 09:30\nOpening Session\n\
Moderator:\u{a0}Chaolin XUAN, Director General, Department of International Cooperation, Ministry of Lamps (MOL)\n\n\
- H.E. Mr. Huilin ZHAN, Secretary General of International Telecommunication Union (ITU)\n\n\
Session 1: Coordinated Efforts on Lamp Posts\n(moderated 50 Minutes, 3 speakers)\n\
Emerging lamps call for new posts. It is necessary to have an open process, to establish mutual trust, and to pursue \
cooperation in which everybody wins, on all levels and between all regions of the world.\n\n\
- Mr. Hanquan WO, Academician of Chinese Academy of Engineering\n\
- Mr Hyung Yool YUM, Electronics and Telecommunications Research Institute of Korea, Chairman of ITU-T Study Group 17\n\
- Mr. Jack OMI, SG-African Telecommunication Union (ATU)\n\n\
Session 2: Exploiting the Value of Lamp Posts\n(moderated 50 Mins, 6 speakers)\n\
A new round of lamps is thriving, and it is important to ensure the rational, equitable, efficient and economical use of \
posts by all services, including those of satellites and of other celestial bodies.\n\n\
- Mr. Jianbo CHANG, Director General, Communications Administration of Fujian\u{a0}\n\u{a0} Province,\u{a0}China\n\
- Mr. John Pattern, Chief Regulatory Officer of GSMA (Speech received)\n\
- Mr. Xinbo WANG, Vice President of ZTE\n";

/// A report of a workshop: given names only, prepositions that are names, typing errors, modes, quantities.
pub const REPORT: &str = "Lamp Post Engagement Workshop\nReport\n\
1\tIntroduction\n\
The first Lamp Post Engagement Workshop was held on April 19, 2031 in Geneva as an in-person event.\n\
2\tSession 1 on Current Perspectives\n\
This session was moderated by Mr. Hiro Muster, NTT.\n\
2.1\tChing Xan, Huawei\n\
Ms Xan showed the benefits that on-going cooperation between ITU and other organizations can provide.\n\
2.2\tStephen Probe, Broadcom (remotely)\n\
S. Probe proposed an analysis of the limited relevance of IUT-T activity, mainly from SG15, over the past 15 years. It was \
followed by a view on how industry values ITUT. GitHub may be considered as one of the main \u{201c}standard\u{201d} tools.\n\
2.3\tPer Sample, Ericsson\n\
Mr. Sample recognized that 10 billion lamps per metropolitan area are many, and that work moves per region to forums \
(e.g., ODVA OPC) in IEC for IoT.\n\
2.4\tJuno Zhen, Alibaba, recording\n\
Ms. Zhen presented the vision of Alibaba.\n\
2.5\tPanel discussion\n\
IEEE standard board chair mentioned the 3 criteria to launch a new project.\n\
\u{b7} Per Sample\n\
Per expects stability of the technical work at the ITU-T. At high level it is the only UN organization with 193 countries, \
more than 500 industry members, and 170+ academic and research institutions.\n\
\u{b7} Floor expressed views\n\
Stephen (Q12/15 Rapporteur). Engagement with 20 standards bodies.\n\
Ahmet (Huawei). We have many SDOs that are competing.\n";

/// A draft whose tracked changes were lost: inserted and deleted words run together, a comment stands three times.
pub const DRAFT: &str = "MOD\nRESOLUTION 868 (Rev. New Delhi, 2034Hammamet, 2026)\nOn lamp posts\n\
The World Telecommunication Standardization Assembly (New Delhi, 2034Hammamet, 2026),\n\
considering\n\
a)\tthat the ITU Telecommunication Standardization Sector (ITU\u{2011}T) is a unique organization comprising 193 Member \
States, and over 700520 Sector Members, Associates and academia from all over the world;\tComment by Bo Sample: Here I keep \
the C2 text\tComment by Bo Sample: Here I keep the C2 text\tComment by Bo Sample: Here I keep the C2 text\n\
b)\tthat the work of ITU\u{2011}T and of ITU-T is one work,\n\
resolves to instruct the Director of the Telecommunication Standardization Bureau\n\
1\tto continue to organize meetings for industry executives;\n\
117\tto produce a regular report to TSAG on lamp posts;\n";

/// A document and what was read from it.
pub struct Read {
    pub document: Document,
    pub answer: Answer,
}

impl Read {
    pub fn words(&self, span: Span) -> &str {
        self.document.slice(&span.range())
    }

    pub fn person(&self, name: &str) -> &Person {
        let names: Vec<&str> = self.answer.persons.iter().map(|one| one.name.as_str()).collect();
        let mut called = self.answer.persons.iter().filter(|one| one.name == name);
        let person = called.next().unwrap_or_else(|| panic!("no person `{name}` among {names:?}"));
        assert!(called.next().is_none(), "`{name}` stands twice");
        person
    }

    /// The organisation with this name or acronym.
    pub fn organisation(&self, name: &str) -> &Organisation {
        let is = |one: &&Organisation| one.name == name || one.acronym.as_deref() == Some(name);
        let names: Vec<&str> = self.answer.organisations.iter().map(|one| one.name.as_str()).collect();
        self.answer.organisations.iter().find(is).unwrap_or_else(|| panic!("no organisation `{name}` among {names:?}"))
    }

    pub fn called(&self, organisation: usize) -> &str {
        let one = &self.answer.organisations[organisation];
        one.acronym.as_deref().unwrap_or(&one.name)
    }

    pub fn agreement(&self) -> &Agreement {
        let [agreement] = &self.answer.agreements[..] else { panic!("{:?}", self.answer.agreements) };
        agreement
    }
}

pub fn made(text: &str) -> Read {
    read("made-up.txt", text.as_bytes())
}

pub fn read(origin: &str, bytes: &[u8]) -> Read {
    let id = content_id(bytes);
    let document = document::read(&Snapshot::new(&id, origin, bytes)).unwrap();
    let answer = prose::read(&document);
    Read { document, answer }
}

/// Checks the founding document of this number, where it is at hand.
pub fn seeds(number: &str, check: impl Fn(&Read)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let held = std::fs::read_dir(&folder).ok().into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let path = held.into_iter().find(|path| path.file_name().unwrap().to_string_lossy().starts_with(number));
    match path {
        Some(path) => check(&read("seed.txt", &std::fs::read(path).unwrap())),
        None => println!("skipped: founding document {number} is not at hand"),
    }
}

pub fn assert_organs(read: &Read, wanted: [(&str, &str); 2]) {
    let approvals = &read.agreement().approvals;
    let found: Vec<(&str, &str)> =
        approvals.iter().map(|one| (one.organ.as_str(), one.organisation.map_or("", |n| read.called(n)))).collect();
    assert_eq!(found, wanted);
}

pub fn titles(read: &Read, name: &str) -> Vec<String> {
    let mut titles: Vec<String> = read.person(name).roles.iter().filter_map(|role| role.title.clone()).collect();
    titles.dedup();
    titles
}

pub fn statuses<'a>(read: &'a Read, name: &str) -> Vec<Option<&'a str>> {
    read.person(name).roles.iter().map(|role| role.status.as_deref()).collect()
}

pub fn affiliations<'a>(read: &'a Read, name: &str) -> Vec<&'a str> {
    read.person(name).roles.iter().filter_map(|role| Some(read.called(role.organisation?))).collect()
}

pub fn modes(read: &Read, name: &str) -> Vec<String> {
    read.person(name).roles.iter().filter_map(|role| role.mode.clone()).collect()
}

pub fn doubts<'a>(read: &'a Read, kind: &str) -> Vec<&'a str> {
    read.answer.doubts.iter().filter(|doubt| doubt.kind == kind).map(|doubt| doubt.what.as_str()).collect()
}

pub fn has_mention(person: &Person, at: usize) -> bool {
    person.mentions.iter().any(|found| found.span.range().contains(&at))
}
