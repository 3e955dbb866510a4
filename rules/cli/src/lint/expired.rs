//! **What**: a rule whose last day lies before the day that the layer is issued.
//! **Why**: it can never hold again and costs space on every phone. A campaign that returns wants its new dates.
//! **Example**: `until = 2025-11-12` in a layer with `issued_at = 2026-11-21T00:00:00Z`.

use super::{Found, Subject};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let issued = subject.layer.meta.issued_at.div_euclid(86_400);
    let over = subject.layer.rules.iter().filter(|rule| rule.until.is_some_and(|until| i64::from(until) < issued));
    over.map(|rule| {
        Found::at(&rule.id, format!("`{}` ended before the layer is issued: give it new dates or remove it", rule.id))
    })
    .collect()
}
