//! **What**: an alias whose word stands in no keyword of the layer.
//! **Why**: an alias only adds forms to keywords, so this one does nothing: the word was renamed, or is missing in a list.
//! **Example**: `[aliases] "贷款" = ["代款"]` while every list says `借款`.

use super::{Found, Subject};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let words = &subject.layer.words;
    // An alias may stand in what another alias makes.
    let used = |word: &str| subject.forms.iter().any(|form| form.text.contains(word));
    let idle = words.aliases.iter().filter(|alias| !used(&subject.fold.keyword(&alias.word)));
    idle.map(|alias| {
        let message =
            format!("no keyword has {:?} in it, so its aliases do nothing: add it to a list or remove it", alias.word);
        Found::word("", &alias.word, message)
    })
    .collect()
}
