//! A folded text, and where each of its characters came from.

use super::{Class, Tricks};
use crate::Span;
use std::ops::Range;

/// Both views of one text. Reusable: folding into it keeps the buffers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// With separators: for extractors, signatures, opt-outs and patterns.
    pub plain: View,
    /// Without the separators between Han characters: for keywords and n-grams.
    pub skeleton: View,
}

/// A folded text with its way back to the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub(super) text: String,
    pub(super) starts: Vec<u32>,
    pub(super) origins: Vec<Span>,
    pub(super) marks: Vec<Mark>,
}

/// What is known of one folded character: bits 0–3 its own tricks, 4–5 the zero-width and separator tricks of the gap
/// before it, 6–7 its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark(u8);

impl Mark {
    pub(super) fn new(class: Class, own: Tricks, gap: Tricks) -> Mark {
        Mark((class as u8) << 6 | (gap.0 & 3) << 4 | own.0)
    }

    pub(super) fn class(self) -> Class {
        Class::ALL[usize::from(self.0 >> 6)]
    }

    pub(super) fn own(self) -> Tricks {
        Tricks(self.0 & 15)
    }

    pub(super) fn gap(self) -> Tricks {
        Tricks(self.0 >> 4 & 3)
    }
}

impl Default for View {
    fn default() -> View {
        View { text: String::new(), starts: vec![0], origins: Vec::new(), marks: Vec::new() }
    }
}

impl View {
    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Number of characters.
    #[must_use]
    pub fn len(&self) -> usize {
        self.origins.len()
    }

    /// Whether there is no character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.origins.is_empty()
    }

    /// Byte offset of each character, then the length in bytes.
    #[must_use]
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// Where these characters came from, in code points of the original. Positions past the end are clamped to it.
    #[must_use]
    pub fn span(&self, chars: Range<usize>) -> Span {
        let end = chars.end.min(self.len());
        let first = self.origins.get(chars.start).or(self.origins.last());
        let start = first.map_or(0, |origin| if chars.start < self.len() { origin.start } else { origin.end });
        if chars.start >= end {
            return Span { start, end: start };
        }
        Span { start, end: self.origins[end - 1].end }
    }

    /// The characters that hold these bytes of the text.
    #[must_use]
    pub fn chars_of_bytes(&self, bytes: Range<usize>) -> Range<usize> {
        let inside = &self.starts[..self.len()];
        let start = inside.partition_point(|&at| at as usize <= bytes.start).saturating_sub(1);
        let end = inside.partition_point(|&at| (at as usize) < bytes.end);
        if bytes.start >= self.text.len() { self.len()..self.len() } else { start..end.max(start) }
    }

    /// How these characters were disguised. What was dropped before the first or after the last of them does not count.
    #[must_use]
    pub fn tricks(&self, chars: Range<usize>) -> Tricks {
        let end = chars.end.min(self.len());
        let Some((first, rest)) = self.marks.get(chars.start..end).and_then(<[Mark]>::split_first) else {
            return Tricks::default();
        };
        rest.iter().fold(first.own(), |all, mark| all.union(mark.own()).union(mark.gap()))
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.starts.clear();
        self.starts.push(0);
        self.origins.clear();
        self.marks.clear();
    }

    pub(super) fn reserve(&mut self, chars: usize) {
        self.text.reserve(chars);
        self.starts.reserve(chars);
        self.origins.reserve(chars);
        self.marks.reserve(chars);
    }

    /// Notes a character that stands for itself; its text is appended later.
    #[inline]
    pub(super) fn note(&mut self, end: usize, origin: u32, class: Class) {
        self.starts.push(end as u32);
        self.origins.push(Span { start: origin, end: origin + 1 });
        self.marks.push(Mark((class as u8) << 6));
    }

    pub(super) fn push(&mut self, c: char, origin: Span, mark: Mark) {
        self.text.push(c);
        self.starts.push(self.text.len() as u32);
        self.origins.push(origin);
        self.marks.push(mark);
    }

    /// The last character with what is known of it.
    pub(super) fn last(&self) -> Option<(char, Span, Mark)> {
        Some((self.text.chars().next_back()?, *self.origins.last()?, *self.marks.last()?))
    }

    pub(super) fn pop(&mut self) {
        self.text.pop();
        self.origins.pop();
        self.marks.pop();
        if self.starts.len() > 1 {
            self.starts.pop();
        }
    }

    /// Appends characters of another view as they are.
    pub(super) fn copy(&mut self, from: &View, chars: Range<usize>) {
        let bytes = from.starts[chars.start] as usize..from.starts[chars.end] as usize;
        let (base, start) = (self.text.len() as u32, bytes.start as u32);
        self.text.push_str(&from.text[bytes]);
        self.starts.extend(from.starts[chars.start + 1..=chars.end].iter().map(|at| at - start + base));
        self.origins.extend_from_slice(&from.origins[chars.clone()]);
        self.marks.extend_from_slice(&from.marks[chars]);
    }
}
