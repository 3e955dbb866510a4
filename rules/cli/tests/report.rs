//! What a report would say, and what is refused.

mod command;

use command::{Ran, feed, run};
use serde_json::{Value, json};

const SPAM: &str = "【试验商城】全场五折，退订回T";

fn draft(args: &[&str]) -> Ran {
    run(&[&["report", "draft", "--sender", "+8613800138000"], args].concat())
}

/// The one object that a draft prints.
fn drafted(args: &[&str]) -> Value {
    draft(&[&["--format", "json"], args].concat()).json().remove(0)
}

#[test]
fn the_receiving_sim_chooses_channel_and_slot() {
    let value = drafted(&["--operator", "46000", "--slot", "1", SPAM]);
    assert_eq!((&value["channel"], &value["sim_slot"]), (&json!("china-mobile"), &json!(1)));
    let text = format!("13800138000*{SPAM}");
    let units = text.chars().count();
    assert_eq!(
        value["steps"],
        json!([{ "to": "10086999", "text": text, "ucs2": true, "units": units, "parts": 1, "when": null }])
    );
    assert!(value["cost"]["zh"].as_str().unwrap().contains("免费"));
    let proposed: Vec<&Value> =
        value["channels"].as_array().unwrap().iter().filter(|row| row["proposed"] == true).collect();
    assert_eq!((proposed.len(), &proposed[0]["name"]), (1, &json!("china-mobile")));
    assert_eq!(drafted(&[SPAM])["channel"], "12321-share");
    assert_eq!(drafted(&["--operator", "310260", SPAM])["steps"][1]["text"], "13800138000");
    assert_eq!(drafted(&["--operator", "46000", "--rcs", SPAM])["channel"], "12321-share");
}

#[test]
fn a_channel_is_named_by_its_number_too() {
    for (named, operator, found) in [
        ("7726", "310260", "gsma-7726"),
        ("10086999", "46000", "china-mobile"),
        ("10010", "46001", "china-unicom"),
        ("unicom", "46001", "china-unicom"),
        ("12321-sms", "46000", "12321-sms"),
    ] {
        assert_eq!(drafted(&["--channel", named, "--operator", operator, SPAM])["channel"], found, "{named}");
    }
}

#[test]
fn what_android_will_ask_about_is_told() {
    let long = "短".repeat(3000);
    let value = drafted(&["--operator", "46000", &long]);
    assert!(value["confirmation"]["zh"].as_str().unwrap().contains("30 条"), "{}", value["confirmation"]);
    assert!(drafted(&["--operator", "46000", SPAM])["confirmation"].is_null());
    assert!(draft(&["--operator", "46000", &long]).succeeds().stdout.contains("Android asks"));
}

#[test]
fn fraud_goes_to_the_share_sheet_with_a_hint() {
    let value = drafted(&["--operator", "46000", "恭喜您中奖，请先交手续费，加微信 abc12345 领取奖金"]);
    assert_eq!(value["channel"], "12321-share");
    assert!(value["hint"]["zh"].as_str().unwrap().contains("96110"));
}

#[test]
fn a_time_is_read_with_its_offset_or_as_milliseconds() {
    let shared = |time: &str| drafted(&["--received-at", time, SPAM])["steps"][0]["text"].as_str().unwrap().to_owned();
    assert!(shared("2026-11-21T08:05+08:00").contains("2026-11-21 08:05"));
    assert!(shared("1795219500000").contains("2026-11-21 00:05"));
    draft(&["--received-at", "2026-11-21 08:05", SPAM]).fails(2, &["with its offset"]);
    assert_eq!(draft(&["--received-at", "2020-11-21T08:05+08:00", SPAM]).succeeds().stderr, "");
    for ahead in ["9998-11-21T08:05+08:00", "1795219500000000"] {
        assert!(draft(&["--received-at", ahead, SPAM]).succeeds().stderr.contains("lies ahead"), "{ahead}");
    }
}

#[test]
fn what_cannot_be_reported_says_why_and_ends_with_1() {
    for (args, code) in [
        (&["--channel", "china-telecom", SPAM][..], "disabled"),
        (&["--operator", "46000", "--channel", "china-unicom", SPAM], "not-for-this"),
        (&["验证码482913，5分钟内有效，请勿告知他人"], "one-time-code"),
        (&[" "], "empty"),
    ] {
        let ran = draft(&[&["--format", "json"], args].concat());
        assert_eq!(ran.code, 1, "{args:?}: {ran:?}");
        let refused = &ran.json()[0]["refused"];
        assert_eq!(refused["code"], code, "{args:?}");
        assert!(!refused["zh"].as_str().unwrap().is_empty() && !refused["en"].as_str().unwrap().is_empty());
    }
    let code = "验证码482913，5分钟内有效，请勿告知他人";
    assert!(draft(&["--confirm-code", code]).succeeds().stdout.contains(code));
    let nobody = run(&["report", "draft", "--channel", "china-mobile", "--format", "json", SPAM]);
    assert_eq!((nobody.code, &nobody.json()[0]["refused"]["code"]), (1, &json!("no-sender")));
    draft(&["--channel", "nowhere", SPAM]).fails(2, &["expected one of china-mobile"]);
    draft(&["--channel", "12321", SPAM]).fails(2, &["expected one of 12321-sms, 12321-share"]);
    draft(&["--operator", "mobile", SPAM]).fails(2, &["46000"]);
}

#[test]
fn the_masked_text_stands_apart_and_the_report_is_verbatim() {
    let body = "【试验商城】张伟先生，验证会员 13912345678，退订回T\n 完";
    let value = feed(
        &["report", "draft", "--sender", "10690000000000", "--format", "json", "-"],
        format!("{body}\n").as_bytes(),
    );
    let value = value.succeeds().json().remove(0);
    assert!(value["steps"][0]["text"].as_str().unwrap().ends_with(&format!("短信内容：\n{body}")));
    let masked = value["masked"].as_str().unwrap();
    assert!(!masked.contains("13912345678") && masked.contains("‹phone›"), "{masked}");
}

#[test]
fn text_for_people_has_both_languages_and_shows_control_characters() {
    let text = draft(&["--operator", "46001", "【试验商城】全场\u{1b}[2J五折，退订回T"]).succeeds().stdout;
    for part in ["→ 10010", "LJDXJB#13800138000#", "按套餐计费", "charged by your plan", "10000999", "\\u{1b}"] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
    for (channel, mark) in [
        ("china-unicom", "建议 proposed: "),
        ("12321-share", "可选 available: "),
        ("gsma-7726", "不适用 not for this message: "),
        ("china-telecom", "停用 off: "),
    ] {
        let line = text.lines().find(|line| line.ends_with(&format!("[{channel}]"))).unwrap();
        assert!(line.starts_with(mark), "{line}");
    }
}

#[test]
fn the_channels_are_listed_with_status_source_and_date() {
    let rows = run(&["report", "channels", "--format", "json"]).succeeds().json();
    assert_eq!(rows.len(), 6);
    for row in &rows {
        assert!(
            row["noted"].as_str().unwrap().starts_with("2026-") && !row["source"]["zh"].as_str().unwrap().is_empty()
        );
        assert_eq!(row["enabled"], json!(row["status"] != "disabled"));
    }
    assert!(run(&["report", "channels"]).succeeds().stdout.contains("gsma-7726"));
}
