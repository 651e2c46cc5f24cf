//! Cue words: which words begin or carry a statement, by class. A token is looked up once; frames ask for classes.

use std::sync::LazyLock;

use crate::scan::key;

/// A set of classes, one bit each.
pub(crate) type Class = u64;

/// Names of months.
pub(crate) const MONTH: Class = 1;
/// Heads of instruments: `agreement`, `MoU`, `letter`.
pub(crate) const INSTRUMENT: Class = 1 << 1;
/// `signed`, `signing`.
pub(crate) const SIGN: Class = 1 << 2;
/// `entered`, `concluded`, `established`.
pub(crate) const ENTER: Class = 1 << 3;
/// `announced`.
pub(crate) const ANNOUNCE: Class = 1 << 4;
/// `renewed`, `extended`, `upgraded`, `terminated`.
pub(crate) const CHANGE: Class = 1 << 5;
/// `approved`, `approval`, `endorsed`.
pub(crate) const APPROVE: Class = 1 << 6;
/// Kinds of events: `workshop`, `meeting`.
pub(crate) const EVENT: Class = 1 << 7;
/// `held`, `place`, `hosted`: an event took or takes place.
pub(crate) const HELD: Class = 1 << 8;
/// `moderated`, `moderator`, `chaired`.
pub(crate) const MODERATE: Class = 1 << 9;
/// Words that a noun phrase does not cross: articles, prepositions, auxiliaries, conjunctions.
pub(crate) const FUNCTION: Class = 1 << 10;
/// Approximators before a number: `more`, `over`, `around`.
pub(crate) const APPROXIMATE: Class = 1 << 11;
/// Numbers in words.
pub(crate) const NUMERAL: Class = 1 << 12;
/// `areas`, `fields`, `topics`: heads of what a cooperation is about.
pub(crate) const AREA: Class = 1 << 13;
/// `cooperate`, `collaboration`.
pub(crate) const COOPERATE: Class = 1 << 14;
/// `said`, `stated`, `noted`: somebody is quoted.
pub(crate) const SAY: Class = 1 << 15;
/// `goal`, `objective`, `aim`, `purpose`.
pub(crate) const GOAL: Class = 1 << 16;
/// `agreed`, `decided`, `adopted`, `confirmed`: a body decides.
pub(crate) const DECIDE: Class = 1 << 17;
/// `suggested`, `recommended`, `proposed`.
pub(crate) const SUGGEST: Class = 1 << 18;
/// `invited`, `requested`, `instructed`: something is asked of somebody.
pub(crate) const ASK: Class = 1 << 19;
/// `should`, `need`, `needs`, `must`, `shall`.
pub(crate) const OUGHT: Class = 1 << 20;
/// `organised`, `hosted`, `organizing`.
pub(crate) const ORGANISE: Class = 1 << 21;
/// `Resolution`, `Recommendation`, `Document`: a document's kind before its number.
pub(crate) const DOCUMENT: Class = 1 << 22;
/// `plan`, `plans`, `planned`, `next`.
pub(crate) const PLAN: Class = 1 << 23;
/// Forms of `be` and `have`, and `will`.
pub(crate) const AUXILIARY: Class = 1 << 24;
/// Offices: `President`, `Chair`, `Secretary`.
pub(crate) const OFFICE: Class = 1 << 25;
/// Groups that stand for parties named before: `organizations`, `parties`, `sides`.
pub(crate) const GROUP: Class = 1 << 26;
/// Bodies and meetings that decide: `meeting`, `plenary`, `council`, `board`.
pub(crate) const ORGAN: Class = 1 << 27;
/// Verbs of a resolution: `considering`, `recognizing`, `resolves`.
pub(crate) const RESOLVE: Class = 1 << 28;
/// `partner`, `partners`, `member`, `members`.
pub(crate) const PARTNER: Class = 1 << 29;
/// `commitment`, `committed`, `pledged`.
pub(crate) const COMMIT: Class = 1 << 30;
/// `online`, `virtual`, `hybrid`, `in-person`.
pub(crate) const MODE: Class = 1 << 31;
/// Verbs that mark work on a task: `reflected`, `updated`, `reviewed`.
pub(crate) const TASK: Class = 1 << 32;
/// Parts of a programme: `session`, `panel`, `keynote`.
pub(crate) const SESSION: Class = 1 << 33;
/// `including`, `include`, `such`: a list follows.
pub(crate) const INCLUDE: Class = 1 << 34;
/// Words that begin a relative date: `earlier`, `last`, `next`, `today`.
pub(crate) const RELATIVE: Class = 1 << 35;
/// Words after which a clause only tells of the past of something: `after`, `following`, `replacing`.
pub(crate) const ASIDE: Class = 1 << 36;
/// Labels before a number that only numbers something: `Session 1`, `tier 1`.
pub(crate) const LABEL: Class = 1 << 37;
/// `theme`, `themed`.
pub(crate) const THEME: Class = 1 << 38;
/// Plans, acts and strategies that are cited by name: `Action Plan`.
pub(crate) const TITLED: Class = 1 << 39;
/// `conclusion`, `summary`, `outcome`: headings of what came out.
pub(crate) const OUTCOME: Class = 1 << 40;
/// Countries, continents and cities that stand where a party may.
pub(crate) const PLACE: Class = 1 << 42;
/// `action`, `actions`: headings and labels of what is to be done.
pub(crate) const ACTION: Class = 1 << 41;

/// The words of each class, small letters.
const WORDS: &[(Class, &str)] = &[
    (
        MONTH,
        "january february march april may june july august september october november december \
         jan feb mar apr jun jul aug sep sept oct nov dec",
    ),
    (
        INSTRUMENT,
        "agreement agreements memorandum memoranda mou mous mou's loi lois letter letters pact accord arrangement \
         arrangements declaration protocol liaison moa moc",
    ),
    (SIGN, "sign signs signed signing signature inked inks co-signed cosigned signatories signatory countersigned"),
    (
        ENTER,
        "enter enters entered entering conclude concludes concluded concluding establish establishes established \
         establishment establishing formalize formalizes formalized formalise formalised formalizing reach reached \
         form formed forge forged strike struck finalized finalised launch launched join joined create created exchanged",
    ),
    (ANNOUNCE, "announce announces announced announcing announcement unveil unveiled unveils declared"),
    (
        CHANGE,
        "renew renews renewed renewal renewing extend extends extended extension extending upgrade upgraded upgrading \
         upgrades terminate terminated termination terminates amend amended amendment amending reaffirm reaffirmed \
         reaffirms revise revised revision update updated replace replaces replaced replacing supersedes superseded \
         expand expanded expands",
    ),
    (APPROVE, "approve approves approved approval endorsed endorsement ratified ratification adopted endorse"),
    (
        EVENT,
        "workshop workshops seminar seminars symposium conference conferences meeting meetings forum summit assembly \
         webinar webinars congress talks plenary colloquium plugtests plugtest hackathon roundtable event events \
         ceremony convention expo week course retreat teleconference",
    ),
    (HELD, "held place hold holds hosted hosts convened met meets takes took holding holds organized organised"),
    (
        MODERATE,
        "moderated moderator moderators moderates moderating chaired chair chairs chairman chairperson facilitated \
         facilitator co-moderator co-moderators moderation chairing led",
    ),
    (
        FUNCTION,
        "a an the of in on at by for from to with and or but nor as is are was were be been being has have had will \
         would can could may might shall should must not that which who whom whose this these those it its their our \
         his her they we he she you i if when while where whereas than then there here into onto over under between \
         among through during before after since until about against within without also only so such both each all \
         any some no more most less very too wherein per via up down out off",
    ),
    (
        APPROXIMATE,
        "more over around about approximately nearly almost up least most less fewer under than roughly some circa \
         exceeding exceeds beyond above below close",
    ),
    (
        NUMERAL,
        "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred dozen",
    ),
    (AREA, "area areas field fields topic topics aspects aspect themes domains scope subjects issues"),
    (
        COOPERATE,
        "cooperate cooperates cooperation co-operate co-operation collaborate collaborates collaboration \
         collaborating cooperating collaborations coordinate coordination partnership partner",
    ),
    (
        SAY,
        "said says stated states commented comments noted notes added adds explained explains remarked pointed \
         emphasized emphasised stressed declared concluded commenting",
    ),
    (GOAL, "goal goals objective objectives aim aims purpose purposes aimed intention"),
    (
        DECIDE,
        "agreed decided adopted confirmed approved endorsed resolved accepted concluded consensus rejected ratified \
         agrees decides adopts approves decision decisions elected appointed",
    ),
    (
        SUGGEST,
        "suggested suggests suggest recommended recommends recommend recommendation recommendations proposed proposes \
         propose proposal proposing urged",
    ),
    (
        ASK,
        "invited invites invite requested requests request asked asks instructed instructs instruct encouraged \
         encourages encourage urges urged calls tasked directs directed charged",
    ),
    (OUGHT, "should need needs needed must shall required appropriate ought"),
    (
        ORGANISE,
        "organized organised organizing organising organizes organises hosted hosting hosts co-organized co-organised \
         co-hosted organizer organizers organiser organisers sponsored supported jointly organize organise held",
    ),
    (
        DOCUMENT,
        "resolution resolutions recommendation recommendations rec recs res document documents doc contribution \
         contributions decision directive regulation rfc iso iec ieee en td supplement opinion draft",
    ),
    (PLAN, "plan plans planned planning next intend intends intended provisional upcoming forthcoming future will"),
    (AUXILIARY, "is are was were be been being has have had will"),
    (
        OFFICE,
        "president chair chairman chairperson chairwoman chairmen secretary director directors head ceo cto \
         vice-president chief officer executive minister rapporteur convenor convener representative representatives \
         secretary-general director-general behalf leader manager co-chair vice-chair commissioner coordinator",
    ),
    (
        GROUP,
        "organizations organisations parties sides bodies partners associations groups institutions sdos entities \
         operators signatories alliances forums companies consortia",
    ),
    (
        ORGAN,
        "meeting plenary council board assembly committee group workshop participants conference commission forum \
         bureau secretariat panel delegates members team",
    ),
    (
        RESOLVE,
        "considering recognizing recognising noting recalling resolves resolved acknowledging emphasizing \
         bearing mindful reaffirming instructs invites encourages requests urges calls decides recommends \
         consideringrecognizing taking aware concerned welcoming affirming",
    ),
    (PARTNER, "partner partners member members founder founders"),
    (COMMIT, "commitment commitments committed commit commits pledged pledge pledges reaffirmed reaffirm"),
    (
        MODE,
        "online virtual virtually hybrid in-person face-to-face remote remotely physical physically electronic \
         electronically videoconference e-meeting webinar person",
    ),
    (
        TASK,
        "reflected considered addressed updated developed submitted prepared circulated included reviewed organised \
         organized investigated studied clarified progressed finalized finalised drafted sent completed monitored \
         revised scheduled undertaken contacted uploaded published produced shared checked continued",
    ),
    (
        SESSION,
        "session sessions panel keynote keynotes opening closing roundtable welcome ceremony tutorial discussion \
         remarks wrap-up plenary introduction introductory",
    ),
    (INCLUDE, "including include includes included such following namely comprise comprises cover covers"),
    (
        RELATIVE,
        "earlier later last next today yesterday tomorrow day same previous coming early beginning end upcoming this",
    ),
    (
        ASIDE,
        "after following replacing since replaces superseding building originally first previously earlier established \
         previous former",
    ),
    (
        LABEL,
        "session sessions tier level phase part question table figure annex section clause item action step category \
         type class version release para paragraph page appendix number no note chapter volume resolution resolutions \
         recommendation document article stage day room hall building group sg sgs wp wg rg tc grade option chapters \
         series top",
    ),
    (THEME, "theme themed themes motto"),
    (TITLED, "plan strategy act directive regulation roadmap charter treaty"),
    (
        OUTCOME,
        "conclusion conclusions summary outcome outcomes results findings takeaways take-aways recommendations \
         concluding wrap-up decisions",
    ),
    (
        PLACE,
        "europe asia africa america americas usa us uk eu china japan korea india france germany italy spain portugal \
         belgium switzerland austria sweden norway finland denmark netherlands ireland canada mexico brazil argentina \
         australia singapore malaysia indonesia thailand vietnam philippines kenya nigeria egypt qatar uae israel turkey \
         russia ukraine poland geneva brussels paris london berlin beijing shanghai shenzhen tokyo kyoto seoul busan delhi \
         mumbai bangalore lisbon barcelona madrid rome vienna munich dubai doha washington york boston seattle antipolis \
         hong kong taiwan kingdom states",
    ),
    (ACTION, "action actions todo ap ai follow-up next"),
];

/// Open-addressed table from keys to classes; one look a token.
struct Table {
    slots: Vec<(u64, Class)>,
}

impl Table {
    const SIZE: usize = 4096;

    fn of(words: &[(Class, &str)]) -> Self {
        let mut table = Self { slots: vec![(0, 0); Self::SIZE] };
        for (class, list) in words {
            for word in list.split_whitespace() {
                table.add(key(word), *class);
            }
        }
        table
    }

    fn add(&mut self, key: u64, class: Class) {
        let mut at = slot(key);
        while let Some(entry) = self.slots.get_mut(at) {
            if entry.1 == 0 || entry.0 == key {
                *entry = (key, entry.1 | class);
                return;
            }
            at = (at + 1) % Self::SIZE;
        }
    }

    fn get(&self, key: u64) -> Class {
        let mut at = slot(key);
        while let Some(&(found, class)) = self.slots.get(at) {
            if class == 0 || found == key {
                return class;
            }
            at = (at + 1) % Self::SIZE;
        }
        0
    }
}

fn slot(key: u64) -> usize {
    usize::try_from((key ^ key >> 32) % 4096).unwrap_or_default()
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::of(WORDS));

/// Returns the classes of the word with this key.
pub(crate) fn class_of(key: u64) -> Class {
    TABLE.get(key)
}

/// Returns the key of a word of ASCII letters ([`key`]), at compile time.
pub(crate) const fn k(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut n = 0;
    while n < bytes.len() {
        hash = (hash ^ bytes[n].to_ascii_lowercase() as u64).wrapping_mul(0x0100_0000_01b3);
        n += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_all_its_classes_and_no_other_word_has_them() {
        assert_eq!(class_of(key("MoU")), INSTRUMENT);
        assert_eq!(class_of(key("Meeting")), EVENT | ORGAN);
        assert_eq!(class_of(key("unheard-of")), 0);
        assert_eq!(k("Signed"), key("signed"));
    }
}
