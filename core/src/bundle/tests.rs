//! Attacks on the container and on the content, and what must survive them.

use super::{
    envelope::sha256,
    sample::{preset, sample},
    *,
};
use crate::{
    Policy, Subcategory,
    policy::{Action, Exception, Parts},
    rule::*,
};
use proptest::prelude::*;

fn base() -> Layer {
    sample("test", "national", LayerKind::Base, 7)
}

fn key(n: u8) -> SigningKey {
    SigningKey::development(n)
}

fn signed(layer: &Layer) -> Vec<u8> {
    write(layer, [7; 32]).unwrap().sign(&[&key(0)])
}

fn try_open(bytes: &[u8]) -> Result<Bundle, BundleError> {
    open(bytes, &TrustRoot::development(), &Limits::default())
}

fn code(bytes: &[u8]) -> &'static str {
    try_open(bytes).expect_err("must be refused").code()
}

fn u64_at(bytes: &[u8], at: usize) -> usize {
    u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap()) as usize
}

/// Hashes and signs again whatever header and table now say: the mutant of somebody who holds the key.
fn resign(bytes: &mut Vec<u8>, sections: usize) {
    let table_end = 128 + 64 * sections;
    for row in (128..table_end).step_by(64) {
        let (offset, length) = (u64_at(bytes, row + 8), u64_at(bytes, row + 16));
        let section = offset.checked_add(length).and_then(|end| bytes.get(offset..end));
        if let Some(hash) = section.map(sha256) {
            bytes[row + 32..row + 64].copy_from_slice(&hash);
        }
    }
    bytes.truncate(bytes.len() - 80);
    *bytes = envelope::sign(bytes, Kind::Bundle, sections, &[&key(0)]);
}

fn resigned(mut bytes: Vec<u8>, change: impl FnOnce(&mut [u8])) -> Vec<u8> {
    change(&mut bytes);
    let sections = bytes[56];
    resign(&mut bytes, sections.into());
    bytes
}

#[test]
fn a_layer_survives_the_round_trip_and_encodes_to_the_same_bytes() {
    for (kind, presets) in [
        (LayerKind::Base, vec![preset("a"), preset("calm")]),
        (LayerKind::Base, vec![]),
        (LayerKind::Addition, vec![preset("calm")]),
        (LayerKind::User, vec![]),
    ] {
        let layer = Layer { presets, ..sample("test", "a", kind, 7) };
        let file = signed(&layer);
        let bundle = try_open(&file).unwrap();
        assert_eq!(bundle.layer, layer);
        assert_eq!(bundle.signers, [key(0).id()]);
        assert_eq!(bundle.digest, sha256(&file));
        assert_eq!(write(&bundle.layer, bundle.header.source_hash).unwrap().sign(&[&key(0)]), file);
    }
}

#[test]
fn the_bytes_of_format_1_do_not_change() {
    // Phones in the field read this. If it fails, an enum or a struct of the model was reordered: raise the schema.
    let file = signed(&base());
    assert_eq!(file.len(), GOLDEN.0);
    assert_eq!(hex(&sha256(&file)), GOLDEN.1);
}

const GOLDEN: (usize, &str) = (1626, "3209a980a30bcb6d93e3ce6c340dffc99afc3c1e9cdac3170afe8bb86406129c");

#[test]
fn inspect_tells_claims_without_trust() {
    let file = write(&base(), [7; 32]).unwrap().sign(&[&SigningKey::from_seed(&[9; 32])]);
    let claims = inspect(&file).unwrap();
    assert_eq!((claims.header.seq, claims.header.source_hash), (7, [7; 32]));
    assert_eq!(claims.claimed_signers, [SigningKey::from_seed(&[9; 32]).id()]);
    let names: Vec<_> = claims.sections.iter().filter_map(|section| section_name(section.kind)).collect();
    assert_eq!(names, ["meta", "fold", "words", "rules", "registries", "examples"]);
}

#[test]
fn a_bundle_cut_off_at_any_byte_is_refused() {
    let file = signed(&base());
    for len in 0..file.len() {
        assert!(try_open(&file[..len]).is_err(), "cut at {len}");
        assert!(inspect(&file[..len]).is_err(), "cut at {len}");
    }
    assert_eq!(code(&file[..40]), "truncated");
    assert_eq!(code(&file[..4]), "truncated");
    assert_eq!(code(&file[..file.len() - 80]), "not-signed");
}

#[test]
fn a_flip_of_any_bit_is_refused() {
    let mut file = signed(&base());
    for bit in 0..file.len() * 8 {
        file[bit / 8] ^= 1 << (bit % 8);
        assert!(try_open(&file).is_err(), "bit {bit}");
        file[bit / 8] ^= 1 << (bit % 8);
    }
    assert!(try_open(&file).is_ok());
}

#[test]
fn a_re_signed_mutant_never_panics_and_what_is_accepted_is_canonical() {
    let file = signed(&base());
    let body = 128 + 64 * 6;
    let mut accepted = 0;
    // All bits of the framing, and one bit of each byte of the content; all of its bits are below.
    let bits = (0..body * 8).chain((body..file.len() - 80).map(|byte| byte * 8 + byte % 8));
    for bit in bits {
        let mut mutant = file.clone();
        mutant[bit / 8] ^= 1 << (bit % 8);
        resign(&mut mutant, 6);
        if let Ok(bundle) = try_open(&mutant) {
            accepted += 1;
            let again = write(&bundle.layer, bundle.header.source_hash).unwrap().sign(&[&key(0)]);
            assert!(again[128..file.len() - 80] == mutant[128..file.len() - 80], "bit {bit}");
        }
    }
    assert!(accepted > 256, "the mutants reach the content: {accepted}");
}

#[test]
fn hostile_content_never_panics_and_what_decodes_is_canonical() {
    fn attack<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) {
        let bytes = wire::encode(value);
        let check = |mutant: &[u8]| {
            if let Ok(value) = wire::decode::<T>(mutant) {
                assert_eq!(wire::encode(&value), mutant);
            }
        };
        for at in 0..bytes.len() {
            check(&bytes[..at]);
            for bit in 0..8 {
                let mut mutant = bytes.clone();
                mutant[at] ^= 1 << bit;
                check(&mutant);
            }
            for word in [0, 1 << 20, 1 << 31, 1 << 32, 1 << 62, u64::MAX] {
                let mut mutant = bytes.clone();
                mutant.iter_mut().skip(at).zip(u64::to_le_bytes(word)).for_each(|(to, from)| *to = from);
                check(&mutant);
            }
        }
    }
    let layer = base();
    attack(&layer.meta);
    attack(&layer.words);
    attack(&layer.rules);
    attack(&layer.registries);
    attack(&layer.examples);
    attack(&vec![preset("calm")]);
}

#[test]
fn decoded_operations_are_no_larger_than_the_limits_say() {
    let wire = wire::encode(&Op::Not).len();
    assert!(2 * size_of::<Op>() <= 16 * wire, "{} from {wire}", size_of::<Op>());
    assert!(2 * size_of::<String>() <= 6 * wire::encode(&String::new()).len());
}

#[test]
fn an_over_long_file_is_refused() {
    let mut file = signed(&base());
    file.push(0);
    assert_eq!(code(&file), "malformed");
    file.resize(file.len() - 1 + 80, 0);
    assert_eq!(code(&file), "needs-newer-engine", "an entry of algorithm 0");
    file.resize(file.len() + 80 * 8, 0);
    assert_eq!(code(&file), "over-limit");
    let limits = Limits { bundle_bytes: 100, ..Limits::default() };
    assert_eq!(open(&file, &TrustRoot::development(), &limits).unwrap_err().code(), "over-limit");
}

#[test]
fn re_ordered_overlapping_and_padded_sections_are_refused() {
    let file = signed(&base());
    let swapped = resigned(file.clone(), |bytes| {
        let (first, second) = bytes[128..256].split_at_mut(64);
        first.swap_with_slice(second);
    });
    assert_eq!(code(&swapped), "malformed");
    let second = u64_at(&file, 192 + 8);
    let overlapping =
        resigned(file.clone(), |bytes| bytes[192 + 8..192 + 16].copy_from_slice(&(second as u64 - 64).to_le_bytes()));
    assert_eq!(code(&overlapping), "malformed");
    let padded = resigned(file, |bytes| bytes[second - 1] = 1);
    assert_eq!(code(&padded), "malformed");
}

#[test]
fn what_a_newer_engine_wrote_is_told_apart_from_damage() {
    let file = signed(&base());
    let with = |at: usize, value: u8| resigned(file.clone(), |bytes| bytes[at] = value);
    assert_eq!(code(&with(10, 2)), "needs-newer-engine", "major");
    assert!(try_open(&with(11, 9)).is_ok(), "minor");
    assert_eq!(code(&with(52, 99)), "needs-newer-engine", "min_engine");
    assert_eq!(code(&with(48, 1)), "needs-newer-keyset");
    let last_row = 128 + 64 * 5;
    assert_eq!(code(&with(last_row, 77)), "needs-newer-engine", "critical section type");
    assert_eq!(code(&with(last_row + 4, 2)), "needs-newer-engine", "schema");
    assert_eq!(code(&with(8, 3)), "wrong-kind");
}

#[test]
fn an_unknown_optional_section_is_skipped_and_its_hash_still_checked() {
    let layer = base();
    let mut parts = content::encode(&layer);
    parts.push((900, 4, 2, b"from the future".to_vec()));
    let mut header = try_open(&signed(&layer)).unwrap().header;
    header.minor = 1;
    let mut file = envelope::build(header, &parts);
    file[128 + 64 * 6 + 2] = 0;
    let file = envelope::sign(&file, Kind::Bundle, 7, &[&key(0)]);
    let bundle = try_open(&file).unwrap();
    assert_eq!((bundle.layer, bundle.sections.len()), (layer, 7));
    let mut damaged = file.clone();
    let at = damaged.len() - 81;
    damaged[at] ^= 1;
    assert_eq!(code(&damaged), "section-damaged");
}

#[test]
fn a_wrong_key_is_told_apart_from_a_bad_signature() {
    let stranger = SigningKey::from_seed(&[9; 32]);
    let foreign = write(&base(), [7; 32]).unwrap().sign(&[&stranger]);
    let error = try_open(&foreign).unwrap_err();
    assert_eq!(error.code(), "unknown-signer");
    assert!(error.to_string().contains(&stranger.id().to_string()), "{error}");
    let mut bad = signed(&base());
    *bad.last_mut().unwrap() ^= 1;
    assert_eq!(code(&bad), "wrong-signature");
    let mixed = write(&base(), [7; 32]).unwrap().sign(&[&stranger, &key(0)]);
    assert_eq!(try_open(&mixed).unwrap().signers, [key(0).id()]);
}

#[test]
fn two_of_two_needs_two_different_keys_and_either_may_sign_later() {
    let keys = [key(2).public(), key(3).public()];
    let trust = TrustRoot::new("two", &keys, 2).unwrap();
    let open = |file: &[u8]| open(file, &trust, &Limits::default());
    let unsigned = write(&base(), [7; 32]).unwrap();
    let first = unsigned.sign(&[&key(2), &key(2)]);
    assert_eq!(open(&first).unwrap_err().code(), "threshold-not-met");
    let both = add_signature(&first, &key(3)).unwrap();
    assert_eq!(both, unsigned.sign(&[&key(3), &key(2)]));
    assert_eq!(open(&both).unwrap().signers.len(), 2);
    assert_eq!(add_signature(&both, &key(3)).unwrap_err().code(), "already-signed");
    let mut bad = both.clone();
    *bad.last_mut().unwrap() ^= 1;
    assert_eq!(open(&bad).unwrap_err().code(), "wrong-signature", "one good signature does not excuse the other");
    let mut twice = first.clone();
    twice.extend_from_slice(&first[first.len() - 80..]);
    assert_eq!(open(&twice).unwrap_err().code(), "malformed");
}

#[test]
fn no_signature_is_added_to_a_damaged_bundle_nor_a_ninth() {
    let mut file = signed(&base());
    for seed in 10..17 {
        file = add_signature(&file, &SigningKey::from_seed(&[seed; 32])).unwrap();
    }
    assert!(try_open(&file).is_ok());
    assert_eq!(add_signature(&file, &key(1)).unwrap_err().code(), "over-limit");
    let mut damaged = signed(&base());
    damaged[128 + 64 * 6] ^= 1;
    assert_eq!(add_signature(&damaged, &key(1)).unwrap_err().code(), "section-damaged");
}

#[test]
fn weak_and_second_encodings_of_keys_are_refused() {
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut second_zero = [0xff; 32];
    (second_zero[0], second_zero[31]) = (0xed, 0x7f);
    for bytes in [[0; 32], identity, second_zero, [0xff; 32]] {
        assert_eq!(PublicKey::from_bytes(bytes).unwrap_err().code(), "weak-key");
    }
    let public = key(0).public();
    assert_eq!(PublicKey::from_bytes(public.to_bytes()), Ok(public));
}

#[test]
fn a_trust_root_that_cannot_work_is_refused() {
    let keys = [key(0).public(), key(1).public()];
    for (keys, threshold) in [(&keys[..0], 1), (&keys[..], 0), (&keys[..], 3), (&[keys[0], keys[0]], 1)] {
        assert_eq!(TrustRoot::new("bad", keys, threshold).unwrap_err().code(), "bad-trust-root");
    }
    assert!(TrustRoot::development().is_development());
    assert!(TrustRoot::new("renamed", &keys[..1], 1).unwrap().is_development());
    assert!(!TrustRoot::new("own", &[SigningKey::from_seed(&[9; 32]).public()], 1).unwrap().is_development());
}

#[test]
fn debug_of_a_private_key_shows_no_secret() {
    let shown = format!("{:?}", SigningKey::from_seed(&[0xab; 32]));
    assert!(!shown.contains("abab") && !shown.contains("171"), "{shown}");
}

#[test]
fn a_layer_that_breaks_a_rule_of_content_is_refused_by_writer_and_reader() {
    type Change = fn(&mut Layer);
    let changes: &[(&str, Change)] = &[
        ("invalid-content", |layer| layer.fold = None),
        ("invalid-content", |layer| layer.meta.kind = LayerKind::Addition),
        ("invalid-content", |layer| layer.words.lists.swap(0, 1)),
        ("invalid-content", |layer| layer.words.lists[0].keywords.swap(0, 1)),
        ("invalid-content", |layer| layer.words.lists[0].keywords[1] = "秒到账".into()),
        ("invalid-content", |layer| layer.words.lists[1].keywords[0].clear()),
        ("over-limit", |layer| layer.words.lists[1].keywords[0] = "长".repeat(65)),
        ("invalid-content", |layer| layer.words.aliases[0].forms[1] = "代款".into()),
        ("over-limit", |layer| layer.words.patterns[0].regex = "a".repeat(1025)),
        ("invalid-content", |layer| layer.rules.swap(0, 1)),
        ("invalid-content", |layer| layer.rules[1].id = "loan.word".into()),
        ("invalid-content", |layer| layer.rules[0].effect = Effect::Act(Action::Inbox)),
        ("invalid-content", |layer| layer.rules[0].condition.0[0] = Op::List(2, 1)),
        ("invalid-content", |layer| layer.rules[0].condition.0[0] = Op::List(0, 0)),
        ("invalid-content", |layer| layer.rules[0].condition.0[0] = Op::List(0, 3)),
        ("invalid-content", |layer| layer.rules[0].condition.0[0] = Op::Pattern(1)),
        ("invalid-content", |layer| layer.rules[1].condition.0[0] = Op::Rule(1)),
        ("invalid-content", |layer| layer.rules[0].condition.0.truncate(2)),
        ("invalid-content", |layer| layer.rules[0].condition.0.clear()),
        ("over-limit", |layer| layer.rules[0].condition.0 = vec![Op::Not; 513]),
        ("invalid-content", |layer| layer.rules[1].from = Some(20_001)),
        ("invalid-content", |layer| {
            let category = Subcategory { index: 99, ..Subcategory::parse("fraud").unwrap() };
            layer.rules[1].effect = Effect::Points { category, points: 1 };
        }),
        ("invalid-content", |layer| {
            layer.rules[1].effect = Effect::Points { category: Subcategory::default(), points: -1001 };
        }),
        ("invalid-content", |layer| layer.registries.domains[0].host = "Icbc.com.cn".into()),
        ("invalid-content", |layer| layer.examples[0].rule = "none".into()),
        ("over-limit", |layer| layer.meta.title.zh = "长".repeat(400)),
        ("invalid-content", |layer| layer.presets = vec![preset("b"), preset("a")]),
        ("invalid-content", |layer| layer.presets = vec![preset("")]),
        ("over-limit", |layer| layer.presets = vec![preset(&"a".repeat(97))]),
        ("over-limit", |layer| layer.presets = (100..165).map(|n| preset(&n.to_string())).collect()),
        ("invalid-content", |layer| {
            let over = Exception { sim: Some(0), over_floor: true, ..Exception::default() };
            let parts = Parts { name: "x".into(), exceptions: vec![over], ..Parts::default() };
            layer.presets = vec![crate::policy::Preset { policy: Policy::new(parts).unwrap(), ..preset("x") }];
        }),
        ("malformed", |layer| layer.meta.publisher = "Test".into()),
        ("malformed", |layer| layer.meta.layer = "seventeen-letters".into()),
        ("malformed", |layer| layer.meta.not_after = 0),
    ];
    for (at, (expected, change)) in changes.iter().enumerate() {
        let mut layer = base();
        change(&mut layer);
        assert_eq!(write(&layer, [0; 32]).unwrap_err().code(), *expected, "change {at}");
        if *expected == "malformed" {
            continue;
        }
        let header = try_open(&signed(&base())).unwrap().header;
        let parts = content::encode(&layer);
        let file = envelope::build(header, &parts);
        let file = envelope::sign(&file, Kind::Bundle, parts.len(), &[&key(0)]);
        assert_eq!(code(&file), *expected, "change {at}");
    }
    let mut user = sample("test", "mine", LayerKind::User, 1);
    user.rules[1].effect = base().rules[1].effect;
    assert_eq!(write(&user, [0; 32]).unwrap_err().code(), "invalid-content");
    let user = Layer { presets: vec![preset("calm")], ..sample("test", "mine", LayerKind::User, 1) };
    assert_eq!(write(&user, [0; 32]).unwrap_err().code(), "invalid-content");
}

#[test]
fn header_and_meta_must_agree() {
    for (at, value) in [(24, 8), (32, 1), (40, 1), (96, b'u'), (112, b'm')] {
        let file = resigned(signed(&base()), |bytes| bytes[at] = value);
        assert_eq!(code(&file), "header-mismatch", "byte {at}");
    }
}

#[test]
fn a_file_for_one_kind_is_none_for_another() {
    // The same bytes signed as a feed: the domain tag differs.
    let file = signed(&base());
    let as_feed = envelope::sign(&file[..file.len() - 80], Kind::Feed, 6, &[&key(0)]);
    assert_eq!(code(&as_feed), "wrong-signature");
}

proptest! {
    #[test]
    fn random_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600), magic: bool) {
        let mut file = if magic { signed(&base())[..16].to_vec() } else { Vec::new() };
        file.extend(bytes);
        prop_assert!(try_open(&file).is_err());
        prop_assert!(inspect(&file).is_err());
    }

    #[test]
    fn random_changes_re_signed_never_panic(changes in proptest::collection::vec((0usize..1 << 16, any::<u8>()), 1..8)) {
        let mut file = signed(&base());
        let len = file.len() - 80;
        changes.iter().for_each(|(at, value)| file[at % len] = *value);
        resign(&mut file, 6);
        let _ = try_open(&file);
    }
}
