//! What the keeper of a host asks of programs that follow links: `robots.txt`.
//!
//! Comes in: the text. Goes out: whether a path may be asked for, and the pace that is wished.
//!
//! # Source
//! RFC 9309, "Robots Exclusion Protocol"; `Crawl-delay` is not part of it but widely understood.

use std::time::Duration;

/// The rules of one host for us.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Robots {
    rules: Vec<Rule>,
    /// The wished time between two requests.
    pub(crate) delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    is_allowed: bool,
    pattern: String,
}

impl Robots {
    /// The name by which a host may single us out.
    const NAME: &'static str = "rapporteur";

    /// Reads the rules: those of the groups that name us, else of the groups for everybody.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (mut ours, mut general) = (None, Self::default());
        // A group begins with one or more lines naming agents; a rule before any of them belongs to nobody.
        let (mut is_ours, mut is_general, mut is_naming) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').split(['\r', '\n']) {
            let Some((key, value)) = line.split('#').next().and_then(|line| line.split_once(':')) else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !is_naming {
                    (is_ours, is_general, is_naming) = (false, false, true);
                }
                is_general |= value == "*";
                if product(value).eq_ignore_ascii_case(Self::NAME) {
                    is_ours = true;
                    ours.get_or_insert_with(Self::default);
                }
                continue;
            }
            let is_rule = matches!(key.as_str(), "allow" | "disallow" | "crawl-delay");
            is_naming &= !is_rule;
            if let (true, Some(ours)) = (is_ours, &mut ours) {
                ours.add(&key, value);
            }
            if is_general {
                general.add(&key, value);
            }
        }
        ours.unwrap_or(general)
    }

    fn add(&mut self, key: &str, value: &str) {
        match key {
            // An empty rule says nothing: `Disallow:` alone allows all.
            "allow" | "disallow" if !value.is_empty() => {
                self.rules.push(Rule { is_allowed: key == "allow", pattern: normal(value) });
            }
            "crawl-delay" => {
                let seconds = value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                self.delay = self.delay.max(seconds);
            }
            _ => {}
        }
    }

    /// True when this path, with its query, may be asked for: the longest rule that fits decides, and allowing wins a tie.
    pub(crate) fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        let decisive = fitting.max_by_key(|rule| (rule.pattern.len(), rule.is_allowed));
        decisive.is_none_or(|rule| rule.is_allowed)
    }
}

/// The leading letters of an agent's name: `Rapporteur/2.0` is `Rapporteur`.
fn product(value: &str) -> &str {
    let end = value.find(|letter: char| !letter.is_ascii_alphabetic() && letter != '_' && letter != '-');
    &value[..end.unwrap_or(value.len())]
}

/// True when a pattern fits the beginning of a path; `*` stands for anything, `$` at the end for the end of the path.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, is_whole) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !is_whole || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if is_whole && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        // The earliest place leaves most for the parts that follow.
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

/// Escapes what is not ASCII and writes escapes in capitals, so that paths and patterns can be compared as text.
fn normal(path: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut text = String::with_capacity(path.len());
    let mut n_escaped = 0;
    for byte in path.bytes() {
        if byte == b'%' {
            n_escaped = 2;
            text.push('%');
        } else if n_escaped > 0 && byte.is_ascii_hexdigit() {
            n_escaped -= 1;
            text.push(char::from(byte.to_ascii_uppercase()));
        } else if byte.is_ascii_graphic() {
            n_escaped = 0;
            text.push(char::from(byte));
        } else {
            n_escaped = 0;
            text.push('%');
            text.extend([byte >> 4, byte & 15].map(|digit| char::from(DIGITS[usize::from(digit)])));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn allows(text: &str, path: &str) -> bool {
        Robots::read(text.as_bytes()).allows(path)
    }

    #[test]
    fn the_longest_rule_decides_as_in_the_examples_of_the_standard() {
        // RFC 9309, 5.2.
        let text = "User-Agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n";
        assert!(allows(text, "/example/page/one"));
        assert!(!allows(text, "/example/page/disallowed.gif"));
        assert!(allows(text, "/"));
        // RFC 9309, 2.2.2: if an allow and a disallow rule are equivalent, the allow rule is used.
        assert!(allows("user-agent: *\ndisallow: /a\nallow: /a", "/a"));
    }

    #[test]
    fn a_group_that_names_us_replaces_the_group_for_all() {
        let text = "User-agent: *\nDisallow: /\nUser-agent: Other\nUser-agent: Rapporteur/9\nDisallow: /secret\n\n\
                    User-agent: third\nDisallow: /open\nUser-agent: rapporteur\nCrawl-delay: 2.5\nDisallow: /more";
        assert!(allows(text, "/open"));
        assert!(!allows(text, "/secret/x"));
        assert!(!allows(text, "/more"));
        assert_eq!(Robots::read(text.as_bytes()).delay, Some(Duration::from_millis(2500)));
        assert!(allows("User-agent: rapporteurs\nDisallow: /", "/"));
    }

    #[test]
    fn stars_and_ends_are_understood() {
        let text =
            "\u{feff}User-agent: * # all\r\nDisallow: /*.gif$\rDisallow: /a*b*c\nDisallow: /p%c3%A4th\nDisallow:\n";
        for (path, is_allowed) in [
            ("/x.gif", false),
            ("/x.gif?y", true),
            ("/x.gif.gif", false),
            ("/a1b2c3", false),
            ("/acb", true),
            ("/päth", false),
            ("/p%C3%a4th/x", false),
            ("/", true),
        ] {
            assert_eq!(allows(text, path), is_allowed, "{path}");
        }
    }

    #[test]
    fn a_page_instead_of_rules_forbids_nothing() {
        assert!(allows("<!doctype html><p>Disallow: everything", "/"));
        assert!(allows("Disallow: /", "/"));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reading(text in ".*", path in "/.*", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Robots::read(&bytes).allows(&path);
            let robots = Robots::read(format!("user-agent: *\ndisallow: {text}\ncrawl-delay: {text}").as_bytes());
            let _ = robots.allows(&path);
        }

        #[test]
        fn a_path_is_fitted_by_itself(path in "/[a-zä%/]{0,12}") {
            prop_assert!(fits(&normal(&path), &normal(&path)));
            let ended = format!("{}$", normal(&path));
            prop_assert!(fits(&ended, &normal(&path)));
        }
    }
}
