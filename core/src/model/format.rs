//! How does a model lie in bytes? Fixed width, little-endian, every part at a multiple of 8, one form for one model.
//!
//! ```text
//!   0  "SMSM\r\n\x1a\n"
//!   8  u32 version   u32 tables   u32 fold algorithm   u32 n-gram orders, bit n for n   u32 hash   u32 dense features: d
//!  32  SHA-256 of the fold tables
//!  64  8 × i32 bias, then 8 × i32 scale, both in units of 1/65536 point
//! 128  d × u8 ids of the dense features, ascending, then zeros to a multiple of 8
//!      d × 8 × i16 dense weights
//!      for each table: u8 kind, u8 log2 of rows, 6 zeros; then rows × 8 × i8, the first row all zeros
//! ```
//! Eights stand for the categories other than unknown, in the order of [`Category::ALL`](crate::Category::ALL).

use super::{DENSE, LANES, ModelError, ROWS_LOG2, dense_id};

const MAGIC: [u8; 8] = *b"SMSM\r\n\x1a\n";
/// The numbers at 8 that this engine reads. The last is the hash of `gram`.
const SCHEMA: [(&str, u32); 5] = [
    ("format version", 1),
    ("tables", 1),
    ("fold algorithm", 1),
    ("n-gram orders", 1 << 2 | 1 << 3),
    ("n-gram hash", 1),
];
const FOLD: usize = 32;
const CATEGORIES: usize = 64;
const IDS: usize = 128;
const TABLE: usize = 8;
/// A table over the characters of the skeleton. Kind 1 is kept for a second table, over toneless pinyin and shapes.
const CHARACTERS: u8 = 0;

/// A model's values, taken out of its bytes or to be put there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) fold: [u8; 32],
    pub(super) bias: [i32; LANES],
    pub(super) scale: [i32; LANES],
    /// In the order of this engine's features; zero where the model does not know one.
    pub(super) dense: [[i16; LANES]; DENSE],
}

/// Reads the head of a model and tells where its rows lie: their first byte and the one after their last, which ends the
/// model. The bytes may go on after it.
pub(super) fn read(bytes: &[u8]) -> Result<(Head, std::ops::Range<usize>), ModelError> {
    if !bytes.starts_with(&MAGIC) {
        return Err(ModelError::NotAModel { found: crate::bundle::hex(&bytes[..bytes.len().min(8)]) });
    }
    let need = |end: usize| match bytes.len() >= end {
        true => Ok(()),
        false => Err(ModelError::Length { expected: end as u64, found: bytes.len() as u64 }),
    };
    need(IDS)?;
    for (at, (name, known)) in SCHEMA.into_iter().enumerate() {
        let found = u32::from_le_bytes(array(bytes, 8 + 4 * at));
        if found > known {
            return Err(ModelError::NeedsNewerEngine { what: format!("{name} {found}, this one reads {known}") });
        }
        if found < known {
            return malformed(name, known, found);
        }
    }
    let count = u32::from_le_bytes(array(bytes, 28)) as usize;
    if count > 256 {
        return malformed("number of dense features", "at most 256", count);
    }
    let weights = IDS + count.next_multiple_of(8);
    let table = weights + count * 2 * LANES;
    need(table + TABLE)?;
    let ids = &bytes[IDS..IDS + count];
    if !ids.is_sorted_by(|a, b| a < b) {
        return malformed("ids of the dense features", "ascending ids", "others");
    }
    zeros("bytes after the ids", &bytes[IDS + count..weights])?;
    let mut dense = [[0; LANES]; DENSE];
    for (at, id) in ids.iter().enumerate() {
        let Some(feature) = (0..DENSE).find(|feature| dense_id(*feature) == *id) else {
            return Err(ModelError::NeedsNewerEngine { what: format!("dense feature {id}") });
        };
        dense[feature] = std::array::from_fn(|c| i16::from_le_bytes(array(bytes, weights + 2 * (LANES * at + c))));
    }
    let (kind, log2) = (bytes[table], bytes[table + 1]);
    if kind != CHARACTERS {
        return Err(ModelError::NeedsNewerEngine { what: format!("table of kind {kind}") });
    }
    if !ROWS_LOG2.contains(&log2) {
        return malformed("log2 of rows", format!("{} to {}", ROWS_LOG2.start(), ROWS_LOG2.end()), log2);
    }
    zeros("bytes after the table's kind", &bytes[table + 2..table + TABLE])?;
    let rows = table + TABLE..table + TABLE + (LANES << log2);
    need(rows.end)?;
    zeros("first row", &bytes[rows.start..rows.start + LANES])?;
    let category = |at: usize| std::array::from_fn(|c| i32::from_le_bytes(array(bytes, at + 4 * c)));
    let head =
        Head { fold: array(bytes, FOLD), bias: category(CATEGORIES), scale: category(CATEGORIES + 4 * LANES), dense };
    Ok((head, rows))
}

/// The bytes of a model. `rows` are a power of two in number, the first of them zero.
#[cfg(feature = "author")]
pub(super) fn write(head: &Head, rows: &[[i8; LANES]]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(SCHEMA.iter().flat_map(|row| row.1.to_le_bytes()));
    out.extend((DENSE as u32).to_le_bytes());
    out.extend(head.fold);
    out.extend(head.bias.iter().chain(&head.scale).flat_map(|value| value.to_le_bytes()));
    out.extend((0..DENSE).map(dense_id));
    out.resize(out.len().next_multiple_of(8), 0);
    out.extend(head.dense.as_flattened().iter().flat_map(|weight| weight.to_le_bytes()));
    out.extend([CHARACTERS, rows.len().ilog2() as u8, 0, 0, 0, 0, 0, 0]);
    out.extend(rows.as_flattened().iter().map(|weight| *weight as u8));
    out
}

fn zeros(at: &str, bytes: &[u8]) -> Result<(), ModelError> {
    if bytes.iter().all(|byte| *byte == 0) { Ok(()) } else { malformed(at, "zeros", "other bytes") }
}

fn malformed<T>(at: &str, expected: impl ToString, found: impl ToString) -> Result<T, ModelError> {
    Err(ModelError::Malformed { at: at.into(), expected: expected.to_string(), found: found.to_string() })
}

/// The bytes at a place that is known to be there.
fn array<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    std::array::from_fn(|byte| bytes[at + byte])
}
