//! What does a folded text say, and where did each part of it come from? The two views with their ways back.

use super::{
    Tricks,
    marks::{Mark, Marks},
};
use crate::Span;
use std::ops::Range;

/// Both views of one text. Reusable: folding into it keeps the buffers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// With separators: for extractors, signatures, opt-outs and patterns.
    pub plain: Plain,
    /// Without the separators between Han characters: for keywords and n-grams.
    pub skeleton: Skeleton,
}

/// The text with separators, as UTF-8.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    pub(super) text: String,
    pub(super) length: usize,
    pub(super) marks: Marks,
}

impl Plain {
    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Number of characters.
    #[must_use]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is no character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Where these bytes of the text came from, in code points of the original; a character counts whole. For many places
    /// of one text take a [`Locator`].
    #[must_use]
    pub fn span_of_bytes(&self, bytes: Range<usize>) -> Span {
        self.locator().span(bytes)
    }

    /// Finds the spans of many places.
    #[must_use]
    pub fn locator(&self) -> Locator<'_> {
        Locator { plain: self, byte: 0, chars: 0 }
    }
}

/// Turns places in the plain text into spans of the original. It counts on from the last place, so a text is counted once
/// for all places that are asked for in order.
#[derive(Clone, Debug)]
pub struct Locator<'a> {
    plain: &'a Plain,
    byte: usize,
    /// Characters that begin before `byte`.
    chars: usize,
}

impl Locator<'_> {
    /// Where these bytes of the text came from. A character counts whole.
    pub fn span(&mut self, bytes: Range<usize>) -> Span {
        let length = self.plain.length;
        if bytes.start >= self.plain.text.len() {
            return self.plain.marks.span(length..length, length);
        }
        let start = self.count(bytes.start + 1) - 1;
        let end = self.count(bytes.end).max(start);
        self.plain.marks.span(start..end, length)
    }

    /// How many characters begin before this byte.
    fn count(&mut self, byte: usize) -> usize {
        let text = self.plain.text.as_bytes();
        let byte = byte.min(text.len());
        let starts = |range: Range<usize>| text[range].iter().filter(|&&b| b & 0xc0 != 0x80).count();
        if byte < self.byte {
            self.chars -= starts(byte..self.byte);
        } else {
            self.chars += starts(self.byte..byte);
        }
        self.byte = byte;
        self.chars
    }
}

/// The text without the separators between Han characters, as characters.
#[derive(Clone, Default)]
pub struct Skeleton {
    /// The characters, and behind them what is left of longer texts: appending is one store into a slice that is there.
    pub(super) room: Vec<char>,
    pub(super) length: usize,
    pub(super) marks: Marks,
}

impl PartialEq for Skeleton {
    fn eq(&self, other: &Skeleton) -> bool {
        (self.chars(), &self.marks) == (other.chars(), &other.marks)
    }
}

impl Eq for Skeleton {}

impl std::fmt::Debug for Skeleton {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Skeleton").field("text", &self.text()).field("marks", &self.marks).finish()
    }
}

impl Skeleton {
    /// The characters.
    #[must_use]
    pub fn chars(&self) -> &[char] {
        &self.room[..self.length]
    }

    /// Number of characters.
    #[must_use]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is no character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Makes room for one more character at least.
    #[cold]
    pub(super) fn grow(&mut self) {
        self.room.resize((2 * self.length).max(256), '\0');
    }

    /// Where these characters came from, in code points of the original. Positions past the end are clamped to it.
    #[must_use]
    pub fn span(&self, chars: Range<usize>) -> Span {
        self.marks.span(chars, self.len())
    }

    /// How these characters were disguised. What was dropped before the first or after the last of them does not count.
    #[must_use]
    pub fn tricks(&self, chars: Range<usize>) -> Tricks {
        self.marks.tricks(chars)
    }

    /// The characters as a text.
    #[must_use]
    pub fn text(&self) -> String {
        self.chars().iter().collect()
    }
}

/// What both views can do while they are made.
pub(super) trait Build {
    /// Number of characters.
    fn length(&self) -> usize;
    fn last(&self) -> Option<char>;
    fn append(&mut self, c: char);
    fn pop(&mut self);
    fn marks(&mut self) -> &mut Marks;

    /// Takes the last character back, with what is known of it.
    fn take_last(&mut self) -> Option<Mark> {
        let at = self.length().checked_sub(1)?;
        let known = self.marks().of(at);
        self.marks().truncate(at);
        self.pop();
        Some(known)
    }
}

impl Build for Plain {
    fn length(&self) -> usize {
        self.length
    }

    fn last(&self) -> Option<char> {
        self.text.chars().next_back()
    }

    fn append(&mut self, c: char) {
        self.text.push(c);
        self.length += 1;
    }

    fn pop(&mut self) {
        self.text.pop();
        self.length -= 1;
    }

    fn marks(&mut self) -> &mut Marks {
        &mut self.marks
    }
}

impl Build for Skeleton {
    fn length(&self) -> usize {
        self.length
    }

    fn last(&self) -> Option<char> {
        self.chars().last().copied()
    }

    fn append(&mut self, c: char) {
        if self.length == self.room.len() {
            self.grow();
        }
        self.room[self.length] = c;
        self.length += 1;
    }

    fn pop(&mut self) {
        self.length -= 1;
    }

    fn marks(&mut self) -> &mut Marks {
        &mut self.marks
    }
}
