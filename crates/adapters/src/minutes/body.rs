//! The name of the body that met: from the title, from the address, from the addresses in the text.

/// Marks of bodies whose minutes do not always name them: in titles and paths, and as addresses in the text.
const MARKS: [(&[&str], &[&str], &str); 8] = [
    (&["ecma402", "ecma 402", "ecma-402"], &["tc39/ecma402"], "Ecma TC39-TG2"),
    (&["tc39"], &["tc39/ecma262", "tc39/agendas", "tc39/notes", "tc39/tc39", "tc39.github.io"], "Ecma TC39"),
    (&["csaf"], &["oasis-tcs/csaf"], "OASIS CSAF TC"),
    (
        &["messageformat", "message-format-wg", "mfwg"],
        &["message-format-wg", "messageformat"],
        "Unicode MessageFormat WG",
    ),
    (&["did-wg", "did working group", "did wg", "didwg", "decentralized identifier"], &["w3c/did-"], "W3C DID WG"),
    (&["immersive web", "immersive-web", "immersive_web"], &["immersive-web/"], "Immersive Web"),
    (&["webassembly", "wasi", "wasm"], &["webassembly/", "webassembly.org"], "WebAssembly"),
    (&["ca/browser forum", "cabforum", "cabf"], &["cabforum.org", "cabforum/"], "CA/Browser Forum"),
];

/// True when a title names one of the bodies that are known by their marks.
pub(super) fn is_known(title: &str) -> bool {
    let lower = title.to_lowercase();
    MARKS.iter().any(|(marks, ..)| marks.iter().any(|mark| lower.contains(mark)))
}

/// Returns the body: `titles` are the title and what the front matter says, `text` the first lines.
pub(super) fn body(titles: &[&str], origin: &str, text: &str) -> Option<String> {
    let said = titles.join(" \n ");
    let lower = said.to_lowercase();
    let path = origin.to_lowercase();
    let text = text.to_lowercase();
    let of =
        |text: &str| MARKS.iter().find(|(marks, ..)| marks.iter().any(|mark| text.contains(mark))).map(|mark| mark.2);
    let by_address = || {
        let counted = MARKS.iter().map(|(_, addresses, name)| {
            (addresses.iter().map(|address| text.matches(address).count()).sum::<usize>(), *name)
        });
        // The first of those that are named as often.
        counted.filter(|(count, _)| *count > 0).rev().max_by_key(|(count, _)| *count).map(|(_, name)| name)
    };
    let known = of(&lower).or_else(|| group(&said).is_none().then(|| of(&path).or_else(by_address)).flatten());
    match known {
        Some("WebAssembly") => Some(webassembly(&said, &path)),
        Some("Immersive Web") => Some(format!("Immersive Web {}", kind(&lower).unwrap_or("WG/CG"))),
        Some("CA/Browser Forum") => Some(forum(&said)),
        Some(name) => Some(name.into()),
        None => group(&said).map(|name| match () {
            () if text.contains("world wide web consortium") => format!("W3C {name}"),
            () if text.contains("ca/browser forum") || path.contains("cabf") => format!("CA/Browser Forum {name}"),
            () => name,
        }),
    }
}

fn kind(lower: &str) -> Option<&'static str> {
    let is_working = lower.contains("working group") || lower.contains("working_group");
    let is_community = lower.contains("community group") || lower.contains("community_group");
    match (is_working, is_community) {
        (true, false) => Some("WG"),
        (false, true) => Some("CG"),
        _ => None,
    }
}

/// `Agenda for the ... video call of WebAssembly's Stack Subgroup`: WebAssembly Stack Subgroup.
fn webassembly(said: &str, path: &str) -> String {
    let lower = said.to_lowercase();
    let file = path.rsplit('/').next().unwrap_or_default();
    if let Some(at) = lower.find("subgroup") {
        let before: Vec<&str> = said.get(..at).unwrap_or_default().split_whitespace().collect();
        let named = before.last().copied().unwrap_or_default().trim_end_matches("'s").trim_end_matches("’s");
        let named = if named.starts_with(char::is_lowercase) { capital(named) } else { named.into() };
        return if named == "WASI" { "WASI Subgroup".into() } else { format!("WebAssembly {named} Subgroup") };
    }
    if let Some(kind) = kind(&lower) {
        return format!("WebAssembly {kind}");
    }
    let is_wasi = lower.contains("wasi") || (path.contains("wasi") && !lower.contains("webassembly"));
    match file.get(..3) {
        _ if is_wasi => "WASI Subgroup".into(),
        Some("wg-") => "WebAssembly WG".into(),
        _ => "WebAssembly CG".into(),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `Minutes of the Server Certificate Working Group of the CA/Browser Forum`: the group, where one is named.
fn forum(said: &str) -> String {
    group(said).map_or_else(|| "CA/Browser Forum".into(), |group| format!("CA/Browser Forum {group}"))
}

/// `Publishing Working Group`, `Lamps TC`: up to five words with capitals before the kind of group.
pub(super) fn group(said: &str) -> Option<String> {
    const KINDS: [(&str, &str); 14] = [
        (" Working Group", "WG"),
        (" Community Group", "CG"),
        (" Technical Committee", "TC"),
        (" Interest Group", "IG"),
        (" Business Group", "BG"),
        (" Task Force", "TF"),
        (" Subcommittee", "Subcommittee"),
        (" Subgroup", "Subgroup"),
        (" Study Group", "Study Group"),
        (" Focus Group", "Focus Group"),
        (" WG", "WG"),
        (" CG", "CG"),
        (" TC", "TC"),
        (" TF", "TF"),
    ];
    for (written, kind) in KINDS {
        let found =
            said.match_indices(written).find(|(at, _)| !said[at + written.len()..].starts_with(char::is_alphanumeric));
        let Some((at, _)) = found else { continue };
        let is_named =
            |word: &&str| word.starts_with(char::is_uppercase) || matches!(*word, "and" | "of" | "for" | "&");
        let before = said[..at].rsplit(['|', '—', '–', ':', '\n', ',']).next().unwrap_or_default();
        let mut words: Vec<&str> = before.split_whitespace().rev().take_while(is_named).take(5).collect();
        while words
            .last()
            .is_some_and(|word| !word.starts_with(char::is_uppercase) || *word == "The" || *word == "Minutes")
        {
            words.pop();
        }
        words.reverse();
        // `W3C WG` names no group.
        if !words.is_empty() && words != ["W3C"] {
            return Some(format!("{} {kind}", words.join(" ")));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_named_by_title_then_path_then_addresses() {
        for (title, origin, text, name) in [
            ("Agenda for the May 5 video call of WebAssembly's Community Group", "", "", "WebAssembly CG"),
            ("Agenda for the May 5 video call of WebAssembly's Stack Subgroup", "", "", "WebAssembly Stack Subgroup"),
            ("Agenda: May 5 WASI video call", "", "", "WASI Subgroup"),
            ("May 5 Meeting", "ecma402-notes/notes.md", "github.com/unicode-org/message-format-wg", "Ecma TC39-TG2"),
            ("Attendees", "notes.md", "https://github.com/tc39/ecma402/projects/2", "Ecma TC39-TG2"),
            ("DID WG Topical Call", "", "", "W3C DID WG"),
            ("Lamps Working Group Telco", "", "World Wide Web Consortium", "W3C Lamps WG"),
            (
                "2031-05-05 Minutes of the Lamp Certificate Working Group",
                "cabf/x.md",
                "",
                "CA/Browser Forum Lamp Certificate WG",
            ),
            ("Minutes of the Lamps and Wicks Technical Committee", "", "", "Lamps and Wicks TC"),
        ] {
            assert_eq!(body(&[title], origin, text).as_deref(), Some(name), "{title}");
        }
        assert_eq!(body(&["Weekly call"], "notes.md", "we met"), None);
    }
}
