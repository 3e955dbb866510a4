//! Which rows of a table does a text read? Characters become tokens, tokens bigrams and trigrams, these row numbers.
//!
//! A Han, kana or hangul character and an ASCII letter is its own token; a run of ASCII digits is one token, the same for
//! every run; everything else is a boundary, which no n-gram crosses or contains. So the text `购12件,ok` has the tokens
//! `购 0 件 | o k`, the bigrams `购0 0件 ok` and the trigram `购0件`.
//!
//! With `step(h, t)` the upper half of the 64-bit product `(h ^ t) · MIX`:
//! ```text
//! bigram (a, b)     step(a << 16, b)
//! trigram (a, b, c) step(bigram(a, b), c)
//! row               hash & (rows − 1)
//! ```
//! Row 0 is zero in every table: an n-gram that must not count reads it, so the loop needs no branch for it.

use super::{LANES, Sums};

/// 2^64 divided by the golden ratio: the usual multiplier of multiplicative hashing.
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
/// The token of every run of digits.
const DIGITS: u32 = b'0' as u32;

/// What a character that is no unified Han stands for; 0 is a boundary. The ranges are written out: those of the standard
/// library change with the toolchain.
#[inline(always)]
fn token(code: u32) -> u32 {
    if code < 128 { ASCII[code as usize].into() } else { rare(code) }
}

const ASCII: [u8; 128] = {
    let mut tokens = [0; 128];
    let mut code = 0;
    while code < 128u8 {
        if code.is_ascii_digit() {
            tokens[code as usize] = DIGITS as u8;
        } else if code.is_ascii_alphabetic() {
            tokens[code as usize] = code;
        }
        code += 1;
    }
    tokens
};

#[inline(always)]
fn rare(code: u32) -> u32 {
    match code {
        0x3005..=0x3007 | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => code, // Han
        0x3041..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x30FF => code,                     // kana without its punctuation
        0xAC00..=0xD7A3 => code,                                                         // hangul
        _ => 0,
    }
}

/// Rolling state: what the next token makes n-grams with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grams {
    /// Rows − 1.
    mask: u32,
    /// The last token, shifted, and the last bigram's hash; each with [`Grams::mask`], or 0 if there is none.
    one: (u32, u32),
    two: (u32, u32),
}

impl Grams {
    /// For a table of `rows`, a power of two.
    pub(super) fn new(rows: usize) -> Grams {
        Grams { mask: (rows - 1) as u32, one: (0, 0), two: (0, 0) }
    }

    /// The rows of the bigram and the trigram that end here, 0 where there is none; nothing if the character ends none.
    #[inline(always)]
    pub(super) fn step(&mut self, c: char) -> Option<[usize; 2]> {
        let mut code = c as u32;
        // Nearly every character of a Chinese text is unified Han or of extension A.
        if code.wrapping_sub(0x3400) >= 0x6C00 {
            code = token(code);
            if code == 0 {
                (self.one, self.two) = ((0, 0), (0, 0));
                return None;
            }
            if code == DIGITS && self.one.0 == DIGITS << 16 {
                return None;
            }
        }
        let step = |hash: u32| (u64::from(hash ^ code).wrapping_mul(MIX) >> 32) as u32;
        let (bigram, trigram) = (step(self.one.0), step(self.two.0));
        let rows = [(bigram & self.one.1) as usize, (trigram & self.two.1) as usize];
        self.two = (bigram, self.one.1);
        self.one = (code << 16, self.mask);
        Some(rows)
    }
}

/// Adds up the weights of a text, character by character, inside whatever loop walks it.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    rows: &'a [[u8; LANES]],
    grams: Grams,
    /// Sums of the current block: small, so that all lanes are added at once.
    lanes: [i16; LANES],
    /// Characters that the lanes still have room for.
    left: u32,
    sums: [i64; LANES],
}

/// Characters whose weights a lane of 16 bits holds: two n-grams of at most 128 each.
const BLOCK: u32 = 127;

impl<'a> Reader<'a> {
    pub(super) fn over(rows: &'a [[u8; LANES]]) -> Self {
        Reader { rows, grams: Grams::new(rows.len()), lanes: [0; LANES], left: BLOCK, sums: [0; LANES] }
    }

    /// The next character of the skeleton.
    #[inline(always)]
    pub(crate) fn feed(&mut self, c: char) {
        let Some([two, three]) = self.grams.step(c) else { return };
        let (two, three) = (&self.rows[two], &self.rows[three]);
        for (lane, sum) in self.lanes.iter_mut().enumerate() {
            *sum += i16::from(two[lane] as i8) + i16::from(three[lane] as i8);
        }
        self.left -= 1;
        if self.left == 0 {
            // By value: a reference would keep the whole state out of registers.
            self.sums = flush(self.sums, packed(self.lanes));
            (self.lanes, self.left) = ([0; LANES], BLOCK);
        }
    }

    /// The sums so far: exact as long as they fit, then at the ends of `i32`.
    #[inline(always)]
    pub(crate) fn sums(&self) -> Sums {
        flush(self.sums, packed(self.lanes)).map(|sum| sum.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
    }
}

/// Not inlined, and the lanes as one number: so they stay in one register of the loop.
#[cold]
#[inline(never)]
fn flush(sums: [i64; LANES], lanes: u128) -> [i64; LANES] {
    std::array::from_fn(|lane| sums[lane] + i64::from((lanes >> (16 * lane)) as i16))
}

#[inline(always)]
fn packed(lanes: [i16; LANES]) -> u128 {
    lanes.iter().rev().fold(0, |all, lane| all << 16 | u128::from(*lane as u16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_megabytes_of_one_character_stop_at_the_ends_of_the_numbers() {
        // What nine megabytes and more sum to, without reading them.
        let read = 2 * 8_460_000;
        for (weight, end) in [(127i8, i32::MAX), (-128, i32::MIN)] {
            let rows = vec![[weight as u8; LANES]; 4];
            let mut reader = Reader { sums: [read * i64::from(weight); LANES], ..Reader::over(&rows) };
            "a".repeat(1000).chars().for_each(|c| reader.feed(c));
            assert_eq!(reader.sums(), [end; LANES]);
        }
    }
}
