//! What do the words of a message say of its category, where no rule knows them? A table of small integers.
//!
//! Every bigram and trigram of the skeleton reads one row of a hashed table, a signed byte for each category; traits and
//! the sender's class add weights of their own. The sums become points by fixed-point arithmetic, so that every platform
//! gets the same; [`Model::self_test`] proves it on messages whose sums the trainer noted.
//!
//! `gram` says which rows a text reads, `format` how a model lies in bytes, `train` (authors only) where the
//! weights come from.

mod error;
mod format;
mod gram;
#[cfg(all(test, feature = "author"))]
mod tests;
#[cfg(feature = "author")]
pub mod train;

use crate::{
    Category, SenderClass,
    bundle::wire,
    fold::{FoldTable, Folded},
    rule::condition::{TRAITS, Traits},
};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use std::ops::{Range, RangeInclusive};

pub use error::ModelError;
pub(crate) use gram::Reader;

/// Categories that a row speaks of: all but unknown.
pub const LANES: usize = Category::ALL.len() - 1;
/// Binary logarithms of the row counts that a table may have: 128 KiB to 1 MiB.
pub const ROWS_LOG2: RangeInclusive<u8> = 14..=17;
/// Most canaries that a model comes with.
pub const MAX_CANARIES: usize = 64;
/// Points of a category are at most this, either way: the ends of the curve in [`crate::score`].
pub const MAX_POINTS: i32 = 60;

/// Sums of weights, for each category but unknown.
pub type Sums = [i32; LANES];

const CLASSES: usize = SenderClass::Landline as usize + 1;
/// Dense features: the classes of senders, then the traits, both in their own order.
const DENSE: usize = CLASSES + TRAITS.len();

/// The id that a dense feature has in models for ever: a class its number, a trait 32 more than its bit.
fn dense_id(feature: usize) -> u8 {
    if feature < CLASSES { feature as u8 } else { 32 + TRAITS[feature - CLASSES].0 as u8 }
}

/// What a model hears of a message besides its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dense {
    /// The sender's class.
    pub class: SenderClass,
    /// The message's traits, asks and disguises included.
    pub traits: Traits,
}

impl Dense {
    /// Numbers of the features that are there.
    fn features(self) -> impl Iterator<Item = usize> {
        let traits = TRAITS.iter().enumerate().filter(move |row| self.traits.contains(row.1.0));
        std::iter::once(self.class as usize).chain(traits.map(|row| CLASSES + row.0))
    }
}

/// A message with the sums and points that the trainer computed for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canary {
    /// The body, not folded.
    pub text: String,
    /// The sender's class.
    pub class: SenderClass,
    /// The traits, as [`Traits::bits`] gives them.
    pub traits: u32,
    /// Sums of the text's weights.
    pub sums: Sums,
    /// Points with the dense features.
    pub points: [i32; Category::ALL.len()],
}

/// A model, ready for use: bytes that were checked once and then are only read.
#[derive(Clone, Debug)]
pub struct Model {
    bytes: Bytes,
    head: format::Head,
    rows: Range<usize>,
}

impl Model {
    /// Checks all that reading relies on, once. No table is copied.
    ///
    /// # Errors
    /// Bytes that are no model, are cut off or go on, or ask for what this engine does not know.
    pub fn parse(bytes: Bytes) -> Result<Model, ModelError> {
        let (head, rows) = format::read(&bytes)?;
        if rows.end != bytes.len() {
            return Err(ModelError::Length { expected: rows.end as u64, found: bytes.len() as u64 });
        }
        Ok(Model { bytes, head, rows })
    }

    /// The bytes it was parsed from.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// SHA-256 of the fold tables that it was trained with.
    #[must_use]
    pub fn fold_digest(&self) -> [u8; 32] {
        self.head.fold
    }

    /// Rows of its table, a power of two.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.table().len()
    }

    fn table(&self) -> &[[u8; LANES]] {
        self.bytes[self.rows.clone()].as_chunks().0
    }

    /// Sums of the weights of all n-grams of a skeleton: exact as long as they fit, then at the ends of `i32`.
    #[must_use]
    pub fn sums(&self, skeleton: &str) -> Sums {
        let mut reader = Reader::new(self);
        skeleton.chars().for_each(|c| reader.feed(c));
        reader.sums()
    }

    /// The model's log odds of each category in the order of [`Category::ALL`], as points: ten are 0.8 nats, so
    /// [`crate::score::permille`] makes them a probability. The prior is in them: who adds points of rules leaves
    /// [`crate::score::BIAS`] out. From −60 to 60; unknown gets 0.
    #[must_use]
    pub fn points(&self, sums: Sums, dense: Dense) -> [i32; Category::ALL.len()] {
        let mut totals = sums.map(i64::from);
        for feature in dense.features() {
            for (total, weight) in totals.iter_mut().zip(self.head.dense[feature]) {
                *total += i64::from(weight);
            }
        }
        let mut points = [0; Category::ALL.len()];
        for (lane, total) in totals.into_iter().enumerate() {
            // 31 bits times 32: room is left for the bias.
            let scaled = i64::from(self.head.scale[lane]) * total + i64::from(self.head.bias[lane]);
            points[lane + 1] = (scaled >> 16).clamp(-i64::from(MAX_POINTS), i64::from(MAX_POINTS)) as i32;
        }
        points
    }

    /// Computes every canary again, from its text on.
    ///
    /// # Errors
    /// [`ModelError::Canary`] for the first that comes out otherwise.
    pub fn self_test(&self, fold: &FoldTable, canaries: &[Canary]) -> Result<(), ModelError> {
        let mut folded = Folded::default();
        canaries.iter().enumerate().try_for_each(|(number, canary)| {
            let dense = Dense { class: canary.class, traits: Traits::from_bits(canary.traits) };
            fold.fold(&canary.text, &mut folded);
            let sums = self.sums(&folded.skeleton.text());
            let (expected, found) = ((canary.sums, canary.points), (sums, self.points(sums, dense)));
            if expected == found {
                return Ok(());
            }
            let show = |(sums, points)| format!("sums {sums:?} and points {points:?}");
            Err(ModelError::Canary { number, expected: show(expected), found: show(found) })
        })
    }
}

impl<'a> Reader<'a> {
    /// Nothing read yet.
    pub(crate) fn new(model: &'a Model) -> Self {
        Reader::over(model.table())
    }
}

/// A trained model as a file: the model, then its canaries.
///
/// # Errors
/// What [`Model::parse`] refuses, and canaries that do not read.
pub fn split(file: &Bytes) -> Result<(Bytes, Vec<Canary>), ModelError> {
    let (_, rows) = format::read(file)?;
    let canaries = wire::decode(&file[rows.end..]).map_err(|error| ModelError::Malformed {
        at: "canaries".into(),
        expected: "an encoded list".into(),
        found: format!("bytes that are none ({error})"),
    })?;
    Ok((file.slice(..rows.end), canaries))
}

/// The file that [`split`] reads.
#[must_use]
pub fn join(model: &[u8], canaries: &Vec<Canary>) -> Vec<u8> {
    [model, &wire::encode(canaries)].concat()
}
