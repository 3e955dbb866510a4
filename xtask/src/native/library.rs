//! How is the library built? By one call of cargo for all ABIs, in the profile `dist`, linked strictly and stripped.

use std::path::{Path, PathBuf};

use super::abi::{ABIS, Abi};
use super::{made, rust_std, sysroot};
use crate::shell::{self, Outcome};

/// The library's file name, by which Android loads it.
pub(crate) const NAME: &str = "libsmsfilter_ffi.so";

/// Builds `target/native/jniLibs/<abi>/libsmsfilter_ffi.so` and returns `jniLibs`.
pub(crate) fn make() -> Outcome<PathBuf> {
    let (sysroot, std) = (sysroot::make()?, rust_std::make()?);
    // A folder of its own: two compilers in one would each rebuild what the other built.
    let target = made::folder().join("target");
    let mut build = rust_std::cargo();
    build.args(["build", "--quiet", "-p", "smsfilter-ffi", "--lib", "--profile", "dist", "--target-dir"]).arg(&target);
    for abi in &ABIS {
        build.args(["--target", abi.rust]);
        build.env(format!("CARGO_TARGET_{}_LINKER", abi.in_variables()), sysroot::CLANG);
        build.env(format!("CARGO_TARGET_{}_RUSTFLAGS", abi.in_variables()), flags(abi, &sysroot, &std));
    }
    // Leaving out where in the source a panic began is not stable yet.
    build.env("RUSTC_BOOTSTRAP", "1");
    shell::run(&mut build)?;

    let folder = made::folder().join("jniLibs");
    for abi in &ABIS {
        let library = folder.join(abi.name).join(NAME);
        made::create(&folder.join(abi.name))?;
        let mut strip = shell::command("llvm-strip-22 --strip-all -o");
        shell::run_quietly(strip.arg(library).arg(target.join(abi.rust).join("dist").join(NAME)))?;
    }
    Ok(folder)
}

fn flags(abi: &Abi, sysroot: &Path, std: &Path) -> String {
    [
        format!("--sysroot={}", std.display()),
        rust_std::remap(),
        "-Zlocation-detail=none".into(),
        "-Clinker-flavor=gcc".into(),
        format!("-Clink-arg=--target={}", abi.clang_target()),
        format!("-Clink-arg=--sysroot={}", sysroot.display()),
        "-Clink-arg=-fuse-ld=lld".into(),
        format!("-Clink-arg=-Wl,-soname,{NAME}"),
        // Of functions with the same code one stays.
        "-Clink-arg=-Wl,-z,defs,-z,max-page-size=16384,--build-id=none,--icf=all".into(),
    ]
    .join(" ")
}
