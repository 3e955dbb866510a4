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

/// A mistake that can be looked for.
struct Lint {
    /// Stable.
    id: &'static str,
    /// `build --publish` refuses what it finds.
    refused: bool,
    check: fn(&Subject<'_>) -> Vec<Found>,
    /// Its file, which begins with what, why and an example.
    file: &'static str,
}

macro_rules! lints {
    ($($id:literal $module:ident $refused:literal;)*) => {
        [$(Lint {
            id: $id,
            refused: $refused,
            check: $module::check,
            file: include_str!(concat!(stringify!($module), ".rs")),
        }),*]
    };
}

/// Every lint: its id, its file, whether `build --publish` refuses what it finds.
const LINTS: &[Lint] = &lints! {
    "alias-repeated" alias_repeated false;
    "alias-unused" alias_unused false;
    "common-word" common_word false;
    "conflicting" conflicting true;
    "covered-keyword" covered_keyword false;
    "empty-alternation" empty_alternation true;
    "expired" expired false;
    "host-form" host_form false;
    "idle-nomatch" idle_nomatch false;
    "missing-examples" missing_examples true;
    "missing-owner" missing_owner true;
    "missing-tip" missing_tip false;
    "never-holds" never_holds true;
    "one-character" one_character true;
    "out-of-reach" out_of_reach false;
    "public-suffix" public_suffix false;
    "repeated-keyword" repeated_keyword false;
    "shadowed" shadowed true;
    "single-keyword" single_keyword false;
    "slow-pattern" slow_pattern false;
    "unknown-kind" unknown_kind false;
    "untitled" untitled false;
    "unused" unused false;
};

/// The ids of all lints, each with what it finds, why that hurts and an example.
pub(crate) fn described() -> impl Iterator<Item = (&'static str, String)> {
    LINTS.iter().map(|lint| {
        let lines = lint.file.lines().map_while(|line| line.strip_prefix("//! "));
        (lint.id, lines.collect::<Vec<_>>().join("\n"))
    })
}

/// All findings, by lint, then in the order of the layer.
pub(crate) fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for Lint { id, refused, check, .. } in LINTS {
        findings.extend(check(subject).into_iter().map(|found| Finding { lint: id, refused: *refused, found }));
    }
    findings
}
