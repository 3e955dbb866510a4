//! **What**: a pattern that matches nothing at all, such as one with an alternative that is empty.
//! **Why**: it matches everywhere: the pattern says no more than the condition beside it. An optional end is left out.
//! **Example**: `fee = '(手续费|保证金|)'` or `fee = '(手续费)?'`.

use super::{Found, Subject};
use smsfilter::rule::author::may_be_empty;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let empty = subject.layer.words.patterns.iter().filter(|pattern| may_be_empty(&pattern.regex));
    empty
        .map(|pattern| {
            let name = &pattern.name;
            Found::at(name, format!("`{name}` may match nothing at all, hence everywhere: let it need a character"))
        })
        .collect()
}
