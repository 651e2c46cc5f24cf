//! Makes the list of presets from the files in `src/preset`: one file is one preset, and no list is edited by hand.

use std::fmt::Write as _;

#[expect(clippy::disallowed_methods, reason = "a build script reads its input and writes its output")]
fn main() {
    let folder = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR") + "/src/preset";
    // The whole path: a build folder that two checkouts share must not keep the list of the other one.
    println!("cargo::rerun-if-changed={folder}");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("src/preset stands beside build.rs")
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".rs").map(String::from))
        .collect();
    names.sort();
    let mut code = String::new();
    for name in &names {
        let _ = writeln!(code, "#[path = {:?}]\nmod {name};", format!("{folder}/{name}.rs"));
    }
    let list: Vec<String> = names.iter().map(|name| format!("&{name}::PRESET")).collect();
    let _ = writeln!(code, "/// Every preset, by file name.\npub static PRESETS: &[&Preset] = &[{}];", list.join(", "));
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(format!("{out}/presets.rs"), code).expect("OUT_DIR can be written");
}
