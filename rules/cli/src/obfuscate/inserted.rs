//! What is put between two Han characters.

use super::is_han;
use fastrand::Rng;

/// Marks, spaces and symbols within one line, from every keyboard and from lists of symbols.
const SEPARATORS: &str = " \u{3000}\u{a0}.。,，、·•‧・-—_~～*＊/|丨+=^`'\"“”…:：;；!！?？()（）【】[]{}<>《》「」#@&%$￥§※★☆●○◆◇■□▲△♥♡♪→←↑↓❤✨🔥💰👉🎁";

/// Of those that Unicode calls ignorable, the ones that keyboards, web pages and tools to hide text in bring along.
const INVISIBLE: &[char] = &[
    '\u{ad}',    // soft hyphen
    '\u{34f}',   // grapheme joiner
    '\u{61c}',   // Arabic letter mark
    '\u{180e}',  // Mongolian vowel separator
    '\u{200b}',  // zero-width space
    '\u{200c}',  // zero-width non-joiner
    '\u{200d}',  // zero-width joiner
    '\u{200e}',  // left-to-right mark
    '\u{2060}',  // word joiner
    '\u{2063}',  // invisible separator
    '\u{206a}',  // a format character given up
    '\u{fe0f}',  // variation selector
    '\u{feff}',  // byte order mark
    '\u{e0020}', // tag
];

pub(super) fn separator(text: &[char], at: usize, dice: &mut Rng) -> Option<String> {
    behind(text, at, dice.choice(SEPARATORS.chars().collect::<Vec<_>>()))
}

pub(super) fn invisible(text: &[char], at: usize, dice: &mut Rng) -> Option<String> {
    behind(text, at, dice.choice(INVISIBLE).copied())
}

fn behind(text: &[char], at: usize, inserted: Option<char>) -> Option<String> {
    let between = is_han(text[at]) && text.get(at + 1).copied().is_some_and(is_han);
    inserted.filter(|_| between).map(|inserted| String::from_iter([text[at], inserted]))
}
