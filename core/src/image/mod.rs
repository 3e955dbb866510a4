//! What does the matcher walk? One file of FSTs and fixed-width tables, made by [`compile`] and opened without copying.
//!
//! Little-endian: `SMSI\r\n\x1a\n`, engine version (u32), section count (u32), SHA-256 of everything after the header,
//! then per section offset and length (u32 each), then the sections, 8-byte aligned. An image is a private cache: only
//! ever what this engine wrote, named by the store with its hash; any mismatch means rebuilding it from the bundles.

mod compile;
mod condition;
mod keywords;
mod read;
mod triggers;

pub use compile::{CompileError, Input, compile, compile_user};
pub(crate) use condition::Test;
pub use keywords::{MAX_FORMS, forms};
pub use read::{Image, ImageError, RegistryEntry, RuleRow, SizeReport, Whose};

pub use crate::dictionary::MAX_KEYWORD;

use crate::rule::Meta;
use serde::{Deserialize, Serialize};

const MAGIC: [u8; 8] = *b"SMSI\r\n\x1a\n";
const HEADER: usize = 8 + 4 + 4 + 32;

/// Sections in file order.
#[derive(Clone, Copy)]
#[repr(usize)]
enum Section {
    /// bincode: [`Cold`].
    Cold,
    /// [`crate::fold::FoldTable`]; empty in a user image.
    Fold,
    /// [`crate::dictionary::Dictionary`]: folded keyword → posting.
    Keywords,
    /// u32 words: for each group of keywords the lists they stand in.
    Postings,
    /// u32 words: [`RuleRow`] records of [`RULE_WORDS`].
    Rules,
    /// u32 words: conditions, two words a [`Test`].
    Code,
    /// u32 words: which rules may hold once a [`cue`] is there; first the offset of each cue's rules and their end.
    Triggers,
    /// Address of the root (u32) and four zeros, then an FST: registered signatures, hosts and numbers → entry number.
    Registry,
    /// u32 words: entries of [`ENTRY_WORDS`].
    Entries,
    /// Length-prefixed (u16) UTF-8.
    Strings,
    /// [`crate::model::Model`] of the base layer; empty if it has none.
    Model,
}
const SECTIONS: usize = 11;

/// Names of the sections in file order, for [`SizeReport`].
const NAMES: [&str; SECTIONS] = [
    "heads",
    "fold tables",
    "keywords",
    "postings",
    "rules",
    "conditions",
    "triggers",
    "registries",
    "registry entries",
    "texts",
    "model",
];

/// Words of a rule record: layer, packed category, points, from, until, code start, code length, id, title zh, title en,
/// tip zh, tip en.
const RULE_WORDS: usize = 12;
/// Words of a registry entry: what the base layer says, then what all layers say, each as kinds (low, high) and ports.
const ENTRY_WORDS: usize = 6;
/// "No date" in a rule record.
const NO_DAY: i32 = i32::MIN;

/// What is read whole when an image is opened: small and rarely looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Cold {
    layers: Vec<LayerInfo>,
    /// Pattern sources, all layers.
    patterns: Vec<String>,
    /// Number of keyword lists of all layers, and of the base.
    lists: u32,
    base_lists: u32,
    /// Names of the registries' kinds in order of their bits: signatures, domains, senders.
    kinds: [Vec<String>; 3],
    /// SHA-256 of the fold tables that the keywords were folded with.
    fold: [u8; 32],
}

/// A layer inside an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerInfo {
    /// What the layer says of itself.
    pub meta: Meta,
    /// SHA-256 of the bundle it came from.
    pub digest: [u8; 32],
}

/// Operation codes of tests.
pub(crate) mod op {
    pub(crate) const LIST: u32 = 0;
    pub(crate) const COUNT: u32 = 1;
    pub(crate) const PATTERN: u32 = 2;
    pub(crate) const RULE: u32 = 3;
    pub(crate) const TRAIT: u32 = 4;
    pub(crate) const FROM: u32 = 5;
    pub(crate) const SIGNATURE: u32 = 6;
    pub(crate) const DOMAIN: u32 = 7;
    pub(crate) const SENDER: u32 = 8;
}

/// What makes a look at a rule worth while, numbered: always, each keyword list, each rule, each trait, each sender class,
/// each kind of the three registries. A rule can only hold if one of its cues is there.
pub(crate) mod cue {
    use crate::rule::condition::TRAITS;

    /// Rules that may hold of any message.
    pub(crate) const ALWAYS: u32 = 0;
    /// Each trait, then each class of sender (at most 32), then each kind of signature, domain and sender.
    pub(crate) const TRAIT: u32 = 1;
    pub(crate) const FROM: u32 = TRAIT + TRAITS.len() as u32;
    pub(crate) const KIND: u32 = FROM + 32;
    /// The lists, and behind them the rules.
    pub(crate) const LIST: u32 = KIND + 3 * 64;
}

/// Key of a registry entry in the FST.
pub(crate) fn registry_key(register: u8, name: &str, out: &mut Vec<u8>) {
    out.clear();
    out.push(register);
    if register == DOMAIN {
        // Hosts backwards, so that a walk meets every parent domain.
        out.extend(name.bytes().rev());
    } else {
        out.extend_from_slice(name.as_bytes());
    }
}
/// Registers of the registry FST.
pub(crate) const SIGNATURE: u8 = b's';
pub(crate) const DOMAIN: u8 = b'd';
pub(crate) const SENDER: u8 = b'n';
/// The bit of the domain kind `short`, the one kind that the engine itself knows.
pub(crate) const SHORT_LINK: u64 = 1;
