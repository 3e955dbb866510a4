//! **What**: a rule without an owner.
//! **Why**: when it blocks the wrong message, somebody has to answer for it. A proposed rule has none until adopted.
//! **Example**: `[[rule]] id = "proposed" …` and no `owner`.

use smsfilter::rule::Layer;

pub(super) fn check(layer: &Layer) -> Vec<(String, String)> {
    let orphans = layer.rules.iter().filter(|rule| rule.owner.is_empty());
    orphans.map(|rule| (rule.id.clone(), format!("`{}` has no owner: say who answers for it", rule.id))).collect()
}
