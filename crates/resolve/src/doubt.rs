//! Doubts: pairs of names that may or may not be one, for a person to say.

use crate::Contribution;

/// A pair of names on which the evidence is too thin for a rule to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// A name as written.
    pub a: String,
    /// Another one.
    pub b: String,
    /// Weight of evidence in bits; 0 is as likely one as two.
    pub bits: f64,
    /// What the weight is made of.
    pub contributions: Vec<Contribution>,
    /// Number of facts that the answer moves.
    pub n: i64,
}

impl Doubt {
    /// Returns the probability that both names stand for one.
    ///
    /// ```
    /// # let doubt = |bits| resolve::Doubt { a: "A".into(), b: "B".into(), bits, contributions: vec![], n: 10 };
    /// assert_eq!(doubt(0.0).probability(), 0.5);
    /// assert_eq!(doubt(2.0).probability(), 0.8, "four to one");
    /// ```
    #[must_use]
    pub fn probability(&self) -> f64 {
        1.0 / (1.0 + (-self.bits).exp2())
    }

    /// Returns the place in the queue: facts that the answer moves times uncertainty, which is 1 at even odds and 0 where
    /// all is clear.
    #[must_use]
    pub fn urgency(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a number of facts is far below 2^52")]
        let n = self.n as f64;
        n * (1.0 - (2.0 * self.probability() - 1.0).abs())
    }
}
