//! Misspellings: names one or two letters away, found through what is left of a name without one letter.

/// Shortest name in which a wrong letter is taken for a slip, in letters.
pub const SHORTEST: usize = 6;

/// No more names than this are looked at behind one form: common short forms say little.
const MOST: usize = 64;

/// Names by what is left of them without one letter, so that two that differ by one letter meet. Each form is a hash and the
/// number of a name; sorted, so that equal forms stand together.
#[derive(Debug, Default)]
pub struct Near {
    forms: Vec<(u64, u32)>,
    /// One bit for each form, so that most questions end without a search.
    seen: Vec<u64>,
    n_capped: usize,
}

impl Near {
    /// Takes names under their numbers; those that are too short for slips are left out.
    pub fn of<'a>(names: impl Iterator<Item = (u32, &'a str)>) -> Self {
        let mut forms: Vec<(u64, u32)> = Vec::new();
        for (at, name) in names {
            each_form(name, |form| forms.push((form, at)));
        }
        forms.sort_unstable();
        forms.dedup();
        let n_capped = forms.chunk_by(|one, two| one.0 == two.0).filter(|group| group.len() > MOST).count();
        let mut seen = vec![0; (forms.len() / 4).next_power_of_two().max(1)];
        for (form, _) in &forms {
            let (word, bit) = place(*form, seen.len());
            seen[word] |= bit;
        }
        Self { forms, seen, n_capped }
    }

    /// Returns the numbers of the names that share a form with this one, each once, in order.
    #[must_use]
    pub fn to(&self, name: &str) -> Vec<u32> {
        let mut found = Vec::new();
        each_form(name, |form| {
            let (word, bit) = place(form, self.seen.len());
            if self.seen.get(word).is_some_and(|seen| seen & bit != 0) {
                let from = self.forms.partition_point(|held| held.0 < form);
                let group = self.forms[from..].iter().take_while(|held| held.0 == form);
                found.extend(group.take(MOST).map(|held| held.1));
            }
        });
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Returns every pair of names that share a form, each once, the lesser number first, in order.
    #[must_use]
    pub fn pairs(&self) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        for group in self.forms.chunk_by(|one, two| one.0 == two.0) {
            let group = &group[..group.len().min(MOST)];
            for (at, one) in group.iter().enumerate() {
                pairs.extend(group[at + 1..].iter().map(|two| (one.1, two.1)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// Number of forms behind which more names stand than are looked at.
    #[must_use]
    pub fn n_capped(&self) -> usize {
        self.n_capped
    }
}

fn place(form: u64, n_words: usize) -> (usize, u64) {
    let bits = form >> 6;
    #[expect(clippy::cast_possible_truncation, reason = "less than the number of words")]
    let word = (bits % n_words.max(1) as u64) as usize;
    (word, 1 << (form & 63))
}

/// Hands on the name itself and all that is left of it without one letter, hashed; nothing for short names.
fn each_form(name: &str, mut each: impl FnMut(u64)) {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let letters: Vec<u64> =
        name.chars().map(|letter| u64::from(u32::from(letter)).wrapping_mul(0xff51_afd7_ed55_8ccd)).collect();
    if letters.len() < SHORTEST {
        return;
    }
    // A form is the polynomial of what stands before the letter that is left out, and of what stands behind it.
    let mut behind = vec![0_u64; letters.len() + 1];
    let mut power = vec![1_u64; letters.len() + 1];
    for at in (0..letters.len()).rev() {
        let n = letters.len() - at;
        power[n] = power[n - 1].wrapping_mul(BASE);
        behind[at] = letters[at].wrapping_mul(power[n - 1]).wrapping_add(behind[at + 1]);
    }
    each(mixed(behind[0]));
    let mut before = 0_u64;
    for (at, letter) in letters.iter().enumerate() {
        each(mixed(before.wrapping_mul(power[letters.len() - at - 1]).wrapping_add(behind[at + 1])));
        before = before.wrapping_mul(BASE).wrapping_add(*letter);
    }
}

fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// Returns the number of slips between two names, if at most two: a letter too many, too few, another one, or two changed
/// about (optimal string alignment).
#[must_use]
pub fn slips(one: &str, other: &str) -> Option<usize> {
    if one.len().abs_diff(other.len()) > 8 {
        return None;
    }
    let distance = strsim::osa_distance(one, other);
    (distance <= 2).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_one_letter_apart_meet() {
        let names = ["tembelin", "tembeliin", "tembxlin", "tembeiln", "borealis"];
        let near = Near::of((0..).zip(names));
        assert_eq!(near.to("tembelin"), [0, 1, 2, 3]);
        assert_eq!(near.pairs(), [(0, 1), (0, 2), (0, 3)]);
        assert_eq!(near.to("borealus"), [4]);
        assert_eq!(slips("tembelin", "tembeiln"), Some(1), "two letters changed about");
    }
}
