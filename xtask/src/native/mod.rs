//! How are the libraries for Android built without Android's NDK? From packages of Debian 12, on x86-64, as root.
//!
//! ```text
//! cargo xtask native            builds target/native/jniLibs/<abi>/libsmsfilter_ffi.so, checks each, compares the sizes
//! cargo xtask native --record   the same, and writes the sizes into bindings/android/sizes.txt
//! ```
//! [`sysroot`] makes what is linked against, [`rust_std`] Rust's standard library, [`library`] the four libraries; [`elf`]
//! checks the files, [`here`] runs them, [`sizes`] weighs them. The sources that are compiled lie in `xtask/native`.
//!
//! # What this establishes
//! Four libraries for `*-linux-android*`, linked with `-z defs` against stubs that hold only names which bionic has
//! exported since API 21 (the minimum SDK is 26); in need of no library but libc, libm, libdl and liblog; named, aligned to
//! 16 KiB, without text relocations; exporting the native methods that the Kotlin library declares, UniFFI's functions, the
//! self-check, and nothing else. Each of the very files was loaded and ran its self-check (a signature verified and a
//! forged one refused, the mini and the national rules compiled to the same image as on this machine, every example of
//! theirs judged, a panic caught): x86_64 and x86 on the processor, arm64 and armv7 under qemu. The same sources give the same
//! bytes in any folder.
//!
//! # What it does not
//! No bionic, no ART, no device: the programs ran over glibc, with a shim for what differs (`xtask/native/run/shim.c`). The
//! stubs carry no symbol versions, which bionic reads as "any". Nothing here calls through JNI; the JVM tests do, with the
//! library of this machine. Rust's standard library is compiled for size and by Debian's compiler (1.96): rustup's is
//! larger, and so will be a library built with it. A release is built with the NDK, by `cargo ndk` or by cargo with the
//! NDK's linkers, in the same profile `dist`.

mod abi;
mod elf;
mod here;
mod library;
mod made;
mod rust_std;
mod sizes;
mod symbols;
mod sysroot;

use std::path::PathBuf;

use crate::setup;
use crate::shell::Outcome;

pub(crate) fn run(args: &[String]) -> Outcome {
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => build().map(drop),
        ["--record"] => make(true).map(drop),
        _ => Err("takes --record or nothing".into()),
    }
}

/// Sets up, builds and checks everything, and returns the folder with one folder for each ABI.
pub(crate) fn build() -> Outcome<PathBuf> {
    make(false)
}

fn make(record: bool) -> Outcome<PathBuf> {
    setup::for_native()?;
    let libraries = library::make()?;
    for abi in &abi::ABIS {
        elf::check(abi, &libraries.join(abi.name).join(library::NAME))?;
    }
    here::check(&libraries)?;
    sizes::check(&libraries, record)?;
    Ok(libraries)
}
