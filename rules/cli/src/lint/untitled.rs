//! **What**: a rule whose title is empty in a language, or has no Chinese character in Chinese, or one in English.
//! **Why**: users read titles as the reason of a decision.
//! **Example**: `title = { zh = "Loan", en = "Loan" }`.

use super::{Found, Subject};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
    let bare = subject.layer.rules.iter().filter_map(|rule| {
        let zh = rule.title.zh.contains(is_han);
        let en = rule.title.en.contains(|c: char| c.is_ascii_alphabetic()) && !rule.title.en.contains(is_han);
        match (zh, en) {
            (true, true) => None,
            (false, _) => Some((rule, "Chinese")),
            (true, false) => Some((rule, "English")),
        }
    });
    bare.map(|(rule, language)| {
        Found::at(&rule.id, format!("`{}` has no title in {language}: users read it as the reason", rule.id))
    })
    .collect()
}
