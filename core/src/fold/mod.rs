//! What does the text say once disguises are undone? One decode gives two views with maps back to the original.

/// Ways a text hides what it says. A set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tricks(u8);

impl Tricks {
    /// Zero-width characters or stray combining marks inside a word.
    pub const ZERO_WIDTH: Tricks = Tricks(1);
    /// Separators between the Han characters of a word.
    pub const SEPARATOR: Tricks = Tricks(2);
    /// Letters or characters of another script that look the same.
    pub const LOOK_ALIKE: Tricks = Tricks(4);
    /// A character written as its parts.
    pub const SPLIT: Tricks = Tricks(8);

    /// Whether all of `other` are in the set.
    #[must_use]
    pub fn contains(self, other: Tricks) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets together.
    #[must_use]
    pub fn union(self, other: Tricks) -> Tricks {
        Tricks(self.0 | other.0)
    }
}
