//! What `import` carries over, and what it says of the rest.

mod command;

use command::{LAYER, Ran, arg, run};
use serde_json::json;
use std::{fs, path::PathBuf};
use tempfile::TempDir;

fn import(text: &str, more: &[&str]) -> (Ran, TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let (file, out) = (dir.path().join("list.txt"), dir.path().join("junk.toml"));
    fs::write(&file, text).unwrap();
    let format: &[&str] = if more.contains(&"--format") { &[] } else { &["--format", "json"] };
    let ran = run(&[&["import", arg(&file), "--out", arg(&out)], format, more].concat());
    (ran, dir, out)
}

#[test]
fn a_list_becomes_a_topic_that_works() {
    let (ran, dir, out) =
        import("\u{feff}# 词表\n办证刻章\n\n  发票代开 \n", &["--category", "illegal/forgery", "--points", "60"]);
    assert_eq!(ran.succeeds().json(), [json!({"kind": "summary", "carried": 2, "spare": 0, "lost": 0})]);
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.contains("  \"办证刻章\",\n  \"发票代开\",\n"), "{text}");
    fs::write(dir.path().join("layer.toml"), LAYER).unwrap();
    let read = run(&["explain", "--rules", arg(dir.path()), "--format", "json", "发票代开"]).succeeds().json();
    assert_eq!(read[0]["subcategory"], "forgery");
    assert!(read[0]["rules"].as_array().unwrap().contains(&json!("junk.imported")), "{}", read[0]);
    let lints: Vec<_> =
        run(&["lint", "--format", "json", arg(dir.path())]).json().iter().map(|row| row["lint"].clone()).collect();
    assert!(lints.contains(&json!("missing-owner")) && lints.contains(&json!("missing-examples")), "{lints:?}");
}

#[test]
fn what_says_nothing_more_is_left_out_and_what_cannot_be_said_is_told() {
    let long = "长".repeat(33);
    let (ran, _dir, out) = import(&format!("贷款\n貸 款\n低息贷款\n赢\n！！\n{long}\n\"引\\号\"\n"), &[]);
    let found = ran.json();
    let told = |number: u64| found.iter().find(|row| row["number"] == number).map(|row| row["lost"].as_bool().unwrap());
    assert_eq!(
        [1, 2, 3, 4, 5, 6, 7].map(told),
        [None, Some(false), Some(false), Some(true), Some(true), Some(true), None]
    );
    assert_eq!((ran.code, found.last().unwrap()["carried"].as_u64()), (1, Some(2)));
    assert!(fs::read_to_string(out).unwrap().contains("贷款"));
}

#[test]
fn of_a_backup_the_words_of_blocking_filters_are_carried_over() {
    let body = |mode: &str, pattern: &str| json!({"action": "block", "body": {"mode": mode, "pattern": pattern, "case_sensitive": false}});
    let number = json!({"mode": "prefix", "pattern": "106", "case_sensitive": false});
    let word = json!({"mode": "contains", "pattern": "甲乙", "case_sensitive": true});
    let filters = [
        (body("contains", "办证"), Some(vec!["办证"])),
        (json!({"body": {"mode": "contains", "pattern": "刻章", "case_sensitive": true}}), Some(vec!["刻章"])),
        (body("wildcard", "*发票*"), Some(vec!["发票"])),
        (body("regex", "贷款|放款"), Some(vec!["贷款", "放款"])),
        (body("wildcard", "*甲*乙*"), None),
        (body("wildcard", "丙丁*"), None),
        (body("regex", "加.{0,3}微"), None),
        (body("regex", "戊己|"), None),
        (body("prefix", "庚辛"), None),
        (body("equals", "壬癸"), None),
        (json!({"action": "block", "sender": number}), None),
        (json!({"action": "block", "sender": number, "body": word}), None),
        (json!({"action": "allow", "body": word}), None),
        (json!({"action": "block"}), None),
        (json!({"action": "block", "body": {"mode": "contains"}}), None),
    ];
    let all: Vec<_> = filters.iter().map(|filter| &filter.0).collect();
    let (ran, _dir, out) = import(&json!({"version": 3, "filters": all}).to_string(), &[]);
    let (found, text) = (ran.json(), fs::read_to_string(out).unwrap());
    for (number, (filter, words)) in (1u64..).zip(&filters) {
        let lost = found.iter().any(|row| row["number"] == number && row["lost"] == true);
        assert_eq!(lost, words.is_none(), "{filter}");
        words.iter().flatten().for_each(|word| assert!(text.contains(&format!("  \"{word}\",\n")), "{word}"));
    }
    assert_eq!(text.matches("  \"").count(), 5, "and nothing else: {text}");
    assert_eq!(ran.code, 1);
}

#[test]
fn a_hostile_backup_is_not_quoted_and_steers_no_terminal() {
    for text in [
        json!({"version": 3, "filters": "13812345678 私信"}),
        json!({"version": "13812345678", "filters": []}),
        json!({"version": 3, "filters": [{"action": ["13812345678"], "body": {"mode": 1, "pattern": "甲乙"}}]}),
    ] {
        let (ran, ..) = import(&text.to_string(), &[]);
        assert_eq!(ran.code, 1);
        assert!(!format!("{ran:?}").contains("13812345678"), "{ran:?}");
    }
    let body = json!({"mode": "exact", "pattern": "\u{1b}]0;pwn\u{7}"});
    let (ran, ..) = import(&json!({"version": 3, "filters": [{"body": body}]}).to_string(), &["--format", "text"]);
    assert!(!format!("{}{}", ran.stdout, ran.stderr).contains(['\u{1b}', '\u{7}']), "{ran:?}");
}

#[test]
fn what_is_no_list_is_refused_and_nothing_is_overwritten() {
    let refused = [
        ("{\"version\": 1, \"filters\": []}", "version 2 or 3, found 1"),
        ("{\"a\": ", "NekoSMS backup"),
        ("赢\n", "at least one keyword"),
    ];
    for (text, part) in refused {
        let (ran, _dir, out) = import(text, &[]);
        assert_eq!(ran.code, 1);
        assert!(ran.stderr.contains(part), "{ran:?}");
        assert!(!out.exists());
    }
    let (_, dir, out) = import("办证\n", &[]);
    let before = fs::read(&out).unwrap();
    let file = dir.path().join("list.txt");
    run(&["import", arg(&file), "--out", arg(&out)]).fails(2, &["exists"]);
    assert_eq!(fs::read(&out).unwrap(), before);
    run(&["import", arg(&file), "--out", arg(&dir.path().join("x.txt"))]).fails(2, &[".toml"]);
    run(&["import", arg(&file), "--out", arg(&dir.path().join("Bad name.toml"))]).fails(1, &["cannot be a topic"]);
    run(&["import", arg(&file), "--out", "y.toml", "--category", "spam"]).fails(2, &["such as fraud/loan"]);
}
