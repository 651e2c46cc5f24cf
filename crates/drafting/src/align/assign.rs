//! The best pairing: each at most once, and the sum of scores greatest.

use std::collections::BTreeMap;

/// More candidates than this are paired greedily, best first: the sum is then at least half of the greatest.
const MOST: usize = 400;

/// Returns the pairs of the greatest sum of scores among candidates (row, column, score), scores above 0.
///
/// Candidates fall apart into groups that share no row or column; each is solved by itself.
///
/// # Source
/// H. W. Kuhn, "The Hungarian method for the assignment problem", Naval Research Logistics 2 (1955), with potentials, cubic in the
/// size of a group.
pub(super) fn assign(candidates: &[(usize, usize, f64)]) -> Vec<(usize, usize, f64)> {
    let mut chosen: Vec<(usize, usize, f64)> = groups(candidates).iter().flat_map(|group| solve(group)).collect();
    chosen.sort_by_key(|(row, column, _)| (*row, *column));
    chosen
}

fn groups(candidates: &[(usize, usize, f64)]) -> Vec<Vec<(usize, usize, f64)>> {
    let mut parents: Vec<usize> = (0..candidates.len()).collect();
    let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
    let mut columns: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, (row, column, _)) in candidates.iter().enumerate() {
        for first in [*rows.entry(*row).or_insert(at), *columns.entry(*column).or_insert(at)] {
            let (a, b) = (root(&parents, first), root(&parents, at));
            parents[a.max(b)] = a.min(b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<(usize, usize, f64)>> = BTreeMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        groups.entry(root(&parents, at)).or_default().push(*candidate);
    }
    groups.into_values().collect()
}

fn root(parents: &[usize], mut at: usize) -> usize {
    while parents[at] != at {
        at = parents[at];
    }
    at
}

fn solve(group: &[(usize, usize, f64)]) -> Vec<(usize, usize, f64)> {
    if let [only] = group {
        return vec![*only];
    }
    let mut rows: Vec<usize> = group.iter().map(|(row, ..)| *row).collect();
    let mut columns: Vec<usize> = group.iter().map(|(_, column, _)| *column).collect();
    for ids in [&mut rows, &mut columns] {
        ids.sort_unstable();
        ids.dedup();
    }
    if rows.len().max(columns.len()) > MOST {
        return greedy(group);
    }
    // Square, with nothing to gain where there is no candidate; so that a row may stay alone.
    let n = rows.len().max(columns.len());
    let mut gain = vec![vec![0.0; n]; n];
    for (row, column, score) in group {
        let (Ok(row), Ok(column)) = (rows.binary_search(row), columns.binary_search(column)) else { continue };
        gain[row][column] = *score;
    }
    let of = hungarian(&gain);
    let chosen = of.iter().enumerate().filter(|(row, column)| *row < rows.len() && **column < columns.len());
    let chosen = chosen.filter(|(row, column)| gain[*row][**column] > 0.0);
    chosen.map(|(row, column)| (rows[row], columns[*column], gain[row][*column])).collect()
}

fn greedy(group: &[(usize, usize, f64)]) -> Vec<(usize, usize, f64)> {
    let mut best = group.to_vec();
    best.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let (mut rows, mut columns) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    best.retain(|(row, column, _)| {
        let is_free = !rows.contains(row) && !columns.contains(column);
        if is_free {
            rows.insert(*row);
            columns.insert(*column);
        }
        is_free
    });
    best
}

/// Returns the column of each row, for a square table of gains.
fn hungarian(gain: &[Vec<f64>]) -> Vec<usize> {
    let n = gain.len();
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    // Row held by each column, one-based; column 0 holds the row that is being placed.
    let mut held = vec![0; n + 1];
    for row in 1..=n {
        held[0] = row;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; n + 1];
        let mut is_used = vec![false; n + 1];
        let mut way = vec![0; n + 1];
        while held[column] != 0 {
            is_used[column] = true;
            let (at, mut delta, mut next) = (held[column], f64::INFINITY, 0);
            for j in 1..=n {
                if is_used[j] {
                    continue;
                }
                let cost = -gain[at - 1][j - 1] - u[at] - v[j];
                if cost < least[j] {
                    least[j] = cost;
                    way[j] = column;
                }
                if least[j] < delta {
                    delta = least[j];
                    next = j;
                }
            }
            for j in 0..=n {
                if is_used[j] {
                    u[held[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            held[column] = held[way[column]];
            column = way[column];
        }
    }
    let mut of = vec![0; n];
    for column in 1..=n {
        of[held[column] - 1] = column - 1;
    }
    of
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_best_pair_may_lose() {
        // Greedy takes 0.9 and is left with nothing; together 0.8 + 0.7 is more.
        let candidates = [(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.7)];
        assert_eq!(assign(&candidates), [(0, 1, 0.8), (1, 0, 0.7)]);
    }

    fn best(rows: &[Vec<f64>], used: &mut Vec<usize>) -> f64 {
        let Some((first, rest)) = rows.split_first() else { return 0.0 };
        let mut most = best(rest, used);
        for (column, &gain) in first.iter().enumerate() {
            if gain > 0.0 && !used.contains(&column) {
                used.push(column);
                most = most.max(gain + best(rest, used));
                used.pop();
            }
        }
        most
    }

    proptest! {
        #[test]
        fn no_pairing_has_a_greater_sum(table in prop::collection::vec(prop::collection::vec(0_u8..6, 4), 0..5)) {
            let table: Vec<Vec<f64>> = table.iter().map(|row| row.iter().map(|&gain| f64::from(gain)).collect()).collect();
            let of = |(row, gains): (usize, &Vec<f64>)| {
                gains.iter().enumerate().map(|(column, &gain)| (row, column, gain)).collect::<Vec<_>>()
            };
            let candidates: Vec<_> = table.iter().enumerate().flat_map(of).filter(|(.., gain)| *gain > 0.0).collect();
            let sum: f64 = assign(&candidates).iter().map(|(.., gain)| gain).sum();
            prop_assert!((sum - best(&table, &mut vec![])).abs() < 1e-9);
        }
    }
}
