//! Makes the list of adapters from the files in `src`, and that of the mappings shipped from `data/mappings`: one file is
//! one adapter or mapping, and no list is edited by hand.

use std::fmt::Write as _;

#[expect(clippy::disallowed_methods, reason = "a build script reads its input and writes its output")]
fn main() {
    let home = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    // Whole paths: a build folder that two checkouts share must not keep the list of the other one.
    println!("cargo::rerun-if-changed={home}/src");
    println!("cargo::rerun-if-changed={home}/data/mappings");
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(format!("{out}/adapters.rs"), adapters(&format!("{home}/src"))).expect("OUT_DIR can be written");
    let presets = presets(&format!("{home}/data/mappings"));
    std::fs::write(format!("{out}/presets.rs"), presets).expect("OUT_DIR can be written");
}

/// Names of the files of a folder with this ending, without it, in order.
#[expect(clippy::disallowed_methods, reason = "a build script reads its input and writes its output")]
fn stems(folder: &str, end: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder stands beside build.rs")
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(end).map(String::from))
        .filter(|name| name != "lib")
        .collect();
    names.sort();
    names
}

fn presets(folder: &str) -> String {
    let mut code = String::from("/// Name and text of each preset.\nconst PRESETS: &[(&str, &str)] = &[\n");
    for name in stems(folder, ".toml") {
        let _ = writeln!(code, "    ({name:?}, include_str!({:?})),", format!("{folder}/{name}.toml"));
    }
    code + "];\n"
}

fn adapters(folder: &str) -> String {
    let names = stems(folder, ".rs");
    let mut code = String::new();
    for name in &names {
        let _ = writeln!(code, "#[path = {:?}]\nmod {name};", format!("{folder}/{name}.rs"));
    }
    let list: Vec<String> = names.iter().map(|name| format!("&{name}::ADAPTER")).collect();
    let _ = writeln!(
        code,
        "/// Every adapter, by name.\npub static ADAPTERS: &[&dyn fact::Adapter] = &[{}];",
        list.join(", ")
    );
    code
}
