//! What stands behind a key? The rules in use, the user's policy, and the store that both came from, if there is one.

use crate::error::NativeException;
use crate::slots::{FILTERS, StaleKey};
use bytes::Bytes;
use smsfilter::{
    Filter, Policy,
    filter::Scratch,
    image::{Image, ImageError},
    store::{Embedded, Rules, StdFs, StoreError},
};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What a call needs, swapped as a whole.
pub struct Opened {
    /// Without rules every message is delivered.
    pub(crate) filter: Option<Filter>,
    pub(crate) policy: Policy,
    store: Option<Arc<Mutex<Rules<StdFs>>>>,
    /// Memory of calls that have ended, for the next ones: as many as were under way at once.
    spare: Mutex<Vec<Scratch>>,
}

/// Bytes of the longest message whose memory is kept.
const KEPT: usize = 16 * 1024;

impl Opened {
    /// Over an image alone: nothing is stored.
    pub(crate) fn image(image: Vec<u8>) -> Result<Opened, ImageError> {
        Image::open(image.into()).and_then(Filter::new).map(Opened::filter)
    }

    /// Over a filter alone.
    pub(crate) fn filter(filter: Filter) -> Opened {
        Opened { filter: Some(filter), policy: Policy::default(), store: None, spare: Mutex::default() }
    }

    /// Over a directory, and the image that the app brings for when it holds nothing that can be used. Never fails.
    pub(crate) fn directory(root: PathBuf, image: Vec<u8>) -> Opened {
        let embedded = Embedded { image: image.into(), ..Embedded::default() };
        let rules = Rules::open(StdFs { root }, embedded);
        Opened::now(&rules, None).with(Arc::new(Mutex::new(rules)))
    }

    fn now(rules: &Rules<StdFs>, store: Option<Arc<Mutex<Rules<StdFs>>>>) -> Opened {
        let (filter, policy) = (rules.filter().cloned(), rules.own().policy.unwrap_or_default());
        Opened { filter, policy, store, spare: Mutex::default() }
    }

    fn with(self, store: Arc<Mutex<Rules<StdFs>>>) -> Opened {
        Opened { store: Some(store), ..self }
    }

    /// Judges a message of so many bytes with memory that was used before, if there is any. Most of a call would be spent on
    /// getting it.
    pub(crate) fn with_memory<T>(&self, bytes: usize, judge: impl FnOnce(&mut Scratch) -> T) -> T {
        let spare = || self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let memory = spare().pop();
        let mut memory = memory.unwrap_or_default();
        let judged = judge(&mut memory);
        if bytes <= KEPT {
            spare().push(memory);
        }
        judged
    }

    /// The filter, or a refusal.
    pub(crate) fn rules(&self) -> Result<&Filter, NativeException> {
        self.filter.as_ref().ok_or_else(|| {
            NativeException::refused(
                "filter.no-rules",
                "没有可用的规则，请安装规则包",
                "there are no rules; install a bundle",
            )
        })
    }

    /// The store behind it, locked: one change at a time.
    pub(crate) fn store(&self) -> Result<MutexGuard<'_, Rules<StdFs>>, NativeException> {
        let store = self.store.as_ref().ok_or_else(|| {
            NativeException::refused(
                "filter.no-store",
                "过滤器没有存储目录，请用带目录的配置打开",
                "the filter has no directory; open it with one",
            )
        })?;
        Ok(store.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Changes what is stored, and lets every call from now on see it. `own`: the bundle that the app brings.
pub(crate) fn change<T>(
    key: u64,
    own: Vec<u8>,
    change: impl FnOnce(&mut Rules<StdFs>) -> Result<T, StoreError>,
) -> Result<T, NativeException> {
    let opened = FILTERS.get(key)?;
    let mut rules = opened.store()?;
    rules.bring(Bytes::from(own));
    let done = change(&mut rules);
    // Also after a refusal: what could not be written may have ended in a fallback. Under the lock, so that swaps come in
    // the order of the changes.
    swap(key, &opened, &rules)?;
    Ok(done?)
}

fn swap(key: u64, opened: &Opened, rules: &Rules<StdFs>) -> Result<(), StaleKey> {
    FILTERS.swap(key, Opened::now(rules, opened.store.clone()))
}
