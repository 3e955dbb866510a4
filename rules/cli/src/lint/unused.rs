//! **What**: a keyword list, pattern or evidence rule that no condition names.
//! **Why**: it costs space and misleads readers; usually a renamed or forgotten condition. The asks of the base layer are
//! used by the engine itself.
//! **Example**: `[keywords] fee = […]` and no `fee` in any `when`.

use super::{Found, Subject};
use smsfilter::rule::{Effect, Op};
use std::collections::BTreeSet;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let layer = subject.layer;
    let (mut lists, mut patterns, mut rules) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for op in layer.rules.iter().flat_map(|rule| &rule.condition.0) {
        match op {
            Op::List(n, _) => lists.insert(*n as usize),
            Op::Pattern(n) => patterns.insert(*n as usize),
            Op::Rule(n) => rules.insert(*n as usize),
            _ => false,
        };
    }
    let evidence = |rule: &smsfilter::rule::Rule| rule.effect == Effect::Evidence && !rule.id.starts_with("ask.");
    let names = (layer.words.lists.iter().enumerate().filter(|(n, _)| !lists.contains(n)).map(|(_, list)| &list.name))
        .chain(layer.words.patterns.iter().enumerate().filter(|(n, _)| !patterns.contains(n)).map(|(_, p)| &p.name))
        .chain(
            layer.rules.iter().enumerate().filter(|(n, rule)| evidence(rule) && !rules.contains(n)).map(|(_, r)| &r.id),
        );
    names.map(|name| Found::at(name, format!("`{name}` is named by no condition: use it or remove it"))).collect()
}
