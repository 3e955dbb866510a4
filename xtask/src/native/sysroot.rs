//! What is linked against? A sysroot for clang: stubs that hold nothing but the names of bionic, the first and last object
//! of a shared library, and LLVM's unwinder, compiled from its source.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::abi::{ABIS, Abi, MIN_SDK};
use super::{made, symbols};
use crate::shell::{self, Outcome};

/// The package of the Python index that carries LLVM's libunwind as source; no Debian package does.
const UNWINDER: &str = "ziglang==0.17.1";

/// Compiler of everything that is C.
pub(crate) const CLANG: &str = "clang-22";

/// Makes the sysroot and returns its folder.
pub(crate) fn make() -> Outcome<PathBuf> {
    let unwinder = unwinder()?;
    let sysroot = made::folder().join("sysroot");
    let sources = made::texts(&made::sources().join("bionic"))? + &made::texts(&made::sources().join("unwind"))?;
    let inputs = format!("{CLANG} {UNWINDER} {MIN_SDK} {ABIS:?}\n{sources}");
    made::once(&sysroot, &inputs, || {
        for abi in &ABIS {
            let folder = sysroot.join("usr/lib").join(abi.folder).join(MIN_SDK.to_string());
            made::create(&folder)?;
            objects(abi, &unwinder, &folder)?;
            stubs(abi, &folder)?;
        }
        Ok(())
    })?;
    Ok(sysroot)
}

/// The source of the unwinder: fetched once, the one folder of the package taken out.
fn unwinder() -> Outcome<PathBuf> {
    const TAKE: &str = "import glob, sys, zipfile\n\
        with zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0]) as wheel:\n    \
        wheel.extractall(sys.argv[1], [n for n in wheel.namelist() if n.startswith('ziglang/lib/libunwind/')])";
    let folder = made::folder().join("unwinder");
    made::once(&folder, UNWINDER, || {
        shell::run(shell::command("python3 -m pip download -q --no-deps -d").arg(&folder).arg(UNWINDER))?;
        shell::run(shell::command("python3 -c").arg(TAKE).arg(&folder))?;
        for wheel in made::files(&folder)?.iter().filter(|path| path.extension().is_some_and(|it| it == "whl")) {
            std::fs::remove_file(wheel).map_err(|e| made::failed(wheel, &e))?;
        }
        Ok(())
    })?;
    Ok(folder.join("ziglang/lib/libunwind"))
}

fn clang(abi: &Abi) -> Command {
    let mut clang = shell::command(CLANG);
    clang.arg(format!("--target={}", abi.clang_target())).args(["-fPIC", "-O2", "-w"]);
    clang
}

fn objects(abi: &Abi, unwinder: &Path, folder: &Path) -> Outcome {
    let sources = made::sources().join("unwind");
    let compile = |source: &Path, object: &Path, words: &str| {
        let mut clang = clang(abi);
        clang.args(["-nostdlibinc", "-ffunction-sections", "-funwind-tables", "-isystem"]).arg(sources.join("include"));
        clang.args(words.split(' ')).arg("-c").arg(source).arg("-o").arg(object);
        shell::run_quietly(&mut clang)
    };
    for source in ["crtbegin_so.c", "crtend_so.S"] {
        compile(&sources.join(source), &folder.join(source).with_extension("o"), "-std=c11")?;
    }

    let include = format!("-I{0}/include -I{0}/src", unwinder.display());
    let all = format!(
        "-ffreestanding -DNDEBUG -D__BIONIC__ -D_LIBUNWIND_IS_NATIVE_ONLY -D_LIBUNWIND_HIDE_SYMBOLS \
         -fvisibility=hidden {include}"
    );
    let languages = [
        (" -std=c++17 -nostdinc++ -fno-exceptions -fno-rtti", &["libunwind.cpp", "Unwind-EHABI.cpp"][..]),
        (" -std=c11 -fexceptions", &["UnwindLevel1.c", "UnwindLevel1-gcc-ext.c", "Unwind-sjlj.c"]),
        ("", &["UnwindRegistersSave.S", "UnwindRegistersRestore.S"]),
    ];
    let archive = folder.join("libunwind.a");
    let mut pack = shell::command("llvm-ar-22 rcsD");
    pack.arg(&archive);
    for (language, files) in languages {
        for file in files {
            let object = folder.join(file).with_extension("o");
            compile(&unwinder.join("src").join(file), &object, &format!("{all}{language}"))?;
            pack.arg(object);
        }
    }
    shell::run_quietly(&mut pack)
}

/// Libraries without content: a link against them fails when it asks for a name that the lists do not have.
fn stubs(abi: &Abi, folder: &Path) -> Outcome {
    for library in symbols::LIBRARIES {
        let stub = |symbol: &symbols::Symbol| match symbol.data {
            true => format!("int {}[64];\n", symbol.name),
            false => format!("void {}(void) {{}}\n", symbol.name),
        };
        let source = folder.join(library).with_extension("c");
        made::write(&source, symbols::of(library, abi)?.iter().map(stub).collect::<String>())?;
        let mut clang = clang(abi);
        clang.args(["-ffreestanding", "-fno-builtin", "-nostdlib", "-shared", "-fuse-ld=lld"]);
        clang.arg(format!("-Wl,-soname,{library}.so")).arg("-o").arg(folder.join(library).with_extension("so"));
        shell::run_quietly(clang.arg(source))?;
    }
    Ok(())
}
