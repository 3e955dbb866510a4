//! **What**: a keyword of a single character.
//! **Why**: it is in every second message; even beside other conditions it says nothing.
//! **Example**: `lure = ["赢"]`.

use smsfilter::rule::Layer;

pub(super) fn check(layer: &Layer) -> Vec<(String, String)> {
    let short = |keyword: &&String| keyword.chars().filter(|c| c.is_alphanumeric()).count() <= 1;
    let finding = |list: &str, keyword: &String| {
        (list.to_owned(), format!("keyword {keyword:?} of `{list}` is one character: write the word it belongs to"))
    };
    let lists = layer.words.lists.iter();
    lists.flat_map(|list| list.keywords.iter().filter(short).map(|keyword| finding(&list.name, keyword))).collect()
}
