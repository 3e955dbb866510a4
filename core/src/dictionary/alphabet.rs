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

/// The characters of all keywords with their ranks: pages of 256 code points.
#[derive(Clone, Copy)]
pub(super) struct Alphabet<'a> {
    index: &'a [[u8; 2]],
    pages: &'a [[[u8; 2]; 256]],
}

impl<'a> Alphabet<'a> {
    pub(super) fn new(index: &'a [u8], pages: &'a [u8]) -> Alphabet<'a> {
        Alphabet { index: index.as_chunks().0, pages: pages.as_chunks().0.as_chunks().0 }
    }

    #[inline(always)]
    pub(super) fn rank(self, c: char) -> Option<usize> {
        let page = u16::from_le_bytes(*self.index.get(c as usize >> 8)?);
        let rank = self.pages.get(usize::from(page))?[c as usize & 255];
        usize::from(u16::from_le_bytes(rank)).checked_sub(1)
    }
}

/// The index and the pages of characters in order of rank; page 0 is empty.
pub(super) fn encode(ranked: &[char]) -> (Vec<u8>, Vec<u8>) {
    let last = ranked.iter().map(|&c| c as usize >> 8).max().unwrap_or_default();
    let mut index = vec![0u8; ((last + 1) * 2).next_multiple_of(8)];
    let mut pages = vec![0u8; 512];
    for (rank, &c) in (1u16..).zip(ranked) {
        let entry = &mut index[(c as usize >> 8) * 2..][..2];
        if entry == [0, 0] {
            entry.copy_from_slice(&((pages.len() / 512) as u16).to_le_bytes());
            pages.resize(pages.len() + 512, 0);
        }
        let page = usize::from(u16::from_le_bytes([entry[0], entry[1]]));
        pages[page * 512 + (c as usize & 255) * 2..][..2].copy_from_slice(&rank.to_le_bytes());
    }
    (index, pages)
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
        let (index, pages) = encode(&ranked);
        let alphabet = Alphabet::new(&index, &pages);
        for (rank, &c) in ranked.iter().enumerate() {
            assert_eq!(alphabet.rank(c), Some(rank));
        }
        assert!(['b', '欿', '\u{10fffe}', '\0'].into_iter().all(|c| alphabet.rank(c).is_none()));
    }
}
