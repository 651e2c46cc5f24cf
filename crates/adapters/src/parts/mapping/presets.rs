//! Mappings for layouts that are known: the files of `data/mappings`, the one that asks for most headings first.

use std::sync::LazyLock;

use super::Mapping;

include!(concat!(env!("OUT_DIR"), "/presets.rs"));

static ALL: LazyLock<Vec<Mapping>> = LazyLock::new(|| {
    let mut all: Vec<Mapping> = PRESETS.iter().filter_map(|(_, text)| Mapping::from_toml(text).ok()).collect();
    all.sort_by_key(|mapping| std::cmp::Reverse(mapping.headings.len()));
    all
});

/// Returns all of them.
pub fn all() -> &'static [Mapping] {
    &ALL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_a_mapping_named_after_its_file() {
        assert!(PRESETS.len() >= 8);
        for (name, text) in PRESETS {
            let mapping = Mapping::from_toml(text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
            assert_eq!(mapping.name(), *name);
            assert!(!mapping.title.is_empty() && mapping.reasons().next().is_none(), "{name}");
        }
    }
}
