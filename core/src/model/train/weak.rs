//! What does a row teach about each category, when its label says only spam or not?
//!
//! | row | positive | negative |
//! |---|---|---|
//! | named a spam category, or spam of which the rules say one | that | all others; promotion is left open |
//! | named another category, or ham of which the rules say one | that | all others |
//! | spam that no rule decides | promotion, weakly | the four that are no spam; illegal, fraud, phishing are left open |
//! | ham that no rule decides | | the four of spam; service, public, code weakly; personal is left open |
//! | `match` example of a rule with points | its category | as if named |
//! | `nomatch` example of a rule with points | | its category |
//!
//! Where label and rules contradict each other the row counts as undecided. Fraud is left open for promotion, so that a
//! fraud nobody recognises may at least be called that.

use super::Label;
use crate::{Category, model::LANES};

/// What a row says of each category: above 0 it is one, below it is none, 0 says nothing; the size is its weight.
pub(super) type Target = [f64; LANES];

/// Undecided spam is promotion more often than not.
const WEAK_PROMOTION: f64 = 0.5;
/// Undecided ham is seldom a notice: rules decide most of those.
const WEAK_NOTICE: f64 = 0.2;

/// What a corpus row says, given what the rules say of it.
pub(super) fn of_row(label: Label, rules: Category) -> Target {
    match label {
        Label::Category(category) => of_category(category),
        Label::Spam if rules.is_spam() => of_category(rules),
        Label::Ham if rules != Category::Unknown && !rules.is_spam() => of_category(rules),
        Label::Spam => each(|category| match category {
            Category::Promotion => WEAK_PROMOTION,
            blocked if blocked.is_spam() => 0.0,
            _ => -1.0,
        }),
        Label::Ham => each(|category| match category {
            Category::Personal => 0.0,
            spam if spam.is_spam() => -1.0,
            _ => -WEAK_NOTICE,
        }),
    }
}

/// What a message of a known category says.
pub(super) fn of_category(known: Category) -> Target {
    each(|category| match category {
        same if same == known => 1.0,
        Category::Promotion if known.is_blocked() => 0.0,
        _ => -1.0,
    })
}

/// What a message that is not of a category says.
pub(super) fn of_other(not: Category) -> Target {
    each(|category| if category == not { -1.0 } else { 0.0 })
}

fn each(weight: impl Fn(Category) -> f64) -> Target {
    std::array::from_fn(|lane| weight(Category::ALL[lane + 1]))
}
