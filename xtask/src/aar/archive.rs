//! How are files packed so that the same files give the same bytes? Sorted by name, one date, one mode, one compressor.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::shell::Outcome;

/// Names within an archive and what they hold.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// An archive of these files. Times are 1980-01-01, where the format's own begin.
pub(crate) fn pack(files: &Files) -> Outcome<Vec<u8>> {
    deflated(files, 9)
}

/// The same for what applications carry: levels above 9 are rounds of zopfli, which deflates smallest and takes minutes.
pub(crate) fn pack_smallest(files: &Files) -> Outcome<Vec<u8>> {
    deflated(files, 9 + 15)
}

fn deflated(files: &Files, level: i64) -> Outcome<Vec<u8>> {
    packed(
        files,
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(level)),
    )
}

/// An archive that is itself packed into another: compressed there as a whole, many small files take half.
pub(crate) fn pack_stored(files: &Files) -> Outcome<Vec<u8>> {
    packed(files, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))
}

fn packed(files: &Files, options: SimpleFileOptions) -> Outcome<Vec<u8>> {
    let options = options.last_modified_time(DateTime::default()).unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name.as_str(), options).map_err(|e| format!("{name}: {e}"))?;
        archive.write_all(bytes).map_err(|e| format!("{name}: {e}"))?;
    }
    let bytes = archive.finish().map_err(|e| format!("cannot close an archive: {e}"))?;
    Ok(bytes.into_inner())
}

/// The files of an archive.
pub(crate) fn unpack(archive: &[u8]) -> Outcome<Files> {
    let broken = |e: &dyn std::fmt::Display| format!("no zip archive: {e}");
    let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(|e| broken(&e))?;
    let mut files = Files::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(|e| broken(&e))?;
        let name = file.name().map_err(|e| broken(&e))?.into_owned();
        if file.is_file() {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(|e| broken(&e))?;
            files.insert(name, bytes);
        }
    }
    Ok(files)
}

/// What each file takes in an archive, and what it takes unpacked.
pub(crate) fn sizes(archive: &[u8]) -> Outcome<BTreeMap<String, (u64, u64)>> {
    let broken = |e: &dyn std::fmt::Display| format!("no zip archive: {e}");
    let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(|e| broken(&e))?;
    (0..archive.len())
        .map(|at| {
            let file = archive.by_index_raw(at).map_err(|e| broken(&e))?;
            Ok((file.name().map_err(|e| broken(&e))?.into_owned(), (file.compressed_size(), file.size())))
        })
        .collect()
}

/// All files below a folder, named from there with `/`.
pub(crate) fn folder(dir: &Path) -> Outcome<Files> {
    let mut files = Files::new();
    let mut open = vec![(dir.to_path_buf(), String::new())];
    while let Some((dir, prefix)) = open.pop() {
        let failed = |e: std::io::Error| format!("{}: {e}", dir.display());
        for entry in std::fs::read_dir(&dir).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
            if path.is_dir() {
                open.push((path, name + "/"));
            } else {
                files.insert(name, std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> Files {
        names.iter().map(|name| (name.to_string(), name.repeat(100).into_bytes())).collect()
    }

    #[test]
    fn the_order_of_insertion_and_the_clock_leave_no_trace() {
        let (one, other) = (pack(&files(&["b/c", "a", "b/a"])), pack(&files(&["a", "b/a", "b/c"])));
        let bytes = one.unwrap();
        assert_eq!(bytes, other.unwrap());
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let names: Vec<_> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(names, ["a", "b/a", "b/c"]);
        assert_eq!(archive.by_index(0).unwrap().last_modified(), Some(DateTime::default()));
    }

    #[test]
    fn what_was_packed_is_what_is_unpacked() {
        let files = files(&["a", "b/a"]);
        assert_eq!(unpack(&pack(&files).unwrap()).unwrap(), files);
        assert_eq!(unpack(&pack_smallest(&files).unwrap()).unwrap(), files);
        assert_eq!(unpack(&pack_stored(&files).unwrap()).unwrap(), files);
        assert!(unpack(b"plainly no archive").is_err());
    }
}
