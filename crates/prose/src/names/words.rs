//! Words that names are recognised by: honorifics, offices, heads of organisations, and words that no name is made of.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::scan::key;

/// A set of words, asked by their keys.
pub(crate) struct Words(FxHashSet<u64>);

impl Words {
    fn of(lists: &[&str]) -> Self {
        Self(lists.iter().flat_map(|list| list.split_whitespace()).map(key).collect())
    }

    fn of_lines(table: &str) -> Self {
        let lines = table.lines().filter(|line| !line.starts_with('#'));
        Self(lines.flat_map(str::split_whitespace).map(key).collect())
    }

    fn and(mut self, list: &str) -> Self {
        self.0.extend(list.split_whitespace().map(key));
        self
    }

    /// True when the word with this key is one of them.
    pub fn has(&self, key: u64) -> bool {
        self.0.contains(&key)
    }
}

/// All sets.
pub(crate) struct Lexicon {
    /// Forms of address that stand before a name.
    pub honorifics: Words,
    /// Words that stand in names without a capital letter.
    pub particles: Words,
    /// Offices and functions.
    pub offices: Words,
    /// Words that stand before an office.
    pub modifiers: Words,
    /// Words that may stand in the description of an office besides the offices.
    pub joints: Words,
    /// Words by which the last word of an organisation's name is known.
    pub heads: Words,
    /// The same for units within organisations.
    pub unit_heads: Words,
    /// Heads that are followed by what they are of or for.
    pub leading_heads: Words,
    /// Words of companies' legal forms.
    pub legal_forms: Words,
    /// Words that say that somebody speaks or acts.
    pub verbs: Words,
    /// Words that stand with a capital letter and are no part of a person's name.
    pub no_names: Words,
    /// Names of countries, regions and cities.
    pub places: Words,
    /// Months and days.
    pub months: Words,
    /// Words of the names of countries (`data/countries.txt`), and other places.
    pub countries: Words,
    /// How somebody takes part.
    pub modes: Words,
    /// Words that documents write small (`data/common.txt`).
    pub common: Words,
}

/// Returns the sets, which are made once.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon {
        honorifics: Words::of(&[HONORIFICS]),
        particles: Words::of(&[PARTICLES]),
        offices: Words::of(&[OFFICES]),
        modifiers: Words::of(&[MODIFIERS]),
        joints: Words::of(&[JOINTS]),
        heads: Words::of(&[HEADS, UNIT_HEADS]),
        unit_heads: Words::of(&[UNIT_HEADS]),
        leading_heads: Words::of(&[LEADING_HEADS]),
        legal_forms: Words::of(&[LEGAL_FORMS]),
        verbs: Words::of(&[SPEECH]),
        no_names: Words::of(&[NO_NAMES, OFFICES, HEADS, UNIT_HEADS, MONTHS, PLACES]),
        places: Words::of(&[PLACES]),
        months: Words::of(&[MONTHS, MONTHS_CUT]),
        countries: Words::of_lines(include_str!("../../data/countries.txt")).and(PLACES),
        modes: Words::of(&[MODES]),
        common: Words::of_lines(include_str!("../../data/common.txt")),
    })
}

const OFFICES: &str = "director directors chief head president vice-president vice-presidents secretary secretary-general under-secretary-general deputy-secretary-general director-general
    deputy-director-general vice-minister undersecretary chair
    chairs chairman chairmen chairwoman chairperson co-chair co-chairs cochair vice-chair vice-chairs vice-chairman
    convenor convener co-convenor ceo cto cio cfo coo cso ciso vp svp evp manager minister mayor governor professor
    academician engineer expert experts member editor co-editor editors rapporteur co-rapporteur lead leader officer advisor
    adviser counsellor coordinator co-ordinator fellow researcher scientist architect consultant delegate representative
    representatives ambassador commissioner partner founder co-founder cofounder moderator moderators speaker speakers
    panellist panelist panellists panelists spokesperson analyst strategist specialist attorney counsel lecturer student
    economist inspector ex-chairman ex-chair ex-president ex-director ex-ceo administrator official evangelist technologist ombudsman trustee treasurer author co-author authors
    steward supervisor dg scribe host facilitator principal";

const MODIFIERS: &str = "vice deputy assistant associate senior executive managing general distinguished technical standards
    standardization regulatory affairs policy former current new acting interim ex ex- incoming outgoing honorary founding global group
    chief lead first secretary corporate research principal board programme program project product marketing business
    relations public external international industry systems software network security head";

const HEADS: &str = "association institute union alliance forum foundation consortium academy society federation organization
    organisation corporation company commission committee council authority agency administration university ministry office
    secretariat laboratory laboratories labs telecommunity confederation chamber college bank government inc ltd limited gmbh
    plc llc corp oyj institution partnership networks technologies telecom communications systems telecommunications
    conference plenary assembly initiative task-force group";

const UNIT_HEADS: &str = "department dept bureau division directorate unit faculty school centre center secretariat";

const SPEECH: &str = "said says stated states noted notes explained explains highlighted highlights presented presents
    mentioned mentions proposed proposes pointed added adds commented comments remarked concluded concludes emphasized
    emphasised emphasizes stressed stresses welcomed welcomes thanked thanks reported reports introduced introduces asked asks
    replied argued argues suggested suggests summarized summarised observed described describes shared shares recommends
    recommended gave gives opened moderated chaired signed exposed focused recognized recognised clarified raised expressed
    invited provided outlined recalled discussed spoke underlined affirmed agreed announced believes considers expects retains
    thinks wondered warned reminded praised congratulated closed delivered demonstrated illustrated addressed joined
    served leads heads is was has will reviewed talked volunteered confirmed called led felt wants wanted concurred echoed
    elaborated continued";

const MONTHS: &str = "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday";

const MONTHS_CUT: &str = "jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun";

const PLACES: &str = "geneva switzerland china beijing shenzhen shanghai japan tokyo korea seoul india delhi mumbai bangalore
    bengaluru france paris sophia antipolis nice germany berlin munich bonn belgium brussels italy rome milan spain madrid
    barcelona portugal lisbon netherlands amsterdam hague sweden stockholm norway oslo finland helsinki denmark copenhagen
    iceland reykjavik ireland dublin united kingdom london england scotland america americas usa york washington francisco
    angeles boston chicago seattle canada montreal ottawa toronto vancouver mexico brazil brasilia argentina chile colombia
    peru egypt cairo kenya nairobi nigeria abuja ghana senegal morocco tunisia hammamet johannesburg africa african arab
    emirates dubai abu dhabi saudi arabia riyadh qatar doha kuwait turkey istanbul ankara israel jerusalem iran iraq russia
    russian moscow ukraine kyiv poland warsaw prague czech austria vienna hungary budapest romania bucharest bulgaria sofia
    greece athens croatia serbia slovenia slovakia estonia tallinn latvia riga lithuania vilnius luxembourg monaco malta cyprus
    australia sydney melbourne canberra zealand auckland wellington singapore malaysia kuala lumpur indonesia jakarta
    thailand bangkok vietnam hanoi philippines manila taiwan taipei hong kong macau asia asian pacific europe european
    guadalajara busan nations province municipality prague republic federation states hangzhou guangzhou chengdu wuhan";

const NO_NAMES: &str = "the this these that those a an in on at for from with as some each our we it its their there here if
    when where while after before during since until under over by to of and or but not no yes all any both every many most
    more one two three four five six seven eight nine ten first second third fourth fifth last next new old other another such
    session sessions workshop workshops panel panels opening closing keynote keynotes welcome introduction summary
    conclusion conclusions report reports agenda coffee lunch break breaks dinner registration reception standards standard
    standardization standardisation industry engagement technology technologies technical digital global international
    national world regional local internet web network networks networking mobile wireless data security policy policies
    research development innovation information communication communications telecommunication telecommunications
    cooperation collaboration agreement memorandum understanding letter intent resolution resolutions recommendation
    recommendations document documents contribution contributions proposal proposals draft annex appendix chapter section
    figure table part page item items action actions plan plans point points question questions discussion discussions
    presentation presentations talk talks remarks remark address speech speeches statement statements meeting meetings event
    events seminar webinar symposium conference congress summit assembly plenary group groups working study focus task force
    advisory steering editorial programme program project projects committee subcommittee team teams sector members
    membership public private government open source software hardware cloud artificial intelligence quantum metaverse
    broadband fiber fibre optical radio spectrum satellite future vision strategy strategic overview background goals goal
    objectives objective results result outcome outcomes next steps step issues issue challenges challenge opportunities
    opportunity trends trend current key main topic topics theme process processes framework system systems service services
    solution solutions platform platforms application applications user users market business value proposition metrics
    metric indicator indicators quality performance test testing interoperability architecture protocol protocols interface
    management governance legal privacy rights intellectual property patent licence license copyright abstract note notes
    minutes attendance attendees attendee participants participant present apologies regrets absent scribe chair date time
    place venue room hall online remote hybrid virtual q&a abbreviation abbreviations acronym name names affiliation
    organization organisation organizations organisations company companies e-mail email role title speaker moderator mode
    green smart city cities energy climate health education transport automotive vehicle internet-of-things iot
    machine learning deep edge core access home enterprise consumer vertical industries university universities academia
    academic annual weekly monthly joint special general plenipotentiary basic advanced best practices practice
    member state states sustainable goals bridging gap exploiting exchange views approval adoption publication version edition
    release chairman moderators secretary director thank thanks dear best regards sincerely yours please contact see also however
    therefore thus moreover furthermore finally additionally similarly overall today yesterday tomorrow morning afternoon evening
    copyright rapporteur liaison ietf itu etsi ieee w3c iso iec un eu us uk mpeg ai ml api apis http https html css json xml tls
    dns ip ipv4 ipv6 tcp udp 5g 6g 4g lte wi-fi wifi bluetooth linux github unicode javascript wasm webassembly proposed
    updated accepted rejected decided deferred approved agreed consensus stage status review update updates discuss
    background resources links agenda logistics welcome housekeeping recap wrap-up adjourn adjourned";

const HONORIFICS: &str = "mr mrs ms miss mx dr prof professor sir dame amb ambassador hon madam mme eng ing messrs shri smt mag dra dipl lic lt col gen";

const PARTICLES: &str = "van von de der den di da del della la le bin ibn al el ter ten dos das du y zu zur af bint binti binte e ben mac ní ó";

const JOINTS: &str = "of for at the and in to on & de du la des &";

const LEADING_HEADS: &str =
    "ministry department university bureau academy council institute administration school college office
        agency authority society association board chamber federation union faculty secretariat centre center embassy
        assembly commission committee directorate division government organization organisation laboratory bank
        conference confederation consortium forum";

const LEGAL_FORMS: &str = "inc ltd limited gmbh ag plc llc corp corporation oy oyj ab bv srl spa pty co llp";

const MODES: &str =
    "remote remotely online virtual virtually recording recorded video videoconference prerecorded pre-recorded
        teleconference zoom webex";
