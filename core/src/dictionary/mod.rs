//! Which keywords occur in a text? All overlapping occurrences, each exactly once, from transducers of the `fst` crate.
//!
//! Anchors decide where a walk is worth while, the transducers confirm exactly; `core/DESIGN.md` teaches both. A
//! dictionary is one block of little-endian bytes, used in place:
//! ```text
//! header  u32 × 8: twice the keywords, and one if any is one character long; filter, lanes, pairs, characters, entries of
//!         the index, pages, bytes of the transducers
//! filter  u64 each: bits of anchors
//! lanes   u64 each: a bucket of five anchors of three characters
//! pairs   u64 each: bits of keywords of two characters
//! first   2 × u32 a character: state after it, output so far; bit 31 of the state: the character is a keyword
//! index   u16 for 64 code points: number of their page, 0 for none
//! pages   u16 the first rank of the page, then 64 × u8: number of the character's rank in the page, from 1; 0 is no
//!         character of any keyword
//! ranks   u16 a character: page by page, in order of code points
//! fst     the transducers, one behind the other
//! ```

mod alphabet;
mod anchors;
mod build;
#[cfg(test)]
mod tests;
mod transducer;

pub use build::{Full, build};

pub(crate) use transducer::Walk;

use alphabet::{Alphabet, PAGE_BYTES};
use anchors::Anchors;
use bytes::Bytes;

/// Longest keyword in characters: no walk is longer.
pub const MAX_KEYWORD: usize = 32;

const HEADER: usize = 32;
/// Bit of a first state: the character is a keyword by itself.
const SINGLE: u32 = 1 << 31;

/// Keywords ready for search. Cheap to clone, immutable.
#[derive(Clone, Debug)]
pub struct Dictionary {
    bytes: Bytes,
    header: [u32; 8],
    /// Where each part ends, in order of the format.
    ends: [usize; 8],
}

/// What costs how many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Filter, lanes and pairs.
    pub anchors: usize,
    /// Character codes and first states.
    pub alphabet: usize,
    /// The transducers.
    pub fst: usize,
}

/// One occurrence of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// First character.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// What the keyword was given.
    pub value: u32,
}

/// Memory of a search, reused from text to text.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// A bit for each character that a keyword may start at.
    starts: Vec<u64>,
    found: Box<anchors::Found>,
}

/// Where the walk of a character begins, and what it has found by then.
#[inline(always)]
fn begin(first: &[[u8; 8]], alphabet: Alphabet<'_>, c: char) -> Option<(u32, u32)> {
    let both = u64::from_le_bytes(*first.get(alphabet.rank(c)?)?);
    Some((both as u32, (both >> 32) as u32))
}

impl Dictionary {
    /// Takes the bytes that [`build`] made. `None` if the parts do not fit their lengths; anything else that is wrong in
    /// them leads to missed or false occurrences, never to a panic or an endless search.
    #[must_use]
    pub fn open(bytes: Bytes) -> Option<Dictionary> {
        let head = bytes.get(..HEADER)?.as_chunks::<4>().0;
        let header: [u32; 8] = std::array::from_fn(|at| u32::from_le_bytes(head[at]));
        let [_, filter, lanes, pairs, characters, index, pages, fst] = header.map(|n| n as usize);
        let mut end = HEADER;
        let mut ends = [0; 8];
        for (at, length) in
            [filter * 8, lanes * 8, pairs * 8, characters * 8, index * 2, pages * PAGE_BYTES, characters * 2, fst]
                .into_iter()
                .enumerate()
        {
            end = end.checked_add(length)?;
            ends[at] = end;
        }
        let filled = filter > 0 && lanes > 0 && pairs > 0 && pages > 0 && characters > 0;
        (end == bytes.len() && filled).then_some(Dictionary { bytes, header, ends })
    }

    /// The bytes it was opened from.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Number of keywords.
    #[must_use]
    pub fn len(&self) -> usize {
        self.header[0] as usize >> 1
    }

    /// Whether there is no keyword.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What costs how many bytes.
    #[must_use]
    pub fn sizes(&self) -> Sizes {
        let [_, _, pairs, _, _, _, ranks, fst] = self.ends;
        Sizes { anchors: pairs - HEADER, alphabet: ranks - pairs, fst: fst - ranks }
    }

    /// Finds every occurrence of every keyword in `text`, in order of start, then of end. `beside` is given every
    /// character once, in order: what else reads the text does so in the same pass.
    pub fn search(&self, text: &[char], memory: &mut Memory, mut beside: impl FnMut(char), mut found: impl FnMut(Hit)) {
        let part = |at: usize| &self.bytes[self.ends[at - 1]..self.ends[at]];
        let filter = self.bytes[HEADER..self.ends[0]].as_chunks().0;
        let anchors = Anchors { filter, lanes: part(1).as_chunks().0, pairs: part(2).as_chunks().0 };
        let first = part(3).as_chunks::<8>().0;
        let alphabet = Alphabet::new(part(4), part(5), part(6));
        memory.starts.clear();
        memory.starts.resize(text.len().div_ceil(64), 0);
        anchors.mark(text, &mut memory.found, &mut memory.starts, &mut beside);
        if self.header[0] & 1 == 1 {
            for (at, &c) in text.iter().enumerate() {
                memory.starts[at / 64] |=
                    u64::from(begin(first, alphabet, c).is_some_and(|s| s.0 & SINGLE != 0)) << (at % 64);
            }
        }
        let fst = part(7);
        let codes = alphabet::Codes::new(first.len());
        for (word, &starts) in memory.starts.iter().enumerate() {
            let mut starts = starts;
            while starts != 0 {
                let start = word * 64 + starts.trailing_zeros() as usize;
                starts &= starts - 1;
                let Some((from, out)) = begin(first, alphabet, text[start]) else { continue };
                let mut walk = Walk { address: (from & !SINGLE) as usize, out };
                let hit = |end: usize, value: u32| Hit { start: start as u32, end: end as u32, value };
                if from & SINGLE != 0 {
                    walk.end(fst).into_iter().for_each(|value| found(hit(start + 1, value)));
                }
                let rest = start + 1..text.len().min(start + MAX_KEYWORD);
                for (end, &c) in (start + 2..).zip(&text[rest]) {
                    let Some(code) = alphabet.rank(c).map(|rank| codes.of(rank)) else { break };
                    if !walk.step(fst, code) {
                        break;
                    }
                    if let Some(value) = walk.end(fst) {
                        found(hit(end, value));
                    }
                }
            }
        }
    }
}
