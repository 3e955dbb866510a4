//! How does a file change under a hostile hand? A script of small edits to its sections, read from the input, so that
//! every input is a file that is nearly right.

use arbitrary::{Result, Unstructured};

/// Numbers that lengths and counts break at.
const EDGES: [u64; 12] =
    [0, 1, 2, 0x7f, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 1 << 32, 1 << 63, u64::MAX];

/// Edits sections until the input ends.
pub(super) fn edit(u: &mut Unstructured<'_>, sections: &mut [Vec<u8>]) -> Result<()> {
    while !u.is_empty() {
        let section = u.choose_index(sections.len())?;
        let section = &mut sections[section];
        let at = u.int_in_range(0..=section.len())?;
        match u.int_in_range(0..=6)? {
            0 => {
                let byte = u.arbitrary()?;
                overwrite(section, at, &[byte]);
            }
            1 => {
                let bytes: [u8; 4] = u.arbitrary()?;
                overwrite(section, at, &bytes);
            }
            2 => {
                let (number, width) = (*u.choose(&EDGES)?, *u.choose(&[2, 4, 8])?);
                overwrite(section, at, &number.to_le_bytes()[..width]);
            }
            3 => {
                // One more or one less than there was.
                let by = *u.choose(&[1u8, 255])?;
                section.iter_mut().skip(at).take(1).for_each(|byte| *byte = byte.wrapping_add(by));
            }
            4 => {
                let length = u.int_in_range(1..=8)?;
                let bytes = u.bytes(length.min(u.len()))?;
                section.splice(at..at, bytes.iter().copied());
            }
            5 => {
                let length = u.int_in_range(1..=64)?;
                section.drain(at..(at + length).min(section.len()));
            }
            _ => {
                let (from, length) = (u.int_in_range(0..=section.len())?, u.int_in_range(1..=64)?);
                let piece = section[from..(from + length).min(section.len())].to_vec();
                section.splice(at..at, piece);
            }
        }
    }
    Ok(())
}

fn overwrite(section: &mut [u8], at: usize, bytes: &[u8]) {
    section.iter_mut().skip(at).zip(bytes).for_each(|(old, new)| *old = *new);
}

/// Little-endian numbers of a file that is known to be right.
pub(super) fn number(bytes: &[u8], at: usize, width: usize) -> usize {
    bytes[at..at + width].iter().rev().fold(0, |number, &byte| number << 8 | usize::from(byte))
}
