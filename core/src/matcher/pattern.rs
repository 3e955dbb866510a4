//! A pattern of a rule, run only where it can match. Which characters must a text have, and which may a match begin with?
//! Both are read off the pattern, because asking takes a small part of the time that running it over a message does.

use crate::rule;
use once_cell::sync::OnceCell;
use regex_lite::Regex;
use std::{iter::Peekable, ops::Range, str::Chars};

/// The characters of a text, by their low bits: it may seem to have one more, never one less.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Letters([u64; 8]);

impl Letters {
    fn insert(&mut self, c: char) {
        let bit = c as usize % 512;
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    fn has(&self, c: char) -> bool {
        let bit = c as usize % 512;
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }

    fn add(&mut self, other: &Letters) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    fn meets(&self, other: &Letters) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }
}

impl FromIterator<char> for Letters {
    fn from_iter<T: IntoIterator<Item = char>>(characters: T) -> Letters {
        let mut letters = Letters::default();
        characters.into_iter().for_each(|c| letters.insert(c));
        letters
    }
}

/// A pattern, ready to run.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    needs: Needs,
    /// Where a match may begin; none if that may be anywhere.
    begins: Option<Begin>,
    /// The pattern as it is tried there.
    here: OnceCell<Option<Regex>>,
    /// The pattern as it is searched for.
    anywhere: OnceCell<Option<Regex>>,
}

/// What stands where a match may begin.
#[derive(Debug, PartialEq, Eq)]
struct Begin {
    first: Letters,
    /// A word of ASCII letters and digits begins or ends there: the pattern begins with `\b`.
    boundary: bool,
}

impl Begin {
    fn at(&self, text: &str, at: usize, c: char) -> bool {
        let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        let bytes = text.as_bytes();
        let before = || at.checked_sub(1).is_some_and(|before| is_word(bytes[before]));
        self.first.has(c) && (!self.boundary || before() != is_word(bytes[at]))
    }
}

/// Places where a match is tried before the rest of the text is searched.
const TRIES: usize = 16;
/// Bytes that all tries together may read: each may read to the end. So the time stays linear, and near that of one search.
const TRIED: usize = 4096;

impl Pattern {
    pub(crate) fn new(source: &str) -> Pattern {
        // `\b` at the start of all alternatives, not of the first alone.
        let bounded = source.strip_prefix(r"\b").and_then(|rest| Piece::read(rest, sequence));
        let boundary = bounded.is_some();
        let piece = bounded.or_else(|| Piece::read(source, either)).unwrap_or_default();
        let Piece { needs, first, open, empty, behind } = piece;
        Pattern {
            source: source.to_owned(),
            needs: Needs::All(needs),
            begins: (!open && !empty && !behind).then_some(Begin { first, boundary }),
            here: OnceCell::new(),
            anywhere: OnceCell::new(),
        }
    }

    /// Whether it is tried only where a match may begin, and not searched for everywhere.
    #[cfg(feature = "author")]
    pub(crate) fn is_quick(&self) -> bool {
        self.begins.is_some()
    }

    /// The pattern as it is tried at a place where it may begin.
    fn anchored(&self) -> String {
        let bounded = self.begins.as_ref().is_some_and(|begin| begin.boundary);
        format!("^(?:{})", self.source.strip_prefix(r"\b").filter(|_| bounded).unwrap_or(&self.source))
    }

    /// The leftmost match in a text, given the characters of the text. The pattern compiles: a bundle where it does not is
    /// refused.
    pub(crate) fn find(&self, text: &str, letters: &Letters) -> Option<Range<usize>> {
        if !self.needs.met(letters) {
            return None;
        }
        let mut from = 0;
        if let Some(begin) = &self.begins
            && let Some(here) = self.here.get_or_init(|| rule::pattern(&self.anchored()).ok())
        {
            let tries = (TRIED / text.len().max(1)).min(TRIES);
            let mut places = text.char_indices().filter(|&(at, c)| begin.at(text, at, c)).map(|(at, _)| at);
            for at in places.by_ref().take(tries) {
                if let Some(found) = here.find(&text[at..]) {
                    return Some(at..at + found.end());
                }
            }
            from = places.next()?;
        }
        let anywhere = self.anywhere.get_or_init(|| rule::pattern(&self.source).ok()).as_ref()?;
        anywhere.find_at(text, from).map(|found| found.range())
    }
}

/// What a text must have.
#[derive(Debug)]
enum Needs {
    /// Any of these characters.
    Letter(Box<Letters>),
    /// All of these; nothing if there are none.
    All(Vec<Needs>),
    /// Any of these.
    Any(Vec<Needs>),
}

impl Needs {
    fn met(&self, text: &Letters) -> bool {
        match self {
            Needs::Letter(letters) => letters.meets(text),
            Needs::All(all) => all.iter().all(|needs| needs.met(text)),
            Needs::Any(any) => any.iter().any(|needs| needs.met(text)),
        }
    }
}

/// What is known of a part of a pattern.
struct Piece {
    /// All that a text must have for it to match.
    needs: Vec<Needs>,
    /// The characters that a match may begin with.
    first: Letters,
    /// A match may begin with others too.
    open: bool,
    /// It may match nothing.
    empty: bool,
    /// It looks at what stands before it.
    behind: bool,
}

/// Nothing is known of a pattern that is not understood.
impl Default for Piece {
    fn default() -> Piece {
        Piece { needs: Vec::new(), first: Letters::default(), open: true, empty: true, behind: false }
    }
}

/// Ranges of a class up to this long are written out; with a longer one the class may be any character.
const WIDEST: u32 = 64;
/// Deepest groups that are looked into.
const DEEPEST: u32 = 32;

impl Piece {
    fn read(pattern: &str, part: fn(&mut Peekable<Chars<'_>>, u32) -> Option<Piece>) -> Option<Piece> {
        let mut rest = pattern.chars().peekable();
        part(&mut rest, 0).filter(|_| rest.next().is_none())
    }

    /// What matches the empty text and nothing else.
    fn nothing() -> Piece {
        Piece { open: false, ..Piece::default() }
    }

    /// One character.
    fn letter(of: Option<Letters>) -> Piece {
        let first = of.clone().unwrap_or_default();
        let needs = of.into_iter().map(|letters| Needs::Letter(Box::new(letters))).collect::<Vec<_>>();
        Piece { open: needs.is_empty(), needs, first, empty: false, behind: false }
    }

    fn then(&mut self, next: Piece) {
        if self.empty {
            self.first.add(&next.first);
            self.open |= next.open;
        }
        self.needs.extend(next.needs);
        self.empty &= next.empty;
        self.behind |= next.behind;
    }

    fn or(&mut self, other: &Piece) {
        self.first.add(&other.first);
        self.open |= other.open;
        self.empty |= other.empty;
        self.behind |= other.behind;
    }
}

/// Alternatives, up to the end of their group.
fn either(rest: &mut Peekable<Chars<'_>>, depth: u32) -> Option<Piece> {
    let mut all = sequence(rest, depth)?;
    if rest.peek() != Some(&'|') {
        return Some(all);
    }
    let mut any = vec![Needs::All(std::mem::take(&mut all.needs))];
    while rest.next_if_eq(&'|').is_some() {
        let other = sequence(rest, depth)?;
        all.or(&other);
        any.push(Needs::All(other.needs));
    }
    all.needs.push(Needs::Any(any));
    Some(all)
}

fn sequence(rest: &mut Peekable<Chars<'_>>, depth: u32) -> Option<Piece> {
    let mut all = Piece::nothing();
    while let Some(c) = rest.next_if(|c| !matches!(c, '|' | ')')) {
        let mut piece = match c {
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
            '.' => Piece::letter(None),
            '^' => Piece { behind: true, ..Piece::nothing() },
            '$' => Piece::nothing(),
            '\\' => Piece::letter(escaped(rest)?.map(|c| Letters::from_iter([c]))),
            '*' | '+' | '?' | '{' => return None,
            c => Piece::letter(Some(Letters::from_iter([c]))),
        };
        if least(rest)? == 0 {
            piece = Piece { needs: Vec::new(), empty: true, ..piece };
        }
        all.then(piece);
    }
    Some(all)
}

/// The character that is escaped, or none of a class of them; boundaries of words are not looked into.
fn escaped(rest: &mut Peekable<Chars<'_>>) -> Option<Option<char>> {
    match rest.next()? {
        'd' | 'D' | 'w' | 'W' | 's' | 'S' => Some(None),
        '<' | '>' => None,
        c if c.is_ascii_alphanumeric() => None,
        c => Some(Some(c)),
    }
}

/// The letters of a class, its opening bracket read; none if it is negated or wide.
fn class(rest: &mut Peekable<Chars<'_>>) -> Option<Option<Letters>> {
    let negated = rest.next_if_eq(&'^').is_some();
    let (mut found, mut open) = (Letters::default(), negated);
    let mut first = true;
    // At the start of a class a hyphen is itself, not a range.
    while rest.next_if_eq(&'-').is_some() {
        found.insert('-');
        first = false;
    }
    loop {
        let c = rest.next()?;
        let from = match c {
            ']' if !first => break,
            // A bracket here, or a pair of these, may mean something else.
            '[' | '&' | '~' | ']' => return None,
            '\\' => escaped(rest)?,
            c => Some(c),
        };
        first = false;
        let Some(from) = from else {
            open = true;
            continue;
        };
        let mut after = rest.clone();
        let range = after.next() == Some('-') && after.next().is_some_and(|c| c != ']');
        if !range {
            found.insert(from);
            continue;
        }
        rest.next();
        let to = match rest.next()? {
            '\\' => escaped(rest)??,
            '[' => return None,
            to => to,
        };
        if (to as u32).checked_sub(from as u32)? < WIDEST {
            (from..=to).for_each(|c| found.insert(c));
        } else {
            open = true;
        }
    }
    Some((!open).then_some(found))
}

/// How often what came before must stand at least.
fn least(rest: &mut Peekable<Chars<'_>>) -> Option<u32> {
    let least = match rest.peek() {
        Some('*' | '?') => 0,
        Some('+') => 1,
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
            least
        }
        _ => return Some(1),
    };
    rest.next();
    // Lazy.
    rest.next_if_eq(&'?');
    // A repetition of a repetition is not looked into.
    (!matches!(rest.peek(), Some('*' | '+' | '?' | '{'))).then_some(least)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn may_match(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern).needs.met(&text.chars().collect())
    }

    #[test]
    fn a_pattern_runs_only_where_its_characters_are() {
        let cases = [
            ("满[^一-龥]{1,6}(减|送)|买[一二]送", ["满100减5", "买一送"], ["满100元", "二送"]),
            ("(码|code)?:[0-9]{4,}", [":1234", "码:0"], ["码", "1234"]),
            (r"a\.b", ["a.b", ".ab"], ["ab", "a."]),
            ("(?:a|b)+c{2}?d{0,3}", ["bcc", "ac"], ["cc", "ad"]),
            ("[a-c-]x", ["bx", "-x"], ["dx", "a"]),
        ];
        for (pattern, with, without) in cases {
            assert!(with.iter().all(|text| may_match(pattern, text)), "{pattern}");
            assert!(!without.iter().any(|text| may_match(pattern, text)), "{pattern}");
        }
    }

    #[test]
    fn a_match_is_tried_only_where_it_may_begin() {
        let begins = |pattern: &str| Pattern::new(pattern).begins;
        let begin = |with: &str, boundary| Some(Begin { first: with.chars().collect(), boundary });
        for (pattern, with) in [
            ("(微信|vx|[qw]x)[0-9]{4}", "微vqw"),
            ("a?b*c", "abc"),
            ("(a|b?)c|d{2,}", "abcd"),
            (r"(\.|x)$", ".x"),
            ("[0-9]+", "0123456789"),
        ] {
            assert_eq!(begins(pattern), begin(with, false), "{pattern}");
        }
        assert_eq!(begins(r"\b(?:[0-3]|x)y"), begin("0123x", true));
        for pattern in ["^a", "a*", "(a|^b)c", "[^a]b", ".a", r"\ba|b", r"(\ba)", r"\<a", "a|", "[一-龥]x", "(?i)a", ""]
        {
            assert_eq!(begins(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn what_is_not_understood_needs_nothing() {
        for pattern in [
            "(?i)abc",
            r"\x61",
            r"\p{Han}",
            "[[:alpha:]]",
            "[^a]",
            ".",
            "a*",
            "[一-龥]",
            r"\d",
            "",
            "[]a]",
            "^$",
            r"\<z",
            r"\bz",
        ] {
            assert!(may_match(pattern, "z"), "{pattern}");
        }
    }

    fn found(pattern: &str, text: &str) -> Option<Range<usize>> {
        Pattern::new(pattern).find(text, &text.chars().collect())
    }

    #[test]
    fn behind_many_places_in_vain_the_match_is_still_found() {
        for (many, at) in [(15, 30), (16, 32), (17, 34), (5000, 10_000)] {
            let text = "ac".repeat(many) + "ab";
            assert_eq!(found("a[bd]", &text), Some(at..at + 2), "{many}");
            assert_eq!(found("a[bd]", &"ac".repeat(many)), None);
        }
        let words = "ac ".repeat(40) + "xab ab";
        assert_eq!(found(r"\ba[bd]", &words), Some(124..126), "not inside a word");
    }

    #[test]
    fn a_class_that_begins_with_hyphens_has_them() {
        for (pattern, text) in
            [("[--*]", "*"), ("[--*]", "-"), ("[--0-9]x", "5x"), ("[--a-c]", "b"), ("[-- ]", " "), ("[^--a]b", "xb")]
        {
            assert!(found(pattern, text).is_some(), "{pattern} {text:?}");
        }
        assert_eq!(found("[--+]?1", "+1"), Some(0..2));
    }

    /// Patterns of few letters, so that they match often.
    fn patterns() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec![
            "a",
            "b",
            "c",
            "[ab]",
            "[^a]",
            ".",
            "^",
            "$",
            r"\d",
            r"\b",
            r"\.",
            r"\<",
            "1",
            "[--1]",
            "[a-c]",
            "一",
            "[^一-龥]",
        ]);
        leaf.prop_map(str::to_owned).prop_recursive(4, 24, 4, |inner| {
            let times = prop::sample::select(vec!["", "*", "+", "?", "{2}", "{0,2}", "{1,3}?"]);
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(|all| all.concat()),
                prop::collection::vec(inner.clone(), 1..4).prop_map(|any| format!("({})", any.join("|"))),
                (inner, times).prop_map(|(inner, times)| format!("(?:{inner}){times}")),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_match_found_is_the_one_the_library_finds(pattern in patterns(), text in "([abcd1.一-]{0,40}|[ab一]{0,200})") {
            let expected = rule::pattern(&pattern).ok().and_then(|regex| Some(regex.find(&text)?.range()));
            prop_assert_eq!(Pattern::new(&pattern).find(&text, &text.chars().collect()), expected);
        }
    }
}
