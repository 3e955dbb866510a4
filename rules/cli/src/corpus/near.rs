//! Are two intents the same? They are when, slots blanked, half of their three-character runs are shared.

use super::{
    Intent,
    text::{Piece, Template},
};
use std::collections::{BTreeMap, BTreeSet};

/// What stands for any slot.
const BLANK: char = '□';

/// Pairs of intents, by place in the list, whose first wordings share half of their runs or more (Jaccard index).
pub(crate) fn near(intents: &[Intent]) -> Vec<(usize, usize)> {
    let runs: Vec<BTreeSet<[char; 3]>> = intents.iter().map(|intent| runs(&intent.wordings[0])).collect();
    let mut seen: BTreeMap<[char; 3], Vec<usize>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (at, own) in runs.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for run in own {
            let before = seen.entry(*run).or_default();
            before.iter().for_each(|other| *shared.entry(*other).or_default() += 1);
            before.push(at);
        }
        let half = |(other, count): &(usize, usize)| 2 * count >= own.len() + runs[*other].len() - count;
        pairs.extend(shared.into_iter().filter(half).map(|(other, _)| (other, at)));
    }
    pairs
}

fn runs(template: &Template) -> BTreeSet<[char; 3]> {
    let text: Vec<char> = (template.0.iter())
        .flat_map(|piece| match piece {
            Piece::Text(text) => text.chars().collect(),
            _ => vec![BLANK],
        })
        .collect();
    text.windows(3).map(|run| [run[0], run[1], run[2]]).collect()
}
