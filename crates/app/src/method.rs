//! The methods of the index: those shipped, by name, and anybody's own, as a file.

use measure::Profile;

/// The methods shipped with this version.
const SHIPPED: [(&str, &str); 2] = [
    ("index", include_str!("../../indicators/profile/index.toml")),
    ("meetings", include_str!("../../indicators/profile/meetings.toml")),
];

/// Returns the method of this name, or in this file. It lives as long as the program, which reads one or two.
///
/// # Errors
/// A sentence on what is wrong with it, and where.
pub fn named(name: &str) -> Result<&'static Profile, String> {
    let text = match SHIPPED.iter().find(|(own, _)| *own == name) {
        Some((_, text)) => (*text).to_string(),
        None => std::fs::read_to_string(name)
            .map_err(|error| format!("{error}; name `index`, `meetings` or a file like the shipped `index.toml`"))?,
    };
    let profile = Profile::from_toml(&text).map_err(|error| {
        let fault = &error.faults()[0];
        format!("{}: {} ({})", fault.place, fault.what, fault.hint)
    })?;
    Ok(Box::leak(Box::new(profile)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_method_holds_together_and_a_wrong_one_says_where() {
        for (name, _) in SHIPPED {
            assert!(named(name).is_ok(), "{name}: {:?}", named(name));
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wrong.toml");
        std::fs::write(&path, SHIPPED[0].1.replacen("half_life_days", "halflife", 1)).unwrap();
        let told = named(path.to_str().unwrap()).unwrap_err();
        assert!(told.starts_with("line ") && told.contains("halflife"), "{told}");
        assert!(named("no such file").unwrap_err().contains("`meetings`"));
    }
}
