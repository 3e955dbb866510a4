//! What does the store need of a file system? Seven calls, so that a test can fail, cut short or crash each.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::PathBuf,
};

/// A directory of the store's own. Paths are relative to it, with `/`, and never come from a bundle.
pub trait Fs {
    /// The whole file; `None` if there is none. A file of more than `limit` bytes is an error, not read.
    ///
    /// # Errors
    /// Whatever the system says.
    fn read(&self, path: &str, limit: u64) -> io::Result<Option<Vec<u8>>>;

    /// Writes a file, replacing what a crash left there, and does not return before its content is on the disk.
    ///
    /// # Errors
    /// Whatever the system says; the file may then hold anything.
    fn write_synced(&self, path: &str, bytes: &[u8]) -> io::Result<()>;

    /// Moves a file over another one, in one step.
    ///
    /// # Errors
    /// Whatever the system says.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Does not return before the names in the directory are on the disk. The empty path is the root.
    ///
    /// # Errors
    /// Whatever the system says; the names may or may not be there after a crash.
    fn sync_dir(&self, path: &str) -> io::Result<()>;

    /// Makes the directory, and the root, if they are not there.
    ///
    /// # Errors
    /// Whatever the system says.
    fn create_dir(&self, path: &str) -> io::Result<()>;

    /// Names of the files in the directory, in any order; none if it is not there.
    ///
    /// # Errors
    /// Whatever the system says.
    fn list(&self, path: &str) -> io::Result<Vec<String>>;

    /// Removes a file; one that is not there is no error.
    ///
    /// # Errors
    /// Whatever the system says.
    fn remove(&self, path: &str) -> io::Result<()>;
}

/// The real file system, below `root`: a private directory that no backup restores.
#[derive(Clone, Debug)]
pub struct StdFs {
    /// The directory; made when first written to.
    pub root: PathBuf,
}

impl Fs for StdFs {
    fn read(&self, path: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let Some(file) = found(File::open(self.root.join(path)))? else { return Ok(None) };
        let mut bytes = Vec::new();
        // Bytes are counted as they arrive: the length that the system names may change meanwhile.
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            let why = format!("expected at most {limit} bytes, found more");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
        }
        Ok(Some(bytes))
    }

    fn write_synced(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(self.root.join(path))?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.root.join(from), self.root.join(to))
    }

    fn sync_dir(&self, path: &str) -> io::Result<()> {
        // A directory opens as a file on Unix only; elsewhere the system keeps names safe by itself.
        if cfg!(unix) { File::open(self.root.join(path))?.sync_all() } else { Ok(()) }
    }

    fn create_dir(&self, path: &str) -> io::Result<()> {
        fs::create_dir_all(self.root.join(path))
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let Some(entries) = found(fs::read_dir(self.root.join(path)))? else { return Ok(Vec::new()) };
        // A name that is not Unicode is none of ours.
        entries.filter_map(|entry| entry.map(|entry| entry.file_name().into_string().ok()).transpose()).collect()
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        found(fs::remove_file(self.root.join(path))).map(|_| ())
    }
}

fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
