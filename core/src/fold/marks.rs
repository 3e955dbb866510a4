//! Where did a character of a view come from, and what was undone to reach it? Kept only where it cannot be guessed.
//!
//! Most characters simply run on: each comes from the code point after that of the one before. A mark stands where this
//! is not so, or where there was a trick, so text that hides nothing has next to none.

use super::Tricks;
use crate::Span;
use std::ops::Range;

/// The character `at` covers `width` code points of the original from `origin`; those after it run on one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    at: u32,
    origin: u32,
    width: u32,
    /// Tricks of the character itself.
    pub(super) own: Tricks,
    /// Tricks of what was dropped before it.
    pub(super) gap: Tricks,
}

impl Mark {
    /// A mark for the character `at`.
    pub(super) fn new(at: usize, origin: Span, own: Tricks, gap: Tricks) -> Mark {
        Mark { at: at as u32, origin: origin.start, width: origin.end - origin.start, own, gap }
    }

    /// Where the character came from.
    pub(super) fn origin(self) -> Span {
        Span { start: self.origin, end: self.origin + self.width }
    }
}

/// The marks of one view, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(Vec<Mark>);

impl Marks {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn push(&mut self, mark: Mark) {
        self.0.push(mark);
    }

    /// Forgets the characters from `at` on.
    pub(super) fn truncate(&mut self, at: usize) {
        while self.0.last().is_some_and(|mark| mark.at as usize >= at) {
            self.0.pop();
        }
    }

    /// Notes that the character `at` itself was disguised.
    pub(super) fn add(&mut self, at: usize, own: Tricks) {
        let mut known = self.of(at);
        known.own = known.own.union(own);
        match self.0.binary_search_by_key(&(at as u32), |mark| mark.at) {
            Ok(there) => self.0[there] = known,
            Err(there) => self.0.insert(there, known),
        }
    }

    /// What is known of the character `at`.
    pub(super) fn of(&self, at: usize) -> Mark {
        let next = self.0.partition_point(|mark| mark.at as usize <= at);
        let before = next.checked_sub(1).map(|n| self.0[n]);
        if let Some(mark) = before.filter(|mark| mark.at as usize == at) {
            return mark;
        }
        let start = before.map_or(at as u32, |mark| mark.origin + mark.width + (at as u32 - mark.at - 1));
        Mark::new(at, Span { start, end: start + 1 }, Tricks::default(), Tricks::default())
    }

    /// Where characters of a view of `length` came from. Positions past the end are clamped to it.
    pub(super) fn span(&self, chars: Range<usize>, length: usize) -> Span {
        let end = chars.end.min(length);
        let start = match length.checked_sub(1) {
            _ if chars.start < length => self.of(chars.start).origin().start,
            Some(last) => self.of(last).origin().end,
            None => 0,
        };
        Span { start, end: if chars.start < end { self.of(end - 1).origin().end } else { start } }
    }

    /// How characters were disguised. What was dropped before the first or after the last of them does not count.
    pub(super) fn tricks(&self, chars: Range<usize>) -> Tricks {
        let from = self.0.partition_point(|mark| (mark.at as usize) < chars.start);
        let inside = self.0[from..].iter().take_while(|mark| (mark.at as usize) < chars.end);
        inside.fold(Tricks::default(), |all, mark| {
            let gap = if mark.at as usize == chars.start { Tricks::default() } else { mark.gap };
            all.union(mark.own).union(gap)
        })
    }
}
