//! Sets of characters: those of a text, roughly, and those of a pattern, exactly.

use std::ops::RangeInclusive;

/// The characters of a text, by their low bits: it may seem to have one more, never one less.
#[derive(Clone, Debug)]
pub(crate) struct Letters([u64; 64]);

impl Letters {
    fn has(&self, c: u32) -> bool {
        self.0[c as usize / 64 % 64] >> (c % 64) & 1 == 1
    }

    /// Whether the text has any of these, as far as can be told.
    pub(super) fn meet(&self, asked: &Asked) -> bool {
        let [low, high] = asked.ascii;
        self.0[0] & low != 0 || self.0[1] & high != 0 || asked.others.iter().any(|&c| self.has(c))
    }
}

impl FromIterator<char> for Letters {
    fn from_iter<T: IntoIterator<Item = char>>(characters: T) -> Letters {
        let mut letters = Letters([0; 64]);
        for c in characters {
            letters.0[c as usize / 64 % 64] |= 1 << (c as usize % 64);
        }
        letters
    }
}

/// Characters that a text is asked for, made ready: a bit for each of ASCII, and the others.
#[derive(Debug)]
pub(super) struct Asked {
    ascii: [u64; 2],
    others: Box<[u32]>,
}

impl Asked {
    pub(super) fn new(set: &Set) -> Asked {
        let (mut ascii, mut others) = ([0; 2], Vec::new());
        set.each(|c| match ascii.get_mut(c as usize / 64) {
            Some(word) => *word |= 1 << (c % 64),
            None => others.push(c),
        });
        Asked { ascii, others: others.into() }
    }
}

/// Characters, as ranges of code points: ascending, none touching the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Set(Vec<RangeInclusive<u32>>);

impl Set {
    /// Every character.
    pub(super) fn all() -> Set {
        Set(vec![0..=char::MAX as u32])
    }

    pub(super) fn one(c: char) -> Set {
        Set::range(c, c)
    }

    /// From one character to another; nothing if the other comes before.
    pub(super) fn range(from: char, to: char) -> Set {
        Set(Vec::from_iter((from <= to).then_some(from as u32..=to as u32)))
    }

    pub(super) fn add(&mut self, other: &Set) {
        self.0.extend_from_slice(&other.0);
        self.0.sort_unstable_by_key(|range| *range.start());
        self.0.dedup_by(|next, last| {
            let touches = *next.start() <= last.end() + 1;
            if touches {
                *last = *last.start()..=*last.end().max(next.end());
            }
            touches
        });
    }

    /// All characters but these.
    pub(super) fn others(&self) -> Set {
        let starts = self.0.iter().map(|range| *range.start()).chain([char::MAX as u32 + 1]);
        let ends = std::iter::once(0).chain(self.0.iter().map(|range| range.end() + 1));
        Set(ends.zip(starts).filter(|(from, to)| from < to).map(|(from, to)| from..=to - 1).collect())
    }

    pub(super) fn has(&self, c: char) -> bool {
        let at = self.0.partition_point(|range| *range.end() < c as u32);
        self.0.get(at).is_some_and(|range| range.contains(&(c as u32)))
    }

    pub(super) fn each(&self, each: impl FnMut(u32)) {
        self.0.iter().cloned().flatten().for_each(each);
    }

    /// How many code points there are.
    pub(super) fn len(&self) -> u32 {
        self.0.iter().map(|range| range.end() - range.start() + 1).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn a_set_has_what_was_added_and_its_others_have_the_rest(ranges in prop::collection::vec((0u8..60, 0u8..60), 0..6)) {
            let mut set = Set::default();
            let mut expected = BTreeSet::new();
            for (from, to) in ranges {
                set.add(&Set::range(from.into(), to.into()));
                expected.extend(from..=to);
            }
            let others = set.others();
            for c in 0u8..64 {
                prop_assert_eq!(set.has(c.into()), expected.contains(&c));
                prop_assert_ne!(others.has(c.into()), expected.contains(&c));
            }
            prop_assert_eq!(set.len() as usize, expected.len());
            prop_assert_eq!(others.others(), set);
        }

        #[test]
        fn no_letter_of_a_text_is_missed(text: String, c: char) {
            let letters: Letters = text.chars().collect();
            prop_assert!(text.chars().all(|c| letters.meet(&Asked::new(&Set::one(c)))));
            let low = |c: char| c as u32 % 4096;
            prop_assert_eq!(letters.meet(&Asked::new(&Set::one(c))), text.chars().any(|other| low(other) == low(c)));
        }
    }
}
