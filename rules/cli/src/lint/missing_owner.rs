//! **What**: a rule without an owner.
//! **Why**: when it blocks the wrong message, somebody has to answer for it. A proposed rule has none until adopted.
//! **Example**: `[[rule]] id = "proposed" …` and no `owner`.

use super::{Found, Subject};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let layer = subject.layer;
    let orphans = layer.rules.iter().filter(|rule| rule.owner.trim().is_empty());
    orphans.map(|rule| Found::at(&rule.id, format!("`{}` has no owner: say who answers for it", rule.id))).collect()
}
