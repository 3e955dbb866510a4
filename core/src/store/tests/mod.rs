//! Faults at every call of the file system, and what the store refuses.

mod rules;

use super::*;
use crate::bundle::{SigningKey, sample::sample, write};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    /// The call has no effect.
    Fails,
    /// The call has its effect and still reports an error.
    FailsAfterwards,
    /// Half of a file is written; other calls fail.
    ShortWrite,
    /// The same, for want of space.
    NoSpace,
    /// Neither this call nor any later one has an effect: the process is gone.
    Dies,
}

const FAULTS: [Fault; 5] = [Fault::Fails, Fault::FailsAfterwards, Fault::ShortWrite, Fault::NoSpace, Fault::Dies];

/// Files as the process sees them and as a crash leaves them. Content counts once synced, names once their directory is.
#[derive(Clone, Default)]
struct Disk {
    files: Vec<(Vec<u8>, Vec<u8>)>,
    names: BTreeMap<String, usize>,
    names_synced: BTreeMap<String, usize>,
    dirs: BTreeSet<String>,
    dirs_synced: BTreeSet<String>,
    calls: usize,
    fault: Option<(usize, Fault)>,
}

#[derive(Clone, Default)]
struct MemFs(Rc<RefCell<Disk>>);

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |parts| parts.0)
}

impl MemFs {
    /// A copy of its own, with a fault at a call counted from now.
    fn with_fault(&self, call: usize, fault: Fault) -> MemFs {
        let mut disk = self.0.borrow().clone();
        (disk.calls, disk.fault) = (0, Some((call, fault)));
        MemFs(Rc::new(RefCell::new(disk)))
    }

    /// What the next process finds after this one ended.
    fn after_exit(&self) -> MemFs {
        let mut disk = self.0.borrow().clone();
        (disk.calls, disk.fault) = (0, None);
        MemFs(Rc::new(RefCell::new(disk)))
    }

    /// What the next process finds after the power failed. Names that were not synced reached the disk or did not,
    /// each sort by itself: directories, names in the root, names of blobs.
    fn after_power_loss(&self, [dirs, root, blobs]: [bool; 3]) -> MemFs {
        let fs = self.after_exit();
        let mut disk = fs.0.borrow_mut();
        let disk_now = &mut *disk;
        disk_now.files.iter_mut().for_each(|file| file.0 = file.1.clone());
        if !dirs {
            disk_now.dirs = disk_now.dirs_synced.clone();
        }
        let reached = |name: &str| if parent(name).is_empty() { root } else { blobs };
        let kept = disk_now.names.iter().filter(|(name, _)| reached(name));
        let synced = disk_now.names_synced.iter().filter(|(name, _)| !reached(name));
        let names = kept.chain(synced).filter(|(name, _)| disk_now.dirs.contains(parent(name)));
        disk_now.names = names.map(|(name, at)| (name.clone(), *at)).collect();
        drop(disk);
        fs
    }

    fn call<T>(&self, run: impl FnOnce(&mut Disk, Option<Fault>) -> io::Result<T>) -> io::Result<T> {
        let mut disk = self.0.borrow_mut();
        let now = disk.calls;
        disk.calls += 1;
        let fault = match disk.fault {
            Some((at, fault)) if at == now || (fault == Fault::Dies && at < now) => Some(fault),
            _ => None,
        };
        match fault {
            None => run(&mut disk, None),
            Some(Fault::Fails | Fault::Dies) => Err(io::Error::other("fault")),
            Some(Fault::FailsAfterwards) => run(&mut disk, None).and(Err(io::Error::other("fault afterwards"))),
            Some(Fault::NoSpace) => {
                run(&mut disk, fault).and(Err(io::Error::new(io::ErrorKind::StorageFull, "no space")))
            }
            Some(Fault::ShortWrite) => run(&mut disk, fault).and(Err(io::Error::other("short"))),
        }
    }
}

/// A call that cannot be done by halves is not done.
fn whole(fault: Option<Fault>) -> io::Result<()> {
    if fault.is_some() { Err(io::Error::other("fault")) } else { Ok(()) }
}

impl Fs for MemFs {
    fn read(&self, path: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
        self.call(|disk, _| match disk.names.get(path).map(|&at| disk.files[at].0.clone()) {
            Some(bytes) if bytes.len() as u64 > limit => Err(io::ErrorKind::FileTooLarge.into()),
            found => Ok(found),
        })
    }

    fn write_synced(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.call(|disk, fault| {
            if !disk.dirs.contains(parent(path)) {
                return Err(io::ErrorKind::NotFound.into());
            }
            let new = disk.files.len();
            let at = *disk.names.entry(path.into()).or_insert(new);
            if at == new {
                disk.files.push(Default::default());
            }
            let written = if fault.is_some() { &bytes[..bytes.len() / 2] } else { bytes };
            // Unsynced content may be anything after a crash.
            disk.files[at] = (written.to_vec(), if fault.is_some() { b"lost".to_vec() } else { bytes.to_vec() });
            Ok(())
        })
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.call(|disk, fault| {
            whole(fault)?;
            let at = disk.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
            disk.names.insert(to.into(), at);
            Ok(())
        })
    }

    fn sync_dir(&self, path: &str) -> io::Result<()> {
        self.call(|disk, fault| {
            whole(fault)?;
            if !disk.dirs.contains(path) {
                return Err(io::ErrorKind::NotFound.into());
            }
            disk.names_synced.retain(|name, _| parent(name) != path);
            let names = disk.names.iter().filter(|(name, _)| parent(name) == path);
            disk.names_synced.extend(names.map(|(name, at)| (name.clone(), *at)));
            if path.is_empty() {
                disk.dirs_synced = disk.dirs.clone();
            }
            Ok(())
        })
    }

    fn create_dir(&self, path: &str) -> io::Result<()> {
        self.call(|disk, fault| {
            whole(fault)?;
            disk.dirs.extend([String::new(), path.into()]);
            // The root is the app's business.
            disk.dirs_synced.insert(String::new());
            Ok(())
        })
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        self.call(|disk, _| {
            let names = disk.names.keys().filter(|name| parent(name) == path && name.contains('/'));
            Ok(names.map(|name| name.rsplit('/').next().unwrap_or_default().to_owned()).collect())
        })
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.call(|disk, fault| {
            whole(fault)?;
            disk.names.remove(path);
            Ok(())
        })
    }
}

fn file(layer: &str, kind: LayerKind, seq: u64) -> Vec<u8> {
    write(&sample("test", layer, kind, seq), [0; 32]).unwrap().sign(&[&SigningKey::development(0)])
}

/// Stands for the image compiler: the digests of what went in.
fn compile(bundles: &[Bundle]) -> Result<Vec<u8>, String> {
    Ok(bundles.iter().flat_map(|bundle| bundle.digest).collect())
}

fn install<F: Fs>(store: &mut Store<F>, file: &[u8]) -> Result<Installed, StoreError> {
    store.install_with(file, &TrustRoot::development(), &Limits::default(), compile)
}

fn code<T>(result: Result<T, StoreError>) -> &'static str {
    result.err().expect("must be refused").code()
}

fn seqs<F: Fs>(store: &Store<F>) -> Vec<(String, u64)> {
    store.layers().iter().map(|entry| (entry.layer.clone(), entry.seq)).collect()
}

/// The state on the disk, each part checked against the others.
fn whole_state(fs: &MemFs) -> (Vec<(String, u64)>, Option<Bytes>) {
    let store = Store::open(fs.clone()).unwrap();
    let bundles = store.bundles(&Limits::default()).unwrap();
    let image = store.image().unwrap();
    let expected = (!bundles.is_empty()).then(|| Bytes::from(compile(&bundles).unwrap()));
    assert_eq!(image, expected, "the image is made of the layers");
    (seqs(&store), image)
}

/// Runs a change with every fault at every call. Whatever happens, the old state or the new one is there, an answer of
/// Ok means the new one, and trying again leads to the new one.
fn survives(before: &MemFs, change: impl Fn(&mut Store<MemFs>) -> Result<(), StoreError>) -> usize {
    let old = whole_state(before);
    let perfect = before.with_fault(usize::MAX, Fault::Fails);
    change(&mut Store::open(perfect.clone()).unwrap()).unwrap();
    let calls = perfect.0.borrow().calls;
    let new = whole_state(&perfect);
    assert_ne!(old, new);
    let mut runs = 0;
    for fault in FAULTS {
        for call in 0..calls {
            let fs = before.with_fault(call, fault);
            let mut store = Store::open(fs.clone());
            let done = store.as_mut().is_ok_and(|store| change(store).is_ok());
            let losses = (0..8).map(|bits| fs.after_power_loss([0, 1, 2].map(|bit| bits >> bit & 1 == 1)));
            for left in losses.chain([fs.after_exit()]) {
                let state = whole_state(&left);
                assert!(state == new || (state == old && !done), "{fault:?} at call {call}: {state:?}");
                let mut again = Store::open(left.clone()).unwrap();
                change(&mut again).unwrap_or_else(|error| assert_eq!(error.code(), "not-installed"));
                assert_eq!(whole_state(&left.after_power_loss([false; 3])), new, "{fault:?} at call {call}, again");
                runs += 1;
            }
            // The same process tries again.
            if let Ok(mut store) = store
                && fault != Fault::Dies
            {
                change(&mut store)
                    .unwrap_or_else(|error| assert_eq!(error.code(), "not-installed", "{fault:?} {call}: {error}"));
                assert_eq!(whole_state(&fs), new);
            }
        }
    }
    runs
}

fn with(files: &[Vec<u8>]) -> MemFs {
    let fs = MemFs::default();
    let mut store = Store::open(fs.clone()).unwrap();
    files.iter().for_each(|file| assert!(install(&mut store, file).unwrap().changed));
    fs
}

#[test]
fn a_fault_at_any_call_of_the_first_install_leaves_nothing_or_all() {
    let base = file("national", LayerKind::Base, 1);
    assert!(survives(&MemFs::default(), |store| install(store, &base).map(|_| ())) > 100);
}

#[test]
fn a_fault_at_any_call_of_an_update_leaves_the_old_state_or_the_new() {
    let before = with(&[file("national", LayerKind::Base, 1), file("extra", LayerKind::Addition, 5)]);
    let next = file("national", LayerKind::Base, 2);
    assert!(survives(&before, |store| install(store, &next).map(|_| ())) > 100);
}

#[test]
fn a_fault_at_any_call_of_a_removal_leaves_the_old_state_or_the_new() {
    let before = with(&[file("national", LayerKind::Base, 1), file("extra", LayerKind::Addition, 5)]);
    assert!(survives(&before, |store| store.remove_with("test", "extra", &Limits::default(), compile)) > 100);
}

#[test]
fn the_same_file_again_changes_nothing_and_mends_its_copy() {
    let base = file("national", LayerKind::Base, 1);
    let fs = with(std::slice::from_ref(&base));
    let mut store = Store::open(fs.clone()).unwrap();
    let unused = |_: &[Bundle]| -> Result<Vec<u8>, String> { panic!("nothing to compile") };
    let path = format!("{BLOBS}/{}", hex(&sha256(&base)));
    fs.write_synced(&path, b"rotten").unwrap();
    assert_eq!(code(store.bundles(&Limits::default())), "blob-damaged");
    let again = store.install_with(&base, &TrustRoot::development(), &Limits::default(), unused).unwrap();
    assert!(!again.changed);
    assert_eq!(store.read_layer(&again.entry, &Limits::default()).unwrap(), base);
}

#[test]
fn an_older_number_and_another_file_of_the_same_number_are_rollbacks() {
    let base = file("national", LayerKind::Base, 5);
    let mut store = Store::open(with(std::slice::from_ref(&base))).unwrap();
    assert_eq!(code(install(&mut store, &file("national", LayerKind::Base, 4))), "rollback");
    let other = write(&sample("test", "national", LayerKind::Base, 5), [1; 32]).unwrap();
    assert_eq!(code(install(&mut store, &other.sign(&[&SigningKey::development(0)]))), "rollback");
    assert_eq!(seqs(&store), [("national".into(), 5)]);
}

#[test]
fn a_floor_outlives_its_layer_and_a_restart() {
    let base = file("national", LayerKind::Base, 5);
    let fs = with(std::slice::from_ref(&base));
    let mut store = Store::open(fs.clone()).unwrap();
    store.remove_with("test", "national", &Limits::default(), compile).unwrap();
    assert_eq!(store.image().unwrap(), None);
    let mut store = Store::open(fs).unwrap();
    assert_eq!(code(install(&mut store, &file("national", LayerKind::Base, 4))), "rollback");
    assert!(install(&mut store, &base).unwrap().changed, "the very same may come back");
}

#[test]
fn the_embedded_bundle_sets_the_floor() {
    let mut store = Store::open(MemFs::default()).unwrap();
    let embedded = file("national", LayerKind::Base, 9);
    store.raise_floor(&bundle::open(&embedded, &TrustRoot::development(), &Limits::default()).unwrap());
    assert_eq!(code(install(&mut store, &file("national", LayerKind::Base, 8))), "rollback");
    assert!(install(&mut store, &embedded).unwrap().changed);
}

#[test]
fn a_number_may_jump_by_two_to_the_twenty_and_no_further() {
    let mut store = Store::open(with(&[file("national", LayerKind::Base, 5)])).unwrap();
    assert_eq!(code(install(&mut store, &file("national", LayerKind::Base, 6 + MAX_SEQ_JUMP))), "fast-forward");
    assert_eq!(code(install(&mut store, &file("national", LayerKind::Base, u64::MAX))), "fast-forward");
    assert!(install(&mut store, &file("national", LayerKind::Base, 5 + MAX_SEQ_JUMP)).is_ok());
}

#[test]
fn layers_are_one_base_with_additions_or_one_user_layer() {
    let mut store = Store::open(MemFs::default()).unwrap();
    assert_eq!(code(install(&mut store, &file("extra", LayerKind::Addition, 1))), "layer-set");
    install(&mut store, &file("national", LayerKind::Base, 1)).unwrap();
    install(&mut store, &file("a", LayerKind::Addition, 1)).unwrap();
    assert_eq!(seqs(&store), [("national".into(), 1), ("a".into(), 1)], "the base stands first");
    assert_eq!(code(install(&mut store, &file("other", LayerKind::Base, 1))), "layer-set");
    assert_eq!(code(install(&mut store, &file("mine", LayerKind::User, 1))), "layer-set");
    assert_eq!(code(store.remove_with("test", "national", &Limits::default(), compile)), "layer-set");
    assert_eq!(code(store.remove_with("test", "none", &Limits::default(), compile)), "not-installed");
    install(&mut Store::open(MemFs::default()).unwrap(), &file("mine", LayerKind::User, 1)).unwrap();
}

#[test]
fn what_is_refused_is_never_written() {
    let fs = MemFs::default();
    let mut store = Store::open(fs.clone()).unwrap();
    let mut bad = file("national", LayerKind::Base, 1);
    *bad.last_mut().unwrap() ^= 1;
    assert_eq!(code(install(&mut store, &bad)), "wrong-signature");
    let refuse = |_: &[Bundle]| Err("an example fails".to_owned());
    let base = file("national", LayerKind::Base, 1);
    assert_eq!(code(store.install_with(&base, &TrustRoot::development(), &Limits::default(), refuse)), "compile");
    assert!(fs.0.borrow().names.is_empty());
}

#[test]
fn garbage_is_collected_after_a_commit() {
    let fs = with(&[file("national", LayerKind::Base, 1), file("national", LayerKind::Base, 2)]);
    fs.write_synced(&format!("{BLOBS}/left.new"), b"by a crash").unwrap();
    let mut store = Store::open(fs.clone()).unwrap();
    store.activate(b"another image").unwrap();
    assert_eq!(store.image().unwrap().unwrap(), b"another image"[..]);
    assert_eq!(fs.list(BLOBS).unwrap().len(), 2, "one bundle, one image");
}

#[test]
fn a_damaged_state_file_is_told_and_can_be_started_over() {
    let fs = with(&[file("national", LayerKind::Base, 1)]);
    let good = fs.read(STATE, u64::MAX).unwrap().unwrap();
    for len in 0..good.len() {
        assert_eq!(code(State::decode(&good[..len])), "state-damaged");
    }
    for bit in 0..good.len() * 8 {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(code(State::decode(&bad)), "state-damaged");
        // With its hash made right again it may only be refused or read, not panic.
        let content = bad.len() - 32;
        let hash = sha256(&bad[..content]);
        bad[content..].copy_from_slice(&hash);
        let _ = State::decode(&bad);
    }
    fs.write_synced(STATE, &good[1..]).unwrap();
    assert_eq!(code(Store::open(fs.clone()).map(|_| ())), "state-damaged");
    let mut store = Store::start_over(fs).unwrap();
    assert!(install(&mut store, &file("national", LayerKind::Base, 1)).unwrap().changed);
}

#[test]
fn the_real_file_system_behaves_as_the_one_in_memory() {
    let root = std::env::temp_dir().join(format!("smsfilter-store-{}", std::process::id()));
    let fs = StdFs { root: root.clone() };
    let mut store = Store::open(fs.clone()).unwrap();
    install(&mut store, &file("national", LayerKind::Base, 1)).unwrap();
    install(&mut store, &file("national", LayerKind::Base, 2)).unwrap();
    let store = Store::open(fs.clone()).unwrap();
    assert_eq!(seqs(&store), [("national".into(), 2)]);
    assert_eq!(store.image().unwrap().unwrap(), compile(&store.bundles(&Limits::default()).unwrap()).unwrap());
    assert_eq!(fs.list(BLOBS).unwrap().len(), 2);
    assert!(fs.read(STATE, 10).is_err(), "more than the limit");
    fs.remove("none").unwrap();
    std::fs::remove_dir_all(root).unwrap();
}
