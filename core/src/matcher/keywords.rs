//! Every occurrence of every keyword: the FST walked from each start that the start bits allow.

use crate::{
    fold::{Tricks, View},
    image::Image,
};
use std::collections::{BTreeMap, BTreeSet};

/// One occurrence of a keyword, in characters of the skeleton view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The list.
    pub(crate) list: u32,
    /// First character.
    pub(crate) start: u32,
    /// One past the last.
    pub(crate) end: u32,
}

/// Most occurrences that are kept for highlighting. More only come from rules written to waste time; whether a list
/// occurs at all is still known.
const MAX_HITS: usize = 1 << 16;

/// The occurrences in one message. Reused from message to message.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    all: Vec<Hit>,
    /// A bit for each list.
    lists: Vec<u64>,
    /// Which keywords of the lists that rules count.
    counted: BTreeMap<u32, BTreeSet<u32>>,
    /// Tricks that a keyword of the base layer was reached through, and any keyword.
    pub(crate) base_tricks: Tricks,
    pub(crate) tricks: Tricks,
}

impl Hits {
    /// Replaces the content by the hits in `view`.
    pub(crate) fn scan(&mut self, image: &Image, view: &View) {
        self.all.clear();
        self.counted.clear();
        self.lists.clear();
        self.lists.resize(image.lists().div_ceil(64), 0);
        (self.base_tricks, self.tricks) = Default::default();
        let (fst, text, starts) = (image.keyword_fst(), view.text().as_bytes(), view.starts());
        let root = fst.root();
        let mut characters = view.text().chars().peekable();
        let mut start = 0;
        while let Some(first) = characters.next() {
            let second = characters.peek().map_or(0, |&c| u32::from(c));
            if image.may_start(first, second) || image.may_start(first, 0) {
                let (mut node, mut value, mut end) = (root, 0, start);
                for (at, &byte) in (starts[start] as usize..).zip(&text[starts[start] as usize..]) {
                    let Some(next) = node.find_input(byte) else { break };
                    let step = node.transition(next);
                    value += step.out.value();
                    node = fst.node(step.addr);
                    // Keys are whole UTF-8 strings: a final state always stands at the end of a character.
                    end += usize::from(at + 1 == starts[end + 1] as usize);
                    if node.is_final() {
                        self.add(image, view, value + node.final_output().value(), start, end);
                    }
                }
            }
            start += 1;
        }
    }

    fn add(&mut self, image: &Image, view: &View, value: u64, start: usize, end: usize) {
        let tricks = view.tricks(start..end);
        self.tricks = self.tricks.union(tricks);
        let (all, lists, counted, base) = (&mut self.all, &mut self.lists, &mut self.counted, &mut self.base_tricks);
        image.postings(value, |list, number| {
            if let Some(word) = lists.get_mut(list as usize / 64) {
                *word |= 1 << (list % 64);
            }
            if let Some(number) = number {
                counted.entry(list).or_default().insert(number);
            }
            if list < image.base_lists() {
                *base = base.union(tricks);
            }
            if all.len() < MAX_HITS {
                all.push(Hit { list, start: start as u32, end: end as u32 });
            }
        });
    }

    /// Whether any keyword of the list occurs.
    pub(crate) fn any(&self, list: u32) -> bool {
        self.lists.get(list as usize / 64).is_some_and(|word| word >> (list % 64) & 1 == 1)
    }

    /// Whether at least so many different keywords of a counted list occur.
    pub(crate) fn at_least(&self, list: u32, least: u32) -> bool {
        self.counted.get(&list).is_some_and(|numbers| numbers.len() >= least as usize)
    }

    /// The hits of a list.
    pub(crate) fn of(&self, list: u32) -> impl Iterator<Item = &Hit> {
        self.all.iter().filter(move |hit| hit.list == list)
    }
}
