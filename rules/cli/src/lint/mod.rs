//! Which mistakes can be seen without running a message? One lint a file: what it finds, why that hurts, an example.

mod alias_repeated;
mod alias_unused;
mod common_word;
mod conflicting;
mod covered_keyword;
mod empty_alternation;
mod expired;
mod host_form;
mod idle_nomatch;
mod logic;
mod missing_examples;
mod missing_owner;
mod missing_tip;
mod never_holds;
mod one_character;
mod out_of_reach;
mod public_suffix;
mod repeated_keyword;
mod shadowed;
mod single_keyword;
mod slow_pattern;
mod unknown_kind;
mod untitled;
mod unused;

use crate::words::Form;
use smsfilter::{Filter, fold::FoldTable, rule::Layer};

/// What is looked at.
pub(crate) struct Subject<'a> {
    pub(crate) layer: &'a Layer,
    /// What its keywords are folded with.
    pub(crate) fold: &'a FoldTable,
    /// Its keywords as messages are searched for them.
    pub(crate) forms: Vec<Form>,
    /// The layer at work, beside the national base if it is none.
    pub(crate) filter: Filter,
}

/// Something found.
pub(crate) struct Finding {
    /// The lint's stable id.
    pub(crate) lint: &'static str,
    /// `build --publish` refuses it.
    pub(crate) refused: bool,
    pub(crate) found: Found,
}

/// What a lint says.
pub(crate) struct Found {
    /// `topic.name` of the rule, list or pattern; empty where nothing has a name: aliases and registries.
    pub(crate) place: String,
    /// The word, alias or registry entry that it is about, as it is written.
    pub(crate) quoted: Option<String>,
    /// What is wrong and what to do.
    pub(crate) message: String,
}

impl Found {
    /// At a rule, list or pattern.
    fn at(place: &str, message: impl Into<String>) -> Found {
        Found { place: place.to_owned(), quoted: None, message: message.into() }
    }

    /// At a word in a list, or anywhere if the list is empty.
    fn word(place: &str, quoted: &str, message: impl Into<String>) -> Found {
        Found { place: place.to_owned(), quoted: Some(quoted.to_owned()), message: message.into() }
    }
}

type Lint = (&'static str, bool, fn(&Subject<'_>) -> Vec<Found>);

/// Every lint: its stable id, whether `build --publish` refuses what it finds, and the lint.
const LINTS: [Lint; 23] = [
    ("alias-repeated", false, alias_repeated::check),
    ("alias-unused", false, alias_unused::check),
    ("common-word", false, common_word::check),
    ("conflicting", true, conflicting::check),
    ("covered-keyword", false, covered_keyword::check),
    ("empty-alternation", true, empty_alternation::check),
    ("expired", false, expired::check),
    ("host-form", false, host_form::check),
    ("idle-nomatch", false, idle_nomatch::check),
    ("missing-examples", false, missing_examples::check),
    ("missing-owner", true, missing_owner::check),
    ("missing-tip", false, missing_tip::check),
    ("never-holds", true, never_holds::check),
    ("one-character", true, one_character::check),
    ("out-of-reach", false, out_of_reach::check),
    ("public-suffix", false, public_suffix::check),
    ("repeated-keyword", false, repeated_keyword::check),
    ("shadowed", true, shadowed::check),
    ("single-keyword", false, single_keyword::check),
    ("slow-pattern", false, slow_pattern::check),
    ("unknown-kind", false, unknown_kind::check),
    ("untitled", false, untitled::check),
    ("unused", false, unused::check),
];

/// The ids of all lints.
pub(crate) fn ids() -> impl Iterator<Item = &'static str> {
    LINTS.iter().map(|lint| lint.0)
}

/// All findings, by lint, then in the order of the layer.
pub(crate) fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let found =
        |&(lint, refused, check): &Lint| check(subject).into_iter().map(move |found| Finding { lint, refused, found });
    LINTS.iter().flat_map(found).collect()
}
