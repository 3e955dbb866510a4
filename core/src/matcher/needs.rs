//! Which characters must a text have for a pattern to match? Read off the pattern, so that it runs only where it may match:
//! running a pattern over a message takes far longer than asking.

use std::{iter::Peekable, str::Chars};

/// The characters of a text, by their low bits: it may seem to have one more, never one less.
#[derive(Clone, Debug, Default)]
pub(crate) struct Letters([u64; 8]);

impl Letters {
    fn insert(&mut self, c: char) {
        let bit = c as usize % 512;
        self.0[bit / 64] |= 1 << (bit % 64);
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

/// What a text must have.
#[derive(Debug)]
pub(crate) enum Needs {
    /// Any of these characters.
    Letter(Box<Letters>),
    /// All of these; nothing if there are none.
    All(Vec<Needs>),
    /// Any of these.
    Any(Vec<Needs>),
}

/// Ranges of a class up to this long are written out; with a longer one the class needs nothing.
const WIDEST: u32 = 64;
/// Deepest groups that are looked into.
const DEEPEST: u32 = 32;

impl Needs {
    /// What a text must have for a pattern to match; nothing where the pattern is not understood.
    pub(crate) fn of(pattern: &str) -> Needs {
        let mut rest = pattern.chars().peekable();
        let needs = either(&mut rest, 0).filter(|_| rest.next().is_none());
        needs.unwrap_or(Needs::All(Vec::new()))
    }

    /// Whether a text has it.
    pub(crate) fn met(&self, text: &Letters) -> bool {
        match self {
            Needs::Letter(letters) => letters.meets(text),
            Needs::All(all) => all.iter().all(|needs| needs.met(text)),
            Needs::Any(any) => any.iter().any(|needs| needs.met(text)),
        }
    }
}

/// Alternatives, up to the end of their group.
fn either(rest: &mut Peekable<Chars<'_>>, depth: u32) -> Option<Needs> {
    let mut any = vec![sequence(rest, depth)?];
    while rest.next_if_eq(&'|').is_some() {
        any.push(sequence(rest, depth)?);
    }
    Some(if any.len() == 1 { any.remove(0) } else { Needs::Any(any) })
}

fn sequence(rest: &mut Peekable<Chars<'_>>, depth: u32) -> Option<Needs> {
    let mut all = Vec::new();
    while let Some(c) = rest.next_if(|c| !matches!(c, '|' | ')')) {
        let needs = match c {
            '(' => {
                // Flags and names are not looked into.
                if depth == DEEPEST || rest.next_if_eq(&'?').is_some() && rest.next() != Some(':') {
                    return None;
                }
                let needs = either(rest, depth + 1)?;
                rest.next_if_eq(&')')?;
                Some(needs)
            }
            '[' => class(rest)?,
            '.' | '^' | '$' => None,
            '\\' => escaped(rest)?.map(letter),
            '*' | '+' | '?' | '{' => return None,
            c => Some(letter(c)),
        };
        let repeated = least(rest)?;
        all.extend(needs.filter(|_| repeated > 0));
    }
    Some(Needs::All(all))
}

fn letter(c: char) -> Needs {
    Needs::Letter(Box::new(Letters::from_iter([c])))
}

/// The character that is escaped, or no certain one: a class, a place.
fn escaped(rest: &mut Peekable<Chars<'_>>) -> Option<Option<char>> {
    match rest.next()? {
        'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'b' | 'B' => Some(None),
        c if c.is_ascii_alphanumeric() => None,
        c => Some(Some(c)),
    }
}

/// A class, its opening bracket read; without letters if it is negated or wide.
fn class(rest: &mut Peekable<Chars<'_>>) -> Option<Option<Needs>> {
    let negated = rest.next_if_eq(&'^').is_some();
    let (mut found, mut open) = (Letters::default(), negated);
    let mut first = true;
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
        if (to as u32).saturating_sub(from as u32) < WIDEST {
            (from..=to).for_each(|c| found.insert(c));
        } else {
            open = true;
        }
    }
    Some((!open).then(|| Needs::Letter(Box::new(found))))
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

    fn may_match(pattern: &str, text: &str) -> bool {
        Needs::of(pattern).met(&text.chars().collect())
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
    fn what_is_not_understood_needs_nothing() {
        for pattern in
            ["(?i)abc", r"\x61", r"\p{Han}", "[[:alpha:]]", "[^a]", ".", "a*", "[一-龥]", r"\d", "", "[]a]", "^$"]
        {
            assert!(may_match(pattern, "z"), "{pattern}");
        }
    }
}
