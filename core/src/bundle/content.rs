//! How does a layer lie in a bundle's sections? Each part is one section; `validate` says what it may hold.

use super::{
    BundleError, Limits, SectionInfo,
    envelope::{Envelope, within},
    validate, wire,
};
use crate::{
    model::Model,
    rule::{Layer, Meta, Registries, Words},
};
use bytes::Bytes;
use serde::de::DeserializeOwned;

const META: u16 = 1;
const FOLD: u16 = 2;
const WORDS: u16 = 3;
const RULES: u16 = 4;
const REGISTRIES: u16 = 5;
const EXAMPLES: u16 = 6;
const MODEL: u16 = 7;
const CANARIES: u16 = 8;
const PRESETS: u16 = 9;

/// Section types that this engine reads.
pub(super) const KNOWN: &[u16] = &[META, FOLD, WORDS, RULES, REGISTRIES, EXAMPLES, MODEL, CANARIES, PRESETS];

/// The encoding of every section so far.
const SCHEMA: u32 = 1;

/// The name of a section type, if this engine knows it.
#[must_use]
pub fn section_name(kind: u16) -> Option<&'static str> {
    Some(match kind {
        META => "meta",
        FOLD => "fold",
        WORDS => "words",
        RULES => "rules",
        REGISTRIES => "registries",
        EXAMPLES => "examples",
        MODEL => "model",
        CANARIES => "canaries",
        PRESETS => "presets",
        _ => return None,
    })
}

/// The sections of a layer: type, schema, item count, bytes. Fold tables are in a base only, a model
/// and its canaries in a base that has one, presets in a layer that has any; every other type is always there.
pub(super) fn encode(layer: &Layer) -> Vec<(u16, u32, u32, Vec<u8>)> {
    let counts = Counts::of(layer);
    let mut parts = vec![(META, SCHEMA, 1, wire::encode(&layer.meta))];
    if let Some(fold) = &layer.fold {
        parts.push((FOLD, SCHEMA, 1, fold.to_vec()));
    }
    parts.push((WORDS, SCHEMA, counts.words, wire::encode(&layer.words)));
    parts.push((RULES, SCHEMA, counts.rules, wire::encode(&layer.rules)));
    parts.push((REGISTRIES, SCHEMA, counts.registries, wire::encode(&layer.registries)));
    parts.push((EXAMPLES, SCHEMA, counts.examples, wire::encode(&layer.examples)));
    if let Some(model) = &layer.model {
        parts.push((MODEL, SCHEMA, Counts::model(model) as u32, model.to_vec()));
    }
    if !layer.canaries.is_empty() {
        parts.push((CANARIES, SCHEMA, layer.canaries.len() as u32, wire::encode(&layer.canaries)));
    }
    if !layer.presets.is_empty() {
        parts.push((PRESETS, SCHEMA, layer.presets.len() as u32, wire::encode(&layer.presets)));
    }
    parts
}

/// The layer of an envelope, whose hashes the caller has checked.
pub(super) fn decode(envelope: &Envelope, limits: &Limits) -> Result<Layer, BundleError> {
    let header = &envelope.header;
    check_sizes(envelope.sections.iter().map(|section| (section.kind, section.length)), limits)?;
    let meta: Meta = value(envelope, META, |_| 1)?;
    let same = |field, header: &dyn ToString, meta: &dyn ToString| {
        let (header, meta) = (header.to_string(), meta.to_string());
        if header == meta { Ok(()) } else { Err(BundleError::HeaderMismatch { field, header, meta }) }
    };
    same("publisher", &header.publisher, &meta.publisher)?;
    same("layer", &header.layer, &meta.layer)?;
    same("seq", &header.seq, &meta.seq)?;
    same("issued_at", &header.issued_at, &meta.issued_at)?;
    same("not_after", &header.not_after, &meta.not_after)?;
    let raw = |kind, count: fn(&Bytes) -> usize| {
        let Some(section) = section(envelope, kind)? else { return Ok(None) };
        let bytes = Bytes::copy_from_slice(envelope.bytes_of(section));
        check_items(section, count(&bytes))?;
        Ok(Some(bytes))
    };
    let layer = Layer {
        meta,
        fold: raw(FOLD, |_| 1)?,
        model: raw(MODEL, Counts::model)?,
        canaries: list(envelope, CANARIES)?,
        presets: list(envelope, PRESETS)?,
        words: value(envelope, WORDS, Counts::words)?,
        rules: value(envelope, RULES, Vec::len)?,
        registries: value(envelope, REGISTRIES, Counts::registries)?,
        examples: value(envelope, EXAMPLES, Vec::len)?,
    };
    validate::layer(&layer, limits)?;
    Ok(layer)
}

/// Checks the sizes of the known sections among these.
pub(super) fn check_sizes(mut sections: impl Iterator<Item = (u16, u64)>, limits: &Limits) -> Result<(), BundleError> {
    sections.try_for_each(|(kind, length)| {
        let limit = match kind {
            META => limits.meta_bytes,
            FOLD => limits.fold_bytes,
            WORDS => limits.words_bytes,
            RULES => limits.rules_bytes,
            REGISTRIES => limits.registries_bytes,
            EXAMPLES => limits.examples_bytes,
            MODEL => limits.model_bytes,
            CANARIES => limits.canaries_bytes,
            PRESETS => limits.presets_bytes,
            _ => return Ok(()),
        };
        within(|| format!("bytes of section {}", super::describe(kind)), limit, length)
    })
}

fn value<T: DeserializeOwned>(envelope: &Envelope, kind: u16, count: fn(&T) -> usize) -> Result<T, BundleError> {
    let name = section_name(kind).unwrap_or("unknown");
    let section = section(envelope, kind)?.ok_or(BundleError::SectionMissing { section: name })?;
    let value = wire::decode(envelope.bytes_of(section))
        .map_err(|error| BundleError::Undecodable { section: name, reason: error.to_string() })?;
    check_items(section, count(&value))?;
    Ok(value)
}

/// The list in a section that is there only if it holds something.
fn list<T: DeserializeOwned>(envelope: &Envelope, kind: u16) -> Result<Vec<T>, BundleError> {
    match section(envelope, kind)? {
        Some(_) => value(envelope, kind, Vec::len),
        None => Ok(Vec::new()),
    }
}

/// The section of a known type. One version of the format writes a type in one way, so anything else is not ours.
fn section<'a>(envelope: &'a Envelope, kind: u16) -> Result<Option<&'a SectionInfo>, BundleError> {
    let Some(section) = envelope.sections.iter().find(|section| section.kind == kind) else { return Ok(None) };
    if section.schema > SCHEMA {
        let what = format!("schema {} of section {}", section.schema, super::describe(kind));
        return Err(BundleError::NeedsNewerEngine { what });
    }
    if section.schema < SCHEMA || !section.critical {
        return Err(BundleError::Malformed {
            at: format!("row of section {}", super::describe(kind)),
            expected: format!("schema {SCHEMA}, critical"),
            found: format!("schema {}, {}", section.schema, if section.critical { "critical" } else { "optional" }),
        });
    }
    Ok(Some(section))
}

fn check_items(section: &SectionInfo, count: usize) -> Result<(), BundleError> {
    if section.items as usize == count {
        return Ok(());
    }
    Err(BundleError::Malformed {
        at: format!("item count of section {}", super::describe(section.kind)),
        expected: count.to_string(),
        found: section.items.to_string(),
    })
}

/// What the table says of each section's content.
struct Counts {
    words: u32,
    rules: u32,
    registries: u32,
    examples: u32,
}

impl Counts {
    fn of(layer: &Layer) -> Counts {
        Counts {
            words: Self::words(&layer.words) as u32,
            rules: layer.rules.len() as u32,
            registries: Self::registries(&layer.registries) as u32,
            examples: layer.examples.len() as u32,
        }
    }

    fn words(words: &Words) -> usize {
        words.lists.len() + words.aliases.len() + words.patterns.len()
    }

    /// Rows of its table; 0 if it has none, which `validate` tells.
    fn model(model: &Bytes) -> usize {
        Model::parse(model.clone()).map_or(0, |model| model.rows())
    }

    fn registries(registries: &Registries) -> usize {
        registries.signatures.len() + registries.domains.len() + registries.senders.len()
    }
}
