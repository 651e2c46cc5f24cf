//! What must hold for any bytes, for adapters and for readers of documents.

#[cfg(feature = "adapter")]
pub mod adapter;
pub mod document;
