//! **What**: a keyword that is a word that holds sentences together.
//! **Why**: it is in one message of three, so the list is nearly always met: what is meant is a phrase.
//! **Example**: `lure = ["我们"]`.

use super::{Found, Subject};

/// Words of every conversation, folded.
const EVERYDAY: [&str; 32] = [
    "我们", "你们", "他们", "她们", "这个", "那个", "这样", "那样", "什么", "怎么", "没有", "不是", "就是", "还是",
    "但是", "因为", "所以", "如果", "可以", "已经", "知道", "觉得", "时候", "一个", "一下", "自己", "大家", "the",
    "and", "you", "are", "is",
];

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for list in &subject.layer.words.lists {
        for word in list.keywords.iter().filter(|word| EVERYDAY.contains(&subject.fold.keyword(word).as_str())) {
            let message = format!(
                "keyword {word:?} of `{}` is in every other message: write the phrase that is meant",
                list.name
            );
            found.push(Found::word(&list.name, word, message));
        }
    }
    found
}
