//! From a text to its two views, in one pass.
//!
//! The pass has a short way for characters that stand for themselves or for one other: runs of the former are copied into
//! the plain text whole, and the skeleton takes each as it comes. Everything rare takes the long way, [`Pass::unusual`].
//! Separators go into the skeleton too and are cut off again when a Han character stands on both their sides.

use super::{
    Class, FoldTable, Folded, Plain, Skeleton, Tricks,
    marks::Mark,
    numerals,
    table::{Lookup, Step},
    view::Build,
};
use crate::Span;

impl FoldTable {
    /// Folds a text into both views.
    pub fn fold(&self, text: &str, out: &mut Folded) {
        let lookup = self.lookup();
        let Folded { plain, skeleton } = out;
        clear(plain, text);
        clear_skeleton(skeleton);
        let mut pass = Pass {
            lookup,
            text,
            plain,
            skeleton,
            copied: 0,
            ahead: 0,
            next: 0,
            gap: Gap::START,
            dropped: false,
            parts: false,
            uneasy: false,
        };
        pass.run();
        if pass.parts {
            skeleton_of(lookup, plain, skeleton);
        }
        numerals::read(plain, skeleton);
    }
}

/// Bytes to make room for at first: most messages.
const RESERVED: usize = 1024;

fn clear(plain: &mut Plain, text: &str) {
    plain.text.clear();
    plain.text.reserve(text.len().min(RESERVED));
    plain.marks.clear();
    plain.length = 0;
}

fn clear_skeleton(skeleton: &mut Skeleton) {
    skeleton.length = 0;
    skeleton.marks.clear();
}

const SEPARATOR: usize = Class::Separator as usize;
const WORD: usize = Class::Word as usize;
const HAN: usize = Class::Han as usize;
/// Slots below this are classes of characters that stand for themselves and join nothing.
const SHORT: usize = Class::Part as usize;

/// Whether the skeleton ends with separators that go if a Han character comes.
#[derive(Clone, Copy)]
struct Gap {
    /// Length of the skeleton before separators behind a Han character, or [`Gap::NONE`].
    from: usize,
    /// Class of the last character.
    last: usize,
}

impl Gap {
    const NONE: usize = usize::MAX;
    const START: Gap = Gap { from: Gap::NONE, last: SEPARATOR };

    /// Takes note of the next character. Returns how much of the skeleton, now of this length, stays before it.
    #[inline]
    fn next(&mut self, class: usize, length: usize) -> usize {
        let mut stays = length;
        if class == SEPARATOR {
            if self.last >= HAN {
                self.from = length;
            }
        } else {
            if class >= HAN {
                stays = length.min(self.from);
            }
            self.from = Gap::NONE;
        }
        self.last = class;
        stays
    }
}

/// A character on its way into a view.
#[derive(Clone, Copy)]
struct Piece {
    c: char,
    class: Class,
    origin: Span,
    own: Tricks,
    gap: Tricks,
}

struct Pass<'a> {
    lookup: Lookup<'a>,
    text: &'a str,
    plain: &'a mut Plain,
    skeleton: &'a mut Skeleton,
    /// Bytes of the text up to here are in the plain view.
    copied: usize,
    /// How many more characters of the text than of the plain view there are, those not yet copied aside; wrapping.
    ahead: usize,
    /// Where a character comes from that simply runs on.
    next: u32,
    /// Separators at the end of the skeleton.
    gap: Gap,
    /// Something was dropped since the last character, and it was a trick if the next one is of a word.
    dropped: bool,
    /// There was a part of a character: the skeleton has to be made of the finished plain view.
    parts: bool,
    /// The next character has to take the long way too, whatever it is.
    uneasy: bool,
}

impl Pass<'_> {
    fn run(&mut self) {
        let (lookup, text) = (self.lookup, self.text);
        let mut rest = text.chars();
        // What changes with every character is kept in registers, and handed over when something rare happens.
        let (mut gap, mut length) = (self.gap, 0usize);
        let mut room = &mut self.skeleton.room[..];
        // How many more characters of the text than of the skeleton there are before `rest`; wrapping.
        let mut skew = 0usize;
        // Letters are slots from `WORD` on, this many, or none while anything is pending that a letter decides.
        let mut letters = SHORT - WORD;
        while let Some(c) = rest.next() {
            let slot = lookup.slot(c);
            let mut target = c;
            if slot.wrapping_sub(WORD) < letters {
                gap.last = slot;
            } else {
                let at = length.wrapping_add(skew);
                let byte = text.len() - rest.as_str().len() - c.len_utf8();
                let class = if slot < SHORT && !self.uneasy {
                    slot
                } else if let Some((other, class)) = lookup.replacement(slot).filter(|_| !self.uneasy) {
                    self.plain.text.push_str(&text[self.copied..byte]);
                    self.plain.text.push(other);
                    self.copied = byte + c.len_utf8();
                    target = other;
                    class
                } else {
                    (self.gap, self.skeleton.length) = (gap, length);
                    self.unusual(at, byte, c);
                    (gap, length) = (self.gap, self.skeleton.length);
                    room = &mut self.skeleton.room;
                    skew = (at + 1).wrapping_sub(length);
                    letters = if self.uneasy || gap.from != Gap::NONE { 0 } else { SHORT - WORD };
                    continue;
                };
                let stays = gap.next(class, length);
                if stays < length {
                    self.skeleton.marks.truncate(stays);
                    let origin = Span { start: at as u32, end: at as u32 + 1 };
                    self.skeleton.marks.push(Mark::new(stays, origin, Tricks::default(), Tricks::SEPARATOR));
                    skew = at.wrapping_sub(stays);
                    length = stays;
                }
                letters = if gap.from != Gap::NONE { 0 } else { SHORT - WORD };
            }
            if length == room.len() {
                self.skeleton.length = length;
                self.skeleton.grow();
                room = &mut self.skeleton.room;
            }
            room[length] = target;
            length += 1;
        }
        self.skeleton.length = length;
        self.plain.text.push_str(&text[self.copied..]);
        self.plain.length = length.wrapping_add(skew).wrapping_sub(self.ahead);
    }

    /// Folds a character that is dropped, stands for several, was disguised, is a part, or stands behind such a one.
    #[cold]
    #[inline(never)]
    fn unusual(&mut self, at: usize, byte: usize, c: char) {
        self.plain.text.push_str(&self.text[self.copied..byte]);
        self.copied = byte + c.len_utf8();
        self.plain.length = at.wrapping_sub(self.ahead);
        if !self.uneasy {
            self.next = at as u32;
        }
        let lookup = self.lookup;
        let before = self.plain.last().map_or(Class::Separator, |last| lookup.class(last));
        let dropped = std::mem::take(&mut self.dropped);
        let gap = |class| if dropped && class != Class::Separator { Tricks::ZERO_WIDTH } else { Tricks::default() };
        let own = |look_alike| if look_alike { Tricks::LOOK_ALIKE } else { Tricks::default() };
        let origin = Span { start: at as u32, end: at as u32 + 1 };
        let (c, class, look_alike) = match lookup.step(c) {
            Step::Keep(class) => (c, class, false),
            Step::Char(target, class, look_alike) => (target, class, look_alike),
            Step::Sequence(from, length, look_alike) => {
                let mut gap = gap(Class::Word);
                for (c, class) in lookup.sequence(from, length) {
                    self.put(Piece { c, class, origin, own: own(look_alike), gap });
                    gap = Tricks::default();
                }
                return self.settle(at);
            }
            Step::Drop => {
                self.dropped = dropped || before != Class::Separator && !is_keycap(self.plain, c);
                self.ahead = (at + 1).wrapping_sub(self.plain.length);
                self.uneasy = true;
                return;
            }
        };
        self.put(Piece { c, class, origin, own: own(look_alike), gap: gap(class) });
        self.settle(at);
    }

    /// Takes the short way again unless the plain view ends with a part, which the next character may complete.
    fn settle(&mut self, at: usize) {
        self.uneasy = self.plain.last().is_some_and(|last| self.lookup.class(last) == Class::Part);
        self.ahead = (at + 1).wrapping_sub(self.plain.length);
    }

    /// Appends a character to both views.
    fn put(&mut self, piece: Piece) {
        self.parts |= piece.class == Class::Part;
        let bare = separated(self.skeleton, &mut self.gap, piece);
        write(self.skeleton, bare, self.next);
        join(self.lookup, self.plain, piece, self.next);
        self.next = piece.origin.end;
    }
}

/// Whether this completes a keycap emoji (1️⃣), which is a way of writing a digit.
fn is_keycap(plain: &Plain, c: char) -> bool {
    matches!(c, '\u{fe0f}' | '\u{20e3}') && plain.text.ends_with(|last: char| last.is_ascii_digit())
}

/// Drops the separators that the skeleton ends with if this character stands behind another Han character.
fn separated(skeleton: &mut Skeleton, gap: &mut Gap, mut piece: Piece) -> Piece {
    let stays = gap.next(piece.class as usize, skeleton.length);
    if stays < skeleton.length {
        skeleton.length = stays;
        skeleton.marks.truncate(stays);
        piece.gap = piece.gap.union(Tricks::SEPARATOR);
    }
    piece
}

/// Appends a character.
fn write(view: &mut impl Build, piece: Piece, next: u32) {
    let runs_on = piece.origin == Span { start: next, end: next + 1 };
    if !runs_on || piece.own.union(piece.gap) != Tricks::default() {
        let mark = Mark::new(view.length(), piece.origin, piece.own, piece.gap);
        view.marks().push(mark);
    }
    view.append(piece.c);
}

/// Appends a character, joining it with the last one as long as the two are parts of a whole.
fn join(lookup: Lookup<'_>, view: &mut impl Build, mut piece: Piece, next: u32) {
    while let Some(last) = view.last()
        && (piece.class == Class::Part || lookup.class(last) == Class::Part)
        && let Some(whole) = lookup.whole(last, piece.c)
        && let Some(known) = view.take_last()
    {
        let origin = Span { start: known.origin().start, end: piece.origin.end };
        let own = known.own.union(piece.own).union(piece.gap).union(Tricks::SPLIT);
        piece = Piece { c: whole, class: lookup.class(whole), origin, own, gap: known.gap };
    }
    write(view, piece, next);
}

/// The skeleton of a text with parts of characters, which may meet when what is between them goes.
#[cold]
fn skeleton_of(lookup: Lookup<'_>, plain: &Plain, skeleton: &mut Skeleton) {
    clear_skeleton(skeleton);
    let (mut gap, mut next) = (Gap::START, 0);
    for (at, c) in plain.text.chars().enumerate() {
        let known = plain.marks.of(at);
        let piece = Piece { c, class: lookup.class(c), origin: known.origin(), own: known.own, gap: known.gap };
        let piece = separated(skeleton, &mut gap, piece);
        join(lookup, skeleton, piece, next);
        next = known.origin().end;
    }
}
