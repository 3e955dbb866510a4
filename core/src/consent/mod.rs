//! May this sender advertise here, and how does the user make it stop?
//!
//! [`offer`] says how a promotion can be refused, [`ledger`] remembers what was said to whom and what came of it, and
//! [`first_seen`] notices a signature that comes from where it never came from. Nothing is sent or opened here.

pub mod first_seen;
pub mod ledger;
mod offer;

pub use ledger::{Evidence, Key, Promise};
pub use offer::{How, OptOutOffer, is_refusal, offer};
