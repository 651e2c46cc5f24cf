//! Makes the list of adapters from the files in `src`: one file is one adapter, and no list is edited by hand.

use std::fmt::Write as _;

#[expect(clippy::disallowed_methods, reason = "a build script reads its input and writes its output")]
fn main() {
    println!("cargo::rerun-if-changed=src");
    let folder = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR") + "/src";
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("src stands beside build.rs")
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".rs").map(String::from))
        .filter(|name| name != "lib")
        .collect();
    names.sort();
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
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(format!("{out}/adapters.rs"), code).expect("OUT_DIR can be written");
}
