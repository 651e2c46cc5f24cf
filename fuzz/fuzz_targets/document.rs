//! One target for every format of documents: the variable `FORMAT` names the one that is fuzzed.
#![no_main]

use std::sync::LazyLock;

static NAME: LazyLock<String> = LazyLock::new(|| std::env::var("FORMAT").expect("FORMAT names the format to fuzz"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::document::check(&NAME, bytes));
