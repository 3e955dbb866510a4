//! Which digits of a number are written otherwise? 199八6127782, and 139О1234567 with a Cyrillic О, are numbers for any reader.
//!
//! Only inside a number, and in the finished views: alone a Chinese numeral is a word, and О passes for o.

use super::{Plain, Skeleton, Tricks, marks::Marks};

/// Digits and numerals of a number that may hold a Chinese numeral, at least: 3五7 or 1一5 may be anything.
const LONG: usize = 7;

/// Writes such digits as digits, in both views.
pub(super) fn read(plain: &mut Plain, skeleton: &mut Skeleton) {
    let text = skeleton.chars();
    // No branch, so that many characters are compared at once: most texts end here.
    let within = text.windows(3).fold(false, |any, three| {
        any | (is_digit(three[0]) & (is_letter(three[1]) | (is_high(three[1]) & is_digit(three[2]))))
    });
    let last = text.last_chunk().is_some_and(|&[before, last]| is_digit(before) && is_letter(last));
    let disguised = || skeleton.tricks(0..text.len()).contains(Tricks::LOOK_ALIKE);
    if (within || last) && (text.iter().any(|&c| numeral(c).is_some()) || disguised()) {
        rewrite(plain, skeleton);
    }
}

fn is_digit(c: char) -> bool {
    (c as u32).wrapping_sub('0' as u32) < 10
}

/// Whether letters that pass for digits are folded to it.
fn is_letter(c: char) -> bool {
    (c == 'o') | (c == 'i') | (c == 'l') | (c == 's') | (c == 'z') | (c == 'b') | (c == 'g')
}

/// Whether it may be a numeral.
fn is_high(c: char) -> bool {
    c >= '〇'
}

#[cold]
#[inline(never)]
fn rewrite(plain: &mut Plain, skeleton: &mut Skeleton) {
    rewrite_one(&mut skeleton.room[..skeleton.length], &mut skeleton.marks);
    let mut text: Vec<char> = plain.text.chars().collect();
    if rewrite_one(&mut text, &mut plain.marks) {
        plain.text.clear();
        plain.text.extend(text);
    }
}

/// The same for one view; whether anything changed. Letters first: they lengthen the numbers that numerals need.
fn rewrite_one(text: &mut [char], marks: &mut Marks) -> bool {
    let mut changed = false;
    let mut set = |text: &mut [char], marks: &mut Marks, at: usize, digit: char| {
        text[at] = digit;
        marks.add(at, Tricks::LOOK_ALIKE);
        changed = true;
    };
    for at in 1..text.len() {
        // A letter of another script behind a digit; if it is less like one, between digits.
        let (digit, between) = match text[at] {
            'o' => ('0', false),
            'i' | 'l' => ('1', false),
            'z' => ('2', true),
            's' => ('5', true),
            'b' => ('6', true),
            'g' => ('9', true),
            _ => continue,
        };
        let next = !between || text.get(at + 1).copied().is_some_and(is_digit);
        if next && is_digit(text[at - 1]) && marks.of(at).own.contains(Tricks::LOOK_ALIKE) {
            set(text, marks, at, digit);
        }
    }
    for at in 1..text.len().saturating_sub(1) {
        if let Some(digit) = numeral(text[at])
            && is_digit(text[at - 1])
            && is_digit(text[at + 1])
            && is_long(text, at)
        {
            set(text, marks, at, digit);
        }
    }
    changed
}

/// Whether the number around a numeral is long; hyphens and spaces may group its digits.
fn is_long(text: &[char], at: usize) -> bool {
    let counts = |c: &&char| is_digit(**c) || numeral(**c).is_some();
    let joins = |c: &&char| counts(c) || matches!(**c, '-' | ' ');
    let before = text[..at].iter().rev().take_while(joins).filter(counts).take(LONG).count();
    let after = text[at + 1..].iter().take_while(joins).filter(counts).take(LONG).count();
    before + 1 + after >= LONG
}

/// The digit that a Chinese numeral is. 一 is left out: between numbers it is written for a dash.
fn numeral(c: char) -> Option<char> {
    Some(match c {
        '〇' | '零' => '0',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        _ => return None,
    })
}
