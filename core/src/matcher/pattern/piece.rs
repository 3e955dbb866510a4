//! What can be read off a pattern without running it.

use crate::matcher::letters::Set;
use std::{iter::Peekable, str::Chars};

/// What is known of a part of a pattern. Sets may hold too much, never too little.
pub(super) struct Piece {
    /// A text must have a character of each of these for it to match.
    pub(super) needs: Vec<Set>,
    /// The characters that a match of some length may begin with.
    pub(super) first: Set,
    /// Those that may come second in a longer one.
    pub(super) second: Set,
    /// It may match nothing.
    pub(super) empty: bool,
    /// It may match a single character.
    pub(super) single: bool,
    /// It looks at what stands before a match.
    pub(super) behind: bool,
}

/// Nothing is known of a pattern that is not understood.
impl Default for Piece {
    fn default() -> Piece {
        let (first, second) = (Set::all(), Set::all());
        Piece { needs: Vec::new(), first, second, empty: true, single: true, behind: true }
    }
}

/// Sets of more characters are not asked for in a text: nearly every text has one.
const WIDEST: u32 = 64;
/// Deepest groups that are looked into.
const DEEPEST: u32 = 32;

impl Piece {
    pub(super) fn read(pattern: &str) -> Option<Piece> {
        let mut rest = pattern.chars().peekable();
        either(&mut rest, 0).filter(|_| rest.next().is_none())
    }

    /// The same of a pattern without alternatives outside groups.
    pub(super) fn read_sequence(pattern: &str) -> Option<Piece> {
        let mut rest = pattern.chars().peekable();
        sequence(&mut rest, 0).filter(|_| rest.next().is_none())
    }

    /// What matches the empty text and nothing else.
    fn nothing() -> Piece {
        let (first, second) = (Set::default(), Set::default());
        Piece { needs: Vec::new(), first, second, empty: true, single: false, behind: false }
    }

    /// One character.
    fn letter(of: Set) -> Piece {
        let needs = Vec::from_iter((of.len() <= WIDEST).then(|| of.clone()));
        Piece { needs, first: of, empty: false, single: true, ..Piece::nothing() }
    }

    fn then(&mut self, next: Piece) {
        if self.single {
            self.second.add(&next.first);
        }
        if self.empty {
            self.first.add(&next.first);
            self.second.add(&next.second);
        }
        self.needs.extend(next.needs);
        self.behind |= self.empty && next.behind;
        self.single = self.single && next.empty || self.empty && next.single;
        self.empty &= next.empty;
    }

    fn or(&mut self, other: &Piece) {
        self.first.add(&other.first);
        self.second.add(&other.second);
        self.empty |= other.empty;
        self.single |= other.single;
        self.behind |= other.behind;
    }

    /// The same, at least so often, and perhaps more often than once.
    fn times(mut self, least: u32, many: bool) -> Piece {
        if many && (self.single || self.empty) {
            self.second.add(&self.first.clone());
        }
        if least == 0 {
            self.needs.clear();
            self.empty = true;
        }
        self
    }
}

/// Alternatives, up to the end of their group.
fn either(rest: &mut Peekable<Chars<'_>>, depth: u32) -> Option<Piece> {
    let mut all = sequence(rest, depth)?;
    if rest.peek() != Some(&'|') {
        return Some(all);
    }
    all.needs.sort_by_key(commonness);
    while rest.next_if_eq(&'|').is_some() {
        let mut other = sequence(rest, depth)?;
        all.or(&other);
        // One of the rarest of each, one of the second rarest, and so on.
        other.needs.sort_by_key(commonness);
        all.needs.truncate(other.needs.len());
        all.needs.iter_mut().zip(&other.needs).for_each(|(all, other)| all.add(other));
    }
    Some(all)
}

/// In about what share of texts one of a set is found: Latin letters and digits are in most.
fn commonness(set: &Set) -> (bool, u32) {
    (set.has('0') || set.has('e'), set.len())
}

fn sequence(rest: &mut Peekable<Chars<'_>>, depth: u32) -> Option<Piece> {
    let mut all = Piece::nothing();
    while let Some(c) = rest.next_if(|c| !matches!(c, '|' | ')')) {
        let piece = match c {
            '(' => {
                // Flags and names are not looked into.
                if depth == DEEPEST || rest.next_if_eq(&'?').is_some() && rest.next() != Some(':') {
                    return None;
                }
                let piece = either(rest, depth + 1)?;
                rest.next_if_eq(&')')?;
                piece
            }
            '[' => Piece::letter(class(rest)?),
            '.' => Piece::letter(Set::all()),
            '^' => Piece { behind: true, ..Piece::nothing() },
            '$' => Piece::nothing(),
            '\\' if rest.next_if(|c| matches!(c, 'b' | 'B')).is_some() => {
                // `\b{start}` and its like.
                if rest.peek() == Some(&'{') {
                    return None;
                }
                Piece { behind: true, ..Piece::nothing() }
            }
            '\\' => Piece::letter(escaped(rest)?),
            '*' | '+' | '?' | '{' => return None,
            c => Piece::letter(Set::one(c)),
        };
        let (least, many) = times(rest)?;
        all.then(piece.times(least, many));
    }
    Some(all)
}

/// What is escaped: itself, or a class of characters. Boundaries of words are not looked into.
fn escaped(rest: &mut Peekable<Chars<'_>>) -> Option<Set> {
    let of = |ranges: &[(char, char)]| {
        let mut set = Set::default();
        ranges.iter().for_each(|&(from, to)| set.add(&Set::range(from, to)));
        set
    };
    let c = rest.next()?;
    let class = match c.to_ascii_lowercase() {
        'd' => of(&[('0', '9')]),
        'w' => of(&[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
        's' => of(&[('\t', '\r'), (' ', ' ')]),
        '<' | '>' => return None,
        c if c.is_ascii_alphanumeric() => return None,
        _ => return Some(Set::one(c)),
    };
    Some(if c.is_ascii_uppercase() { class.others() } else { class })
}

/// The characters of a class, its opening bracket read.
fn class(rest: &mut Peekable<Chars<'_>>) -> Option<Set> {
    let negated = rest.next_if_eq(&'^').is_some();
    let mut found = Set::default();
    let mut first = true;
    // At the start of a class a hyphen is itself, not a range.
    while rest.next_if_eq(&'-').is_some() {
        found.add(&Set::one('-'));
        first = false;
    }
    loop {
        let c = rest.next()?;
        let from = match c {
            ']' if !first => break,
            // A bracket here, or a pair of these, may mean something else.
            '[' | '&' | '~' | ']' => return None,
            '\\' => {
                let set = escaped(rest)?;
                found.add(&set);
                // One that was escaped may begin a range, which is then taken for three characters; so may a class not.
                if rest.peek() == Some(&'-') {
                    return None;
                }
                first = false;
                continue;
            }
            c => c,
        };
        first = false;
        let mut after = rest.clone();
        let range = after.next() == Some('-') && after.next().is_some_and(|c| c != ']');
        if !range {
            found.add(&Set::one(from));
            continue;
        }
        rest.next();
        let to = match rest.next()? {
            '\\' | '[' => return None,
            to => to,
        };
        found.add(&Set::range(from, to));
    }
    Some(if negated { found.others() } else { found })
}

/// How often what came before must stand at least, and whether it may stand twice.
fn times(rest: &mut Peekable<Chars<'_>>) -> Option<(u32, bool)> {
    let times = match rest.peek() {
        Some('*') => (0, true),
        Some('?') => (0, false),
        Some('+') => (1, true),
        Some('{') => {
            rest.next();
            let mut digits = String::new();
            while let Some(digit) = rest.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            let least = digits.parse().ok()?;
            while rest.peek()? != &'}' {
                rest.next();
            }
            (least, true)
        }
        _ => return Some((1, false)),
    };
    rest.next();
    // Lazy.
    rest.next_if_eq(&'?');
    // A repetition of a repetition is not looked into.
    (!matches!(rest.peek(), Some('*' | '+' | '?' | '{'))).then_some(times)
}
