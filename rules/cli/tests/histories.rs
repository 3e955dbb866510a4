//! What `classify` does with whole histories: backups in XML, and CSV.

mod command;

use command::{arg, command, feed, run};
use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::Stdio,
};

const SECRET: &str = "机密内容";
const BACKUP: [&str; 3] = ["classify", "--input", "backup-xml"];
const CSV: [&str; 3] = ["classify", "--input", "csv"];

fn file(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/history", name].iter().collect()
}

fn sms(body: &str) -> String {
    format!("<sms address='13800138000' date='1760000000000' type='1' body='{body}'/>\n")
}

#[test]
fn the_same_messages_get_the_same_answers_in_every_shape() {
    let answers = |name: &str, input: &str| -> Vec<Value> {
        let mut found = run(&["classify", "--input", input, arg(&file(name))]).succeeds().json();
        for answer in &mut found {
            let answer = answer.as_object_mut().unwrap();
            // Lines begin elsewhere, and only TSV has the others here.
            ["id", "label", "source"].iter().for_each(|own| drop(answer.remove(*own)));
        }
        found
    };
    let wanted = answers("same.jsonl", "jsonl");
    let categories: Vec<&Value> = wanted.iter().map(|answer| &answer["category"]).collect();
    assert_eq!(categories, ["fraud", "code", "unknown", "phishing"], "the messages are such that answers differ");
    for (name, input) in [("same.tsv", "tsv"), ("same.xml", "backup-xml"), ("same.csv", "csv")] {
        assert_eq!(answers(name, input), wanted, "{name}");
    }
}

#[test]
fn whom_the_user_wrote_to_is_known_from_there_on() {
    let spam = "诚招刷单员，一单一结，日赚300元，加QQ：10001000";
    let xml = format!("<smses>{0}<sms address='+8613800138000' type='2' body='好'/>{0}</smses>", sms(spam));
    let csv = format!("address,type,body\n13800138000,1,{spam}\n+8613800138000,2,好\n13800138000,1,{spam}\n");
    for (args, input) in [(BACKUP, xml), (CSV, csv)] {
        let found = feed(&args, input.as_bytes()).succeeds().json();
        let rows: Vec<&str> = found.iter().map(|answer| answer["row"].as_str().unwrap()).collect();
        assert_eq!(rows.len(), 2);
        assert!(rows[0].ends_with("/unknown-mobile") && rows[1].ends_with("/replied"), "{rows:?}");
    }
}

#[test]
fn to_refuse_makes_nobody_known() {
    let spam = "诚招刷单员，一单一结，日赚300元，加QQ：10001000";
    let xml = format!(
        "<smses><sms address='10690000' type='2' body='TD'/>{}</smses>",
        sms(spam).replace("13800138000", "10690000")
    );
    let csv = format!("sender,type,text\n10690000,2, td \n10690000,2,退订\n10690000,1,{spam}\n");
    for (args, input) in [(BACKUP, xml), (CSV, csv)] {
        let found = feed(&args, input.as_bytes()).succeeds().json();
        assert!(found[0]["row"].as_str().unwrap().ends_with("/unknown-service"), "{found:?}");
    }
}

#[test]
fn seconds_and_days_without_dashes_are_no_milliseconds() {
    for date in ["1795219500", "20261121"] {
        let found = feed(&CSV, format!("date,body\n{date},x\n").as_bytes());
        assert!(found.code == 1 && found.stdout.contains("milliseconds since 1970"), "{found:?}");
    }
}

#[test]
fn many_messages_come_out_in_order_with_errors_in_their_place() {
    let (mut xml, mut csv) = (String::from("<smses>"), String::from("body,type\n"));
    let bodies = (1..=9000_u64).map(|number| (number, number * number % 1009 + 90_000 * u64::from(number % 997 == 0)));
    for (number, length) in bodies {
        let body = "x".repeat(length as usize);
        let kind = if number % 100 == 0 { "what" } else { "1" };
        write!(xml, "<sms type='{kind}' body='{body}'/>").unwrap();
        writeln!(csv, "{body},{kind}").unwrap();
    }
    xml.push_str("</smses>");
    for (args, input, before) in [(BACKUP, xml, 0), (CSV, csv, 1)] {
        let ran = feed(&args, input.as_bytes());
        assert!(ran.code == 1 && ran.stderr.contains("90 of 9000 messages could not be read"), "{}", ran.stderr);
        let found = ran.json();
        assert_eq!(found.len(), 9000);
        for (number, answer) in (1..=9000).zip(found) {
            let key = if number % 100 == 0 { "line" } else { "id" };
            assert_eq!(answer[key], json!(number + before));
        }
    }
}

#[test]
fn a_file_that_breaks_off_is_answered_up_to_there() {
    let mut xml = format!("<smses>{}", sms("x").repeat(5000));
    write!(xml, "<sms type='1' body='{SECRET}").unwrap();
    let csv = format!("body\n{}\"{SECRET}\nx\n", "x\n".repeat(5000));
    for (args, input, told) in [(BACKUP, &xml, "ends too early"), (CSV, &csv, "a quote from line 5002 on")] {
        let ran = feed(&args, input.as_bytes());
        assert_eq!((ran.code, ran.json().len()), (1, 5000), "{}", ran.stderr);
        assert!(ran.stderr.contains(told) && !ran.stderr.contains(SECRET), "{}", ran.stderr);
    }
}

#[test]
fn another_file_is_refused_without_its_text() {
    let xml = format!("<smses>{}</smses>", sms(SECRET));
    let json = format!("{{\"body\":\"{SECRET}\"}}\n");
    feed(&BACKUP, json.as_bytes()).fails(1, &["不是", "no backup of messages"]);
    feed(&BACKUP, b"<calls/>").fails(1, &["no backup of messages"]);
    feed(&BACKUP, b"<?xml version='1.0' encoding='UTF-16'?><smses/>").fails(1, &["not UTF-8"]);
    for other in [&xml, &json, "date;body\n"] {
        let ran = feed(&CSV, other.as_bytes());
        ran.fails(1, &["列名", "expected a header row"]);
        assert!(!ran.stderr.contains(SECRET));
    }
    for start in ["", "<?xml version='1.0'?>", "\u{feff}"] {
        feed(&["classify"], format!("{start}{xml}").as_bytes()).fails(2, &["--input backup-xml"]);
    }
    run(&["classify", "--input", "xml"]).fails(2, &["backup-xml"]);
    run(&["classify", "--input", "csv", "missing.csv"]).fails(2, &["cannot read missing.csv"]);
}

#[test]
fn errors_hold_nobodys_text_or_number() {
    let xml = format!(
        "<smses><sms type='1' address='13800138000' body='{SECRET}&{SECRET};' date='{SECRET}'/><sms type='{SECRET}' body=''/></smses>"
    );
    let csv = format!("body,type,date\n{SECRET},{SECRET},\n{SECRET},1,{SECRET}\n{SECRET},{SECRET}\n");
    for (args, input, bad) in [(BACKUP, xml, 2), (CSV, csv, 3)] {
        let ran = feed(&args, input.as_bytes());
        assert!(ran.json().iter().all(|answer| answer["error"].is_string() && answer.as_object().unwrap().len() == 2));
        assert_eq!((ran.code, ran.json().len()), (1, bad));
        let told = ran.stdout + &ran.stderr;
        assert!(!told.contains(SECRET) && !told.contains("138"), "{told}");
    }
}

#[test]
fn multimedia_messages_without_text_are_counted() {
    let ran = run(&["classify", "--input", "backup-xml", arg(&file("backup.xml"))]);
    assert_eq!((ran.code, ran.json().len()), (1, 14));
    assert!(ran.stderr.contains("彩信 1 条 / passed over 1 multimedia"), "{}", ran.stderr);
}

#[test]
fn whoever_writes_slowly_gets_each_answer_at_once() {
    let rows: (&str, Vec<String>, &str) = ("body\n", vec!["x\n".into(); 3], "");
    for (args, (start, messages, end)) in [(BACKUP, ("<smses>\n", vec![sms("x"); 3], "</smses>")), (CSV, rows)] {
        let mut child = command(&args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (mut stdin, mut answers) =
            (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()).lines());
        stdin.write_all(start.as_bytes()).unwrap();
        for message in messages {
            stdin.write_all(message.as_bytes()).unwrap();
            let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
            assert_eq!(answer["category"], "unknown");
        }
        stdin.write_all(end.as_bytes()).unwrap();
        drop(stdin);
        assert!(child.wait().unwrap().success() && answers.next().is_none());
    }
}

#[test]
fn a_backup_of_fifty_megabytes_goes_through() {
    let picture = "QUJD".repeat(125_000);
    let mms = format!(
        "<mms msg_box='1'><parts><part ct='image/jpeg' text='null' data='{picture}'/><part ct='text/plain' text='x'/></parts></mms>"
    );
    let input = format!("<smses>{}</smses>", (mms + &sms("x")).repeat(100));
    assert!(input.len() > 50_000_000);
    assert_eq!(feed(&BACKUP, input.as_bytes()).succeeds().json().len(), 200);
}
