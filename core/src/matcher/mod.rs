//! Which keywords occur, and what else is true of the message? One scan of the skeleton view, then plain facts.

mod facts;
mod keywords;
mod letters;
mod pattern;

pub(crate) use facts::Facts;
pub(crate) use keywords::Hits;
pub(crate) use letters::Letters;
pub(crate) use pattern::Pattern;

/// Numbers of the bits that are set, ascending.
pub(crate) fn bits(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (word != 0).then(|| word.trailing_zeros())?;
        word &= word - 1;
        Some(bit)
    })
}

/// Numbers of the bits that are set in a row of words, ascending.
pub(crate) fn ones(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(at, &word)| bits(word).map(move |bit| at * 64 + bit as usize))
}
