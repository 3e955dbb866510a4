//! Writes `golden/mini.smsb` again, after a deliberate change of the format or of `layers/mini`.

fn main() -> std::io::Result<()> {
    let bytes = smsfilter_tests::bundle_bytes(&smsfilter_tests::layer("mini"));
    std::fs::write(smsfilter_tests::root().join("golden/mini.smsb"), bytes)
}
