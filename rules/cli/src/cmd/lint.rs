//! `lint`: prints what the lints find, in the source.

use crate::{
    Format,
    lint::{self, Finding, Subject},
    opened,
    outcome::{Failure, Outcome, Result},
    source::Source,
    words,
};
use serde_json::json;
use smsfilter::rule::Layer;
use std::path::PathBuf;

/// Look for mistakes in the rules of a layer.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The layer's folder.
    #[arg(default_value = "rules/national")]
    dir: PathBuf,
    /// 列出全部检查 / Say instead what each lint finds, why that hurts, and an example.
    #[arg(long)]
    list: bool,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result {
    if args.list {
        for (id, text) in lint::described() {
            match args.format {
                Format::Text => println!("{id}\n{text}\n"),
                Format::Json => println!("{}", json!({"lint": id, "text": text})),
            }
        }
        return Ok(Outcome::Fine);
    }
    let source = Source::read(&args.dir)?;
    let layer = source.layer()?;
    let findings = findings(&source, &layer)?;
    for Finding { lint, found, .. } in &findings {
        let (file, range) = source.place(&found.place, found.quoted.as_deref());
        match args.format {
            Format::Text => source.show("warning", &file, range, &found.message, Some(lint)),
            Format::Json => {
                let line = source.line(&file, &range);
                println!(
                    "{}",
                    json!({"lint": lint, "file": file, "line": line, "text": found.quoted, "message": found.message})
                );
            }
        }
    }
    if args.format == Format::Text {
        println!("{} rules, {} lists: {} findings", layer.rules.len(), layer.words.lists.len(), findings.len());
    }
    Ok(if findings.is_empty() { Outcome::Fine } else { Outcome::No })
}

/// What the lints find in a layer; one that no bundle may hold is refused: that is no matter of taste.
pub(crate) fn findings(source: &Source, layer: &Layer) -> Result<Vec<Finding>> {
    let filter = opened::filter(&[opened::development(source, layer)?])?;
    let Some(fold) = filter.image().fold() else { return Err(Failure::refused(&source.dir, "it has no fold tables")) };
    let forms = words::forms(layer, fold).map_err(|error| Failure::refused(&source.dir, error))?;
    Ok(lint::run(&Subject { layer, fold, forms, filter: filter.clone() }))
}
