//! Why was a model refused?

/// Why bytes are no model that this engine can use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Another format.
    #[error("expected a model beginning with SMSM, found {found}; name the file that `smsfilter train` wrote")]
    NotAModel {
        /// The first bytes, in hex.
        found: String,
    },
    /// Written for an engine that knows more than this one.
    #[error("needs a newer engine: {what}; update the app, or train the model again with this one")]
    NeedsNewerEngine {
        /// What this engine does not know.
        what: String,
    },
    /// The bytes end early, or go on.
    #[error("model: expected {expected} bytes as its head says, found {found}; fetch or train it again")]
    Length {
        /// What the head asks for.
        expected: u64,
        /// What there is.
        found: u64,
    },
    /// A field says what none may say.
    #[error("{at} of the model: expected {expected}, found {found}; fetch or train it again")]
    Malformed {
        /// Which field.
        at: String,
        /// The rule.
        expected: String,
        /// What breaks it.
        found: String,
    },
    /// A canary message comes out other than when the model was trained.
    #[error(
        "canary {number} of the model: expected {expected}, found {found}; the model, the fold tables or this build are not what was trained with, install it again"
    )]
    Canary {
        /// Its position, from 0.
        number: usize,
        /// What the trainer computed.
        expected: String,
        /// What this engine computes.
        found: String,
    },
}

impl ModelError {
    /// A stable name for programs, logs and documentation.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ModelError::NotAModel { .. } => "not-a-model",
            ModelError::NeedsNewerEngine { .. } => "needs-newer-engine",
            ModelError::Length { .. } => "length",
            ModelError::Malformed { .. } => "malformed",
            ModelError::Canary { .. } => "canary",
        }
    }
}
