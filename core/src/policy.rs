//! What happens to a message? The user's receive policy, a pure function of verdict, context and policy.

use serde::{Deserialize, Serialize};

/// What happens to a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Action {
    /// As if there were no filter.
    #[default]
    Inbox,
    /// Inbox, with a label.
    Mark,
    /// Inbox, without sound.
    Silent,
    /// Held for the daily digest.
    Digest,
    /// Moved to the spam box.
    Quarantine,
}

/// The user's receive policy.
pub struct Policy;
/// What happens to a message, and which row decided.
pub struct Decision;
/// Applies a policy.
pub fn decide() {}
