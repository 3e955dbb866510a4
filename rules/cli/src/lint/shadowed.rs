//! **What**: a rule that holds only where another rule of the same subcategory holds, which has as many points or more and
//! decides alone.
//! **Why**: it changes no verdict; the reader looks for what it is for. (More points on top of a rule that does *not* decide
//! alone are a composite, and fine.)
//! **Example**: `when = "lure & ask.link & fee"`, `points = 50` beside `when = "lure & ask.link"`, `points = 60`.

use super::{Found, Subject, logic::Logic};
use smsfilter::{
    rule::{Effect, Rule},
    score::BIAS,
};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let (rules, logic) = (&subject.layer.rules, Logic::new(subject.layer));
    let points = |rule: &Rule| match rule.effect {
        Effect::Points { category, points } => Some((category, i32::from(points))),
        Effect::Evidence | Effect::Act(_) => None,
    };
    let mut found = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        let Some((category, own)) = points(rule).filter(|row| row.1 > 0) else { continue };
        let shadows = |&(by, other): &(usize, &Rule)| {
            let Some((same, more)) = points(other) else { return false };
            let as_long = (other.from.is_none() || other.from == rule.from)
                && (other.until.is_none() || other.until == rule.until);
            let decides = same == category && more >= own && more + BIAS >= 0 && as_long;
            // Of two that say the same, the later.
            let equal = || more == own && logic.implies(by, at);
            by != at && decides && logic.implies(at, by) && (by < at || !equal())
        };
        if let Some((_, by)) = rules.iter().enumerate().find(shadows) {
            let message = format!(
                "`{}` holds only where `{}` does, which decides alone: remove it, or narrow that one",
                rule.id, by.id
            );
            found.push(Found::at(&rule.id, message));
        }
    }
    found
}
