//! Every case, run by the core.

use smsfilter::Filter;
use smsfilter_tests::{Case, cases, filter};
use std::collections::{BTreeMap, BTreeSet};

fn grouped() -> BTreeMap<Vec<String>, Vec<Case>> {
    let mut groups = BTreeMap::<Vec<String>, Vec<Case>>::new();
    for case in cases() {
        groups.entry(case.layers.clone()).or_default().push(case);
    }
    groups
}

fn with_filters(mut check: impl FnMut(&Case, &Filter)) {
    for (layers, cases) in grouped() {
        let filter = filter(&layers);
        cases.iter().for_each(|case| check(case, &filter));
    }
}

#[test]
fn every_case_comes_out_as_wanted() {
    let mut differences = Vec::new();
    with_filters(|case, filter| differences.extend(case.differences(&case.run(filter))));
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn a_wrong_expectation_is_told() {
    let filter = filter(&["mini"]);
    let mut case = cases().into_iter().find(|case| case.layers == ["mini"] && case.want.rules.is_some()).unwrap();
    let found = case.run(&filter);
    assert!(case.differences(&found).is_empty());
    let want = &mut case.want;
    want.category = "personal".into();
    want.subcategory = Some("romance".into());
    want.action = Some("silent".into());
    want.row = Some("default".into());
    want.flags = Some(vec!["spoof-suspected".into()]);
    want.rules = Some(vec!["loan.no-such-rule".into()]);
    want.spans = Some(vec![[90, 91]]);
    assert_eq!(case.differences(&found).len(), 7);
}

#[test]
fn names_of_cases_are_unique() {
    let mut names = BTreeSet::new();
    for case in cases() {
        assert!(names.insert(case.name.clone()), "{} stands twice", case.name);
    }
}

#[test]
fn the_national_cases_reach_every_category_and_every_topic_that_scores() {
    let national = smsfilter_tests::layer("national");
    let scoring = national.rules.iter().filter(|rule| matches!(rule.effect, smsfilter::rule::Effect::Points { .. }));
    let mut topics: BTreeSet<&str> = scoring.filter_map(|rule| rule.id.split('.').next()).collect();
    let cases: Vec<Case> = cases().into_iter().filter(|case| case.layers == ["national"]).collect();
    for rule in cases.iter().flat_map(|case| case.want.rules.iter().flatten()) {
        topics.remove(rule.split('.').next().unwrap_or_default());
    }
    assert!(topics.is_empty(), "no case wants a rule of {topics:?}");
    for category in smsfilter::Category::ALL {
        assert!(cases.iter().any(|case| case.want.category == category.name()), "no case wants {}", category.name());
    }
    for preset in smsfilter::Policy::PRESETS {
        assert!(cases.iter().any(|case| case.policy == preset), "no case under {preset}");
    }
    assert!(cases.len() >= 60, "{}", cases.len());
}

#[test]
fn reasons_add_up_and_spans_lie_in_the_body_in_order() {
    with_filters(|case, filter| {
        let found = case.run(filter);
        assert_eq!(found.points, found.reasons.iter().map(|reason| reason.points).sum::<i32>(), "{}", case.name);
        let length = case.body.chars().count() as u32;
        for reason in &found.reasons {
            let bounds: Vec<u32> = reason.spans.iter().flatten().copied().collect();
            assert!(bounds.windows(2).all(|pair| pair[0] < pair[1]), "{}: {bounds:?}", case.name);
            assert!(bounds.last().is_none_or(|end| *end <= length), "{}: {bounds:?}", case.name);
        }
    });
}

#[test]
fn explain_and_classify_agree_and_a_used_scratch_changes_nothing() {
    let mut scratch = smsfilter::filter::Scratch::default();
    with_filters(|case, filter| {
        let message = case.message();
        let verdict = filter.classify(&message);
        assert_eq!(filter.classify_with(&message, &mut scratch), verdict, "{}", case.name);
        assert_eq!(filter.explain(&message).verdict, verdict, "{}", case.name);
    });
}
