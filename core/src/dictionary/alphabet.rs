//! How is a character written in a key? The commoner, the shorter: 30 characters take one byte, the others two.
//!
//! `fst` stores 63 bytes for free in states with one way on; the commonest codes are made of these.

use super::transducer::FREE;

/// A code: one byte, or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) lead: u8,
    pub(super) second: Option<u8>,
}

/// Characters with a code of one byte.
const ONE: usize = 30;

/// All bytes: first those that `fst` stores for free, then the others.
const BYTES: [u8; 256] = {
    let mut bytes = [0; 256];
    let mut seen = [false; 256];
    let mut n = 0;
    while n + 1 < FREE.len() {
        bytes[n] = FREE[n + 1];
        seen[bytes[n] as usize] = true;
        n += 1;
    }
    let mut byte = 0;
    while byte < 256 {
        if !seen[byte] {
            bytes[n] = byte as u8;
            n += 1;
        }
        byte += 1;
    }
    bytes
};

/// Which bytes stand for which rank. Ranks count from 0, the commonest character first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Codes {
    /// Two to this power is the number of first bytes of two-byte codes. Neighbours in rank differ in the first byte, so
    /// that the second is most often a favoured one.
    leads: u32,
}

impl Codes {
    /// Most characters that have codes.
    pub(super) const MOST: usize = ONE + 128 * 256;

    /// The codes of so many characters.
    pub(super) fn new(characters: usize) -> Codes {
        let pairs = characters.saturating_sub(ONE).div_ceil(256).next_power_of_two();
        Codes { leads: pairs.trailing_zeros().clamp(5, 7) }
    }

    #[inline(always)]
    pub(super) fn of(self, rank: usize) -> Code {
        match rank.checked_sub(ONE) {
            None => Code { lead: BYTES[rank], second: None },
            Some(pair) => {
                let lead = BYTES[(ONE + (pair & ((1 << self.leads) - 1))) & 255];
                Code { lead, second: Some(BYTES[(pair >> self.leads) & 255]) }
            }
        }
    }
}

/// Code points a page.
const PAGE: usize = 64;
/// Bytes of a page: where its ranks begin, then for each code point the number of its rank among them, from 1.
pub(super) const PAGE_BYTES: usize = 2 + PAGE;

/// The characters of all keywords with their ranks. Few code points of a page occur in keywords: a byte for each says which.
#[derive(Clone, Copy)]
pub(super) struct Alphabet<'a> {
    index: &'a [[u8; 2]],
    pages: &'a [[u8; PAGE_BYTES]],
    ranks: &'a [[u8; 2]],
}

impl<'a> Alphabet<'a> {
    pub(super) fn new(index: &'a [u8], pages: &'a [u8], ranks: &'a [u8]) -> Alphabet<'a> {
        Alphabet { index: index.as_chunks().0, pages: pages.as_chunks().0, ranks: ranks.as_chunks().0 }
    }

    #[inline(always)]
    pub(super) fn rank(self, c: char) -> Option<usize> {
        let page = u16::from_le_bytes(*self.index.get(c as usize / PAGE)?);
        let [low, high, numbers @ ..] = self.pages.get(usize::from(page))?;
        let number = usize::from(numbers[c as usize % PAGE]).checked_sub(1)?;
        let rank = self.ranks.get(usize::from(u16::from_le_bytes([*low, *high])) + number)?;
        Some(usize::from(u16::from_le_bytes(*rank)))
    }
}

/// The index, the pages and the ranks of characters in order of rank; page 0 is empty.
pub(super) fn encode(ranked: &[char]) -> [Vec<u8>; 3] {
    let mut characters: Vec<(char, u16)> = ranked.iter().copied().zip(0..).collect();
    characters.sort_unstable();
    let last = characters.last().map_or(0, |&(c, _)| c as usize / PAGE);
    let (mut index, mut pages, mut ranks) = (vec![0u8; (last + 1) * 2], vec![0u8; PAGE_BYTES], Vec::new());
    for page in characters.chunk_by(|a, b| a.0 as usize / PAGE == b.0 as usize / PAGE) {
        let at = pages.len();
        index[page[0].0 as usize / PAGE * 2..][..2].copy_from_slice(&((at / PAGE_BYTES) as u16).to_le_bytes());
        pages.extend(((ranks.len() / 2) as u16).to_le_bytes());
        pages.resize(at + PAGE_BYTES, 0);
        for (number, (c, rank)) in (1..).zip(page) {
            pages[at + 2 + *c as usize % PAGE] = number;
            ranks.extend(rank.to_le_bytes());
        }
    }
    [index, pages, ranks]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_code_starts_another() {
        for characters in [1, 30, 31, 5000, 8222, 8223, Codes::MOST] {
            let codes = Codes::new(characters);
            let all: BTreeSet<(u8, Option<u8>)> =
                (0..characters).map(|rank| codes.of(rank)).map(|code| (code.lead, code.second)).collect();
            assert_eq!(all.len(), characters);
            let ones: Vec<u8> = all.iter().filter(|code| code.1.is_none()).map(|code| code.0).collect();
            assert!(all.iter().all(|code| code.1.is_none() || !ones.contains(&code.0)), "{characters}");
        }
    }

    #[test]
    fn every_character_finds_its_rank_and_no_other_does() {
        let ranked = ['贷', '款', 'a', '🎰', '\u{10ffff}', '赢'];
        let [index, pages, ranks] = encode(&ranked);
        let alphabet = Alphabet::new(&index, &pages, &ranks);
        for (rank, &c) in ranked.iter().enumerate() {
            assert_eq!(alphabet.rank(c), Some(rank));
        }
        assert!(['b', '欿', '\u{10fffe}', '\0'].into_iter().all(|c| alphabet.rank(c).is_none()));
    }
}
