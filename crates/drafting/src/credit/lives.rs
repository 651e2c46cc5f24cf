//! When each token entered the main line of a text, and when it left it for good.

/// A token that never entered.
const NEVER: i64 = i64::MIN;

/// The times of every token.
#[derive(Default)]
pub(super) struct Lives {
    entered: Vec<i64>,
    left: Vec<i64>,
    /// Main texts in which it stands now.
    n_standing: Vec<u32>,
}

impl Lives {
    pub(super) fn resize(&mut self, n_tokens: usize) {
        self.entered.resize(n_tokens, NEVER);
        self.left.resize(n_tokens, NEVER);
        self.n_standing.resize(n_tokens, 0);
    }

    pub(super) fn enter(&mut self, token: u32, time: i64) {
        let at = token as usize;
        self.n_standing[at] += 1;
        if self.entered[at] == NEVER {
            self.entered[at] = time;
        }
    }

    pub(super) fn leave(&mut self, token: u32, time: i64) {
        let at = token as usize;
        self.n_standing[at] = self.n_standing[at].saturating_sub(1);
        self.left[at] = time;
    }

    /// Returns when a token entered and, unless it stands, when it left; `None` if it never entered.
    pub(super) fn of(&self, token: u32) -> Option<(i64, Option<i64>)> {
        let at = token as usize;
        let entered = self.entered.get(at).copied().filter(|entered| *entered != NEVER)?;
        Some((entered, (self.n_standing[at] == 0).then_some(self.left[at])))
    }
}
