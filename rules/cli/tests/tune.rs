//! What `tune` proposes, and what it writes.

mod command;

use command::{LAYER, Ran, arg, folder, run};
use serde_json::Value;
use std::{fs, path::PathBuf};
use tempfile::TempDir;

/// `weak` is too weak alone, `harsh` blocks ham, `advert` calls ham promotion.
const TOPIC: &str = r#"# A remark that stays.
[keywords]
w = ["甲乙"]
h = ["丙丁"]
a = ["戊己"]

[[rule]]
points = 45     # close
id = "weak"
title = { zh = "弱", en = "Weak" }
category = "fraud/loan"
when = "w"

[[rule]]
id = "harsh"
title = { zh = "重", en = "Harsh" }
category = "fraud/loan"
points=50
when = "h"

[[rule]]
id = "advert"
title = { zh = "广告", en = "Advert" }
category = "promotion/retail"
points = 50
when = "a"
"#;

struct Case {
    dir: TempDir,
    corpus: PathBuf,
}

impl Case {
    /// So many messages of a label with a text.
    fn new(topic: &str, messages: &[(usize, u8, &str)]) -> Case {
        let dir = folder(&[("layer/layer.toml", LAYER), ("layer/loan.toml", topic)]);
        let corpus = dir.path().join("corpus.tsv");
        let lines = messages.iter().map(|(count, label, text)| format!("{label}\tx\t{text}\n").repeat(*count));
        fs::write(&corpus, lines.collect::<String>()).unwrap();
        Case { dir, corpus }
    }

    fn tune(&self, cap: &str, more: &[&str]) -> Ran {
        let layer = self.dir.path().join("layer");
        run(&[&["tune", arg(&layer), "--on", arg(&self.corpus), "--max-ham-errors", cap, "--format", "json"], more]
            .concat())
    }

    fn topic(&self) -> String {
        fs::read_to_string(self.dir.path().join("layer/loan.toml")).unwrap()
    }
}

/// The rules that move, with their new points.
fn moves(found: &[Value]) -> Vec<(String, i64)> {
    let rules = found.iter().filter(|row| row["kind"] == "rule");
    rules.map(|row| (row["rule"].as_str().unwrap().to_owned(), row["to"].as_i64().unwrap())).collect()
}

#[test]
fn spam_that_is_nearly_found_is_found_by_the_shortest_move() {
    let case = Case::new(TOPIC, &[(3, 1, "甲乙"), (2, 0, "明天见"), (2, 1, "丙丁")]);
    let found = case.tune("0", &[]).succeeds().json();
    assert_eq!(moves(&found), [("loan.weak".to_owned(), 50)]);
    let summary = found.last().unwrap();
    assert_eq!((summary["before"]["found"].as_i64(), summary["after"]["found"].as_i64()), (Some(2), Some(5)));
    assert_eq!(case.topic(), TOPIC, "nothing is written without --write");
}

#[test]
fn ham_errors_stay_under_the_cap_and_a_blocked_one_counts_five() {
    // Finding seven costs a blocked ham message: five of the cap.
    let messages = [(7, 1, "甲乙"), (1, 0, "甲乙")];
    for (cap, wanted) in [("4", 0), ("5", 7)] {
        let found = Case::new(TOPIC, &messages).tune(cap, &[]).succeeds().json();
        assert_eq!(found.last().unwrap()["after"]["found"], wanted, "cap {cap}");
    }
    // It must be worth it, whatever the cap.
    let found = Case::new(TOPIC, &[(5, 1, "甲乙"), (1, 0, "甲乙")]).tune("100", &[]).succeeds().json();
    assert_eq!(moves(&found), []);
}

#[test]
fn errors_above_the_cap_are_undone_first() {
    let messages = [(9, 1, "丙丁"), (2, 0, "丙丁"), (9, 1, "戊己"), (2, 0, "戊己")];
    let found = Case::new(TOPIC, &messages).tune("3", &[]).succeeds().json();
    assert_eq!(moves(&found), [("loan.harsh".to_owned(), 45)]);
    let after = &found.last().unwrap()["after"];
    assert_eq!((after["ham_blocked"].as_i64(), after["ham_promoted"].as_i64()), (Some(0), Some(2)));
    // Points do not reach zero: within five there may be no way.
    let firm = TOPIC.replace("points=50", "points=90");
    let case = Case::new(&firm, &messages);
    let ran = case.tune("0", &["--within", "5", "--write"]);
    assert_eq!((ran.code, moves(&ran.json())), (1, vec![("loan.advert".to_owned(), 45)]));
    assert_eq!((case.topic(), &ran.json().last().unwrap()["written"]), (firm, &Value::Bool(false)));
}

#[test]
fn written_numbers_stand_in_files_that_are_otherwise_the_same() {
    let case = Case::new(TOPIC, &[(3, 1, "甲乙"), (1, 0, "丙丁")]);
    let found = case.tune("0", &["--write"]).succeeds().json();
    assert_eq!(moves(&found), [("loan.harsh".to_owned(), 45), ("loan.weak".to_owned(), 50)]);
    assert_eq!(case.topic(), TOPIC.replace("points = 45  ", "points = 50  ").replace("points=50", "points=45"));
    assert_eq!(moves(&case.tune("0", &[]).succeeds().json()), [], "what was proposed is in place");
}

/// Whatever reads as TOML is written where it stands, by the rule that it belongs to.
#[test]
fn the_number_written_is_that_of_the_rule() {
    let first = "[[rule]]\nid = \"first\"\npoints = 30\ntitle = { zh = \"弱\", en = \"Weak\" }\ncategory = \"fraud/loan\"\n\
        when = \"w\"\n";
    let host = |head: &str, points: &str| {
        let rule = "title = { zh = \"重\", en = \"Harsh\" }\ncategory = \"fraud/loan\"\nwhen = \"h\"";
        format!("{head}\nid = \"host\"\npoints = {points}\n{rule}\n")
    };
    let domain = "[[domain]]\nhost = \"a.example\"\nkind = \"bank\"\n";
    let cases = [
        (domain, "[[rule]]", "50"),
        ("", "[[ rule ]]", "50"),
        ("", "[[rule]]\nmatch = [\"\"\"丙丁\npoints = 9\n\"\"\"]", "50"),
        ("", "[[rule]]", "0x32"),
        ("", "[[rule]]", "+5_0"),
    ];
    for (before, head, points) in cases {
        let topic =
            |points| format!("[keywords]\nw = [\"甲乙\"]\nh = [\"丙丁\"]\n{first}{before}{}", host(head, points));
        let case = Case::new(&topic(points), &[(1, 0, "丙丁"), (1, 1, "明天")]);
        case.tune("0", &["--write"]).succeeds();
        assert_eq!(case.topic(), topic("45"), "{head} {points}");
    }
}

#[test]
fn dated_rules_stay_and_files_keep_their_mode() {
    let dated = TOPIC.replace("points=50", "points=50\nfrom = 2020-01-01");
    let case = Case::new(&dated, &[]);
    let row = |label, body| format!("{{\"label\":\"{label}\",\"received_at\":1795000000000,\"body\":\"{body}\"}}\n");
    fs::write(&case.corpus, row(0, "丙丁") + &row(1, "甲乙")).unwrap();
    #[cfg(unix)]
    fs::set_permissions(case.dir.path().join("layer/loan.toml"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .unwrap();
    assert_eq!(moves(&case.tune("5", &["--write"]).succeeds().json()), [("loan.weak".to_owned(), 50)]);
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::MetadataExt::mode(&fs::metadata(case.dir.path().join("layer/loan.toml")).unwrap()) & 0o777,
        0o600
    );
}

#[test]
fn two_rules_are_weighed_against_each_other() {
    // Together they find spam that neither finds alone; ham has one of them.
    let topic = TOPIC.replace("points=50", "points=20").replace("points = 45 ", "points = 20 ");
    let case = Case::new(&topic, &[(4, 1, "甲乙，丙丁"), (3, 0, "甲乙"), (3, 0, "丙丁")]);
    let found = case.tune("0", &[]).succeeds().json();
    assert_eq!(found.last().unwrap()["after"]["found"], 4);
    assert_eq!(found.last().unwrap()["after"]["ham_errors"], 0);
}

#[test]
fn what_is_missing_is_told() {
    let case = Case::new(TOPIC, &[(1, 1, "甲乙")]);
    let layer = case.dir.path().join("layer");
    Case::new(TOPIC, &[]).tune("1", &[]).fails(1, &["expected at least one message"]);
    run(&["tune", arg(&layer), "--on", arg(&case.corpus)]).fails(2, &["--max-ham-errors"]);
    run(&["tune", arg(&layer), "--on", "none", "--max-ham-errors", "1"]).fails(2, &["none"]);
}
