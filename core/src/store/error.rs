//! Why could the store not do it?

use crate::bundle::BundleError;
use std::io;

/// Why something was not installed, removed or read. Whatever the reason, the old state or the new one holds.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file system said no.
    #[error("{call} {path}: {source}; free some space or check the directory, then try again")]
    Io {
        /// What was tried.
        call: &'static str,
        /// On which file, relative to the store.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The bundle is not acceptable.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The state file is there and is none.
    #[error("expected a state file, found one that is damaged: {reason}; start over and install the embedded rules")]
    StateDamaged {
        /// What is wrong.
        reason: String,
    },
    /// A newer app wrote the state file.
    #[error("expected a state file of version 1, found version {version}; update the app, or start over")]
    StateNewer {
        /// Its version.
        version: u32,
    },
    /// A blob that the state names is missing or altered.
    #[error(
        "blob {digest}: expected the bytes that were stored, found {found}; install the bundle again, or compile the image again"
    )]
    BlobDamaged {
        /// The SHA-256 that names it.
        digest: String,
        /// Nothing, or others.
        found: &'static str,
    },
    /// An older bundle, or another one of the same number.
    #[error("{publisher}/{layer}: expected a sequence number above {floor}, found {offered}; fetch the current bundle")]
    Rollback {
        /// Publisher id.
        publisher: String,
        /// Layer id.
        layer: String,
        /// Highest number ever installed.
        floor: u64,
        /// Number of the bundle.
        offered: u64,
    },
    /// A number so high that no later bundle might follow it.
    #[error(
        "{publisher}/{layer}: expected a sequence number at most 2^20 above {floor}, found {offered}; ask the publisher"
    )]
    FastForward {
        /// Publisher id.
        publisher: String,
        /// Layer id.
        layer: String,
        /// Highest number ever installed.
        floor: u64,
        /// Number of the bundle.
        offered: u64,
    },
    /// A bundle whose rules failed [`super::MAX_ATTEMPTS`] starts.
    #[error("{publisher}/{layer}: these rules failed here and were given up; wait for a bundle with a higher number")]
    GivenUp {
        /// Publisher id.
        publisher: String,
        /// Layer id.
        layer: String,
    },
    /// These layers do not go together.
    #[error(
        "expected one base with its additions, or one user layer alone, found {found}; install the base first, or remove what stands in the way"
    )]
    LayerSet {
        /// What there would be.
        found: String,
    },
    /// There is no such layer.
    #[error("expected {publisher}/{layer} among the installed layers, found none; list them first")]
    NotInstalled {
        /// Publisher id.
        publisher: String,
        /// Layer id.
        layer: String,
    },
    /// The image compiler refused the layers.
    #[error("expected layers that compile, found: {reason}; the old rules stay in use, tell the publisher")]
    Compile {
        /// What it said.
        reason: String,
    },
    /// More rules turned off than are remembered.
    #[error("expected at most {} rules turned off; turn some on again, or remove their layer", super::Own::MOST_OFF)]
    TooManyOff,
    /// Rules of the user's own that cannot be.
    #[error(transparent)]
    OwnRule(#[from] crate::rule::OwnRuleError),
    /// More layers than a state file can name.
    #[error("expected a state of at most {limit} bytes, found {found}; remove some layers")]
    StateTooLarge {
        /// The limit.
        limit: u64,
        /// What it would be.
        found: u64,
    },
}

impl StoreError {
    /// A stable name for programs, logs and documentation; that of the bundle's error if it is one.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            StoreError::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => "disk-full",
            StoreError::Io { .. } => "io",
            StoreError::Bundle(error) => error.code(),
            StoreError::StateDamaged { .. } => "state-damaged",
            StoreError::StateNewer { .. } => "state-newer",
            StoreError::BlobDamaged { .. } => "blob-damaged",
            StoreError::Rollback { .. } => "rollback",
            StoreError::FastForward { .. } => "fast-forward",
            StoreError::GivenUp { .. } => "given-up",
            StoreError::LayerSet { .. } => "layer-set",
            StoreError::NotInstalled { .. } => "not-installed",
            StoreError::Compile { .. } => "compile",
            StoreError::TooManyOff => "too-many-off",
            StoreError::OwnRule(_) => "own-rule",
            StoreError::StateTooLarge { .. } => "state-too-large",
        }
    }
}
