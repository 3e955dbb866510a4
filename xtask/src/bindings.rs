//! What does the Kotlin library stand on? The native library of this machine, and the Kotlin sources written from it.

use std::path::{Path, PathBuf};

use crate::shell::{self, Outcome};

pub(crate) fn run(args: &[String]) -> Outcome {
    match args {
        [] => write(&tool()?),
        _ => Err("takes no argument".into()),
    }
}

/// Builds the program that writes the sources. Borrow-checking uniffi_bindgen takes two minutes, so it has a directory of
/// its own, in which nothing else invalidates it and a build beside it need not wait.
pub(crate) fn tool() -> Outcome<PathBuf> {
    let dir = shell::target().join("bindgen");
    let build = "cargo build --quiet -p smsfilter-ffi --features bindgen --bin uniffi-bindgen --target-dir";
    shell::run(shell::command(build).arg(&dir))?;
    Ok(dir.join("debug/uniffi-bindgen"))
}

/// Builds the library into `target/debug` and writes the sources into `target/kotlin`.
pub(crate) fn write(tool: &Path) -> Outcome {
    shell::run(&mut shell::command("cargo build -p smsfilter-ffi"))?;
    let library = format!("{}smsfilter_ffi{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let sources = shell::target().join("kotlin");
    let mut generate = shell::command(&tool.to_string_lossy());
    generate.args(["generate", "--language", "kotlin", "--no-format", "--out-dir"]).arg(&sources);
    shell::run(generate.arg(shell::target().join("debug").join(library)))?;

    let file = sources.join("org/smsfilter/internal/smsfilter_ffi.kt");
    let failed = |e: std::io::Error| format!("{}: {e}", file.display());
    let source = std::fs::read_to_string(&file).map_err(failed)?;
    let source = one_library(&source).ok_or_else(|| format!("{}: names its library in another way", file.display()))?;
    std::fs::write(&file, internal(&without_futures(&source))).map_err(failed)
}

/// The source with the library that the receive path loaded in the place of its name: on a host that may be a file of
/// any name, and a second copy of the library would know no filter of the first.
fn one_library(source: &str) -> Option<String> {
    const NAMED: &str = "    return \"smsfilter_ffi\"\n";
    (source.matches(NAMED).count() == 1).then(|| source.replace(NAMED, "    return ReceivePath.library\n"))
}

/// The source without the native methods of asynchronous functions, of which there are none: uniffi writes them all the same, JNA
/// would look each up, and the library would have to export it.
fn without_futures(source: &str) -> String {
    let mut parts = source.split("    external fun ffi_smsfilter_ffi_rust_future_");
    let first = parts.next().unwrap_or_default().to_owned();
    // Of each the rest of its arguments, up to the line that closes them.
    let rest = parts.map(|part| part.split_once("\n    )").and_then(|(_, rest)| rest.split_once('\n')));
    first + &rest.map(|rest| rest.map_or("", |(_, rest)| rest)).collect::<String>()
}

/// The source with every public declaration of the top level internal: uniffi has no option for it (0.32), and
/// applications must see the facade alone.
fn internal(source: &str) -> String {
    const DECLARATIONS: [&str; 10] =
        ["open ", "data ", "sealed ", "abstract ", "inline ", "interface ", "object ", "class ", "enum ", "fun "];
    let line = |line: &str| {
        let declaration = line.strip_prefix("public ").unwrap_or(line);
        if DECLARATIONS.iter().any(|word| declaration.starts_with(word)) {
            return format!("internal {declaration}\n");
        }
        // Functions stand on the line that ends their comment or annotation; those of classes say `override`.
        ["*/ fun `", "@Throws(NativeException::class) fun `"]
            .iter()
            .fold(format!("{line}\n"), |line, before| line.replace(before, &before.replace(" fun", " internal fun")))
    };
    source.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_is_asked_for_in_the_one_place_that_names_it() {
        let named = "fun find(): String {\n    return \"smsfilter_ffi\"\n}\n";
        assert_eq!(one_library(named).unwrap(), "fun find(): String {\n    return ReceivePath.library\n}\n");
        assert_eq!(one_library("fun find() = \"smsfilter_ffi\"\n"), None);
    }

    #[test]
    fn methods_of_asynchronous_functions_are_left_out_and_all_others_stay() {
        let method = |name: &str| format!("    external fun ffi_smsfilter_ffi_{name}(`a`: Long,\n    ): Unit\n");
        let source =
            [method("rustbuffer_free"), method("rust_future_poll_u8"), method("rust_future_free_u8"), "}\n".into()];
        assert_eq!(without_futures(&source.concat()), [method("rustbuffer_free"), "}\n".into()].concat());
    }

    #[test]
    fn declarations_of_the_top_level_become_internal_and_members_stay() {
        let source = "public object A {\n    fun b() {}\n}\ndata class C (\nprivate class D\ninternal fun e()\n\
                      */ fun `f`() {}\n    @Throws(NativeException::class) fun `g`() {}\n*/override fun `h`() {}\n";
        let hidden = "internal object A {\n    fun b() {}\n}\ninternal data class C (\nprivate class D\ninternal fun e()\n\
             */ internal fun `f`() {}\n    @Throws(NativeException::class) internal fun `g`() {}\n*/override fun `h`() {}\n";
        assert_eq!(internal(source), hidden);
    }
}
