//! **What**: a rule with points for a category whose rules of this layer do not reach the threshold even all together.
//! **Why**: the category can never be said, so the rule does nothing. (Layers do not add up; a base with a model may.)
//! **Example**: `category = "fraud/ticket"`, `points = 30`, and no other rule of `fraud`.

use super::{Found, Subject};
use smsfilter::{rule::Effect, score::BIAS};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let rules = subject.layer.rules.iter().filter_map(|rule| match rule.effect {
        Effect::Points { category, points } if points > 0 => Some((rule, category.category, i32::from(points))),
        _ => None,
    });
    let rules: Vec<_> = rules.collect();
    let most = |of| rules.iter().filter(|row| row.1 == of).map(|row| row.2).sum::<i32>();
    let weak = rules.iter().filter(|row| most(row.1) + BIAS < 0);
    weak.map(|(rule, category, _)| {
        let (id, name, all) = (&rule.id, category.name(), most(*category));
        Found::at(
            id,
            format!("`{id}` cannot matter: all rules of {name} have {all} points together, {} are needed", -BIAS),
        )
    })
    .collect()
}
