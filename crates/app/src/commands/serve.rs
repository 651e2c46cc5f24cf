//! `serve`: the pages, on this machine.

use std::net::SocketAddr;

use super::{Ended, workspace};
use crate::cli::Global;
use crate::server;

pub async fn run(global: &Global, bind: SocketAddr) -> Ended {
    let workspace = workspace(global)?;
    server::serve(workspace, global, bind).await
}
