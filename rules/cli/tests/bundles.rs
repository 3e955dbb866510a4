//! Keys, bundles and images: made, checked, refused.

mod command;

use command::{Ran, arg, feed, run};
use serde_json::Value;
use smsfilter::bundle::SigningKey;
use smsfilter_tests::{bundle_bytes, layer, layer_dir, root};
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

fn dir() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn golden() -> PathBuf {
    root().join("golden/mini.smsb")
}

/// A new key in `dir`.
fn key(dir: &Path, name: &str) -> String {
    let path = dir.join(name);
    run(&["key", "new", "--out", arg(&path)]).succeeds();
    arg(&path).to_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn build(dir: &str, key: &str, out: &Path) -> Ran {
    run(&["build", dir, "--key", key, "--out", arg(out)])
}

#[test]
fn the_golden_bundle_is_good_under_the_development_root_and_says_so() {
    let ran = run(&["verify", arg(&golden())]).succeeds();
    assert!(ran.stdout.starts_with("good: test/mini seq 1\n"), "{}", ran.stdout);
    assert!(ran.stderr.contains("proves nothing"), "{}", ran.stderr);
    let ran = run(&["verify", "--format", "json", arg(&golden())]).succeeds();
    let value = &ran.json()[0];
    assert_eq!(
        (&value["ok"], &value["publisher"], &value["development"]),
        (&true.into(), &"test".into(), &true.into())
    );
}

#[test]
fn verify_exits_1_and_names_the_cause() {
    let good = fs::read(golden()).unwrap();
    let change = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = good.clone();
        change(&mut bytes);
        bytes
    };
    let stranger = smsfilter::bundle::write(&layer("mini"), [0; 32]).unwrap().sign(&[&SigningKey::from_seed(&[9; 32])]);
    let middle = good.len() / 2;
    let refused: &[(&str, Vec<u8>, &str)] = &[
        ("altered content", change(&|bytes| bytes[middle] ^= 1), "section-damaged"),
        ("altered sequence", change(&|bytes| bytes[24] ^= 1), "wrong-signature"),
        ("altered signature", change(&|bytes| *bytes.last_mut().unwrap() ^= 1), "wrong-signature"),
        ("re-ordered sections", change(&|bytes| bytes[128..256].rotate_left(64)), "malformed"),
        ("over-long by a byte", change(&|bytes| bytes.push(0)), "malformed"),
        ("twice the file", good.repeat(2), "malformed"),
        ("cut off", good[..middle].to_vec(), "truncated"),
        ("without signature", good[..good.len() - 80].to_vec(), "not-signed"),
        ("signed by a stranger", stranger, "unknown-signer"),
        ("empty", Vec::new(), "not-a-bundle"),
        ("a text", b"hello, this is no bundle at all".to_vec(), "not-a-bundle"),
        ("over 16 MiB", change(&|bytes| bytes.resize((16 << 20) + 1, 0)), "over-limit"),
    ];
    let dir = dir();
    let path = dir.path().join("b.smsb");
    for (what, bytes, code) in refused {
        fs::write(&path, bytes).unwrap();
        let ran = run(&["verify", "--format", "json", arg(&path)]);
        let value = &ran.json()[0];
        assert_eq!(
            (ran.code, &value["ok"], &value["code"]),
            (1, &false.into(), &Value::from(*code)),
            "{what}: {value}"
        );
        let said = value["error"].as_str().unwrap();
        run(&["verify", arg(&path)]).fails(1, &["b.smsb", said]);
        // Whatever uses it refuses it too, before anything else is printed.
        feed(&["classify", "--bundle", arg(&path)], b"{\"body\":\"x\"}").fails(1, &[said]);
        run(&["explain", "--bundle", arg(&path), "x"]).fails(1, &[said]);
        let image = dir.path().join("i.smsi");
        run(&["compile", arg(&path), "--out", arg(&image)]).fails(1, &[said]);
        assert!(!image.exists(), "{what}");
    }
}

#[test]
fn a_bundle_is_trusted_by_its_key_and_by_no_other() {
    let dir = dir();
    let (own, other) = (key(dir.path(), "own"), key(dir.path(), "other"));
    let out = dir.path().join("b.smsb");
    build(arg(&layer_dir("mini")), &own, &out).succeeds();
    let ran = run(&["verify", arg(&out), "--trust", &format!("{own}.pub")]).succeeds();
    assert_eq!(ran.stderr, "");
    run(&["verify", arg(&out), "--trust", &format!("{other}.pub")])
        .fails(1, &["found only", "trust root \"other.pub\""]);
    run(&["verify", arg(&out)]).fails(1, &["found only"]);
    run(&["verify", arg(&out), "--trust", &own]).fails(2, &["expected a public key"]);
    run(&["verify", arg(&out), "--trust", arg(&out)]).fails(2, &["expected a public key"]);
}

#[test]
fn two_of_two_needs_the_second_signature() {
    let dir = dir();
    let (first, second) = (key(dir.path(), "first"), key(dir.path(), "second"));
    let both = [&first, &second].map(|key| fs::read_to_string(format!("{key}.pub")).unwrap()).concat();
    let root = dir.path().join("root");
    fs::write(&root, format!("threshold 2\n{both}")).unwrap();
    let out = dir.path().join("b.smsb");
    build(arg(&layer_dir("mini")), &first, &out).succeeds();
    run(&["verify", arg(&out), "--trust", arg(&root)]).fails(1, &["expected 2 signatures", "found 1"]);
    run(&["sign", arg(&out), "--key", &second]).succeeds();
    run(&["verify", arg(&out), "--trust", arg(&root)]).succeeds();
    let signed = fs::read(&out).unwrap();
    run(&["sign", arg(&out), "--key", &second]).fails(1, &["already signed"]);
    assert_eq!(fs::read(&out).unwrap(), signed, "a refused signature leaves the file");
    for (text, part) in [
        (both.clone(), "threshold N"),
        (format!("threshold two\n{both}"), "with a number"),
        (format!("threshold 3\n{both}"), "expected"),
        ("-----BEGIN PUBLIC KEY-----\nAAAA".to_owned(), "not closed"),
    ] {
        fs::write(&root, text).unwrap();
        run(&["verify", arg(&out), "--trust", arg(&root)]).fails(2, &["root: ", part]);
    }
}

#[test]
fn the_same_rules_from_two_places_make_the_same_bytes() {
    let dir = dir();
    let key = key(dir.path(), "k");
    let (near, far) = (dir.path().join("near"), dir.path().join("a/b c/遠い"));
    for place in [&far, &near] {
        copy(&layer_dir("mini"), place);
        fs::write(place.join("README.md"), arg(place)).unwrap();
        build(arg(place), &key, &place.join("b.smsb")).succeeds();
    }
    let bytes = fs::read(near.join("b.smsb")).unwrap();
    assert!(bytes == fs::read(far.join("b.smsb")).unwrap());
    run(&["build", arg(&near), "--key", &key, "--seq", "2", "--out", arg(&far.join("b.smsb"))]).succeeds();
    assert!(bytes != fs::read(far.join("b.smsb")).unwrap(), "another sequence number is another bundle");
}

#[test]
fn a_key_is_never_overwritten_and_half_a_pair_is_not_left() {
    let dir = dir();
    let path = key(dir.path(), "k");
    let before = (fs::read(&path).unwrap(), fs::read(format!("{path}.pub")).unwrap());
    run(&["key", "new", "--out", &path]).fails(2, &["exists already", "never overwritten"]);
    fs::remove_file(&path).unwrap();
    run(&["key", "new", "--out", &path]).fails(2, &["k.pub exists already"]);
    assert!(!Path::new(&path).exists());
    assert_eq!(fs::read(format!("{path}.pub")).unwrap(), before.1);
    run(&["key", "new", "--out", arg(&dir.path().join("missing/k"))]).fails(2, &["cannot write"]);
}

#[cfg(unix)]
#[test]
fn a_private_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = dir();
    let path = key(dir.path(), "k");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let two = key(dir.path(), "two");
    assert_ne!(fs::read(&path).unwrap(), fs::read(two).unwrap());
}

#[test]
fn an_encrypted_key_opens_with_its_passphrase_only() {
    let dir = dir();
    let file = |name: &str, text: &str| {
        let path = dir.path().join(name);
        fs::write(&path, text).unwrap();
        arg(&path).to_owned()
    };
    let (right, wrong, empty) = (file("right", "正确 horse\nsecond line"), file("wrong", "horse"), file("empty", "\n"));
    let key = arg(&dir.path().join("k")).to_owned();
    let ran = run(&["key", "new", "--out", &key, "--passphrase-file", &right]).succeeds();
    assert_eq!(ran.stderr, "", "no warning for an encrypted key");
    assert!(fs::read_to_string(&key).unwrap().starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    let out = dir.path().join("b.smsb");
    let mini = layer_dir("mini");
    let build = ["build", arg(&mini), "--key", &key, "--out", arg(&out)];
    run(&build).fails(2, &["is encrypted", "--passphrase-file"]);
    run(&[&build[..], &["--passphrase-file", &wrong]].concat()).fails(2, &["does not open this key"]);
    run(&[&build[..], &["--passphrase-file", &empty]].concat()).fails(2, &["is empty"]);
    run(&[&build[..], &["--passphrase-file", "missing"]].concat()).fails(2, &["cannot read missing"]);
    assert!(!out.exists());
    run(&[&build[..], &["--passphrase-file", &right]].concat()).succeeds();
    run(&["verify", arg(&out), "--trust", &format!("{key}.pub")]).succeeds();
}

#[test]
fn what_is_no_private_key_does_not_sign() {
    let dir = dir();
    let key = key(dir.path(), "k");
    let out = dir.path().join("b.smsb");
    let mini = layer_dir("mini");
    build(arg(&mini), &format!("{key}.pub"), &out).fails(2, &["this is the public half"]);
    build(arg(&mini), arg(&golden()), &out).fails(2, &["PKCS#8 PEM"]);
    build(arg(&mini), "missing", &out).fails(2, &["cannot read missing"]);
    build(arg(&mini), &key, &dir.path().join("missing/b.smsb")).fails(2, &["cannot write"]);
    build(arg(&mini), &key, dir.path()).fails(2, &["cannot write"]);
    build("missing", &key, &out).fails(2, &["cannot read missing"]);
    build(arg(dir.path()), &key, &out).fails(2, &["holds no rule files"]);
    assert!(!out.exists());
}

#[test]
fn an_image_is_the_same_in_any_order_and_inspect_lists_its_layers() {
    let dir = dir();
    let place = |name: &str| dir.path().join(name);
    for name in ["city", "mine"] {
        fs::write(place(name), bundle_bytes(&layer(name))).unwrap();
    }
    let (mini, city, mine) = (golden(), place("city"), place("mine"));
    let (one, two) = (place("one.smsi"), place("two.smsi"));
    run(&["compile", arg(&mini), arg(&city), arg(&mine), "--out", arg(&one)]).succeeds();
    run(&["compile", arg(&mine), arg(&city), arg(&mini), "--out", arg(&two)]).succeeds();
    assert!(fs::read(&one).unwrap() == fs::read(&two).unwrap());
    assert!(fs::read(place("one.user.smsi")).unwrap() == fs::read(place("two.user.smsi")).unwrap());
    let text = run(&["inspect", arg(&one)]).succeeds().stdout;
    assert!(text.contains("test") && text.contains("city"), "{text}");
    let value = &run(&["inspect", "--format", "json", arg(&one)]).succeeds().json()[0];
    assert_eq!(value["kind"], "image");
    let topics = value["topics"].as_array().unwrap();
    assert_eq!(
        topics.iter().map(|topic| topic["rules"].as_u64().unwrap()).sum::<u64>(),
        value["rules"].as_u64().unwrap()
    );
    for topic in topics {
        let name = format!("topic {}/{} ", topic["publisher"].as_str().unwrap(), topic["topic"].as_str().unwrap());
        assert!(text.contains(&name), "no {name:?} in {text}");
    }
    let mut bytes = fs::read(&one).unwrap();
    let parts = value["parts"].as_array().unwrap();
    let sum: u64 = parts.iter().map(|part| part["bytes"].as_u64().unwrap()).sum();
    assert_eq!((sum, &value["bytes"]), (bytes.len() as u64, &bytes.len().into()));
    for part in parts {
        let (name, size) = (part["name"].as_str().unwrap(), part["bytes"].to_string());
        assert!(text.lines().any(|line| line.contains(name) && line.contains(&size)), "no {name} of {size} in {text}");
    }
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&one, bytes).unwrap();
    run(&["inspect", arg(&one)]).fails(1, &["one.smsi"]);
    run(&["compile", arg(&mini), arg(&mini), "--out", arg(&two)]).fails(1, &["base"]);
    run(&["compile", arg(&mini), arg(&mine), arg(&mine), "--out", arg(&two)]).fails(2, &["at most one user layer"]);
    run(&["compile", arg(&mini), "--out", arg(&place("missing/i"))]).fails(2, &["cannot write"]);
}

#[test]
fn an_addition_alone_joins_the_national_rules() {
    let dir = dir();
    let city = dir.path().join("city.smsb");
    fs::write(&city, bundle_bytes(&layer("city"))).unwrap();
    let input = "{\"body\":\"停车三小时\"}\n{\"body\":\"诚招刷单员，一单一结，日赚300元，加QQ：10001000\"}";
    let found = feed(&["classify", "--bundle", arg(&city)], input.as_bytes()).succeeds().json();
    assert_eq!(found[0]["reasons"][1]["publisher"], "city");
    assert_eq!(found[1]["reasons"][1]["publisher"], "national");
}

#[test]
fn inspect_tells_claims_and_refuses_what_is_no_bundle() {
    let value = &run(&["inspect", "--format", "json", arg(&golden())]).succeeds().json()[0];
    let names: Vec<&str> = value["sections"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["meta", "fold", "words", "rules", "registries", "examples"]);
    assert_eq!((&value["kind"], &value["publisher"], &value["seq"]), (&"bundle".into(), &"test".into(), &1.into()));
    let bytes = |value: &serde_json::Value| value.as_u64().unwrap();
    let sections = value["sections"].as_array().unwrap().iter().map(|section| bytes(&section["bytes"])).sum::<u64>();
    let file = fs::metadata(golden()).unwrap().len();
    assert_eq!((sections + bytes(&value["rest"]), bytes(&value["bytes"])), (file, file));
    let dir = dir();
    let empty = dir.path().join("empty");
    fs::write(&empty, "").unwrap();
    run(&["inspect", arg(&empty)]).fails(1, &["empty: "]);
    run(&["inspect", arg(dir.path())]).fails(2, &["cannot read"]);
    run(&["verify", arg(dir.path())]).fails(2, &["cannot read"]);
    run(&["verify", "missing"]).fails(2, &["cannot read missing"]);
}

#[test]
fn bench_measures_every_figure_of_a_bundle() {
    let dir = dir();
    let messages = dir.path().join("messages.jsonl");
    fs::write(&messages, "{\"body\":\"停车三小时\"}\n{\"sender\":\"10086\",\"body\":\"\"}\n").unwrap();
    let mini = golden();
    let args = ["bench", arg(&mini), "--messages", arg(&messages), "--seconds", "0"];
    let text = run(&args).succeeds().stdout;
    let rows = run(&[&args[..], &["--format", "json"]].concat()).succeeds().json();
    let figures =
        ["bundle", "image", "part", "compile", "open", "message", "memory-one", "memory-all", "json-one", "json-all"];
    for figure in figures.into_iter().chain(["cores", "messages"]) {
        let row = rows.iter().find(|row| row["figure"] == figure).unwrap_or_else(|| panic!("no {figure} in {rows:?}"));
        assert!(row["value"].as_f64().is_some() && row["unit"].is_string(), "{row}");
    }
    let sum = |figure: &str| {
        let rows = rows.iter().filter(|row| row["figure"] == figure);
        rows.map(|row| row["value"].as_f64().unwrap()).sum::<f64>()
    };
    assert_eq!(sum("bundle"), fs::metadata(&mini).unwrap().len() as f64);
    assert_eq!(sum("part"), sum("image"));
    assert_eq!(sum("messages"), 2.0);
    // Topics come and go with the noise of two messages.
    let lasting = rows.iter().filter(|row| row["figure"] != "topic").count();
    assert!(text.lines().count() >= lasting && text.contains("冷打开") && text.contains("open cold"), "{text}");
    fs::write(&messages, "{}\n").unwrap();
    run(&args).fails(1, &["line 1", "\"body\" is missing"]);
    fs::write(&messages, "\n").unwrap();
    run(&args).fails(2, &["no messages"]);
    fs::write(&messages, "body,date\n停车三小时,\n").unwrap();
    let rows = run(&[&args[..], &["--input", "csv", "--format", "json"]].concat()).succeeds().json();
    assert!(rows.iter().any(|row| row["figure"] == "messages" && row["value"] == 1.0), "{rows:?}");
    run(&["bench", "--trust", arg(&messages)]).fails(2, &["--trust"]);
    run(&["bench", "--seconds", "long"]).fails(2, &["--seconds"]);
}

#[test]
fn a_file_of_another_kind_is_never_written_over() {
    let dir = dir();
    let place = |name: &str| dir.path().join(name);
    let key = key(dir.path(), "k");
    copy(&layer_dir("mini"), &place("mini"));
    let (bundle, image, mini) = (place("b.smsb"), place("i.smsi"), place("mini"));
    fs::write(&bundle, "").unwrap();
    build(arg(&mini), &key, &bundle).succeeds();
    build(arg(&mini), &key, &bundle).succeeds();
    run(&["compile", arg(&bundle), "--trust", &format!("{key}.pub"), "--out", arg(&image)]).succeeds();
    let topic = mini.join("layer.toml");
    for out in [Path::new(&key), &topic, &image] {
        let before = fs::read(out).unwrap();
        build(arg(&mini), &key, out).fails(2, &["another kind", arg(out)]);
        assert_eq!(fs::read(out).unwrap(), before);
    }
    let before = fs::read(&bundle).unwrap();
    run(&["compile", arg(&bundle), "--trust", &format!("{key}.pub"), "--out", arg(&bundle)])
        .fails(2, &["another kind"]);
    assert_eq!(fs::read(&bundle).unwrap(), before);
}
