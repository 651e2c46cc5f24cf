//! E-mail addresses, of which only the part after the `@` is ever kept.

use std::borrow::Cow;

/// Returns the domain of an address in small letters, or `None` where there is none: `root@localhost` names no domain.
#[must_use]
pub fn domain(address: &str) -> Option<String> {
    let domain = address.trim().trim_matches(['<', '>', '"', '\'']).rsplit_once('@')?.1.trim_end_matches('.');
    let is_name = domain.contains('.') && domain.len() <= 253 && !domain.starts_with('.');
    (is_name && domain.chars().all(in_domain)).then(|| domain.to_lowercase())
}

/// Returns the domain of the first e-mail address in a text, in its own letters; the part before the `@` is not kept.
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

/// Returns the text with the local part of every address left out: `from a.b@acme.example` is `from @acme.example`.
#[must_use]
pub fn blanked(text: &str) -> Cow<'_, str> {
    if !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let before = &rest[..at];
        let is_address = rest[at + 1..].starts_with(|letter: char| in_domain(letter) && letter != '.');
        kept.push_str(if is_address { before.trim_end_matches(in_local) } else { before });
        kept.push('@');
        rest = &rest[at + 1..];
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

fn in_domain(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | '-')
}

/// RFC 5322, `atext`, and the dot between atoms.
fn in_local(letter: char) -> bool {
    letter.is_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~[]".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_what_stands_behind_the_last_sign() {
        assert_eq!(domain("<A.Example@Acme.Example>").as_deref(), Some("acme.example"));
        assert_eq!(domain("a@b@acme.example").as_deref(), Some("acme.example"));
        for none in ["", "a", "root@localhost", "host!user", "a at acme dot example", "a@", "a@.x", "a@acme example"] {
            assert_eq!(domain(none), None, "{none}");
        }
    }

    #[test]
    fn local_parts_are_left_out_and_handles_stay() {
        assert_eq!(blanked("from a.b+c@acme.example, d@x.example"), "from @acme.example, @x.example");
        assert_eq!(blanked("1+app[bot]@users.example"), "@users.example");
        assert_eq!(blanked("thanks to @octo @ work, é@"), "thanks to @octo @ work, é@");
        assert_eq!(blanked("nothing"), "nothing");
    }

    #[test]
    fn the_first_address_of_a_text_is_found() {
        let text = "EMail: <a.b+c@mail.example.org>, x@y.example";
        assert_eq!(domain_of(text).as_deref(), Some("mail.example.org"));
        assert_eq!(domain_of("phone @ home"), None);
    }
}
