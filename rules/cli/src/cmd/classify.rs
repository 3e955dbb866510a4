//! `classify`: a stream of messages in, a verdict and a decision each out, in order, in bounded memory.

use crate::{
    Format,
    input::{Blocks, Shape},
    opened::{self, RulesArgs},
    outcome::{self, Outcome, Result},
    stream::{self, Job},
};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{self, IsTerminal},
    path::PathBuf,
    sync::Arc,
};

/// Classify a stream of messages.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// JSON lines or TSV; `-` or nothing: standard input.
    file: Option<PathBuf>,
    #[command(flatten)]
    rules: RulesArgs,
    /// A preset (off, mark, standard, strict) or a TOML file.
    #[arg(long, value_name = "P", default_value = "standard")]
    policy: String,
    /// The form of the input; by default told by the first byte.
    #[arg(long, value_enum)]
    input: Option<Shape>,
    /// JSON lines for programs, or a line of text each.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// Rules alone. (The national rules have no statistical model yet.)
    #[arg(long)]
    no_model: bool,
}

pub(crate) fn run(args: &Args) -> Result {
    let filter = args.rules.open()?;
    let filter = if args.no_model { filter.without_model() } else { filter };
    let policy = opened::policy(&args.policy)?;
    let name = args.file.as_ref().filter(|path| path.as_os_str() != "-");
    let size = name.and_then(|path| path.metadata().ok()).map(|meta| meta.len());
    let unreadable = |error| outcome::unreadable(name.map(PathBuf::as_path), &error);
    let mut blocks = Blocks::new(outcome::open(name.map(PathBuf::as_path))?);
    let shape = blocks.shape().map_err(unreadable)?;
    let job = Arc::new(Job { filter, policy, shape: args.input.unwrap_or(shape), format: args.format });
    let progress = progress(size);
    let mut good = true;
    for answer in stream::start(blocks, &job, stream::cores()) {
        let answer = answer.map_err(unreadable)?;
        io::Write::write_all(&mut io::stdout(), &answer.lines)?; // whole lines: nothing stays in a buffer
        good &= answer.good;
        progress.inc(answer.read);
    }
    progress.finish_and_clear();
    Ok(if good { Outcome::Fine } else { Outcome::No })
}

/// A bar on stderr, on a terminal only.
pub(crate) fn progress(size: Option<u64>) -> ProgressBar {
    let (true, Some(size)) = (io::stderr().is_terminal(), size) else { return ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {eta}");
    ProgressBar::new(size).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
