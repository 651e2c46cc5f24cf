//! Reads a document and prints what it says in the schema `sdo-gold/1`: `cargo run --release --example gold FILE`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used)]

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let id = fact::content_id(&bytes);
        let snapshot = fact::Snapshot::new(&id, &path, &bytes);
        let document = document::read(&snapshot).unwrap();
        let name = path.rsplit('/').next().unwrap_or_default();
        println!("{}", serde_json::to_string(&prose::gold(&prose::read(&document), &document, name, &id)).unwrap());
    }
}
