//! Makes the list of indicators from the files in `sql`: one file is one indicator, and no list is edited by hand.

use std::fmt::Write as _;

#[expect(clippy::disallowed_methods, reason = "a build script reads its input and writes its output")]
fn main() {
    let folder = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR") + "/sql";
    // The whole path: a build folder that two checkouts share must not keep the list of the other one.
    println!("cargo::rerun-if-changed={folder}");
    let mut files: Vec<String> = std::fs::read_dir(&folder)
        .expect("sql stands beside build.rs")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".sql"))
        .collect();
    files.sort();
    let mut code = String::from("static FILES: &[(&str, &str)] = &[\n");
    for file in &files {
        let name = file.trim_end_matches(".sql");
        let _ = writeln!(code, "    ({name:?}, include_str!({:?})),", format!("{folder}/{file}"));
    }
    code.push_str("];\n");
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(format!("{out}/files.rs"), code).expect("OUT_DIR can be written");
}
