//! How does a message become a report to an authority, or the beginning of a rule?
//!
//! Two payloads that cannot be mixed up: [`Verbatim`] goes to authorities, who ask for the unmodified text; [`Masked`]
//! goes to rule maintainers, who need no names and numbers. Nothing is sent here: the user sends, or does not.

pub mod channel;
mod choose;
pub mod draft;
pub mod ledger;
pub mod mask;
#[cfg(feature = "author")]
pub mod propose;
pub mod queue;
mod receipt;

pub use channel::{Channel, ChannelId};
pub use choose::{About, Choice, channels_for, proposed};
pub use draft::{Draft, Refusal, ReportRequest, draft};
pub use mask::{Masked, Verbatim};
pub use receipt::{BundleName, receipt};
