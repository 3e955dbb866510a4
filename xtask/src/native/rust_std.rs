//! Where does Rust's standard library for Android come from? Its source in Debian, compiled by Debian's own compiler into
//! a sysroot under `target/native`: for size, and without the reader of debug information that prints the lines of a
//! backtrace. A library that ships has none to read, and rustup's, ready made, would bring the reader along.

use std::path::PathBuf;
use std::process::Command;

use super::abi::ABIS;
use super::made;
use crate::shell::{self, Outcome};

/// Debian's compiler, which stands beside that of rustup.
const RUSTC: &str = "/usr/bin/rustc";

/// A crate without content, whose dependencies are what is wanted.
const MANIFEST: &str = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
    [profile.release]\nopt-level = \"z\"\ncodegen-units = 1\n";

/// In place of std's default features, which are `backtrace` and what `panic_unwind` brings anyway.
const BUILD: &str = "build --quiet --release -Zbuild-std=std,panic_unwind -Zbuild-std-features=optimize_for_size";

/// rlibs keep their bitcode: the library is optimised as a whole at the end.
const FLAGS: &str = "-Cembed-bitcode=yes";

/// Debian's cargo and compiler, whatever the environment says of rustup's.
pub(crate) fn cargo() -> Command {
    let mut cargo = shell::command("/usr/bin/cargo");
    cargo.env("RUSTC", RUSTC);
    for variable in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTDOCFLAGS"]
    {
        cargo.env_remove(variable);
    }
    cargo
}

/// Panic messages name files: the same ones wherever the library is built.
pub(crate) fn remap() -> String {
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).unwrap_or_default();
    format!("--remap-path-prefix={}=. --remap-path-prefix={}=cargo", shell::root().display(), cargo.display())
}

/// Makes the sysroot and returns its folder.
pub(crate) fn make() -> Outcome<PathBuf> {
    let version = Command::new(RUSTC).arg("-vV").output().map_err(|e| format!("cannot start {RUSTC}: {e}"))?;
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let sysroot = made::folder().join("std");
    made::once(&sysroot, &format!("{version}{MANIFEST}{BUILD} {FLAGS}\n"), || {
        let (empty, target) = (sysroot.join("empty"), sysroot.join("target"));
        made::write(&empty.join("Cargo.toml"), MANIFEST)?;
        made::write(&empty.join("src/lib.rs"), "")?;
        let mut build = cargo();
        build.args(BUILD.split(' ')).arg("--target-dir").arg(&target);
        for abi in &ABIS {
            build.args(["--target", abi.rust]);
        }
        // The flags of cargo that make std are not stable.
        build.current_dir(&empty).env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", format!("{FLAGS} {}", remap()));
        shell::run(&mut build)?;
        for abi in &ABIS {
            let to = sysroot.join("lib/rustlib").join(abi.rust).join("lib");
            for rlib in made::files(&target.join(abi.rust).join("release/deps"))? {
                let name = rlib.file_name().expect("a file has a name").to_string_lossy();
                if name.ends_with(".rlib") && !name.starts_with("libempty-") {
                    made::copy(&rlib, &to.join(name.as_ref()))?;
                }
            }
        }
        std::fs::remove_dir_all(&target).map_err(|e| made::failed(&target, &e))
    })?;
    Ok(sysroot)
}
