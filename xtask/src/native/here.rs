//! Does a library work? It is loaded and its self-check run on this machine: on the processor itself, or under qemu, over
//! a shim that gives glibc the names and numbers of bionic.

use std::path::{Path, PathBuf};

use smsfilter::{Filter, rule::Layer};

use super::abi::{ABIS, Abi};
use super::{library, made, sysroot};
use crate::shell::{self, Outcome};

/// The function of the library that is called; `bindings/ffi/src/self_check.rs` says what it returns.
pub(crate) const SELF_CHECK: &str = "smsfilter_self_check";

/// Layers whose bundle every library must compile and judge as this program does.
const LAYERS: [&str; 2] = ["mini", "national"];

/// Runs the self-check of every library in `libraries`.
pub(crate) fn check(libraries: &Path) -> Outcome {
    let programs = programs()?;
    let folder = made::folder().join("self-check");
    for layer in LAYERS {
        let (bundle, image) = (folder.join(layer).with_extension("smsb"), folder.join(layer).with_extension("smsi"));
        let opened = smsfilter_tests::bundle(layer);
        let verdicts = added_up(&smsfilter_tests::filter(&[layer]), &opened.layer).to_string();
        made::write(&bundle, smsfilter_tests::bundle_bytes(&opened.layer))?;
        made::write(&image, smsfilter_tests::compile(&[opened]))?;
        for abi in &ABIS {
            let (program, library) = (programs.join(abi.name), libraries.join(abi.name).join(library::NAME));
            let mut run = shell::command("env");
            run.arg(format!("LD_LIBRARY_PATH={}", program.display())).arg("RUST_BACKTRACE=0").args(abi.emulator);
            run.args([&program.join("self_check"), &library, &bundle, &image]).arg(&verdicts);
            shell::run_quietly(&mut run).map_err(|e| format!("{}, rules {layer}: {e}", abi.name))?;
        }
    }
    Ok(())
}

/// What the library is told to expect: points and scores of its verdicts on all examples of a layer.
fn added_up(filter: &Filter, layer: &Layer) -> i64 {
    let verdicts = layer.examples.iter().map(|example| filter.classify(&layer.message(example)));
    verdicts.map(|verdict| i64::from(verdict.points) + i64::from(verdict.score)).sum()
}

/// Builds shim and program for every ABI and returns their folder.
fn programs() -> Outcome<PathBuf> {
    let (sources, folder) = (made::sources().join("run"), made::folder().join("run"));
    let inputs = format!("{} {ABIS:?}\n{}", sysroot::CLANG, made::texts(&sources)?);
    made::once(&folder, &inputs, || {
        for abi in &ABIS {
            let folder = folder.join(abi.name);
            made::create(&folder)?;
            shim(abi, &sources, &folder)?;
            let mut program = clang(abi);
            program
                .args(["self_check.c", "packed.c"].map(|source| sources.join(source)))
                .arg("-o")
                .arg(folder.join("self_check"));
            shell::run_quietly(&mut program)?;
        }
        Ok(())
    })?;
    Ok(folder)
}

/// One library under the four names of bionic.
fn shim(abi: &Abi, sources: &Path, folder: &Path) -> Outcome {
    let mut shim = clang(abi);
    shim.args(["-shared", "-fPIC", "-Wl,-soname,libc.so", "-Wl,--no-as-needed", "-lm"]);
    shell::run_quietly(shim.arg(sources.join("shim.c")).arg("-o").arg(folder.join("libc.so")))?;
    for other in ["libm.so", "libdl.so", "liblog.so"] {
        let link = folder.join(other);
        std::os::unix::fs::symlink("libc.so", &link).map_err(|e| made::failed(&link, &e))?;
    }
    Ok(())
}

fn clang(abi: &Abi) -> std::process::Command {
    let mut clang = shell::command(sysroot::CLANG);
    clang.args(abi.here).args(["-O1", "-w", "-fuse-ld=lld"]);
    clang
}
