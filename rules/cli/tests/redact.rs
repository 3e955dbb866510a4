//! What `redact` leaves of messages that are to be shared.

mod command;

use command::{arg, feed, run};
use serde_json::{Value, json};
use smsfilter::Sender;

#[test]
fn nothing_personal_is_left_and_the_shape_stays() {
    let input = r#"{"id":"x9","label":"spam","sender":"+8613912345678","body":"【某行】尊敬的张伟先生，点击 https://a.example/k3?u=1，致电13912345678或95588","received_at":1795219500000,"utc_offset_min":480,"sim":{"slot":1,"operator":"46000"},"known":"contact"}
{"sender":"95588","body":"您的验证码是482913"}"#;
    let lines = feed(&["redact"], input.as_bytes()).succeeds().json();
    let first = json!({
        "label": "spam", "sender": "13900000000",
        "body": "【某行】尊敬的‹name›先生，点击 https://a.example/‹path›，致电‹phone›或95588",
        "received_at": 1_795_190_400_000_i64, "utc_offset_min": 480,
    });
    assert_eq!(lines, [first, json!({"sender": "95588", "body": "您的验证码是‹code›"})]);
}

#[test]
fn what_comes_out_can_be_redacted_and_classified_again() {
    let input = r#"{"sender":"17012345678","body":"加QQ：10001000，日赚300元","received_at":-1}"#;
    let once = feed(&["redact"], input.as_bytes()).succeeds().stdout;
    assert_eq!(feed(&["redact"], once.as_bytes()).succeeds().stdout, once);
    assert_eq!(feed(&["classify"], once.as_bytes()).succeeds().json().len(), 1);
}

#[test]
fn a_private_sender_keeps_its_class_and_a_service_its_number() {
    for (sender, shared) in [
        ("13912345678", "13900000000"),
        ("17012345678", "17000000000"),
        ("010-87654321", "01000000000"),
        ("+12025550123", "+12000000000"),
        ("1069012345678", "1069012345678"),
        ("95588", "95588"),
        ("10086", "10086"),
        ("ICBC", "ICBC"),
        ("me@mail.example", "‹email›"),
    ] {
        let line = json!({"sender": sender, "body": ""}).to_string();
        let found = feed(&["redact"], line.as_bytes()).succeeds().json();
        assert_eq!(found[0]["sender"], shared, "{sender}");
        assert_eq!(Sender::parse(shared).class(), Sender::parse(sender).class(), "{sender}");
    }
}

#[test]
fn what_names_nobody_is_refused_and_a_name_from_an_address_book_is_not_shared() {
    for own in ["", "abc", "123"] {
        feed(&["redact", "--own", own, "-"], b"").fails(2, &["7 digits or more"]);
    }
    let found = feed(&["redact", "-"], r#"{"sender":"张三丰","body":"在吗"}"#.as_bytes()).succeeds().json();
    assert_eq!(found[0]["sender"], "***");
}

#[test]
fn own_numbers_are_dropped_however_they_are_written() {
    let body = json!({"body": "本机13911112222和139-3333-4444，客服13800138000"}).to_string();
    let found = feed(&["redact", "--own", "+86 139 1111 2222", "--own", "139-3333-4444", "-"], body.as_bytes())
        .succeeds()
        .json();
    assert_eq!(found[0]["body"], "本机和，客服‹phone›");
}

#[test]
fn tsv_stays_tsv_and_a_bad_line_is_an_error_in_its_place() {
    let ran = feed(&["redact"], "spam\tweb\t加QQ：10001000\tx\n机密内容\nham\tweb\t你好\n".as_bytes());
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(ran.code == 1 && ran.stderr.contains("1 of 3 messages"), "{ran:?}");
    assert_eq!((lines[0], lines[2]), ("spam\tweb\t加QQ：‹account›\tx", "ham\tweb\t你好"));
    let error: Value = serde_json::from_str(lines[1]).unwrap();
    assert_eq!(error["line"], 2);
    assert!(!ran.stdout.contains("机密内容"));
}

#[test]
fn what_cannot_be_read_is_misuse() {
    let dir = tempfile::tempdir().unwrap();
    run(&["redact", arg(&dir.path().join("missing.jsonl"))]).fails(2, &["cannot read", "missing.jsonl"]);
    run(&["redact", arg(dir.path())]).fails(2, &["is a folder"]);
}
