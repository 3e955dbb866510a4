//! What `obfuscate` writes of the messages it reads.

mod command;

use command::{arg, feed, run};
use std::fs;

#[test]
fn everything_but_the_body_stays_as_it_came() {
    let input = "{ \"era\":\"today\", \"body\" : \"\\u8d37\\n款\\\"1\\\"\",\"sender\":\"106\",\"x\":[1.50,{\"body\":2}]}\n\n\
                 {\"body\":\"门\",\"id\":7}\r\n";
    let out = feed(&["obfuscate", "--trick", "traditional", "--rate", "100"], input.as_bytes()).succeeds().stdout;
    assert_eq!(
        out,
        "{ \"era\":\"today\", \"body\" : \"貸\\n款\\\"1\\\"\",\"sender\":\"106\",\"x\":[1.50,{\"body\":2}]}\n\
         {\"body\":\"門\",\"id\":7}\n"
    );
    let rows = "1\t贷\t贷\t款\n0\tx\t\n";
    let out = feed(&["obfuscate", "--trick=traditional", "--rate=100", "-"], rows.as_bytes()).succeeds().stdout;
    assert_eq!(out, "1\t贷\t貸\t款\n0\tx\t\n");
}

#[test]
fn what_it_writes_is_what_classify_reads_in_the_same_order() {
    let rows: String = (0..3000).map(|n| format!("1\ts\t第{n}条：低息贷款，加微信 abc{n}\n")).collect();
    for trick in ["mixed", "separators", "letters"] {
        let args = ["obfuscate", "--trick", trick, "--rate", "30"];
        let out = feed(&args, rows.as_bytes()).succeeds().stdout;
        assert_eq!(out, feed(&args, rows.as_bytes()).succeeds().stdout);
        assert_ne!(out, rows);
        let read = feed(&["classify"], out.as_bytes()).succeeds().json();
        assert!(read.len() == 3000 && read.iter().all(|line| line.get("error").is_none()), "{trick}");
    }
    // A message is disguised alike whatever stands around it.
    let alone = feed(&["obfuscate", "--trick=pinyin"], rows.lines().nth(70).unwrap().as_bytes()).succeeds().stdout;
    let among = feed(&["obfuscate", "--trick=pinyin"], rows.as_bytes()).succeeds().stdout;
    assert_eq!(among.lines().nth(70), alone.lines().next());
}

#[test]
fn bad_lines_are_told_and_the_others_disguised() {
    let ran =
        feed(&["obfuscate", "--trick", "pinyin", "--rate", "100"], "{\"body\":1}\n{\"body\":\"好\"}\n".as_bytes());
    assert_eq!((ran.code, ran.json().len()), (1, 2));
    assert_eq!(ran.json()[0]["line"], 1);
    assert_eq!(ran.json()[1]["body"], "hao");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let backup = dir.path().join("sms.xml");
    fs::write(&backup, "<?xml version='1.0'?><smses count=\"0\"></smses>").unwrap();
    run(&["obfuscate", "--trick", "pinyin", "--input", "backup-xml", arg(&backup)])
        .fails(2, &["expected JSON lines or TSV"]);
    for rate in ["0", "101", "NaN", "x"] {
        feed(&["obfuscate", "--trick", "pinyin", "--rate", rate], b"").fails(2, &["above 0, at most 100"]);
    }
    feed(&["obfuscate"], b"").fails(2, &["--trick"]);
}
