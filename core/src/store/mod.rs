//! Which rules are installed on this disk? The only module that touches files, all through [`Fs`].
//!
//! ```text
//! blobs/<SHA-256>   bundles and images, named by their content and never changed
//! state             which of them count: layers, active image, floors of the sequence numbers, what went before
//! ```
//!
//! Every change writes what is new beside what is old, then replaces `state` by a rename. Until the rename the old
//! state holds, from then on the new one; what neither names is removed afterwards. A call that fails at the very
//! last step, making the rename durable, leaves either of the two, and both are whole; trying again is right.
//! One [`Store`] at a time may use a directory.
//!
//! What was just installed must prove itself: each start with it is counted beforehand ([`Store::begin`]) until one ends
//! well ([`Store::prove`]), and until then what it replaced is kept, to go back to ([`Store::give_up`]). [`Rules`] does all
//! this for an app.

mod error;
mod fs;
mod health;
mod own;
mod rules;
mod state;
#[cfg(test)]
mod tests;

use crate::{
    bundle::{self, Bundle, Limits, TrustRoot, hex},
    rule::LayerKind,
};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use state::State;
use std::io;

pub use error::StoreError;
pub use fs::{Fs, StdFs};
pub use health::Health;
pub use own::Own;
pub use rules::{Embedded, Rules, Source};
pub use state::LayerEntry;

/// Furthest that a sequence number may jump: a stolen key must not use up all numbers at once.
pub const MAX_SEQ_JUMP: u64 = 1 << 20;

/// Largest image that is read back: 64 MiB.
const MAX_IMAGE_BYTES: u64 = 64 << 20;

/// Starts that new rules may fail before they are given up.
pub const MAX_ATTEMPTS: u8 = 3;

const STATE: &str = "state";
const STATE_NEW: &str = "state.new";
const BLOBS: &str = "blobs";

/// The installed layers and the image compiled from them.
#[derive(Debug)]
pub struct Store<F> {
    fs: F,
    state: State,
    /// Whether a crash now would bring back this state and no other.
    durable: bool,
    /// The number of this start with rules that have not proven themselves, once it is counted.
    start: Option<u8>,
}

/// What [`Store::install_with`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// The layer as it is now installed.
    pub entry: LayerEntry,
    /// Whether anything changed; the same file installed again changes nothing.
    pub changed: bool,
}

impl<F: Fs> Store<F> {
    /// Opens the store in a directory. No state file is an empty store.
    ///
    /// # Errors
    /// [`StoreError::StateDamaged`] or [`StoreError::StateNewer`] if the state file cannot be used ([`Store::start_over`]
    /// can), [`StoreError::Io`] if it cannot be read.
    pub fn open(fs: F) -> Result<Store<F>, StoreError> {
        let bytes = io_at("read", STATE, fs.read(STATE, state::MAX_BYTES))?;
        // The process before may have ended between the rename and its sync. Reading need not wait for that.
        let durable = bytes.is_none();
        let state = bytes.map_or_else(|| Ok(State::default()), |bytes| State::decode(&bytes))?;
        Ok(Store { fs, state, durable, start: None })
    }

    /// Forgets a state file that cannot be used, floors included: the embedded bundle must set them again
    /// ([`Store::raise_floor`]).
    ///
    /// # Errors
    /// [`StoreError::Io`] if the empty state cannot be written.
    pub fn start_over(fs: F) -> Result<Store<F>, StoreError> {
        let mut store = Store { fs, state: State::default(), durable: true, start: None };
        store.commit(State::default())?;
        Ok(store)
    }

    /// The installed layers, base first, then by publisher and layer.
    #[must_use]
    pub fn layers(&self) -> &[LayerEntry] {
        &self.state.now.layers
    }

    /// The bundle file of an installed layer, its hash checked.
    ///
    /// # Errors
    /// [`StoreError::BlobDamaged`] if it is missing or altered, [`StoreError::Io`] if it cannot be read.
    pub fn read_layer(&self, entry: &LayerEntry, limits: &Limits) -> Result<Bytes, StoreError> {
        self.read_blob(&entry.digest, limits.bundle_bytes).map(Bytes::from)
    }

    /// All installed bundles, decoded, in the order of [`Store::layers`]. Their signatures were verified when they were
    /// installed; since then the hash in the state file vouches for them.
    ///
    /// # Errors
    /// As [`Store::read_layer`], and [`StoreError::Bundle`] if this engine no longer reads one.
    pub fn bundles(&self, limits: &Limits) -> Result<Vec<Bundle>, StoreError> {
        self.state.now.layers.iter().map(|entry| self.read_bundle(entry, limits)).collect()
    }

    /// The active image, its hash checked; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError::BlobDamaged`] if it is missing or altered (compile it again and [`Store::activate`] it),
    /// [`StoreError::Io`] if it cannot be read.
    pub fn image(&self) -> Result<Option<Bytes>, StoreError> {
        self.state.now.image.map(|digest| self.read_blob(&digest, MAX_IMAGE_BYTES).map(Bytes::from)).transpose()
    }

    /// Lets nothing older than `bundle` be installed, which is not itself installed: the one embedded in the app. The
    /// floor is written down with the next change.
    pub fn raise_floor(&mut self, bundle: &Bundle) {
        self.state.raise(bundle);
    }

    /// Verifies a bundle, compiles it together with the other layers, and commits both at once. The same file again
    /// changes nothing, and mends its stored copy if that was damaged.
    ///
    /// `compile` gets all bundles in the order of [`Store::layers`]; it runs the self-tests too, and says why not.
    ///
    /// # Errors
    /// Nothing is written before bundle, sequence number, set of layers and image are found good.
    pub fn install_with(
        &mut self,
        bundle: &[u8],
        trust: &TrustRoot,
        limits: &Limits,
        compile: impl FnOnce(&[Bundle]) -> Result<Vec<u8>, String>,
    ) -> Result<Installed, StoreError> {
        let opened = bundle::open(bundle, trust, limits)?;
        self.install_all(vec![(opened, bundle)], limits, compile)
    }

    /// The same with several bundles in one commit, each with its file; the answer is about the first.
    fn install_all(
        &mut self,
        new: Vec<(Bundle, &[u8])>,
        limits: &Limits,
        compile: impl FnOnce(&[Bundle]) -> Result<Vec<u8>, String>,
    ) -> Result<Installed, StoreError> {
        self.settle()?;
        let entries: Vec<LayerEntry> = new.iter().map(|(bundle, _)| LayerEntry::of(bundle)).collect();
        let Some(entry) = entries.first().cloned() else { return Err(StoreError::LayerSet { found: "none".into() }) };
        if entries.iter().all(|entry| self.state.now.layers.iter().any(|old| old.digest == entry.digest)) {
            for (_, file) in &new {
                self.write_blob(file)?;
            }
            return Ok(Installed { entry, changed: false });
        }
        entries.iter().try_for_each(|entry| self.check_seq(entry))?;
        let mut next = self.state.clone();
        let mut bundles = Vec::new();
        for old in &self.state.now.layers {
            if !entries.iter().any(|entry| entry.is(&old.publisher, &old.layer)) {
                bundles.push(self.read_bundle(old, limits)?);
            }
        }
        next.now.layers.retain(|old| !entries.iter().any(|entry| entry.is(&old.publisher, &old.layer)));
        next.now.layers.extend(entries);
        next.now.layers.sort_by(|first, second| first.place().cmp(&second.place()));
        check_set(&next.now.layers)?;
        let (opened, files): (Vec<Bundle>, Vec<&[u8]>) = new.into_iter().unzip();
        opened.iter().for_each(|bundle| next.raise(bundle));
        bundles.extend(opened);
        bundles.sort_by(|first, second| LayerEntry::of(first).place().cmp(&LayerEntry::of(second).place()));
        let image = compile(&bundles).map_err(|reason| StoreError::Compile { reason })?;
        for file in files {
            self.write_blob(file)?;
        }
        next.now.image = Some(self.write_blob(&image)?);
        if self.state.attempts.is_none() {
            next.before = Some(self.state.now.clone());
        }
        next.attempts = Some(0);
        let start = self.start.take();
        let done = self.commit(next);
        if self.state.attempts != Some(0) {
            self.start = start;
        }
        done?;
        Ok(Installed { entry, changed: true })
    }

    /// Removes a layer and commits the image compiled from the others, if there are any. Its floor stays.
    ///
    /// # Errors
    /// [`StoreError::NotInstalled`]; [`StoreError::LayerSet`] if the base would leave its additions behind.
    pub fn remove_with(
        &mut self,
        publisher: &str,
        layer: &str,
        limits: &Limits,
        compile: impl FnOnce(&[Bundle]) -> Result<Vec<u8>, String>,
    ) -> Result<(), StoreError> {
        self.settle()?;
        let mut next = self.state.clone();
        let now = &mut next.now;
        now.layers.retain(|old| !old.is(publisher, layer));
        if now.layers.len() == self.state.now.layers.len() {
            return Err(StoreError::NotInstalled { publisher: publisher.into(), layer: layer.into() });
        }
        now.image = None;
        if !now.layers.is_empty() {
            check_set(&now.layers)?;
            let bundles =
                now.layers.iter().map(|entry| self.read_bundle(entry, limits)).collect::<Result<Vec<_>, _>>()?;
            let image = compile(&bundles).map_err(|reason| StoreError::Compile { reason })?;
            now.image = Some(self.write_blob(&image)?);
        }
        self.commit(next)
    }

    /// Makes `image` the active one: compiled by the caller from [`Store::bundles`], after an app update or when the
    /// stored one was damaged.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn activate(&mut self, image: &[u8]) -> Result<(), StoreError> {
        let mut next = self.state.clone();
        next.now.image = Some(self.write_blob(image)?);
        self.commit(next)
    }

    /// Whether the rules in use have had [`MAX_ATTEMPTS`] starts before this one without proving themselves.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.start.is_none() && self.state.attempts.is_some_and(|attempts| attempts >= MAX_ATTEMPTS)
    }

    /// Counts this start with rules that have not proven themselves, before they are used; once, however often it is
    /// called. Nothing to do for others.
    ///
    /// # Errors
    /// [`StoreError::Io`]: they must not be used then, or a crash would not be counted.
    pub fn begin(&mut self) -> Result<(), StoreError> {
        let Some(attempts) = self.state.attempts else { return Ok(()) };
        let start = *self.start.get_or_insert(attempts.saturating_add(1));
        if attempts == start {
            return self.settle();
        }
        self.commit(State { attempts: Some(start), ..self.state.clone() })
    }

    /// The rules in use work: what they replaced is forgotten.
    ///
    /// # Errors
    /// [`StoreError::Io`]: they go on being counted.
    pub fn prove(&mut self) -> Result<(), StoreError> {
        if self.state.attempts.is_none() {
            return Ok(());
        }
        self.commit(State { attempts: None, before: None, ..self.state.clone() })
    }

    /// Goes back to the rules that had proven themselves before, or to none, and refuses the bundles that came since for
    /// ever. Their floors stay, so only a higher number replaces them. Returns what was given up.
    ///
    /// # Errors
    /// [`StoreError::Io`]: everything is as it was.
    pub fn give_up(&mut self) -> Result<Vec<LayerEntry>, StoreError> {
        let mut next = self.state.clone();
        let back = next.before.take().unwrap_or_default();
        let given_up = std::mem::replace(&mut next.now, back).layers;
        let kept = |entry: &LayerEntry| next.now.layers.iter().any(|old| old.digest == entry.digest);
        let given_up: Vec<LayerEntry> = given_up.into_iter().filter(|entry| !kept(entry)).collect();
        next.refused.extend(given_up.iter().map(|entry| entry.digest));
        let surplus = next.refused.len().saturating_sub(state::MOST_REFUSED);
        next.refused.drain(..surplus);
        next.attempts = None;
        self.commit(next)?;
        Ok(given_up)
    }

    fn check_seq(&self, entry: &LayerEntry) -> Result<(), StoreError> {
        if self.state.refused.contains(&entry.digest) {
            return Err(StoreError::GivenUp { publisher: entry.publisher.clone(), layer: entry.layer.clone() });
        }
        let Some(floor) = self.state.floor(&entry.publisher, &entry.layer) else { return Ok(()) };
        let (publisher, layer) = (entry.publisher.clone(), entry.layer.clone());
        let (floor, offered, same) = (floor.seq, entry.seq, floor.digest == entry.digest);
        match offered.checked_sub(floor) {
            // A layer that was removed may come back as it was.
            Some(0) if same => Ok(()),
            None | Some(0) => Err(StoreError::Rollback { publisher, layer, floor, offered }),
            Some(jump) if jump > MAX_SEQ_JUMP => Err(StoreError::FastForward { publisher, layer, floor, offered }),
            Some(_) => Ok(()),
        }
    }

    fn read_bundle(&self, entry: &LayerEntry, limits: &Limits) -> Result<Bundle, StoreError> {
        let bytes = self.read_blob(&entry.digest, limits.bundle_bytes)?;
        Ok(bundle::reopen(&bytes, entry.signers.clone(), limits)?)
    }

    fn read_blob(&self, digest: &[u8; 32], limit: u64) -> Result<Vec<u8>, StoreError> {
        let path = format!("{BLOBS}/{}", hex(digest));
        let damaged = |found| StoreError::BlobDamaged { digest: hex(digest), found };
        let bytes = io_at("read", &path, self.fs.read(&path, limit))?.ok_or_else(|| damaged("none"))?;
        if sha256(&bytes) == *digest { Ok(bytes) } else { Err(damaged("others")) }
    }

    /// Stores bytes under their hash. Bytes that are there already are left alone.
    fn write_blob(&self, bytes: &[u8]) -> Result<[u8; 32], StoreError> {
        let digest = sha256(bytes);
        if self.read_blob(&digest, bytes.len() as u64).is_err() {
            io_at("create", BLOBS, self.fs.create_dir(BLOBS))?;
            // The name of `blobs` itself must survive too.
            io_at("sync", ".", self.fs.sync_dir(""))?;
            let path = format!("{BLOBS}/{}", hex(&digest));
            self.replace(&format!("{path}.new"), &path, bytes)?;
        }
        // Also when the bytes were there: an earlier try may have failed just before this.
        io_at("sync", BLOBS, self.fs.sync_dir(BLOBS))?;
        Ok(digest)
    }

    /// Writes the state file, which commits, and removes what it does not name.
    fn commit(&mut self, next: State) -> Result<(), StoreError> {
        let bytes = next.encode();
        let (limit, found) = (state::MAX_BYTES, bytes.len() as u64);
        if found > limit {
            return Err(StoreError::StateTooLarge { limit, found });
        }
        io_at("create", ".", self.fs.create_dir(""))?;
        self.replace(STATE_NEW, STATE, &bytes)?;
        // From here on every reader sees the new state, so this one must too, or a floor could fall again.
        self.state = next;
        self.durable = false;
        // Garbage stays until the rename is durable: a crash before that brings the old state back.
        self.settle()?;
        self.collect_garbage();
        Ok(())
    }

    /// Makes the last rename durable if that is not known, so that no answer builds on a state that may still vanish.
    fn settle(&mut self) -> Result<(), StoreError> {
        if !self.durable {
            io_at("sync", ".", self.fs.sync_dir(""))?;
            self.durable = true;
        }
        Ok(())
    }

    fn replace(&self, new: &str, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        io_at("write", new, self.fs.write_synced(new, bytes))?;
        io_at("rename", new, self.fs.rename(new, path))
    }

    /// Removes blobs that the state does not name. What cannot be removed now is removed after the next change.
    fn collect_garbage(&self) {
        for name in self.fs.list(BLOBS).unwrap_or_default() {
            if !self.state.names(&name) {
                let _ = self.fs.remove(&format!("{BLOBS}/{name}"));
            }
        }
    }
}

/// One base and its additions, or a user layer alone.
fn check_set(layers: &[LayerEntry]) -> Result<(), StoreError> {
    let count = |kind| layers.iter().filter(|layer| layer.kind == kind).count();
    let (bases, additions, users) = (count(LayerKind::Base), count(LayerKind::Addition), count(LayerKind::User));
    match (bases, additions, users) {
        (1, _, 0) | (0, 0, 1) => Ok(()),
        _ => Err(StoreError::LayerSet { found: format!("{bases} base, {additions} additions, {users} user layers") }),
    }
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn io_at<T>(call: &'static str, path: &str, result: io::Result<T>) -> Result<T, StoreError> {
    result.map_err(|source| StoreError::Io { call, path: path.into(), source })
}
