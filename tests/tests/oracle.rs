//! The engine says what the oracle says: of rules and messages at random, and of the national rules' own examples.

use arbitrary::Unstructured;
use proptest::prelude::*;
use smsfilter::bundle;
use smsfilter_tests::{
    filter,
    fuzz::{self, Case},
    layer, layer_dir,
    oracle::{Given, Judgement, Oracle, Reach, SENDERS, Table},
};
use std::collections::BTreeMap;

fn any_case() -> impl Strategy<Value = Case> {
    let bytes = proptest::collection::vec(any::<u8>(), 100..800);
    bytes.prop_map(|bytes| fuzz::case(&mut Unstructured::new(&bytes)).expect("an input that ends is no error"))
}

proptest! {
    // The fuzzer runs many more. What fails goes to `regressions` by hand.
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn engine_and_oracle_agree_on_any_rules_and_any_message(bytes in proptest::collection::vec(any::<u8>(), 100..800)) {
        fuzz::classify(&bytes);
    }

    #[test]
    fn rules_at_random_are_rules_that_a_bundle_may_hold(case in any_case()) {
        for mut layer in case.layers {
            let base = layer.meta.kind == smsfilter::rule::LayerKind::Base;
            layer.fold = base.then(|| "SFT2".into());
            if let Err(error) = bundle::write(&layer, [0; 32]) {
                prop_assert!(false, "{error}");
            }
        }
    }
}

#[test]
fn rules_at_random_mostly_compile_and_often_hold() {
    let seeds = fuzz::seeds("classify");
    let cases = seeds.iter().map(|seed| fuzz::case(&mut Unstructured::new(seed)).unwrap());
    let (all, found): (Vec<usize>, Vec<_>) = cases.map(|case| (case.messages.len(), fuzz::compare(case))).unzip();
    let (compiled, known) = (found.iter().flatten().count(), found.iter().flatten().sum::<usize>());
    assert!(compiled * 10 >= all.len() * 8, "{compiled} of {} compile", all.len());
    assert!(
        known * 10 >= all.iter().sum::<usize>() * 3,
        "{known} of {} messages get a category",
        all.iter().sum::<usize>()
    );
}

#[test]
fn the_oracle_agrees_on_the_examples_of_every_national_rule_that_it_reaches() {
    let layers = [layer("national")];
    let national = &layers[0];
    let table = Table::read(&std::fs::read_to_string(layer_dir("national").join("fold.tsv")).unwrap());
    let oracle = Oracle::new(&table, &layers).expect("the national rules compile");
    let filter = filter(&["national"]);
    let rules = national.rules.iter().enumerate();
    let reach: BTreeMap<&str, Reach> = rules.map(|(n, rule)| (rule.id.as_str(), oracle.reach(0, n))).collect();
    let reached = reach.values().filter(|&&reach| reach >= Reach::Holds).count();
    let (mut compared, mut held) = (0, 0);
    for example in national.examples.iter().filter(|example| SENDERS.iter().any(|row| row.0 == example.sender)) {
        let message = national.message(example);
        let explained = filter.explain(&message);
        let given = Given { traits: explained.verdict.traits, signature: explained.verdict.signature.clone() };
        let (mut engine, mut naive) = (Judgement::of(&explained), oracle.judge(&message, given));
        for judgement in [&mut engine, &mut naive] {
            judgement.held.retain(|held| reach[held.rule.as_str()] >= Reach::Holds);
            let vague = judgement.held.iter_mut().filter(|held| reach[held.rule.as_str()] == Reach::Holds);
            vague.for_each(|held| held.spans.clear());
        }
        assert_eq!((&engine.plain, &engine.skeleton), (&naive.plain, &naive.skeleton));
        assert_eq!(engine.held, naive.held, "{}", example.text);
        compared += 1;
        held += engine.held.len();
    }
    println!("{reached} of {} rules, {compared} examples, {held} rules held", national.rules.len());
    assert!(reached >= 50 && compared >= 100 && held >= 100, "{reached} rules, {compared} examples, {held} held");
}
