//! **What**: a phishing, fraud or illegal rule that reaches its threshold on one keyword list alone.
//! **Why**: a bank's warning that quotes the word would be blocked.
//! **Example**: `category = "fraud/loan"`, `points = 60`, `when = "lure"`.

use super::{Found, Subject};
use crate::words::is_one_list;
use smsfilter::{rule::Effect, score::BIAS};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let layer = subject.layer;
    let decides = |effect| matches!(effect, Effect::Points { category, points } if category.category.is_blocked() && i32::from(points) + BIAS >= 0);
    let found = layer.rules.iter().filter(|rule| decides(rule.effect) && is_one_list(&rule.condition));
    found
        .map(|rule| {
            Found::at(
                &rule.id,
                format!("`{}` blocks on one keyword: add what the message asks for, or lower its points", rule.id),
            )
        })
        .collect()
}
