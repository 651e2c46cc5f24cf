//! Who sent a message: the name as it is written, and of the address the domain alone.
//!
//! Addresses hidden from harvesters (`jane at example dot org`) give the domain they state; shortened ones
//! (`jane at gmail....`) give none. Lists that send in the name of others (`Jane Doe via wg <wg@lists.example.org>`) leave
//! the name, and the domain only where the message keeps the address that was replaced.

use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, HeaderValue};

use super::head::{Head, Name};
use super::words;

/// A sender as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// The name, without any address.
    pub name: Option<String>,
    /// The part of the address after the `@`, in lower case.
    pub domain: Option<String>,
}

/// Signs that stand for `@` in hidden addresses.
const ATS: [&str; 5] = [" at ", " AT ", "(at)", "[at]", " @ "];

/// Returns the sender that the headers name, or `None` where they name nobody.
pub fn sender(bytes: &[u8], head: &Head) -> Option<Sender> {
    let text = words::address(head.raw(bytes, Name::From)?);
    let original = head.raw(bytes, Name::OriginalFrom).map(words::address);
    of_text(&text, original.as_deref())
}

/// Returns the sender named by the text of a `From:` header; `original` is the text that a list replaced by its own.
pub fn of_text(text: &str, original: Option<&str>) -> Option<Sender> {
    let (name, address) = parsed(text)?;
    let via = name.as_deref().and_then(|name| name.rfind(" via "));
    let sender = Sender { name: name.as_deref().and_then(person), domain: address.as_deref().and_then(domain) };
    match (via, original.and_then(parsed)) {
        (Some(_), None) => Some(Sender { domain: None, ..sender }),
        (_, Some((_, address))) => Some(Sender { domain: address.as_deref().and_then(domain), ..sender }),
        (None, None) => Some(sender),
    }
}

/// Display name and address.
fn parsed(text: &str) -> Option<(Option<String>, Option<String>)> {
    let shown = unhidden(text);
    let text = shown.as_deref().unwrap_or(text);
    let HeaderValue::Address(addresses) = MessageStream::new(text.as_bytes()).parse_address() else { return None };
    let list: Vec<&Addr<'_>> = addresses.iter().collect();
    // `Doe, Jane <jane@example.org>` lacks its quotes: what stands before the first address is one name.
    let until = list.iter().position(|one| one.address.is_some()).unwrap_or(0);
    let names: Vec<&str> = list.iter().take(until + 1).filter_map(|one| one.name.as_deref()).collect();
    let name = (!names.is_empty()).then(|| names.join(", "));
    Some((name, list.get(until)?.address.as_deref().map(ToString::to_string)))
}

/// Returns the text with its hidden address in plain, if it hides one where an address belongs: in front or in `<>`.
fn unhidden(text: &str) -> Option<String> {
    let start = text.rfind('<').map_or(0, |at| at + 1);
    let is_shown = text.find('<').is_some_and(|at| text[at..].contains('@') && !text[..at].contains('('));
    if is_shown {
        return None;
    }
    let start = if is_hidden_at(text, start) { start } else { 0 };
    let (at, sign) = first_sign(&text[start..])?;
    let (local, rest) = (&text[start..start + at], &text[start + at + sign.len()..]);
    if local.trim().is_empty() || local.trim().contains([' ', '"', '(', ',', '@']) {
        return None;
    }
    let rest = rest.trim_start();
    let (mut host, mut end, mut is_open) = (String::new(), 0, true);
    for word in rest.split_inclusive([' ', '\n']) {
        let bare = word.trim().trim_matches(['(', ')', '[', ']']);
        let is_dot = bare.eq_ignore_ascii_case("dot");
        if !is_open && !is_dot {
            break;
        }
        host.push_str(if is_dot { "." } else { bare });
        end += word.len();
        is_open = is_dot;
        if word.contains(['>', '\n']) {
            break;
        }
    }
    let host = host.replace("(dot)", ".").replace("[dot]", ".");
    host.contains('.').then(|| format!("{}{}@{host} {}\n", &text[..start], local.trim(), rest[end..].trim_end()))
}

fn is_hidden_at(text: &str, start: usize) -> bool {
    !text[start..].contains('@') && first_sign(&text[start..]).is_some()
}

fn first_sign(text: &str) -> Option<(usize, &'static str)> {
    ATS.iter().filter_map(|sign| Some((text.find(sign)?, *sign))).min()
}

/// Returns the name of a person: what is left of a display name without addresses, quotes and the list it came by.
fn person(name: &str) -> Option<String> {
    let name = name.rfind(" via ").map_or(name, |at| &name[..at]);
    let name = words::folded(name);
    let is_address = first_sign(&name).is_some_and(|(at, sign)| {
        let host = name[at + sign.len()..].trim().replace(" dot ", ".");
        !name[..at].contains(' ') && !host.contains(' ') && host.contains('.')
    });
    if is_address {
        return None;
    }
    let words: Vec<&str> = name.split(' ').filter(|word| !word.contains('@')).collect();
    let name = words.join(" ");
    let name = name.trim_matches([' ', '"', '\'', '<', '>', ',', ';']);
    let name = name.strip_suffix("()").unwrap_or(name).trim_end();
    name.chars().any(char::is_alphanumeric).then(|| name.to_string())
}

/// Returns the domain of an address, in lower case; `None` where none is stated in full.
pub fn domain(address: &str) -> Option<String> {
    let (local, host) = address.rsplit_once('@')?;
    let host = host.trim_matches(['<', '>', ' ', '.']).to_lowercase();
    // The IETF's lists write `jane=40example.org@dmarc.ietf.org` for `jane@example.org`.
    if let Some((_, replaced)) = local.rsplit_once("=40").filter(|_| host == "dmarc.ietf.org") {
        return domain(&format!("@{replaced}"));
    }
    // LISTSERV puts a number at its own host in the place of the address.
    let is_replaced = local.to_ascii_lowercase().ends_with("-dmarc-request");
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|letter| letter.is_alphanumeric() || "-_".contains(letter))
    };
    let is_domain = host.len() <= 253
        && host.contains('.')
        && host.split('.').all(is_label)
        && host.rsplit('.').next().is_some_and(|label| label.chars().any(char::is_alphabetic));
    (is_domain && !is_replaced).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, String) {
        let sender = of_text(&words::address(text.as_bytes()), None).unwrap_or_default();
        (sender.name.unwrap_or_default(), sender.domain.unwrap_or_default())
    }

    fn check(cases: &[(&str, &str, &str)]) {
        for (text, name, domain) in cases {
            assert_eq!(read(text), ((*name).to_string(), (*domain).to_string()), "{text}");
        }
    }

    #[test]
    fn names_stand_as_written_in_every_form() {
        check(&[
            ("Jane Doe <jane@EXAMPLE.ORG>", "Jane Doe", "example.org"),
            ("\"Doe, Jane (Acme)\" <jane@example.org>", "Doe, Jane (Acme)", "example.org"),
            ("Doe, Jane <jane@example.org>", "Doe, Jane", "example.org"),
            ("Doe, Jane, Acme <jane@example.org>", "Doe, Jane, Acme", "example.org"),
            ("Jane Doe <jane@example.org>, Kim Roe <kim@example.com>", "Jane Doe", "example.org"),
            ("\"Doe, J.X. [CTO]\" <jane@mail.example.co.uk>", "Doe, J.X. [CTO]", "mail.example.co.uk"),
            ("jane@example.org (Jane Doe)", "Jane Doe", "example.org"),
            ("Jane =?utf-8?q?D=C3=B6e?= <jane@example.org>", "Jane Döe", "example.org"),
            ("=?utf-8?Q?D=C3=B6e=2C_Jane?= <jane@example.org>", "Döe, Jane", "example.org"),
            ("\"=?iso-8859-1?Q?J=F6rg?=\" <j@example.org>", "Jörg", "example.org"),
            ("J\u{f6}rg Doe <j@b\u{fc}cher.example>", "Jörg Doe", "bücher.example"),
            ("'Jane Doe' <jane@example.org>", "Jane Doe", "example.org"),
            ("O'Neil Doe <o@example.org>", "O'Neil Doe", "example.org"),
            ("Jane Doe", "Jane Doe", ""),
        ]);
    }

    #[test]
    fn an_address_is_no_name() {
        check(&[
            ("jane@example.org", "", "example.org"),
            ("\"jane@example.org\" <jane@example.org>", "", "example.org"),
            ("'Jane Doe (jane@example.org)' <jane@example.org>", "Jane Doe", "example.org"),
            ("jane at example.org (jane at example.org)", "", "example.org"),
            ("jane at example dot org (jane at example dot org)", "", "example.org"),
            ("jane at example.org (Jane Doe <jane@example.org>)", "Jane Doe", "example.org"),
            ("", "", ""),
            ("<>", "", ""),
        ]);
    }

    #[test]
    fn obfuscated_addresses_give_the_domain_that_they_state() {
        check(&[
            ("jane at example.org (Jane Doe)", "Jane Doe", "example.org"),
            ("jane.d at example dot co dot uk (Jane Doe)", "Jane Doe", "example.co.uk"),
            ("Jane Doe <jane at example.org>", "Jane Doe", "example.org"),
            ("Jane Doe <jane(at)example(dot)org>", "Jane Doe", "example.org"),
            ("Jane Doe <jane [at] example [dot] org>", "Jane Doe", "example.org"),
            ("jane at example.org (Jane =?iso-8859-1?q?D=F6e?=)", "Jane Döe", "example.org"),
            ("Jane at Acme <jane@example.org>", "Jane at Acme", "example.org"),
            ("Jane at acme.example <jane@example.org>", "", "example.org"),
        ]);
    }

    #[test]
    fn truncated_domains_are_not_completed() {
        check(&[
            ("jane at gmail.... (Jane Doe)", "Jane Doe", ""),
            ("Jane Doe <jane@gmail...>", "Jane Doe", ""),
            ("Jane Doe <jane@...>", "Jane Doe", ""),
            ("Jane Doe <j...@example.org>", "Jane Doe", "example.org"),
            ("Jane Doe <jane@localhost>", "Jane Doe", ""),
            ("Jane Doe <jane@[192.0.2.1]>", "Jane Doe", ""),
            ("Jane Doe <jane@192.0.2.1>", "Jane Doe", ""),
        ]);
    }

    /// BigBang looks organisations up by a part of the domain (`example.org` in `notexample.org`): here nothing is cut.
    #[test]
    fn domains_are_kept_whole() {
        assert_eq!(domain("a@sub.notexample.org").as_deref(), Some("sub.notexample.org"));
        assert_eq!(domain("a@b@example.org").as_deref(), Some("example.org"));
    }

    #[test]
    fn a_list_that_sends_for_others_is_not_their_employer() {
        check(&[
            ("Jane Doe via wg <wg@lists.example.org>", "Jane Doe", ""),
            ("'Jane Doe' via wg <wg@lists.example.org>", "Jane Doe", ""),
            ("Jane Doe <jane=40example.com@dmarc.ietf.org>", "Jane Doe", "example.com"),
            ("Jane Doe <0000123-dmarc-request@LIST.EXAMPLE.ORG>", "Jane Doe", ""),
        ]);
        let original = words::address(b"Jane Doe <jane@example.com>");
        let sender = of_text("Jane Doe via wg <wg@lists.example.org>\n", Some(&original)).unwrap();
        assert_eq!(sender.domain.as_deref(), Some("example.com"));
    }
}
