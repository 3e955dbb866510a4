//! Chance that is the same everywhere and always.

/// A generator of numbers from a seed (splitmix64).
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x6a09_e667_f3bc_c908)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Less than `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// From `least` to `most`.
    pub(super) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A character of a text.
    pub(super) fn letter(&mut self, of: &str) -> String {
        let chars: Vec<char> = of.chars().filter(|c| !c.is_whitespace()).collect();
        self.pick(&chars).to_string()
    }

    /// So many characters of a text.
    pub(super) fn letters(&mut self, of: &str, count: usize) -> String {
        (0..count).map(|_| self.letter(of)).collect()
    }

    /// So many digits.
    pub(super) fn digits(&mut self, count: usize) -> String {
        self.letters("0123456789", count)
    }
}
