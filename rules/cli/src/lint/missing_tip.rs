//! **What**: a phishing, fraud or illegal rule without a tip in both languages.
//! **Why**: the message is about to be moved out of sight; its receiver should learn what to do.
//! **Example**: `category = "fraud/loan"` and no `tip`.

use super::{Found, Subject};
use smsfilter::{Text, rule::Effect};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let layer = subject.layer;
    let blocks =
        |effect| matches!(effect, Effect::Points { category, points } if category.category.is_blocked() && points > 0);
    let is_bare = |tip: &Text| tip.zh.trim().is_empty() || tip.en.trim().is_empty();
    let bare = layer.rules.iter().filter(|rule| blocks(rule.effect) && is_bare(&rule.tip));
    bare.map(|rule| Found::at(&rule.id, format!("`{}` has no tip: say in zh and en what the user should do", rule.id)))
        .collect()
}
