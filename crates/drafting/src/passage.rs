//! A passage: one clause, heading or note of a text, as the functions on texts take it.

/// One clause of a text, whatever tree it was read into. Ranges of what is found in it are bytes of its `text`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passage<'a> {
    /// Its place as a person would name it: `considering e)`, `resolves 3`, `title`.
    pub place: &'a str,
    /// The call that it stands under, with its addressee: `resolves to instruct TSAG`; empty for titles, calls and notes, of which
    /// only the words are looked at.
    pub call: &'a str,
    /// Its number, letter or dash, without the tab behind it; empty where it has none.
    pub label: &'a str,
    /// Its words, without the label.
    pub text: &'a str,
}
