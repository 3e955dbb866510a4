//! Every case through the command, as the core runs it.

mod command;

use command::{Ran, arg, feed, run};
use serde_json::Value;
use smsfilter_tests::{Case, Found, bundle_bytes, cases, layer};
use std::{collections::BTreeMap, fs};

fn classify(cases: &[&Case], args: &[&str]) -> Ran {
    let lines: Vec<String> = cases.iter().map(|case| serde_json::to_string(case).unwrap()).collect();
    feed(&[&["classify", "--format", "json"], args].concat(), lines.join("\n").as_bytes())
}

fn compare(layers: &[&str], args: &[&str]) -> usize {
    let all = cases();
    let mut by_policy = BTreeMap::<&str, Vec<&Case>>::new();
    for case in all.iter().filter(|case| case.layers == layers) {
        by_policy.entry(&case.policy).or_default().push(case);
    }
    let filter = smsfilter_tests::filter(layers);
    let mut compared = 0;
    for (policy, cases) in by_policy {
        let ran = classify(&cases, &[args, &["--policy", policy]].concat()).succeeds();
        let found = ran.json();
        assert_eq!(found.len(), cases.len());
        for (number, (case, value)) in (1..).zip(cases.iter().zip(found)) {
            assert_eq!(value["id"], Value::from(number));
            let found: Found = serde_json::from_value(value).unwrap();
            assert_eq!(case.differences(&found), [""; 0]);
            assert_eq!(found, case.run(&filter), "{}: the command and the core differ", case.name);
            assert_eq!(found.points, found.reasons.iter().map(|reason| reason.points).sum::<i32>());
            compared += 1;
        }
    }
    compared
}

#[test]
fn the_national_cases_come_out_as_wanted_through_classify() {
    assert!(compare(&["national"], &[]) >= 60);
}

#[test]
fn cases_over_bundles_come_out_as_wanted_through_classify() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str| {
        let path = dir.path().join(name);
        fs::write(&path, bundle_bytes(&layer(name))).unwrap();
        arg(&path).to_owned()
    };
    let [mini, city, mine] = ["mini", "city", "mine"].map(file);
    assert!(compare(&["mini"], &["--bundle", &mini]) > 20);
    // In any order.
    let all = ["--bundle", &mine, "--bundle", &city, "--bundle", &mini];
    assert!(compare(&["mini", "city", "mine"], &all) > 10);
}

#[test]
fn explain_agrees_with_classify() {
    let sayable = |case: &&Case| {
        case.layers == ["national"] && case.sim.is_none() && !case.body.contains('\0') && case.body.len() < 100_000
    };
    let all = cases();
    let cases: Vec<&Case> = all.iter().filter(sayable).collect();
    assert!(cases.len() > 50);
    for case in cases {
        let [classified] = &classify(&[case], &["--policy", &case.policy]).succeeds().json()[..] else {
            panic!("one line")
        };
        let received = case.received_at.map(|at| format!("--received-at={at}"));
        let offset = format!("--utc-offset-min={}", case.utc_offset_min);
        let known = ["contact", "replied", "none"][case.known as usize];
        let mut args = vec!["explain", "--format", "json", "--sender", &case.sender, "--known", known, &offset];
        args.extend(["--policy", &case.policy]);
        args.extend(received.as_deref());
        args.extend(["--", &case.body]);
        let explained = run(&args).succeeds().json();
        let [explained] = &explained[..] else { panic!("one object, found {explained:?}") };
        for (key, value) in classified.as_object().unwrap().iter().filter(|pair| pair.0 != "id") {
            assert_eq!(&explained[key], value, "{}: {key}", case.name);
        }
        let rules = explained["rules"].as_array().unwrap();
        for reason in classified["reasons"].as_array().unwrap().iter().filter(|reason| reason["rule"] != "@bias") {
            assert!(rules.contains(&reason["rule"]), "{}: {reason}", case.name);
        }
        assert!(explained["plain"].is_string() && explained["skeleton"].is_string());
    }
}

#[test]
fn explain_in_words_names_the_rule_the_points_and_the_row() {
    let text = "诚招淘宝刷单员，一单一结，日赚300元，加QQ：10001000\u{1b}[31m";
    let ran = run(&["explain", text]).succeeds();
    assert!(ran.stdout.contains("\nsender     没有号码的发送方 / no number at all\n"), "{}", ran.stdout);
    for part in ["part-time.rebate", "fraud", "quarantine by row fraud/unknown-mobile"] {
        assert!(ran.stdout.contains(part), "no {part:?} in {}", ran.stdout);
    }
    assert!(!ran.stdout.contains('\u{1b}'), "a message cannot steer the terminal, and no colour goes to a pipe");
}
