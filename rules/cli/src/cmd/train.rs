//! `train`: a labelled corpus → the statistical model of a base layer, the same bytes every time.

use crate::{
    Format,
    input::{
        labelled::{self, Labels},
        progress,
    },
    opened,
    outcome::{Failure, Outcome, Result, write},
    source::Source,
};
use serde_json::{Value, json};
use smsfilter::{
    Category,
    model::{
        self,
        train::{Figures, Purpose, Report, TrainError, Trainer},
    },
    rule::Layer,
};
use std::{
    path::{Path, PathBuf},
    time::Instant,
};

/// Train the statistical model.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Labelled messages: TSV or JSON lines.
    ///
    /// TSV is `label<TAB>source<TAB>text` with label 1 for spam and 0 for the rest; JSON lines have `body`, `label` (0, 1 or
    /// a category) and perhaps `sender`. Where labels say only spam or not, the rules say which category. One row in ten is
    /// kept to calibrate and one to measure; the figures are those of the model alone.
    #[arg(required = true)]
    corpus: Vec<PathBuf>,
    /// The base layer's folder. Without it: the national rules built into this command.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Where the model goes; `build --model` reads it.
    #[arg(long, value_name = "M")]
    out: PathBuf,
    /// Size of the table, 14 to 17: 2^N rows of 8 bytes.
    #[arg(long, value_name = "N", default_value = "15")]
    rows_log2: u8,
    /// Labelled messages that only measure, instead of one row in ten.
    #[arg(long, value_name = "CORPUS")]
    measure: Vec<PathBuf>,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result {
    let start = Instant::now();
    let layer = layer(args.rules.as_deref())?;
    let refused = |error: TrainError| match error {
        TrainError::Rows { .. } => Failure::Misuse(error.to_string()),
        error => Failure::Refused(error.to_string()),
    };
    let mut trainer = Trainer::new(&layer, args.rows_log2).map_err(refused)?;
    let corpus = if args.measure.is_empty() { Purpose::Any } else { Purpose::Train };
    let mut rows = 0;
    for (path, purpose) in
        args.corpus.iter().map(|path| (path, corpus)).chain(args.measure.iter().map(|path| (path, Purpose::Measure)))
    {
        rows += labelled::read(path, Labels::Needed, |row| {
            row.label.into_iter().for_each(|label| trainer.add(&row.record.message, label, purpose));
        })?;
    }
    let bar = progress(Some(1));
    let trained = trainer
        .finish(|done, all| {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        })
        .map_err(refused)?;
    bar.finish_and_clear();
    let bytes = model::join(&trained.model, &trained.canaries);
    write(&args.out, &bytes)?;
    print(args, rows, &trained.report, bytes.len(), start.elapsed().as_secs_f64());
    Ok(Outcome::Fine)
}

/// The layer whose rules teach, without any model that it may have.
fn layer(dir: Option<&Path>) -> Result<Layer> {
    if let Some(dir) = dir {
        return Source::read(dir)?.layer();
    }
    opened::national_bundle().map(|bundle| bundle.layer)
}

/// Fewer rows that measure are worth a warning.
const FEW: usize = 1000;

/// A share in percent; none of nothing.
fn share(of: usize, share: f64, digits: usize) -> String {
    if of == 0 { "–".to_owned() } else { format!("{:.digits$}%", 100.0 * share) }
}

fn print(args: &Args, rows: usize, report: &Report, bytes: usize, seconds: f64) {
    let [trained, calibrated, measured] = report.rows;
    let examples = (trained + calibrated + measured).saturating_sub(rows);
    let named = (Category::ALL[1..].iter().map(|category| category.name())).zip(&report.categories);
    let named: Vec<(&str, &Figures)> =
        [("spam", &report.spam), ("blocked", &report.blocked)].into_iter().chain(named).collect();
    if args.format == Format::Json {
        let figures = |(name, f): &(&str, &Figures)| json!({"name": name, "positives": f.positives, "found": f.found, "negatives": f.negatives, "wrong": f.wrong});
        let figures: Vec<Value> = named.iter().map(figures).collect();
        println!(
            "{}",
            json!({"out": args.out.display().to_string(), "bytes": bytes, "rows_log2": args.rows_log2, "seconds": seconds,
            "rows": rows, "examples": examples, "trained": trained, "calibrated": calibrated, "measured": measured, "figures": figures})
        );
        return;
    }
    println!("trained on {trained} rows, calibrated on {calibrated}, measured on {measured}, in {seconds:.1} s");
    println!("these are {rows} rows of the corpus and {examples} examples of rules, which always train");
    println!(
        "{}",
        match args.measure.is_empty() {
            true => "of ten rows about eight train, one calibrates and one measures; texts alike stay together",
            false => "of ten rows about nine train and one calibrates; those of --measure measure",
        }
    );
    if measured < FEW {
        let rows = format!("{measured} rows measure little: give a larger corpus, or --measure one");
        anstream::eprintln!("smsfilter: {rows}");
    }
    println!("the model alone, from 500 permille:");
    println!(
        "{:<10} {:>8} {:>8} {:>8}   {:>8} {:>8} {:>8}",
        "", "of it", "found", "recall", "others", "wrong", "share"
    );
    for (name, f) in named {
        println!(
            "{name:<10} {:>8} {:>8} {:>8}   {:>8} {:>8} {:>8}",
            f.positives,
            f.found,
            share(f.positives, f.recall(), 1),
            f.negatives,
            f.wrong,
            share(f.negatives, f.false_positives(), 2)
        );
    }
    println!("a row whose label leaves a category open counts neither as of it nor among the others");
    println!("wrote {}: a table of {} rows, {bytes} bytes", args.out.display(), 1u32 << args.rows_log2);
}
