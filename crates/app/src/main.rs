//! The binary `rapporteur`: reads the command line, runs the command, and ends with its exit code.

use std::process::ExitCode;

use app::cli::Cli;
use clap::Parser as _;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let is_json = cli.global.json;
    let Ok(runtime) = tokio::runtime::Builder::new_multi_thread().enable_all().build() else {
        return ExitCode::FAILURE;
    };
    // The command has a thread of its own, so that an interruption is heard while it computes.
    let ended = runtime.block_on(async {
        tokio::select! {
            ended = tokio::spawn(app::run(cli)) => ended.ok(),
            () = app::interrupted() => None,
        }
    });
    runtime.shutdown_background();
    match ended {
        Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(failure)) => {
            if is_json {
                app::complain(&failure.json().to_string());
            } else {
                app::complain(&failure.message());
            }
            ExitCode::from(failure.code())
        }
        None => {
            app::complain(app::exit::INTERRUPTED);
            ExitCode::from(130)
        }
    }
}
