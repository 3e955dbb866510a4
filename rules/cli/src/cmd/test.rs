//! `test`: do the examples beside the rules hold? Run through the real bundle, image and matcher.

use crate::{
    Format, opened,
    outcome::{Outcome, Result},
    source::Source,
};
use smsfilter::{rule::Expect, self_test};
use std::path::PathBuf;

/// Run the examples of a layer.
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
    let filter = opened::filter(&[opened::development(&source, &layer)?])?;
    let failed: Vec<_> = self_test::failing(&filter, &layer).collect();
    for failure in &failed {
        let (file, range) = source.place(&failure.rule, None);
        let what = match failure.expect {
            Expect::Match => "should match and does not",
            Expect::NoMatch => "should not match and does",
            Expect::Gap => "is listed as a gap but matches: move it to `match`",
        };
        match args.format {
            Format::Text => {
                source.show(
                    "error",
                    &file,
                    range,
                    &format!("an example of `{}` {what}: {}", failure.rule, failure.text),
                    None,
                );
            }
            Format::Json => {
                let line = source.line(&file, &range);
                println!(
                    "{}",
                    serde_json::json!({"rule": failure.rule, "file": file, "line": line, "expected": what, "text": failure.text})
                );
            }
        }
    }
    let (all, gaps) = (layer.examples.len(), layer.examples.iter().filter(|e| e.expect == Expect::Gap).count());
    if args.format == Format::Text {
        println!(
            "{} examples of {} rules: {} passed, {} failed, {gaps} known gaps",
            all,
            layer.rules.len(),
            all - failed.len(),
            failed.len()
        );
    }
    Ok(if failed.is_empty() { Outcome::Fine } else { Outcome::No })
}
