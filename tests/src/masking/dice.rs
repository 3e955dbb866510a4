//! Chance that is the same everywhere and always.

/// A generator of numbers from a seed.
#[derive(Clone, Debug)]
pub(super) struct Dice(fastrand::Rng);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(fastrand::Rng::with_seed(seed))
    }

    /// Less than `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0.usize(..limit)
    }

    /// From `least` to `most`.
    pub(super) fn between(&mut self, least: usize, most: usize) -> usize {
        self.0.usize(least..=most)
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
