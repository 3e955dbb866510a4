//! Opening an image: one hash, one bounds check a section, no copy.

use super::{
    Cold, ENTRY_WORDS, HEADER, LayerInfo, MAGIC, NO_DAY, RULE_WORDS, SECTIONS, Section, registry_key, start_bit,
};
use crate::{
    ENGINE_VERSION, Subcategory, Text,
    bundle::wire,
    category::Category,
    fold::{FoldError, FoldTable},
    policy::Action,
    rule,
};
use bytes::Bytes;
use fst::raw::Fst;
use once_cell::sync::OnceCell;
use regex_lite::Regex;
use sha2::{Digest, Sha256};

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
            ImageError::NoFold => "no-fold",
            ImageError::FoldMismatch => "fold-mismatch",
        }
    }
}

/// An opened image. Cheap to share, immutable.
pub struct Image {
    cold: Cold,
    fold: Option<FoldTable>,
    starts: Bytes,
    keywords: Fst<Bytes>,
    registry: Fst<Bytes>,
    postings: Words,
    rules: Words,
    code: Words,
    entries: Words,
    strings: Bytes,
    patterns: Vec<OnceCell<Option<Regex>>>,
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
    fn get(&self, at: usize) -> Option<u32> {
        let bytes = self.0.get(at * 4..at * 4 + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }

    fn len(&self) -> usize {
        self.0.len() / 4
    }
}

/// A rule as the image holds it.
#[derive(Clone, Copy, Debug)]
pub struct RuleRow<'a> {
    image: &'a Image,
    at: usize,
}

impl<'a> RuleRow<'a> {
    fn word(self, n: usize) -> u32 {
        self.image.rules.get(self.at * RULE_WORDS + n).unwrap_or_default()
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
        (self.word(1) >> 24).checked_sub(1)
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

    /// Its condition as words.
    pub(crate) fn code(self) -> impl DoubleEndedIterator<Item = u32> + 'a {
        let (start, length) = (self.word(5) as usize, self.word(6) as usize);
        let image = self.image;
        (start..start.saturating_add(length)).map(move |at| image.code.get(at).unwrap_or_default())
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
        let map =
            |which: Section| Fst::new(section(which)?).map_err(|_| ImageError::Malformed { section: which as usize });
        let cold = section(Section::Cold)?;
        let cold: Cold = wire::decode(&cold).map_err(|_| ImageError::Malformed { section: Section::Cold as usize })?;
        let fold = section(Section::Fold)?;
        Ok(Image {
            fold: if fold.is_empty() { None } else { Some(FoldTable::parse(fold)?) },
            starts: section(Section::Starts)?,
            keywords: map(Section::Keywords)?,
            registry: map(Section::Registry)?,
            postings: Words(section(Section::Postings)?),
            rules: Words(section(Section::Rules)?),
            code: Words(section(Section::Code)?),
            entries: Words(section(Section::Entries)?),
            strings: section(Section::Strings)?,
            patterns: cold.patterns.iter().map(|_| OnceCell::new()).collect(),
            cold,
            bytes,
        })
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

    /// SHA-256 of the fold tables its keywords were folded with.
    #[must_use]
    pub fn fold_digest(&self) -> [u8; 32] {
        self.cold.fold
    }

    /// All rules, in evaluation order.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = RuleRow<'_>> {
        (0..self.rules.len() / RULE_WORDS).map(|at| RuleRow { image: self, at })
    }

    /// The rule with this number.
    pub(crate) fn rule(&self, at: usize) -> RuleRow<'_> {
        RuleRow { image: self, at }
    }

    /// Kinds of `from`'s registries, a bit each, as this image numbers the same names.
    pub(crate) fn translate_kinds(&self, kinds: [u64; 3], from: &Image) -> [u64; 3] {
        std::array::from_fn(|register| {
            let bit = |name: &String| from.cold.kinds[register].iter().position(|other| other == name);
            let names = self.cold.kinds[register].iter().enumerate();
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

    pub(crate) fn keyword_fst(&self) -> &Fst<Bytes> {
        &self.keywords
    }

    /// Whether any keyword may start so; false positives only.
    pub(crate) fn may_start(&self, first: char, second: u32) -> bool {
        let bit = start_bit(first, second);
        self.starts.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
    }

    /// Calls back with (list, number of the keyword if the list is counted) for a keyword's FST value.
    pub(crate) fn postings(&self, value: u64, mut each: impl FnMut(u32, Option<u32>)) {
        if value & 1 == 0 {
            return each((value >> 1) as u32, None);
        }
        let at = (value >> 1) as usize;
        let end = at + 1 + self.postings.get(at).unwrap_or_default() as usize;
        let mut next = at + 1;
        while let Some(word) = self.postings.get(next).filter(|_| next < end) {
            let number = if word & 1 == 1 { self.postings.get(next + 1) } else { None };
            each(word >> 1, number);
            next += 1 + usize::from(number.is_some());
        }
    }

    /// Whether the pattern occurs; compiled on first need.
    pub(crate) fn pattern(&self, number: usize) -> Option<&Regex> {
        let cell = self.patterns.get(number)?;
        // A pattern was compiled when its bundle was read; one that fails now counts as no match.
        cell.get_or_init(|| rule::pattern(&self.cold.patterns[number]).ok()).as_ref()
    }

    /// The registry entry of a signature or number.
    pub(crate) fn registered(&self, register: u8, name: &str, whose: Whose) -> Option<RegistryEntry<'_>> {
        let mut key = Vec::with_capacity(name.len() + 1);
        registry_key(register, name, &mut key);
        self.registry.get(&key).and_then(|value| self.entry(value.value(), whose)).filter(|entry| entry.kinds != 0)
    }

    /// The kinds of a host and of every parent domain.
    pub(crate) fn domain_kinds(&self, host: &str, whose: Whose) -> u64 {
        let mut kinds = 0;
        for at in std::iter::once(0).chain(host.match_indices('.').map(|(at, _)| at + 1)) {
            kinds |= self.registered(super::DOMAIN, &host[at..], whose).map_or(0, |entry| entry.kinds);
        }
        kinds
    }

    fn entry(&self, number: u64, whose: Whose) -> Option<RegistryEntry<'_>> {
        let at = usize::try_from(number).ok()?.checked_mul(ENTRY_WORDS)? + whose as usize * 3;
        let (low, high) = (self.entries.get(at)?, self.entries.get(at + 1)?);
        Some(RegistryEntry {
            kinds: u64::from(low) | u64::from(high) << 32,
            ports: self.string(self.entries.get(at + 2)?),
        })
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
