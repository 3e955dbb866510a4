//! What does a text fold to? Read straight from the lines of a `fold.tsv`, one character after the other.

use smsfilter::Span;
use std::collections::{HashMap, HashSet};

/// What a folded character is to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Separator,
    Word,
    Han,
    /// A Han character that is only ever half of another.
    Part,
}

/// How a character was hidden: a bit each.
pub(super) const ZERO_WIDTH: u8 = 1;
pub(super) const SEPARATOR: u8 = 2;
pub(super) const LOOK_ALIKE: u8 = 4;
pub(super) const SPLIT: u8 = 8;

/// A folded character and the code points of the original, `start` to `end`, that it stands for.
#[derive(Clone, Debug)]
pub(super) struct Char {
    pub(super) c: char,
    pub(super) start: u32,
    pub(super) end: u32,
    class: Class,
    /// How it was hidden itself, and by what stood before it.
    own: u8,
    gap: u8,
}

/// How the characters from the first to the last of a word were hidden. What stood before the first does not count.
pub(super) fn tricks(word: &[Char]) -> u8 {
    word.iter().enumerate().fold(0, |all, (at, found)| all | found.own | if at > 0 { found.gap } else { 0 })
}

/// The text of folded characters.
pub(super) fn text(chars: &[Char]) -> String {
    chars.iter().map(|found| found.c).collect()
}

/// A fold table, as maps.
#[derive(Debug, Default)]
pub struct Table {
    classes: HashMap<char, Class>,
    parts: HashSet<char>,
    dropped: HashSet<char>,
    /// What else a character is written for, and whether it only looks so.
    targets: HashMap<char, (Vec<char>, bool)>,
    wholes: HashMap<[char; 2], char>,
}

impl Table {
    /// Reads a text like `rules/national/fold.tsv`.
    ///
    /// # Panics
    /// If it is none; the engine's own reader has the messages.
    #[must_use]
    pub fn read(tsv: &str) -> Table {
        let mut table = Table::default();
        for line in tsv.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [from, kind, target] = columns[..] else { panic!("not three columns: {line:?}") };
            let letters: Vec<char> = from.chars().collect();
            match kind {
                "split" => {
                    let whole = single(target).expect("one character");
                    table.wholes.insert([letters[0], letters[1]], whole);
                }
                "part" => _ = table.parts.insert(letters[0]),
                "drop" => table.dropped.extend(range(from)),
                "word" => table.classes.extend(range(from).map(|c| (c, Class::Word))),
                "han" => table.classes.extend(range(from).map(|c| (c, Class::Han))),
                _ => {
                    let first = target.split_once("..").and_then(|(a, z)| single(a).filter(|_| single(z).is_some()));
                    for (n, c) in range(from).enumerate() {
                        let stands_for = match (first, target.strip_prefix("U+")) {
                            (Some(first), _) => vec![(first..=char::MAX).nth(n).expect("a character")],
                            (None, Some(hex)) => vec![code_point(hex)],
                            (None, None) => target.chars().collect(),
                        };
                        table.targets.insert(c, (stands_for, kind == "look-alike"));
                    }
                }
            }
        }
        table
    }

    fn class(&self, c: char) -> Class {
        if self.parts.contains(&c) {
            return Class::Part;
        }
        self.classes.get(&c).copied().unwrap_or(Class::Separator)
    }

    /// The text with equivalences undone.
    pub(super) fn plain(&self, text: &str) -> Vec<Char> {
        let mut out: Vec<Char> = Vec::new();
        let mut dropped = false;
        for (at, c) in (0..).zip(text.chars()) {
            if self.dropped.contains(&c) {
                // 1️⃣ is a way of writing a digit, no trick.
                let keycap = |last: &Char| last.c.is_ascii_digit() && matches!(c, '\u{fe0f}' | '\u{20e3}');
                dropped |= out.last().is_some_and(|last| last.class != Class::Separator && !keycap(last));
                continue;
            }
            let itself = (vec![c], false);
            let (targets, look_alike) = self.targets.get(&c).unwrap_or(&itself);
            for (n, &c) in targets.iter().enumerate() {
                let class = self.class(c);
                let after_drop = n == 0 && dropped && (class != Class::Separator || targets.len() > 1);
                let own = if *look_alike { LOOK_ALIKE } else { 0 };
                let gap = if after_drop { ZERO_WIDTH } else { 0 };
                self.push(&mut out, Char { c, start: at, end: at + 1, class, own, gap });
            }
            dropped = false;
        }
        in_numbers(&mut out);
        out
    }

    /// The same without the separators between Han characters.
    pub(super) fn skeleton(&self, plain: &[Char]) -> Vec<Char> {
        let is_separator = |found: &Char| found.class == Class::Separator;
        let is_han = |found: Option<&Char>| found.is_some_and(|found| matches!(found.class, Class::Han | Class::Part));
        let runs: Vec<&[Char]> = plain.chunk_by(|a, b| is_separator(a) == is_separator(b)).collect();
        let is_dropped = |n: usize| {
            let next = runs.get(n + 1).and_then(|run| run.first());
            n > 0 && is_separator(&runs[n][0]) && is_han(runs[n - 1].last()) && is_han(next)
        };
        let mut out = Vec::new();
        for (n, run) in runs.iter().enumerate().filter(|(n, _)| !is_dropped(*n)) {
            for (at, found) in run.iter().enumerate() {
                let gap = if at == 0 && n > 0 && is_dropped(n - 1) { SEPARATOR } else { 0 };
                self.push(&mut out, Char { gap: found.gap | gap, ..found.clone() });
            }
        }
        out
    }

    /// The characters of both views, plain and skeleton, and what of the text each stands for.
    #[must_use]
    pub fn views(&self, text: &str) -> [Vec<(char, Span)>; 2] {
        let plain = self.plain(text);
        let skeleton = self.skeleton(&plain);
        let spans = |chars: Vec<Char>| chars.iter().map(|c| (c.c, Span { start: c.start, end: c.end })).collect();
        [plain, skeleton].map(spans)
    }

    /// What is looked for when a rule says `word`.
    pub(super) fn keyword(&self, word: &str) -> String {
        text(&self.skeleton(&self.plain(word)))
    }

    /// Appends a character; as long as the last two are the halves of one, that one takes their place.
    fn push(&self, out: &mut Vec<Char>, next: Char) {
        out.push(next);
        while let [.., a, b] = &out[..]
            && (a.class == Class::Part || b.class == Class::Part)
            && let Some(&c) = self.wholes.get(&[a.c, b.c])
        {
            let own = a.own | b.own | b.gap | SPLIT;
            let whole = Char { c, start: a.start, end: b.end, class: self.class(c), own, gap: a.gap };
            out.truncate(out.len() - 2);
            out.push(whole);
        }
    }
}

/// Writes letters of other scripts and Chinese numerals as digits where they are digits of a number.
fn in_numbers(chars: &mut [Char]) {
    const NUMERALS: &str = "〇零二三四五六七八九";
    let is_digit = |found: Option<&Char>| found.is_some_and(|found| found.c.is_ascii_digit());
    for at in 1..chars.len() {
        let digit = match chars[at].c {
            'o' => '0',
            'i' | 'l' => '1',
            'z' if is_digit(chars.get(at + 1)) => '2',
            's' if is_digit(chars.get(at + 1)) => '5',
            'b' if is_digit(chars.get(at + 1)) => '6',
            'g' if is_digit(chars.get(at + 1)) => '9',
            _ => continue,
        };
        if is_digit(chars.get(at - 1)) && chars[at].own & LOOK_ALIKE != 0 {
            chars[at].c = digit;
        }
    }
    for at in 1..chars.len() {
        let Some(numeral) = NUMERALS.chars().position(|numeral| numeral == chars[at].c) else { continue };
        let is_part = |found: &&Char| found.c.is_ascii_digit() || NUMERALS.contains(found.c) || "- ".contains(found.c);
        let (before, after) = chars.split_at(at);
        let number = before.iter().rev().take_while(is_part).chain(after.iter().take_while(is_part));
        let long = number.filter(|found| !"- ".contains(found.c)).count() >= 7;
        if long && is_digit(before.last()) && is_digit(after.get(1)) {
            chars[at].c = b"0023456789"[numeral].into();
            chars[at].own |= LOOK_ALIKE;
        }
    }
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn code_point(hex: &str) -> char {
    char::from_u32(u32::from_str_radix(hex, 16).expect("hexadecimal digits")).expect("a code point")
}

/// `FF21..FF3A Ａ..Ｚ` or `3000`: the code points of the first word.
fn range(column: &str) -> impl Iterator<Item = char> {
    let hex = column.split(' ').next().unwrap_or_default();
    let (first, last) = hex.split_once("..").unwrap_or((hex, hex));
    code_point(first)..=code_point(last)
}
