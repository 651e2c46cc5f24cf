//! Surfaces: distinct ways in which a party is written in facts, with how often.

/// One distinct way in which facts name a party.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Surface {
    /// The name as written.
    pub name: String,
    /// The country that the facts give beside it, as written; `None` where they give none.
    pub country: Option<String>,
    /// E-mail domains that stand beside it, with the number of facts, most frequent first.
    pub domains: Vec<(String, i64)>,
    /// Names that documents list beside it, as another source of the same document: they mean two organisations.
    pub beside: Vec<String>,
    /// Number of facts.
    pub n: i64,
}
