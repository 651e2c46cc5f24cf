//! Which crate may use which, as data; and where files, clock, environment and network may be touched.

use toml::{Table, Value};

use super::Repository;

/// The allowed edges: a crate and the crates of this workspace that it may use.
const EDGES: &[(&str, &[&str])] = &[
    ("fact", &[]),
    ("chart", &[]),
    ("measure", &[]),
    ("dev", &[]),
    ("document", &["fact"]),
    ("prose", &["document", "fact"]),
    ("adapters", &["document", "fact", "prose"]),
    ("drafting", &["document", "fact"]),
    ("fetch", &["fact"]),
    ("ledger", &["fact"]),
    ("resolve", &["fact", "ledger"]),
    ("indicators", &["fact", "ledger", "measure"]),
    (
        "app",
        &[
            "adapters",
            "chart",
            "document",
            "drafting",
            "fact",
            "fetch",
            "indicators",
            "ledger",
            "measure",
            "prose",
            "resolve",
        ],
    ),
];

/// Dependencies that one crate alone may know.
const ENGINES: &[(&str, &str)] = &[
    ("arrow", "ledger"),
    ("ballista", "ledger"),
    ("datafusion", "ledger"),
    ("deltalake", "ledger"),
    ("object_store", "ledger"),
    ("parquet", "ledger"),
    ("rusqlite", "ledger"),
    ("sqlx", "ledger"),
    ("axum", "app"),
    ("clap", "app"),
    ("ureq", "fetch"),
];

/// Crates whose code may touch files, clock, environment or network, besides build scripts, tests, examples and benchmarks.
const RIM: &[&str] = &["app", "dev", "fetch", "ledger"];

/// Checks the manifests against the allowed edges, and that every crate keeps the lints of the workspace.
#[must_use]
pub fn edges(repository: &Repository) -> Vec<String> {
    let mut breaches = Vec::new();
    for (name, manifest) in repository.crates() {
        let Some((_, allowed)) = EDGES.iter().find(|(from, _)| *from == name) else {
            breaches.push(format!("crates/{name}: expected a line in EDGES (tidy/edges.rs), found none"));
            continue;
        };
        let Ok(manifest) = manifest.parse::<Table>() else {
            breaches.push(format!("crates/{name}/Cargo.toml: expected TOML"));
            continue;
        };
        for (section, to) in uses(&manifest) {
            let is_ours = repository.files.contains_key(&format!("crates/{to}/Cargo.toml"));
            let is_workshop = section == "dev-dependencies" && (to == "dev" || name == "dev");
            if is_ours && !allowed.contains(&to.as_str()) && !is_workshop {
                breaches.push(format!("crates/{name}/Cargo.toml: `{name}` may not use `{to}` ({section})"));
            }
            if let Some((_, owner)) = ENGINES.iter().find(|(engine, _)| is_of(engine, &to))
                && *owner != name
            {
                breaches.push(format!("crates/{name}/Cargo.toml: only `{owner}` may use `{to}`"));
            }
        }
        let lints = manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(Value::as_bool);
        if lints != Some(true) {
            breaches.push(format!("crates/{name}/Cargo.toml: expected `lints.workspace = true`"));
        }
    }
    breaches
}

/// Checks that nobody outside the rim is excused from the ban on clock, files, environment and network.
#[must_use]
pub fn rim(repository: &Repository) -> Vec<String> {
    let is_free = |path: &str| {
        let mut parts = path.split('/').skip(1);
        let name = parts.next().unwrap_or_default();
        RIM.contains(&name) || matches!(parts.next(), Some("tests" | "benches" | "examples" | "build.rs"))
    };
    let breaches = repository.matching("crates/", ".rs").filter(|(path, _)| !is_free(path)).flat_map(|(path, text)| {
        let lines = text.lines().zip(1..).filter(|(line, _)| line.contains("clippy::disallowed_methods"));
        lines.map(move |(_, number)| format!("{path}:{number}: `disallowed_methods` may not be allowed here"))
    });
    breaches.collect()
}

fn is_of(engine: &str, dependency: &str) -> bool {
    dependency.strip_prefix(engine).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

/// Returns every dependency of a manifest with its section.
fn uses(manifest: &Table) -> Vec<(&'static str, String)> {
    let sections = ["dependencies", "build-dependencies", "dev-dependencies"];
    let of = |table: &Table| -> Vec<(&'static str, String)> {
        let held = |section: &'static str| Some((section, table.get(section)?.as_table()?));
        let all = sections.into_iter().filter_map(held);
        all.flat_map(|(section, uses)| uses.keys().map(move |name| (section, name.clone()))).collect()
    };
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let mut uses = of(manifest);
    uses.extend(targets.filter_map(Value::as_table).flat_map(of));
    uses
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(chart: &str) -> Repository {
        let lints = "[lints]\nworkspace = true\n";
        Repository::default()
            .with("crates/ledger/Cargo.toml", &format!("{lints}[dependencies]\nfact.workspace = true\nsqlx = '0.9'\n"))
            .with("crates/fact/Cargo.toml", &format!("{lints}[dev-dependencies]\ndev.workspace = true\n"))
            .with("crates/dev/Cargo.toml", &format!("{lints}[dev-dependencies]\nfact.workspace = true\n"))
            .with("crates/chart/Cargo.toml", &format!("{lints}{chart}"))
    }

    #[test]
    fn the_allowed_edges_pass() {
        assert_eq!(edges(&house("[dependencies]\nserde = '1'\n")), Vec::<String>::new());
    }

    #[test]
    fn a_forbidden_edge_is_a_breach() {
        let breach = "crates/chart/Cargo.toml: `chart` may not use `fact` (dependencies)";
        assert_eq!(edges(&house("[dependencies]\nfact.workspace = true\n")), [breach]);
        let breach = "crates/chart/Cargo.toml: `chart` may not use `ledger` (dev-dependencies)";
        assert_eq!(edges(&house("[dev-dependencies]\nledger.workspace = true\n")), [breach]);
        assert_eq!(edges(&house("[target.'cfg(unix)'.dependencies]\ndev.workspace = true\n")).len(), 1);
    }

    #[test]
    fn the_query_engine_outside_the_ledger_is_a_breach() {
        let breach = "crates/chart/Cargo.toml: only `ledger` may use `datafusion-common`";
        assert_eq!(edges(&house("[dependencies]\ndatafusion-common = '1'\n")), [breach]);
    }

    #[test]
    fn a_crate_without_edges_or_lints_is_a_breach() {
        let house = house("").with("crates/helper/Cargo.toml", "").with("crates/chart/Cargo.toml", "");
        assert_eq!(edges(&house).len(), 2);
    }

    #[test]
    fn an_excuse_outside_the_rim_is_a_breach() {
        let excuse = "#[allow(clippy::disallowed_methods)]\nfn f() {}\n";
        let inside = Repository::default()
            .with("crates/app/src/clock.rs", excuse)
            .with("crates/fact/build.rs", excuse)
            .with("crates/fact/tests/golden.rs", excuse);
        assert_eq!(rim(&inside), Vec::<String>::new());
        let breach = "crates/fact/src/date.rs:1: `disallowed_methods` may not be allowed here";
        assert_eq!(rim(&inside.with("crates/fact/src/date.rs", excuse)), [breach]);
    }
}
