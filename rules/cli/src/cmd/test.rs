//! `test`: do the examples beside the rules hold? Run through the real bundle, image and matcher.

use crate::{
    Format, opened,
    outcome::{Failure, Outcome, Result},
    source::Source,
};
use smsfilter::{
    Filter,
    bundle::{self, Limits, SigningKey, TrustRoot},
    rule::{Effect, Example, Expect, Layer},
};
use std::path::{Path, PathBuf};

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

/// A failed example, or a gap that has closed.
pub(crate) struct Failed {
    pub(crate) rule: String,
    pub(crate) expect: Expect,
    pub(crate) text: String,
}

pub(crate) fn run(args: &Args) -> Result {
    let source = Source::read(&args.dir)?;
    let layer = source.layer()?;
    let filter = development_filter(&source, &layer, &args.dir)?;
    let failed = failures(&filter, &layer);
    for failure in &failed {
        let (file, range) = source.place(&failure.rule);
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

/// The layer as a phone would run it: written, signed with a development key, opened, compiled beside the national base.
pub(crate) fn development_filter(source: &Source, layer: &Layer, dir: &Path) -> Result<Filter> {
    let refused = |error: bundle::BundleError| Failure::refused(dir, error);
    let bytes = bundle::write(layer, source.folder.digest).map_err(refused)?.sign(&[&SigningKey::development(0)]);
    let opened = bundle::open(&bytes, &TrustRoot::development(), &Limits::default()).map_err(refused)?;
    opened::filter(&[opened])
}

/// The examples that do not hold.
pub(crate) fn failures(filter: &Filter, layer: &Layer) -> Vec<Failed> {
    let holds = |example: &Example| {
        let message = layer.message(example);
        let acts = layer.rules.iter().any(|rule| rule.id == example.rule && matches!(rule.effect, Effect::Act(_)));
        if acts {
            return filter.classify(&message).user_rule.is_some_and(|user| user.rule == example.rule);
        }
        let publisher = &layer.meta.publisher;
        filter.explain(&message).rules.iter().any(|rule| rule.rule == example.rule && rule.publisher == *publisher)
    };
    let wrong = |example: &&Example| holds(example) != (example.expect == Expect::Match);
    let failed = |e: &Example| Failed { rule: e.rule.clone(), expect: e.expect, text: e.text.clone() };
    layer.examples.iter().filter(wrong).map(failed).collect()
}
