//! Are the native libraries what an AAR needs? Four ABIs, each its own machine, aligned for pages of 16 KiB, and with
//! every function that the Kotlin sources name.

use std::path::Path;

use object::read::elf::{FileHeader, ProgramHeader};
use object::{Architecture, Object, ObjectSymbol, elf};

use super::archive::Files;
use crate::shell::Outcome;

/// The ABIs and their machines.
pub(crate) const ABIS: [(&str, Architecture); 4] = [
    ("arm64-v8a", Architecture::Aarch64),
    ("armeabi-v7a", Architecture::Arm),
    ("x86", Architecture::I386),
    ("x86_64", Architecture::X86_64),
];

pub(crate) const LIBRARY: &str = "libsmsfilter_ffi.so";
/// Android 15 may run with pages this large.
const PAGE: u64 = 16 * 1024;

/// The libraries below `dir`, checked and named as an AAR does.
pub(crate) fn read(dir: &Path) -> Outcome<Files> {
    let path = |abi: &str| dir.join(abi).join(LIBRARY);
    let missing: Vec<&str> = ABIS.iter().map(|(abi, _)| *abi).filter(|abi| !path(abi).is_file()).collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        return Err(format!("{}: no library for {missing}; `cargo xtask native` builds all four", dir.display()));
    }
    let mut files = Files::new();
    for (abi, machine) in ABIS {
        let bytes = std::fs::read(path(abi)).map_err(|e| format!("{}: {e}", path(abi).display()))?;
        check(&bytes, machine).map_err(|e| format!("{}: {e}", path(abi).display()))?;
        files.insert(format!("jni/{abi}/{LIBRARY}"), bytes);
    }
    Ok(files)
}

/// The names that a library exports.
pub(crate) fn exports(library: &[u8]) -> Outcome<Vec<String>> {
    let file = object::File::parse(library).map_err(|e| format!("no library: {e}"))?;
    let defined = file.dynamic_symbols().filter(|symbol| !symbol.is_undefined());
    Ok(defined.filter_map(|symbol| symbol.name().ok().map(str::to_owned)).collect())
}

fn check(library: &[u8], machine: Architecture) -> Outcome {
    let file = object::File::parse(library).map_err(|e| format!("no library: {e}"))?;
    if file.architecture() != machine {
        return Err(format!("expected a library for {machine:?}, found one for {:?}", file.architecture()));
    }
    let aligned = match file {
        object::File::Elf32(_) => aligned::<elf::FileHeader32<object::Endianness>>(library),
        object::File::Elf64(_) => aligned::<elf::FileHeader64<object::Endianness>>(library),
        _ => Err("expected an ELF file, found another kind of library".into()),
    }?;
    if aligned < PAGE {
        return Err(format!(
            "expected segments aligned to {PAGE} bytes, found {aligned}: link with -z max-page-size={PAGE}"
        ));
    }
    Ok(())
}

/// The smallest alignment of a segment that is loaded.
fn aligned<H: FileHeader<Endian = object::Endianness>>(library: &[u8]) -> Outcome<u64> {
    let read = || -> object::read::Result<Option<u64>> {
        let header = H::parse(library)?;
        let endian = header.endian()?;
        let loaded = header.program_headers(endian, library)?.iter().filter(|it| it.p_type(endian) == elf::PT_LOAD);
        Ok(loaded.map(|segment| segment.p_align(endian).into()).min())
    };
    read().map_err(|e| format!("no library: {e}"))?.ok_or_else(|| "nothing of it is loaded".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An ELF header and one loaded segment: enough for what is checked.
    fn elf(machine: u16, align: u64) -> Vec<u8> {
        let mut file = vec![0; 64 + 56];
        file[..8].copy_from_slice(b"\x7fELF\x02\x01\x01\0");
        let mut put = |at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
        put(16, &3u16.to_le_bytes()); // a shared object
        put(18, &machine.to_le_bytes());
        put(20, &1u32.to_le_bytes());
        put(32, &64u64.to_le_bytes()); // where the segments are
        put(52, &64u16.to_le_bytes());
        put(54, &56u16.to_le_bytes()); // size and number of them
        put(56, &1u16.to_le_bytes());
        put(64, &1u32.to_le_bytes()); // loaded
        put(64 + 48, &align.to_le_bytes());
        file
    }

    #[test]
    fn a_library_is_of_its_machine_and_aligned() {
        assert_eq!(check(&elf(183, 16384), Architecture::Aarch64), Ok(()));
        assert!(check(&elf(183, 4096), Architecture::Aarch64).unwrap_err().contains("found 4096"));
        assert!(check(&elf(62, 16384), Architecture::Aarch64).unwrap_err().contains("found one for X86_64"));
        assert!(check(b"plainly no library", Architecture::Aarch64).unwrap_err().starts_with("no library"));
    }

    #[test]
    fn a_missing_abi_is_named_with_what_to_do() {
        let dir = std::env::temp_dir().join(format!("smsfilter-natives-{}", std::process::id()));
        for abi in ["arm64-v8a", "x86"] {
            std::fs::create_dir_all(dir.join(abi)).unwrap();
            std::fs::write(dir.join(abi).join(LIBRARY), b"").unwrap();
        }
        let refused = read(&dir).unwrap_err();
        std::fs::remove_dir_all(&dir).unwrap();
        assert!(
            refused.ends_with("no library for armeabi-v7a, x86_64; `cargo xtask native` builds all four"),
            "{refused}"
        );
    }
}
