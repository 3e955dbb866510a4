//! What is known of common characters: `characters.tsv`, read once.

use fastrand::Rng;
use std::{collections::HashMap, sync::LazyLock};

/// A line of the table.
struct Row {
    traditional: Vec<char>,
    /// Left and right part, in all ways to write them.
    parts: Vec<&'static str>,
    look_alikes: Vec<char>,
}

static TABLE: LazyLock<HashMap<char, Row>> = LazyLock::new(|| lines().collect());

fn lines() -> impl Iterator<Item = (char, Row)> {
    include_str!("characters.tsv").lines().filter(|line| !line.starts_with('#')).map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [c, traditional, parts, look_alikes] = fields[..] else {
            panic!("characters.tsv: four fields, not {line:?}")
        };
        let c = c.parse().unwrap_or_else(|error| panic!("characters.tsv: {error}: {line:?}"));
        let row = Row {
            traditional: traditional.chars().collect(),
            parts: parts.split_whitespace().collect(),
            look_alikes: look_alikes.chars().collect(),
        };
        (c, row)
    })
}

/// Common characters, the most frequent first.
pub(super) fn common() -> impl Iterator<Item = char> {
    lines().map(|(c, _)| c)
}

pub(super) fn traditional(c: char, dice: &mut Rng) -> Option<char> {
    dice.choice(&TABLE.get(&c)?.traditional).copied()
}

pub(super) fn look_alike(c: char, dice: &mut Rng) -> Option<char> {
    dice.choice(&TABLE.get(&c)?.look_alikes).copied()
}

pub(super) fn parts(c: char, dice: &mut Rng) -> Option<&'static str> {
    dice.choice(&TABLE.get(&c)?.parts).copied()
}
