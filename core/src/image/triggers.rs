//! Which rules are worth a look? A rule can only hold if one of its cues is there: of an *and* the rarer side's, of an *or*
//! those of both. A condition that may hold of any message (`!a`, a pattern alone) has none and is always looked at.

use super::{condition::Node, cue, op};
use std::collections::BTreeSet;

/// The cues of a rule, and how often one of them is there, roughly.
#[derive(Clone, Default)]
pub(super) struct Cues {
    of: BTreeSet<Cue>,
    cost: u32,
}

/// Rules are numbered behind the lists, whose number is not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cue {
    Plain(u32),
    Rule(u32),
}

/// What a rule costs that any message may make hold.
const ALWAYS: u32 = 64;

/// The cues of a condition; `None` if it may hold without any. `earlier`: those of the rules that it may name.
pub(super) fn cues(condition: &Node, earlier: &[Option<Cues>]) -> Option<Cues> {
    match condition {
        Node::Test(word, _) => {
            let argument = word >> 8;
            let (cue, cost) = match word & 0xff {
                op::LIST => (Cue::Plain(cue::LIST + argument), 2),
                op::COUNT => (Cue::Plain(cue::LIST + argument), 1),
                op::RULE => {
                    let cost =
                        earlier.get(argument as usize).map_or(1, |rule| rule.as_ref().map_or(ALWAYS, |cues| cues.cost));
                    (Cue::Rule(argument), cost)
                }
                op::TRAIT => (Cue::Plain(cue::TRAIT + argument), 8),
                op::FROM => (Cue::Plain(cue::FROM + argument), 16),
                kind @ (op::SIGNATURE | op::DOMAIN | op::SENDER) => {
                    (Cue::Plain(cue::KIND + (kind - op::SIGNATURE) * 64 + argument), 4)
                }
                _ => return None,
            };
            Some(Cues { of: BTreeSet::from([cue]), cost })
        }
        Node::Not(_) => None,
        Node::All(of) => of.iter().filter_map(|node| cues(node, earlier)).min_by_key(|cues| cues.cost),
        Node::Any(of) => of.iter().try_fold(Cues::default(), |mut all, node| {
            let cues = cues(node, earlier)?;
            all.of.extend(cues.of);
            all.cost += cues.cost;
            Some(all)
        }),
    }
}

/// The words of the section: for each cue the rules that it may make hold, as offsets into what follows them, then rule
/// numbers, ascending.
pub(super) fn words(rules: Vec<Option<Cues>>, lists: u32) -> Vec<u32> {
    let mut triggered = vec![Vec::new(); (cue::LIST + lists) as usize + rules.len()];
    for (rule, cues) in (0u32..).zip(rules) {
        let cues = cues.map_or(BTreeSet::from([Cue::Plain(cue::ALWAYS)]), |cues| cues.of);
        for cue in cues {
            let cue = match cue {
                Cue::Plain(cue) => cue,
                Cue::Rule(rule) => cue::LIST + lists + rule,
            };
            triggered[cue as usize].push(rule);
        }
    }
    let mut words = Vec::with_capacity(triggered.len() + 1);
    let mut end = triggered.len() as u32 + 1;
    words.push(end);
    for rules in &triggered {
        end += rules.len() as u32;
        words.push(end);
    }
    words.extend(triggered.into_iter().flatten());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of the cues in the order of the section: what each condition is looked at for.
    #[test]
    fn a_rule_is_looked_at_for_its_rarest_side() {
        let a = || Node::Test(op::LIST, 0);
        let b = || Node::Test(op::LIST | 1 << 8, 0);
        let c = || Node::Test(op::TRAIT | 3 << 8, 0);
        let not = |node| Node::Not(Box::new(node));
        let list = |n: u32| Some(vec![Cue::Plain(cue::LIST + n)]);
        let earlier = [None, cues(&a().or(b()), &[]), cues(&Node::Test(op::COUNT, 2), &[])];
        let cases = [
            (a(), list(0)),
            (a().and(c()), list(0)),
            (c().and(b()), list(1)),
            (a().and(b()), list(0)),
            (a().or(b()).and(c()), Some(vec![Cue::Plain(cue::LIST), Cue::Plain(cue::LIST + 1)])),
            (a().and(Node::Test(op::RULE | 7 << 8, 0)), Some(vec![Cue::Rule(7)])),
            // Of earlier rules the first may hold of any message, the second needs one of two lists, the third a count.
            (a().and(Node::Test(op::RULE, 0)), list(0)),
            (a().and(Node::Test(op::RULE | 1 << 8, 0)), list(0)),
            (a().and(Node::Test(op::RULE | 2 << 8, 0)), Some(vec![Cue::Rule(2)])),
            (not(a()), None),
            (a().or(not(b())), None),
            (a().and(not(b())), list(0)),
            (Node::Any(Vec::new()), Some(vec![])),
        ];
        for (condition, expected) in cases {
            let found = cues(&condition, &earlier).map(|cues| cues.of.into_iter().collect());
            assert_eq!(found, expected, "{condition:?}");
        }
    }

    #[test]
    fn rules_stand_behind_the_lists() {
        let rules =
            [Node::Test(op::LIST | 1 << 8, 0), Node::Test(op::RULE, 0), Node::Not(Box::new(Node::Any(Vec::new())))];
        let words = words(rules.iter().map(|rule| cues(rule, &[])).collect(), 2);
        let of = |cue: u32| &words[words[cue as usize] as usize..words[cue as usize + 1] as usize];
        assert_eq!(
            (of(cue::LIST), of(cue::LIST + 1), of(cue::LIST + 2), of(cue::ALWAYS)),
            (&[][..], &[0][..], &[1][..], &[2][..])
        );
    }
}
