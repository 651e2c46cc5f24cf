//! `review`: what waits for a reviewer, and what reviewers decide. `resolve` says who a name is and changes no fact; this
//! says what a place states.

mod each;
mod names;

use fact::Fault;
use jiff::Timestamp;
use ledger::{Ledger, Review, Session, Verdict};

use super::{Ended, as_of, nothing, workspace};
use crate::cli::Global;
use crate::intake;
use crate::output::Output;
use crate::review::{self, Part, ReviewArgs, ReviewCommand, Said, fields};
use crate::workspace::now;

pub async fn run(global: &Global, args: &ReviewArgs) -> Ended {
    let workspace = workspace(global)?;
    let mut ledger = workspace.ledger().await?;
    let session = review::session(&ledger, as_of(global)).await?;
    let out = global.output();
    let who = || review::reviewer(args.by.as_deref(), workspace.config.review.name.as_deref());
    let reject = |reason: &str| Said { reason: reason.into(), ..Said::default() };
    let mut desk = match &args.what {
        None => return list(&session, args, out).await,
        Some(ReviewCommand::Log) => return log(&session, out).await,
        Some(ReviewCommand::Names) => return names::run(global, &ledger, &session, args.limit).await,
        Some(_) => Desk { session, by: who()?.to_string(), at: now(), out },
    };
    let kept = match args.what.clone() {
        None | Some(ReviewCommand::Log | ReviewCommand::Names) => return Ok(()),
        Some(ReviewCommand::Each) => return each::run(&mut ledger, &mut desk, args).await,
        Some(ReviewCommand::Accept { ids, twins }) => {
            desk.decide(&mut ledger, Verdict::Accept, &ids, &Said::default(), twins).await?
        }
        Some(ReviewCommand::Reject { id, reason, twins }) => {
            desk.decide(&mut ledger, Verdict::Reject, &[id], &reject(&reason), twins).await?
        }
        Some(ReviewCommand::Correct { id, fields: pairs, reason, twins }) => {
            let said = Said { to: fields(pairs.iter().map(String::as_str))?, reason };
            desk.decide(&mut ledger, Verdict::Correct, &[id], &said, twins).await?
        }
        Some(ReviewCommand::Undo { decision }) => {
            let undo = review::undoing(&ledger.reviews()?, &decision, &desk.by, desk.at)?;
            ledger.review(&[undo])?
        }
    };
    intake::take_reviews(&mut ledger, now()).await?;
    desk.tell(&kept);
    Ok(())
}

/// Where a reviewer sits.
struct Desk {
    session: Session,
    by: String,
    at: Timestamp,
    out: Output,
}

impl Desk {
    async fn decide(
        &self,
        ledger: &mut Ledger,
        verdict: Verdict,
        ids: &[String],
        said: &Said,
        with_twins: bool,
    ) -> Result<Vec<Review>, crate::exit::Failure> {
        let mut new: Vec<Review> = Vec::new();
        for id in ids {
            let subject = review::subject(&self.session, id).await?;
            let mut subjects = vec![subject];
            if with_twins {
                subjects.extend(review::twins(&self.session, &subjects[0]).await?);
            }
            new.extend(review::decisions(&self.session, verdict, &subjects, said, (&self.by, self.at)).await?);
        }
        let mut seen = std::collections::BTreeSet::new();
        new.retain(|review| seen.insert(review.fact.clone()));
        Ok(ledger.review(&new)?)
    }

    fn tell(&self, kept: &[Review]) {
        for review in kept {
            let what = if review.decision.is_empty() { &review.fact } else { &review.decision };
            self.out.say(format_args!("Noted: {} {what}, decision {}", review.verdict.slug(), review.id));
        }
    }
}

async fn list(session: &Session, args: &ReviewArgs, out: Output) -> Ended {
    let part = Part { kind: args.kind.clone(), limit: args.limit, is_first_only: false };
    let (answer, subjects, n_waiting) = review::queue(session, &part).await?;
    let log = review::log(session).await?;
    for lost in review::lost(&log) {
        out.say(format_args!(
            "Decision {} no longer finds its words: {} {} `{}` of {}",
            lost[0], lost[3], lost[5], lost[8], lost[11]
        ));
    }
    if subjects.is_empty() {
        return Err(nothing("review", "nothing waits", "that is good news, or a condition too many"));
    }
    out.say(format_args!("{n_waiting} readings wait; go through them with `rapporteur review each`."));
    out.say("Pairs of names that may be one: see `rapporteur review names`");
    Ok(shown(&answer, out)?)
}

/// People get the columns that fit a line; programs get all.
fn shown(answer: &ledger::Answer, out: Output) -> Result<(), Fault> {
    const TOLD: &[&str] =
        &["id", "act", "name", "affiliation", "object_title", "confidence", "alike", "origin", "quote"];
    if out.form != crate::output::Form::Text {
        return out.rows(answer);
    }
    let at: Vec<usize> =
        TOLD.iter().filter_map(|name| answer.columns.iter().position(|column| column == name)).collect();
    let chosen = |row: &Vec<ledger::Value>| at.iter().map(|&at| row[at].clone()).collect();
    let columns = at.iter().map(|&at| answer.columns[at].clone()).collect();
    out.rows(&ledger::Answer { columns, rows: answer.rows.iter().map(chosen).collect() })
}

async fn log(session: &Session, out: Output) -> Ended {
    let log = review::log(session).await?;
    if log.rows.is_empty() {
        return Err(nothing("review", "nothing was decided yet", "see `rapporteur review` for what waits"));
    }
    Ok(out.rows(&log)?)
}
