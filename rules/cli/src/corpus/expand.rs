//! What does an intent say? Its wordings in turn, every slot drawn by seed, intent and count alone.

use super::{
    Corpus, Entry, Intent,
    text::{Piece, Slot, Template},
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Lists within lists: our choice, more is a circle.
const DEEPEST: usize = 6;

/// A message made of an intent.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Expanded {
    pub(crate) sender: String,
    pub(crate) body: String,
}

/// Eight bytes of a hash: one seed for each of all parts, which have no byte 0xFF.
pub(crate) fn hash(parts: &[&[u8]]) -> u64 {
    let digest = Sha256::digest(parts.join(&0xFF));
    u64::from_le_bytes(std::array::from_fn(|at| digest[at]))
}

impl Corpus {
    /// The `count`th message of an intent: the same for the same seed, whatever else the corpus holds.
    pub(crate) fn expand(&self, intent: &Intent, count: usize, seed: u64) -> Expanded {
        let part = [seed.to_string(), intent.name(), count.to_string()];
        let seed = hash(&part.each_ref().map(|part| part.as_bytes()));
        let mut draw = Draw {
            common: &self.lists,
            own: &intent.lists,
            dice: fastrand::Rng::with_seed(seed),
            drawn: BTreeMap::new(),
        };
        let (mut sender, mut body) = (String::new(), String::new());
        draw.write(&intent.sender, "", &mut sender);
        draw.write(&intent.wordings[count % intent.wordings.len()], "", &mut body);
        Expanded { sender, body }
    }
}

impl Intent {
    /// Slots that no list answers, each told once.
    pub(super) fn unknown<'a>(&'a self, common: &'a BTreeMap<String, Vec<Entry>>) -> impl Iterator<Item = String> {
        let mut told = BTreeSet::new();
        for template in self.wordings.iter().chain([&self.sender]) {
            self.missing(template, common, 0, &mut told);
        }
        told.into_iter()
    }

    fn missing(
        &self,
        template: &Template,
        common: &BTreeMap<String, Vec<Entry>>,
        depth: usize,
        told: &mut BTreeSet<String>,
    ) {
        for slot in template.slots() {
            let Some(list) = self.lists.get(&slot.list).or_else(|| common.get(&slot.list)) else {
                told.insert(format!(
                    "no list is named {}: define it under [slots] of the file or in slots.toml",
                    slot.list
                ));
                continue;
            };
            if depth == DEEPEST {
                told.insert(format!("list {} holds itself, or lists nest deeper than {DEEPEST}", slot.list));
                return;
            }
            for entry in list {
                match entry.get(&slot.field) {
                    Some(template) => self.missing(template, common, depth + 1, told),
                    None => drop(told.insert(format!("an entry of list {} has no field {}", slot.list, slot.field))),
                }
            }
        }
    }
}

/// An entry, and its fields by name.
type Drawn<'a> = (&'a Entry, BTreeMap<String, String>);

struct Draw<'a> {
    common: &'a BTreeMap<String, Vec<Entry>>,
    own: &'a BTreeMap<String, Vec<Entry>>,
    dice: fastrand::Rng,
    /// What each list gave for each draw so far, and its fields as they were written.
    drawn: BTreeMap<(String, String), Drawn<'a>>,
}

impl<'a> Draw<'a> {
    /// Writes a text that stands in an entry of such a draw: another name has another surname as well.
    fn write(&mut self, template: &Template, draw: &str, out: &mut String) {
        for piece in &template.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Digits(count) => out.extend((0..*count).map(|_| self.dice.digit(10))),
                Piece::Number(range, width) => *out += &format!("{:0width$}", self.dice.u64(range.clone())),
                Piece::Slot(slot) => *out += &self.slot(slot, draw),
            }
        }
    }

    fn slot(&mut self, slot: &Slot, within: &str) -> String {
        let list = self.own.get(&slot.list).or_else(|| self.common.get(&slot.list)).map_or(&[][..], Vec::as_slice);
        let draw = if slot.draw.is_empty() { within.to_owned() } else { format!("{within}/{}", slot.draw) };
        let key = (slot.list.clone(), draw.clone());
        let entry = match self.drawn.get(&key) {
            Some((entry, fields)) => match fields.get(&slot.field) {
                Some(text) => return text.clone(),
                None => *entry,
            },
            None => &list[self.dice.usize(..list.len())],
        };
        let (template, mut text) = (&entry[&slot.field], String::new());
        self.write(template, &draw, &mut text);
        let (_, fields) = self.drawn.entry(key).or_insert((entry, BTreeMap::new()));
        fields.insert(slot.field.clone(), text.clone());
        text
    }
}
