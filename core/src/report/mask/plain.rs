//! The text as it is searched: disguises undone, each character with its place in the original.
//!
//! Not the fold tables' work: those belong to a bundle, and masking must not need one.

use super::{is_han, traditional};
use crate::{Span, fold::narrow};

/// The zero of each script that has decimal digits (Unicode 16, general category Nd), ASCII and mathematical ones apart.
const ZEROS: &[u32] = &[
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0,
    0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50,
    0x11d50, 0x11da0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1e140, 0x1e2f0, 0x1e4f0,
    0x1e5f1, 0x1e950, 0x1fbf0,
];

/// Rows of numbers in circles, brackets and the like: first character, what it stands for, how many follow on.
const ROWS: &[(u32, u32, u32)] = &[
    (0xb2, 2, 2),     // superscript
    (0xb9, 1, 1),     // superscript
    (0x2070, 0, 1),   // superscript
    (0x2074, 4, 6),   // superscript
    (0x2080, 0, 10),  // subscript
    (0x2460, 1, 20),  // circled
    (0x2474, 1, 20),  // in brackets
    (0x2488, 1, 20),  // with a full stop
    (0x24ea, 0, 1),   // circled
    (0x24eb, 11, 10), // negative circled
    (0x24f5, 1, 10),  // double circled
    (0x24ff, 0, 1),   // negative circled
    (0x2776, 1, 10),  // negative circled
    (0x2780, 1, 10),  // circled sans-serif
    (0x278a, 1, 10),  // negative circled sans-serif
    (0x3220, 1, 10),  // Han in brackets
    (0x3251, 21, 15), // circled
    (0x3280, 1, 10),  // circled Han
    (0x32b1, 36, 15), // circled
    (0x1f100, 0, 1),  // with a full stop
    (0x1f101, 0, 10), // with a comma
    (0x1f10b, 0, 1),  // circled sans-serif
    (0x1f10c, 0, 1),  // negative circled sans-serif
];

/// A text without disguises.
pub(super) struct Plain {
    /// Its characters.
    pub(super) chars: Vec<char>,
    /// Where each comes from, in code points of the original, and its end.
    origins: Vec<u32>,
}

impl Plain {
    pub(super) fn of(text: &str) -> Plain {
        let mut plain = Plain { chars: Vec::with_capacity(text.len()), origins: Vec::with_capacity(text.len()) };
        let mut length = 0;
        for (origin, c) in (0u32..).zip(text.chars()) {
            length = origin + 1;
            let mut put = |c| {
                plain.chars.push(c);
                plain.origins.push(origin);
            };
            match digits(c) {
                Some(number) => number.to_string().chars().for_each(put),
                None if is_han(c) => put(traditional::simplified(c)),
                None => visible(c).into_iter().for_each(&mut put),
            }
        }
        plain.origins.push(length);
        plain.join();
        plain
    }

    /// Closes what is torn at an `@` or a full stop: `me @ mail . cn`, `mail。cn`.
    fn join(&mut self) {
        let mut is_kept = vec![true; self.origins.len()];
        let is_word = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
        for at in 0..self.chars.len() {
            let joint = match self.chars[at] {
                '@' => '@',
                '.' | '。' => '.',
                _ => continue,
            };
            let before = at - self.chars[..at].iter().rev().take_while(|&&c| c == ' ').count();
            let behind = at + 1 + self.chars[at + 1..].iter().take_while(|&&c| c == ' ').count();
            // A full stop ends sentences: with a space on one side, or before a capital.
            let is_torn = joint == '@'
                || (before < at) == (behind > at + 1) && self.chars.get(behind).is_some_and(char::is_ascii_lowercase);
            if is_torn && is_word(before.checked_sub(1).map(|at| &self.chars[at])) && is_word(self.chars.get(behind)) {
                self.chars[at] = joint;
                is_kept[before..at].fill(false);
                is_kept[at + 1..behind].fill(false);
            }
        }
        let mut keeps = is_kept.iter().copied();
        self.chars.retain(|_| keeps.next() != Some(false));
        let mut keeps = is_kept.iter().copied();
        self.origins.retain(|_| keeps.next() != Some(false));
    }

    /// Where a stretch stands in the original, with what is invisible inside and behind it.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span { start: self.origins[start], end: self.origins[end].max(self.origins[end - 1] + 1) }
    }
}

/// The number that a character is, unless it is ASCII or spelled.
fn digits(c: char) -> Option<u32> {
    let code = c as u32;
    if c.is_ascii() || is_han(c) {
        return None;
    }
    if let 0x1d7ce..=0x1d7ff = code {
        return Some((code - 0x1d7ce) % 10); // mathematical: five rows of ten
    }
    let script = ZEROS.partition_point(|&zero| zero <= code).checked_sub(1).map(|row| code - ZEROS[row]);
    let row = || ROWS.iter().find(|row| (row.0..row.0 + row.2).contains(&code)).map(|row| row.1 + code - row.0);
    script.filter(|&digit| digit < 10).or_else(row)
}

/// The character in its plainest form; nothing for an invisible one.
fn visible(c: char) -> Option<char> {
    match c {
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' => None,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => None,
        '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20f0}' | '\u{e0000}'..='\u{e0fff}' => None,
        '，' | '：' | '；' | '？' | '！' => Some(c), // sentences are told apart by them
        '～' | '〜' | '∼' => Some('~'),
        '＼' | '\\' => Some('/'),
        '․' | '﹒' => Some('.'),
        '｡' => Some('。'),
        '﹫' => Some('@'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '─' => Some('-'),
        '•' | '‧' | '・' | '∙' | '⋅' | '●' | '･' => Some('·'),
        '∕' | '⁄' => Some('/'),
        '\n' => Some(c),
        c if c.is_whitespace() => Some(' '),
        _ => Some(narrow(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_sorted_and_apart_as_the_search_needs() {
        assert!(ZEROS.windows(2).all(|pair| pair[0] + 10 <= pair[1]));
    }

    #[test]
    fn every_character_knows_where_it_came_from() {
        let plain = Plain::of("Ａ\u{200b}⑬٣1\u{fe0f}\u{20e3}。");
        assert_eq!(plain.chars.iter().collect::<String>(), "A1331。");
        assert_eq!(plain.origins, [0, 2, 2, 3, 4, 7, 8]);
        assert_eq!(plain.span(1, 5), Span { start: 2, end: 7 });
    }
}
