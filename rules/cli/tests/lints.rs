//! Mistakes made on purpose: each lint finds its own, at its line, and nothing else.

mod command;

use command::{LAYER, addition, arg, run};
use smsfilter_tests::layer_dir;
use std::{collections::BTreeSet, fs};

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

/// A second rule: its points and condition.
fn and_rule(points: i32, when: &str) -> String {
    let [a, b] = ["甲乙和丙丁，详见 http://a.example/b", "甲乙"];
    format!(
        r#"{TOPIC}
[[rule]]
id = "two"
title = {{ zh = "二", en = "Two" }}
category = "fraud/loan"
points = {points}
when = "{when}"
owner = "test"
tip = {{ zh = "不要付费。", en = "Do not pay." }}
match = ["{a}"]
nomatch = ["{b}"]
"#
    )
}

/// The topic with a part replaced; it must be there.
#[track_caller]
fn with(from: &str, to: &str) -> String {
    assert!(TOPIC.contains(from), "{from}");
    TOPIC.replace(from, to)
}

fn and(more: &str) -> String {
    format!("{TOPIC}\n{more}\n")
}

/// A lint, the topic with its mistake, and what the line of the finding begins with.
type Mistake = (&'static str, String, &'static str);

/// The topic with a pattern in its rule.
fn pattern(regex: &str) -> String {
    with("lure & fee", "lure & fee & p").replace("\n[[", &format!("\n[patterns]\np = '{regex}'\n\n[["))
}

/// Of an addition.
fn mistakes() -> Vec<Mistake> {
    let single = with("lure & fee", "lure").replace("fee = [\"丙丁\"]\n", "");
    let lines = TOPIC.replace("lure = [\"甲乙\"]", "lure = [\n  \"甲乙\",\n  \"小甲乙\",\n]");
    vec![
        ("alias-repeated", and("[aliases]\n\"甲乙\" = [\"甲亿\", \"甲 亿\"]"), "\"甲乙\" ="),
        ("alias-repeated", and("[aliases]\n\"丙丁\" = [\"丙 丁\"]"), "\"丙丁\" ="),
        ("alias-unused", and("[aliases]\n\"戊己\" = [\"戊几\"]"), "\"戊己\" ="),
        ("common-word", with("[\"丙丁\"]", "[\"丙丁\", \"我们\"]"), "fee ="),
        ("conflicting", and_rule(-60, "lure"), "id = \"one\""),
        ("covered-keyword", with("[\"丙丁\"]", "[\"丙丁\", \"小丙丁\"]"), "fee ="),
        ("covered-keyword", lines, "  \"小甲乙\""),
        (
            "empty-alternation",
            with("lure & fee", "lure & fee & p").replace("\n[[", "\n[patterns]\np = '(甲|和|)'\n\n[["),
            "p =",
        ),
        ("empty-alternation", pattern("(手续费)?"), "p ="),
        ("empty-alternation", pattern(".*"), "p ="),
        ("empty-alternation", pattern("a{0}"), "p ="),
        ("empty-alternation", pattern("(甲|(?:))"), "p ="),
        ("empty-alternation", pattern("(甲|\\b)"), "p ="),
        ("empty-alternation", pattern("(甲|^)"), "p ="),
        ("expired", with("owner", "until = 2025-12-31\nowner"), "id ="),
        ("host-form", and("[[domain]]\nhost = \"http://a.example\"\nkind = \"bank\""), "host ="),
        ("host-form", and("[[domain]]\nhost = \"*.a.example\"\nkind = \"bank\""), "host ="),
        ("idle-nomatch", with("nomatch = [\"甲乙\"]", "nomatch = [\"明天见\"]"), "nomatch ="),
        ("missing-examples", with("nomatch = [\"甲乙\"]\n", ""), "id ="),
        ("missing-examples", with("match = [\"甲乙和丙丁\"]\nno", "no"), "id ="),
        ("missing-owner", with("owner = \"test\"\n", ""), "id ="),
        ("missing-tip", with("tip = { zh = \"不要付费。\", en = \"Do not pay.\" }\n", ""), "id ="),
        ("missing-tip", with("Do not pay.", ""), "id ="),
        ("never-holds", and_rule(60, "lure & has.url & !has.url"), "id = \"two\""),
        ("never-holds", and_rule(60, "lure & from.port & from.mobile & fee"), "id = \"two\""),
        ("one-character", with("[\"丙丁\"]", "[\"丙丁\", \"戊\"]"), "fee ="),
        ("out-of-reach", with("points = 60", "points = 49"), "id ="),
        ("public-suffix", and("[[domain]]\nhost = \"com.cn\"\nkind = \"bank\""), "host ="),
        ("one-character", with("[\"丙丁\"]", "[\"丙丁\", \"亻言\"]"), "fee ="),
        ("one-character", and("[aliases]\n\"丙丁\" = [\"的\"]"), "fee ="),
        ("public-suffix", and("[[domain]]\nhost = \"zj.cn\"\nkind = \"bank\""), "host ="),
        ("missing-owner", with("owner = \"test\"", "owner = \" \""), "id ="),
        ("missing-tip", with("Do not pay.", " "), "id ="),
        ("single-keyword", single.replace("when = \"lure\"", "when = \"!(!lure) & lure\""), "id ="),
        ("repeated-keyword", with("[\"丙丁\"]", "[\"VIP丙丁\", \"ＶＩＰ丙丁\"]"), "fee ="),
        ("repeated-keyword", with("[\"丙丁\"]", "[\"丙丁门\", \"丙 丁 門\"]"), "fee ="),
        ("shadowed", and_rule(60, "lure & fee & has.url"), "id = \"two\""),
        ("single-keyword", single, "id ="),
        ("slow-pattern", with("lure & fee", "lure & fee & p").replace("\n[[", "\n[patterns]\np = '.和'\n\n[["), "p ="),
        ("untitled", with("zh = \"一\"", "zh = \"One\""), "id ="),
        ("untitled", with("en = \"One\"", "en = \"\""), "id ="),
        ("unused", with("fee = ", "spare = [\"己庚\"]\nfee = "), "spare ="),
        ("unused", with("\n[[rule]]", "\n[patterns]\nspare = 'x+'\n\n[[rule]]"), "spare ="),
    ]
}

/// Of a base.
fn base_mistakes() -> Vec<Mistake> {
    vec![("unknown-kind", with("lure & fee", "lure & fee & !sign.bnak"), "id =")]
}

/// The folder of a layer of this kind with one topic.
fn of_kind(kind: &str, topic: &str) -> tempfile::TempDir {
    let dir = addition(topic);
    if kind == "base" {
        fs::write(dir.path().join("layer.toml"), LAYER.replace("addition", kind)).unwrap();
        fs::copy(layer_dir("mini").join("fold.tsv"), dir.path().join("fold.tsv")).unwrap();
    }
    dir
}

#[track_caller]
fn finds((wanted, topic, place): &Mistake, kind: &str) {
    let dir = of_kind(kind, topic);
    let ran = run(&["lint", "--format", "json", arg(dir.path())]);
    let found = ran.json();
    assert_eq!((ran.code, found.len()), (1, 1), "{wanted}: {ran:?}");
    assert_eq!((found[0]["lint"].as_str(), found[0]["file"].as_str()), (Some(*wanted), Some("loan.toml")));
    let line = topic.lines().position(|line| line.starts_with(place)).unwrap() + 1;
    assert_eq!(found[0]["line"], line, "{wanted}");
}

#[test]
fn a_finding_is_shown_in_the_source() {
    let (wanted, topic, place) = &mistakes()[0];
    let ran = run(&["lint", arg(addition(topic).path())]);
    assert_eq!((ran.code, ran.stdout.contains("1 findings")), (1, true));
    let line = topic.lines().position(|line| line.starts_with(place)).unwrap() + 1;
    for part in [*wanted, &format!("loan.toml:{line}:"), "^"] {
        assert!(ran.stderr.contains(part), "no {part:?} in {}", ran.stderr);
    }
}

#[test]
fn each_lint_finds_its_mistake_and_only_that() {
    mistakes().iter().for_each(|mistake| finds(mistake, "addition"));
    base_mistakes().iter().for_each(|mistake| finds(mistake, "base"));
}

#[test]
fn no_lint_goes_untested() {
    let all = run(&["lint", "--list", "--format", "json"]).succeeds().json();
    assert!(all.iter().all(|lint| lint["text"].as_str().unwrap().contains("**Why**: ")));
    let tested: BTreeSet<&str> = mistakes().iter().chain(&base_mistakes()).map(|mistake| mistake.0).collect();
    assert_eq!(tested, all.iter().map(|lint| lint["lint"].as_str().unwrap()).collect());
}

#[test]
fn what_only_looks_like_a_mistake_is_left_alone() {
    let counted = with("lure & fee", "lure & fee >= 2").replace("[\"丙丁\"]", "[\"丙丁\", \"小丙丁\"]");
    let clean = [
        TOPIC.to_owned(),
        // More points for more that is known, where neither decides alone.
        and_rule(40, "lure & fee & has.url").replace("points = 60", "points = 45"),
        // Another subcategory.
        and_rule(60, "lure & fee & has.url").replacen("fraud/loan", "fraud/prize", 1),
        // Points against some of what another rule finds.
        and_rule(-60, "lure & fee & has.url"),
        // A counted list: the longer keyword counts too.
        counted.replace("甲乙和丙丁", "甲乙和小丙丁"),
        with("lure & fee", "lure & fee & p").replace("\n[[", "\n[patterns]\np = '(?:甲|和)x?[|]?'\n\n[["),
        and("[[domain]]\nhost = \"t.cn\"\nkind = \"short\""),
        and("[aliases]\n\"甲乙\" = [\"甲亿\"]"),
    ];
    for topic in clean {
        let ran = run(&["lint", arg(addition(&topic).path())]);
        assert_eq!(ran.code, 0, "{topic}: {}", ran.stderr);
    }
}
