//! **What**: a rule whose condition contradicts itself.
//! **Why**: it is dead, and whoever reads it believes that something is covered.
//! **Example**: `when = "lure & !lure"`, or `from.port & from.mobile`.

use super::{Found, Subject, logic::Logic};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let logic = Logic::new(subject.layer);
    let dead = subject.layer.rules.iter().enumerate().filter(|(at, _)| logic.never_holds(*at));
    dead.map(|(_, rule)| Found::at(&rule.id, format!("`{}` can never hold: its condition contradicts itself", rule.id)))
        .collect()
}
