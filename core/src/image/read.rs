//! Opening an image: one hash, one bounds check a section, no copy.

use super::{
    Cold, ENTRY_WORDS, HEADER, LayerInfo, MAGIC, NAMES, NO_DAY, RULE_WORDS, SECTIONS, Section,
    condition::{self, Test},
    cue,
};
use crate::{
    ENGINE_VERSION, Subcategory, Text,
    bundle::wire,
    category::Category,
    dictionary::{Dictionary, Walk},
    fold::{FoldError, FoldTable},
    matcher::Pattern,
    model::{Model, ModelError},
    policy::Action,
    rule::condition::TRAITS,
};
use bytes::Bytes;
use once_cell::sync::OnceCell;
use sha2::{Digest, Sha256};
use std::ops::Range;

/// Why bytes are no image of this engine.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// Another file.
    #[error(
        "not an image: expected the first 8 bytes `SMSI…`, found other bytes: pass a file made by `smsfilter compile`"
    )]
    Foreign,
    /// An image of another engine.
    #[error("the image was made by engine {found}, this is engine {ENGINE_VERSION}: rebuild it from its bundles")]
    Engine {
        /// Its engine version.
        found: u32,
    },
    /// Changed since it was written.
    #[error("the image is damaged (its SHA-256 does not match): rebuild it from its bundles")]
    Damaged,
    /// A section does not fit.
    #[error("section {section} of the image is malformed: rebuild it from its bundles")]
    Malformed {
        /// Its number.
        section: usize,
    },
    /// The fold tables do not read.
    #[error("the image's fold tables do not read: {0}")]
    Fold(#[from] FoldError),
    /// The model does not read.
    #[error("the image's model does not read: {0}")]
    Model(#[from] ModelError),
    /// An image of user rules where published ones are needed.
    #[error("an image of user rules has no fold tables: open an image of published layers first, then add it")]
    NoFold,
    /// User rules folded otherwise than the published ones.
    #[error("the user rules were compiled with other fold tables than the published image: compile them again")]
    FoldMismatch,
}

impl ImageError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ImageError::Foreign => "foreign",
            ImageError::Engine { .. } => "engine",
            ImageError::Damaged => "damaged",
            ImageError::Malformed { .. } => "malformed",
            ImageError::Fold(_) => "fold",
            ImageError::Model(_) => "model",
            ImageError::NoFold => "no-fold",
            ImageError::FoldMismatch => "fold-mismatch",
        }
    }
}

/// Which part of an image costs what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SizeReport {
    /// Name and bytes of each part, in order of the file; they add up to the file.
    pub parts: Vec<(&'static str, usize)>,
}

/// An opened image. Cheap to share, immutable.
pub struct Image {
    cold: Cold,
    fold: Option<FoldTable>,
    keywords: Dictionary,
    registry: Bytes,
    postings: Bytes,
    rules: Words,
    code: Words,
    triggers: Words,
    entries: Words,
    strings: Bytes,
    model: Option<Model>,
    patterns: Vec<OnceCell<Pattern>>,
    bytes: Bytes,
}

impl std::fmt::Debug for Image {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Image")
            .field("layers", &self.cold.layers)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// A table of little-endian u32.
#[derive(Debug)]
struct Words(Bytes);

impl Words {
    #[inline(always)]
    fn all(&self) -> &[[u8; 4]] {
        self.0.as_chunks().0
    }

    #[inline(always)]
    fn get(&self, at: usize) -> Option<u32> {
        self.all().get(at).copied().map(u32::from_le_bytes)
    }

    fn range(&self, range: Range<usize>) -> impl Iterator<Item = u32> {
        self.all().get(range).unwrap_or_default().iter().copied().map(u32::from_le_bytes)
    }

    fn len(&self) -> usize {
        self.all().len()
    }
}

/// A rule as the image holds it.
#[derive(Clone, Copy, Debug)]
pub struct RuleRow<'a> {
    image: &'a Image,
    words: &'a [[u8; 4]; RULE_WORDS],
}

impl<'a> RuleRow<'a> {
    fn word(self, n: usize) -> u32 {
        u32::from_le_bytes(self.words[n])
    }

    fn text(self, n: usize) -> &'a str {
        self.image.string(self.word(n))
    }

    /// Number of its layer.
    #[must_use]
    pub fn layer(self) -> usize {
        self.word(0) as usize
    }

    /// Category and points, if it has any.
    #[must_use]
    pub fn points(self) -> Option<(Subcategory, i32)> {
        let packed = self.word(1);
        let category = Category::from_index(packed as u8).filter(|_| packed >> 16 & 0xff == 1)?;
        Some((Subcategory::from_index(category, (packed >> 8) as u8)?, self.word(2) as i32))
    }

    /// What it does, if it is a user's own rule.
    #[must_use]
    pub fn action(self) -> Option<Action> {
        let packed = self.word(1);
        Action::ALL.get(usize::from(packed as u8)).copied().filter(|_| packed >> 16 & 0xff == 2)
    }

    /// The bit of the ask trait it sets.
    pub(crate) fn ask(self) -> Option<u32> {
        (self.word(1) >> 24).checked_sub(1).filter(|&ask| (ask as usize) < TRAITS.len())
    }

    /// Whether it is on at a local day (days since 1970); a dated rule is off without one.
    #[must_use]
    pub fn is_on(self, day: Option<i32>) -> bool {
        let (from, until) = (self.word(3) as i32, self.word(4) as i32);
        match day {
            _ if from == NO_DAY && until == NO_DAY => true,
            Some(day) => day >= from && (until == NO_DAY || day <= until),
            None => false,
        }
    }

    /// Whether its condition holds, as these tests say.
    #[inline]
    pub(crate) fn holds(self, is_true: impl FnMut(Test) -> bool) -> bool {
        condition::holds(self.code(), is_true)
    }

    /// The tests of its condition.
    pub(crate) fn tests(self) -> impl Iterator<Item = Test> + 'a {
        self.code().iter().map(|words| Test::read(words.map(u32::from_le_bytes)))
    }

    fn code(self) -> &'a [[[u8; 4]; 2]] {
        let (start, length) = (self.word(5) as usize, self.word(6) as usize);
        self.image.code.all().get(start..start.saturating_add(length)).unwrap_or_default().as_chunks().0
    }

    /// `topic.name`.
    #[must_use]
    pub fn id(self) -> &'a str {
        self.text(7)
    }

    /// Shown to users.
    #[must_use]
    pub fn title(self) -> Text {
        Text { zh: self.text(8).to_owned(), en: self.text(9).to_owned() }
    }

    /// What a user should do; may be empty.
    #[must_use]
    pub fn tip(self) -> Text {
        Text { zh: self.text(10).to_owned(), en: self.text(11).to_owned() }
    }

    /// Who published it.
    #[must_use]
    pub fn publisher(self) -> &'a str {
        self.image.cold.layers.get(self.layer()).map_or("", |layer| &layer.meta.publisher)
    }
}

/// Whose word on a signature, host or number is asked for. A rule of the base layer hears the base alone: otherwise an
/// addition could register a host and so lower a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The base layer's.
    Base,
    /// That of all layers.
    All,
}

/// What the registries know of a signature, host or number.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegistryEntry<'a> {
    /// Bits of the kinds it is registered with.
    pub kinds: u64,
    /// Prefixes of the numbers it sends from, comma between; empty when unknown.
    pub ports: &'a str,
}

impl Image {
    /// Opens an image from memory, a memory map or static bytes. Nothing is copied but a few hundred bytes of layer heads.
    ///
    /// # Errors
    /// [`ImageError`] as its variants say.
    pub fn open(bytes: Bytes) -> Result<Image, ImageError> {
        if bytes.len() < HEADER + SECTIONS * 8 || bytes[..8] != MAGIC {
            return Err(ImageError::Foreign);
        }
        let word = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        if word(8) != ENGINE_VERSION {
            return Err(ImageError::Engine { found: word(8) });
        }
        if word(12) as usize != SECTIONS || Sha256::digest(&bytes[HEADER..])[..] != bytes[16..48] {
            return Err(ImageError::Damaged);
        }
        let section = |which: Section| {
            let at = HEADER + which as usize * 8;
            let (offset, length) = (word(at) as usize, word(at + 4) as usize);
            let end = offset.checked_add(length).filter(|&end| end <= bytes.len());
            end.map(|end| bytes.slice(offset..end)).ok_or(ImageError::Malformed { section: which as usize })
        };
        let cold = section(Section::Cold)?;
        let cold: Cold = wire::decode(&cold).map_err(|_| ImageError::Malformed { section: Section::Cold as usize })?;
        let triggers = Words(section(Section::Triggers)?);
        let rules = Words(section(Section::Rules)?);
        // There are as many lists as have triggers: nothing larger is ever set aside for them.
        if cue::LIST as usize + cold.lists as usize + rules.len() / RULE_WORDS >= triggers.len() {
            return Err(ImageError::Malformed { section: Section::Cold as usize });
        }
        let (fold, model) = (section(Section::Fold)?, section(Section::Model)?);
        Ok(Image {
            fold: if fold.is_empty() { None } else { Some(FoldTable::parse(fold)?) },
            keywords: Dictionary::open(section(Section::Keywords)?)
                .ok_or(ImageError::Malformed { section: Section::Keywords as usize })?,
            registry: section(Section::Registry)?,
            postings: section(Section::Postings)?,
            rules,
            code: Words(section(Section::Code)?),
            triggers,
            entries: Words(section(Section::Entries)?),
            strings: section(Section::Strings)?,
            model: if model.is_empty() { None } else { Some(Model::parse(model)?) },
            patterns: cold.patterns.iter().map(|_| OnceCell::new()).collect(),
            cold,
            bytes,
        })
    }

    /// What costs how many bytes.
    #[must_use]
    pub fn sizes(&self) -> SizeReport {
        let mut parts = vec![("header", HEADER + SECTIONS * 8)];
        for (at, name) in NAMES.into_iter().enumerate() {
            let length = self.bytes.slice(HEADER + at * 8 + 4..).as_chunks::<4>().0.first().copied();
            parts.push((name, length.map_or(0, u32::from_le_bytes) as usize));
        }
        let of = self.keywords.sizes();
        let keywords = [("anchors", of.anchors), ("character codes", of.alphabet), ("keyword FST", of.fst)];
        let at = 1 + Section::Keywords as usize;
        parts.splice(at..=at, keywords);
        let padding = self.bytes.len().saturating_sub(parts.iter().map(|part| part.1).sum());
        parts.push(("padding and heads of parts", padding));
        SizeReport { parts }
    }

    /// The whole file.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Its layers, the base first.
    #[must_use]
    pub fn layers(&self) -> &[LayerInfo] {
        &self.cold.layers
    }

    /// The fold tables; none in a user image.
    #[must_use]
    pub fn fold(&self) -> Option<&FoldTable> {
        self.fold.as_ref()
    }

    /// The model of the base layer, if it has one.
    #[must_use]
    pub fn model(&self) -> Option<&Model> {
        self.model.as_ref()
    }

    /// SHA-256 of the fold tables its keywords were folded with.
    #[must_use]
    pub fn fold_digest(&self) -> [u8; 32] {
        self.cold.fold
    }

    /// All rules, in evaluation order.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = RuleRow<'_>> {
        self.records().iter().map(|words| RuleRow { image: self, words })
    }

    /// The rule with this number; one past the last says nothing and never holds.
    pub(crate) fn rule(&self, at: usize) -> RuleRow<'_> {
        RuleRow { image: self, words: self.records().get(at).unwrap_or(&[[0; 4]; RULE_WORDS]) }
    }

    fn records(&self) -> &[[[u8; 4]; RULE_WORDS]] {
        self.rules.all().as_chunks().0
    }

    /// Kinds of `from`'s registries, a bit each, as this image numbers the same names.
    pub(crate) fn translate_kinds(&self, kinds: [u64; 3], from: &Image) -> [u64; 3] {
        std::array::from_fn(|register| {
            let bit = |name: &String| from.cold.kinds[register].iter().take(64).position(|other| other == name);
            let names = self.cold.kinds[register].iter().take(64).enumerate();
            names
                .filter(|(_, name)| bit(name).is_some_and(|bit| kinds[register] >> bit & 1 == 1))
                .map(|(n, _)| 1 << n)
                .sum()
        })
    }

    /// Number of keyword lists.
    pub(crate) fn lists(&self) -> usize {
        self.cold.lists as usize
    }

    /// Number of distinct folded keywords, aliases included.
    #[must_use]
    pub fn keywords(&self) -> usize {
        self.keywords.len()
    }

    /// How many of them the base layer has: the first.
    pub(crate) fn base_lists(&self) -> u32 {
        self.cold.base_lists
    }

    /// Where the keywords are.
    pub(crate) fn dictionary(&self) -> &Dictionary {
        &self.keywords
    }

    /// Numbers of the rules that a [`super::cue`] may make hold.
    pub(crate) fn triggered(&self, cue: u32) -> impl Iterator<Item = usize> {
        let bound = |at: u32| self.triggers.get(at as usize).unwrap_or_default() as usize;
        self.triggers.range(bound(cue)..bound(cue + 1)).map(|rule| rule as usize)
    }

    /// Calls back with (list, number of the keyword if the list is counted) for a keyword's value.
    pub(crate) fn postings(&self, value: u32, mut each: impl FnMut(u32, Option<u32>)) {
        let mut rest = self.postings.get(value as usize..).unwrap_or_default();
        while let Some(word) = number(&mut rest) {
            let counted = if word & 1 == 1 { number(&mut rest) } else { None };
            each(word >> 2, counted);
            if word & 2 == 2 {
                return;
            }
        }
    }

    /// A pattern; compiled on first need.
    pub(crate) fn pattern(&self, number: usize) -> Option<&Pattern> {
        let (cell, source) = (self.patterns.get(number)?, self.cold.patterns.get(number)?);
        Some(cell.get_or_init(|| Pattern::new(source)))
    }

    /// What the registries say of a signature or number, by its number: names of which they say the same share one.
    pub(crate) fn registered(&self, register: u8, name: &str) -> Option<u64> {
        let mut found = None;
        self.walk(register, name.bytes(), |length, entry| found = Some(entry).filter(|_| length == name.len()));
        found
    }

    /// The kinds of a host and of every parent domain, as the base layer says and as all say.
    pub(crate) fn domain_kinds(&self, host: &str) -> [u64; 2] {
        let mut kinds = [0; 2];
        // Hosts are registered backwards: one walk meets every parent.
        self.walk(super::DOMAIN, host.bytes().rev(), |length, entry| {
            let before = host.len() - length;
            if before == 0 || host.as_bytes()[before - 1] == b'.' {
                for (kinds, whose) in kinds.iter_mut().zip([Whose::Base, Whose::All]) {
                    *kinds |= self.entry(entry, whose).map_or(0, |entry| entry.kinds);
                }
            }
        });
        kinds
    }

    /// Calls back with each entry on the way along a key, and the length of its name.
    fn walk(&self, register: u8, name: impl Iterator<Item = u8>, mut each: impl FnMut(usize, u64)) {
        let Some((head, fst)) = self.registry.split_first_chunk::<8>() else { return };
        let mut walk = Walk { address: u32::from_le_bytes([head[0], head[1], head[2], head[3]]) as usize, out: 0 };
        for (length, byte) in std::iter::once(register).chain(name).enumerate() {
            if walk.byte(fst, byte).is_none() {
                return;
            }
            if let Some(entry) = walk.end(fst) {
                each(length, u64::from(entry));
            }
        }
    }

    /// What an entry of the registries says, if it says anything to those who hear it.
    pub(crate) fn entry(&self, number: u64, whose: Whose) -> Option<RegistryEntry<'_>> {
        let at = usize::try_from(number).ok()?.checked_mul(ENTRY_WORDS)? + whose as usize * 3;
        let kinds = u64::from(self.entries.get(at)?) | u64::from(self.entries.get(at + 1)?) << 32;
        let ports = self.string(self.entries.get(at + 2)?);
        Some(RegistryEntry { kinds, ports }).filter(|entry| entry.kinds != 0)
    }

    fn string(&self, at: u32) -> &str {
        let at = at as usize;
        let read = || {
            let length = u16::from_le_bytes(self.strings.get(at..at + 2)?.try_into().ok()?);
            std::str::from_utf8(self.strings.get(at + 2..at + 2 + usize::from(length))?).ok()
        };
        read().unwrap_or_default()
    }
}

/// Takes a number off the postings; none at their end, or when it is none that was written.
#[inline(always)]
fn number(rest: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= u32::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}
