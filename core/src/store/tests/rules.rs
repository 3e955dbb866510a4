//! The rules in use, whatever happens to the disk, the updates and the app.

use super::{FAULTS, Fault, MemFs, code};
use crate::{
    Action, Category, Message, Policy, Subcategory, Text,
    bundle::{SigningKey, TrustRoot, sample::preset, write},
    fold, image,
    rule::*,
    store::{Embedded, Fs, Health, MAX_ATTEMPTS, Own, Rules, STATE, Source, Store},
};
use bytes::Bytes;
use std::sync::LazyLock;

/// A layer that calls messages with this word fraud, and whose example says so.
fn layer(id: &str, kind: LayerKind, seq: u64, word: &str, example: &str) -> Layer {
    let title = Text { zh: format!("规则{id}"), en: id.into() };
    Layer {
        meta: Meta {
            publisher: "test".into(),
            layer: id.into(),
            kind,
            seq,
            issued_at: 1_000_000,
            not_after: 2_000_000,
            title: title.clone(),
        },
        fold: (kind == LayerKind::Base).then(|| fold::encode("4E00..9FFF\than\t").unwrap().bytes().clone()),
        words: Words {
            lists: vec![KeywordList { name: "a.word".into(), keywords: vec![word.into()] }],
            ..Words::default()
        },
        rules: vec![Rule {
            id: "a.rule".into(),
            title,
            effect: Effect::Points { category: Subcategory::parse("fraud/loan").unwrap(), points: 100 },
            condition: Condition(vec![Op::List(0, 1)]),
            from: None,
            until: None,
            owner: "test".into(),
            tip: Text::default(),
        }],
        examples: vec![Example {
            rule: "a.rule".into(),
            expect: Expect::Match,
            text: example.into(),
            sender: String::new(),
        }],
        ..Layer::default()
    }
}

fn signed(layer: &Layer) -> Vec<u8> {
    write(layer, [0; 32]).unwrap().sign(&[&SigningKey::development(0)])
}

fn file(id: &str, kind: LayerKind, seq: u64, word: &str) -> Vec<u8> {
    signed(&layer(id, kind, seq, word, &format!("这里有{word}")))
}

/// An app whose own rules know 甲甲. Made once: many tests open it hundreds of times.
static APP: LazyLock<Embedded> = LazyLock::new(|| app_with(1, "甲甲"));

/// An app whose own rules know one word.
fn app_with(seq: u64, word: &str) -> Embedded {
    let layer = layer("national", LayerKind::Base, seq, word, word);
    let image = image::compile(&[image::Input { layer: &layer, digest: [0; 32] }]).unwrap();
    Embedded { bundle: signed(&layer).into(), image: image.into(), must_allow: Vec::new() }
}

fn message(body: &str) -> Message {
    Message { body: body.into(), ..Message::default() }
}

/// Which of these words the rules in use know.
fn knows(rules: &Rules<MemFs>) -> String {
    let fraud = |word: &&str| {
        rules.filter().is_some_and(|filter| filter.classify(&message(word)).category() == Category::Fraud)
    };
    ["甲甲", "乙乙", "丙丙"].into_iter().filter(fraud).collect()
}

fn codes(rules: &Rules<MemFs>) -> Vec<&'static str> {
    rules.health(None).iter().map(Health::code).collect()
}

fn install(rules: &mut Rules<MemFs>, file: &[u8]) -> Result<super::Installed, super::StoreError> {
    rules.install(file, &TrustRoot::development())
}

/// A phone with an addition installed and proven.
fn phone() -> MemFs {
    let fs = MemFs::default();
    let mut rules = Rules::open(fs.clone(), APP.clone());
    install(&mut rules, &file("city", LayerKind::Addition, 1, "乙乙")).unwrap();
    rules.prove().unwrap();
    fs
}

#[test]
fn a_new_phone_uses_the_rules_of_the_app_and_writes_nothing() {
    let fs = MemFs::default();
    let rules = Rules::open(fs.clone(), APP.clone());
    assert_eq!((knows(&rules), rules.source(), codes(&rules)), ("甲甲".into(), Source::Embedded, vec![]));
    assert!(fs.0.borrow().names.is_empty());
}

#[test]
fn without_any_rules_every_message_is_delivered_and_the_user_told() {
    let rules = Rules::open(MemFs::default(), Embedded::default());
    assert_eq!((rules.filter().is_none(), rules.source(), codes(&rules)), (true, Source::Nothing, vec!["no-rules"]));
}

#[test]
fn the_policy_outlives_a_restart_and_every_change_of_rules() {
    let fs = phone();
    assert_eq!(Rules::open(fs.clone(), APP.clone()).own(), Own::default());
    let strict = Policy::preset("strict").unwrap();
    Rules::open(fs.clone(), APP.clone()).set_policy(strict.clone()).unwrap();
    let mut rules = Rules::open(fs.clone(), APP.clone());
    install(&mut rules, &file("city", LayerKind::Addition, 2, "丙丙")).unwrap();
    rules.remove("test", "city").unwrap();
    assert_eq!(Rules::open(fs, APP.clone()).own().policy, Some(strict));
}

#[test]
fn the_policies_offered_are_those_of_the_rules_in_use() {
    let with = |id: &str, kind, presets: &[&str]| {
        let presets = presets.iter().map(|id| preset(id)).collect();
        signed(&Layer { presets, ..layer(id, kind, 1, "甲甲", "甲甲") })
    };
    let offered = |rules: &Rules<MemFs>| -> Vec<(String, String)> {
        rules.offered().unwrap().into_iter().map(|(publisher, preset)| (publisher, preset.id)).collect()
    };
    let of_test = |ids: &[&str]| ids.iter().map(|id| ("test".to_owned(), (*id).to_owned())).collect::<Vec<_>>();
    let app = Embedded { bundle: with("national", LayerKind::Base, &["calm", "feast"]).into(), ..APP.clone() };
    let fs = MemFs::default();
    let mut rules = Rules::open(fs.clone(), app.clone());
    assert_eq!(offered(&rules), of_test(&["calm", "feast"]));
    install(&mut rules, &with("city", LayerKind::Addition, &["berry"])).unwrap();
    assert_eq!(offered(&rules), of_test(&["calm", "feast", "berry"]), "the app's base was brought along");
    let later = Rules::open(fs, Embedded { bundle: Bytes::new(), ..app });
    assert_eq!(offered(&later), offered(&rules));
    assert_eq!(offered(&Rules::open(MemFs::default(), Embedded::default())), []);
}

fn own_rule(id: &str, words: &[&str], action: Action) -> OwnRule {
    OwnRule { id: id.into(), words: words.iter().map(|word| (*word).to_owned()).collect(), action }
}

#[test]
fn the_users_own_rules_stand_above_all_and_outlive_updates_of_the_base() {
    let fs = phone();
    let mut rules = Rules::open(fs.clone(), APP.clone());
    let own = vec![own_rule("a", &["甲甲", "明天"], Action::Inbox), own_rule("b", &["明天"], Action::Silent)];
    rules.set_rules(own.clone()).unwrap();
    let acts = |rules: &Rules<MemFs>, body: &str| {
        let (_, decision) = rules.filter().unwrap().decide(&message(body), &Policy::default());
        (decision.action, decision.row)
    };
    for rules in [&rules, &Rules::open(fs.clone(), APP.clone())] {
        assert_eq!(acts(rules, "明天甲甲"), (Action::Inbox, "user:a".into()));
        assert_eq!(acts(rules, "明天见"), (Action::Silent, "user:b".into()));
        assert_eq!(acts(rules, "甲甲").0, Action::Quarantine);
    }
    // A base with other fold tables: the user's rules are compiled anew.
    let mut base = layer("national", LayerKind::Base, 3, "丙丙", "丙丙");
    base.fold = Some(fold::encode("4E00..9FFF\than\t\n3400..4DBF\than\t").unwrap().bytes().clone());
    install(&mut rules, &signed(&base)).unwrap();
    assert_eq!((acts(&rules, "明天见").0, codes(&rules)), (Action::Silent, vec![]));
    rules.set_rules(Vec::new()).unwrap();
    assert_eq!(acts(&rules, "明天见").0, Action::Inbox);
}

#[test]
fn own_rules_that_cannot_be_are_refused_and_the_others_stay() {
    let mut rules = Rules::open(phone(), APP.clone());
    rules.set_rules(vec![own_rule("a", &["明天"], Action::Silent)]).unwrap();
    let long = "长".repeat(33);
    for (bad, expected) in [
        (vec![own_rule("a", &[], Action::Silent)], "own-rule"),
        (vec![own_rule("a", &["一"; 9], Action::Silent)], "own-rule"),
        (vec![own_rule("", &["一"], Action::Silent)], "own-rule"),
        (vec![own_rule("a", &["一"], Action::Silent), own_rule("a", &["二"], Action::Mark)], "own-rule"),
        (vec![own_rule("a", &[&long], Action::Silent)], "compile"),
        (vec![own_rule("a", &[""], Action::Silent)], "compile"),
    ] {
        assert_eq!(code(rules.set_rules(bad)), expected);
    }
    assert_eq!(rules.own().rules.len(), 1);
    assert!(rules.filter().unwrap().classify(&message("明天")).user_rule.is_some());
}

#[test]
fn a_rule_that_is_turned_off_stays_off_until_it_is_turned_on_again() {
    let fs = phone();
    let mut rules = Rules::open(fs.clone(), APP.clone());
    rules.turn("test", "a.rule", true).unwrap();
    rules.turn("nobody", "a.rule", true).unwrap();
    assert_eq!(knows(&rules), "", "both layers are of one publisher, and name their rules alike");
    install(&mut rules, &file("city", LayerKind::Addition, 2, "丙丙")).unwrap();
    let mut rules = Rules::open(fs.clone(), APP.clone());
    assert_eq!(knows(&rules), "");
    rules.turn("test", "a.rule", false).unwrap();
    assert_eq!(knows(&rules), "甲甲丙丙");
    assert_eq!(knows(&Rules::open(fs, APP.clone())), "甲甲丙丙");
}

#[test]
fn an_addition_brings_the_base_of_the_app_along() {
    let fs = phone();
    let rules = Rules::open(fs, APP.clone());
    assert_eq!((knows(&rules), rules.source(), codes(&rules)), ("甲甲乙乙".into(), Source::Installed, vec![]));
    assert_eq!(rules.layers().len(), 2);
}

#[test]
fn rules_that_never_prove_themselves_are_given_up_for_those_before() {
    let fs = phone();
    let update = file("city", LayerKind::Addition, 2, "丙丙");
    install(&mut Rules::open(fs.clone(), APP.clone()), &update).unwrap();
    // The installation itself was the first start.
    for _ in 1..MAX_ATTEMPTS {
        assert_eq!(knows(&Rules::open(fs.clone(), APP.clone())), "甲甲丙丙");
    }
    let mut rules = Rules::open(fs.clone(), APP.clone());
    assert_eq!((knows(&rules), codes(&rules)), ("甲甲乙乙".into(), vec!["given-up"]));
    assert!(rules.health(None)[0].text().zh.contains("规则city"));
    assert_eq!(code(install(&mut rules, &update)), "given-up");
    assert_eq!(code(install(&mut rules, &file("city", LayerKind::Addition, 2, "乙乙"))), "rollback");
    install(&mut rules, &file("city", LayerKind::Addition, 3, "丙丙")).unwrap();
    assert_eq!(knows(&rules), "甲甲丙丙");
}

#[test]
fn rules_that_proved_themselves_are_no_longer_counted() {
    let fs = phone();
    for _ in 0..2 * MAX_ATTEMPTS {
        let calls = fs.with_fault(usize::MAX, Fault::Fails);
        assert_eq!(knows(&Rules::open(calls.clone(), APP.clone())), "甲甲乙乙");
        assert_eq!(calls.0.borrow().calls, 2, "the state and the image are read, nothing is written");
    }
}

#[test]
fn rules_whose_examples_fail_or_that_hide_what_must_be_allowed_are_refused() {
    let mut rules = Rules::open(phone(), Embedded { must_allow: vec![message("丙丙")], ..APP.clone() });
    let bad = signed(&layer("city", LayerKind::Addition, 2, "丁丁", "别的"));
    assert_eq!(code(install(&mut rules, &bad)), "compile");
    assert_eq!(code(install(&mut rules, &file("city", LayerKind::Addition, 2, "丙丙"))), "compile");
    assert_eq!(knows(&rules), "甲甲乙乙");
}

#[test]
fn an_app_with_newer_rules_uses_them_at_once_and_joins_them_when_rebuilt() {
    let mut rules = Rules::open(phone(), app_with(2, "丙丙"));
    assert_eq!(
        (knows(&rules), rules.source(), codes(&rules)),
        ("丙丙".into(), Source::Embedded, vec!["rebuild-needed"])
    );
    rules.rebuild().unwrap();
    assert_eq!((knows(&rules), codes(&rules)), ("乙乙丙丙".into(), vec![]));
    assert_eq!(code(install(&mut rules, &file("national", LayerKind::Base, 1, "甲甲"))), "rollback");
}

#[test]
fn no_base_older_than_that_of_the_app_is_installed() {
    let mut rules = Rules::open(MemFs::default(), app_with(5, "甲甲"));
    assert_eq!(code(install(&mut rules, &file("national", LayerKind::Base, 4, "乙乙"))), "rollback");
    install(&mut rules, &file("national", LayerKind::Base, 6, "乙乙")).unwrap();
    assert_eq!(knows(&rules), "乙乙");
    rules.remove("test", "national").unwrap();
    assert_eq!((knows(&rules), rules.source()), ("甲甲".into(), Source::Embedded));
}

#[test]
fn a_damaged_image_is_rebuilt_and_a_damaged_bundle_given_up() {
    let spoil = |fs: &MemFs, image: bool| {
        let store = Store::open(fs.clone()).unwrap();
        let digest = if image { store.state.now.image.unwrap() } else { store.layers()[1].digest };
        fs.write_synced(&format!("blobs/{}", crate::bundle::hex(&digest)), b"rotten").unwrap();
    };
    let fs = phone();
    spoil(&fs, true);
    let mut rules = Rules::open(fs.clone(), APP.clone());
    assert_eq!((knows(&rules), codes(&rules)), ("甲甲".into(), vec!["damaged"]));
    rules.rebuild().unwrap();
    assert_eq!((knows(&rules), codes(&rules)), ("甲甲乙乙".into(), vec![]));
    spoil(&fs, true);
    spoil(&fs, false);
    let mut rules = Rules::open(fs, APP.clone());
    rules.rebuild().unwrap();
    assert_eq!((knows(&rules), codes(&rules)), ("甲甲".into(), vec!["given-up", "given-up"]));
    assert_eq!(rules.source(), Source::Embedded);
}

#[test]
fn an_image_of_another_engine_is_rebuilt() {
    let fs = phone();
    let mut store = Store::open(fs.clone()).unwrap();
    let mut image = store.image().unwrap().unwrap().to_vec();
    image[8] ^= 1;
    store.activate(&image).unwrap();
    let mut rules = Rules::open(fs, APP.clone());
    assert_eq!((knows(&rules), codes(&rules)), ("甲甲".into(), vec!["rebuild-needed"]));
    rules.rebuild().unwrap();
    assert_eq!((knows(&rules), codes(&rules)), ("甲甲乙乙".into(), vec![]));
}

#[test]
fn a_damaged_state_file_is_started_over_and_one_of_a_newer_app_left_alone() {
    let fs = phone();
    let good = fs.read(STATE, u64::MAX).unwrap().unwrap();
    fs.write_synced(STATE, &good[1..]).unwrap();
    let mut rules = Rules::open(fs.clone(), APP.clone());
    assert_eq!((knows(&rules), codes(&rules)), ("甲甲".into(), vec!["state-damaged"]));
    install(&mut rules, &file("city", LayerKind::Addition, 1, "乙乙")).unwrap();
    assert_eq!((knows(&rules), codes(&rules)), ("甲甲乙乙".into(), vec![]));

    let mut newer = good[..good.len() - 32].to_vec();
    newer[4] = 9;
    let hash = super::sha256(&newer);
    newer.extend(hash);
    fs.write_synced(STATE, &newer).unwrap();
    let mut rules = Rules::open(fs.clone(), APP.clone());
    assert_eq!((knows(&rules), codes(&rules)), ("甲甲".into(), vec!["state-newer"]));
    assert_eq!(code(install(&mut rules, &file("city", LayerKind::Addition, 2, "丙丙"))), "state-newer");
    assert_eq!(fs.read(STATE, u64::MAX).unwrap().unwrap(), newer);
}

#[test]
fn rules_past_their_date_stay_and_no_clock_unloads_them() {
    let rules = Rules::open(phone(), APP.clone());
    let stale = |now| rules.health(Some(now)).iter().filter(|health| health.code() == "stale").count();
    assert_eq!([stale(i64::MIN), stale(2_000_000), stale(2_000_001), stale(i64::MAX)], [0, 0, 2, 2]);
    assert_eq!(knows(&rules), "甲甲乙乙");
}

/// Whatever call of the disk fails, rules are in use, never others than the old, the new or those of the app, and what
/// goes wrong is said; once the disk works again so does everything else.
#[test]
fn a_fault_at_any_call_leaves_rules_in_use() {
    type Change = fn(&mut Rules<MemFs>) -> bool;
    static UPDATE: LazyLock<Vec<u8>> = LazyLock::new(|| file("city", LayerKind::Addition, 2, "丙丙"));
    let update: Change = |rules| install(rules, &UPDATE).is_ok();
    let changes: [(Change, [&str; 2]); 4] = [
        (update, ["甲甲乙乙", "甲甲丙丙"]),
        (|rules| rules.prove().is_ok(), ["甲甲乙乙", "甲甲乙乙"]),
        (|rules| rules.rebuild().is_ok(), ["甲甲乙乙", "甲甲乙乙"]),
        (|rules| rules.remove("test", "city").is_ok(), ["甲甲乙乙", "甲甲"]),
    ];
    let unproven = MemFs::default();
    install(&mut Rules::open(unproven.clone(), APP.clone()), &file("city", LayerKind::Addition, 1, "乙乙")).unwrap();
    let mut runs = 0;
    for before in [phone(), unproven] {
        for (change, [old, new]) in changes {
            let perfect = before.with_fault(usize::MAX, Fault::Fails);
            assert!(change(&mut Rules::open(perfect.clone(), APP.clone())));
            let calls = perfect.0.borrow().calls;
            for (fault, call) in FAULTS.into_iter().flat_map(|fault| (0..calls).map(move |call| (fault, call))) {
                let fs = before.with_fault(call, fault);
                let mut rules = Rules::open(fs.clone(), APP.clone());
                let fell_back = !codes(&rules).is_empty();
                assert!(knows(&rules) == if fell_back { "甲甲" } else { old }, "{fault:?} at {call}");
                let done = change(&mut rules);
                assert!([old, new, "甲甲"].contains(&&*knows(&rules)), "{fault:?} at {call}");
                assert!(
                    knows(&rules) == new || !done || !codes(&rules).is_empty(),
                    "{fault:?} at {call}: nothing said"
                );
                for left in [fs.after_exit(), fs.after_power_loss([false; 3]), fs.after_power_loss([true; 3])] {
                    let mut rules = Rules::open(left, APP.clone());
                    assert!([old, new].contains(&&*knows(&rules)), "{fault:?} at {call}, after it: {}", knows(&rules));
                    change(&mut rules);
                    assert_eq!(knows(&rules), new, "{fault:?} at {call}, again");
                    runs += 1;
                }
            }
        }
    }
    assert!(runs > 500, "{runs}");
}

#[test]
fn every_sentence_names_what_happened_in_both_languages() {
    let title = Text { zh: "规则".into(), en: "rules".into() };
    let all = [
        Health::NoRules,
        Health::GivenUp { title: title.clone(), seq: 1 },
        Health::RebuildNeeded,
        Health::Damaged,
        Health::StateDamaged,
        Health::StateNewer,
        Health::OwnRules,
        Health::DiskFull,
        Health::Disk,
        Health::Stale { title },
    ];
    for health in all {
        let Text { zh, en } = health.text();
        assert!(!zh.contains("{}") && !en.contains("{}") && zh != en && !zh.is_empty(), "{}", health.code());
    }
}

#[test]
fn an_embedded_image_that_does_not_open_leaves_the_installed_rules_in_use() {
    let rules = Rules::open(phone(), Embedded { image: Bytes::from_static(b"none"), ..APP.clone() });
    assert_eq!((knows(&rules), rules.source()), ("甲甲乙乙".into(), Source::Installed));
}
