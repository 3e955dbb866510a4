//! What is a code point equal to? A page table over bytes that are checked once and then only read.
//!
//! Little-endian throughout:
//! ```text
//! "SFT2"  u32 index count  u32 page count  u32 action count  u32 sequence count  u32 split count
//! index   u16: page of a code point. BMP: 64 code points a page; above it: 256, in four pages
//! bases   u16 a page: its first action
//! pages   64 × u8: 0–3 the character stands for itself and is of that class; else an action of the page, from 4
//! (zeros to a multiple of four)
//! actions u32: bits 0–20 target, 21–22 its class, 23–24 operation, 25 look-alike
//! sequences u32: code points of targets longer than one
//! splits  3 × u32: first part, second part, character; sorted
//! ```
//! Every target stands for itself, so a fold needs no second look.

use super::Class;
use bytes::Bytes;
use std::ops::Range;

pub(super) const MAGIC: &[u8; 4] = b"SFT2";
/// Magic and five counts.
pub(super) const HEADER: usize = 24;
/// Index entries of the BMP, 64 code points each; above it an entry stands for 256.
pub(super) const BMP_INDEX: usize = 1024;
/// Code points a page of the BMP, and above it.
pub(super) const PAGE: usize = 64;
pub(super) const PAGE_ABOVE: usize = 256;
/// First slot value that is an action.
pub(super) const FIRST_ACTION: usize = 4;
/// Longest target: five bits of an action.
#[cfg(feature = "author")]
pub(super) const MAX_SEQUENCE: usize = 31;

pub(super) const OP_CHAR: u32 = 1;
pub(super) const OP_SEQUENCE: u32 = 2;
pub(super) const OP_DROP: u32 = 3;
pub(super) const LOOK_ALIKE: u32 = 1 << 25;

/// Why bytes are no fold table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FoldError {
    /// The first four bytes are not `SFT2`.
    #[error("not a fold table of version 2: expected it to start with \"SFT2\"")]
    Magic,
    /// The counts of the header do not add up to the length.
    #[error("fold table is {found} bytes long, its header says {expected}")]
    Length {
        /// What the header asks for.
        expected: u64,
        /// What there is.
        found: u64,
    },
    /// Something points where nothing is, or says what may not be said.
    #[error("{what} number {at} of the fold table is invalid")]
    Entry {
        /// Which table.
        what: &'static str,
        /// Which of its rows.
        at: usize,
    },
}

/// What to do with a code point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It stands for itself.
    Keep(Class),
    /// One character instead; whether it is a look-alike.
    Char(char, Class, bool),
    /// Several characters instead: offset and length in the sequences.
    Sequence(usize, usize, bool),
    /// Nothing instead.
    Drop,
}

/// Which code points are equal to which others, ready for use.
#[derive(Clone, Debug)]
pub struct FoldTable {
    bytes: Bytes,
    bases: usize,
    pages: usize,
    actions: usize,
    sequences: usize,
    splits: usize,
}

impl FoldTable {
    /// Checks everything that reading relies on, once.
    ///
    /// # Errors
    /// Bytes that are no table of this version, or one that points outside itself, at surrogates, or from one mapping to
    /// another.
    pub fn parse(bytes: Bytes) -> Result<FoldTable, FoldError> {
        if bytes.get(..4) != Some(MAGIC) || bytes.len() < HEADER {
            return Err(FoldError::Magic);
        }
        let count = |i: usize| u64::from(word(&bytes, 1 + i));
        let bases = HEADER as u64 + 2 * count(0);
        let pages = bases + 2 * count(1);
        let actions = (pages + PAGE as u64 * count(1)).next_multiple_of(4);
        let sequences = actions + 4 * count(2);
        let splits = sequences + 4 * count(3);
        let expected = splits + 12 * count(4);
        if expected != bytes.len() as u64 {
            return Err(FoldError::Length { expected, found: bytes.len() as u64 });
        }
        let [bases, pages, actions, sequences, splits] = [bases, pages, actions, sequences, splits].map(|n| n as usize);
        let table = FoldTable { bytes, bases, pages, actions, sequences, splits };
        table.check()?;
        Ok(table)
    }

    /// The bytes it was parsed from.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The skeleton of a keyword: what the matcher looks for in the skeleton of a message.
    #[must_use]
    pub fn keyword(&self, text: &str) -> String {
        let mut folded = super::Folded::default();
        self.fold(text, &mut folded);
        folded.skeleton.text()
    }

    fn check(&self) -> Result<(), FoldError> {
        let lookup = self.lookup();
        let invalid = |what, at| Err(FoldError::Entry { what, at });
        let (index, pages) = (word(&self.bytes, 1) as usize, word(&self.bytes, 2) as usize);
        let pad = self.pages + PAGE * pages..self.actions;
        if self.bytes[pad].iter().any(|&b| b != 0) || index < BMP_INDEX {
            return invalid("index entry", index);
        }
        for (at, page) in lookup.bmp.iter().chain(lookup.above).enumerate() {
            let pages = if at < BMP_INDEX { 1 } else { PAGE_ABOVE / PAGE };
            if usize::from(u16::from_le_bytes(*page)) + pages > lookup.pages.len() {
                return invalid("index entry", at);
            }
        }
        for (at, (page, base)) in lookup.pages.iter().zip(lookup.bases).enumerate() {
            let last = page.iter().copied().max().map_or(0, usize::from);
            if last >= FIRST_ACTION && lookup.place(*base, last) >= FIRST_ACTION + lookup.actions.len() {
                return invalid("page", at);
            }
        }
        let stays = |c: u32| match char::from_u32(c).map(|c| lookup.step(c)) {
            Some(Step::Keep(class)) => Some(class),
            _ => None,
        };
        for (at, action) in lookup.actions.iter().enumerate() {
            let action = u32::from_le_bytes(*action);
            let payload = action & 0x1f_ffff;
            let fine = action >> 26 == 0
                && match action >> 23 & 3 {
                    OP_CHAR => stays(payload) == Some(Class::ALL[(action >> 21 & 3) as usize]),
                    OP_SEQUENCE => {
                        let (from, length) = ((payload & 0xffff) as usize, (payload >> 16) as usize);
                        length > 1 && from + length <= lookup.sequences.len()
                    }
                    OP_DROP => payload == 0,
                    _ => false,
                };
            if !fine {
                return invalid("action", at);
            }
        }
        for (at, c) in lookup.sequences.iter().enumerate() {
            if stays(u32::from_le_bytes(*c)).is_none() {
                return invalid("sequence", at);
            }
        }
        let mut last = None;
        for at in 0..lookup.splits.len() / 3 {
            let [first, second, whole] = lookup.split(at);
            let classes = [stays(first), stays(second), stays(whole)];
            let han = classes.iter().all(|class| class.is_some_and(Class::is_han));
            if !han || !classes[..2].contains(&Some(Class::Part)) || last >= Some((first, second)) {
                return invalid("split", at);
            }
            last = Some((first, second));
        }
        Ok(())
    }

    /// The parts of the table as arrays.
    pub(super) fn lookup(&self) -> Lookup<'_> {
        fn chunks<const N: usize>(bytes: &[u8], range: Range<usize>) -> &[[u8; N]] {
            bytes[range].as_chunks::<N>().0
        }
        let page_end = self.pages + PAGE * word(&self.bytes, 2) as usize;
        // A table that was parsed has both planes; `check` sees to it.
        let (bmp, above) =
            chunks(&self.bytes, HEADER..self.bases).split_first_chunk().unwrap_or((&[[0; 2]; BMP_INDEX], &[]));
        Lookup {
            bmp,
            above,
            bases: chunks(&self.bytes, self.bases..self.pages),
            pages: chunks(&self.bytes, self.pages..page_end),
            actions: chunks(&self.bytes, self.actions..self.sequences),
            sequences: chunks(&self.bytes, self.sequences..self.splits),
            splits: chunks(&self.bytes, self.splits..self.bytes.len()),
        }
    }
}

/// The parts of a table.
#[derive(Clone, Copy)]
pub(super) struct Lookup<'a> {
    bmp: &'a [[u8; 2]; BMP_INDEX],
    above: &'a [[u8; 2]],
    bases: &'a [[u8; 2]],
    pages: &'a [[u8; PAGE]],
    actions: &'a [[u8; 4]],
    sequences: &'a [[u8; 4]],
    splits: &'a [[u8; 4]],
}

impl<'a> Lookup<'a> {
    /// The slot of a character: below [`FIRST_ACTION`] its class, else an action.
    #[inline(always)]
    pub(super) fn slot(&self, c: char) -> usize {
        let c = c as usize;
        let page = match self.bmp.get(c / PAGE) {
            Some(page) => usize::from(u16::from_le_bytes(*page)),
            None => match self.above.get((c - 0x1_0000) / PAGE_ABOVE) {
                Some(page) => usize::from(u16::from_le_bytes(*page)) + c % PAGE_ABOVE / PAGE,
                None => return Class::Separator as usize,
            },
        };
        match usize::from(self.pages[page][c % PAGE]) {
            class @ 0..FIRST_ACTION => class,
            action => self.place(self.bases[page], action),
        }
    }

    /// The slot of an action that a page counts for itself.
    #[inline(always)]
    fn place(&self, base: [u8; 2], action: usize) -> usize {
        usize::from(u16::from_le_bytes(base)) + action
    }

    /// The one character that a slot stands for, and its class, where that is no trick and no part.
    #[inline(always)]
    pub(super) fn replacement(&self, slot: usize) -> Option<(char, usize)> {
        let action = u32::from_le_bytes(*self.actions.get(slot.checked_sub(FIRST_ACTION)?)?);
        let class = action >> 21 & 3;
        let plain = action >> 23 == OP_CHAR && class < Class::Part as u32;
        char::from_u32(action & 0x1f_ffff).filter(|_| plain).map(|c| (c, class as usize))
    }

    /// What to do with a character.
    pub(super) fn step(&self, c: char) -> Step {
        let slot = self.slot(c);
        match slot.checked_sub(FIRST_ACTION) {
            None => Step::Keep(Class::ALL[slot]),
            Some(at) => self.action(u32::from_le_bytes(self.actions[at])),
        }
    }

    fn action(&self, action: u32) -> Step {
        let payload = action & 0x1f_ffff;
        let look_alike = action & LOOK_ALIKE != 0;
        match action >> 23 & 3 {
            OP_CHAR => {
                let target = char::from_u32(payload).unwrap_or(char::REPLACEMENT_CHARACTER);
                Step::Char(target, Class::ALL[(action >> 21 & 3) as usize], look_alike)
            }
            OP_SEQUENCE => Step::Sequence((payload & 0xffff) as usize, (payload >> 16) as usize, look_alike),
            _ => Step::Drop,
        }
    }

    /// The characters of a sequence, each with its class.
    pub(super) fn sequence(self, from: usize, length: usize) -> impl Iterator<Item = (char, Class)> + use<'a> {
        self.sequences[from..from + length].iter().map(move |c| {
            let c = char::from_u32(u32::from_le_bytes(*c)).unwrap_or(char::REPLACEMENT_CHARACTER);
            (c, self.class(c))
        })
    }

    /// The class of a character that stands for itself.
    pub(super) fn class(&self, c: char) -> Class {
        match self.step(c) {
            Step::Keep(class) | Step::Char(_, class, _) => class,
            Step::Sequence(..) | Step::Drop => Class::Separator,
        }
    }

    fn split(&self, at: usize) -> [u32; 3] {
        [0, 1, 2].map(|i| u32::from_le_bytes(self.splits[3 * at + i]))
    }

    /// The character that these two are the parts of.
    pub(super) fn whole(&self, first: char, second: char) -> Option<char> {
        let key = (first as u32, second as u32);
        let (mut low, mut high) = (0, self.splits.len() / 3);
        while low < high {
            let middle = (low + high) / 2;
            let [a, b, whole] = self.split(middle);
            match (a, b).cmp(&key) {
                std::cmp::Ordering::Equal => return char::from_u32(whole),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// The `at`-th little-endian u32 of a header that is known to be there.
fn word(bytes: &[u8], at: usize) -> u32 {
    let b = &bytes[4 * at..4 * at + 4];
    u32::from_le_bytes([b[0], b[1], b[2], b[3]])
}
