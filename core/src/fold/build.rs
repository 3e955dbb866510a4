//! From a text to its two views.

use super::{
    Class, FoldTable, Folded, Tricks, View,
    table::{Lookup, Step},
    view::Mark,
};
use crate::Span;

impl FoldTable {
    /// Folds a text into both views.
    pub fn fold(&self, text: &str, out: &mut Folded) {
        let lookup = self.lookup();
        plain(lookup, text, &mut out.plain);
        skeleton(lookup, &out.plain, &mut out.skeleton);
    }
}

/// Characters to make room for at first: most messages.
const RESERVED: usize = 1024;

fn plain(lookup: Lookup<'_>, text: &str, view: &mut View) {
    view.clear();
    // Something was dropped since the last character, and it was a trick if the next one is of a word.
    let mut dropped = false;
    // The last character is of a word: something dropped now may be a trick.
    let mut last = Class::Separator;
    // Characters from here on stand for themselves and are not yet copied.
    let mut kept = 0;
    view.reserve(text.len().min(RESERVED));
    for (at, (byte, c)) in text.char_indices().enumerate() {
        let slot = lookup.slot(c);
        if slot < Class::Part as usize && !dropped && last != Class::Part {
            last = Class::ALL[slot];
            view.note(view.text.len() + byte + c.len_utf8() - kept, at as u32, last);
            continue;
        }
        view.text.push_str(&text[kept..byte]);
        kept = byte + c.len_utf8();
        let origin = Span { start: at as u32, end: at as u32 + 1 };
        let gap =
            |class: Class| if dropped && class != Class::Separator { Tricks::ZERO_WIDTH } else { Tricks::default() };
        let own = |look_alike| if look_alike { Tricks::LOOK_ALIKE } else { Tricks::default() };
        match lookup.step(c) {
            Step::Keep(class) => {
                last = put(lookup, view, c, origin, Mark::new(class, Tricks::default(), gap(class)), last)
            }
            Step::Char(target, class, look_alike) => {
                last = put(lookup, view, target, origin, Mark::new(class, own(look_alike), gap(class)), last);
            }
            Step::Sequence(from, length, look_alike) => {
                let mut gap = gap(Class::Word);
                for (target, class) in lookup.sequence(from, length) {
                    last = put(lookup, view, target, origin, Mark::new(class, own(look_alike), gap), last);
                    gap = Tricks::default();
                }
            }
            Step::Drop => {
                dropped |= last != Class::Separator && !is_keycap(view, c);
                continue;
            }
        }
        dropped = false;
    }
    view.text.push_str(&text[kept..]);
}

/// Whether this completes a keycap emoji (1️⃣), which is a way of writing a digit.
fn is_keycap(view: &View, c: char) -> bool {
    matches!(c, '\u{fe0f}' | '\u{20e3}') && view.text().ends_with(|last: char| last.is_ascii_digit())
}

/// Appends a character, joining it with the last one as long as the two are parts of a whole. Returns its class.
fn put(lookup: Lookup<'_>, view: &mut View, mut c: char, mut origin: Span, mut mark: Mark, mut before: Class) -> Class {
    while before == Class::Part || mark.class() == Class::Part {
        let Some((last, from, known)) = view.last() else { break };
        let Some(whole) = lookup.whole(last, c) else { break };
        view.pop();
        let own = known.own().union(mark.own()).union(mark.gap()).union(Tricks::SPLIT);
        c = whole;
        mark = Mark::new(lookup.class(whole), own, known.gap());
        origin.start = from.start;
        before = view.marks.last().map_or(Class::Separator, |mark| mark.class());
    }
    view.push(c, origin, mark);
    mark.class()
}

/// Copies `plain` without the separators between Han characters, and joins parts that meet thereby.
fn skeleton(lookup: Lookup<'_>, plain: &View, view: &mut View) {
    view.clear();
    let marks = &plain.marks;
    let (mut copied, mut at) = (0, 0);
    while let Some(from) = marks[at..].iter().position(|mark| mark.class() == Class::Separator).map(|n| at + n) {
        let to =
            marks[from..].iter().position(|mark| mark.class() != Class::Separator).map_or(marks.len(), |n| from + n);
        at = to;
        let between = from > 0 && marks[from - 1].class().is_han() && to < marks.len() && marks[to].class().is_han();
        if between {
            view.copy(plain, copied..from);
            copied = join(lookup, plain, view, to);
            at = copied.max(to);
        }
    }
    view.copy(plain, copied..marks.len());
}

/// Appends the character after dropped separators, and those after it while they join what is before them. Returns where
/// to go on.
fn join(lookup: Lookup<'_>, plain: &View, view: &mut View, from: usize) -> usize {
    let mut gap = Tricks::SEPARATOR;
    for at in from..plain.len() {
        let mark = plain.marks[at];
        if at > from && !mark.class().is_han() {
            return at;
        }
        let before = view.marks.last().map_or(Class::Separator, |mark| mark.class());
        let length = view.len();
        let c = plain.text[plain.starts[at] as usize..].chars().next().unwrap_or(' ');
        put(lookup, view, c, plain.origins[at], Mark::new(mark.class(), mark.own(), mark.gap().union(gap)), before);
        if view.len() > length {
            return at + 1;
        }
        gap = Tricks::default();
    }
    plain.len()
}
