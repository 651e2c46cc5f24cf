//! Relations between documents, each brought into one direction: the object is the newer, the part, the one that cites.
//!
//! | written in the record of A, of B | act | object | target | status |
//! |---|---|---|---|---|
//! | `obsoletes`, `successorOf` | replaced | A | B | |
//! | `obsoletedBy`, `hasSuccessor` | replaced | B | A | |
//! | `updates` (`updatedBy` the other way round) | updated, or replaced: see below | A | B | the description |
//! | `editionOf` (`hasEdition`; in the record of an edition it lists its sisters) | part-of | A | B | edition |
//! | `partOf`, `hasPart` / `includedIn`, `includes` | part-of | the part | the whole | part / includes |
//! | `instanceOf`, `translatedFrom`, `complementOf` and their inverses | part-of | the one made of the other | the other | instance, translation, supplement |
//! | `mergedInto` (`merges`) | merged-into | A | B | |
//! | `adoptedFrom` (`adoptedAs`) | localised | the adoption | the source | the degree, where described |
//! | `cites` (`isCitedIn`) | cited | A | B | |
//!
//! `updates` is written for three things. An amendment or corrigendum updates. Between two editions of one work, and
//! where the description is `revises` or the earlier one is withdrawn, the later takes the place of the earlier: replaced,
//! with confidence 0.9 where it is not the description that says so. A draft replaces nothing yet: updated, status `draft`. ISO's records write
//! `updates` on the older document: where the times of both are known and contradict the direction, or the other one is
//! an amendment (`ISO 1/DAmd 1` of `ISO 1`) or a draft by its identifier, it is turned round, with confidence 0.9. Ecma's
//! list all editions as updated, the later ones and the record's own among them: the own one is left out.

use fact::{Act, Amount, Evidence, Fact, Mention, Thing, When};

use super::Teller;
use super::item::{Item, content, identifier as first_identifier, with_edition};
use super::party;
use crate::parts::identifier::{self, Work, with_sector};
use crate::parts::words::tidy;
use crate::parts::yaml::Node;

/// Kinds of relation as they are written: the act, its status, and whether the record is the target.
const KINDS: &[(&str, Act, &str, bool)] = &[
    ("adoptedAs", Act::Localised, "", true),
    ("adoptedFrom", Act::Localised, "", false),
    ("cites", Act::Cited, "", false),
    ("complementOf", Act::PartOf, "supplement", false),
    ("editionOf", Act::PartOf, "edition", false),
    ("hasComplement", Act::PartOf, "supplement", true),
    ("hasEdition", Act::PartOf, "edition", true),
    ("hasInstance", Act::PartOf, "instance", true),
    ("hasPart", Act::PartOf, "part", true),
    ("hasSuccessor", Act::Replaced, "", true),
    ("hasTranslation", Act::PartOf, "translation", true),
    ("includedIn", Act::PartOf, "includes", false),
    ("includes", Act::PartOf, "includes", true),
    ("instanceOf", Act::PartOf, "instance", false),
    ("isCitedIn", Act::Cited, "", true),
    ("mergedInto", Act::MergedInto, "", false),
    ("merges", Act::MergedInto, "", true),
    ("obsoletedBy", Act::Replaced, "", true),
    ("obsoletes", Act::Replaced, "", false),
    ("partOf", Act::PartOf, "part", false),
    ("successorOf", Act::Replaced, "", false),
    ("translatedFrom", Act::PartOf, "translation", false),
    ("updatedBy", Act::Updated, "", true),
    ("updates", Act::Updated, "", false),
];

/// The other document of a relation.
struct Other {
    id: String,
    title: String,
    /// When it was issued, as its identifier or the relation says.
    when: Option<When>,
    /// The latest of the dates that the relation gives it.
    latest: Option<When>,
}

/// True where an item names the work that it is an edition of.
pub fn names_work(item: &Item<'_>) -> bool {
    kinds(item).any(|kind| kind == "editionOf")
}

/// True where an item stands for what others were published as: a work, a sub-series.
pub fn holds_others(item: &Item<'_>) -> bool {
    kinds(item).any(|kind| matches!(kind, "hasEdition" | "hasPart" | "includes"))
}

fn kinds<'t>(item: &Item<'t>) -> impl Iterator<Item = &'t str> {
    let relations = item.node.get("relation").into_iter().flat_map(Node::each);
    relations.filter_map(|relation| relation.get("type").and_then(Node::text))
}

/// States every relation of an item.
pub fn tell(item: &Item<'_>, work: Option<&Work>, teller: &mut Teller<'_>) {
    let relations = || item.node.get("relation").into_iter().flat_map(Node::each);
    teller.reading.n_units += relations().count() as u64;
    let is_folded = fold_supplements(item, relations().filter(|relation| is_supplement(*relation)), teller);
    for relation in relations() {
        if is_folded && is_supplement(relation) {
            continue;
        }
        let Some(kind) = relation.get("type").and_then(Node::text) else {
            teller.problem("relation-unknown", relation, "expected a type of relation, found none".into());
            continue;
        };
        let Some(&(_, act, status, is_inverse)) = KINDS.iter().find(|(name, ..)| *name == kind) else {
            let known = "expected a type of relation such as `obsoletes`";
            teller.problem("relation-unknown", relation, format!("{known}, found `{kind}`"));
            continue;
        };
        let bibitem = relation.get("bibitem").unwrap_or(relation);
        let Some(other) = Other::read(bibitem, item) else {
            teller.problem("id-missing", relation, "expected the identifier of the other document, found none".into());
            continue;
        };
        if other.id == item.id && item.scheme == "ECMA" {
            continue;
        }
        if other.id == item.id {
            teller.problem("relation-to-itself", relation, format!("expected another document, found `{}`", other.id));
            continue;
        }
        let description = relation.get("description").and_then(|what| what.each().find_map(content)).map(tidy);
        let status = (!status.is_empty()).then(|| status.to_owned()).or(description);
        let mut fact = Fact { status, body: teller.body.clone(), ..Fact::new(act, teller.evidence(relation)) };
        aim(&mut fact, item, &other, is_inverse, work);
        teller.reading.facts.push(fact);
        if bibitem.get("contributor").is_some() {
            teller.embedded(bibitem);
        }
    }
}

impl Other {
    fn read(bibitem: Node<'_>, item: &Item<'_>) -> Option<Self> {
        let reference = || Some(tidy(content(bibitem.get("formattedref")?)?)).filter(|text| !text.is_empty());
        let id = first_identifier(bibitem).map(|(_, id, scheme)| with_edition(&id, scheme, bibitem));
        let id = with_sector(&id.or_else(reference)?, &item.id).into_owned();
        let dates = || bibitem.get("date").into_iter().flat_map(Node::each);
        let day = |date: Node<'_>| When::parse(["value", "at"].iter().find_map(|key| content(date.get(key)?))?);
        let is_issue = |date: &Node<'_>| date.get("type").and_then(Node::text) == Some("published");
        let when = identifier::when(&id).or_else(|| dates().find(is_issue).and_then(day));
        let latest = dates().filter_map(day).max_by_key(|when| when.from);
        let titles = bibitem.get("title").into_iter().flat_map(Node::each);
        let title = titles.filter_map(content).next().map(tidy).unwrap_or_default();
        Some(Self { id, title, when, latest })
    }
}

/// Puts the two documents of a relation where they belong, and makes the act exact.
fn aim(fact: &mut Fact, item: &Item<'_>, other: &Other, is_inverse: bool, work: Option<&Work>) {
    let this = Thing::new("document", &item.id).titled(&item.title);
    let that = Thing::new("document", &other.id).titled(&other.title);
    let (mut newer, mut older) = if is_inverse { (that, this) } else { (this, that) };
    let mut is_other = is_inverse;
    if matches!(fact.act, Act::Updated | Act::Replaced) {
        let this_when = identifier::when(&item.id).or(item.issued.map(|(when, _)| when));
        let other_when = other.when.or(other.latest);
        let times = if is_inverse { (other_when, this_when) } else { (this_when, other_when) };
        let is_behind_draft =
            fact.act == Act::Updated && identifier::is_draft(&older.id) && !identifier::is_draft(&newer.id);
        let is_contradicted = contradict(times) || is_earlier_edition(&newer.id, &older.id);
        if is_contradicted || changes(&older.id, &newer.id) || is_behind_draft {
            std::mem::swap(&mut newer, &mut older);
            is_other = !is_other;
            fact.confidence = 0.9;
        }
    }
    if fact.act != Act::PartOf {
        fact.when = if is_other { other.when } else { item.issued.map(|(when, _)| when) }.unwrap_or(When::UNKNOWN);
    }
    if fact.act == Act::Updated {
        updated(fact, item, &newer, &older);
    }
    if fact.act == Act::Localised {
        fact.who = taken_over_by(&newer.id, &older.id, item);
    }
    if fact.status.as_deref() == Some("edition") {
        older.kind = "work".into();
        sister(fact, &newer.id, &mut older, work.filter(|_| is_inverse));
    }
    (fact.object, fact.target) = (Some(newer), Some(older));
}

/// Where the record is itself an edition, `hasEdition` lists its family, with amendments and renumbered documents among
/// them: each belongs to the work that its own identifier names.
fn sister(fact: &mut Fact, id: &str, target: &mut Thing, work: Option<&Work>) {
    let Some(work) = work else { return };
    let own = identifier::work(id);
    let (id, how) = own.as_ref().map_or((&work.id, "edition"), |own| (&own.id, own.how));
    *target = Thing::new("work", id);
    fact.status = Some(how.into());
}

/// True where the time of what is said to be newer ends before that of the older begins.
fn contradict((newer, older): (Option<When>, Option<When>)) -> bool {
    let ends = newer.and_then(|when| when.to).zip(older.and_then(|when| when.from));
    ends.is_some_and(|(newer, older)| newer < older)
}

/// True where the number of the edition that is said to be newer is the lower one.
fn is_earlier_edition(newer: &str, older: &str) -> bool {
    let number = |id: &str| id.rsplit_once(" ed. ").and_then(|(_, number)| number.parse::<f64>().ok());
    number(newer).zip(number(older)).is_some_and(|(newer, older)| newer < older)
}

/// True where one identifier is that of an amendment or corrigendum to the other: `ISO 1/DAmd 1`, `ISO 1`.
fn changes(change: &str, of: &str) -> bool {
    change.strip_prefix(of).is_some_and(|rest| rest.starts_with('/'))
}

fn updated(fact: &mut Fact, item: &Item<'_>, newer: &Thing, older: &Thing) {
    let works = (identifier::work(&newer.id), identifier::work(&older.id));
    let said = fact.status.as_deref();
    let is_draft = identifier::is_draft(&newer.id) || (newer.id == item.id && item.is_draft());
    let is_one_work = works.0.as_ref().zip(works.1).is_some_and(|(newer, older)| newer.id == older.id);
    let is_over = older.id == item.id && item.is_withdrawn();
    if let Some(change) = works.0.as_ref().map(|work| work.how).filter(|how| *how != "edition") {
        fact.status.get_or_insert_with(|| change.into());
    } else if is_draft {
        fact.status.get_or_insert_with(|| "draft".into());
    } else if said == Some("revises") {
        fact.act = Act::Replaced;
    } else if !matches!(said, Some("amends" | "corrects")) && (is_one_work || is_over) {
        fact.act = Act::Replaced;
        fact.confidence = 0.9;
    }
}

/// The bodies in the adoption's identifier that are not in the source's; else the publisher of the record.
pub fn taken_over_by(adoption: &str, source: &str, item: &Item<'_>) -> Mention {
    let new: Vec<&str> =
        identifier::bodies(adoption).filter(|body| identifier::bodies(source).all(|other| other != *body)).collect();
    if !new.is_empty() {
        return party::body(&new.join("/"));
    }
    let publishers = party::publishers(item);
    publishers.first().map_or_else(Mention::default, |publisher| party::body(&publisher.name))
}

/// True for a line that says: this supplement of the series complements this Recommendation, like all of the series.
fn is_supplement(relation: Node<'_>) -> bool {
    relation.get("type").and_then(Node::text) == Some("complementOf")
        && relation.get("bibitem").and_then(first_identifier).is_some_and(|(_, id, _)| id.contains("Suppl."))
}

/// Folds the supplements of a whole series, listed in every record of it, into one fact that counts them. The same for
/// one supplement alone, which is then named.
fn fold_supplements<'t>(item: &Item<'_>, supplements: impl Iterator<Item = Node<'t>>, teller: &mut Teller<'_>) -> bool {
    let all: Vec<Node<'t>> = supplements.collect();
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return false };
    let object = match all[..] {
        [one] => first_identifier(one.get("bibitem").unwrap_or(one))
            .map_or_else(Thing::default, |(_, id, _)| Thing::new("document", &with_sector(&id, &item.id))),
        _ => Thing::new("document", "").titled("supplements of the series"),
    };
    let bytes = first.at().start..last.at().end;
    let lines = format!("lines {} to {}", first.line(), last.line());
    let place = if all.len() == 1 { format!("line {}", first.line()) } else { lines };
    let evidence = Evidence::new(bytes.clone(), place, teller.words(bytes));
    teller.reading.facts.push(Fact {
        object: Some(object),
        target: Some(Thing::new("document", &item.id).titled(&item.title)),
        body: teller.body.clone(),
        amount: Some(Amount { value: all.len() as f64, unit: "documents".into() }),
        status: Some("supplement".into()),
        ..Fact::new(Act::PartOf, evidence)
    });
    true
}
