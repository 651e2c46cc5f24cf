//! Lists: which mark a paragraph has. ECMA-376 part 1, 17.9.

use std::collections::BTreeMap;

use super::symbol;
use super::{Number, Styles};
use crate::number;
use crate::tree::{Node, Tree};

/// Levels of a list.
const LEVELS: usize = 9;
/// Longest mark, in bytes.
const MARK: usize = 60;

/// The lists of a document, and how far each has been counted.
#[derive(Clone, Default)]
pub struct Numbering {
    kinds: BTreeMap<String, [Level; LEVELS]>,
    lists: BTreeMap<String, List>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// Lists whose counting was begun anew, as they say.
    begun: BTreeMap<(String, usize), ()>,
}

#[derive(Clone, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// The style that stands for this level.
    style: String,
    /// Every number in it is written in digits.
    is_legal: bool,
    /// After which level it begins anew: 0 never, absent after every higher one.
    restart: Option<usize>,
}

#[derive(Clone, Default)]
struct List {
    kind: String,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// A mark of a list as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The mark: `a)`, `3.1`, `•`.
    pub text: String,
    /// How deep it stands, from 0.
    pub level: usize,
    /// The id of its list.
    pub list: String,
}

impl Numbering {
    /// Reads the part that defines the lists; all of them begin at their start.
    #[must_use]
    pub fn read(tree: &Tree) -> Self {
        let mut numbering = Self::default();
        for node in tree.root().children() {
            match node.name() {
                "abstractNum" => {
                    let mut levels: [Level; LEVELS] = Default::default();
                    for (at, level) in levels_of(node) {
                        levels[at] = level;
                    }
                    numbering.kinds.insert(node.attribute("abstractNumId").unwrap_or_default().into(), levels);
                }
                "num" => {
                    numbering.lists.insert(node.attribute("numId").unwrap_or_default().into(), list(node));
                }
                _ => {}
            }
        }
        numbering.follow_links(tree);
        numbering
    }

    /// A kind of list that only names a style is that of the list which defines the style.
    fn follow_links(&mut self, tree: &Tree) {
        let kinds = || tree.root().children().filter(|node| node.name() == "abstractNum");
        for node in kinds() {
            let Some(style) = node.value("numStyleLink") else { continue };
            let defines = kinds().find(|other| other.value("styleLink") == Some(style));
            let levels = defines.and_then(|other| self.kinds.get(other.attribute("abstractNumId")?)).cloned();
            if let (Some(levels), Some(id)) = (levels, node.attribute("abstractNumId")) {
                self.kinds.insert(id.into(), levels);
            }
        }
    }

    /// Counts a paragraph on by its own properties and those of its style, and returns its mark; `None` where it stands in no
    /// list, or in one without a mark there.
    pub fn mark(&mut self, styles: &Styles, properties: Option<Node<'_>>, style: &str) -> Option<Mark> {
        let own = properties.map(Number::of).unwrap_or_default();
        let by_style = styles.number(style);
        let list = own.list.as_deref().or(by_style.and_then(|(_, number)| number.list.as_deref()))?;
        let level = own.level.or_else(|| {
            let (definer, number) = by_style?;
            let levels = [style, definer].into_iter().find_map(|style| self.level_of(list, style));
            levels.or(number.level)
        });
        self.next(list, level.unwrap_or(0))
    }

    /// The level of a list that stands for a style.
    fn level_of(&self, list: &str, style: &str) -> Option<usize> {
        let levels = self.kinds.get(&self.lists.get(list)?.kind)?;
        levels.iter().position(|level| level.style == style)
    }

    /// Counts one paragraph on, and returns its mark; `None` where the list is not known or has no mark there.
    fn next(&mut self, id: &str, level: usize) -> Option<Mark> {
        let list = self.lists.get(id)?.clone();
        let mut levels = self.kinds.get(&list.kind)?.clone();
        for (at, own) in list.levels.iter().enumerate() {
            if let Some(own) = own {
                levels[at] = own.clone();
            }
        }
        let level = level.min(LEVELS - 1);
        let counts = self.counts.entry(list.kind.clone()).or_default();
        if let Some(start) = list.starts[level]
            && self.begun.insert((id.into(), level), ()).is_none()
        {
            counts[level] = start.checked_sub(1).or(Some(0));
            if start == 0 {
                counts[level] = None;
            }
        }
        counts[level] = Some(counts[level].map_or(levels[level].start, |count| count.saturating_add(1)));
        for above in 0..level {
            counts[above].get_or_insert(levels[above].start);
        }
        for below in level + 1..LEVELS {
            if levels[below].restart.is_none_or(|after| after > level) {
                counts[below] = None;
            }
        }
        let counts = *counts;
        let text = written(&levels, level, &counts);
        (!text.is_empty()).then(|| Mark { text, level, list: id.into() })
    }
}

fn levels_of(node: Node<'_>) -> impl Iterator<Item = (usize, Level)> {
    node.children().filter(|child| child.name() == "lvl").filter_map(|child| {
        let at: usize = child.attribute("ilvl")?.parse().ok()?;
        (at < LEVELS).then(|| (at, level(child)))
    })
}

fn level(node: Node<'_>) -> Level {
    // Newer formats stand beside the old one, which remains readable.
    let alternative = node.child("AlternateContent").and_then(|it| it.child("Fallback"));
    let format = node.value("numFmt").or_else(|| alternative?.value("numFmt"));
    Level {
        start: node.value("start").and_then(|start| start.parse().ok()).unwrap_or(0),
        format: format.unwrap_or("decimal").into(),
        text: node.value("lvlText").unwrap_or_default().into(),
        style: node.value("pStyle").unwrap_or_default().into(),
        is_legal: node.is_on("isLgl"),
        restart: node.value("lvlRestart").and_then(|after| after.parse().ok()),
    }
}

fn list(node: Node<'_>) -> List {
    let mut list = List { kind: node.value("abstractNumId").unwrap_or_default().into(), ..List::default() };
    for change in node.children().filter(|child| child.name() == "lvlOverride") {
        let Some(at) = change.attribute("ilvl").and_then(|at| at.parse::<usize>().ok()).filter(|at| *at < LEVELS)
        else {
            continue;
        };
        list.starts[at] = change.value("startOverride").and_then(|start| start.parse().ok());
        list.levels[at] = change.child("lvl").map(level);
    }
    list
}

/// The mark of a level: `%1.%2` with the counts so far.
fn written(levels: &[Level; LEVELS], level: usize, counts: &[Option<u32>; LEVELS]) -> String {
    let own = &levels[level];
    match own.format.as_str() {
        "bullet" => return own.text.chars().map(symbol::bullet).collect(),
        "none" if !own.text.contains('%') => return own.text.trim().into(),
        _ => {}
    }
    let mut mark = String::new();
    let mut letters = own.text.chars().peekable();
    while let Some(letter) = letters.next() {
        let of = letters.peek().filter(|_| letter == '%').and_then(|digit| digit.to_digit(10));
        let of = of.and_then(|of| usize::try_from(of).ok()?.checked_sub(1)).filter(|of| *of < LEVELS);
        let Some(of) = of else {
            mark.push(letter);
            continue;
        };
        letters.next();
        let count = counts[of].unwrap_or(levels[of].start);
        mark.push_str(&if own.is_legal { count.to_string() } else { number::written(&levels[of].format, count) });
        if mark.len() > MARK {
            break;
        }
    }
    mark.trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &str = "<numbering>
        <abstractNum abstractNumId='0'>
          <lvl ilvl='0'><start val='1'/><numFmt val='decimal'/><lvlText val='%1'/></lvl>
          <lvl ilvl='1'><start val='1'/><numFmt val='decimal'/><lvlText val='%1.%2'/></lvl>
          <lvl ilvl='2'><start val='3'/><numFmt val='lowerRoman'/><lvlText val='(%3)'/></lvl>
        </abstractNum>
        <abstractNum abstractNumId='1'>
          <lvl ilvl='0'><start val='1'/><numFmt val='lowerLetter'/><lvlText val='%1)'/></lvl>
          <lvl ilvl='1'><start val='1'/><numFmt val='bullet'/><lvlText val='&#xF0B7;'/></lvl>
        </abstractNum>
        <num numId='1'><abstractNumId val='0'/></num>
        <num numId='2'><abstractNumId val='1'/></num>
        <num numId='3'><abstractNumId val='1'/><lvlOverride ilvl='0'><startOverride val='1'/></lvlOverride></num>
      </numbering>";

    fn marks(steps: &[(&str, usize)]) -> Vec<String> {
        let mut numbering = Numbering::read(&Tree::read(PART.into(), "numbering.xml").unwrap());
        steps
            .iter()
            .map(|(list, level)| numbering.next(list, *level).map(|mark| mark.text).unwrap_or_default())
            .collect()
    }

    #[test]
    fn levels_count_on_and_begin_anew() {
        let steps = [("1", 0), ("1", 1), ("1", 1), ("1", 2), ("1", 2), ("1", 0), ("1", 1)];
        assert_eq!(marks(&steps), ["1", "1.1", "1.2", "(iii)", "(iv)", "2", "2.1"]);
    }

    #[test]
    fn a_list_goes_on_or_begins_anew_as_it_says() {
        assert_eq!(marks(&[("2", 0), ("2", 1), ("2", 0), ("3", 0), ("3", 0)]), ["a)", "•", "b)", "a)", "b)"]);
        assert_eq!(marks(&[("9", 0)]), [""]);
    }
}
