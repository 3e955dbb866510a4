//! **What**: a keyword of a single character, as it is searched for: folded, or as an alias lets it read.
//! **Why**: it is in every second message; even beside other conditions it says nothing.
//! **Example**: `lure = ["赢"]`, or `lure = ["亻言"]`, which is 信.

use super::{Found, Subject};
use crate::words::Form;
use std::collections::BTreeSet;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let lists = &subject.layer.words.lists;
    let spoken = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let short = |form: &&Form| form.text.chars().count() <= 1 || spoken(&lists[form.list].keywords[form.keyword]) <= 1;
    let forms = subject.forms.iter().filter(short);
    let places: BTreeSet<(usize, usize)> = forms.map(|form| (form.list, form.keyword)).collect();
    let finding = |(list, keyword): (usize, usize)| {
        let list = &lists[list];
        let (name, keyword) = (&list.name, &list.keywords[keyword]);
        let message = format!("keyword {keyword:?} of `{name}` is one character, or reads as one: write a longer word");
        Found::word(name, keyword, message)
    };
    places.into_iter().map(finding).collect()
}
