//! Which keywords occur in a message, in which lists do they stand, and were they disguised?

use crate::{
    dictionary::{self, Memory},
    fold::{Skeleton, Tricks},
    image::Image,
    model::Reader,
};

/// Most occurrences that are kept for highlighting. More only come from rules written to waste time; whether a list
/// occurs at all is still known.
const MAX_HITS: usize = 1 << 16;
/// Counted keywords noted before those noted twice are dropped.
const MAX_NOTES: usize = 1 << 12;

/// The occurrences in one message. Reused from message to message.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    memory: Memory,
    all: Vec<dictionary::Hit>,
    /// A bit for each list.
    lists: Vec<u64>,
    /// Which keywords of the lists that rules count: list and number, each once, sorted.
    counted: Vec<(u32, u32)>,
    /// Tricks that a keyword of the base layer was reached through, and any keyword.
    pub(crate) base_tricks: Tricks,
    pub(crate) tricks: Tricks,
}

impl Hits {
    /// Replaces the content by the hits in `text`. `reader` reads every character in the same pass.
    pub(crate) fn scan(&mut self, image: &Image, text: &Skeleton, mut reader: Option<&mut Reader<'_>>) {
        let Hits { memory, all, lists, counted, base_tricks, tricks } = self;
        all.clear();
        counted.clear();
        lists.clear();
        lists.resize(image.lists().div_ceil(64), 0);
        (*base_tricks, *tricks) = Default::default();
        let mut notes = MAX_NOTES;
        let beside = |c| reader.as_mut().into_iter().for_each(|reader| reader.feed(c));
        image.dictionary().search(text.chars(), memory, beside, |hit| {
            let seen = text.tricks(hit.start as usize..hit.end as usize);
            *tricks = tricks.union(seen);
            image.postings(hit.value, |list, number| {
                if let Some(word) = lists.get_mut(list as usize / 64) {
                    *word |= 1 << (list % 64);
                }
                counted.extend(number.map(|number| (list, number)));
                if list < image.base_lists() {
                    *base_tricks = base_tricks.union(seen);
                }
            });
            if counted.len() > notes {
                counted.sort_unstable();
                counted.dedup();
                // So that sorting stays linear however many different ones there are.
                notes = counted.len() * 2 + MAX_NOTES;
            }
            if all.len() < MAX_HITS {
                all.push(hit);
            }
        });
        counted.sort_unstable();
        counted.dedup();
    }

    /// Whether any keyword of the list occurs.
    pub(crate) fn any(&self, list: u32) -> bool {
        self.lists.get(list as usize / 64).is_some_and(|word| word >> (list % 64) & 1 == 1)
    }

    /// Whether at least so many different keywords of a counted list occur.
    pub(crate) fn at_least(&self, list: u32, least: u32) -> bool {
        let from = self.counted.partition_point(|note| note.0 < list);
        let found = self.counted[from..].iter().take_while(|note| note.0 == list);
        found.take(least as usize).count() == least as usize
    }

    /// The lists of which any keyword occurs.
    pub(crate) fn lists(&self) -> impl Iterator<Item = u32> {
        super::ones(&self.lists).map(|list| list as u32)
    }

    /// The hits of any of these lists, each once.
    pub(crate) fn of(&self, image: &Image, lists: &[u32]) -> impl Iterator<Item = &dictionary::Hit> {
        self.all.iter().filter(|hit| {
            let mut in_list = false;
            image.postings(hit.value, |posted, _| in_list |= lists.contains(&posted));
            in_list
        })
    }
}
