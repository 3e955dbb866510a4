//! Which file a command reads, and its messages one after the other.

use super::{Entry, InputError, Shape, Source};
use crate::outcome::{Failure, Result};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fs::File,
    io::{self, IsTerminal, Read},
    path::{Path, PathBuf},
};

/// Which messages a command reads.
#[derive(clap::Args)]
pub(crate) struct InputArgs {
    /// 短信文件 / The messages; `-` or nothing: standard input.
    file: Option<PathBuf>,
    /// 输入格式：`backup-xml`、`csv` 须写明 / Their shape. JSON lines and TSV are told apart by the first line.
    #[arg(long, value_enum)]
    input: Option<Shape>,
}

/// A file of messages, or standard input, open.
pub(crate) struct Input {
    pub(crate) source: Source,
    /// For errors.
    pub(crate) name: String,
    pub(crate) progress: ProgressBar,
}

impl InputArgs {
    pub(crate) fn open(&self) -> Result<Input> {
        open(self.file.as_deref().filter(|path| path.as_os_str() != "-"), self.input)
    }
}

/// Opens a file; without one, standard input.
pub(crate) fn open(path: Option<&Path>, shape: Option<Shape>) -> Result<Input> {
    let Some(path) = path else { return Input::new(io::stdin(), shape, "standard input", None) };
    let name = path.display().to_string();
    if path.is_dir() {
        return Err(Failure::Misuse(format!("{name} is a folder: give a file")));
    }
    let file = File::open(path).map_err(|error| InputError::Io(error).of(&name))?;
    let size = file.metadata().ok().filter(|meta| meta.is_file()).map(|meta| meta.len());
    Input::new(file, shape, &name, size)
}

impl Input {
    /// `size` is for the progress.
    pub(crate) fn new(
        reader: impl Read + Send + 'static,
        shape: Option<Shape>,
        name: &str,
        size: Option<u64>,
    ) -> Result<Input> {
        let source = Source::new(reader, shape).map_err(|error| error.of(name))?;
        Ok(Input { source, name: name.to_owned(), progress: progress(size) })
    }

    /// Every message in order, for commands that do without the pipeline of `stream`. An error is the last.
    pub(crate) fn records(self) -> impl Iterator<Item = Result<Entry>> {
        let Input { mut source, name, progress } = self;
        let mut ended = false;
        let batches = std::iter::from_fn(move || {
            let batch = if ended { None } else { source.next().transpose() };
            match &batch {
                Some(Ok(batch)) => progress.inc(batch.size()),
                _ => {
                    ended = true;
                    progress.finish_and_clear();
                }
            }
            batch.map(|batch| batch.map_err(|error| error.of(&name)))
        });
        batches.flat_map(|batch| match batch {
            Ok(batch) => batch.into_entries().into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        })
    }
}

/// A bar on stderr, on a terminal only.
pub(crate) fn progress(size: Option<u64>) -> ProgressBar {
    let (true, Some(size)) = (io::stderr().is_terminal(), size) else { return ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {eta}");
    ProgressBar::new(size).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
