//! What a text sums to by the definition, and what must hold for any text and any bytes.

use super::{format::Head, *};
use proptest::prelude::*;
use std::collections::HashMap;

/// A model whose weights are `weight` of row and category.
fn model(rows_log2: u8, weight: impl Fn(usize, usize) -> i8) -> Model {
    let mut rows: Vec<[i8; LANES]> =
        (0..1 << rows_log2).map(|row| std::array::from_fn(|lane| weight(row, lane))).collect();
    rows[0] = [0; LANES];
    let head = Head {
        fold: [7; 32],
        bias: std::array::from_fn(|lane| (lane as i32 - 4) << 16),
        scale: std::array::from_fn(|lane| 1 << (9 + lane)),
        dense: std::array::from_fn(|at| std::array::from_fn(|lane| (at * 10 + lane) as i16 - 100)),
    };
    Model::parse(format::write(&head, &rows).into()).unwrap()
}

/// Weights without pattern.
fn noise(row: usize, lane: usize) -> i8 {
    let mixed = (row as u32 * 8 + lane as u32).wrapping_mul(2_654_435_761);
    (mixed >> 24) as u8 as i8
}

/// The tokens of a text by the words of the definition: `None` is a boundary.
fn tokens(text: &str) -> Vec<Option<u32>> {
    let mut tokens: Vec<Option<u32>> = Vec::new();
    for c in text.chars() {
        let is_token = c.is_ascii_alphanumeric()
            || ('\u{3400}'..='\u{9fff}').contains(&c)
            || ('\u{f900}'..='\u{faff}').contains(&c)
            || ('\u{20000}'..='\u{3ffff}').contains(&c)
            || "々〆〇".contains(c)
            || (('\u{3041}'..='\u{30ff}').contains(&c) && !"\u{30a0}・".contains(c))
            || ('가'..='힣').contains(&c);
        let token = is_token.then_some(if c.is_ascii_digit() { '0' as u32 } else { c as u32 });
        if !(token == Some('0' as u32) && tokens.last() == Some(&token)) {
            tokens.push(token);
        }
    }
    tokens
}

/// Sums by the definition: every n-gram is counted, then hashed.
fn slow(rows_log2: u8, weight: impl Fn(usize, usize) -> i8, text: &str) -> Sums {
    let tokens = tokens(text);
    let mut counts: HashMap<Vec<u32>, i32> = HashMap::new();
    for order in [2, 3] {
        for gram in tokens.windows(order) {
            if let Some(gram) = gram.iter().copied().collect::<Option<Vec<u32>>>() {
                *counts.entry(gram).or_default() += 1;
            }
        }
    }
    let mut sums = [0; LANES];
    for (gram, count) in counts {
        let hash = gram[1..].iter().fold(gram[0].wrapping_shl(16), |hash, token| {
            ((u128::from(hash ^ token) * 0x9E37_79B9_7F4A_7C15) >> 32) as u32
        });
        let row = hash as usize % (1 << rows_log2);
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum += if row == 0 { 0 } else { count * i32::from(weight(row, lane)) };
        }
    }
    sums
}

const TEXTS: &[&str] = &[
    "",
    "贷",
    "贷款",
    "无抵押贷款秒到账",
    "您的验证码是123456,5分钟内有效",
    "会员日5折起,满300减50,详询400-800-8888",
    "click bit.ly/abc 领取",
    "ひらがな・カタカナ 한국어 々〇𠀀",
    "。。。!!!",
    "1 2 3",
    "购12件,ok",
];

#[test]
fn texts_sum_to_what_the_definition_says() {
    for rows_log2 in ROWS_LOG2 {
        let model = model(rows_log2, noise);
        for text in TEXTS {
            assert_eq!(model.sums(text), slow(rows_log2, noise, text), "{text} at {rows_log2}");
        }
    }
}

#[test]
fn sums_are_these_numbers_on_every_platform() {
    let model = model(15, noise);
    let golden = [
        ("无抵押贷款秒到账", [9, -240, 25, -222, 46, 53, -196, 325]),
        ("您的验证码是123456,5分钟内有效", [301, -119, -26, 67, 158, -7, -425, -333]),
    ];
    for (text, sums) in golden {
        assert_eq!(model.sums(text), sums, "{text}");
    }
}

#[test]
fn a_run_of_digits_is_one_symbol_whatever_the_digits() {
    let model = model(15, noise);
    for same in ["码1是", "码23是", "码4567890是"] {
        assert_eq!(model.sums(same), model.sums("码0是"));
    }
    assert_ne!(model.sums("码1是"), model.sums("码是"));
    assert_eq!(model.sums("12345"), [0; LANES]);
}

#[test]
fn no_n_gram_crosses_or_contains_a_boundary() {
    let model = model(15, noise);
    let parts = ["贷款", "秒到账", "ok"];
    let sum =
        parts.map(|part| model.sums(part)).into_iter().reduce(|a, b| std::array::from_fn(|lane| a[lane] + b[lane]));
    for boundary in [",", "。", " ", "\n", "💰", "é", "\u{e000}", "・"] {
        assert_eq!(model.sums(&parts.join(boundary)), sum.unwrap(), "{boundary:?}");
    }
}

#[test]
fn a_long_text_of_one_character_sums_exactly() {
    let model = model(14, |_, lane| if lane % 2 == 0 { -128 } else { 127 });
    for length in [1, 2, 126, 127, 128, 129, 255, 100_001] {
        let grams = (2 * length as i32 - 3).max(0);
        let wanted: Sums = std::array::from_fn(|lane| grams * if lane % 2 == 0 { -128 } else { 127 });
        assert_eq!(model.sums(&"a".repeat(length)), wanted, "{length}");
    }
}

#[test]
fn points_stay_within_their_ends_for_the_largest_numbers() {
    let head =
        Head { fold: [0; 32], bias: [i32::MIN; LANES], scale: [i32::MIN; LANES], dense: [[i16::MIN; LANES]; DENSE] };
    let model = Model::parse(format::write(&head, &vec![[0; LANES]; 1 << 14]).into()).unwrap();
    let dense = Dense { class: SenderClass::Landline, traits: Traits::from_bits(u32::MAX) };
    for (sum, points) in [(i32::MIN, MAX_POINTS), (i32::MAX, -MAX_POINTS)] {
        assert_eq!(model.points([sum; LANES], dense)[1..], [points; LANES]);
    }
}

#[test]
fn points_are_the_scaled_sums_of_text_class_and_traits() {
    let model = model(14, noise);
    let mut traits = Traits::default();
    traits.insert(TRAITS[0].0);
    let dense = Dense { class: SenderClass::Port, traits };
    let points = model.points([1000, -1000, 0, 5, 0, 0, 0, 0], dense);
    for lane in 0..LANES {
        let weight = |feature: i64| feature * 10 + lane as i64 - 100;
        let total = [1000, -1000, 0, 5, 0, 0, 0, 0][lane] + weight(SenderClass::Port as i64) + weight(CLASSES as i64);
        let exact = (total * (1 << (9 + lane))).div_euclid(1 << 16) + lane as i64 - 4;
        assert_eq!(i64::from(points[lane + 1]), exact.clamp(-60, 60));
    }
    assert_eq!(points[0], 0);
}

#[test]
fn ids_of_dense_features_never_change() {
    let ids: Vec<u8> = (0..DENSE).map(dense_id).collect();
    let classes = 0..13;
    let traits = 32..32 + 18;
    assert_eq!(ids[..CLASSES + 18], classes.chain(traits).collect::<Vec<u8>>());
    assert!(ids.is_sorted_by(|a, b| a < b));
}

#[test]
fn a_model_reads_back_as_it_was_written_and_knows_what_it_is_not() {
    let good = model(14, noise);
    let bytes = good.bytes().to_vec();
    assert_eq!(bytes.len() % 8, 0);
    assert_eq!((good.rows(), good.fold_digest()), (1 << 14, [7; 32]));
    assert_eq!(format::write(&good.head, &rows(&good)), bytes);
    let table = bytes.len() - (LANES << 14) - 8;
    let cases: &[(&str, usize, u8)] = &[
        ("not-a-model", 0, b'X'),
        ("needs-newer-engine", 8, 2),
        ("malformed", 8, 0),
        ("needs-newer-engine", 12, 2),
        ("needs-newer-engine", 16, 2),
        ("needs-newer-engine", 20, 28),
        ("needs-newer-engine", 24, 2),
        ("malformed", 29, 255),
        ("malformed", 128, 1),
        ("needs-newer-engine", 128 + DENSE - 1, 200),
        ("needs-newer-engine", table, 1),
        ("malformed", table + 1, 13),
        ("length", table + 1, 15),
        ("malformed", table + 7, 1),
        ("malformed", table + 8, 1),
    ];
    for (code, at, value) in cases {
        let mut bytes = bytes.clone();
        bytes[*at] = *value;
        assert_eq!(Model::parse(bytes.into()).unwrap_err().code(), *code, "byte {at}");
    }
}

fn rows(model: &Model) -> Vec<[i8; LANES]> {
    model.table().iter().map(|row| row.map(|weight| weight as i8)).collect()
}

#[test]
fn a_model_cut_off_or_with_a_flipped_bit_is_refused_or_works() {
    let bytes = model(14, noise).bytes().to_vec();
    let head = bytes.len() - (LANES << 14) + LANES;
    for length in (0..head).chain([bytes.len() - 1]) {
        assert!(Model::parse(bytes[..length].to_vec().into()).is_err(), "{length}");
    }
    assert_eq!(Model::parse([&bytes[..], &[0]].concat().into()).unwrap_err().code(), "length");
    for bit in (0..head * 8).chain([bytes.len() * 8 - 1]) {
        let mut bytes = bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        if let Ok(model) = Model::parse(bytes.into()) {
            let points = model.points(model.sums("无抵押贷款123"), Dense::default());
            assert!(points.iter().all(|points| points.abs() <= MAX_POINTS));
        }
    }
}

proptest! {
    #[test]
    fn any_text_sums_to_what_the_definition_says(text in "[贷款加微信0-9a-z,。 é💰々]{0,200}") {
        let model = model(14, noise);
        prop_assert_eq!(model.sums(&text), slow(14, noise, &text));
        let mut reader = Reader::new(&model);
        for (at, c) in text.char_indices() {
            prop_assert_eq!(reader.sums(), model.sums(&text[..at]));
            reader.feed(c);
        }
    }

    #[test]
    fn any_bytes_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), keep in 0usize..128) {
        let good = model(14, noise);
        let bytes = [&good.bytes()[..keep], &bytes].concat();
        prop_assert!(Model::parse(bytes.into()).is_err());
    }
}
