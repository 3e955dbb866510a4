//! What does the binding cost and weigh, and does it hold under load? `cargo xtask bench` runs once; the sizes are those that
//! were recorded when the libraries and the AAR were built last.

use crate::aar::sizes;
use crate::bench;
use crate::kill;
use crate::shell::Outcome;
use std::{collections::BTreeMap, sync::OnceLock};

/// A figure of `cargo xtask bench`, by its name there.
pub(super) fn found(name: &str) -> Outcome<Option<f64>> {
    static FOUND: OnceLock<Outcome<BTreeMap<String, f64>>> = OnceLock::new();
    Ok(FOUND.get_or_init(|| bench::measure(&[])).as_ref().map_err(Clone::clone)?.get(name).copied())
}

/// What both loads found, the lesser first.
fn loads(name: &str) -> Outcome<[f64; 2]> {
    let of = |load: &str| found(&format!("{load}, {name}"))?.ok_or_else(|| format!("{load}: no {name}"));
    let (swaps, closings) = (of("swaps")?, of("closings")?);
    Ok([swaps.min(closings), swaps.max(closings)])
}

/// The lesser of the two loads.
pub(super) fn least(name: &str) -> Outcome<Option<f64>> {
    Ok(Some(loads(name)?[0]))
}

/// The greater of the two loads.
pub(super) fn most(name: &str) -> Outcome<Option<f64>> {
    Ok(Some(loads(name)?[1]))
}

/// Kills that no message was lost or doubled by.
pub(super) fn survived() -> Outcome<Option<f64>> {
    kill::survived().map(Some)
}

/// Bytes that were recorded when the AAR was built last: of [`sizes::MOST`] or [`sizes::BARE`].
pub(super) fn recorded(name: &str) -> Outcome<Option<f64>> {
    Ok(sizes::recorded()?.get(name).map(|&bytes| bytes as f64))
}
