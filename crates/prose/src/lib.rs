//! Prose: what a document says comes out - events, sessions, persons, organisations, agreements, conclusions - each with
//! the words that say so.
