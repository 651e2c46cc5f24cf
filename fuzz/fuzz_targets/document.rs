//! One target for every format of documents: the variable `FORMAT` names the one that is fuzzed.
#![no_main]

use std::sync::LazyLock;

static NAME: LazyLock<String> = LazyLock::new(|| {
    // A panic that a reader catches is none; the fuzzer's own hook would end the program there. Others end it later.
    std::panic::set_hook(Box::new(|panic| eprintln!("{panic}")));
    std::env::var("FORMAT").expect("FORMAT names the format to fuzz")
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::document::check(&NAME, bytes));
