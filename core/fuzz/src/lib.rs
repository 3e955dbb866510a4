//! How much memory may an input take? libFuzzer looks once a second and without a sanitizer cannot see single
//! allocations, so they are counted here: one input may hold at most 128 MiB at a time.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

const LIMIT: isize = 128 << 20;

thread_local! {
    /// Bytes that the running input holds, and whether one is running.
    static HELD: Cell<isize> = const { Cell::new(0) };
    static RUNNING: Cell<bool> = const { Cell::new(false) };
}

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Runs a target on an input.
pub fn run(target: fn(&[u8]), data: &[u8]) {
    HELD.set(0);
    RUNNING.set(true);
    target(data);
    RUNNING.set(false);
}

fn count(bytes: isize) {
    HELD.set(HELD.get() + bytes);
    if HELD.get() > LIMIT && RUNNING.replace(false) {
        panic!("an input takes more than {LIMIT} bytes of memory");
    }
}

// SAFETY: the system's allocator does it all; counting changes neither layouts nor pointers.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size as isize - layout.size() as isize);
        unsafe { System.realloc(pointer, layout, size) }
    }
}
