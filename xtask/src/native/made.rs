//! What was made before, and need it be made again? Files and folders remember the inputs that they were made from.

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{self, Outcome};

/// What this command keeps: `target/native`.
pub(crate) fn folder() -> PathBuf {
    shell::target().join("native")
}

/// The sources that this command compiles: `xtask/native`.
pub(crate) fn sources() -> PathBuf {
    shell::root().join("xtask/native")
}

/// Empties a folder and fills it by `make`, unless the same inputs filled it before.
pub(crate) fn once(folder: &Path, inputs: &str, make: impl FnOnce() -> Outcome) -> Outcome {
    let note = folder.join("made-from.txt");
    if fs::read_to_string(&note).is_ok_and(|before| before == inputs) {
        return Ok(());
    }
    println!("making {}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|e| failed(folder, &e))?;
    }
    create(folder)?;
    make()?;
    write(&note, inputs)
}

/// All files below a folder, by name.
pub(crate) fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let mut files = Vec::new();
    for entry in entries.map_err(|e| failed(folder, &e))? {
        let path = entry.path();
        if path.is_dir() { files.extend(self::files(&path)?) } else { files.push(path) }
    }
    files.sort();
    Ok(files)
}

/// The texts of all files below a folder, one after the other.
pub(crate) fn texts(folder: &Path) -> Outcome<String> {
    files(folder)?.iter().map(|path| read(path)).collect()
}

/// A text file.
pub(crate) fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|e| failed(path, &e))
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Outcome {
    create(path.parent().expect("a file lies in a folder"))?;
    fs::write(path, content).map_err(|e| failed(path, &e))
}

/// Copies a file and makes the folders above it.
pub(crate) fn copy(from: &Path, to: &Path) -> Outcome {
    create(to.parent().expect("a file lies in a folder"))?;
    fs::copy(from, to).map(drop).map_err(|e| failed(from, &e))
}

/// Makes a folder and those above it.
pub(crate) fn create(folder: &Path) -> Outcome {
    fs::create_dir_all(folder).map_err(|e| failed(folder, &e))
}

/// What the user reads when a file cannot be used.
pub(crate) fn failed(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
