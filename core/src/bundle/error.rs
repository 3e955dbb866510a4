//! Why was a file refused? Each reason says what was expected, what was found, where, and what to do.

use super::KeyId;

/// Why a signed file, a key or a layer was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// Another format.
    #[error(
        "expected a signed rule file beginning with SMSB, found {found}; fetch it again in binary mode, or name another file"
    )]
    NotABundle {
        /// The first bytes.
        found: String,
    },
    /// A keyset where a bundle should be, or the like.
    #[error("expected a {expected} file, found {found}; name a {expected} file")]
    WrongKind {
        /// What was asked for.
        expected: &'static str,
        /// What the header says.
        found: String,
    },
    /// Written for an engine that knows more than this one.
    #[error("needs a newer engine: {what}; update the app, the installed rules stay in use")]
    NeedsNewerEngine {
        /// What this engine does not know.
        what: String,
    },
    /// Asks for keys that this trust root does not have.
    #[error(
        "expected a keyset of version {needed} or later, found trust root {trust:?} without keysets; update the keys, then install again"
    )]
    NeedsNewerKeyset {
        /// The version asked for.
        needed: u32,
        /// Name of the trust root.
        trust: String,
    },
    /// Larger than [`super::Limits`] allow.
    #[error("{what}: expected at most {limit}, found {found}; split or shorten it")]
    OverLimit {
        /// What is too large, and where.
        what: String,
        /// The limit.
        limit: u64,
        /// What was found.
        found: u64,
    },
    /// The file ends early.
    #[error("{what}: expected {needed} bytes, found {found}; the file is cut off, fetch it again")]
    Truncated {
        /// What should be there.
        what: &'static str,
        /// Bytes needed.
        needed: u64,
        /// Bytes there are.
        found: u64,
    },
    /// The framing breaks a rule of the format.
    #[error(
        "{at}: expected {expected}, found {found}; the file is damaged or was not written by this tool, fetch or build it again"
    )]
    Malformed {
        /// Where.
        at: String,
        /// The rule.
        expected: String,
        /// What breaks it.
        found: String,
    },
    /// No signature.
    #[error("expected at least one signature, found none; sign the file first")]
    NotSigned,
    /// Only keys that the trust root does not name have signed.
    #[error("expected a signature by a key of trust root {trust:?}, found only {}; name the root of this publisher, or do not install", list(.found))]
    UnknownSigner {
        /// Who claims to have signed.
        found: Vec<KeyId>,
        /// Name of the trust root.
        trust: String,
    },
    /// A trusted key is named, and the signature is not its.
    #[error("the signature named {key} does not fit the content; the file was changed after signing, fetch it again")]
    WrongSignature {
        /// The key that did not sign this.
        key: KeyId,
    },
    /// Some, but too few, trusted keys have signed.
    #[error(
        "expected {needed} signatures by different keys of trust root {trust:?}, found {found} (and {unknown} by unknown keys); ask the other signers to add theirs"
    )]
    ThresholdNotMet {
        /// How many are needed.
        needed: usize,
        /// How many are there.
        found: usize,
        /// How many are by keys that the root does not name.
        unknown: usize,
        /// Name of the trust root.
        trust: String,
    },
    /// The key has signed already.
    #[error("{key} has already signed this file; sign with another key")]
    AlreadySigned {
        /// The key.
        key: KeyId,
    },
    /// Not a point, not canonical, or of small order: anybody could sign for it.
    #[error("expected a strong Ed25519 public key, found {found}; make a new key")]
    WeakKey {
        /// The key in hex.
        found: String,
    },
    /// A trust root that cannot work.
    #[error("trust root {name:?}: expected {expected}, found {found}; correct the root file")]
    BadTrustRoot {
        /// Name of the root.
        name: String,
        /// The rule.
        expected: &'static str,
        /// What breaks it.
        found: String,
    },
    /// The hash of a section in the signed table is not the hash of its bytes.
    #[error(
        "section {section}: expected the bytes that were signed, found others; the file is damaged, fetch it again"
    )]
    SectionDamaged {
        /// Type and name.
        section: String,
    },
    /// A section that must be there is not.
    #[error("expected a {section} section, found none; build the bundle again")]
    SectionMissing {
        /// Its name.
        section: &'static str,
    },
    /// The bytes of a section are not what its type says.
    #[error(
        "section {section}: expected an encoded value, found bytes that are none ({reason}); build the bundle again"
    )]
    Undecodable {
        /// Its name.
        section: &'static str,
        /// What the decoder says.
        reason: String,
    },
    /// Header and meta section disagree.
    #[error("{field}: expected {header} as in the header, found {meta} in the meta section; build the bundle again")]
    HeaderMismatch {
        /// Which field.
        field: &'static str,
        /// Value in the header.
        header: String,
        /// Value in the meta section.
        meta: String,
    },
    /// Well encoded, and still no valid layer.
    #[error("{at}: expected {expected}, found {found}; correct the rules and build the bundle again")]
    InvalidContent {
        /// Where.
        at: String,
        /// The rule.
        expected: String,
        /// What breaks it.
        found: String,
    },
}

impl BundleError {
    /// A stable name for programs, logs and documentation; it holds nothing of the file.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            BundleError::NotABundle { .. } => "not-a-bundle",
            BundleError::WrongKind { .. } => "wrong-kind",
            BundleError::NeedsNewerEngine { .. } => "needs-newer-engine",
            BundleError::NeedsNewerKeyset { .. } => "needs-newer-keyset",
            BundleError::OverLimit { .. } => "over-limit",
            BundleError::Truncated { .. } => "truncated",
            BundleError::Malformed { .. } => "malformed",
            BundleError::NotSigned => "not-signed",
            BundleError::UnknownSigner { .. } => "unknown-signer",
            BundleError::WrongSignature { .. } => "wrong-signature",
            BundleError::ThresholdNotMet { .. } => "threshold-not-met",
            BundleError::AlreadySigned { .. } => "already-signed",
            BundleError::WeakKey { .. } => "weak-key",
            BundleError::BadTrustRoot { .. } => "bad-trust-root",
            BundleError::SectionDamaged { .. } => "section-damaged",
            BundleError::SectionMissing { .. } => "section-missing",
            BundleError::Undecodable { .. } => "undecodable",
            BundleError::HeaderMismatch { .. } => "header-mismatch",
            BundleError::InvalidContent { .. } => "invalid-content",
        }
    }
}

fn list(ids: &[KeyId]) -> String {
    ids.iter().map(KeyId::to_string).collect::<Vec<_>>().join(", ")
}
