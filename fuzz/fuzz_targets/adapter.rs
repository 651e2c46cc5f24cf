//! One target for every adapter: the variable `ADAPTER` names the one that is fuzzed, so that no list is kept here.
#![no_main]

use std::sync::LazyLock;

static NAME: LazyLock<String> = LazyLock::new(|| std::env::var("ADAPTER").expect("ADAPTER names the adapter to fuzz"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::adapter::check(&NAME, bytes));
