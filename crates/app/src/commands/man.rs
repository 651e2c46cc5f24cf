//! `completions` and `man`: made from the command line's own description.

use std::path::Path;

use clap::CommandFactory as _;
use fact::{Fault, Remedy};

use super::Ended;
use crate::cli::{Cli, Global};

pub fn completions(shell: clap_complete::Shell) -> Ended {
    clap_complete::generate(shell, &mut Cli::command(), "rapporteur", &mut std::io::stdout());
    Ok(())
}

pub fn run(global: &Global, dir: &Path) -> Ended {
    let unwritable = |error: std::io::Error| {
        Fault::new(Remedy::Setup, dir.display().to_string(), error, "choose a folder that you may write to")
    };
    std::fs::create_dir_all(dir).map_err(unwritable)?;
    clap_mangen::generate_to(Cli::command(), dir).map_err(unwritable)?;
    global.output().say(format_args!("Wrote the manual pages to {}", dir.display()));
    Ok(())
}
