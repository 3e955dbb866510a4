//! What does a native library say of itself?

use std::collections::BTreeSet;

use goblin::elf::{Elf, dynamic, program_header, sym};

use crate::shell::Outcome;

/// The facts of an ELF file that decide whether Android loads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Library {
    /// Names of libraries that must be there.
    pub(crate) needed: Vec<String>,
    pub(crate) soname: String,
    /// Of the segments that are loaded.
    pub(crate) alignments: BTreeSet<u64>,
    pub(crate) text_relocations: bool,
    /// Names that must be found elsewhere.
    pub(crate) asked: Vec<String>,
    /// Names that others may find here.
    pub(crate) exported: BTreeSet<String>,
}

/// Reads a library.
pub(crate) fn read(bytes: &[u8]) -> Outcome<Library> {
    let elf = Elf::parse(bytes).map_err(|e| format!("no library: {e}"))?;
    let name = |symbol: &sym::Sym| elf.dynstrtab.get_at(symbol.st_name).unwrap_or_default().to_owned();
    let bound = |symbol: &sym::Sym| symbol.st_bind() != sym::STB_LOCAL && symbol.st_name != 0;
    let dynamic = elf.dynamic.as_ref();
    let text_relocations = dynamic.is_some_and(|dynamic| {
        dynamic.info.flags & dynamic::DF_TEXTREL != 0 || dynamic.dyns.iter().any(|it| it.d_tag == dynamic::DT_TEXTREL)
    });
    let loaded = elf.program_headers.iter().filter(|part| part.p_type == program_header::PT_LOAD);
    // What is asked for weakly may be missing.
    let asked = elf.dynsyms.iter().filter(|it| it.is_import() && it.st_bind() == sym::STB_GLOBAL);
    Ok(Library {
        needed: elf.libraries.iter().map(|&name| name.to_owned()).collect(),
        soname: elf.soname.unwrap_or_default().to_owned(),
        alignments: loaded.map(|part| part.p_align).collect(),
        text_relocations,
        asked: asked.map(|symbol| name(&symbol)).collect(),
        exported: elf.dynsyms.iter().filter(|it| bound(it) && !it.is_import()).map(|it| name(&it)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_library_is_refused() {
        assert!(read(b"PK\x03\x04").unwrap_err().starts_with("no library"));
    }

    #[test]
    fn this_program_says_what_it_is() {
        let here = read(&std::fs::read(std::env::current_exe().unwrap()).unwrap()).unwrap();
        assert!(here.needed.iter().any(|name| name.starts_with("libc.so")) && !here.alignments.is_empty());
        assert!(here.asked.iter().any(|name| name.starts_with("malloc") || name == "free"));
    }
}
