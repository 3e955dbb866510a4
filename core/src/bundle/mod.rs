//! Where do rules come from, and may they be believed? The signed file that carries one layer.
//!
//! [`write()`] encodes a layer, [`Unsigned::sign`] and [`add_signature`] sign it, [`open`] checks everything and decodes:
//! framing ([`envelope`]), signatures ([`sign`]), hashes, encoding and content (`content`, `validate`), in this order.
//!
//! ```
//! use smsfilter::bundle::{self, Limits, SigningKey, TrustRoot};
//! # use smsfilter::rule::{Layer, LayerKind, Meta};
//! # let meta = Meta { publisher: "test".into(), layer: "a".into(), kind: LayerKind::Addition, ..Meta::default() };
//! # let layer = Layer { meta, ..Layer::default() };
//! let file = bundle::write(&layer, [0; 32])?.sign(&[&SigningKey::development(0)]);
//! let bundle = bundle::open(&file, &TrustRoot::development(), &Limits::default())?;
//! assert_eq!(bundle.layer, layer);
//! # Ok::<(), bundle::BundleError>(())
//! ```

mod content;
pub mod envelope;
mod error;
mod limits;
#[cfg(test)]
pub(crate) mod sample;
pub mod sign;
#[cfg(test)]
mod tests;
mod validate;
pub(crate) mod wire;

use crate::rule::Layer;
use envelope::Envelope;

pub use content::section_name;
pub use envelope::{Header, Kind, SectionInfo};
pub use error::BundleError;
pub use limits::Limits;
pub use sign::{KeyId, PublicKey, SigningKey, TrustRoot};

/// A bundle that was checked and decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// What it says.
    pub layer: Layer,
    /// Its header.
    pub header: Header,
    /// SHA-256 of the whole file, signatures included.
    pub digest: [u8; 32],
    /// Trusted keys that signed, ascending.
    pub signers: Vec<KeyId>,
    /// Its sections, those that this engine does not know included.
    pub sections: Vec<SectionInfo>,
}

/// What a bundle claims, without anybody's word for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// Its header.
    pub header: Header,
    /// SHA-256 of the whole file, signatures included.
    pub digest: [u8; 32],
    /// Keys that claim to have signed, ascending; none was verified.
    pub claimed_signers: Vec<KeyId>,
    /// Its sections; their hashes are right.
    pub sections: Vec<SectionInfo>,
}

/// A written bundle that nobody has signed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned {
    file: Vec<u8>,
    sections: usize,
}

impl Unsigned {
    /// The signed file. A key given twice signs once; without keys, or with more than 8, no reader accepts it.
    #[must_use]
    pub fn sign(&self, keys: &[&SigningKey]) -> Vec<u8> {
        envelope::sign(&self.file, Kind::Bundle, self.sections, keys)
    }

    /// The file without signatures: what independent builders compare.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.file
    }
}

/// Encodes a layer. Equal layers and source hashes give equal bytes.
///
/// # Errors
/// The layer must be one that [`open`] would accept under [`Limits::default`].
pub fn write(layer: &Layer, source_hash: [u8; 32]) -> Result<Unsigned, BundleError> {
    let meta = &layer.meta;
    let mut header = Header::new(Kind::Bundle, &meta.publisher, &meta.layer);
    (header.seq, header.issued_at, header.not_after) = (meta.seq, meta.issued_at, meta.not_after);
    header.source_hash = source_hash;
    header.check()?;
    let limits = Limits::default();
    validate::layer(layer, &limits)?;
    let parts = content::encode(layer);
    content::check_sizes(parts.iter().map(|part| (part.0, part.3.len() as u64)), &limits)?;
    let file = envelope::build(header, &parts);
    envelope::within(|| "bundle bytes".into(), limits.bundle_bytes, file.len() as u64)?;
    Ok(Unsigned { file, sections: parts.len() })
}

/// Adds a signature to a bundle that is sound, whoever signed it so far.
///
/// # Errors
/// Whatever [`open`] would refuse but for the signers, a key that has signed already, a ninth signature.
pub fn add_signature(bundle: &[u8], key: &SigningKey) -> Result<Vec<u8>, BundleError> {
    let limits = Limits::default();
    let envelope = Envelope::parse(bundle, Kind::Bundle, content::KNOWN, &limits)?;
    if envelope.claimed().any(|id| id == key.id()) {
        return Err(BundleError::AlreadySigned { key: key.id() });
    }
    envelope::within(|| "signatures".into(), limits.signatures as u64, envelope.claimed().count() as u64 + 1)?;
    envelope.check_hashes()?;
    content::decode(&envelope, &limits)?;
    Ok(envelope.with_signature(key))
}

/// Opens a bundle: framing, then signatures, then section hashes, then encoding, then content.
///
/// # Errors
/// The first check that fails; nothing of the content is decoded before the signatures are verified.
pub fn open(bytes: &[u8], trust: &TrustRoot, limits: &Limits) -> Result<Bundle, BundleError> {
    let envelope = Envelope::parse(bytes, Kind::Bundle, content::KNOWN, limits)?;
    let signers = envelope.verify(trust)?;
    finish(bytes, envelope, signers, limits)
}

/// Opens a bundle that [`open`] accepted before, that the store kept, and whose digest it has just compared.
pub(crate) fn reopen(bytes: &[u8], signers: Vec<KeyId>, limits: &Limits) -> Result<Bundle, BundleError> {
    let envelope = Envelope::parse(bytes, Kind::Bundle, content::KNOWN, limits)?;
    finish(bytes, envelope, signers, limits)
}

fn finish(bytes: &[u8], envelope: Envelope, signers: Vec<KeyId>, limits: &Limits) -> Result<Bundle, BundleError> {
    envelope.check_hashes()?;
    let layer = content::decode(&envelope, limits)?;
    let digest = envelope::sha256(bytes);
    Ok(Bundle { layer, header: envelope.header, digest, signers, sections: envelope.sections })
}

/// Reads what a bundle claims: framing and section hashes, no signature and no content.
///
/// # Errors
/// A framing or hash that is wrong.
pub fn inspect(bytes: &[u8]) -> Result<Inspection, BundleError> {
    let envelope = Envelope::parse(bytes, Kind::Bundle, content::KNOWN, &Limits::default())?;
    envelope.check_hashes()?;
    let claimed_signers = envelope.claimed().collect();
    let digest = envelope::sha256(bytes);
    Ok(Inspection { header: envelope.header, digest, claimed_signers, sections: envelope.sections })
}

/// Type and name of a section, for messages.
fn describe(kind: u16) -> String {
    format!("{kind} ({})", section_name(kind).unwrap_or("unknown"))
}

/// Lower-case hexadecimal, as digests and key ids are shown.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
