//! What `stats` counts.

mod command;

use command::{addition, arg, run};
use serde_json::Value;
use std::{fs, path::Path};
use tempfile::TempDir;

/// Two rules that decide alone, one that helps, one that never holds, one with dates.
const TOPIC: &str = r#"[keywords]
lure = ["甲乙"]
fee = ["丙丁"]
mild = ["戊己"]
rare = ["庚辛"]

[[rule]]
id = "big"
title = { zh = "大", en = "Big" }
category = "fraud/loan"
points = 60
when = "lure"

[[rule]]
id = "also"
title = { zh = "也", en = "Also" }
category = "fraud/loan"
points = 55
when = "fee"

[[rule]]
id = "helps"
title = { zh = "小", en = "Mild" }
category = "fraud/loan"
points = 10
when = "mild & named"

[[rule]]
id = "named"
title = { zh = "称", en = "Named" }
when = "mild"

[[rule]]
id = "never"
title = { zh = "无", en = "Never" }
category = "fraud/loan"
points = 60
when = "rare"

[[rule]]
id = "dated"
title = { zh = "期", en = "Dated" }
category = "fraud/loan"
points = 60
from = 2026-11-01
when = "lure"
"#;

fn setup() -> (TempDir, std::path::PathBuf) {
    let dir = addition(TOPIC);
    let lines = ["1\tx\t甲乙", "1\tx\t甲乙，丙丁", "0\tx\t丙丁", "0\tx\t戊己", "0\tx\t明天见", "1\tx\t戊己甲乙"];
    let corpus = dir.path().join("corpus.tsv");
    fs::write(&corpus, lines.join("\n")).unwrap();
    (dir, corpus)
}

fn stats(dir: &Path, corpus: &Path) -> Vec<Value> {
    run(&["stats", arg(dir), "--on", arg(corpus), "--format", "json"]).succeeds().json()
}

#[test]
fn hits_and_what_only_a_rule_catches_are_counted_by_label() {
    let (dir, corpus) = setup();
    let found = stats(dir.path(), &corpus);
    let of = |id: &str| found.iter().find(|row| row["rule"] == format!("loan.{id}")).unwrap();
    let counts = |id| ["spam", "ham", "only_spam", "only_ham"].map(|name| of(id)[name].as_u64().unwrap());
    // `big` and `also` hold of one message together: it needs neither.
    assert_eq!(counts("big"), [3, 0, 2, 0]);
    assert_eq!(counts("also"), [1, 1, 0, 1]);
    assert_eq!(counts("helps"), [1, 1, 0, 0]);
    assert_eq!((of("big")["precision"].as_f64(), of("big")["lift"].as_f64()), (Some(1.0), Some(2.0)));
    assert_eq!(of("also")["precision"].as_f64(), Some(0.5));
    assert_eq!((of("never")["state"].as_str(), of("never")["precision"].as_f64()), (Some("dead"), None));
    assert_eq!((of("dated")["state"].as_str(), of("named")["effect"].as_str()), (Some("dated"), Some("evidence")));
    let summary = found.last().unwrap();
    assert_eq!(["found", "ham_found", "ham_blocked"].map(|name| summary[name].as_u64()), [Some(3), Some(1), Some(1)]);
    assert_eq!(found[0]["rule"], "loan.big", "those that hit most first");
}

#[test]
fn text_names_the_dead_and_the_slow() {
    let (dir, corpus) = setup();
    let text = run(&["stats", arg(dir.path()), "--on", arg(&corpus), "--slowest"]).succeeds().stdout;
    for part in ["未命中 / dead", "有期限 / dated", "3 spam: 3 found, 3 of them blocked; 3 ham: 1 taken for spam"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    fs::write(&corpus, "甲\tx\t甲乙\n").unwrap();
    run(&["stats", arg(dir.path()), "--on", arg(&corpus)]).fails(1, &["line 1", "0, 1 or the name"]);
}
