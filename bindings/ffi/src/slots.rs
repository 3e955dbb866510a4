//! Which filter does a key from Java mean? The one registry behind both roads.
//!
//! A key is `generation << 32 | index`. Closing a slot raises its generation, so a key that outlives its filter is told
//! apart from every later one: it is refused, never read as another filter. Generations start at 1 and stay below 2³¹: a
//! key is never 0 and never negative as a Java `long`.

use std::sync::{Arc, PoisonError, RwLock};

use crate::opened::Opened;
use once_cell::sync::Lazy;

/// A registry of values that foreign code addresses by number.
pub struct Slots<T> {
    slots: RwLock<Vec<Slot<T>>>,
}

struct Slot<T> {
    generation: u32,
    value: Option<Arc<T>>,
}

/// A key without an open filter behind it: closed, or never given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no open filter has the key {0:#x}: it was closed, or it never was one")]
pub struct StaleKey(pub u64);

/// The filters of this process.
pub static FILTERS: Lazy<Slots<Opened>> = Lazy::new(Slots::default);

/// The last generation; a slot that has reached it is not used again.
const LAST_GENERATION: u32 = i32::MAX as u32;

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Slots { slots: RwLock::default() }
    }
}

impl<T> Slots<T> {
    /// Puts a value in a free slot and returns its key.
    pub fn open(&self, value: T) -> u64 {
        let mut slots = self.slots.write().unwrap_or_else(PoisonError::into_inner);
        let free = slots.iter().position(|slot| slot.value.is_none() && slot.generation < LAST_GENERATION);
        let index = free.unwrap_or_else(|| {
            slots.push(Slot { generation: 0, value: None });
            slots.len() - 1
        });
        slots[index].generation += 1;
        slots[index].value = Some(Arc::new(value));
        u64::from(slots[index].generation) << 32 | index as u64
    }

    /// The value behind a key. It stays alive while held, even if the slot is closed or swapped meanwhile.
    ///
    /// # Errors
    /// [`StaleKey`] if nothing is open under the key.
    pub fn get(&self, key: u64) -> Result<Arc<T>, StaleKey> {
        let slots = self.slots.read().unwrap_or_else(PoisonError::into_inner);
        let slot = slots.get(index(key)).filter(|slot| slot.generation == generation(key));
        slot.and_then(|slot| slot.value.clone()).ok_or(StaleKey(key))
    }

    /// Puts another value under an open key: every holder of the key sees it from its next call on.
    ///
    /// # Errors
    /// [`StaleKey`] if nothing is open under the key.
    pub fn swap(&self, key: u64, value: T) -> Result<(), StaleKey> {
        self.replace(key, Some(Arc::new(value)))
    }

    /// Closes a key. The value is freed when the last call that is using it returns.
    ///
    /// # Errors
    /// [`StaleKey`] if nothing is open under the key.
    pub fn close(&self, key: u64) -> Result<(), StaleKey> {
        self.replace(key, None)
    }

    fn replace(&self, key: u64, value: Option<Arc<T>>) -> Result<(), StaleKey> {
        let mut slots = self.slots.write().unwrap_or_else(PoisonError::into_inner);
        let slot = slots.get_mut(index(key)).filter(|slot| slot.generation == generation(key));
        let slot = slot.filter(|slot| slot.value.is_some()).ok_or(StaleKey(key))?;
        let old = std::mem::replace(&mut slot.value, value);
        drop(slots); // freeing a large image does not hold up the other threads
        drop(old);
        Ok(())
    }
}

fn index(key: u64) -> usize {
    (key & u64::from(u32::MAX)) as usize
}

fn generation(key: u64) -> u32 {
    (key >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_positive_as_a_java_long() {
        let slots = Slots::default();
        assert!(slots.open('a') as i64 > 0);
    }

    #[test]
    fn a_swap_is_seen_under_the_same_key_and_spares_those_still_reading() {
        let slots = Slots::default();
        let key = slots.open('a');
        let held = slots.get(key).unwrap();
        slots.swap(key, 'b').unwrap();
        assert_eq!((*held, *slots.get(key).unwrap()), ('a', 'b'));
    }

    #[test]
    fn a_closed_key_is_refused_even_when_its_slot_is_in_use_again() {
        let slots = Slots::default();
        let old = slots.open('a');
        slots.close(old).unwrap();
        let new = slots.open('b');
        assert_eq!(index(old), index(new));
        assert_eq!(slots.get(old), Err(StaleKey(old)));
        assert_eq!(slots.swap(old, 'c'), Err(StaleKey(old)));
        assert_eq!(slots.close(old), Err(StaleKey(old)));
        assert_eq!(*slots.get(new).unwrap(), 'b');
    }

    #[test]
    fn numbers_that_never_were_keys_are_refused() {
        let slots = Slots::default();
        let key = slots.open('a');
        for wrong in [0, 1, key + 1, key ^ 1 << 32, u64::MAX, i64::MAX as u64] {
            assert_eq!(slots.get(wrong), Err(StaleKey(wrong)));
        }
    }

    #[test]
    fn closing_frees_the_value() {
        let slots = Slots::default();
        let value = Arc::new(());
        let key = slots.open(value.clone());
        slots.close(key).unwrap();
        assert_eq!(Arc::strong_count(&value), 1);
    }

    #[test]
    fn a_slot_that_ran_out_of_generations_is_left_alone() {
        let slots = Slots::default();
        let key = slots.open('a');
        slots.slots.write().unwrap()[0].generation = LAST_GENERATION;
        let last = u64::from(LAST_GENERATION) << 32 | key & u64::from(u32::MAX);
        slots.close(last).unwrap();
        assert_eq!(index(slots.open('b')), 1);
    }
}
