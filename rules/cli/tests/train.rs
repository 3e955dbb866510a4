//! `train`, and the model's way into a bundle.

mod command;

use command::{arg, run};
use smsfilter_tests::layer_dir;
use std::{fs, path::Path};
use tempfile::TempDir;

fn dir() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A corpus of adverts and chats, as TSV.
fn corpus(dir: &Path) -> String {
    let words = [["全场五折", "限时抢购", "会员特惠"], ["晚上吃饭", "明天开会", "路上小心"]];
    let line = |at: usize| {
        let of = words[at % 2];
        format!("{}\tmade\t{}{}，{}xx{}\n", (at + 1) % 2, of[at / 2 % 3], of[at / 6 % 3], of[at / 18 % 3], of[at % 3])
    };
    let path = dir.join("corpus.tsv");
    fs::write(&path, (0..200).map(line).collect::<String>()).unwrap();
    arg(&path).to_owned()
}

#[test]
fn the_same_corpus_trains_the_same_file_which_a_bundle_then_carries() {
    let dir = dir();
    let (corpus, mini) = (corpus(dir.path()), layer_dir("mini"));
    let out = ["a.smm", "b.smm"].map(|name| dir.path().join(name));
    for out in &out {
        let args =
            ["train", &corpus, "--rules", arg(&mini), "--rows-log2", "14", "--format", "json", "--out", arg(out)];
        let value = &run(&args).succeeds().json()[0];
        assert_eq!(value["rows_log2"], 14);
        let number = |name: &str| value[name].as_u64().unwrap();
        assert_eq!(number("rows"), 200);
        assert_eq!(
            number("rows") + number("examples"),
            number("trained") + number("calibrated") + number("measured"),
            "every row is one of the three"
        );
        assert!(value["trained"].as_u64().unwrap() > 100 && value["measured"].as_u64().unwrap() > 0, "{value}");
        assert_eq!(value["figures"].as_array().unwrap().len(), 10);
    }
    assert!(fs::read(&out[0]).unwrap() == fs::read(&out[1]).unwrap());

    let (key, bundle) = (dir.path().join("k"), dir.path().join("b.smsb"));
    run(&["key", "new", "--out", arg(&key)]).succeeds();
    let build =
        |layer: &Path| run(&["build", arg(layer), "--key", arg(&key), "--model", arg(&out[0]), "--out", arg(&bundle)]);
    build(&mini).succeeds();
    let shown = run(&["inspect", arg(&bundle)]).succeeds().stdout;
    assert!(shown.contains("model of 16384 rows, SHA-256 "), "{shown}");
    run(&["verify", arg(&bundle), "--trust", arg(&dir.path().join("k.pub"))]).succeeds();
    // An addition has no fold tables that a model could go with, and the national base has others.
    build(&layer_dir("city")).fails(1, &["model", "base layer"]);
    build(&layer_dir("national")).fails(1, &["model", "fold tables"]);
}

#[test]
fn figures_are_printed_for_people_and_rows_may_be_named_that_only_measure() {
    let dir = dir();
    let (corpus, out) = (corpus(dir.path()), dir.path().join("m.smm"));
    let json = dir.path().join("measure.jsonl");
    let lines = "{\"label\":1,\"body\":\"会员特惠全场五折\"}\n{\"label\":0,\"body\":\"明天开会\",\"sender\":\"13800000000\"}\n\
                 {\"label\":\"promotion\",\"body\":\"限时抢购全场五折\"}\n";
    fs::write(&json, lines).unwrap();
    let ran = run(&["train", &corpus, "--measure", arg(&json), "--out", arg(&out)]).succeeds();
    for part in
        ["measured on 3,", "203 rows of the corpus", "examples of rules", "nine train", "leaves a category open"]
    {
        assert!(ran.stdout.contains(part), "no {part:?} in {}", ran.stdout);
    }
    let spam = ran.stdout.lines().find(|line| line.starts_with("spam ")).unwrap();
    assert_eq!(spam.split_whitespace().collect::<Vec<_>>(), ["spam", "2", "2", "100.0%", "1", "0", "0.00%"]);
}

#[test]
fn what_cannot_be_trained_is_told_with_its_place() {
    let dir = dir();
    let (corpus, out) = (corpus(dir.path()), dir.path().join("m.smm"));
    let out = arg(&out);
    let bad = dir.path().join("bad.tsv");
    fs::write(&bad, "1\tmade\t全场五折\nspam\tmade\t全场五折\n").unwrap();
    run(&["train", &corpus, arg(&bad), "--out", out]).fails(1, &["bad.tsv", "line 2", "0, 1 or the name"]);
    fs::write(&bad, "1\tmade\t全场五折\n".repeat(3) + &"机密\tmade\t全场五折\n".repeat(9)).unwrap();
    let ran = run(&["train", arg(&bad), "--out", out]);
    ran.fails(1, &["line 4: ", "line 8: ", "nothing was made"]);
    assert!(!ran.stderr.contains("line 9: ") && !ran.stderr.contains("机密"), "{}", ran.stderr);
    fs::write(&bad, "1\tmade\t全场五折\n").unwrap();
    run(&["train", arg(&bad), "--out", out]).fails(1, &["rows of spam and of ham"]);
    run(&["train", "missing.tsv", "--out", out]).fails(2, &["missing.tsv"]);
    run(&["train", &corpus, "--rows-log2", "18", "--out", out]).fails(2, &["14 to 17", "18"]);
    run(&["train", "--out", out]).fails(2, &["CORPUS"]);
    assert!(!Path::new(out).exists());
}
