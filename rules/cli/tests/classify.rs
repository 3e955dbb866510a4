//! What `classify` does with bad input, and how it ends.

mod command;

use command::{arg, command, feed, run};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

const SECRET: &str = "机密内容";

/// The lines of a run, and its exit code; none holds the message's text.
fn lines(args: &[&str], input: &[u8]) -> (i32, Vec<Value>) {
    let ran = feed(&[&["classify"], args].concat(), input);
    assert!(!ran.stdout.contains(SECRET), "{}", ran.stdout);
    let (all, bad) = (ran.json().len(), ran.json().iter().filter(|line| !line["error"].is_null()).count());
    let summary =
        format!("smsfilter: 共 {all} 条，其中 {bad} 条无法读取 / {bad} of {all} messages could not be read\n");
    assert_eq!(ran.stderr, if bad == 0 { String::new() } else { summary });
    (ran.code, ran.json())
}

#[test]
fn a_bad_line_yields_an_error_in_its_place_and_the_rest_goes_on() {
    let good = format!(r#"{{"body":"{SECRET}"}}"#);
    let megabyte = format!(r#"{{"body":"{}"}}"#, "a".repeat(1 << 20));
    let bad: &[(&[u8], &str)] = &[
        (r#"{"body":"机密内容"#.as_bytes(), "not valid JSON at column"),
        (b"{\"body\":\"\xE6\x9C\xBA\xFF\"}", "UTF-8 at byte 13"),
        (br#"{"body":"\ud800"}"#, "not valid JSON"),
        (br#"{"body":"\udc00\ud800"}"#, "not valid JSON"),
        (r#"{"sender":"机密内容"}"#.as_bytes(), "\"body\" is missing"),
        (br#"{"body":5}"#, "\"body\" is not as expected: give a text"),
        (br#"{"body":null}"#, "\"body\" is not as expected"),
        (r#"{"body":{"机密内容":1}}"#.as_bytes(), "\"body\" is not as expected"),
        (r#"{"body":"机密内容","body":"机密内容"}"#.as_bytes(), "stands twice"),
        (
            r#"{"body":"机密内容","known":"机密内容"}"#.as_bytes(),
            "\"known\" is not as expected: give contact, replied or none",
        ),
        (r#"{"body":"机密内容","received_at":"机密内容"}"#.as_bytes(), "\"received_at\" is not"),
        (r#"{"body":"机密内容","sim":{"slot":300}}"#.as_bytes(), "\"sim\" is not as expected"),
        (r#"{"body":"机密内容","utc_offset_min":99999}"#.as_bytes(), "\"utc_offset_min\" is not"),
        (r#"{"body":"机密内容"} 机密内容"#.as_bytes(), "not valid JSON"),
        ("[null,null,null,null,\"机密内容\"]".as_bytes(), "not a JSON object"),
        ("机密内容".as_bytes(), "not a JSON object"),
        ("\"机密内容\"".as_bytes(), "not a JSON object"),
    ];
    let fine = [
        good.clone(),
        r#"{"body":""}"#.to_owned(),
        r#"{"body":"\ud83d\udcb0"}"#.to_owned(),
        r#"{"body":"x","unknown":{"a":[1,null]},"id":null}"#.to_owned(),
        r#"  {"body":"x"}  "#.to_owned(),
        megabyte,
        "{\"body\":\"x\"}\r".to_owned(),
    ];
    let mut input = Vec::new();
    let mut wanted = Vec::new();
    for fine in &fine {
        input.extend_from_slice(fine.as_bytes());
        input.push(b'\n');
        wanted.push(None);
    }
    for (line, error) in bad {
        input.extend_from_slice(line);
        input.push(b'\n');
        input.extend_from_slice(format!("{good}\n").as_bytes());
        wanted.extend([Some(*error), None]);
    }
    input.pop(); // the last line has no end
    let (code, found) = lines(&[], &input);
    assert_eq!(code, 1);
    assert_eq!(found.len(), wanted.len());
    for (number, (found, wanted)) in (1..).zip(found.iter().zip(wanted)) {
        match wanted {
            None => assert_eq!((&found["id"], found["error"].is_null()), (&json!(number), true), "line {number}"),
            Some(part) => {
                assert_eq!(found["line"], json!(number));
                let error = found["error"].as_str().unwrap();
                assert!(error.contains(part), "line {number}: no {part:?} in {error:?}");
                assert_eq!(found.as_object().unwrap().len(), 2);
            }
        }
    }
}

#[test]
fn good_input_exits_0_and_ids_labels_and_sources_are_echoed() {
    let input = br#"{"id":"a","body":"x","label":"ham","source":{"n":1}}
{"id":{"x":[1]},"body":"x"}
{"body":"x"}"#;
    let (code, found) = lines(&[], input);
    assert_eq!(code, 0);
    assert_eq!(
        (&found[0]["id"], &found[0]["label"], &found[0]["source"]),
        (&json!("a"), &json!("ham"), &json!({"n": 1}))
    );
    assert_eq!(found[1]["id"], json!({"x": [1]}));
    assert_eq!((&found[2]["id"], found[2].get("label")), (&json!(3), None));
    let printed = feed(&["classify"], br#"{"body":"x"}"#).succeeds().stdout;
    let keys: Vec<&str> = printed.split('"').skip(1).step_by(2).collect();
    let wanted = ["id", "category", "unknown", "subcategory", "other", "score", "points", "action"];
    assert_eq!(keys[..8], wanted, "the order of fields is part of the format");
}

#[test]
fn a_byte_order_mark_crlf_and_blank_lines_are_no_lines() {
    let input = "\u{feff}\r\n\n{\"body\":\"x\"}\r\n\r\n\n{\"body\":\"y\"}\r\n\n";
    let (code, found) = lines(&[], input.as_bytes());
    assert_eq!(code, 0);
    let ids: Vec<&Value> = found.iter().map(|line| &line["id"]).collect();
    assert_eq!(ids, [&json!(3), &json!(6)], "blank lines are counted");
}

#[test]
fn nothing_at_all_is_fine() {
    for input in ["", "\n", "\r\n\r\n", "\u{feff}"] {
        assert_eq!(lines(&[], input.as_bytes()), (0, vec![]), "{input:?}");
    }
}

#[test]
fn tsv_has_three_columns_and_tabs_in_the_text_stay() {
    let input = "spam\tweb\t诚招刷单员，日赚300元，\t加QQ：10001000\nham\tweb\n\nham\tweb\t\n机密内容";
    let (code, found) = lines(&[], input.as_bytes());
    assert_eq!((code, found.len()), (1, 4));
    assert_eq!((&found[0]["label"], &found[0]["source"]), (&json!("spam"), &json!("web")));
    assert_eq!(found[0]["category"], "fraud");
    assert_eq!(found[1]["line"], 2);
    assert!(found[1]["error"].as_str().unwrap().contains("fewer than two tabs"));
    assert_eq!((&found[2]["id"], &found[2]["category"]), (&json!(4), &json!("unknown")));
    assert_eq!(found[3]["line"], 5);
}

#[test]
fn what_is_no_shape_is_refused_with_what_to_do() {
    let array = format!("[\n{{\"body\":\"{SECRET}\"}}]");
    let plain = format!("\u{feff}\r\n{SECRET}\n{{\"body\":\"x\"}}\n");
    let header = format!("body,date\n{SECRET},\n");
    let cases: [(&[u8], &[&str]); 6] = [
        (array.as_bytes(), &["JSON 数组", "jq -c '.[]'"]),
        (plain.as_bytes(), &["首行", "label<TAB>source<TAB>TEXT"]),
        (header.as_bytes(), &["--input csv"]),
        (b"\x1F\x8B\x08\0", &["解压", "gunzip"]),
        (b"PK\x03\x04", &["解压", "zip"]),
        (b"\xFF\xFE{\0", &["UTF-8"]),
    ];
    for (input, parts) in cases {
        let ran = feed(&["classify"], input);
        ran.fails(1, parts);
        assert!(!ran.stderr.contains(SECRET), "{}", ran.stderr);
    }
    for shape in ["jsonl", "tsv", "csv", "backup-xml"] {
        feed(&["classify", "--input", shape], b"\x1F\x8B\x08\0").fails(1, &["gunzip"]);
    }
    assert_eq!(lines(&[], b"  {\"body\":\"x\"}\n").0, 0, "blanks before an object");
}

#[test]
fn the_shape_can_be_named() {
    let (code, found) = lines(&["--input", "tsv"], b"{\"body\"\t\t}");
    assert_eq!((code, &found[0]["label"]), (0, &json!("{\"body\"")));
    let (code, found) = lines(&["--input", "jsonl"], b"a\tb\tc\n{\"body\":\"x\"}");
    assert_eq!((code, found[0]["error"].is_string(), found[1]["error"].is_null()), (1, true, true));
}

#[test]
fn a_line_over_the_limit_is_an_error_and_one_at_the_limit_is_not() {
    const LIMIT: usize = 32 << 20;
    let padded = |length: usize| {
        let mut line = b"{\"body\":\"x\"}".to_vec();
        line.resize(length, b' ');
        line.push(b'\n');
        line
    };
    let input = [padded(LIMIT), padded(LIMIT + 1), padded(12)].concat();
    let (code, found) = lines(&[], &input);
    assert_eq!((code, found.len()), (1, 3));
    assert!(found[0]["error"].is_null() && found[2]["error"].is_null(), "{found:?}");
    assert_eq!(found[1]["line"], 2);
    assert!(found[1]["error"].as_str().unwrap().contains("longer than 32 MiB"));
}

#[test]
fn more_lines_than_a_block_come_out_in_order() {
    let input: String = (1..=9000).map(|number| format!("{{\"id\":{number},\"body\":\"x\"}}\n")).collect();
    let (code, found) = lines(&[], input.as_bytes());
    assert_eq!(code, 0);
    assert!(found.iter().map(|line| &line["id"]).eq((1..=9000).map(|number| json!(number)).collect::<Vec<_>>().iter()));
}

#[test]
fn whoever_writes_slowly_gets_each_answer_at_once() {
    let mut child = command(&["classify"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut stdin, mut answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()).lines());
    for number in 1..=3 {
        // A line may come in two parts.
        stdin.write_all(b"{\"body\":").unwrap();
        stdin.write_all(b"\"x\"}\n").unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], json!(number));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success() && answers.next().is_none());
}

#[test]
fn lines_of_many_lengths_come_out_in_order() {
    // Longer and shorter than what is read at once.
    let bodies: Vec<usize> =
        (0..400).map(|number| number * number % 90_007 + 150_000 * usize::from(number % 97 == 0)).collect();
    let input: String =
        bodies.iter().map(|length| format!("{{\"id\":{length},\"body\":\"{}\"}}\n", "x".repeat(*length))).collect();
    let (code, found) = lines(&[], input.as_bytes());
    assert_eq!(code, 0);
    assert_eq!(
        found.iter().map(|line| &line["id"]).collect::<Vec<_>>(),
        bodies.iter().map(|n| json!(n)).collect::<Vec<_>>().iter().collect::<Vec<_>>()
    );
}

#[test]
fn text_output_is_a_line_a_message() {
    let ran = feed(&["classify", "--format", "text"], b"{\"body\":\"x\"}\n{\"id\":\"b\",\"body\":\"y\"}").succeeds();
    let columns: Vec<Vec<&str>> = ran.stdout.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(columns.len(), 2);
    assert!(columns.iter().all(|line| line.len() == 5 && line[1] == "unknown/other" && line[3] == "inbox"));
    assert_eq!((columns[0][0], columns[1][0]), ("1", "\"b\""));
    let ran = feed(&["classify", "--format", "text"], format!("{{\"body\":5,\"id\":\"{SECRET}\"}}\n").as_bytes());
    assert_eq!((ran.code, &*ran.stdout), (1, "1\terror\tfield \"body\" is not as expected: give a text\n"));
}

#[test]
fn a_file_is_read_as_stdin_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("名字 .jsonl");
    fs::write(&path, "{\"body\":\"x\"}\n").unwrap();
    let from_file = run(&["classify", arg(&path)]).succeeds();
    assert_eq!(from_file.stdout, feed(&["classify", "-"], b"{\"body\":\"x\"}\n").succeeds().stdout);
}

#[test]
fn what_cannot_be_read_is_misuse() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("missing.jsonl");
    run(&["classify", arg(&missing)]).fails(2, &["cannot read", "missing.jsonl"]);
    run(&["classify", arg(dir.path())]).fails(2, &["is a folder"]);
    run(&["classify", "--policy", "harsh"]).fails(2, &["no policy `harsh`", "off, mark, standard, strict"]);
    run(&["classify", "--trust", arg(&missing)]).fails(2, &["--trust"]);
    run(&["classify", "--bundle", arg(&missing)]).fails(2, &["cannot read", "missing.jsonl"]);
    run(&["classify", "--input", "xml"]).fails(2, &["xml"]);
    run(&["clasify"]).fails(2, &["clasify"]);
    run(&[] as &[&str]).fails(2, &["classify"]);
    run(&["--help"]).succeeds();
    run(&["--version"]).succeeds();
}

#[test]
fn a_policy_file_decides_and_a_wrong_one_is_refused_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("p.toml");
    let spam = "{\"body\":\"诚招刷单员，一单一结，日赚300元，加QQ：10001000\"}\n{\"sender\":\"13800000000\",\"body\":\"诚招刷单员，一单一结，日赚300元，加QQ：10001000\"}";
    let policy = "name = \"mine\"\n[[row]]\ncategory = \"fraud\"\naction = \"silent\"\n[[exception]]\nsender = \"13800000000\"\naction = \"inbox\"\n";
    fs::write(&path, policy).unwrap();
    let (code, found) = lines(&["--policy", arg(&path)], spam.as_bytes());
    assert_eq!(code, 0);
    assert_eq!((&found[0]["action"], &found[0]["row"]), (&json!("silent"), &json!("fraud/unknown-mobile")));
    assert_eq!((&found[1]["action"], &found[1]["row"]), (&json!("inbox"), &json!("exception:1")));
    fs::write(&path, policy.replace("silent", "delete")).unwrap();
    run(&["classify", "--policy", arg(&path)]).fails(1, &["p.toml", "line 4"]);
    fs::write(&path, [0xff, 0xfe]).unwrap();
    run(&["classify", "--policy", arg(&path)]).fails(1, &["UTF-8"]);
}

/// Commands that print, each in its own way.
const PRINTING: [&[&str]; 6] = [
    &["classify", "CASES"],
    &["explain", "你好"],
    &["explain", "--format", "json", "你好"],
    &["verify", "GOLDEN"],
    &["inspect", "GOLDEN"],
    &["demo"],
];

fn printing(args: &[&str], dir: &std::path::Path) -> std::process::Command {
    let cases = dir.join("cases.jsonl");
    fs::write(&cases, "{\"body\":\"x\"}\n".repeat(20_000)).unwrap();
    let golden = smsfilter_tests::root().join("golden/mini.smsb");
    let args: Vec<&str> = args
        .iter()
        .map(|part| match *part {
            "CASES" => arg(&cases),
            "GOLDEN" => arg(&golden),
            other => other,
        })
        .collect();
    command(&args)
}

#[cfg(unix)]
#[test]
fn a_closed_stdout_ends_quietly_with_0() {
    let dir = tempfile::tempdir().unwrap();
    for args in PRINTING {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = printing(args, dir.path()).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap().replace(
            "smsfilter: no --trust: using the development root, whose keys are public. It proves nothing.\n",
            "",
        );
        assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_stdout_is_misuse() {
    let dir = tempfile::tempdir().unwrap();
    for args in PRINTING {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = printing(args, dir.path()).stdout(full).stderr(Stdio::piped()).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {stderr}");
        assert!(stderr.contains("cannot write the output"), "{args:?}: {stderr}");
    }
}
