//! What `build --publish` refuses.

mod command;

use command::{LAYER, Ran, arg, folder, run};
use ed25519_dalek::SigningKey;
use pkcs8::{EncodePrivateKey, LineEnding};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};
use tempfile::TempDir;

const TOPIC: &str = r#"[keywords]
lure = ["甲乙"]
fee = ["丙丁"]

[[rule]]
id = "one"
title = { zh = "一", en = "One" }
category = "fraud/loan"
points = 60
when = "lure & fee"
owner = "city"
tip = { zh = "不要付费。", en = "Do not pay." }
match = ["甲乙和丙丁"]
nomatch = ["甲乙"]
"#;

const MUST_ALLOW: &str = r#"
category = "service/bank"
[[intent]]
id = "mild"
text = "甲乙的账单{100..999}元。"
[[intent]]
id = "other"
text = "明天{1..12}点见。"
"#;

/// Intents enough for a gate, which no rule here reaches; the last of them has so many wordings.
fn filler(intents: usize, wordings: usize) -> String {
    let plain: String =
        (1..intents).map(|number| format!("[[intent]]\nid = \"n{number}\"\ntext = \"第{number}号\"\n")).collect();
    let also: Vec<String> = (1..wordings).map(|number| format!("\"第{number}种甲乙\"")).collect();
    let last = format!("[[intent]]\nid = \"last\"\ntext = \"别的\"\nalso = [{}]\n", also.join(","));
    format!("category = \"service/bank\"\n{plain}{last}")
}

struct Case {
    dir: TempDir,
    key: String,
}

impl Case {
    fn new() -> Case {
        let corpus = "corpus/must-allow/bank.toml";
        let filler = ("corpus/must-allow/filler.toml", &*filler(398, 1));
        let dir = folder(&[("layer/layer.toml", LAYER), ("layer/loan.toml", TOPIC), (corpus, MUST_ALLOW), filler]);
        let case = Case { key: arg(&dir.path().join("k")).to_owned(), dir };
        run(&["key", "new", "--out", &case.key]).succeeds();
        case
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.dir.path().join(name), text).unwrap();
    }

    fn build(&self, key: &str, more: &[&str]) -> Ran {
        let [layer, out, corpus] = ["layer", "out.smsb", "corpus"].map(|name| self.dir.path().join(name));
        let args = ["build", arg(&layer), "--key", key, "--out", arg(&out), "--corpus", arg(&corpus)];
        let ran = run(&[&args, more].concat());
        assert_eq!(Path::new(&out).exists(), ran.code == 0, "{ran:?}");
        ran
    }
}

#[test]
fn a_layer_without_fault_is_published_as_the_same_bytes() {
    let case = Case::new();
    case.build(&case.key, &["--publish"]).succeeds();
    let out = case.dir.path().join("out.smsb");
    let published = fs::read(&out).unwrap();
    run(&["build", arg(&case.dir.path().join("layer")), "--key", &case.key, "--out", arg(&out)]).succeeds();
    assert_eq!(fs::read(&out).unwrap(), published);
}

#[test]
fn what_may_not_be_published_is_refused_with_the_reason_and_nothing_is_written() {
    let single = TOPIC
        .replace("lure & fee", "fee")
        .replace("lure = [\"甲乙\"]\n", "")
        .replace("\"丙丁\"]", "\"丙丁\", \"账单\"]");
    let single = single.replace("points = 60", "points = 20").replace("nomatch = [\"甲乙\"]", "nomatch = [\"甲\"]");
    let pattern = |regex: &str| {
        TOPIC.replace("lure & fee", "lure & fee & p").replace("\n[[", &format!("\n[patterns]\np = '{regex}'\n\n[["))
    };
    let cases = [
        (TOPIC.replace("lure & fee", "lure | fee"), "`loan.one` is too broad: it reaches must-allow/bank.mild"),
        (
            TOPIC.replace("lure & fee", "lure | fee").replace("owner", "from = 2026-11-01\nowner"),
            "`loan.one` is too broad: it reaches must-allow/bank.mild",
        ),
        (single, "`loan.one` is too broad: it reaches must-allow/bank.mild"),
        (
            TOPIC
                .replace("fraud/loan", "promotion/retail")
                .replace("lure & fee", "!lure | fee")
                .replace("match = [\"甲乙和丙丁\"]", "match = [\"好\"]"),
            "`loan.one` is too broad: it makes spam of 399 intents",
        ),
        (TOPIC.replace("\"丙丁\"", "\"丙丁\", \"戊\""), "lint one-character at loan.fee"),
        (TOPIC.replace("owner = \"city\"\n", ""), "lint missing-owner at loan.one"),
        (TOPIC.replace("nomatch = [\"甲乙\"]\n", ""), "lint missing-examples at loan.one"),
        (pattern("(甲|)"), "lint empty-alternation at loan.p"),
        (TOPIC.replace("lure & fee", "lure & fee & !lure"), "lint never-holds at loan.one"),
        (TOPIC.replace("match = [\"甲乙和丙丁\"]", "match = [\"甲乙\"]"), "an example of `loan.one` fails"),
        (TOPIC.replace("nomatch", "gap = [\"丙丁甲乙\"]\nnomatch"), "an example of `loan.one` fails"),
    ];
    for (topic, reason) in cases {
        let case = Case::new();
        assert_ne!(topic, TOPIC, "{reason}");
        case.write("layer/loan.toml", &topic);
        case.build(&case.key, &["--publish"]).fails(1, &[reason, "nothing was written"]);
    }
}

#[test]
fn the_test_namespace_and_development_keys_stay_at_home() {
    let case = Case::new();
    case.write("layer/layer.toml", &LAYER.replace("\"city\"", "\"test\""));
    case.build(&case.key, &["--publish"]).fails(1, &["test namespace"]);
    case.write("layer/layer.toml", LAYER);
    // As the engine makes its first development key.
    let seed = Sha256::digest("smsfilter development key 0: proves nothing").into();
    case.write("dev", &SigningKey::from_bytes(&seed).to_pkcs8_pem(LineEnding::LF).unwrap());
    let dev = case.dir.path().join("dev");
    case.build(arg(&dev), &["--publish"]).fails(1, &["development key"]);
}

#[test]
fn a_users_own_rules_are_not_published() {
    let case = Case::new();
    case.write("layer/layer.toml", &LAYER.replace("\"addition\"", "\"user\""));
    let topic = TOPIC.replace("category = \"fraud/loan\"\npoints = 60", "action = \"quarantine\"");
    case.write("layer/loan.toml", &topic);
    case.build(&case.key, &["--publish"]).fails(1, &["a user layer is a user's own"]);
}

#[test]
fn every_wording_is_tried() {
    let case = Case::new();
    case.write(
        "layer/loan.toml",
        &TOPIC.replace("\"甲乙\"]\nfee", "\"第21种甲乙\"]\nfee").replace("lure & fee", "lure | fee"),
    );
    case.write("corpus/must-allow/filler.toml", &filler(398, 22));
    case.build(&case.key, &["--publish"]).fails(1, &["`loan.one` is too broad: it reaches must-allow/filler.last"]);
}

#[test]
fn other_draws_than_the_first_are_tried() {
    let case = Case::new();
    let corpus = case.dir.path().join("corpus");
    let draws = |seed: &str| -> Vec<String> {
        let lines = run(&["corpus", arg(&corpus), "--seed", seed]).succeeds().json();
        lines.iter().map(|line| line["body"].as_str().unwrap().to_owned()).collect()
    };
    let first = draws("1");
    let later = draws("5").into_iter().find(|body| body.starts_with("甲乙的账单") && !first.contains(body)).unwrap();
    let topic = TOPIC.replace("\"丙丁\"]", &format!("\"丙丁\", \"{}\"]", later.trim_end_matches('。')));
    case.write("layer/loan.toml", &topic.replace("lure & fee", "fee"));
    case.build(&case.key, &["--publish"]).fails(1, &["`loan.one` is too broad: it reaches must-allow/bank.mild"]);
}

#[test]
fn without_messages_to_try_the_rules_on_nothing_is_published() {
    let case = Case::new();
    case.write("corpus/must-allow/filler.toml", &filler(397, 1));
    case.build(&case.key, &["--publish"]).fails(1, &["at least 400", "found 399"]);
    fs::rename(case.dir.path().join("corpus/must-allow"), case.dir.path().join("corpus/other")).unwrap();
    case.build(&case.key, &["--publish"]).fails(1, &["must-allow"]);
    run(&["build", "x", "--key", "k", "--out", "o", "--corpus", "y"]).fails(2, &["--publish"]);
}
