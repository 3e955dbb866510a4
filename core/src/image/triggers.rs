//! Which rules are worth a look? A rule can only hold if one of its cues is there: of an *and* the rarer side's, of an *or*
//! those of both. A condition that may hold of any message (`!a`, a pattern alone) has none and is always looked at.

use super::{cue, op};
use std::collections::BTreeSet;

/// The cues of a rule, and how often one of them is there, roughly.
#[derive(Clone)]
struct Cues {
    of: BTreeSet<u32>,
    cost: u32,
}

/// For each cue the rules that it may make hold: offsets into what follows them, then rule numbers, ascending.
pub(super) struct Triggers {
    rules: Vec<Vec<u32>>,
    lists: u32,
}

impl Triggers {
    /// Room for so many lists and rules.
    pub(super) fn new(lists: u32, rules: usize) -> Triggers {
        Triggers { rules: vec![Vec::new(); (cue::LIST + lists) as usize + rules], lists }
    }

    /// Adds the rule with this number and condition.
    pub(super) fn add(&mut self, rule: u32, condition: &[u32]) {
        match self.cues(condition) {
            Some(cues) => cues.of.into_iter().for_each(|cue| self.rules[cue as usize].push(rule)),
            None => self.rules[cue::ALWAYS as usize].push(rule),
        }
    }

    /// The cues of a condition; `None` if it may hold without any.
    fn cues(&self, condition: &[u32]) -> Option<Cues> {
        let one = |number: u32, cost: u32| Some(Cues { of: BTreeSet::from([number]), cost });
        let mut stack: Vec<Option<Cues>> = Vec::new();
        let mut code = condition.iter();
        while let Some(word) = code.next() {
            let argument = word >> 8;
            let cues = match word & 0xff {
                op::LIST => one(cue::LIST + argument, 2),
                op::COUNT => {
                    code.next();
                    one(cue::LIST + argument, 1)
                }
                op::RULE => one(cue::LIST + self.lists + argument, 1),
                op::TRAIT => one(cue::TRAIT + argument, 8),
                op::FROM => one(cue::FROM + argument, 16),
                kind @ (op::SIGNATURE | op::DOMAIN | op::SENDER) => {
                    one(cue::KIND + (kind - op::SIGNATURE) * 64 + argument, 4)
                }
                op::NOT => {
                    stack.pop();
                    None
                }
                op::AND => match (stack.pop().flatten(), stack.pop().flatten()) {
                    (Some(a), Some(b)) => Some(if a.cost < b.cost { a } else { b }),
                    (a, b) => a.or(b),
                },
                op::OR => match (stack.pop().flatten(), stack.pop().flatten()) {
                    (Some(mut a), Some(b)) => {
                        a.of.extend(b.of);
                        a.cost += b.cost;
                        Some(a)
                    }
                    _ => None,
                },
                _ => None,
            };
            stack.push(cues);
        }
        stack.pop().flatten()
    }

    /// The words of the section.
    pub(super) fn words(self) -> Vec<u32> {
        let mut words = Vec::with_capacity(self.rules.len() + 1);
        let mut end = self.rules.len() as u32 + 1;
        words.push(end);
        for rules in &self.rules {
            end += rules.len() as u32;
            words.push(end);
        }
        words.extend(self.rules.into_iter().flatten());
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of the cues in the order of the section: what each condition is looked at for.
    #[test]
    fn a_rule_is_looked_at_for_its_rarest_side() {
        let (a, b, c) = (op::LIST, op::LIST | 1 << 8, op::TRAIT | 3 << 8);
        let list = |n: u32| Some(vec![cue::LIST + n]);
        let cases: [(&[u32], Option<Vec<u32>>); 7] = [
            (&[a], list(0)),
            (&[a, c, op::AND], list(0)),
            (&[c, b, op::AND], list(1)),
            (&[a, b, op::OR, c, op::AND], Some(vec![cue::LIST, cue::LIST + 1])),
            (&[a, op::NOT], None),
            (&[a, b, op::NOT, op::OR], None),
            (&[a, b, op::NOT, op::AND], list(0)),
        ];
        for (condition, cues) in cases {
            let found = Triggers::new(2, 0).cues(condition).map(|cues| cues.of.into_iter().collect());
            assert_eq!(found, cues, "{condition:?}");
        }
    }
}
