//! A walk through a transducer of the `fst` crate, read from its bytes: its `Node` decodes all of a state where a walk needs
//! one way on. The format is that of version 3, which the pinned 0.4.7 writes;
//! a test walks both and compares.
//!
//! A state is read backwards from its last byte, whose two high bits say which of three it is:
//! ```text
//! 11 byte?                                  one way on, to the state that ends just before; no output
//! 10 output delta sizes byte?               one way on
//! 0f final? outputs deltas bytes index? sizes count?    any number; f: a keyword ends here
//! ```
//! The six low bits are the number of the byte, or the count; zero: it stands in a byte of its own. `sizes` holds the
//! widths of deltas (high half) and outputs. More than 32 ways have an index of 256. A delta of zero leads to the state
//! without ways, where a keyword ends; it has no bytes and address 0 here.

use super::alphabet::Code;

/// The bytes that need none of their own, by number, from 1 (`COMMON_INPUTS` of the crate).
pub(super) const FREE: [u8; 64] = {
    let free = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";
    let mut bytes = [0; 64];
    let mut n = 0;
    while n < 63 {
        bytes[n + 1] = free[n];
        n += 1;
    }
    bytes
};

/// A place in a transducer, and the outputs on the way to it.
#[derive(Clone, Copy)]
pub(crate) struct Walk {
    pub(crate) address: usize,
    pub(crate) out: u32,
}

impl Walk {
    /// Goes on by a character; whether there is a way.
    #[inline(always)]
    pub(super) fn step(&mut self, fst: &[u8], code: Code) -> bool {
        self.byte(fst, code.lead).is_some() && code.second.is_none_or(|second| self.byte(fst, second).is_some())
    }

    /// The value of the keyword that ends here.
    #[inline(always)]
    pub(crate) fn end(self, fst: &[u8]) -> Option<u32> {
        if self.address == 0 {
            return Some(self.out);
        }
        let state = *fst.get(self.address)?;
        if state >> 6 != 1 {
            return None;
        }
        let (count, sizes_at) = count(fst, self.address, state)?;
        let (delta, output) = widths(*fst.get(sizes_at)?);
        let index = if count > 32 { 256 } else { 0 };
        let at = sizes_at.checked_sub(index + count * (1 + delta) + count * output + output)?;
        Some(self.out.wrapping_add(number(fst, at, output)?))
    }

    /// Goes on by a byte; `None` if there is no way.
    #[inline(always)]
    pub(crate) fn byte(&mut self, fst: &[u8], byte: u8) -> Option<()> {
        let state = *fst.get(self.address)?;
        let low = usize::from(state & 63);
        let own = usize::from(low == 0);
        let extra = *fst.get(self.address.checked_sub(1)?)?;
        if state >= 0x80 {
            if byte != if low == 0 { extra } else { FREE[low] } {
                return None;
            }
            if state >= 0xc0 {
                self.address = self.address.checked_sub(1 + own)?;
                return Some(());
            }
        }
        let sizes_at = self.address.checked_sub(1 + own)?;
        let (delta_width, output_width) = widths(*fst.get(sizes_at)?);
        // Position of the way among all, and where the deltas end.
        let (mut all, mut way, mut deltas) = (1, 0, sizes_at);
        let mut last = 0;
        if state < 0x80 {
            (all, _) = count(fst, self.address, state)?;
            last = usize::from(state >> 6) * output_width;
            if all > 32 {
                let index = sizes_at.checked_sub(256)?;
                way = usize::from(*fst.get(index + usize::from(byte))?);
                deltas = index.checked_sub(all)?;
                if way >= all {
                    return None;
                }
            } else {
                way = position(fst.get(..sizes_at)?, all, byte)?;
                deltas = sizes_at.checked_sub(all)?;
            }
        }
        let outputs = deltas.checked_sub(all * delta_width)?;
        let start = outputs.checked_sub(all * output_width + last)?;
        let delta = number(fst, deltas - (way + 1) * delta_width, delta_width)?;
        self.out = self.out.wrapping_add(number(fst, outputs - (way + 1) * output_width, output_width)?);
        self.address = if delta == 0 { 0 } else { start.checked_sub(delta as usize)? };
        Some(())
    }
}

/// How many ways a state of any number has, and where its sizes stand.
#[inline(always)]
fn count(fst: &[u8], address: usize, state: u8) -> Option<(usize, usize)> {
    match usize::from(state & 63) {
        0 => {
            let count = usize::from(*fst.get(address.checked_sub(1)?)?);
            // 1 never needs a byte of its own, so it stands for 256.
            Some((if count == 1 { 256 } else { count }, address.checked_sub(2)?))
        }
        count => Some((count, address.checked_sub(1)?)),
    }
}

fn widths(sizes: u8) -> (usize, usize) {
    (usize::from(sizes >> 4), usize::from(sizes & 15))
}

/// A number of at most four bytes. A transducer ends with sixteen bytes more, so four can always be read.
#[inline(always)]
fn number(fst: &[u8], at: usize, width: usize) -> Option<u32> {
    let bytes = fst.get(at..at + 4)?;
    let mask = [0, 0xff, 0xffff, 0xff_ffff, u32::MAX][width.min(4)];
    Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) & mask)
}

/// Position of a byte among the last `all` (at most 32), from the end; eight at a time.
#[inline(always)]
fn position(bytes: &[u8], all: usize, byte: u8) -> Option<usize> {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let mut rest = bytes;
    let mut at = 0;
    while at < all {
        // Every transducer starts with sixteen bytes that are no state.
        let (before, eight) = rest.split_last_chunk::<8>()?;
        let differ = u64::from_le_bytes(*eight) ^ (u64::from(byte) * 0x0101_0101_0101_0101);
        let same = !(((differ & LOW) + LOW) | differ | LOW);
        if same != 0 {
            let found = at + (same.leading_zeros() / 8) as usize;
            return (found < all).then_some(found);
        }
        (rest, at) = (before, at + 8);
    }
    None
}
