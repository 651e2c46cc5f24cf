//! What somebody could do to raise a score without doing more: each attack as a change of the observations.
//!
//! Comes in: observations, and which of their indicators count which acts. Goes out: the observations as they would be if
//! one organisation did it. Rows of others change only where they share a document with the attacker.
//!
//! What an attack invents has a number that says what it was made of: part j of item i has the number i + j n, where n is
//! one more than the highest item number of all. So `item % n` leads back to the item, and to its work item.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Observation, Observations};

/// Which indicators count which acts, by position in [`Observations::indicators`]. An act that is not counted is left empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acts {
    /// Documents handed in; the item is the document.
    pub handed_in: Vec<u16>,
    /// Documents on which something was decided, with exposure; the item is the document.
    pub decided: Vec<u16>,
    /// Documents that came through; the item is the document.
    pub carried: Vec<u16>,
    /// Seats at meetings, each of which counts.
    pub seats: Vec<u16>,
    /// Seats at meetings by their square root, one row a meeting.
    pub rooted_seats: Vec<u16>,
    /// Meetings attended, of those held: more seats at one of them change nothing.
    pub attendance: Vec<u16>,
    /// Offices.
    pub offices: Vec<u16>,
    /// Downloads.
    pub downloads: Vec<u16>,
}

/// One attack, with what it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Attack {
    /// `G1` to `G7`, and what distinguishes it, such as `G1 k=10`.
    pub code: String,
    /// What is done.
    pub way: Way,
    /// Days of work that it takes: an assumption, declared.
    pub days: f64,
    /// The largest gain in standard deviations of the score with which a metric passes.
    pub most: Option<f64>,
}

/// What an attacker does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// G1: hands in one contribution, the one with most credit, in this many parts, each of which fares as the whole did.
    Split(u32),
    /// G1 at its widest: hands in every contribution in this many parts.
    SplitAll(u32),
    /// G2: sends this many more to every meeting at which it sat.
    Attendees(u32),
    /// G3: signs everything of this many friends, and they sign everything of its own and of each other.
    CoSign(u32),
    /// G4: hands in this many papers at its last meeting, of which nothing becomes.
    LowValue(u32),
    /// G5: deals its acts round among itself and this many affiliates that nobody knows to be its own.
    SockPuppets(u32),
    /// G6: has robots download its documents this many times as often.
    Bots(u32),
    /// G7: gives this many of its people titles that count as offices.
    Titles(u32),
}

/// Returns the seven attacks with their declared days and thresholds; G1 with two, five and ten parts, and with all
/// contributions in ten.
#[must_use]
pub fn standard_attacks() -> Vec<Attack> {
    let attack = |code: &str, way, days, most| Attack { code: code.into(), way, days, most };
    vec![
        attack("G1 k=2", Way::Split(2), 0.1, None),
        attack("G1 k=5", Way::Split(5), 0.4, None),
        attack("G1 k=10", Way::Split(10), 0.9, Some(0.05)),
        attack("G1 all", Way::SplitAll(10), 10.0, None),
        attack("G2", Way::Attendees(5), 15.0, None),
        attack("G3", Way::CoSign(5), 1.0, None),
        attack("G4", Way::LowValue(10), 2.5, None),
        attack("G5", Way::SockPuppets(3), 10.0, None),
        attack("G6", Way::Bots(100), 1.0, Some(0.1)),
        attack("G7", Way::Titles(3), 2.0, None),
    ]
}

impl Way {
    /// Returns what is done, in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Split(k) => format!("one contribution is handed in as {k} parts"),
            Self::SplitAll(k) => format!("every contribution is handed in as {k} parts"),
            Self::Attendees(n) => format!("{n} more attend every meeting attended"),
            Self::CoSign(n) => format!("{n} friends and the attacker sign everything of each other"),
            Self::LowValue(n) => format!("{n} papers are handed in of which nothing becomes"),
            Self::SockPuppets(n) => format!("the acts are dealt round among the attacker and {n} unknown affiliates"),
            Self::Bots(n) => format!("robots download everything {n} times as often"),
            Self::Titles(n) => format!("{n} people are given titles that count as offices"),
        }
    }

    /// Returns the observations after the attack of one organisation, given by position, or why it cannot be done.
    ///
    /// # Errors
    /// A sentence, where nothing in the observations is what the attack works on.
    ///
    /// # Panics
    /// If the attacker is no organisation of the observations.
    pub fn applied(
        self,
        observations: &Observations,
        acts: &Acts,
        attacker: u32,
    ) -> Result<Observations, &'static str> {
        self.numbered(observations, acts, attacker, n_items(observations))
    }

    /// As [`Way::applied`], with a given n for the numbers of what is invented: in a resample the highest item may be missing.
    pub(crate) fn numbered(
        self,
        observations: &Observations,
        acts: &Acts,
        attacker: u32,
        n: u32,
    ) -> Result<Observations, &'static str> {
        assert!((attacker as usize) < observations.organisations.len(), "the attacker is one of the organisations");
        let own = |of: &[u16]| own_rows(observations, of, attacker);
        match self {
            Self::Split(parts) => {
                let own = own(&acts.handed_in).into_iter();
                let whole = own.reduce(|best, row| if row.events > best.events { row } else { best });
                let whole = whole.ok_or("it handed in no documents")?;
                Ok(split(observations, acts, &BTreeSet::from([(whole.meeting, whole.item)]), parts, n))
            }
            Self::SplitAll(parts) => {
                let all: BTreeSet<(u32, u32)> =
                    own(&acts.handed_in).iter().map(|row| (row.meeting, row.item)).collect();
                if all.is_empty() {
                    Err("it handed in no documents")
                } else {
                    Ok(split(observations, acts, &all, parts, n))
                }
            }
            Self::Attendees(more) => {
                let seats = own(&acts.seats);
                let is_there = [&acts.rooted_seats, &acts.attendance].iter().any(|of| !own(of).is_empty());
                if seats.is_empty() && !is_there {
                    return Err("it attended no meeting");
                }
                Ok(repeated(&widened(observations, acts, attacker, more), &seats, more, n))
            }
            Self::CoSign(friends) => co_signed(observations, acts, attacker, friends),
            Self::LowValue(papers) => low_value(observations, acts, attacker, papers, n),
            Self::SockPuppets(affiliates) => dealt_round(observations, attacker, affiliates),
            Self::Bots(times) => {
                if own(&acts.downloads).is_empty() {
                    return Err("nothing of its own was downloaded");
                }
                let is_own =
                    |row: &Observation| row.organisation == attacker && acts.downloads.contains(&row.indicator);
                let more = |row: &Observation| if is_own(row) { f64::from(times) } else { 1.0 };
                let rows = observations.rows.iter().map(|row| Observation { events: row.events * more(row), ..*row });
                Ok(observations.with(rows.collect()))
            }
            Self::Titles(titles) => titled(observations, acts, attacker, titles, n),
        }
    }
}

/// The attacker's seats that count by their square root, with this many more at each meeting.
fn widened(observations: &Observations, acts: &Acts, attacker: u32, more: u32) -> Observations {
    let is_own = |row: &Observation| row.organisation == attacker && acts.rooted_seats.contains(&row.indicator);
    let one = |row: &Observation| match is_own(row) && row.events > 0.0 {
        true => Observation { events: (row.events.powi(2) + f64::from(more)).sqrt(), ..*row },
        false => *row,
    };
    observations.with(observations.rows.iter().map(one).collect())
}

/// The name of an affiliate that nobody knows to be the attacker's own.
pub(crate) fn affiliate(attacker: &str, number: u32) -> String {
    format!("{attacker} (affiliate {number})")
}

fn own_rows(observations: &Observations, of: &[u16], attacker: u32) -> Vec<Observation> {
    let is_own = |row: &&Observation| row.organisation == attacker && of.contains(&row.indicator) && row.events > 0.0;
    observations.rows.iter().filter(is_own).copied().collect()
}

/// One more than the highest item number.
pub(crate) fn n_items(observations: &Observations) -> u32 {
    observations.rows.iter().map(|row| row.item).max().map_or(1, |item| item + 1)
}

fn part(item: u32, part: u32, n_items: u32) -> u32 {
    let past = part.checked_mul(n_items).and_then(|past| past.checked_add(item));
    past.expect("there are far fewer than four thousand million documents")
}

/// Every signer's rows of the documents, given by meeting and item, once for each part.
fn split(
    observations: &Observations,
    acts: &Acts,
    documents: &BTreeSet<(u32, u32)>,
    parts: u32,
    n: u32,
) -> Observations {
    let is_split =
        |row: &&Observation| documents.contains(&(row.meeting, row.item)) && is_of_documents(acts, row.indicator);
    let rows: Vec<Observation> = observations.rows.iter().filter(is_split).copied().collect();
    repeated(observations, &rows, parts.saturating_sub(1), n)
}

pub(crate) fn is_of_documents(acts: &Acts, indicator: u16) -> bool {
    [&acts.handed_in, &acts.decided, &acts.carried].iter().any(|of| of.contains(&indicator))
}

/// Adds each row this many times, under new items.
fn repeated(observations: &Observations, rows: &[Observation], times: u32, n: u32) -> Observations {
    let more =
        (1..=times).flat_map(|time| rows.iter().map(move |row| Observation { item: part(row.item, time, n), ..*row }));
    observations.with(observations.rows.iter().copied().chain(more).collect())
}

/// Shares the credit of every document that one of the ring signed among its signers and all of the ring.
fn co_signed(
    observations: &Observations,
    acts: &Acts,
    attacker: u32,
    friends: u32,
) -> Result<Observations, &'static str> {
    let ring = ring(observations, acts, attacker, friends)?;
    let mut signers: BTreeMap<(u16, u32, u32), Vec<Observation>> = BTreeMap::new();
    let mut rows = Vec::new();
    for row in &observations.rows {
        if is_of_documents(acts, row.indicator) {
            signers.entry((row.indicator, row.meeting, row.item)).or_default().push(*row);
        } else {
            rows.push(*row);
        }
    }
    for of_document in signers.into_values() {
        if !of_document.iter().any(|row| ring.contains(&row.organisation)) {
            rows.extend(of_document);
            continue;
        }
        let all: BTreeSet<u32> = of_document.iter().map(|row| row.organisation).chain(ring.iter().copied()).collect();
        let each = 1.0 / all.len() as f64;
        let events = of_document.iter().map(|row| row.events).sum::<f64>() * each;
        let exposure = of_document.iter().map(|row| row.exposure).sum::<f64>() * each;
        rows.extend(all.into_iter().map(|organisation| Observation {
            organisation,
            events,
            exposure,
            ..of_document[0]
        }));
    }
    Ok(observations.with(rows))
}

/// The attacker and its friends: the organisations after it, in order of names and round about, that hand in documents.
pub(crate) fn ring(
    observations: &Observations,
    acts: &Acts,
    attacker: u32,
    friends: u32,
) -> Result<BTreeSet<u32>, &'static str> {
    let signs = |row: &&Observation| acts.handed_in.contains(&row.indicator) && row.events > 0.0;
    let signers: BTreeSet<u32> = observations.rows.iter().filter(signs).map(|row| row.organisation).collect();
    if !signers.contains(&attacker) {
        return Err("it handed in no documents");
    }
    let after = signers.range(attacker + 1..).chain(signers.range(..attacker));
    let ring: BTreeSet<u32> = after.take(friends as usize).copied().chain([attacker]).collect();
    if ring.len() < 2 { Err("nobody else hands in documents") } else { Ok(ring) }
}

/// Papers of its own, beside its last document: counted as handed in, decided on in vain.
fn low_value(
    observations: &Observations,
    acts: &Acts,
    attacker: u32,
    papers: u32,
    n: u32,
) -> Result<Observations, &'static str> {
    let day = |row: &Observation| observations.meetings[row.meeting as usize].day;
    let own = own_rows(observations, &acts.handed_in, attacker);
    let last = own.into_iter().max_by_key(|row| (day(row), row.item)).ok_or("it handed in no documents")?;
    let (handed_in, decided) = (acts.handed_in.iter().map(|of| (*of, 1.0)), acts.decided.iter().map(|of| (*of, 0.0)));
    let of_papers: Vec<(u16, f64)> = handed_in.chain(decided).collect();
    let paper = |(number, (indicator, events)): (u32, (u16, f64))| Observation {
        indicator,
        item: part(last.item, number, n),
        events,
        exposure: 1.0,
        ..last
    };
    let more = (1..=papers).flat_map(|number| of_papers.iter().map(move |of| (number, *of))).map(paper);
    Ok(observations.with(observations.rows.iter().copied().chain(more).collect()))
}

/// Items stay whole, so that a document's rows of several indicators keep together.
fn dealt_round(observations: &Observations, attacker: u32, affiliates: u32) -> Result<Observations, &'static str> {
    let items: BTreeSet<u32> =
        observations.rows.iter().filter(|row| row.organisation == attacker).map(|row| row.item).collect();
    if items.is_empty() {
        return Err("it has no acts");
    }
    let turn: BTreeMap<u32, u32> = items.into_iter().zip((0..=affiliates).cycle()).collect();
    let own = &observations.organisations[attacker as usize];
    let mut names = observations.organisations.clone();
    names.extend((1..=affiliates).map(|number| affiliate(own, number)));
    names.sort_unstable();
    let place = |name: &str| {
        names.binary_search_by(|other| other.as_str().cmp(name)).expect("every name is in the list") as u32
    };
    let old: Vec<u32> = observations.organisations.iter().map(|name| place(name)).collect();
    let family: Vec<u32> = (0..=affiliates)
        .map(|number| if number == 0 { old[attacker as usize] } else { place(&affiliate(own, number)) })
        .collect();
    let organisation = |row: &Observation| match row.organisation {
        whose if whose == attacker => family[turn[&row.item] as usize],
        whose => old[whose as usize],
    };
    let rows = observations.rows.iter().map(|row| Observation { organisation: organisation(row), ..*row }).collect();
    Ok(Observations { organisations: names, ..observations.with(rows) })
}

fn titled(
    observations: &Observations,
    acts: &Acts,
    attacker: u32,
    titles: u32,
    n: u32,
) -> Result<Observations, &'static str> {
    let is_office = |row: &&Observation| acts.offices.contains(&row.indicator) && row.events > 0.0;
    let model = observations.rows.iter().find(is_office).ok_or("no office is counted")?;
    let title = Observation { organisation: attacker, ..*model };
    Ok(repeated(observations, &[title], titles, n))
}
