//! Where may a keyword start? One look a character into a filter, without branches; the few positions that it lets through
//! are looked up in a table, and what that says yes to is walked.
//!
//! A keyword of three characters or more has one anchor: three of its characters, with one bit in a word of the *filter* and
//! a lane in one *bucket* of five. A lane of 12 bits: 4 of the hash (the print), 4 of a fourth character beside the three
//! (0: there is none), 4 for where in the keyword they stand (from 1; 0: the lane is empty). Of the places that a keyword's
//! anchor can have, the one is taken whose bucket has most room. A keyword of two characters has one bit in the filter and
//! two in a word of the *pairs*; so has, by its first two characters, a keyword whose buckets are all full.

/// One bit at the bottom of each lane.
const LANES: u64 = 0x0001_0010_0100_1001;
/// Bits of a lane.
const WIDTH: u32 = 12;
const LANE: u64 = (1 << WIDTH) - 1;
/// The bits of each lane that are compared at once.
const PRINTS: u64 = LANES * 0xf00;
/// Farthest place of an anchor in its keyword.
const FARTHEST: usize = 14;
/// Bits of the filter for each keyword: of positions without an anchor one in six is looked at closer.
const FILTER_BITS: usize = 8;
/// Bits of the pairs for each keyword of two characters: one start in 150 is walked in vain.
const PAIR_BITS: usize = 24;
/// Positions that are looked at before any is followed up: as many as a word has bits.
const BLOCK: usize = 64;

#[inline(always)]
fn pair_hash(a: char, b: char) -> u32 {
    ((a as u32).wrapping_mul(0x9e37_79b1).rotate_left(15) ^ b as u32).wrapping_mul(0x85eb_ca6b)
}

#[inline(always)]
fn triple_hash(pair: u32, c: char) -> u64 {
    u64::from(pair ^ (c as u32).rotate_left(8)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Bits of a triple's hash that a lane holds, in their place.
#[inline(always)]
fn print(triple: u64) -> u64 {
    triple >> 16 & 0xf00
}

/// The fourth character in a lane, 1 to 15.
#[inline(always)]
fn beside(c: char) -> u64 {
    u64::from((c as u32).wrapping_mul(0x9e37_79b1) >> 28).max(1)
}

#[inline(always)]
fn scaled(hash: u32, to: usize) -> usize {
    ((u64::from(hash) * to as u64) >> 32) as usize
}

#[inline(always)]
fn bucket(triple: u64, buckets: usize) -> usize {
    scaled((triple >> 32) as u32, buckets)
}

/// Which bit of a word of the filter, from 15 on; those up to it are for pairs.
#[inline(always)]
fn triple_bit(triple: u64) -> u64 {
    let quarter = triple >> 60;
    15 + (triple >> 58) - quarter
}

fn pair_bits(pair: u32) -> u64 {
    1 << (pair & 63) | 1 << (pair >> 6 & 63)
}

/// The anchors of a dictionary.
#[derive(Clone, Copy)]
pub(super) struct Anchors<'a> {
    pub(super) filter: &'a [[u8; 8]],
    pub(super) lanes: &'a [[u8; 8]],
    pub(super) pairs: &'a [[u8; 8]],
}

impl Anchors<'_> {
    /// Sets the bit of every character that a keyword may start at, and hands every character on, in order.
    #[inline(always)]
    pub(super) fn mark(self, text: &[char], found: &mut Found, starts: &mut [u64], mut each: impl FnMut(char)) {
        for (number, block) in text.chunks(BLOCK).enumerate() {
            let from = number * BLOCK;
            let whole = &text[from..text.len().min(from + BLOCK + 2)];
            let count = self.look(whole, self.sieve(whole), found);
            for &(at, says) in &found.0[..count] {
                follow(text, from + at, says, starts);
            }
            block.iter().for_each(|&c| each(c));
        }
    }

    /// Which of up to 64 positions may have an anchor, the first in the lowest bit; `text` goes on for two characters
    /// more unless it ends before. A function of its own, so that all it needs stays in registers.
    #[inline(never)]
    fn sieve(self, text: &[char]) -> u64 {
        let windows = text.windows(3);
        let unused = BLOCK - windows.len();
        let mut may = 0;
        for three in windows {
            let pair = pair_hash(three[0], three[1]);
            let word = u64::from_le_bytes(self.filter[scaled(pair, self.filter.len())]);
            let either = word >> (pair & 15) | word >> triple_bit(triple_hash(pair, three[2]));
            may = may >> 1 | either << 63;
        }
        may = may.checked_shr(unused as u32).unwrap_or_default();
        // The last two characters of a text may be a pair and nothing else.
        if let (1.., Some(&[a, b])) = (unused, text.last_chunk()) {
            let pair = pair_hash(a, b);
            let word = u64::from_le_bytes(self.filter[scaled(pair, self.filter.len())]);
            may |= (word >> (pair & 15) & 1) << (text.len() - 2);
        }
        may
    }

    /// Which of these positions the table says yes to, and what: the lanes that fit, laid over the bucket, and bit 63 for the
    /// pair. Returns how many; again without branches.
    #[inline(never)]
    fn look(self, text: &[char], mut may: u64, found: &mut Found) -> usize {
        let mut count = 0;
        while may != 0 {
            let at = may.trailing_zeros() as usize;
            may &= may - 1;
            // Beyond the end of a text stands U+0000, which is in no keyword.
            let near = |at: usize| text.get(at).copied().unwrap_or_default();
            let [a, b, c] = [near(at), near(at + 1), near(at + 2)];
            let pair = pair_hash(a, b);
            let triple = triple_hash(pair, c);
            let bucket = u64::from_le_bytes(self.lanes[bucket(triple, self.lanes.len())]);
            let differ = (bucket & PRINTS) ^ print(triple).wrapping_mul(LANES);
            // The top bit of each lane with the same print. Exact, because the low bytes are zero.
            let same = differ.wrapping_sub(LANES) & !differ & (LANES << (WIDTH - 1));
            let word = u64::from_le_bytes(self.pairs[scaled(pair, self.pairs.len())]);
            let bits = pair_bits(pair);
            let says = same | u64::from(word & bits == bits) << 63;
            found.0[count & (BLOCK - 1)] = (at, Says { says, bucket });
            count += usize::from(says != 0);
        }
        count
    }
}

/// Memory for the positions of one block that the table says yes to.
#[derive(Clone, Debug)]
pub(super) struct Found([(usize, Says); BLOCK]);

impl Default for Found {
    fn default() -> Found {
        Found([(0, Says::default()); BLOCK])
    }
}

/// What the table says of a position.
#[derive(Clone, Copy, Debug, Default)]
struct Says {
    /// The top bit of each lane that fits; bit 63 for the pair.
    says: u64,
    bucket: u64,
}

/// Sets the bits of the starts that a position stands for, if the fourth character fits.
#[inline(always)]
fn follow(text: &[char], at: usize, Says { mut says, bucket }: Says, starts: &mut [u64]) {
    let near = |at: usize| text.get(at).copied().unwrap_or_default();
    let (before, after) = (beside(near(at.wrapping_sub(1))), beside(near(at + 3)));
    while says != 0 {
        let bit = says.trailing_zeros();
        says &= says - 1;
        // A pair is a lane at the start of its keyword without a fourth character.
        let lane = if bit == 63 { 1 } else { bucket >> (bit + 1 - WIDTH) };
        let (place, fourth) = ((lane & 15) as usize, lane >> 4 & 15);
        let beside = if place > 1 { before } else { after };
        let start = at.wrapping_add(1).wrapping_sub(place);
        // One condition, so that no branch waits for a guess.
        let yes = u64::from(fourth == 0) | u64::from(fourth == beside);
        let yes = yes & u64::from(place > 0) & u64::from(start <= at);
        starts[(start / 64).min(starts.len() - 1)] |= yes << (start % 64);
    }
}

/// Anchors of keywords, added the shortest first: the longer a keyword, the more places its anchor can have.
pub(super) struct Builder {
    pub(super) filter: Vec<u64>,
    pub(super) lanes: Vec<u64>,
    pub(super) pairs: Vec<u64>,
}

impl Builder {
    /// Room for so many keywords of two characters and of more.
    pub(super) fn new(short: usize, long: usize) -> Builder {
        // Five lanes of six are filled: beyond that buckets fill up and false starts grow.
        let buckets = (long * 6).div_ceil(25);
        // Room for longer ones whose buckets are full: one in 128.
        let pairs = (short + long / 128) * PAIR_BITS;
        let filter = (short + long) * FILTER_BITS;
        let words = |bits: usize| vec![0; bits.div_ceil(64).max(16)];
        Builder { filter: words(filter), lanes: vec![0; buckets.max(1)], pairs: words(pairs) }
    }

    /// Adds a keyword of at least two characters.
    pub(super) fn add(&mut self, keyword: &[char]) {
        let best = keyword.windows(3).take(FARTHEST + 1).enumerate().map(|(place, three)| {
            let triple = triple_hash(pair_hash(three[0], three[1]), three[2]);
            let fourth = match place {
                0 => keyword.get(3).map_or(0, |&c| beside(c)),
                _ => beside(keyword[place - 1]),
            };
            let bucket = bucket(triple, self.lanes.len());
            (place, bucket, print(triple) | fourth << 4 | (place as u64 + 1))
        });
        // An anchor that is already there costs nothing; else the bucket with most room.
        let room = |(_, bucket, lane): &(usize, usize, u64)| match lane_for(self.lanes[*bucket], *lane) {
            Some(shift) if self.lanes[*bucket] >> shift & LANE == 0 => shift + 1,
            Some(_) => 0,
            None => u32::MAX,
        };
        if let Some((place, bucket, lane)) = best.min_by_key(room)
            && let Some(shift) = lane_for(self.lanes[bucket], lane)
        {
            self.lanes[bucket] |= lane << shift;
            let pair = pair_hash(keyword[place], keyword[place + 1]);
            let word = scaled(pair, self.filter.len());
            self.filter[word] |= 1 << triple_bit(triple_hash(pair, keyword[place + 2]));
            return;
        }
        let pair = pair_hash(keyword[0], keyword[1]);
        let (word, filter) = (scaled(pair, self.pairs.len()), scaled(pair, self.filter.len()));
        self.pairs[word] |= pair_bits(pair);
        self.filter[filter] |= 1 << (pair & 15);
    }
}

/// Where in a bucket a lane stands or can stand.
fn lane_for(bucket: u64, lane: u64) -> Option<u32> {
    (0..5).map(|lane| lane * WIDTH).find(|shift| {
        let there = bucket >> shift & LANE;
        there == lane || there == 0
    })
}
