//! **What**: a `nomatch` example that meets nothing of what the rule asks for.
//! **Why**: it would not match whatever else the rule said, so it guards nothing. A good one is a message that nearly matches.
//! **Example**: a rule on `lure & ask.link` with `nomatch = ["明天见"]`.

use super::{Found, Subject};
use crate::words::tests;
use smsfilter::rule::{Effect, Example, Expect, Op, Rule};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for rule in subject.layer.rules.iter().filter(|rule| matches!(rule.effect, Effect::Points { .. })) {
        // Of a single fact there is no half.
        if tests(&rule.condition).iter().filter(|test| test.1).count() < 2 {
            continue;
        }
        let examples = subject.layer.examples.iter().filter(|e| e.rule == rule.id && e.expect == Expect::NoMatch);
        for example in examples.filter(|example| !is_near(subject, rule, example)) {
            let message =
                format!("a `nomatch` of `{}` meets nothing that it asks for: write one that nearly matches", rule.id);
            found.push(Found::word(&rule.id, &example.text, message));
        }
    }
    found
}

/// Whether the example has a keyword of the rule, or another fact that it asks for.
fn is_near(subject: &Subject<'_>, rule: &Rule, example: &Example) -> bool {
    let publisher = &subject.layer.meta.publisher;
    let known = subject.filter.who(&example.text);
    if known.iter().any(|name| name.rule == rule.id && name.publisher == *publisher) {
        return true;
    }
    let seen = subject.filter.explain(&subject.layer.message(example));
    tests(&rule.condition).into_iter().filter(|test| test.1).any(|(op, _)| match op {
        Op::Trait(item) => seen.verdict.traits.contains(*item),
        Op::Rule(at) => {
            let named = &subject.layer.rules[*at as usize].id;
            seen.rules.iter().any(|held| held.rule == *named && held.publisher == *publisher)
        }
        Op::Signature(_) => seen.verdict.signature.is_some(),
        Op::From(_) | Op::Sender(_) => !example.sender.is_empty(),
        _ => false,
    })
}
