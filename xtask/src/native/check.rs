//! Will Android load this library? What is wrong with what the file says of itself.

use std::collections::BTreeSet;
use std::path::Path;

use super::abi::Abi;
use super::{library, made, symbols};
use crate::elf::{self, Library};
use crate::shell::Outcome;

/// Pages of 16 KiB since Android 15.
const PAGE: u64 = 0x4000;

/// What a library must be.
struct Wanted {
    /// Names that Android has.
    offered: BTreeSet<String>,
    /// Native methods that the Kotlin library declares, as symbols.
    methods: BTreeSet<String>,
}

/// Checks a built library of an ABI.
pub(crate) fn check(abi: &Abi, library: &Path) -> Outcome {
    let bytes = std::fs::read(library).map_err(|e| made::failed(library, &e))?;
    let facts = elf::read(&bytes).map_err(|e| format!("{}: {e}", library.display()))?;
    let mut offered = BTreeSet::new();
    for library in symbols::LIBRARIES {
        offered.extend(symbols::of(library, abi)?.into_iter().map(|symbol| symbol.name));
    }
    let kotlin = crate::shell::root().join("bindings/android/src/main/kotlin/org/smsfilter/internal/ReceivePath.kt");
    let wanted = Wanted { offered, methods: methods(&made::read(&kotlin)?) };
    let faults = faults(&facts, &wanted);
    if faults.is_empty() { Ok(()) } else { Err(format!("{}:\n  {}", library.display(), faults.join("\n  "))) }
}

/// The symbols of the native methods that a Kotlin source declares.
fn methods(kotlin: &str) -> BTreeSet<String> {
    let declared = kotlin.lines().filter_map(|line| line.trim_start().strip_prefix("external fun "));
    let names = declared.filter_map(|rest| rest.split('(').next());
    names.map(|name| format!("Java_org_smsfilter_internal_ReceivePath_{name}")).collect()
}

/// Everything that is wrong, a sentence each.
fn faults(facts: &Library, wanted: &Wanted) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |wrong: bool, text: String| faults.extend(wrong.then_some(text));
    let system = |name: &&String| symbols::LIBRARIES.iter().any(|library| **name == format!("{library}.so"));
    for name in facts.needed.iter().filter(|name| !system(name)) {
        fault(true, format!("expected to need nothing but {}, found {name}", symbols::LIBRARIES.join(", ")));
    }
    let name = library::NAME;
    fault(facts.soname != name, format!("expected the name {name}, found `{}`", facts.soname));
    let aligned = facts.alignments.iter().eq([&PAGE]);
    fault(!aligned, format!("expected segments aligned to {PAGE} bytes, found {:?}", facts.alignments));
    fault(facts.text_relocations, "expected code that is never written to, found text relocations".into());
    for name in facts.asked.iter().filter(|name| !wanted.offered.contains(*name)) {
        let advice = "avoid it, or list it in xtask/native/bionic if bionic has it at the minimum SDK";
        fault(true, format!("expected names that bionic has, found {name}; {advice}"));
    }
    for name in wanted.methods.difference(&facts.exported) {
        fault(true, format!("expected every native method of ReceivePath.kt, found no {name}"));
    }
    for name in facts.exported.difference(&wanted.methods).filter(|name| !of_the_bindings(name)) {
        fault(true, format!("expected to export the bindings alone, found {name}"));
    }
    let surface = facts.exported.iter().any(|name| name.starts_with("uniffi_smsfilter_ffi_fn_"));
    fault(!surface, "expected UniFFI's functions, found none".into());
    faults
}

/// Whether UniFFI's sources, or the build's own check, look for a name.
fn of_the_bindings(name: &str) -> bool {
    const PREFIXES: [&str; 2] = ["uniffi_smsfilter_ffi_", "ffi_smsfilter_ffi_"];
    name == super::here::SELF_CHECK || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    const OPEN: &str = "Java_org_smsfilter_internal_ReceivePath_open";

    fn sound() -> (Library, Wanted) {
        let facts = Library {
            needed: vec!["libc.so".into(), "libdl.so".into()],
            soname: library::NAME.into(),
            alignments: [PAGE].into(),
            text_relocations: false,
            asked: vec!["abort".into()],
            exported: names(&[OPEN, "uniffi_smsfilter_ffi_fn_free_nativefilter", "smsfilter_self_check"]),
        };
        (facts, Wanted { offered: names(&["abort", "exit"]), methods: names(&[OPEN]) })
    }

    #[test]
    fn a_sound_library_has_no_fault() {
        let (facts, wanted) = sound();
        assert_eq!(faults(&facts, &wanted), [""; 0]);
    }

    #[test]
    fn every_fault_is_named() {
        type Change = fn(&mut Library);
        let cases: [(Change, &str); 9] = [
            (|it| it.needed.push("libgcc_s.so.1".into()), "libgcc_s.so.1"),
            (|it| it.soname.clear(), "expected the name"),
            (|it| it.alignments = [0x1000].into(), "{4096}"),
            (|it| it.text_relocations = true, "text relocations"),
            (|it| it.asked.push("stderr".into()), "found stderr"),
            (|it| it.exported.retain(|name| name != OPEN), OPEN),
            (|it| it.exported.extend(["malloc".into()]), "found malloc"),
            (|it| it.exported.extend(["UNIFFI_META_X".into()]), "found UNIFFI_META_X"),
            (|it| it.exported.retain(|name| name == OPEN), "UniFFI"),
        ];
        for (change, named) in cases {
            let (mut facts, wanted) = sound();
            change(&mut facts);
            let found = faults(&facts, &wanted);
            assert!(found.len() == 1 && found[0].contains(named), "{named}: {found:?}");
        }
    }

    #[test]
    fn native_methods_are_read_from_kotlin() {
        let kotlin =
            "  /** external fun no(): it is text */\n    @JvmStatic\n    external fun open(image: ByteArray): Long\n";
        assert_eq!(methods(kotlin), names(&[OPEN]));
    }
}
