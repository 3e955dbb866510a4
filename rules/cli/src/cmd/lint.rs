//! `lint`: prints what the lints find, in the source.

use crate::{
    Format, lint,
    outcome::{Failure, Outcome, Result},
    source::Source,
};
use smsfilter::bundle;
use std::path::PathBuf;

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
    let findings = lint::run(&layer);
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
