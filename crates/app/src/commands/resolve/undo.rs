//! `resolve undo`: take decisions back, one or many. First it is shown what would be done; `--yes` does it.

use resolve::{Kind, Standing, Which};

use super::{explain, names};
use crate::cli::Global;
use crate::commands::Ended;
use crate::identity::{ResolveCommand, keep, whole};
use crate::workspace::{Workspace, now};

pub async fn run(global: &Global, workspace: &Workspace, what: &ResolveCommand) -> Ended {
    let ResolveCommand::Undo { id, rule, by, since, reviewer, yes } = what else { return Ok(()) };
    let which = match (id, rule, by, since) {
        (Some(id), ..) => Which::Id(id.clone()),
        (_, Some(rule), ..) => Which::Rule(rule.clone()),
        (_, _, Some(by), _) => Which::By(by.clone()),
        (.., Some(since)) => Which::Since(*since),
        _ => return Ok(()),
    };
    let who = crate::review::reviewer(reviewer.as_deref(), workspace.config.review.name.as_deref())?;
    let mut ledger = workspace.ledger().await?;
    let names = names(&ledger, global).await?;
    let undos = names.undoing(&which, who, whole(now()))?;
    let after: Vec<_> = names.log.iter().chain(&undos).chain(&names.proposals.decisions).cloned().collect();
    let after = Standing::of(Kind::Organisation, &after);
    let entity = |standing: &Standing, name: &str| standing.identity(name).entity;
    let moved = names.surfaces.iter().filter(|one| entity(&names.standing, &one.name) != entity(&after, &one.name));
    let n_moved = moved.count();
    let out = global.output();
    let is_meant =
        |decision: &&resolve::Decision| undos.iter().any(|undo| undo.supersedes.as_ref() == Some(&decision.id));
    out.rows(&explain::table(names.log.iter().chain(&undos).filter(is_meant))?)?;
    if !yes {
        out.say(format_args!(
            "{} decisions would be taken back, and {n_moved} names would stand for another organisation. Do it with `--yes`",
            undos.len()
        ));
        return Ok(());
    }
    keep(&mut ledger, &undos).await?;
    let ids: Vec<&str> = undos.iter().map(|undo| undo.id.as_str()).take(3).collect();
    out.say(format_args!(
        "Took {} decisions back; {n_moved} names stand for another organisation. This can be taken back too: {}",
        undos.len(),
        ids.join(", ")
    ));
    Ok(())
}
