//! E-mail addresses: only what stands behind the `@` is ever kept.

/// The domain of the first e-mail address in a text, in its own letters; the part before the `@` is not kept.
#[must_use]
pub fn domain_of(text: &str) -> Option<String> {
    text.match_indices('@').find_map(|(at, _)| {
        let has_local = text[..at].ends_with(|letter: char| letter.is_alphanumeric() || "_+-.\"".contains(letter));
        let rest = &text[at + 1..];
        let end = rest.find(|letter: char| !(letter.is_alphanumeric() || ".-".contains(letter))).unwrap_or(rest.len());
        let domain = rest[..end].trim_matches(['.', '-']);
        (has_local && domain.len() > 1 && domain.len() < 256).then(|| domain.to_string())
    })
}

/// The text with the part before the `@` of every e-mail address left out.
#[must_use]
pub fn blanked(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (nth, part) in text.split('@').enumerate() {
        if nth > 0 {
            let local =
                kept.trim_end_matches(|letter: char| letter.is_alphanumeric() || "_+-.=%/".contains(letter)).len();
            kept.truncate(local);
            kept.push('@');
        }
        kept.push_str(part);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_domain_of_an_address_is_kept() {
        assert_eq!(domain_of("EMail: <a.b+c@mail.example.org>, x@y.example").as_deref(), Some("mail.example.org"));
        assert_eq!(domain_of("phone @ home"), None);
        assert_eq!(blanked("Ann <a.b+c@example.org> or (q@z.example)"), "Ann <@example.org> or (@z.example)");
    }
}
