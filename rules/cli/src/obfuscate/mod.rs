//! How would a spammer write this text so that a reader still reads it? One trick a message, on a share of its characters.
//!
//! The tables stand apart from those of `core/src/fold`, which undo such tricks: what is measured on disguised messages is
//! not the fold tables tested against themselves. `characters.tsv` is made by `cargo xtask character-table`.

mod characters;
mod inserted;
mod letters;
mod sounds;
#[cfg(test)]
mod tests;

use crate::corpus::hash;
use fastrand::Rng;

/// A way to write a text so that programs misread it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Trick {
    /// ASCII in full width.
    FullWidth,
    /// Simplified characters as traditional ones.
    Traditional,
    /// A punctuation mark, space or symbol between two Han characters.
    Separators,
    /// Something invisible between two Han characters.
    ZeroWidth,
    /// Another common character of the same sound, of the same tone if there is one.
    Homophones,
    /// Another Han character that looks much the same.
    LookAlikes,
    /// Letters and digits of other scripts and styles for ASCII ones; links stay as they are.
    Letters,
    /// A character as its left and right part.
    SplitRadicals,
    /// Digits as keycap emoji; links stay as they are.
    EmojiDigits,
    /// A character as its sound in Latin letters.
    Pinyin,
    /// One of the others for each character.
    Mixed,
}

/// Which characters a rate is counted on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Han,
    /// Printable ASCII.
    Ascii,
    /// ASCII letters and digits outside links: a link that nobody can open sells nothing.
    Letter,
    /// ASCII digits outside links.
    Digit,
}

impl Trick {
    /// All but the mixture.
    const SINGLE: [Trick; 10] = [
        Trick::FullWidth,
        Trick::Traditional,
        Trick::Separators,
        Trick::ZeroWidth,
        Trick::Homophones,
        Trick::LookAlikes,
        Trick::Letters,
        Trick::SplitRadicals,
        Trick::EmojiDigits,
        Trick::Pinyin,
    ];

    fn units(self) -> &'static [Unit] {
        match self {
            Trick::FullWidth => &[Unit::Ascii],
            Trick::Letters => &[Unit::Letter],
            Trick::EmojiDigits => &[Unit::Digit],
            Trick::Mixed => &[Unit::Han, Unit::Letter],
            _ => &[Unit::Han],
        }
    }

    /// What is written for the character `at`; `None` where the trick has nothing for it.
    fn write(self, text: &[char], at: usize, dice: &mut Rng) -> Option<String> {
        let c = text[at];
        match self {
            Trick::FullWidth => letters::full_width(c).map(String::from),
            Trick::Traditional => characters::traditional(c, dice).map(String::from),
            Trick::Separators => inserted::separator(text, at, dice),
            Trick::ZeroWidth => inserted::invisible(text, at, dice),
            Trick::Homophones => sounds::homophone(c, dice).map(String::from),
            Trick::LookAlikes => characters::look_alike(c, dice).map(String::from),
            Trick::Letters => letters::look_alike(c, dice).map(String::from),
            Trick::SplitRadicals => characters::parts(c, dice).map(str::to_owned),
            Trick::EmojiDigits => letters::emoji(c),
            Trick::Pinyin => sounds::pinyin(c),
            Trick::Mixed => {
                let mut tricks = Trick::SINGLE;
                dice.shuffle(&mut tricks);
                tricks.into_iter().find_map(|trick| trick.write(text, at, dice))
            }
        }
    }
}

/// The text with `percent` of the characters that the trick is about disguised: at least one, if it can change any. A
/// character that it cannot change is passed over for another. The same for the same seed, whatever other texts there are;
/// what a lower rate disguises, a higher one does too.
pub(crate) fn disguise(text: &str, trick: Trick, percent: f64, seed: u64) -> String {
    let chars: Vec<char> = text.chars().collect();
    let in_link = links(&chars);
    let mut seeds = Rng::with_seed(hash(&[seed.to_string().as_bytes(), text.as_bytes()]));
    let mut written: Vec<Option<String>> = vec![None; chars.len()];
    for unit in trick.units() {
        let mut places: Vec<usize> = (0..chars.len()).filter(|&at| unit.has(chars[at], in_link[at])).collect();
        let wanted = ((places.len() as f64 * percent / 100.0).round() as usize).max(1);
        let mut dice = seeds.fork();
        dice.shuffle(&mut places);
        let changed = places.into_iter().filter_map(|at| Some((at, trick.write(&chars, at, &mut dice)?)));
        changed.take(wanted).for_each(|(at, text)| written[at] = Some(text));
    }
    chars.iter().zip(written).map(|(c, written)| written.unwrap_or_else(|| c.to_string())).collect()
}

impl Unit {
    fn has(self, c: char, in_link: bool) -> bool {
        match self {
            Unit::Han => is_han(c),
            Unit::Ascii => c.is_ascii_graphic(),
            Unit::Letter => c.is_ascii_alphanumeric() && !in_link,
            Unit::Digit => c.is_ascii_digit() && !in_link,
        }
    }
}

/// A Han character as messages hold them.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

/// Which characters are of a link: a run of printable ASCII with a slash in it, or a full stop before a letter.
fn links(chars: &[char]) -> Vec<bool> {
    let runs = chars.chunk_by(|a, b| a.is_ascii_graphic() && b.is_ascii_graphic());
    runs.flat_map(|run| {
        let is_link = run.contains(&'/') || run.windows(2).any(|two| two[0] == '.' && two[1].is_ascii_alphabetic());
        std::iter::repeat_n(is_link, run.len())
    })
    .collect()
}
