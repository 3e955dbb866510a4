//! Lists of words that are asked for at every place of a text: sorted, so that most places cost one search.

use super::{follows, precedes};

/// A list of words, sorted by their first and by their last characters.
pub(super) struct Words {
    by_first: Vec<(char, &'static str)>,
    by_last: Vec<(char, &'static str)>,
}

impl Words {
    /// Words with white space between them.
    pub(super) fn of(list: &'static str) -> Words {
        let sorted = |key: fn(&str) -> Option<char>| {
            let mut words: Vec<_> =
                list.split_ascii_whitespace().filter_map(|word| key(word).map(|key| (key, word))).collect();
            words.sort_unstable();
            words
        };
        Words { by_first: sorted(|word| word.chars().next()), by_last: sorted(|word| word.chars().next_back()) }
    }

    /// Whether the text continues with one of them at a position.
    pub(super) fn follow(&self, chars: &[char], at: usize) -> bool {
        chars.get(at).is_some_and(|&c| with(&self.by_first, c).any(|word| follows(chars, at, word)))
    }

    /// Whether the text before a position ends with one of them.
    pub(super) fn precede(&self, chars: &[char], end: usize) -> bool {
        end > 0 && with(&self.by_last, chars[end - 1]).any(|word| precedes(chars, end, word))
    }

    /// Whether this is one of them.
    pub(super) fn contain(&self, word: &str) -> bool {
        word.chars().next().is_some_and(|c| with(&self.by_first, c).any(|other| other == word))
    }
}

fn with(words: &[(char, &'static str)], key: char) -> impl Iterator<Item = &'static str> {
    let first = words.partition_point(|(other, _)| *other < key);
    words[first..].iter().take_while(move |(other, _)| *other == key).map(|(_, word)| *word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_at_its_beginning_at_its_end_and_whole() {
        let words = Words::of("上海 上官 海 to");
        let chars: Vec<char> = "在上海to上".chars().collect();
        let found = |holds: &dyn Fn(usize) -> bool| (0..=chars.len()).filter(|&at| holds(at)).collect::<Vec<_>>();
        assert_eq!(found(&|at| words.follow(&chars, at)), [1, 2, 3]);
        assert_eq!(found(&|at| words.precede(&chars, at)), [3, 5]);
        assert!(words.contain("上官") && words.contain("to") && !words.contain("上") && !words.contain(""));
    }
}
