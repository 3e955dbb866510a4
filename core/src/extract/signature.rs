//! 【name】 at the start or end of a text.

use std::ops::Range;

const BRACKETS: &[(char, char)] = &[('【', '】'), ('[', ']'), ('〔', '〕'), ('「', '」'), ('〖', '〗'), ('『', '』')];
const LENGTH: std::ops::RangeInclusive<usize> = 2..=20;

/// The name and where it stands with its brackets.
pub(super) fn scan(text: &str) -> Option<(&str, Range<usize>)> {
    let start = text.len() - text.trim_start().len();
    let first = text[start..].chars().next()?;
    if let Some(&(open, close)) = BRACKETS.iter().find(|pair| pair.0 == first) {
        let inside = start + open.len_utf8();
        let window = text[inside..].char_indices().take(*LENGTH.end() + 3);
        let end = window.filter(|&(_, c)| c == close).map(|(at, _)| inside + at).next();
        if let Some(end) = end
            && let Some(name) = name(&text[inside..end])
        {
            return Some((name, start..end + close.len_utf8()));
        }
    }
    let end = text.trim_end().len();
    let last = text[..end].chars().next_back()?;
    let &(open, close) = BRACKETS.iter().find(|pair| pair.1 == last)?;
    let inside = text[..end].strip_suffix(close)?;
    let (at, _) = inside.char_indices().rev().take(*LENGTH.end() + 3).find(|&(_, c)| c == open)?;
    Some((name(&inside[at + open.len_utf8()..])?, at..end))
}

/// Whether the brackets are those that only signatures use.
pub(super) fn is_certain(text: &str, at: &Range<usize>) -> bool {
    text[at.clone()].starts_with(['【', '〔', '〖'])
}

fn name(text: &str) -> Option<&str> {
    let name = text.trim();
    let odd = |c: char| c == '\n' || BRACKETS.iter().any(|pair| pair.0 == c || pair.1 == c);
    (LENGTH.contains(&name.chars().count()) && name.chars().any(char::is_alphanumeric) && !name.contains(odd))
        .then_some(name)
}
