//! A layer's folder on disk: its files in canonical order and a digest of them. Shared with the build script.

use sha2::{Digest, Sha256};
use smsfilter::rule::author::SourceFile;
use std::{fs, path::Path};

/// The files of a layer, and the SHA-256 that goes into the bundle as its source hash.
pub(crate) struct Folder {
    /// `*.toml` and `fold.tsv`, sorted by name.
    pub(crate) files: Vec<SourceFile>,
    /// Over names, lengths and texts.
    pub(crate) digest: [u8; 32],
}

/// Reads every `*.toml` and `fold.tsv` of `dir`; other files and folders are left alone.
///
/// # Errors
/// A sentence naming the path and what to do.
pub(crate) fn read(dir: &Path) -> Result<Folder, String> {
    let fail = |path: &Path, error: std::io::Error| format!("cannot read {}: {error}", path.display());
    let mut files = Vec::new();
    let entries = fs::read_dir(dir).map_err(|error| fail(dir, error) + "; name the folder of a layer's rules")?;
    for entry in entries {
        let path = entry.map_err(|error| fail(dir, error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_file() && (name.ends_with(".toml") || name == "fold.tsv") {
            let text = fs::read_to_string(&path).map_err(|error| fail(&path, error))?;
            files.push(SourceFile { name, text });
        }
    }
    if files.is_empty() {
        return Err(format!("{} holds no rule files: expected layer.toml and topics as *.toml", dir.display()));
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let mut hash = Sha256::new();
    for file in &files {
        for part in [&file.name, &file.text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    Ok(Folder { files, digest: hash.finalize().into() })
}
