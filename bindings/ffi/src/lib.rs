//! How does Java reach the core? Two roads to the same filters, and no logic of their own.
//!
//! [`api`] is the whole surface, through UniFFI and JNA, with [`ledgers`] for the rows that Kotlin stores. [`receive`] is the short road of a broadcast receiver, through
//! JNI: on a cold start JNA's first call costs several times as much (`cargo xtask bench cold`). Both address a filter by the same key of
//! [`slots`], so an image is loaded once and a new one reaches both at once.

pub mod api;
mod error;
mod java;
pub mod ledgers;
#[cfg(feature = "bench")]
pub mod native_loop;
mod opened;
pub mod policy;
pub mod receive;
pub mod records;
mod self_check;
pub mod slots;

uniffi::setup_scaffolding!();
