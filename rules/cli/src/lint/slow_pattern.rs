//! **What**: a pattern that may begin at any character, so that it is searched for all over the message.
//! **Why**: patterns take most of the time that rules take; one that begins with one of few characters, or at the start of a
//! word or number, is tried there alone.
//! **Example**: `rate = '.{0,4}[0-9]+%'`: write `[0-9]+%`.

use super::{Found, Subject};
use smsfilter::rule::author::{is_quick, may_be_empty};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    // What is tried at the start alone, or is another lint's, is left out.
    let is_slow = |regex: &str| !regex.starts_with('^') && !may_be_empty(regex) && !is_quick(regex);
    let slow = subject.layer.words.patterns.iter().filter(|pattern| is_slow(&pattern.regex));
    slow.map(|pattern| {
        let name = &pattern.name;
        Found::at(name, format!("`{name}` may begin at any character: let it begin with few characters or `\\b`"))
    })
    .collect()
}
