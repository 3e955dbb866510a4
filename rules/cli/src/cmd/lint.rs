//! `lint`: prints what the lints find, in the source.

use crate::{
    Format, lint, opened,
    outcome::{Failure, Outcome, Result},
    source::Source,
};
use smsfilter::{bundle, fold::FoldTable, rule::Layer};
use std::path::{Path, PathBuf};

/// Look for mistakes in the rules of a layer.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The layer's folder.
    #[arg(default_value = "rules/national")]
    dir: PathBuf,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result {
    let source = Source::read(&args.dir)?;
    let layer = source.layer()?;
    // What no bundle may hold is no matter of taste.
    bundle::write(&layer, source.folder.digest).map_err(|error| Failure::refused(&args.dir, error))?;
    let findings = lint::run(&layer, &fold(&layer, &args.dir)?);
    for finding in &findings {
        let (file, range) = source.place(&finding.place);
        match args.format {
            Format::Text => source.show("warning", &file, range, &finding.message, Some(finding.lint)),
            Format::Json => {
                let line = source.line(&file, &range);
                println!(
                    "{}",
                    serde_json::json!({"lint": finding.lint, "file": file, "line": line, "message": finding.message})
                );
            }
        }
    }
    if args.format == Format::Text {
        println!("{} rules, {} lists: {} findings", layer.rules.len(), layer.words.lists.len(), findings.len());
    }
    Ok(if findings.is_empty() { Outcome::Fine } else { Outcome::No })
}

/// The tables of a base, or for an addition those of the national one.
fn fold(layer: &Layer, dir: &Path) -> Result<FoldTable> {
    let national;
    let base = match &layer.fold {
        Some(_) => layer,
        None => {
            national = opened::national_bundle()?.layer;
            &national
        }
    };
    let table = FoldTable::parse(base.fold.clone().unwrap_or_default());
    table.map_err(|error| Failure::refused(dir, error))
}
