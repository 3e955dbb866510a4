//! What holds for any text.

use bytes::Bytes;
use proptest::{prelude::*, strategy::ValueTree};
use smsfilter::{
    Category, Filter, Message, Sender, Span, Verdict,
    bundle::Bundle,
    filter::Scratch,
    fold::Folded,
    image::{self, Image},
};
use smsfilter_tests::{bundle, compile, filter};
use std::sync::LazyLock;

static NATIONAL: LazyLock<Filter> = LazyLock::new(|| filter(&["national"]));
static MINI: LazyLock<Filter> = LazyLock::new(|| filter(&["mini"]));
static MINI_CITY: LazyLock<Filter> = LazyLock::new(|| filter(&["mini", "city"]));

/// Words of the rules, tricks and anything else.
fn text() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "贷款",
        "貸款",
        "代款",
        "信用",
        "亻言用",
        "加微信",
        "手续费",
        "保证金",
        "摇号",
        "停车",
        "购物节",
        "年息",
        "3%",
        "刷单",
        "日赚300元",
        "验证码",
        "482913",
        "【试验银行】",
        "【工商银行】",
        "点击",
        "http://www.city.example/a",
        "t.cn/abc",
        "13800000000",
        "加QQ：10001000",
        "💰",
        "𠀀",
        "\u{200b}",
        "\u{200d}",
        " ",
        ".",
        "\n",
        "\0",
        "ａ",
        "а",
        "e\u{301}",
        "Ⅷ",
        "㈠",
        "退订回T",
        "\u{feff}",
        "\u{202e}",
        "ﷺ",
        "ß",
    ];
    let piece = prop_oneof![
        6 => proptest::sample::select(WORDS).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "\\PC{0,6}",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn message() -> impl Strategy<Value = Message> {
    const SENDERS: &[&str] =
        &["", "13800000000", "10690000000000", "95588", "10086", "+12025550100", "BANK", "96110", "12381"];
    (text(), proptest::sample::select(SENDERS), proptest::option::of(any::<i64>()), any::<i16>()).prop_map(
        |(body, sender, received_at, utc_offset_min)| Message {
            sender: Sender::parse(sender),
            body,
            received_at,
            utc_offset_min,
            ..Message::default()
        },
    )
}

/// The code points of `body` in `span`.
fn cut(body: &str, span: Span) -> String {
    body.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect()
}

#[test]
fn the_texts_reach_the_rules() {
    // Otherwise the properties below would speak of nothing.
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..2000 {
        let message = message().new_tree(&mut runner).unwrap().current();
        seen.insert(MINI_CITY.classify(&message).category());
    }
    for category in [Category::Unknown, Category::Service, Category::Promotion, Category::Illegal, Category::Fraud] {
        assert!(seen.contains(&category), "{seen:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn both_views_map_back_into_the_body_in_order(body in text()) {
        let fold = NATIONAL.image().fold().unwrap();
        let mut folded = Folded::default();
        fold.fold(&body, &mut folded);
        let length = body.chars().count() as u32;
        let Folded { plain, skeleton } = folded;
        prop_assert_eq!(plain.len(), plain.text().chars().count());
        let mut locator = plain.locator();
        let of_plain: Vec<Span> = plain.text().char_indices().map(|(at, _)| locator.span(at..at + 1)).collect();
        let of_skeleton: Vec<Span> = (0..skeleton.len()).map(|at| skeleton.span(at..at + 1)).collect();
        for (spans, whole) in [
            (of_plain, plain.span_of_bytes(0..plain.text().len())),
            (of_skeleton, skeleton.span(0..skeleton.len())),
        ] {
            let mut last = Span::default();
            for span in spans {
                prop_assert!(span.start < span.end && span.end <= length, "{:?} of {}", span, length);
                prop_assert!(last.start <= span.start && last.end <= span.end, "{:?} before {:?}", last, span);
                last = span;
            }
            prop_assert_eq!(whole.end, last.end);
        }
    }

    #[test]
    fn folding_what_is_folded_changes_nothing(body in text()) {
        let fold = NATIONAL.image().fold().unwrap();
        let (mut once, mut twice) = (Folded::default(), Folded::default());
        fold.fold(&body, &mut once);
        fold.fold(&once.skeleton.text(), &mut twice);
        prop_assert_eq!(once.skeleton.text(), twice.skeleton.text());
    }

    #[test]
    fn the_text_under_a_span_folds_to_what_was_found(before in text(), after in text(), gap in "[ .*~]{0,3}") {
        // `停车` holds by its keyword alone, so its spans are its occurrences.
        let body = format!("{before}停{gap}车{after}");
        let message = Message { body: body.clone(), ..Message::default() };
        let explained = MINI_CITY.explain(&message);
        let rule = explained.rules.iter().find(|rule| rule.rule == "lottery.parking");
        let rule = rule.ok_or_else(|| TestCaseError::fail("the keyword is not found"))?;
        prop_assert!(!rule.spans.is_empty());
        let fold = MINI_CITY.image().fold().unwrap();
        for span in &rule.spans {
            let under = fold.keyword(&cut(&body, *span));
            prop_assert!(under.contains("停车"), "{:?}", under);
        }
    }

    #[test]
    fn utf16_positions_agree_with_the_standard_library(body in text(), start in 0u32..60, length in 0u32..60) {
        let count = body.chars().count() as u32;
        let (start, end) = (start.min(count), (start + length).min(count));
        let found = Span { start, end }.to_utf16(&body);
        let units: Vec<u16> = body.encode_utf16().collect();
        let part = String::from_utf16(&units[found.start as usize..found.end as usize]);
        prop_assert_eq!(part.ok(), Some(cut(&body, Span { start, end })));
    }

    #[test]
    fn any_message_is_judged_and_its_reasons_add_up(message in message()) {
        for filter in [&*NATIONAL, &*MINI_CITY] {
            let verdict = filter.classify(&message);
            let length = message.body.chars().count() as u32;
            prop_assert!(verdict.score <= 1000);
            prop_assert_eq!(verdict.points, verdict.reasons.iter().map(|reason| reason.points).sum::<i32>());
            prop_assert_eq!(verdict.reasons.is_empty(), verdict.category() == Category::Unknown);
            for reason in &verdict.reasons {
                prop_assert!(reason.spans.windows(2).all(|pair| pair[0].end < pair[1].start));
                prop_assert!(reason.spans.iter().all(|span| span.start < span.end && span.end <= length));
            }
        }
    }

    #[test]
    fn a_used_scratch_changes_no_verdict(messages in proptest::collection::vec(message(), 1..6)) {
        let mut scratch = Scratch::default();
        for message in &messages {
            prop_assert_eq!(MINI_CITY.classify_with(message, &mut scratch), MINI_CITY.classify(message));
            prop_assert_eq!(NATIONAL.classify_with(message, &mut scratch), NATIONAL.classify(message));
            for filter in [&*MINI_CITY, &*NATIONAL] {
                let unexplained = Verdict { reasons: Vec::new(), ..filter.classify(message) };
                prop_assert_eq!(filter.assess_with(message, &mut scratch), &unexplained);
            }
        }
    }

    #[test]
    fn an_addition_never_lowers_a_verdict(message in message()) {
        let (alone, with) = (MINI.classify(&message), MINI_CITY.classify(&message));
        let severity = |category: Category| if category.is_spam() { category as u8 } else { 0 };
        prop_assert!(severity(with.category()) >= severity(alone.category()));
        if alone.category() == with.category() {
            prop_assert!(with.points >= alone.points || with.category() == Category::Unknown);
        }
        prop_assert!(with.blocked_evidence || !alone.blocked_evidence);
        if alone.category() != Category::Unknown && !with.category().is_spam() {
            prop_assert_eq!(alone.category(), with.category(), "of what is no spam the base's word stands");
        }
    }

    #[test]
    fn any_text_at_all_is_judged(body in any::<String>(), sender in any::<String>()) {
        let message = Message { body, sender: Sender::parse(&sender), ..Message::default() };
        let verdict = NATIONAL.classify(&message);
        prop_assert_eq!(NATIONAL.explain(&message).verdict, verdict);
    }
}

#[test]
fn compiling_does_not_depend_on_the_order_of_layers() {
    let bundles: [Bundle; 2] = [bundle("mini"), bundle("city")];
    let reversed = [bundles[1].clone(), bundles[0].clone()];
    assert!(compile(&bundles) == compile(&reversed));
    assert!(compile(&bundles) == compile(&bundles));
}

#[test]
fn layers_without_one_base_do_not_compile() {
    let (mini, city, mine) = (bundle("mini"), bundle("city"), bundle("mine"));
    let input = |bundle: &'static Bundle| image::Input { layer: &bundle.layer, digest: bundle.digest };
    let [mini, city, mine] = [mini, city, mine].map(|bundle| input(Box::leak(Box::new(bundle))));
    assert!(image::compile(&[city]).is_err());
    assert!(image::compile(&[mini, mini]).is_err());
    assert!(image::compile(&[mini, mine]).is_err());
    let filter = filter(&["mini"]);
    assert!(image::compile_user(city, filter.image().fold().unwrap()).is_err());
}

#[test]
fn user_rules_folded_by_another_base_are_refused() {
    let user = bundle("mine");
    let input = image::Input { layer: &user.layer, digest: user.digest };
    let bytes = image::compile_user(input, NATIONAL.image().fold().unwrap()).unwrap();
    let user = || Image::open(Bytes::from(bytes.clone())).unwrap();
    assert!(NATIONAL.with_user_rules(user()).is_ok());
    assert!(matches!(MINI.with_user_rules(user()), Err(image::ImageError::FoldMismatch)));
    assert!(matches!(Filter::new(user()), Err(image::ImageError::NoFold)));
}

#[test]
fn an_image_with_any_bit_of_any_byte_flipped_does_not_open() {
    let mut bytes = compile(&[bundle("mini")]);
    assert!(Image::open(Bytes::from(bytes.clone())).is_ok());
    for at in 0..bytes.len() {
        let bit = 1 << (at % 8);
        bytes[at] ^= bit;
        assert!(Image::open(Bytes::copy_from_slice(&bytes)).is_err(), "byte {at}");
        bytes[at] ^= bit;
    }
}

#[test]
fn an_image_cut_off_or_with_a_tail_does_not_open() {
    let bytes = compile(&[bundle("mini")]);
    for length in (0..bytes.len()).step_by(7).chain([bytes.len() - 1]) {
        assert!(Image::open(Bytes::copy_from_slice(&bytes[..length])).is_err(), "cut at {length}");
    }
    let mut longer = bytes;
    longer.push(0);
    assert!(Image::open(Bytes::from(longer)).is_err());
}
