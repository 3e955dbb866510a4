//! **What**: a rule with points for a category that holds only where another rule takes as many or more away from it.
//! **Why**: it never speaks: one of the two was written against something else.
//! **Example**: `lure & ask.link`, 30 points, beside `lure`, −40 points, both of `fraud`.

use super::{Found, Subject, logic::Logic};
use smsfilter::rule::{Effect, Rule};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let (rules, logic) = (&subject.layer.rules, Logic::new(subject.layer));
    let points = |rule: &Rule| match rule.effect {
        Effect::Points { category, points } => Some((category.category, points)),
        Effect::Evidence | Effect::Act(_) => None,
    };
    let mut found = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        let Some((category, own)) = points(rule).filter(|row| row.1 > 0) else { continue };
        let cancels = |&(by, other): &(usize, &Rule)| {
            let undated = other.from.is_none() && other.until.is_none();
            undated
                && points(other).is_some_and(|(same, less)| same == category && own + less <= 0)
                && logic.implies(at, by)
        };
        if let Some((_, by)) = rules.iter().enumerate().find(cancels) {
            let message =
                format!("`{}` holds only where `{}` takes its points away: exclude one from the other", rule.id, by.id);
            found.push(Found::at(&rule.id, message));
        }
    }
    found
}
