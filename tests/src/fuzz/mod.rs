//! What must hold for any input at all? Five functions over bytes, which panic when it does not.
//!
//! The fuzzer of `core/fuzz` calls them, and `tests/regressions.rs` calls them with what it once found. The first byte of
//! an input mostly chooses what the others are; [`seeds`] makes first inputs from the files of this repository.

mod bundle;
mod classify;
mod edit;
mod fold;
mod image;
mod rules;
mod toml;

pub use self::{
    bundle::bundle,
    classify::{classify, compare},
    fold::fold,
    image::image,
    toml::toml,
};
pub use rules::{Case, case};

/// A function that panics if an input breaks what must hold.
pub type Target = fn(&[u8]);

/// Every target by name.
pub const TARGETS: [(&str, Target); 5] =
    [("fold", fold), ("toml", toml), ("bundle", bundle), ("image", image), ("classify", classify)];

/// First inputs of a target.
///
/// # Panics
/// If there is no such target, or a file of the repository is gone.
#[must_use]
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "fold" => fold::seeds(),
        "toml" => toml::seeds(),
        "bundle" => bundle::seeds(),
        "image" => image::seeds(),
        "classify" => classify::seeds(),
        _ => panic!("no target {target}"),
    }
}

/// The bytes after one that says what they are.
fn tagged(tag: usize, bytes: &[u8]) -> Vec<u8> {
    [&[tag as u8], bytes].concat()
}

/// The first byte, as one of so many choices, and the others.
fn choice(data: &[u8], choices: usize) -> Option<(usize, &[u8])> {
    let (first, rest) = data.split_first()?;
    Some((usize::from(*first) % choices, rest))
}
