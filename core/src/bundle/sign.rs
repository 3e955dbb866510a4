//! Who may sign, and did they? Ed25519 keys and the roots that name them.
//!
//! Plain `verify` accepts forgeries under weak keys, so a weak key cannot be made into a [`PublicKey`] and only
//! `verify_strict` is called. No feature turns this off.

use super::BundleError;
use ed25519_dalek::{Signature, Signer, VerifyingKey};
use sha2::{Digest, Sha256};
use std::fmt;

/// The first eight bytes of the SHA-256 of a public key. It finds a key; it proves nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct KeyId(pub [u8; 8]);

impl KeyId {
    /// Whether this is one of the keys that anybody can derive from this repository.
    #[must_use]
    pub fn is_development(self) -> bool {
        (0..SigningKey::DEVELOPMENT_KEYS).any(|n| SigningKey::development(n).id() == self)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::hex(&self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// An Ed25519 public key that is a canonical point of large order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Takes the 32 bytes of RFC 8032.
    ///
    /// # Errors
    /// [`BundleError::WeakKey`] if they are no point, a second encoding of one, or a point of small order.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<PublicKey, BundleError> {
        VerifyingKey::from_bytes(&bytes)
            .ok()
            // One key, one encoding: otherwise one key could count as two signers.
            .filter(|key| !key.is_weak() && key.to_edwards().compress().to_bytes() == bytes)
            .map(PublicKey)
            .ok_or_else(|| BundleError::WeakKey { found: super::hex(&bytes) })
    }

    /// The 32 bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The short name of the key.
    #[must_use]
    pub fn id(&self) -> KeyId {
        let digest: [u8; 32] = Sha256::digest(self.0.as_bytes()).into();
        KeyId(std::array::from_fn(|at| digest[at]))
    }

    pub(super) fn verifies(&self, preimage: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(preimage, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", super::hex(self.0.as_bytes()))
    }
}

/// A private key. `Debug` shows its public id; the seed is erased from memory when it is dropped.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// How many development keys there are.
    pub const DEVELOPMENT_KEYS: u8 = 4;

    /// The key of a 32-byte seed, as in RFC 8032.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> SigningKey {
        SigningKey(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// A key that anybody can derive: for tests and demonstrations. 0 and 1 are in [`TrustRoot::development`].
    ///
    /// # Panics
    /// If `n` is not below [`SigningKey::DEVELOPMENT_KEYS`].
    #[must_use]
    pub fn development(n: u8) -> SigningKey {
        assert!(n < SigningKey::DEVELOPMENT_KEYS, "there are only {} development keys", SigningKey::DEVELOPMENT_KEYS);
        SigningKey::from_seed(&Sha256::digest(format!("smsfilter development key {n}: proves nothing")).into())
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// The short name of the public half.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.public().id()
    }

    pub(super) fn sign(&self, preimage: &[u8]) -> [u8; 64] {
        self.0.sign(preimage).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}, secret)", self.id())
    }
}

/// The keys whose word counts, and how many of them must agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustRoot {
    name: String,
    keys: Vec<(KeyId, PublicKey)>,
    threshold: usize,
}

impl TrustRoot {
    /// Most keys of a root.
    pub const MAX_KEYS: usize = 8;

    /// A root of 1 to 8 different keys of which `threshold` must sign.
    ///
    /// # Errors
    /// [`BundleError::BadTrustRoot`] if there are too few or too many keys, a key twice, or a threshold they cannot meet.
    pub fn new(name: impl Into<String>, keys: &[PublicKey], threshold: usize) -> Result<TrustRoot, BundleError> {
        let name = name.into();
        let bad = |expected, found| Err(BundleError::BadTrustRoot { name: name.clone(), expected, found });
        let mut keys: Vec<_> = keys.iter().map(|key| (key.id(), *key)).collect();
        keys.sort_by_key(|key| key.0);
        if keys.is_empty() || keys.len() > Self::MAX_KEYS {
            return bad("1 to 8 keys", keys.len().to_string());
        }
        if let Some(pair) = keys.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return bad("different keys", format!("{} twice", pair[0].0));
        }
        if threshold < 1 || threshold > keys.len() {
            return bad("a threshold from 1 to the number of keys", format!("{threshold} of {}", keys.len()));
        }
        Ok(TrustRoot { name, keys, threshold })
    }

    /// The root of the development keys 0 and 1, either of which suffices. It proves nothing about who signed.
    #[must_use]
    pub fn development() -> TrustRoot {
        let keys = [0, 1].map(|n| SigningKey::development(n).public());
        TrustRoot::new("development", &keys, 1).expect("two different keys, threshold 1")
    }

    /// Whether a development key is among the keys, whatever the root is called.
    #[must_use]
    pub fn is_development(&self) -> bool {
        self.keys.iter().any(|key| key.0.is_development())
    }

    /// What the root is called where signers are shown.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The keys, in the order of their ids.
    pub fn keys(&self) -> impl Iterator<Item = &PublicKey> {
        self.keys.iter().map(|key| &key.1)
    }

    /// How many different keys must have signed.
    #[must_use]
    pub fn threshold(&self) -> usize {
        self.threshold
    }

    pub(super) fn key(&self, id: KeyId) -> Option<&PublicKey> {
        self.keys.iter().find(|key| key.0 == id).map(|key| &key.1)
    }
}
