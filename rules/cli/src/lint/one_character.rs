//! **What**: a keyword of a single character.
//! **Why**: it is in every second message; even beside other conditions it says nothing.
//! **Example**: `lure = ["赢"]`.

use super::{Found, Subject};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let layer = subject.layer;
    let short = |keyword: &&String| keyword.chars().filter(|c| c.is_alphanumeric()).count() <= 1;
    let finding = |list: &str, keyword: &String| {
        let message = format!("keyword {keyword:?} of `{list}` is one character: write the word it belongs to");
        Found::word(list, keyword, message)
    };
    let lists = layer.words.lists.iter();
    lists.flat_map(|list| list.keywords.iter().filter(short).map(|keyword| finding(&list.name, keyword))).collect()
}
