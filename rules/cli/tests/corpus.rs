//! What `corpus` makes of templates.

mod command;

use command::{arg, feed, run};
use std::{fs, path::Path};

const SLOTS: &str = r#"
[slots]
bank = [{ is = "甲银行", port = "95501" }, { is = "乙银行", port = "95502" }]
name = ["{surname}先生", "{surname}女士"]
surname = ["赵", "钱", "孙"]
"#;

const BANK: &str = r#"
category = "service/bank"
sender = "{bank.port}"

[slots]
way = ["手机银行", "柜面"]

[[intent]]
id = "in"
text = "【{bank}】{name}：您尾号{#4}的账户于{1..12}月{01..28}日通过{way}收入{100..999}元，{name}请留意，另一户名{name/2}。"
also = ["入账{100..999}元。[{bank}]"]

[[intent]]
id = "closed"
text = "【{bank}】本行{way}今晚系统维护，暂停服务，敬请谅解。"
"#;

const LOAN: &str = r#"
era = "today"
category = "fraud/loan"
[[intent]]
id = "fee"
text = "放款前请先缴纳保证金{500..900}元，联系{name}办理。"
"#;

fn folder(topics: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in [("slots.toml", SLOTS)].iter().chain(topics) {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn both() -> tempfile::TempDir {
    folder(&[("legitimate/bank.toml", BANK), ("spam/loan.toml", LOAN)])
}

#[test]
fn an_intent_becomes_messages_that_agree_with_themselves() {
    let dir = both();
    let lines = run(&["corpus", arg(dir.path()), "--each", "40"]).succeeds().json();
    assert_eq!(lines.len(), 3 * 40);
    assert_eq!(lines[0]["id"], "legitimate/bank.in#0");
    let (mut banks, mut others) = (0, 0);
    for line in lines.iter().take(40) {
        let (body, sender) = (line["body"].as_str().unwrap(), line["sender"].as_str().unwrap());
        assert_eq!((line["label"].as_str(), line["category"].as_str()), (Some("0"), Some("service/bank")));
        assert_eq!(sender == "95501", body.contains("甲银行"), "the port belongs to the bank: {sender} {body}");
        assert!(!body.contains(['{', '}']), "{body}");
        banks += usize::from(sender == "95501");
        let Some((_, names)) = body.split_once("】") else { continue };
        let (first, rest) = names.split_once('：').unwrap();
        assert!(rest.contains(&format!("元，{first}请")), "the same name twice: {body}");
        others += usize::from(!rest.ends_with(&format!("{first}。")));
    }
    assert!((1..40).contains(&banks), "both banks are drawn: {banks}");
    assert!(others > 10, "another draw gives another name");
    assert_eq!((lines[80]["label"].as_str(), lines[80]["era"].as_str()), (Some("1"), Some("today")));
}

#[test]
fn the_same_seed_gives_the_same_messages_whatever_else_there_is() {
    let (dir, more) =
        (both(), folder(&[("spam/loan.toml", &format!("{LOAN}\n[[intent]]\nid=\"a\"\ntext=\"别的话\""))]));
    let lines = |dir: &Path, seed: &str| run(&["corpus", arg(dir), "--each", "5", "--seed", seed]).succeeds().stdout;
    assert_eq!(lines(dir.path(), "7"), lines(dir.path(), "7"));
    assert_ne!(lines(dir.path(), "7"), lines(dir.path(), "8"));
    let alone = lines(more.path(), "7");
    let fee: Vec<&str> = alone.lines().filter(|line| line.contains("loan.fee#")).collect();
    assert_eq!(fee.len(), 5);
    assert!(fee.iter().all(|line| lines(dir.path(), "7").contains(line)));
}

#[test]
fn the_halves_are_the_whole() {
    let dir = both();
    let lines = |args: &[&str]| -> Vec<String> {
        let args: Vec<&str> = ["corpus", arg(dir.path())].iter().chain(args).copied().collect();
        run(&args).succeeds().stdout.lines().map(str::to_owned).collect()
    };
    let (tuned, held) = (lines(&["--half", "tuned"]), lines(&["--half", "held"]));
    let (mut parts, mut whole) = ([tuned, held].concat(), lines(&[]));
    parts.sort();
    whole.sort();
    assert_eq!(parts, whole);
}

#[test]
fn what_it_writes_is_what_classify_reads() {
    let dir = both();
    let written = run(&["corpus", arg(dir.path()), "--each", "2"]).succeeds().stdout;
    let read = feed(&["classify"], written.as_bytes()).succeeds().json();
    assert_eq!(read[0]["id"], "legitimate/bank.in#0");
    assert_eq!(read[0]["source"], "legitimate/bank");
}

#[test]
fn intents_that_say_the_same_are_named() {
    let same = BANK.replace("id = \"closed\"\ntext = \"【{bank}】本行", "id = \"again\"\ntext = \"【甲】我行");
    let dir = folder(&[
        ("a.toml", BANK),
        ("b.toml", &same.replace("id = \"in\"", "id = \"other\"").replace("尾号{#4}", "尾号{way}")),
    ]);
    let ran = run(&["corpus", arg(dir.path()), "--check"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("b.other says what a.in says"), "{ran:?}");
    assert!(ran.stdout.contains("b.again says what a.closed says"), "{ran:?}");
    assert!(ran.stdout.contains("4 intents, 2 too near"), "{ran:?}");
    run(&["corpus", arg(both().path()), "--check"]).succeeds();
}

#[test]
fn mistakes_are_told_with_their_place() {
    for (from, to, told) in [
        ("{way}", "{weg}", "a.in: no list is named weg"),
        ("{bank.port}", "{bank.fax}", "an entry of list bank has no field fax"),
        ("{#4}", "{#}", "a.in: {#} is no slot"),
        ("service/bank", "service/banks", "a.in: unknown category \"service/banks\""),
        ("id = \"closed\"", "id = \"in\"", "a.in: this id stands twice"),
        ("id = \"closed\"", "name = \"in\"", "unknown field `name`"),
        ("\"手机银行\"", "\"{way}\"", "list way holds itself"),
        ("[\"手机银行\", \"柜面\"]", "[]", "list way: expected at least one entry"),
    ] {
        let dir = folder(&[("a.toml", &BANK.replace(from, to))]);
        run(&["corpus", arg(dir.path())]).fails(1, &[told]);
    }
    run(&["corpus", arg(folder(&[]).path())]).fails(1, &["expected *.toml files"]);
    run(&["corpus", arg(both().path()), "--each", "0"]).fails(2, &["--each"]);
    run(&["corpus", "no-such-folder"]).fails(2, &["no-such-folder"]);
}

#[test]
fn no_message_that_must_be_allowed_is_blocked_and_no_personal_one_called_an_advert() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus");
    // The draws of `build --publish`: rules are mended on the first.
    let written = ["1", "2", "3", "4", "5"]
        .map(|seed| run(&["corpus", arg(&corpus), "--each", "20", "--seed", seed]).succeeds().stdout)
        .concat();
    let messages: Vec<&str> = written.lines().filter(|line| line.contains("\"source\":\"must-allow/")).collect();
    assert!(messages.len() >= 5 * 20 * 700);
    let verdicts = feed(&["classify", "--no-model"], messages.join("\n").as_bytes()).succeeds().json();
    let wrong: std::collections::BTreeSet<String> = (messages.iter().zip(&verdicts))
        .filter_map(|(message, verdict)| {
            let message: serde_json::Value = serde_json::from_str(message).unwrap();
            let is_personal = message["category"].as_str().unwrap().starts_with("personal");
            let wrong = match verdict["category"].as_str().unwrap() {
                "phishing" | "fraud" | "illegal" => true,
                category => is_personal && category == "promotion",
            };
            let name = message["id"].as_str().unwrap().split('#').next().unwrap().to_owned();
            wrong.then(|| format!("{name}: {} by {}", verdict["category"], verdict["reasons"]))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
