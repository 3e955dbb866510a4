//! What sounds alike, by the readings of the crate `pinyin`.

use super::characters;
use fastrand::Rng;
use pinyin::ToPinyin;
use std::{collections::HashMap, sync::LazyLock};

/// Whoever types by sound is offered the frequent ones first, and takes one of them.
const OFFERED: usize = 6;

/// Common characters by sound, with and without tone, the most frequent first.
static BY_SOUND: LazyLock<HashMap<&'static str, Vec<char>>> = LazyLock::new(|| {
    let mut sounds: HashMap<&str, Vec<char>> = HashMap::new();
    for c in characters::common() {
        let Some(sound) = c.to_pinyin() else { continue };
        sounds.entry(sound.plain()).or_default().push(c);
        // Without a tone, as 的 is read, both are the same.
        if sound.with_tone_num_end() != sound.plain() {
            sounds.entry(sound.with_tone_num_end()).or_default().push(c);
        }
    }
    sounds
});

pub(super) fn homophone(c: char, dice: &mut Rng) -> Option<char> {
    let sound = c.to_pinyin()?;
    let others = |key| BY_SOUND.get(key).into_iter().flatten().copied().filter(|&other| other != c).take(OFFERED);
    let same: Vec<char> = others(sound.with_tone_num_end()).collect();
    dice.choice(if same.is_empty() { others(sound.plain()).collect() } else { same })
}

/// As it is typed: `v` for ü.
pub(super) fn pinyin(c: char) -> Option<String> {
    Some(c.to_pinyin()?.plain().replace('ü', "v"))
}
