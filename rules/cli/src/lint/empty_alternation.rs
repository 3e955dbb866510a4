//! **What**: a pattern with an alternative that is empty.
//! **Why**: it matches nothing at all, hence everywhere: the pattern says no more than the condition beside it. What is
//! optional is written with `?`.
//! **Example**: `fee = '(手续费|保证金|)'`.

use super::{Found, Subject};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let empty = subject.layer.words.patterns.iter().filter(|pattern| has_empty(&pattern.regex));
    empty
        .map(|pattern| {
            let name = &pattern.name;
            Found::at(
                name,
                format!("`{name}` has an empty alternative, which matches everywhere: write `?` or remove it"),
            )
        })
        .collect()
}

/// Whether nothing stands on a side of a `|` that is no plain character.
pub(super) fn has_empty(regex: &str) -> bool {
    let (mut in_class, mut begins, mut characters) = (false, true, regex.chars().peekable());
    while let Some(c) = characters.next() {
        match c {
            '\\' => drop(characters.next()),
            '[' => in_class = true,
            ']' => in_class = false,
            '|' if !in_class && (begins || matches!(characters.peek(), None | Some('|' | ')'))) => return true,
            '(' if !in_class => {
                // Flags and names of a group are no alternative.
                if characters.next_if_eq(&'?').is_some() {
                    characters.by_ref().find(|c| matches!(c, ':' | '>' | ')'));
                }
                begins = true;
                continue;
            }
            _ => {}
        }
        begins = false;
    }
    false
}
