//! A pattern of a rule, run only where it can match. Which characters must a text have, and which may a match begin with?
//! Both are read off the pattern, because asking takes a small part of the time that running it over a message does.

mod piece;

use super::letters::{Asked, Letters, Set};
use crate::rule;
use once_cell::sync::OnceCell;
use piece::Piece;
use regex_lite::Regex;
use std::ops::Range;

/// A pattern, ready to run.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    /// A text must have one of each of these.
    needs: Vec<Asked>,
    /// Where a match may begin; none if that may be nearly anywhere.
    begins: Option<Begin>,
    /// The pattern as it is tried there.
    here: OnceCell<Option<Regex>>,
    /// The pattern as it is searched for.
    anywhere: OnceCell<Option<Regex>>,
}

/// What stands where a match may begin.
#[derive(Debug, PartialEq, Eq)]
struct Begin {
    first: Set,
    /// What stands behind that; anything, or nothing, if a match may be one character long.
    second: Option<Set>,
    /// A word of ASCII letters and digits begins or ends there: the pattern begins with `\b`.
    boundary: bool,
    /// The low bits of the first characters: what is left to ask where they do not fit.
    quick: [u64; 8],
}

impl Begin {
    fn new(piece: Piece, boundary: bool) -> Option<Begin> {
        let Piece { first, second, empty, single, behind, .. } = piece;
        if first.len() > WIDEST || empty || behind {
            return None;
        }
        let mut quick = [0; 8];
        first.each(|c| quick[c as usize / 64 % 8] |= 1 << (c % 64));
        Some(Begin { first, second: (!single).then_some(second), boundary, quick })
    }

    fn at(&self, text: &str, at: usize, c: char) -> bool {
        if self.quick[c as usize / 64 % 8] >> (c as usize % 64) & 1 == 0 || !self.first.has(c) {
            return false;
        }
        let follows = |second: &Set| text[at + c.len_utf8()..].chars().next().is_some_and(|c| second.has(c));
        let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        let bytes = text.as_bytes();
        let before = || at.checked_sub(1).is_some_and(|before| is_word(bytes[before]));
        (!self.boundary || before() != is_word(bytes[at])) && self.second.as_ref().is_none_or(follows)
    }
}

/// A pattern whose matches may begin with more characters than this is searched for everywhere.
const WIDEST: u32 = 512;

/// Places where a match is tried before the rest of the text is searched.
const TRIES: usize = 16;
/// Bytes that all tries together may read: each may read to the end. So the time stays linear, and near that of one search.
const TRIED: usize = 4096;

impl Pattern {
    pub(crate) fn new(source: &str) -> Pattern {
        // `\b` at the start of all alternatives, not of the first alone.
        let bounded = source.strip_prefix(r"\b").and_then(Piece::read_sequence);
        let boundary = bounded.is_some();
        let piece = bounded.or_else(|| Piece::read(source)).unwrap_or_default();
        Pattern {
            source: source.to_owned(),
            needs: piece.needs.iter().map(Asked::new).collect(),
            begins: Begin::new(piece, boundary),
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
        if !self.needs.iter().all(|asked| letters.meet(asked)) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn may_match(pattern: &str, text: &str) -> bool {
        let letters = text.chars().collect::<Letters>();
        Pattern::new(pattern).needs.iter().all(|asked| letters.meet(asked))
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
        let set = |of: &str| {
            let mut set = Set::default();
            of.chars().for_each(|c| set.add(&Set::one(c)));
            set
        };
        for (pattern, first, second) in [
            ("(微信|vx|[qw]x)[0-9]{4}", "微vqw", Some("信x")),
            ("a?b*c", "abc", None),
            ("a?b*cd", "abc", Some("bcd")),
            ("(a|b?)c|d{2,}", "abcd", None),
            ("(a|b?)cf|d{2,}e", "abcd", Some("cdef")),
            ("(ab?)+c", "a", Some("abc")),
            (r"(\.|x)$", ".x", None),
            (r"x\b-y", "x", Some("-")),
            ("[0-9]+", "0123456789", None),
            (r"\b(?:[0-3]|x)y", "0123x", Some("y")),
        ] {
            let begin = begins(pattern).expect(pattern);
            assert_eq!((begin.first, begin.second), (set(first), second.map(set)), "{pattern}");
            assert_eq!(begin.boundary, pattern.starts_with(r"\b"), "{pattern}");
        }
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
            r"\D",
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
