//! `classify`: a stream of messages in, a verdict and a decision each out, in order, in bounded memory.

use crate::{
    Format,
    input::{self, Line, Lines, Shape},
    opened::{self, RulesArgs},
    outcome::{Failure, Outcome, Result},
    report::Classified,
};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use smsfilter::{Filter, Policy, decide, filter::Scratch};
use std::{
    fs::File,
    io::{self, BufWriter, IsTerminal, Read, Write},
    path::PathBuf,
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

/// Lines classified together: enough for every core, little enough to stay small.
const BATCH_LINES: usize = 4096;
/// A batch also ends here, so that long lines do not pile up.
const BATCH_BYTES: usize = 8 << 20;

pub(crate) fn run(args: &Args) -> Result {
    let filter = args.rules.open()?;
    let policy = opened::policy(&args.policy)?;
    let name = args.file.as_ref().filter(|path| path.as_os_str() != "-");
    let size = name.and_then(|path| path.metadata().ok()).map(|meta| meta.len());
    let reader: Box<dyn Read> = match name {
        Some(path) if path.is_dir() => {
            return Err(Failure::Misuse(format!("{} is a folder: give a file", path.display())));
        }
        Some(path) => Box::new(
            File::open(path).map_err(|error| Failure::Misuse(format!("cannot read {}: {error}", path.display())))?,
        ),
        None => Box::new(io::stdin().lock()),
    };
    let unreadable = |error: io::Error| {
        let name = name.map_or("standard input".to_owned(), |path| path.display().to_string());
        Failure::Misuse(format!("cannot read {name}: {error}"))
    };
    let mut lines = Lines::new(reader);
    let shape = lines.shape().map_err(unreadable)?;
    let shape = args.input.unwrap_or(shape);
    let progress = progress(size);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut good = true;
    loop {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH_LINES && bytes < BATCH_BYTES {
            let Some(line) = lines.next().map_err(unreadable)? else { break };
            bytes += line.bytes.len() + 1;
            batch.push(line);
            if lines.would_wait() {
                break; // whoever writes slowly gets each answer at once
            }
        }
        if batch.is_empty() {
            break;
        }
        let results: Vec<(String, bool)> = batch
            .par_iter()
            .map_init(Scratch::default, |scratch, line| classify(&filter, &policy, line, shape, args.format, scratch))
            .collect();
        for (text, ok) in results {
            good &= ok;
            out.write_all(text.as_bytes())?;
        }
        out.flush()?;
        progress.inc(bytes as u64);
    }
    progress.finish_and_clear();
    Ok(if good { Outcome::Fine } else { Outcome::No })
}

fn classify(
    filter: &Filter,
    policy: &Policy,
    line: &Line,
    shape: Shape,
    format: Format,
    scratch: &mut Scratch,
) -> (String, bool) {
    let record = match input::parse(line, shape) {
        Ok(record) => record,
        Err(error) => {
            let error = serde_json::Value::from(error);
            return (format!("{{\"line\":{},\"error\":{error}}}\n", line.number), false);
        }
    };
    let verdict = filter.classify_with(&record.message, scratch);
    let decision = decide(&verdict, &record.message, policy);
    let text = match format {
        Format::Json => {
            let mut wire = Classified::new(&record.id, &verdict, &decision);
            (wire.label, wire.source) = (record.label.as_ref(), record.source.as_ref());
            serde_json::to_string(&wire).unwrap_or_else(|_| unreachable!("plain values serialise"))
        }
        Format::Text => {
            format!(
                "{}\t{}\t{}\t{}\t{}",
                record.id,
                verdict.subcategory,
                verdict.score,
                decision.action.name(),
                decision.row
            )
        }
    };
    (text + "\n", true)
}

/// A bar on stderr, on a terminal only.
fn progress(size: Option<u64>) -> ProgressBar {
    let (true, Some(size)) = (io::stderr().is_terminal(), size) else { return ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {eta}");
    ProgressBar::new(size).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
