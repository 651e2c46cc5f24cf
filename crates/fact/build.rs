//! Makes the enum `Act` from `terms.toml`, so that the list of acts exists once, as data.

use std::fmt::Write as _;

#[derive(serde::Deserialize)]
struct Terms {
    act: Vec<Term>,
}

#[derive(serde::Deserialize)]
struct Term {
    slug: String,
    family: String,
    name: String,
    description: String,
    source: String,
    inverse: String,
}

#[expect(clippy::disallowed_methods, reason = "a build script reads its input and writes its output")]
fn main() {
    println!("cargo::rerun-if-changed=terms.toml");
    let text = std::fs::read_to_string("terms.toml").expect("terms.toml stands beside build.rs");
    let terms: Terms = toml::from_str(&text).expect("terms.toml follows the form described at its top");
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(format!("{out}/acts.rs"), acts(&terms.act)).expect("OUT_DIR can be written");
}

fn acts(terms: &[Term]) -> String {
    let mut code = String::from(
        "/// What a party did. Made from `terms.toml`.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum Act {\n",
    );
    for term in terms {
        let _ = writeln!(code, "    /// {} Source: {}.\n    {},", term.description, term.source, variant(&term.slug));
    }
    code.push_str("}\n\n/// Every act, in the order of `terms.toml`.\npub const TERMS: &[Term] = &[\n");
    for term in terms {
        let Term { slug, family, name, description, source, inverse } = term;
        let _ = writeln!(
            code,
            "    Term {{ act: Act::{}, slug: {slug:?}, family: {family:?}, name: {name:?}, description: {description:?}, \
             source: {source:?}, inverse: {inverse:?} }},",
            variant(slug),
        );
    }
    code.push_str("];\n");
    code
}

/// `revised-into` becomes `RevisedInto`.
fn variant(slug: &str) -> String {
    slug.split('-')
        .map(|word| {
            let (head, tail) = word.split_at(1);
            head.to_uppercase() + tail
        })
        .collect()
}
