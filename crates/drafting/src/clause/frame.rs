//! What a resolution says of itself: its number, its title, the body that enacts it.

use super::{Clause, ClauseKind, Draft};
use crate::cite::short_name;

impl Draft {
    /// Returns the number that a resolution is known by: `68`, or the words in brackets of a draft new one.
    ///
    /// `None` where the section has none.
    #[must_use]
    pub fn number(&self, section: usize) -> Option<&str> {
        let first = self.clauses.partition_point(|clause| clause.section < section);
        let of = self.clauses[first..].iter().take_while(|clause| clause.section == section);
        let line = self.words(of.clone().find(|clause| clause.kind == ClauseKind::Number)?);
        let digits = line.find(|c: char| c.is_ascii_digit()).filter(|_| !line.starts_with("DRAFT NEW"));
        match digits {
            Some(at) => {
                let rest = &line[at..];
                Some(&rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())])
            }
            None => Some(line.split(['[', ']']).nth(1).unwrap_or(line)),
        }
    }

    /// Returns the title of the text: number and title of its resolution, or the heading that it begins with.
    ///
    /// `None` where it has neither, and for a text of several resolutions, of which none is the title of all.
    ///
    /// ```
    /// use drafting::Draft;
    /// let text = "RESOLUTION 9 (Rev. Hammamet, 2016)\nCare of lamps\n(Dubai, 2012; Hammamet, 2016)\nresolves\n1\tto go on.\n";
    /// assert_eq!(Draft::read(text).title().as_deref(), Some("Resolution 9 - Care of lamps"));
    /// ```
    #[must_use]
    pub fn title(&self) -> Option<String> {
        let mut numbers = self.clauses.iter().filter(|clause| clause.kind == ClauseKind::Number);
        match (numbers.next(), numbers.next()) {
            (Some(number), None) => {
                let title = self.clauses.iter().filter(|clause| clause.kind == ClauseKind::Title);
                let title = title.map(|title| self.words(title).trim()).collect::<Vec<_>>().join(" ");
                let number = self.known_as(number);
                Some(if title.is_empty() { number } else { format!("{number} - {title}") })
            }
            (Some(_), Some(_)) => None,
            (None, _) => {
                let first = self.clauses.first().filter(|first| matches!(first.kind, ClauseKind::Heading(_)))?;
                Some(self.words(first).trim().to_string()).filter(|title| !title.is_empty())
            }
        }
    }

    /// Returns the body that enacts the text, as its short name: `WTSA`, going by the enacting line and the table of assemblies.
    ///
    /// `None` where there is no such line, where the body is in no table, and where several resolutions name several bodies.
    ///
    /// ```
    /// use drafting::Draft;
    /// let text = "RESOLUTION 9 (Hammamet, 2016)\nCare of lamps\nThe World Telecommunication Standardization Assembly (Hammamet, 2016),\nresolves\n1\tto go on.\n";
    /// assert_eq!(Draft::read(text).body(), Some("WTSA"));
    /// ```
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        let lines = self.clauses.iter().filter(|clause| clause.kind == ClauseKind::Enacting);
        let mut bodies = lines.map(|line| short_name(enacting_body(self.words(line))));
        let body = bodies.next()??;
        bodies.all(|other| other == Some(body)).then_some(body)
    }

    /// The number of a resolution as a title has it: `RESOLUTION 68 (Rev. Hammamet, 2016)` as `Resolution 68`.
    fn known_as(&self, number: &Clause) -> String {
        let line = self.words(number);
        let line = line.split('(').next().unwrap_or(line).trim();
        // Only the words in front are in capitals for their place; what they number stays as it is.
        let at = line.find(|letter: char| letter == '[' || letter.is_ascii_digit()).unwrap_or(line.len());
        let (words, id) = line.split_at(at);
        let mut letters = words.chars();
        let first: String = letters.next().into_iter().collect();
        format!("{first}{}{id}", letters.as_str().to_lowercase())
    }
}

/// `The Plenipotentiary Conference (Busan, 2014),` without article, place and year.
fn enacting_body(line: &str) -> &str {
    let name = line.strip_prefix("The ").unwrap_or(line);
    name.rfind('(').map_or(name, |at| &name[..at]).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> Option<String> {
        Draft::read(text).title()
    }

    #[test]
    fn titles_as_the_text_gives_them() {
        assert_eq!(
            title("DRAFT NEW RESOLUTION [C9-1]\nCare of lamps\nnoting\n").unwrap(),
            "Draft new resolution [C9-1] - Care of lamps"
        );
        assert_eq!(title("MOD\nRESOLUTION 9\nnoting\nthat it rains,\n").unwrap(), "Resolution 9");
        assert_eq!(title("# Rules\n\nEverybody is kind.\n").unwrap(), "Rules");
        assert_eq!(title("Everybody is kind.\n"), None);
        assert_eq!(title(""), None);
        assert_eq!(title("RESOLUTION 9\nLamps\nnoting\nthat it rains,\nRESOLUTION 10\nRain\n"), None);
    }

    #[test]
    fn bodies_are_those_of_the_table() {
        let body = |line: &str| {
            let draft = Draft::read(&format!("RESOLUTION 9\nLamps\n{line}\nnoting\nthat it rains,\n"));
            draft.body().map(String::from)
        };
        assert_eq!(body("The World Telecommunication Standardisation Assembly (New Delhi, 2024),").unwrap(), "WTSA");
        let union = "The Plenipotentiary Conference of the International Telecommunication Union (Busan, 2014),";
        assert_eq!(body(union).unwrap(), "PP");
        assert_eq!(body("The Assembly of Lamplighters (Busan, 2014),"), None);
        assert_eq!(body("(Busan, 2014)"), None);
    }
}
