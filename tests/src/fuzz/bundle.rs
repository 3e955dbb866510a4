//! Is hostile content harmless once it is signed? Bundles with edited sections, hashed and signed anew, so that the
//! reader believes them and decodes.

use super::{
    choice,
    edit::{self, number},
    tagged,
    toml::compiled,
};
use arbitrary::Unstructured;
use ed25519_dalek::Signer;
use sha2::{Digest, Sha256};
use smsfilter::bundle::{self, Limits, TrustRoot};
use std::sync::LazyLock;

// As in core/src/bundle/envelope.rs.
const MAGIC: &[u8] = b"SMSB\r\n\x1a\n";
const HEADER: usize = 128;
const ROW: usize = 64;

static LAYERS: LazyLock<[Vec<u8>; 3]> =
    LazyLock::new(|| ["mini", "city", "mine"].map(|name| crate::bundle_bytes(&crate::layer(name))));

/// Development key 0, whose seed anybody can derive.
static KEY: LazyLock<ed25519_dalek::SigningKey> = LazyLock::new(|| {
    ed25519_dalek::SigningKey::from_bytes(&Sha256::digest("smsfilter development key 0: proves nothing").into())
});

/// An input is edits to one of three bundles, or a file.
pub fn bundle(data: &[u8]) {
    let Some((what, rest)) = choice(data, 4) else { return };
    match LAYERS.get(what) {
        Some(file) => open(&hostile(file, rest)),
        None => open(rest),
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = (0..LAYERS.len()).map(|n| tagged(n, &[])).collect();
    seeds
        .push(tagged(LAYERS.len(), &std::fs::read(crate::root().join("golden/mini.smsb")).expect("the golden bundle")));
    seeds
}

fn open(file: &[u8]) {
    let Ok(opened) = bundle::open(file, &TrustRoot::development(), &Limits::default()) else { return };
    let written = bundle::write(&opened.layer, opened.header.source_hash).expect("what opens can be written");
    let written = bundle::inspect(&written.sign(&[])).err().map(|_| written).expect("nobody signed it");
    let again = bundle::inspect(&written.sign(&[&bundle::SigningKey::development(0)])).expect("it was just written");
    for section in &again.sections {
        let found = opened.sections.iter().find(|found| found.kind == section.kind);
        let same = found.is_some_and(|found| found.sha256 == section.sha256 && found.items == section.items);
        assert!(same, "section {} has a second encoding", section.kind);
    }
    compiled(&opened.layer);
}

/// Takes a bundle apart, edits header, rows and sections, and puts it together so that framing, hashes and signature are
/// right.
fn hostile(file: &[u8], script: &[u8]) -> Vec<u8> {
    let mut u = Unstructured::new(script);
    let count = number(file, 56, 4);
    let rows = file[HEADER..HEADER + ROW * count].as_chunks::<ROW>().0;
    let mut parts = vec![file[..HEADER].to_vec(), Vec::new()];
    for row in rows {
        // Kind, flags and schema; items: the rest of a row is computed.
        parts[1].extend(row[..8].iter().chain(&row[24..28]));
        let (offset, length) = (number(row, 8, 8), number(row, 16, 8));
        parts.push(file[offset..offset + length].to_vec());
    }
    // The end of the input ends the edits.
    _ = edit::edit(&mut u, &mut parts);
    let (mut header, rows, sections) = (parts[0].clone(), &parts[1], &parts[2..]);
    let count = (rows.len() / 12).min(sections.len());
    let (mut table, mut body) = (Vec::new(), Vec::new());
    let start = HEADER + ROW * count;
    for (row, section) in rows.as_chunks::<12>().0.iter().zip(&sections[..count]) {
        body.resize(body.len().next_multiple_of(64), 0);
        table.extend(&row[..8]);
        table.extend(((start + body.len()) as u64).to_le_bytes());
        table.extend((section.len() as u64).to_le_bytes());
        table.extend(&row[8..]);
        table.extend([0; 4]);
        table.extend(Sha256::digest(section));
        body.extend(section);
    }
    header.resize(HEADER, 0);
    header[..8].copy_from_slice(MAGIC);
    header[16..24].copy_from_slice(&((start + body.len()) as u64).to_le_bytes());
    header[56..60].copy_from_slice(&(count as u32).to_le_bytes());
    let signed = [b"smsf/bundle/v1\0", &(HEADER as u32).to_le_bytes()[..], &header];
    let preimage = [&signed.concat(), &(table.len() as u32).to_le_bytes()[..], &table].concat();
    let id = &Sha256::digest(KEY.verifying_key().as_bytes())[..8];
    let signature = KEY.sign(&preimage).to_bytes();
    [&header, &table, &body, &[1, 0, 0, 0, 0, 0, 0, 0][..], id, &signature].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_edits_a_bundle_comes_out_as_it_was() {
        for file in LAYERS.iter() {
            assert!(hostile(file, &[]) == *file);
        }
    }
}
