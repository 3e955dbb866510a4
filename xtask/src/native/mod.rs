//! How are the libraries for Android built without Android's NDK? From packages of Debian 12, on x86-64, as root.
//!
//! ```text
//! cargo xtask native   builds target/native/jniLibs/ABI/libsmsfilter_ffi.so and checks them
//! ```
//! [`sysroot`] makes what is linked against, [`rust_std`] Rust's standard library, [`library`] the four libraries;
//! [`check`] looks at the files, [`here`] runs them; `cargo xtask aar` weighs them. The sources that are compiled lie in
//! `xtask/native`.
//!
//! # What this establishes
//! Four libraries for `*-linux-android*`, linked with `-z defs` against stubs that hold only names which bionic has
//! exported since API 21 (the minimum SDK is 26); in need of no library but libc, libm, libdl and liblog; named,
//! aligned to 16 KiB, without text relocations; exporting the native methods that the Kotlin library declares, UniFFI's
//! functions, the self-check, nothing else. Each of these very files was loaded and ran its self-check: x86_64 and
//! x86 on the processor, arm64 and armv7 under qemu. A signature was verified and a forged one refused; the mini and
//! the national rules were compiled, on 64 bits to the same bytes as on this machine; every example of theirs was
//! judged as here, by the image made there and by the one made here; a panic was caught.
//!
//! # What it does not
//! No bionic, no ART, no device: the libraries ran over glibc, with what differs supplied in `xtask/native/run`; there packed
//! relocations were applied, not by bionic. The stubs carry no symbol versions; bionic reads that as "any". Nothing here
//! calls through JNI or UniFFI: the JVM tests do, with the library of this machine. Rust's standard library is Debian's
//! (1.96), compiled for size and without backtraces; rustup's is larger, and so is a library built with it. A release
//! is to be linked with the NDK's clang and sysroot in place of these, and tried on a device.
//!
//! # Times
//! On two cores: the standard library and the sysroot nine minutes the first time; the libraries some five minutes whenever the
//! core or the binding changed, four times that while the machine compiles other things. Worth keeping between runs: `target/native`.
//!
//! # Sizes
//! `bindings/android/sizes.txt` has them, as `cargo xtask aar --record` weighed them.

mod abi;
mod check;
mod here;
mod library;
mod made;
mod rust_std;
mod symbols;
mod sysroot;

use std::path::PathBuf;

use crate::setup;
use crate::shell::{self, Outcome};

pub(crate) use abi::ABIS;
pub(crate) use library::NAME as LIBRARY;

pub(crate) fn run(args: &[String]) -> Outcome {
    match args {
        [] => build().map(drop),
        _ => Err("takes no argument".into()),
    }
}

/// Sets up, builds and checks everything, and returns the folder with one folder for each ABI.
pub(crate) fn build() -> Outcome<PathBuf> {
    setup::for_native()?;
    let libraries = library::make()?;
    for abi in &ABIS {
        let path = libraries.join(abi.name).join(LIBRARY);
        check::check(abi, &path)?;
        println!("{:<12} {:>9} bytes", abi.name, shell::size(&path)?);
    }
    here::check(&libraries)?;
    Ok(libraries)
}
