//! What `policy` tells, and that it tells what `classify` then does.

mod command;

use command::{feed, run};
use serde_json::{Value, json};
use std::fs;

const HISTORY: &str = r#"{"sender":"106912345678","body":"【京东】482913，您正在登录京东，验证码10分钟内有效，请勿泄露。","received_at":1795262400000,"utc_offset_min":480}
{"sender":"95588","body":"您账户0000于03月01日10:27收入人民币5,000.00元，活期余额8000.00元。[招商银行]","received_at":1795262400000,"utc_offset_min":480}
{"sender":"13800000000","body":"晚上一起吃饭吗","received_at":1795262400000,"utc_offset_min":480}
{"sender":"13800000000","body":"诚招淘宝刷单员，一单一结，日赚300元，加QQ：10001000","received_at":1795262400000,"utc_offset_min":480}
"#;

#[test]
fn a_policy_is_told_in_both_languages_and_a_change_by_what_differs() {
    let said =
        run(&["policy", "show", "standard+double-eleven", "--against", "standard", "--format", "json"]).succeeds();
    assert_eq!(
        said.json(),
        [json!({
            "zh": "未登记的服务号码、境外号码、陌生号码、已知服务号码的营销推广短信（2027-10-14 至 2027-11-13）：静默收下，每晚 8 点汇总。",
            "en": "Messages of category promotion from an unregistered service number, a number abroad, an unknown number or a known \
                   service from 2027-10-14 to 2027-11-13: held without a sound for the digest at 8 pm every day.",
        })]
    );
    let listed = run(&["policy", "show"]).succeeds().stdout;
    for name in ["off ", "mark ", "standard ", "strict ", "+double-eleven ", "+mid-year "] {
        assert!(listed.contains(name), "{listed}");
    }
    run(&["policy", "show", "standard+strict"]).fails(1, &["expected an overlay", "rows with dates"]);
    run(&["classify", "--policy", "double-eleven", "-"]).fails(2, &["write standard+double-eleven"]);
    run(&["policy", "show", "--against", "strict"]).fails(2, &["--against", "POLICY"]);
    run(&["policy", "show", "nothing"]).fails(2, &["no policy `nothing`", "standard", "TOML file"]);
}

#[test]
fn a_policy_file_is_checked_with_line_and_column() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("p.toml");
    let check = |text: &str| {
        fs::write(&file, text).unwrap();
        run(&["policy", "check", file.to_str().unwrap()])
    };
    assert!(
        check("name = \"x\"\nquiet = [{ from = \"23:00\", to = \"07:00\" }]").succeeds().stdout.contains("cells 0")
    );
    check("name = \"x\"\ndigest = [\"25:00\"]").fails(1, &["line 2, column 10", "25:00"]);
    check("name = \"x\"\nretention = { promotion = 0 }").fails(1, &["line 2, column 27", "1 to 3650 days"]);
    check("name = \"x\"\n[[quiet]]\nfrom = \"22:00\"\nto = \"22:00\"").fails(1, &["line 2", "found 22:00 to 22:00"]);
    check("name = \"x\"\nretention = { adverts = 3 }").fails(1, &["`adverts`"]);
    assert!(run(&["policy", "check", "standard+double-eleven"]).succeeds().stdout.contains("standard + double-eleven"));
    run(&["policy", "check", "no-such-file"]).fails(2, &["no policy `no-such-file`", "TOML file"]);
}

#[test]
fn preview_counts_what_moves_and_calls_out_codes_and_bank_notices() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("night.toml");
    let text = "name = \"night\"\n[[exception]]\nweek = [{ from = \"18:00\", to = \"23:00\" }]\nover_floor = true\naction = \"digest\"\n";
    fs::write(&file, text).unwrap();
    let args = ["policy", "preview", "--from", "off", "--to", file.to_str().unwrap()];
    let ran = feed(&[&args[..], &["--format", "json"]].concat(), HISTORY.as_bytes()).succeeds();
    assert_eq!(
        ran.json(),
        [
            json!({"from": "inbox", "to": "digest", "row": "exception:1", "messages": 4, "codes": 1, "bank": 1, "blocked": 0, "examples": [1, 2, 3, 4]}),
            json!({"messages": 4, "moved": 4, "codes": 1, "bank": 1, "blocked": 0, "bad": 0, "dates_unseen": false, "changes": [
                {"zh": "例外 1：在每天 18:00 至 23:00 收到的短信：静默收下，每晚 8 点汇总，验证码和联系人也不例外。",
                 "en": "Exception 1: a message received on every day 18:00 to 23:00: held without a sound for the digest at 8 pm every \
                        day, codes and contacts included."}]}),
        ]
    );
    let told = feed(&args, HISTORY.as_bytes()).succeeds().stdout;
    assert!(told.contains("验证码 1 条，银行和支付通知 1 条"), "{told}");
    let bad = feed(&args, format!("{{\"body\":5}}\n{HISTORY}").as_bytes());
    assert!(bad.code == 1 && bad.stderr.contains("line 1: ") && bad.stderr.contains("1 of 5 messages"), "{bad:?}");
}

#[test]
fn preview_calls_out_fraud_let_go_and_days_that_the_history_has_not() {
    let to_off =
        feed(&["policy", "preview", "--from", "standard", "--to", "off"], HISTORY.as_bytes()).succeeds().stdout;
    assert!(to_off.contains("诈骗、钓鱼、违法短信 1 条不再移入拦截箱"), "{to_off}");
    assert!(to_off.contains("如 such as 4") && to_off.contains("不再："), "{to_off}");
    let festival = ["policy", "preview", "--to", "standard+double-eleven"];
    assert!(feed(&festival, HISTORY.as_bytes()).succeeds().stdout.contains("没有短信在新策略所写的日期内"));
    // 2027-11-01 in China.
    let then = HISTORY.replace("1795262400000", "1825084800000");
    assert!(!feed(&festival, then.as_bytes()).succeeds().stdout.contains("日期内"));
}

#[test]
fn preview_tells_what_classify_does() {
    let actions = |policy: &str| -> Vec<Value> {
        let ran = feed(&["classify", "--policy", policy], HISTORY.as_bytes()).succeeds();
        ran.json().into_iter().map(|row| row["action"].clone()).collect()
    };
    let moved = actions("off").iter().zip(actions("strict")).filter(|(old, new)| **old != *new).count();
    let ran = feed(&["policy", "preview", "--from", "off", "--to", "strict", "--format", "json"], HISTORY.as_bytes());
    assert_eq!(ran.succeeds().json().last().unwrap()["moved"], moved);
    assert_eq!(moved, 1, "the fraud");
}
