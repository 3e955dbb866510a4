//! **What**: a keyword of a list that folds to the same as one before it.
//! **Why**: it finds nothing more, and `list >= 2` is met no sooner by it.
//! **Example**: `lure = ["加微信", "加 微 信"]`, or one of them in full-width or traditional characters.

use super::{Found, Subject};
use std::collections::HashMap;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let (layer, fold) = (subject.layer, subject.fold);
    let mut findings = Vec::new();
    for list in &layer.words.lists {
        let mut before = HashMap::new();
        for keyword in &list.keywords {
            if let Some(first) = before.insert(fold.keyword(keyword), keyword) {
                let name = &list.name;
                let message = format!("keyword {keyword:?} of `{name}` reads as {first:?} does: remove one of them");
                findings.push(Found::word(name, keyword, message));
            }
        }
    }
    findings
}
