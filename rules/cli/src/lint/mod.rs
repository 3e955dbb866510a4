//! Which mistakes can be seen without running a message? One lint a file: what it finds, why that hurts, an example.

mod missing_examples;
mod missing_owner;
mod missing_tip;
mod one_character;
mod repeated_keyword;
mod single_keyword;
mod unknown_kind;
mod unused;

use smsfilter::{fold::FoldTable, rule::Layer};

/// Something found.
pub(crate) struct Finding {
    /// The lint's stable id.
    pub(crate) lint: &'static str,
    /// `topic.name` of the rule, list or pattern.
    pub(crate) place: String,
    /// What is wrong and what to do.
    pub(crate) message: String,
}

type Lint = (&'static str, fn(&Layer) -> Vec<(String, String)>);

/// Every lint that needs the layer alone, with its stable id.
const LINTS: [Lint; 7] = [
    ("missing-examples", missing_examples::check),
    ("missing-owner", missing_owner::check),
    ("missing-tip", missing_tip::check),
    ("one-character", one_character::check),
    ("single-keyword", single_keyword::check),
    ("unknown-kind", unknown_kind::check),
    ("unused", unused::check),
];

/// All findings, by lint, then in the order of the layer. `fold` is what the layer's keywords are folded with.
pub(crate) fn run(layer: &Layer, fold: &FoldTable) -> Vec<Finding> {
    let finding = |lint| move |(place, message)| Finding { lint, place, message };
    let found = LINTS.iter().flat_map(|(lint, check)| check(layer).into_iter().map(finding(lint)));
    found.chain(repeated_keyword::check(layer, fold).into_iter().map(finding("repeated-keyword"))).collect()
}
