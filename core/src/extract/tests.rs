//! What is found in which text.

use super::*;
use crate::fold::{FoldTable, Folded, encode};
use proptest::prelude::*;
use std::sync::LazyLock;

static TABLE: LazyLock<FoldTable> =
    LazyLock::new(|| encode(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/national/fold.tsv"))).unwrap());

fn scan(text: &str) -> Extracts {
    let mut out = Folded::default();
    TABLE.fold(text, &mut out);
    Extracts::scan(&out.plain)
}

fn cut(text: &str, span: Span) -> String {
    text.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect()
}

fn check(rows: &[(&str, &[&str])], find: impl Fn(&str) -> Vec<String>) {
    for (text, wanted) in rows {
        assert_eq!(find(text), *wanted, "{text}");
    }
}

#[test]
fn links_are_found_with_their_hosts() {
    let rows: &[(&str, &[&str])] = &[
        ("点击c.tb.cn/x领取", &["c.tb.cn c.tb.cn/x"]),
        ("戳https://T.cn/AbC1?x=1&y=2，回T退订", &["t.cn https://T.cn/AbC1?x=1&y=2"]),
        ("登录www.icbc.com.cn。", &["www.icbc.com.cn www.icbc.com.cn"]),
        ("ｗｗｗ．ｂａｉｄｕ．ｃｏｍ看", &["www.baidu.com ｗｗｗ．ｂａｉｄｕ．ｃｏｍ"]),
        ("taobao。com看", &["taobao.com taobao。com"]),
        ("http://1.2.3.4:8080/a", &["1.2.3.4 http://1.2.3.4:8080/a"]),
        ("去xn--fiqs8s.xn--fiqs8s", &["xn--fiqs8s.xn--fiqs8s xn--fiqs8s.xn--fiqs8s"]),
        ("http://user@evil.top/", &["evil.top http://user@evil.top/"]),
        ("a.com和b.net", &["a.com a.com", "b.net b.net"]),
        ("详情...dwz.cn/1.", &["dwz.cn dwz.cn/1"]),
        ("1.www.x.com", &["www.x.com www.x.com"]),
        ("t.me/abc", &["t.me t.me/abc"]),
        ("9.9元 3.5G 1.jpg v2.0.1 1.2.3.4 app.apk call.me 2024.01.02 a@qq.com 12:30 -.cn a..cn", &[]),
    ];
    check(rows, |text| {
        let found = scan(text);
        found.links.iter().map(|link| format!("{} {}", found.word(&link.host), cut(text, link.span))).collect()
    });
}

#[test]
fn phones_are_found() {
    let rows: &[(&str, &[&str])] = &[
        ("电13800138000询", &["13800138000"]),
        ("+86 138-0013-8000", &["+86 138-0013-8000"]),
        ("(+86)13800138000", &["(+86)13800138000"]),
        ("微信v13800138000", &["13800138000"]),
        ("拨400-820-8820或8008208820", &["400-820-8820", "8008208820"]),
        ("010-12345678 0755-2345678 02187654321", &["0755-2345678", "02187654321"]),
        ("(0755)82345678", &["(0755)82345678"]),
        ("①③800138000", &["①③800138000"]),
        ("138001380001 1380013800 23800138000 6222021234567890123", &[]),
    ];
    check(rows, |text| scan(text).phones.iter().map(|&span| cut(text, span)).collect());
}

#[test]
fn codes_are_lone_tokens() {
    let rows: &[(&str, &[&str])] = &[
        ("验证码123456，5分钟内有效", &["123456"]),
        ("验证码：8371", &["8371"]),
        ("code:2024", &["2024"]),
        ("验证码2024，请勿泄露", &["2024"]),
        ("G-123456 is your Google code", &["G-123456"]),
        ("输入a8k29x登录", &["a8k29x"]),
        ("【1234】", &["1234"]),
        ("动态码为654321.", &["654321"]),
        ("2024年新款 2024新款 20240131 2024-01-31 1234.5 12:3000 1234元 ¥1234 尾号1234 ****1234 xxxx1234", &[]),
        ("iphone15 500ml 1500人 123 123456789 t.cn/123456 13800138000 abc-1234 1234/5 1000-5000元 12345678901234", &[]),
    ];
    check(rows, |text| scan(text).codes.iter().map(|&span| cut(text, span)).collect());
}

#[test]
fn amounts_have_a_sign_or_a_unit() {
    let rows: &[(&str, &[&str])] = &[
        ("￥9.9元起，原价1,299.00元", &["￥9.9元", "1,299.00元"]),
        ("额度5万元，10万额度，3万", &["5万元", "10万", "3万"]),
        ("$100 RMB 50 200块 30rmb 8 元", &["$100", "RMB 50", "200块", "30rmb", "8 元"]),
        ("5万人 3万家 8.5折 100 元宝1", &["100 元"]),
        ("100人 t.cn/5元", &[]),
    ];
    check(rows, |text| scan(text).amounts.iter().map(|&span| cut(text, span)).collect());
}

#[test]
fn the_signature_stands_at_start_or_end() {
    for (text, wanted) in [
        ("【工商银行】您好", Some("工商银行 【工商银行】")),
        ("  ︻ICBC︼hi", Some("icbc ︻ICBC︼")),
        ("您好【顺丰速运】", Some("顺丰速运 【顺丰速运】")),
        ("您好【顺丰速运】 \n", Some("顺丰速运 【顺丰速运】")),
        ("［招商银行］您好", Some("招商银行 ［招商银行］")),
        ("「京东」您好", Some("京东 「京东」")),
        ("您好[微笑]", Some("微笑 [微笑]")),
        ("您好【甲乙】再见", None),
        ("【】", None),
        ("【12381】您好", Some("12381 【12381】")),
        ("【1】", None),
        ("【这是一个太长太长太长太长太长太长太长太长的签名】好", None),
        ("【a", None),
        ("", None),
    ] {
        let found = scan(text);
        let signature =
            found.signature.as_ref().map(|row| format!("{} {}", found.word(&row.name), cut(text, row.span)));
        assert_eq!(signature.as_deref(), wanted, "{text}");
    }
    let certain = |text| scan(text).signature.is_some_and(|found| found.certain);
    assert!(certain("【工商银行】您好") && certain("您好【顺丰速运】"));
    assert!(!certain("您好[微笑]") && !certain("［招商银行］您好"), "these brackets hold smileys as well");
}

#[test]
fn the_opt_out_says_what_to_reply() {
    for (text, wanted) in [
        ("好礼，拒收请回复R", Some(("R", "拒收请回复R"))),
        ("回T退订", Some(("T", "回T退订"))),
        ("退订回TD", Some(("TD", "退订回TD"))),
        ("回复N退订。", Some(("N", "回复N退订"))),
        ("退订请回0000", Some(("0000", "退订请回0000"))),
        ("回0000退订", Some(("0000", "回0000退订"))),
        ("回复“TD”退订", Some(("TD", "回复“TD”退订"))),
        ("TD退订", Some(("TD", "TD退订"))),
        ("退订T", Some(("T", "退订T"))),
        ("回T退", Some(("T", "回T退"))),
        ("拒收请回复 R", Some(("R", "拒收请回复 R"))),
        ("退订请点链接", Some(("", "退订请点链接"))),
        ("Reply STOP to opt out", Some(("STOP", "Reply STOP to opt out"))),
        ("text STOP to opt out", Some(("STOP", "text STOP to opt out"))),
        ("您已成功退订该业务", None),
        ("bus stop at 5", None),
        ("退货请联系客服", None),
    ] {
        let found = scan(text);
        let reply = |row: &OptOut| row.reply.as_ref().map_or("", |reply| found.word(reply)).to_owned();
        let opt_out = found.opt_out.as_ref().map(|row| (reply(row), cut(text, row.span)));
        assert_eq!(opt_out.as_ref().map(|row| (row.0.as_str(), row.1.as_str())), wanted, "{text}");
    }
}

fn spans(found: &Extracts) -> Vec<Span> {
    let links = found.links.iter().map(|link| link.span);
    let lone = found.signature.iter().map(|s| s.span).chain(found.opt_out.iter().map(|s| s.span));
    links.chain(found.phones.iter().chain(&found.codes).chain(&found.amounts).copied()).chain(lone).collect()
}

fn pieces() -> impl Strategy<Value = String> {
    let pieces = vec![
        "http://",
        "https://",
        ".",
        "..",
        "-",
        "com",
        ".cn",
        "/",
        "a",
        "1",
        "13800138000",
        "+86",
        "(",
        ")",
        "400",
        "0755",
        "¥",
        "元",
        "万",
        " ",
        ",",
        ":",
        "【",
        "】",
        "[",
        "]",
        "退订",
        "退",
        "拒收",
        "回复",
        "回",
        "TD",
        "R",
        "stop",
        "reply",
        " to opt",
        "贷",
        "💰",
        "。",
        "@",
        "x",
        "年",
        "\n",
        "€",
        "㎏",
        "\u{200b}",
        "www.",
        "123456",
        "G-",
        "点",
        "链接",
        "opt out",
    ];
    let piece = prop_oneof![6 => proptest::sample::select(pieces).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]
    #[test]
    fn spans_of_any_text_lie_inside_it(text in pieces()) {
        let length = text.chars().count();
        for span in spans(&scan(&text)) {
            prop_assert!(span.start < span.end && span.end as usize <= length);
        }
    }
}

#[test]
fn reusing_memory_changes_nothing() {
    let texts = ["【某店】t.cn/a 13800138000 退订回T", "拒收请点链接", "", "您好，验证码123456，9.9元", "a。cn"];
    let (mut found, mut folded) = (Extracts::default(), Folded::default());
    for text in texts.iter().chain(texts.iter().rev()) {
        TABLE.fold(text, &mut folded);
        found.scan_into(&folded.plain);
        assert_eq!(found, scan(text), "{text}");
    }
}

/// A quadratic scanner would take minutes for these.
/// No clock here: a scanner that reads on behind every piece would take hours, so a hang is the failure.
#[test]
fn long_texts_of_one_piece_come_to_an_end_with_spans_inside_them() {
    for piece in [
        "1",
        "a",
        "a1",
        "1,",
        "1.",
        "a.",
        "a。",
        "..",
        "a-",
        "【",
        "[",
        "退订",
        "退订回",
        "回T",
        "+86",
        "0755",
        "(010",
        "stop ",
        "unsubscribe",
        "http://",
        "¥",
        "1 ",
        "尾号 ",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let (found, end) = (scan(&text), text.chars().count() as u32);
        let lone = found.signature.iter().map(|s| s.span).chain(found.opt_out.iter().map(|s| s.span));
        let many = found.phones.iter().chain(&found.codes).chain(&found.amounts).copied();
        for span in lone.chain(many).chain(found.links.iter().map(|link| link.span)) {
            assert!(span.start < span.end && span.end <= end, "{piece}: {span:?}");
        }
    }
}
