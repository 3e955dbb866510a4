//! Rules as text: lints, examples, and mistakes shown in their source.

mod command;

use command::{LAYER, Ran, addition, arg, folder, run};
use smsfilter_tests::layer_dir;
use std::fs;
use tempfile::TempDir;

/// A topic that no lint objects to.
const TOPIC: &str = r#"[keywords]
lure = ["甲乙"]
fee = ["丙丁"]

[[rule]]
id = "one"
title = { zh = "一", en = "One" }
category = "fraud/loan"
points = 60
when = "lure & fee"
owner = "test"
tip = { zh = "不要付费。", en = "Do not pay." }
match = ["甲乙和丙丁"]
nomatch = ["甲乙"]
"#;

/// Names and texts.
type Files<'a> = &'a [(&'a str, &'a str)];

/// The topic with `from` replaced; it must be there.
#[track_caller]
fn with(from: &str, to: &str) -> String {
    assert!(TOPIC.contains(from));
    TOPIC.replace(from, to)
}

fn line_of(text: &str, part: &str) -> u64 {
    text[..text.find(part).unwrap()].matches('\n').count() as u64 + 1
}

fn lint(dir: &TempDir, format: &str) -> Ran {
    run(&["lint", "--format", format, arg(dir.path())])
}

#[test]
fn an_unknown_kind_is_left_to_the_base_in_an_addition() {
    let topic = with("lure & fee", "lure & fee & !sign.bnak");
    assert_eq!(lint(&addition(&topic), "json").succeeds().stdout, "");
}

#[test]
fn a_clean_layer_passes_lint_and_test() {
    let dir = addition(TOPIC);
    let ran = lint(&dir, "text").succeeds();
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("1 rules, 2 lists: 0 findings\n", ""));
    assert_eq!(lint(&dir, "json").succeeds().stdout, "");
    let ran = run(&["test", arg(dir.path())]).succeeds();
    assert_eq!(ran.stdout, "2 examples of 1 rules: 2 passed, 0 failed, 0 known gaps\n");
}

#[test]
fn an_example_that_fails_is_told_with_its_rule_and_line() {
    let failing = [
        (with("甲乙和丙丁", "甲乙和丙"), "should match and does not"),
        (with("nomatch = [\"甲乙\"]", "nomatch = [\"甲乙和丙丁\"]"), "should not match and does"),
        (with("nomatch", "gap = [\"丙丁，甲乙\"]\nnomatch"), "is listed as a gap"),
    ];
    for (topic, wanted) in failing {
        let dir = addition(&topic);
        let ran = run(&["test", "--format", "json", arg(dir.path())]);
        let found = ran.json();
        assert_eq!((ran.code, found.len()), (1, 1), "{found:?}");
        assert!(found[0]["expected"].as_str().unwrap().contains(wanted), "{found:?}");
        assert_eq!((found[0]["rule"].as_str(), found[0]["line"].as_u64()), (Some("loan.one"), Some(6)));
        let ran = run(&["test", arg(dir.path())]);
        assert_eq!(ran.code, 1);
        assert!(ran.stdout.contains("1 failed"), "{}", ran.stdout);
        assert!(ran.stderr.contains("loan.toml:6:") && ran.stderr.contains(wanted), "{}", ran.stderr);
    }
}

#[test]
fn a_gap_that_is_still_open_passes() {
    let dir = addition(&with("nomatch", "gap = [\"甲 乙，丙〇丁\"]\nnomatch"));
    assert!(run(&["test", arg(dir.path())]).succeeds().stdout.contains("1 known gaps"));
}

#[test]
fn a_dated_rule_is_tested_on_its_own_days() {
    let dir = addition(&with("owner", "from = 2031-01-01\nuntil = 2031-01-02\nowner"));
    run(&["test", arg(dir.path())]).succeeds();
}

#[test]
fn the_national_and_the_fixture_layers_pass_their_own_examples() {
    for name in ["national", "mini", "city", "mine"] {
        let dir = layer_dir(name);
        let ran = run(&["test", arg(&dir)]);
        assert_eq!(ran.code, 0, "{name}: {}{}", ran.stdout, ran.stderr);
    }
}

#[test]
fn a_mistake_is_shown_with_its_file_line_and_place() {
    let mistakes = [
        (with("lure & fee", "lure & nothing"), "when = ", "`nothing` is not defined"),
        (with("lure & fee", "lure & (fee"), "when = ", "never closed"),
        (with("lure & fee", "lure fee"), "when = ", "expected `&`, `|`"),
        (with("lure & fee", "lure >= 0"), "when = ", "from 1 to 99"),
        (with("lure & fee", "lure & one"), "when = ", "names itself"),
        (with("lure & fee", "lure & fee & has.url >= 2"), "when = ", "`has.url` is no keyword list"),
        (with("fraud/loan", "fraud/casino"), "category = ", "unknown category"),
        (with("points = 60", "points = 0"), "points = ", "not 0"),
        (with("points = 60", "points = 1001"), "points = ", "−1000 to 1000"),
        (with("points = 60\n", ""), "id = ", "both `category` and `points`"),
        (with("points = 60", "pionts = 60"), "pionts", "unknown field"),
        (with("[\"丙丁\"]", "[\"丙丁\", \"丙丁\"]"), "fee = ", "stands twice"),
        (with("[\"丙丁\"]", "\"丙丁\""), "fee = ", ""),
        (with("fee = ", "Fee = [\"x\"]\nfee = "), "Fee = ", "is no name"),
        (with("\"one\"", "\"fee\""), "id = ", "defined twice"),
        (with("owner", "from = 2026-11-11T00:00:00Z\nowner"), "from = ", "expected a date"),
        (with("\n[[rule]]", "\n[patterns]\nbad = '('\n\n[[rule]]"), "bad = ", "not a regular expression"),
        (
            with("lure & fee", "p").replace("\n[[rule]]", "\n[patterns]\np = 'x'\n\n[[rule]]"),
            "when = ",
            "pattern needs",
        ),
    ];
    for (topic, place, wanted) in mistakes {
        let dir = addition(&topic);
        let out = dir.path().join("b.smsb");
        let at = format!("loan.toml:{}:", line_of(&topic, place));
        for args in [&["lint"][..], &["test"], &["build", "--key", "none", "--out", arg(&out)]] {
            let ran = run(&[args, &[arg(dir.path())]].concat());
            ran.fails(1, &[&at, "^", wanted, "in the rules, see above"]);
        }
        assert!(!out.exists());
    }
}

#[test]
fn every_mistake_is_told_not_only_the_first() {
    let topic = with("fraud/loan", "fraud/casino").replace("points = 60", "points = 0").replace("& fee", "& no");
    lint(&addition(&topic), "text").fails(1, &["fraud/casino", "not 0", "`no` is not defined", "3 mistakes"]);
}

#[test]
fn a_mistake_of_the_layer_as_a_whole_is_told() {
    let fold = fs::read_to_string(layer_dir("mini").join("fold.tsv")).unwrap();
    let base = LAYER.replace("addition", "base");
    let bad_fold = fold.replace("\tcase\t", "\tupper\t");
    assert_ne!(fold, bad_fold);
    let at = format!("fold.tsv:{}:", line_of(&bad_fold, "0041..005A"));
    let folders: &[(Files<'_>, &[&str])] = &[
        (&[("loan.toml", TOPIC)], &["layer.toml", "missing"]),
        (&[("layer.toml", &base), ("loan.toml", TOPIC)], &["needs fold.tsv"]),
        (&[("layer.toml", LAYER), ("fold.tsv", &fold)], &["only a base layer has fold.tsv"]),
        (&[("layer.toml", &base), ("fold.tsv", &bad_fold)], &[&at, "^"]),
        (&[("layer.toml", "publisher = 1")], &["layer.toml:1:"]),
        (&[("layer.toml", LAYER), ("has.toml", TOPIC)], &["cannot be a topic"]),
        (&[("layer.toml", LAYER), ("My Topic.toml", TOPIC)], &["cannot be a topic"]),
    ];
    for (files, parts) in folders {
        lint(&folder(files), "text").fails(1, parts);
    }
    let user = LAYER.replace("addition", "user");
    lint(&folder(&[("layer.toml", &user), ("loan.toml", TOPIC)]), "text").fails(1, &["loan.toml:10:", "has `action`"]);
}

#[test]
fn a_folder_that_cannot_be_read_is_misuse() {
    let dir = tempfile::tempdir().unwrap();
    for what in ["lint", "test"] {
        run(&[what, arg(dir.path())]).fails(2, &["holds no rule files"]);
        run(&[what, "missing"]).fails(2, &["cannot read missing", "name the folder"]);
    }
    fs::write(dir.path().join("layer.toml"), [0xff]).unwrap();
    run(&["lint", arg(dir.path())]).fails(2, &["layer.toml", "UTF-8"]);
}
