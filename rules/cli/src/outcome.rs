//! How a command ends: the three exit codes, and errors as one sentence on stderr.

use std::{fmt::Display, io, path::Path, process::ExitCode};

/// A command that ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Exit 0.
    Fine,
    /// Exit 1: the answer is no, and it has been printed.
    No,
}

/// A command that ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Exit 1: a refused bundle, rules that do not read.
    Refused(String),
    /// Exit 2: a missing file, an unwritable output, wrong arguments.
    Misuse(String),
    /// Whoever read our output closed it: exit 0, quietly.
    ClosedPipe,
}

/// How many messages were read, and how many of them could not be.
#[derive(Clone, Copy, Default)]
pub(crate) struct Count {
    pub(crate) all: u64,
    pub(crate) bad: u64,
}

impl Count {
    /// Counts one.
    pub(crate) fn add(&mut self, good: bool) {
        self.all += 1;
        self.bad += u64::from(!good);
    }

    /// The outcome; bad ones are told on stderr, as they drown among many answers.
    pub(crate) fn outcome(self) -> Outcome {
        let Count { all, bad } = self;
        if bad == 0 {
            return Outcome::Fine;
        }
        anstream::eprintln!(
            "smsfilter: 共 {all} 条，其中 {bad} 条无法读取 / {bad} of {all} messages could not be read"
        );
        Outcome::No
    }
}

pub(crate) type Result<T = Outcome> = std::result::Result<T, Failure>;

impl Failure {
    pub(crate) fn refused(path: &Path, error: impl Display) -> Failure {
        Failure::Refused(format!("{}: {error}", path.display()))
    }
}

/// Anything that goes wrong while printing.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::Misuse(format!("cannot write the output: {error}")),
        }
    }
}

/// Reads a whole file, or fails with its path.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| Failure::Misuse(format!("cannot read {}: {error}", path.display())))
}

/// What a file of the project's own formats begins with; nothing for any other.
fn magic(bytes: &[u8]) -> Option<&[u8]> {
    bytes.get(..8).filter(|head| head.starts_with(b"SMS") && head.ends_with(b"\r\n\x1a\n"))
}

/// Writes a whole file beside its final name and renames it, so that a failure leaves the old one. A file of another kind
/// is refused: a slip would cost a key or a corpus.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned()); // through a link, not over it
    if path.exists() && !path.is_file() {
        // A device or a pipe is written to, never replaced.
        return std::fs::write(path, bytes)
            .map_err(|error| Failure::Misuse(format!("cannot write {}: {error}", path.display())));
    }
    let replaced = std::fs::metadata(path).ok();
    if replaced.is_some() {
        let old = read(path)?;
        if !old.is_empty() && magic(&old) != magic(bytes) {
            let (path, what) =
                (path.display(), "是另一种文件，未写入 / is a file of another kind: name another output");
            return Err(Failure::Misuse(format!("{path}: {what}")));
        }
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fail = |error: io::Error| Failure::Misuse(format!("cannot write {}: {error}", path.display()));
    let mut file = tempfile::Builder::new().permissions(default_mode()).tempfile_in(folder).map_err(fail)?;
    io::Write::write_all(&mut file, bytes).map_err(fail)?;
    if let Some(replaced) = replaced {
        file.as_file().set_permissions(replaced.permissions()).map_err(fail)?;
    }
    file.persist(path).map_err(|error| fail(error.error))?;
    Ok(())
}

#[cfg(unix)]
fn default_mode() -> std::fs::Permissions {
    // The umask still applies.
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

#[cfg(not(unix))]
fn default_mode() -> std::fs::Permissions {
    std::fs::metadata(".").map(|meta| meta.permissions()).unwrap_or_else(|_| unreachable!("the current folder exists"))
}

/// `println!` for every command: a stdout that was closed or is full ends the command as any other failure would,
/// where the standard macro panics.
macro_rules! println {
    ($($argument:tt)*) => { $crate::outcome::print_line(format_args!($($argument)*)) };
}

pub(crate) fn print_line(line: std::fmt::Arguments<'_>) {
    if let Err(error) = io::Write::write_fmt(&mut anstream::stdout(), format_args!("{line}\n")) {
        std::process::exit(code(Err(error.into())).into());
    }
}

/// The exit code of a result; a failure is told on stderr.
pub(crate) fn finish(result: Result) -> ExitCode {
    code(result).into()
}

fn code(result: Result) -> u8 {
    match result {
        Ok(Outcome::Fine) | Err(Failure::ClosedPipe) => 0,
        Ok(Outcome::No) => 1,
        Err(Failure::Refused(message)) => {
            anstream::eprintln!("smsfilter: {message}");
            1
        }
        Err(Failure::Misuse(message)) => {
            anstream::eprintln!("smsfilter: {message}");
            2
        }
    }
}
