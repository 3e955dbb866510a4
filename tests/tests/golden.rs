//! `golden/mini.smsb`: built the same for ever, refused when a bit is other.

use smsfilter::bundle::{BundleError, Limits, SigningKey, TrustRoot, open};

fn golden() -> Vec<u8> {
    std::fs::read(smsfilter_tests::root().join("golden/mini.smsb")).unwrap()
}

fn refusal(bytes: &[u8]) -> BundleError {
    open(bytes, &TrustRoot::development(), &Limits::default()).expect_err("must be refused")
}

#[test]
fn the_layer_builds_to_the_golden_bytes_and_reads_back() {
    let layer = smsfilter_tests::layer("mini");
    let bytes = smsfilter_tests::bundle_bytes(&layer);
    assert!(bytes == golden(), "the bytes changed: on purpose? cargo run -p smsfilter-tests --bin write-golden");
    assert!(bytes.len() <= 16 << 10, "{}", bytes.len());
    let opened = open(&bytes, &TrustRoot::development(), &Limits::default()).unwrap();
    assert_eq!(opened.layer, layer);
    assert_eq!(opened.signers, [SigningKey::development(0).id()]);
}

#[test]
fn cut_off_at_any_byte_it_is_refused() {
    let file = golden();
    let signed = file.len() - 80; // key and signature
    for length in 0..file.len() {
        let code = refusal(&file[..length]).code();
        let expected = match length {
            0 => "not-a-bundle",
            n if n < signed => "truncated",
            n if n == signed => "not-signed",
            _ => "malformed",
        };
        assert_eq!(code, expected, "{length} bytes");
    }
}

#[test]
fn with_any_bit_flipped_it_is_refused() {
    let mut file = golden();
    let mut codes = std::collections::BTreeSet::new();
    for bit in 0..file.len() * 8 {
        file[bit / 8] ^= 1 << (bit % 8);
        codes.insert(refusal(&file).code());
        file[bit / 8] ^= 1 << (bit % 8);
    }
    for code in ["not-a-bundle", "section-damaged", "wrong-signature", "unknown-signer"] {
        assert!(codes.contains(code), "{codes:?}");
    }
}

#[test]
fn two_signatures_satisfy_a_root_of_two_and_one_does_not() {
    let layer = smsfilter_tests::layer("mini");
    let unsigned = smsfilter::bundle::write(&layer, [0; 32]).unwrap();
    let keys = [SigningKey::development(0), SigningKey::development(1)];
    let both = unsigned.sign(&[&keys[0], &keys[1]]);
    assert_eq!(unsigned.sign(&[&keys[1], &keys[0]]), both, "the order of signing does not show");
    let opened = open(&both, &TrustRoot::development(), &Limits::default()).unwrap();
    assert_eq!(opened.signers.len(), 2);
    let root = TrustRoot::new("two", &[keys[0].public(), keys[1].public()], 2).unwrap();
    assert!(open(&both, &root, &Limits::default()).is_ok());
    assert_eq!(open(&golden(), &root, &Limits::default()).unwrap_err().code(), "threshold-not-met");
    let stranger = TrustRoot::new("other", &[SigningKey::from_seed(&[9; 32]).public()], 1).unwrap();
    assert_eq!(open(&golden(), &stranger, &Limits::default()).unwrap_err().code(), "unknown-signer");
}
