#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| smsfilter_fuzz::run(smsfilter_tests::fuzz::toml, data));
