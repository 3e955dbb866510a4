//! What `diff` says of two states of a layer.

mod command;

use command::{LAYER, addition, arg, run};
use serde_json::{Value, json};
use smsfilter_tests::layer_dir;
use std::{fs, path::Path};

const TOPIC: &str = r#"[keywords]
lure = ["甲乙", "甲丙"]
fee = ["丙丁"]

[aliases]
"甲乙" = ["甲亿"]

[patterns]
sum = '[0-9]+元'

[[rule]]
id = "one"
title = { zh = "一", en = "One" }
category = "fraud/loan"
points = 60
when = "lure & (fee | ask.link & sum) & !(from.port | sign.bank)"
owner = "test"
tip = { zh = "不要付费。", en = "Do not pay." }

[[rule]]
id = "two"
title = { zh = "二", en = "Two" }
category = "promotion/retail"
points = 55
when = "lure >= 2"
owner = "test"
"#;

fn diff(a: &Path, b: &Path, more: &[&str]) -> Vec<Value> {
    run(&[&["diff", arg(a), arg(b), "--format", "json"], more].concat()).succeeds().json()
}

#[test]
fn nothing_is_different_between_a_layer_and_itself_or_its_bundle() {
    let dir = addition(TOPIC);
    assert_eq!(diff(dir.path(), dir.path(), &[]), Vec::<Value>::new());
    assert_eq!(
        run(&["diff", arg(dir.path()), arg(dir.path())]).succeeds().stdout,
        "规则相同 / the rules are the same\n"
    );
    let (key, out) = (dir.path().join("k"), dir.path().join("b.smsb"));
    run(&["key", "new", "--out", arg(&key)]).succeeds();
    run(&["build", arg(dir.path()), "--key", arg(&key), "--out", arg(&out)]).succeeds();
    assert_eq!(diff(dir.path(), &out, &["--trust", arg(&dir.path().join("k.pub"))]), Vec::<Value>::new());
    run(&["diff", arg(dir.path()), "none"]).fails(2, &["none"]);
}

#[test]
fn each_kind_of_change_is_named_with_what_it_was_and_is() {
    let a = addition(TOPIC);
    let condition = "lure & (fee | ask.link & sum) & !(from.port | sign.bank)";
    let cases = [
        (
            TOPIC
                .replace("points = 60", "points = 70")
                .replace("owner = \"test\"\ntip", "owner = \"test\"\nfrom = 2026-11-01\ntip"),
            json!({"kind": "rule", "name": "loan.one", "change": "changed", "before": {"effect": "+60 fraud/loan", "from": "–"},
                "after": {"effect": "+70 fraud/loan", "from": "2026-11-01"}, "removed": [], "added": []}),
        ),
        (
            TOPIC.replace(condition, "(lure | fee) & ask.link"),
            json!({"kind": "rule", "name": "loan.one", "change": "changed",
                "before": {"when": "loan.lure & (loan.fee | ask.link & loan.sum) & !(from.port | sign.bank)"},
                "after": {"when": "(loan.lure | loan.fee) & ask.link"}, "removed": [], "added": []}),
        ),
        (
            TOPIC[..TOPIC.rfind("[[rule]]").unwrap()].to_owned(),
            json!({"kind": "rule", "name": "loan.two", "change": "removed",
                "before": {"effect": "+55 promotion/retail", "when": "loan.lure >= 2", "owner": "test", "title": "二 / Two"}, "after": {}, "removed": [], "added": []}),
        ),
        (
            TOPIC.replace("\"甲丙\"", "\"甲戊\""),
            json!({"kind": "list", "name": "loan.lure", "change": "changed", "before": {"words": "2"}, "after": {"words": "2"},
                "removed": ["甲丙"], "added": ["甲戊"]}),
        ),
        (
            TOPIC.replace("[\"甲亿\"]", "[\"甲亿\", \"甲已\"]"),
            json!({"kind": "alias", "name": "甲乙", "change": "changed", "before": {"words": "1"}, "after": {"words": "2"},
                "removed": [], "added": ["甲已"]}),
        ),
        (
            TOPIC.replace("[0-9]+元", "[0-9]+万"),
            json!({"kind": "pattern", "name": "loan.sum", "change": "changed", "before": {"regex": "[0-9]+元"},
                "after": {"regex": "[0-9]+万"}, "removed": [], "added": []}),
        ),
        (
            format!("{TOPIC}\n[[domain]]\nhost = \"a.example\"\nkind = \"bank\"\n"),
            json!({"kind": "domain", "name": "a.example", "change": "added", "before": {}, "after": {"kind": "bank"}, "removed": [],
                "added": []}),
        ),
    ];
    for (topic, wanted) in cases {
        assert_ne!(topic, TOPIC);
        assert_eq!(diff(a.path(), addition(&topic).path(), &[]), [wanted]);
    }
    let text =
        run(&["diff", arg(a.path()), arg(addition(&TOPIC.replace("\"甲丙\"", "\"甲戊\"")).path())]).succeeds().stdout;
    assert_eq!(text, "~ list loan.lure  -甲丙 +甲戊\n");
}

/// Whatever is not the same is named: a bundle of it is another bundle.
#[test]
fn nothing_of_a_layer_changes_unseen() {
    let first = addition(TOPIC);
    let mini = layer_dir("mini");
    let fold = fs::read_to_string(mini.join("fold.tsv")).unwrap();
    let short = &fold[..fold.trim_end().rfind('\n').unwrap() + 1];
    let preset = fs::read_to_string(layer_dir("national").join("double-twelve.policy.toml")).unwrap();
    let cases = [
        (first.path(), "layer.toml", LAYER.replace("\"city\"", "\"evil\""), "layer", "name"),
        (first.path(), "layer.toml", LAYER.replace("2036", "2027"), "layer", "not_after"),
        (first.path(), "layer.toml", LAYER.replace("A city", "B city"), "layer", "title"),
        (first.path(), "loan.toml", TOPIC.replace("\"Two\"", "\"Three\""), "rule", "title"),
        (first.path(), "loan.toml", TOPIC.replace("Do not pay", "Do pay"), "rule", "tip"),
        (first.path(), "loan.toml", TOPIC.replacen("owner = \"test\"", "owner = \"city\"", 1), "rule", "owner"),
        (first.path(), "loan.toml", format!("{TOPIC}nomatch = [\"好\"]\n"), "rule", "nomatch"),
        (first.path(), "sale.policy.toml", preset, "preset", "policy"),
        (&mini, "fold.tsv", short.to_owned(), "fold", "sha-256"),
    ];
    for (a, file, text, kind, part) in cases {
        let b = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(a).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), b.path().join(entry.file_name())).unwrap();
        }
        fs::write(b.path().join(file), text).unwrap();
        let found = diff(a, b.path(), &[]);
        assert_eq!((found.len(), &found[0]["kind"]), (1, &json!(kind)), "{found:?}");
        assert!(found[0]["after"].get(part).is_some(), "{part}: {found:?}");
        assert!(!run(&["diff", arg(a), arg(b.path())]).succeeds().stdout.contains("same"));
    }
}

#[test]
fn messages_gained_and_lost_stand_by_the_rule_that_makes_it() {
    let (a, b) = (
        addition(TOPIC),
        addition(&TOPIC.replace("\"甲丙\"", "\"甲戊\"").replace("[\"丙丁\"]", "[\"丙丁\", \"己庚\"]")),
    );
    let corpus = a.path().join("corpus.tsv");
    let lines = [
        "1\tx\t甲乙，己庚一号",
        "0\tx\t甲乙，己庚二号",
        "1\tx\t甲戊，丙丁",
        "1\tx\t甲乙甲丙",
        "0\tx\t明天见",
        "1\tx\t甲乙丙丁",
    ];
    fs::write(&corpus, lines.join("\n")).unwrap();
    let found = diff(a.path(), b.path(), &["--on", arg(&corpus), "--most", "2"]);
    let of = |kind: &str| found.iter().filter(|row| row["kind"] == kind).cloned().collect::<Vec<_>>();
    assert_eq!(
        of("cause"),
        [
            json!({"kind": "cause", "change": "gained", "rule": "loan.one", "messages": 3, "spam": 2, "ham": 1}),
            json!({"kind": "cause", "change": "lost", "rule": "loan.two", "messages": 1, "spam": 1, "ham": 0}),
        ]
    );
    let messages = of("message");
    assert_eq!(messages.len(), 3, "two of three gained, and the lost one");
    assert_eq!((&messages[0]["line"], &messages[0]["body"]), (&json!(1), &json!("甲乙，己庚一号")));
    assert_eq!((&messages[0]["before"][0], &messages[0]["after"][0]), (&json!("unknown/other"), &json!("fraud/loan")));
    assert_eq!(of("summary"), [json!({"kind": "summary", "messages": 6, "gained": 3, "lost": 1, "moved": 0})]);
    let text = run(&["diff", arg(a.path()), arg(b.path()), "--on", arg(&corpus)]).succeeds().stdout;
    for part in ["gained 3 by loan.one (spam 2, ham 1)", "lost 1 by loan.two", "6 messages: 3 gained as spam, 1 lost"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}
