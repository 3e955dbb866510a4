//! Which messages are hard to carry? Examples of the rules with everything in them that an encoding may stumble over.

use super::Crossing;
use crate::{layer, oracle::SENDERS};
use smsfilter::Known;

/// A text that UTF-16 can hold and UTF-8 cannot, beside what becomes of it.
#[derive(Clone, Debug, Default)]
pub struct Text {
    units: Vec<u16>,
    replaced: String,
}

impl Text {
    /// As it is sent.
    #[must_use]
    pub fn units(&self) -> &[u16] {
        &self.units
    }

    /// With U+FFFD for each lone surrogate: written down as the text is made, not found by decoding it.
    #[must_use]
    pub fn replaced(&self) -> &str {
        &self.replaced
    }

    fn push(&mut self, c: char) {
        self.units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
        self.replaced.push(c);
    }

    /// A surrogate that stays alone: a second half behind a first one is left out.
    fn push_lone(&mut self, surrogate: u16) {
        let pairs = surrogate >= 0xDC00 && self.units.last().is_some_and(|last| (0xD800..0xDC00).contains(last));
        if !pairs {
            self.units.push(surrogate);
            self.replaced.push(char::REPLACEMENT_CHARACTER);
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text { units: text.encode_utf16().collect(), replaced: text.to_owned() }
    }
}

/// Messages, the same every time.
#[derive(Debug)]
pub struct Strange {
    random: fastrand::Rng,
    examples: Vec<String>,
}

/// Times on both sides of what is a time, and of a festival.
const TIMES: [Option<i64>; 6] = [None, Some(i64::MIN + 1), Some(-1), Some(0), Some(1_794_300_000_000), Some(i64::MAX)];
/// What decoders, loggers and folding treat in a way of its own.
const AWKWARD: [char; 8] = ['\u{FEFF}', '\u{200D}', '\u{FFFD}', '\u{FFFF}', '\r', '\n', '\u{2028}', '\u{301}'];
const OPERATORS: [&str; 4] = ["", "46000", "46001", "310260"];

impl Strange {
    /// From the examples of the national rules.
    #[must_use]
    pub fn new() -> Strange {
        let examples = layer("national").examples.into_iter().map(|example| example.text).collect();
        Strange { random: fastrand::Rng::with_seed(20_261_122), examples }
    }

    /// The next message.
    pub fn any(&mut self) -> Crossing {
        let example = self.example();
        let body = match self.random.u32(..100) {
            0..30 => Text::from(example.as_str()),
            30..75 => self.disturbed(&example, 1, 6),
            75..90 => {
                let length = self.random.usize(..200);
                self.disturbed("", length, length)
            }
            90..92 => Text::default(),
            92..99 => {
                let whole: String = (0..self.random.usize(2..12)).map(|_| self.example()).collect();
                self.disturbed(&whole, 0, 20)
            }
            _ => self.long_text(10_000),
        };
        self.circumstances(body)
    }

    /// A text with any sender, time, SIM, relation and policy.
    pub fn circumstances(&mut self, body: Text) -> Crossing {
        let sender = self.random.choice(SENDERS).map_or("", |(sender, _)| sender);
        let operator = self.random.choice(OPERATORS).unwrap_or_default();
        let slot = self.random.u8(..);
        Crossing {
            sender: self.sometimes_disturbed(sender),
            body,
            received_at: self.random.choice(TIMES).flatten(),
            utc_offset_min: self.random.i16(-1080..=1080),
            sim: self.random.bool().then(|| (slot, self.sometimes_disturbed(operator))),
            known: self.random.choice([Known::Contact, Known::Replied, Known::None]).unwrap_or_default(),
            preset: self.random.choice([None, Some(0), Some(1), Some(2), Some(3)]).flatten(),
        }
    }

    /// A message of at least so many bytes as UTF-8.
    pub fn long(&mut self, bytes: usize) -> Crossing {
        let body = self.long_text(bytes);
        self.circumstances(body)
    }

    fn long_text(&mut self, bytes: usize) -> Text {
        let mut whole = String::with_capacity(bytes + 1_000);
        while whole.len() < bytes {
            whole += &self.example();
        }
        let mut text = Text::from(whole.as_str());
        self.odd(&mut text);
        text
    }

    fn example(&mut self) -> String {
        self.random.choice(&self.examples).cloned().unwrap_or_default()
    }

    fn sometimes_disturbed(&mut self, text: &str) -> Text {
        if self.random.u8(..) < 32 { self.disturbed(text, 1, 2) } else { Text::from(text) }
    }

    /// `text` with odd characters in it, anywhere.
    fn disturbed(&mut self, text: &str, least: usize, most: usize) -> Text {
        let count = self.random.usize(least..=most);
        let length = text.chars().count();
        let mut places: Vec<usize> = (0..count).map(|_| self.random.usize(..=length)).collect();
        places.sort_unstable();
        let (mut out, mut places) = (Text::default(), places.into_iter().peekable());
        for (at, c) in text.chars().enumerate() {
            while places.next_if_eq(&at).is_some() {
                self.odd(&mut out);
            }
            out.push(c);
        }
        places.for_each(|_| self.odd(&mut out));
        out
    }

    fn odd(&mut self, text: &mut Text) {
        match self.random.u8(..6) {
            0 => text.push_lone(self.random.u16(0xD800..0xDC00)),
            1 => text.push_lone(self.random.u16(0xDC00..=0xDFFF)),
            2 => text.push('\0'),
            3 => text.push(self.random.choice(AWKWARD).unwrap_or_default()),
            // A plane first: most characters lie in planes that nobody uses.
            4 => char::from_u32(self.random.u32(..17) << 16 | self.random.u32(..0x1_0000))
                .into_iter()
                .for_each(|c| text.push(c)),
            _ => text.push(self.random.char('\u{4E00}'..='\u{9FFF}')),
        }
    }
}

impl Default for Strange {
    fn default() -> Strange {
        Strange::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replaced_is_what_a_decoder_cannot_read() {
        let mut strange = Strange::new();
        let mut lone = 0;
        for _ in 0..500 {
            let Crossing { sender, body, .. } = strange.any();
            for text in [sender, body] {
                assert_eq!(String::from_utf16_lossy(text.units()), text.replaced());
                lone += char::decode_utf16(text.units().iter().copied()).filter(Result::is_err).count();
            }
        }
        assert!(lone > 100, "{lone}");
    }
}
