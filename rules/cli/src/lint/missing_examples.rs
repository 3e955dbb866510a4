//! **What**: a rule with points but without a `match` or without a `nomatch` example.
//! **Why**: nobody notices when it stops working, or when it starts to hit what it should not.
//! **Example**: `[[rule]] … points = 60 … match = ["…"]` and no `nomatch`.

use super::{Found, Subject};
use smsfilter::rule::{Effect, Expect};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let layer = subject.layer;
    let has = |id: &str, expect| layer.examples.iter().any(|e| e.rule == id && e.expect == expect);
    let scoring = layer.rules.iter().filter(|rule| matches!(rule.effect, Effect::Points { .. }));
    scoring
        .filter_map(|rule| {
            let missing = match (has(&rule.id, Expect::Match), has(&rule.id, Expect::NoMatch)) {
                (true, true) => return None,
                (false, _) => "match",
                (true, false) => "nomatch",
            };
            Some(Found::at(&rule.id, format!("`{}` has no `{missing}` example: add one", rule.id)))
        })
        .collect()
}
