//! What `who` says of a word.

mod command;

use command::{arg, run};
use serde_json::Value;
use smsfilter_tests::layer_dir;

fn who(args: &[&str]) -> Vec<Value> {
    run(&[&["who", "--format", "json"], args].concat()).succeeds().json()
}

/// The objects of a kind.
fn of<'a>(found: &'a [Value], kind: &str) -> Vec<&'a Value> {
    found.iter().filter(|row| row["kind"] == kind).collect()
}

#[test]
fn keywords_are_named_with_list_publisher_and_rules() {
    let mini = layer_dir("mini");
    let found = who(&["我要贷款", "--rules", arg(&mini)]);
    let keywords = of(&found, "keyword");
    assert_eq!(keywords.len(), 1, "{keywords:?}");
    let loan = keywords[0];
    assert_eq!((loan["keyword"].as_str(), loan["how"].as_str()), (Some("贷款"), Some("said")));
    assert_eq!(loan["publisher"], "test");
    let topic = loan["list"].as_str().unwrap().split('.').next().unwrap();
    assert!(loan["rules"].as_array().unwrap().contains(&format!("{topic}.advance-fee").into()), "{loan}");
}

#[test]
fn a_part_of_a_keyword_and_an_alias_are_found() {
    let mini = layer_dir("mini");
    let part = who(&["续费", "--rules", arg(&mini)]);
    assert_eq!((part[0]["keyword"].as_str(), part[0]["how"].as_str()), (Some("手续费"), Some("part")));
    assert!(of(&part, "rule").is_empty(), "no rule holds or may hold by a part of a keyword");
    let alias = who(&["代 款", "--rules", arg(&mini)]);
    assert_eq!((alias[0]["keyword"].as_str(), alias[0]["form"].as_str()), (Some("贷款"), Some("代款")));
}

#[test]
fn whether_it_hides_is_what_classify_says_of_the_word_alone() {
    let mini = layer_dir("mini");
    for (word, alone, hides) in [("手续费和保证金", true, true), ("手续费", false, false)] {
        let found = who(&[word, "--rules", arg(&mini)]);
        let rule = of(&found, "rule")[0];
        assert_eq!((&rule["alone"], &rule["effect"]), (&alone.into(), &"+55 fraud/loan".into()));
        assert_eq!(of(&found, "verdict")[0]["hides"], hides, "{word}");
    }
}

#[test]
fn a_word_that_nothing_knows_leaves_the_verdict_alone() {
    let found = who(&["她说好"]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0]["category"].as_str(), found[0]["action"].as_str()), (Some("unknown"), Some("inbox")));
    run(&["who", "，。"]).fails(2, &["expected a word"]);
    let text = run(&["who", "刷单"]).succeeds().stdout;
    for part in ["词中有 / says", "national/part-time.", "不会被移走"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn every_layer_in_use_is_asked() {
    let (dir, city) = (tempfile::tempdir().unwrap(), layer_dir("city"));
    let (key, out) = (dir.path().join("k"), dir.path().join("b.smsb"));
    run(&["key", "new", "--out", arg(&key)]).succeeds();
    run(&["build", arg(&city), "--key", arg(&key), "--out", arg(&out)]).succeeds();
    let trust = dir.path().join("k.pub");
    let found = who(&["贷款", "--bundle", arg(&out), "--trust", arg(&trust)]);
    let publishers: Vec<&str> = of(&found, "keyword").iter().map(|row| row["publisher"].as_str().unwrap()).collect();
    assert!(publishers.contains(&"city") && publishers.contains(&"national"), "{publishers:?}");
}
