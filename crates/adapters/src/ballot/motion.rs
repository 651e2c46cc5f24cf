//! Who moved a ballot and who endorsed it: `proposed by A. Example of Acme and endorsed by B. Sample of Borealis`.

use super::votes::voters;

/// A person with the member they stand for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mover {
    pub name: String,
    pub member: Option<String>,
}

/// The movers of a ballot and those who endorsed it, as one paragraph names them.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Motion {
    pub proposers: Vec<Mover>,
    pub endorsers: Vec<Mover>,
}

impl Motion {
    /// Reads a paragraph; `None` where it names nobody who moved or endorsed.
    pub(super) fn read(text: &str) -> Option<Self> {
        let proposers =
            between(text, &["proposed by ", "Proposed by ", "Proposer: ", "motion by "]).or_else(|| made(text));
        let endorsers = between(text, &["endorsed by ", "Endorsed by ", "Endorsers: ", "seconded by ", "Seconded by "])
            .or_else(|| endorsed(text));
        let motion =
            Self { proposers: movers(proposers.unwrap_or_default()), endorsers: movers(endorsers.unwrap_or_default()) };
        (!motion.proposers.is_empty() || !motion.endorsers.is_empty()).then_some(motion)
    }
}

/// What stands behind one of some words, up to the end of what they speak of.
fn between<'a>(text: &'a str, starts: &[&str]) -> Option<&'a str> {
    const ENDS: [&str; 14] = [
        " and endorsed by",
        " and has been endorsed",
        " and was endorsed",
        ", endorsed by",
        " endorsed by",
        ". ",
        " to introduce",
        " that the",
        " to amend",
        " and seconded",
        "; ",
        ", and endorsed",
        " and is endorsed",
        " to adopt",
    ];
    let at = starts.iter().filter_map(|start| text.find(start).map(|at| at + start.len())).min()?;
    let rest = &text[at..];
    let end = ENDS.iter().filter_map(|end| points(rest, end)).min().unwrap_or(rest.len());
    Some(rest[..end].trim_end_matches(['.', ':', ' ']))
}

/// Where an end stands; the point of `A. Example` or `Inc.` ends nothing.
fn points(text: &str, end: &str) -> Option<usize> {
    if end != ". " {
        return text.find(end);
    }
    text.match_indices(end).map(|(at, _)| at).find(|&at| {
        let word = text[..at].rsplit([' ', ',']).next().unwrap_or_default();
        word.chars().count() > 1 && !["Inc", "Ltd", "Co", "Corp", "Dr", "Mr", "Ms", "Jr"].contains(&word)
    })
}

/// `A. Example of Acme made the following motion`.
fn made(text: &str) -> Option<&str> {
    let end = text.find(" made the following motion")?;
    let start = text[..end].rfind("\n").map_or(0, |at| at + 1);
    Some(&text[start..end])
}

/// `... made the following motion, and B. Sample from Borealis and C. Specimen of Cedar have endorsed it`.
fn endorsed(text: &str) -> Option<&str> {
    let end = text
        .find(" have endorsed it")
        .or_else(|| text.find(" has endorsed it"))
        .or_else(|| text.find(" endorsed it"))?;
    let start = text[..end].rfind(" motion").map_or(0, |at| at + " motion".len());
    Some(text[start..end].trim_start_matches([',', ' ']).trim_start_matches("and "))
}

/// `A. Example of Acme, Inc, B. Sample from Borealis and C. Specimen (Cedar)`: each person with their member.
fn movers(text: &str) -> Vec<Mover> {
    let mut found: Vec<Mover> = Vec::new();
    for part in text.split(" and ").flat_map(voters) {
        let parted = [" of ", " from ", " with ", " at "].iter().find_map(|word| part.split_once(word));
        let bracketed = || part.strip_suffix(')').and_then(|part| part.split_once(" ("));
        let dashed = || [" – ", " - "].iter().find_map(|dash| part.split_once(dash));
        match parted.or_else(bracketed).or_else(dashed) {
            Some((name, member)) if is_name(name) => {
                let member = member.trim().trim_start_matches("the ");
                found.push(Mover { name: name.trim().into(), member: (!member.is_empty()).then(|| member.into()) });
            }
            None if is_name(part) => found.push(Mover { name: part.into(), member: None }),
            _ => {}
        }
    }
    found
}

/// Two to five words, each as names are written.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |word: &&str| {
        word.starts_with(char::is_uppercase) || ["van", "von", "de", "der", "den", "da", "di"].contains(word)
    };
    (2..=5).contains(&words.len())
        && words.iter().all(is_word)
        && !text.contains(|letter: char| letter.is_ascii_digit() || letter == ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let show = |movers: Vec<Mover>| {
            movers
                .into_iter()
                .map(|mover| format!("{}|{}", mover.name, mover.member.unwrap_or_default()))
                .collect::<Vec<_>>()
                .join(";")
        };
        Motion::read(text)
            .map_or(String::new(), |motion| format!("{} << {}", show(motion.proposers), show(motion.endorsers)))
    }

    #[test]
    fn movers_and_endorsers_are_read_with_their_members() {
        let all = "Ann Example|Acme, Inc << Bea Specimen|Borealis;Cy Sample|Cedar Trust";
        for text in [
            "The following motion has been proposed by Ann Example of Acme, Inc and endorsed by Bea Specimen of Borealis and Cy Sample of Cedar Trust to introduce new guidelines",
            "It is proposed by Ann Example of Acme, Inc and has been endorsed by Bea Specimen of Borealis and Cy Sample of Cedar Trust.",
            "Ann Example of Acme, Inc made the following motion, and Bea Specimen from Borealis and Cy Sample of Cedar Trust have endorsed it.",
            "Proposed by Ann Example (Acme, Inc). Endorsed by Bea Specimen (Borealis) and Cy Sample (Cedar Trust).",
        ] {
            assert_eq!(read(text), all, "{text}");
        }
        assert_eq!(read("Any proposed ballot needs two endorsements by other members"), "");
        assert_eq!(read("text proposed by the chair of the group"), "");
    }
}
