//! What does the text say once disguises are undone? One decode gives two views with maps back to the original.
//!
//! [`FoldTable`] holds what is equal to what (made from `rules/national/fold.tsv`), [`Folded`] the two views:
//! * **plain** undoes what is true of any text: compatibility forms, case, traditional characters, digits of all scripts,
//!   look-alike letters, characters written as their parts; zero-width characters and stray marks are gone. Separators stay.
//! * **skeleton** also drops separators that stand between two Han characters. Keywords are looked for here.
//!
//! Inside numbers both write Chinese numerals and letters that pass for digits as digits.
//!
//! Both are fixed points: folding plain gives plain, folding skeleton gives skeleton. Full width and traditional characters
//! are ways of writing, no tricks; everything else that was undone is recorded as [`Tricks`].

mod build;
mod marks;
mod numerals;
#[cfg(feature = "author")]
mod source;
mod table;
#[cfg(test)]
mod tests;
mod view;

#[cfg(feature = "author")]
pub use source::{SourceError, encode};
pub use table::{FoldError, FoldTable};
pub use view::{Folded, Locator, Plain, Skeleton};

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

/// ASCII written in full width as ASCII; any other character as it is. The part of folding that needs no table: for numbers,
/// names that users write, and masking.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// What a folded character is to its neighbours. The numbers are stored in tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Class {
    /// Punctuation, white space, symbols, emoji.
    Separator = 0,
    /// A letter or digit that is no Han character.
    Word = 1,
    /// A Han character.
    Han = 2,
    /// A Han character that is no word by itself (亻 讠 刂): one part of every split character is one of these.
    Part = 3,
}

impl Class {
    const ALL: [Class; 4] = [Class::Separator, Class::Word, Class::Han, Class::Part];

    fn is_han(self) -> bool {
        self as u8 >= Class::Han as u8
    }
}
