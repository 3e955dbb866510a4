//! **What**: a keyword that contains another keyword of the same list, aliases included, where nobody counts the list.
//! **Why**: the shorter one is found wherever the longer one is, so the longer one changes nothing.
//! **Example**: `lure = ["贷款", "低息贷款"]`. With `lure >= 2` anywhere both count, and it is fine.

use super::{Found, Subject};
use crate::words::{self, Form};
use smsfilter::rule::Op;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let layer = subject.layer;
    let ops = layer.rules.iter().flat_map(|rule| &rule.condition.0);
    let counted: BTreeSet<usize> =
        ops.filter_map(|op| if let Op::List(list, 2..) = op { Some(*list as usize) } else { None }).collect();
    let mut found = Vec::new();
    for (at, list) in layer.words.lists.iter().enumerate().filter(|(at, _)| !counted.contains(at)) {
        let mut forms: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for Form { keyword, text, .. } in subject.forms.iter().filter(|form| form.list == at) {
            forms.entry(*keyword).or_default().push(text);
        }
        let mut by_text: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (number, text) in forms.iter().flat_map(|(number, texts)| texts.iter().map(move |text| (number, text))) {
            by_text.entry(text).or_default().insert(*number);
        }
        // Those of which a form stands within this one.
        let covering = |text: &&str| -> BTreeSet<usize> {
            words::within(text).filter_map(|shorter| by_text.get(shorter)).flatten().copied().collect()
        };
        for (number, own) in &forms {
            let all = own.iter().map(covering).reduce(|some, others| &some & &others).unwrap_or_default();
            let by = all.iter().find(|other| *other != number);
            if let Some(by) = by {
                let (word, shorter, name) = (&list.keywords[*number], &list.keywords[*by], &list.name);
                let message = format!("keyword {word:?} of `{name}` is found wherever {shorter:?} is: remove it");
                found.push(Found::word(name, word, message));
            }
        }
    }
    found
}
