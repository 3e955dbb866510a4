//! Can a condition hold, and does one follow from another? Answered only where it can be told for sure.
//!
//! A condition becomes alternatives of facts that hold together. What facts mean is known only as far as it is written in
//! [`follows`]; anything else may be true or false, so "follows" and "cannot hold" are never said in error.

use smsfilter::rule::{Condition, KeywordList, Layer, Op, Trait};
use std::collections::BTreeSet;

/// Facts that are there or not, which hold together.
type Term<'a> = Vec<(&'a Op, bool)>;

/// Most alternatives of a condition, or of its opposite; with more nothing is said.
const MOST_TERMS: usize = 256;

/// A condition and its opposite as alternatives, and the same of whatever is named.
#[derive(Clone)]
struct Both<'a> {
    holds: Vec<Term<'a>>,
    fails: Vec<Term<'a>>,
}

/// The conditions of a layer's rules, ready for questions.
pub(super) struct Logic<'a> {
    lists: Vec<BTreeSet<&'a str>>,
    /// `None` where there are too many alternatives.
    rules: Vec<Option<Both<'a>>>,
}

impl<'a> Logic<'a> {
    pub(super) fn new(layer: &'a Layer) -> Logic<'a> {
        let words = |list: &'a KeywordList| list.keywords.iter().map(String::as_str).collect();
        let lists = layer.words.lists.iter().map(words).collect();
        let mut logic = Logic { lists, rules: Vec::new() };
        for rule in &layer.rules {
            let both = logic.both(&rule.condition, &layer.rules);
            logic.rules.push(both);
        }
        logic
    }

    /// Whether no message can meet the condition of a rule.
    pub(super) fn never_holds(&self, rule: usize) -> bool {
        self.rules[rule].as_ref().is_some_and(|both| both.holds.is_empty())
    }

    /// Whether every message that meets the condition of one rule meets that of the other, and such messages may exist.
    pub(super) fn implies(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (&self.rules[one], &self.rules[other]) else { return false };
        let apart = |a: &Term<'_>, b: &Term<'_>| {
            a.iter().any(|one| b.iter().any(|other| self.excludes(*one, *other)))
                || !self.is_possible(&a.iter().chain(b).copied().collect::<Vec<_>>())
        };
        !one.holds.is_empty() && one.holds.iter().all(|a| other.fails.iter().all(|b| apart(a, b)))
    }

    fn both(&self, condition: &'a Condition, rules: &'a [smsfilter::rule::Rule]) -> Option<Both<'a>> {
        let mut stack: Vec<Both<'a>> = Vec::new();
        for op in &condition.0 {
            let both = match op {
                Op::Not => {
                    let Both { holds, fails } = stack.pop()?;
                    Both { holds: fails, fails: holds }
                }
                Op::And => {
                    let (b, a) = (stack.pop()?, stack.pop()?);
                    Both { holds: self.together(&a.holds, &b.holds)?, fails: either(a.fails, b.fails)? }
                }
                Op::Or => {
                    let (b, a) = (stack.pop()?, stack.pop()?);
                    Both { holds: either(a.holds, b.holds)?, fails: self.together(&a.fails, &b.fails)? }
                }
                fact => self.named(fact, rules),
            };
            stack.push(both);
        }
        stack.pop()
    }

    /// A fact; a rule that always is on stands for its condition, if that is short.
    fn named(&self, op: &'a Op, rules: &[smsfilter::rule::Rule]) -> Both<'a> {
        let plain = || Both { holds: vec![vec![(op, true)]], fails: vec![vec![(op, false)]] };
        let Op::Rule(number) = op else { return plain() };
        let number = *number as usize;
        let undated = rules.get(number).is_some_and(|rule| rule.from.is_none() && rule.until.is_none());
        match self.rules.get(number) {
            Some(Some(both)) if undated && both.holds.len() + both.fails.len() <= 16 => both.clone(),
            _ => plain(),
        }
    }

    /// Both of two: every alternative of one with every one of the other, as far as they agree.
    fn together(&self, a: &[Term<'a>], b: &[Term<'a>]) -> Option<Vec<Term<'a>>> {
        let mut all: BTreeSet<Vec<(usize, bool)>> = BTreeSet::new();
        let mut terms = Vec::new();
        for (one, other) in a.iter().flat_map(|one| b.iter().map(move |other| (one, other))) {
            let mut term = one.clone();
            other.iter().for_each(|fact| {
                if !term.contains(fact) {
                    term.push(*fact);
                }
            });
            let mut key: Vec<(usize, bool)> =
                term.iter().map(|fact| (std::ptr::from_ref(fact.0) as usize, fact.1)).collect();
            key.sort_unstable();
            if self.is_possible(&term) && all.insert(key) {
                terms.push(term);
            }
            if terms.len() > MOST_TERMS {
                return None;
            }
        }
        Some(terms)
    }

    fn is_possible(&self, term: &[(&'a Op, bool)]) -> bool {
        (term.iter().enumerate()).all(|(at, one)| term[at + 1..].iter().all(|other| !self.excludes(*one, *other)))
    }

    /// Whether two facts cannot both be so.
    fn excludes(&self, one: (&Op, bool), other: (&Op, bool)) -> bool {
        match (one, other) {
            // A sender has one class.
            ((Op::From(a), true), (Op::From(b), true)) => a != b,
            ((a, true), (b, false)) => self.follows(a, b),
            ((a, false), (b, true)) => self.follows(b, a),
            _ => false,
        }
    }

    /// Whether `then` is there whenever `fact` is.
    fn follows(&self, fact: &Op, then: &Op) -> bool {
        use Trait::{DomainUnknown, ShortLink, Signature, SignatureKnown, SignatureOwnPort, Url};
        match (fact, then) {
            (a, b) if a == b => true,
            (Op::List(a, many), Op::List(b, few)) => {
                many >= few && (a == b || self.lists[*a as usize].is_subset(&self.lists[*b as usize]))
            }
            (Op::Trait(SignatureOwnPort), Op::Trait(SignatureKnown)) => true,
            (Op::Trait(SignatureOwnPort | SignatureKnown), Op::Trait(Signature)) => true,
            (Op::Trait(ShortLink | DomainUnknown) | Op::Domain(_), Op::Trait(Url)) => true,
            (Op::Signature(_), Op::Trait(SignatureKnown | Signature)) => true,
            _ => false,
        }
    }
}

fn either<'a>(mut a: Vec<Term<'a>>, b: Vec<Term<'a>>) -> Option<Vec<Term<'a>>> {
    a.extend(b);
    (a.len() <= MOST_TERMS).then_some(a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use smsfilter::{SenderClass, rule::Rule};

    /// A layer of two lists, the first within the second, and of these conditions.
    fn layer(conditions: &[Vec<Op>]) -> Layer {
        let list = |name: &str, words: &[&str]| KeywordList {
            name: name.into(),
            keywords: words.iter().map(|&word| word.into()).collect(),
        };
        let mut layer = Layer::default();
        layer.words.lists = vec![list("t.a", &["x", "y"]), list("t.b", &["x", "y", "z"])];
        layer.rules = (conditions.iter().enumerate())
            .map(|(at, ops)| Rule {
                id: format!("t.{at}"),
                title: smsfilter::Text::default(),
                effect: smsfilter::rule::Effect::Evidence,
                condition: Condition(ops.clone()),
                from: None,
                until: None,
                owner: String::new(),
                tip: smsfilter::Text::default(),
            })
            .collect();
        layer
    }

    #[test]
    fn one_condition_follows_from_another_only_if_it_must() {
        let (a, b, url, stray) =
            (Op::List(0, 1), Op::List(1, 1), Op::Trait(Trait::Url), Op::Trait(Trait::DomainUnknown));
        let cases = [
            (vec![a.clone()], vec![b.clone()], true, false),
            (vec![Op::List(0, 2)], vec![b.clone()], true, false),
            (vec![a.clone()], vec![Op::List(1, 2)], false, false),
            (vec![a.clone(), stray.clone(), Op::And], vec![b.clone(), url.clone(), Op::And], true, false),
            (vec![a.clone()], vec![a.clone(), url.clone(), Op::Or], true, false),
            (
                vec![a.clone(), url.clone(), Op::Not, Op::And],
                vec![stray.clone(), Op::Not, a.clone(), Op::And],
                true,
                false,
            ),
            (vec![a.clone(), b.clone(), Op::And], vec![a.clone()], true, true),
            (vec![Op::From(SenderClass::Port)], vec![Op::From(SenderClass::Mobile), Op::Not], true, false),
            (vec![url.clone()], vec![Op::Trait(Trait::Phone)], false, false),
        ];
        for (one, other, forth, back) in cases {
            let layer = layer(&[one.clone(), other.clone()]);
            let logic = Logic::new(&layer);
            assert_eq!((logic.implies(0, 1), logic.implies(1, 0)), (forth, back), "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_rule_stands_for_its_condition() {
        let layer = layer(&[vec![Op::List(0, 1)], vec![Op::Rule(0), Op::List(1, 1), Op::Not, Op::And]]);
        assert!(Logic::new(&layer).never_holds(1));
        assert!(!Logic::new(&layer).never_holds(0));
    }

    #[test]
    fn what_takes_too_long_to_tell_is_not_told() {
        let pair = |n: u8| [Op::List(0, n), Op::Trait(Trait::Url), Op::Or];
        let mut ops: Vec<Op> = pair(1).to_vec();
        for n in 2..40 {
            ops.extend([Op::Sender(n.to_string()), Op::Domain(n.to_string()), Op::Or, Op::And]);
        }
        let layer = layer(&[ops.clone(), ops]);
        assert!(!Logic::new(&layer).implies(0, 1));
    }
}
