//! Every value that the demo prints is computed again from the files it left, by other commands.

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

fn smsfilter(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_smsfilter")).current_dir(dir).args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The folder that the demo left, and what it printed; run once.
fn demo() -> &'static (PathBuf, String) {
    static DEMO: OnceLock<(PathBuf, String)> = OnceLock::new();
    DEMO.get_or_init(|| {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo");
        let _ = std::fs::remove_dir_all(&dir);
        let output = smsfilter(Path::new("."), &["demo", "--dir", dir.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        (dir, stdout(&output))
    })
}

/// The values named so in a step of the demo.
fn values(step: usize, name: &str) -> Vec<String> {
    let lines = step_lines(step);
    lines.iter().filter_map(|line| line.trim().strip_prefix(&format!("{name}: "))).map(str::to_owned).collect()
}

fn step_lines(step: usize) -> Vec<String> {
    let (_, printed) = demo();
    let head = |line: &str, n: usize| line.starts_with(&format!("{n}. "));
    let from = printed.lines().skip_while(|line| !head(line, step)).skip(1);
    let lines: Vec<String> = from.take_while(|line| !head(line, step + 1)).map(str::to_owned).collect();
    assert!(!lines.is_empty(), "step {step} prints nothing");
    lines
}

fn json(arguments: &[&str]) -> Vec<Value> {
    let output = smsfilter(&demo().0, arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn digest(file: &str) -> String {
    let digest = Sha256::digest(std::fs::read(demo().0.join(file)).unwrap());
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `id`, `category/sub score‰` of every message that a step prints.
fn printed_verdicts(step: usize) -> Vec<(String, String)> {
    let lines = step_lines(step);
    let pairs = lines.windows(2).filter(|pair| pair[1].contains('‰'));
    let word = |line: &str, n: usize| line.split_whitespace().nth(n).unwrap_or_default().to_owned();
    pairs.map(|pair| (word(&pair[0], 0).replace(':', ""), word(&pair[1], 0) + " " + &word(&pair[1], 1))).collect()
}

fn verdicts(rows: &[Value]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let row = |row: &Value| {
        let verdict = format!("{}/{} {}‰", text(&row["category"]), text(&row["subcategory"]), row["score"]);
        (text(&row["id"]), verdict)
    };
    rows.iter().map(row).collect()
}

#[test]
fn the_installed_bundles_are_the_files_left() {
    assert_eq!(values(1, "bundle sha256"), [digest("national.smsb")]);
    assert_eq!(values(9, "bundle sha256"), [digest("city.smsb")]);
    assert_eq!(values(7, "bundle bytes"), [std::fs::metadata(demo().0.join("city.smsb")).unwrap().len().to_string()]);
    assert_eq!(values(9, "layers"), ["2"]);
}

#[test]
fn the_image_is_what_compile_makes_of_the_bundle() {
    let output = smsfilter(&demo().0, &["compile", "national.smsb", "--out", "again.smsi"]);
    assert_eq!(output.status.code(), Some(0));
    let found = &json(&["inspect", "again.smsi", "--format", "json"])[0];
    assert_eq!(values(1, "image bytes"), [found["bytes"].to_string()]);
    assert_eq!(values(1, "rules"), [found["rules"].to_string()]);
}

#[test]
fn the_verdicts_are_those_of_classify() {
    assert_eq!(printed_verdicts(2), verdicts(&json(&["classify", "inbox.jsonl"])));
    assert_eq!(printed_verdicts(5), verdicts(&json(&["classify", "campaign.jsonl"]))[..2]);
}

#[test]
fn the_presets_do_what_classify_says() {
    for preset in ["off", "mark", "standard", "strict"] {
        let rows = json(&["classify", "inbox.jsonl", "--policy", preset]);
        let count = |action: &str| rows.iter().filter(|row| row["action"] == action).count();
        let actions = ["inbox", "mark", "silent", "digest", "quarantine"];
        let wanted: Vec<String> = actions.iter().map(|action| format!("{action} {}", count(action))).collect();
        let printed = step_lines(3).into_iter().find(|line| line.trim().starts_with(&format!("{preset} ")));
        assert_eq!(printed.unwrap().trim().strip_prefix(preset).unwrap().trim(), wanted.join(", "));
    }
}

#[test]
fn the_report_is_the_message_unchanged_behind_its_sender() {
    let report = std::fs::read_to_string(demo().0.join("report.txt")).unwrap();
    let inbox = std::fs::read_to_string(demo().0.join("inbox.jsonl")).unwrap();
    let rows: Vec<Value> = inbox.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let reported = rows.iter().find(|row| report.ends_with(row["body"].as_str().unwrap())).unwrap();
    assert_eq!(report, format!("{}*{}", reported["sender"].as_str().unwrap(), reported["body"].as_str().unwrap()));
    let units = report.encode_utf16().count();
    assert_eq!(values(4, "units"), [format!("{units}, parts: {}", if units <= 70 { 1 } else { units.div_ceil(67) })]);
}

#[test]
fn the_candidate_is_the_rule_file_and_its_examples_pass() {
    let topic = &values(6, "topic")[0];
    let rule = std::fs::read_to_string(demo().0.join(format!("city/{topic}.toml"))).unwrap();
    for keyword in values(6, "keywords")[0].split(' ') {
        assert!(rule.contains(&format!("\"{keyword}\"")), "{keyword}");
    }
    assert!(rule.contains(&format!("when = {}", values(6, "when")[0])));
    let printed = values(7, "examples passed").concat();
    let tested = stdout(&smsfilter(&demo().0, &["test", "city"]));
    let (passed, all) = printed.split_once(" of ").unwrap();
    assert!(tested.starts_with(&format!("{all} examples")) && tested.contains(&format!("{passed} passed")), "{tested}");
}

#[test]
fn the_tampered_bundle_is_refused_for_the_reason_printed() {
    let output = smsfilter(&demo().0, &["verify", "tampered.smsb", "--trust", "city.key.pub", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let printed = step_lines(8).concat();
    assert!(printed.contains(found["code"].as_str().unwrap()), "{printed}");
    assert!(printed.contains(found["error"].as_str().unwrap()), "{printed}");
}

#[test]
fn the_next_message_is_caught_by_the_installed_layer() {
    let rows = json(&["classify", "campaign.jsonl", "--bundle", "city.smsb", "--trust", "city.key.pub"]);
    assert_eq!(printed_verdicts(10), verdicts(&rows)[2..]);
    assert_eq!(values(10, "action"), [rows[2]["action"].as_str().unwrap()]);
    assert_eq!(rows[2]["reasons"][1]["publisher"], "city");
}

#[test]
fn without_a_folder_nothing_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_smsfilter"));
    let output = command.arg("demo").env("TMPDIR", dir.path()).current_dir(dir.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(stdout(&output).contains("demo --dir"), "{}", stdout(&output));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_that_is_not_empty_is_left_alone() {
    let output = smsfilter(Path::new("."), &["demo", "--dir", demo().0.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
}
