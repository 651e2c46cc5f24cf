//! `review each`: one reading at a time, its words in context, and a key for each decision. On a terminal a key is
//! enough; from a pipe each line is a key with what belongs to it (`r only announced`, `c affiliation=Acme; role=Chair`).

use std::collections::BTreeSet;
use std::io::BufRead as _;

use console::Term;
use fact::{Fault, Remedy};
use ledger::{Ledger, Review, Verdict};

use super::Desk;
use crate::commands::{Ended, nothing};
use crate::exit::Failure;
use crate::intake;
use crate::review::{self, Context, Part, ReviewArgs, Said, Subject, fields};
use crate::workspace::now;

const KEYS: &str = "a accept, c correct, r reject, t the same for all twins, u undo the last, s skip, q quit";

pub async fn run(ledger: &mut Ledger, desk: &mut Desk, args: &ReviewArgs) -> Ended {
    let part = Part { kind: args.kind.clone(), limit: args.limit, is_first_only: false };
    let (_, queue, _) = review::queue(&desk.session, &part).await?;
    if queue.is_empty() {
        return Err(nothing("review", "nothing waits", "that is good news, or a condition too many"));
    }
    let mut sitting = Sitting { keys: Keys::new(), decided: BTreeSet::new(), done: Vec::new() };
    let ended = sitting.go(ledger, desk, &queue).await;
    // Every decision is on the disk already; here they become facts, in one commit.
    intake::take_reviews(ledger, now()).await?;
    let n_left = queue.iter().filter(|subject| !sitting.decided.contains(&subject.id)).count();
    desk.out.say(format_args!("{} decided, {n_left} of these still wait.", sitting.decided.len()));
    ended
}

struct Sitting {
    keys: Keys,
    /// Facts that were decided in this sitting.
    decided: BTreeSet<String>,
    /// The decisions of each step, so that the last can be undone.
    done: Vec<(usize, Vec<Review>)>,
}

impl Sitting {
    async fn go(&mut self, ledger: &mut Ledger, desk: &mut Desk, queue: &[Subject]) -> Ended {
        let mut at = 0;
        let mut with_twins = false;
        while let Some(subject) = queue.get(at) {
            if self.decided.contains(&subject.id) {
                at += 1;
                continue;
            }
            if !with_twins {
                show(ledger, subject, desk)?;
            }
            let Some((key, rest)) = self.keys.next()? else { break };
            desk.at = now();
            let step = match key {
                'q' => break,
                's' => {
                    at += 1;
                    with_twins = false;
                    continue;
                }
                't' => {
                    with_twins = !with_twins;
                    let words = if with_twins { "the next key holds for all twins" } else { "for this one alone" };
                    desk.out.say(format_args!("{} alike: {words}.", subject.n_alike));
                    continue;
                }
                'u' => {
                    at = self.undo(ledger, desk, at)?;
                    continue;
                }
                'a' => Ok((Verdict::Accept, Said::default())),
                'r' => self.keys.rest(rest, "why").map(|reason| (Verdict::Reject, Said { reason, ..Said::default() })),
                'c' => self.correction(rest).map(|said| (Verdict::Correct, said)),
                _ => Err(Fault::new(Remedy::Ask, "review", format!("expected a key, found `{key}`"), KEYS)),
            };
            match step {
                Ok((verdict, said)) => {
                    let ids = [subject.id.clone()];
                    let kept = desk.decide(ledger, verdict, &ids, &said, with_twins).await?;
                    desk.tell(&kept);
                    self.decided.extend(kept.iter().map(|review| review.fact.clone()));
                    self.done.push((at, kept));
                    with_twins = false;
                }
                Err(fault) if self.keys.is_terminal() => desk.out.say(format_args!("{fault}; {}", fault.hint)),
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(())
    }

    fn correction(&self, rest: String) -> Result<Said, Fault> {
        let pairs = self.keys.rest(rest, "field=value; ...")?;
        Ok(Said { to: fields(pairs.split(';').map(str::trim).filter(|pair| !pair.is_empty()))?, ..Said::default() })
    }

    /// Takes the last step back, and returns where it was made.
    fn undo(&mut self, ledger: &mut Ledger, desk: &Desk, at: usize) -> Result<usize, Failure> {
        let Some((before, kept)) = self.done.pop() else {
            desk.out.say("Nothing was decided in this sitting.");
            return Ok(at);
        };
        let undoing =
            |review: &Review| Review { decision: review.id.clone(), ..Review::new(Verdict::Undo, &desk.by, desk.at) };
        ledger.review(&kept.iter().map(undoing).collect::<Vec<_>>())?;
        for review in &kept {
            self.decided.remove(&review.fact);
        }
        desk.out.say(format_args!("Took {} back.", kept.len()));
        Ok(before)
    }
}

fn show(ledger: &Ledger, subject: &Subject, desk: &Desk) -> Result<(), Fault> {
    let context = Context::of(&ledger.bytes(&subject.snapshot)?, subject.at, subject.read("quote"));
    let rule = subject.read("rule");
    let by = if rule.is_empty() { subject.read("adapter") } else { rule };
    desk.out.say(format_args!("\n{}", subject.told()));
    desk.out.say(format_args!("  {} >>{}<< {}", context.before, context.marked, context.after));
    desk.out.say(format_args!(
        "  {}, {}; {by}, {:.2}; {} alike",
        subject.origin,
        subject.read("place"),
        subject.confidence,
        subject.n_alike
    ));
    desk.out.say(format_args!("  {KEYS}"));
    Ok(())
}

/// Where keys come from.
enum Keys {
    Terminal(Term),
    Pipe,
}

impl Keys {
    fn new() -> Self {
        let is_terminal = std::io::IsTerminal::is_terminal(&std::io::stdin());
        if is_terminal { Self::Terminal(Term::stderr()) } else { Self::Pipe }
    }

    fn is_terminal(&self) -> bool {
        matches!(self, Self::Terminal(_))
    }

    /// The next key, with the rest of its line; `None` at the end.
    fn next(&self) -> Result<Option<(char, String)>, Failure> {
        match self {
            Self::Terminal(term) => {
                let key = tokio::task::block_in_place(|| term.read_char()).map_err(|_| Failure::Interrupted)?;
                Ok(Some((key.to_ascii_lowercase(), String::new())))
            }
            Self::Pipe => {
                let mut line = String::new();
                while line.trim().is_empty() {
                    line.clear();
                    if std::io::stdin().lock().read_line(&mut line).map_err(|error| unreadable(&error))? == 0 {
                        return Ok(None);
                    }
                }
                let mut letters = line.trim().chars();
                let key = letters.next().unwrap_or('q').to_ascii_lowercase();
                Ok(Some((key, letters.as_str().trim().to_string())))
            }
        }
    }

    /// What belongs to a key: the rest of its line, or a line that is asked for.
    fn rest(&self, rest: String, ask: &str) -> Result<String, Fault> {
        let said = match self {
            Self::Terminal(term) => {
                let _ = term.write_str(&format!("  {ask}: "));
                tokio::task::block_in_place(|| term.read_line()).map_err(|error| unreadable(&error))?
            }
            Self::Pipe => rest,
        };
        let missing = || Fault::new(Remedy::Ask, "review", format!("expected {ask}, found nothing"), KEYS);
        Some(said.trim().to_string()).filter(|said| !said.is_empty()).ok_or_else(missing)
    }
}

fn unreadable(error: &std::io::Error) -> Fault {
    Fault::new(Remedy::Setup, "standard input", error, "run it on a terminal, or pipe one key a line")
}
