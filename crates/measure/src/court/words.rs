//! A comparison as a paragraph and as a table.

use std::fmt::Write as _;

use crate::court::compare::{Comparison, Difference, Verdict};
use crate::court::finding::{Aspect, Finding};

/// Returns the verdict as one paragraph.
#[must_use]
pub fn verdict_in_words(comparison: &Comparison) -> String {
    let mut sentences = vec![format!("Verdict: {}", verdict(comparison))];
    sentences.extend(alone(comparison));
    sentences.extend(preference(comparison));
    if !comparison.not_judged.is_empty() {
        let missing = comparison.not_judged.iter().map(|(aspect, why)| format!("{} ({why})", name(*aspect)));
        sentences.push(format!("Not judged: {}.", missing.collect::<Vec<_>>().join("; ")));
    }
    let percent = 100.0 * comparison.confidence;
    sentences.push(format!(
        "The meetings were drawn anew for the intervals, which hold {percent:.0} % together; they speak of these units only."
    ));
    sentences.join(" ")
}

/// Returns all criteria of a comparison as a Markdown table, one line each; a missing value is told with its reason.
#[must_use]
pub fn table_of(comparison: &Comparison) -> String {
    let [a, b] = &comparison.names;
    let mut table = format!("| criterion | {a} | {b} | difference, above 0 for {a} | shown |\n|---|---|---|---|---|\n");
    for (one, other) in comparison.findings[0].iter().zip(&comparison.findings[1]) {
        let difference = comparison.differences.iter().find(|difference| difference.criterion == one.criterion);
        let (difference, shown) = difference.map_or((String::new(), String::new()), |difference| {
            let Difference { low, high, .. } = difference;
            let shown = match difference.shown() {
                1 => a.as_str(),
                -1 => b.as_str(),
                _ => "no difference",
            };
            (format!("{:.3} ({low:.3} to {high:.3})", difference.difference), shown.to_string())
        });
        let (one_cell, other_cell) = (cell(one), cell(other));
        let name = one.criterion.name();
        writeln!(table, "| {name} | {one_cell} | {other_cell} | {difference} | {shown} |")
            .expect("a string takes text");
    }
    table
}

fn verdict(comparison: &Comparison) -> String {
    let [a, b] = &comparison.names;
    let decisive = || comparison.differences.iter().filter(|difference| difference.is_decisive);
    let better = |sign: i8| {
        let parts = decisive().filter(|difference| difference.shown() == sign).map(|difference| part(difference, sign));
        listed(&parts.collect::<Vec<_>>())
    };
    match comparison.verdict {
        Verdict::Dominates => {
            format!("{a} dominates {b}: it is better in {}, and is shown to be worse in nothing.", better(1))
        }
        Verdict::Dominated => {
            format!("{b} dominates {a}: it is better in {}, and is shown to be worse in nothing.", better(-1))
        }
        Verdict::Undecided => {
            let n = decisive().count();
            format!("nothing tells {a} and {b} apart: under none of {n} criteria is a difference shown.")
        }
        Verdict::Incomparable => {
            let sides = [(a, better(1)), (b, better(-1))];
            let sides: Vec<String> = sides
                .iter()
                .filter(|(_, better)| !better.is_empty())
                .map(|(name, better)| format!("{name} is better in {better}"))
                .collect();
            format!("neither of {a} and {b} dominates: {}.", sides.join("; "))
        }
    }
}

fn alone(comparison: &Comparison) -> Option<String> {
    let sides: Vec<String> = (comparison.names.iter().zip(&comparison.judged_alone))
        .filter(|(_, aspects)| !aspects.is_empty())
        .map(|(metric, aspects)| {
            format!(
                "only {metric} was judged in {}",
                listed(&aspects.iter().map(|a| name(*a).into()).collect::<Vec<_>>())
            )
        })
        .collect();
    (!sides.is_empty()).then(|| format!("{}, and what is not judged is not passed.", capital(&sides.join("; "))))
}

fn preference(comparison: &Comparison) -> Option<String> {
    let [a, b] = &comparison.names;
    let preference = comparison.preference?;
    let (of_a, of_b, judged) = (preference.worth_a, preference.worth_b, 100.0 * preference.judged);
    let cases = 100.0 * preference.acceptability;
    Some(format!(
        "By the declared weights, of which {judged:.0} % could be judged, {a} is worth {of_a:.2} and {b} {of_b:.2}; over \
         all weights {a} is preferred in {cases:.0} of 100 cases."
    ))
}

/// The better one's value first; the difference turned to its side.
fn part(difference: &Difference, sign: i8) -> String {
    let Difference { criterion, values: [a, b], low, high, .. } = difference;
    let name = criterion.name();
    if sign > 0 {
        format!("{name} ({a:.2} against {b:.2}, by {low:.2} to {high:.2})")
    } else {
        format!("{name} ({b:.2} against {a:.2}, by {:.2} to {:.2})", -high, -low)
    }
}

fn cell(finding: &Finding) -> String {
    match (finding.value, finding.low, finding.high) {
        (Some(value), Some(low), Some(high)) if low < high => format!("{value:.3} ({low:.3} to {high:.3})"),
        (Some(value), _, _) => format!("{value:.3}"),
        _ => format!("missing: {}", finding.why_missing.as_deref().unwrap_or("not said why")),
    }
}

fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn name(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Discrimination => "discrimination",
        Aspect::Stability => "stability",
        Aspect::Independence => "independence",
        Aspect::Reliability => "reliability",
        Aspect::Validity => "validity",
        Aspect::Pairs => "pairs told apart",
        Aspect::Gaming => "gaming",
        Aspect::Coverage => "coverage",
        Aspect::Cost => "cost",
        Aspect::Privacy => "privacy",
        Aspect::Redundancy => "redundancy",
        Aspect::Fairness => "fairness",
        Aspect::Change => "sensitivity to change",
        Aspect::Recomputability => "recomputability",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::court::{Criterion, Preference};

    fn difference(criterion: Criterion, values: [f64; 2], [low, high]: [f64; 2]) -> Difference {
        Difference { criterion, values, difference: (low + high) / 2.0, low, high, is_decisive: true }
    }

    fn comparison(differences: Vec<Difference>, verdict: Verdict) -> Comparison {
        Comparison {
            names: ["several sources".into(), "downloads".into()],
            findings: [Vec::new(), Vec::new()],
            differences,
            not_judged: vec![(Aspect::Cost, "no cost is declared".into())],
            judged_alone: [Vec::new(), Vec::new()],
            verdict,
            preference: Some(Preference { worth_a: 0.7, worth_b: 0.41, judged: 0.8, acceptability: 0.968 }),
            confidence: 0.95,
        }
    }

    const END: &str = "By the declared weights, of which 80 % could be judged, several sources is worth 0.70 and downloads \
                       0.41; over all weights several sources is preferred in 97 of 100 cases. Not judged: cost (no cost \
                       is declared). The meetings were drawn anew for the intervals, which hold 95 % together; they speak \
                       of these units only.";

    #[test]
    fn one_that_dominates() {
        let validity = difference(Criterion::Predictive, [0.62, 0.21], [0.3, 0.52]);
        let reliability = difference(Criterion::SplitHalf, [0.9, 0.7], [0.1, 0.3]);
        let unclear = difference(Criterion::Stability, [0.8, 0.7], [-0.1, 0.3]);
        let words = verdict_in_words(&comparison(vec![validity, reliability, unclear], Verdict::Dominates));
        let expected = "Verdict: several sources dominates downloads: it is better in predictive validity (0.62 against \
                        0.21, by 0.30 to 0.52) and split-half reliability (0.90 against 0.70, by 0.10 to 0.30), and is \
                        shown to be worse in nothing. ";
        assert_eq!(words, format!("{expected}{END}"));
    }

    #[test]
    fn two_of_which_neither_dominates() {
        let validity = difference(Criterion::Predictive, [0.62, 0.21], [0.3, 0.52]);
        let minutes = difference(Criterion::Minutes, [90.0, 1.0], [-89.0, -89.0]);
        let mut comparison = comparison(vec![validity, minutes], Verdict::Incomparable);
        comparison.judged_alone[1] = vec![Aspect::Privacy];
        let expected = "Verdict: neither of several sources and downloads dominates: several sources is better in predictive \
                        validity (0.62 against 0.21, by 0.30 to 0.52); downloads is better in minutes (1.00 against 90.00, \
                        by 89.00 to 89.00). Only downloads was judged in privacy, and what is not judged is not passed. ";
        assert_eq!(verdict_in_words(&comparison), format!("{expected}{END}"));
    }

    #[test]
    fn two_that_nothing_tells_apart() {
        let unclear = difference(Criterion::Stability, [0.8, 0.7], [-0.1, 0.3]);
        let expected = "Verdict: nothing tells several sources and downloads apart: under none of 1 criteria is a difference \
                        shown. ";
        assert_eq!(verdict_in_words(&comparison(vec![unclear], Verdict::Undecided)), format!("{expected}{END}"));
    }
}
