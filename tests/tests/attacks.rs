//! What a signed but hostile layer, or a hostile message, must not achieve.

use smsfilter::{
    Action, Category, Filter, Message, Policy, Sender, Verdict,
    bundle::{self, Limits, SigningKey, TrustRoot},
    decide,
    image::{self, Image},
    rule::{
        Alias, Condition, Domain, Effect, KeywordList, KnownSender, Layer, LayerKind, Op, Pattern, Registries, Rule,
        Signature, Words,
    },
};
use smsfilter_tests::{bundle_bytes, layer};

/// An addition by `city` that says nothing yet.
fn addition() -> Layer {
    let mut meta = layer("city").meta;
    meta.kind = LayerKind::Addition;
    Layer { meta, ..Layer::default() }
}

fn rule(id: &str, ops: Vec<Op>, effect: Effect) -> Rule {
    Rule {
        id: id.into(),
        title: Default::default(),
        effect,
        condition: Condition(ops),
        from: None,
        until: None,
        owner: String::new(),
        tip: Default::default(),
    }
}

fn refused(layer: &Layer) -> String {
    match bundle::write(layer, [0; 32]) {
        Ok(_) => panic!("a hostile layer was accepted"),
        Err(error) => error.code().to_owned(),
    }
}

fn with(addition: Option<&Layer>) -> Filter {
    let national = layer("national");
    let mut inputs = vec![image::Input { layer: &national, digest: [0; 32] }];
    inputs.extend(addition.map(|layer| image::Input { layer, digest: [1; 32] }));
    Filter::new(Image::open(image::compile(&inputs).unwrap().into()).unwrap()).unwrap()
}

fn message(sender: &str, body: &str) -> Message {
    Message { sender: Sender::parse(sender), body: body.into(), ..Message::default() }
}

fn action(verdict: &Verdict, message: &Message) -> Action {
    decide(verdict, message, &Policy::preset("standard").unwrap()).action
}

#[test]
fn the_compiler_refuses_conditions_that_name_what_is_not_there() {
    let with_list = |ops: Vec<Op>| {
        let list = KeywordList { name: "x.words".into(), keywords: vec!["贷款".into()] };
        let rules = vec![rule("x.a", ops, Effect::Evidence)];
        Layer { words: Words { lists: vec![list], ..Words::default() }, rules, ..addition() }
    };
    let national = layer("national");
    for ops in [
        vec![Op::List(5, 1)],
        vec![Op::List(1 << 25, 2)],
        vec![Op::List(u32::MAX, 1)],
        vec![Op::Pattern(1 << 24)],
        vec![Op::Rule(0)],
        vec![Op::List(0, 1), Op::And, Op::Not],
        vec![Op::Not],
        vec![],
    ] {
        let layer = with_list(ops.clone());
        let inputs = [&national, &layer].map(|layer| image::Input { layer, digest: [0; 32] });
        assert_eq!(image::compile(&inputs).unwrap_err().code(), "condition", "{ops:?}");
    }
}

#[test]
fn what_a_pattern_found_in_one_message_is_not_held_against_the_next() {
    let mut layer = addition();
    layer.words.lists = vec![KeywordList { name: "x.words".into(), keywords: vec!["暗号".into()] }];
    layer.words.patterns = vec![Pattern { name: "x.number".into(), regex: "号[0-9]{3}".into() }];
    let points = Effect::Points { category: smsfilter::Subcategory::parse("promotion/other").unwrap(), points: 90 };
    layer.rules = vec![rule("x.hit", vec![Op::List(0, 1), Op::Pattern(0), Op::And], points)];
    let filter = with(Some(&layer));
    let mut scratch = smsfilter::filter::Scratch::default();
    let promoted = |body| filter.classify_with(&message("", body), &mut scratch).category() == Category::Promotion;
    assert_eq!(["暗号123", "暗号无", "暗号456", "号456"].map(promoted), [true, false, true, false]);
}

#[test]
fn an_addition_cannot_lower_a_verdict_by_registering_hosts_signatures_or_numbers() {
    let kinds = ["bank", "platform", "short", "government"];
    let mut hostile = addition();
    let domain = |kind: &str| Domain { host: "jf-dh.example".into(), kind: kind.into() };
    let texts = [
        "【工商银行】您的积分即将清零，可兑换现金，点击 http://a.jf-dh.example/b 领取",
        "【ETC】您的ETC已失效，请于今日点击 http://a.jf-dh.example/b 重新认证，以免影响通行。",
        "【中国银行】您的银行卡存在风险已冻结，点击 http://jf-dh.example/a 解除",
    ];
    let plain = with(None);
    for kind in kinds {
        hostile.registries = Registries {
            signatures: vec![Signature { name: "ETC".into(), kind: kind.into(), ports: vec!["1".into()] }],
            domains: vec![domain(kind)],
            senders: vec![KnownSender { number: "13800000000".into(), name: Default::default(), kind: kind.into() }],
        };
        let both = with(Some(&hostile));
        for text in texts {
            let message = message("13800000000", text);
            let (alone, found) = (plain.classify(&message), both.classify(&message));
            assert_eq!(alone.category(), Category::Phishing, "{text}");
            assert_eq!((found.subcategory, found.score), (alone.subcategory, alone.score), "{kind}: {text}");
            assert_eq!(action(&found, &message), action(&alone, &message), "{kind}: {text}");
        }
    }
}

#[test]
fn a_borrowed_signature_and_a_warning_with_a_link_are_flagged() {
    let filter = with(None);
    let suspected = |sender, body| filter.classify(&message(sender, body)).flags.spoof_suspected;
    let notice = "【工商银行】您尾号0000卡3月1日快捷支付支出236.00元，余额1,024.00元。";
    assert!(suspected("1069000012345", notice), "a port that is not the bank's");
    assert!(!suspected("95588", notice));
    assert!(!suspected("", notice), "no sender, no suspicion");
    assert!(suspected("12381", "【12381】您可能正遭遇诈骗，详情 http://fz.example/a"));
    assert!(!suspected("12381", "【12381】您可能正遭遇诈骗，请提高警惕。"));
}

#[test]
fn a_link_of_nobody_is_told_from_one_of_a_registered_institution() {
    use smsfilter::rule::Trait;
    let filter = with(None);
    let unknown = |body| filter.classify(&message("", body)).traits.contains(Trait::DomainUnknown);
    assert!(!unknown("详情请见 www.icbc.com.cn"));
    assert!(!unknown("详情请见 m.icbc.com.cn/a"));
    for body in ["请登录 http://www.icbc-com.example", "请登录 www.icbc.com.cn.example", "请登录 xicbc.com.cn"]
    {
        assert!(unknown(body), "{body}");
    }
}

#[test]
fn an_addition_cannot_take_a_code_from_the_floor() {
    let mut hostile = addition();
    hostile.words.lists = vec![KeywordList { name: "own.word".into(), keywords: vec!["验证码".into()] }];
    let effect = Effect::Points { category: smsfilter::Subcategory::parse("promotion/other").unwrap(), points: 90 };
    hostile.rules = vec![rule("own.rule", vec![Op::List(0, 1)], effect)];
    let message = message("1069000000001", "【云上书店】验证码 482913，5分钟内有效，请勿告知他人。");
    let verdict = with(Some(&hostile)).classify(&message);
    assert_eq!(verdict.category(), Category::Promotion);
    assert!(action(&verdict, &message) <= Action::Silent);
}

#[test]
fn rules_that_name_each_other_many_times_over_are_explained_at_once() {
    let mut hostile = addition();
    let effect = Effect::Points { category: smsfilter::Subcategory::parse("fraud/other").unwrap(), points: 60 };
    hostile.words.lists = vec![KeywordList { name: "own.word".into(), keywords: vec!["你好".into()] }];
    hostile.rules = (0..64u32)
        .map(|n| match n {
            0 => rule("own.r00", vec![Op::List(0, 1)], effect),
            n => rule(&format!("own.r{n:02}"), vec![Op::Rule(n - 1), Op::Rule(n - 1), Op::And], effect),
        })
        .collect();
    // 2⁶⁴ paths: without a record of the rules seen this would never end.
    assert_eq!(with(Some(&hostile)).classify(&message("", "你好")).reasons.len(), 65);
}

#[test]
fn aliases_that_lengthen_each_other_are_refused_before_they_fill_the_memory() {
    let mut hostile = addition();
    let long = |c: char| c.to_string().repeat(60);
    hostile.words = Words {
        lists: vec![KeywordList { name: "own.word".into(), keywords: vec![long('a')] }],
        aliases: ('a'..'g').map(|c| Alias { word: c.into(), forms: vec![long((c as u8 + 1) as char)] }).collect(),
        patterns: Vec::new(),
    };
    let national = layer("national");
    let inputs = [&national, &hostile].map(|layer| image::Input { layer, digest: [0; 32] });
    assert_eq!(image::compile(&inputs).unwrap_err().code(), "forms");
}

#[test]
fn patterns_that_would_always_run_or_run_for_ever_are_refused_with_the_bundle() {
    let pattern = |regex: &str| Words {
        lists: vec![KeywordList { name: "own.word".into(), keywords: vec!["你好".into()] }],
        patterns: vec![Pattern { name: "own.pattern".into(), regex: regex.into() }],
        aliases: Vec::new(),
    };
    let mut hostile = addition();
    hostile.rules = vec![rule("own.rule", vec![Op::List(0, 1), Op::Pattern(0), Op::And], Effect::Evidence)];
    hostile.words = pattern("好+");
    assert!(bundle::write(&hostile, [0; 32]).is_ok());
    for regex in ["[", "", "(?:(?:a?){500}){100}b"] {
        hostile.words = pattern(regex);
        assert_eq!(refused(&hostile), "invalid-content", "{regex}");
    }
    hostile.words = pattern("好+");
    for alone in [vec![Op::Pattern(0)], vec![Op::List(0, 1), Op::Pattern(0), Op::Not, Op::And]] {
        hostile.rules[0].condition = Condition(alone);
        assert_eq!(refused(&hostile), "invalid-content");
    }
}

#[test]
fn names_that_mislead_are_refused_with_the_bundle() {
    let mut hostile = addition();
    hostile.rules = vec![rule("@bias", vec![Op::From(smsfilter::SenderClass::None)], Effect::Evidence)];
    assert_eq!(refused(&hostile), "invalid-content");
    let mut hostile = addition();
    hostile.registries.domains = vec![Domain { host: "top".into(), kind: "bank".into() }];
    assert_eq!(refused(&hostile), "invalid-content", "a whole top-level domain");
    let mut own = layer("mine");
    own.registries.domains = vec![Domain { host: "shop.example".into(), kind: "mine".into() }];
    assert_eq!(refused(&own), "invalid-content", "a user layer's registries would not be heard");
}

#[test]
fn a_bundle_by_another_root_is_refused_whatever_it_holds() {
    let stranger = TrustRoot::new("stranger", &[SigningKey::from_seed(&[7; 32]).public()], 1).unwrap();
    let error = bundle::open(&bundle_bytes(&layer("mini")), &stranger, &Limits::default()).unwrap_err();
    assert_eq!(error.code(), "unknown-signer");
}

/// Reading on behind every word made such texts quadratic: a megabyte would take minutes, so a hang is the failure.
#[test]
fn a_megabyte_of_opt_out_words_is_read_in_passing() {
    let filter = with(None);
    for word in ["unsubscribe", "退订", "stop", "回T退订"] {
        let verdict = filter.classify(&message("", &word.repeat((1 << 20) / word.len())));
        assert!(!verdict.category().is_blocked(), "{word}");
    }
}
