//! How is the library built? Cargo compiles it for each ABI in the profile `dist` into an archive that is optimised as a
//! whole; clang links that strictly, and what only a debugger reads is left out.

use std::path::{Path, PathBuf};

use super::abi::{ABIS, Abi};
use super::{made, rust_std, sysroot};
use crate::shell::{self, Outcome};

/// The library's file name, by which Android loads it.
pub(crate) const NAME: &str = "libsmsfilter_ffi.so";
/// The archive that it is linked from.
const ARCHIVE: &str = "libsmsfilter_ffi.a";

/// One target at a time: cargo takes a type of crate for no more.
const BUILD: &str = "rustc --quiet -p smsfilter-ffi --lib --crate-type staticlib --profile dist";
/// Of functions with the same code one stays, and relocations are packed, which bionic reads since API 23: 30 KB less.
const LINK: &str = "-shared -fuse-ld=lld -nodefaultlibs -Wl,-z,defs,-z,relro,-z,now,-z,max-page-size=16384,\
    --build-id=none,--gc-sections,--icf=all,--pack-dyn-relocs=android,--strip-all,--as-needed";
/// What the archive asks for: the unwinder, and libraries of Android.
const LIBRARIES: &str = "-lunwind -ldl -llog -lm -lc";

/// Builds `target/native/jniLibs/<abi>/libsmsfilter_ffi.so` and returns `jniLibs`.
pub(crate) fn make() -> Outcome<PathBuf> {
    let (sysroot, std) = (sysroot::make()?, rust_std::make()?);
    // A folder of its own: two compilers in one would each rebuild what the other built.
    let target = made::folder().join("target");
    let flags = format!("--sysroot={} {} -Zlocation-detail=none", std.display(), rust_std::remap());
    let folder = made::folder().join("jniLibs");
    for abi in &ABIS {
        let mut build = rust_std::cargo();
        build.args(BUILD.split(' ')).arg("--target-dir").arg(&target).args(["--target", abi.rust]);
        // Leaving out where in the source a panic began is not stable yet.
        shell::run(build.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", &flags))?;
        let library = folder.join(abi.name).join(NAME);
        made::create(&folder.join(abi.name))?;
        link(abi, &sysroot, &target.join(abi.rust).join("dist").join(ARCHIVE), &library)?;
    }
    Ok(folder)
}

fn link(abi: &Abi, sysroot: &Path, archive: &Path, library: &Path) -> Outcome {
    let exports = made::sources().join("exports.map");
    let mut clang = shell::command(sysroot::CLANG);
    clang.arg(format!("--target={}", abi.clang_target())).arg(format!("--sysroot={}", sysroot.display()));
    clang.args(LINK.split_whitespace()).arg(format!("-Wl,-soname,{NAME},--version-script={}", exports.display()));
    // All of it: what is exported leads to the rest.
    clang.arg("-Wl,--whole-archive").arg(archive).arg("-Wl,--no-whole-archive").args(LIBRARIES.split(' '));
    shell::run_quietly(clang.arg("-o").arg(library))
}
