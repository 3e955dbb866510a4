//! What is installed? The one file whose rename commits.
//!
//! ```text
//! "SMSS" | version u32 | encoded State | SHA-256 of all before
//! ```

use super::{StoreError, own::Own};
use crate::{
    Text,
    bundle::{Bundle, KeyId, wire},
    rule::LayerKind,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const MAGIC: &[u8; 4] = b"SMSS";
const VERSION: u32 = 1;

/// Most bytes of the file. At about 200 bytes a layer it holds thousands.
pub(super) const MAX_BYTES: u64 = 1 << 20;

/// An installed layer, as the state file names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerEntry {
    /// Publisher id.
    pub publisher: String,
    /// Layer id.
    pub layer: String,
    /// Base, addition or user.
    pub kind: LayerKind,
    /// Its sequence number.
    pub seq: u64,
    /// When it was issued, seconds since 1970 UTC.
    pub issued_at: i64,
    /// When it becomes stale, seconds since 1970 UTC. Stale rules stay in use.
    pub not_after: i64,
    /// SHA-256 of the bundle file.
    pub digest: [u8; 32],
    /// Keys whose signatures were verified when it was installed.
    pub signers: Vec<KeyId>,
    /// Shown to users.
    pub title: Text,
}

impl LayerEntry {
    pub(super) fn of(bundle: &Bundle) -> LayerEntry {
        let meta = &bundle.layer.meta;
        LayerEntry {
            publisher: meta.publisher.clone(),
            layer: meta.layer.clone(),
            kind: meta.kind,
            seq: meta.seq,
            issued_at: meta.issued_at,
            not_after: meta.not_after,
            digest: bundle.digest,
            signers: bundle.signers.clone(),
            title: meta.title.clone(),
        }
    }

    pub(super) fn is(&self, publisher: &str, layer: &str) -> bool {
        self.publisher == publisher && self.layer == layer
    }

    /// Base first, then by publisher and layer: the order in which layers are compiled.
    pub(super) fn place(&self) -> (u8, &str, &str) {
        (self.kind as u8, &self.publisher, &self.layer)
    }
}

/// The highest sequence number ever installed of a layer. It outlives the layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Floor {
    pub(super) publisher: String,
    pub(super) layer: String,
    pub(super) seq: u64,
    pub(super) digest: [u8; 32],
}

/// Layers and the image compiled from them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Set {
    /// In the order of [`LayerEntry::place`].
    pub(super) layers: Vec<LayerEntry>,
    /// SHA-256 of the image.
    pub(super) image: Option<[u8; 32]>,
}

/// All that the state file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// What is in use.
    pub(super) now: Set,
    /// Starts with it that did not end well so far; none once it has proven itself.
    pub(super) attempts: Option<u8>,
    /// What had proven itself before, while that in use has not.
    pub(super) before: Option<Set>,
    pub(super) floors: Vec<Floor>,
    pub(super) own: Own,
    /// SHA-256 of bundles that were given up, the latest last, at most [`MOST_REFUSED`].
    pub(super) refused: Vec<[u8; 32]>,
}

/// Bundles given up that are remembered.
pub(super) const MOST_REFUSED: usize = 32;

impl State {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(wire::encode(self));
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        bytes.extend(hash);
        bytes
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<State, StoreError> {
        let damaged = |reason: String| StoreError::StateDamaged { reason };
        let (content, hash) =
            bytes.split_last_chunk::<32>().ok_or_else(|| damaged(format!("{} bytes are too few", bytes.len())))?;
        if <[u8; 32]>::from(Sha256::digest(content)) != *hash {
            return Err(damaged("its hash is wrong".into()));
        }
        let payload = content.strip_prefix(MAGIC).and_then(|rest| rest.split_first_chunk::<4>());
        let (version, payload) = payload.ok_or_else(|| damaged("it does not begin with SMSS".into()))?;
        let version = u32::from_le_bytes(*version);
        if version > VERSION {
            return Err(StoreError::StateNewer { version });
        }
        if version < VERSION {
            return Err(damaged(format!("version {version} never existed")));
        }
        let state: State = wire::decode(payload).map_err(|error| damaged(error.to_string()))?;
        let sorted = |set: &Set| set.layers.is_sorted_by(|first, second| first.place() < second.place());
        if !state.before.iter().chain([&state.now]).all(sorted) {
            return Err(damaged("its layers are out of order".into()));
        }
        Ok(state)
    }

    pub(super) fn floor(&self, publisher: &str, layer: &str) -> Option<&Floor> {
        self.floors.iter().find(|floor| floor.publisher == publisher && floor.layer == layer)
    }

    /// Raises the floor of a layer to this bundle; a floor never falls.
    pub(super) fn raise(&mut self, bundle: &Bundle) {
        let meta = &bundle.layer.meta;
        let known = self.floors.iter_mut().find(|floor| floor.publisher == meta.publisher && floor.layer == meta.layer);
        match known {
            Some(floor) if floor.seq >= meta.seq => {}
            Some(floor) => (floor.seq, floor.digest) = (meta.seq, bundle.digest),
            None => self.floors.push(Floor {
                publisher: meta.publisher.clone(),
                layer: meta.layer.clone(),
                seq: meta.seq,
                digest: bundle.digest,
            }),
        }
    }

    /// Whether the state needs the blob of this name.
    pub(super) fn names(&self, digest_hex: &str) -> bool {
        let sets = self.before.iter().chain([&self.now]);
        let published = sets.flat_map(|set| set.layers.iter().map(|layer| &layer.digest).chain(&set.image));
        let mut digests = published.chain(&self.own.image);
        digests.any(|digest| crate::bundle::hex(digest) == digest_hex)
    }
}
