//! **What**: a form of an alias that folds to the word itself, or to a form before it.
//! **Why**: folding finds it already; forms are few (64 a keyword) and multiply.
//! **Example**: `"微信" = ["微 信", "威信"]`, or `["威信", "威 信"]`.

use super::{Found, Subject};
use std::collections::BTreeSet;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for alias in &subject.layer.words.aliases {
        let mut known = BTreeSet::from([subject.fold.keyword(&alias.word)]);
        for form in &alias.forms {
            if !known.insert(subject.fold.keyword(form)) {
                let word = &alias.word;
                let message =
                    format!("alias {form:?} of {word:?} reads as the word or another form does once folded: remove it");
                found.push(Found::word("", word, message));
            }
        }
    }
    found
}
